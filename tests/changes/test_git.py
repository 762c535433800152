"""What git says has changed, in every state that a clone can be in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from teipipe.changes.git import GitError, contents, difference

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    folder = tmp_path / "repository"
    (folder / "tei").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    for name in ("a", "b", "c", "é ü", "-d"):
        (folder / "tei" / f"{name}.xml").write_text(f"<{name[:1]}/>")
    (folder / ".gitignore").write_text("ignored.xml\n")
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, message: str = "x") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def names(files: frozenset[Path], folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in files}


def test_what_is_not_committed(repository: Path) -> None:
    assert difference(repository) == difference(repository, "HEAD")
    assert not difference(repository).touched | difference(repository).gone
    tei = repository / "tei"
    (tei / "a.xml").write_text("<changed/>")
    (tei / "é ü.xml").rename(tei / "new\nline.xml")
    (tei / "b.xml").write_text("<staged/>")
    git(repository, "add", "tei/b.xml")
    (tei / "c.xml").unlink()
    (tei / "ignored.xml").write_text("<x/>")
    found = difference(tei)
    assert found.top == repository
    assert names(found.touched, repository) == {"tei/a.xml", "tei/b.xml", "tei/new\nline.xml"}
    assert names(found.gone, repository) == {"tei/c.xml", "tei/é ü.xml"}


def test_against_a_branch_only_what_this_one_did_counts(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "work")
    (repository / "tei" / "a.xml").write_text("<mine/>")
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    (repository / "tei" / "b.xml").write_text("<theirs/>")
    commit(repository)
    git(repository, "tag", "here")
    git(repository, "switch", "--quiet", "work")
    for base in ("main", "here", git(repository, "rev-parse", "main"), "main~1"):
        assert names(difference(repository, base).touched, repository) == {"tei/a.xml"}


def test_files_as_they_were(repository: Path) -> None:
    tei = repository / "tei"
    (tei / "a.xml").write_text("<changed/>")
    (tei / "new.xml").write_text("<new/>")
    asked = [tei / "a.xml", tei / "new.xml", tei / "é ü.xml", tei, tei / "-d.xml", tei / "line\nend.xml"]
    assert dict(contents(repository, difference(repository).base, asked)) == {
        tei / "a.xml": b"<a/>",
        tei / "new.xml": None,
        tei / "é ü.xml": "<é/>".encode(),
        tei: None,
        tei / "-d.xml": b"<-/>",
        tei / "line\nend.xml": None,
    }


def test_a_folder_behind_a_link(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repository)
    (repository / "tei" / "a.xml").write_text("<changed/>")
    found = difference(tmp_path / "link" / "tei")
    assert found.touched == {tmp_path / "link" / "tei" / "a.xml"}


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ("nothing", "there is no branch, tag or commit “nothing” here"),
        ("--output=x", "“--output=x” is no branch, tag or commit"),
        (" ", "“ ” is no branch, tag or commit"),
        ("HEAD:tei/a.xml", "there is no branch, tag or commit “HEAD:tei/a.xml” here"),
    ],
)
def test_no_such_base(repository: Path, base: str, message: str) -> None:
    with pytest.raises(GitError, match=re.escape(message)) as caught:
        difference(repository, base)
    assert caught.value.message == message
    assert caught.value.help
    assert not list(repository.glob("x"))


@pytest.mark.parametrize(
    ("base", "advice"),
    [
        ("mian", "is it fetched? git fetch origin mian; then name it origin/mian"),
        ("origin/work", "is it fetched? git fetch origin work; then name it origin/work"),
        ("tei/a.xml", "--changed takes a branch, and looks for what has changed in the whole project"),
        ("HEAD~99", "git log shows the commits there are"),
    ],
)
def test_what_to_do_without_a_base(repository: Path, base: str, advice: str) -> None:
    with pytest.raises(GitError) as caught:
        difference(repository, base)
    assert caught.value.help == advice


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="this is no git repository"):
        difference(tmp_path)


def test_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(GitError, match="there is no commit yet to compare with"):
        difference(tmp_path)


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(GitError, match="git is not installed"):
        difference(repository)


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "work")
    commit(repository, "mine")
    git(repository, "switch", "--quiet", "main")
    commit(repository, "theirs")
    clone = tmp_path / "clone"
    options = ("--quiet", "--depth", "1", "--no-single-branch", "--branch", "work")
    git(tmp_path, "clone", *options, repository.as_uri(), str(clone))
    with pytest.raises(GitError, match="have no commit in common") as caught:
        difference(clone, "origin/main")
    assert "fetch-depth: 0" in (caught.value.help or "")
    with pytest.raises(GitError, match="there is no branch, tag or commit “HEAD~1” here") as caught:
        difference(clone, "HEAD~1")
    assert "fetch-depth: 0" in (caught.value.help or "")


def test_nothing_that_the_repository_names_is_run(repository: Path) -> None:
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command"):
        git(repository, "config", key, "touch ran; false")
    (repository / ".gitattributes").write_text("*.xml diff=x\n")
    (repository / "tei" / "a.xml").write_text("<changed/>")
    assert names(difference(repository).touched, repository) == {"tei/a.xml", ".gitattributes"}
    assert not list(repository.rglob("ran"))
