"""The words and signs of a schema in the compact syntax (RELAX NG Compact Syntax, appendix A.2), each with its byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from teipipe.errors import SchemaError
from teipipe.relaxng.datatypes.names import is_name_character, is_name_start
from teipipe.relaxng.syntax import Source

KEYWORDS: Final = frozenset(
    """attribute datatypes default div element empty external grammar include inherit list mixed namespace notAllowed
    parent start string text token""".split()  # noqa: SIM905 -- nineteen words read better as words
)

_BOM: Final = b"\xef\xbb\xbf"
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ESCAPE: Final = re.compile(rb"\\x++\{(?:([0-9A-Fa-f]++)\})?")
# An escaped line end is a character like any other, unlike a line end of the file: until the tokens are cut, these two
# bytes, which no schema can hold, stand for it.
_ESCAPED_LF: Final = b"\x01"
_ESCAPED_CR: Final = b"\x02"
_STAND_INS: Final = {0xA: _ESCAPED_LF, 0xD: _ESCAPED_CR}

_NCNAME: Final = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_.\-\x80-\xff]*+"
_TOKEN: Final = re.compile(
    rb"(?:[ \t\n\r\x01]++|#(?!#)[^\n\r\x01]*+)*+(?:"
    rb"(" + _NCNAME + rb")(?::(?:(" + _NCNAME + rb")|(\*)))?+"
    rb"|([|&]=|>>|[{}()\[\],|&*+?\-~=])"
    rb'|("""(?:"{0,2}+[^"])*+"""|\'\'\'(?:\'{0,2}+[^\'])*+\'\'\'|"[^"\n\r]*+"|\'[^\'\n\r]*+\')'
    rb"|\\(" + _NCNAME + rb")"
    rb"|(##[^\n\r\x01]*+(?:(?:\r\n|[\n\r\x01])[ \t]*+##[^\n\r\x01]*+)*+)"
    rb"|(\Z)|([^\x80-\xff]|[\xc0-\xff][\x80-\xbf]*+))",
)
_WORD, _PREFIXED, _ANY_IN_PREFIX, _SIGN, _LITERAL, _QUOTED, _DOCUMENTATION, _END, _INVALID = range(1, 10)
_FIRST: Final = (0, _WORD, _WORD, _WORD, _SIGN, _LITERAL, _QUOTED, _DOCUMENTATION, _END, _INVALID)
_DOCUMENTATION_LINE: Final = re.compile(rb"(?:\r\n|[\n\r\x01])?+[ \t]*+##++ ?+([^\n\r\x01]*+)")


class Token(NamedTuple):
    """One word or sign.

    `kind` is a sign or keyword as it is written, or `identifier`, `prefixed` (`p:name`), `any-in-prefix` (`p:*`),
    `literal`, `documentation`, `end`, or `invalid` for a character that begins nothing. `text` is its value: a name
    without backslash, a prefix alone for `p:*`, the characters of a literal. `offset` is its first byte in the file.
    """

    kind: str
    text: str
    offset: int


def tokens(source: Source) -> Iterator[Token]:
    """The tokens of a schema, the last one being `end` or `invalid`; raises SchemaError for bytes that aren't text."""
    data = source.places.data
    _check_characters(source)
    buffer, origins = _without_escapes(source) if b"\\x" in data else (data, [(0, 0)])
    jumps = iter([*origins[1:], (len(buffer) + 1, 0)])
    shift, (border, next_shift) = origins[0][1], next(jumps)
    for match in _TOKEN.finditer(buffer, len(_BOM) if data.startswith(_BOM) else 0):
        group = match.lastindex or _END
        begin, end = match.start(_FIRST[group]), match.end()
        if group == _QUOTED:
            begin -= 1  # its backslash
        while begin >= border:
            shift, (border, next_shift) = next_shift, next(jumps)
        token = _token(group, buffer[begin:end], begin + shift)
        yield token
        if token.kind in ("end", "invalid"):
            return


def _token(group: int, raw: bytes, offset: int) -> Token:
    if group == _SIGN:
        text = raw.decode()
        return Token(text, text, offset)
    if group in (_WORD, _PREFIXED, _ANY_IN_PREFIX, _QUOTED):
        return _name(group, raw.decode(), offset)
    if group == _LITERAL:
        return Token("literal", _characters(raw[3:-3] if raw[:3] in (b'"""', b"'''") else raw[1:-1]), offset)
    if group == _DOCUMENTATION:
        lines = (_characters(match[1]) for match in _DOCUMENTATION_LINE.finditer(raw))
        return Token("documentation", "\n".join(lines), offset)
    return Token("end" if group == _END else "invalid", _characters(raw), offset)


def _name(group: int, text: str, offset: int) -> Token:
    if not text.isascii() and (index := _first_not_in_name(text)) is not None:
        return Token("invalid", text[index], offset + len(text[:index].encode()))
    if group == _WORD:
        return Token(text if text in KEYWORDS else "identifier", text, offset)
    if group == _QUOTED:
        return Token("identifier", text[1:], offset)
    if group == _PREFIXED:
        return Token("prefixed", text, offset)
    return Token("any-in-prefix", text[:-2], offset)


def _first_not_in_name(text: str) -> int | None:
    r"""Where a character is that can't be where it is in a name, an `a:b`, an `a:*` or an `\a`."""
    begins = True
    for index, character in enumerate(text):
        if character in "\\:*":
            begins = True
        elif is_name_start(character) if begins else is_name_character(character):
            begins = False
        else:
            return index
    return None


def _characters(raw: bytes) -> str:
    """What stands in a literal or comment: each line end that isn't escaped is a line feed."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _ESCAPED_LF in raw or _ESCAPED_CR in raw:
        raw = raw.replace(_ESCAPED_LF, b"\n").replace(_ESCAPED_CR, b"\r")
    return raw.decode("utf-8")


def _check_characters(source: Source) -> None:
    data = source.places.data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        message = f"byte {data[problem.start]:#04x} isn't UTF-8"
        raise SchemaError(message, source.places.at(problem.start), help="save the schema as UTF-8") from None
    if illegal := _NOT_XML.search(data):
        message = f"the character U+{ord(illegal[0].decode()):04X} can't be in a schema"
        raise SchemaError(message, source.places.at(illegal.start()), help="delete it")


def _without_escapes(source: Source) -> tuple[bytes, list[tuple[int, int]]]:
    r"""The bytes with each `\x{…}` replaced (A.2.4), and pairs: from which byte on, how much further in the file.

    What a replacement makes is not looked at again: `\x{5C}x{5C}` is the text `\x{5C}`.
    """
    data = source.places.data
    parts: list[bytes] = []
    origins = [(0, 0)]
    length = done = 0
    for match in _ESCAPE.finditer(data):
        parts += data[done : match.start()], _escaped_character(match, source)
        length += len(parts[-2]) + len(parts[-1])
        done = match.end()
        origins.append((length, done - length))
    parts.append(data[done:])
    return b"".join(parts), origins


def _escaped_character(match: re.Match[bytes], source: Source) -> bytes:
    if match[1] is None:
        message = f"“{match[0].decode()}” isn't followed by a hexadecimal number and “}}”"
        help = "a name that begins with x takes a blank before the brace: “\\x {”"
        raise SchemaError(message, source.places.at(match.start()), help=help)
    digits = match[1].lstrip(b"0") or b"0"
    number = int(digits, 16) if len(digits) <= 6 else 0x110000
    valid = number in (0x9, 0xA, 0xD) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    if not valid and not 0x10000 <= number < 0x110000:
        message = f"“{match[0].decode()[:30]}” is no character that XML allows"
        raise SchemaError(message, source.places.at(match.start()))
    return _STAND_INS.get(number) or chr(number).encode()
