"""What the tags of a document say that the checks understand, sorted by kind."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from teipipe.attributes import ISO_DATES, NOT_POINTERS, POINTERS, RANGES, W3C_DATES, WATCHED, XML_ID
from teipipe.documents import TEI_NAMESPACE
from teipipe.scan import bases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teipipe.documents import Document
    from teipipe.scan import Tag

#: What the names of TEI's elements begin with in a Tag.
TEI: Final = f"{TEI_NAMESPACE}}}"

_PREFIX_DEFINITION: Final = f"{TEI}prefixDef"
_ID, _DATE, _POINTER, _PREFIX = range(4)
_DATES: Final = frozenset((*W3C_DATES, *ISO_DATES))


#: What is the same for all tags that are written alike: xml:base in force (or ""), element, attributes and values.
_Key = tuple[str, ...]


class Facts:
    """The facts of one document; tags that say the same are looked at once.

    `ids` are the values of xml:id as written, with their tags, in document order; `dated` the different tags with
    dating attributes, `prefixes` all prefixDefs; `pointers` the different ways to point: for each key what its tag
    points with, as (attribute, value, xml:base in force).
    """

    def __init__(self, document: Document) -> None:
        self._tags = document.tags
        has_base = b"xml:base" in document.data or b"<!ENTITY" in document.data
        self._bases = bases(document.data, WATCHED) if has_base else None
        self.ids: list[tuple[str, Tag]] = []
        self.dated: list[Tag] = []
        self.pointers: dict[_Key, list[tuple[str, str, str]]] = {}
        has_prefixes = False
        for key, tag in self._different():
            kinds = _KINDS.get(tag[1]) or _kinds(tag[1])
            pairs = iter(tag[2])
            for name, value in zip(pairs, pairs, strict=True):
                kind = kinds.get(name)
                if kind == _POINTER:
                    self.pointers.setdefault(key, []).append((name, value, key[0]))
                elif kind == _ID:
                    self.ids.append((value, tag))
                elif kind == _PREFIX:
                    has_prefixes = True
                elif kind == _DATE and (not self.dated or self.dated[-1] is not tag):
                    self.dated.append(tag)
        self.prefixes = [tag for tag in self._tags if tag[1] == _PREFIX_DEFINITION] if has_prefixes else []

    def keyed(self) -> Iterator[tuple[_Key, Tag]]:
        """Every tag in document order, with its key."""
        if self._bases is None:
            keys: Iterator[_Key] = (("", element, *attributes) for _, element, attributes in self._tags)
        else:
            keys = ((base, tag[1], *tag[2]) for base, tag in zip(self._bases, self._tags, strict=True))
        return zip(keys, self._tags, strict=True)

    def _different(self) -> Iterator[tuple[_Key, Tag]]:
        """One of all tags that say the same; each one that has an id."""
        # As little as possible is done here: a document has tens of thousands of tags, a few hundred different ones.
        different: dict[_Key, Tag] = {}
        again: list[Tag] = []
        for key, tag in self.keyed():
            if key not in different:
                different[key] = tag
            elif XML_ID in key:
                again.append(tag)
        yield from different.items()
        for tag in again:
            yield (), (tag[0], tag[1], [XML_ID, value_of(tag, XML_ID) or ""])

    @cached_property
    def _alike(self) -> dict[_Key, list[Tag]]:
        found: dict[_Key, list[Tag]] = {}
        for tag in self._tags:
            found.setdefault((tag[1], *tag[2]), []).append(tag)
        return found

    def alike(self, tag: Tag) -> list[Tag]:
        """All tags of this element with these attributes and values, in document order."""
        return self._alike[tag[1], *tag[2]]


def value_of(tag: Tag, name: str) -> str | None:
    """The value of an attribute, None if the tag hasn't got it."""
    attributes = tag[2]
    return next((attributes[at + 1] for at in range(0, len(attributes), 2) if attributes[at] == name), None)


def identifier_of(tag: Tag) -> str:
    """The xml:id without blanks around it, "" if there is none."""
    return (value_of(tag, XML_ID) or "").strip()


#: For each name of an element, which of its attributes are what. Documents can make up names without end.
_KINDS: Final[dict[str, dict[str, int]]] = {}
_MANY: Final = 5_000


def _kinds(element: str) -> dict[str, int]:
    if len(_KINDS) > _MANY:
        _KINDS.clear()
    return _KINDS.setdefault(element, _kinds_on(element))


def _kinds_on(element: str) -> dict[str, int]:
    if not element.startswith(TEI):
        return {XML_ID: _ID}
    local = element[len(TEI) :]
    kinds = {XML_ID: _ID} | dict.fromkeys(_DATES - ({"from", "to"} if local in RANGES else set()), _DATE)
    for name, elements in POINTERS.items():
        if (elements is None or local in elements) and local not in NOT_POINTERS.get(name, ()):
            kinds[name] = _POINTER
    return kinds | ({"ident": _PREFIX} if local == "prefixDef" else {})
