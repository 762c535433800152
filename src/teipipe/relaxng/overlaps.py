"""Names that may not meet: attributes of one element (RELAX NG, section 7.3), elements of an interleave (7.4)."""

from __future__ import annotations

from typing import NoReturn

from teipipe.relaxng.graph import inside, name_in_words, parts_of
from teipipe.relaxng.names import Registry
from teipipe.relaxng.simple import Attribute, Element, Group, Interleave, Pattern, Text
from teipipe.relaxng.syntax import beside


def check_overlaps(order: list[Pattern]) -> None:
    """Raise SchemaError if names meet; `order` has all patterns, parts before what they are part of."""
    _Check(Attribute).run(order)
    if any(isinstance(pattern, Interleave) for pattern in order):
        _Check(Element).run(order)


class _Check:
    def __init__(self, kind: type[Attribute | Element]) -> None:
        self._kind = kind
        self._judged = (Group, Interleave) if kind is Attribute else (Interleave,)
        self._names = Registry()
        #: Not the bit of a name: whether there is text.
        self._text = 0

    def run(self, order: list[Pattern]) -> None:
        uses: dict[Pattern, int] = dict.fromkeys(order, 0)
        bits: dict[Pattern, int] = {}
        for pattern in order:
            if isinstance(pattern, self._kind):
                bits[pattern] = self._names.bits(pattern.name_class)
            for part in parts_of(pattern):
                uses[part] += 1
        if self._kind is Element:
            self._text = self._names.reserve()
        for pattern in order:
            if isinstance(pattern, (Attribute, Element)):
                bits.setdefault(pattern, 0)
            else:
                bits[pattern] = self._bits(pattern, bits)
            for part in parts_of(pattern):
                uses[part] -= 1
                if not uses[part]:
                    bits.pop(part, None)  # in a chain of thousands of definitions, these would fill the memory

    def _bits(self, pattern: Pattern, bits: dict[Pattern, int]) -> int:
        if isinstance(pattern, Text):
            return self._text
        found = 0
        is_judged = isinstance(pattern, self._judged)
        for index, part in enumerate(parts_of(pattern)):
            more = bits[part]
            if is_judged and self._names.overlap(found, more):
                self._refuse(pattern, index, found)
            found |= more
        return found

    def _refuse(self, pattern: Pattern, index: int, before: int) -> NoReturn:
        parts = parts_of(pattern)
        later = next(one for one in inside(parts[index]) if self._meet(one, before))
        bits = self._own(later)
        earlier = next(one for part in parts[:index] for one in inside(part) if self._meet(one, bits))
        self._report(earlier, later)

    def _own(self, pattern: Pattern) -> int:
        if isinstance(pattern, self._kind):
            return self._names.bits(pattern.name_class)
        return self._text if isinstance(pattern, Text) else 0

    def _meet(self, pattern: Pattern, bits: int) -> bool:
        return self._names.overlap(self._own(pattern), bits)

    def _report(self, earlier: Pattern, later: Pattern) -> NoReturn:
        node = later.node
        where = "both by the same definition" if earlier is later else f"here and in {beside(node, earlier.node)}"
        if isinstance(later, Attribute) and isinstance(earlier, Attribute):
            name = name_in_words(later.name_class) or name_in_words(earlier.name_class)
            subject = f"the attribute {name}" if name else "an attribute of any name"
            raise node.error(f"{subject} stands in one element twice, {where} (RELAX NG, section 7.3)")
        subject, help = "“text”", "“text” in one branch allows text everywhere"
        if isinstance(later, Element) and isinstance(earlier, Element):
            name = name_in_words(later.name_class) or name_in_words(earlier.name_class)
            subject = f"the element {name}" if name else "an element of any name"
            help = "each name can belong to one branch only; put both into the same one"
        raise node.error(f"{subject} stands in two branches of an interleave, {where} (RELAX NG, section 7.4)", help)
