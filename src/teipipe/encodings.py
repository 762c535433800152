"""From the bytes of a file to text: which encoding it says it has, and whether it keeps its word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

#: What every parser in the pipeline reads alike (XML 1.0, section 4.3.3, demands only the first two).
_ALLOWED: Final = re.compile(r"(utf-8|utf-16(le|be)?|us-ascii|ascii|iso-8859-([1-9]|10|13|14|15|16))\Z", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^>]*")
_DECLARED: Final = re.compile(r"""\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_VERSION: Final = re.compile(r"""\sversion\s*=\s*["']([^"']*)["']""")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

#: First bytes of what is no XML text in an encoding that is read, and what it is (XML 1.0, appendix F).
_FOREIGN: Final = (
    (b"\x1f\x8b", "the file is compressed (gzip)", "unpack it"),
    (b"PK\x03\x04", "the file is a zip archive (a .docx or .odt is one, too)", "unpack it, or export it as TEI"),
    (b"%PDF-", "the file is a PDF", None),
    (b"\xff\xfe\x00\x00", "the file is in UTF-32, which is not read", "save it as UTF-8"),
    (b"\x00\x00\xfe\xff", "the file is in UTF-32, which is not read", "save it as UTF-8"),
    (b"<\x00\x00\x00", "the file is in UTF-32, which is not read", "save it as UTF-8"),
    (b"\x00\x00\x00<", "the file is in UTF-32, which is not read", "save it as UTF-8"),
    (b"\x4c\x6f\xa7\x94", "the file is in EBCDIC, which is not read", "save it as UTF-8"),
)
_NO_CHARACTERS: Final = re.compile(rb"\xef\xbf[\xbe\xbf]")
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\r")


def decode(raw: bytes, path: Path) -> tuple[bytes, Diagnostic | None]:
    """The text of an XML file, in UTF-8, and what is wrong with its encoding, or None.

    It is without byte order mark; when there is a problem it is what could be read up to there.
    """
    for first, what, advice in _FOREIGN:
        if raw.startswith(first):
            return b"", finding("wrong-encoding", what, Location(path, 1, 1), advice)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", ""))
    body = raw[len(mark) :]
    if not encoding and body[:2] in (b"<\x00", b"\x00<"):
        encoding = "utf-16-le" if body[0] else "utf-16-be"
    match = _DECLARATION.match(body[:800].decode(encoding or "latin-1", "replace"))
    declaration = match[0] if match else ""
    declared = found[1].lower() if (found := _DECLARED.search(declaration)) else ""
    problem = _version_problem(declaration, path) or _declaration_problem(declared, encoding, path)
    if problem:
        return b"", problem
    return _strictly(body, encoding or declared or "utf-8", path)


def _version_problem(declaration: str, path: Path) -> Diagnostic | None:
    match = _VERSION.search(declaration)
    if match is None or match[1] == "1.0":
        return None
    return finding(
        "unsupported-xml-version",
        f"the file declares XML {match[1]}; only XML 1.0 is read",
        Location(path, 1, 1),
        'write version="1.0", unless the text needs what only the other version has',
    )


def _declaration_problem(declared: str, found: str, path: Path) -> Diagnostic | None:
    here = Location(path, 1, 1)
    if declared and not _ALLOWED.match(declared):
        return finding("wrong-encoding", f"the declared encoding “{declared}” is not read", here, "save it as UTF-8")
    if found and declared and declared not in (found, found.replace("16-", "16"), found.rpartition("-")[0]):
        return finding(
            "wrong-encoding",
            f"the first bytes say {found.upper()}, the declaration “{declared}”",
            here,
            "declare what it is, or leave the declaration of the encoding out",
        )
    if not found and declared.startswith("utf-16"):
        return finding(
            "wrong-encoding",
            f"the declaration says “{declared}”, the bytes are not UTF-16",
            here,
            "declare the encoding that the file was saved in",
        )
    return None


def _strictly(body: bytes, encoding: str, path: Path) -> tuple[bytes, Diagnostic | None]:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        return before.encode(), _undecodable(body, error, before, encoding, path)
    data = body if encoding == "utf-8" else text.encode()
    # Looked for in the bytes, which takes a tenth of the time; only a document that has one is searched for the first.
    if len(data.translate(None, _CONTROLS)) < len(data) or _NO_CHARACTERS.search(data):
        bad = next(sign for sign in text if sign in "\ufffe\uffff" or (sign < " " and sign not in "\t\n\r"))
        where = _place(text[: text.index(bad)], path)
        return data, finding("not-well-formed", f"the character U+{ord(bad):04X} is not allowed in XML", where)
    return data, None


def _undecodable(body: bytes, error: UnicodeDecodeError, before: str, encoding: str, path: Path) -> Diagnostic:
    byte = body[error.start]
    guess, advice = "", "save the file in the encoding that it declares, best in UTF-8"
    if encoding == "utf-8":
        character = bytes([byte]).decode("cp1252", "replace")
        guess = f"; in Windows-1252 it would be “{character}”" if character.isprintable() and byte >= 0x80 else ""
        advice = "the file was saved in another encoding: save it as UTF-8"
        if not before.isascii() or any(
            ord(sign) > 0x7F and sign != "\ufffd" for sign in body.decode("utf-8", "replace")
        ):
            advice = "part of the file was saved in another encoding: put this part right, and save all of it as UTF-8"
    message = f"the byte 0x{byte:02X} is not {encoding.upper()}{guess}"
    return finding("wrong-encoding", message, _place(before, path), advice)


def _place(before: str, path: Path) -> Location:
    lines = re.split("\r\n|\n|\r", before)
    return Location(path, len(lines), len(lines[-1]) + 1)
