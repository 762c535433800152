"""What the page on continuous integration shows is right by the schemas of those it is for, and runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.automation.conftest import judge
from tests.conftest import REPOSITORY

from teipipe import __version__

PAGE = (REPOSITORY / "docs" / "ci.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)
ACTION: dict[str, Any] = YAML(typ="safe").load((REPOSITORY / "action.yml").read_text("utf-8"))

#: By which schema the file is judged that a block is to be copied into.
SCHEMAS = {".github/workflows": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCKS if kind == language]


def target(block: str) -> str:
    """The file that a block is to be copied into: its first line says it."""
    return block.partition("\n")[0].removeprefix("# ")


def test_there_is_nothing_that_is_not_tried() -> None:
    assert {kind for kind, _ in BLOCKS} == {"yaml", "sh", "make", "ini"}


@pytest.mark.parametrize("block", blocks("yaml"), ids=target)
def test_files_to_copy(block: str, tmp_path: Path) -> None:
    name = target(block)
    path = tmp_path / Path(name).name
    path.write_text(block)
    if name == ".pre-commit-config.yaml":
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
        assert subprocess.run(command, env={"HOME": str(tmp_path), "PATH": ""}).returncode == 0
        return
    [schema] = [schema for start, schema in SCHEMAS.items() if name.startswith(start)]
    assert judge(schema, path) == ""


def test_workflows_use_the_action_as_it_is() -> None:
    workflows = [YAML(typ="safe").load(block) for block in blocks("yaml") if target(block).startswith(".github")]
    steps = [step for workflow in workflows for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if step["uses"].startswith("example/teipipe@")]
    assert len(used) == len(workflows)
    for step in used:
        assert step["uses"].endswith(f"@v{__version__}")
        assert step["with"].keys() <= ACTION["inputs"].keys()


def test_the_jobs_of_gitlab_run(spoiled: Path, offline: dict[str, str]) -> None:
    [block] = [block for block in blocks("yaml") if target(block) == ".gitlab-ci.yml"]
    job = YAML(typ="safe").load(block)["validate-tei"]
    result = run("\n".join(line for line in job["script"] if not line.startswith("pip install")), spoiled, offline)
    assert result.returncode == 1
    for file in job["artifacts"]["reports"].values():
        assert "dangling-pointer" in (spoiled / file).read_text("utf-8")


@pytest.mark.parametrize("block", blocks("sh"), ids=lambda block: block.split("\n")[-2])
def test_commands(block: str, committed: Path, offline: dict[str, str]) -> None:
    result = run(block, committed, offline)
    assert (result.returncode, result.stderr.count("Traceback")) == (0, 0), result.stdout + result.stderr


def test_the_makefile(spoiled: Path, offline: dict[str, str]) -> None:
    [block] = blocks("make")
    (spoiled / "Makefile").write_text(block)
    result = run("make validate", spoiled, offline)
    assert "letters/first.xml:2:" in result.stdout
    assert result.returncode == 2  # make's own, whatever failed


def test_the_configuration_of_pytest(letters: Path, offline: dict[str, str]) -> None:
    [block] = blocks("ini")
    (letters / target(block)).write_text(block)
    assert "4 passed" in run("pytest -p no:cacheprovider", letters, offline).stdout


def run(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
