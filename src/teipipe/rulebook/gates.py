"""What can be wrong with what a document says about findings that shall not count."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "bad-suppression",
        Severity.ERROR,
        "An instruction to ignore findings can't be understood, or gives no reason",
        "What was meant to be ignored counts all the same, or nobody will know later why it doesn't.",
        '<?teipipe ignore="dangling-pointer"?>',
        'Write it as <?teipipe ignore="RULE" reason="…"?>.',
    ),
    Rule(
        "unused-suppression",
        Severity.WARNING,
        "An instruction to ignore findings has none to ignore",
        "What it excused has been mended or moved; left there, it would hide the next mistake.",
        '<?teipipe ignore="dangling-pointer" reason="…"?> before an element whose pointers are right',
        "Delete it, or move it before the element that is meant.",
    ),
)
