"""What a word processor says of stretches of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """What a word processor says of a stretch of the text.

    `kind` is one of: heading (`values["level"]`), item (its `level`, `kind` ordered or bulleted, `label`, and the
    `list` that it is in), table, row, cell (its `cols` and `rows` if it spans several, `role` label in the head of a
    table), note (its `n`, `place` bottom or end, and how many blanks at its ends set it off: `opening`, `closing`),
    paragraph (one of several in a note), link (its `target`), bold, italic, underline, small-caps, caps, superscript,
    subscript, strike, page (one begins here).
    """

    kind: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
