"""Elements of a header, as values, and the lines that they are written as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Attributes = tuple[tuple[str, str], ...]

#: Lines are no longer than this where there are blanks to divide them at.
WIDTH: Final = 120

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
#: What can't stand in an attribute as it is: what would end it, and blanks that are not kept, or are taken for words'.
_NOT_IN_VALUES: Final = re.compile(r'[&<>"]|[^\S ]')
_TAG: Final = re.compile("<[^>]*>")
#: Stands for the blanks in tags while lines are divided at the others; no document has it.
_JOINT: Final = "\0"


def escaped(text: str) -> str:
    """Text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4096)
def attributes_of(attributes: Attributes) -> str:
    """Attributes as they stand in a start tag, with a blank before each."""
    return "".join([f' {name}="{_value(value)}"' for name, value in attributes])


def _value(value: str) -> str:
    return _NOT_IN_VALUES.sub(lambda match: _ESCAPES.get(match[0]) or f"&#{ord(match[0])};", value)


@lru_cache(maxsize=4096)
def joined_attributes(attributes: Attributes) -> str:
    """The same for a tag within text that `filled` divides: not at these blanks."""
    return attributes_of(attributes).replace(" ", _JOINT)


@dataclass(frozen=True, slots=True)
class Element:
    """An element: text and elements in it, in order; `is_fixed` if it is the same in all documents."""

    name: str
    attributes: Attributes = ()
    content: tuple[Element | str, ...] = ()
    is_fixed: bool = False

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
    return _lines_once(element, level) if element.is_fixed else _lines(element, level)


@lru_cache(maxsize=64)
def _lines_once(element: Element, level: int) -> list[str]:
    return _lines(element, level)


def _lines(element: Element, level: int) -> list[str]:
    start = f"<{element.name}{element.attribute_text()}>"
    if not element.content:
        return [f"{'  ' * level}{start[:-1]}/>"]
    children = [each for each in element.content if isinstance(each, Element)]
    if len(children) < len(element.content) or element.name == "person":
        content = "".join(escaped(each) if isinstance(each, str) else each.inline() for each in element.content)
        if element.name == "rendition":  # blanks in its string count
            return [f"{'  ' * level}{start}{content}</{element.name}>"]
        content = _TAG.sub(lambda match: match[0].replace(" ", _JOINT), content) if "<" in content else content
        return [filled(start, content, f"</{element.name}>", level)]
    inside = [line for child in children for line in lines_of(child, level + 1)]
    return [f"{'  ' * level}{start}", *inside, f"{'  ' * level}</{element.name}>"]


def filled(start: str, content: str, end: str, level: int) -> str:
    """An element as lines that are not too long, divided at blanks of its text, which come to one each.

    Tags in it have `joined_attributes`.
    """
    content = " ".join(content.split())
    indent = "  " * level
    width = WIDTH - len(indent)
    if len(start) + len(content) <= width:
        return f"{indent}{start}{content.replace(_JOINT, ' ')}{end}"
    text = start.replace(" ", _JOINT) + content
    first = _line(width).match(text)
    if first is None:
        return f"{indent}{start}{end}"
    parts = [first[1], *_line(width - 2).findall(text, first.end())]
    divided = f"\n{indent}  ".join(parts)
    return f"{indent}{divided}{end}".replace(_JOINT, " ")


@lru_cache(maxsize=256)
def _line(width: int) -> re.Pattern[str]:
    """What fits on a line: as many words as are not too long together, at least one."""
    return re.compile(rf"(.{{1,{max(width, 1)}}}|[^ ]+)(?: |\Z)")
