"""What has changed in one document: its words, its markup, its header; white space and the like don't count."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from lxml import etree

from teipipe.deposit.comparing import Gap, gaps
from teipipe.deposit.statements import (
    Restated,
    Statement,
    attributes_of,
    elements_of,
    first,
    name_of,
    restated,
    statements,
)
from teipipe.deposit.wordings import Paragraph, paragraphs
from teipipe.documents import TEI_NAMESPACE
from teipipe.views import Views

#: As many passages of a document are shown, and words on each side of what has changed in them.
_PASSAGES: Final = 5
_AROUND: Final = 4
_LONGEST: Final = 30
_HEADER: Final = f"{{{TEI_NAMESPACE}}}teiHeader"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that have changed: where (see `wordings.Paragraph`), on which line of the document as it is now.

    `line` is that of the earlier document if nothing of the paragraph is left (`is_gone`). `before` and `after` are the
    words around it; long ones are shortened.
    """

    place: str
    line: int
    before: str
    was: str
    now: str
    after: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that was there so often before, and is now; `other` of them have another value."""

    name: str
    before: int
    now: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """How a document differs from what it was.

    `added` and `removed` count words; `passages` are the first of the places where they differ, of `places` in all.
    `markup` says of which elements and attributes there are others, `names` in all; `is_rearranged` that markup has
    changed whose numbers are the same. `header` has the first of the statements that have changed, `statements` in all.
    """

    added: int = 0
    removed: int = 0
    places: int = 0
    passages: tuple[Passage, ...] = ()
    names: int = 0
    markup: tuple[Counted, ...] = ()
    is_rearranged: bool = False
    statements: int = 0
    header: tuple[Restated, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether readers find other words."""
        return bool(self.added or self.removed)

    @property
    def has_markup(self) -> bool:
        """Whether the markup of the text has changed."""
        return bool(self.markup) or self.is_rearranged

    def __bool__(self) -> bool:
        return self.has_words or self.has_markup or bool(self.header)


#: None at all.
SAME: Final = Difference()


def difference(old: etree._Element, new: etree._Element, views: Views) -> Difference:
    """How the document of one root differs from that of another."""
    header, stated = first(restated(_header(old), _header(new)))
    before, after = _Markup(old), _Markup(new)
    if before.digest == after.digest:
        return Difference(statements=stated, header=header)
    old_words, new_words = paragraphs(old, views), paragraphs(new, views)
    added = removed = places = 0
    passages: list[Passage] = []
    for passage, gone, come in _passages(old_words, new_words):
        added += come
        removed += gone
        places += 1
        if len(passages) < _PASSAGES:
            passages.append(passage)
    markup, names = first(_counted(before, after))
    is_rearranged = not markup and not places
    return Difference(added, removed, places, tuple(passages), names, markup, is_rearranged, stated, header)


def content_of(root: etree._Element) -> str:
    """What stands for the content of a document, whatever its id and its header are: a checksum."""
    return _Markup(root).digest


def _header(root: etree._Element) -> Iterator[Statement]:
    for part in root.iterfind(_HEADER):
        yield from statements(part)


class _Markup:
    """The elements and attributes of a document without its header, and a checksum of them with the words between."""

    def __init__(self, root: etree._Element) -> None:
        self.elements: Counter[str] = Counter()
        self.values: Counter[tuple[str, str, str]] = Counter()
        # A document that is called otherwise is still the same.
        own = [(name, value) for name, value in attributes_of(root) if name != "xml:id"]
        checksum = sha256(repr(own).encode())
        for part in elements_of(root):
            if part.tag != _HEADER:
                for event, node in etree.iterwalk(part, events=("start", "end")):
                    self._take(event, node, checksum.update)
        self.digest = checksum.hexdigest()

    def _take(self, event: str, node: etree._Element, update: Callable[[bytes], object]) -> None:
        if event == "start":
            name, attributes = name_of(node), attributes_of(node)
            self.elements[name] += 1
            for attribute, value in attributes:
                self.values[name, attribute, value] += 1
            update(f"<{node.tag!r}{attributes!r}>{_words(_text(node))}".encode())
        else:
            update(f"</>{_words(_tail(node))}".encode())


def _text(node: etree._Element) -> str:
    """The words up to the first element in it, over comments."""
    pieces = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str):
            break
        pieces.append(child.tail or "")
    return "".join(pieces)


def _tail(node: etree._Element) -> str:
    """The words behind it up to the next tag, over comments."""
    pieces = [node.tail or ""]
    after = node.getnext()
    while after is not None and not isinstance(after.tag, str):
        pieces.append(after.tail or "")
        after = after.getnext()
    return "".join(pieces)


def _words(text: str) -> str:
    return " ".join(text.split())


def _counted(before: _Markup, after: _Markup) -> Iterator[Counted]:
    """Yield the elements and attributes that there are more or fewer of, or with other values, by their names."""
    for name in sorted({*before.elements, *after.elements}):
        if before.elements[name] != after.elements[name]:
            yield Counted(name, before.elements[name], after.elements[name])
    gone, come = before.values - after.values, after.values - before.values
    lost: Counter[tuple[str, str]] = Counter()
    gained: Counter[tuple[str, str]] = Counter()
    for found, where in ((gone, lost), (come, gained)):
        for (element, attribute, _), number in found.items():
            where[element, attribute] += number
    for key in sorted({*lost, *gained}):
        yield Counted(f"{key[0]}/@{key[1]}", lost[key], gained[key], min(lost[key], gained[key]))


def _passages(old: list[Paragraph], new: list[Paragraph]) -> Iterator[tuple[Passage, int, int]]:
    """Yield where words differ, with how many are gone and how many have come."""
    for begin, end, start, stop in gaps([one.words for one in old], [one.words for one in new]):
        for was, now in _paired(old[begin:end], new[start:stop]):
            for gap in gaps((was or _NOTHING).words, (now or _NOTHING).words):
                yield _passage(was, now, gap), gap[1] - gap[0], gap[3] - gap[2]


def _paired(old: list[Paragraph], new: list[Paragraph]) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Yield which paragraph has taken the place of which: of the same place first, the others in order."""
    places = {one.place for one in old} & {one.place for one in new if one.place.startswith("#")}
    before = {one.place: one for one in old if one.place in places}
    rest = [one for one in old if before.get(one.place) is not one]
    loose = iter(rest)
    for one in new:
        yield (before.pop(one.place) if one.place in before else next(loose, None)), one
    yield from ((one, None) for one in (*loose, *before.values()))


def _passage(was: Paragraph | None, now: Paragraph | None, gap: Gap) -> Passage:
    begin, end, start, stop = gap
    mine, theirs = was or _NOTHING, now or _NOTHING
    shown, first, last = (mine, begin, end) if now is None else (theirs, start, stop)
    return Passage(
        shown.place,
        shown.lines[min(first, len(shown.lines) - 1)],
        " ".join(shown.words[max(first - _AROUND, 0) : first]),
        _short(mine.words[begin:end]),
        _short(theirs.words[start:stop]),
        " ".join(shown.words[last : last + _AROUND]),
        is_gone=now is None,
    )


#: What stands for a paragraph that isn't there.
_NOTHING: Final = Paragraph("", (), array("I", [0]))


def _short(words: tuple[str, ...]) -> str:
    if len(words) <= _LONGEST:
        return " ".join(words)
    half = _LONGEST // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])}"
