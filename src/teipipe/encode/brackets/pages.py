"""Numbers in brackets that stand alone in their paragraphs, and count up: those of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from teipipe.encode.blocks import Block

_NUMBER: Final = re.compile(r"\s*\[\s*(\d{1,4})\s*\]\s*")
#: A leaf that holds nothing but a number isn't longer.
_LONGEST: Final = 20


def counted_pages(text: str, leaves: Iterable[Block]) -> frozenset[int]:
    """Where the leaves begin whose number is one more than the one before it, or one less than the one behind it."""
    numbers: list[tuple[int, int]] = []
    for leaf in leaves:
        if leaf.element == "p" and leaf.end - leaf.start <= _LONGEST:
            match = _NUMBER.fullmatch(text, leaf.start, leaf.end)
            if match is not None:
                numbers.append((leaf.start, int(match[1])))
    return frozenset(
        start for one, other in pairwise(numbers) if one[1] + 1 == other[1] for start in (one[0], other[0])
    )
