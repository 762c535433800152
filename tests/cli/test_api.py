"""`import teipipe`: what it offers, and that it costs nothing until it is used."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import teipipe
from teipipe.cli import render
from teipipe.views import VIEWS


def test_names_are_sorted_and_there() -> None:
    assert teipipe.__all__ == sorted(teipipe.__all__, key=str.casefold) or teipipe.__all__ == sorted(teipipe.__all__)
    assert set(teipipe.__all__) <= set(dir(teipipe))


@pytest.mark.parametrize("name", [name for name in teipipe.__all__ if not name.startswith("_")])
def test_every_name_is_documented_and_typed(name: str) -> None:
    offered = getattr(teipipe, name)
    assert inspect.getdoc(offered)
    if inspect.isfunction(offered):
        signature = inspect.signature(offered)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        teipipe.nothing  # noqa: B018 (asking is what raises)


def test_nothing_is_loaded_before_it_is_used() -> None:
    code = "import sys, teipipe; print(*(name for name in sys.modules if name.startswith('teipipe.')))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "\n"


def test_one_version(repository: Path) -> None:
    configuration = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    assert teipipe.__version__ == configuration["project"]["version"]


def test_views_of_the_command_line_are_those_of_the_table() -> None:
    assert render.VIEWS == VIEWS


def test_from_a_program(tmp_path: Path, tei: Any, small_stylesheets: Any) -> None:
    small_stylesheets(tmp_path / "xslt")
    (tmp_path / "teipipe.toml").write_text('stylesheets = "xslt"', encoding="utf-8")
    (tmp_path / "a.xml").write_text(tei("<p>Words.</p>"), encoding="utf-8")
    project = teipipe.load_project(tmp_path)
    report = teipipe.build_edition(project)
    assert report.exit_code == 0
    text = tmp_path / "build" / "a" / "reading.txt"
    assert text.read_text().startswith("reading\nWords.\n\n⟨")
    [traced] = teipipe.trace_files([text])
    assert (traced.exit_code, [source.path for source in traced.sources]) == (0, ["a.xml"])
    rendering = teipipe.render_document(tmp_path / "a.xml", "text", "speech", project=project)
    assert rendering.text is not None
    assert rendering.text.startswith("speech\nWords.\n\n⟨Provenance\n")
    assert rendering.diagnostics == ()
