"""The index gives what reading all documents gives, whatever was done to them or to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from teipipe.changes.index import Index
from teipipe.validate.corpus import Corpus
from teipipe.validate.summary import Summary
from teipipe.validate.web import Web

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{}"><ref target="{}"/></TEI>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    for name, target in (("a", "b.xml#b"), ("b", "c.xml"), ("c", "#c")):
        (root / f"{name}.xml").write_text(TEI.format(name, target))
    return root


class Reader:
    """Summarises documents, and counts how many."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.read: list[str] = []

    def __call__(self, path: Path) -> Summary | None:
        self.read.append(path.stem)
        return Corpus(self.root).summary(path)


def refreshed(root: Path, folder: Path | None) -> tuple[Index, list[str]]:
    """The index after it has looked at all documents, and which of these it has read."""
    index, reader = Index(root, folder), Reader(root)
    index.refresh(sorted(root.glob("*.xml")), reader, lambda number: None)
    plain = Corpus(root)
    assert dict(index.summaries()) == {path.name: plain.summary(path) for path in root.glob("*.xml")}
    return index, reader.read


def aged(root: Path) -> None:
    """Have the documents look as if they were written long before the index."""
    for path in root.glob("*.xml"):
        os.utime(path, (1, 1))


def test_what_points_where(root: Path, tmp_path: Path) -> None:
    index, read = refreshed(root, tmp_path / "cache")
    assert read == ["a", "b", "c"]
    assert Web(dict(index.summaries())).pointing_at({"b.xml"}) == {"a.xml"}
    assert Web(dict(index.summaries())).pointing_at({"c.xml", "b.xml"}) == {"a.xml", "b.xml"}
    assert Web(dict(index.summaries())).pointing_at({"nothing.xml"}) == set()


def test_only_what_has_changed_is_read(root: Path, tmp_path: Path) -> None:
    refreshed(root, tmp_path)
    assert refreshed(root, tmp_path)[1] == []
    (root / "b.xml").write_text(TEI.format("new", "a.xml#a"))
    (root / "c.xml").unlink()
    (root / "d.xml").write_text("<TEI>")
    index, read = refreshed(root, tmp_path)
    assert read == ["b", "d"]
    assert Web(dict(index.summaries())).pointing_at({"c.xml"}) == set()
    assert Web(dict(index.summaries())).pointing_at({"a.xml"}) == {"b.xml"}


def test_a_file_that_is_written_in_place_with_its_old_time_is_noticed(root: Path, tmp_path: Path) -> None:
    refreshed(root, tmp_path)
    before = (root / "a.xml").stat()
    (root / "a.xml").write_text(TEI.format("x", "b.xml#b"))
    os.utime(root / "a.xml", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert refreshed(root, tmp_path)[1] == ["a"]


def test_a_file_with_another_time_and_the_same_content_is_not_summarised(root: Path, tmp_path: Path) -> None:
    refreshed(root, tmp_path)
    aged(root)
    assert refreshed(root, tmp_path)[1] == []


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _fill(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[1000:-1:97] = bytes(len(data[1000:-1:97]))
    path.write_bytes(data)


def _sql(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with sqlite3.connect(path) as database:
            database.execute(statement)
        database.close()

    return change


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _fill,
        _flip,
        _sql("DROP TABLE about"),
        _sql("UPDATE about SET version = '0 0.0'"),
        _sql("UPDATE about SET root = '/elsewhere/'"),
        _sql("UPDATE files SET summary = 'what is this'"),
        _sql("UPDATE files SET seen = 'x'"),
        _sql("UPDATE files SET content = 7"),
        _sql("UPDATE files SET summary = CAST(summary AS BLOB)"),
        _sql("UPDATE files SET summary = replace(summary, 'b', 'c')"),
        _sql("DROP TABLE files"),
        _sql("PRAGMA user_version = 99"),
        Path.unlink,
    ],
)
def test_a_damaged_index_is_as_good_as_none(root: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    index, _ = refreshed(root, tmp_path / "cache")
    index.close()
    (file,) = (tmp_path / "cache").glob("index-*.sqlite")
    damage(file)
    assert refreshed(root, tmp_path / "cache")[1] == ["a", "b", "c"]
    assert refreshed(root, tmp_path / "cache")[1] == []


def test_an_index_in_use_is_done_without(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teipipe.changes.index._PATIENCE", 0.1)
    index, _ = refreshed(root, tmp_path)
    index.close()
    (file,) = tmp_path.glob("index-*.sqlite")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    index, read = refreshed(root, tmp_path)
    assert read == ["a", "b", "c"]
    assert Web(dict(index.summaries())).pointing_at({"b.xml"}) == {"a.xml"}
    other.close()
    assert refreshed(root, tmp_path)[1] == []


def test_an_index_that_is_locked_while_it_is_written(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teipipe.changes.index._PATIENCE", 0.1)
    refreshed(root, tmp_path)[0].close()
    (file,) = tmp_path.glob("index-*.sqlite")
    index = Index(root, tmp_path)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    (root / "b.xml").write_text(TEI.format("new", "a.xml#a"))
    index.refresh(sorted(root.glob("*.xml")), Reader(root), lambda number: None)
    assert Web(dict(index.summaries())).pointing_at({"a.xml"}) == {"b.xml"}
    other.close()


def test_no_folder_to_keep_it_in(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file", tmp_path / "file" / "below"):
        assert refreshed(root, folder)[1] == ["a", "b", "c"]
