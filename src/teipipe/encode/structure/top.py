"""The top of a text: classifications, titles, lines of addresses and dates, those present, salutations."""

from __future__ import annotations

from typing import Final

from teipipe.encode.blocks import Block
from teipipe.encode.decisions import Certainty
from teipipe.encode.structure import participants
from teipipe.encode.structure.draft import Builder, Draft, container
from teipipe.encode.structure.enumerations import mark_of
from teipipe.encode.structure.forms import is_dateline, is_salutation
from teipipe.encode.structure.units import Unit, is_sentence

#: The top of a text has no more units than this, those present not counted.
_LONGEST: Final = 40
_TITLE: Final = 320
#: So many lines may stand above the title, none of them longer than this.
_HEADS: Final = 5
_HEAD: Final = 100
#: A paragraph that is longer may have a heading of its own.
_LONG: Final = 160
#: A salutation stands among so many units.
_SALUTED: Final = 20


class Top:
    """Reads the top of a text; `end` is the number of the first unit that is no part of it."""

    def __init__(
        self, draft: Draft, builder: Builder, units: list[Unit], limit: int, stops: set[int], given: dict[int, int]
    ) -> None:
        self._draft = draft
        self._builder = builder
        self._units = units
        self._limit = limit
        self._given = given
        self._stops = stops
        self._type = draft.vocabulary.profile.text_type
        self._is_letter = self._type in ("letter", "telegram")
        self._has_dateline = False
        self._salutation = self._find_salutation(limit) if self._is_letter else -1
        self.end = 0
        self.pending: list[Block] = []

    def read(self) -> None:
        """Read as far as the top reaches."""
        count = 0
        while self.end < self._limit and count < _LONGEST:
            unit = self._units[self.end]
            if unit.page is not None:
                self._add(Block("pb", unit.start, unit.end, (("n", unit.page),) if unit.page else ()))
                self.end += 1
                continue
            count += 1
            is_section = self.end in self._given and bool(self._draft.titles)
            if is_section or self.end in self._stops or not self._one(unit):
                return
            if self._salutation >= 0 and self.end > self._salutation:
                return

    def _one(self, unit: Unit) -> bool:
        """Read one unit, or more that belong to it; False if it is no part of the top."""
        return (
            self._classification(unit)
            or self._archive(unit)
            or self._participants(unit)
            or self._field(unit)
            or self._salute(unit)
            or self._title(unit)
            or self._dateline(unit)
            or self._byline(unit)
            or self._address(unit)
            or self._subtitle(unit)
            or self._letterhead(unit)
        )

    def _add(self, block: Block) -> None:
        """Add it to the body, or once divisions have begun, to the next one of them."""
        is_open = bool(self._builder.root.children) and self._builder.section.level > 0
        if self.pending or is_open or (self._is_letter and block.element not in ("head", "pb")):
            self.pending.append(block)
        else:
            self._builder.add(block)

    def _take(self, block: Block) -> bool:
        self._add(block)
        self.end += 1
        return True

    def _classification(self, unit: Unit) -> bool:
        draft = self._draft
        if not draft.whole("classifications", unit):
            return False
        draft.mark("seg", unit.start, unit.end, (("type", "classification"),))
        draft.decide(
            "classification", (unit.start, unit.end), "seg type=classification", "a known phrase, on a line alone"
        )
        return self._take(Block("opener", unit.start, unit.end))

    def _archive(self, unit: Unit) -> bool:
        """Where the original is kept, above the title."""
        draft = self._draft
        if draft.titles or unit.end - unit.start > _TITLE or not self._starts("archives", unit):
            return False
        place = (unit.start, unit.end)
        draft.mark("seg", *place, (("type", "archive"),))
        draft.decide("archive", place, "opener, seg type=archive", "it begins as such lines do, above the title")
        return self._take(Block("opener", unit.start, unit.end))

    def _starts(self, name: str, unit: Unit) -> bool:
        """Whether a unit begins with a phrase of a list, and a colon if the phrase is one word alone."""
        text = self._draft.text
        match = self._draft.start(name, unit)
        if match is None:
            return False
        end = match.end("phrase")
        return end == unit.end or text[end] in ":]" or not match["phrase"].isalpha()

    def _participants(self, unit: Unit) -> bool:
        found = participants.heading(self._draft, unit)
        if found is None or self._is_letter:
            return False
        if found[1] == unit.end and not participants.follow(self._draft, self._units[: self._limit], self.end + 1):
            return False
        kept = self.pending
        self.pending = []
        for block in kept:
            self._builder.add(block)
        self.end = participants.read(self._draft, self._builder, self._units[: self._limit], self.end, self._stops)
        return True

    def _field(self, unit: Unit) -> bool:
        draft, text = self._draft, self._draft.text
        known = draft.vocabulary.lists_at(unit.first)
        for name in draft.vocabulary.names("field:"):
            match = draft.start(name, unit) if name in known else None
            if match is None:
                continue
            end = match.end("phrase")
            kind = name.partition(":")[2]
            if end < unit.end and text[end] not in ":." and not (kind == "number" and unit.end - end < 40):
                continue
            value = end + (1 if end < unit.end and text[end] in ":." else 0)
            if kind == "number" and end < unit.end and text[end] not in ":.":  # “No. 37, point 4”
                value = _value_of_number(text, unit.start, end)
            last = self.end
            if value >= unit.end and kind != "number" and last + 1 < self._limit and self._is_value(last + 1):
                last += 1
            stop = self._units[last].end
            while value < stop and text[value].isspace():
                value += 1
            if self.end + 1 <= last or value < unit.end or kind == "number":
                if value < stop:
                    draft.mark("seg", value, stop, (("type", kind),))
                draft.decide(
                    "header-line", (unit.start, stop), f"opener, seg type={kind}", "it begins with a known word"
                )
                self._add(Block("opener", unit.start, stop))
                self.end = last + 1
                return True
        return False

    def _is_value(self, at: int) -> bool:
        unit = self._units[at]
        if unit.page is not None or at in self._stops or unit.end - unit.start > _TITLE:
            return False
        return participants.heading(self._draft, unit) is None and not participants.is_field(self._draft, unit)

    def _salute(self, unit: Unit) -> bool:
        if self.end != self._salutation:
            return False
        draft = self._draft
        draft.decide("salutation", (unit.start, unit.end), "salute", "it begins as salutations do")
        return self._take(container("opener", [Block("salute", unit.start, unit.end)]))

    def _find_salutation(self, limit: int) -> int:
        draft, seen = self._draft, 0
        for number, unit in enumerate(self._units[:limit]):
            if unit.page is not None:
                continue
            seen += 1
            if seen > _SALUTED:
                break
            if is_salutation(draft, unit):
                return number
        return -1

    def _title(self, unit: Unit) -> bool:
        draft, text = self._draft, self._draft.text
        length = unit.end - unit.start
        if draft.titles or length > _TITLE or self.end + 1 >= len(self._units):
            return False
        if self._builder.section.level:
            return False
        known = draft.vocabulary.titles.within(text, unit.start, unit.end)
        if known is None and self.end not in self._given and self._title_follows():
            return False
        fits = self._may_be_title(unit) if known is None else length <= 160 or not self._is_sentence(unit)
        if not fits and self.end not in self._given:
            return False
        draft.titles.append((unit.start, unit.end))
        reason = "it has words of titles" if known else "the first line, and no sentence"
        draft.decide("title", (unit.start, unit.end), "head", reason, Certainty.HIGH if known else Certainty.MEDIUM)
        return self._take(Block("head", unit.start, unit.end))

    def _title_follows(self) -> bool:
        """Whether one of the next short lines begins with words of titles."""
        for unit in self._units[self.end + 1 : min(self.end + 1 + _HEADS, self._limit)]:
            if unit.page is not None or unit.end - unit.start > _TITLE or self.end + 1 in self._stops:
                return False
            if self._draft.vocabulary.titles.start(self._draft.text, unit.start, unit.end, unit.first):
                return True
        return False

    def _letterhead(self, unit: Unit) -> bool:
        """A short line above the title: who made the document."""
        short = unit.end - unit.start <= _HEAD and not self._is_sentence(unit)
        if self._draft.titles or self._is_letter or not short or not self._title_follows():
            return False
        place = (unit.start, unit.end)
        self._draft.decide("header-line", place, "opener", "a short line above the title", Certainty.MEDIUM)
        return self._take(Block("opener", unit.start, unit.end))

    def _may_be_title(self, unit: Unit) -> bool:
        """Whether a first line without words of titles is one, by its form."""
        draft, text = self._draft, self._draft.text
        if self._is_letter or is_dateline(draft, unit) or unit.end - unit.start > 250:
            return False
        if mark_of(text, unit) and not (self.end == 0 and text[unit.start].isdigit()):
            return False
        if text[unit.end - 1] in ".:;," or text[unit.start].islower():
            return False
        return draft.start("bylines", unit) is None

    def _is_sentence(self, unit: Unit) -> bool:
        return is_sentence(self._draft.text, unit.start, unit.end)

    def _dateline(self, unit: Unit) -> bool:
        if self._has_dateline or not is_dateline(self._draft, unit):
            return False
        if (
            self._draft.vocabulary.titles.start(self._draft.text, unit.start, unit.end, unit.first)
            and not self._draft.titles
        ):
            return False
        self._has_dateline = True
        self._draft.decide("dateline", (unit.start, unit.end), "dateline", "a date, and no sentence")
        return self._take(Block("dateline", unit.start, unit.end))

    def _byline(self, unit: Unit) -> bool:
        draft = self._draft
        if unit.end - unit.start > 80 or is_sentence(draft.text, unit.start, unit.end):
            return False
        if not draft.start("bylines", unit):
            return False
        draft.decide("byline", (unit.start, unit.end), "byline", "it begins as an author's line does", Certainty.MEDIUM)
        return self._take(Block("byline", unit.start, unit.end))

    def _address(self, unit: Unit) -> bool:
        """The lines of an address, before a salutation."""
        if not self._is_letter or self.end >= self._salutation or unit.end - unit.start > 120:
            return False
        lines: list[Block] = []
        while self.end < self._salutation:
            line = self._units[self.end]
            if line.page is not None or is_dateline(self._draft, line) or line.end - line.start > 120:
                break
            if lines and (line.gap or participants.is_field(self._draft, line)):
                break
            lines.append(Block("addrLine", line.start, line.end))
            self.end += 1
        if not lines:
            return False
        address = container("address", lines)
        self._draft.decide(
            "address", (address.start, address.end), "address", "short lines above the salutation", Certainty.MEDIUM
        )
        self._add(container("opener", [address]))
        return True

    def _subtitle(self, unit: Unit) -> bool:
        """A second line of the title: right below it, short, and no sentence."""
        draft, text = self._draft, self._draft.text
        if not draft.titles or self._type == "essay" or unit.end - unit.start > 160 or self.end + 1 >= len(self._units):
            return False
        if is_sentence(text, unit.start, unit.end) or text[unit.end - 1] == ",":
            return False
        is_below = not unit.gap and self._units[self.end - 1].start == draft.titles[-1][0]
        if not is_below and not self._may_be_subtitle(unit):
            return False
        following = self._units[self.end + 1]
        if len(draft.titles) > 1 and not following.gap and following.end - following.start > _LONG:
            return False
        if mark_of(text, unit) or text[unit.start] in "[-–—•*" or self._starts("narrative", unit):
            return False
        draft.decide(
            "title", (unit.start, unit.end), "head", "a line below the title, and no sentence", Certainty.MEDIUM
        )
        draft.titles.append((unit.start, unit.end))
        return self._take(Block("head", unit.start, unit.end))

    def _may_be_subtitle(self, unit: Unit) -> bool:
        """Whether a line that isn't right below the title may belong to it, by what it is and what follows."""
        text = self._draft.text
        if text[unit.start].islower() or text[unit.start] == "(":
            return False
        following = self._units[self.end + 1]
        is_longer = following.end - following.start > unit.end - unit.start
        return is_longer or following.page is not None or self.end + 1 in self._stops


def _value_of_number(text: str, start: int, end: int) -> int:
    """Where the number begins in the words that say it is one."""
    return next((at for at in range(start, end) if text[at].isdigit()), end)
