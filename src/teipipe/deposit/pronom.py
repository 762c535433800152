"""Which format a file has: by its name and by what is in it, with PRONOM's identifier (PUID) where both are certain.

The identifiers, names and signatures are those of PRONOM's signature file 109 (December 2022), the one that the package
opf-fido carries. What isn't certain by it has its MIME type alone, and a note that says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from teipipe.bags import Item
from teipipe.documents import TEI_NAMESPACE

#: What PRONOM's signatures look at is near the start, apart from the metadata of a PDF and the chunks of a PNG.
_HEAD: Final = 4096
#: As much of a file is searched for these.
_LONGEST: Final = 64_000_000
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name and version as PRONOM has them, its MIME type, its PUID ("" if none is certain), a note."""

    name: str
    version: str = ""
    mime: str = "application/octet-stream"
    puid: str = ""
    note: str = ""


_XML: Final = Format("Extensible Markup Language", "1.0", "application/xml", "fmt/101")
_XML_11: Final = replace(_XML, version="1.1", puid="fmt/1776")
_TEI: Final = Format("TEI P5 - Single Text File", "P5", "application/tei+xml", "fmt/1476")
_CORPUS: Final = Format("TEI P5 XML - Corpus File", "P5", "application/tei+xml", "fmt/1477")
_XSD: Final = Format("XML Schema Definition", "", "application/xml", "x-fmt/280")
_PLAIN: Final = Format("Plain Text File", "", "text/plain", "x-fmt/111")

#: Text formats without a signature of their own: certain by their ending if what is in them is text.
_TEXTS: Final = {
    "txt": _PLAIN,
    "css": Format("Cascading Style Sheet", "", "text/css", "x-fmt/224"),
    "csv": Format("Comma Separated Values", "", "text/csv", "x-fmt/18"),
    "js": Format("JavaScript file", "", "text/javascript", "x-fmt/423"),
    "md": Format("Markdown", "", "text/markdown", "fmt/1149"),
    "yaml": Format("YAML", "", "application/yaml", "fmt/818"),
    "yml": Format("YAML", "", "application/yaml", "fmt/818"),
    "py": Format("Python Script File", "", "text/x-python", "fmt/938"),
    "dtd": Format("Document Type Definition", "", "application/xml-dtd", "x-fmt/315"),
}

#: Those that PRONOM doesn't know, or knows under no such ending.
_UNKNOWN: Final = {
    "toml": Format("TOML", "", "application/toml"),
    "rnc": Format("RELAX NG, compact syntax", "", "application/relax-ng-compact-syntax"),
    "typ": Format("Typst", "", "text/plain"),
    "ris": Format("RIS", "", "application/x-research-info-systems"),
    "cff": Format("Citation File Format (YAML)", "", "application/yaml"),
}

#: Vocabularies in XML that PRONOM has no signature for: they are XML to it, and their note says what they are.
_VOCABULARIES: Final = {
    "http://www.w3.org/1999/XSL/Transform": "XSLT",
    "http://relaxng.org/ns/structure/1.0": "RELAX NG, XML syntax",
    "http://purl.oclc.org/dsdl/schematron": "Schematron",
    "http://www.w3.org/2005/Atom": "Atom",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "Sitemap",
    "http://www.loc.gov/premis/v3": "PREMIS 3",
    "http://datacite.org/schema/kernel-4": "DataCite 4",
    "http://www.openarchives.org/OAI/2.0/oai_dc/": "Dublin Core (oai_dc)",
}

_PDF_A: Final = {
    ("1", "A"): "fmt/95",
    ("1", "B"): "fmt/354",
    ("2", "A"): "fmt/476",
    ("2", "B"): "fmt/477",
    ("2", "U"): "fmt/478",
    ("3", "A"): "fmt/479",
    ("3", "B"): "fmt/480",
    ("3", "U"): "fmt/481",
}
_PDF: Final = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
#: What begins in a way that only one format does.
_SIGNATURES: Final = (
    (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", Format("ePub format", "", "application/epub+zip", "fmt/483")),
    (rb"PK\x03\x04", Format("ZIP Format", "", "application/zip", "x-fmt/263")),
    (rb"\x1f\x8b\x08", Format("GZIP Format", "", "application/gzip", "x-fmt/266")),
    (rb"GIF87a", Format("Graphics Interchange Format", "87a", "image/gif", "fmt/3")),
    (rb"GIF89a", Format("Graphics Interchange Format", "89a", "image/gif", "fmt/4")),
    (rb"\xff\xd8\xff\xe0..JFIF\x00\x01\x00", Format("JPEG File Interchange Format", "1.00", "image/jpeg", "fmt/42")),
    (rb"\xff\xd8\xff\xe0..JFIF\x00\x01\x01", Format("JPEG File Interchange Format", "1.01", "image/jpeg", "fmt/43")),
    (rb"\xff\xd8\xff\xe0..JFIF\x00\x01\x02", Format("JPEG File Interchange Format", "1.02", "image/jpeg", "fmt/44")),
    (rb"RIFF.{4}WEBPVP8 ", Format("WebP", "Lossy", "image/webp", "fmt/566")),
    (rb"RIFF.{4}WEBPVP8L", Format("WebP", "Lossless", "image/webp", "fmt/567")),
    (rb"RIFF.{4}WEBPVP8X", Format("WebP", "Extended", "image/webp", "fmt/568")),
    (rb"OTTO.{8,40}CFF ", Format("OpenType Font File", "", "font/otf", "fmt/520")),
    (rb"wOFF", Format("Web Open Font Format", "1.0", "font/woff", "fmt/616")),
    (rb"wOF2", Format("Web Open Font Format", "2.0", "font/woff2", "fmt/1172")),
    (
        rb".{12,128}OS/2.{0,256}cmap.{0,256}glyf.{0,256}head.{0,256}hhea.{0,256}hmtx",
        Format("TrueType Font", "", "font/ttf", "x-fmt/453"),
    ),
)
_SIGNED: Final = tuple((re.compile(pattern, re.DOTALL), format) for pattern, format in _SIGNATURES)
_HTML: Final = re.compile(rb"(?s).{0,1024}?<!DOCTYPE html>", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s+version\s*=\s*[\"'](1\.[01])[\"']")
_IS_TEI: Final = re.compile(rb"(?s).{0,512}?TEI.{0,512}?http://www\.tei-c\.org/ns/1\.0")
_PART: Final = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
_CONFORMANCE: Final = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([A-Z])")
_BIBTEX: Final = re.compile(rb"(?s)\s*@[A-Za-z]+\{")

#: The bytes of a file, in pieces, from its start.
Pieces = Callable[[], Iterator[bytes]]


def identified(items: Iterable[Item], formats: dict[str, Format]) -> Iterator[Item]:
    """The items as they are; on the way, which format each of them has is noted in `formats`, by its path."""
    known: dict[Format, Format] = {}
    for item in items:
        format = identify(item.path, _pieces_of(item))
        # Files of one format share one value, so that ten thousand of them take no more room than their names.
        formats[item.path] = known.setdefault(format, format)
        yield item


def identify(path: str, pieces: Pieces) -> Format:
    """The format of the file at `path` (POSIX) with what is in it; raises nothing that `pieces` doesn't raise."""
    head = _head(pieces)
    ending = PurePosixPath(path).suffix.lower().lstrip(".")
    found = _signed(head, pieces) or _marked_up(head, ending) or _text(head, ending)
    return found or Format("unknown", note="neither its name nor what is in it says which format it has")


def _pieces_of(item: Item) -> Pieces:
    source = item.source

    def pieces() -> Iterator[bytes]:
        if isinstance(source, bytes):
            yield source
            return
        try:
            with source.open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        except OSError:  # copying it will say what is wrong
            return

    return pieces


def _head(pieces: Pieces) -> bytes:
    stream = pieces()
    try:
        return next(stream, b"")[:_HEAD]
    finally:
        close = getattr(stream, "close", None)
        if close is not None:
            close()


def _signed(head: bytes, pieces: Pieces) -> Format | None:
    """What begins with the signature of a format."""
    if head.startswith(b"%PDF-"):
        return _pdf(head[5:8].decode("ascii", "replace"), pieces)
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return _png(pieces)
    return next((format for signature, format in _SIGNED if signature.match(head)), None)


def _pdf(version: str, pieces: Pieces) -> Format:
    """PDF/A by what its own metadata (XMP) say of it; otherwise the version that it begins with."""
    part, conformance = _search(pieces, _PART), _search(pieces, _CONFORMANCE)
    if part:
        name = f"{part}{conformance.lower()}"
        puid = _PDF_A.get((part, conformance), "")
        note = "PDF/A by its own metadata (XMP)" + ("" if puid else "; PRONOM knew no such PDF/A in 2022")
        return Format("Acrobat PDF/A - Portable Document Format", name, "application/pdf", puid, note)
    family = "PDF 2.0" if version == "2.0" else f"Acrobat PDF {version}"
    return Format(f"{family} - Portable Document Format", version, "application/pdf", _PDF.get(version, ""))


def _png(pieces: Pieces) -> Format:
    """The version of PNG by its chunks, as PRONOM's signatures have it."""
    if _search(pieces, re.compile(rb"(iTXt)")):
        version, puid = "1.2", "fmt/13"
    elif _search(pieces, re.compile(rb"(iCCP|sPLT|sRGB)")):
        version, puid = "1.1", "fmt/12"
    else:
        version, puid = "1.0", "fmt/11"
    return Format("Portable Network Graphics", version, "image/png", puid)


def _search(pieces: Pieces, pattern: re.Pattern[bytes]) -> str:
    """What the first group of a pattern matches in a file, "" if it isn't there; matches are short."""
    before = b""
    read = 0
    for piece in pieces():
        match = pattern.search(before + piece)
        if match:
            return match[1].decode("ascii")
        before = piece[-100:]
        read += len(piece)
        if read > _LONGEST:
            break
    return ""


def _marked_up(head: bytes, ending: str) -> Format | None:
    """XML, of which PRONOM asks for a declaration, and HTML."""
    if ending in ("html", "htm") and _HTML.match(head):
        return Format("Hypertext Markup Language", "5", "text/html", "fmt/471")
    declared = _DECLARATION.match(head)
    if declared is None:
        looks = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        if not looks or ending in ("html", "htm", "md", "txt"):
            return None
        return replace(_XML, version="", puid="", note="no XML declaration says which version it is")
    if declared[1] == b"1.1":
        return _XML_11
    return _xml(head, declared.end())


def _xml(head: bytes, begin: int) -> Format:
    namespace, name, attributes = _root(head)
    if namespace == TEI_NAMESPACE:
        if name == "teiCorpus":
            return _CORPUS
        # PRONOM's signature: within 512 bytes of the declaration, and of each other.
        if name == "TEI" and _IS_TEI.match(head, begin):
            return _TEI
        return replace(_XML, note="TEI P5, where PRONOM's signature of it doesn't look")
    if name == "schema" and namespace == "http://www.w3.org/2001/XMLSchema":
        return _XSD
    puid = {"1.0": "fmt/91", "1.1": "fmt/92"}.get(attributes.get("version", "")) if name == "svg" else None
    if puid and namespace == "http://www.w3.org/2000/svg":
        return Format("Scalable Vector Graphics", attributes["version"], "image/svg+xml", puid)
    return replace(_XML, note=_VOCABULARIES.get(namespace, ""))


def _root(head: bytes) -> tuple[str, str, dict[str, str]]:
    """The namespace, the name and the attributes of the outermost element; "" if it isn't in the head of the file."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name, attributes))
        parser.StartElementHandler = None

    parser.StartElementHandler = start
    # What is wrong with it behind the first tag is for others to say.
    with suppress(expat.ExpatError, ValueError, LookupError):
        parser.Parse(head, False)
    parser.StartElementHandler = None
    name, attributes = found[0] if found else ("", {})
    namespace, _, local = name.rpartition("}")
    return namespace, local, attributes


def _text(head: bytes, ending: str) -> Format | None:
    """What is text in UTF-8 and has the ending of a format."""
    if not _is_text(head):
        return None
    if ending == "json" and head.lstrip()[:1] in (b"{", b"["):
        return Format("JSON Data Interchange Format", "", "application/json", "fmt/817")
    if ending == "bib" and _BIBTEX.match(head):
        return Format("BibTeX Database File", "", "application/x-bibtex", "fmt/1616")
    if ending in _TEXTS:
        return replace(_TEXTS[ending], note="UTF-8")
    if ending in _UNKNOWN:
        return replace(_UNKNOWN[ending], note="UTF-8; PRONOM has no entry for it, as far as is known")
    return Format("text", "", "text/plain", note="UTF-8; its ending is that of no format that is known here")


def _is_text(head: bytes) -> bool:
    """Whether this is the start of a text in UTF-8 (a character may be cut off at its end)."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == _HEAD and error.start >= len(head) - 3
    return True
