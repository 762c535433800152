"""What tests of automation share: a small project, and a place where teipipe is to be had without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ENVIRONMENT, REPOSITORY

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>
<person xml:id="mikoyan"><persName>Mikoyan</persName></person>
</listPerson></standOff></TEI>"""


@pytest.fixture
def letters(tmp_path: Path, tei: Any) -> Path:
    """The folder of a project in which nothing is wrong."""
    folder = tmp_path / "project"
    (folder / "letters").mkdir(parents=True)
    (folder / "teipipe.toml").write_text('documents = ["letters/*.xml"]\nregister = "register.xml"\n')
    (folder / "letters" / "first.xml").write_text(tei("<p ana='../register.xml#mikoyan'>\nWords.</p>"))
    (folder / "letters" / "second letter.xml").write_text(tei())
    (folder / "register.xml").write_text(REGISTER)
    return folder


@pytest.fixture
def spoiled(letters: Path, tei: Any) -> Path:
    """The same, with an error in one document and a warning in another."""
    (letters / "letters" / "first.xml").write_text(tei("<p ana='../register.xml#mikoyan'>\n<ref target='#no'/></p>"))
    (letters / "letters" / "second letter.xml").write_text(tei("<p><ref target='foo:1'>x</ref></p>"))
    return letters


@pytest.fixture
def committed(letters: Path) -> Path:
    """The project in a clone, with nothing changed since the branch main of where it is from."""
    commands: tuple[tuple[str, ...], ...] = (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "before"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    )
    for command in commands:
        subprocess.run(["git", *command], cwd=letters, check=True)
    return letters


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with teipipe's wheel in it."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def offline(wheels: Path) -> dict[str, str]:
    """An environment in which pip installs teipipe from that folder; what it needs is there already."""
    return {
        **ENVIRONMENT,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{ENVIRONMENT['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_IGNORE_INSTALLED": "1",  # it would see, by PYTHONPATH, the one that runs the tests
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "TEIPIPE_CACHE": "",
    }


def judge(schema: str, path: Path) -> str:
    """What is wrong with a YAML file by a schema that check-jsonschema brings; "" if nothing is."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    result = subprocess.run(command, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout + result.stderr
