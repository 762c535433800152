"""The hooks for pre-commit, run by pre-commit in a small repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import REPOSITORY

MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = YAML(typ="safe").load(MANIFEST.read_text("utf-8"))


class Repository:
    """A project under version control that uses our hooks; only that they are installed is left out."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = {
            **environment,
            "HOME": str(folder.parent),
            "PRE_COMMIT_HOME": str(folder.parent / "hooks"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        hooks = [{**hook, "language": "system"} for hook in HOOKS]
        with (folder / ".pre-commit-config.yaml").open("w") as file:
            YAML(typ="safe").dump({"repos": [{"repo": "local", "hooks": hooks}]}, file)
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "before")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, env=self.environment, check=True)

    def run(self, hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", hook, "--color=never", "--verbose", *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)


def test_the_manifest_is_right() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    assert subprocess.run(command, env={"HOME": "/nonexistent", "PATH": ""}).returncode == 0
    assert [hook["entry"] for hook in HOOKS] == ["teipipe validate"] * 2


@pytest.fixture
def repository(spoiled: Path, offline: dict[str, str]) -> Repository:
    return Repository(spoiled, offline)


def test_what_changes_is_checked(repository: Repository) -> None:
    folder = repository.folder
    assert "no files to check" in repository.run("teipipe-validate").stdout
    # Nothing but the warning in this one counts now.
    second = folder / "letters" / "second letter.xml"
    second.write_text(second.read_text().replace("foo:1", "foo:2"))
    repository.git("add", "--all")
    result = repository.run("teipipe-validate")
    assert (result.returncode, "warning[undeclared-prefix]" in result.stdout) == (0, True), result.stdout
    assert "1 document" in result.stdout
    first = folder / "letters" / "first.xml"
    first.write_text(first.read_text().replace("#no", "#nobody"))
    repository.git("add", "--all")
    result = repository.run("teipipe-validate")
    assert result.returncode == 1
    assert "letters/first.xml:2:14: error[dangling-pointer] “#nobody”" in result.stdout
    assert "2 documents" in result.stdout


def test_everything_is_checked(repository: Repository) -> None:
    for hook in HOOKS:
        result = repository.run(hook["id"], "--all-files")
        assert result.returncode == 1
        assert "letters/first.xml:2:14: error[dangling-pointer]" in result.stdout
        assert "3 documents" in result.stdout


def test_the_whole_is_checked_when_something_of_it_changes(repository: Repository) -> None:
    (repository.folder / "notes.txt").write_text("notes")
    repository.git("add", "--all")
    assert "no files to check" in repository.run("teipipe-validate-project").stdout
    with (repository.folder / "teipipe.toml").open("a") as file:
        file.write('title = "Letters"\n')
    repository.git("add", "--all")
    result = repository.run("teipipe-validate-project")
    assert (result.returncode, "3 documents" in result.stdout) == (1, True)
