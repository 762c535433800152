"""Examples as a reader of the page sees them: XML, its tags coloured, its margin taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipipe.escaping import escape, quoteattr
from teipipe.odd.markup import Html, tag, words
from teipipe.odd.model import EXAMPLES_NS, TEI_NS, XML_NS

_OWN: Final = frozenset({EXAMPLES_NS, TEI_NS})


def example(element: etree._Element) -> Html:
    """The content of an egXML as XML."""
    parts: list[str] = [_source(element.text)]
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if node is element:
            continue
        parts += _written(event, node)
    return block("".join(parts))


def block(text: str) -> Html:
    """Lines of code (HTML already) without their common margin."""
    return tag("pre", tag("code", Html(_without_margin(text))), class_="example")


def _written(event: str, node: etree._Element) -> Iterator[str]:
    if event in ("comment", "pi"):
        source = f"<!--{node.text or ''}-->" if event == "comment" else f"<?{node.target} {node.text or ''}?>"  # type: ignore[attr-defined]
        yield from (tag("i", words(source)), _source(node.tail))
        return
    is_empty = not (node.text or len(node))
    if event == "start":
        attributes = "".join(_attributes(node))
        yield f'<span class="tag">&lt;{words(_name(str(node.tag), node))}</span>{attributes}'
        yield '<span class="tag">/&gt;</span>' if is_empty else '<span class="tag">&gt;</span>'
        yield _source(node.text)
    else:
        if not is_empty:
            yield f'<span class="tag">&lt;/{words(_name(str(node.tag), node))}&gt;</span>'
        yield _source(node.tail)


def _attributes(node: etree._Element) -> Iterator[str]:
    parent = node.getparent()
    above = {} if parent is None else parent.nsmap
    for prefix, uri in node.nsmap.items():
        if uri not in _OWN and above.get(prefix) != uri:
            yield _attribute(f"xmlns:{prefix}" if prefix else "xmlns", uri)
    for name, value in node.attrib.items():
        yield _attribute(_name(name, node), value)


def _attribute(name: str, value: str) -> str:
    return f' <span class="att">{words(name)}</span>=<span class="value">{words(quoteattr(value))}</span>'


def _source(text: str | None) -> Html:
    """Text as it is written in XML."""
    return words(escape(text or ""))


def _name(name: str, node: etree._Element) -> str:
    qualified = etree.QName(name)
    space, local = qualified.namespace, qualified.localname
    if not space or space in _OWN:
        return local
    if space == XML_NS:
        return f"xml:{local}"
    prefix = next((prefix for prefix, uri in node.nsmap.items() if uri == space and prefix), None)
    return f"{prefix}:{local}" if prefix else local


def _without_margin(text: str) -> str:
    lines = text.expandtabs(4).split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    first = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    margin = min([*margins, *([first] if first else [])], default=0)
    return "\n".join(line[min(margin, len(line) - len(line.lstrip())) :].rstrip() for line in lines)
