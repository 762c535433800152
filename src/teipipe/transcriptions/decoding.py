"""From bytes to text: by what the file says, by what the user says, strictly as UTF-8, or by a guess that says so."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, NamedTuple

from teipipe.errors import UnreadableError
from teipipe.transcriptions import wide
from teipipe.transcriptions.representing import REPLACEMENT

_UTF_8_MARK: Final = codecs.BOM_UTF8
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
#: More controls than this among all bytes, and it is no text.
_CONTROLS_AT_MOST: Final = 0.05
_ESCAPED: Final = re.compile("[\udc80-\udcff]+")
_ANY_ESCAPED: Final = "".join(chr(code) for code in range(0xDC80, 0xDD00))
_WINDOWS_1252: Final = bytes(range(256)).decode("cp1252", "replace")
#: Of bytes beyond ASCII, so many must be good UTF-8 for the others to be slips in it.
_GOOD_FOR_EACH_BAD: Final = 2
#: UTF-16 that was written as if it were UTF-8 (CESU-8): two surrogates for one character.
_SURROGATE_PAIR: Final = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
#: Python has codecs that aren't encodings of texts, or that nobody writes transcripts in.
_NO_ENCODINGS: Final = frozenset(
    {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"}
)


class Patch(NamedTuple):
    """A byte that isn't UTF-8, at an offset of the text: what it was read as, by Windows-1252 if that knows it."""

    offset: int
    byte: int
    read_as: str


class Decoded(NamedTuple):
    """A text as its bytes say it; `encoding` is what people call it, `codec` what Python does.

    `is_guess` tells that nothing says which it is; `others` are names of encodings that are nearly as likely. In UTF-8
    with slips, `patches` are those. `is_cut` says that it ends in the middle of a character.
    """

    text: str
    encoding: str
    codec: str
    is_guess: bool = False
    others: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    is_cut: bool = False


def decode(raw: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """The text of a file; raises UnreadableError if its encoding can't be told, or isn't the one that was named."""
    if encoding is not None:
        return _as_named(raw, path, encoding)
    if raw.startswith(_UTF_8_MARK):
        return _utf_8(raw[len(_UTF_8_MARK) :]) or _mixed(_joined(raw[len(_UTF_8_MARK) :]))
    codec, length = wide.marked(raw)
    if codec:
        return _wide(raw[length:], codec, path, is_guess=False)
    plain = _utf_8(raw)
    if plain and 0 not in raw and b"\x1b$" not in raw:
        _refuse_controls(raw, path)
        return plain
    codec = wide.unmarked(raw) if 0 in raw else ""
    if codec:
        return _wide(raw, codec, path, is_guess=True)
    _refuse_controls(raw, path)
    return _shifted(raw) or plain or _slipped(raw) or _guessed(raw, path)


def _as_named(raw: bytes, path: Path, encoding: str) -> Decoded:
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError):
        info = None
    if info is None or info.name.replace("-", "_") in _NO_ENCODINGS or not getattr(info, "_is_text_encoding", True):
        help = "use a name that Python knows, such as utf-8, windows-1252, koi8-r, gb18030, euc-kr, shift_jis"
        raise UnreadableError(f"there is no encoding “{encoding}”", path=path, help=help)
    codec = {"utf-8": "utf-8-sig"}.get(info.name, info.name)
    try:
        if re.fullmatch("utf-(?:16|32)-[lb]e", codec):
            return Decoded(wide.decoded(raw, codec).removeprefix("\ufeff"), encoding, codec)
        return Decoded(raw.decode(codec), encoding, codec)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(codec, "replace")
        line = len(re.split("\r\n|\n|\r", before))
        message = f"is not in {encoding}: the byte 0x{raw[error.start]:02X} in line {line} has no meaning there"
        raise UnreadableError(message, path=path, help="leave the option out to have the encoding told") from None
    except (UnicodeError, ValueError) as error:
        raise UnreadableError(f"can't be read as {encoding}", path=path) from error


def _utf_8(body: bytes) -> Decoded | None:
    try:
        return Decoded(body.decode(), "UTF-8", "utf-8")
    except UnicodeDecodeError:
        return None


def _wide(body: bytes, codec: str, path: Path, *, is_guess: bool) -> Decoded:
    name = codec.upper()
    try:
        text = wide.decoded(body, codec)
    except UnicodeDecodeError:
        help = "save it as UTF-8 in the program that it comes from"
        raise UnreadableError(f"begins like {name}, but isn't", path=path, help=help) from None
    return Decoded(text, name, codec, is_guess, is_cut=len(body) % (4 if "32" in codec else 2) != 0)


def _shifted(raw: bytes) -> Decoded | None:
    """Text in an encoding of seven bits (ISO 2022), which looks like ASCII."""
    from teipipe.transcriptions.telling import shifted

    encoding = shifted(raw)
    return Decoded(raw.decode(encoding.codec), encoding.name, encoding.codec, True) if encoding else None


def _slipped(raw: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes come from elsewhere; None if there are too many of these."""
    body = _joined(raw)
    text = body.decode("utf-8", "surrogateescape")
    kept = text.encode("utf-8", "ignore").decode()
    rest = _bytes(text[len(text.rstrip(_ANY_ESCAPED)) :][-3:])
    good = len(kept) - len(kept.encode("ascii", "ignore"))
    bad = len(text) - len(kept) - (len(rest) if _begins_character(rest) else 0)
    return _mixed(body) if good > 0 and good >= _GOOD_FOR_EACH_BAD * bad else None


def _mixed(body: bytes) -> Decoded:
    text = body.decode("utf-8", "surrogateescape")
    pieces: list[str] = []
    patches: list[Patch] = []
    at = length = 0
    is_cut = False
    for match in _ESCAPED.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        bad = _bytes(match[0])
        if at == len(text) and _begins_character(bad):
            pieces.append(REPLACEMENT)
            is_cut = True
            continue
        for byte in bad:
            sign = _WINDOWS_1252[byte]
            patches.append(Patch(length, byte, sign))
            pieces.append(sign)
            length += 1
    pieces.append(text[at:])
    return Decoded("".join(pieces), "UTF-8", "utf-8", patches=tuple(patches), is_cut=is_cut)


def _joined(body: bytes) -> bytes:
    """Bytes with surrogates joined, two by two; what is left of them isn't any character."""
    return _SURROGATE.sub(REPLACEMENT.encode(), _SURROGATE_PAIR.sub(_paired, body))


def _paired(pair: re.Match[bytes]) -> bytes:
    units = pair[0].decode("utf-8", "surrogatepass")
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()


def _bytes(escaped: str) -> bytes:
    """The bytes that Python's error handler stood these surrogates for."""
    return bytes(ord(sign) - 0xDC00 for sign in escaped)


def _begins_character(bad: bytes) -> bool:
    """Whether these bytes are the beginning of a character in UTF-8, cut off."""
    try:
        bad.decode()
    except UnicodeDecodeError as error:
        return error.start == 0 and error.end == len(bad) and error.reason == "unexpected end of data"
    return False


def _guessed(raw: bytes, path: Path) -> Decoded:
    from teipipe.transcriptions.telling import guess

    told = guess(raw)
    if told is None:
        raise UnreadableError(
            "its encoding can't be told",
            path=path,
            help="save it as UTF-8, or name its encoding (--encoding); if it isn't text, it can't be encoded",
        )
    others = tuple(other.name for other in told.others)
    return Decoded(raw.decode(told.encoding.codec), told.encoding.name, told.encoding.codec, True, others)


def _refuse_controls(raw: bytes, path: Path) -> None:
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > max(_CONTROLS_AT_MOST * len(raw), 4):
        help = "encode takes plain text and DOCX; if it is text, save it as UTF-8"
        raise UnreadableError(
            f"is no text: {controls:,} of its {len(raw):,} bytes are control codes", path=path, help=help
        )
