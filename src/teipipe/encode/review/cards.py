"""One decision, or several that are alike, in HTML: the source on the left, what was made of it on the right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from teipipe.encode.decisions import Candidate, Decision
from teipipe.encode.review.levels import Alike, Level, kind_of, level_of
from teipipe.encode.review.written import Written
from teipipe.encode.transcript import Transcript
from teipipe.reports.html.markup import EMPTY, Html, counted, tag, words

#: How much of the source stands around a stretch, and how much of a stretch and of the TEI is shown.
_AROUND: Final = 90
_STRETCH: Final = 320
_TEI: Final = 520
#: So many places of decisions that are alike are named, and so many candidates.
_PLACES: Final = 100
_CANDIDATES: Final = 12

_TAG: Final = re.compile(r"<[^<>]*>")

LABELS: Final[dict[Level, str]] = {
    "undecided": "undecided",
    "low": "low certainty",
    "medium": "medium certainty",
    "high": "certain",
}


class Cards:
    """Makes the cards and rows of one file, which is the one with this number."""

    def __init__(self, transcript: Transcript, written: Written, number: int, paragraphs: Sequence[int]) -> None:
        """`paragraphs` is where those begin that are in the page as a whole: places lead there."""
        self._transcript = transcript
        self._written = written
        self._number = number
        self._paragraphs = paragraphs

    def card(self, alike: Alike, anchor: str) -> Html:
        """A decision in full."""
        first = alike.first
        level = level_of(first)
        source = tag("div", self._place(first), self._excerpt(first), *self._elsewhere(alike), class_="source")
        made = tag("div", *self._made(first, level), class_="made")
        return tag(
            "article",
            source,
            made,
            id=anchor,
            class_=f"card {level}",
            data_kind=kind_of(first),
            data_level=level,
            tabindex="-1",
            aria_label=f"{LABELS[level]}: {_cut(self._text(first), 60)}, {_said(self._transcript, first)}",
        )

    def row(self, alike: Alike, anchor: str, *, with_reason: bool) -> Html:
        """A decision on one line of a table: place, source, result."""
        first = alike.first
        places = [self._spot(each) for each in (first, *alike.others[:_PLACES])]
        rest = len(alike) - len(places)
        more = words(f" and {rest:,} more") if rest > 0 else EMPTY
        parted = [part for place in places for part in (words(", "), place)][1:]
        reason = tag("span", words(first.reason), class_="reason") if first.reason and with_reason else EMPTY
        result = tag("code", words(first.result)) if first.result else words("left as it is")
        return tag(
            "tr",
            tag("th", words(_cut(self._text(first), 90)), scope="row"),
            tag("td", result, reason),
            tag("td", *parted, more, class_="number"),
            id=anchor,
        )

    def location(self, decision: Decision) -> tuple[int | None, int | None]:
        """The line and the column of a decision."""
        place = self._transcript.place(decision.start)
        return place.line, place.column

    def _text(self, decision: Decision) -> str:
        return " ".join(self._transcript.text[decision.start : min(decision.end, decision.start + 2_000)].split())

    def _place(self, decision: Decision) -> Html:
        return tag("p", words("line "), self._spot(decision), class_="place")

    def _spot(self, decision: Decision) -> Html:
        place = self._transcript.place(decision.start)
        said = words(f"{place.line}:{place.column}")
        if not self._paragraphs:
            return said
        paragraph = max(bisect_right(self._paragraphs, decision.start), 1)
        return tag("a", said, href=f"#w{self._number}-{paragraph}")

    def _excerpt(self, decision: Decision) -> Html:
        """The stretch with what stands around it, as far as the ends of its paragraph."""
        text, start, end = self._transcript.text, decision.start, decision.end
        first, last = _around(text, start, end)
        before = ("…" if first and text[first - 1] != "\n" else "") + text[first:start]
        after = text[end:last] + ("…" if last < len(text) and text[last] != "\n" else "")
        marked = _lines(_middle(text, start, end, _STRETCH)) or "\u200b"
        return tag("p", _plain(before), tag("mark", _plain(marked)), _plain(after), class_="excerpt")

    def _elsewhere(self, alike: Alike) -> Iterator[Html]:
        """Where else the same was decided, folded away."""
        if not alike.others:
            return
        places = [tag("li", self._spot(each)) for each in alike.others[:_PLACES]]
        if len(alike.others) > _PLACES:
            places.append(tag("li", words(f"and {len(alike.others) - _PLACES:,} more")))
        title = f"the same at {counted(len(alike.others), 'more place')}"
        yield tag("details", tag("summary", words(title)), tag("ul", *places, class_="places number"))

    def _made(self, decision: Decision, level: Level) -> Iterator[Html]:
        head = [tag("span", words(LABELS[level]), class_=f"badge {level}")]
        if decision.result:
            head += [words(" "), tag("code", words(decision.result), class_="result")]
        else:
            head.append(words(" left in the text as it is"))
        yield tag("p", *head)
        tei = self._written.snippet(decision.start, decision.end) if decision.result else ""
        if tei:
            yield tag("pre", tag("code", markup(_middle(" ".join(tei.split()), 0, None, _TEI))), class_="tei")
        if decision.reason:
            yield tag("p", words(decision.reason), class_="reason")
        if decision.candidates:
            yield _candidates(decision.candidates, is_decided=bool(decision.result))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the surroundings of a stretch are shown: not beyond its line, and in whole words."""
    first = text.rfind("\n", max(0, start - _AROUND), start) + 1
    if not first and start > _AROUND:
        blank = text.find(" ", start - _AROUND, start)
        first = start - _AROUND if blank < 0 else blank + 1
    last = text.find("\n", end, end + _AROUND)
    if last < 0:
        last = min(len(text), end + _AROUND)
        blank = text.rfind(" ", end, last)
        last = blank if blank >= 0 and last < len(text) else last
    return first, last


def _candidates(candidates: tuple[Candidate, ...], *, is_decided: bool) -> Html:
    """What it may be, with what speaks for each; what was taken comes first and says so."""
    rows = [
        tag(
            "li",
            tag("code", words(one.value)),
            words(f" {one.label}" if one.label and one.label != one.value else ""),
            tag("b", words(" (taken)")) if is_decided and not number else EMPTY,
            tag("ul", *(tag("li", words(reason)) for reason in one.reasons)) if one.reasons else EMPTY,
        )
        for number, one in enumerate(candidates[:_CANDIDATES])
    ]
    rest = len(candidates) - _CANDIDATES
    if rest > 0:
        rows.append(tag("li", words(f"and {rest:,} more")))
    return tag("ol", *rows, class_="candidates")


def markup(tei: str) -> Html:
    """TEI as text of a page, its tags set apart."""
    pieces: list[Html] = []
    at = 0
    for match in _TAG.finditer(tei):
        pieces += (_text(tei[at : match.start()]), tag("span", _text(match[0]), class_="tag"))
        at = match.end()
    return Html("".join((*pieces, _text(tei[at:]))))


def _text(tei: str) -> Html:
    """Line ends stay: the rest is as in all texts of a page."""
    return Html("\n".join(map(words, tei.split("\n"))))


def _middle(text: str, start: int, end: int | None, most: int) -> str:
    """A stretch of a text, of which the middle is left out if it is too long."""
    end = len(text) if end is None else end
    if end - start <= most:
        return text[start:end]
    return f"{text[start : start + most * 2 // 3]} … {text[end - most // 3 : end]}"


def _plain(text: str) -> Html:
    return words(text.replace("\t", " "))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _lines(text: str) -> str:
    return " ⏎ ".join(part.strip() for part in text.split("\n") if part.strip()) if "\n" in text else text


def _said(transcript: Transcript, decision: Decision) -> str:
    place = transcript.place(decision.start)
    return f"line {place.line}, column {place.column}"


def all_of(group: Iterable[Alike]) -> int:
    """How many decisions stand behind some that are alike."""
    return sum(map(len, group))
