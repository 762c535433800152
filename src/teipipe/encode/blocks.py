"""The blocks of a text: which elements it is divided into.

What a text has by the thousand is a named tuple, which is made in a third of the time that a frozen dataclass takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from teipipe.diagnostics import Diagnostic
from teipipe.encode.decisions import Decision

Attributes = tuple[tuple[str, str], ...]


class Block(NamedTuple):
    """An element that is set apart: a container of others (div, sp, list), or a leaf, which holds text (p, head).

    `start` and `end` are offsets in the transcript; a container's are those of its first and last child. A leaf begins
    and ends at blanks or at the ends of the text, so that no word is divided.
    """

    element: str
    start: int
    end: int
    attributes: Attributes = ()
    children: tuple[Block, ...] = ()

    def leaves(self) -> Iterator[Block]:
        """The leaves in it, in order; itself, if it is one."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            if block.children:
                waiting += reversed(block.children)
            else:
                yield block

    def walk(self) -> Iterator[Block]:
        """It and all blocks in it, in order of their starts."""
        yield self
        for child in self.children:
            yield from child.walk()


class Label(NamedTuple):
    """The label of a turn, within the `speaker` leaf from `start` to `end`: who is named there.

    `name` and `role` are offsets of the name ("Mikoyan") and of an honorific or office before it ("Cde."), None if
    there is none; `pc` those of the punctuation that ends the label. A label with two names has several of these.
    """

    start: int
    end: int
    name: tuple[int, int]
    role: tuple[int, int] | None = None
    pc: tuple[int, int] | None = None


@dataclass(frozen=True)
class Structure:
    """What a transcript is divided into: children of front, body and back, which cover all that isn't blank in it.

    `text_type` is @type of `text` (memorandum, minutes, letter, essay, telegram); `labels` are those of all turns, in
    order; `present` the stretches that list those present; `titles` the heads of the whole; `spans` what the structure
    itself marks within leaves (stage directions, classifications, page breaks, punctuation of labels).
    """

    text_type: str
    profile: str
    front: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    back: tuple[Block, ...] = ()
    labels: tuple[Label, ...] = ()
    present: tuple[tuple[int, int], ...] = ()
    titles: tuple[tuple[int, int], ...] = ()
    spans: tuple[Span, ...] = ()
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """What is sent to another process: not what is found out again there if it is asked for."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def leaves(self) -> tuple[Block, ...]:
        """All leaves, in order."""
        return tuple(leaf for block in (*self.front, *self.body, *self.back) for leaf in block.leaves())


class Span(NamedTuple):
    """An element within a leaf, from `start` to `end`.

    Its first `opening` characters and its last `closing` are signs of the source, which go into @rendition; an element
    without any others is empty (gap, pb). `rank` says which of two that cross is kept: the lower one.
    """

    element: str
    start: int
    end: int
    attributes: Attributes = ()
    opening: int = 0
    closing: int = 0
    rank: int = 0
