"""What the stylesheets report about a document that they render."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "element-without-rule",
        Severity.WARNING,
        "The table of views has no rule for an element",
        "Its text is shown as it stands, which may not be what is meant.",
        "<metamark> in a document, and nothing about metamark in views.xml",
        "Add a rule to views.xml, or use an element that has one (teipipe views lists them).",
    ),
    Rule(
        "refused-link",
        Severity.WARNING,
        "A link is shown as text, as its scheme is not http, https or mailto",
        "Other schemes can make a reader's browser run a script.",
        '<ref target="javascript:alert(1)">',
        "Point to an address on the web, or to a place in the project.",
    ),
    Rule(
        "missing-label",
        Severity.WARNING,
        "The table of labels lacks a word that a page needs",
        "The page shows the name of the label in its place.",
        "a translation of labels/en.xml that is older than the stylesheets",
        "Add the label to the table.",
    ),
)
