"""The names in one text, in their order: what each hit means, as spans, decisions and findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Attributes, Block, Label, Span, Structure
from teipipe.encode.decisions import Candidate, Certainty, Decision
from teipipe.encode.names.attendance import Attendance
from teipipe.encode.names.index import Choice, Hit, Index
from teipipe.encode.names.lexicon import Lexicon
from teipipe.encode.names.matching import Matcher
from teipipe.encode.names.persons import Persons
from teipipe.encode.names.places import Stretches
from teipipe.encode.names.surroundings import Surroundings
from teipipe.encode.names.things import Things, element_of
from teipipe.encode.names.verdicts import Verdict
from teipipe.encode.plain import Plain
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.rules import finding

RANK: Final = 20
#: Of more entries than this that have one name, the review lists only some.
_FEW: Final = 8
_YEAR: Final = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_LAST: Final = re.compile(r"[^\W\d_]+\.?\Z")
_TITLE: Final = re.compile(r"\S+")
_PRESENT: Final = "among those present"


class Naming:
    """One run over one text."""

    def __init__(
        self,
        transcript: Transcript,
        structure: Structure,
        plain: Plain,
        signs: Sequence[Span],
        index: Index,
        words: Lexicon,
        settings: Settings,
    ) -> None:
        self._transcript = transcript
        self._structure = structure
        self._index = index
        self._words = words
        self._href = settings.register_href
        self.text = plain.text
        self._plain = plain
        self._stretches = Stretches(plain, signs)
        self._around = around = Surroundings(plain.text, words)
        self._matcher = Matcher(index, plain.text)
        year, has_others = _year_of(transcript, structure, settings), self._matcher.has_any(words.of_others)
        self._persons = Persons(index, around, words, year, has_others=has_others)
        self._things = Things(plain.text, around, words)
        self._named: set[int] = set()
        self._refs: dict[int, Attributes] = {}
        self._kinds: dict[str, bool] = {}
        self._has_register = any(entry.id for entry in index.entries[:1])
        self.spans: list[Span] = []
        self.decisions: list[Decision] = []
        self.findings: list[Diagnostic] = []
        self.attendance = Attendance(index, self._matcher, self._persons, words, plain, around)

    def run(self) -> None:
        """Find all names: who is there first, for it tells who is meant elsewhere."""
        found = self._in_leaves()
        self._persons.firm.update(self._firm(found))
        self._attend(found)
        for label in self._structure.labels:
            verdict = self.attendance.listen(label)
            if self.attendance.is_named(label):
                self._label(label, verdict)
        self._walk(found)
        self.spans.sort(key=attrgetter("end"), reverse=True)
        self.spans.sort(key=attrgetter("start"))  # of those that begin together, the longest is still the first
        self.decisions.sort(key=attrgetter("start"))

    def _firm(self, found: Sequence[tuple[Hit, Block, int, int]]) -> Iterator[str]:
        """Names that are words, too, and have a capital within some sentence, where words have none."""
        for hit, _, floor, ceiling in found:
            if hit.key not in self._words.ordinary or not self.text[hit.start].isupper():
                continue
            if self._around.is_within(hit.start, floor) and not self._around.after(hit.end, ceiling):
                yield hit.key

    def _walk(self, found: Sequence[tuple[Hit, Block, int, int]]) -> None:
        """Decide on each name that doesn't stand in a label, in order; labels tell who speaks from there on."""
        labels = [*self.attendance.places, (len(self.text) + 1, len(self.text) + 1)]
        number = 0
        start, end = labels[0]
        for hit, leaf, floor, ceiling in found:
            at = hit.start
            while end <= at:
                self._persons.hear(self.attendance.speakers[number], start)
                number += 1
                start, end = labels[number]
            if at < start:
                self._hit(hit, leaf, floor, ceiling)

    def _in_leaves(self) -> list[tuple[Hit, Block, int, int]]:
        """The hits that lie in one leaf each, with its bounds in the plain text."""
        leaves = [leaf for leaf in self._structure.leaves if leaf.start < leaf.end]
        index = self._plain.index
        ends = [index(leaf.end) for leaf in leaves]
        found: list[tuple[Hit, Block, int, int]] = []
        number = floor = ceiling = 0
        for hit in self._matcher.hits():
            if ceiling <= hit.start:
                number = bisect_right(ends, hit.start, number)
                if number == len(leaves):
                    break
                floor, ceiling = index(leaves[number].start), ends[number]
            if floor <= hit.start and hit.end <= ceiling:
                found.append((hit, leaves[number], floor, ceiling))
        return found

    def _attend(self, found: Sequence[tuple[Hit, Block, int, int]]) -> None:
        """Note who is present."""
        stretches = self._structure.present
        number = 0
        for hit, _, floor, ceiling in found if stretches else ():
            at = self._plain.offset(hit.start)
            while number < len(stretches) and stretches[number][1] <= at:
                number += 1
            if number == len(stretches):
                break
            if stretches[number][0] > at or not self._is_person(hit):
                continue
            verdict = self._persons.decide(hit, floor, ceiling)
            if verdict and verdict.entry is not None:
                self._persons.present.setdefault(verdict.entry, _PRESENT)
                self.attendance.take_part(verdict.entry, self.text[verdict.start : verdict.end], "silent")

    def _is_person(self, hit: Hit) -> bool:
        return self._index.entries[hit.choices[0].number].kind == "person" and hit.choices[0].form.kind != "epithet"

    def _label(self, label: Label, verdict: Verdict | None) -> None:
        """The name in a label, with the title that belongs to it."""
        text = self._transcript.text
        start, end = label.name
        titles = list(_TITLE.finditer(text, *label.role)) if label.role else []
        role = None
        if label.role and titles and (title := self._words.title(titles[-1][0])) and title.inside:
            role = titles[-1].span()
        entry = None if verdict is None else verdict.entry
        attributes = self._ref(entry)
        first = role[0] if role else start
        self.spans.append(Span("persName", first, end, attributes, rank=RANK))
        if role:
            self.spans.append(Span("roleName", *role, (("type", "honorific"),), rank=RANK + 1))
        if verdict is None:
            reason = "no entry of the register has this name" if self._index.entries else "there is no register"
            self.decisions.append(Decision("name-speaker", first, end, Certainty.MEDIUM, "persName", reason))
            self.attendance.take_part(None, text[start:end], "speaker")
        else:
            self._decide(verdict, first, end, "persName", "name-speaker" if entry is not None else "")

    def _hit(self, hit: Hit, leaf: Block, floor: int, ceiling: int) -> None:
        choice = hit.choices[0]
        entry = self._index.entries[choice.number]
        if len(hit.choices) > 1 and self._is_mixed(hit):
            self._mixed(hit)
        elif choice.form.kind == "epithet" or entry.kind == "group":
            self._epithet(hit, choice, floor, ceiling)
        elif entry.kind == "person":
            self._person(hit, leaf, floor, ceiling)
        else:
            self._thing(hit, choice, floor, ceiling)

    def _is_mixed(self, hit: Hit) -> bool:
        """Whether a name is that of a person and of something else."""
        if hit.key not in self._kinds:
            self._kinds[hit.key] = self._index.bearers(hit).is_mixed
        return self._kinds[hit.key]

    def _mixed(self, hit: Hit) -> None:
        """A name of a person and of a place, say: nothing is decided."""
        if not self.text[hit.start].isupper():
            return
        open_ = tuple(
            self._candidate(choice.number, f"a {self._index.entries[choice.number].kind}")
            for choice in hit.choices[:_FEW]
        )
        reason = "entries of different kinds have this name"
        verdict = Verdict(hit.start, hit.end, "name-ambiguous", Certainty.LOW, reason, None, open_)
        self._decide(verdict, *self._stretches.of(hit.start, hit.end), "", "")

    def _person(self, hit: Hit, leaf: Block, floor: int, ceiling: int) -> None:
        text = self.text
        if not text[hit.start].isupper() or (hit.choices[0].form.exact and not text[hit.start : hit.end].isupper()):
            return
        verdict = self._persons.decide(hit, floor, ceiling)
        start, title = self._with_title(verdict.start, floor)
        first, last = self._stretches.of(start, verdict.end)
        entry = verdict.entry
        if entry is None and (self._has_register or verdict.rule != "name-ambiguous"):
            self._decide(verdict, first, last, "", "")
            return
        if entry is not None:
            self._named.add(entry)
        if self._has_register:
            self._decide(verdict, first, last, "persName", "")
        else:
            reason = f"somewhere in the text, {self._index.entries[hit.choices[0].number].description}"
            self.decisions.append(Decision("name-unregistered", first, last, Certainty.MEDIUM, "persName", reason))
        attributes = self._ref(entry)
        if verdict.is_inferred and attributes:
            attributes = (*attributes, ("cert", "medium"))
        self.spans.append(Span("persName", first, last, attributes, rank=RANK))
        if title:
            role = self._stretches.of(*title)
            self.spans.append(Span("roleName", *role, (("type", "honorific"),), rank=RANK + 1))
        if leaf.element == "byline" and entry is not None:
            self.attendance.take_part(entry, text[verdict.start : verdict.end], "recorder")

    def _with_title(self, start: int, floor: int) -> tuple[int, tuple[int, int] | None]:
        """Where a name begins with the title that belongs to it, and where that title stands."""
        text = self.text
        # Hardly any names begin with titles or follow them: two letters tell that of most.
        if text[start : start + 2] in self._words.inside_starts:
            word = text[start : start + 12].split(maxsplit=1)[0]
            if word in self._words.inside:
                return start, (start, start + len(word))
        at = start
        while at > floor and text[at - 1].isspace() and start - at < 3:
            at -= 1
        if at == start or text[at - 2 : at] not in self._words.inside_ends:
            return start, None
        before = _LAST.search(text[max(floor, at - 12) : at])
        if before and before[0] in self._words.inside:
            return at - len(before[0]), (at - len(before[0]), at)
        return start, None

    def _thing(self, hit: Hit, choice: Choice, floor: int, ceiling: int) -> None:
        entry = self._index.entries[choice.number]
        if not self._things.is_name(hit, choice, entry.kind):
            return
        first, last = self._stretches.of(hit.start, hit.end)
        if longer := self._things.is_longer(hit, entry.kind, floor, ceiling):
            reason = f"“{longer}” makes a longer name of it, which the register lacks"
            self.decisions.append(Decision("name-longer", first, last, Certainty.LOW, "", reason))
            return
        numbers = list(dict.fromkeys(one.number for one in hit.choices))
        if len(numbers) > 1:
            candidates = tuple(map(self._candidate, numbers[:_FEW]))
            verdict = Verdict(
                hit.start, hit.end, "name-ambiguous", Certainty.LOW, "several entries have this name", None, candidates
            )
            self._decide(verdict, first, last, "", "")
            return
        self._mark(
            hit,
            choice,
            f"name-{'group' if entry.kind == 'faction' else entry.kind}",
            Certainty.HIGH,
            "a name of the entry",
        )
        if entry.kind in ("event", "faction"):
            self._inner(hit, floor, ceiling)

    def _epithet(self, hit: Hit, choice: Choice, floor: int, ceiling: int) -> None:
        """An epithet means somebody where it stands alone, in a text that names him."""
        numbers = [one.number for one in hit.choices]
        named = [number for number in numbers if number in self._named]
        is_group = self._index.entries[choice.number].kind == "group"
        if self._things.is_meant(hit, floor, ceiling) and (is_group or len(named) == 1 == len(set(numbers))):
            self._mark(hit, choice, "name-epithet", Certainty.MEDIUM, "an epithet that stands alone")
        self._inner(hit, floor, ceiling)

    def _inner(self, hit: Hit, floor: int, ceiling: int) -> None:
        for inner in self._matcher.inner(hit):
            choice = inner.choices[0]
            kind = self._index.entries[choice.number].kind
            if kind == "person" and choice.form.kind != "epithet":
                self._person(
                    inner, self._structure.body[0] if self._structure.body else Block("p", 0, 0), floor, ceiling
                )
            elif kind in ("org", "place", "event") and self._things.is_name(inner, choice, kind):
                self._mark(inner, choice, f"name-{kind}", Certainty.HIGH, "a name of the entry, in a longer one")
            if kind == "event" or choice.form.kind == "epithet":
                self._inner(inner, floor, ceiling)

    def _mark(self, hit: Hit, choice: Choice, rule: str, certainty: Certainty, reason: str) -> None:
        entry = self._index.entries[choice.number]
        element, attributes = element_of(entry, choice.form, self._words)
        start = hit.start
        if choice.form.text[0] in '“"' and self.text[start - 1 : start] in ("“", '"'):
            start -= 1
        if choice.form.text[:4] == "the ":
            start += 4
        first, last = self._stretches.of(start, hit.end)
        self.spans.append(Span(element, first, last, (*attributes, *self._ref(choice.number)), rank=RANK))
        self.decisions.append(Decision(rule, first, last, certainty, f"{element} #{entry.id}", reason))

    def _ref(self, number: int | None) -> Attributes:
        """@ref on an entry, made once for each."""
        if number is None or not self._index.entries[number].id:
            return ()
        if number not in self._refs:
            self._refs[number] = (("ref", f"{self._href}#{self._index.entries[number].id}"),)
        return self._refs[number]

    def _candidate(self, number: int, *reasons: str) -> Candidate:
        """An entry with what speaks for it."""
        entry = self._index.entries[number]
        return Candidate(f"#{entry.id}", entry.label, reasons)

    def _decide(self, verdict: Verdict, first: int, last: int, element: str, rule: str) -> None:
        _, _, its_rule, certainty, reason, number, candidates, _ = verdict
        result = element if number is None else f"{element} #{self._index.entries[number].id}".removesuffix(" #")
        self.decisions.append(Decision(rule or its_rule, first, last, certainty, result, reason, candidates))
        if its_rule == "name-ambiguous":
            text = " ".join(self._transcript.text[first:last].split())
            among = " or ".join([one.value for one in candidates])
            help_ = f"{reason}; point at the right entry by hand"
            place = self._transcript.place(first)
            self.findings.append(finding("ambiguous-name", f"“{text}” may be {among}", place, help_))


def _year_of(transcript: Transcript, structure: Structure, settings: Settings) -> int | None:
    """The year of what is told, by the settings or the title."""
    if settings.context_date[:4].isdigit():
        return int(settings.context_date[:4])
    years = (match for start, end in structure.titles for match in _YEAR.findall(transcript.text[start:end]))
    return max(map(int, years), default=None)
