"""What can be found when a transcript is encoded."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "unclassified-bracket",
        Severity.WARNING,
        "What stands in square brackets fits none of the classes of editorial brackets",
        "Brackets are classified by what stands in them, never guessed. These stay in the text as they are.",
        "“[one or the other]” is none of the known kinds of brackets",
        "Mark it by hand, or add its words to the profile.",
    ),
    Rule(
        "ambiguous-name",
        Severity.WARNING,
        "A name in the transcript may be that of several entries of the register",
        "Nothing decides between them, so none is taken; the review lists what speaks for each.",
        "“Kim” may be #kim-il-sung or #kim-jong-un",
        "Point at the right entry by hand.",
    ),
)
