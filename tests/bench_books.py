"""Books: what a page costs, whether that grows with the book, and what memory a large one takes.

Run by `tests.bench`. Each book is set in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench import bound

from teipipe.books.settings import Print
from teipipe.books.typesetting import typeset
from teipipe.resources import bundled

#: About how many pages of text, before lists; the second has 700 with them.
SIZES: Final = (100, 500, 800)
#: What a page of the largest book may cost more than one of the smallest.
GROWTH: Final = 1.3
#: Seconds of processors for 700 pages.
MOST_SECONDS: Final = 20
#: Megabytes for 700 pages.
MOST_MEMORY: Final = 1000

_PERSONS: Final = 500
_PAGES_OF_TEXT: Final = 19
_WORDS: Final = (
    "comrades plenum delegation of the Central Committee informed several members about a question that was put "
    "and we did not agree with such an opinion because it was said before in Pyongyang by ambassador"
)


@dataclass(frozen=True, slots=True)
class _Spent:
    pages: int
    seconds: float
    memory: float


def books(_: Path) -> None:
    """Books of conversations with names and notes, with a list of persons and an index."""
    print(f"books of conversations that name {_PERSONS} persons, with an index")
    found = [_apart(size) for size in SIZES]
    for spent in found:
        each = spent.seconds / spent.pages * 1000
        print(f"  {spent.pages:5} pages {spent.seconds:8.2f} s CPU {each:8.1f} ms each {spent.memory:8.0f} MB")
    few, whole, many = found
    bound("CPU of a page, beside a small book", many.seconds / many.pages / (few.seconds / few.pages), "×", GROWTH)
    bound("CPU of 700 pages", whole.seconds / whole.pages * 700, "s", MOST_SECONDS)
    bound("memory for 700 pages", whole.memory / whole.pages * 700, "MB", MOST_MEMORY)


def _apart(size: int) -> _Spent:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_set, (size,))


def _set(size: int) -> _Spent:
    templates = {path.name: path.read_text("utf-8") for path in (bundled("xslt") / "print").glob("*.typ")}
    book = book_of(size)
    before = _processors()
    done = typeset(book, Print(), templates)
    return _Spent(done.pages, _processors() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _processors() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def book_of(size: int) -> str:
    """A book of about so many pages; the same whenever it is asked for."""
    chance = random.Random(size)
    texts = "".join(_text(chance, number) for number in range(max(1, size // _PAGES_OF_TEXT)))
    entries = "".join(
        f'<entry id="entry.p{each}" key="p{each}"><name>Person {each}</name><p>{_said(chance, 12)}</p></entry>'
        for each in range(_PERSONS)
    )
    terms = "".join(f'<index-entry key="p{each}"><term>Person {each}</term></index-entry>' for each in range(_PERSONS))
    return f"""<book kind="edition" id="e" lang="en" version="1" date="2026-11-22" checksum="0" title="Conversations">
    <label key="contents">Contents</label><label key="page">p. {{n}}</label><label key="pages">pp. {{n}}</label>
    <title-page><title>Conversations</title></title-page><imprint><p>None.</p></imprint><front/><texts>{texts}</texts>
    <back><matter id="matter.persons" type="persons"><heading>Persons</heading>{entries}</matter>
    <matter id="matter.index" type="index"><heading>Index</heading><index-group>{terms}</index-group></matter></back>
    </book>"""


def _text(chance: random.Random, number: int) -> str:
    speakers = [_name(chance) for _ in range(4)]
    turns = "".join(_turn(chance, f"d{number}", each, chance.choice(speakers)) for each in range(1, 81))
    title = f"Conversation {number}"
    mended = "".join(
        f'<emendation><ref to="d{number}.t{each}" page="yes">turn {each}</ref><lemma>{_said(chance, 1)}</lemma>'
        f"<reading>{_said(chance, 1)}</reading></emendation>"
        for each in range(5, 81, 10)
    )
    matter = f'<matter id="d{number}.e" type="emendations"><heading>Emendations</heading>{mended}</matter>'
    return f'<text id="d{number}" short="{title}" lang="en"><heading>{title}</heading>{turns}{matter}</text>'


def _turn(chance: random.Random, document: str, each: int, speaker: str) -> str:
    note = f'<note id="{document}.n{each}" n="{each}"><p>{_said(chance, 25)}</p></note>' if each % 3 == 0 else ""
    ref = f' see <ref to="{document}.t{chance.randint(1, 80)}">there</ref>' if each % 10 == 0 else ""
    said = f"{_said(chance, 25)} {_name(chance)}{note} {_said(chance, 70)}{ref}."
    return f'<turn id="{document}.t{each}" n="{each}"><speaker>{speaker}</speaker><p>{said}</p></turn>'


def _name(chance: random.Random) -> str:
    each = chance.randrange(_PERSONS)
    return f'<name key="p{each}" kind="person">Cde. Person {each}</name>'


def _said(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=number))
