"""How names lie among signs, labels and titles; who takes part; what is proposed without a register."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.encode.names.marking import marked, named, register_of, structure_of

from teipipe.encode.blocks import Span
from teipipe.encode.marked import Marked, Named, Participant
from teipipe.encode.names import names_in
from teipipe.encode.names.candidates import candidates
from teipipe.encode.names.lexicon import lexicon
from teipipe.encode.plain import Plain
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript

_KOREANS = {"person": {"ri": ["Ri Ju-yeon"], "kim": ["Kim Il Sung"]}}


def in_brackets(text: str) -> tuple[str, Named]:
    """The names in a text whose square brackets are signs, and these as they are kept: [ and ] stand for themselves."""
    spans, opened = [], []
    for place, sign in enumerate(text):
        if sign == "[":
            opened.append(place)
        elif sign == "]":
            spans.append(Span("supplied", opened.pop(), place + 1, opening=1, closing=1, rank=10))
    settings = Settings(id="x", date="2026-01-01", register=register_of(_KOREANS))
    signs = Marked(tuple(sorted(spans, key=lambda span: span.start)))
    return text, names_in(Transcript(Path("talk.txt"), text), structure_of(text, ""), signs, settings)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("with Ri [Ju-yeon] and", "with [[ri|Ri [Ju-yeon]]] and"),
        ("with [Ri] Ju-yeon and", "with [[ri|[Ri] Ju-yeon]] and"),
        ("with [Ri Ju-yeon] and", "with [[[ri|Ri Ju-yeon]]] and"),
        ("with [Mr. Kim Il Sung] and", "with [Mr. [[kim|Kim Il Sung]]] and"),
        ("with K[im] Il S[u]ng and", "with [[kim|K[im] Il S[u]ng]] and"),
        ("with Ri Ju-yeon[’s] friend", "with [[ri|Ri Ju-yeon]][’s] friend"),
        ("[[Kim] Il] Sung", "[[kim|[[Kim] Il] Sung]]"),
    ],
)
def test_names_go_around_brackets_or_lie_in_them(text: str, wanted: str) -> None:
    assert marked(*in_brackets(text)) == wanted


def test_title_in_the_name_is_an_element() -> None:
    text = "Then Cde. Kim Il Sung and Sir Roger came."
    found = named(text, register_of({"person": {"kim": ["Kim Il Sung"], "makins": ["Makins, Sir Roger"]}}))
    roles = [text[span.start : span.end] for span in found.spans if span.element == "roleName"]
    assert roles == ["Cde.", "Sir"]
    assert {dict(span.attributes).get("type") for span in found.spans if span.element == "roleName"} == {"honorific"}


def test_who_takes_part() -> None:
    text = "Present: Kim Il Sung, Ri Ju-yeon"
    assert named(text, register_of(_KOREANS), how="present").participants == (
        Participant("kim", "Kim Il Sung", "silent"),
        Participant("ri", "Ri Ju-yeon", "silent"),
    )
    found = named(
        "Cde. Kim Il Sung: Yes.\nCde. Smith: No.\nSmith: Never.\nThe Chairman: Well.",
        register_of(_KOREANS),
        how="turns",
    )
    assert found.who == (("kim",), (), (), ())
    assert found.participants == (Participant("kim", "Kim Il Sung", "speaker"), Participant("", "Smith", "speaker"))


def test_ambiguous_name_is_reported_with_its_place() -> None:
    found = named("So\nKim spoke.", register_of({"person": {"a": ["Kim Il Sung"], "b": ["Kim Jong Un", "*1984"]}}))
    [finding] = found.findings
    assert (finding.rule, finding.location.line, finding.location.column) == ("ambiguous-name", 2, 1)
    assert "#a or #b" in finding.message
    assert finding.help
    [decision] = found.decisions
    assert [candidate.value for candidate in decision.candidates] == ["#a", "#b"]
    assert decision.candidates[1].reasons == ("lived 1984–?",)
    assert not decision.result


def test_candidates_say_what_tells_of_them() -> None:
    text = "Cde. Pak: Mr. Young and V. Kovyzhenko met Choe Chang-ik in the U.S. Senate, with President Roosevelt’s Son."
    plain = Plain(text, ())
    found = candidates(plain, structure_of(text, "turns"), lexicon("en"))
    assert {proposal.text: proposal.reason for proposal in found} == {
        "Pak": "speaks",
        "Young": "title",
        "Roosevelt": "title",
        "Choe Chang-ik": "shape",
        "V. Kovyzhenko": "shape",
    }


@pytest.mark.parametrize(
    "text",
    [
        "K" * 100_000,
        "Kim " * 1_500,
        "Kim Il Sung\n" * 2_000,
        "(Kim " * 1_500,
        " " * 100_000 + "Kim",
        "Mr. " * 5_000,
        "Aa" + "a" * 100_000,
        "A. " * 10_000,
        "Kim-" * 2_000,
        "X, Of Of " * 1_500,
        "Kim’" * 2_000,
    ],
)
def test_monotonous_texts_end(text: str) -> None:
    register = register_of({"person": {"kim": ["Kim Il Sung"], "un": ["Kim Jong Un"], "x": ["X"]}})
    for how in ("", "present", "turns"):
        named(text, register, how=how)
        named(text, None, how=how)
