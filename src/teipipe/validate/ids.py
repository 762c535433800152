"""Checks that every xml:id is a name, and that no two elements of a document have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from teipipe.attributes import XML_ID
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.scan import Tag
    from teipipe.validate.context import Context

_START: Final = (
    "A-Z_a-z\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef"
    "\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U000effff"
)
#: NCName of Namespaces in XML 1.0, with the characters of XML 1.0's fifth edition.
_NAME: Final = f"[{_START}][{_START}0-9.\\-\\xb7\\u0300-\\u036f\\u203f\\u2040]*"
#: Names in ASCII, with a blank between them; it is compiled much faster than the other.
_PLAIN: Final = re.compile("[A-Za-z_][A-Za-z0-9._-]*+(?: [A-Za-z_][A-Za-z0-9._-]*+)*+")


def is_name(text: str) -> bool:
    """Whether `text` is an NCName."""
    return " " not in text and bool(_PLAIN.fullmatch(text) or re.fullmatch(_NAME, text))


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield bad-id and duplicate-id; the latter at the second holder, with the place of the first."""
    ids = context.corpus.references(document).facts.ids
    values = [value for value, _ in ids]
    # Nearly always all are right: then they are not looked at one by one.
    together = " ".join(values)
    if len(set(values)) == len(values) == together.count(" ") + 1 and _PLAIN.fullmatch(together):
        return
    first: dict[str, Tag] = {}
    for value, tag in ids:
        identifier = value.strip()
        if value != identifier or not is_name(identifier):
            where = document.at_tag(tag, XML_ID, 0)
            yield finding("bad-id", f"“{value}” can't be an xml:id: {_reason(value)}", where, _advice(identifier))
        elif identifier in first:
            yield finding(
                "duplicate-id",
                f"the xml:id “{identifier}” is taken",
                document.at_tag(tag, XML_ID, 0),
                "give one of the two another id, and mend what points to it",
                related=((document.at_tag(first[identifier], XML_ID, 0), "the first one"),),
            )
        first.setdefault(identifier, tag)


def _reason(value: str) -> str:
    if not value.strip():
        return "it is empty"
    if value != value.strip():
        return "there are blanks around it"
    if re.search(r"\s", value):
        return "there is a blank in it"
    if not is_name(value[0]):
        return "it begins with a digit" if value[0].isdigit() else f"it begins with “{value[0]}”"
    bad = next(sign for sign in value if not is_name(f"a{sign}"))
    return f"there is “{bad}” in it"


def _advice(identifier: str) -> str:
    usable = re.sub(r"\s+", "-", identifier)
    usable = "".join(sign if is_name(f"a{sign}") else "-" for sign in usable).strip("-.")
    if usable and not is_name(usable[0]):
        usable = f"n{usable}"
    return (
        f"write for instance “{usable}”" if usable else "begin with a letter; letters, digits, “-”, “_” and “.” follow"
    )
