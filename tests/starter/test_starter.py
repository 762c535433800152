"""What `teipipe new` makes: valid and buildable as it is, explained in full, right by the schemas of the services."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ruamel.yaml import YAML
from tests.automation.conftest import judge
from tests.conftest import REPOSITORY, command

from teipipe import __version__
from teipipe.books.settings import EPUB_KEYS, PRINT_KEYS
from teipipe.books.settings import KEYS as BOOKS
from teipipe.cli import new
from teipipe.configuration import KEYS
from teipipe.errors import OutputError
from teipipe.files import make_whole
from teipipe.odd import compile_odd
from teipipe.project import load_project
from teipipe.starter import SERVICES, files, languages, title_of

BOOK_FILES = ("sample-letter/sample-letter.pdf", "downloads/edition.pdf", "downloads/edition.epub")

HOSTILE = {
    "": "the name is empty",
    "a/b": "“a/b” is a path, not a name",
    "/letters": "“/letters” is a path, not a name",
    "a\\b": "“a\\b” is a path, not a name",
    ".": "“.” doesn't begin with a letter or a digit",
    "..": "“..” doesn't begin with a letter or a digit",
    ".git": "“.git” doesn't begin with a letter or a digit",
    "~": "“~” doesn't begin with a letter or a digit",
    "-x": "“-x” doesn't begin with a letter or a digit",
    "x ": "the name ends with a blank",
    "a\nb": "the name has characters that can't be seen",
    "a\u202eb": "the name has characters that can't be seen",
    "x" * 256: "the name is too long",
    "é" * 128: "the name is too long",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, teipipe: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("new")
    result = teipipe("new", "my-letters", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "next: cd my-letters && teipipe serve\n")
    assert [path.name for path in folder.iterdir()] == ["my-letters"]
    return folder / "my-letters"


def test_it_is_valid_and_can_be_built(letters: Path, teipipe: Any) -> None:
    result = teipipe("validate", "--fail-on", "info", cwd=letters)
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr
    result = teipipe("build", cwd=letters)
    assert (result.returncode, "warning" in result.stderr) == (0, False), result.stdout + result.stderr
    for page in (
        "index.html",
        "sample-letter/index.html",
        "sample-conversation/index.html",
        "register/index.html",
        *BOOK_FILES,
    ):
        assert (letters / "build" / page).is_file()


def test_the_schema_is_what_its_odd_says(letters: Path) -> None:
    assert (letters / "schema" / "teipipe.rng").read_text("utf-8") == compile_odd(letters / "schema/teipipe.odd").rng


def test_each_key_is_explained(letters: Path) -> None:
    text = (letters / "teipipe.toml").read_text("utf-8")
    keys = {line.partition(" =")[0].lstrip("# ") for line in re.findall(r"^(?:# )?[a-z-]+ = .*", text, re.M)}
    tables = set(re.findall(r"^(?:# )?\[([\w.]+)\]$", text, re.M))
    assert {*KEYS, *BOOKS, *PRINT_KEYS, *EPUB_KEYS} <= keys | {name.rpartition(".")[2] for name in tables}
    assert max(map(len, text.splitlines())) <= 120


def test_every_example_in_the_configuration_works(letters: Path, tmp_path: Path) -> None:
    text = (letters / "teipipe.toml").read_text("utf-8")
    set_keys = tomllib.loads(text)
    examples = re.sub(r"^# ((?:\"?[a-z.-]+\"? = |\[[\w.]+\]$))", r"\1", text, flags=re.M)
    assert set(tomllib.loads(examples)) > set(set_keys)
    make_whole(tmp_path / "p", files("Letters", "en", "none"))
    for folder in ("xslt", "fonts"):
        (tmp_path / "p" / folder).mkdir()
    (tmp_path / "p" / "cover.jpg").write_bytes(b"")
    (tmp_path / "p" / "teipipe.toml").write_text(examples, "utf-8")
    project = load_project(tmp_path / "p")
    assert project.site_url
    assert project.stylesheets
    assert project.books.print.fonts


def test_the_samples_say_that_they_are_samples(letters: Path) -> None:
    for name in ("letter", "conversation"):
        header = etree.parse(letters / "tei" / f"{name}.xml").getroot()[0]
        text = " ".join("".join(header.itertext()).split())
        assert text.startswith("Sample: ")
        assert "Invented, to show" in text


def test_the_samples_show_what_an_encoder_needs(letters: Path) -> None:
    trees = [etree.parse(path) for path in sorted((letters / "tei").glob("*.xml"))]
    used = {etree.QName(each).localname for tree in trees for each in tree.iter(etree.Element)}
    assert {"persName", "orgName", "placeName", "rs", "date", "add", "supplied", "note", "choice", "gap", "sp"} <= used


@pytest.mark.parametrize("service", SERVICES)
def test_the_files_for_services(service: str, tmp_path: Path) -> None:
    made = files("Letters", "en", service)
    assert {"github": 2, "gitlab": 1, "none": 0}[service] == len(SERVICES[service])
    for name in SERVICES[service]:
        path = tmp_path / Path(name).name
        path.write_bytes(made[name])
        assert judge("vendor.github-workflows" if service == "github" else "vendor.gitlab-ci", path) == ""
        assert f"teipipe=={__version__}" in made[name].decode()
        assert f"`{Path(name).parent}/`" in made["README.md"].decode() or f"`{name}`" in made["README.md"].decode()


def test_what_the_services_run_works(letters: Path, teipipe: Any) -> None:
    made = files("Letters", "en", "gitlab")
    jobs = YAML(typ="safe").load(made[".gitlab-ci.yml"])
    lines = [line for job in jobs.values() if isinstance(job, dict) for line in job["script"]]
    workflows = [YAML(typ="safe").load((letters / name).read_text("utf-8")) for name in SERVICES["github"]]
    steps = [step for flow in workflows for job in flow["jobs"].values() for step in job["steps"]]
    lines += [step["run"] for step in steps if "run" in step]
    ours = [line.split()[1:] for line in lines if line.startswith("teipipe ")]
    assert len(ours) == 5
    for arguments in ours:
        assert teipipe(*arguments, cwd=letters).returncode == 0, arguments
    assert (letters / "public" / "index.html").is_file()


def test_actions_are_those_that_the_pages_show(letters: Path) -> None:
    ours = " ".join((letters / name).read_text("utf-8") for name in SERVICES["github"])
    used = dict(re.findall(r"uses: (\S+)@v(\d+)", ours))
    shown = dict(re.findall(r"uses: (\S+)@v(\d+)$", (REPOSITORY / "docs" / "ci.md").read_text("utf-8"), re.M))
    shown |= dict(re.findall(r"uses: (\S+)@\w+ # v(\d+)", (REPOSITORY / "action.yml").read_text("utf-8")))
    common = used.keys() & shown.keys()
    assert common == {"actions/checkout", "actions/setup-python"}
    assert {name: used[name] for name in common} == {name: shown[name] for name in common}


def test_the_command_knows_the_services() -> None:
    assert tuple(SERVICES) == new._SERVICES


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_are_none(name: str, tmp_path: Path, teipipe: Any) -> None:
    result = teipipe("new", "--", name, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("teipipe: error: ")
    if "\u202e" not in name:
        assert result.stderr.startswith(f"teipipe: error: {HOSTILE[name]}\nhelp: ")
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    arguments = [os.fsencode(part) for part in (*command("new"), "--")]
    result = subprocess.run([*arguments, b"\xff"], cwd=tmp_path, capture_output=True, text=True)
    assert (result.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "the name is not in UTF-8" in result.stderr


@pytest.mark.parametrize("name", ["letters", "Brieße_1920-1930", "편지", "a b", "x" * 255])
def test_names_of_any_language(name: str, tmp_path: Path, teipipe: Any) -> None:
    result = teipipe("new", name, "--ci", "none", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert load_project(tmp_path / name).title == title_of(name)


@pytest.mark.parametrize("title", ['Say "x" \\ <b>', "Briefe ]]> & Ä", "'''", "𝔄 ‫ש‬"])
def test_any_title_stays_as_it_is(title: str, tmp_path: Path) -> None:
    make_whole(tmp_path / "p", files(title, "en", "none"))
    assert load_project(tmp_path / "p").title == title


def test_every_language_there_is(tmp_path: Path) -> None:
    for language in languages():
        make_whole(tmp_path / language, files("Letters", language, "none"))
        assert load_project(tmp_path / language).language == language


def test_it_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(OutputError, match="no space left on device"):
            make_whole(tmp_path / "p", {"a/b": b"1"})
    assert list(tmp_path.iterdir()) == []
    make_whole(tmp_path / "p", {"a/b": b"1"})
    assert (tmp_path / "p" / "a" / "b").read_bytes() == b"1"
