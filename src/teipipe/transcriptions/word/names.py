"""The names of WordprocessingML that are read here (ECMA-376, part 1, section 17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PICTURE_FRAME: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML: Final = "{urn:schemas-microsoft-com:vml}"

_OFF: Final = frozenset({"0", "false", "off", "none"})


def value(element: etree._Element | None, default: str = "") -> str:
    """Its @w:val."""
    return default if element is None else element.get(f"{W}val", default)


def child_value(element: etree._Element | None, name: str, default: str = "") -> str:
    """The @w:val of its child with this name; the default if there is none."""
    return default if element is None else value(element.find(f"{W}{name}"), default)


def switch(element: etree._Element | None, name: str) -> bool | None:
    """What a switch (17.17.4) says that is its child; None if it isn't there."""
    found = None if element is None else element.find(f"{W}{name}")
    return None if found is None else is_on(found)


def is_on(element: etree._Element) -> bool:
    """What a switch says."""
    return value(element, "1") not in _OFF


def number(written: str | None, default: int) -> int:
    """A number as written in an attribute, kept within bounds that any real one has."""
    try:
        return max(-1, min(int(written or ""), 1_000_000))
    except ValueError:
        return default


def local(element: etree._Element) -> str:
    """The local name of an element, "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: etree._Element, *names: str) -> str:
    """All text in the elements of these names, in order, with single blanks."""
    return " ".join("".join(_texts(element, names or ("t",))).split())


def _texts(element: etree._Element, names: tuple[str, ...]) -> Iterator[str]:
    for each in element.iter(*(f"{W}{name}" for name in (*names, "tab", "br", "cr", "p"))):
        yield " " if local(each) in ("tab", "br", "cr", "p") else each.text or ""
