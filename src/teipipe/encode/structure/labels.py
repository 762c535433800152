"""Labels of turns: which lines begin with one, and where name, honorific and punctuation stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from teipipe.encode.structure.people import Named, ReadLabel, read_label
from teipipe.encode.structure.units import Unit, ends_sentence
from teipipe.encode.structure.vocabulary import LabelWords

#: A label is no longer than this.
LONGEST: Final = 110
#: So many sure labels of one kind make it the convention of a text.
ENOUGH: Final = 2
#: In a text of so few paragraphs, one is enough.
_SHORT: Final = 3

_COLON_DASH: Final = re.compile(r"\s*[-–—]{1,2}(?=\s)")
_LOOK_SIGNS: Final = ":.-–—― \t\xa0"
_LOOK_END: Final = re.compile(r"\s?[:.]?(?:\s?[-–—―]{1,2})?(?=\s)")
#: What ends a label: a full stop or colon with a dash, a colon, a dash. It begins with a set, which is sought quickly.
_TERMINATOR: Final = re.compile(
    r"[.:—–―-](?:(?<=[.:])\s?(?:[—–―](?=\s|\S)|--)|(?<=:)(?=\s|$)"
    r"|(?<=\s[-–—―])[-–—―]?(?=\s|$)|(?<=[\w.)\]][–—―])(?=\s|$)|(?<=[^\W\d_]-)(?=\s))"
)
_BRACKETS: Final = re.compile(r"\[([^\[\]\n]{2,60})\]:?(?=\s|$)")
_STOP: Final = re.compile(r"\.(?=\s\S)")
#: A label in capitals that ends with a full stop is no longer than this.
_NEAR: Final = 48
#: One in capitals on a line of its own is no longer than this.
_ALONE: Final = 50
_FIGURES: Final = re.compile(r"[^\S\n]*\d")
#: The number of a paragraph, in which a turn begins.
_COUNTED: Final = re.compile(r"\d{1,4}\.\s+(?=[^\W\d_a-z])")


class Candidate(NamedTuple):
    """What may be the label of a turn: `end` is behind its punctuation (`pc`), `kind` the way in which it ends.

    `sure`: there is an honorific, an office or such in it; `weak`: a number follows, as behind words that are no names;
    `is_said`: the paragraph ends as a sentence does.
    `key` is the label, for comparing.
    """

    unit: int
    kind: str
    start: int
    end: int
    named: tuple[Named, ...]
    pc: tuple[int, int] | None
    sure: bool
    key: str
    weak: bool = False
    is_said: bool = True


#: What was read at the beginning of units of a text, by where they begin and end.
Read = dict[tuple[int, int], Candidate | None]


def candidates(
    text: str,
    units: list[Unit],
    words: LabelWords,
    looks: Mapping[int, int] | None = None,
    read: Read | None = None,
) -> list[Candidate]:
    """All lines that may begin with a label.

    `looks` has for a start of one where what looks otherwise ends; `read` what was read by the same words before, and
    takes in what is read now.
    """
    found: list[Candidate] = []
    if not words.kinds:
        return found
    known = {} if read is None or looks else read
    reader = _LabelReader(text, words, looks or {})
    for number, unit in enumerate(units):
        if unit.page is not None:
            continue
        place = (unit.start, unit.end)
        if place not in known:
            known[place] = reader.read(number, unit)
        candidate = known[place]
        if candidate is not None:
            found.append(candidate if candidate.unit == number else candidate._replace(unit=number))
    return found


def accepted(found: list[Candidate], present: frozenset[str], paragraphs: int) -> dict[int, tuple[Candidate, str]]:
    """The candidates that are labels, by the numbers of their units, each with the reason."""
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in found:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    reasons: dict[int, tuple[Candidate, str]] = {}
    for kind, own in by_kind.items():
        counts = Counter(candidate.key for candidate in own)
        known = {one.unit: reason for one in own if (reason := _reason(one, counts, present))}
        if _is_convention(own, known, counts, paragraphs) or (kind != "line" and _are_present(own, present)):
            is_most = len(own) * 2 >= paragraphs or (len(known) > ENOUGH and kind != "brackets")
            many = is_most and kind != "line"
            rest = "it has the form of the other labels" if many else ""
            for candidate in own:
                reason = known.get(candidate.unit, "" if candidate.weak else rest)
                if reason:
                    reasons.setdefault(candidate.unit, (candidate, reason))
    return reasons


def _is_convention(own: list[Candidate], known: Mapping[int, str], counts: Mapping[str, int], paragraphs: int) -> bool:
    """Whether the labels of a text end in this way: so many are known, or so many paragraphs begin with one."""
    is_sure = any(candidate.sure for candidate in own)
    are_said = sum(candidate.is_said for candidate in own) * 2 >= len(own)
    if not are_said and len(counts) * 2 > len(own):
        return False
    if len(known) < ENOUGH:
        return len(known) == 1 and is_sure and paragraphs <= _SHORT and own[0].kind != "line"
    again = sum(number > 1 for number in counts.values())
    if own[0].kind == "line":
        return again > 0 and is_sure
    return is_sure or again >= 2 or len(known) >= 2 * ENOUGH or (len(own) > 2 and len(own) * 2 >= paragraphs)


def _are_present(own: list[Candidate], present: frozenset[str]) -> bool:
    number = sum(_is_present(candidate, present) for candidate in own) if present else 0
    return number >= ENOUGH and number * 2 >= len(own)


def _is_present(candidate: Candidate, present: frozenset[str]) -> bool:
    return candidate.key.rpartition(" ")[2] in present


def _reason(candidate: Candidate, counts: Mapping[str, int], present: frozenset[str]) -> str:
    if candidate.sure:
        return "it has an honorific or an office"
    if _is_present(candidate, present):
        return "this person is named above as present"
    number = counts[candidate.key]
    return f"it begins {number} paragraphs" if number > 1 else ""


class _LabelReader:
    """Reads labels at the beginning of units."""

    def __init__(self, text: str, words: LabelWords, looks: Mapping[int, int]) -> None:
        self._text = text
        self._words = words
        self._end = 0
        self._looks = looks
        self._has_tabs = "\t" in text
        self._read: dict[str, ReadLabel | None] = {}

    def read(self, number: int, unit: Unit) -> Candidate | None:
        """The candidate at the beginning of a unit."""
        self._end = unit.end
        first = self._text[unit.start]
        near = min(unit.end, unit.start + LONGEST)
        if first == "[":
            return self._bracketed(number, unit, near)
        if first.isdigit():
            return self._numbered(number, unit)
        if first.islower() or not (first.isalpha() or first.isupper()):
            return None
        found = (
            (self._looks and self._looking(number, unit))
            or (self._has_tabs and self._tabbed(number, unit, near))
            or self._ended(number, unit, near)
            or self._stopped(number, unit)
            or self._alone(number, unit)
        )
        # Few lines get as far as this.
        if not found or self._words.is_other(self._text, unit.start, unit.end, unit.first):
            return None
        return found

    def _numbered(self, number: int, unit: Unit) -> Candidate | None:
        """A label behind the number of a paragraph, if it is sure to be one: "12. The PRESIDENT: …"."""
        match = _COUNTED.match(self._text, unit.start, unit.end)
        if match is None:
            return None
        rest = Unit(match.end(), unit.end)
        found = self._ended(number, rest, min(rest.end, rest.start + LONGEST))
        return found._replace(start=unit.start) if found and found.sure else None

    def _ended(self, number: int, unit: Unit, near: int) -> Candidate | None:
        match = _TERMINATOR.search(self._text, unit.start, near)
        if match is None:
            return None
        sign = match[0]
        kind = "colon" if sign == ":" else "dash" if sign[0] not in ".:" else "stop-dash"
        end = match.end()
        if kind == "colon":
            dash = _COLON_DASH.match(self._text, end, near)
            end = dash.end() if dash else end
        return self._candidate(number, kind, unit.start, match.start(), (match.start(), end))

    def _looking(self, number: int, unit: Unit) -> Candidate | None:
        """What is set in bold or small capitals at the beginning, with the punctuation that ends it."""
        end = self._looks.get(unit.start)
        if end is None:
            return None
        match = _LOOK_END.match(self._text, end, unit.end)
        behind = match.end() if match else end
        stop = len(self._text[unit.start : end].rstrip(_LOOK_SIGNS)) + unit.start
        if behind >= unit.end or stop <= unit.start:
            return None
        pc = (stop, behind) if self._text[stop:behind].strip() else None
        while pc is not None and self._text[pc[0]].isspace():
            pc = (pc[0] + 1, pc[1])
        return self._candidate(number, "look", unit.start, stop, pc)

    def _tabbed(self, number: int, unit: Unit, near: int) -> Candidate | None:
        """What a tab sets apart at the beginning, without a sign."""
        at = self._text.find("\t", unit.start, near)
        return self._candidate(number, "tab", unit.start, at, None) if at > unit.start else None

    def _bracketed(self, number: int, unit: Unit, near: int) -> Candidate | None:
        match = _BRACKETS.match(self._text, unit.start, near)
        if match is None or match.end() == unit.end:
            return None
        found = self._candidate(number, "brackets", match.start(1), match.end(1), None)
        if found is None:
            return None
        return found._replace(start=unit.start, end=match.end(), weak=False, is_said=True)

    def _stopped(self, number: int, unit: Unit) -> Candidate | None:
        """The name in capitals and a full stop: “Mr. DULLES. I think …”."""
        near = min(unit.end, unit.start + _NEAR)
        stop = self._text.find(".", unit.start, near)  # most lines have none so near
        for match in _STOP.finditer(self._text, stop, near) if stop >= 0 else ():
            last = self._text[unit.start : match.start()].rpartition(" ")[2]
            if len(last) > 1 and last.isupper() and f"{last}.".casefold() not in self._words.honorifics:
                return self._candidate(number, "stop", unit.start, match.start(), match.span())
        return None

    def _alone(self, number: int, unit: Unit) -> Candidate | None:
        """A name in capitals on a line of its own."""
        if unit.end - unit.start > _ALONE:
            return None
        line = self._text[unit.start : unit.end]
        if not line.isupper() or line[-1].isdigit() or ends_sentence(line, 0, len(line)):
            return None
        return self._candidate(number, "line", unit.start, unit.end, None)

    def _candidate(self, number: int, kind: str, start: int, end: int, pc: tuple[int, int] | None) -> Candidate | None:
        if kind not in self._words.kinds:
            return None
        words = self._text[start:end].rstrip()
        if words not in self._read:
            self._read[words] = read_label(words, self._words)
        read = self._read[words]
        if read is None:
            return None
        named = tuple(one.moved(start) for one in read.named)
        behind = pc[1] if pc else end
        weak = _FIGURES.match(self._text, behind, behind + _NEAR) is not None
        is_said = behind >= self._end or ends_sentence(self._text, behind, self._end)
        return Candidate(number, kind, start, behind, named, pc, read.sure, read.key, weak, is_said)
