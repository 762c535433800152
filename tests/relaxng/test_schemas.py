"""Schemas are read, simplified and held to the specification: James Clark's suite, own cases, hostile ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import pytest
from tests.conftest import REPOSITORY, Golden
from tests.relaxng.simple_form import shown

from teipipe.errors import SchemaError, UnreadableError
from teipipe.relaxng.loading import load_grammar, load_grammar_from
from teipipe.relaxng.restrictions import check_identity
from teipipe.relaxng.syntax import RNG_NAMESPACE

SUITE = REPOSITORY.parent / "shared" / "suites" / "relaxng" / "spectest.xml"
TEI = REPOSITORY.parent / "shared" / "reference" / "tei_all.rng"
CASES = REPOSITORY / "tests" / "cases" / "relaxng" / "schemas"

NS = f'xmlns="{RNG_NAMESPACE}"'


@dataclass
class Case:
    """One schema of the suite, as written, and the files that it can include."""

    schema: bytes = b""
    is_correct: bool = False
    files: dict[Path, bytes] = field(default_factory=dict)

    def read(self, file: Path) -> bytes:
        if file not in self.files:
            raise UnreadableError("no such file")
        return self.files[file]


def clark_cases() -> Iterator[Case]:
    data = SUITE.read_bytes()
    cases: list[Case] = []
    folder = [Path("/suite")]
    begins: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        begins.append((data.index(b">", parser.CurrentByteIndex) + 1, attributes.get("name", "")))
        if name == "testCase":
            cases.append(Case())
        elif name == "dir":
            folder.append(folder[-1] / attributes["name"])

    def end(name: str) -> None:
        begin, called = begins.pop()
        text = data[begin : parser.CurrentByteIndex]
        if name == "dir":
            folder.pop()
        elif name == "resource":
            cases[-1].files[folder[-1] / called] = text
        elif name in ("correct", "incorrect"):
            cases[-1].schema, cases[-1].is_correct = text, name == "correct"

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return iter(cases)


@pytest.mark.skipif(not SUITE.is_file(), reason="the suite lies beside the repository, in ../shared")
def test_every_schema_of_the_suite_is_judged_rightly() -> None:
    wrong = []
    cases = list(clark_cases())
    for number, case in enumerate(cases, 1):
        try:
            load_grammar_from(case.schema, Path("/suite/schema.rng"), case.read)
            problem = None
        except SchemaError as error:
            problem = error
        if (problem is None) is not case.is_correct:
            wrong.append(f"{number}: {problem or 'accepted'}\n{case.schema.decode()}")
    assert len(cases) == 385
    assert not wrong, "\n".join(wrong)


def judged(path: Path) -> str:
    """What comes of a schema: the error, or its simple form and what is unclear about its ids."""
    try:
        grammar = load_grammar(path, CASES)
    except SchemaError as error:
        return told(error)
    try:
        check_identity(grammar)
    except SchemaError as error:
        return told(error)
    return shown(grammar)


def told(error: SchemaError) -> str:
    place = error.location
    shown_path = place.path.relative_to(CASES).as_posix()
    help = f"\n  {error.help}" if error.help else ""
    return f"{shown_path}:{place.line}:{place.column} {error.message}{help}\n".replace(f"{CASES}/", "")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.rn[gc]")), ids=lambda path: path.name)
def test_cases(path: Path, golden: Golden) -> None:
    outcome = judged(path)
    assert path.stem.startswith("good-") == outcome.startswith("start = ")
    golden(path.with_suffix(".txt"), outcome)
