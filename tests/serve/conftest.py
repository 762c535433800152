"""Servers, and a small project for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.serve.running import Running, start


@pytest.fixture
def serve() -> Iterator[Callable[..., Running]]:
    """Starts servers, and ends those that are left."""
    running: list[Running] = []

    def started(folder: Path, *arguments: str) -> Running:
        running.append(start(folder, *arguments))
        return running[-1]

    yield started
    for server in running:
        server.kill()


@pytest.fixture
def project(tmp_path: Path, tei: Any, small_stylesheets: Any) -> Path:
    """Two letters, with stylesheets that show their words alone."""
    folder = tmp_path / "project"
    folder.mkdir()
    small_stylesheets(folder / "xslt")
    (folder / "any.rnc").write_text("start = any\nany = element * { (attribute * { text } | text | any)* }")
    (folder / "teipipe.toml").write_text('stylesheets = "xslt"\ndocuments = ["*.xml"]\nschema = "any.rnc"\n')
    for name in ("a", "b"):
        (folder / f"{name}.xml").write_text(tei(f"<p>Words of {name}.</p>", xml_id=name))
    return folder
