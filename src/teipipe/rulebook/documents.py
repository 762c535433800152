"""What can be wrong with a file before anybody asks what it says."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
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
        "unsupported-xml-version",
        Severity.ERROR,
        "The file says that it is XML of another version than 1.0",
        "Nearly no software reads XML 1.1, and what it allows beyond 1.0 (control characters) belongs in no text.",
        '<?xml version="1.1"?>',
        'Write version="1.0".',
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
        "parameter-entity",
        Severity.ERROR,
        "The document declares a parameter entity, a piece of a DTD",
        "Such pieces nearly always stand for other files, which are never read.",
        '<!ENTITY % latin SYSTEM "iso-lat1.ent"> %latin;',
        "Declare the entities that the text uses one by one, or write the characters themselves.",
    ),
    Rule(
        "circular-entity",
        Severity.ERROR,
        "An entity contains itself, perhaps through others",
        "Its text would have no end.",
        '<!ENTITY a "&b;"> and <!ENTITY b "&a;">',
        "Write the text out.",
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
        "elements nested more than 250 deep; a value on which a pattern of the schema takes too long",
        "Is it meant to be so? If so, split the file, or make the pattern that is named simpler.",
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
)
