"""A register of persons, organisations, places and events, as the encoder needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, Document
from teipipe.encode.names.folding import folded
from teipipe.errors import UnreadableError
from teipipe.rules import finding

if TYPE_CHECKING:
    from lxml import etree

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_ID: Final = f"{{{XML_NAMESPACE}}}id"

#: Which elements are entries, and which child of each is its name.
_NAMES: Final = {
    "person": "persName",
    "personGrp": "persName",
    "persona": "persName",
    "org": "orgName",
    "place": "placeName",
    "event": "eventName",
}
_KINDS: Final = {"persona": "person", "personGrp": "group"}
#: TEI's older names for names of places, which registers have in place of placeName.
_PLACES: Final = frozenset({"settlement", "region", "country", "bloc", "district", "geogName"})
#: The children of each that are its names.
_NAMED: Final[dict[object, frozenset[str]]] = {
    _TEI + tag: frozenset(_TEI + name for name in (names, *(_PLACES if tag == "place" else ())))
    for tag, names in _NAMES.items()
}
_PARTS: Final = {
    "surname": "surname",
    "forename": "forename",
    "genName": "suffix",
    "nameLink": "link",
    "roleName": "title",
}
#: Children of an entry that say something of it, besides its names.
_SAID: Final = frozenset(
    _TEI + name for name in ("occupation", "affiliation", "socecStatus", "state", "birth", "death", "note")
)
_TYPES: Final = frozenset({"preferred", "variant", "epithet"})

_HELP: Final = "a register has entries (person, personGrp, org, place, event) with an xml:id and a name"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry: `text` as the register has it, without titles; `type` preferred, variant or epithet.

    Where the register divides it, `surname`, `forename`, `suffix` ("Jr."), `link` ("von") and `title` are its parts.
    """

    text: str
    type: str
    surname: str = ""
    forename: str = ""
    suffix: str = ""
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its xml:id, its kind (person, group, org, faction, place, event), its names, the preferred one first.

    Years of life or existence are None if not said. `offices` are what it says of offices and memberships, in words;
    `description` is the sentence that says who or what it is, "" if there is none. `number` is its own among those of
    the file, by which its place is found.
    """

    id: str
    kind: str
    names: tuple[Name, ...]
    born: int | None = None
    died: int | None = None
    offices: tuple[str, ...] = ()
    description: str = ""
    number: int = -1

    @property
    def label(self) -> str:
        """What it is called: its first name."""
        return self.names[0].text if self.names else self.id

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Each name with its type."""
        return tuple((name.text, name.type) for name in self.names)


@dataclass(frozen=True, eq=False)  # what is made of it is kept by the register itself
class Register:
    """The entries of a register, each id once; `problems` are why it has none, `doubles` those whose id it had."""

    path: Path
    entries: tuple[Entry, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    doubles: tuple[Entry, ...] = ()

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with it: looked for when somebody asks, for their places take the file to be read again."""
        return (*self.problems, *_doubles(self), *_shared(self))

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The entries by their ids."""
        return {entry.id: entry for entry in self.entries}

    def place(self, entry: Entry, name: Name | None = None) -> Location:
        """Where an entry stands in the file, or one of its names: the file is read again, for few ask that."""
        document, elements = self._elements
        if not 0 <= entry.number < len(elements):
            return Location(self.path)
        element = elements[entry.number]
        if name is None:
            return document.start(element)
        return document.start(next((child for child in _named(element) if name in _names(child)), element))

    @cached_property
    def _elements(self) -> tuple[Document, list[etree._Element]]:
        document = Document.read(self.path)
        return document, list(_entries(document.root)) if document.is_well_formed else []


def load_register(path: Path) -> Register:
    """The register in a TEI file; raises UnreadableError if it can't be read, or is none.

    What is wrong in it is among its findings: of a file that isn't well-formed, no entry can be used.
    """
    document = Document.read(path)
    if not document.is_well_formed:
        return Register(path, (), tuple(document.problems))
    root = document.root
    if not isinstance(root.tag, str) or not root.tag.startswith(_TEI):
        raise UnreadableError("is no TEI document, so it can't be a register", path=path, help=_HELP)
    entries = [entry for number, element in enumerate(_entries(root)) if (entry := _entry(element, number))]
    if not entries:
        if next(root.iter(*_LISTS), None) is None:
            raise UnreadableError("has no lists of persons, organisations, places or events", path=path, help=_HELP)
        return Register(path, (), (finding("empty-register", f"no entry in {path.name}", Location(path)),))
    kept = {entry.id: entry for entry in reversed(entries)}
    first = tuple(entry for entry in entries if kept[entry.id] is entry)
    return Register(path, first, (), tuple(entry for entry in entries if kept[entry.id] is not entry))


_LISTS: Final = tuple(_TEI + name for name in ("standOff", "listPerson", "listOrg", "listPlace", "listEvent"))


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(*(_TEI + name for name in _NAMES))


def _named(element: etree._Element) -> Iterator[etree._Element]:
    """The children of an entry that are its names."""
    tags = _NAMED[element.tag]
    return (child for child in element if child.tag in tags)


def _entry(element: etree._Element, number: int) -> Entry | None:
    """An entry; None if it has no id, as what stands for a person within a text."""
    identifier = (element.get(_ID) or "").strip()
    if not identifier:
        return None
    tag = str(element.tag)[len(_TEI) :]
    kind = "faction" if tag == "org" and element.get("type") == "faction" else _KINDS.get(tag, tag)
    names = [name for child in _named(element) for name in _names(child)]
    names.sort(key=lambda name: ("preferred", "variant", "epithet").index(name.type))
    offices: list[str] = []
    description = ""
    years: dict[str, int | None] = {}
    for child in element:
        if child.tag not in _SAID:
            continue
        local = str(child.tag)[len(_TEI) :]
        if local in ("birth", "death"):
            years[local] = _year(child)
        elif local == "note":
            if child.get("type") in (None, "description") and not description:
                description = _words(child)
        elif local != "state" or child.get("type") == "office":
            offices.append(_words(child))
    return Entry(
        identifier, kind, tuple(names), years.get("birth"), years.get("death"), tuple(offices), description, number
    )


def _names(element: etree._Element) -> Iterator[Name]:
    """The name in an element, if it isn't empty."""
    type_ = element.get("type") or ""
    if type_ not in _TYPES:
        previous = next(element.itersiblings(str(element.tag), preceding=True), None)
        type_ = "preferred" if previous is None else "variant"
    if not len(element):
        if text := _words(element):
            yield Name(text, type_)
        return
    parts: dict[str, list[str]] = defaultdict(list)
    for child in element.iterdescendants(*(_TEI + name for name in _PARTS)):
        parts[_PARTS[str(child.tag)[len(_TEI) :]]].append(_words(child))
    text = " ".join(_own_text(element).split()).strip(" ,")
    if text:
        yield Name(text, type_, **{name: " ".join(words) for name, words in parts.items()})


def _words(element: etree._Element) -> str:
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(_text(element, frozenset({f"{_TEI}note"}))).split())


def _own_text(element: etree._Element) -> str:
    """The text without titles, which are no part of a name."""
    return "".join(_text(element, frozenset({f"{_TEI}note", f"{_TEI}roleName"})))


def _text(element: etree._Element, without: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in without:
            yield from _text(child, without)
        yield child.tail or ""


def _year(element: etree._Element) -> int | None:
    """The year in the dating attributes of an element; else in its text, if that is one."""
    values = (element.get(name) for name in ("when", "notBefore", "notAfter", "from", "to", "when-iso"))
    value = next(filter(None, values), None) or _words(element)
    digits = value.removeprefix("-")[:4]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    return -int(digits) if value.startswith("-") else int(digits)


def _doubles(register: Register) -> Iterator[Diagnostic]:
    """Two entries of the same id: the first one is taken."""
    for entry in register.doubles:
        other = register.by_id[entry.id]
        message = f"“{entry.id}” is the id of “{other.label}” and of “{entry.label}”"
        related = ((register.place(other), "the other one"),)
        yield finding("duplicate-id", message, register.place(entry), related=related)


def _shared(register: Register) -> Iterator[Diagnostic]:
    """The same name of several words, on two entries of one kind; a surname or an epithet may be that of many."""
    first: dict[tuple[str, str], tuple[Entry, Name]] = {}
    for entry in register.entries:
        for name in entry.names:
            if name.type == "epithet" or " " not in name.text:
                continue
            other, theirs = first.setdefault((entry.kind, folded(name.text)), (entry, name))
            if other is not entry:
                message = f"“{name.text}” is a name of #{other.id} and of #{entry.id}"
                related = ((register.place(other, theirs), "the other one"),)
                yield finding("shared-name", message, register.place(entry, name), related=related)
