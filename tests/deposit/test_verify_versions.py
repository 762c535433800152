"""`teipipe deposit verify` on packages that other versions made: earlier ones, later ones, other stylesheets."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.build.files import change
from tests.conftest import Teipipe
from tests.deposit.bags import checksums_anew, redescribe
from tests.deposit.earlier import FOLDER, make_project

from teipipe.build.depositing import deposit_project
from teipipe.build.verifying import verify_package
from teipipe.diagnostics import Severity
from teipipe.project import load_project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package; it is not to be changed."""
    root = tmp_path_factory.mktemp("made") / "letters"
    make_project(root)
    done = deposit_project(load_project(root), target=root.parent / "bag", environment={}, workers=1)
    assert done.written is not None
    return done.written.path


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "bag"))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("made-by-*")))
def test_what_an_earlier_release_made_is_still_verified(name: str) -> None:
    verified = verify_package(FOLDER / name, workers=1)
    assert verified.exit_code == 0, verified.diagnostics
    assert verified.package is not None
    assert [step.state.value for step in verified.steps][:2] == ["proved", "proved"]
    assert {one.rule for one in verified.diagnostics} <= {"other-version"}


def test_one_of_each_release_is_kept_and_small() -> None:
    kept = list(FOLDER.glob("made-by-*"))
    assert kept
    assert all(path.stat().st_size < 150_000 for path in kept)


def of_version(version: str) -> Any:
    def change(record: dict[str, Any]) -> None:
        for tool in record["tools"]:
            if tool["name"] == "teipipe":
                tool["version"] = version

    return change


def test_what_other_versions_make_otherwise_is_listed_and_no_error(bag: Path) -> None:
    change(bag / "data/edition/one/index.html", "To two", "To  two")
    change(bag / "data/software/requirements.txt", "saxonche==", "saxonche==0.")
    redescribe(bag, of_version("0.0.9"))
    verified = verify_package(bag, workers=1)
    assert verified.exit_code == 0
    assert {one.rule for one in verified.diagnostics} == {"other-version"}
    assert {one.severity for one in verified.diagnostics} == {Severity.WARNING}
    (versions,) = (one.message for one in verified.diagnostics if one.location.path.name == "deposit.json")
    assert "teipipe 0.0.9, here " in versions
    messages = "\n".join(one.message for one in verified.diagnostics)
    for path in ("edition/one/index.html", "software/requirements.txt", "deposit.json"):
        assert path in messages
        assert path in {one.path for one in verified.differences}
    assert [step.state.value for step in verified.steps] == ["proved", "proved", "differs", "differs"]


def test_other_stylesheets_are_named(bag: Path) -> None:
    change(bag / "data/software/xslt/html.xsl", "<xsl:", "<!-- as it was -->\n<xsl:")
    checksums_anew(bag)
    verified = verify_package(bag, workers=1)
    assert verified.exit_code == 0
    assert "software/xslt/html.xsl" in "".join(one.message for one in verified.diagnostics)


def test_errors_in_documents_are_errors_whoever_made_the_package(bag: Path) -> None:
    change(bag / "data/project/tei/two.xml", "<p>Words", "<p>Words</q>")
    redescribe(bag, of_version("0.0.9"))
    verified = verify_package(bag, rebuild=False, workers=1)
    assert verified.exit_code == 1
    assert [one.location.path.name for one in verified.diagnostics] == ["two.xml"]


def test_a_project_that_this_version_cannot_read_was_made_by_another(bag: Path) -> None:
    change(bag / "data/project/teipipe.toml", "title", "heading")
    redescribe(bag, of_version("9.0"))
    verified = verify_package(bag, workers=1)
    assert [(one.rule, one.severity) for one in verified.diagnostics] == [("unusable-package", Severity.FAILURE)]
    assert verified.exit_code == 2


def test_a_form_of_packages_that_is_not_known_takes_a_later_version(bag: Path, teipipe: Teipipe) -> None:
    def later(record: dict[str, Any]) -> None:
        record["format"] = 99
        record["something"] = ["new"]

    redescribe(bag, later)
    done = teipipe("deposit", "verify", "bag", cwd=bag.parent)
    assert done.returncode == 2
    assert "[newer-package]" in done.stdout
    assert "proved     package" in done.stdout
    assert done.stdout.count("not done") == 3
