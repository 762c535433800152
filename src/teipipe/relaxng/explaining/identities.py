"""IDs that are taken, and references that lead nowhere (RELAX NG DTD Compatibility, section 5)."""

from __future__ import annotations

from teipipe.diagnostics import Location
from teipipe.relaxng.automaton import Vector
from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.explaining.report import Report
from teipipe.relaxng.explaining.wording import quote
from teipipe.relaxng.explaining.written import written
from teipipe.relaxng.steps import identity_of
from teipipe.relaxng.strings import each_token


class Identities:
    """The IDs of one document."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids: dict[str, Location] = {}
        self._references: list[tuple[str, Location]] = []

    def note(self, contents: Vector, flat: list[str], offset: int) -> None:
        """Take note of the attributes of a start tag; a second element with the same ID is named at once."""
        opened = self._report.automaton.opened(contents)
        for place in range(0, len(flat), 2):
            kind = identity_of(opened.attribute_leaves(flat[place]))
            if kind is Identity.NONE:
                continue
            names = written(flat[place], self._report.scopes.current)
            for number, token in enumerate(each_token(flat[place + 1])):
                where = self._report.places.attribute(offset, names, number)
                if kind is not Identity.ID:
                    self._references.append((token, where))
                elif token in self._ids:
                    first = self._ids[token]
                    self._report.add(
                        "duplicate-id", f"the id {quote(token)} is taken", where, f"the first one is at {first}"
                    )
                else:
                    self._ids[token] = where

    def finish(self) -> None:
        """Name the references that lead nowhere."""
        for token, where in self._references:
            if token not in self._ids:
                self._report.add("dangling-pointer", f"{quote(token)} leads nowhere: no element has this id", where)
