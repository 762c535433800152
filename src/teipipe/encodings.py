"""From the bytes of a file to text: which encoding it says it has, and whether it keeps its word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

#: What every parser in the pipeline reads alike (XML 1.0, section 4.3.3, demands only the first two).
_ALLOWED: Final = re.compile(
    r"(utf-8|utf-16(le|be)?|us-ascii|ascii|iso-8859-(1|2|3|4|5|6|7|8|9|10|13|14|15|16))\Z", re.IGNORECASE
)
_DECLARED: Final = re.compile(r"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_VERSION: Final = re.compile(r"""\s*<\?xml\s+version\s*=\s*["']([^"']*)["']""")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decode(raw: bytes, path: Path) -> tuple[str, Diagnostic | None]:
    """The text of an XML file and what is wrong with its encoding, or None.

    The text is without byte order mark; when there is a problem it is what could be read up to there.
    """
    if raw.startswith(b"\x1f\x8b"):
        return "", finding("wrong-encoding", "the file is compressed (gzip)", Location(path, 1, 1), "unpack it first")
    mark, encoding = next(((m, e) for m, e in _MARKS if raw.startswith(m)), (b"", ""))
    body = raw[len(mark) :]
    if not encoding and body[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        encoding = "utf-16-le" if body[0] == 0x3C else "utf-16-be"
    start = body[:400].decode(encoding or "latin-1", "replace")
    declared = match[1].lower() if (match := _DECLARED.match(start)) else ""
    problem = _declaration_problem(declared, encoding, start, path)
    if problem:
        return "", problem
    return _strictly(body, encoding or declared or "utf-8", path)


def _declaration_problem(declared: str, found: str, start: str, path: Path) -> Diagnostic | None:
    here = Location(path, 1, 1)
    version = match[1] if (match := _VERSION.match(start)) else "1.0"
    if version != "1.0":
        return finding("wrong-encoding", f"the file declares XML {version}; only XML 1.0 is read", here)
    if declared and not _ALLOWED.match(declared):
        return finding("wrong-encoding", f"the declared encoding “{declared}” is not read", here, "save it as UTF-8")
    if found and declared and found.split("-")[:2] != declared.replace("utf-16le", "utf-16").split("-")[:2]:
        return finding(
            "wrong-encoding",
            f"the byte order mark says {found[:6].upper()}, the declaration “{declared}”",
            here,
            "declare what it is, or leave the declaration out",
        )
    if not found and declared.startswith("utf-16"):
        return finding(
            "wrong-encoding",
            f"the declaration says “{declared}”, the bytes are not UTF-16",
            here,
            "declare the encoding that the file was saved in",
        )
    return None


def _strictly(body: bytes, encoding: str, path: Path) -> tuple[str, Diagnostic | None]:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        byte = body[error.start]
        guess = ""
        if encoding == "utf-8" and byte >= 0x80:
            character = bytes([byte]).decode("cp1252", "replace")
            guess = f"; in Windows-1252 it would be “{character}”" if character.isprintable() else ""
        where = _place(before, path)
        return before, finding(
            "wrong-encoding",
            f"byte 0x{byte:02X} is not {encoding.upper()}{guess}",
            where,
            "part of the file was saved in another encoding: save all of it as UTF-8",
        )
    bad = _FORBIDDEN.search(text)
    if bad:
        where = _place(text[: bad.start()], path)
        return text, finding("not-well-formed", f"character U+{ord(bad[0]):04X} is not allowed in XML", where)
    return text, None


def _place(before: str, path: Path) -> Location:
    lines = re.split("\r\n|\n|\r", before)
    return Location(path, len(lines), len(lines[-1]) + 1)
