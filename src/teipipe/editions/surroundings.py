"""What the pages of one document may use of the whole: what it points at, and its neighbours."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, language_of
from teipipe.editions.renderer import Corpus, Entry, Source
from teipipe.saxon import NAMESPACE

#: What a register has entries for.
ENTRIES: Final = ("person", "personGrp", "org", "place", "event")

#: What stands on an entry because of the others on its list (see `site.neighbours`): nothing that a document shows.
OF_LISTS: Final = ("previous", "previous-name", "previous-lang", "next", "next-name", "next-lang")

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_ID: Final = f"{{{XML_NAMESPACE}}}id"
_LANG: Final = f"{{{XML_NAMESPACE}}}lang"
_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False)


def pointers(root: etree._Element) -> tuple[str, ...]:
    """Whatever in a document may point out of it, each once: the words in its attributes, but for ids within it.

    More than what stylesheets follow, so that whichever they do, it is among these.
    """
    found: set[str] = set()
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            found.update(value.split())
    return tuple(sorted(token for token in found if not token.startswith("#")))


class Surroundings:
    """The whole as each document sees it: each page may depend on that and on nothing more.

    Otherwise one edit would make every page out of date.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_path = {entry.path: entry for entry in map(without_sum, corpus.documents)}
        self._names = {posixpath.basename(entry.path) for entry in corpus.documents}
        self._positions = {entry.id: number for number, entry in enumerate(corpus.documents)}
        self._cutter = None if corpus.register is None else cutter(corpus.register, OF_LISTS)

    def of(self, document: str, path: str, pointers: Iterable[str]) -> Corpus:
        """The corpus as the document with this id at this path sees it, which has these pointers."""
        here = posixpath.dirname(path)
        found: dict[str, Entry] = {}
        entries: list[str] = []
        register = None if self._corpus.register is None else posixpath.relpath(self._corpus.register.path, here or ".")
        for pointer in pointers:
            file, _, name = pointer.partition("#")
            if file == register:
                entries.append(name)
            elif (entry := self._pointed(file, here)) is not None:
                found[entry.id] = entry
        previous, own, following = self._around(document)
        if own is not None:
            found[own.id] = own
        return replace(
            self._corpus,
            documents=tuple(found[key] for key in sorted(found)),
            register=None if self._cutter is None else self._cutter.cut(entries),
            previous=None if previous is None else self._by_path[previous.path],
            next=None if following is None else self._by_path[following.path],
        )

    def _pointed(self, file: str, here: str) -> Entry | None:
        """The document that a pointer leads to; only if it is written as stylesheets will look for it."""
        # Most words in attributes are no pointers at all.
        if file.rpartition("/")[2] not in self._names or file.startswith("/"):
            return None
        entry = self._by_path.get(posixpath.normpath(posixpath.join(here, file)))
        return entry if entry is not None and posixpath.relpath(entry.path, here or ".") == file else None

    def _around(self, document: str) -> tuple[Entry | None, Entry | None, Entry | None]:
        number = self._positions.get(document)
        if number is None:
            return None, None, None
        documents = self._corpus.documents
        before = documents[number - 1] if number else None
        after = documents[number + 1] if number + 1 < len(documents) else None
        return before, documents[number], after


def without_sum(entry: Entry) -> Entry:
    """A document as those see it that show nothing of its text."""
    return replace(entry, sha256="")


class Cutter:
    """Cuts a register down to some of its entries; those that stand in another one come with it if that does."""

    def __init__(self, register: Source, *, without: Collection[str] = (), has_title: bool = False) -> None:
        """Take the entries of a register apart; attributes of ours that are called `without` are left out.

        With `has_title`, what is cut says what the register is called, and what it says of its publication.
        """
        self._register = register
        root = etree.fromstring(register.xml, _PARSER)
        self._entries: dict[str, str] = {}
        self._around: dict[str, frozenset[str]] = {}
        self._points: dict[str, frozenset[str]] = {}
        #: The entries that an id is in, the outermost first.
        self._holders: dict[str, list[str]] = {}
        for element in root.iter(*(f"{_TEI}{name}" for name in ENTRIES)):
            for left_out in without:
                element.attrib.pop(f"{{{NAMESPACE}}}{left_out}", None)
        for element in root.iter(*(f"{_TEI}{name}" for name in ENTRIES)):
            name = element.get(_ID)
            if name and name not in self._entries:
                self._around[name] = frozenset(filter(None, (above.get(_ID) for above in element.iterancestors())))
                self._points[name] = frozenset(_ids(element))
                self._entries[name] = _alone(element)
                for part in element.iter(etree.Element):
                    self._holders.setdefault(part.get(_ID, ""), []).append(name)
        self._order = {name: number for number, name in enumerate(self._entries)}
        self._start, self._end = _frame(root, has_title=has_title)

    def cut(self, ids: Iterable[str]) -> Source:
        """The register with these entries alone, as far as they exist, in its order."""
        wanted = {name for name in ids if name in self._entries}
        chosen = [name for name in sorted(wanted, key=self._order.__getitem__) if not self._around[name] & wanted]
        return replace(
            self._register, sha256="", xml=self._start + "".join(map(self._entries.__getitem__, chosen)) + self._end
        )

    @cached_property
    def related(self) -> Mapping[str, Collection[str]]:
        """Each entry with itself and all others that it points at, or that point at it, or that it stands in."""
        found = {name: {name, *self._around[name]} for name in self._entries}
        for name, pointed in self._points.items():
            for other in {holder for part in pointed for holder in self._holders.get(part, ())}:
                found[name].add(other)
                found[other].add(name)
        return found


@lru_cache(maxsize=4)
def cutter(register: Source, without: tuple[str, ...] = (), *, has_title: bool = False) -> Cutter:
    """What cuts a register, taken apart once: it is the same from one build of a session to the next."""
    return Cutter(register, without=without, has_title=has_title)


def _ids(entry: etree._Element) -> Iterator[str]:
    for element in entry.iter(etree.Element):
        for value in element.attrib.values():
            yield from (token.partition("#")[2] for token in value.split() if "#" in token)


def _frame(root: etree._Element, *, has_title: bool) -> tuple[str, str]:
    """What stands before and after the entries of a register that has besides only the signs of its sources."""
    signs = list(root.iter(f"{_TEI}rendition"))
    if has_title and (title := _title_of(root)) is not None:
        signs.insert(0, title)
    for child in root:
        root.remove(child)
    root.text = None
    if signs:
        etree.SubElement(root, f"{_TEI}teiHeader").extend(signs)
    etree.SubElement(root, f"{_TEI}standOff").text = "\n"
    start, _, end = etree.tostring(root, encoding="unicode", with_tail=False).rpartition("\n")
    return start, end


def _title_of(root: etree._Element) -> etree._Element | None:
    """The header's statements of title and publication, nothing else of it."""
    file = root.find(f"{_TEI}teiHeader/{_TEI}fileDesc")
    if file is not None:
        for child in [each for each in file if each.tag not in (f"{_TEI}titleStmt", f"{_TEI}publicationStmt")]:
            file.remove(child)
    return file


def _alone(element: etree._Element) -> str:
    """An entry as text, with the language that it has from what it stands in."""
    language = language_of(element)
    if language and not element.get(_LANG):
        element.set(_LANG, language)
    return etree.tostring(element, encoding="unicode", with_tail=False)
