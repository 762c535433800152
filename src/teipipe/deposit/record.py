"""The record of an edition or of a document, as Python reads it: tests/deposit/record.rnc says what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an element of a record, with its attributes ("" where it lacks one)."""

    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __bool__(self) -> bool:
        return bool(self.text)


#: What stands where a record says nothing.
NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class Agent:
    """Who has a part in an edition: `role`, `kind`, `family` and `given` are attributes of `name`."""

    name: Words
    responsibility: str
    affiliations: tuple[str, ...]
    identifiers: tuple[Words, ...]

    @property
    def role(self) -> str:
        """What part they have in it."""
        return self.name["role"]

    @property
    def kind(self) -> str:
        """Whether they are a "person", an "organisation", or "unknown"."""
        return self.name["kind"]

    def identifier(self, *schemes: str) -> str:
        """The address of the first identifier of one of these schemes, "" if there is none."""
        found = {one["scheme"]: one["uri"] for one in reversed(self.identifiers)}
        return next((found[scheme] for scheme in schemes if found.get(scheme)), "")


class Record:
    """What a record says, by the names of its elements."""

    def __init__(self, xml: str) -> None:
        from lxml import etree

        self._root = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        self._words: dict[str, list[Words]] = {}
        for element in self._root:
            self._words.setdefault(str(element.tag), []).append(_words(element))

    def __getitem__(self, name: str) -> str:
        return self._root.get(name) or ""

    def all(self, name: str, **attributes: str) -> tuple[Words, ...]:
        """The words of all elements of this name whose attributes have these values."""
        found = self._words.get(name, ())
        return tuple(one for one in found if all(one[key] == value for key, value in attributes.items()))

    def first(self, name: str, **attributes: str) -> Words:
        """The words of the first one of them; none if there is none."""
        return next(iter(self.all(name, **attributes)), NOTHING)

    @property
    def title(self) -> str:
        """The main title, with what follows it."""
        titles = [words.text for kind in ("main", "sub") for words in self.all("title", type=kind)]
        return ": ".join(titles)

    @property
    def agents(self) -> tuple[Agent, ...]:
        """All who have a part in it, in the order of the header."""
        return tuple(_agent(element) for element in self._root.iterfind("agent"))

    @property
    def publisher_identifiers(self) -> tuple[Words, ...]:
        """What identifies the publisher."""
        return tuple(map(_words, self._root.iterfind("publisher/identifier")))


def _agent(element: etree._Element) -> Agent:
    name = element.find("name")
    own = {str(key): str(value) for key, value in element.attrib.items()}
    return Agent(
        Words("" if name is None else _text(name), own),
        (element.findtext("resp") or "").strip(),
        tuple(_text(one) for one in element.iterfind("affiliation")),
        tuple(_words(one) for one in element.iterfind("identifier")),
    )


def _words(element: etree._Element) -> Words:
    return Words(_text(element), {str(key): str(value) for key, value in element.attrib.items()})


def _text(element: etree._Element) -> str:
    """Its own words; what identifies it is no part of them."""
    text = element.text or ""
    if len(element):
        text += "".join(child.tail or "" for child in element)
    return " ".join(text.split())
