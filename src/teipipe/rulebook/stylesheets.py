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
    Rule(
        "deep-nesting",
        Severity.WARNING,
        "Elements are nested too deep for a printed page",
        "A book shows of what is nested deeper than that the words alone, without indents, type or links of their own.",
        "a list in a list, in a list, in a quotation, eight times over",
        "Divide the text otherwise, if the book matters; pages of the web and plain text show all of it.",
    ),
    Rule(
        "empty-note",
        Severity.WARNING,
        "A note has no words",
        "Its number stands in the text, and leads to nothing: a book says so in its place.",
        "<note/>",
        "Write the note, or delete it.",
    ),
)
