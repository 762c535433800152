"""Whatever is encoded gives back its words, and is valid: by our schema, and by the TEI's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.conftest import Teipipe
from tests.encode.transcripts import BRACKETS, DATES, ODDITIES, ROOT, anything, likely, mangled, seeds

from teipipe import relaxng
from teipipe.documents import Document
from teipipe.encode.encoder import Encoding, encode
from teipipe.encode.files import Encoder, Job, Options
from teipipe.encode.names.register import Register, load_register
from teipipe.encode.reading import read_transcript
from teipipe.encode.rules import RULES
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import profiles
from teipipe.encode.structure.profile import Profile
from teipipe.encode.transcript import Transcript
from teipipe.relaxng import Schema
from teipipe.validate.source_view import SourceView
from teipipe.views import load_views

TEI_ALL = ROOT.parent / "shared" / "reference" / "tei_all.rng"
#: Unicode's White_Space: what separates words.
WORD = re.compile("[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def schemas() -> Sequence[Schema]:
    paths = (ROOT / "schema" / "teipipe.rng", TEI_ALL)
    return [relaxng.load(path) for path in paths if path.exists()]


@cache
def register() -> Register:
    return load_register(ROOT / "tei" / "register.xml")


@cache
def conventions() -> Sequence[Profile | None]:
    return [None, *profiles()]


def encoded(text: str, profile: Profile | None = None) -> Encoding:
    choice = tuple(profiles())
    chosen = Settings(id="d", date="2026-01-01", profile=profile, profiles=choice, register=register())
    return encode(Transcript(Path("talk.txt"), text), chosen)


def require_sound(encoding: Encoding) -> None:
    """It gives back its words, is valid, and each decision is about a stretch of the text."""
    text = encoding.transcript.text
    assert SourceView(Document(Path("talk.xml"), encoding.tei), load_views()).words == WORD.findall(text)
    for schema in schemas():
        found = list(schema.check(Document(Path("talk.xml"), encoding.tei)))
        assert not found, f"{schema.path.name}: {found[0].message}"
    for decision in encoding.decisions:
        assert decision.rule in RULES
        assert 0 <= decision.start <= decision.end <= len(text)


@often
@given(anything)
@example("")
@example("\n \xa0\u3000\n")
def test_any_text_is_given_back(text: str) -> None:
    require_sound(encoded(text))


@often
@given(likely, st.data())
def test_text_that_people_transcribe_is_given_back(text: str, data: st.DataObject) -> None:
    require_sound(encoded(text, data.draw(st.sampled_from(conventions()))))


@often
@given(mangled())
def test_mangled_transcript_is_given_back(text: str) -> None:
    require_sound(encoded(text))


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("name", [profile.name for profile in profiles()])
def test_transcript_is_given_back_by_every_profile(number: int, name: str) -> None:
    (profile,) = (one for one in profiles() if one.name == name)
    require_sound(encoded(seeds()[number], profile))


@pytest.mark.parametrize("piece", [*BRACKETS, *DATES, *ODDITIES])
@pytest.mark.parametrize("frame", ["{}", "Cde. Kim - {}", "He said {0}, not {0}.\n{0}\n{0}{0}", "[{}]", "A{}B\n\n({})"])
def test_piece_is_given_back_wherever_it_stands(piece: str, frame: str) -> None:
    require_sound(encoded(frame.format(piece, piece)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(mangled(), likely).filter(lambda text: text.strip()),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
def test_file_is_given_back_whatever_its_line_ends(text: str, end: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(text.replace("\n", end).encode(encoding))
    transcript = read_transcript(path)
    assert WORD.findall(transcript.text) == WORD.findall(text.removeprefix("\ufeff"))
    require_sound(Encoder(Options()).encode(Job(path, "d", "2026-01-01")))


@pytest.mark.parametrize("number", range(3))
def test_commands_find_the_words_too(number: int, tmp_path: Path, teipipe: Teipipe) -> None:
    """`teipipe validate` compares with the source beside it, and so does the stylesheet for the source view."""
    folder = tmp_path / "tei" / "sources"
    folder.mkdir(parents=True)
    text = "\n\n".join((seeds()[number % 2], *BRACKETS[number::3], *DATES[number::3], *ODDITIES[number::3]))
    (folder / "talk.txt").write_text(text, encoding="utf-8")
    (tmp_path / "teipipe.toml").write_text('documents = ["tei/*.xml"]\nsources = "tei/sources"\n', encoding="utf-8")
    made = teipipe("encode", "tei/sources/talk.txt", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    judged = teipipe("validate", "--schema", ROOT / "schema" / "teipipe.rng", cwd=tmp_path)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    shown = teipipe("render", "tei/talk.xml", "--to", "text", "--view", "source", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert WORD.findall(shown.stdout) == WORD.findall(text)
    assert etree.parse(tmp_path / "tei" / "talk.xml") is not None
