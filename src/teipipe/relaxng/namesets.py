"""Sets of the name classes of a schema, as numbers with a bit for each class: whether two have a name in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from teipipe.relaxng.names import classes_of
from teipipe.relaxng.simple import AnyName, Name, NameClass, NsName

_Single = Name | AnyName | NsName

#: A documented limit: how many different classes of infinitely many names a schema may have.
MAX_WIDE: Final = 1000


class NameSet(NamedTuple):
    """Some classes, and those with which one of infinitely many names among them has a name in common."""

    classes: int
    reached: int

    def __or__(self, other: NameSet) -> NameSet:
        """The classes of both."""
        return NameSet(self[0] | other[0], self[1] | other[1])

    def overlaps(self, other: NameSet) -> bool:
        """Whether the two have a name in common."""
        return bool(self[0] & other[0] or self[1] & other[0] or self[0] & other[1])


NONE: Final = NameSet(0, 0)


class NameSets:
    """The classes of a schema. They are numbered by namespace, so that each namespace is a range of bits."""

    def __init__(self, classes: Iterable[NameClass]) -> None:
        found = dict.fromkeys(single for name_class in classes for single in classes_of(name_class))
        named = [single for single in found if not isinstance(single, AnyName)]
        named.sort(key=lambda single: single.uri)
        order: list[_Single] = [*named, *(single for single in found if isinstance(single, AnyName))]
        self._index: Final = {single: index for index, single in enumerate(order)}
        self._ranges: dict[str, tuple[int, int]] = {}
        for index, single in enumerate(named):
            self._ranges[single.uri] = (self._ranges.get(single.uri, (index, 0))[0], index + 1)
        self._wide: Final = {single: index for index, single in enumerate(order) if not isinstance(single, Name)}
        self._reached: dict[_Single, int] = {}

    @property
    def has_too_many(self) -> bool:
        """Whether there are more classes of infinitely many names than can be compared in good time."""
        return len(self._wide) > MAX_WIDE

    def extra(self) -> NameSet:
        """A set that overlaps with itself alone."""
        return NameSet(1 << len(self._index), 0)

    def of(self, name_class: NameClass) -> NameSet:
        """One class, or a choice of several, out of those that all were made of."""
        classes, reached = 0, 0
        for single in classes_of(name_class):
            classes |= 1 << self._index[single]
            if not isinstance(single, Name):
                reached |= self._reach(single)
        return NameSet(classes, reached)

    def _reach(self, wide: AnyName | NsName) -> int:
        """The classes with which it has a name in common, but for each `anyName` if it is an `nsName`."""
        found = self._reached.get(wide)
        if found is None:
            found = (1 << len(self._index)) - 1 if isinstance(wide, AnyName) else self._namespace(wide.uri)
            if wide.without is not None:
                found &= ~self._covered(wide.without)
            # However much is taken out of it, infinitely many names are left.
            found |= 1 << self._index[wide]
            self._reached[wide] = found
        return found

    def _namespace(self, uri: str) -> int:
        """All classes of names in one namespace."""
        begin, end = self._ranges.get(uri, (0, 0))
        return (1 << end) - (1 << begin)

    def _bits(self, singles: Iterable[_Single]) -> int:
        found = 0
        for single in singles:
            index = self._index.get(single)
            if index is not None:
                found |= 1 << index
        return found

    def _covered(self, without: NameClass) -> int:
        """The classes all of whose names are in an exception."""
        singles = classes_of(without)
        names: set[_Single] = {single for single in singles if isinstance(single, Name)}
        covered = self._bits(names)
        #: For each namespace that is excepted, the names that are left of it all the same.
        left: dict[str, set[_Single]] = {}
        for single in singles:
            if isinstance(single, NsName):
                kept = set(classes_of(single.without)) if single.without is not None else set()
                left[single.uri] = (left[single.uri] & kept if single.uri in left else kept) - names
        for uri, kept in left.items():
            covered |= self._in_namespace(uri, kept)
        return covered

    def _in_namespace(self, uri: str, kept: set[_Single]) -> int:
        """The classes all of whose names are in a namespace, and none of them in `kept`."""
        found = self._namespace(uri) & ~self._bits(kept)
        if kept:
            for wide, index in self._wide.items():
                if isinstance(wide, NsName) and wide.uri == uri:
                    without = classes_of(wide.without) if wide.without is not None else ()
                    if not kept.issubset(without):
                        found &= ~(1 << index)
        return found
