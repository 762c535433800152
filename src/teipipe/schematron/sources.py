"""The files that a schema is made of, read here, below one folder, so that the compiler reads none."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipipe.associations import OLD_SCHEMATRON, SCHEMATRON
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document, NotParsedError, read_bytes
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import absolute, is_inside
from teipipe.rules import finding
from teipipe.saxon import NAMESPACE

#: Documented limits: bytes of one file, files in all, and how deep one may include the next.
MAX_BYTES: Final = 20_000_000
MAX_FILES: Final = 1000
MAX_DEPTH: Final = 100
#: Characters of one expression, its literals not counted, and how deep its brackets may be nested: with a multiple of
#: that, the processor ends the process.
MAX_EXPRESSION: Final = 20_000
MAX_BRACKETS: Final = 500

_LITERAL: Final = re.compile(r""" "[^"]*" | '[^']*' """, re.VERBOSE)
_STAMP: Final = f"{{{NAMESPACE}}}at"
_LINKS: Final = frozenset((f"{{{SCHEMATRON}}}include", f"{{{SCHEMATRON}}}extends"))


@dataclass(slots=True)
class _File:
    """One file of a schema, where it lies, and which files it takes in, by the element that does so."""

    document: Document
    file: Path
    elements: list[etree._Element]
    is_embedded: bool
    targets: dict[etree._Element, int] = field(default_factory=dict)


class Sources:
    """A schema's files, the schema itself being the first."""

    def __init__(self, path: Path, root: Path) -> None:
        """Read the schema `path` and what it includes below `root`; raises SchemaError, at the place that is wrong."""
        self.path = path
        self.warnings: list[Diagnostic] = []
        self._root = absolute(root)
        self._files: list[_File] = []
        self._numbers: dict[Path, int] = {}
        try:
            raw = read_bytes(path, MAX_BYTES)
        except UnreadableError as error:
            raise SchemaError(error.message, Location(path), help=error.help) from error
        self._take(raw, path, absolute(path), ())

    @cached_property
    def checksum(self) -> str:
        """Over the bytes of all files, each with its length, in the order in which they were met."""
        total = hashlib.sha256()
        for file in self._files:
            total.update(b"%d:" % len(file.document.data))
            total.update(file.document.data)
        return f"sha256:{total.hexdigest()}"

    @property
    def files(self) -> list[Path]:
        """Where its files lie, absolute, in the order in which they were met."""
        return [file.file for file in self._files]

    def place(self, stamp: str, attribute: str = "") -> Location:
        """The place of an element, by its stamp, or of one of its attributes."""
        number, _, index = stamp.partition(".")
        file = self._files[int(number)]
        element = file.elements[int(index)]
        if attribute:
            return file.document.attribute(element, attribute)
        return file.document.start(element)

    def text(self) -> str:
        """All files as one document, as the compiler wants it (xslt/schematron/compile.xsl)."""
        whole = etree.Element(f"{{{NAMESPACE}}}files", nsmap={"tp": NAMESPACE})
        for number, file in enumerate(self._files):
            part = etree.SubElement(whole, f"{{{NAMESPACE}}}file", n=str(number))
            if file.is_embedded:
                part.set("is-embedded", "")
            for index, element in enumerate(file.elements):
                for name in [name for name in element.attrib if str(name).startswith(f"{{{NAMESPACE}}}")]:
                    del element.attrib[name]
                element.set(_STAMP, f"{number}.{index}")
            for element, target in file.targets.items():
                element.set(f"{{{NAMESPACE}}}target", str(target))
                fragment = urlsplit(element.get("href", "")).fragment
                if fragment:
                    element.set(f"{{{NAMESPACE}}}fragment", fragment)
        # Written out one by one: moved into one tree, elements would lose what tells their place.
        texts = (etree.tostring(file.elements[0], encoding="unicode", with_tail=False) for file in self._files)
        head, *parts = etree.tostring(whole, encoding="unicode").split("<tp:file ")
        files = (part.replace("/>", f">{text}</tp:file>", 1) for part, text in zip(parts, texts, strict=True))
        return head + "".join(f"<tp:file {file}" for file in files)

    def _take(self, raw: bytes, path: Path, file: Path, above: tuple[Path, ...]) -> int:
        document = Document(path, raw, file=file)
        elements = _elements(document)
        _refuse_namespace(document, elements)
        _refuse_huge(document, elements)
        self._modernise(document, elements)
        is_embedded = not str(elements[0].tag).startswith(f"{{{SCHEMATRON}}}") and not above
        if not above and not any(str(one.tag).startswith(f"{{{SCHEMATRON}}}") for one in elements):
            raise SchemaError("there is no Schematron in it", document.outermost())
        if not above and not is_embedded and elements[0].tag != f"{{{SCHEMATRON}}}schema":
            name = etree.QName(elements[0]).localname
            raise SchemaError(f"the outermost element is “{name}”, not “schema”", document.outermost())
        one = _File(document, file, elements, is_embedded)
        number = self._numbers[file] = len(self._files)
        self._files.append(one)
        if len(self._files) > MAX_FILES or len(above) > MAX_DEPTH:
            raise SchemaError(f"more than {MAX_FILES} files, or {MAX_DEPTH} within each other", document.outermost())
        for element in _links(one):
            one.targets[element] = self._follow(one, element, (*above, file))
        return number

    def _modernise(self, document: Document, elements: list[etree._Element]) -> None:
        """Take the names of Schematron 1.5 for those of the standard, with a warning."""
        old = [element for element in elements if str(element.tag).startswith(f"{{{OLD_SCHEMATRON}}}")]
        for element in old:
            element.tag = f"{{{SCHEMATRON}}}{etree.QName(element).localname}"
        if old:
            message = "this is Schematron 1.5, older than the standard"
            help = f'change its namespace to "{SCHEMATRON}"'
            self.warnings.append(finding("doubtful-schema", message, document.start(old[0]), help))

    def _follow(self, one: _File, element: etree._Element, above: tuple[Path, ...]) -> int:
        """The number of the file that `element` takes in."""
        href = element.get("href", "")
        try:
            parts = urlsplit(href)
        except ValueError:
            raise _wrong(one, element, f"“{href}” is no address") from None
        target = Path(os.path.normpath(one.file.parent / unquote(parts.path))) if parts.path else one.file
        if parts.scheme or parts.netloc or not is_inside(target, self._root):
            raise _wrong(one, element, f"“{href}” leads out of the project", "schemas include only files of it")
        if target in above:
            raise _wrong(one, element, f"“{href}” includes itself")
        if target not in self._numbers:
            try:
                raw = read_bytes(target, MAX_BYTES)
            except UnreadableError as error:
                raise _wrong(one, element, f"“{href}” can't be read: {error.message}") from error
            shown = one.document.path.parent / unquote(parts.path)
            self._take(raw, shown, target, above)
        number = self._numbers[target]
        if parts.fragment and not any(
            parts.fragment in (found.get("id"), found.get("{http://www.w3.org/XML/1998/namespace}id"))
            for found in self._files[number].elements
        ):
            raise _wrong(one, element, f"nothing in “{parts.path}” has the id “{parts.fragment}”")
        return number


def _elements(document: Document) -> list[etree._Element]:
    """All elements of a schema's file; raises SchemaError if it isn't well-formed."""
    try:
        return list(document.root.iter("*"))
    except NotParsedError:
        problem = document.problems[0]
        raise SchemaError(problem.message, problem.location, help=problem.help) from None


def _refuse_namespace(document: Document, elements: list[etree._Element]) -> None:
    """Raise SchemaError if a schema names the namespace of our program: it could make it say or do something else."""
    if NAMESPACE not in etree.tostring(elements[0], encoding="unicode"):
        return
    found = document.data.find(NAMESPACE.encode())
    where = document.at(found) if found >= 0 else document.outermost()
    declared = next((one for one in elements if one.get("uri") == NAMESPACE), None)
    if declared is not None:
        where = document.attribute(declared, "uri")
    raise SchemaError(f"the namespace “{NAMESPACE}” is the program's own", where)


def _refuse_huge(document: Document, elements: list[etree._Element]) -> None:
    """Raise SchemaError if an expression is larger than the processor stands."""
    for element in elements:
        for name, value in element.items():
            bare = _LITERAL.sub("", value) if len(value) > MAX_BRACKETS else ""
            if len(bare) > MAX_EXPRESSION:
                message = f"longer than {MAX_EXPRESSION:,} characters"
            elif _nesting(bare) > MAX_BRACKETS:
                message = f"brackets are nested more than {MAX_BRACKETS} deep"
            else:
                continue
            raise SchemaError(message, document.attribute(element, name))


def _nesting(expression: str) -> int:
    steps = (1 if sign in "([{" else -1 for sign in expression if sign in "([{)]}")
    return max(accumulate(steps), default=0)


def _wrong(one: _File, element: etree._Element, message: str, help: str | None = None) -> SchemaError:
    return SchemaError(message, one.document.attribute(element, "href"), help=help)


def _links(one: _File) -> Iterator[etree._Element]:
    for element in one.elements:
        if element.tag in _LINKS and element.get("href") is not None:
            yield element
