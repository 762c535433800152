"""Both documents give their sources back; a copy with one slip in it is told apart, at the place of the slip."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.encode.reading.word_files import word_file

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.validate import Context, fidelity
from teipipe.validate.corpus import Corpus
from teipipe.validate.source_view import TEI, SourceView, Words
from teipipe.views import load_views

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("conversation-1956-09-16", "essay-new-tranche")
EACH = 10


@cache
def original(name: str) -> tuple[Document, SourceView]:
    document = Document.read(ROOT / "tei" / f"{name}.xml")
    return document, SourceView(document, load_views())


def findings(document: Document) -> list[Diagnostic]:
    context = Context(ROOT, sources=ROOT / "tei" / "sources", corpus=Corpus(ROOT))
    return list(fidelity.check(document, context))


def changed(name: str, start: int, end: int, instead: str) -> Document:
    """A copy of a document with the bytes from `start` to `end` replaced."""
    document, _ = original(name)
    data = document.data[:start] + instead.encode() + document.data[end:]
    return Document(document.path, data)


def words(name: str, seed: str) -> Iterator[tuple[int, int, str]]:
    """Some words that stand in one piece in the file and differ from their neighbours: number, byte, word."""
    document, view = original(name)
    numbers = list(range(3, len(view.words) - 8))
    random.Random(f"{name} {seed}").shuffle(numbers)
    found = 0
    for number in numbers:
        place = view.place(view.offset(number))
        offset = document.places.offset(place.line or 0, place.column or 0)
        word = view.words[number]
        around = view.words[number - 3 : number + 7]
        if document.data[offset:].startswith(word.encode()) and len(set(around)) == len(around) and word.isalpha():
            found += 1
            yield number, offset, word
        if found == EACH:
            return


def source_place(name: str, number: int) -> Location:
    path = ROOT / "tei" / "sources" / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    before = text[: Words(text).offset(number)]
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def the_finding(document: Document, name: str, number: int) -> Diagnostic:
    """The only finding, which points to this word of the source and to the same place in the encoding twice."""
    (found,) = findings(document)
    assert found.rule == "text-differs-from-source"
    assert found.related[0][0] == source_place(name, number)
    assert found.related[1][0] == found.location
    return found


def place(document: Document, offset: int) -> Location:
    return document.places.at(offset)


def test_the_documents_give_their_sources_back() -> None:
    for name in NAMES:
        assert findings(original(name)[0]) == []


@pytest.mark.parametrize("name", NAMES)
class TestMutations:
    def test_a_word_lost(self, name: str) -> None:
        for number, offset, word in words(name, "lost"):
            mutant = changed(name, offset, offset + len(word.encode()), "")
            found = the_finding(mutant, name, number)
            view = SourceView(mutant, load_views())
            assert found.message == f"“{word}” of the source is missing before “{view.words[number]}”"
            next_word = re.compile(rb"\S").search(mutant.data, offset)
            assert found.location == view.place(view.offset(number))
            assert next_word is not None
            assert mutant.places.offset(found.location.line or 0, found.location.column or 0) >= next_word.start()

    def test_a_word_doubled(self, name: str) -> None:
        for number, offset, word in words(name, "doubled"):
            end = offset + len(word.encode())
            found = the_finding(mutant := changed(name, end, end, f" {word}"), name, number + 1)
            assert found.message.startswith(f"“{word}")
            assert "is not in the source" in found.message or "stands for" in found.message
            assert found.location == place(mutant, end + 1)

    def test_a_word_changed(self, name: str) -> None:
        for number, offset, word in words(name, "changed"):
            end = offset + len(word.encode())
            found = the_finding(mutant := changed(name, offset, end, f"{word}x"), name, number)
            assert found.message.startswith(f"“{word}x")
            assert found.location == place(mutant, offset)

    def test_a_word_moved(self, name: str) -> None:
        document, view = original(name)
        for number, offset, word in words(name, "moved"):
            later = view.place(view.offset(number + 4))
            target = document.places.offset(later.line or 0, later.column or 0)
            if not document.data[target:].startswith(view.words[number + 4].encode()):
                continue  # a sign or an element stands there
            between = document.data[offset + len(word.encode()) : target].decode()
            mutant = changed(name, offset, target, f"{between}{word} ")
            found = the_finding(mutant, name, number)
            assert word in found.message

    def test_a_word_split(self, name: str) -> None:
        for number, offset, word in words(name, "split"):
            if len(word) < 4:
                continue
            mutant = changed(name, offset + 2, offset + 2, " ") if word[:2].isascii() else None
            if mutant is not None:
                found = the_finding(mutant, name, number)
                assert found.message.startswith(f"“{word[:2]} {word[2:]}")
                assert found.location == place(mutant, offset)

    def test_two_words_glued(self, name: str) -> None:
        for number, offset, word in words(name, "glued"):
            end = offset + len(word.encode())
            if document_has_blank(name, end):
                found = the_finding(mutant := changed(name, end, end + 1, ""), name, number)
                assert found.location == place(mutant, offset)

    def test_a_bracket_dropped(self, name: str) -> None:
        document, _ = original(name)
        count = 0
        for element in document.root.iter(f"{TEI}supplied", f"{TEI}add"):
            for number, pointer in enumerate((element.get("rendition") or "").split()):
                start = document.attribute(element, "rendition", number)
                offset = document.places.offset(start.line or 0, start.column or 0)
                mutant = changed(name, offset, offset + len(pointer), "")
                (found,) = findings(mutant)
                assert found.rule == "text-differs-from-source"
                assert ("[" if "open" in pointer else "]") in found.related[0][1]
                begin = mutant.places.offset(*position(document.start(element)))
                here = mutant.places.offset(*position(found.location))
                assert begin <= here <= mutant.data.index(b"</", begin)
                count += 1
        assert count >= 8


def document_has_blank(name: str, offset: int) -> bool:
    data = original(name)[0].data
    return data[offset : offset + 1] in (b" ", b"\n") and data[offset + 1 : offset + 2].isalpha()


def position(location: Location) -> tuple[int, int]:
    assert location.line is not None
    assert location.column is not None
    return location.line, location.column


def test_a_table_of_views_of_the_project_s_own_decides(tmp_path: Path) -> None:
    (tmp_path / "views.xml").write_text(
        '<views xmlns="urn:teipipe:ns"><rule element="hi" source="omit">not in the source</rule></views>'
    )
    (tmp_path / "d.txt").write_text("One two.")
    body = "<p>One <hi>and a half</hi> two.</p>"
    document = Document(tmp_path / "d.xml", f'<TEI xmlns="{TEI[1:-1]}"><text>{body}</text></TEI>'.encode())
    own = Context(tmp_path, sources=tmp_path, stylesheets=tmp_path, corpus=Corpus(tmp_path))
    ours = Context(tmp_path, sources=tmp_path, corpus=Corpus(tmp_path))
    assert list(fidelity.check(document, own)) == []
    assert [found.rule for found in fidelity.check(document, ours)] == ["text-differs-from-source"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "koi8_r", "cp949", "mac_roman", "cp037"])
def test_a_source_in_any_encoding_that_gives_the_words(encoding: str, tmp_path: Path) -> None:
    words = {"koi8_r": "Запись беседы", "cp949": "담화록"}.get(encoding, "He isn't at the café: “no”")
    words = words.replace("“no”", "no") if encoding == "cp037" else words
    (tmp_path / "d.txt").write_bytes(f"{words}\x07\n".encode(encoding))
    document = Document(tmp_path / "d.xml", f'<TEI xmlns="{TEI[1:-1]}"><text><p>{words}␇</p></text></TEI>'.encode())
    found = list(fidelity.check(document, Context(tmp_path, sources=tmp_path, corpus=Corpus(tmp_path))))
    if encoding == "cp037":  # of which nothing tells that it is text
        assert [one.rule for one in found] == ["unreadable-file"]
    else:
        assert [one.rule for one in found if one.severity > 0] == []
        assert all(one.rule == "guessed-encoding" for one in found)


def test_the_place_of_a_difference_in_a_source_with_other_line_ends(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_bytes("one\x85two\r\n\x0cthree four".encode())
    document = Document(
        tmp_path / "d.xml", f'<TEI xmlns="{TEI[1:-1]}"><text><p>one two three 4</p></text></TEI>'.encode()
    )
    (found,) = fidelity.check(document, Context(tmp_path, sources=tmp_path, corpus=Corpus(tmp_path)))
    assert found.related[0][0] == Location(tmp_path / "d.txt", 2, 8)


def test_a_source_of_a_word_processor(tmp_path: Path) -> None:
    note = "<w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
    body = (
        "<w:p><w:r><w:t>He came</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>, she left.</w:t></w:r>"
        "</w:p>"
        "<w:p><w:r><w:t>And so on.</w:t></w:r></w:p>"
    )
    (tmp_path / "d.docx").write_bytes(word_file(body, {"footnotes": note}))
    context = Context(tmp_path, sources=tmp_path, corpus=Corpus(tmp_path))
    written = "<p>He came<note place='bottom'>A note.</note>, she left.</p><p>And so {}.</p>"
    documents = [
        Document(tmp_path / "d.xml", f'<TEI xmlns="{TEI[1:-1]}"><text>{written.format(end)}</text></TEI>'.encode())
        for end in ("on", "off")
    ]
    assert list(fidelity.check(documents[0], context)) == []
    (found,) = fidelity.check(documents[1], context)
    assert found.message == "“off.” stands for the source's “on.”"
    assert found.related[0][0] == Location(tmp_path / "d.docx", 3, 8)
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04")
    assert [one.rule for one in fidelity.check(documents[0], context)] == ["unreadable-file"]
