"""Names that may not meet: attributes of one element (RELAX NG, section 7.3), elements of an interleave (7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from teipipe.relaxng.graph import inside, is_wide, name_in_words, parts_of
from teipipe.relaxng.namesets import MAX_WIDE, NONE, NameSet, NameSets
from teipipe.relaxng.simple import Attribute, Element, Group, Interleave, Pattern, Text
from teipipe.relaxng.syntax import beside


def check_overlaps(order: list[Pattern]) -> None:
    """Raise SchemaError if names meet; `order` has all patterns, parts before what they are part of."""
    _Check(Attribute, order).run()
    if any(isinstance(pattern, Interleave) for pattern in order):
        _Check(Element, order).run()


class _Check:
    def __init__(self, kind: type[Attribute | Element], order: list[Pattern]) -> None:
        self._kind = kind
        self._order = order
        named = [pattern for pattern in order if isinstance(pattern, kind)]
        self._names = NameSets(pattern.name_class for pattern in named)
        if self._names.has_too_many:
            node = next(pattern.node for pattern in named if is_wide(pattern.name_class))
            raise node.error(f"names are left open in more than {MAX_WIDE} different ways")
        #: That there is text counts like a name of its own for an element.
        self._text = self._names.extra() if kind is Element else NONE

    def run(self) -> None:
        judged = Group | Interleave if self._kind is Attribute else Interleave
        uses: dict[Pattern, int] = dict.fromkeys(self._order, 0)
        for pattern in self._order:
            for part in parts_of(pattern):
                uses[part] += 1
        sets: dict[Pattern, NameSet] = {}
        for pattern in self._order:
            parts = () if isinstance(pattern, (Attribute, Element)) else parts_of(pattern)
            is_judged = isinstance(pattern, judged)
            # As two numbers: this is done for every part of every pattern.
            classes, reached = NONE
            for index, part in enumerate(parts):
                more = sets.get(part) or self._own(part)
                if more is NONE:
                    continue
                if is_judged and (classes & more[0] or reached & more[0] or classes & more[1]):
                    self._refuse(parts, index, NameSet(classes, reached))
                classes |= more[0]
                reached |= more[1]
            if classes:
                sets[pattern] = NameSet(classes, reached)
            for part in parts:
                uses[part] -= 1
                if not uses[part]:
                    sets.pop(part, None)  # in a chain of thousands of definitions, they would fill the memory

    def _own(self, pattern: Pattern) -> NameSet:
        if isinstance(pattern, self._kind):
            return self._names.of(pattern.name_class)
        return self._text if isinstance(pattern, Text) else NONE

    def _refuse(self, parts: Sequence[Pattern], index: int, before: NameSet) -> NoReturn:
        later = next(one for one in inside(parts[index]) if self._own(one).overlaps(before))
        own = self._own(later)
        earlier = next(one for part in parts[:index] for one in inside(part) if self._own(one).overlaps(own))
        self._report(earlier, later)

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
