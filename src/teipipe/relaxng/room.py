"""How much memory what is worked out while documents are judged may take."""

from __future__ import annotations

from typing import Final

from teipipe.relaxng.datatypes import LimitError

#: A documented limit: about so many bytes of patterns and steps are kept of one schema.
MAX_SIZE: Final = 300_000_000


class Room:
    """Keeps account of the bytes that were taken. About right: what is counted is what there is any number of."""

    __slots__ = ("taken",)

    def __init__(self, taken: int = 0) -> None:
        self.taken = taken

    @property
    def is_full(self) -> bool:
        """Whether there is no more room."""
        return self.taken > MAX_SIZE

    def take(self, size: int) -> None:
        """Take so many bytes; raises LimitError if they aren't there."""
        self.taken += size
        if self.taken > MAX_SIZE:
            raise LimitError("judging by this schema takes too much memory")
