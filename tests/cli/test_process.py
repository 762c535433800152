"""The command line as other programs and people meet it: signals, pipes, terminals, speed of help."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from teipipe.cli.arguments import COMMANDS
from teipipe.cli.console import LateBar
from teipipe.files import OutputFolder

TEIPIPE = [sys.executable, "-m", "teipipe"]


@pytest.fixture
def project(tmp_path: Path, tei: Any, small_stylesheets: Any) -> Path:
    small_stylesheets(tmp_path / "xslt")
    (tmp_path / "teipipe.toml").write_text('stylesheets = "xslt"', encoding="utf-8")
    (tmp_path / "a.xml").write_text(tei(), encoding="utf-8")
    return tmp_path


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from teipipe.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in result.stderr.split()}
    heavy = {
        "lxml",
        "saxonche",
        "xmlschema",
        "elementpath",
        "rich",
        "subprocess",
        "tomllib",
        "xml",
        "pickle",
        "asyncio",
    }
    assert not loaded & heavy
    own = {name for name in result.stderr.split() if name.startswith("teipipe.")}
    assert not {name for name in own if not name.startswith("teipipe.cli") and name != "teipipe.errors"}
    assert len(result.stderr.split()) < 140


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(command: str, tmp_path: Path, teipipe: Any) -> None:
    result = teipipe(command, "--help", cwd=tmp_path)
    assert result.returncode == 0
    assert f"usage: teipipe {command}" in result.stdout
    assert re.search(rf"^examples:\n(  teipipe {command}.*\n)+", result.stdout, re.M)
    assert max(map(len, result.stdout.splitlines())) <= 120
    assert f"    {command} " in teipipe("--help", cwd=tmp_path).stdout


def test_interrupted(project: Path, tei: Any) -> None:
    (project / "loop.xml").write_text(tei("<p>LOOP</p>"), encoding="utf-8")
    build = subprocess.Popen(
        [*TEIPIPE, "build"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0
    )
    assert build.stdout is not None
    while build.poll() is None and not (project / "build" / ".teipipe.lock").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    start = time.monotonic()
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does
    _, complaint = build.communicate(timeout=20)
    assert build.returncode == 130
    assert complaint.strip() == "teipipe: interrupted"
    assert time.monotonic() - start < 1
    assert not (project / "build" / ".teipipe.lock").exists()


def test_nobody_reads(project: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run([*TEIPIPE, "build"], cwd=project, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert result.returncode == 141
    assert result.stderr == "" or result.stderr.startswith("built")


def test_two_builds_at_once(project: Path, teipipe: Any) -> None:
    with OutputFolder(project / "build"):
        result = teipipe("build", cwd=project)
        assert result.returncode == 2
        assert result.stderr == (
            f"teipipe: error: build: process {os.getpid()} is writing to this folder\n"
            "help: wait until it is done, or write to another folder\n"
        )
    assert teipipe("build", cwd=project).returncode == 0


def test_on_a_terminal(project: Path) -> None:
    ours, theirs = pty.openpty()
    build = subprocess.Popen(
        [*TEIPIPE, "build"],
        cwd=project,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass  # the other side is closed
    os.close(ours)
    assert build.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())
    assert "rendering" in text
    assert "build/index.html" not in text
    assert "built 1 document in" in text


def test_a_bug_keeps_its_traceback(project: Path) -> None:
    code = (
        "import teipipe.build.edition as module, sys\n"
        "def bug(*a, **k): raise ZeroDivisionError('a bug')\n"
        "module.build_edition = bug\n"
        "from teipipe.cli import main\n"
        "sys.exit(main(['build']))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True)
    assert "Traceback" in result.stderr
    assert "ZeroDivisionError: a bug" in result.stderr
    assert result.returncode == 1


def test_a_terminal_of_another_alphabet(project: Path) -> None:
    (project / "a.xml").unlink()
    (project / "회담.xml").write_text("<TEI>“", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = subprocess.run([*TEIPIPE, "build"], cwd=project, env=environment, capture_output=True, text=True)
    assert "Traceback" not in result.stderr
    assert result.returncode == 1


def test_validating_loads_little(tmp_path: Path, tei: Any) -> None:
    (tmp_path / "a.xml").write_text(tei('<p xml:id="a"><ref target="#a">é</ref> <date when="1956-08-30"/></p>'))
    code = (
        "import sys\n"
        "from teipipe.cli import main\n"
        "status = main(['validate', '-q', 'a.xml'])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(result.stderr.split())
    heavy = {
        "lxml",
        "elementpath",
        "xmlschema",
        "rich",
        "difflib",
        "multiprocessing",
        "tomllib",
        "subprocess",
        "pickle",
    }
    assert not loaded & (heavy | {"threading", "hashlib", "shutil", "teipipe.malformed", "teipipe.build.workers"})


@pytest.mark.parametrize("name", ["s.rnc", "s.rng"])
def test_a_schema_that_is_kept_loads_little(tmp_path: Path, tei: Any, repository: Path, name: str) -> None:
    (tmp_path / "a.xml").write_text(tei('<p xml:id="a"><ref target="#a">é</ref></p>'))
    (tmp_path / "s.rng").write_bytes((repository / "schema" / "teipipe.rng").read_bytes())
    (tmp_path / "s.rnc").write_text(
        'default namespace = "http://www.tei-c.org/ns/1.0"\nstart = element TEI { any }\n'
        "any = (attribute * { text } | text | element * { any })*"
    )
    code = (
        "import sys\n"
        "from teipipe.cli import main\n"
        f"status = main(['validate', '-q', '--schema', '{name}', 'a.xml'])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    environment = {**os.environ, "TEIPIPE_CACHE": str(tmp_path / "cache")}
    loaded: list[set[str]] = []
    for _ in range(2):
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert result.stdout == ""
        loaded.append(set(result.stderr.split()))
    cold, warm = loaded
    assert not cold & {"lxml", "elementpath", "xmlschema", "rich", "multiprocessing"}
    compiling = {"loading", "simplify", "restrictions", "building", "read_xml", "compact", "explaining"}
    assert not warm & {*(f"teipipe.relaxng.{module}" for module in compiling), "difflib", "tomllib", "subprocess"}
    assert not warm & {"lxml", "elementpath", "xmlschema", "rich", "multiprocessing", "pickle"}


def test_a_bar_that_comes_late(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    monkeypatch.setattr("teipipe.cli.console.time.monotonic", lambda: now)
    for is_shown in (True, False):
        with LateBar("checking", 9, is_shown=is_shown) as bar:
            now = 0.9
            bar.advance(1)
            assert bar._progress is None
            now = 1.1
            bar.advance(2)
            assert (bar._progress is not None) == is_shown
            if bar._progress is not None:
                assert bar._progress.tasks[0].completed == 3
        now = 0.0
    assert capsys.readouterr().out == ""


def test_workers_are_a_number(tmp_path: Path, tei: Any, teipipe: Any) -> None:
    (tmp_path / "a.xml").write_text(tei("<p><ref target='#b'/></p>"))
    reports = {teipipe("validate", *options, cwd=tmp_path).stdout for options in ((), ("--workers", "2"))}
    assert len(reports) == 1
    assert "dangling-pointer" in reports.pop()
    result = teipipe("validate", "--workers", "x", cwd=tmp_path)
    assert (result.returncode, "invalid number of workers" in result.stderr) == (2, True)


@pytest.mark.parametrize("configuration", ["", 'documents = ["*.xml"]\n'])
def test_a_pipe_is_no_document(tmp_path: Path, tei: Any, configuration: str) -> None:
    if configuration:
        (tmp_path / "teipipe.toml").write_text(configuration, encoding="utf-8")
    (tmp_path / "a.xml").write_text(tei(), encoding="utf-8")
    os.mkfifo(tmp_path / "b.xml")
    # Who opens it waits for somebody who writes.
    validate = [*TEIPIPE, "validate", "-q", "--format", "lines"]
    result = subprocess.run(validate, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert "b.xml:1:1: failure[unreadable-file] is no ordinary file" in result.stdout
