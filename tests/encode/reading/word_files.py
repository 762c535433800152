"""Makes DOCX files of pieces of WordprocessingML, as word processors write them and as they don't."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
#: The parts that a document may have beside it: their outermost elements, and the names of their kinds.
_PARTS: Final = {
    "styles": ("styles", "styles"),
    "numbering": ("numbering", "numbering"),
    "footnotes": ("footnotes", "footnotes"),
    "endnotes": ("endnotes", "endnotes"),
    "comments": ("comments", "comments"),
    "settings": ("settings", "settings"),
    "header": ("hdr", "header"),
    "footer": ("ftr", "footer"),
}


def word_file(body: str, parts: Mapping[str, str] | None = None, *, main: str = MAIN, link: str = "") -> bytes:
    """A DOCX file with this body, and these parts beside it; `link` is the target of the relation "link"."""
    parts = parts or {}
    files = {
        "[Content_Types].xml": _types(parts, main),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {name: (_PARTS[name][1], f"{name}.xml") for name in parts}, link=link
        ),
    }
    for name, content in parts.items():
        root = _PARTS[name][0]
        files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
    return archive(files)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return target.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The files in a zip archive."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _types(parts: Mapping[str, str], main: str) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{_PARTS[name][1]}+xml"/>' for name in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{overrides}</Types>'
    )


def _relations(related: Mapping[str, tuple[str, str]], *, link: str = "") -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    )
    if link:
        rows += (
            f'<Relationship Id="link" Type="{_RELATION}/hyperlink" Target="{link}" TargetMode="External"/>'
            f'<Relationship Id="other" Type="{_RELATION}/attachedTemplate" Target="http://example.org/x" '
            'TargetMode="External"/>'
        )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
