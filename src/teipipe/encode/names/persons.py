"""Decides which person a name means, by what stands around it and by what stood before it in the same text."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import islice
from typing import Final

from teipipe.encode.decisions import Candidate, Certainty
from teipipe.encode.names.forenames import agree, initials_of
from teipipe.encode.names.index import Bearers, Choice, Hit, Index
from teipipe.encode.names.lexicon import Lexicon, bare
from teipipe.encode.names.surroundings import NOTHING, Before, Surroundings
from teipipe.encode.names.verdicts import WAYS, Known, Verdict

#: If more persons than this have one name, their offices aren't looked for.
_FEW: Final = 8
#: Of more persons who have one name than this, only those are considered of whom the text knows.
_MANY: Final = 100
#: So many words of an office beside a name have to be those of an entry.
_ENOUGH: Final = 2
#: Words of titles that say nothing of who has them.
_PLAIN: Final = frozenset(
    {"mr", "dr", "messrs", "cde", "comrade", "com", "vice", "deputy", "of", "the", "m", "sir", "acting"}
)


class Persons:
    """The persons of one text, in the order of their names in it."""

    def __init__(
        self, index: Index, around: Surroundings, lexicon: Lexicon, year: int | None, *, has_others: bool = True
    ) -> None:
        """`has_others` says that the text may have titles after which a name isn't a man's own ("Mrs. Dulles")."""
        self._index = index
        self._has_others = has_others
        self._around = around
        self._lexicon = lexicon
        self._year = year
        self._known: dict[int, Known] = {}
        self._strangers: dict[str, tuple[int, str]] = {}
        self._alone: set[str] = set()
        self._offices: dict[int, bool] = {}
        self._bearers: dict[tuple[str, int], Bearers] = {}
        self._fitting: dict[tuple[str, int, tuple[str, ...]], list[Choice]] = {}
        self._told: dict[tuple[int, str, str], Candidate] = {}
        self.firm: set[str] = set()
        self.present: dict[int, str] = {}

    def attest(self, number: int, at: int, reason: str, *, has_office: bool = False) -> None:
        """Note that a person was named beyond doubt."""
        self._known[number] = Known(at, reason, has_office)

    def hear(self, number: int | None, at: int) -> None:
        """Note that a person speaks from here on, as the label of a turn says."""
        if number is not None:
            self.attest(number, at, "speaks before")

    def decide(self, hit: Hit, floor: int, ceiling: int) -> Verdict:
        """Who is meant by a name in a paragraph from `floor` to `ceiling`."""
        bearers = self._bearers_of(hit)
        choices: Sequence[Choice] = bearers.choices
        start, end = hit.start, hit.end
        if not choices:
            return self._open(hit, hit.choices, "name-ambiguous", "nobody of this name was born yet")
        surest = bearers.surest
        is_whole = surest in ("full", "given")  # then no title before it tells more, but that of somebody else
        before = NOTHING if is_whole and not self._has_others else self._around.before(start, floor)
        if before.given and not is_whole:
            fitting = self._fitting_of(hit, choices, before.given)
            if not fitting:
                return self._stranger(hit, before, choices)
            choices, start, surest = fitting, before.start, "full"
        after = ""
        if before.titles or self._around.is_followed(end):
            after = self._around.after(end, ceiling)
            if refused := self._refused(hit, before, after, choices, surest):
                return refused
        if surest == "full":
            if len(choices) > 1:
                choices = [choice for choice in choices if choice.form.kind in ("full", "partial") or start < hit.start]
            longer = self._around.suffix(end)
            end = longer if longer <= ceiling else end
        if surest == "surname":
            return self._surname(hit, bearers, before, after, floor, ceiling)
        return self._sure(choices, start, end, floor)

    def _refused(self, hit: Hit, before: Before, after: str, choices: Sequence[Choice], surest: str) -> Verdict | None:
        """Why a name is somebody else's, or something else: by the word after it, or a title before it."""
        if after and (longer := self._goes_on(hit, after, choices, surest)):
            return longer
        compound = self._around.compound(hit.end)
        if compound and bare(compound) in self._lexicon.other_heads:
            return self._open(hit, choices, "name-longer", f"“{compound}” makes something else of it")
        if before.titles and self._is_wife(before.titles[0]):
            reason = f"a title before it (“{before.titles[0]}”) means somebody else"
            return self._open(hit, choices, "name-longer", reason)
        return None

    def _bearers_of(self, hit: Hit) -> Bearers:
        """Who has a name, of those who were born when the text was written: found once for each name."""
        key = (hit.key, len(hit.choices))
        if key not in self._bearers:
            bearers = self._index.bearers(hit)
            if bearers.last is not None and self._year is not None and bearers.last >= self._year:
                bearers = self._index.bearers_among([one for one in hit.choices if self._is_alive(one)])
            self._bearers[key] = bearers
        return self._bearers[key]

    def _is_alive(self, choice: Choice) -> bool:
        born = self._index.entries[choice.number].born
        return born is None or self._year is None or born < self._year

    def _fitting_of(self, hit: Hit, choices: Sequence[Choice], given: tuple[str, ...]) -> list[Choice]:
        """Whose forenames those before a name can be: found once, wherever it stands with the same ones."""
        key = (hit.key, len(hit.choices), given)
        if key not in self._fitting:
            self._fitting[key] = [choice for choice in choices[:_MANY] if self._fits(choice, given)]
        return self._fitting[key]

    def _fits(self, choice: Choice, given: tuple[str, ...]) -> bool:
        return any(agree(parts, given, self._lexicon) for parts in self._index.parts(choice.number))

    def _stranger(self, hit: Hit, before: Before, choices: Sequence[Choice]) -> Verdict:
        if not before.is_first:
            self._strangers.setdefault(hit.key, (hit.start, " ".join((*before.given, hit.key))))
        return self._open(
            hit, choices, "name-longer", f"“{before.given[-1]}” stands before it, which is no forename of theirs"
        )

    def _goes_on(self, hit: Hit, after: str, choices: Sequence[Choice], surest: str) -> Verdict | None:
        """Whether the word after a name makes something else of it."""
        word = bare(after.removesuffix("s").rstrip("’'") if after[-2:-1] in "’'" else after)
        if word in self._lexicon.other_heads:
            return self._open(hit, choices, "name-longer", f"“{after}” makes something else of it")
        if (
            surest == "full"
            or (word in self._lexicon.same_heads and hit.key not in self._lexicon.ordinary)
            or word in self._lexicon.common
            or self._lexicon.title(word)
        ):
            return None
        if word in self._lexicon.suffixes or (len(word) > 1 and after.isalpha() and after.isupper()):
            return None
        if any(parts.eastern for choice in choices[:_FEW] for parts in self._index.parts(choice.number)):
            self._strangers.setdefault(hit.key, (hit.start, f"{hit.key} {after}"))
        return self._open(
            hit, choices, "name-longer", f"“{after}” after it makes a longer name, which the register lacks"
        )

    def _is_wife(self, title: str) -> bool:
        found = self._lexicon.title(title)
        return bool(found and found.other)

    def _open(self, hit: Hit, choices: Sequence[Choice], rule: str, reason: str) -> Verdict:
        return Verdict(hit.start, hit.end, rule, Certainty.LOW, reason, None, self._candidates(_numbers(choices)))

    def _candidates(self, numbers: Sequence[int], first: int = -1) -> tuple[Candidate, ...]:
        """What speaks for each; of many only some, first those of whom the text knows."""
        if len(numbers) > _FEW:
            there = {*self._known, *self.present}
            told = list(filter(there.__contains__, numbers))
            if len(told) > 1:
                told.sort(key=lambda one: (one not in self._known, one not in self.present))
            others = (one for one in numbers if one not in there)
            numbers = (*told[:_FEW], *islice(others, _FEW))[:_FEW]
        all_ = (first, *(number for number in numbers if number != first))
        return tuple([self._candidate(number) for number in all_ if number >= 0])

    def _candidate(self, number: int) -> Candidate:
        """A person with what speaks for him: made once, for much of it is the same wherever his name stands."""
        known = self._known.get(number)
        key = (number, known.reason if known else "", self.present.get(number, ""))
        candidate = self._told.get(key)
        if candidate is None:
            entry = self._index.entries[number]
            lived = f"lived {entry.born or '?'}–{entry.died or '?'}" if entry.born or entry.died else ""
            reasons = tuple(filter(None, (*key[1:], lived)))
            candidate = self._told[key] = Candidate(f"#{entry.id}", entry.label, reasons)
        return candidate

    def _sure(self, choices: Sequence[Choice], start: int, end: int, floor: int) -> Verdict:
        """A name that is nobody else's; of those who share it, whoever was named beyond doubt."""
        number, form = choices[0]
        if len(choices) > 1 and len(numbers := _numbers(choices)) > 1:
            return self._one_of(numbers, Hit(start, end, choices, form.key), "name-full", floor)
        self.attest(number, start, "named in full before")
        if form.rule == "transliteration":
            return Verdict(
                start,
                end,
                "name-transliteration",
                Certainty.MEDIUM,
                "the name of the entry, written otherwise",
                number,
                is_inferred=True,
            )
        return Verdict(start, end, "name-full", Certainty.HIGH, WAYS.get(form.rule, "the name of one entry"), number)

    def _surname(self, hit: Hit, bearers: Bearers, before: Before, after: str, floor: int, ceiling: int) -> Verdict:
        """A surname alone, or the only name of somebody."""
        choices, numbers, own = bearers.choices, bearers.numbers, bearers.own
        if len(numbers) > 1:
            found = self._holder(numbers, hit, before, floor, ceiling) if len(numbers) <= _MANY else None
            if found is not None:
                return found
            if bare(after) in self._lexicon.same_heads:
                return self._owner(numbers, hit, after)
            return self._one_of(numbers, hit, "name-surname", floor, own, bearers.among)
        number = numbers[0]
        if hit.key in self._lexicon.common and choices[0].form.rule == "transliteration":
            return self._open(
                hit, choices, "name-word", "it is a common word, and the register writes the name otherwise"
            )
        if hit.key in self._lexicon.proper and not before.titles and self._is_elsewhere(hit, floor):
            return self._open(
                hit, choices, "name-word", "it is the name of something else, too, and stands as that does"
            )
        if number in self._known or number in self.present:
            reason = self._known[number].reason if number in self._known else self.present[number]
            return Verdict(hit.start, hit.end, "name-surname", Certainty.HIGH, reason, number)
        if stranger := self._strangers.get(hit.key):
            return self._open(
                hit, choices, "name-ambiguous", f"“{stranger[1]}” stands in the text, too, and isn't in the register"
            )
        if before.titles:
            if self._is_outranked(number, before.titles):
                reason = f"the register knows nobody of this name who was “{before.titles[0]}”"
                return self._open(hit, choices, "name-ambiguous", reason)
            self.attest(number, hit.start, "named with a title before")
        elif other := self._is_word(hit, number, floor):
            return self._open(hit, choices, "name-word", other)
        rule = "name-title" if before.titles else "name-surname"
        reason = "the only one of this name in the register"
        if choices[0].form.rule == "transliteration":
            return self._inferred([number], hit, "name-transliteration", reason, number)
        return Verdict(hit.start, hit.end, rule, Certainty.MEDIUM, reason, number)

    def _inferred(self, numbers: Sequence[int], hit: Hit, rule: str, reason: str, number: int) -> Verdict:
        """One of several is meant, as something tells; the others stand as candidates behind it."""
        candidates = self._candidates(numbers, number) if len(numbers) > 1 else ()
        return Verdict(hit.start, hit.end, rule, Certainty.MEDIUM, reason, number, candidates, is_inferred=True)

    def _owner(self, numbers: Sequence[int], hit: Hit, after: str) -> Verdict:
        """Whose papers these are: the text may speak of one person of this name, and cite the papers of another."""
        holders = [number for number in numbers if number in self._known and self._known[number].has_office]
        if len(holders) == 1 and not any(number in self._known for number in numbers if number != holders[0]):
            reason = self._known[holders[0]].reason
            return self._inferred(numbers, hit, "name-surname", reason, holders[0])
        reason = f"“{after}” may be those of any of them"
        return Verdict(hit.start, hit.end, "name-ambiguous", Certainty.LOW, reason, None, self._candidates(numbers))

    def _is_word(self, hit: Hit, number: int, floor: int) -> str:
        """Why a surname may be no name here, or not this one; "" if it is one."""
        key = hit.key
        if key in self._lexicon.proper:
            return "it is the name of something else, too, and nothing says that it is a person's here"
        namesakes = self._index.forenames.get(key, set()) - {number}
        if namesakes and (self._around.word_before(hit.start, floor) == "Dear" or namesakes & self._known.keys()):
            return "it is a forename, too, and nothing says that it is a surname here"
        is_firm = key in self.firm or self._around.is_within(hit.start, floor)
        if key in self._lexicon.ordinary and not is_firm:
            return "it is a common word, too, and nothing says that it is a name here"
        return ""

    def _is_elsewhere(self, hit: Hit, floor: int) -> bool:
        return bare(self._around.word_before(hit.start, floor)) in self._lexicon.elsewhere

    def _is_outranked(self, number: int, titles: tuple[str, ...]) -> bool:
        """Whether a name has a rank that the one who has it in the register, who is described there, never had."""
        found = self._lexicon.title(titles[0])
        if titles[0] == "general" and len(titles) > 1 and not self._is_rank(titles[1]):
            return False  # a secretary general is no soldier
        said = self._index.offices(number)
        return bool(found and found.type == "rank" and said and not said & self._lexicon.military)

    def _is_rank(self, title: str) -> bool:
        found = self._lexicon.title(title)
        return bool(found and found.type == "rank")

    def _holder(self, numbers: Sequence[int], hit: Hit, before: Before, floor: int, ceiling: int) -> Verdict | None:
        """Who of several has the office that stands beside the name: "Secretary X", "X, Assistant Secretary"."""
        offices = tuple(title for title in before.titles if title not in _PLAIN) if before.titles else ()
        most, holder, second = 0, -1, 0
        if offices:
            (most, holder), (second, _), *_ = self._shares(numbers, set(offices))
        if most > second and offices[0] in self._index.offices(holder):
            self.attest(holder, hit.start, f"named with a title (“{offices[-1]}”) before", has_office=True)
            reason = f"of those who have this name, one alone was “{' '.join(reversed(offices))}”"
            return self._inferred(numbers, hit, "name-title", reason, holder)
        beside = self._around.beside(hit.start, hit.end, floor, ceiling)
        if not any(self._lexicon.title(word) for word in beside):
            return None
        words = {bare(word) for word in beside} - _PLAIN
        (most, holder), (second, _), *_ = self._shares(numbers, words)
        if most < _ENOUGH or most == second:
            return None
        self.attest(holder, hit.start, "named with an office before", has_office=True)
        reason = "the office beside it is that of one who has this name"
        return self._inferred(numbers, hit, "name-title", reason, holder)

    def _shares(self, numbers: Sequence[int], words: set[str]) -> list[tuple[int, int]]:
        """How many of some words are in the offices of each, and who it is; the most first."""
        return sorted(((len(words & self._index.offices(number)), number) for number in numbers), reverse=True)

    def _officiates(self, number: int) -> bool:
        """Whether the text speaks of an office that somebody has, by its whole title."""
        if number not in self._offices:
            self._offices[number] = any(self._around.has_office(title) for title in self._index.titles(number))
        return self._offices[number]

    def _signs(self, number: int) -> bool:
        """Whether the initials of a whole name stand in the text, as those of who signs."""
        return any(self._around.has_word(initials_of(parts)) for parts in self._index.parts(number))

    def _is_clear(self, known: Sequence[int], hit: Hit, floor: int) -> bool:
        """Whether the one who was named last is meant: in this paragraph, or unless something speaks against it.

        That is a stranger of this name since; the surname alone, before anybody was named in full; several persons of
        this name, where the surname isn't the first word of a name, as it is in Korean or Chinese ones.
        """
        last = self._known[known[-1]].at
        if last < self._strangers.get(hit.key, (0, ""))[0]:
            return False
        if last >= floor and (len(known) == 1 or self._known[known[-2]].at < floor):
            return True
        is_eastern = any(parts.eastern for parts in self._index.parts(known[-1]))
        return hit.key not in self._alone if len(known) == 1 else is_eastern

    def _known_of(self, numbers: Sequence[int], among: Set[int]) -> list[int]:
        """Of those who have a name, whoever was named beyond doubt, the last one last."""
        if len(numbers) <= _MANY or not among:
            known = [number for number in numbers if number in self._known]
        else:
            known = [number for number in self._known if number in among]
        if len(known) > 1:
            known.sort(key=lambda one: self._known[one].at)
        return known

    def _one_of(
        self,
        numbers: Sequence[int],
        hit: Hit,
        rule: str,
        floor: int,
        own: Sequence[int] = (),
        among: Set[int] = frozenset(),
    ) -> Verdict:
        """One of several who have the same name: whoever was named last beyond doubt; else whoever is present.

        `own` are those for whom the register has just this form; `among` are the same as `numbers`, if there are many.
        """
        known = self._known_of(numbers, among)
        if known and self._is_clear(known, hit, floor):
            reason = self._known[known[-1]].reason
            if len(known) > 1:
                reason += ", the last of those who have this name"
            return self._inferred(numbers, hit, rule, reason, known[-1])
        there = list(filter(self.present.__contains__, numbers)) if self.present else []
        if len(there) == 1 and not known:
            return self._inferred(numbers, hit, rule, self.present[there[0]], there[0])
        if len(own) == 1 and (not known or own[0] in known):
            reason = "the register has this form for one of those who have this name"
            return self._inferred(numbers, hit, rule, reason, own[0])
        officials = [number for number in numbers if self._officiates(number)] if len(numbers) <= _FEW else []
        if len(officials) == 1 and known in ([], officials):
            reason = "of those who have this name, one alone has an office that the text speaks of"
            return self._inferred(numbers, hit, rule, reason, officials[0])
        signed = [number for number in numbers if self._signs(number)] if not known and len(numbers) <= _FEW else []
        if len(signed) == 1:
            reason = "of those who have this name, one alone has the initials that stand in the text by themselves"
            return self._inferred(numbers, hit, rule, reason, signed[0])
        self._alone.add(hit.key)
        reason = "several entries have this name, and nothing decides between them"
        return Verdict(hit.start, hit.end, "name-ambiguous", Certainty.LOW, reason, None, self._candidates(numbers))


def _numbers(choices: Sequence[Choice]) -> list[int]:
    if len(choices) == 1:
        return [choices[0].number]
    return list(dict.fromkeys(choice.number for choice in choices))
