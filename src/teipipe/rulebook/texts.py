"""What can be wrong with the words: characters, dates, and the likeness to the source."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "garbled-characters",
        Severity.WARNING,
        "Some characters look as if text had once been read in the wrong encoding",
        "They are legal, so no parser complains, and readers see rubbish.",
        "“MÃ¼nchen” where “München” is meant",
        "Put the characters right; look where the text comes from.",
    ),
    Rule(
        "bidi-control",
        Severity.WARNING,
        "An invisible character changes the direction of the text",
        "The line then shows its characters in another order than they stand in: what is read isn't what is encoded.",
        "U+202E (right-to-left override) inside a name",
        "Delete it; the direction of a passage is encoded by xml:lang or @rend.",
    ),
    Rule(
        "malformed-date",
        Severity.ERROR,
        "A dating attribute is not written in the form that TEI prescribes",
        "Timelines and searches can't read it.",
        '<date when="16.9.1956">',
        "Write it as W3C's date types have it: 1956-09-16, 1956-09, 1956, 14:00:00.",
    ),
    Rule(
        "impossible-date",
        Severity.ERROR,
        "A dating attribute names a day or hour that doesn't exist",
        "A slip in the date puts the event in the wrong place, or in none.",
        '<date when="1956-02-30">',
        "Compare with the source, and correct it.",
    ),
    Rule(
        "reversed-dates",
        Severity.WARNING,
        "Something ends before it begins",
        "One of the two dates is wrong.",
        '<date from="1956-08-31" to="1956-08-30">',
        "Exchange or correct them.",
    ),
    Rule(
        "conflicting-dates",
        Severity.ERROR,
        "Dating attributes that exclude each other stand on one element",
        "TEI P5 (att.datable.w3c) allows @when alone, @from without @notBefore, @to without @notAfter.",
        '<date when="1956" notBefore="1955">',
        "Decide: a known date, a span, or an uncertain one.",
    ),
    Rule(
        "date-after-document",
        Severity.WARNING,
        "A date in the text is later than the text",
        "A memorandum of 1956 can't tell of 1965. When a text was made is what its header says in creation, "
        "settingDesc, recording, origDate and the correspAction that sent it: all of them together, and nothing "
        "if one of them has no end. Texts speak of plans, so most later dates are none of this: only those by "
        "which the text dates itself (date in dateline, opener, closer, signed), days more than five years later, "
        "and any date more than fifty. What editors say (notes, supplied words, bibliographies) is left aside.",
        '<dateline><date when="1957-01-04">, and <creation><date when="1956-01-04">',
        "Mend the date, or the one in the header.",
    ),
    Rule(
        "missing-source",
        Severity.INFO,
        "There is no source for a document in the folder of sources",
        "Nobody can check that its words are those of the source.",
        "tei/sources/letter-3.txt is missing",
        "Put the transcription there, named like the document, with .txt or .docx.",
    ),
    Rule(
        "source-changed",
        Severity.ERROR,
        "A source is not the file whose checksum was written down",
        "The source is the evidence for everything else; it never changes silently.",
        "a slip “mended” in tei/sources/letter-3.txt",
        "Put the original back; if the change is meant, write its checksum into SHA256SUMS.",
    ),
    Rule(
        "text-differs-from-source",
        Severity.ERROR,
        "The words of a document are not those of its source",
        "The source view has to give back every word, in order, brackets and slips included, and nothing else.",
        "a word lost, doubled or moved while tagging",
        "Mend the place; only the first difference is reported, as others may follow from it.",
    ),
)
