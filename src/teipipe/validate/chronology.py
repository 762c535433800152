"""Checks dates against each other: lives against the making of a document, the dates of its text against that too.

Only what contradicts itself is reported, never what is merely unlikely: see the rules born-later, died-earlier and
date-after-document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from teipipe.documents import TEI_NAMESPACE
from teipipe.rules import finding
from teipipe.validate import lives
from teipipe.validate.calendar import Moment, moment
from teipipe.validate.facts import TEI, value_of
from teipipe.validate.intervals import interval
from teipipe.validate.making import MARKS, Making, making_of, sendings

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context
    from teipipe.validate.corpus import References
    from teipipe.validate.intervals import Interval
    from teipipe.validate.lives import Life, Lives

_TEI: Final = f"{{{TEI_NAMESPACE}}}"


def _tags(names: str) -> frozenset[str]:
    return frozenset(f"{_TEI}{name}" for name in names.split())


#: What an editor says, at whatever time.
_EDITORIAL: Final = _tags(
    "note noteGrp supplied figDesc desc witDetail standOff teiHeader app bibl biblStruct listBibl"
)
#: Attributes by which a text names a person.
_NAMING: Final = ("ref", "corresp", "sameAs", "key", "who")
#: Where a document itself says when it was written.
_OWN_DATE: Final = _tags("dateline opener closer signed")
#: What another text than this one is in.
_QUOTED: Final = _tags("quote q cit floatingText said")
#: How far a text looks ahead: days after its making that may be in it, to the day and otherwise.
_AHEAD: Final = 5 * 366 * 86_400
_FAR_AHEAD: Final = 50 * 366 * 86_400
_DAY: Final = 86_400


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield death-before-birth, born-later, died-earlier and date-after-document."""
    yield from lives.check(document)
    header = _header(document)
    if header is None:
        return
    making = making_of(header)
    if not (making.all or making.happening):
        return
    references = context.corpus.references(document)
    register = context.register
    known = None if register is None else context.corpus.lives(register)
    suspects = _suspects(references, making, known.of, context) if known is not None and known.of else {}
    has_later = making.all is not None and _has_later(document, references, making.all)
    if not suspects and not has_later:
        return
    # Seldom: now with the whole tree, in which everything has its place.
    making = making_of(next(document.root.iter(f"{_TEI}teiHeader")))
    if suspects and known is not None:
        yield from _Persons(document, making, known, suspects).run()
    if has_later and making.all is not None:
        yield from _later_dates(document, making.all)


def _header(document: Document) -> etree._Element | None:
    """The document's teiHeader, read alone, if there is anything in it that says when the document was made."""
    data = document.data
    end = data.find(b"teiHeader>", data.find(b"teiHeader") + 1)
    if end < 0 or document.reading.root != f"{TEI}TEI" or not any(mark in data for mark in MARKS):
        return None
    from lxml import etree

    if b"<!DOCTYPE" in data:
        return next(document.root.iter(f"{_TEI}teiHeader"), None)
    parser = etree.XMLPullParser(("end",), tag=f"{_TEI}teiHeader", no_network=True, load_dtd=False, huge_tree=True)
    parser.feed(data[: end + len(b"teiHeader>")])
    return next((element for _, element in parser.read_events()), None)


def _suspects(
    references: References, making: Making, known: dict[str, Life], context: Context
) -> dict[tuple[str, str], str]:
    """The attributes with values that point to persons who can't fit, each with the person's id."""
    found: dict[tuple[str, str], str] = {}
    register = context.corpus.register
    for pointing in references.pointings:
        if pointing.attribute not in _NAMING:
            continue
        for token, target in pointing.tokens:
            life = known.get(target.fragment) if target.file == register else None
            if life is not None and (_is_later(life, making) or _is_earlier(life, making)):
                found[pointing.attribute, token] = target.fragment
    return found


def _is_later(life: Life, making: Making) -> bool:
    return bool(life.birth and making.all and life.birth.is_after(making.all))


def _is_earlier(life: Life, making: Making) -> bool:
    dates = (making.happening, making.creation, making.all)
    return life.death is not None and any(date is not None and date.is_after(life.death) for date in dates)


class _Act(NamedTuple):
    """Somebody does something at some time: where it is said, in an attribute, and what."""

    element: etree._Element
    attribute: str
    when: Interval | None
    what: str


class _Persons:
    def __init__(self, document: Document, making: Making, known: Lives, suspects: dict[tuple[str, str], str]) -> None:
        self.document = document
        self.making = making
        self.known = known
        self.suspects = suspects

    def run(self) -> Iterator[Diagnostic]:
        for act in self.acts():
            for number, identifier in self.pointed(act.element, act.attribute):
                life = self.known.of[identifier]
                if life.death and act.when and act.when.is_after(life.death):
                    yield self.died(act, number, identifier)
        if self.making.all is None:
            return
        for element in self.document.root.iter(f"{_TEI}*"):
            for attribute in element.attrib:
                for number, identifier in self.pointed(element, str(attribute)):
                    if _is_later(self.known.of[identifier], self.making) and not _is_inside(element, _EDITORIAL):
                        yield self.born(element, str(attribute), number, identifier)

    def pointed(self, element: etree._Element, attribute: str) -> Iterator[tuple[int, str]]:
        for number, token in enumerate((element.get(attribute) or "").split()):
            if (attribute, token) in self.suspects:
                yield number, self.suspects[attribute, token]

    def acts(self) -> Iterator[_Act]:
        """Who wrote, sent, was present and spoke; not who is spoken of, or appears in a play."""
        root = self.document.root
        for name in root.iterfind(f"{_TEI}teiHeader/{_TEI}fileDesc/{_TEI}titleStmt/{_TEI}author"):
            for element in name.iter(f"{_TEI}author", f"{_TEI}persName"):
                yield _Act(element, "ref", self.making.creation, "written this")
        for action in sendings(root):
            date = next((found for day in action.iter(f"{_TEI}date") if (found := interval(day))), None)
            for element in action.iter(f"{_TEI}persName", f"{_TEI}name"):
                yield _Act(element, "ref", date, "sent this")
        participants = root.find(f".//{_TEI}particDesc")
        if participants is None or next(root.iter(f"{_TEI}castList"), None) is not None:
            return
        for person in participants.iter(f"{_TEI}person"):
            for attribute in ("sameAs", "corresp"):
                yield _Act(person, attribute, self.making.happening, "taken part")
        for speech in root.iter(f"{_TEI}u", f"{_TEI}sp"):
            if not _is_inside(speech, _EDITORIAL | _QUOTED):
                yield _Act(speech, "who", self.making.happening, "spoken")

    def died(self, act: _Act, number: int, identifier: str) -> Diagnostic:
        life = self.known.of[identifier]
        assert life.death is not None
        assert act.when is not None
        place = self.known.places[identifier][1]
        return finding(
            "died-earlier",
            f"“{life.name}” is said to have {act.what} ({act.when.words}) after death ({life.death.words})",
            self.document.attribute(act.element, act.attribute, number),
            "mend the date or the pointer, or the death in the register",
            related=() if place is None else ((place, "the death"),),
        )

    def born(self, element: etree._Element, attribute: str, number: int, identifier: str) -> Diagnostic:
        life = self.known.of[identifier]
        assert life.birth is not None
        assert self.making.all is not None
        place = self.known.places[identifier][0]
        return finding(
            "born-later",
            f"“{life.name}” is in a text of {self.making.all.words} and was born later ({life.birth.words})",
            self.document.attribute(element, attribute, number),
            "mend the pointer, the birth in the register, or the date in the header",
            related=() if place is None else ((place, "the birth"),),
        )


def _has_later(document: Document, references: References, made: Interval) -> bool:
    """Whether any date outside the header may be later than the making."""
    end = document.data.find(b"teiHeader>", document.data.find(b"teiHeader") + 1)
    for tag in references.facts.dated:
        value = "" if tag[1] != f"{TEI}date" else value_of(tag, "when") or value_of(tag, "from") or ""
        if value and _is_after(value.strip(), made) and document.data.find(value.encode(), end) > 0:
            return True
    return False


def _is_after(value: str, made: Interval) -> bool:
    try:
        return moment(value).is_after(made.span)
    except ValueError:
        return False


def _later_dates(document: Document, made: Interval) -> Iterator[Diagnostic]:
    for date in document.root.iter(f"{_TEI}date"):
        name = next((name for name in ("when", "from") if date.get(name)), "")
        value = (date.get(name) or "").strip() if name else ""
        if not value or not _is_after(value, made) or _is_inside(date, _EDITORIAL):
            continue
        is_own = _is_inside(date, _OWN_DATE) and not _is_inside(date, _QUOTED)
        if is_own or _is_too_far(moment(value), made.span):
            yield finding(
                "date-after-document",
                f"“{value}” is later than the document, which is of {made.words} by its header",
                document.attribute(date, name, 0),
                "mend the date, or the one in the header",
                related=((document.start(made.element), "when the document was made"),),
            )


def _is_too_far(found: Moment, made: Moment) -> bool:
    assert found.first is not None
    assert found.last is not None
    assert made.last is not None
    ahead = _AHEAD if found.last - found.first <= _DAY else _FAR_AHEAD
    return found.first > made.last + ahead


def _is_inside(element: etree._Element, names: frozenset[str]) -> bool:
    return element.tag in names or any(ancestor.tag in names for ancestor in element.iterancestors())
