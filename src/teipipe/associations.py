"""Which schemas a document names for itself: by xml-model, and by xsi:schemaLocation on its outermost element."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from teipipe.diagnostics import Location

RELAX_NG: Final = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"
OLD_SCHEMATRON: Final = "http://www.ascc.net/xml/schematron"
XSD: Final = "http://www.w3.org/2001/XMLSchema"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

#: So much of a document is looked at first; hardly any has more before its outermost element.
_HEAD: Final = 4096
_CHUNK: Final = 1 << 16

_PSEUDO_ATTRIBUTE: Final = r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')"""


@dataclass(frozen=True, slots=True)
class Association:
    """A schema that a document names.

    `href` is the address as it is written; `language` the namespace that stands for the schema's language, "" if it is
    to be told by content; `phase` one of Schematron's, "" for the schema's own; `by` is "xml-model" or
    "xsi:schemaLocation"; `place` is where it is written.
    """

    href: str
    language: str
    phase: str
    by: str
    place: Location


class _Enough(Exception):  # noqa: N818 (a signal, not an error)
    """Ends the scan: the outermost element has been seen."""


class _Prolog:
    """Collects what stands before the outermost element, and in its tag."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self.path = path
        self.found: list[Association] = []
        self.parser = expat.ParserCreate(encoding, "}")
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.element

    def place(self) -> Location:
        return Location(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def instruction(self, target: str, data: str) -> None:
        """Associating Schemas with XML documents 1.0, section 4."""
        if target != "xml-model":
            return
        values = {name: one or other for name, one, other in re.findall(_PSEUDO_ATTRIBUTE, data)}
        if "&" in data:
            from html import unescape  # its tables are large

            values = {name: unescape(value) for name, value in values.items()}
        if href := values.get("href", "").strip():
            compact = values.get("type", "") == "application/relax-ng-compact-syntax"
            language = values.get("schematypens", RELAX_NG if compact else "").strip()
            self.found.append(Association(href, language, values.get("phase", ""), "xml-model", self.place()))

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """XSD 1.1 part 1, section 4.3.2: pairs of a namespace and an address; of them, that of this element counts."""
        namespace = name.rpartition("}")[0]
        words = attributes.get(f"{XSI}}}schemaLocation", "").split()
        located = [href for uri, href in zip(words[::2], words[1::2], strict=False) if uri == namespace]
        if not namespace:
            located += attributes.get(f"{XSI}}}noNamespaceSchemaLocation", "").split()
        self.found += [Association(href, XSD, "", "xsi:schemaLocation", self.place()) for href in located]
        raise _Enough


def associations_in(data: bytes, path: Path) -> tuple[Association, ...]:
    """The schemas that a document names, in the order written; `data` is its content in UTF-8, whatever it declares.

    `path` is for their places.
    """
    if _names_none(data[:_HEAD]):
        return ()
    prolog = _Prolog(path, "UTF-8")
    try:
        for start in range(0, len(data), _CHUNK):
            prolog.parser.Parse(data[start : start + _CHUNK], False)
    except (_Enough, expat.ExpatError, ValueError, LookupError):
        pass
    return tuple(prolog.found)


def associations_of(path: Path) -> tuple[Association, ...]:
    """The schemas that the document in a file names; none if it can't be read."""
    if not os.path.isfile(path):  # noqa: PTH113 (faster; who opens a pipe waits for its writer)
        return ()
    prolog = _Prolog(path)
    try:
        with path.open("rb") as file:
            chunk = file.read(_HEAD)
            if _names_none(chunk):
                return ()
            while chunk:
                prolog.parser.Parse(chunk, False)
                chunk = file.read(_CHUNK)
    except (_Enough, expat.ExpatError, OSError, ValueError, LookupError):
        pass
    return tuple(prolog.found)


def _names_none(head: bytes) -> bool:
    """Whether the head of a document, in an encoding that has ASCII's letters, shows that no schema is named."""
    if b"\0" in head or b"xml-model" in head or b"chemaLocation" in head:
        return False
    return re.search(rb"<[^?!\s>][^<>]*>", head) is not None
