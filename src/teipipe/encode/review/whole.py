"""The whole text of a transcript beside its TEI, with the stretches about which something was decided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.encode.decisions import Decision
from teipipe.encode.review.cards import markup
from teipipe.encode.review.levels import LEVELS, Level, level_of
from teipipe.encode.review.written import Written
from teipipe.reports.html.markup import EMPTY, Html, counted, tag, words

if TYPE_CHECKING:
    from teipipe.encode.encoder import Encoding

#: Transcripts of more characters aren't shown beside their TEI.
MOST: Final = 60_000


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    level: Level
    decision: Decision


def whole(encoding: Encoding, written: Written, number: int, anchors: Mapping[Decision, str]) -> Html:
    """The text paragraph by paragraph, folded away; a stretch leads to its decision, if that is in the page."""
    rows = list(_rows(encoding, written, number, anchors))
    lines = counted(len(rows), "paragraph")
    head = tag(
        "div",
        tag("p", words("Transcript")),
        tag("p", words("TEI")),
        class_="row heads",
    )
    title = tag("summary", words(f"The whole text beside its TEI ({lines})"))
    return tag("details", title, head, *rows, class_="whole")


def _rows(encoding: Encoding, written: Written, number: int, anchors: Mapping[Decision, str]) -> Iterator[Html]:
    text, leaves = encoding.transcript.text, encoding.structure.leaves
    stretches = _apart(encoding.decisions)
    at, position = 0, 0
    for order, leaf in enumerate(leaves):
        is_last = order + 1 == len(leaves)
        end = len(text) if is_last else leaves[order + 1].start
        here = []
        while position < len(stretches) and stretches[position].start < end:
            here.append(stretches[position])
            position += 1
        stop = len(written.text) if is_last else written.end_of(leaf.start, leaf.end)
        tei = _dedented(written.text[at:stop])
        at = max(at, stop)
        source = tag("p", *_marked(text, leaf.start, end, here, anchors), class_="excerpt")
        yield tag(
            "div", source, tag("pre", tag("code", markup(tei)), class_="tei"), id=f"w{number}-{order + 1}", class_="row"
        )


def _apart(decisions: Sequence[Decision]) -> list[_Stretch]:
    """Stretches that don't overlap, in order: of several, what needs an editor more, then the shorter one."""
    order = sorted(
        (_Stretch(each.start, each.end, level_of(each), each) for each in decisions if each.end > each.start),
        key=lambda each: (each.end - each.start > 400, LEVELS.index(each.level), each.end - each.start),
    )
    free = _Free()
    return sorted((each for each in order if free.take(each.start, each.end)), key=lambda each: each.start)


class _Free:
    """Which stretches are taken."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a stretch, if none of it is taken."""
        at = bisect_right(self._starts, start)
        if (at and self._ends[at - 1] > start) or (at < len(self._starts) and self._starts[at] < end):
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True


def _marked(
    text: str, start: int, end: int, stretches: Sequence[_Stretch], anchors: Mapping[Decision, str]
) -> Iterator[Html]:
    at = start
    for each in stretches:
        stop = min(each.end, end)
        if each.start < at:
            continue
        yield _plain(text[at : each.start])
        anchor = anchors.get(each.decision)
        marked = tag("mark", _plain(text[each.start : stop]), class_=each.level)
        yield tag("a", marked, href=f"#{anchor}") if anchor else marked
        at = stop
    yield _plain(text[at:end].rstrip("\n"))


def _plain(text: str) -> Html:
    return words(text.replace("\t", " ").replace("\n", " ")) if text else EMPTY


def _dedented(tei: str) -> str:
    """Lines as in the TEI, without the indentation that all of them share; those that were only filled are one."""
    lines = [line.rstrip() for line in tei.split("\n") if line.strip()]
    shared = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    joined: list[str] = []
    for line in lines:
        if joined and not (joined[-1].endswith(">") and line.lstrip().startswith("<")):
            joined[-1] += f" {line.lstrip()}"
        else:
            joined.append(line[shared:])
    return "\n".join(joined)
