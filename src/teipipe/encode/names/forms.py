"""Which forms an entry of the register may have in a text, and by what rule each of them is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from teipipe.encode.names.folding import folded
from teipipe.encode.names.personal import Parts, also_in, is_initial, parts_of, parts_of_text
from teipipe.encode.names.register import Entry, Name
from teipipe.encode.names.traditions import chinese_forms

#: full: it names the entry alone. partial: a forename and a surname, not as the register has them. surname: alone, or
#: the only name of somebody. given: a forename with a title ("Sir Roger"). epithet: stands for a person without a name.
FormKind = Literal["full", "partial", "surname", "given", "epithet"]

_ABBREVIATION: Final = re.compile(r"[A-Z]{2,8}")
_DOTTED: Final = re.compile(r"(?:[A-Z]\.){2,8}")
_ARTICLE: Final = re.compile(r"\A(?:the|a|an) ", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"(.+?)\s*\(([^()]+)\)")
_GENITIVE: Final = re.compile(r"(?:s['’]|['’]s)(?= |$)")
#: Names that are longer are read, and never found.
_LONGEST: Final = 300
#: Titles after which the first word of a name stands alone: "Prince Wan".
_PRINCES: Final = frozenset({"prince", "princess", "king", "queen", "emperor", "sultan", "emir", "shah"})
_KNIGHTS: Final = frozenset({"sir", "dame", "lord", "lady"})


class Form(NamedTuple):
    """One form: `text` as it would be printed, `key` as it is looked for (`folded`).

    `rule` names how it is made of what the register has: written, order, initials, forename, surname, title, suffix,
    abbreviation, apostrophe, transliteration; `exact` says that capitals matter ("CC", "WHO").
    """

    text: str
    key: str
    kind: FormKind
    rule: str
    exact: bool = False


def forms_of(entry: Entry) -> tuple[Form, ...]:
    """All forms of an entry, each key once: as the register has it, if it does."""
    found: dict[str, Form] = {}
    make = _personal if entry.kind == "person" else _other
    for name in entry.names:
        forms = _epithet(name.text) if name.type == "epithet" else make(name)
        for form in forms:
            if 0 < len(form.key) <= _LONGEST and (form.rule == "written" or form.key not in found):
                found[form.key] = form
    return tuple(found.values())


def surnames_of(entry: Entry) -> frozenset[str]:
    """The surnames of a person, folded, in the spellings of the register and those of other systems."""
    return frozenset(form.key for form in forms_of(entry) if form.kind == "surname")


def _form(text: str, kind: FormKind, rule: str, *, exact: bool = False) -> Form:
    return Form(text, folded(text), kind, rule, exact)


def _epithet(text: str) -> Iterator[Form]:
    yield _form(_without_article(text), "epithet", "written")


def _personal(name: Name) -> Iterator[Form]:
    parts = parts_of(name)
    yield from _of_parts(parts, name.text)
    for other in also_in(name.text):
        yield from _of_parts(parts_of_text(other), other)


def _of_parts(parts: Parts, text: str) -> Iterator[Form]:
    if not parts.forenames:
        # "FDR", "Mao", and what is no heading of a person at all, such as "Kim, Il, and Sung".
        kind: FormKind = "full" if " " in parts.surname else "surname"
        yield _form(parts.surname, kind, "written", exact=bool(_ABBREVIATION.fullmatch(parts.surname)))
        return
    yield _form(parts.natural, "full", "written" if text == parts.natural else "order")
    yield from _eastern(parts) if parts.eastern else _western(parts)
    if parts.suffix:
        yield _form(f"{parts.natural}, {parts.suffix}", "full", "suffix")
    if len(parts.surname) > 1:
        yield _form(parts.surname, "surname", "surname")


def _western(parts: Parts) -> Iterator[Form]:
    surname, (first, *others) = parts.surname, parts.forenames
    for given, rule in _given(first, others):
        kind: FormKind = "partial" if rule == "forename" and given != first else "full"
        yield _form(f"{given} {surname}", kind, rule)
    yield _form(f"{surname}, {' '.join(parts.forenames)}", "full", "order")
    yield _form(f"{surname}, {first}", "full", "order")
    for title in parts.titles:
        if folded(title) in _PRINCES:
            yield _form(f"{title} {surname.split()[0]}", "given", "title")
        if folded(title) in _KNIGHTS and not is_initial(first):
            yield _form(f"{title} {first}", "given", "title")
            yield _form(f"{title} {first} {surname}", "full", "title")
            yield _form(f"{title} {surname}", "partial", "title")


def _given(first: str, others: list[str]) -> Iterator[tuple[str, str]]:
    """The ways in which forenames are shortened, each with its rule."""
    yield first, "forename"
    initials = [f"{given[0]}." for given in (first, *others)]
    if not is_initial(first):
        yield initials[0], "initials"
    if not others:
        return
    for blank in (" ", ""):
        yield blank.join(initials[:2]), "initials"
        if len(initials) > 2:
            yield blank.join(initials), "initials"
    yield f"{first} {initials[1]}", "initials"
    if not is_initial(others[0]):
        yield f"{initials[0]} {' '.join(others)}", "initials"
        yield f"{first} {others[0]}", "forename"
        yield " ".join(others), "forename"


def _eastern(parts: Parts) -> Iterator[Form]:
    words = (parts.surname, *parts.forenames)
    given = "-".join(parts.forenames)
    yield _form(f"{' '.join(parts.forenames)} {parts.surname}", "full", "order")
    syllables = folded(given).split()
    if len(syllables) == 2:
        joined = "".join(syllables).capitalize()
        yield _form(f"{parts.surname} {joined}", "full", "transliteration")
        yield _form(f"{parts.surname} {parts.forenames[0][0]}. {syllables[1][0].upper()}.", "full", "initials")
    for whole, surname, _ in chinese_forms(words):
        yield _form(whole, "full", "transliteration")
        yield _form(surname, "surname", "transliteration")


def _other(name: Name) -> Iterator[Form]:
    """The forms of what is no person: as written, without article, abbreviated with and without full stops."""
    texts: Iterable[str] = (name.text,)
    if bracketed := _BRACKETED.fullmatch(name.text):
        texts = (name.text, bracketed[1], bracketed[2]) if _ABBREVIATION.fullmatch(bracketed[2]) else (name.text,)
    for written in texts:
        text = _without_article(written)
        exact = any(_ABBREVIATION.fullmatch(word) for word in text.split())
        yield _form(text, "full", "written", exact=exact)
        if _ABBREVIATION.fullmatch(text) and len(text) <= 5:
            yield _form("".join(f"{letter}." for letter in text), "full", "abbreviation", exact=True)
        elif _DOTTED.fullmatch(text):
            yield _form(text.replace(".", ""), "full", "abbreviation", exact=True)
        if _GENITIVE.search(text):
            for instead in ("s’", "’s", "s"):
                yield _form(_GENITIVE.sub(instead, text), "full", "apostrophe", exact=exact)


def _without_article(text: str) -> str:
    """A name without the article before it, unless what is left is a common word: "the war"."""
    rest = _ARTICLE.sub("", text, count=1)
    return rest if " " in rest or rest[:1].isupper() else text
