"""The specifications of an ODD by kind and name, and who is a member of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from teipipe.diagnostics import Diagnostic, Location
from teipipe.odd import model
from teipipe.odd.rules import did_you_mean, fault

_Spec = TypeVar("_Spec", bound=model.Spec)


def element_key(spec: model.ElementSpec, namespace: str) -> str:
    """The key of an element in the schema: its ident, with the namespace before it if it isn't the schema's."""
    return spec.ident if spec.namespace == namespace else f"{{{spec.namespace}}}{spec.ident}"


class Index:
    """Look-ups in an ODD. What can't be found is reported to `problems`, once for each place."""

    def __init__(self, odd: model.Odd) -> None:
        self.odd = odd
        self.problems: list[Diagnostic] = []
        self.elements: dict[str, model.ElementSpec] = {}
        self.classes: dict[str, model.ClassSpec] = {}
        self.macros: dict[str, model.MacroSpec] = {}
        self.datatypes: dict[str, model.DataSpec] = {}
        #: The idents of the classes, macros and datatypes that something refers to.
        self.used: set[str] = set()
        for spec in odd.specs:
            match spec:
                case model.ElementSpec():
                    self._add(self.elements, element_key(spec, odd.namespace), spec, "elementSpec")
                case model.ClassSpec():
                    self._add(self.classes, spec.ident, spec, "classSpec")
                case model.MacroSpec():
                    self._add(self.macros, spec.ident, spec, "macroSpec")
                case model.DataSpec():
                    self._add(self.datatypes, spec.ident, spec, "dataSpec")
        self._members = self._by_class()
        self._elements_of: dict[str, tuple[str, ...]] = {}
        self._report_circles()

    def report(self, rule: str, message: str, at: Location, hint: str | None = None) -> None:
        """Add a fault."""
        self.problems.append(fault(rule, message, at, hint))

    def _add(self, table: dict[str, _Spec], key: str, spec: _Spec, kind: str) -> None:
        if kind != "elementSpec":
            for others in (self.classes, self.macros, self.datatypes):
                if others is not table and key in others:
                    message = f"{kind} “{key}”: a class, macro and datatype can’t have the same name"
                    self.problems.append(fault("duplicate-specification", message, spec.at))
        if key in table:
            message = f"{kind} “{spec.ident}” is there already"
            self.problems.append(
                fault("duplicate-specification", message, spec.at, related=((table[key].at, "the first one"),))
            )
        else:
            table[key] = spec

    def _by_class(self) -> Mapping[str, Sequence[str | model.ClassSpec]]:
        """The direct members of each class in document order: elements by key, classes as such."""
        members: dict[str, list[str | model.ClassSpec]] = {ident: [] for ident in self.classes}
        for spec in self.odd.specs:
            if not isinstance(spec, (model.ElementSpec, model.ClassSpec)):
                continue
            member = spec if isinstance(spec, model.ClassSpec) else element_key(spec, self.odd.namespace)
            for membership in spec.classes:
                parent = self.class_spec(membership.key, membership.at)
                if parent is not None and member not in members[parent.ident]:
                    members[parent.ident].append(member)
        return members

    def class_spec(self, key: str, at: Location) -> model.ClassSpec | None:
        """The class `key`, referred to at `at`."""
        return self._look_up(self.classes, key, at, "class")

    def macro(self, key: str, at: Location) -> model.MacroSpec | None:
        """The macro `key`, referred to at `at`."""
        return self._look_up(self.macros, key, at, "macro")

    def datatype(self, key: str, at: Location) -> model.DataSpec | None:
        """The datatype `key`, referred to at `at`."""
        return self._look_up(self.datatypes, key, at, "datatype")

    def _look_up(self, table: Mapping[str, _Spec], key: str, at: Location, kind: str) -> _Spec | None:
        spec = table.get(key)
        if spec is None and key:
            self.dangling(kind, key, at, table)
        return spec

    def dangling(self, kind: str, key: str, at: Location, known: Iterable[str]) -> None:
        """Report that no specification is called `key`; `known` are those that there are."""
        message = f"no {kind} “{key}” is specified"
        others: dict[str, Mapping[str, object]] = {
            "element": self.elements,
            "class": self.classes,
            "macro": self.macros,
            "datatype": self.datatypes,
        }
        for other, table in others.items():
            if other != kind and key in table:
                self.report("dangling-key", message, at, f"there is a {other} of this name")
                return
        self.report("dangling-key", message, at, did_you_mean(key, known))

    def element(self, key: str, at: Location) -> str | None:
        """The key in the schema of the element that `key` refers to."""
        if key in self.elements:
            return key
        found = [name for name, spec in self.elements.items() if spec.ident == key]
        if not found and key:
            self.dangling("element", key, at, self.elements)
        return found[0] if found else None

    def members(self, ident: str) -> Sequence[str | model.ClassSpec]:
        """The direct members of a class."""
        return self._members[ident]

    def elements_of(self, ident: str, _open: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The elements in a class or in classes that belong to it, each once, in document order."""
        if ident in _open:
            return ()
        if ident not in self._elements_of:
            found: dict[str, None] = {}
            for member in self._members[ident]:
                if isinstance(member, str):
                    found[member] = None
                elif member.is_model:
                    self.used.add(member.ident)
                    found.update(dict.fromkeys(self.elements_of(member.ident, (*_open, ident))))
            self._elements_of[ident] = tuple(found)
        return self._elements_of[ident]

    def ancestors(self, spec: model.ElementSpec | model.ClassSpec) -> Iterator[model.ClassSpec]:
        """The classes that a specification belongs to, directly or through others, each once, the nearest first."""
        seen: set[str] = set()
        level: list[model.ElementSpec | model.ClassSpec] = [spec]
        while level:
            above: list[model.ElementSpec | model.ClassSpec] = []
            for member in level:
                for membership in member.classes:
                    parent = self.classes.get(membership.key)
                    if parent is not None and parent.ident not in seen:
                        seen.add(parent.ident)
                        above.append(parent)
                        yield parent
            level = above

    def _report_circles(self) -> None:
        done: set[str] = set()
        for start in self.classes:
            self._follow(start, [], done)

    def _follow(self, ident: str, path: list[str], done: set[str]) -> None:
        if ident in path:
            circle = " → ".join([*path[path.index(ident) :], ident])
            self.report("circular-reference", f"the class “{ident}” is a member of itself: {circle}", self._at(ident))
        elif ident not in done:
            path.append(ident)
            for membership in self.classes[ident].classes:
                if membership.key in self.classes:
                    self._follow(membership.key, path, done)
            path.pop()
            done.add(ident)

    def _at(self, ident: str) -> Location:
        return self.classes[ident].at
