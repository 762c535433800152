"""What the report on validation in a package says was found, and how that compares with what is found now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teipipe.bags import Item
from teipipe.deposit.changes import Changes
from teipipe.deposit.layout import CHANGES, REPORTS
from teipipe.diagnostics import Diagnostic
from teipipe.errors import BagError
from teipipe.reports.paths import home, relative

#: Where it lies, from data/.
REPORT = f"{REPORTS}/validation.json"

#: What a finding is known by: rule, assertion, and its place in the project.
_Key = tuple[str, str | None, str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings of now and then: those that were `known` when the package was made, those that are `new`.

    `gone` says in words, a line each, what was found then and isn't now.
    """

    known: tuple[Diagnostic, ...]
    new: tuple[Diagnostic, ...]
    gone: tuple[str, ...]


def compare(found: Sequence[Diagnostic], report: bytes, root: Path) -> Compared:
    """Hold findings of now, in the project whose folder is `root`, against a report in JSON.

    Raises BagError if it is none.
    """
    then = _read(report)
    left = Counter(key for key, _ in then)
    folder = home(root)
    known: list[Diagnostic] = []
    new: list[Diagnostic] = []
    for one in found:
        key = _key(relative(one, folder).as_json())
        if left[key]:
            left[key] -= 1
            known.append(one)
        else:
            new.append(one)
    gone: list[str] = []
    for key, message in then:
        if left[key]:
            left[key] -= 1
            gone.append(f"{_place(key)}: {key[0]}: {message}")
    return Compared(tuple(known), tuple(new), tuple(gone))


def _read(report: bytes) -> list[tuple[_Key, str]]:
    try:
        found = json.loads(report)["diagnostics"]
        return [(_key(one), str(one["message"])) for one in found]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BagError(f"its report on validation is none of teipipe's ({error})") from error


def _key(one: dict[str, Any]) -> _Key:
    key = (one["rule"], one.get("assertion"), one["path"], one.get("line"), one.get("column"))
    hash(key)  # a list or a table there is no report of ours
    return key


def _place(key: _Key) -> str:
    *_, path, line, column = key
    return ":".join(str(part) for part in (path, line, column) if part is not None)


@dataclass(frozen=True)
class ReportedChanges(Changes):
    """What a package says has changed since the one before it, which need not be at hand; `reports` as they are."""

    reports: Mapping[str, bytes] = field(default_factory=dict)
    summary: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The changes in a few words, as the report has them."""
        return self.summary

    def items(self) -> Iterator[Item]:
        """Yield the reports."""
        yield from (Item(path, data) for path, data in self.reports.items())


def reported_changes(reports: Mapping[str, bytes]) -> Changes | None:
    """What the reports on changes in a package say, by their paths from data/; None if there are none.

    Raises BagError if they aren't teipipe's.
    """
    if not reports:
        return None
    try:
        record = json.loads(reports[f"{CHANGES}.json"])
        since = record["since"]
        texts = [since.get("name", ""), since.get("version", ""), since.get("date", ""), record.get("receipt", "")]
        summary = tuple(record.get("summary", ()))
        if not all(isinstance(text, str) for text in (*texts, *summary)):
            raise TypeError("a text is missing")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BagError(f"its report on changes is none of teipipe's ({error})") from error
    name, version, date, receipt = texts
    return ReportedChanges(name, version, date, receipt, reports=reports, summary=summary)
