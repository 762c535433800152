"""Profiles: the conventions of a kind of source, as data."""

from __future__ import annotations

from dataclasses import dataclass

#: Words of a kind, under their names: (("present", ("Present", "Anwesend")), …).
Lists = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a profile: phrases in the head, at the top or at the end of a text, or a feature of it."""

    weight: int
    where: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)  # what is made of one is kept by the profile itself
class Profile:
    """The conventions of a kind of source: `name` is that of its TOML file, `title` says what it is for.

    `body` is @type of the divisions that hold the text. `turns` are the ways in which a label may end if there are
    turns. `words`, `fields` and `divisions` are lists of phrases, each for something that stands in such sources;
    `brackets` are those of the classes of brackets, and what other brackets are (`encode/brackets/vocabulary.py`).
    """

    name: str
    title: str
    text_type: str
    body: str = "section"
    turns: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    words: Lists = ()
    fields: Lists = ()
    divisions: Lists = ()
    brackets: Lists = ()
    description: str = ""

    def list(self, name: str) -> tuple[str, ...]:
        """The phrases of a list of words."""
        return dict(self.words).get(name, ())
