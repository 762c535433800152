"""Names that a text itself tells to be those of persons: of speakers, of who is present, after titles, by shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from teipipe.encode.blocks import Structure
from teipipe.encode.names.folding import Folded, folded
from teipipe.encode.names.lexicon import Lexicon, bare
from teipipe.encode.names.personal import is_initial, parts_of_text
from teipipe.encode.names.register import Entry, Name
from teipipe.encode.names.traditions import is_chinese, is_korean
from teipipe.encode.plain import Plain

_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DIVIDED: Final = re.compile(r"[,;:\t]|(?<=[a-z]{4})\.(?=\s|\Z)|\band\b|\bund\b")
_NAME: Final = re.compile(
    r"(?:[^\W\d_]\.[ \u00a0]?)*[^\W\d_a-z][\w’'-]*(?:[ \u00a0](?:[^\W\d_]\.|[^\W\d_a-z][\w’'-]*))*"
)
_GENITIVE: Final = re.compile(r"['’]s?(?= |\Z)")
#: Longer names are none.
_LONGEST: Final = 80
#: A name has no more words than this.
_MOST: Final = 4
#: Names by their shape: three syllables of which one may go on after a hyphen, a forename and a surname, initials.
_EASTERN: Final = re.compile(
    r"(?<![\w.-])(?=([A-Z][a-z]{0,8}['’]?[a-z]{0,6} [A-Z]['’\w]{0,9}(?:-['’\w]{1,9}| [A-Z]['’\w]{1,9}(?![\w-]))?))[A-Z]"
)
_WESTERN: Final = re.compile(
    r"(?<![\w.-])[A-Z][a-z]{1,15} (?:[A-Z][a-z]{1,20} )?[A-Z][\w’']{1,20}(?:ov|ev|ski|sky|skii|skiy|enko|yan)(?![\w-])"
)
_INITIALED: Final = re.compile(
    r"(?<![\w.-])(?:[A-Z][a-z]{1,15} )?(?:[A-Z]\. ?){1,3}[A-Z][\w’'-]{1,20}[a-z](?: [A-Z][\w’'-]{1,20}[a-z])?(?![\w-])"
)
_SMALL: Final = re.compile(r"(?<![\w’'-])[^\W\d_A-Z][^\W\d_]+")
_WHY: Final = {
    "speaks": "the label of a turn",
    "present": "listed as present",
    "title": "a title before it",
    "shape": "has the shape of a person's name",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name as it stands, and what tells that it is a person's: speaks, present, title, shape."""

    text: str
    reason: str


def candidates(plain: Plain, structure: Structure, words: Lexicon) -> list[Proposal]:
    """The names, each spelling once, by what is surest about it."""
    found: dict[str, Proposal] = {}
    small: frozenset[str] = frozenset()
    sure = (*_speakers(plain, structure), *_present(plain, structure, words), *_titled(plain.text, words))
    for proposal in (*sure, *_shaped(plain.text)):
        text = " ".join(_GENITIVE.split(proposal.text[:_LONGEST], maxsplit=1)[0].split())
        if " " not in text and proposal.reason != "title":
            small = small or frozenset(_SMALL.findall(plain.text)) | {""}
            if text.lower() in small or (bare(text) in words.proper and proposal.reason != "speaks"):
                continue
        if is_name(text, words):
            found.setdefault(folded(text), Proposal(text, proposal.reason))
    return list(found.values())


def entries_of(proposals: Iterable[Proposal]) -> tuple[Entry, ...]:
    """Entries without ids for the names: a surname alone is that of whoever has it with a forename."""
    surnames: set[str] = set()
    alone: dict[str, Proposal] = {}
    entries: list[Entry] = []
    for proposal in proposals:
        parts = parts_of_text(proposal.text)
        if parts.forenames:
            surnames.add(folded(parts.surname))
            entries.append(_entry(proposal, parts.natural))
        else:
            alone.setdefault(folded(proposal.text), proposal)
    entries += (_entry(proposal, proposal.text) for key, proposal in alone.items() if key not in surnames)
    return tuple(entries)


def _entry(proposal: Proposal, text: str) -> Entry:
    return Entry("", "person", (Name(text, "preferred"),), description=_WHY[proposal.reason])


def _speakers(plain: Plain, structure: Structure) -> Iterator[Proposal]:
    for label in structure.labels:
        start, end = (plain.index(at) for at in label.name)
        text = plain.text[start:end].strip(" .:-–—")
        yield Proposal(text.title() if text.isupper() and len(text) > 3 else text, "speaks")


def _present(plain: Plain, structure: Structure, words: Lexicon) -> Iterator[Proposal]:
    """Names in the lists of those present: one at the beginning of each line, or all in one line."""
    stretches = [plain.text[plain.index(start) : plain.index(end)] for start, end in structure.present]
    lines = [line for stretch in stretches for line in stretch.split("\n") if line.strip()]
    for line in lines:
        pieces = _DIVIDED.split(_BRACKETED.sub(" ", line))
        for piece in pieces if len(lines) < _MOST else pieces[:1]:
            name = _without_titles(piece.split(), words)
            match = _NAME.fullmatch(name)
            if match and not name.isupper():
                yield Proposal(name, "present")


def _without_titles(parts: list[str], words: Lexicon) -> str:
    at = 0
    while at < len(parts) - 1 and not is_initial(parts[at]) and (words.title(parts[at]) or not parts[at][0].isalpha()):
        at += 1
    return " ".join(parts[at : at + 2 * _MOST])


def _titled(text: str, words: Lexicon) -> Iterator[Proposal]:
    """Names after titles; there are no others before them, so that the last one of several counts."""
    titles = sorted(word for word, title in words.titles.items() if title.before)
    if not titles:
        return
    even = Folded(text)
    automaton = AhoCorasick([f" {title}" for title in titles], MatchKind.LeftmostLongest, store_patterns=False)
    for number, start, end in automaton.find_matches_as_indexes(even.text):
        after = end + (even.text[end : end + 1] == "." and words.titles[titles[number]].dotted)
        if even.text[after : after + 1] != " " or not text[even.offset(start + 1)].isupper():
            continue
        at = even.offset(after) + 1
        match = _NAME.match(text, at, at + 60)
        if match and len(match[0].split()) <= _MOST:
            yield Proposal(match[0], "title")


def _shaped(text: str) -> Iterator[Proposal]:
    """Names that have the shape of Korean, Chinese or Russian ones, or initials."""
    for match in _EASTERN.finditer(text):
        parts = match[1].replace("’", "'").split()
        for count in (3, 2):
            words = tuple(parts[:count])
            if len(words) == count and _is_eastern(words):
                yield Proposal(" ".join(words), "shape")
                break
    for pattern in (_WESTERN, _INITIALED):
        for match in pattern.finditer(text):
            yield Proposal(match[0], "shape")


def _is_eastern(words: tuple[str, ...]) -> bool:
    """Whether two or three words are a Korean or Chinese name, and can hardly be anything else."""
    if len(words) == 3 or words[1].partition("-")[2].islower():
        return is_korean(words) or is_chinese(words)
    return len(words[1]) > 4 and words[1].isalpha() and is_chinese(words)


def is_name(text: str, words: Lexicon) -> bool:
    """Whether none of its words is a title, a common word or a part of an organisation."""
    parts = text.split()
    if not 1 <= len(parts) <= _MOST or not parts[0][0].isupper() or len(parts[-1]) < 2:
        return False
    keys = [bare(part) for part in parts]
    initials = "".join(key for key, part in zip(keys, parts, strict=True) if "." in part).replace(".", "")
    if keys[0] in words.modifiers or initials in words.never or keys[-1] in words.countries:
        return False
    if len(keys) == 1 and (keys[0] in words.common or words.title(keys[0])):
        return False
    return not any(
        key in words.organs or key in words.other_heads or key in words.same_heads or words.title(key)
        for key in keys[-1:]
    ) and not any(
        key in words.common and len(key) > 1 and not is_initial(part) for key, part in zip(keys, parts, strict=True)
    )
