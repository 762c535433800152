"""A language, as data: its words for dates and its ways to write them, from a TOML file (docs/encoding.md, “Dates”)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from teipipe.encode.dates.templates import Template, TemplateError
from teipipe.encode.dates.tokens import APOSTROPHES, Lexicon, Suffixes, parts_of, pieces_of
from teipipe.errors import ConfigurationError

#: What a form may say, and what its words then mean (teipipe.encode.dates.readings has a reader for each).
KINDS: Final = ("calendar", "list", "double", "numeric", "clock", "moment", "relative", "duration", "nothing")
#: The classes of numbers, which every language has.
NUMBERS: Final = frozenset(
    (
        *("number", "day", "month-number", "hour", "two-digits", "year", "military", "ordinal", "nth"),
        *("decade", "two-digit-decade", "short-year", "short-decade", "clock", "clock-point", "iso", "numeric"),
        *("acronym", "capital"),
    )
)
#: The classes whose words have values, with the least and the greatest of these.
_VALUES: Final[dict[str, tuple[int, int]]] = {
    "month": (1, 12),
    "month-short": (1, 12),
    "month-doubtful": (1, 12),
    "weekday": (1, 7),
    "weekday-short": (1, 7),
    "nth-word": (1, 31),
    "count": (1, 999),
    "decade-word": (0, 90),
    "tens": (20, 90),
    "part": (1, 3),
    "fraction": (1, 12),
    "meridiem": (0, 1),
    "deictic": (-9, 9),
}
#: The classes whose words mean one of a few things.
_UNITS: Final = ("day", "week", "month", "year", "decade", "century")
_NAMED: Final = {"unit": _UNITS, "units": _UNITS, "daypart": ("morning", "afternoon", "evening", "night")}
_VALUED: Final = frozenset((*_VALUES, *_NAMED, "season"))
_JUNK: Final = "\ue000"
_FIRST_LETTER: Final = 0xE001
_TOP: Final = frozenset(("title", "slashes", "endings", "words", "names", "forms", "anchors"))


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of date, in several templates; what it `sets` are values of fields that no word stands for."""

    kind: str
    fields: tuple[str, ...]
    sets: Mapping[str, object]
    expression: re.Pattern[str]


@dataclass(frozen=True)
class Language:
    """The words and forms of a language.

    `forms` are those that can begin with a letter, in their order; `starts` finds such letters, `anchors` whatever any
    date must have one of. `slashes` is the order of 3/9/1956: day, month or unknown.
    """

    title: str
    slashes: str
    suffixes: Suffixes
    anchors: re.Pattern[str]
    forms: Mapping[str, tuple[Form, ...]]
    starts: re.Pattern[str]
    junk: str = _JUNK
    _letters: Mapping[frozenset[str], str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, object]] = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The letters for the pieces of a text."""
        return Lexicon(self)

    def letter_of(self, classes: frozenset[str]) -> str:
        """The letter for what belongs to these classes."""
        return self._letters.get(classes, _JUNK)

    def unknown(self, piece: str) -> tuple[str, object, int]:
        """As `words`, for a word that isn't there as it stands: the letter, the value, and how much of it is a word.

        A possessive is none of it.
        """
        if len(piece) > 3 and piece[-2] in APOSTROPHES and (known := self.words.get(piece[:-2])) is not None:
            return (*known, len(piece) - 2)
        if not piece[0].isupper():
            return _JUNK, None, len(piece)
        name = "acronym" if 1 < len(piece) < 7 and piece.isupper() else "capital"
        return self.letter_of(frozenset((name,))), None, len(piece)


def require_language(tag: str, path: Path | None) -> Language:
    """The language in a file, if one is given, or that of a tag; raises ConfigurationError if there is none."""
    return language_of(tag) if path is None else load_language(path)


@cache
def load_language(path: Path) -> Language:
    """The language in a file; raises ConfigurationError, which says where it isn't as it should be."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"can't be read: {error}", path=path) from error
    return parse_language(text, path)


@cache
def language_of(tag: str) -> Language:
    """The language that comes with teipipe for a tag (en, en-GB); raises ConfigurationError if there is none."""
    folder = files("teipipe.encode.dates")
    name = tag.split("-")[0].lower()
    place = folder / f"{name}.toml"
    if not name.isalpha() or not place.is_file():
        known = ", ".join(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))
        raise ConfigurationError(
            f"there are no dates for the language “{tag}”",
            help=f"languages with dates: {known}; docs/encoding.md says how to add one",
        )
    return parse_language(place.read_text("utf-8"), Path(f"{name}.toml"))


def parse_language(text: str, path: Path) -> Language:
    """The language that a text in TOML describes."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"isn't TOML: {error}", path=path) from error
    return _Compiler(data, path).language()


class _Compiler:
    """Makes a language from its table, and says of each key what is wrong with it."""

    def __init__(self, data: dict[str, Any], path: Path) -> None:
        self._data = data
        self._path = path
        self._classes: dict[str, set[str]] = {}
        self._meanings: dict[str, object] = {}
        self._letters: dict[frozenset[str], str] = {}

    def language(self) -> Language:
        for key in self._data:
            self._require(key in _TOP, key, "isn't a key of a language")
        slashes = self._data.get("slashes", "unknown")
        self._require(slashes in ("day", "month", "unknown"), "slashes", "is day, month or unknown")
        self._vocabulary()
        suffixes = self._endings()
        templates = self._templates()
        self._literals(templates)
        self._lettered(suffixes)
        forms = self._forms(templates)
        words = {
            word: (self._letters[frozenset(names)], self._meanings.get(word)) for word, names in self._classes.items()
        }
        return Language(
            title=str(self._data.get("title", "")),
            slashes=slashes,
            suffixes=suffixes,
            anchors=self._anchors(),
            forms=forms,
            starts=re.compile(f"[{''.join(forms)}]"),
            _letters=self._letters,
            words=words,
        )

    def _require(self, condition: bool, key: str, message: str) -> None:
        if not condition:
            raise ConfigurationError(f"{key}: {message}", path=self._path)

    def _table(self, key: str) -> dict[str, Any]:
        table = self._data.get(key, {})
        self._require(isinstance(table, dict), key, "isn't a table")
        return dict(table)

    def _vocabulary(self) -> None:
        for name, table in self._table("words").items():
            key = f"words.{name}"
            self._require(name not in NUMBERS, key, "is a class of numbers, which have no words")
            if isinstance(table, list):
                self._require(name not in _VALUED, key, "is a table: its keys are what its words mean")
                self._add(name, key, table, None)
                continue
            self._require(isinstance(table, dict), key, "is a list of words, or a table of such lists by their meaning")
            for meaning, words in table.items():
                self._require(isinstance(words, list), f"{key}.{meaning}", "is a list of words")
                self._add(name, f"{key}.{meaning}", words, self._meaning(name, f"{key}.{meaning}", meaning))

    def _add(self, name: str, key: str, words: list[object], meaning: object) -> None:
        for word in words:
            self._require(isinstance(word, str) and _is_word(word), key, f"{word!r} is no single word")
            for form in _written(str(word)):
                self._classes.setdefault(form, set()).add(name)
                known = self._meanings.setdefault(form, meaning)
                if known is None:
                    self._meanings[form] = meaning
                elif meaning is not None:
                    self._require(known == meaning, key, f"“{word}” means {known} elsewhere")

    def _meaning(self, name: str, key: str, meaning: str) -> object:
        """What the words under a key mean, by their class."""
        if name in _NAMED:
            self._require(meaning in _NAMED[name], key, f"stands for one of {', '.join(_NAMED[name])}")
            return meaning
        if name == "season":
            ends = re.fullmatch(r"([1-9]|1[0-2])-([1-9]|1[0-2])", meaning)
            self._require(ends is not None, key, "stands for a season: its first and its last month, as in 3-5")
            return (int(ends[1]), int(ends[2])) if ends else None
        least, greatest = _VALUES.get(name, (-999, 999))
        right = re.fullmatch(r"-?[0-9]{1,3}", meaning) is not None and least <= int(meaning) <= greatest
        self._require(right, key, f"stands for a number from {least} to {greatest}")
        return int(meaning)

    def _endings(self) -> Suffixes:
        endings = self._table("endings")
        for key in endings:
            self._require(key in ("ordinals", "decades"), f"endings.{key}", "is ordinals or decades")
        meridiems = {word: value for word, value in self._meanings.items() if "meridiem" in self._classes[word]}
        return Suffixes(frozenset(endings.get("ordinals", ())), frozenset(endings.get("decades", ())), meridiems)

    def _templates(self) -> list[tuple[dict[str, Any], list[Template]]]:
        named = self._table("names")
        forms = self._data.get("forms", [])
        self._require(isinstance(forms, list) and bool(forms), "forms", "there are none")
        found = []
        for number, form in enumerate(forms, 1):
            key = f"forms[{number}]"
            self._require(
                isinstance(form, dict) and form.get("kind") in KINDS, key, f"kind is one of {', '.join(KINDS)}"
            )
            templates = []
            for text in form.get("templates", []):
                try:
                    template = Template(text, named)
                except TemplateError as error:
                    raise ConfigurationError(f"{key}: {error}, in “{text}”", path=self._path) from None
                for name in template.classes() - NUMBERS - set(self._table("words")):
                    self._require(False, key, f"there are no words.{name}, in “{text}”")
                templates.append(template)
            self._require(bool(templates), key, "has no templates")
            found.append((form, templates))
        return found

    def _literals(self, templates: list[tuple[dict[str, Any], list[Template]]]) -> None:
        for literal in {word for _, made in templates for template in made for word in template.literals()}:
            for form in _written(literal) if literal != "-" else ():
                self._classes.setdefault(form, set()).add(f"={literal}")
        for dash in "-‐‑‒–−—":
            self._classes.setdefault(dash, set()).add("=-" if dash != "—" else "=—")

    def _lettered(self, suffixes: Suffixes) -> None:
        """Give each combination of classes that occurs a letter of its own."""
        numbers = {frozenset(names) for names in self._classes.values()}
        pieces = [*(str(n) for n in range(10000)), *(f"{n:02}" for n in range(100)), *(f"{n}:00" for n in range(25))]
        pieces += ["10.30", "1956-09-16", "1/2/1956", "1950s", "'56", "'50s", "1-2", "1/2", "3.9"]
        pieces += [f"{n}{ending}" for n in (3, 40) for ending in suffixes.ordinals]
        pieces += [f"{n}{ending}" for n in (1950, 50) for ending in suffixes.decades] + [
            f"5{word}" for word in suffixes.meridiems
        ]
        pieces.append("12345")
        for piece in pieces:
            numbers.update(classes for _, classes, _ in parts_of(piece, suffixes) if classes)
        numbers |= {frozenset(("acronym",)), frozenset(("capital",))}
        for number, classes in enumerate(sorted(numbers, key=sorted)):
            # What is both a sign in a number and one of the language is the same.
            self._letters[classes] = chr(_FIRST_LETTER + number)
        for sign in "-/.":
            literal = frozenset((f"={sign}",))
            self._letters[frozenset((sign,))] = self._letters.get(literal, _JUNK)

    def _forms(self, templates: list[tuple[dict[str, Any], list[Template]]]) -> dict[str, tuple[Form, ...]]:
        """The forms by the letters that they can begin with."""
        by_letter: dict[str, list[Form]] = {}
        for table, made in templates:
            sets = {key: value for key, value in table.items() if key not in ("kind", "templates")}
            for template in made:
                try:
                    expression = re.compile(template.expression(self._set_of))
                except re.error:
                    self._require(False, "forms", f"before ^ there are always as many words, in “{template.text}”")
                form = Form(table["kind"], tuple(template.fields), sets, expression)
                for letter in template.first_letters(self._set_of) - {" ", _JUNK}:
                    by_letter.setdefault(letter, []).append(form)
        return {letter: tuple(forms) for letter, forms in by_letter.items()}

    def _set_of(self, name: str) -> str:
        return "".join(letter for classes, letter in self._letters.items() if name in classes and letter != _JUNK)

    def _anchors(self) -> re.Pattern[str]:
        """What finds digits, and each word of the classes of which a date must have one."""
        names = self._data.get("anchors", [])
        self._require(isinstance(names, list) and bool(names), "anchors", "is a list of classes of words")
        words = {word for word, classes in self._classes.items() if classes & set(names)}
        self._require(bool(words), "anchors", "has no words")
        return re.compile(rf"\d+|(?:{_trie(words)})(?!\w)")


def _is_word(word: str) -> bool:
    """Whether it is read as one piece of a text."""
    return len(pieces_of(word)) == 1 and not word[0].isdigit() and not word.isspace()


def _written(word: str) -> set[str]:
    """How a word is written: as it stands, with a capital letter, in capitals; with either kind of apostrophe."""
    forms = {word, word[:1].upper() + word[1:], word.upper()}
    return forms | {form.replace("'", "’") for form in forms}


def _trie(words: set[str]) -> str:
    """An expression for any of the words, divided by their letters, so that no word is tried in vain."""
    branches: dict[str, set[str]] = {}
    for word in words:
        branches.setdefault(word[0], set()).add(word[1:])
    written = []
    for letter, rests in sorted(branches.items()):
        inner = _trie(rests - {""}) if rests != {""} else ""
        written.append(re.escape(letter) + (f"(?:{inner}){'?' if '' in rests else ''}" if inner else ""))
    return "|".join(written)
