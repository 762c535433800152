"""Makes of any sequence of blocks one that the schema allows: what stands where it may not becomes a paragraph."""

from __future__ import annotations

from typing import Final

from teipipe.encode.blocks import Block
from teipipe.encode.structure.draft import Section

_TOP: Final = frozenset({"head", "opener", "dateline", "byline"})
_BOTTOM: Final = frozenset({"closer", "dateline", "byline", "postscript"})
_GLOBAL: Final = frozenset({"pb", "note"})


def division(section: Section, at: int) -> Block:
    """A section as a block; `at` is where an empty one stands."""
    blocks: list[Block] = []
    divisions: list[Block] = []
    for child in section.children:
        if isinstance(child, Section):
            divisions.append(division(child, divisions[-1].end if divisions else blocks[-1].end if blocks else at))
        elif divisions:
            divisions[-1] = _lengthened(divisions[-1], child)
        else:
            blocks.append(child)
    children = fitted(blocks, has_divisions=bool(divisions), at=at)
    children += divisions
    return Block("div", children[0].start, children[-1].end, (("type", section.kind),), tuple(children))


def fitted(blocks: list[Block], *, has_divisions: bool, at: int) -> list[Block]:
    """The children of a division: heads and openers, at least one block, closers."""
    first = 0
    while first < len(blocks) and blocks[first].element in _TOP | _GLOBAL:
        first += 1
    last = len(blocks)
    if not has_divisions:
        while last > first and blocks[last - 1].element in _BOTTOM | _GLOBAL:
            last -= 1
    middle = [part for block in blocks[first:last] for part in _plain(block)]
    if not middle and not has_divisions:
        return _filled(blocks, at)
    return [*blocks[:first], *middle, *blocks[last:]]


def _filled(blocks: list[Block], at: int) -> list[Block]:
    """Blocks of which none is a paragraph: the last that can be becomes one, or an empty one stands there."""
    for number in range(len(blocks) - 1, -1, -1):
        if blocks[number].element not in _GLOBAL:
            tops = all(block.element in _TOP | _GLOBAL for block in blocks[:number])
            if tops:
                return [*blocks[:number], *paragraphs(blocks[number]), *blocks[number + 1 :]]
    where = blocks[-1].end if blocks else at
    return [*blocks, Block("p", where, where)]


def _plain(block: Block) -> list[Block]:
    if block.element in (_TOP | _BOTTOM):
        return paragraphs(block)
    return [block]


def paragraphs(block: Block) -> list[Block]:
    """The leaves of a block, as paragraphs."""
    return [leaf if leaf.element in _GLOBAL else Block("p", leaf.start, leaf.end) for leaf in block.leaves()]


def _lengthened(block: Block, child: Block) -> Block:
    children = fitted([*block.children, child], has_divisions=False, at=block.end)
    return Block(block.element, block.start, children[-1].end, block.attributes, tuple(children))
