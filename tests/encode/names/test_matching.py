"""Which names of a register are found in a text, and where."""

from __future__ import annotations

import pytest

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
