"""Folding: what stands in the folded text stands, in the original, where the map says."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from teipipe.encode.blocks import Span
from teipipe.encode.names.folding import Folded, folded, plain
from teipipe.encode.plain import Plain

_TEXTS = st.text(st.sampled_from("aBé \u00a0\n-–—'’“([İßŁø\u0301\u00ad.,Ж漢K"), max_size=40) | st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=40
)


@settings(deadline=None)
@given(_TEXTS)
def test_every_character_leads_back(text: str) -> None:
    even = Folded(text)
    assert even.text[0] == " "
    for index in range(1, len(even.text)):
        sign = text[even.offset(index)]
        lower = sign.lower() if len(sign.lower()) == 1 else sign
        assert even.text[index] in (plain(lower), plain(lower).translate({ord("`"): "'"}), " ")
        assert even.index(even.offset(index)) == index
    assert "  " not in even.text


@settings(deadline=None)
@given(_TEXTS)
def test_what_is_folded_is_folded_the_same_alone(text: str) -> None:
    assert folded(text) == " ".join(Folded(text).text.split())
    assert folded(folded(text)) == folded(text)


@given(st.text(min_size=1, max_size=20))
def test_composed_and_decomposed_are_the_same(text: str) -> None:
    letters = "".join(sign for sign in text if unicodedata.category(sign) in ("Lu", "Ll") and sign < "\u0180")
    assert folded(unicodedata.normalize("NFD", letters)) == folded(letters)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=6))
def test_text_without_signs_leads_there_and_back(cuts: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
    spans = [Span("x", start, start + length + 1, opening=length) for start, length in cuts if length]
    without = Plain(text, spans)
    for index in range(len(without.text)):
        assert text[without.offset(index)] == without.text[index]
        assert without.index(without.offset(index)) == index


def test_a_sigma_at_the_end_is_the_same_in_capitals() -> None:
    assert folded("ΠΑΠΑΔΟΠΟΥΛΟΣ") == folded("Παπαδόπουλος")
