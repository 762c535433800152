"""Every rule that teipipe can report, with what it means and what to do: the one list behind docs and `explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding: its `name` in reports, a one-line `summary`, `why` it matters, an `example`, a `remedy`."""

    name: str
    severity: Severity
    summary: str
    why: str
    example: str
    remedy: str


def finding(
    rule: str,
    message: str,
    location: Location,
    help: str | None = None,
    *,
    severity: Severity | None = None,
    related: tuple[tuple[Location, str], ...] = (),
) -> Diagnostic:
    """A Diagnostic of a registered rule, with the rule's own severity unless another is given."""
    return Diagnostic(rule, RULES[rule].severity if severity is None else severity, message, location, help, related)


_ALL: Final = (
    Rule(
        "not-well-formed",
        Severity.ERROR,
        "The file is not XML",
        "Nothing else can be checked until the tags nest and the characters are legal (XML 1.0, section 2.1).",
        "<p>one<hi>two</p></hi>",
        "Mend the place; if several are reported one after the other, always the first one.",
    ),
    Rule(
        "wrong-encoding",
        Severity.ERROR,
        "The bytes are not in the encoding that the file says it has",
        "Read in the wrong encoding, letters with diacritics and quotation marks silently become others.",
        "a byte 0x92 (an apostrophe of Windows-1252) in a UTF-8 file",
        "Open the file in the encoding it was written in and save it as UTF-8.",
    ),
    Rule(
        "external-entity",
        Severity.ERROR,
        "An entity stands for another file",
        "A document is never allowed to pull in another file or address: what it says must be in it.",
        '<!ENTITY chapter SYSTEM "chapter.xml">',
        "Put the text itself into the document.",
    ),
    Rule(
        "undefined-entity",
        Severity.ERROR,
        "An entity is used that the document doesn't declare",
        "XML knows five entities of its own; all others must be declared in the document.",
        "Th&eacute;r&egrave;se",
        "Write the character itself: UTF-8 holds them all.",
    ),
    Rule(
        "entity-bomb",
        Severity.ERROR,
        "The entities expand to far more text than the file holds",
        "Such files exist to use up the memory of whoever opens them.",
        "ten entities that each stand ten times for the one before",
        "Write the text out.",
    ),
    Rule(
        "limit-exceeded",
        Severity.FAILURE,
        "A limit was reached; the file was not judged",
        "Limits keep a hostile file from stopping the rest; all parsers in the pipeline share the same ones.",
        "elements nested more than 250 deep",
        "Is it meant to be so? If so, split the file.",
    ),
    Rule(
        "unreadable-file",
        Severity.FAILURE,
        "A file can't be read",
        "A file that was not read was not judged: exit code 2, never to be taken for clean.",
        "no permission to read it",
        "Check the path and the permissions.",
    ),
    Rule(
        "link-out-of-project",
        Severity.FAILURE,
        "A link leads to a file outside the project",
        "What the project's configuration didn't name is never read: a link could otherwise publish any file.",
        "tei/letter.xml, a link to a file of another project",
        "Copy the file into the project.",
    ),
    Rule(
        "missing-register",
        Severity.FAILURE,
        "The register that the configuration names can't be used",
        "Without it, no name can be looked up; documents are still built, their names leading nowhere.",
        'register = "tei/register.xml", and there is no such file',
        "Put the file there, or take the line out of the configuration.",
    ),
    Rule(
        "unusable-address",
        Severity.ERROR,
        "A document's identifier can't be the name of its folder in the edition",
        "The folder is the address that readers cite: it has to work on every system and in every link.",
        'a document without xml:id in the file "회담.xml"',
        "Give TEI an xml:id of at most 120 letters a to z, digits, points, hyphens and underscores.",
    ),
    Rule(
        "reserved-address",
        Severity.ERROR,
        "A document's identifier is a name that the edition itself uses, or that some system forbids",
        "Its pages would overwrite others, or could not be copied to every computer.",
        '<TEI xml:id="register"> in a document that isn\'t the register',
        "Give TEI another xml:id.",
    ),
    Rule(
        "shared-address",
        Severity.ERROR,
        "Two documents have the same identifier, or two that some systems can't tell apart",
        "Their pages would overwrite each other; neither is built, so that no address changes hands silently.",
        'xml:id="Letter-1" and xml:id="letter-1"',
        "Give each TEI an xml:id of its own.",
    ),
    Rule(
        "stylesheet-failed",
        Severity.FAILURE,
        "A stylesheet doesn't compile, or failed on a document",
        "What it should have made is missing; everything that doesn't need it is made all the same.",
        "html.xsl: the variable $title is not declared",
        "Mend the stylesheet at the place that is named.",
    ),
    Rule(
        "worker-timeout",
        Severity.FAILURE,
        "A document took longer than the time it may take",
        "One document, or a stylesheet that never ends, must not hold up all others.",
        "not done after 60 seconds",
        "Raise timeout in the configuration if the document is just long.",
    ),
    Rule(
        "dead-worker",
        Severity.FAILURE,
        "The process that rendered a document died",
        "It is taken down with all its memory, so that nothing half-made is kept; the others go on in a new one.",
        "it needed more than 2000 megabytes of memory",
        "Raise memory in the configuration if the document is just large.",
    ),
    Rule(
        "out-of-date",
        Severity.WARNING,
        "Something in the output folder is older than its source",
        "It could not be made anew; what was there stays, so that readers find the last good state.",
        "build/letter-1, whose document is not well-formed now",
        "Mend what was reported for the document, then build again.",
    ),
    Rule(
        "changed-by-hand",
        Severity.WARNING,
        "A file that is no longer part of the edition was changed after it was written",
        "Only what teipipe wrote is ever removed.",
        "build/letter-1/index.html, edited in place",
        "Delete the file if it isn't needed.",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _ALL}
