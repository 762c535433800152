"""Writes the document around its text: declarations and header, which say what was done and what isn't known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from teipipe import __version__
from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Participant
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing.elements import Element, lines_of
from teipipe.encode.writing.renditions import Renditions

#: Whom responsibility may be laid on: id, and what for.
_RESPONSIBLE: Final = (
    (
        "translator",
        "the words in brackets that the source does not say to be the document's own: translator, editor or publisher; "
        "the source does not say which",
    ),
    ("author", "the words in brackets, as those of whoever wrote the text"),
    ("publisher", "the words in brackets, as those of whoever published the source"),
)

_CORRECTION: Final = (
    "Nothing is corrected: slips stand as in the transcription, and are not marked as such unless it does."
)
_NORMALIZATION: Final = (
    "Nothing is normalised in the text. White space may differ from the transcription in kind and amount, and is not "
    "significant."
)
_QUOTATION: Final = "Quotation marks stay in the text, and what they enclose is not marked."
_PUNCTUATION: Final = (
    "Punctuation is that of the transcription. Signs of an editor that are encoded are not written: their exact form "
    "is kept by the renditions declared below."
)
_INTERPRETATION: Final = (
    "Structure, brackets, names and dates were marked by rule, by a program, and have not been reviewed. What has no "
    "certainty (cert) is certain by the rule that found it; what could not be decided was left as it is. A name points "
    "at the register only where its form, or the evidence of this document, allows one entry alone."
)
_DATES: Final = (
    "Dates are given in the form of ISO 8601, in the Gregorian calendar. “Early”, “mid” and “late” are the first, "
    "second and last third of their unit. A year, or an anchor, that was found elsewhere in the document says so "
    "(evidence)."
)
#: Who is named by each document that points at them.
_RESPONSIBLE_STATEMENTS: Final = {
    name: Element(
        "respStmt",
        (("xml:id", name),),
        (Element("resp", (), (what,)), Element("name", (("type", "unknown"),), ("not named in the source",))),
        is_fixed=True,
    )
    for name, what in _RESPONSIBLE
}
_ENCODER: Final = Element(
    "respStmt",
    (("xml:id", "encoder"),),
    (
        Element("resp", (), ("encoding by rule: structure, brackets, names, dates; not reviewed",)),
        Element("name", (), (f"teipipe {__version__}",)),
    ),
    is_fixed=True,
)
_AVAILABILITY: Final = Element(
    "availability",
    (("status", "unknown"),),
    (Element("p", (), ("Nothing is known of the rights in the source.",)),),
    is_fixed=True,
)
_EDITORIAL: Final = Element(
    "editorialDecl",
    (),
    (
        Element("correction", (("status", "unknown"),), (Element("p", (), (_CORRECTION,)),)),
        Element("normalization", (("method", "markup"),), (Element("p", (), (_NORMALIZATION,)),)),
        Element("quotation", (("marks", "all"),), (Element("p", (), (_QUOTATION,)),)),
        Element("punctuation", (("marks", "all"),), (Element("p", (), (_PUNCTUATION,)),)),
        Element("interpretation", (), (Element("p", (), (_INTERPRETATION,)),)),
        Element("stdVals", (), (Element("p", (), (_DATES,)),)),
    ),
    is_fixed=True,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a document is put together from: its element `text`, the signs in it, who takes part, when it was made.

    `dates` are the first and last of the document itself (ISO, perhaps less than a day), "" if they aren't known.
    """

    text: str
    renditions: Renditions
    participants: tuple[Participant, ...]
    dates: tuple[str, str] = ("", "")


def document(transcript: Transcript, structure: Structure, parts: Parts, settings: Settings) -> str:
    """The whole document, but for the instruction that says by what it was made."""
    model = ""
    if settings.schema_href:
        namespace = "http://relaxng.org/ns/structure/1.0"
        href = Element("x", (("href", settings.schema_href),)).attribute_text()
        model = f'<?xml-model{href} type="application/xml" schematypens="{namespace}"?>\n'
    root = (("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:id", settings.id), ("xml:lang", settings.language))
    header = "\n".join(lines_of(_header(transcript, structure, parts, settings), 1))
    start = f"<TEI{Element('TEI', root).attribute_text()}>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{model}{start}\n{header}\n{parts.text}\n</TEI>\n'


def _header(transcript: Transcript, structure: Structure, parts: Parts, settings: Settings) -> Element:
    language = () if settings.language == "en" else (("xml:lang", "en"),)
    return Element(
        "teiHeader",
        language,
        (
            _file(transcript, structure, parts, settings),
            _encoding(structure, parts),
            _profile(structure, parts, settings),
            Element("revisionDesc", (), (_change(settings.date),)),
        ),
    )


def _file(transcript: Transcript, structure: Structure, parts: Parts, settings: Settings) -> Element:
    return Element(
        "fileDesc",
        (),
        (
            Element("titleStmt", (), (_title(transcript, structure, settings), *_responsible(parts))),
            Element(
                "publicationStmt",
                (),
                (
                    Element("publisher", (), ("not stated",)),
                    Element("idno", (("type", "document"),), (settings.id,)),
                    _AVAILABILITY,
                ),
            ),
            Element("sourceDesc", (), (_source(transcript, settings),)),
        ),
    )


def _title(transcript: Transcript, structure: Structure, settings: Settings) -> Element:
    words = [" ".join(transcript.text[start:end].split()) for start, end in structure.titles]
    language = () if settings.language == "en" else (("xml:lang", settings.language),)
    if not words:
        return Element("title", (), (f"No title in the source: {transcript.path.stem}",))
    return Element("title", language, (" · ".join(words),))


def _responsible(parts: Parts) -> list[Element]:
    named = [one for name, one in _RESPONSIBLE_STATEMENTS.items() if f'resp="#{name}"' in parts.text]
    return [*named, _ENCODER]


def _source(transcript: Transcript, settings: Settings) -> Element:
    where: Element | str = transcript.path.name
    if settings.source_href:
        where = Element("ref", (("target", settings.source_href),), (transcript.path.name,))
    checksum = f"; SHA-256 of the file: {transcript.sha256}" if transcript.sha256 else ""
    return Element(
        "bibl",
        (("type", "transcription"),),
        ("Transcription in the file ", where, f"{checksum}. The original was not seen."),
    )


def _encoding(structure: Structure, parts: Parts) -> Element:
    renditions = [
        Element("rendition", (("xml:id", name), ("scheme", "css"), ("scope", scope)), (f"content: {_string(sign)}",))
        for name, scope, sign in parts.renditions
    ]
    project = f"Encoded by the profile “{structure.profile}” of teipipe {__version__}, as a first encoding."
    children = [
        Element("projectDesc", (), (Element("p", (), (project,)),)),
        _EDITORIAL,
    ]
    if renditions:
        children.append(Element("tagsDecl", (), tuple(renditions)))
    return Element("encodingDesc", (), tuple(children))


def _profile(structure: Structure, parts: Parts, settings: Settings) -> Element:
    children = []
    if parts.dates[0]:
        children.append(Element("creation", (), ("The text says that it is of ", _dated(*parts.dates), ".")))
    children.append(Element("langUsage", (), (Element("language", (("ident", settings.language),), ()),)))
    if structure.text_type:
        term = Element("term", (("type", "genre"),), (structure.text_type,))
        children.append(Element("textClass", (), (Element("keywords", (), (term,)),)))
    if parts.participants:
        people = tuple(_participant(one, settings) for one in parts.participants)
        listed = Element(
            "listPerson", (("type", "present"),), (Element("head", (), ("Named as taking part",)), *people)
        )
        children.append(Element("particDesc", (), (listed,)))
    return Element("profileDesc", (), tuple(children))


def _dated(first: str, last: str) -> Element:
    if last:
        return Element("date", (("from", first), ("to", last)), (f"{first} to {last}",))
    return Element("date", (("when", first),), (first,))


def _participant(one: Participant, settings: Settings) -> Element:
    entry = (("sameAs", f"{settings.register_href}#{one.entry}"),) if one.entry else ()
    return Element("person", (*entry, ("role", one.role)), (Element("persName", (), (" ".join(one.name.split()),)),))


def _change(date: str) -> Element:
    said = "First encoding, by rule; compared word for word with the transcription."
    return Element("change", (("when", date), ("who", "#encoder")), (said,))


def _string(sign: str) -> str:
    """A string of CSS (CSS Syntax Level 3, section 4.3.5): what would end it, or begin an escape, is escaped."""
    return '"' + sign.replace("\\", "\\\\").replace('"', "\\22 ").replace("\n", "\\A ") + '"'
