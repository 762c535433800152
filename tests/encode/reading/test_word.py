"""DOCX: the words in order, what is said of them, what is left out is told; files that mean harm are refused."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.encode.reading.word_files import MAIN, NAMESPACES, archive, unpacked, word_file

from teipipe.encode.reading import read_transcript
from teipipe.encode.transcript import Transcript
from teipipe.errors import UnreadableError
from teipipe.transcriptions.word import opening, read_word

CASES: Any = tomllib.loads((Path(__file__).parent / "word.toml").read_text("utf-8"))["file"]
PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings", "header", "footer")
HELLO = "<w:p><w:r><w:t>Hello</w:t></w:r></w:p>"


def transcript(folder: Path, raw: bytes, name: str = "talk.docx") -> Transcript:
    path = folder / name
    path.write_bytes(raw)
    return read_transcript(path)


def shown(read: Transcript) -> list[str]:
    """The marks, with their words and what is said of them."""
    lines = []
    for mark in read.marks:
        said = {"at": str(mark.start)} if mark.kind == "page" else mark.values
        values = " ".join(f"{name}={value}" for name, value in sorted(said.items()))
        lines.append("|".join(filter(None, (f"{mark.kind}|{read.text[mark.start : mark.end]}", values))))
    return lines


def told(read: Transcript) -> list[str]:
    found = sorted(read.findings, key=lambda each: (each.location.line or 0, each.location.column or 0, each.message))
    return [f"{each.location.line}:{each.location.column} {each.rule} {each.message}" for each in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_constructs(case: dict[str, Any], tmp_path: Path) -> None:
    parts = {name: case[name] for name in PARTS if name in case}
    read = transcript(tmp_path, word_file(case["body"], parts, link=case.get("link", "")))
    assert read.text == case["text"]
    assert shown(read) == case.get("marks", [])
    assert told(read) == sorted(case.get("told", []), key=lambda line: [int(n) for n in line.split(" ")[0].split(":")])
    assert read.encoding == "DOCX"


def test_a_file_of_a_library(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Memorandum", 0)
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("He said ").add_run("no").bold = True
    document.save(str(tmp_path / "a.docx"))
    read = read_transcript(tmp_path / "a.docx")
    assert read.text == "Memorandum\n\n1. first\n\n2. second\n\nHe said no"
    assert read.findings == ()
    assert [mark.kind for mark in read.marks] == ["heading", "item", "item", "bold"]


def refused(folder: Path, raw: bytes, name: str = "talk.docx") -> tuple[str, str]:
    with pytest.raises(UnreadableError) as error:
        transcript(folder, raw, name)
    return error.value.message, error.value.help or ""


def with_file(name: str, content: str | bytes) -> bytes:
    return archive(unpacked(word_file(HELLO)) | {name: content})


def test_archives_that_are_no_documents(tmp_path: Path) -> None:
    assert refused(tmp_path, archive({"a.txt": "x"})) == ("it is a zip archive, but no DOCX file", "unpack it")
    raw = word_file(HELLO)
    assert refused(tmp_path, raw[: len(raw) // 2])[0] == "it is a damaged DOCX file"
    assert refused(tmp_path, raw[:-30])[0] == "it is a damaged DOCX file"
    broken = bytearray(raw)
    at = raw.index(b"word/document.xml") + len(b"word/document.xml") + 4
    broken[at : at + 8] = bytes(8)
    assert "damaged" in refused(tmp_path, bytes(broken))[0]
    assert refused(tmp_path, with_file("word/document.xml", "<w:document>"))[0].startswith("it is no DOCX file")
    assert refused(tmp_path, with_file("_rels/.rels", "<x/>"))[0].startswith("it is no DOCX file")
    assert refused(tmp_path, archive({"[Content_Types].xml": "<x/>"}))[0].startswith("it is no DOCX file")
    assert refused(tmp_path, b"", "a.docx")[0] == "the file is empty"
    assert refused(tmp_path, word_file(""))[0] == "there are no words in it"
    assert refused(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1"), "a.docx")[0].startswith(
        "is an old Office file (.doc), or one"
    )


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "it is a document with macros (.docm)"),
        (MAIN.replace("document.main", "template.main"), "it is a template (.dotx)"),
        (MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet"), "it is a spreadsheet (.xlsx)"),
    ],
)
def test_other_kinds_of_documents(kind: str, says: str, tmp_path: Path) -> None:
    assert refused(tmp_path, word_file(HELLO, main=kind)) == (says, "save it as a document (.docx)")


def test_the_strict_form(tmp_path: Path) -> None:
    relations = unpacked(word_file(HELLO))["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"
    )
    assert (
        refused(tmp_path, with_file("_rels/.rels", relations))[0]
        == "it is in the Strict form of Open XML, which is not read"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', '<!ENTITY a "aa">'],
)
def test_entities_are_never_expanded(entity: str, encoding: str, tmp_path: Path) -> None:
    body = HELLO.replace("Hello", "&a;")
    document = f"<!DOCTYPE w:document [{entity}]><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    says, help = refused(tmp_path, with_file("word/document.xml", document.encode(encoding)))
    assert says == "word/document.xml in it declares entities, which no word processor writes"
    assert "don't trust it" in help


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = archive({"[Content_Types].xml": "", **{f"{number}": "" for number in range(2_001)}})
    assert refused(tmp_path, many)[0] == "there are 2,002 files in it, more than 2,000"
    monkeypatch.setattr(opening, "_MOST_XML", 50_000)
    monkeypatch.setattr(opening, "_MOST_BYTES", 100_000)
    long = f"<w:document {NAMESPACES}><w:body>{' ' * 60_000}</w:body></w:document>"
    assert refused(tmp_path, with_file("word/document.xml", long))[0] == (
        "word/document.xml in it unpacks to more than 50,000 bytes"
    )
    assert (
        refused(tmp_path, with_file("word/media/a.bin", bytes(100_000)))[0] == "it unpacks to more than 100,000 bytes"
    )


def test_a_file_that_is_longer_than_it_says(tmp_path: Path) -> None:
    raw = bytearray(
        with_file("word/document.xml", f"<w:document {NAMESPACES}><w:body>{HELLO * 2000}</w:body></w:document>")
    )
    size = len(unpacked(bytes(raw))["word/document.xml"]).to_bytes(4, "little")
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = (100).to_bytes(4, "little")
    assert "damaged" in refused(tmp_path, bytes(raw))[0]


def test_encrypted_files(tmp_path: Path) -> None:
    raw = bytearray(word_file(HELLO))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := raw.find(sign, at + 1)) >= 0:
            raw[at + flags] |= 1
    assert refused(tmp_path, bytes(raw)) == ("files in it are encrypted", "save it without a password")


def test_what_is_nested_deeply_is_read_or_refused(tmp_path: Path) -> None:
    body = "<w:sdt><w:sdtContent>" * 100 + HELLO + "</w:sdtContent></w:sdt>" * 100
    assert transcript(tmp_path, word_file(body)).text == "Hello"
    body = "<w:tbl><w:tr><w:tc>" * 60 + HELLO + "</w:tc></w:tr></w:tbl>" * 60
    assert transcript(tmp_path, word_file(body)).text == "Hello"
    body = "<w:sdt><w:sdtContent>" * 5000 + HELLO + "</w:sdtContent></w:sdt>" * 5000
    assert refused(tmp_path, word_file(body))[0]


def test_many_of_a_kind_are_told_up_to_a_number(tmp_path: Path) -> None:
    body = "".join(f'<w:p><w:del w:author="A"><w:r><w:delText>d{n}</w:delText></w:r></w:del></w:p>' for n in range(500))
    read = transcript(tmp_path, word_file(HELLO + body))
    assert len(read.findings) == 51
    assert read.findings[-1].message.endswith("; and 449 more of the kind")


def test_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_file(HELLO))
    code = f"""
import sys
from pathlib import Path
sys.modules["docx"] = None
from teipipe.encode.reading import read_transcript
from teipipe.transcriptions.word import opening, read_word
try:
    read_transcript(Path({str(tmp_path / "a.docx")!r}))
except Exception as error:
    print(type(error).__name__, error.message, error.help, sep="|")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "UnreadableError|reading DOCX needs python-docx, which isn't installed|pip install 'teipipe[docx]'\n"
    )


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(word_file(HELLO * 3, {"footnotes": "<w:footnote w:id='1'/>", "numbering": "", "styles": ""}))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        read_word(bytes(raw), Path("any.docx"))


RUNS = st.sampled_from(
    [
        "<w:r><w:t>word </w:t></w:r>",
        "<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>",
        "<w:r><w:rPr><w:i/><w:b/></w:rPr><w:t>both </w:t></w:r>",
        "<w:r><w:footnoteReference w:id='1'/></w:r>",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
        "<w:r><w:br/></w:r>",
        "<w:r><w:br w:type='page'/></w:r>",
        "<w:r><w:tab/></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>",
    ]
)
PARAGRAPHS = st.lists(RUNS, max_size=6).map(lambda runs: f"<w:p>{''.join(runs)}</w:p>")
BLOCKS = st.recursive(
    PARAGRAPHS,
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda blocks: f"<w:tbl><w:tr>{''.join(f'<w:tc>{block}</w:tc>' for block in blocks)}</w:tr></w:tbl>"
    ),
    max_leaves=8,
)
NOTES = {
    "footnotes": "<w:footnote w:id='1'><w:p><w:r><w:t>note</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>again</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='2'><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:footnote>"
}


@settings(deadline=None, max_examples=80)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_marks_lie_in_the_text_and_in_each_other(blocks: list[str]) -> None:
    read = read_word(word_file("".join(blocks), NOTES), Path("any.docx"))
    assert all(0 <= mark.start <= mark.end <= len(read.text) for mark in read.marks)
    assert list(read.marks) == sorted(read.marks, key=lambda mark: (mark.start, -mark.end))
    for mark in read.marks:
        if mark.kind == "note":
            words = read.text[mark.start : mark.end]
            assert "\n" not in words
            assert len(words) - len(words.lstrip()) >= int(mark.values["opening"])
    text = read.text.split()
    told = " ".join(found.message for found in read.findings)
    for word in ("word", "bold", "both", "new", "box"):
        written = sum(block.count(f">{word}") for block in blocks)
        assert "".join(text).count(word) == written or "field that never ends" in told or "begin" in "".join(blocks)
