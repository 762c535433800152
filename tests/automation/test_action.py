"""The action for GitHub: right by GitHub's schema, and its scripts do what it says, run as a runner would run them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.automation.conftest import judge
from tests.conftest import REPOSITORY

from teipipe import __version__

ACTION: dict[str, Any] = YAML(typ="safe").load((REPOSITORY / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


class Runner:
    """Runs the scripts of the action with inputs, in a folder, as GitHub's runner does."""

    def __init__(self, folder: Path, environment: Mapping[str, str], action: Path) -> None:
        self.folder = folder
        temporary = folder.parent / "runner"
        temporary.mkdir()
        self.output = temporary / "output.txt"
        self.environment = {
            **environment,
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTION_PATH": str(action),
            "GITHUB_OUTPUT": str(self.output),
        }

    def run(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        [step] = [step for step in STEPS if step.get("name") == name]
        given = {key: str(about["default"]) for key, about in ACTION["inputs"].items()}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        values = {key: expanded(value, given) for key, value in step["env"].items()}
        self.output.write_text("")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder / expanded(step.get("working-directory", "."), given),
            env={**self.environment, **values},
            capture_output=True,
            text=True,
            timeout=300,
        )


def expanded(text: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], text)


@pytest.fixture
def runner(letters: Path, offline: dict[str, str], wheels: Path) -> Runner:
    # The action lies in the repository; a wheel of that takes the same way through pip.
    return Runner(letters, offline, next(wheels.glob("*.whl")))


def test_it_is_right_by_the_schema() -> None:
    assert judge("vendor.github-actions", REPOSITORY / "action.yml") == ""


def test_no_value_gets_into_a_script_and_other_actions_are_pinned() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"a@{'0' * 40}"))
    used = {name for step in STEPS for name in re.findall(r"inputs\.([a-z-]+)", json.dumps(step))}
    assert used == ACTION["inputs"].keys()


def test_it_is_described() -> None:
    page = (REPOSITORY / "docs" / "ci.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.M) == [*ACTION["inputs"]]


def test_installing_and_validating(runner: Runner, spoiled: Path) -> None:
    # Modules in the repository are never run.
    for name in ("venv", "pip", "ensurepip", "teipipe", "encodings", "site", "json"):
        (spoiled / f"{name}.py").write_text("raise SystemExit('hacked')")
    for version in ("", __version__):
        assert runner.run("Install teipipe", version=version).stderr == ""
    assert runner.run("Install teipipe", version="0.0.999").returncode != 0

    result = runner.run("Validate", sarif="out.sarif")
    assert result.returncode == 1
    assert runner.output.read_text() == "status=1\n"
    assert "::error file=letters/first.xml,line=2,col=" in result.stdout
    assert "::warning file=letters/second letter.xml,line=1,col=" in result.stdout
    assert json.loads((spoiled / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"

    for inputs, status in (
        ({"path": "letters/second letter.xml"}, 0),
        ({"path": "letters/second letter.xml\nregister.xml\n", "fail_on": "warning"}, 1),
        ({"path": "letters", "fail_on": "never"}, 0),
        ({"path": "--no-such-option"}, 2),
        ({"args": "--ignore dangling-pointer\n --quiet"}, 0),
        ({"args": "--no-such-option"}, 2),
        ({"schema": "missing.rng"}, 2),
        ({"working_directory": "letters", "path": "first.xml"}, 1),
        # Whatever is in a value, it stays a value.
        ({"path": "$(touch hacked)"}, 2),
        ({"args": "`touch hacked` ; touch hacked"}, 2),
        ({"baseline": '"; touch hacked; "'}, 2),
        ({"sarif": "letters/$(touch hacked).sarif", "fail_on": "never"}, 0),
    ):
        result = runner.run("Validate", **inputs)
        assert (inputs, result.returncode) == (inputs, status), result.stderr
        assert runner.output.read_text() == f"status={status}\n"
    assert not [*spoiled.rglob("hacked")]


def test_what_the_page_gives_it(committed: Path, offline: dict[str, str], tei: Any) -> None:
    runner = Runner(committed, offline, committed)
    installed = Path(runner.environment["RUNNER_TEMP"]) / "teipipe" / "bin"
    installed.mkdir(parents=True)
    (installed / "teipipe").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m teipipe "$@"\n')
    (installed / "teipipe").chmod(0o755)
    (committed / "letters" / "first.xml").write_text(tei("<p ana='../register.xml#mikoyan'><ref target='#no'/></p>"))
    page = (REPOSITORY / "docs" / "ci.md").read_text("utf-8")
    workflows = re.findall(r"^```yaml\n# \.github/.*?\n(.*?)^```$", page, re.M | re.S)
    assert len(workflows) > 1
    for workflow in workflows:
        [job] = YAML(typ="safe").load(workflow)["jobs"].values()
        [given] = [step["with"] for step in job["steps"] if step["uses"].startswith("example/teipipe@")]
        result = runner.run("Validate", **given)
        assert (result.returncode, result.stderr.count("help:")) == (1, 0), result.stderr
        assert "::error file=letters/first.xml,line=1,col=" in result.stdout
