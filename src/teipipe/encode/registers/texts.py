"""What names are looked for in: transcripts and TEI documents as plain texts, with what is known of their parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from teipipe.diagnostics import Location
from teipipe.documents import TEI_NAMESPACE, Document

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.encode.plain import Plain
    from teipipe.encode.settings import Settings

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
#: Elements that stand within lines; all others are set apart.
_LINES: Final = """
persName orgName placeName eventName name rs date time num hi supplied add del unclear sic corr orig reg abbr expan
choice surplus quote said soCalled term mentioned foreign title ref roleName pc seg emph surname forename gap q w c
"""
_INLINE: Final = frozenset(_TEI + name for name in _LINES.split())
#: What another word of a choice stands for, and what is no text of the document.
_LEFT_OUT: Final = frozenset(_TEI + name for name in ("corr", "reg", "expan", "note", "del", "teiHeader"))
_NAMES: Final[dict[str, Role]] = {
    f"{_TEI}persName": "person",
    f"{_TEI}orgName": "org",
    f"{_TEI}placeName": "place",
}

#: What stands in a line without two blanks; and blanks, of which several, or a line end, are one.
_PIECE: Final = re.compile(r"(\s*\n\s*|[ \t\r]{2,}|[\t\r])|(?:[^\s]|[ \u00a0](?![ \t\r\n])|[^\S \t\r\n])+|\s")

#: What a stretch is known to be: the name of a speaker, part of a list of those present; tagged as a name without a
#: pointer; "known", as the register has it.
Role = Literal["speaker", "present", "person", "org", "place", "known"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text without the signs of editors; `place` leads from an index to the file, `roles` are those of its parts."""

    path: Path
    text: str
    place: Callable[[int], Location]
    roles: list[tuple[int, int, Role]] = field(default_factory=list)


def text_of_transcript(path: Path, settings: Settings) -> Text:
    """A transcript, its speakers and those present by the structure that the encoder gives it."""
    from teipipe.encode.brackets import brackets_in
    from teipipe.encode.plain import Plain
    from teipipe.encode.reading import read_transcript
    from teipipe.encode.structure import structure_of

    transcript = read_transcript(path)
    structure = structure_of(transcript, settings)
    brackets = brackets_in(transcript, structure, settings)
    plain = Plain(transcript.text, (*structure.spans, *brackets.spans))
    roles: list[tuple[int, int, Role]] = [
        (_index(plain, label.name[0]), _index(plain, label.name[1]), "speaker") for label in structure.labels
    ]
    roles += [(_index(plain, start), _index(plain, end), "present") for start, end in structure.present]
    return Text(path, plain.text, lambda index: transcript.place(plain.offset(index)), sorted(roles))


def _index(plain: Plain, offset: int) -> int:
    """The first index of a plain text that isn't before an offset of its transcript."""
    low, high = 0, len(plain.text)
    while low < high:
        middle = (low + high) // 2
        if plain.offset(middle) < offset:
            low = middle + 1
        else:
            high = middle
    return low


def text_of_tei(document: Document, *, with_register: bool = True) -> Text:
    """A document's text; names that point at an entry are known, if there is a register; others are candidates."""
    walk = _Walk(document, with_register=with_register)
    return Text(document.path, "".join(walk.pieces), walk.place, sorted(walk.roles))


class _Walk:
    """Takes a tree apart into its texts, none of which is lost but for what is left out."""

    def __init__(self, document: Document, *, with_register: bool) -> None:
        self._document = document
        self._with_register = with_register
        self.pieces: list[str] = []
        self.roles: list[tuple[int, int, Role]] = []
        self._starts: list[int] = []
        self._sources: list[tuple[etree._Element, int, bool]] = []
        self._length = 0
        for text in document.root.iterchildren(f"{_TEI}text"):
            self._take(text)

    def place(self, index: int) -> Location:
        """Where a character of the text stands in the document."""
        number = bisect_right(self._starts, index) - 1
        if number < 0:
            return self._document.start(self._document.root)
        element, offset, after = self._sources[number]
        if not isinstance(element.tag, str):
            return self._document.start(next(element.iterancestors("*")))
        return self._document.text(element, offset + index - self._starts[number], after=after)

    def _take(self, root: etree._Element) -> None:
        """Take in an element; not by recursion, for documents may be nested deeper than Python can recur."""
        from lxml import etree

        opened: list[int] = []
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for step, element in walk:
            if step == "start":
                self._apart(element)
                opened.append(self._length)
                if element.tag in _LEFT_OUT:
                    walk.skip_subtree()
                else:
                    self._add(element.text, element, after=False)
                continue
            if step == "end":
                self._role(element, opened.pop())
                self._apart(element)
            if element is not root:
                self._add(element.tail, element, after=True)

    def _role(self, element: etree._Element, start: int) -> None:
        role = _role(element, with_register=self._with_register)
        if role and self._length > start:
            self.roles.append((start, self._length, role))

    def _add(self, text: str | None, element: etree._Element, *, after: bool) -> None:
        if not text:
            return
        # Lines of the file are no lines of the text, and several blanks are one; each word keeps its place.
        for match in _PIECE.finditer(text):
            piece = match[0] if match[1] is None else " "
            if piece == " " and self.pieces and self.pieces[-1] in (" ", "\n"):
                continue
            self._starts.append(self._length)
            self._sources.append((element, match.start(), after))
            self.pieces.append(piece)
            self._length += len(piece)

    def _apart(self, element: etree._Element) -> None:
        if element.tag not in _INLINE and self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")
            self._length += 1


def _role(element: etree._Element, *, with_register: bool) -> Role | None:
    tag = str(element.tag)
    is_known = with_register and bool(element.get("ref"))
    if tag in _NAMES:
        return "known" if is_known else _NAMES[tag]
    if tag == f"{_TEI}rs" and is_known:
        return "known"
    if tag == f"{_TEI}speaker":
        return "speaker"
    if tag == f"{_TEI}div" and element.get("type") == "participants":
        return "present"
    return None
