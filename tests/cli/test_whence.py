"""`teipipe whence` on files that lie somewhere else than where they were made."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_command_lines import here

from teipipe.build.edition import build_edition
from teipipe.project import load_project


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line in this process: nothing of it depends on its being one of its own."""
    return here([str(one) for one in arguments], cwd)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, tei: Any, small_stylesheets: Any) -> Path:
    """A built one; nobody changes it."""
    root = tmp_path_factory.mktemp("whence") / "letters"
    small_stylesheets(root / "xslt")
    (root / "tei").mkdir()
    (root / "teipipe.toml").write_text('stylesheets = "xslt"\ndocuments = ["tei/*.xml"]', encoding="utf-8")
    (root / "tei" / "a.xml").write_text(tei("<p>Words.</p>"), encoding="utf-8")
    assert not build_edition(load_project(root), workers=1, environment={}).exit_code
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, in a folder with others beside it."""
    return Path(shutil.copytree(built, tmp_path / "here" / "letters"))


def test_a_copy_without_a_project_shows_what_it_says(project: Path, tmp_path: Path, teipipe: Any) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(project / "build" / "a" / "index.html", elsewhere / "page of mine.html")
    result = teipipe("whence", "page of mine.html", cwd=elsewhere)
    assert result.returncode == 2
    first, *rows = result.stdout.splitlines()
    assert first == "page of mine.html: there is no project to compare it with"
    assert "  as           a/index.html" in rows
    assert "  source       tei/a.xml" in rows
    assert "  settings     of the project: not compared" in rows
    named = run("whence", "page of mine.html", "--project", project, cwd=elsewhere)
    assert named.returncode == 0
    assert f"with the project in {project}" in " ".join(named.stdout.split())  # lines are broken where they are full
    around = run("whence", elsewhere / "page of mine.html", cwd=project / "tei")
    assert around.returncode == 0


def test_a_project_that_is_another_one(project: Path, tmp_path: Path, tei: Any) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "teipipe.toml").write_text('title = "Others"', encoding="utf-8")
    (other / "z.xml").write_text(tei("<p>Others.</p>"), encoding="utf-8")
    shutil.copy(project / "build" / "a" / "index.html", other / "page.html")
    result = run("whence", "page.html", cwd=other)
    assert result.returncode == 2
    assert result.stdout.startswith("page.html: the project here has none of the documents that it was made from (.)\n")
    named = run("whence", "page.html", "--project", ".", cwd=other)
    assert named.returncode == 1
    assert "no document of the project any more" in " ".join(named.stdout.split())


def test_a_folder_without_configuration(tmp_path: Path, tei: Any) -> None:
    root = tmp_path / "bare"
    root.mkdir()
    (root / "a.xml").write_text(tei("<p>Words.</p>"), encoding="utf-8")
    assert run("build", "--quiet", cwd=root).returncode == 0
    assert run("whence", "build/a/index.html", cwd=root).returncode == 0
    assert run("whence", root / "build" / "index.html", cwd=tmp_path).returncode == 0
    (root / "a.xml").write_text(tei("<p>Other words.</p>"), encoding="utf-8")
    assert run("whence", root / "build" / "a" / "index.html", cwd=tmp_path).returncode == 1


def test_what_render_makes(project: Path, tmp_path: Path) -> None:
    for name, *how in (
        ("a.html", "html"),
        ("a.txt", "text", "--view", "speech"),
        ("b.txt", "text", "--view", "source"),
    ):
        assert run("render", "tei/a.xml", "--to", *how, "-o", tmp_path / name, cwd=project).returncode == 0
    assert run("whence", tmp_path / "a.html", tmp_path / "a.txt", cwd=project).returncode == 0
    assert run("whence", tmp_path / "b.txt", cwd=project).returncode == 2  # the transcription and nothing else


def test_in_a_package(project: Path, tmp_path: Path) -> None:
    """The package alone is enough; beside the project, it is compared with what that is now."""
    done = run("deposit", "--allow-findings", "--jobs", "1", "--to", tmp_path / "bag", cwd=project)
    assert done.returncode == 0, done.stderr
    page = tmp_path / "bag" / "data" / "edition" / "a" / "index.html"
    assert run("whence", page, cwd=tmp_path).returncode == 0
    (project / "xslt" / "text.xsl").write_text("<changed/>", encoding="utf-8")
    result = run("whence", page, "--format", "json", cwd=project)
    [told] = json.loads(result.stdout)["files"]
    assert (result.returncode, told["state"]) == (1, "changed")
    assert told["stylesheets"] == {"state": "changed", "changed": ["text.xsl"]}
    assert told["sources"][0]["state"] == "unchanged"
