"""What is known of each document of a project when another one points at it: its ids, its chains, whom it mentions."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from lxml import etree

from teipipe.diagnostics import Location
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, Document, NotParsedError
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.validate.attributes import CHAINS, NOT_POINTERS, POINTERS
from teipipe.validate.uris import Leads, PrefixDefinition, Resolver, Target

TEI: Final = f"{{{TEI_NAMESPACE}}}"
XML_ID: Final = f"{{{XML_NAMESPACE}}}id"
XML_BASE: Final = f"{{{XML_NAMESPACE}}}base"

#: Files that are opened to look for ids; of others, only that they exist is checked.
XML_FILES: Final = frozenset({".xml", ".tei", ".odd"})

#: Bytes of documents that are kept parsed, for whoever asks next; beyond that they are read again.
_KEPT: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Reference:
    """One token of one pointing attribute, and where it leads."""

    element: etree._Element
    attribute: str
    number: int
    token: str
    target: Target


@dataclass(frozen=True, slots=True)
class References:
    """All references of a document, and the prefixDefs that were in force, with their elements."""

    items: tuple[Reference, ...]
    prefixes: tuple[tuple[etree._Element, PrefixDefinition], ...]
    resolver: Resolver


@dataclass(frozen=True, slots=True)
class Known:
    """A document in short: `ids` (of first holders, in document order) with the names of their elements.

    `chains` maps (attribute, id) to where that element's chain goes on; `mentions` are ids of the register.
    """

    ids: dict[str, str]
    chains: dict[tuple[str, str], tuple[Path, str]]
    mentions: frozenset[str]


class Corpus:
    """The documents of the project in `root`, each read when something first asks for it; `register` is one of them."""

    def __init__(self, root: Path, register: Path | None = None) -> None:
        self.root = root
        self.register = None if register is None else absolute(register)
        self._home = absolute(root)
        self._shown: dict[Path, Path] = {}
        self._known: dict[Path, Known | None] = {}
        self._kept: OrderedDict[Path, Document] = OrderedDict()
        self._size = 0
        self._folders: dict[Path, list[str]] = {}
        self._references: WeakKeyDictionary[Document, References] = WeakKeyDictionary()

    def name(self, path: Path) -> None:
        """Have findings show the file `path` under this very name."""
        self._shown.setdefault(absolute(path), path)

    def is_named(self, file: Path) -> bool:
        """Whether a file (absolute) is one of the documents that are checked themselves."""
        return file in self._shown

    def folder(self, folder: Path) -> list[str]:
        """The names of the files in a folder, hidden ones left out; none if there is no such folder."""
        if folder not in self._folders:
            found = (path.name for path in folder.iterdir()) if folder.is_dir() else iter(())
            self._folders[folder] = sorted(name for name in found if not name.startswith("."))
        return self._folders[folder]

    def shown(self, file: Path) -> Path:
        """How findings show a file of the project."""
        shown = self._shown.get(file)
        return shown or self.root / os.path.relpath(file, self._home)

    def add(self, document: Document) -> None:
        """Take note of a document that was read elsewhere."""
        file = absolute(document.file)
        before = self._kept.pop(file, None)
        self._kept[file] = document
        self._size += len(document.data) - (len(before.data) if before else 0)
        while len(self._kept) > 1 and self._size > _KEPT:
            self._size -= len(self._kept.popitem(last=False)[1].data)

    def document(self, path: Path) -> Document:
        """The document in the file `path`; raises UnreadableError."""
        file = absolute(path)
        kept = self._kept.get(file)
        if kept is None:
            kept = Document.read(path, shown_as=self.shown(file))
            self.add(kept)
        return kept

    def known(self, path: Path) -> Known | None:
        """What is known of the file `path`; None if it can't be read, isn't well-formed, or isn't called XML."""
        file = absolute(path)
        if file.suffix.lower() not in XML_FILES and file not in self._shown:
            return None
        if file not in self._known:
            try:
                self._known[file] = self._summary(self.document(path))
            except (UnreadableError, NotParsedError):
                self._known[file] = None
        return self._known[file]

    def place(self, path: Path, identifier: str) -> Location:
        """Where the element with this id begins."""
        document = self.document(path)
        holders = (element for element in document.root.iter("*") if (element.get(XML_ID) or "").strip() == identifier)
        element = next(holders, None)
        return Location(document.path) if element is None else document.start(element)

    def references(self, document: Document) -> References:
        """Every token of every pointing attribute of a well-formed document, in document order."""
        found = self._references.get(document)
        if found is None:
            prefixes = tuple(_prefix_definitions(document.root))
            resolver = Resolver(absolute(document.file), self._home, [definition for _, definition in prefixes])
            found = References(tuple(_references(document, resolver)), prefixes, resolver)
            self._references[document] = found
        return found

    def _summary(self, document: Document) -> Known:
        ids: dict[str, str] = {}
        for element in document.root.iter("*"):
            identifier = element.get(XML_ID)
            if identifier is not None:
                ids.setdefault(identifier.strip(), str(element.tag).rpartition("}")[2])
        chains: dict[tuple[str, str], tuple[Path, str]] = {}
        mentions: set[str] = set()
        for reference in self.references(document).items:
            target = reference.target
            if target.file is None:
                continue
            if reference.attribute in CHAINS and (identifier := reference.element.get(XML_ID)):
                chains[reference.attribute, identifier.strip()] = (target.file, target.fragment)
            if target.leads is Leads.FILE and target.file == self.register:
                mentions.add(target.fragment)
        return Known(ids, chains, frozenset(mentions))


def _prefix_definitions(root: etree._Element) -> Iterator[tuple[etree._Element, PrefixDefinition]]:
    for element in root.iter(f"{TEI}prefixDef"):
        ident = element.get("ident")
        if ident:
            pattern, replacement = element.get("matchPattern", "(.*)"), element.get("replacementPattern", "$1")
            yield element, PrefixDefinition(ident, pattern, replacement)


def _references(document: Document, resolver: Resolver) -> Iterator[Reference]:
    has_base = b"xml:base" in document.data
    for element in document.root.iter(f"{TEI}*"):
        for name, value in element.items():
            if name not in POINTERS or not _is_pointer(str(name), element):
                continue
            base = _base(element) if has_base else ""
            for number, token in enumerate(value.split() or [""]):
                yield Reference(element, str(name), number, token, resolver.resolve(token, base))


def _is_pointer(name: str, element: etree._Element) -> bool:
    elements = POINTERS[name]
    local = str(element.tag)[len(TEI) :]
    return (elements is None or local in elements) and local not in NOT_POINTERS.get(name, ())


def _base(element: etree._Element) -> str:
    """The xml:base in force, joined from the outermost in; "" if there is none."""
    from urllib.parse import urljoin

    here: etree._Element | None = element
    bases: list[str] = []
    while here is not None:
        value = here.get(XML_BASE)
        if value is not None:
            bases.append(value.strip())
        here = here.getparent()
    joined = ""
    for value in reversed(bases):
        joined = urljoin(joined, value)
    return joined
