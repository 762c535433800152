"""A document: its bytes, what a pass found in it, a tree if something needs one, and the map from node to place."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final, cast

from teipipe.attributes import WATCHED
from teipipe.diagnostics import Diagnostic, Location
from teipipe.encodings import decode
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.places import Places
from teipipe.rules import finding
from teipipe.scan import Reading, Tag, TextOffsets, read, start_tags, without_external_subset

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Sequence

    from lxml import etree

TEI_NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"

MAX_BYTES: Final = 200_000_000

_STEP: Final = re.compile(r"Q\{([^}]*)\}")


class NotParsedError(TeipipeError):
    """The tree of a document was asked for that isn't well-formed; its `problems` say why."""


class InexactError(Exception):
    """The place of a tag was asked for, and the reading knows none: the document has to be read once more."""


class Document:
    """One XML document, read once.

    `path` is how the user named it (findings show it so), `file` where it lies; `data` its content as UTF-8 without
    byte order mark, as every parser here gets it.
    """

    def __init__(self, path: Path, raw: bytes, *, file: Path | None = None) -> None:
        """Take `raw`, the bytes of the file as they are on the disk; nothing is parsed yet."""
        self.path = path
        self.file = file or path
        data, problem = decode(raw, path)
        self.data: Final = without_external_subset(data)
        self.places: Final = Places(path, self.data)
        self._reading = None if problem is None else Reading(problem)

    @classmethod
    def read(cls, path: Path, *, shown_as: Path | None = None) -> Document:
        """The document in the file `path`, shown in findings as `shown_as` (by default: as `path`).

        Raises UnreadableError if it is missing, a folder, not readable, or over the limit of size.
        """
        return cls(shown_as or path, read_bytes(path), file=path)

    @property
    def reading(self) -> Reading:
        """What a pass over it found: the plain one if nobody has supplied another."""
        if self._reading is None:
            self._reading = read(self.places, WATCHED)
        return self._reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self._reading = reading

    def read_exactly(self) -> None:
        """Read it once more, with the places of its tags; what a schema said of it stays said."""
        is_valid = self.reading.is_valid
        self._reading = read(self.places, WATCHED)
        self._reading.is_valid = is_valid

    @property
    def is_read(self) -> bool:
        """Whether its reading is there already, be it only that its encoding is wrong."""
        return self._reading is not None

    @cached_property
    def problems(self) -> list[Diagnostic]:
        """What keeps it from being parsed; empty if it is well-formed."""
        return [] if self.reading.problem is None else [self.reading.problem]

    @property
    def is_well_formed(self) -> bool:
        """Whether there is a tree."""
        return not self.problems

    @property
    def tags(self) -> Sequence[Tag]:
        """Its start tags that have a watched attribute, in document order; none if it isn't well-formed."""
        return self.reading.tags

    @cached_property
    def tree(self) -> etree._ElementTree:
        """The document as an lxml tree; entities are expanded, `xml:id`s not judged.

        Raises NotParsedError if the document isn't well-formed.
        """
        from lxml import etree

        if self.problems:
            raise NotParsedError("not well-formed", path=self.path)
        parser = etree.XMLParser(
            encoding="UTF-8",
            collect_ids=False,
            load_dtd=False,
            no_network=True,
            resolve_entities="internal",
            huge_tree=True,
            attribute_defaults=True,  # as expat has them; the external subset, which this would load, is blanked out
        )
        try:
            root = etree.fromstring(self.data, parser)
            if b"<!ENTITY" in self.data and any(self.data[offset] == 0x26 for offset in self._offsets):
                # libxml2 gives elements out of an entity no namespace; written out and read again, they have theirs.
                root = etree.fromstring(etree.tostring(root.getroottree(), encoding="UTF-8"), parser)
            return root.getroottree()
        except etree.XMLSyntaxError as error:
            # What the scan let pass and libxml2 doesn't; its place is where it gave up.
            line, column = error.position
            where = Location(self.path, max(line or 1, 1), max(column or 1, 1))
            self.problems.append(finding("not-well-formed", _first_line(error.msg), where))
            raise NotParsedError("not well-formed", path=self.path) from error

    @property
    def root(self) -> etree._Element:
        """The outermost element; raises as `tree` does."""
        return self.tree.getroot()

    @cached_property
    def _offsets(self) -> array[int]:
        return start_tags(self.data)

    @cached_property
    def _indices(self) -> dict[etree._Element, int]:
        return {element: index for index, element in enumerate(self.root.iter("*"))}

    @cached_property
    def _text_offsets(self) -> TextOffsets:
        return TextOffsets(self.data)

    def at(self, offset: int) -> Location:
        """The place of the byte `offset` of `data`."""
        return self.places.at(offset)

    def start(self, element: etree._Element) -> Location:
        """The place of the "<" of an element's start tag; of the reference if it comes out of an entity."""
        return self.at(self._offsets[self._indices[element]])

    def outermost(self) -> Location:
        """The place of the outermost element's start tag."""
        return self.at(self._offsets[0])

    def at_tag(self, tag: Tag, name: str = "", token: int | None = None) -> Location:
        """The place of a start tag; of an attribute in it or one token of its value, as `attribute` has it.

        Raises InexactError if its reading doesn't know places; `read_exactly` gives it one that does.
        """
        if not self.reading.is_exact:
            raise InexactError
        if not name:
            return self.at(tag[0])
        namespace, _, local = name.rpartition("}")
        return self.places.attribute(tag[0], (f"xml:{local}" if namespace else local,), token)

    def attribute(self, element: etree._Element, name: str, token: int | None = None) -> Location:
        """The place of an attribute's name, or of the first character of one token of its value (counted from 0).

        `name` in lxml's notation, `{namespace}local`. Falls back on the element if it isn't written in the tag.
        """
        offset = self._offsets[self._indices[element]]
        return self.places.attribute(offset, _written(name, element), token)

    def text(self, element: etree._Element, index: int = 0, *, after: bool = False) -> Location:
        """The place of a character (from 0) of the text that follows an element's start tag, or its end tag if `after`.

        That text goes up to the next tag, over comments and processing instructions. Without any, of the element.
        """
        number = self._indices[element]
        offset = self._text_offsets.offset(2 * number + after, index)
        return self.at(self._offsets[number] if offset is None else offset)

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        found = (item for element in self.root.iter("*") for item in element.nsmap.items())
        return {prefix: uri for prefix, uri in found if prefix}

    def element(self, xpath: str) -> etree._Element | None:
        """The element with this path, as lxml or fn:path write it."""
        from lxml import etree

        names = {f"_{index}": uri for index, uri in enumerate(dict.fromkeys(_STEP.findall(xpath))) if uri}
        prefixes = {uri: f"{prefix}:" for prefix, uri in names.items()}
        plain = _STEP.sub(lambda step: prefixes.get(step[1], ""), xpath)
        try:
            found = self.tree.xpath(plain, namespaces=self._prefixes | names | {"tei": TEI_NAMESPACE})
        except etree.XPathError:
            return None
        nodes = cast("list[object]", found) if isinstance(found, list) else []
        return next((node for node in nodes if isinstance(node, etree._Element) and node in self._indices), None)

    def by_path(self, xpath: str) -> Location:
        """The place of the node with this `xpath`, as lxml or fn:path write it; of the root if there is none."""
        path, slash, attribute = xpath.rpartition("/@")
        element = self.element(re.sub(r"/text\(\)(\[\d+\])?\Z", "", path if slash else xpath))
        if element is None:
            return self.start(self.root)
        return self.attribute(element, attribute.removeprefix("Q")) if slash else self.start(element)


def language_of(element: etree._Element) -> str:
    """The language that an element's words are in, "" if nothing says it."""
    languages = (above.get(f"{{{XML_NAMESPACE}}}lang") for above in (element, *element.iterancestors()))
    return next(filter(None, languages), "")


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of the file `path`; raises UnreadableError with what to do about it."""
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode):
            raise UnreadableError("is a folder, not a file", path=path)
        if not S_ISREG(status.st_mode):
            raise UnreadableError("is no ordinary file", path=path)
        with path.open("rb") as file:
            # To ask for as much as may be read takes room for that; what has no size, or has grown, has more.
            data = file.read(min(status.st_size, limit) + 1)
            if len(data) > status.st_size:
                data += file.read(limit + 1 - len(data))
    except FileNotFoundError:
        raise UnreadableError("no such file", path=path) from None
    except PermissionError:
        raise UnreadableError("no permission to read it", path=path) from None
    except (OSError, ValueError) as error:
        raise UnreadableError(getattr(error, "strerror", None) or "can't be read", path=path) from error
    if len(data) > limit:
        raise UnreadableError(f"larger than {limit:,} bytes", path=path)
    return data


def _written(name: str, element: etree._Element) -> Collection[str]:
    """How an attribute may be written on an element: its name with each prefix of its namespace."""
    namespace, _, local = name.removeprefix("{").rpartition("}")
    if not namespace:
        return (local,)
    prefixes = (
        ["xml"]
        if namespace == XML_NAMESPACE
        else [prefix for prefix, uri in element.nsmap.items() if prefix and uri == namespace]
    )
    return [f"{prefix}:{local}" for prefix in prefixes]


def _first_line(message: str | None) -> str:
    text = (message or "").partition("\n")[0].strip()
    return text[:1].lower() + text[1:] if text else "not well-formed"
