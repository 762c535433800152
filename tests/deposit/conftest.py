"""What tests of deposits share: small projects, and how their files are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import MakeStylesheets, make_tei

MakeProject = Callable[..., Path]


@pytest.fixture
def make_project(tmp_path: Path, small_stylesheets: MakeStylesheets) -> MakeProject:
    """Makes a project of two letters in a folder, with further files and lines of configuration."""
    return partial(project_in, tmp_path, small_stylesheets)


def project_in(
    folder: Path,
    make_stylesheets: MakeStylesheets,
    name: str = "letters",
    files: Mapping[str, str | bytes] | None = None,
    configuration: str = "",
    **letters: str,
) -> Path:
    """Make such a project, for tests that share one."""
    root = folder / name
    root.mkdir(parents=True)
    make_stylesheets(root / "xslt")
    bodies = letters or {"one": "<p>First words.</p>", "two": "<p>Other words.</p>"}
    given = {f"tei/{key}.xml": make_tei(body, xml_id=key, when="2026-01-02") for key, body in bodies.items()}
    toml = f'title = "Letters"\ndocuments = ["tei/**/*.xml"]\nstylesheets = "xslt"\n{configuration}'
    for path, content in {"teipipe.toml": toml, **given, **(files or {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
