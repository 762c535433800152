"""The files of a schema: what it includes and imports, each inside the project; which version of the language it is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from teipipe.documents import XML_NAMESPACE, Document, NotParsedError, read_bytes
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import absolute, is_inside

if TYPE_CHECKING:
    from lxml import etree

XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_VERSIONING: Final = "{http://www.w3.org/2007/XMLSchema-versioning}minVersion"
_LINKS: Final = tuple(f"{XSD}{name}" for name in ("include", "import", "redefine", "override"))
#: A documented limit: files of one schema.
MAX_FILES: Final = 1000

#: What only XSD 1.1 has, by which a schema is told that doesn't say its version (XSD 1.1 part 1, appendix G).
_NEW_ELEMENTS: Final = frozenset(
    f"{XSD}{name}" for name in ("assert", "assertion", "alternative", "openContent", "defaultOpenContent", "override")
) | {f"{XSD}explicitTimezone"}
_NEW_ATTRIBUTES: Final = frozenset(
    ("notNamespace", "notQName", "defaultAttributes", "defaultAttributesApply", "xpathDefaultNamespace", "inheritable")
) | {"appliesToEmpty"}
_NEW_TYPES: Final = frozenset(("anyAtomicType", "dateTimeStamp", "dayTimeDuration", "yearMonthDuration", "error"))


class Files:
    """The files of the schema `document`, which may take in others in the folder `root` and below, each read once."""

    def __init__(self, document: Document, root: Path) -> None:
        """Raises SchemaError at the line that leads to a file which can't be taken in."""
        opened(document)
        self.root = absolute(root)
        self.home = absolute(document.file)
        self.documents: dict[Path, Document] = {self.home: document}
        todo = [self.home]
        while todo:
            file = todo.pop()
            for target in self._targets(file):
                if target not in self.documents:
                    self.documents[target] = self._read(file, target)
                    todo.append(target)

    @property
    def is_1_1(self) -> bool:
        """Whether it is XSD 1.1: it says so by vc:minVersion, or uses what 1.0 doesn't have."""
        return any(_is_newer(document.root) for document in self.documents.values())

    @property
    def checksum(self) -> str:
        """The SHA-256 of all files, the schema itself first, the others by their paths."""
        total = hashlib.sha256()
        others = sorted(
            (os.path.relpath(file, self.home.parent).replace(os.sep, "/"), file)
            for file in self.documents
            if file != self.home
        )
        for file in (self.home, *(file for _, file in others)):
            total.update(hashlib.sha256(self.documents[file].data).digest())
        return f"sha256:{total.hexdigest()}"

    def _targets(self, file: Path) -> Iterator[Path]:
        document = self.documents[file]
        for link in document.root.iterchildren(*_LINKS):
            location = (link.get("schemaLocation") or "").strip()
            # The namespace of xml:lang and xml:id is known; its schema is never fetched.
            is_known = link.get("namespace") == XML_NAMESPACE and "://" in location
            if location and not is_known:
                yield self._target(file, link, location)

    def _target(self, file: Path, link: etree._Element, location: str) -> Path:
        document = self.documents[file]
        where = document.attribute(link, "schemaLocation", 0)
        try:
            parts = urlsplit(location)
        except ValueError:
            raise SchemaError(f"“{location}” is no address", where) from None
        if parts.scheme or parts.netloc:
            advice = "put a copy beside the schema: nothing is fetched, and schemas take in only files of the project"
            raise SchemaError(f"“{location}” leads out of the project", where, help=advice)
        target = Path(os.path.normpath(file.parent / unquote(parts.path)))
        if not is_inside(target, self.root):
            advice = "schemas take in only files of the project"
            raise SchemaError(f"“{location}” leads out of the project", where, help=advice)
        return target

    def _read(self, file: Path, target: Path) -> Document:
        document = self.documents[file]
        link = next(one for one in document.root.iterchildren(*_LINKS) if self._leads_to(file, one, target))
        where = document.attribute(link, "schemaLocation", 0)
        location = link.get("schemaLocation") or ""
        if len(self.documents) >= MAX_FILES:
            raise SchemaError(f"more than {MAX_FILES:,} files", where)
        try:
            found = Document(_beside(document.path, location), read_bytes(target), file=target)
        except UnreadableError as error:
            raise SchemaError(f"“{location}” can't be read: {error.message}", where) from error
        opened(found)
        if found.root.tag != f"{XSD}schema":
            raise SchemaError(f"“{location}” is no XSD", where)
        return found

    def _leads_to(self, file: Path, link: etree._Element, target: Path) -> bool:
        location = urlsplit((link.get("schemaLocation") or "").strip())
        return Path(os.path.normpath(file.parent / unquote(location.path))) == target


def opened(document: Document) -> None:
    """Have a schema parsed; raises SchemaError if it isn't well-formed."""
    try:
        document.root  # noqa: B018 (asked for is parsed)
    except NotParsedError as error:
        problem = document.problems[0]
        raise SchemaError(f"not well-formed: {problem.message}", problem.location, help=problem.help) from error


def _beside(path: Path, location: str) -> Path:
    return Path(os.path.normpath(path.parent / unquote(urlsplit(location.strip()).path)))


def _is_newer(root: etree._Element) -> bool:
    for element in root.iter(f"{XSD}*"):
        try:
            if Decimal(element.get(_VERSIONING) or "1.0") >= Decimal("1.1"):
                return True
        except InvalidOperation:
            pass
        if element.tag in _NEW_ELEMENTS or not _NEW_ATTRIBUTES.isdisjoint(element.keys()) or _is_wider_all(element):
            return True
        kind = element.get("type") or element.get("base") or element.get("itemType") or ""
        prefix, _, local = kind.strip().rpartition(":")
        if local in _NEW_TYPES and f"{{{element.nsmap.get(prefix or None)}}}" == XSD:
            return True
    return False


def _is_wider_all(element: etree._Element) -> bool:
    """Whether it stands in an xs:all and may do so only since 1.1."""
    parent = element.getparent()
    if parent is None or parent.tag != f"{XSD}all":
        return False
    return element.tag in (f"{XSD}any", f"{XSD}group") or element.get("maxOccurs", "1").strip() not in ("0", "1")
