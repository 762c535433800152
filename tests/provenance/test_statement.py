"""The statement of provenance comes out of every format as it went in, and hostile files are none."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from teipipe.errors import UnreadableError
from teipipe.provenance import Origin, Statement
from teipipe.provenance.reading import read
from teipipe.provenance.stamps import in_package, stamped
from teipipe.provenance.statement import NAMED, named, of_line

PACKAGE = '<?xml version="1.0"?><package xmlns="x"{}><metadata><dc:title>T</dc:title></metadata></package>'
CONTAINER = '<container><rootfiles><rootfile full-path="EPUB/package.opf"/></rootfiles></container>'
FILES = {
    "a/index.html": b'<!DOCTYPE HTML><html lang="en"><head><meta charset="utf-8"><title>T</title></head></html>',
    "a/reading.txt": "Words ⟨n1⟩.\n".encode(),
    "a/a.json": b'{\n  "id": "a"\n}\n',
    "a/summary.xml": b"<summary/>",
    "a/entry.xml.txt": b"<TEI/>\n",
}


def statements() -> list[Statement]:
    """Some with whatever names files and documents may have."""
    chosen = random.Random(7)
    letters = "aé한 .-_/()|%⟨⟩?<>&\"'\n\t\u0085\u2028:,;"
    found = [Statement("0.1.0"), Statement("1.0rc1+x", file="a/b.txt", documents="3 in all")]
    for number in range(200):
        path = "".join(chosen.choices(letters, k=chosen.randrange(1, 30)))
        sources = tuple(
            Origin(f"id-{each}", f"x{path}{each}", f"{each:064x}") for each in range(chosen.choice([0, 1, 3]))
        )
        sums = [f"{chosen.getrandbits(256):064x}" if chosen.random() < 0.8 else "" for _ in range(3)]
        stylesheet = "html.xsl" if sums[2] else ""
        found.append(
            Statement(
                "0.1.0", "2026-11-22", "", sources, "a b", path.strip() or "r", sums[0], sums[1], stylesheet, sums[2]
            )
        )
        assert number or found
    return found


@pytest.mark.parametrize("path", FILES)
def test_it_comes_out_as_it_went_in(path: str, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    for statement in statements():
        written = stamped(path, FILES[path], statement, statement.stylesheet)
        file.write_bytes(written)
        expected = replace(statement, file=path) if statement.file else statement
        assert read(file).statement == expected


def test_as_a_line() -> None:
    for statement in statements():
        assert "\n" not in statement.line
        assert of_line(statement.line) == statement


@pytest.mark.parametrize("start", ["", ' prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#"'])
def test_in_an_e_book(start: str, tmp_path: Path) -> None:
    for statement in statements()[:20]:
        package = in_package(PACKAGE.format(start), statement)
        assert package.count("prefix=") == 1
        assert "teipipe: urn:teipipe:ns#" in package
        file = tmp_path / "copy"
        file.write_bytes(container({"META-INF/container.xml": CONTAINER, "EPUB/package.opf": package}))
        assert read(file).statement == statement


def test_json_stays_json_with_one_more_member() -> None:
    written = json.loads(stamped("a.json", FILES["a/a.json"], statements()[10], "x.xsl"))
    assert [*written] == ["id", "provenance"]
    assert [*json.loads(stamped("a.json", b"{ }\n", statements()[10], "x.xsl"))] == ["provenance"]


@pytest.mark.parametrize("path", ["a.csv", "cite.bib", "cite.ris", "cite.csl.json", "style.css"])
def test_what_has_no_room_for_it_stays(path: str) -> None:
    assert stamped(path, b"[1,2]\n", Statement("1", file="."), "x.xsl") == b"[1,2]\n"


def test_many_documents_are_counted() -> None:
    assert named(["a", "b"]) == "a b"
    assert named([str(number) for number in range(NAMED + 1)]) == f"{NAMED + 1} in all"


def test_words_of_a_text_are_no_statement(tmp_path: Path) -> None:
    """A document may quote the last lines of another one."""
    quoted = stamped("a.txt", b"", Statement("1.0", date="2020-01-01"), "x.xsl").decode()
    file = tmp_path / "a.txt"
    file.write_text(f"{quoted}\nAnd so on.\n", encoding="utf-8")
    assert read(file).statement is None
    file.write_text(
        '<html><head><title>T</title></head><body><meta name="generator" content="teipipe 1"></body></html>'
    )
    assert read(file).statement is None


def container(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return data.getvalue()


SIZE = 3_000_000
HOSTILE = {
    "nothing": b"",
    "noise": random.Random(1).randbytes(SIZE),
    "zeros": bytes(SIZE),
    "html": b"<html><head>" + b"<meta " * (SIZE // 6),
    "html-names": b"<html><head>" + b"<meta a=" + b"a" * SIZE,
    "html-generator": b'<html><head><meta name="generator" content="teipipe 1 2 3">',
    "text": "⟨Provenance\n".encode() * (SIZE // 14),
    "xml": b"<x/>" + b"<?teipipe-provenance " * (SIZE // 21),
    "json": b'{"provenance": {' * (SIZE // 16),
    "json-deep": b'{"provenance": {"a":' + b"[" * SIZE,
    "json-number": b'{"provenance": {"made-with":' + b"9" * 9000 + b"}}",
    "pdf": b"%PDF-1.7\n" + b"<x:xmpmeta" * (SIZE // 10),
    "pdf-keywords": b"%PDF-1.7\n<x:xmpmeta>" + b"<pdf:Keywords>teipipe-provenance: " * (SIZE // 40),
    "zip": b"PK\x03\x04" + bytes(SIZE),
    "zip-ends": b"PK\x03\x04" + b"PK\x05\x06" * (SIZE // 4),
    "zip-bomb": container({"META-INF/container.xml": CONTAINER, "EPUB/package.opf": "<meta " * 5_000_000}),
    "zip-itself": container(
        {"META-INF/container.xml": CONTAINER.replace("EPUB/package.opf", "META-INF/container.xml")}
    ),
    "zip-out": container({"META-INF/container.xml": CONTAINER.replace("EPUB/package.opf", "../../etc/passwd")}),
    "zip-cut": container({"META-INF/container.xml": CONTAINER})[:-10],
    "zip-broken": container({"META-INF/container.xml": CONTAINER}).replace(b"container", b"c0ntainer", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_say_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(HOSTILE[name])
    assert read(file).statement is None


def test_random_damage_raises_nothing(tmp_path: Path) -> None:
    chosen = random.Random(3)
    statement = Statement("1.0", "2026-01-01", "", (Origin("a", "tei/a.xml", "0" * 64),))
    package = in_package(PACKAGE.format(""), statement)
    files = [stamped(path, data, statement, "x.xsl") for path, data in FILES.items()]
    files.append(container({"META-INF/container.xml": CONTAINER, "EPUB/package.opf": package}))
    file = tmp_path / "file"
    for _ in range(300):
        data = bytearray(chosen.choice(files))
        for _ in range(chosen.randrange(1, 6)):
            data[chosen.randrange(len(data))] = chosen.randrange(256)
        file.write_bytes(data[: chosen.randrange(1, len(data) + 1)])
        read(file)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    for name, why in (
        ("pipe", "is no file"),
        ("folder", "is a folder"),
        ("none", "no such file"),
        ("a\0", "no such file"),
    ):
        with pytest.raises(UnreadableError, match=why):
            read(tmp_path / name)
    with pytest.raises(UnreadableError):
        read(tmp_path / "loop")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(1 << 36)
    with pytest.raises(UnreadableError, match="larger than anything"):
        read(tmp_path / "large")
