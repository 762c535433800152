"""Who takes part: who is named as present, whom the labels of turns name, who recorded."""

from __future__ import annotations

from typing import Final

from teipipe.encode.blocks import Label
from teipipe.encode.marked import Participant
from teipipe.encode.names.candidates import is_name
from teipipe.encode.names.folding import folded
from teipipe.encode.names.index import Hit, Index
from teipipe.encode.names.lexicon import Lexicon
from teipipe.encode.names.matching import Matcher
from teipipe.encode.names.persons import Persons
from teipipe.encode.names.surroundings import Surroundings
from teipipe.encode.names.verdicts import Verdict
from teipipe.encode.plain import Plain

_SPEAKS: Final = "speaks here"


class Attendance:
    """Keeps who takes part in one text; `speakers` has the entry of each label that was listened to, or None.

    `places` has for each where it begins in the plain text, and where the name in it ends.
    """

    def __init__(
        self, index: Index, matcher: Matcher, persons: Persons, words: Lexicon, plain: Plain, around: Surroundings
    ) -> None:
        self._index = index
        self._matcher = matcher
        self._persons = persons
        self._words = words
        self._plain = plain
        self._around = around
        self._heard: dict[str, Verdict | None] = {}
        self._keys: dict[str, str] = {}
        self._names: dict[str, bool] = {}
        self._participants: dict[int | str, Participant] = {}
        self.speakers: list[int | None] = []
        self.places: list[tuple[int, int]] = []

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Who takes part, in the order in which they are named."""
        return tuple(self._participants.values())

    @property
    def who(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the entries for each label, () if none is known."""
        ids = ("" if number is None else self._index.entries[number].id for number in self.speakers)
        return tuple((one,) if one else () for one in ids)

    def take_part(self, number: int | None, name: str, role: str) -> None:
        """Note that somebody takes part; who was present before, and speaks now, is a speaker."""
        key = " ".join(name.split()) if number is None else number
        known = self._participants.get(key)
        if known is None or (known.role != "speaker" and role == "speaker"):
            name = " ".join(name.split())
            identifier = "" if number is None else self._index.entries[number].id
            self._participants[key] = Participant(identifier, known.name if known else name, role)

    def listen(self, label: Label) -> Verdict | None:
        """Who speaks in the turn of a label; None if nobody of this name is known."""
        index = self._plain.index
        floor, start, end = index(label.start), index(label.name[0]), index(label.name[1])
        self.places.append((floor, end))
        written = self._plain.text[floor:end]
        key = self._keys.get(written)
        if key is None:
            key = self._keys[written] = folded(written)
        if key not in self._heard:
            self._heard[key] = self._identified(floor, start, end)
        verdict = self._heard[key]
        number = verdict.entry if verdict else None
        self.speakers.append(number)
        if number is not None:
            self._persons.present[number] = _SPEAKS
            self.take_part(number, self._plain.text[start:end], "speaker")
        return verdict

    def is_named(self, label: Label) -> bool:
        """Whether a label is a name, or stands for one of the register; "The Chairman" is none."""
        if self.speakers and self.speakers[-1] is not None:
            return True
        start, end = (self._plain.index(at) for at in label.name)
        name = self._plain.text[start:end].strip()
        if " " not in name and label.role is None and self._around.has_small(name):
            return False  # "Question:" is nobody who speaks
        if name not in self._names:
            self._names[name] = is_name(name, self._words)
        return self._names[name]

    def _identified(self, floor: int, start: int, end: int) -> Verdict | None:
        key = folded(self._plain.text[start:end])
        choices = self._matcher.choices(key)
        if not choices:
            given, _, key = key.rpartition(" ")
            choices = self._matcher.choices(key) if given else ()
            start = end - len(key)
        choices = [
            choice
            for choice in choices
            if self._index.entries[choice.number].kind == "person" and choice.form.kind != "epithet"
        ]
        return self._persons.decide(Hit(start, end, choices, key), floor, end) if choices else None
