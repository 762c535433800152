"""The media types of files in a package, by their names."""

from __future__ import annotations

from typing import Final

#: What has no line here is bytes.
OTHER: Final = "application/octet-stream"

_TYPES: Final = {
    "bib": "text/x-bibtex",
    "cff": "application/yaml",
    "css": "text/css",
    "csv": "text/csv",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "odd": "application/tei+xml",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "rnc": "application/relax-ng-compact-syntax",
    "rng": "application/xml",
    "ris": "application/x-research-info-systems",
    "sch": "application/xml",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "toml": "application/toml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "xsd": "application/xml",
    "xsl": "application/xslt+xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def media_type(path: str) -> str:
    """The media type of a file of this name."""
    return _TYPES.get(path.rpartition("/")[2].rpartition(".")[2].lower(), OTHER)
