"""Transcripts for measuring speed: our two sources, over and over, with other names, dates and words each time.

Names, dates and brackets are as frequent as there. Registers come in any size; the names are those that the transcripts
have, so that they are found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from lxml import etree
from tests.encode.transcripts import ROOT

_TEI: Final = "{http://www.tei-c.org/ns/1.0}"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FAMILIES: Final = (
    *("Kim", "Kim", "Kim", "Kim", "Ri", "Ri", "Ri", "Pak", "Pak", "Choe", "Choe", "Jeong", "Kang", "Jo", "Yun", "Jang"),
    *(
        "Rim",
        "Seo",
        "Han",
        "O",
        "Sin",
        "Kwon",
        "Hwang",
        "An",
        "Song",
        "Ryu",
        "Hong",
        "Jeon",
        "Ko",
        "Mun",
        "Son",
        "Yang",
    ),
    *("Pae", "Paek", "Heo", "Nam", "Sim", "Ro", "Ha", "Kwak", "Seong", "Cha", "Ju", "Ku", "Min", "Na", "Chin"),
    *("Ji", "Eom", "Chae", "Won", "Cheon", "Pang", "Kong", "Hyeon", "Ham", "Pyeon", "Chu", "Seok", "Seon"),
)
_SYLLABLES: Final = tuple(
    f"{first}{middle}{last}"
    for first, middle, last in product(
        ("Ch", "Y", "G", "S", "H", "J", "M", "D", "T", "B", "R", "N"),
        ("a", "eo", "o", "u", "i", "ye"),
        ("", "n", "ng", "k"),
    )
)
_STEMS: Final = tuple(
    f"{stem}{middle}"
    for stem, middle in product(
        (
            *(
                "Mik",
                "Mol",
                "Pon",
                "Kap",
                "Yud",
                "Sat",
                "Kov",
                "Brezh",
                "Vor",
                "Bul",
                "Zhuk",
                "Fyod",
                "Iv",
                "Petr",
                "Andr",
            ),
            *(
                "Sob",
                "Gro",
                "Shep",
                "Mal",
                "Kag",
                "Perv",
                "Sus",
                "Furts",
                "Ar",
                "Bel",
                "Ign",
                "Kir",
                "Kos",
                "Shver",
                "Lom",
            ),
        ),
        ("", "al", "in", "et", "or", "ush", "yk"),
    )
)
_ENDINGS: Final = (
    "oyan",
    "ov",
    "enko",
    "nev",
    "yukov",
    "arev",
    "onov",
    "itsky",
    "ev",
    "akov",
    "anin",
    "uk",
    "yan",
    "ovsky",
)
_FORENAMES: Final = (
    "Anastas",
    "Nikita",
    "Leonid",
    "Boris",
    "Viktor",
    "Nikolai",
    "Yekaterina",
    "Aleksei",
    "Dmitri",
    "Ivan",
)
_PLACES: Final = ("grad", "burg", "yang", "ju", "sk", "san", "cheon", "ovo", "chang", "pu")


@cache
def _everybody() -> tuple[tuple[str, str], ...]:
    chance = random.Random(1)
    found: list[tuple[str, str]] = []
    for _ in range(_MOST // 2):
        family = chance.choice(_FAMILIES)
        found.append((f"{family} {chance.choice(_SYLLABLES)}-{chance.choice(_SYLLABLES).lower()}", family))
        surname = f"{chance.choice(_STEMS)}{chance.choice(_ENDINGS)}"
        found.append((f"{chance.choice(_FORENAMES)} {surname}", surname))
    return tuple(found)


def persons(number: int) -> tuple[tuple[str, str], ...]:
    """So many full names, each with the surname of its bearer; fewer are the first of more."""
    return _everybody()[:number]


def register(size: int) -> str:
    """A register in TEI: six in ten are persons, the others organisations and places."""
    people = persons(size * 6 // 10)
    chance = random.Random(size)
    others = [f"{chance.choice(_STEMS)}{chance.choice(_ENDINGS)} {number}" for number in range(size // 5)]
    places = [f"{chance.choice(_STEMS)}{chance.choice(_PLACES)}{number}" for number in range(size // 5)]
    person = "".join(
        f'<person xml:id="p{at}"><persName type="preferred">{name}</persName>'
        f'<persName type="variant">{_initialled(name)}</persName></person>\n'
        for at, (name, _) in enumerate(people)
    )
    org = "".join(
        f'<org xml:id="o{at}"><orgName type="preferred">Committee of {name}</orgName>'
        f'<orgName type="variant">C.{name}</orgName></org>\n'
        for at, name in enumerate(others)
    )
    place = "".join(
        f'<place xml:id="l{at}"><placeName type="preferred">{name}</placeName></place>\n'
        for at, name in enumerate(places)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
        "<title>Register</title></titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p>"
        f"</sourceDesc></fileDesc></teiHeader><standOff><listPerson>{person}</listPerson><listOrg>{org}</listOrg>"
        f"<listPlace>{place}</listPlace></standOff></TEI>\n"
    )


def _initialled(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{first[0]}. {last}"


#: So many persons there are.
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Slot:
    """A name or a date in a source, for which another one is put in."""

    element: str
    words: str


@cache
def _templates() -> tuple[tuple[str | _Slot, ...], ...]:
    """Our two documents as the words of their sources, with slots for persons and dates."""
    from tests.accuracy.marks import read

    found: list[tuple[str | _Slot, ...]] = []
    for path in sorted((ROOT / "tei" / "sources").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pieces: list[str | _Slot] = []
        at = 0
        for mark in read(ROOT / "tei" / f"{path.stem}.xml", path).of("persName", "date"):
            if mark.start >= at:
                pieces += (text[at : mark.start], _Slot(mark.element, text[mark.start : mark.end]))
                at = mark.end
        pieces.append(text[at:])
        found.append(tuple(pieces))
    return tuple(found)


def transcripts(characters: int, people: Sequence[tuple[str, str]], seed: int = 1) -> Iterator[str]:
    """Transcripts of the length of our sources and less than that, some so many characters in all."""
    chance = random.Random(seed)
    made = 0
    while made < characters:
        text = _transcript(chance, people)
        made += len(text)
        yield text


def _transcript(chance: random.Random, people: Sequence[tuple[str, str]]) -> str:
    """One of our sources with other people: each named in full at first; every twentieth word another."""
    cast: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    pieces: list[str] = []
    for piece in chance.choice(_templates()):
        if isinstance(piece, str):
            pieces.append(_WORD.sub(lambda match: _other_word(match[0], chance), piece))
        elif piece.element == "date":
            pieces.append(_date(piece.words, chance))
        else:
            title, name = ("Cde. ", piece.words[5:]) if piece.words.startswith("Cde. ") else ("", piece.words)
            full, surname = cast.setdefault(name.rsplit(" ", 1)[-1], chance.choice(people))
            pieces.append(title + (surname if full in told and " " not in name else full))
            told.add(full)
    text = "".join(pieces)
    lines = text.split("\n")
    return "\n".join(lines[: chance.randint(len(lines) // 3, len(lines))])


_WORD: Final = re.compile(r"\b[a-z]{5,}\b")


def _other_word(word: str, chance: random.Random) -> str:
    """Now and then a word that nobody has used before."""
    if chance.random() > 0.05:
        return word
    return "".join(chance.choice(("ba", "lo", "ri", "sta", "men", "ger", "tion", "un", "pre", "der")) for _ in range(3))


def _date(words: str, chance: random.Random) -> str:
    """A date in another form, by the calendar if it was one."""
    if not any(character.isdigit() for character in words):
        return words
    day, month, year = chance.randint(1, 28), chance.choice(_MONTHS), chance.randint(1945, 1960)
    forms = (f"{day} {month} {year}", f"{month} {day}, {year}", f"{month} {year}", f"{month} {day}", f"{year}")
    return chance.choice((*forms, f"{month} {day}–{day + 2}", f"the late {year // 10 * 10}s", f"mid-{month}"))


def write(folder: Path, characters: int, size: int) -> tuple[list[Path], Path]:
    """Transcripts in a folder, and a register of so many entries that has the persons in them."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = folder / "register.xml"
    authority.write_text(register(size), encoding="utf-8")
    assert etree.parse(authority).getroot().find(f".//{_TEI}person") is not None
    files: list[Path] = []
    for number, text in enumerate(transcripts(characters, persons(600))):
        files.append(folder / f"talk-{number:04}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return files, authority
