"""What a package has of a schema: all that its ODD compiles to, and a finding where files are made of it no longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import make_tei

from teipipe.deposit.schemas import schemas
from teipipe.odd import compile_odd
from teipipe.project import Project, load_project

TEI = '<elementSpec ident="TEI"><content><textNode/></content></elementSpec>'
ODD = '<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="letters" start="TEI">{}</schemaSpec>'

Make = Callable[..., Project]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def project(odd: str = ODD.format(TEI), schema: str = "") -> Project:
        (tmp_path / "schema").mkdir()
        (tmp_path / "schema" / "letters.odd").write_text(odd, encoding="utf-8")
        (tmp_path / "one.xml").write_text(make_tei("<p/>"), encoding="utf-8")
        toml = f'documents = ["*.xml"]\nodd = "schema/letters.odd"\n{schema}'
        (tmp_path / "teipipe.toml").write_text(toml, encoding="utf-8")
        return load_project(tmp_path)

    return project


def test_all_that_the_odd_compiles_to_goes_along(make: Make) -> None:
    project = make()
    assert project.odd is not None
    compiled = compile_odd(project.odd)
    found = schemas(project)
    assert found.diagnostics == ()
    assert {item.path: item.source for item in found.items} == {
        "schema/letters.rng": compiled.rng.encode(),
        "schema/letters.html": compiled.html.encode(),
        **{f"schema/{name}": text.encode() for name, text in compiled.xsd.items()},
    }


@pytest.mark.parametrize("name", ["letters.rng", "letters.xsd", "letters.html"])
def test_a_file_that_the_odd_no_longer_compiles_to_is_found(make: Make, name: str) -> None:
    project = make()
    folder = project.root / "schema"
    for item in schemas(project).items:
        assert isinstance(item.source, bytes)
        (folder / Path(item.path).name).write_bytes(item.source)
    assert schemas(project).diagnostics == ()
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    (finding,) = schemas(project).diagnostics
    assert (finding.rule, finding.location.path) == ("stale-schema", folder / name)
    assert finding.message == f"“{name}” isn't what “letters.odd” compiles to"


def test_the_schema_that_the_configuration_names_is_compared(make: Make) -> None:
    project = make(schema='schema = ["other/mine.rng"]')
    (project.root / "other").mkdir()
    (project.root / "other" / "mine.rng").write_text("<grammar/>", encoding="utf-8")
    found = schemas(project)
    assert [each.location.path for each in found.diagnostics] == [project.root / "other" / "mine.rng"]
    assert "schema/mine.rng" in {item.path for item in found.items}


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (
            ODD.format('<moduleRef key="core"/>' + TEI),
            "the ODD can't be compiled: moduleRef “core” refers to another schema",
        ),
        ("<TEI", "the ODD can't be compiled: "),
    ],
    ids=["customisation", "malformed"],
)
def test_an_odd_that_cannot_be_compiled_is_one_finding_at_its_place(make: Make, odd: str, message: str) -> None:
    project = make(odd)
    found = schemas(project)
    assert found.items == ()
    (finding,) = found.diagnostics
    assert finding.rule == "uncompiled-odd"
    assert finding.message.startswith(message)
    assert finding.location.line is not None


def test_an_odd_that_is_not_there_is_found_and_no_odd_is_nothing(make: Make, tmp_path: Path) -> None:
    project = make()
    (project.root / "schema" / "letters.odd").unlink()
    (finding,) = schemas(project).diagnostics
    assert (finding.rule, finding.location.path) == ("unreadable-file", project.odd)
    (tmp_path / "teipipe.toml").write_text('documents = ["*.xml"]\n', encoding="utf-8")
    assert schemas(load_project(tmp_path)).items == ()
