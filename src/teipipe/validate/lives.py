"""When the persons of a list were born and died."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE
from teipipe.rules import finding
from teipipe.validate.intervals import Interval, intervals, union

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.diagnostics import Diagnostic, Location
    from teipipe.documents import Document

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_ID: Final = f"{{{XML_NAMESPACE}}}id"


class Life(NamedTuple):
    """A person's name, birth and death, as far as they are dated; where several are given, as wide as they are."""

    name: str
    birth: Interval | None
    death: Interval | None


class Lives(NamedTuple):
    """The dated lives in a document, by the person's id, and where their births and deaths stand in it."""

    of: dict[str, Life]
    places: dict[str, tuple[Location | None, Location | None]]


def lives(document: Document) -> Lives:
    """The persons of a well-formed document whose birth or death is dated; floruit, and groups, don't count."""
    found: dict[str, Life] = {}
    places: dict[str, tuple[Location | None, Location | None]] = {}
    for person in persons(document.root) if _has_lives(document) else ():
        identifier = (person.get(_ID) or "").strip()
        life = life_of(person)
        if identifier and (life.birth or life.death):
            found[identifier] = life
            ends = [None if end is None else document.start(end.element) for end in (life.birth, life.death)]
            places[identifier] = ends[0], ends[1]
    return Lives(found, places)


def persons(root: etree._Element) -> Iterator[etree._Element]:
    """All single persons; TEI's personGrp is a group."""
    return root.iter(f"{_TEI}person", f"{_TEI}persona")


def life_of(person: etree._Element) -> Life:
    """What its own birth and death elements say."""
    ends = [union(found for end in person.iterchildren(_TEI + name) for found in intervals(end)) for name in _ENDS]
    name = next(person.iterchildren(f"{_TEI}persName"), None)
    words = "" if name is None else " ".join("".join(str(text) for text in name.itertext()).split())
    return Life(words, ends[0], ends[1])


_ENDS: Final = ("birth", "death")


def _has_lives(document: Document) -> bool:
    return b"birth" in document.data or b"death" in document.data


def check(document: Document) -> Iterator[Diagnostic]:
    """Yield death-before-birth for each person of the document that died before being born."""
    if not (b"birth" in document.data and b"death" in document.data):
        return
    for person in persons(document.root):
        life = life_of(person)
        if life.birth and life.death and life.birth.is_after(life.death):
            yield finding(
                "death-before-birth",
                f"“{life.name}” died ({life.death.words}) before being born ({life.birth.words})",
                document.start(life.death.element),
                "mend one of the two",
                related=((document.start(life.birth.element), "the birth"),),
            )
