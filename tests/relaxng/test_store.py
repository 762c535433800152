"""What is kept of a schema makes no difference to what is found, whatever became of it on the disk."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.conftest import REPOSITORY
from tests.parity.documents import own
from tests.parity.mutations import mutate
from tests.relaxng.test_instances import CASES, instances, schema_of
from tests.relaxng.test_schemas import SUITE, clark_cases

from teipipe import Document, relaxng
from teipipe.build.checking import validate_documents
from teipipe.diagnostics import Diagnostic
from teipipe.project import Project, load_project
from teipipe.relaxng import store as stores
from teipipe.relaxng.schema import Schema
from teipipe.relaxng.store import Store

INNER = 'b = element b { attribute n { "1" | "2" }?, text }'
OUTER = 'include "inner.rnc"\nstart = element a { b+, c? }\nc = element c { b*, empty }'
VALID = b'<a><b n="1">x</b><b/><c><b/></c></a>'
INVALID = b'<a><b n="3"/><c><d/></c><b/></a>'


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "inner.rnc").write_text(INNER)
    (folder / "outer.rnc").write_text(OUTER)
    return folder / "outer.rnc"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def findings(schema: Schema, data: bytes) -> list[Diagnostic]:
    return schema.check(Document(Path("x.xml"), data))


def learn(path: Path, store: Store) -> Path:
    """Have a schema judge documents and kept; the file that holds it."""
    schema = relaxng.load(path, store=Store(store.folder))
    assert schema.is_valid(VALID)
    assert findings(schema, INVALID)
    schema.keep()
    (file,) = store.folder.glob("*.schema")
    return file


def is_found(path: Path, store: Store) -> bool:
    return Store(store.folder).find(path, None) is not None


def works(path: Path, store: Store) -> bool:
    """Whether the schema judges and explains with this store as without any."""
    with_store, without = relaxng.load(path, store=Store(store.folder)), relaxng.load(path)
    data = [VALID, INVALID, VALID.replace(b"<b/>", b"<b>y</b>"), b"<c/>", b"<a/>"]
    same = [with_store.is_valid(one) for one in data] == [without.is_valid(one) for one in data]
    same &= [findings(with_store, one) for one in data] == [findings(without, one) for one in data]
    state = Schema.revive(path, with_store.state())
    with_store.keep()
    return same and [findings(state, one) for one in data] == [findings(without, one) for one in data]


def test_it_is_found_again(schema: Path, store: Store) -> None:
    assert not is_found(schema, store)
    learn(schema, store)
    assert is_found(schema, store)
    again = relaxng.load(schema, store=Store(store.folder))
    assert again.is_valid(VALID)
    assert again.automaton.news == 0
    assert again.checksum == relaxng.load(schema).checksum
    assert works(schema, store)


def signed(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def damaged(data: bytes) -> Iterator[bytes]:
    chance = random.Random(1)
    for place in sorted(chance.sample(range(len(data)), 200)):
        yield data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
    for length in [0, 1, 64, 65, *sorted(chance.sample(range(len(data)), 50)), len(data) - 1]:
        yield data[:length]
    yield from (b"\n", b"\n\n\n", b"{}", os.urandom(1_000), data + b"x", data * 2)
    header = data.split(b"\n")[1]
    yield from map(signed, (b"", b"\n", b"{", b"[]\n{}", b"{}\n{}", b'{"files": 1}\n{}', b'{"files": [[1, 2]]}\n{}'))
    yield from map(signed, (b'{"files": []}\n{}', b'{"files": [["\\u0000", ""]]}\n{}', b"\xff\n\xff"))
    yield from map(signed, (b"[" * 50_000 + b"\n", header + b"\n", header + b"\n" + b"[" * 50_000, header + b"\n[]"))


def test_what_is_damaged_is_ignored(schema: Path, store: Store) -> None:
    file = learn(schema, store)
    data = file.read_bytes()
    expected = findings(relaxng.load(schema), INVALID)
    for other in damaged(data):
        file.write_bytes(other)
        assert findings(relaxng.load(schema, store=Store(store.folder)), INVALID) == expected, other[:200]


def misshapen(value: Any, other: Any) -> Iterator[Any]:
    """Copies of a value of JSON in each of which one thing in it is another."""
    yield other
    if isinstance(value, dict):
        yield {}
        for key, inner in value.items():
            yield from ({**value, key: one} for one in misshapen(inner, other))
    if isinstance(value, list):
        yield []
        for place, inner in enumerate(value):
            yield from ([*value[:place], one, *value[place + 1 :]] for one in misshapen(inner, other))


@pytest.mark.parametrize("other", [None, -1, 10**6, "x", [], {}, [[]], 1.5], ids=repr)
def test_what_makes_no_sense_never_fails(schema: Path, store: Store, other: Any) -> None:
    file = learn(schema, store)
    _, header, body = file.read_bytes().split(b"\n")
    cases = list(misshapen(json.loads(body), other))
    # Another choice of places for each value, so that all of them together are at many.
    for case in random.Random(repr(other)).sample(cases, min(len(cases), 20)):
        file.write_bytes(signed(header + b"\n" + json.dumps(case).encode()))
        again = relaxng.load(schema, store=Store(store.folder))
        again.is_valid(VALID)
        findings(again, INVALID)
        again.glance(VALID)
        again.state()
        again.keep()


def swap(path: Path, make: Callable[[Path], object]) -> None:
    """Put something else where the schema's other file is."""
    inner = path.parent / "inner.rnc"
    inner.rename(path.parent.parent / "elsewhere.rnc")
    make(inner)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the schema changed": lambda path: path.write_text(OUTER + " "),
    "what it includes changed": lambda path: (path.parent / "inner.rnc").write_text(INNER.replace("2", "3")),
    "what it includes is another file": lambda path: swap(
        path, lambda inner: inner.symlink_to(path.parent.parent / "elsewhere.rnc")
    ),
    "what it includes is gone": lambda path: swap(path, lambda inner: None),
    "what it includes is a folder": lambda path: swap(path, Path.mkdir),
    "what it includes is a pipe": lambda path: swap(path, os.mkfifo),
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_files_are_another_schema(schema: Path, store: Store, change: str) -> None:
    learn(schema, store)
    CHANGES[change](schema)
    assert not is_found(schema, store)


def test_another_schema_of_the_same_name(schema: Path, store: Store, tmp_path: Path) -> None:
    learn(schema, store)
    other = tmp_path / "other" / "outer.rnc"
    other.parent.mkdir()
    other.write_text("start = element a { text }")
    assert not is_found(other, store)
    assert not relaxng.load(other, store=Store(store.folder)).is_valid(VALID)
    # The same files elsewhere are the same schema; the same start with other files is not.
    (other.parent / "inner.rnc").write_text(INNER)
    other.write_text(OUTER)
    assert is_found(other, store)
    (other.parent / "inner.rnc").write_text("b = element b { empty }")
    assert not is_found(other, store)


@pytest.mark.parametrize(("name", "value"), [("__version__", "0"), ("FORMAT", 0)])
def test_another_version(schema: Path, store: Store, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    learn(schema, store)
    monkeypatch.setattr(stores, name, value)
    assert not is_found(schema, store)


#: What there is instead of a folder, below the file `x`.
PLACES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("cache", lambda folder: None),
    "a file": ("cache", lambda folder: folder.write_text("x")),
    "below a file": ("x/cache", lambda folder: None),
    "not to be written in": ("cache", lambda folder: folder.mkdir(mode=0o500)),
    "a link to nowhere": ("cache", lambda folder: folder.symlink_to("/nonexistent/folder")),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_store_that_is_no_folder(schema: Path, tmp_path: Path, place: str) -> None:
    name, make = PLACES[place]
    (tmp_path / "x").write_text("x")
    make(tmp_path / name)
    store = Store(tmp_path / name)
    for _ in range(2):
        assert works(schema, store)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
def test_something_else_in_its_place(schema: Path, store: Store, make: Callable[[Path], object]) -> None:
    file = learn(schema, store)
    file.unlink()
    make(file)
    assert not is_found(schema, store)
    assert works(schema, store)


def test_few_are_kept(store: Store, tmp_path: Path) -> None:
    for number in range(stores._FILES + 5):
        path = tmp_path / f"s{number}.rnc"
        path.write_text("start = element a { empty }")
        schema = relaxng.load(path, store=Store(store.folder))
        assert schema.is_valid(b"<a/>")
        schema.keep()
    assert len(list(store.folder.iterdir())) == stores._FILES
    assert is_found(path, store)


WRITER = """
import sys
import tomllib
from pathlib import Path
from teipipe import relaxng
from teipipe.relaxng.store import Store

for number in range(int(sys.argv[3])):
    schema = relaxng.load(Path(sys.argv[1]), store=Store(Path(sys.argv[2])))
    for letter in "xyz":
        schema.is_valid(b'<a><b n="1">x</b><c/></a>'.replace(b"x", letter.encode() * number))
    schema.automaton.news += 1000 + number
    schema.keep()
print("done")
"""


def writer(path: Path, store: Store, times: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-W", "error", "-c", WRITER, str(path), str(store.folder), str(times)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_that_write_at_once(schema: Path, store: Store) -> None:
    writers = [writer(schema, store, 60) for _ in range(2)]
    while any(process.poll() is None for process in writers):
        assert works(schema, store)
    assert [process.communicate() for process in writers] == [("done\n", "")] * 2
    assert is_found(schema, store)
    assert [file.suffix for file in store.folder.iterdir()] == [".schema"]


def test_killed_at_any_moment(schema: Path, store: Store) -> None:
    for number in range(12):
        process = writer(schema, store, 10_000)
        try:
            process.wait(0.25 + number / 50)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        assert not list(store.folder.glob("*.schema")) or is_found(schema, store)
    assert works(schema, store)


@pytest.fixture(scope="module")
def documents() -> list[bytes]:
    """Some documents of this edition, and mutants of them."""
    group = [data for data in own() if len(data) < 100_000]
    return [*group[:6], *(mutant.data for mutant in mutate([group], 34, 7))]


@pytest.mark.parametrize("all_expected", [False, True])
def test_findings_are_the_same_everywhere(
    documents: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_expected: bool
) -> None:
    for number, data in enumerate(documents):
        (tmp_path / f"{number:02}.xml").write_bytes(data)
    project = replace(load_project(tmp_path), schemas=(REPOSITORY / "schema" / "teipipe.rng",))

    def run(project: Project, cache: str, **options: Any) -> list[Diagnostic]:
        monkeypatch.setenv("TEIPIPE_CACHE", cache)
        return validate_documents(project, all_expected=all_expected, **options)

    expected = run(project, "", workers=0)
    assert len({finding.location.path for finding in expected if finding.rule != "missing-file"}) > 15
    cache = str(tmp_path / "cache")
    few = replace(project, documents=project.documents[:1])
    run(few, cache, workers=0)  # little is known
    kept = [file.stat().st_size for file in Path(cache).iterdir()]
    assert run(project, cache, workers=0) == expected
    assert [file.stat().st_size for file in Path(cache).iterdir()] > kept
    assert run(project, cache, workers=0) == expected
    for workers in (1, 3):
        assert run(project, cache, workers=workers) == expected
        assert run(project, "", workers=workers) == expected
        assert run(project, str(tmp_path / f"cache{workers}"), workers=workers) == expected
    assert run(project, str(tmp_path / "cache3"), workers=0) == expected
    backwards = replace(project, documents=tuple(reversed(project.documents)))
    assert run(backwards, str(tmp_path / "backwards"), workers=0) == expected


def survives(schema: Schema, data: list[bytes]) -> None:
    """Judge and explain with the schema, with what its state makes before and after, and with that of this one."""
    before = Schema.revive(schema.path, schema.state())
    expected = [(schema.is_valid(one), schema.explain(Document(Path("x.xml"), one).places)) for one in data]
    after = Schema.revive(schema.path, schema.state())
    for other in (before, after, Schema.revive(schema.path, after.state()), Schema.revive(schema.path, before.state())):
        found = [(other.is_valid(one), other.explain(Document(Path("x.xml"), one).places)) for one in data]
        assert found == expected, schema.path


@pytest.mark.parametrize("path", sorted(CASES.glob("*.rnc")), ids=lambda path: path.stem)
def test_own_instances_with_revived_schemas(path: Path) -> None:
    case = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    survives(relaxng.load(path), [text.encode() for text in (*case["valid"], *case["invalid"])])


@pytest.mark.skipif(not SUITE.is_file(), reason="the suite lies beside the repository, in ../shared")
def test_the_suite_with_revived_schemas() -> None:
    parsed = etree.parse(SUITE, etree.XMLParser(resolve_entities=True))
    for case, element in zip(clark_cases(), parsed.iter("testCase"), strict=True):
        if case.is_correct:
            survives(schema_of(case), [data for _, data in instances(element)])
