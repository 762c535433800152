"""Asks git what differs from a commit; the one module that runs it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe.errors import TeipipeError

#: Seconds that git may take for one answer.
_PATIENCE: Final = 120

#: Nothing that a repository's configuration names is run, and no lock taken that only makes later runs faster.
_OPTIONS: Final = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_DIFF: Final = ("diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules", "--name-status", "-z")

_SHALLOW: Final = "this clone is shallow: fetch the whole history (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"


class GitError(TeipipeError):
    """git can't say what has changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from the commit `base` in a repository's working tree, with what is staged and what is untracked.

    `top` is the repository's folder; `touched` are files that were added or changed, `gone` those that were deleted or
    got another name; all absolute, links in the folders above `top` left as the user wrote them.
    """

    top: Path
    base: str
    touched: frozenset[Path]
    gone: frozenset[Path]


def difference(folder: Path, base: str | None = None) -> Difference:
    """What differs from a commit in the repository that `folder` (absolute) lies in.

    `base` is a branch, a tag or a commit: what counts is where HEAD left it (its merge base with HEAD); by default
    HEAD itself, that is, what isn't committed yet. Raises GitError.
    """
    top = _top(folder)
    commit = _commit(top, base)
    touched, gone = set[Path](), set[Path]()
    fields = _fields(_run(top, *_DIFF, commit, "--"))
    for status, name in zip(fields, fields, strict=True):
        (gone if status == "D" else touched).add(top / name)
    touched.update(top / name for name in _fields(_run(top, "ls-files", "--others", "--exclude-standard", "-z")))
    return Difference(top, commit, frozenset(touched), frozenset(gone - touched))


def contents(top: Path, commit: str, files: Iterable[Path]) -> Iterator[tuple[Path, bytes | None]]:
    """Each of some files (absolute) as it was in a commit; None if it wasn't there. Raises GitError."""
    listed = list(files)
    names = [os.fsencode(file.relative_to(top)) for file in listed]
    # A name with a line end can't be asked for in a batch.
    asked = b"".join(b"%s:%s\n" % (commit.encode(), name) for name in names if b"\n" not in name)
    answers = _objects(_run(top, "cat-file", "--batch", given=asked))
    for file, name in zip(listed, names, strict=True):
        yield file, None if b"\n" in name else next(answers)


def _objects(output: bytes) -> Iterator[bytes | None]:
    """The objects in the output of cat-file --batch: each with a line before it, or a line that says it is missing."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        head = output[at:end].split(b" ")
        at = end + 1
        if head[-1] == b"missing" or head[-2] != b"blob":
            yield None
            if head[-1] == b"missing":
                continue
        size = int(head[-1])
        if head[-2] == b"blob":
            yield output[at : at + size]
        at += size + 1


def _top(folder: Path) -> Path:
    try:
        real = Path(os.fsdecode(_run(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    except GitError as error:
        if "not a git repository" in error.message:
            advice = "--changed works in a clone of a repository; leave it out to check everything"
            raise GitError("this is no git repository", path=folder, help=advice) from error
        raise
    # git follows links; files of the project are named from its folder as it was written.
    depth = len(Path(os.path.realpath(folder)).relative_to(real).parts)
    return folder if depth == 0 else folder.parents[depth - 1]


def _commit(top: Path, base: str | None) -> str:
    """The commit to compare with."""
    if base is None:
        return _named(top, "HEAD")
    if base.startswith("-") or not base.strip():
        raise GitError(f"“{base}” is no branch, tag or commit", help="for instance: --changed main")
    named = _named(top, base)
    try:
        return _text(_run(top, "merge-base", named, "HEAD"))
    except GitError as error:
        is_shallow = _text(_run(top, "rev-parse", "--is-shallow-repository")) == "true"
        raise GitError(
            f"“{base}” and HEAD have no commit in common here", help=_SHALLOW if is_shallow else None
        ) from error


def _named(top: Path, name: str) -> str:
    try:
        return _text(_run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))
    except GitError as error:
        if name == "HEAD":
            advice = "commit something first, or leave out --changed"
            raise GitError("there is no commit yet to compare with", path=top, help=advice) from error
        raise GitError(f"there is no branch, tag or commit “{name}” here", help=_advice(top, name)) from error


def _advice(top: Path, name: str) -> str:
    """What to do about a commit that isn't there."""
    if (top / name).exists():
        return "--changed takes a branch, and looks for what has changed in the whole project"
    if _text(_run(top, "rev-parse", "--is-shallow-repository")) == "true":
        return _SHALLOW
    if re.search(r"[~^@:]", name):
        return "git log shows the commits there are"
    branch = name.removeprefix("origin/")
    return f"is it fetched? git fetch origin {branch}; then name it origin/{branch}"


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def _fields(output: bytes) -> Iterator[str]:
    return iter([os.fsdecode(field) for field in output.split(b"\0")[:-1]])


def _run(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    # No pager, no prompt, and the language that messages are told by.
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        result = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed", help="install it, or leave out --changed") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git did not answer within {_PATIENCE} seconds", path=folder) from error
    except OSError as error:
        raise GitError(f"git can't be run: {error.strerror}") from error
    if result.returncode:
        lines = _text(result.stderr).splitlines()
        raise GitError(f"git: {lines[0] if lines else f'ended with {result.returncode}'}", path=folder)
    return result.stdout
