"""Verdicts as data, for the formats that programs read: tests/cases/reports/*/verdict.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.verdict import Excuse, Excused, UsedSchema, Verdict

CASES: Final = Path(__file__).resolve().parents[1] / "cases" / "reports"
#: The folder of a project that isn't there: no report may need its files.
FOLDER: Final = Path("/nowhere/an edition")


def names() -> list[str]:
    return sorted(path.parent.name for path in CASES.glob("*/verdict.json"))


def verdict(case: str) -> Verdict:
    """The verdict of a case, files in FOLDER."""
    stated = json.loads((CASES / case / "verdict.json").read_text("utf-8"))
    return Verdict(
        FOLDER,
        tuple(map(_diagnostic, stated.get("diagnostics", []))),
        tuple(FOLDER / path for path in stated["documents"]),
        tuple(UsedSchema(**{**schema, "name": _name(schema["name"])}) for schema in stated["schemas"]),
        tuple(_excused(excused) for excused in stated.get("excused", [])),
    )


def _name(name: str) -> str:
    return name if "://" in name else str(FOLDER / name)


def _diagnostic(stated: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        stated["rule"],
        Severity[stated["severity"].upper()],
        stated["message"],
        _location(stated),
        stated.get("help"),
        tuple((_location(place), place["message"]) for place in stated.get("related", [])),
        stated.get("assertion", ""),
    )


def _location(stated: Mapping[str, Any]) -> Location:
    return Location(FOLDER / stated["path"], stated["line"], stated["column"])


def _excused(stated: Mapping[str, Any]) -> Excused:
    return Excused(_diagnostic(stated), Excuse(stated["excuse"]), stated.get("reason", ""))
