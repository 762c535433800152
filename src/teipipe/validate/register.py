"""Checks the register against the documents: every entry is mentioned, or says why not; no two look the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from teipipe.diagnostics import Location
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE
from teipipe.folders import absolute
from teipipe.rules import finding

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context

TEI: Final = f"{{{TEI_NAMESPACE}}}"
XML_ID: Final = f"{{{XML_NAMESPACE}}}id"

_NAMES: Final = tuple(
    f"{TEI}{name}" for name in ("persName", "orgName", "placeName", "eventName", "objectName", "name", "label", "head")
)


def is_register(document: Document, context: Context) -> bool:
    """Whether this is the register that the project names."""
    return context.register is not None and absolute(document.file) == absolute(context.register)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield duplicate-entry for entries of one kind under one name, if the document is the register."""
    if not is_register(document, context):
        return
    first: dict[tuple[str, str], etree._Element] = {}
    for entry in _entries(document.root):
        name = next((_words(child) for child in entry.iterchildren(*_NAMES)), "")
        kind = str(entry.tag)[len(TEI) :]
        if name and (kind, name) in first:
            yield finding(
                "duplicate-entry",
                f"a second {kind} is called “{name}”",
                document.start(entry),
                "make one entry of the two, or tell them apart in their first name",
                related=((document.start(first[kind, name]), "the first one"),),
            )
        first.setdefault((kind, name), entry)


def mentions(document: Path, context: Context) -> frozenset[str] | None:
    """The ids of the register that a document points to; None if it can't be read."""
    known = context.corpus.known(document)
    if known is None:
        return None
    return frozenset(known.links.get(absolute(context.register), ()) if context.register else ())


def check_mentions(
    context: Context, found: Iterable[frozenset[str] | None], about: frozenset[str] | None = None
) -> Iterator[Diagnostic]:
    """Yield unmentioned-entry and mentioned-entry, seen from the register; `found` is what all documents mention.

    Only of the entries that `about` names, if that isn't None.
    """
    if context.register is None or context.corpus.known(context.register) is None:
        return
    mentioned: set[str] = set()
    for ids in found:
        if ids is None:
            return  # a document that can't be read may be the one that mentions it
        mentioned |= ids
    document = context.corpus.document(context.register)
    for entry in _entries(document.root):
        identifier = (entry.get(XML_ID) or "").strip()
        if about is not None and identifier not in about:
            continue
        reasons = [note for note in entry.iterchildren(f"{TEI}note") if note.get("type") == "unmentioned"]
        if identifier in mentioned:
            for note in reasons:
                message = f"“{identifier}” is said to be unmentioned, and a document points to it"
                yield finding("mentioned-entry", message, document.start(note), "delete the note")
        elif not any(_words(note) for note in reasons):
            yield finding(
                "unmentioned-entry",
                f"no document points to the entry “{identifier}”",
                document.attribute(entry, XML_ID, 0),
                'mark its mentions, delete it, or say why it is here in a note type="unmentioned"',
            )


def check_presence(path: Path | None) -> Iterator[Diagnostic]:
    """Yield missing-register if the configuration names a register that can't be read."""
    if path is not None and not path.exists():
        message = "the register that the configuration names does not exist; pointers into it were not checked"
        yield finding("missing-register", message, Location(path))


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    """The elements with an id that stand in a list of a standOff, lists and relations left aside."""
    for stand_off in root.iter(f"{TEI}standOff"):
        for element in stand_off.iter(f"{TEI}*"):
            parent = element.getparent()
            local = str(element.tag)[len(TEI) :]
            if element.get(XML_ID) is None or parent is None or local.startswith("list") or local == "relation":
                continue
            if str(parent.tag)[len(TEI) :].startswith("list"):
                yield element


def _words(element: etree._Element) -> str:
    texts: Iterable[str] = (str(text) for text in element.itertext())
    return " ".join("".join(texts).split())
