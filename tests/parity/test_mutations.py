"""The mutations do what they say, and know where."""

from __future__ import annotations

from collections import Counter

from .documents import own
from .markup import Markup
from .mutations import KINDS, Mutant, mutate


def made(count: int) -> list[Mutant]:
    return list(mutate([own()], count, "test"))


def test_same_seed_same_mutants() -> None:
    assert made(40) == made(40)
    assert [mutant.data for mutant in made(10)] != [mutant.data for mutant in mutate([own()], 10, "other")]


def test_every_kind_is_made() -> None:
    counts = Counter(mutant.kind for mutant in made(160))
    assert set(counts) == {*KINDS} - {"filled"}  # we have no empty elements
    assert min(counts.values()) >= 5


def test_the_place_is_where_something_begins() -> None:
    for mutant in made(96):
        markup = Markup(mutant.data)
        starts = {element.start for element in markup.elements} | {element.close for element in markup.elements}
        attributes = {attribute.start for element in markup.elements for attribute in markup.attributes(element)}
        texts = {text for element in markup.elements for text in markup.texts(element)}
        known = starts | attributes | texts
        # What follows a tag that is gone may be the middle of a text now.
        if mutant.kind not in ("dropped", "unwrapped", "other-name") and not mutant.kind.startswith("value"):
            assert mutant.places <= known, mutant.description
        assert mutant.offset in mutant.places


def test_text_is_found_behind_comments() -> None:
    markup = Markup(b"<a> <!-- x --> <?y z?> w<b/><!---->\n</a>")
    assert list(markup.texts(markup.elements[0])) == [markup.data.index(b"w")]


def test_an_empty_element_is_filled() -> None:
    (mutant,) = (each for each in mutate([[b"<a><b/></a>"]], 30, "test") if each.kind == "filled")
    assert mutant.data == b"<a><b>Stray words</b></a>"
    assert mutant.data[mutant.offset :].startswith(b"Stray")
