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
        self._report(pattern, earlier, later)

    def _own(self, pattern: Pattern) -> int:
        if isinstance(pattern, self._kind):
            return self._names.bits(pattern.name_class)
        return self._text if isinstance(pattern, Text) else 0

    def _meet(self, pattern: Pattern, bits: int) -> bool:
        return self._names.overlap(self._own(pattern), bits)

    def _report(self, pattern: Pattern, earlier: Pattern, later: Pattern) -> NoReturn:
        node = later.node
        if isinstance(later, Text):
            message = f"“text” stands in two branches of one interleave ({beside(node, earlier.node)})"
            raise node.error(f"{message} (RELAX NG, section 7.4)", "“text” in one of them allows text everywhere")
        assert isinstance(later, (Attribute, Element))
        assert isinstance(earlier, (Attribute, Element))
        what = "attribute" if isinstance(later, Attribute) else "element"
        name = name_in_words(later.name_class) or name_in_words(earlier.name_class)
        subject = f"the {what} {name}" if name else f"an {what} of any name"
        if what == "attribute":
            section, message = "7.3", f"{subject} stands twice in one element ({_other(earlier, later)})"
        else:
            section = "7.4"
            message = f"{subject} stands in two branches of the interleave of {beside(node, pattern.node)}"
            message += f" ({_other(earlier, later)})"
        raise node.error(f"{message} (RELAX NG, section {section})")


def _other(earlier: Pattern, later: Pattern) -> str:
    return "both by the same definition" if earlier is later else beside(later.node, earlier.node)
