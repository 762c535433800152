"""Profiles: those that come along, those of users, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.encode.structure.making import settings, transcript
from tests.encode.structure.outlines import outline

from teipipe.encode.decisions import Certainty
from teipipe.encode.settings import Settings
from teipipe.encode.structure import detect, load_profile, profiles, structure_of
from teipipe.errors import ConfigurationError

OWN = """
title = "Records of the harbour office"
extends = "minutes"
turns = ["colon"]

[[evidence]]
weight = 9
where = "head"
phrases = ["harbour office"]

[words]
honorifics = ["Skipper", "!Mr."]
present = ["On deck"]
recorders = ["Log kept by {text}"]
"""


def _write(folder: Path, text: str, name: str = "harbour.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_profiles_that_come_along_are_documented() -> None:
    """Each has a title and says what it is for."""
    assert [profile.name for profile in profiles()] == ["essay", "letter", "memorandum", "minutes", "telegram"]
    assert all(profile.title and profile.description and profile.evidence for profile in profiles())


def test_a_profile_of_ones_own_extends_another(tmp_path: Path) -> None:
    """Its words come to those that it extends, those with an exclamation mark go."""
    own = load_profile(_write(tmp_path, OWN))
    assert (own.name, own.text_type, own.body) == ("harbour", "minutes", "scene")
    assert "Skipper" in own.list("honorifics")
    assert "Cde." in own.list("honorifics")
    assert "Mr." not in own.list("honorifics")
    lines = ["HARBOUR OFFICE", "On deck: Skipper Jens, Skipper Ole", "Skipper Jens: Aye.", "Skipper Ole: Aye."]
    text = "\n\n".join([*lines, "Log kept by Per"])
    found = structure_of(transcript(text), Settings(id="x", date="2026-11-27", profile=own))
    assert [text[slice(*label.name)] for label in found.labels] == ["Jens", "Ole"]
    assert [text[slice(*stretch)] for stretch in found.present] == ["Skipper Jens, Skipper Ole"]
    assert found.body[-1].element == "byline"


def test_a_profile_of_ones_own_is_detected_by_its_evidence(tmp_path: Path) -> None:
    """Among the others; what speaks for each stands in the decision."""
    own = load_profile(_write(tmp_path, OWN))
    profile, decision = detect(transcript("Harbour office\n\nMinutes of 3 May\n\nAll well.\n"), (*profiles(), own))
    assert profile is own
    assert decision.candidates[0].value == "harbour"
    assert decision.candidates[0].reasons[0] == "“Harbour office” in the head (+9)"
    assert "minutes" in [candidate.value for candidate in decision.candidates]


def test_profiles_extend_those_beside_them(tmp_path: Path) -> None:
    """By the name of a file."""
    _write(tmp_path, OWN)
    other = load_profile(_write(tmp_path, 'extends = "harbour.toml"\ntitle = "Another"\n', "other.toml"))
    assert "Skipper" in other.list("honorifics")


def test_what_nothing_speaks_for_is_an_essay() -> None:
    """With low certainty, so that an editor looks at it."""
    profile, decision = detect(transcript("Nothing.\n"), profiles())
    assert (profile.name, decision.certainty, decision.result) == ("essay", Certainty.LOW, "essay")


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("tilte = 'x'\n", "a profile can't have “tilte”", 1),
        ("title = 3\n", "title must be a string", 1),
        ("\ntext-type = 'poem'\n", "text-type can't be “poem”", 2),
        ("turns = ['colons']\n", "turns can't have “colons”", 1),
        ("extends = 'memorandun'\n", "there is no profile “memorandun” to extend", 1),
        ("extends = 'own.toml'\n", "a profile can't extend itself (“own.toml”)", 1),
        ("[words]\npresent = 'Here'\n", "words.present must be a list of strings", 2),
        ("[words]\npresnt = ['Here']\n", "words can't have “presnt”", 2),
        ("[words.en]\npages = ['{nubmer}']\n", "words.en.pages: “{nubmer}” has “{nubmer}”, which is no placeholder", 2),
        ("[words]\npages = ['{text} {text} {text} {text}']\n", "has more than 3 placeholders", 2),
        ("[[evidence]]\nwhere = 'middle'\n", "where can't be “middle”", 1),
        ("[[evidence]]\nweight = 'much'\n", "weight must be a whole number from -10 to 10", 1),
        ("title = \n", "the profile is not TOML", None),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_at_its_place(
    tmp_path: Path, text: str, message: str, line: int | None
) -> None:
    """The file, the line, what is wrong, and what to write instead."""
    path = _write(tmp_path, text, "own.toml")
    with pytest.raises(ConfigurationError) as caught:
        load_profile(path)
    assert message in caught.value.message
    assert str(caught.value.path) == (f"{path}:{line}" if line else str(path))


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    """For keys and for profiles."""
    with pytest.raises(ConfigurationError, match="there is no profile “minuts”") as caught:
        load_profile("minuts")
    assert caught.value.help is not None
    assert "“minutes”" in caught.value.help
    with pytest.raises(ConfigurationError) as caught:
        load_profile(_write(tmp_path, "evidense = []\n"))
    assert caught.value.help == "did you mean “evidence”?"


def test_a_profile_that_cannot_be_read(tmp_path: Path) -> None:
    """It isn't there, is a folder, or isn't UTF-8."""
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "bytes.toml").write_bytes(b"title = '\xff'\n")
    for name in ("none.toml", "folder.toml", "bytes.toml"):
        with pytest.raises(ConfigurationError, match="can't be read"):
            load_profile(tmp_path / name)


def test_a_profile_that_is_asked_for_is_taken() -> None:
    """Whatever the text looks like."""
    found = structure_of(transcript("Mao: Yes.\n\nMao: No.\n"), settings("essay"))
    assert (found.profile, found.labels) == ("essay", ())


def test_the_example_in_the_documentation_reads_its_text(tmp_path: Path) -> None:
    """The profile of the harbour office, and a page of its log."""
    page = (Path(__file__).parents[3] / "docs" / "encoding.md").read_text("utf-8")
    part = page[page.index("**A profile of your own**") :]
    blocks = [part.split(f"```{kind}\n", 1)[1].split("```", 1)[0] for kind in ("toml", "text")]
    own = load_profile(_write(tmp_path, blocks[0]))
    profile, _ = detect(transcript(blocks[1]), (*profiles(), own))
    assert profile is own
    found = structure_of(transcript(blocks[1]), Settings(id="x", date="2026-11-27", profile=own))
    assert outline(blocks[1], found) == (
        "profile harbour\nbody\n  head: PORT LOG No. 12 OF THE HARBOUR OFFICE\n  opener: Berth: 7\n"
        "  div participants\n    head: On deck\n    p: Skipper Jens, Pilot Ole\n"
        "  div scene\n    head: Morning watch\n"
        "    sp\n      speaker: Skipper Jens -\n      p: Is the mole clear?\n"
        "    sp\n      speaker: The Harbourmaster -\n      p: It is. (Bell.)\n"
        "    sp\n      speaker: Pilot Ole -\n      p: Then we go.\n"
        "  byline: Log kept by Per\n"
        "speaks: Jens (Skipper)\nspeaks: The Harbourmaster\nspeaks: Ole (Pilot)\n"
        "present: Skipper Jens, Pilot Ole\nmarked: seg place: 7\n"
    )
