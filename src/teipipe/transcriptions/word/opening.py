"""Opens DOCX by python-docx, after a look at what is in the archive: nothing is unpacked that is too much or active."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teipipe.errors import UnreadableError

if TYPE_CHECKING:
    from lxml import etree

#: More than any transcript has: files in the archive, bytes of one file of XML, of all files.
_MOST_FILES: Final = 2_000
_MOST_XML: Final = 60_000_000
_MOST_BYTES: Final = 400_000_000

_DOCTYPE: Final = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_TYPES: Final = "[Content_Types].xml"
_SAVE: Final = "open it in a word processor and save it once more as DOCX"
_INSTALL: Final = "pip install 'teipipe[docx]'"
#: What a main part may be instead of a document, by what its content type has in it.
_OTHERS: Final = (
    ("macroEnabled", "it is a document with macros (.docm)"),
    ("template", "it is a template (.dotx)"),
    ("spreadsheet", "it is a spreadsheet (.xlsx)"),
    ("presentation", "it is a presentation (.pptx)"),
)


@dataclass(frozen=True)
class WordParts:
    """What is read of a DOCX file: the roots of its parts, None for those that it lacks.

    `footers` are headers and footers by the ids of their relations; `links` the targets of hyperlinks.
    """

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    comments: etree._Element | None = None
    settings: etree._Element | None = None
    footers: dict[str, etree._Element] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def open_word(raw: bytes, path: Path) -> WordParts:
    """The parts of a DOCX file; raises UnreadableError."""
    _look_into(raw, path)
    try:
        from docx.package import Package
    except ImportError:
        raise UnreadableError(
            "reading DOCX needs python-docx, which isn't installed", path=path, help=_INSTALL
        ) from None
    try:
        package = Package.open(BytesIO(raw))
        main = package.main_document_part
        return _parts(main, path)
    except UnreadableError:
        raise
    except Exception as error:  # python-docx lets pass whatever comes of a broken package
        reason = _reason(raw)
        raise UnreadableError(reason or "it is no DOCX file, or a damaged one", path=path, help=_SAVE) from error


def _look_into(raw: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            files = archive.infolist()
            names = {file.filename for file in files}
            if _TYPES not in names:
                raise UnreadableError("it is a zip archive, but no DOCX file", path=path, help="unpack it")
            _refuse_excess(files, path)
            for file in files:
                if _is_xml(file.filename) and _DOCTYPE.search(archive.read(file)):
                    message = f"{file.filename} in it declares entities, which no word processor writes"
                    raise UnreadableError(message, path=path, help=f"don't trust it; or {_SAVE}")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, LookupError) as error:
        raise UnreadableError(
            "it is a damaged DOCX file", path=path, help="get it once more from where it comes"
        ) from error
    except Exception as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("it is a damaged DOCX file", path=path, help=_SAVE) from error


def _refuse_excess(files: list[zipfile.ZipInfo], path: Path) -> None:
    if any(file.flag_bits & 1 for file in files):
        raise UnreadableError("files in it are encrypted", path=path, help="save it without a password")
    too_long = next((file for file in files if _is_xml(file.filename) and file.file_size > _MOST_XML), None)
    if len(files) > _MOST_FILES:
        message = f"there are {len(files):,} files in it, more than {_MOST_FILES:,}"
    elif too_long is not None:
        message = f"{too_long.filename} in it unpacks to more than {_MOST_XML:,} bytes"
    elif sum(file.file_size for file in files) > _MOST_BYTES:
        message = f"it unpacks to more than {_MOST_BYTES:,} bytes"
    else:
        return
    raise UnreadableError(message, path=path, help="divide the document, or save it without pictures")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _reason(raw: bytes) -> str:
    """Why a package can't be read that is otherwise whole, if that is known."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            relations = archive.read("_rels/.rels")
    except Exception:
        return ""
    if b"purl.oclc.org/ooxml" in relations:
        return "it is in the Strict form of Open XML, which is not read"
    return ""


def _parts(main: Any, path: Path) -> WordParts:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    kind = main.content_type
    if kind != CONTENT_TYPE.WML_DOCUMENT_MAIN:
        reason = next((reason for sign, reason in _OTHERS if sign in kind), "its main part is no document")
        raise UnreadableError(reason, path=path, help="save it as a document (.docx)")
    related = {
        name: _root_of_first(main, getattr(RELATIONSHIP_TYPE, name.upper()))
        for name in ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")
    }
    inner = [(key, relation) for key, relation in main.rels.items() if not relation.is_external]
    footers = {
        key: _root(relation.target_part)
        for key, relation in inner
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    }
    links = {
        key: str(relation.target_ref)
        for key, relation in main.rels.items()
        if relation.is_external and relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    return WordParts(_root(main), footers=footers, links=links, **related)


def _root_of_first(main: Any, kind: str) -> etree._Element | None:
    for relation in main.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return _root(relation.target_part)
    return None


def _root(part: Any) -> etree._Element:
    """The outermost element of a part; those that python-docx has no class for are parsed by its parser here."""
    from docx.opc.part import XmlPart
    from docx.oxml.parser import parse_xml

    root: etree._Element = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    return root
