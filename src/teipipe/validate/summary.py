"""A document in short, as plain strings: what the rest of the corpus has to know of it, to be sent and to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set

#: Between what belongs together, between that, and between all; XML can't contain them, and names have them written
#: otherwise.
_UNIT, _RECORD, _GROUP = "\x01", "\x02", "\x03"
_SAFE: Final = {code: f"\uffff{chr(0x41 + code)}" for code in range(4)}


class Summary(NamedTuple):
    """What is known of a well-formed document.

    `ids` are its ids; `links` the files that it points to, each with the ids in it; `chains` how its elements go on
    elsewhere (attribute, id, file or "" for itself, id there), if any chain leaves it. Files are relative to the
    project, as `name_of` has them.
    """

    ids: str
    links: str
    chains: str

    @classmethod
    def of(
        cls,
        ids: Iterable[str],
        links: Mapping[str, Set[str]],
        chains: Iterable[tuple[str, str, str, str]],
    ) -> Summary:
        """The same, of values that may be anything."""
        return cls(
            _UNIT.join(sorted(ids)),
            _RECORD.join(_UNIT.join([file, *map(_safe, sorted(links[file]))]) for file in sorted(links)),
            _RECORD.join(_UNIT.join(map(_safe, chain)) for chain in chains),
        )

    @property
    def identifiers(self) -> list[str]:
        """The ids one by one, sorted, each once."""
        return self.ids.split(_UNIT) if self.ids else []

    def targets(self) -> Iterator[tuple[str, list[str]]]:
        """Each file that it points to, with the ids there (one is "" where the whole file is meant)."""
        for record in self.links.split(_RECORD) if self.links else ():
            file, *fragments = record.split(_UNIT)
            yield file, fragments

    def steps(self) -> Iterator[tuple[str, str, str, str]]:
        """Each link of a chain."""
        for record in self.chains.split(_RECORD) if self.chains else ():
            attribute, start, file, end = record.split(_UNIT)
            yield attribute, start, file, end

    def pack(self) -> str:
        """All of it in one string."""
        return _GROUP.join(self)

    @classmethod
    def unpack(cls, text: str) -> Summary:
        """What `pack` made a string of; raises ValueError if it didn't."""
        ids, links, chains = text.split(_GROUP)
        return cls(ids, links, chains)


def name_of(file: Path | str, home: str) -> str:
    """How summaries call a file (absolute) of the project in the folder `home`, which ends in a slash."""
    name = str(file)
    return _safe(name[len(home) :] if name.startswith(home) else name)


def _safe(text: str) -> str:
    return text.translate(_SAFE) if not text.isprintable() else text
