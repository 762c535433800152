"""A glance never says more than the pass over the parser's events: what it takes for valid is, with the same tags."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest
from tests.conftest import REPOSITORY
from tests.parity.mutations import mutate

from teipipe import relaxng
from teipipe.attributes import WATCHED
from teipipe.relaxng.glance import Glance
from teipipe.scan import MAX_DEPTH

DOCUMENTS = [path.read_bytes() for path in sorted((REPOSITORY / "tei").glob("*.xml"))]
NAMES = ("conversation-1956-09-16", "essay-new-tranche")

#: What makes a document unusual without making it wrong, or wrong in a way that only a parser sees.
ODDITIES = (
    b"<!-- a > b <p> -->",
    b"<!-- -->",
    b"<?pi <p> ?>",
    b"<![CDATA[<p>]]>",
    b"&amp;",
    b"&#32;",
    b"&#x3c;p>",
    b">",
    b"\r\n",
    b"\t",
    b"\xc2\xa0",
    b' n="a>b"',
    b" n='&quot;&#10;'",
    b' n="a\nb"',
    b' xml:id="p1"',
    b' xmlns="http://www.tei-c.org/ns/1.0"',
    b' xmlns=""',
    b' xmlns:x="urn:x" x:y="z"',
    b' xml:base="other/"',
    b" x",
    b"/",
    b"<",
    b"&",
)


@cache
def schema() -> relaxng.Schema:
    return relaxng.load(REPOSITORY / "schema" / "teipipe.rng", watch=WATCHED)


def agrees(glance: Glance, data: bytes) -> bool:
    """Whether the glance was certain; a difference fails."""
    seen = glance.look(data, MAX_DEPTH)
    if seen is None:
        return False
    judged = schema().judge(data, identities=False)
    assert judged.fits, data
    assert seen.root == judged.root
    assert {(tag[1], *tag[2]) for tag in seen.tags} == {(tag[1], *tag[2]) for tag in judged.tags}, data
    return True


@pytest.mark.parametrize("data", DOCUMENTS[:2], ids=NAMES)
def test_a_plain_document_is_seen_at_a_glance(data: bytes) -> None:
    glance = Glance(schema().automaton)
    assert agrees(glance, data)
    assert agrees(glance, data)


def test_it_takes_no_mutant_for_valid_that_is_not() -> None:
    glance = Glance(schema().automaton)
    certain = [agrees(glance, mutant.data) for mutant in mutate([DOCUMENTS], 300, "glance")]
    assert any(certain)
    assert not all(certain)


def odd(data: bytes, chance: random.Random) -> bytes:
    """The data with one or two oddities, at tags or between, or anywhere at all."""
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(data))
        sign = chance.choice((b"<", b">", b" ", b""))
        place = data.find(sign, at) if sign else at
        place = max(place, 0) + (chance.random() < 0.5)
        data = data[:place] + chance.choice(ODDITIES) + data[place:]
    return data


def oddities(count: int) -> Iterator[bytes]:
    chance = random.Random("oddities")
    for _ in range(count):
        yield odd(chance.choice(DOCUMENTS), chance)


def test_it_takes_nothing_odd_for_what_it_is_not() -> None:
    glance = Glance(schema().automaton)
    certain = [agrees(glance, data) for data in oddities(400)]
    assert sum(certain) > 40


def test_it_gives_up_where_hardly_a_tag_comes_again() -> None:
    assert not agrees(Glance(schema().automaton), DOCUMENTS[2])


def test_the_same_id_is_told_each_time() -> None:
    data = DOCUMENTS[0].replace(b"<p>", b'<p xml:id="same">', 2)
    seen = Glance(schema().automaton).look(data, MAX_DEPTH)
    assert seen is not None
    assert sum("same" in tag[2] for tag in seen.tags) == 2


def test_it_doesnt_look_deeper_than_allowed() -> None:
    data = DOCUMENTS[0]
    glance = Glance(schema().automaton)
    assert glance.look(data, MAX_DEPTH) is not None
    assert glance.look(data, 3) is None
