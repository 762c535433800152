"""The bottom of a text: signatures, the recorder's line, what an archive or a publisher added, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from teipipe.encode.blocks import Block
from teipipe.encode.decisions import Certainty
from teipipe.encode.structure.draft import Draft, Section
from teipipe.encode.structure.forms import is_dateline
from teipipe.encode.structure.notes import notes_of, number_of
from teipipe.encode.structure.participants import is_field
from teipipe.encode.structure.units import Unit, ends_sentence

#: Kinds of texts that are signed, as a rule.
_SIGNED: Final = ("letter", "telegram")
_NAME_LINE: Final = re.compile(
    r"(?:/s/\s*)?[^\W\d_][\w.’'\-]*(?:,?\s(?:[^\W\d_]\.|[^\W\d_][\w.’'\-]*|\([^()]{1,40}\))){0,6}[.,]?"
)
#: What stands behind a recorder's line is no more than so many paragraphs.
_AFTER: Final = 4
_LOOK: Final = 12
#: The divisions of what others add below a text, the lists of the words that it begins with, and the rules.
_TRAILERS: Final = (
    ("notes", "archives", "archive"),
    ("acknowledgement", "acknowledgements", "acknowledgement"),
    ("summary", "summaries", "summary"),
)


@dataclass
class Bottom:
    """What stands below the text: `end` is the number of the first unit of it."""

    end: int
    closers: list[Block] = field(default_factory=list)
    back: list[Section] = field(default_factory=list)


def read_bottom(draft: Draft, units: list[Unit], first: int, labelled: set[int], text_type: str) -> Bottom:
    """Read the bottom of a text, from its end upwards, not beyond a unit."""
    bottom = Bottom(len(units))
    _trailers(draft, units, first, labelled, bottom)
    notes = notes_of(draft, units[: bottom.end], first, labelled)
    if notes is not None:
        section, bottom.end = notes
        bottom.back.insert(0, section)
        _trailers(draft, units, first, labelled, bottom)
    _appendix(draft, units, first, labelled, bottom, text_type)
    if not _recorder(draft, units, first, labelled, bottom):
        _closers(draft, units, first, labelled, bottom, text_type)
    return bottom


def _trailers(draft: Draft, units: list[Unit], first: int, labelled: set[int], bottom: Bottom) -> None:
    """What an archive, a translator or an author says below the text, by the words that it begins with."""
    text = draft.text
    for kind, name, rule in _TRAILERS:
        start = -1
        for number in range(bottom.end - 1, max(bottom.end - 7, first), -1):
            unit = units[number]
            if number in labelled:
                break
            match = draft.start(name, unit)
            if match is not None and _stands_alone(text, match, unit):
                start = number
        if start < 0 or (name != "acknowledgements" and not _may_trail(units, start, bottom.end)):
            continue
        section = Section(kind, 1)
        _prose(units[start : bottom.end], section, draft)
        place = (units[start].start, units[bottom.end - 1].end)
        draft.decide(
            rule, place, f"div type={kind}", "it begins with words that such lines begin with", Certainty.MEDIUM
        )
        bottom.back.insert(0, section)
        bottom.end = start


def _appendix(draft: Draft, units: list[Unit], first: int, labelled: set[int], bottom: Bottom, text_type: str) -> None:
    """What is enclosed with a letter: it stands below the signature."""
    if text_type not in _SIGNED:
        return
    for number in range(first + 2, bottom.end - 1):
        unit = units[number]
        if not draft.whole("division:appendix", unit):
            continue
        if number in labelled or not _closing(draft, units[number - 1], text_type):
            continue
        section = Section("appendix", 1)
        _prose(units[number : bottom.end], section, draft)
        place = (unit.start, units[bottom.end - 1].end)
        draft.decide("heading", place, "div type=appendix", "a known heading, below a signature")
        bottom.back.insert(0, section)
        bottom.end = number
        return


def _stands_alone(text: str, match: re.Match[str], unit: Unit) -> bool:
    end = match.end("phrase")
    return end >= unit.end or text[end] in ":.–—]" or not match["phrase"].isalpha()


def _may_trail(units: list[Unit], start: int, end: int) -> bool:
    return all(unit.end - unit.start < 1500 for unit in units[start:end])


def _prose(units: list[Unit], section: Section, draft: Draft) -> None:
    for number, unit in enumerate(units):
        if unit.page is not None:
            section.children.append(Block("pb", unit.start, unit.end, number_of(unit)))
            continue
        is_head = number == 0 and len(units) > 1 and unit.end - unit.start < 60 and not _has_more(draft.text, unit)
        section.children.append(Block("head" if is_head else "p", unit.start, unit.end))


def _has_more(text: str, unit: Unit) -> bool:
    return text[unit.end - 1] in ".,;" or ": " in text[unit.start : unit.end]


def _recorder(draft: Draft, units: list[Unit], first: int, labelled: set[int], bottom: Bottom) -> bool:
    """The recorder's line, and what stands behind it: it closes the record, so that is not the record's own."""
    text = draft.text
    for number in range(bottom.end - 1, max(bottom.end - 2 - _AFTER, first) - 1, -1):
        unit = units[number]
        if number in labelled:
            return False
        short = unit.end - unit.start <= 160
        if not short or not draft.start("recorders", unit):
            continue
        behind = units[number + 1 : bottom.end]
        bottom.closers.append(Block("byline", unit.start, unit.end))
        draft.decide("recorder", (unit.start, unit.end), "byline", "it begins as a recorder's line does")
        is_prose = any(one.end - one.start > 60 and ends_sentence(text, one.start, one.end) for one in behind)
        if behind and is_prose:
            section = Section("summary", 1)
            _prose(behind, section, draft)
            place = (behind[0].start, behind[-1].end)
            reason = "it stands behind the line that closes the record, and nobody says it"
            draft.decide("summary", place, "div type=summary", reason, Certainty.MEDIUM)
            bottom.back.insert(0, section)
        else:
            bottom.closers += [_closer(one) for one in behind]
        bottom.end = number
        return True
    return False


def _closer(unit: Unit, element: str = "signed") -> Block:
    if unit.page is not None:
        return Block("pb", unit.start, unit.end, number_of(unit))
    return Block("closer", unit.start, unit.end, (), (Block(element, unit.start, unit.end),))


def _closers(draft: Draft, units: list[Unit], first: int, labelled: set[int], bottom: Bottom, text_type: str) -> None:
    """Closing phrase, signature, date and postscript, from the end upwards."""
    at = _postscript(draft, units, first, labelled, bottom, text_type)
    found: list[Block] = []
    names = 0
    number = at
    while number - 1 > first and number - 1 not in labelled and at - number < _LOOK:
        unit = units[number - 1]
        if unit.page is not None:
            break
        element = _closing(draft, unit, text_type)
        has_salute = bool(found) and found[0].children[0].element == "salute"
        if not element or (element == "signed" and names >= 4) or (has_salute and element != "salute"):
            break
        names += element == "signed"
        found.insert(0, _closer(unit, element))
        number -= 1
    certain = any(block.children and block.children[0].element == "salute" for block in found)
    if not certain and not _is_signature(draft, units, number, at, first, labelled, text_type):
        found, number = [], at
    for block in found:
        element = block.children[0].element
        draft.decide("closer", (block.start, block.end), f"closer, {element}", "a line such as stand below a text",
                     Certainty.HIGH if certain else Certainty.MEDIUM)  # fmt: skip
    if number < at or (at < bottom.end and bottom.closers):
        bottom.closers[:0] = _merged(found)
        bottom.end = number


def _merged(found: list[Block]) -> list[Block]:
    """The lines of one closer, together."""
    if not found:
        return []
    children = tuple(child for block in found for child in block.children)
    return [Block("closer", children[0].start, children[-1].end, (), children)]


def _postscript(draft: Draft, units: list[Unit], first: int, labelled: set[int], bottom: Bottom, text_type: str) -> int:
    """The postscripts of a letter; the number of their first unit."""
    end = bottom.end
    if text_type not in ("letter", "telegram"):
        return end
    found: list[Block] = []
    for number in range(bottom.end - 1, max(bottom.end - 6, first), -1):
        unit = units[number]
        if draft.start("postscripts", unit):
            parts = [
                Block("p" if one.page is None else "pb", one.start, one.end, number_of(one))
                for one in units[number:end]
            ]
            found.insert(0, Block("postscript", parts[0].start, parts[-1].end, (), tuple(parts)))
            draft.decide("postscript", (unit.start, parts[-1].end), "postscript", "it begins with P.S.")
            end = number
    bottom.closers += found
    return end


def _closing(draft: Draft, unit: Unit, text_type: str) -> str:
    """What a short line below a text is: salute, dateline or signed; "" if it is none of them."""
    text = draft.text
    if unit.end - unit.start > 120:
        return ""
    if draft.whole("closings", unit):
        return "salute"
    if draft.start("signatures", unit):
        return "signed"
    if is_dateline(draft, unit):
        return "dateline"
    if unit.end - unit.start <= 70 and not is_field(draft, unit) and _NAME_LINE.fullmatch(text, unit.start, unit.end):
        return (
            "signed"
            if not ends_sentence(text, unit.start, unit.end)
            or text[unit.end - 2].isupper()
            or text.endswith(("Jr.", "Sr."), unit.start, unit.end)
            else ""
        )
    return ""


def _is_signature(
    draft: Draft, units: list[Unit], start: int, end: int, first: int, labelled: set[int], text_type: str
) -> bool:
    """Whether lines that look like names below a text are a signature: a sentence ends before them."""
    if start >= end or start <= first:
        return False
    before = units[start - 1]
    text = draft.text
    known = any(draft.start("signatures", unit) for unit in units[start:end])
    if known:
        return True
    if labelled or text_type == "essay":
        return False
    is_name = any(text[unit.start].isupper() and not text[unit.start : unit.end].isdigit() for unit in units[start:end])
    closed = ends_sentence(text, before.start, before.end) or text[before.end - 1] in "])"
    closed = closed or (text_type == "telegram" and text[before.start : before.end].isupper())
    long = before.end - before.start > 70 or before.gap or text[before.end - 1] == "]" or text_type in _SIGNED
    return is_name and long and end - start <= 4 and closed
