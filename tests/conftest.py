"""What all tests share: the repository, the command line as a process, small documents, golden files."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

#: The environment of every process that tests start: nothing of the machine's own gets in.
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "COLUMNS": "120"}

CACHE = "TEIPIPE_CACHE"


def pytest_configure(config: pytest.Config) -> None:
    """Compiled schemas are kept in a folder of this run only; the processes of xdist inherit it."""
    if not hasattr(config, "workerinput"):
        os.environ[CACHE] = tempfile.mkdtemp(prefix="teipipe-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(CACHE), ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what came out as what is expected from now on")


#: Files that take long, the longest first. Processes take whole files, in this order, so none waits for another at the
#: end; what isn't named here comes afterwards, in the order of names. A name that no file has does no harm.
LONG = (
    "browser/test_reading.py",
    "cli/test_hostile.py",
    "browser/test_pages.py",
    "build/test_incremental.py",
    "browser/test_search.py",
    "cli/test_command_lines.py",
    "books/test_pdf_words.py",
    "books/test_epub.py",
    "browser/test_axe.py",
    "build/test_books.py",
    "bags/test_flips.py",
    "build/test_whence.py",
    "deposit/test_deposit.py",
    "deposit/test_verify_hostile.py",
    "deposit/test_verify.py",
    "browser/test_figures.py",
    "browser/test_serve.py",
    "browser/test_keyboard.py",
    "serve/test_serve.py",
    "build/test_checking.py",
    "build/test_killed.py",
    "bags/test_killed_writing.py",
    "browser/test_frame.py",
    "build/test_reproducible.py",
    "build/test_lockdown.py",
    "browser/test_citing.py",
    "build/test_schematron_workers.py",
    "browser/test_html.py",
    "relaxng/test_store.py",
    "conformance/test_conformance.py",
    "automation/test_action.py",
    "automation/test_pytest_plugin.py",
    "build/test_search_index.py",
    "packaging/test_wheel.py",
    "parity/test_parity.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {REPOSITORY / "tests" / name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def own_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole edition of this repository, built by the command line: once, for all processes that run tests.

    Nobody writes into it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    output = shared / "site" / "build"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "manifest.json").is_file():
            environment = {**ENVIRONMENT, CACHE: os.environ[CACHE]}
            run = command("build", "--output", output)
            subprocess.run(run, check=True, cwd=REPOSITORY, env=environment, capture_output=True)
    return output


class Golden(Protocol):
    def __call__(self, path: Path, actual: str) -> None: ...


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with the file that holds what is expected; with --update-golden, writes that file."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="")
        assert path.is_file(), f"{path.name} is missing: pytest --update-golden writes it"
        assert actual == path.read_text(encoding="utf-8")

    return compare


class Teipipe(Protocol):
    def __call__(
        self, *arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def teipipe() -> Teipipe:
    """Runs the command line as a process of its own, in the folder `cwd`, and captures what it says."""

    def run(
        *arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments),
            cwd=cwd,
            env={**ENVIRONMENT, CACHE: os.environ[CACHE], **(environment or {})},
            **{"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120, **options},
        )

    return run


def command(*arguments: str | Path) -> Sequence[str | Path]:
    return [sys.executable, "-W", "error", "-m", "teipipe", *arguments]


class MakeTei(Protocol):
    def __call__(
        self, body: str = "<p>Words.</p>", *, xml_id: str = "", title: str = "A letter", when: str = ""
    ) -> str: ...


@pytest.fixture(scope="session")
def tei() -> MakeTei:
    """Makes a small TEI document around a body."""
    return make_tei


def make_tei(body: str = "<p>Words.</p>", *, xml_id: str = "", title: str = "A letter", when: str = "") -> str:
    identifier = f' xml:id="{xml_id}"' if xml_id else ""
    changes = f'<revisionDesc><change when="{when}"/></revisionDesc>' if when else ""
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{identifier}><teiHeader><fileDesc><titleStmt><title>{title}</title>'
        "</titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>"
        f"{changes}</teiHeader><text><body>{body}</body></text></TEI>\n"
    )


class MakeStylesheets(Protocol):
    def __call__(self, folder: Path) -> Path: ...


@pytest.fixture(scope="session")
def small_stylesheets() -> MakeStylesheets:
    """Makes a folder of stylesheets that show only the words: for tests of everything around rendering."""

    def make(folder: Path) -> Path:
        from teipipe.editions import PASSES

        shutil.copytree(REPOSITORY / "tests" / "build" / "stylesheets", folder)
        identity = folder / "pass.xsl"
        for name in PASSES:
            target = folder / "passes" / f"{name}.xsl"
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(identity, target)
        return folder

    return make
