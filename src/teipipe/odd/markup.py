"""Writing XML that people read too: elements made in one expression, a file laid out the same way every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree


class Markup:
    """Makes elements of one namespace."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def __call__(self, tag: str, /, *parts: etree._Element | str | None, **attributes: str | None) -> etree._Element:
        """An element with these attributes (None: left out; a trailing `_` is taken off) and these children."""
        given = {key.rstrip("_"): value for key, value in attributes.items() if value is not None}
        element = etree.Element(f"{{{self.namespace}}}{tag}", given)
        for part in parts:
            if isinstance(part, str):
                element.text = part
            elif part is not None:
                element.append(part)
        return element


def document(
    root: etree._Element, namespaces: Mapping[str | None, str], comment: str, children: Iterable[etree._Element]
) -> str:
    """The text of a file: `root` with its namespace declarations and children, after a comment."""
    top = etree.Element(root.tag, root.attrib, nsmap=dict(namespaces))
    top.extend(children)
    etree.cleanup_namespaces(top, keep_ns_prefixes=[prefix for prefix in namespaces if prefix])
    body = etree.tostring(top, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {comment} -->\n{body}'
