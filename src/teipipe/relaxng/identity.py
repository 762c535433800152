"""Whether it is plain which attributes are IDs (RELAX NG DTD Compatibility, section 5)."""

from __future__ import annotations

from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.graph import in_order, is_wide, name_in_words, parts_of
from teipipe.relaxng.names import classes_of, holds
from teipipe.relaxng.namesets import NONE, NameSet, NameSets
from teipipe.relaxng.simple import Attribute, Data, Element, Grammar, Name, NameClass, Pattern, Value
from teipipe.relaxng.syntax import beside

_SECTION = "(RELAX NG DTD Compatibility, section 5)"


def check_identity(grammar: Grammar) -> None:
    """Raise SchemaError if an attribute is an ID, IDREF or IDREFS in one place, and not in another that it can't tell.

    Such a schema is correct RELAX NG, and judges documents well; only which ids and references there are is unclear.
    So loading asks only if told to: else an attribute counts as what one of its patterns at that place says it is.
    """
    order = in_order(grammar)
    _check_parents(order)
    if any(isinstance(pattern, Attribute) and _identity(pattern.part) is not Identity.NONE for pattern in order):
        _Check(order).run()


def _identity(pattern: Pattern) -> Identity:
    return pattern.datatype.identity if isinstance(pattern, (Data, Value)) else Identity.NONE


def _check_parents(order: list[Pattern]) -> None:
    for pattern in order:
        if isinstance(pattern, Attribute):
            continue
        parts = (pattern.content,) if isinstance(pattern, Element) else parts_of(pattern)
        for part in parts:
            identity = _identity(part)
            if identity is not Identity.NONE:
                message = f"{identity.value} can only be the whole value of an attribute {_SECTION}"
                raise part.node.error(message)


class _Check:
    def __init__(self, order: list[Pattern]) -> None:
        self._order = order
        #: One attribute for each name class and identity that matters, by the bit that stands for it.
        self._attributes: dict[int, Attribute] = {}
        #: For each element with an id, and each attribute of it that is one: these two.
        self._known: dict[Name, dict[Name, tuple[Element, Attribute]]] = {}
        self._matches: dict[NameClass, list[Name]] = {}

    def run(self) -> None:
        elements = self._relevant()
        for element, attributes in elements:
            for attribute in attributes:
                if _identity(attribute.part) is not Identity.NONE:
                    self._add(element, attribute)
        for element, attributes in elements:
            for attribute in attributes:
                if _identity(attribute.part) is Identity.NONE:
                    self._compare(element, attribute)

    def _relevant(self) -> list[tuple[Element, list[Attribute]]]:
        """The elements that have attributes by the name of an id, with these."""
        attributes = [pattern for pattern in self._order if isinstance(pattern, Attribute)]
        names = NameSets(attribute.name_class for attribute in attributes)
        ids = NONE
        for attribute in attributes:
            if _identity(attribute.part) is not Identity.NONE:
                _check_name(attribute, attribute.name_class, "its name has to be said")
                ids |= names.of(attribute.name_class)
        sets = self._sets(names, ids)
        elements = [pattern for pattern in self._order if isinstance(pattern, Element)]
        return [(element, self._members(sets[element.content])) for element in elements if sets[element.content]]

    def _sets(self, names: NameSets, ids: NameSet) -> dict[Pattern, int]:
        keys: dict[tuple[NameClass, Identity], int] = {}
        sets: dict[Pattern, int] = {}
        for pattern in self._order:
            found = 0
            if isinstance(pattern, Attribute):
                if names.of(pattern.name_class).overlaps(ids):
                    key = (pattern.name_class, _identity(pattern.part))
                    found = keys.setdefault(key, 1 << len(keys))
                    self._attributes.setdefault(found, pattern)
            elif not isinstance(pattern, Element):
                for part in parts_of(pattern):
                    found |= sets[part]
            sets[pattern] = found
        return sets

    def _members(self, bits: int) -> list[Attribute]:
        found = []
        while bits:
            bit = bits & -bits
            found.append(self._attributes[bit])
            bits ^= bit
        return found

    def _add(self, element: Element, attribute: Attribute) -> None:
        _check_name(element, element.name_class, f"it has an {_identity(attribute.part).value}")
        for name in classes_of(element.name_class):
            assert isinstance(name, Name)
            known = self._known.setdefault(name, {})
            for own in classes_of(attribute.name_class):
                assert isinstance(own, Name)
                first = known.setdefault(own, (element, attribute))
                if _identity(first[1].part) is not _identity(attribute.part):
                    _conflict(element, attribute, *first)

    def _compare(self, element: Element, attribute: Attribute) -> None:
        for single in classes_of(element.name_class):
            for name in [single] if isinstance(single, Name) else self._known_in(single):
                for own, first in self._known.get(name, {}).items():
                    if holds(attribute.name_class, own):
                        _conflict(element, attribute, *first)

    def _known_in(self, wide: NameClass) -> list[Name]:
        found = self._matches.get(wide)
        if found is None:
            found = self._matches[wide] = [name for name in self._known if holds(wide, name)]
        return found


def _check_name(pattern: Attribute | Element, name_class: NameClass, why: str) -> None:
    if is_wide(name_class):
        what = "attribute" if isinstance(pattern, Attribute) else "element"
        raise pattern.node.error(f"this {what} can have any name, but {why} {_SECTION}")


def _conflict(element: Element, attribute: Attribute, other: Element, other_attribute: Attribute) -> None:
    node = attribute.node
    name = name_in_words(other_attribute.name_class)
    known, found = _identity(other_attribute.part), _identity(attribute.part)
    what = f"is {found.value}" if found is not Identity.NONE else f"is no {known.value}"
    message = (
        f"the attribute {name} of the element {name_in_words(other.name_class)} is {known.value} "
        f"({beside(node, other_attribute.node)}), but {what} here {_SECTION}"
    )
    help = f"exclude the name here, from the attribute or from the element in {beside(node, element.node)}"
    raise node.error(message, help)
