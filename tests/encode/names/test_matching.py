"""Which names of a register are found in a text, and where."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teipipe.encode.names.folding import folded
from teipipe.encode.names.index import Index
from teipipe.encode.names.matching import Matcher
from teipipe.encode.names.register import Entry, Name


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("#MeToo", "what #MeToo said, MeToo not", ["#MeToo"]),
        ("G.O.P.", "the G.O.P., and the G.O.P.s", ["G.O.P."]),
        ("Workers' Party", "a Workers’ Party; Workers  Party", ["Workers’ Party", "Workers  Party"]),
        ("Party of Labour", "Party of Party of Labour", ["Party of Labour"]),
        ("Seoul", "Seoul•Seoulites, (Seoul's", ["Seoul", "Seoul"]),
        ("?", "what?  ? ?", []),
        ("A. Smith", "A. Smith, and A", ["A. Smith"]),
    ],
)
def test_names_stand_where_words_begin_and_end(name: str, text: str, found: list[str]) -> None:
    matcher = Matcher(Index([Entry("x", "org", (Name(name, "preferred"),))]), text)
    assert [text[hit.start : hit.end] for hit in matcher.hits()] == found


def test_of_names_that_begin_alike_the_longest_is_taken() -> None:
    names = [Name(name, "preferred") for name in ("Party", "Party of Labour", "Party of Labour of Albania", "Albania")]
    matcher = Matcher(
        Index([Entry(name.text, "org", (name,)) for name in names]), "Party of Labour of Albania Party of"
    )
    assert [hit.key for hit in matcher.hits()] == ["party of labour of albania", "party"]


_WORDS = st.sampled_from(
    ["a", "A", "b", "ab", "Kim", "Il", "a.", "A. b", "Kim-Il", "'s", "s'", ",", ".", "(", "#a", "\u00e9", "\n", ""]
)
_NAMES = st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join), max_size=6)


@pytest.mark.parametrize("before", ["no", "an old"])
def test_words_like_surnames_hide_no_name_after_them(before: str) -> None:
    koreans = [
        Entry(name, "person", (Name(name, "preferred"),)) for name in ("Pak Hŏnyŏng", "No Chaebong", "An Hosang")
    ]
    text = f"There was {before} Pak Heon-yeong."
    found = [text[hit.start : hit.end] for hit in Matcher(Index(koreans), text).hits()]
    assert found[-1] == "Pak Heon-yeong"


@given(names=_NAMES, words=st.lists(_WORDS, max_size=12), blank=st.sampled_from([" ", "", "  "]))
def test_what_is_found_is_written_there_and_nothing_twice(names: list[str], words: list[str], blank: str) -> None:
    text = blank.join(words)
    matcher = Matcher(Index([Entry(f"x{n}", "org", (Name(name, "preferred"),)) for n, name in enumerate(names)]), text)
    hits = list(matcher.hits())
    assert [hit.start for hit in hits] == sorted({hit.start for hit in hits})
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert [folded(text[hit.start : hit.end]) for hit in hits] == [hit.key for hit in hits]
    plain = {folded(name) for name in names if name.isalpha()}
    inside = {at for hit in hits for at in range(hit.start, hit.end)}
    missed = [word for word in re.finditer(r"(?<![^ ])[^\W_]+(?![^ ])", text) if folded(word[0]) in plain]
    assert all(word.start() in inside for word in missed)
