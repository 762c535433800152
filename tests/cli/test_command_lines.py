"""Runs the cases in tests/cases/cli: command lines on small projects, with what they print and what they leave.

A case is a TOML file: `title`, `files` (name → content) and a list of `step`s. A step may change files (`false` removes
one), and has a `command`, its `exit` status, and what is expected of it: `stdout` and `stderr`, where “…” stands for
anything within a line and a line that is only “…” for any lines; `present` and `absent` files; `content` of files.
Content is a string, or a table that says what to make: `tei` (a body, with `xml_id`, `title`, `when`), `hex` bytes, a
`link` to a path, a `folder`. `stylesheets` names a folder to be filled with the small ones of tests/build.

Each command is a process of its own, but for those that are refused (exit 2) after the first one of a case: what is
said of wrong arguments and configurations doesn't depend on that, and starting Python takes longer than saying it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CACHE, ENVIRONMENT

from teipipe.cli import main

CASES = Path(__file__).resolve().parent.parent / "cases" / "cli"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, teipipe: Any, tei: Any, small_stylesheets: Any) -> None:
    description = tomllib.loads(case.read_text(encoding="utf-8"))
    unknown = set(description) - {"title", "files", "stylesheets", "step"}
    assert not unknown, f"unknown keys: {unknown}"
    root = tmp_path / "project"
    root.mkdir()
    if "stylesheets" in description:
        small_stylesheets(root / description["stylesheets"])
    arrange(root, description.get("files", {}), tei)
    refused = 0
    for number, step in enumerate(description["step"], 1):
        unknown = set(step) - STEP
        assert not unknown, f"unknown keys in a step: {unknown}"
        arrange(root, step.get("files", {}), tei)
        cwd = root / step.get("cwd", ".")
        refused += step["exit"] == 2
        if step["exit"] == 2 and refused > 1 and "environment" not in step:
            result = here(step["command"], cwd)
        else:
            result = teipipe(*step["command"], cwd=cwd, environment=step.get("environment"))
        report = f"step {number}: exit {result.returncode}\n--- stdout\n{result.stdout}--- stderr\n{result.stderr}"
        assert result.returncode == step["exit"], report
        assert "Traceback" not in result.stderr, report
        for stream in ("stdout", "stderr"):
            if stream in step:
                text = getattr(result, stream).replace(str(tmp_path), "ROOT")
                assert fits(text, step[stream]), f"{stream} differs\n{report}"
        for name in step.get("present", []):
            assert (root / name).is_file(), f"{name} is missing\n{report}"
        for name in step.get("absent", []):
            assert not (root / name).exists(), f"{name} is there\n{report}"
        for name, content in step.get("content", {}).items():
            text = (root / name).read_text(encoding="utf-8")
            assert fits(text, content), f"{name} holds\n{text}\n{report}"


def here(
    arguments: list[str], cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command says in this process, in a folder and an environment of its own."""
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    kept = {**os.environ}
    with contextlib.chdir(cwd), contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            os.environ.clear()
            os.environ.update({**ENVIRONMENT, CACHE: kept[CACHE], **(environment or {})})
            status: object = main(arguments)
        except SystemExit as error:
            status = error.code
        finally:
            os.environ.clear()
            os.environ.update(kept)
    said = [stream.buffer.getvalue().decode() for stream in (stdout, stderr)]
    return subprocess.CompletedProcess(arguments, int(str(status)), *said)


STEP = {"files", "command", "cwd", "environment", "exit", "stdout", "stderr", "present", "absent", "content"}


def arrange(root: Path, files: dict[str, Any], tei: Any) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() or path.is_symlink():
            path.unlink()
        if content is False:
            continue
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif "tei" in content:
            options = {key: value for key, value in content.items() if key != "tei"}
            path.write_text(tei(content["tei"], **options), encoding="utf-8")
        elif "text" in content:
            path.write_text(content["text"], encoding=content["encoding"])
        elif "hex" in content:
            path.write_bytes(bytes.fromhex(content["hex"]))
        elif "link" in content:
            path.symlink_to(content["link"])
        else:
            path.mkdir()


def fits(text: str, pattern: str) -> bool:
    """Whether `text` is as `pattern` says, where “…” stands for anything within a line, or for any lines."""
    expression = "".join(
        r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in pattern.splitlines()
    )
    return re.fullmatch(expression, text if text.endswith("\n") or not text else text + "\n") is not None
