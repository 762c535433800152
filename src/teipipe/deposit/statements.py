"""What headers and entries of the register state, one thing after the other, and which of it has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from lxml import etree

from teipipe.deposit.comparing import gaps

#: As many characters of a statement are shown, and as many things of one kind are listed.
_SHOWN: Final = 160
_LISTED: Final = 200

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is stated: where (names of elements), in which words, with which attributes, on which line.

    `inside` is the markup in its words.
    """

    path: str
    words: str
    attributes: tuple[tuple[str, str], ...]
    inside: tuple[str, ...]
    line: int

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two statements the same."""
        return self.words, self.attributes, self.inside


@dataclass(frozen=True, slots=True)
class Restated:
    """A statement that has changed: `was` is "" if it is new, `now` if it is gone; `line` is that of the file it is in.

    Both are shortened.
    """

    path: str
    was: str
    now: str
    line: int


def first(things: Iterable[_Thing]) -> tuple[tuple[_Thing, ...], int]:
    """The first of things that may be without end, and how many there are."""
    stream = iter(things)
    kept = tuple(islice(stream, _LISTED))
    return kept, len(kept) + sum(1 for _ in stream)


def name_of(element: etree._Element) -> str:
    """An element's local name."""
    return str(element.tag).rpartition("}")[2]


def elements_of(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements in another one, without comments and instructions."""
    return (child for child in element if isinstance(child.tag, str))


def statements(element: etree._Element, path: str = "") -> Iterator[Statement]:
    """Yield what an element states: its parts that have words of their own, or nothing inside them."""
    if has_words(element) or next(elements_of(element), None) is None:
        yield statement(element, path)
        return
    if element.attrib:
        yield Statement(path or name_of(element), "", attributes_of(element), (), element.sourceline or 0)
    for child in elements_of(element):
        yield from statements(child, f"{path}/{name_of(child)}" if path else name_of(child))


def statement(element: etree._Element, path: str) -> Statement:
    """An element with all that is in it as one statement."""
    inside = tuple(
        "".join([name_of(part), *(f" {name}={value}" for name, value in attributes_of(part))])
        for part in element.iter("*")
        if part is not element
    )
    words = " ".join(str(element.xpath("string()")).split())
    return Statement(path, words, attributes_of(element), inside, element.sourceline or 0)


def attributes_of(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """The attributes in order of their names, with values in which the amount of white space doesn't matter."""
    return tuple(
        sorted((_attribute(str(name)), " ".join(str(value).split())) for name, value in element.attrib.items())
    )


def restated(old: Iterable[Statement], new: Iterable[Statement]) -> Iterator[Restated]:
    """Yield which statements have changed, by the paths that they have in common."""
    before: dict[str, list[Statement]] = {}
    after: dict[str, list[Statement]] = {}
    for found, where in ((old, before), (new, after)):
        for one in found:
            where.setdefault(one.path, []).append(one)
    for path in {**before, **after}:
        yield from _changed(path, before.get(path, []), after.get(path, []))


def _changed(path: str, old: list[Statement], new: list[Statement]) -> Iterator[Restated]:
    for begin, end, start, stop in gaps([one.content for one in old], [one.content for one in new]):
        for number in range(max(end - begin, stop - start)):
            was = old[begin + number] if begin + number < end else None
            now = new[start + number] if start + number < stop else None
            shown = _shown(was, now)
            yield Restated(path, *shown, now.line if now is not None else was.line if was is not None else 0)


def _shown(was: Statement | None, now: Statement | None) -> tuple[str, str]:
    """Both in words: with their attributes only if these are what differs."""
    if was is None or now is None:
        return _alone(was), _alone(now)
    if was.words != now.words:
        return _short(was.words), _short(now.words)
    if was.attributes != now.attributes:
        return _short(_written(was, now)), _short(_written(now, was))
    return f"{_short(was.words)} (other markup)", f"{_short(now.words)} (other markup)"


def _alone(one: Statement | None) -> str:
    return "" if one is None else _short(one.words or _written(one))


def _written(one: Statement, other: Statement | None = None) -> str:
    """The attributes, and the words; beside another one only the attributes that it doesn't have like this."""
    known = () if other is None else other.attributes
    shown = [f'{name}="{value}"' for name, value in one.attributes if (name, value) not in known]
    return " ".join([*shown, one.words]).strip()


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _attribute(name: str) -> str:
    namespace, _, local = name.removeprefix("{").rpartition("}")
    return f"xml:{local}" if namespace.endswith("/XML/1998/namespace") else local


def has_words(element: etree._Element) -> bool:
    """Whether an element has words of its own, beside those of its children."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
