"""What is known of each document of a project when another one points at it: its ids, its chains, whom it mentions."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from teipipe.attributes import CHAINS
from teipipe.diagnostics import Location
from teipipe.documents import Document, NotParsedError
from teipipe.errors import UnreadableError
from teipipe.folders import absolute, absolute_name
from teipipe.scan import Tag
from teipipe.validate.facts import Facts, identifier_of, value_of
from teipipe.validate.lives import Lives, lives
from teipipe.validate.summary import Summary, name_of
from teipipe.validate.uris import Leads, Paths, PrefixDefinition, Resolver, Target

#: Files that are opened to look for ids; of others, only that they exist is checked.
XML_FILES: Final = frozenset({".xml", ".tei", ".odd"})

#: Paths of which it is remembered where they lead.
_NAMES: Final = 20_000

#: Bytes of documents that are kept parsed, for whoever asks next; beyond that they are read again.
_KEPT: Final = 4_000_000


class Pointing(NamedTuple):
    """One value of a pointing attribute: its tokens (one empty one if it is blank), and where each leads."""

    attribute: str
    tokens: tuple[tuple[str, Target], ...]


class References:
    """All that points somewhere in a well-formed document.

    `pointings` are the different values; `prefixes` the prefixDefs that are in force, with their tags.
    """

    def __init__(self, document: Document, home: Path, paths: Paths | None = None) -> None:
        self.facts = Facts(document)
        self.prefixes = tuple(_prefix_definitions(self.facts.prefixes))
        self.resolver = Resolver(absolute(document.file), home, [definition for _, definition in self.prefixes], paths)
        self._found: dict[tuple[str, str, str], Pointing] = {}
        for pointers in self.facts.pointers.values():
            for pointer in pointers:
                if pointer not in self._found:
                    self._found[pointer] = self._pointing(*pointer)
        self.pointings = tuple(self._found.values())

    def items(self) -> Iterator[tuple[Tag, Pointing]]:
        """Each place where one of them is written, in document order."""
        for key, tag in self.facts.keyed():
            for pointer in self.facts.pointers.get(key, ()):
                yield tag, self._found[pointer]

    def _pointing(self, attribute: str, value: str, base: str) -> Pointing:
        tokens = value.split() or [""]
        return Pointing(attribute, tuple((token, self.resolver.resolve(token, base)) for token in tokens))


class Known(NamedTuple):
    """A document in short: its `ids`.

    `chains` maps (attribute, id) to where that element's chain goes on; `links` are the files that it points to, with
    the ids there.
    """

    ids: frozenset[str]
    chains: dict[tuple[str, str], tuple[Path, str]]
    links: dict[Path, set[str]]


class Corpus:
    """The documents of the project in `root`, each read when something first asks for it; `register` is one of them."""

    def __init__(self, root: Path, register: Path | None = None) -> None:
        self.root = root
        self.register = None if register is None else absolute(register)
        self._home = absolute(root)
        self._paths = Paths(self._home)
        self._shown: dict[str, Path] = {}
        self._files: dict[Path, Path] = {}
        self._known: dict[Path, Known | None] = {}
        self._kept: OrderedDict[Path, Document] = OrderedDict()
        self._size = 0
        self._later: Collection[str] = ()
        self._folders: dict[Path, list[str]] = {}
        self._lives: dict[Path, Lives | None] = {}
        self._references: WeakKeyDictionary[Document, References] = WeakKeyDictionary()

    def name(self, path: Path) -> None:
        """Have findings show the file `path` under this very name."""
        self._shown.setdefault(absolute_name(path), path)

    def _file(self, path: Path) -> Path:
        """Where a file lies, from the root of the file system."""
        found = self._files.get(path)
        if found is None:
            found = absolute(path)
            if len(self._files) < _NAMES:
                self._files[path] = found
        return found

    def is_named(self, file: Path) -> bool:
        """Whether a file (absolute) is one of the documents that are checked themselves."""
        return str(file) in self._shown

    def defer(self, files: Collection[str] | None) -> None:
        """Leave out for now what depends on the content of other files: these (absolute names), None for all documents.

        `validate.web` then finds out, from the summaries of all, which documents have to be looked at once more.
        """
        self._later = self._shown if files is None else files

    def is_deferred(self, file: Path) -> bool:
        """Whether what is in a file (absolute) will be looked at later."""
        return str(file) in self._later

    def folder(self, folder: Path) -> list[str]:
        """The names of the files in a folder, hidden ones left out; none if there is no such folder to look into."""
        if folder not in self._folders:
            try:
                found = os.listdir(folder)  # noqa: PTH208 (names are all that is wanted)
            except OSError:
                found = []
            self._folders[folder] = sorted(name for name in found if not name.startswith("."))
        return self._folders[folder]

    def shown(self, file: Path) -> Path:
        """How findings show a file of the project."""
        shown = self._shown.get(str(file))
        return shown or self.root / os.path.relpath(file, self._home)

    def add(self, document: Document) -> None:
        """Take note of a document that was read elsewhere."""
        file = self._file(document.file)
        before = self._kept.pop(file, None)
        self._kept[file] = document
        self._size += len(document.data) - (len(before.data) if before else 0)
        while len(self._kept) > 1 and self._size > _KEPT:
            self._size -= len(self._kept.popitem(last=False)[1].data)

    def document(self, path: Path) -> Document:
        """The document in the file `path`; raises UnreadableError."""
        file = self._file(path)
        kept = self._kept.get(file)
        if kept is None:
            kept = Document.read(path, shown_as=self.shown(file))
            self.add(kept)
        return kept

    def known(self, path: Path) -> Known | None:
        """What is known of the file `path`; None if it can't be read, isn't well-formed, or isn't called XML."""
        file = self._file(path)
        if file.suffix.lower() not in XML_FILES and str(file) not in self._shown:
            return None
        if file not in self._known:
            try:
                self.note(self.document(path))
            except UnreadableError:
                self._known[file] = None
        return self._known[file]

    def note(self, document: Document) -> Known | None:
        """What is known of a document, from now on, whatever is in its file; None if it isn't well-formed."""
        known = self._summary(document) if document.is_well_formed else None
        self._known[self._file(document.file)] = known
        return known

    def lives(self, path: Path) -> Lives | None:
        """When the persons in the file `path` were born and died; None if it can't be read."""
        file = self._file(path)
        if file not in self._lives:
            try:
                self._lives[file] = lives(self.document(path))
            except (UnreadableError, NotParsedError):
                self._lives[file] = None
        return self._lives[file]

    def summary(self, path: Path) -> Summary | None:
        """A document in short, for the others; None if it can't be read or isn't well-formed."""
        known = self.known(path)
        return None if known is None else self._short(known, self._file(path))

    def summary_of(self, document: Document) -> Summary | None:
        """The same of a document in another state than that of its file; nothing of it is remembered."""
        return self._short(self._summary(document), self._file(document.file)) if document.is_well_formed else None

    def _short(self, known: Known, here: Path) -> Summary:
        steps = [(*start, file, name) for start, (file, name) in known.chains.items()]
        leaving = any(file != here for _, _, file, _ in steps)
        return Summary.of(
            known.ids,
            {self._called(file): ids for file, ids in known.links.items()},
            [(one, start, "" if file == here else self._called(file), end) for one, start, file, end in steps]
            if leaving
            else (),
        )

    def _called(self, file: Path) -> str:
        return name_of(file, f"{self._home}{os.sep}")

    def forget(self, path: Path) -> None:
        """Keep nothing of what is known of a document but its bytes, for a while."""
        self._known.pop(self._file(path), None)

    def place(self, path: Path, identifier: str) -> Location:
        """Where the element with this id begins."""
        document = self.document(path)
        if not document.reading.is_exact:
            self.read_exactly(document)
        holders = (tag for value, tag in self.references(document).facts.ids if value.strip() == identifier)
        tag = next(holders, None)
        return Location(document.path) if tag is None else document.at_tag(tag)

    def read_exactly(self, document: Document) -> None:
        """Have the places of a document's tags, and forget what was known of them without."""
        document.read_exactly()
        self._references.pop(document, None)

    def references(self, document: Document) -> References:
        """Every value of every pointing attribute of a well-formed document."""
        found = self._references.get(document)
        if found is None:
            found = self._references[document] = References(document, self._home, self._paths)
        return found

    def _summary(self, document: Document) -> Known:
        references = self.references(document)
        links: dict[Path, set[str]] = {}
        has_chains = False
        for pointing in references.pointings:
            has_chains = has_chains or pointing.attribute in CHAINS
            for _, target in pointing.tokens:
                if target.leads is Leads.FILE and target.file is not None:
                    links.setdefault(target.file, set()).add(target.fragment)
        ids = frozenset([value.strip() for value, _ in references.facts.ids])
        return Known(ids, _chains(references) if has_chains else {}, links)


def _chains(references: References) -> dict[tuple[str, str], tuple[Path, str]]:
    chains: dict[tuple[str, str], tuple[Path, str]] = {}
    for tag, pointing in references.items():
        if pointing.attribute in CHAINS and (identifier := identifier_of(tag)):
            for _, target in pointing.tokens:
                if target.file is not None:
                    chains[pointing.attribute, identifier] = (target.file, target.fragment)
    return chains


def _prefix_definitions(tags: list[Tag]) -> Iterator[tuple[Tag, PrefixDefinition]]:
    for tag in tags:
        ident, pattern = value_of(tag, "ident"), value_of(tag, "matchPattern")
        if ident:
            replacement = value_of(tag, "replacementPattern")
            yield (
                tag,
                PrefixDefinition(
                    ident, "(.*)" if pattern is None else pattern, "$1" if replacement is None else replacement
                ),
            )
