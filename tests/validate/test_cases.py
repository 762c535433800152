"""Every folder in tests/cases/validate is a small project, and says itself what is found in it.

A comment `<!-- expect: RULE -->` stands on the line before the place, `<!-- expect: RULE RULE -->` if there are two;
`expected.txt` holds the whole report instead, where a comment can't stand, or where the words matter. `case.toml` may
name a schema ("rng" or "xsd": ours), or say `unique-ids`. `register.xml` is the register, `sources` the folder of
sources; documents are all other .xml files that aren't in a folder `other`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from teipipe.diagnostics import Diagnostic
from teipipe.reports import text
from teipipe.validate import Context, Schema, open_schema, validate
from teipipe.validate.corpus import Corpus
from teipipe.validate.schemas import Schemas

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "validate"
_EXPECTATION = re.compile(r"<!-- expect: ([a-z0-9 -]+?) -->")


@cache
def schema(kind: str) -> Schema:
    return open_schema(ROOT / "schema" / f"teipipe.{kind}")


def found_in(case: Path) -> list[Diagnostic]:
    options = tomllib.loads((case / "case.toml").read_text("utf-8")) if (case / "case.toml").exists() else {}
    register, sources = case / "register.xml", case / "sources"
    documents = sorted(path for path in case.rglob("*.xml") if path != register and "other" not in path.parts)
    has_register = register.exists() or options.get("register", False)
    context = Context(
        case,
        tuple(documents),
        register if has_register else None,
        sources if sources.is_dir() else None,
        Schemas(fixed=[schema(options["schema"])] if "schema" in options else ()),
        unique_ids=options.get("unique-ids", False),
        corpus=Corpus(case, register if has_register else None),
    )
    return [found for found in validate(context) if found.rule != "no-schema"]


def expected_by_comments(case: Path) -> list[tuple[str, int, str]]:
    expected = []
    for path in sorted(case.rglob("*.xml")):
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            for match in _EXPECTATION.finditer(line):
                expected += [(path.relative_to(case).as_posix(), number + 1, rule) for rule in match[1].split()]
    return sorted(expected)


@pytest.mark.parametrize("case", sorted(path for path in CASES.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    found = found_in(case)
    report = "".join(f"{line}\n" for line in text.lines(found, folder=case))
    golden = case / "expected.txt"
    if golden.exists():
        if request.config.getoption("--update-golden"):
            golden.write_text(report, encoding="utf-8", newline="")
        assert report == golden.read_text("utf-8")
    else:
        places = sorted(
            (one.location.path.relative_to(case).as_posix(), one.location.line or 0, one.rule) for one in found
        )
        assert places == expected_by_comments(case), report
