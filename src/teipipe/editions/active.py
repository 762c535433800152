"""Whether a browser would run something in a document that is opened by itself, without any page around it."""

from __future__ import annotations

from typing import Final

from lxml import etree

#: Vocabularies that browsers render wherever they meet them, with their scripts, event handlers and links.
RENDERED: Final = (
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
)

#: Elements of those, links of XLink to scripts, and the instruction by which a document brings its own stylesheet.
_FOUND: Final = etree.XPath(
    "//*[" + " or ".join(f"namespace-uri() = '{name}'" for name in RENDERED) + "]"
    " | //*[@xlink:href[contains(translate(., 'SCRIPT', 'script'), 'script')]]"
    " | //processing-instruction('xml-stylesheet')",
    namespaces={"xlink": "http://www.w3.org/1999/xlink"},
)


def active_node(root: etree._Element) -> etree._Element | None:
    """What a browser would run or render in the document of this root: its first element or instruction, if any."""
    return next(iter(_FOUND(root)), None)


def in_words(node: etree._Element) -> str:
    """What an active node is."""
    if isinstance(node, etree._ProcessingInstruction):
        return f"the instruction “{node.target}”"
    return f"the element “{etree.QName(node).localname}”"
