"""What points where across the documents: which of them have to be looked at again, and what all of them mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from teipipe.validate.corpus import XML_FILES

if TYPE_CHECKING:
    from teipipe.validate.summary import Summary

_Node = tuple[str, str, str]


class Web:
    """The summaries of documents by their names; None for one that isn't well-formed, or can't be read."""

    def __init__(self, summaries: Mapping[str, Summary | None]) -> None:
        self.summaries = summaries

    def doubtful(self) -> set[str]:
        """The documents with a pointer into another one that has no such id, or with a circle that leaves them."""
        wanted: dict[str, list[tuple[str, list[str]]]] = {}
        chained = False
        for name, summary in self.summaries.items():
            for target, fragments in summary.targets() if summary is not None else ():
                if target in self.summaries and PurePosixPath(target).suffix.lower() in XML_FILES:
                    wanted.setdefault(target, []).append((name, fragments))
            chained = chained or bool(summary and summary.chains)
        found: set[str] = set()
        for target, pointing in wanted.items():
            known = self.summaries[target]
            if known is None:
                continue  # what is wrong with it is a finding of its own
            ids = {*known.identifiers, ""}
            for name, fragments in pointing:
                if not ids.issuperset(fragments) and any(one not in ids and "(" not in one for one in fragments):
                    found.add(name)
        return found | (self.circling() if chained else set())

    def pointing_at(self, files: Set[str]) -> set[str]:
        """The documents that point at files."""
        known = ((name, summary) for name, summary in self.summaries.items() if summary is not None)
        return {name for name, summary in known if any(target in files for target, _ in summary.targets())}

    def circling(self) -> set[str]:
        """The documents with chains that may run in a circle over several of them."""
        return set(self._circling())

    def _circling(self) -> Iterator[str]:
        # Each link is followed once.
        following: dict[_Node, _Node] = {}
        for name, summary in self.summaries.items():
            for attribute, start, file, end in summary.steps() if summary is not None else ():
                following[attribute, name, start] = (attribute, file or name, end)
        if any(node[1] not in self.summaries for node in following.values()):
            # Where a chain goes on outside is known to those who read that.
            yield from (name for name, summary in self.summaries.items() if summary is not None and summary.chains)
            return
        walks: dict[_Node, int] = {}
        for number, first in enumerate(following, 1):
            node: _Node | None = first
            while node is not None and node not in walks:
                walks[node] = number
                node = following.get(node)
            if node is not None and walks[node] == number:
                yield from self._around(following, node)

    @staticmethod
    def _around(following: Mapping[_Node, _Node], start: _Node) -> Iterator[str]:
        node = start
        while True:
            yield node[1]
            node = following[node]
            if node == start:
                return

    def mentions(self, register: str, documents: Iterable[str]) -> frozenset[str] | None:
        """The ids of the register that documents point to; None if one of these isn't known."""
        mentioned: set[str] = set()
        for name in documents:
            summary = self.summaries.get(name)
            if summary is None:
                return None
            for target, fragments in summary.targets():
                if target == register:
                    mentioned.update(fragments)
        return frozenset(mentioned)

    def taken(self) -> dict[str, dict[str, str]]:
        """For each document the ids in it that one before it (by name) has, with the first document that has them."""
        first: dict[str, str] = {}
        found: dict[str, dict[str, str]] = {}
        for name in sorted(self.summaries):
            summary = self.summaries[name]
            for identifier in summary.identifiers if summary is not None else ():
                holder = first.setdefault(identifier, name)
                if holder != name:
                    found.setdefault(name, {})[identifier] = holder
        return found
