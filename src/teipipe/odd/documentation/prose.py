"""The words of an ODD as HTML: TEI as people write it in such files; only what is known becomes markup.

What stands on the page is text: no markup of the file goes through, links lead where a reader may be led, and what is
nested deeper than any text is shown as its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from teipipe.odd.documentation.examples import block, example
from teipipe.odd.documentation.names import NAMED, Names, linked
from teipipe.odd.markup import Html, joined, tag, words
from teipipe.odd.model import EXAMPLES_NS, TEI_NS, XML_NS

#: Deeper than this, elements are nothing but their words.
_DEPTH: Final = 40
_INLINE: Final[Mapping[str, str]] = {
    "hi": "em", "emph": "em", "foreign": "i", "title": "cite", "term": "dfn", "code": "code", "ident": "code",
    "val": "code", "name": "span", "abbr": "abbr",
}  # fmt: skip
_AROUND: Final[Mapping[str, tuple[str, str]]] = {
    "q": ("“", "”"),
    "quote": ("“", "”"),
    "soCalled": ("‘", "’"),
    "mentioned": ("‘", "’"),
}
_SPECS: Final[Mapping[str, str]] = {
    "elementSpec": "element",
    "classSpec": "class",
    "macroSpec": "macro",
    "dataSpec": "datatype",
}
#: What has its place further down, or above: specifications, the title. And what is of another vocabulary.
_SILENT: Final = frozenset(
    {"", "titlePage", "schemaSpec", *_SPECS, "moduleSpec", "constraintSpec", "constraintDecl", "moduleRef",
     "elementRef", "classRef", "macroRef", "dataRef"}
)  # fmt: skip
_DIVISIONS: Final = frozenset({"div", *(f"div{number}" for number in range(1, 8)), "front", "body", "back"})
#: An address with a scheme that a reader may be led to, or one without any.
_ADDRESS: Final = re.compile(r"(https?://|mailto:)[^\s\\]+|(?![/\\]{2})[^\s:\\]+([/?#][^\s\\]*)?", re.IGNORECASE)


def local(element: etree._Element) -> str:
    """The name of a TEI element (or of an example); "" for anything else."""
    name = str(element.tag) if isinstance(element.tag, str) else ""
    space, _, found = name.rpartition("}")
    return found if space in (f"{{{TEI_NS}", f"{{{EXAMPLES_NS}") else ""


class Prose:
    """Writes prose. `describe` says in one line what a specification is about; headings begin at `level`."""

    def __init__(self, names: Names, describe: Callable[[str, str], Html]) -> None:
        self.names = names
        self.describe = describe
        self._blocks: Mapping[str, Callable[[etree._Element, int], Html]] = {
            "list": self._list,
            "table": self._table,
            "eg": lambda element, _: block(words("".join(_texts(element)))),
            "egXML": lambda element, _: example(element),
            "specGrp": self._group,
            "specGrpRef": self._group_reference,
            "specList": self._list,
            "p": self.flow,
            "ab": self.flow,
            "figure": lambda element, depth: tag("div", self.flow(element, depth), class_="figure"),
            "note": lambda element, depth: tag("div", self.flow(element, depth), class_="note"),
            "remarks": self.flow,
            "exemplum": self.flow,
        }

    def division(self, element: etree._Element, level: int, depth: int = 0) -> Html:
        """A div, or the body of a text: its heading at this level, its content, its parts one level lower."""
        if depth > _DEPTH:
            return tag("p", words(" ".join("".join(_texts(element)).split())))
        parts: list[Html] = []
        for child in element.iterchildren("*"):
            name = local(child)
            if name == "head":
                heading = tag(f"h{min(level, 6)}", self.inline(child))
                parts.append(heading)
            elif name in _DIVISIONS:
                parts.append(self.division(child, level + 1, depth + 1))
            elif name not in _SILENT:
                parts.append(self._block(child, depth + 1))
        identifier = element.get(f"{{{XML_NS}}}id")
        anchor = self.names.anchor("section", identifier) if identifier else None
        return tag("section", *parts, id=anchor) if local(element).startswith("div") else joined(parts)

    def flow(self, element: etree._Element, depth: int = 0) -> Html:
        """Paragraphs, lists and the rest of an element that may hold blocks among its words."""
        parts: list[Html] = []
        run: list[Html] = [words(element.text or "")]

        def close() -> None:
            if "".join(run).strip():
                parts.append(tag("p", *run))
            run.clear()

        for child in element.iterchildren():
            if self._is_block(child):
                close()
                parts.append(self._block(child, depth + 1))
            elif isinstance(child.tag, str):
                run.append(self._phrase(child, depth + 1))
            run.append(words(child.tail or ""))
        close()
        return joined(parts)

    def inline(self, element: etree._Element, depth: int = 0) -> Html:
        """The content of an element as words of one line."""
        parts = [words(element.text or "")]
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                parts.append(self._phrase(child, depth + 1))
            parts.append(words(child.tail or ""))
        return Html(" ".join(joined(parts).split()))

    def _is_block(self, element: etree._Element) -> bool:
        name = local(element)
        if name == "quote":
            return any(local(child) in self._blocks for child in element.iterchildren("*"))
        return name in self._blocks

    def _block(self, element: etree._Element, depth: int) -> Html:
        if depth > _DEPTH:
            return tag("p", words("".join(_texts(element))))
        writer = self._blocks.get(local(element))
        if writer is not None:
            return writer(element, depth)
        inside = self.flow(element, depth)
        return tag("blockquote", inside) if local(element) == "quote" else inside

    def _list(self, element: etree._Element, depth: int) -> Html:
        children = [(local(child), child) for child in element.iterchildren("*")]
        heads = [tag("p", self.inline(child), class_="head") for name, child in children if name == "head"]
        is_glossary = any(name == "label" for name, _ in children)
        items: list[Html] = []
        for name, child in children:
            if name == "label":
                items.append(tag("dt", self.inline(child)))
            elif name == "item":
                items.append(tag("dd" if is_glossary else "li", self._cell(child, depth)))
            elif name == "specDesc":
                items.append(tag("li", self._phrase(child, depth + 1)))
            elif name not in ("", "head"):
                items.append(tag("dd" if is_glossary else "li", self._block(child, depth + 1)))
        is_ordered = "ordered" in element.get("type", "") + element.get("rend", "")
        kind = "dl" if is_glossary else "ol" if is_ordered else "ul"
        return joined([*heads, tag(kind, *items)]) if items else joined(heads)

    def _cell(self, element: etree._Element, depth: int) -> Html:
        """The content of an item or a cell: words if that is all, else blocks."""
        has_blocks = any(self._is_block(child) for child in element.iterchildren("*"))
        return self.flow(element, depth + 1) if has_blocks else self.inline(element, depth + 1)

    def _table(self, element: etree._Element, depth: int) -> Html:
        rows: list[Html] = []
        caption = [tag("caption", self.inline(child)) for child in element.iterchildren(f"{{{TEI_NS}}}head")][:1]
        for row in element.iterchildren(f"{{{TEI_NS}}}row"):
            cells = [
                tag("th" if "label" in (row.get("role"), cell.get("role")) else "td", self._cell(cell, depth))
                for cell in row.iterchildren(f"{{{TEI_NS}}}cell")
            ]
            rows.append(tag("tr", *cells))
        return tag("div", tag("table", *caption, *rows), class_="wide", tabindex="0", role="region", aria_label="Table")

    def _group(self, element: etree._Element, depth: int) -> Html:
        """What a group specifies, with its words; the specifications themselves stand below."""
        parts: list[Html] = []
        rows: list[Html] = []
        for child in element.iterchildren("*"):
            kind, ident = _SPECS.get(local(child)), child.get("ident", "").strip()
            if kind is None:
                parts.append(self._block(child, depth + 1) if self._is_block(child) else Html(""))
            elif self.names.anchor(kind, ident):
                name = tag("dt", self.names.link(kind, ident))
                rows.append(tag("div", name, tag("dd", self.describe(kind, ident))))
        identifier = element.get(f"{{{XML_NS}}}id")
        anchor = self.names.anchor("section", identifier) if identifier else None
        if rows:
            parts.append(tag("dl", *rows, class_="glance"))
        return tag("div", *parts, id=anchor)

    def _group_reference(self, element: etree._Element, depth: int) -> Html:
        target = element.get("target", "").strip()
        anchor = self.names.anchor("section", target.removeprefix("#")) if target.startswith("#") else None
        return Html("") if anchor is None else tag("p", tag("a", words(target[1:]), href=f"#{anchor}"))

    def _phrase(self, element: etree._Element, depth: int) -> Html:
        if depth > _DEPTH:
            return words("".join(_texts(element)))
        name = local(element)
        if name in ("gi", "specDesc"):
            ident = (element.get("key") or "".join(_texts(element))).strip()
            return linked(self.names.find(ident, "element", *NAMED), ident)
        if name == "att":
            return tag("code", words("@" + "".join(_texts(element)).strip()))
        if name == "tag":
            return tag("code", words(f"<{''.join(_texts(element)).strip()}>"))
        if name in ("ref", "ptr"):
            return self._link(element, depth)
        if name in _AROUND:
            before, after = _AROUND[name]
            return joined([words(before), self.inline(element, depth), words(after)])
        if name in ("lb", "graphic", "index"):
            return Html("<br>") if name == "lb" else Html("")
        inside = self._kept(element, depth)
        return tag(_INLINE[name], inside) if name in _INLINE else inside

    def _kept(self, element: etree._Element, depth: int) -> Html:
        """The content of a phrase, spaces at its ends included."""
        text = "".join(_texts(element))
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        return Html(f"{before}{self.inline(element, depth)}{after}")

    def _link(self, element: etree._Element, depth: int) -> Html:
        target = element.get("target", "").strip()
        inside = self._kept(element, depth)
        if not inside.strip():
            inside = words(target)
        if target.startswith("#"):
            anchor = self.names.find(target[1:], "section", "element", *NAMED)
            return inside if anchor is None else tag("a", inside, href=f"#{anchor}")
        return tag("a", inside, href=target) if _ADDRESS.fullmatch(target) else inside


def _texts(element: etree._Element) -> Iterator[str]:
    """The words in an element, comments left out; however deep."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield node.text or ""
        elif node is not element:
            yield node.tail or ""
