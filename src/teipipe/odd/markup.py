"""Writing XML that people read too: elements made in one expression, a file laid out the same way every time.

HTML is written as text, and its type tells it from words that aren't escaped yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final, NewType

from lxml import etree

Html = NewType("Html", str)

EMPTY: Final = Html("")
#: Characters that XML may hold, and HTML may not.
_UNSAID: Final = re.compile("[\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def words(text: str) -> Html:
    """Text as HTML has it."""
    return Html(escape(_UNSAID.sub("\ufffd", text)))


def tag(name: str, *inside: Html, **attributes: str | None) -> Html:
    """An element of HTML. Attributes whose value is None are left out; `class_` is class, `aria_label` aria-label."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{''.join(inside)}</{name}>")


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """The parts one after the other; `between` is text."""
    return Html(words(between).join(parts))


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
