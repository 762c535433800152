"""Content models and datatypes as people write them: in the compact syntax of RELAX NG, each name a link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from teipipe.odd import schema
from teipipe.odd.documentation.names import NAMED, Names
from teipipe.odd.markup import Html, joined, tag, words
from teipipe.odd.schema import Pattern

#: Characters of a line; what is longer is broken at its signs.
_WIDTH: Final = 66
_TAGS: Final = re.compile(r"<[^>]*>")
_ENTITY: Final = re.compile(r"&[^;]*;")
_SIGNS: Final[Mapping[type, str]] = {schema.Group: ",", schema.Choice: " |", schema.Interleave: " &"}
_TIMES: Final = {(0, 1): "?", (0, None): "*", (1, None): "+"}


class Patterns:
    """Writes patterns; an element is called as documents call it."""

    def __init__(self, names: Names, elements: Mapping[str, schema.Element]) -> None:
        self.names = names
        self.elements = elements

    def block(self, pattern: Pattern) -> Html:
        """The pattern as lines."""
        return tag("pre", tag("code", Html("\n".join(self._lines(pattern)))), class_="model")

    def phrase(self, pattern: Pattern) -> Html:
        """The pattern on one line."""
        return tag("code", self._line(pattern), class_="model")

    def _lines(self, pattern: Pattern) -> list[str]:
        line = self._line(pattern)
        if _length(line) <= _WIDTH:
            return [line]
        match pattern:
            case schema.Group(items) | schema.Choice(items) | schema.Interleave(items):
                sign = words(_SIGNS[type(pattern)])
                if all(isinstance(item, (schema.Child, schema.Value, schema.Named, schema.Chars)) for item in items):
                    return self._filled(items, sign)
                blocks = [self._inner(item, pattern) for item in items]
                return [*(line for block in blocks[:-1] for line in (*block[:-1], block[-1] + sign)), *blocks[-1]]
            case schema.Repeat(item, minimum, maximum):
                return _wrapped("(", self._lines(item), ")" + _times(minimum, maximum))
            case schema.Tokens(item):
                return _wrapped("list {", self._lines(item), "}")
            case _:
                return [line]

    def _inner(self, item: Pattern, outer: Pattern) -> list[str]:
        lines = self._lines(item)
        is_mixed = isinstance(item, tuple(_SIGNS)) and type(item) is not type(outer)
        if not is_mixed:
            return lines
        return [f"({lines[0]})"] if len(lines) == 1 else _wrapped("(", lines, ")")

    def _filled(self, items: tuple[Pattern, ...], sign: str) -> list[str]:
        """Names one after the other, as many to a line as there is room for."""
        lines: list[str] = []
        width = 0
        for number, item in enumerate(items):
            part = self._line(item) + (sign if number < len(items) - 1 else "")
            length = _length(part)
            if lines and width + 1 + length <= _WIDTH:
                lines[-1] += f" {part}"
                width += 1 + length
            else:
                lines.append(part)
                width = length
        return lines

    def _line(self, pattern: Pattern) -> Html:
        match pattern:
            case schema.Child(key):
                anchor, shown = self.names.anchor("element", key), words(self.elements[key].name)
                return shown if anchor is None else tag("a", shown, href=f"#{anchor}")
            case schema.Named(ident):
                anchor = self.names.find(ident, *NAMED)
                return words(ident) if anchor is None else tag("a", words(ident), href=f"#{anchor}", class_="set")
            case schema.Repeat(item, minimum, maximum):
                inner = self._line(item)
                if isinstance(item, (*_SIGNS, schema.Repeat)):
                    inner = Html(f"({inner})")
                return Html(inner + _times(minimum, maximum))
            case schema.Group(items) | schema.Choice(items) | schema.Interleave(items):
                parts = [self._line(item) for item in items]
                mixed = [isinstance(item, tuple(_SIGNS)) for item in items]
                return joined(
                    (Html(f"({part})") if inner else part for part, inner in zip(parts, mixed, strict=True)),
                    _SIGNS[type(pattern)] + " ",
                )
            case schema.Tokens(item):
                return Html(f"{_word('list')} {{ {self._line(item)} }}")
            case _:
                return _leaf(pattern)


def _leaf(pattern: Pattern) -> Html:
    match pattern:
        case schema.Chars():
            return _word("text")
        case schema.Nothing():
            return _word("empty")
        case schema.Value(value):
            return _value(value)
        case schema.Data(name, facets):
            written = [Html(f"{words(facet)} = {_value(value)}") for facet, value in facets]
            return Html(f"xsd:{words(name)}" + (f" {{ {' '.join(written)} }}" if written else ""))
        case schema.Wildcard(without, only):
            return _anything(without, only)
        case _:
            return _word("notAllowed")


def _anything(without: tuple[tuple[str, str | None], ...], only: tuple[str, ...]) -> Html:
    text = "any element"
    if only:
        text += f" of {', '.join(only)}"
    if without:
        text += f" except {', '.join(name if name is not None else f'all of {space}' for space, name in without)}"
    return tag("span", words(text), class_="any")


def _word(keyword: str) -> Html:
    return tag("b", words(keyword))


def _value(value: str) -> Html:
    quote = "'" if '"' in value else '"'
    return tag("span", words(f"{quote}{value}{quote}"), class_="value")


def _times(minimum: int, maximum: int | None) -> str:
    most = "" if maximum is None else str(maximum)
    return _TIMES.get((minimum, maximum)) or (
        "{" + (f"{minimum}" if most == str(minimum) else f"{minimum},{most}") + "}"
    )


def _wrapped(before: str, lines: list[str], after: str) -> list[str]:
    return [before, *(f"  {line}" for line in lines), after]


def _length(line: str) -> int:
    return len(_ENTITY.sub("x", _TAGS.sub("", line)))
