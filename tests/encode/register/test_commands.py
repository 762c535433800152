"""`teipipe register` as a process: what goes where, what is never overwritten, exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TALK = "Ambassador Charles Bohlen said that Nikita Khrushchev was in Moscow.\n"


def teipipe(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1763769600"}
    command = [sys.executable, "-m", "teipipe", "register", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "talk.txt").write_text(TALK)
    return tmp_path


def test_suggest_shows_text_and_sums_up(folder: Path) -> None:
    done = teipipe("suggest", "talk.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, "2 persons, 0 organisations, 1 places, 0 left apart, in 1 file\n")
    assert "  Charles Bohlen (1)\n" in done.stdout
    assert "talk.txt:1:12: " in done.stdout


def test_a_project_stands_for_its_documents(folder: Path) -> None:
    (folder / "teipipe.toml").write_text('documents = ["tei/*.xml"]\nregister = "tei/register.xml"\nsources = "."\n')
    done = teipipe("suggest", str(folder), folder=folder.parent)
    assert (done.returncode, "  Charles Bohlen (1)\n" in done.stdout) == (0, True)
    (folder / "tei").mkdir()
    tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a"><text><body><p>Mr. Hensel</p></body></text></TEI>'
    (folder / "tei" / "a.xml").write_text(tei)
    assert "  Hensel (1)\n" in teipipe("suggest", str(folder), folder=folder.parent).stdout


def test_suggest_writes_by_the_name_of_the_file_and_its_own_file_once_more(folder: Path) -> None:
    for name in ("new.xml", "new.json", "new.txt"):
        assert teipipe("suggest", "talk.txt", "-o", name, folder=folder).stdout.split() == ["written", name]
        assert teipipe("suggest", "talk.txt", "-o", name, folder=folder).stdout.split() == ["unchanged", name]
    assert len(json.loads((folder / "new.json").read_text())["entries"]) == 3
    (folder / "talk.txt").write_text(f"{TALK}Mr. Hensel said so.\n")
    assert teipipe("suggest", "talk.txt", "-o", "new.xml", folder=folder).stdout.split() == ["written", "new.xml"]


@pytest.mark.parametrize("name", ["mine.xml", "mine.json"])
def test_suggest_never_overwrites_what_isnt_its_own(folder: Path, name: str) -> None:
    mine = folder / name
    mine.write_text("<mine/>")
    done = teipipe("suggest", "talk.txt", "-o", name, folder=folder)
    assert (done.returncode, mine.read_text()) == (2, "<mine/>")
    assert "nothing was written" in done.stderr


def test_suggest_never_overwrites_what_was_worked_on(folder: Path) -> None:
    teipipe("suggest", "talk.txt", "-o", "new.xml", folder=folder)
    edited = (folder / "new.xml").read_text().replace("Charles Bohlen<", "Charles E. Bohlen<")
    (folder / "new.xml").write_text(edited)
    assert teipipe("suggest", "talk.txt", "-o", "new.xml", folder=folder).returncode == 2
    assert (folder / "new.xml").read_text() == edited


def test_what_is_suggested_is_valid(folder: Path) -> None:
    teipipe("suggest", str(ROOT / "tei" / "sources"), "-o", "new.xml", folder=folder)
    command = [sys.executable, "-m", "teipipe", "validate", "new.xml", "--schema", str(ROOT / "schema" / "teipipe.rng")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["suggest", "nowhere.txt"], "nowhere.txt"),
        (["suggest", "talk.txt", "--format", "yaml"], "none of text, tei, json"),
        (["suggest", "talk.txt", "-o", "x.doc"], "what kind of file"),
        (["suggest", "broken.xml"], "broken.xml"),
        (["suggest", "empty"], "has no document and no transcript"),
        (["check", "nowhere.xml"], "nowhere.xml"),
        (["check"], "the project has no register"),
        ([], "required"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(folder: Path, arguments: list[str], said: str) -> None:
    (folder / "broken.xml").write_text("<a>")
    (folder / "empty").mkdir()
    done = teipipe(*arguments, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_check_of_our_own_register(tmp_path: Path) -> None:
    done = teipipe("check", "--format", "json", folder=ROOT)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["diagnostics"] == []
    assert done.stderr.startswith("tei/register.xml: 96 entries, against 2 documents")


def test_check_of_what_is_no_xml_says_where(folder: Path) -> None:
    done = teipipe("check", "talk.txt", "--format", "lines", folder=folder)
    assert (done.returncode, done.stdout[:13]) == (1, "talk.txt:1:1:")


def test_check_fails_on_what_it_is_asked_to(folder: Path) -> None:
    teipipe("suggest", "talk.txt", "-o", "register.xml", folder=folder)
    (folder / "teipipe.toml").write_text('documents = ["*.xml"]\nregister = "register.xml"\n')
    tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a"><text><body><p>nothing</p></body></text></TEI>'
    (folder / "a.xml").write_text(tei)
    assert teipipe("check", folder=folder).returncode == 0
    done = teipipe("check", "--fail-on", "info", "--format", "lines", folder=folder)
    assert done.returncode == 1
    assert "info[unused-form] “Charles Bohlen” of #charles-bohlen stands in no document" in done.stdout
