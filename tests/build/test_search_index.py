"""The search index in parts: an edit has one of them made again, and all is as if it were built from nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.build.files import change, write
from tests.letters import letter, letter_name

from teipipe.build.session import Session
from teipipe.editions import Artefact
from teipipe.errors import SearchError
from teipipe.project import load_project
from teipipe.site import search, search_parts
from teipipe.site.search import search_index

LETTERS = 8


class Indexer:
    """Makes the index, and notes which parts of it; `fails` names one that can't be made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails = ""

    def __call__(self, pages: Iterable[tuple[str, bytes]], language: str, folder: str, **limits: Any) -> list[Artefact]:
        if folder == self.fails:
            raise SearchError("no memory")
        self.made.append(folder)
        return search_index(pages, language, folder, **limits)


@pytest.fixture
def indexer(monkeypatch: pytest.MonkeyPatch) -> Indexer:
    indexer = Indexer()
    monkeypatch.setattr(search, "search_index", indexer)
    return indexer


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of letters, each about as long as the others; there is memory to index two or three of them at once."""
    for number in range(LETTERS):
        write(tmp_path / letter_name(number), letter(number, LETTERS))
    write(tmp_path / "teipipe.toml", 'documents = ["letters/**/*.xml"]\n')
    build(tmp_path, memory=2000)
    page = (tmp_path / "build" / "letter-0" / "index.html").read_bytes()
    limit = search_parts.text_size(page) * 3
    monkeypatch.setattr(search_parts, "part_limit", lambda memory: limit)
    build(tmp_path)
    return tmp_path


def build(root: Path, output: str = "build", memory: int = 2001) -> list[str]:
    """Build in a new process's place; what was found."""
    project = replace(load_project(root), output=root / output, memory=memory)
    with Session(project, workers=1, environment={}) as session:
        return [found.rule for found in session.build().diagnostics]


def parts(root: Path, output: str = "build") -> list[str]:
    named: list[str] = json.loads((root / output / "search" / "parts.json").read_bytes())
    lying = {path.name for path in (root / output / "search").glob("pagefind*")}
    assert set(named) == lying
    return [f"search/{name}" for name in named]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "build").items() if path != "manifest.json"}


def test_an_edit_has_one_part_made_again(root: Path, indexer: Indexer) -> None:
    before = parts(root)
    assert len(before) >= 3
    build(root)
    assert indexer.made == []
    change(root / letter_name(4), "said there", "told, there")
    build(root)
    assert len(indexer.made) == 1
    assert parts(root) == before
    build(root, "clean")
    assert tree(root / "build") == tree(root / "clean")


def test_a_file_that_was_changed_by_hand_has_its_part_made_again(root: Path, indexer: Indexer) -> None:
    (root / "build" / parts(root)[1] / "pagefind-entry.json").unlink()
    build(root)
    assert indexer.made == [parts(root)[1]]


def test_parts_go_when_the_edition_shrinks(root: Path) -> None:
    assert len(parts(root)) >= 3
    for number in range(2, LETTERS):
        (root / letter_name(number)).unlink()
    build(root)
    assert parts(root) == ["search/pagefind"]
    build(root, "clean")
    assert tree(root / "build") == tree(root / "clean")


def test_when_a_part_fails_the_index_is_whole_and_the_next_build_mends_it(root: Path, indexer: Indexer) -> None:
    before, first = parts(root), pages(root)
    indexer.fails = before[-1]
    for number in range(LETTERS):
        change(root / letter_name(number), "said there", "told, there")
    assert "missing-search-index" in build(root)
    assert parts(root) == before
    assert indexer.made == before[:-1]
    for number in range(LETTERS):
        change(root / letter_name(number), "told, there", "said there")
    indexer.fails = ""
    build(root)
    assert pages(root) == first, "some parts were of the state between"
