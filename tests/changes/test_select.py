"""A run over what has changed finds what a run over everything finds there, and whatever the change brought about."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from teipipe.build.checking import check_documents, validate_documents
from teipipe.changes.select import Change, select
from teipipe.diagnostics import Diagnostic
from teipipe.folders import absolute
from teipipe.project import Project, load_project

CONFIGURATION = """
documents = ["*.xml"]
register = "register.xml"
sources = "sources"
schema = "schema/any.rng"
unique-ids = "corpus"
"""
SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>
</element></define></grammar>"""
PERSONS = [f"p{number}" for number in range(8)]
DOCUMENTS = [f"d{number}" for number in range(7)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "schema").mkdir(parents=True)
    (root / "sources").mkdir()
    (root / "schema" / "any.rng").write_text(SCHEMA)
    (root / "teipipe.toml").write_text(CONFIGURATION)
    return root


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


def write(root: Path, name: str, chance: random.Random) -> None:
    """A document with ids, mentions, pointers into others and chains, some of which lead nowhere."""
    ids = chance.sample(["a", "b", "c", name, f"{name}x"], 2)
    lines = [f'<p xml:id="{one}"/>' for one in ids]
    for _ in range(3):
        person, other = chance.choice([*PERSONS, "nobody"]), chance.choice([*DOCUMENTS, "gone"])
        lines.append(f'<name ref="register.xml#{person}"/><ref target="{other}.xml#{chance.choice("abc")}"/>')
    following = f"{chance.choice(DOCUMENTS)}.xml#{chance.choice('abc')}"
    lines.append(f'<seg xml:id="{chance.choice("abc")}-{name}" next="{following}"/>')
    text = "" if chance.random() < 0.07 else "</TEI>"
    (root / f"{name}.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{"".join(lines)}{text}')


def write_register(root: Path, chance: random.Random) -> None:
    entries = "".join(f'<person xml:id="{one}"/>' for one in PERSONS if chance.random() < 0.9)
    head = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>'
    (root / "register.xml").write_text(f"{head}{entries}</listPerson></standOff></TEI>")


def edit(root: Path, chance: random.Random) -> None:
    """Change, add, delete or rename some documents; sometimes the register."""
    for name in chance.sample(DOCUMENTS, chance.randint(1, 2)):
        path = root / f"{name}.xml"
        kind = chance.random()
        if kind < 0.15 and path.exists():
            path.unlink()
        elif kind < 0.25 and path.exists():
            path.rename(root / f"{chance.choice(DOCUMENTS)}.xml")
        else:
            write(root, name, chance)
    if chance.random() < 0.1:
        write_register(root, chance)


def changed(root: Path, cache: Path) -> tuple[Project, Change, set[Diagnostic]]:
    project = load_project(root)
    change = select(project, None, cache, lambda: [root / "schema" / "any.rng"], lambda number: None)
    return project, change, set(check_documents(project, change=change).diagnostics)


def bare(findings: set[Diagnostic]) -> set[Diagnostic]:
    return {replace(finding, help=None, related=()) for finding in findings}


@pytest.mark.parametrize("seed", range(12))
def test_what_a_change_brings_about_is_found(root: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    write_register(root, chance)
    for name in DOCUMENTS:
        write(root, name, chance)
    commit(root)
    for _ in range(4):
        before = set(validate_documents(load_project(root)))
        edit(root, chance)
        project, change, found = changed(root, tmp_path / "cache")
        after = set(validate_documents(project))
        chosen = {absolute(path) for path in change.documents}
        assert found <= after
        assert {one for one in after if absolute(one.location.path) in chosen} <= found
        # Where another document holds an id first now, or has a name that is near, nothing new is wrong.
        assert bare(after) - bare(before) <= bare(found)
        commit(root)


def simple(root: Path) -> None:
    for name, target in (("d0", "d1.xml#d1"), ("d1", "register.xml#p0"), ("d2", "d0.xml"), ("d3", "#d3")):
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="{name}"/><ref target="{target}"/></TEI>'
        (root / f"{name}.xml").write_text(text)
        (root / "sources" / f"{name}.txt").write_text("")
    (root / "register.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="p0"/></TEI>')
    (root / "notes.txt").write_text("")
    commit(root)


def _append(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / name).open("a") as file:
            file.write("\n")

    return change


def _delete(root: Path) -> None:
    (root / "d1.xml").unlink()


CHANGES: dict[str, tuple[Callable[[Path], None], set[str], str]] = {
    "nothing": (lambda root: None, set(), "0 changed since …, 0 that point there"),
    "nothing of the project": (_append("notes.txt"), set(), "0 changed since …, 0 that point there"),
    "one": (_append("d3.xml"), {"d3"}, "1 changed since …, 0 that point there"),
    "one that is pointed at": (_append("d1.xml"), {"d0", "d1"}, "1 changed since …, 1 that point there"),
    "one that is gone": (_delete, {"d0"}, "0 changed since …, 1 that point there"),
    "the register": (_append("register.xml"), {"d1", "register"}, "1 changed since …, 1 that point there"),
    "a source": (_append("sources/d2.txt"), {"d2"}, "0 changed since …, 1 that point there"),
    "the schema": (_append("schema/any.rng"), {"d0", "d1", "d2", "d3", "register"}, "everything: schema/any.rng has…"),
    "what it may include": (_append("schema/part.rng"), {"d0", "d1", "d2", "d3", "register"}, "everything: schema/…"),
    "the configuration": (_append("teipipe.toml"), {"d0", "d1", "d2", "d3", "register"}, "everything: teipipe.toml …"),
}


def _pieces(pattern: str) -> Iterator[str]:
    yield from pattern.split("…")


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_concerns(root: Path, tmp_path: Path, name: str) -> None:
    simple(root)
    make, expected, reason = CHANGES[name]
    make(root)
    _, change, _ = changed(root, tmp_path / "cache")
    assert {path.stem for path in change.documents} == expected
    assert all(piece in change.reason for piece in _pieces(reason)), change.reason
