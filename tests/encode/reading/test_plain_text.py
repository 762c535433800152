"""Plain text in whatever encoding, with whatever in it: read as it was meant, or a reason why not."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teipipe.diagnostics import Severity
from teipipe.encode.encoder import encode
from teipipe.encode.reading import read_transcript
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Mark, Transcript
from teipipe.errors import UnreadableError
from teipipe.transcriptions import transcription_of

HERE = Path(__file__).parent
UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cases(name: str) -> Any:
    table = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    return next(iter(table.values()))


def transcript(folder: Path, raw: bytes, encoding: str | None = None) -> Transcript:
    path = folder / "talk.txt"
    path.write_bytes(raw)
    return read_transcript(path, encoding=encoding)


def reported(read: Transcript) -> list[str]:
    return [f"{found.location.line}:{found.location.column} {found.rule} {found.message}" for found in read.findings]


@pytest.mark.parametrize("case", cases("encodings"), ids=lambda case: f"{case['encoding']}-{case['text'][:12]}")
def test_an_encoding_is_told_and_said_to_be_a_guess(case: dict[str, str], tmp_path: Path) -> None:
    text = f"{case['text']}\n"
    read = transcript(tmp_path, text.encode(case["encoding"]))
    assert read.text == text
    assert [found.rule for found in read.findings] == ["guessed-encoding"]
    first = next((at for at, sign in enumerate(text) if sign > "\x7f"), 0)
    assert read.findings[0].location == read.place(first)
    assert read.findings[0].severity == Severity.WARNING
    assert read.encoding in read.findings[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "ascii"])
def test_what_says_its_encoding_is_no_guess(encoding: str, tmp_path: Path) -> None:
    text = "Cde. Kim - No.\n" if encoding == "ascii" else "“Łódź” – 平壤 𝄞\n"
    assert reported(transcript(tmp_path, text.encode(encoding))) == []
    assert transcript(tmp_path, text.encode(encoding)).text == text


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case["title"])
def test_what_is_no_text_is_refused_with_words(case: dict[str, str], tmp_path: Path) -> None:
    raw = bytes.fromhex(case["hex"]) if "hex" in case else case["bytes"].encode("latin-1")
    with pytest.raises(UnreadableError) as error:
        transcript(tmp_path, raw)
    assert error.value.message == case["says"]
    assert case.get("advises", "") in (error.value.help or "")


def test_an_encoding_that_is_named_is_taken(tmp_path: Path) -> None:
    read = transcript(tmp_path, "담화록\n".encode("euc_kr"), "euc-kr")
    assert (read.text, read.encoding, reported(read)) == ("담화록\n", "euc-kr", [])
    assert transcript(tmp_path, b"\xef\xbb\xbfok", "utf-8").text == "ok"
    assert transcript(tmp_path, "a\ud800b".encode("utf-16-le", "surrogatepass"), "utf-16-le").text == "a\ufffdb"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "idna", "punycode", "unicode_escape", "", "a\0b"])
def test_an_encoding_that_there_isn_t(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as error:
        transcript(tmp_path, b"x", name)
    assert error.value.message == f"there is no encoding “{name}”"
    assert "windows-1252" in (error.value.help or "")


def test_an_encoding_that_it_isn_t_in(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is not in utf-8: the byte 0x92 in line 2 has no meaning there"):
        transcript(tmp_path, b"It's\r\nhe\x92s", "utf-8")


def test_a_few_bytes_of_another_encoding_in_utf_8(tmp_path: Path) -> None:
    raw = "“One” – “two”\r\nÜber ".encode() + b"he\x92s a\x81b\n"
    read = transcript(tmp_path, raw)
    assert read.text == "“One” – “two”\nÜber he’s a\ufffdb\n"
    assert reported(read)[0] == (
        "2:8 guessed-encoding the file is in UTF-8 but for 2 bytes, read as Windows-1252: 0x92 as “’”, 0x81 as U+FFFD"
    )
    assert read.findings[0].related == ((read.place(read.text.index("\ufffd")), "0x81"),)


def test_a_file_that_is_cut_off_in_a_character(tmp_path: Path) -> None:
    read = transcript(tmp_path, "“One” – “two”".encode()[:-1])
    assert read.text == "“One” – “two\ufffd"
    assert reported(read) == [
        "1:13 unrepresentable-character the file ends in the middle of a character; U+FFFD stands for what is there of "
        "it"
    ]
    assert transcript(tmp_path, "one two".encode("utf-16")[:-1]).text == "one tw\ufffd"


def test_line_ends_of_all_kinds_are_line_feeds_and_places_are_those_of_an_editor(tmp_path: Path) -> None:
    read = transcript(tmp_path, "a\r\nb\rc\nd\x85e\u2028f\u2029g\x0bh\n\ni".encode())
    assert read.text == "a\nb\nc\nd\ne\nf\ng\nh\n\ni"
    assert [str(read.place(read.text.index(sign))).rpartition("talk.txt:")[2] for sign in "abcdehi"] == [
        "1:1",
        "2:1",
        "3:1",
        "4:1",
        "4:3",
        "4:9",
        "6:1",
    ]


def test_form_feeds_begin_pages(tmp_path: Path) -> None:
    read = transcript(tmp_path, b"one\n\x0ctwo\nand\x0cthree")
    assert read.text == "one\n two\nand three"
    assert read.marks == (Mark("page", 4, 4), Mark("page", 12, 12))
    assert reported(read) == []


def test_what_xml_can_t_hold_is_stood_for_and_told(tmp_path: Path) -> None:
    read = transcript(tmp_path, "one\x07 two\x00\nth\x07ree \ufffe \x1b[1m\n".encode())
    assert read.text == "one␇ two␀\nth␇ree \ufffd ␛[1m\n"
    assert reported(read) == [
        "1:4 unrepresentable-character the character U+0007 can't stand in XML; U+2407 (symbol for bell) stands for "
        "it, here and in one more place",
        "1:9 unrepresentable-character the character U+0000 can't stand in XML; U+2400 (symbol for null) stands for it",
        "2:8 unrepresentable-character the character U+FFFE can't stand in XML; U+FFFD (replacement character) stands "
        "for it",
        "2:10 unrepresentable-character the character U+001B can't stand in XML; U+241B (symbol for escape) stands for "
        "it",
    ]
    assert read.findings[0].related == ((read.place(read.text.rindex("␇")), "here, too"),)


def test_surrogates_without_a_partner(tmp_path: Path) -> None:
    read = transcript(tmp_path, "a \ud83d b 😀".encode("utf-16", "surrogatepass"))
    assert read.text == "a \ufffd b 😀"
    assert "the surrogate U+D83D can't stand in XML" in reported(read)[0]
    pair = b"smile: \xed\xa0\xbd\xed\xb8\x80 and \xc3\xa9"
    assert transcript(tmp_path, pair).text == "smile: 😀 and é"


def test_the_end_mark_of_dos_is_left_out_and_told(tmp_path: Path) -> None:
    read = transcript(tmp_path, b"one\r\ntwo\r\n\x1a")
    assert read.text == "one\ntwo\n"
    assert [(found.rule, found.severity) for found in read.findings] == [("unrepresentable-character", Severity.INFO)]


def test_forms_of_characters_are_never_changed(tmp_path: Path) -> None:
    text = "e\u0301 \u00e9 \u212b ﬁ Ａ 각 \u1100\u1161\u11a8"
    assert transcript(tmp_path, text.encode()).text == text


def test_directions_are_kept_and_told_line_by_line(tmp_path: Path) -> None:
    text = "a \u202eb\u202c c\nd \u202e e \u2066f\n\u2069g\n"
    read = transcript(tmp_path, text.encode())
    assert read.text == text
    assert reported(read) == [
        "1:3 bidi-control the invisible character U+202E (right-to-left override)",
        "2:3 bidi-control the invisible character U+202E (right-to-left override); in this line not all of its kind "
        "are closed",
        "3:1 bidi-control the invisible character U+2069 (pop directional isolate); in this line not all of its kind "
        "are closed",
    ]


def test_what_can_t_be_seen_is_told_once(tmp_path: Path) -> None:
    read = transcript(tmp_path, "so\xadft and so\xadft, ze\u200bro, \ufeffmark, Sym\uf0b7bol".encode())
    assert reported(read) == [
        "1:3 invisible-character U+00AD (soft hyphen), here and in one more place",
        "1:20 invisible-character U+200B (zero width space)",
        "1:25 invisible-character U+FEFF (zero width no-break space)",
        "1:35 private-use-character U+F0B7",
    ]
    assert {found.severity for found in read.findings} == {Severity.INFO}


def test_joiners_have_work_to_do_in_some_scripts(tmp_path: Path) -> None:
    assert reported(transcript(tmp_path, "می\u200cخواهم क्\u200dष 👨\u200d👩".encode())) == []
    assert reported(transcript(tmp_path, "a\u200cb".encode())) == [
        "1:2 invisible-character U+200C (zero width non-joiner)"
    ]


def test_text_that_was_read_wrongly_once(tmp_path: Path) -> None:
    read = transcript(tmp_path, "MÃ¼nchen and itâ€™s".encode())
    assert reported(read) == ["1:2 garbled-characters “Ã¼” looks like a wrong encoding, here and in one more place"]
    assert read.findings[0].help == "was it “ü”?"


@settings(deadline=None, max_examples=150)
@given(
    st.binary(min_size=1, max_size=200) | st.text(min_size=1).map(lambda text: text.encode("utf-16", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read = transcription_of(raw, Path("any.txt"))
    except UnreadableError:
        return
    assert UNHOLDABLE.search(read.text) is None
    assert "\r" not in read.text
    assert all(found.message and found.location.line for found in read.findings)


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_read_character_for_character(text: str) -> None:
    try:
        read = transcription_of(b"\xef\xbb\xbf" + text.encode(), Path("any.txt"))
    except UnreadableError:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = read.text + "?" * (len(lines) - len(read.text))  # without an end mark of DOS
    assert all(
        one == other or UNHOLDABLE.match(other) or other.isspace() for one, other in zip(kept, lines, strict=True)
    )


@pytest.mark.parametrize("name", ["utf-8", "cp1252"])
def test_a_long_line_of_anything_is_read(name: str, tmp_path: Path) -> None:
    text = "Köln – “Rhein” " * 20_000
    assert transcript(tmp_path, text.encode(name)).text == text


def test_words_are_given_back_whatever_was_in_them(tmp_path: Path) -> None:
    for raw in (
        b"one\x07 two \x0cthree",
        "Köln – “Rhein”".encode("cp1252"),
        "a \u202eb \ud83d".encode("utf-16", "surrogatepass"),
    ):
        encode(transcript(tmp_path, raw), Settings("talk", "2026-01-01"))


def test_the_library_is_loaded_only_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("“One”\n", "utf-8")
    code = f"""
import sys
from pathlib import Path
from teipipe.encode.reading import read_transcript
read_transcript(Path({str(tmp_path / "talk.txt")!r}))
print([name for name in ("charset_normalizer", "docx", "lxml") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("last", ["\u202e", "é", "\x07", "\ufffd", "\xad"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_what_comes_behind_a_line_of_a_million_letters_is_found(last: str, encoding: str) -> None:
    try:
        raw = f"{'a' * 1_000_000}\né {last}".encode(encoding)
    except UnicodeEncodeError:
        return
    read = transcription_of(raw, Path("talk.txt"))
    assert [found.location.line for found in read.findings] == [2] * len(read.findings)
