"""Values of datatypes, good ones and bad ones, chosen by trying candidates with a validator."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from lxml import etree

from teipipe.odd import schema
from teipipe.odd.schema import Data, Pattern, Tokens, Value

#: Written in place of a value that has to differ each time (xml:id).
UNIQUE: Final = "{unique}"

#: What is tried for every datatype; those that fit are its samples.
_CANDIDATES: Final = (
    "word",
    "Wörter-2.b",
    "two words",
    "#p1",
    "register.xml#kim-il-sung",
    "https://example.org/a?b=c#d",
    "urn:isbn:0-395-36341-1",
    "file with spaces.xml",
    "1956",
    "-0044",
    "1956-09",
    "1956-09-16",
    "--09",
    "--09-16",
    "---16",
    "--02-29",
    "10:30:00",
    "10:30:00.5Z",
    "1956-09-16T10:30:00",
    "1956-09-16T10:30:00+03:00",
    "P1Y2M3DT4H5M6S",
    "0",
    "7",
    "-7",
    "+7",
    "3.25",
    "-0.5",
    ".5",
    "1e3",
    "INF",
    "2/3",
    "true",
    "false",
    "en",
    "ko-Latn",
    "zh-Hant-TW",
    "x-private",
    "unknown",
    "a:b",
    "_x.1-2",
    "à",
    "한국",
    "“quoted”",
    "100%",
    "text/html",
    "[a-z]+",
    "a,b",
    "12,34 56,78",
    "//div[@n='1']",
    "-",
    "",
)
_LIMIT: Final = 8


@cache
def _checker(kind: str, facets: tuple[tuple[str, str], ...]) -> etree.RelaxNG:
    """A validator for an element `v` that holds a value of a datatype."""
    data = etree.Element("data", type=kind)
    for name, value in facets:
        etree.SubElement(data, "param", name=name).text = value
    root = etree.Element(
        "element",
        name="v",
        datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes",
        xmlns="http://relaxng.org/ns/structure/1.0",
    )
    root.append(data)
    return etree.RelaxNG(etree.fromstring(etree.tostring(root)))


@cache
def fits(data: Data, value: str) -> bool:
    """Whether a value is of a datatype."""
    element = etree.Element("v")
    element.text = value
    return bool(_checker(data.type, data.facets).validate(element))


@cache
def of_datatype(data: Data) -> tuple[str, ...]:
    """Samples of a datatype, as different as there are; none if no candidate fits."""
    if data.type in ("ID", "IDREF"):
        return (UNIQUE,)
    return tuple(candidate for candidate in _CANDIDATES if fits(data, candidate))[:_LIMIT]


def outside(pattern: Pattern) -> str | None:
    """A value that is none of an attribute's, if there is one among the candidates."""
    parts = list(schema.walk(pattern))
    if any(isinstance(part, schema.Chars) for part in parts):
        return None
    leaves = [part for part in parts if isinstance(part, (Data, Value))]
    single = any(isinstance(part, Tokens) for part in parts)
    for candidate in ("no-such-value", *_CANDIDATES):
        if single and len(candidate.split()) != 1:
            continue
        if not any(_is(leaf, candidate) for leaf in leaves) and (candidate or not schema.nullable(pattern)):
            return candidate
    return None


def _is(leaf: Data | Value, value: str) -> bool:
    return fits(leaf, value) if isinstance(leaf, Data) else " ".join(value.split()) == leaf.value


def of_pattern(pattern: Pattern) -> list[tuple[str, Pattern | None]]:
    """Values of an attribute or of an element that holds data, each with the value or datatype that it shows."""
    match schema.bare(pattern):
        case schema.Chars():
            return [("some text", None), ("", None)]
        case schema.Nothing():
            return [("", None)]
        case Value(value) as found:
            return [(value, found)]
        case Data() as found:
            return [(value, found) for value in of_datatype(found)]
        case schema.Choice(items):
            return [sample for item in items for sample in of_pattern(item)]
        case schema.Repeat(item, 0, 1):
            return [("", None), *of_pattern(item)]
        case Tokens(item):
            return list(_lists(item))
        case other:
            raise AssertionError(f"no value: {other}")


def _lists(items: Pattern) -> Iterator[tuple[str, Pattern | None]]:
    """Lists of tokens: the shortest, and one with each sample of each token in it."""
    shortest = _tokens(items, 0)
    if shortest is None:
        return
    yield " ".join(value for value, _ in shortest), None
    for number in range(1, 100):
        longer = _tokens(items, number)
        if longer is None:
            return
        yield " ".join(value for value, _ in longer), longer[-1][1]


def _single(pattern: Pattern) -> list[tuple[str, Pattern | None]]:
    return [(value, shown) for value, shown in of_pattern(pattern) if value.split() == [value]]


def _tokens(items: Pattern, number: int) -> list[tuple[str, Pattern | None]] | None:
    """A list that shows the `number`th sample of its token, with as many tokens as it must have, or two."""
    match schema.bare(items):
        case schema.Repeat(item, minimum, maximum):
            samples = _single(item)
            if number > len(samples):
                return None
            if number == 0:
                return samples[:1] * minimum
            count = max(minimum, 1 if maximum == 1 else 2)
            return [*samples[:1] * (count - 1), samples[number - 1]]
        case schema.Group(parts):
            found = [_tokens(part, number) or _tokens(part, 0) for part in parts]
            if number and all(_tokens(part, number) is None for part in parts):
                return None
            return [token for tokens in found if tokens for token in tokens]
        case other:
            samples = _single(other)
            return samples[max(number - 1, 0) :][:1] or None
