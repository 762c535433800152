"""Elements of a header, as values, and the lines that they are written as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Attributes = tuple[tuple[str, str], ...]

#: Lines are no longer than this where there are blanks to divide them at.
WIDTH: Final = 120

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_WORD: Final = re.compile(r"(?:[^<\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|<[^>]*>)+")


def escaped(text: str) -> str:
    """Text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attributes_of(attributes: Attributes) -> str:
    """Attributes as they stand in a start tag, with a blank before each."""
    return "".join([f' {name}="{_value(value)}"' for name, value in attributes])


def _value(value: str) -> str:
    return re.sub('[&<>"\n\t]', lambda match: _ESCAPES[match[0]], value)


@dataclass(frozen=True, slots=True)
class Element:
    """An element: text and elements in it, in order."""

    name: str
    attributes: Attributes = ()
    content: tuple[Element | str, ...] = ()

    def attribute_text(self) -> str:
        """Its attributes as in a start tag."""
        return attributes_of(self.attributes)

    def inline(self) -> str:
        """The element on one line."""
        content = "".join(escaped(each) if isinstance(each, str) else each.inline() for each in self.content)
        start = f"<{self.name}{self.attribute_text()}"
        return f"{start}>{content}</{self.name}>" if content else f"{start}/>"


def lines_of(element: Element, level: int) -> list[str]:
    """An element as indented lines: one each for elements in it, filled ones for what has words of its own."""
    start = f"<{element.name}{element.attribute_text()}>"
    children = [each for each in element.content if isinstance(each, Element)]
    if not element.content:
        return [f"{'  ' * level}{start[:-1]}/>"]
    if len(children) < len(element.content) or element.name == "person":
        content = "".join(escaped(each) if isinstance(each, str) else each.inline() for each in element.content)
        if element.name == "rendition":  # blanks in its string count
            return [f"{'  ' * level}{start}{content}</{element.name}>"]
        return filled(start, content, f"</{element.name}>", level)
    inside = [line for child in children for line in lines_of(child, level + 1)]
    return [f"{'  ' * level}{start}", *inside, f"{'  ' * level}</{element.name}>"]


def filled(start: str, content: str, end: str, level: int) -> list[str]:
    """An element as lines that are not too long, divided at blanks of its text, which come to one each."""
    indent = "  " * level
    words = _WORD.findall(content)
    line, lines = f"{indent}{start}{words[0] if words else ''}", []
    for word in words[1:]:
        if len(line) + len(word) >= WIDTH:
            lines.append(line)
            line = f"{indent}  {word}"
        else:
            line = f"{line} {word}"
    lines.append(line + end)
    return lines
