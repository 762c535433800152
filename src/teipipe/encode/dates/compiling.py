"""Makes a language of its table, and says of each key what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from teipipe.encode.dates.automaton import Automaton, Form
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.numbers import DASHES, NUMBERS, SIGNS, classes_of_numbers
from teipipe.encode.dates.templates import Template, TemplateError, Templates
from teipipe.encode.dates.tokens import JUNK
from teipipe.encode.dates.vocabulary import Vocabulary, require, table_of
from teipipe.errors import ConfigurationError

_KEYS: Final = frozenset(("title", "slashes", "anchors", "endings", "words", "names", "forms"))
_ONE_OF_TWO: Final = frozenset(("day2", "month2", "season2", "weekday2", "clock2", "hour2", "noon2", "midnight2"))
_HOURS: Final = frozenset(("clock", "hour", "noon", "midnight"))
#: The kinds of forms, with fields of which each of their templates has one at least.
_KINDS: Final[dict[str, tuple[frozenset[str], ...]]] = {
    "calendar": (),
    "list": (_ONE_OF_TWO,),
    "double": (frozenset(("day",)), frozenset(("day2",))),
    "numeric": (frozenset(("numeric",)),),
    "clock": (),
    "moment": (frozenset(("day", "month", "year", "iso")), _HOURS),
    "relative": (),
    "duration": (),
    "nothing": (),
}
#: What a form may set, and to what.
_SETS: Final[dict[str, tuple[object, ...] | range]] = {
    "month": range(1, 13),
    "day": range(1, 32),
    "part": range(1, 4),
    "minute": range(60),
    "by": range(-1, 2),
    "days": range(-99, 100),
    "weak": (True, False),
    "whole-day": (True, False),
    "anchor": ("document", "text", "none"),
    "bound": ("before", "after"),
}
#: The classes whose words or numbers can stand in a field.
_FIELDS: Final[dict[str, frozenset[str]]] = {
    name: frozenset(classes.split())
    for name, classes in {
        "year": "year short-year two-digits late-two-digits number",
        "month": "month month-short month-doubtful month-roman month-number",
        "day": "day ordinal nth-word",
        "weekday": "weekday weekday-short",
        "part": "part part-noun",
        "nth": "nth ordinal nth-word day",
        "tens": "tens",
        "fraction": "fraction",
        "season": "season",
        "decade": "decade short-decade two-digit-decade decade-word",
        "century": "nth ordinal nth-word day",
        "clock": "clock clock-point",
        "hour": "hour",
        "meridiem": "meridiem",
        "military": "military",
        "numeric": "numeric",
        "iso": "iso",
        "count": "count",
        "number": "number day two-digits year",
        "unit": "unit",
        "units": "units",
        "deictic": "deictic",
        "year-word": "year-word",
    }.items()
}
_FIRST_LETTER: Final = 0xE001

_Forms = list[tuple[dict[str, Any], list[Template]]]


def compile_language(data: dict[str, Any], path: Path) -> Language:
    """The language in a table; raises ConfigurationError for a key that isn't as it should be."""
    for key in data:
        require(key in _KEYS, key, "isn't a key of a language", path)
    slashes = data.get("slashes", "unknown")
    require(slashes in ("day", "month", "unknown"), "slashes", "is day, month or unknown", path)
    vocabulary = Vocabulary(data, path)
    forms = _forms(data, vocabulary, path)
    letters = _letters(vocabulary)
    automaton = Automaton(_numbered(forms), _of_class(letters))
    return Language(
        title=str(data.get("title", "")),
        slashes=slashes,
        suffixes=vocabulary.suffixes,
        anchors=_anchors(data, vocabulary, path),
        automaton=automaton,
        starts=re.compile(f"[{automaton.starts}]"),
        letters=letters,
        words={
            word: (letters[frozenset(names)], vocabulary.meanings.get(word))
            for word, names in vocabulary.classes.items()
        },
    )


def _forms(data: dict[str, Any], vocabulary: Vocabulary, path: Path) -> _Forms:
    """The tables of forms, each with its templates; the words in these are added to the vocabulary."""
    named = table_of(data, "names", path)
    for name, text in named.items():
        require(isinstance(text, str), f"names.{name}", "is no text", path)
    taken_apart = Templates(named)
    forms = data.get("forms", [])
    require(isinstance(forms, list) and forms, "forms", "there are none", path)
    found: _Forms = []
    for number, form in enumerate(forms, 1):
        key = f"forms[{number}]"
        known = isinstance(form, dict) and form.get("kind") in _KINDS
        require(known, key, f"kind is one of {', '.join(_KINDS)}", path)
        _require_sets(form, key, path)
        templates = _templates(form, taken_apart, key, path)
        for template in templates:
            _require_fields(form["kind"], template, vocabulary, key, path)
        found.append((form, templates))
    for word in sorted({word for _, templates in found for template in templates for word in template.words()}):
        if word not in DASHES:
            vocabulary.add_literal(word)
    for dash in DASHES:
        vocabulary.classes.setdefault(dash, set()).add("=-")
    return found


def _templates(form: dict[str, Any], taken_apart: Templates, key: str, path: Path) -> list[Template]:
    texts = form.get("templates", [])
    require(isinstance(texts, list) and texts, key, "has no templates", path)
    templates: list[Template] = []
    for text in texts:
        require(isinstance(text, str), key, "has a template that is no text", path)
        try:
            templates.append(taken_apart.of(text))
        except TemplateError as error:
            raise ConfigurationError(f"{key}: {error}, in “{text}”", path=path) from None
    return templates


def _require_sets(form: dict[str, Any], key: str, path: Path) -> None:
    for name, value in form.items():
        if name in ("kind", "templates"):
            continue
        require(name in _SETS, key, f"“{name}” is nothing that a form sets", path)
        allowed = _SETS[name]
        right = value in allowed and isinstance(value, type(allowed[0]))
        choice = f"{allowed[0]} to {allowed[-1]}" if isinstance(allowed, range) else " or ".join(map(str, allowed))
        require(right, key, f"{name} is {choice}", path)


def _require_fields(kind: str, template: Template, vocabulary: Vocabulary, key: str, path: Path) -> None:
    shown = f", in “{template.text}”"
    for field, classes in template.pieces():
        if not field:
            continue
        for name in classes:
            require(name in NUMBERS or name in vocabulary.names, key, f"there are no words.{name}{shown}", path)
        name = field.rstrip("0123456789")
        allowed = _FIELDS.get(name)
        if allowed is not None and not allowed.issuperset(classes):
            wrong = ", ".join(sorted(set(classes) - allowed))
            require(False, key, f"{wrong} can't be a {name}{shown}", path)
    for needed in _KINDS[kind]:
        require(
            needed & template.fields(), key, f"a form of this kind has one of {', '.join(sorted(needed))}{shown}", path
        )


def _letters(vocabulary: Vocabulary) -> dict[frozenset[str], str]:
    """A letter for each combination of classes that a word or a number may have."""
    combinations = {frozenset(names) for names in vocabulary.classes.values()}
    combinations |= classes_of_numbers(vocabulary.suffixes)
    letters = {names: chr(_FIRST_LETTER + at) for at, names in enumerate(sorted(combinations, key=sorted))}
    # A sign within a number is the same as one that stands alone.
    for sign in SIGNS:
        alone = vocabulary.classes.get(sign, set())
        letters[frozenset((sign,))] = letters.get(frozenset(alone), JUNK)
    return letters


def _of_class(letters: dict[frozenset[str], str]) -> dict[str, str]:
    """The letters of each class."""
    by_class: dict[str, set[str]] = {}
    for classes, letter in letters.items():
        for name in classes if letter != JUNK else ():
            by_class.setdefault(name, set()).add(letter)
    return {name: "".join(sorted(of_class)) for name, of_class in by_class.items()}


def _numbered(forms: _Forms) -> list[Form]:
    """The forms in their order."""
    found: list[Form] = []
    for table, templates in forms:
        sets = {key: value for key, value in table.items() if key not in ("kind", "templates")}
        for template in templates:
            found.append(Form(len(found), table["kind"], sets, template))
    return found


def _anchors(data: dict[str, Any], vocabulary: Vocabulary, path: Path) -> AhoCorasick:
    """What finds digits, and each word of the classes of which a date must have one."""
    names = data.get("anchors", [])
    require(isinstance(names, list) and names, "anchors", "is a list of classes of words", path)
    for name in names:
        require(name in vocabulary.names, "anchors", f"there are no words.{name}", path)
    words = [word for word, classes in vocabulary.classes.items() if classes & set(names)]
    require(words, "anchors", "have no words", path)
    return AhoCorasick(
        [*sorted(words), *"0123456789"], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
