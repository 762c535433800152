"""If an encoding ever lost or invented a word, nothing would be written: whatever a broken writer does is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from teipipe.cli import main
from teipipe.encode import encoder
from teipipe.encode.encoder import encode
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing import write_tei
from teipipe.errors import EncodingError

TEXT: Final = "Present: Mikoyan.\n\nCde. Mikoyan - How does [it] feel on 16 September 1956? He can’t say.\n"

#: What a broken writer might do to the document: what it finds, and what it writes instead.
FAULTS: Final = {
    "drops a word": (b"feel", b""),
    "doubles a word": (b"feel", b"feel feel"),
    "changes a letter": (b"feel", b"fell"),
    "joins two words": (b"How does", b"Howdoes"),
    "divides a word": (b"Mikoyan", b"Mik oyan"),
    "divides a word between elements": (b"feel", b"fe</p><p>el"),
    "exchanges words": (b"How does", b"does How"),
    "straightens an apostrophe": ("’".encode(), b"'"),
    "adds punctuation": (b"say.", b"say.."),
    "hides words in a comment": (b"How does", b"<!--How does-->"),
    "says a word as a note of ours": (b"How does", b'<note type="editorial">How</note> does'),
    "corrects": (b"feel", b"<choice><sic>fell</sic><corr>feel</corr></choice>"),
    "points at a sign that isn't declared": (b"How", b'<supplied rendition="#nothing">How</supplied>['),
    "leaves the end out": (b"say.", b""),
}


def broken(find: bytes, instead: bytes) -> Callable[..., object]:
    def write(*arguments: object) -> object:
        tei, crossed = write_tei(*arguments)  # type: ignore[arg-type]  # whatever it is given
        head, tag, text = tei.partition(b"<body>")
        assert find in text
        return head + tag + text.replace(find, instead, 1), crossed

    return write


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_broken_writer_writes_is_refused(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "write_tei", broken(*FAULTS[fault]))
    with pytest.raises(EncodingError, match=r"line \d+, column \d+: the encoding reads “.*”, the transcript “.*”"):
        encode(Transcript(Path("talk.txt"), TEXT), Settings(id="d", date="2026-01-01"))


def test_what_is_not_well_formed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "write_tei", broken(b"feel", b"feel &"))
    with pytest.raises(EncodingError, match="not well-formed"):
        encode(Transcript(Path("talk.txt"), TEXT), Settings(id="d", date="2026-01-01"))


def test_place_is_that_of_the_first_word_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "write_tei", broken(b"feel", b""))
    with pytest.raises(EncodingError) as caught:
        encode(Transcript(Path("talk.txt"), TEXT), Settings(id="d", date="2026-01-01"))
    column = TEXT.splitlines()[2].index("feel") + 1
    assert f"line 3, column {column}: " in caught.value.message


def test_command_writes_nothing_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "talk.txt"
    source.write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(encoder, "write_tei", broken(b"feel", b""))
    assert main(["encode", "talk.txt", "--report", "review.json"]) == 2
    assert "the transcript “" in "".join(capsys.readouterr())
    assert not (tmp_path / "talk.xml").exists()


def test_document_from_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "talk.txt"
    source.write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["encode", "talk.txt"]) == 0
    before = (tmp_path / "talk.xml").read_bytes()
    monkeypatch.setattr(encoder, "write_tei", broken(b"feel", b"feels"))
    assert main(["encode", "talk.txt"]) == 2
    assert (tmp_path / "talk.xml").read_bytes() == before
