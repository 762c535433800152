"""What keys and references of a schema can find (xs:key, xs:unique, xs:keyref)."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "duplicate-key",
        Severity.ERROR,
        "Two elements have the same key, where the schema wants each to have one of its own",
        "Whatever refers to it can't tell which one is meant.",
        '<item n="3"> twice in one list, with xs:key or xs:unique on item/@n',
        "Give one of the two another.",
    ),
    Rule(
        "missing-key",
        Severity.ERROR,
        "An element lacks what the schema makes its key",
        "Nothing can refer to it.",
        "<item> without n, with xs:key on item/@n",
        "Add it; no other of these elements may have the same.",
    ),
    Rule(
        "dangling-keyref",
        Severity.ERROR,
        "A value should be the key of another element, and no element has it",
        "The reference leads nowhere.",
        '<see item="7"/>, with xs:keyref, and no such item',
        "Correct it, or give the element that is meant this key.",
    ),
)
