"""Files that are no text: what they are, by their first bytes, and what to do with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from teipipe.errors import UnreadableError

_SAVE_AS_TEXT: Final = "open it in a word processor, and save it as plain text (UTF-8) or as DOCX"

#: First bytes, what begins so, and what to do about it; `None` stands for nothing in particular.
_BEGINNINGS: Final = (
    (b"%PDF-", "a PDF", "extract its text (pdftotext -layout, or OCR if it holds images of pages), and encode that"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc), or one with a password", _SAVE_AS_TEXT),
    (b"{\\rtf", "RTF", _SAVE_AS_TEXT),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it (gunzip)"),
    (b"BZh", "compressed (bzip2)", "unpack it (bunzip2)"),
    (b"\xfd7zXZ\x00", "compressed (xz)", "unpack it (unxz)"),
    (b"\x28\xb5\x2f\xfd", "compressed (Zstandard)", "unpack it (unzstd)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)", "unpack it, and encode the files in it"),
    (b"Rar!\x1a\x07", "an archive (RAR)", "unpack it, and encode the files in it"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", "have its text recognised (OCR), and encode that"),
    (b"\xff\xd8\xff", "an image (JPEG)", "have its text recognised (OCR), and encode that"),
    (b"GIF87a", "an image (GIF)", "have its text recognised (OCR), and encode that"),
    (b"GIF89a", "an image (GIF)", "have its text recognised (OCR), and encode that"),
    (b"II*\x00", "an image (TIFF)", "have its text recognised (OCR), and encode that"),
    (b"MM\x00*", "an image (TIFF)", "have its text recognised (OCR), and encode that"),
    (b"\x00\x00\x00\x0cjP  ", "an image (JPEG 2000)", "have its text recognised (OCR), and encode that"),
    (b"AT&TFORM", "a DjVu file", "extract its text (djvutxt), and encode that"),
    (b"\x7fELF", "a program", None),
    (b"MZ\x90\x00", "a program", None),
    (b"\xffWPC", "a WordPerfect file", _SAVE_AS_TEXT),
    (b"SQLite format 3\x00", "a database (SQLite)", None),
)
#: What a zip archive is, by a file that it begins with or mimetype that it states.
_ZIPS: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (.odt)", _SAVE_AS_TEXT),
    (b"mimetypeapplication/epub", "an e-book (EPUB)", "take the text out of it, and encode that"),
    (b"word/", "a DOCX file", "name it .docx"),
    (b"xl/", "a spreadsheet (.xlsx)", _SAVE_AS_TEXT),
    (b"ppt/", "a presentation (.pptx)", _SAVE_AS_TEXT),
)
_ZIP: Final = b"PK\x03\x04"
#: So far into an archive are the names of its first files.
_NAMES: Final = 4096

_XML: Final = re.compile(r"\s*<(?:\?xml\s|!DOCTYPE\s+(?!html)|([A-Za-z_][\w.-]*:)?(?:TEI|teiCorpus|TEI\.2)[\s>])")
_HTML: Final = re.compile(r"\s*<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE)


def is_word(raw: bytes, path: Path) -> bool:
    """Whether a file is to be read as DOCX: an archive that is called so, or has such a document in it."""
    is_called_so = path.suffix.lower() in (".docx", ".docm", ".dotx", ".dotm")
    return raw.startswith(_ZIP) and (is_called_so or b"word/document" in raw)


def refuse_binary(raw: bytes, path: Path) -> None:
    """Raise UnreadableError if a file is no text, and say what it is."""
    if not raw:
        raise UnreadableError("the file is empty", path=path, help="is it the right one?")
    for first, what, advice in _BEGINNINGS:
        if raw.startswith(first):
            raise UnreadableError(f"is {what}, no plain text", path=path, help=advice)
    if raw.startswith(_ZIP):
        names = raw[:_NAMES] + raw[-_NAMES:]
        for sign, what, advice in _ZIPS:
            if sign in names:
                raise UnreadableError(f"is {what}, no plain text", path=path, help=advice)
        raise UnreadableError(
            "is a zip archive, no plain text", path=path, help="unpack it, and encode the files in it"
        )


def refuse_markup(text: str, path: Path) -> None:
    """Raise UnreadableError if a text is HTML or XML: its tags would be taken for words."""
    beginning = text[:_NAMES]
    if _HTML.match(beginning) or (_XML.match(beginning) and re.search("<html[ >]", beginning, re.IGNORECASE)):
        advice = "open it in a browser, and save it as plain text"
        raise UnreadableError("is HTML, no plain transcript", path=path, help=advice)
    if _XML.match(beginning):
        advice = "what is TEI already can be validated and built; of other XML, take the text out and encode that"
        raise UnreadableError("is XML, no plain transcript", path=path, help=advice)
