"""The built wheel, installed in a clean environment, works outside the repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from teipipe.deposit.program import program

ROOT = Path(__file__).resolve().parents[2]

LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader><fileDesc>
    <titleStmt><title>A letter</title></titleStmt>
    <publicationStmt><p>Unpublished.</p></publicationStmt>
    <sourceDesc><p>Born digital.</p></sourceDesc>
  </fileDesc></teiHeader>
  <text><body><p>Dear <persName>Ada</persName>,
    it <choice><sic>rians</sic><corr>rains</corr></choice>.</p></body></text>
</TEI>
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_stylesheets_schema_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"xslt/html.xsl", "xslt/views.xml", "xslt/assets/base.css", "schema/teipipe.rng", "schema/teipipe.odd"}
    assert {f"teipipe/bundled/{name}" for name in wanted} | {"teipipe/py.typed"} <= names
    starter = ROOT / "src" / "teipipe" / "starter"
    kept = {path.relative_to(starter.parent.parent).as_posix() for path in starter.rglob("*.*") if path.is_file()}
    assert {name for name in kept if not name.endswith(".pyc")} | {"teipipe/starter/project/gitignore"} <= names


def test_packages_for_archives_hold_the_same(wheel: Path, tmp_path: Path) -> None:
    """The program in a package has the files of the wheel; it finds itself and its licence, and pip installs it."""
    [item] = program()
    assert [item] == list(program())
    assert isinstance(item.source, bytes)
    path = tmp_path / Path(item.path).name
    path.write_bytes(item.source)
    with zipfile.ZipFile(path) as ours, zipfile.ZipFile(wheel) as whole:
        names, others = set(ours.namelist()), set(whole.namelist())
        assert names == others
        # What describes a wheel, each builder writes in its own way.
        assert [name for name in names if "dist-info" not in name and ours.read(name) != whole.read(name)] == []
        assert b"extra == 'dev'" not in ours.read(next(name for name in names if name.endswith("/METADATA")))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--no-index"]
    requirements = tmp_path / "requirements.txt"  # as in a package: pip looks in the folder of this file
    requirements.write_text(f"--find-links .\nteipipe=={version('teipipe')}\n", encoding="utf-8")
    subprocess.run([*install, "--target", str(tmp_path / "there"), "--requirement", str(requirements)], check=True)
    assert (tmp_path / "there" / "teipipe" / "bundled" / "xslt" / "html.xsl").is_file()


def test_it_validates_and_renders_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    constraints = ROOT / ".ci" / "constraints.txt"
    # Whatever of it runs is compiled when it runs: of all that is installed, that is a small part.
    install = ["install", "--quiet", "--no-compile", "--constraint", str(constraints), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    project = tmp_path / "letters"
    project.mkdir()
    (project / "letter.xml").write_text(LETTER, encoding="utf-8")

    def teipipe(*arguments: str) -> str:
        command = [str(environment / "bin" / "teipipe"), *arguments]
        return subprocess.run(command, check=True, cwd=project, capture_output=True, text=True, env={}).stdout

    assert teipipe("--version").startswith("teipipe ")
    assert "it rains." in " ".join(teipipe("render", "letter.xml", "--to", "text", "--view", "reading").split())
    assert "rians" in teipipe("render", "letter.xml", "--to", "html", "--view", "diplomatic")
    teipipe("validate")
    teipipe("build")
    assert (project / "build" / "letter" / "index.html").is_file()
    assert (project / "build" / "index.html").is_file()
