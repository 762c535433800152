"""A document: its bytes, a tree made when something needs it, and the one map from node to line and column."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, cast
from xml.parsers import expat

from lxml import etree

from teipipe.diagnostics import Diagnostic, Location
from teipipe.encodings import decode
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.rules import finding

TEI_NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"

#: Documented limits, the smallest of what expat, libxml2 and Saxon's parser allow each, so that all see the same.
MAX_BYTES: Final = 200_000_000
MAX_DEPTH: Final = 250
MAX_ATTRIBUTES: Final = 200
MAX_NAME: Final = 1000

_LINE_END = re.compile(rb"\r\n|\n|\r")
_ATTRIBUTE = re.compile(r"""([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TOKEN = re.compile(r"[^ \t\r\n]+")

_AMPLIFICATION: Final = 43  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH; pyexpat gives it no name in Python 3.11
_EXPAT_HELP: Final[Mapping[int, str]] = {
    3: "the file ends before all its elements are closed: is it cut off?",
    4: "a “<” or “&” of the text is written &lt; or &amp;",
    5: "the file ends before all its elements are closed",
    7: "each start tag needs its end tag, and the inner one closes first",
    8: "an attribute may stand only once on an element",
    9: "only comments may follow the end tag of the outermost element",
    11: "declare the entity, or write the character itself (UTF-8 holds them all)",
    12: "an entity must not contain itself, not even through others",
    27: 'declare the prefix: xmlns:prefix="…"',
}


class NotParsedError(TeipipeError):
    """The tree of a document was asked for that isn't well-formed; its `problems` say why."""


class Document:
    """One XML document, read once.

    `path` is how the user named it (findings show it so); `data` its content as UTF-8 without byte order mark, as
    every parser here gets it; `problems` what kept it from being parsed (empty if it is well-formed).
    """

    def __init__(self, path: Path, raw: bytes) -> None:
        """Take `raw`, the bytes of the file as they are on the disk."""
        self.path = path
        text, problem = decode(raw, path)
        self.data: Final = text.encode("utf-8")
        self.problems: list[Diagnostic] = [problem] if problem else []
        self._offsets = array("Q")
        if not problem:
            self.problems += _Scan(self).run()

    @classmethod
    def read(cls, path: Path, *, shown_as: Path | None = None) -> Document:
        """The document in the file `path`, shown in findings as `shown_as` (by default: as `path`).

        Raises UnreadableError if it is missing, a folder, not readable, or over the limit of size.
        """
        return cls(shown_as or path, read_bytes(path))

    @property
    def is_well_formed(self) -> bool:
        """Whether there is a tree."""
        return not self.problems

    @cached_property
    def tree(self) -> etree._ElementTree:
        """The document as an lxml tree; entities are expanded, `xml:id`s not judged.

        Raises NotParsedError if the document isn't well-formed.
        """
        if self.problems:
            raise NotParsedError("not well-formed", path=self.path)
        parser = etree.XMLParser(encoding="UTF-8", collect_ids=False, no_network=True, huge_tree=True)
        try:
            return etree.ElementTree(etree.fromstring(self.data, parser))
        except etree.XMLSyntaxError as error:
            # Names outside the fourth edition of XML 1.0 and the like: whatever the scan let pass, Saxon would refuse.
            self.problems.append(finding("not-well-formed", error.msg or "not well-formed", self._at_line(error)))
            raise NotParsedError("not well-formed", path=self.path) from error

    @property
    def root(self) -> etree._Element:
        """The outermost element; raises as `tree` does."""
        return self.tree.getroot()

    @cached_property
    def _elements(self) -> dict[etree._Element, int]:
        return {element: index for index, element in enumerate(self.root.iter("*"))}

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.data))]

    def at(self, offset: int) -> Location:
        """The place of the byte `offset` of `data`."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        return Location(self.path, line, len(self.data[start:offset].decode("utf-8", "replace")) + 1)

    def start(self, element: etree._Element) -> Location:
        """The place of the "<" of an element's start tag."""
        return self.at(self._offsets[self._elements[element]])

    def attribute(self, element: etree._Element, name: str, token: int | None = None) -> Location:
        """The place of an attribute's name, or of the first character of one token of its value (counted from 0).

        `name` in lxml's notation, `{namespace}local`. Falls back on the element if it isn't written in the tag.
        """
        offset = self._offsets[self._elements[element]]
        tag = self.data[offset : self._tag_end(offset)].decode("utf-8")
        local = name.rpartition("}")[2]
        for match in _ATTRIBUTE.finditer(tag):
            written = match[1]
            if written != local and written.rpartition(":")[2] != local:
                continue
            if "}" not in name and ":" in written:
                continue
            begin = match.start(1)
            if token is not None:
                group = 2 if match[2] is not None else 3
                begin = match.start(group)
                tokens = list(_TOKEN.finditer(match[group]))
                if token < len(tokens):
                    begin += tokens[token].start()
            return self.at(offset + len(tag[:begin].encode("utf-8")))
        return self.at(offset)

    def by_path(self, xpath: str) -> Location:
        """The place of the node with this `xpath` (as lxml or fn:path write it); of the root if there is none."""
        try:
            found = self.tree.xpath(_prefixed(xpath), namespaces=_namespaces(xpath))
        except etree.XPathError:
            found = []
        nodes = [node for node in cast("list[object]", found) if isinstance(node, etree._Element)] if found else []
        return self.start(nodes[0] if nodes else self.root)

    def _tag_end(self, offset: int) -> int:
        quote = 0
        for index in range(offset, len(self.data)):
            byte = self.data[index]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == 0x3E:  # ">"
                return index + 1
        return len(self.data)

    def _at_line(self, error: etree.XMLSyntaxError) -> Location:
        line, column = error.position
        return Location(self.path, max(line or 1, 1), max(column or 1, 1))


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of the file `path`; raises UnreadableError with what to do about it."""
    try:
        if path.is_dir():
            raise UnreadableError("is a folder, not a file", path=path)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise UnreadableError("no such file", path=path) from None
    except PermissionError:
        raise UnreadableError("no permission to read it", path=path) from None
    except OSError as error:
        raise UnreadableError(error.strerror or "can't be read", path=path) from error
    if len(data) > limit:
        raise UnreadableError(f"larger than {limit:,} bytes", path=path)
    return data


class _Scan:
    """One pass of expat: is it well-formed, and at which byte does each element start?"""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parser = expat.ParserCreate("UTF-8", "}")
        self.depth = 0
        self.problem: Diagnostic | None = None
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.ExternalEntityRefHandler = self.external
        self.parser.SkippedEntityHandler = self.skipped
        self.parser.ordered_attributes = True

    def run(self) -> list[Diagnostic]:
        try:
            self.parser.Parse(self.document.data, True)
        except _Stop:
            pass
        except expat.ExpatError as error:
            self.problem = self.problem or self.translate(error)
        return [self.problem] if self.problem else []

    @property
    def here(self) -> Location:
        return self.document.at(max(self.parser.CurrentByteIndex, 0))

    def stop(self, rule: str, message: str, help: str | None = None) -> None:
        self.problem = finding(rule, message, self.here, help)
        raise _Stop

    def start(self, name: str, attributes: list[str]) -> None:
        self.document._offsets.append(self.parser.CurrentByteIndex)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.stop("limit-exceeded", f"elements are nested more than {MAX_DEPTH} deep")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            self.stop("limit-exceeded", f"“{name[:60]}” has more than {MAX_ATTRIBUTES} attributes")
        if len(name.rpartition("}")[2]) > MAX_NAME:
            self.stop("limit-exceeded", f"a name is longer than {MAX_NAME} characters")

    def end(self, name: str) -> None:
        self.depth -= 1

    def external(self, context: str, base: str | None, system: str | None, public: str | None) -> int:
        name = context.rpartition("\f")[2]
        self.stop(
            "external-entity",
            f"entity “{name}” stands for another file, “{system}”",
            "put the text itself into the document; other files are never read",
        )
        return 0

    def skipped(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity:
            self.stop("undefined-entity", f"entity “{name}” is not declared in this document", _EXPAT_HELP[11])

    def translate(self, error: expat.ExpatError) -> Diagnostic:
        where = self.document.at(min(max(self.parser.ErrorByteIndex, 0), len(self.document.data)))
        if error.code == _AMPLIFICATION:
            return finding("entity-bomb", "its entities expand to far more text than the file holds", where)
        if error.code == 11:
            return finding("undefined-entity", self._quote_entity(), where, _EXPAT_HELP[11])
        message = expat.ErrorString(error.code) or "not well-formed"
        if not self.document.data.strip():
            return finding("not-well-formed", "the file is empty", Location(self.document.path, 1, 1))
        return finding("not-well-formed", message, where, _EXPAT_HELP.get(error.code))

    def _quote_entity(self) -> str:
        after = self.document.data[self.parser.ErrorByteIndex :][:80].decode("utf-8", "replace")
        match = re.match(r"&([^;\s]+);", after)
        return f"entity “{match[1]}” is not declared" if match else "an entity is not declared"


class _Stop(Exception):  # noqa: N818 (a signal, not an error)
    """Ends the scan from inside a handler; the problem is kept in the scan."""


def _prefixed(xpath: str) -> str:
    """`xpath` with the `Q{uri}name` of fn:path as `n0:name`."""
    uris = list(dict.fromkeys(re.findall(r"Q\{([^}]*)\}", xpath)))
    for index, uri in enumerate(uris):
        xpath = xpath.replace(f"Q{{{uri}}}", f"n{index}:" if uri else "")
    return xpath


def _namespaces(xpath: str) -> dict[str, str]:
    uris = list(dict.fromkeys(re.findall(r"Q\{([^}]*)\}", xpath)))
    return {f"n{index}": uri for index, uri in enumerate(uris) if uri} or {"tei": TEI_NAMESPACE}
