"""Puts the files of an e-book into its container (EPUB 3.3, section 4): the same files are the same bytes."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipipe.provenance.stamps import in_package

if TYPE_CHECKING:
    from teipipe.books.fonts import Font
    from teipipe.provenance import Statement
    from teipipe.saxon import Parameter

#: Where in the container all is that belongs to the book, and what describes it.
_FOLDER: Final = "EPUB"
_PACKAGE: Final = "package.opf"
_CONTAINER: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="{_FOLDER}/{_PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

#: The first bytes of images, and the names that the covers of e-books have.
_IMAGES: Final = ((b"\x89PNG\r\n\x1a\n", "cover.png"), (b"\xff\xd8\xff", "cover.jpg"))

_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes into an e-book beside its pages: an image for the cover, fonts, and the `family` that it is set in."""

    cover: bytes
    fonts: tuple[Font, ...] = ()
    family: str = ""

    @property
    def cover_name(self) -> str:
        """The file of the cover in the e-book, by what it is and not by what it is called; ValueError for no image."""
        name = next((name for start, name in _IMAGES if self.cover.startswith(start)), None)
        if name is None:
            raise ValueError("the cover is neither a PNG nor a JPEG image")
        return name

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Their files."""
        yield self.cover_name, self.cover
        for font in self.fonts:
            yield font.path, font.data


def parameters(book: str, enclosed: Enclosed) -> Mapping[str, Parameter]:
    """What the stylesheet needs besides the book (XML)."""
    fonts = "\n".join(f"{font.path} {font.weight} {font.style} {font.family}" for font in enclosed.fonts)
    given = {"cover": enclosed.cover_name, "fonts": fonts, "family": enclosed.family}
    return {"identifier": _identifier(book), **given}


def packaged(files: str, enclosed: Enclosed, statement: Statement | None = None) -> bytes:
    """An e-book of `files`: a `files` element (XML) of `file` elements, each with its path and its text.

    It says from what it was made, as in `statement`. Raises ValueError if that is no such thing.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as container:
        _put(container, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _put(container, "META-INF/container.xml", _CONTAINER.encode())
        for path, data in (*_texts(files), *enclosed.files()):
            if path == _PACKAGE and statement is not None:
                data = in_package(data.decode(), statement).encode()
            _put(container, f"{_FOLDER}/{path}", data)
    return result.getvalue()


def _texts(files: str) -> Sequence[tuple[str, bytes]]:
    root = etree.fromstring(files.encode(), _PARSER)
    found = [(str(file.get("path", "")), (file.text or "").encode()) for file in root.iter("file")]
    if _PACKAGE not in dict(found):
        raise ValueError(f"it has no {_PACKAGE}")
    for path, _ in found:
        if not path or PurePath(path).is_absolute() or ".." in PurePath(path).parts:
            raise ValueError(f"a file can't be “{path}”")
    return found


def _put(container: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    """A file without what changes from one machine and day to another."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    container.writestr(entry, data, compresslevel=9)


def _identifier(book: str) -> str:
    """The name of a book: by where the edition is published; else by what this state of it was made from."""
    _, root = next(iter(etree.iterparse(io.BytesIO(book.encode()), events=("start",), huge_tree=True)))
    published = root.get("site-url") or f"urn:sha256:{root.get('checksum', '')}"
    name = " ".join(filter(None, (published, *map(root.get, ("kind", "id", "lang", "volume")))))
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
