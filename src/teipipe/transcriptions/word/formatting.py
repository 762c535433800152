"""What a run looks like: its own properties, those of its styles, and those of styles that these are based on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.names import W, child_value, is_on, number, value

if TYPE_CHECKING:
    from lxml import etree

#: The switches that styles turn on and off by turns (17.7.3), and the kinds of marks that they make.
_TOGGLES: Final[dict[object, str]] = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}smallCaps": "small-caps",
    f"{W}caps": "caps",
    f"{W}strike": "strike",
    f"{W}dstrike": "strike",
    f"{W}vanish": "hidden",
}
_LINE: Final = f"{W}u"
_POSITION: Final = f"{W}vertAlign"
_VERTICAL: Final = {"superscript": "superscript", "subscript": "subscript"}
#: Styles may be based on each other in a circle.
_DEPTH: Final = 30

Look = frozenset[str]


class Styles:
    """The styles of a document, and what they say."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root
        self._looks: dict[tuple[str, str], dict[str, bool]] = {}
        self._plain: dict[tuple[str, str], Look] = {}
        self._headings: dict[str, int | None] = {}

    @cached_property
    def _styles(self) -> dict[str, etree._Element]:
        found = [] if self._root is None else self._root.findall(f"{W}style")
        return {style.get(f"{W}styleId", ""): style for style in found}

    @cached_property
    def _default(self) -> str:
        for name, style in self._styles.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                return name
        return ""

    @cached_property
    def _defaults(self) -> etree._Element | None:
        return None if self._root is None else self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, name: str) -> list[etree._Element]:
        """A style and those that it is based on, in this order."""
        found: list[etree._Element] = []
        while name in self._styles and len(found) < _DEPTH:
            style = self._styles[name]
            found.append(style)
            name = child_value(style, "basedOn")
        return found

    def of_paragraph(self, properties: etree._Element | None) -> str:
        """The style that a paragraph has."""
        return child_value(properties, "pStyle") or self._default

    def numbering(self, name: str) -> tuple[str, int, str]:
        """The id of the numbering that a style has, its level, and the id of the style that says it; "" if none."""
        for style in self.chain(name):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None and child_value(found, "numId"):
                return child_value(found, "numId"), number(child_value(found, "ilvl"), -1), style.get(f"{W}styleId", "")
        return "", 0, ""

    def heading(self, properties: etree._Element | None) -> int | None:
        """The level of a heading, from 1; 0 for the title of the whole; None if a paragraph is no heading."""
        if properties is not None and (own := properties.find(f"{W}outlineLvl")) is not None:
            return _outline(own)
        name = self.of_paragraph(properties)
        if name not in self._headings:
            self._headings[name] = self._heading(name)
        return self._headings[name]

    def _heading(self, style_name: str) -> int | None:
        for style in self.chain(style_name):
            name = child_value(style, "name").lower()
            if name == "title" and style.get(f"{W}styleId") == style_name:
                return 0
            if name.startswith("heading ") and name[8:].isdigit():
                return min(int(name[8:]), 9)
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return _outline(level)
        return None

    def look(self, properties: etree._Element | None, paragraph: str, *, is_link: bool = False) -> Look:
        """The kinds of marks that a run has; "hidden" if it isn't to be seen."""
        character = "" if properties is None else child_value(properties, "rStyle")
        key = (paragraph, character)
        if key not in self._looks:
            self._looks[key] = self._styled(paragraph, character)
            self._plain[key] = _shown(self._looks[key])
        if properties is None and not is_link:
            return self._plain[key]
        shown = dict(self._looks[key])
        if is_link:
            shown["underline"] = False  # it says that there is a link, no more
        if properties is not None:
            shown |= _own(properties)
        return _shown(shown)

    def _styled(self, paragraph: str, character: str) -> dict[str, bool]:
        """What is so by the styles: of two that turn the same switch on, one takes back what the other does."""
        above, inside = self._said(paragraph), self._said(character)
        shown = _own(self._defaults) if self._defaults is not None else {}
        for kind in {*above, *inside}:
            if kind in _VERTICAL or kind == "underline":
                shown[kind] = inside.get(kind, above.get(kind, False))
            elif kind in above or kind in inside:
                shown[kind] = above.get(kind, False) != inside.get(kind, False)
        return shown

    def _said(self, name: str) -> dict[str, bool]:
        said: dict[str, bool] = {}
        for style in reversed(self.chain(name)):
            properties = style.find(f"{W}rPr")
            if properties is not None:
                said |= _own(properties)
        return said


def _shown(said: dict[str, bool]) -> Look:
    return frozenset(kind for kind, is_so in said.items() if is_so)


def _own(properties: etree._Element) -> dict[str, bool]:
    """What run properties say themselves."""
    said: dict[str, bool] = {}
    for child in properties:
        kind = _TOGGLES.get(child.tag)
        if kind is not None:
            said[kind] = is_on(child) or said.get(kind, False)
        elif child.tag == _LINE:
            said["underline"] = value(child, "single") != "none"
        elif child.tag == _POSITION:
            said |= {shown: value(child) == written for written, shown in _VERTICAL.items()}
    return said


def _outline(level: etree._Element) -> int | None:
    found = number(value(level), 9)
    return found + 1 if 0 <= found < 9 else None
