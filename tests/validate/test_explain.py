"""One mutation of a valid document gives one finding of the schema, at the place of the mutation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from teipipe.documents import Document
from teipipe.validate import Schema, open_schema

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("conversation-1956-09-16", "essay-new-tranche", "register")
EACH = 5

#: A mutation: bytes of a document, and a source of choices; the new bytes, and where the mutation is in them.
Mutation = Callable[[bytes, random.Random], tuple[bytes, int]]


@cache
def schema() -> Schema:
    return open_schema(ROOT / "schema" / "teipipe.rng")


def choose(pattern: bytes, data: bytes, chance: random.Random) -> re.Match[bytes]:
    return chance.choice(list(re.finditer(pattern, data, re.DOTALL)))


def replace(data: bytes, start: int, end: int, new: bytes) -> tuple[bytes, int]:
    return data[:start] + new + data[end:], start


def unknown_element(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    """An inline element under a name that doesn't exist."""
    match = choose(rb"<(persName|placeName|orgName|date)((?: [^<>]*)?>[^<>]*</)\1>", data, chance)
    return replace(data, match.start(), match.end(), b"<blurb" + match[2] + b"blurb>")


def misplaced_element(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    """A block in the middle of a paragraph's words."""
    match = choose(rb"<p(?: [^<>]*)?>[^<>]{20,}", data, chance)
    return replace(data, match.end() - 3, match.end() - 3, b"<body><p>x</p></body>")


def unknown_attribute(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    match = choose(rb"<(persName|placeName|orgName|p|date)(?=[ >])", data, chance)
    new, start = replace(data, match.end(), match.end(), b' colour="red"')
    return new, start + 1


def missing_attribute(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    """A ref that leads nowhere."""
    match = choose(rb'<ref\s+(target="[^"]*")', data, chance)
    new, _ = replace(data, match.start(1), match.end(1), b"")
    return new, match.start()


def wrong_value(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    match = choose(rb'cert="(high|medium|low)"', data, chance)
    return replace(data, match.start(1), match.end(1), b"hihg")


def stray_text(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    match = choose(rb"</(?:p|div|head)>(\s+)<(?:p|div|sp)", data, chance)
    new, start = replace(data, match.end(1), match.end(1), b"Stray words ")
    return new, start


def twice(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    """A second header."""
    start, end = data.index(b"<fileDesc>"), data.index(b"</fileDesc>") + 11
    header = re.sub(rb' xml:id="[^"]*"', b"", data[start:end])
    return replace(data, end, end, header)


MUTATIONS: tuple[Mutation, ...] = (
    unknown_element,
    misplaced_element,
    unknown_attribute,
    missing_attribute,
    wrong_value,
    stray_text,
    twice,
)


def mutants(name: str, mutation: Mutation) -> Iterator[tuple[Document, int]]:
    data = (ROOT / "tei" / f"{name}.xml").read_bytes()
    chance = random.Random(f"{name} {mutation.__name__}")
    seen: set[bytes] = set()
    for _ in range(EACH):
        new, offset = mutation(data, chance)
        if new not in seen:
            seen.add(new)
            yield Document(Path(f"{name}.xml"), new), offset


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_one_mutation_one_finding(name: str, mutation: Mutation) -> None:
    for document, offset in mutants(name, mutation):
        found = list(schema().check(document))
        assert len(found) == 1, [str(one) for one in found]
        assert found[0].location == document.at(offset), found[0]


def test_an_empty_division_is_named_itself() -> None:
    for name in NAMES[:2]:
        data = (ROOT / "tei" / f"{name}.xml").read_bytes()
        start = data.index(b"<div ")
        document = Document(Path("d.xml"), data[:start] + b"<div></div>" + data[start:])
        (found,) = schema().check(document)
        assert (found.rule, found.location) == ("missing-element", document.at(start))
