"""What the assertions of a project's own Schematron come to."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "failed-assertion",
        Severity.ERROR,
        "Something that the project's Schematron demands is not so",
        "It is what the project has agreed on; the words of the finding are its own.",
        '<assert id="dated" test="@when">a letter has a date</assert>, and a letter without one',
        "Do what the finding says; how much it weighs is said by the role of the assertion or its rule.",
    ),
    Rule(
        "successful-report",
        Severity.ERROR,
        "Something is so that the project's Schematron reports",
        "It is what the project wants to know of; the words of the finding are its own.",
        '<report id="old" test="@old">@old is no longer in use</report>, and an element with such an attribute',
        "Do what the finding says; how much it weighs is said by the role of the assertion or its rule.",
    ),
    Rule(
        "assertion-not-evaluated",
        Severity.FAILURE,
        "An assertion of the project's Schematron can't be evaluated",
        "Whether the document is as it should be is not known.",
        "xs:date(@when) > xs:date('1956-08-30'), and @when is “summer”; doc('list.xml'), as tests read no files",
        "Mend the test, or the value if it is wrong; let a pattern go over other files by its attribute documents.",
    ),
    Rule(
        "doubtful-schema",
        Severity.WARNING,
        "A schema is used, though by its standard it is not quite right",
        "Other processors may refuse it, or take it differently.",
        "xs:date(@when) in a Schematron that doesn't declare the prefix xs",
        "Write it as the finding says.",
    ),
)
