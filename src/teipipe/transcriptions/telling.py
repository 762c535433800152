"""Which encoding a text is in that doesn't say it: a guess, with what it rests on."""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipipe.transcriptions.likelihood import LEAST_LIKELY, likelihood

#: So much of the lines that aren't ASCII is looked at.
_SAMPLE: Final = 6_000
#: What one place in the list of encodings is worth, between readings that fit nearly alike.
_RANK: Final = 0.003
#: What the library's doubts weigh: its measure of mess (0 to 1), and that it refuses a reading. Its measure of likeness
#: to a language isn't asked: it goes by all letters, and most of them are ASCII's.
_MESS: Final = 0.2
_REFUSED: Final = 0.05
#: Others that fit so much less are named beside the one that was taken.
_CLOSE: Final = 0.05

_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
#: Encodings of seven bits announce themselves by escape sequences (ISO/IEC 2022).
_SHIFTS: Final = ((b"\x1b$)C", "iso2022_kr", "ISO-2022-KR"), (b"\x1b$", "iso2022_jp_2", "ISO-2022-JP"))


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that is tried: Python's name, the one that people know, and by what a reading is judged."""

    codec: str
    name: str
    script: str


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding that fits best, how well (0 to 1), and others that fit nearly as well but read otherwise."""

    encoding: Encoding
    likelihood: float
    others: tuple[Encoding, ...] = ()


@cache
def encodings() -> tuple[Encoding, ...]:
    """Those that are tried, the commoner ones first."""
    table = tomllib.loads(Path(__file__).with_name("encodings.toml").read_text(encoding="utf-8"))
    return tuple(Encoding(**row) for row in table["encoding"])


def guess(raw: bytes) -> Guess | None:
    """The encoding that a text is most likely in, None if it can't be told."""
    sample = _sample(raw)
    doubts = _doubts(sample)
    ranked: list[tuple[float, Encoding, str]] = []
    for rank, encoding in enumerate(encodings()):
        text = _decoded(sample, encoding.codec)
        if text is not None:
            score = likelihood(text, encoding.script) - doubts.get(encoding.codec, _REFUSED) - _RANK * rank
            ranked.append((score, encoding, text))
    ranked.sort(key=lambda row: -row[0])
    for score, encoding, text in ranked:
        if score < LEAST_LIKELY - _REFUSED:
            return None
        if _decoded(raw, encoding.codec) is None:
            continue
        close = (other for least, other, reads in ranked if least >= score - _CLOSE and reads != text)
        return Guess(encoding, score, tuple(other for other in close if other is not encoding)[:3])
    return None


def shifted(raw: bytes) -> Encoding | None:
    """The encoding of seven bits that a text announces, None if there is none."""
    for sign, codec, name in _SHIFTS:
        if sign in raw and _decoded(raw, codec) is not None:
            return Encoding(codec, name, "shifts")
    return None


def readings(raw: bytes) -> Iterator[Encoding]:
    """The encodings in which a text can be read at all."""
    for encoding in encodings():
        if _decoded(raw, encoding.codec) is not None:
            yield encoding


def _sample(raw: bytes) -> bytes:
    """The first lines that aren't ASCII; of very long ones, what stands around such characters."""
    pieces: list[bytes] = []
    length = at = 0
    while length < _SAMPLE and (found := _BEYOND_ASCII.search(raw, at)):
        first = found.start()
        start = max(raw.rfind(b"\n", at, first), raw.rfind(b"\r", at, first), at - 1, first - _SAMPLE) + 1
        ends = (end for end in (raw.find(b"\n", first), raw.find(b"\r", first)) if end >= 0)
        at = min(min(ends, default=len(raw)), first + _SAMPLE)
        pieces.append(raw[start:at] + b"\n")
        length += len(pieces[-1])
    return b"".join(pieces)


def _doubts(sample: bytes) -> dict[str, float]:
    """How much of a mess the library finds the text in each encoding that it doesn't refuse."""
    from charset_normalizer import from_bytes

    # It tells a logger what it tries; without a handler, Python would print its warnings.
    logging.getLogger("charset_normalizer").propagate = False
    codecs = [encoding.codec for encoding in encodings()]
    doubts: dict[str, float] = {}
    for match in from_bytes(sample, cp_isolation=codecs, preemptive_behaviour=False, enable_fallback=False):
        for name in match.could_be_from_charset:
            doubts.setdefault(name, _MESS * match.chaos)
    return doubts


def _decoded(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None
