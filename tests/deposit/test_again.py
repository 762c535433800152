"""A project on a medium that can only be read can be deposited, and a package isn't made twice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from tests.deposit.before import make_package
from tests.deposit.conftest import MakeProject, tree

from teipipe.build.depositing import deposit_project
from teipipe.deposit.inventory import Inventory
from teipipe.errors import OutputError
from teipipe.project import load_project


def test_an_edition_that_has_no_room_beside_its_project_has_some_elsewhere(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(files={"build": "a file, below which nothing can be written"}, one="<p>Words.</p>")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    done = deposit_project(load_project(root), workers=1, environment={})
    assert done.written is not None
    assert "data/edition/one/index.html" in tree(done.written.path)
    assert (root / "build").is_file()
    assert not list(temporary.iterdir())
    with pytest.raises(OutputError, match="the edition hasn't changed since") as error:
        deposit_project(load_project(root), workers=1, environment={})
    assert error.value.path == done.written.path


def test_packages_made_before_go_into_no_package(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project(
        configuration='[deposit]\ninclude = ["docs"]\n', files={"docs/a.zip": b"PK", "docs/b.txt": b"b"}
    )
    made = make_package(make_project("another"), tmp_path / "package")
    shutil.make_archive(str(root / "docs" / "letters-1"), "zip", made)
    shutil.copytree(made, root / "docs" / "letters-2")
    held = {item.path for item in Inventory(load_project(root)).items()}
    assert {path for path in held if "docs" in path} == {"project/docs/a.zip", "project/docs/b.txt"}


def test_where_nothing_can_be_written_nothing_is_begun(make_project: MakeProject) -> None:
    root = make_project(files={"deposits": "a file"})
    with pytest.raises(OutputError, match="not a directory"):
        deposit_project(load_project(root), workers=1, environment={})
    assert not (root / "build").exists()
