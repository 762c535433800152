"""Puts the structure of a text together: its top, its bottom, and what lies between."""

from __future__ import annotations

from teipipe.encode.blocks import Block, Structure
from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.structure import participants
from teipipe.encode.structure.bottom import Bottom, read_bottom
from teipipe.encode.structure.doubts import decisions_on, doubtful, findings_of
from teipipe.encode.structure.draft import Builder, Draft, Section
from teipipe.encode.structure.fitting import division, fitted
from teipipe.encode.structure.forms import split_agenda, split_salutation
from teipipe.encode.structure.headings import Headings
from teipipe.encode.structure.labels import accepted, candidates
from teipipe.encode.structure.marks import Marks, is_of_word_processor, marks_of, with_pages
from teipipe.encode.structure.middle import Labels, Middle
from teipipe.encode.structure.profile import Profile
from teipipe.encode.structure.sample import Sample
from teipipe.encode.structure.top import Top
from teipipe.encode.structure.units import Unit, divided_words, paged, pages_within, units_of
from teipipe.encode.structure.vocabulary import vocabulary_of
from teipipe.encode.transcript import Transcript


def outline_of(
    transcript: Transcript, profile: Profile, decision: Decision | None = None, sample: Sample | None = None
) -> Structure:
    """The structure of a text that isn't empty, by a profile; `sample` is what detection has read of it."""
    draft = Draft(transcript.text, vocabulary_of(profile))
    if decision is not None:
        draft.decisions.append(decision)
    units = _units(transcript, draft, sample)
    marks = marks_of(transcript, units)
    tabled = _tabled(marks)
    words = draft.vocabulary.labels
    read = sample.read.get(words) if sample is not None and sample.is_whole else None
    found = candidates(draft.text, units, words, marks.looks, read)
    near = accepted(found, frozenset(), len(units))
    bottom = read_bottom(draft, units, 0, {*near, *marks.headings, *tabled}, profile.text_type)
    builder = Builder()
    top = Top(draft, builder, units, bottom.end, _stops(near, draft, units) | {*tabled, *marks.items}, marks.headings)
    top.read()
    bounds = (top.end, bottom.end)
    apart = {*tabled, *marks.items, *marks.headings}
    inside = [one for one in found if bounds[0] <= one.unit < bounds[1] and one.unit not in apart]
    labels = accepted(inside, participants.words_of(draft), bounds[1] - bounds[0])
    headings = Headings(draft, units, bounds, set(labels), marks)
    if labels:
        draft.decisions += decisions_on(doubtful(inside, {*labels, *headings.found}))
    _open_text(builder, top, headings, labels, profile, bounds)
    Middle(draft, builder, units, bounds, labels, headings, marks).read()
    return _assembled(transcript, draft, builder, bottom, units)


def _units(transcript: Transcript, draft: Draft, sample: Sample | None) -> list[Unit]:
    """The paragraphs and other lines of a text, and the page breaks within them."""
    text = draft.text
    if sample is not None and sample.has_units_of(draft.vocabulary):
        units, layout = sample.divided
    else:
        lines = with_pages(transcript, paged(text, draft.vocabulary))
        units, layout = units_of(text, lines, are_paragraphs=is_of_word_processor(transcript))
    draft.decide("layout", (units[0].start, units[-1].end), layout, _LAYOUTS[layout])
    if layout == "wrapped":
        for place in divided_words(text):
            draft.decide("divided-word", place, "", "it may have the hyphen of its own", Certainty.LOW)
    (split_salutation if draft.vocabulary.profile.body == "letter" else split_agenda)(draft, units)
    draft.spans += (page for unit in units for page in pages_within(unit))
    return units


_LAYOUTS = {"lines": "each line is a paragraph", "wrapped": "lines were broken at a width"}


def _tabled(marks: Marks) -> list[int]:
    """The units of tables."""
    return [number for first, (_, behind) in marks.tables.items() for number in range(first, behind)]


def _stops(labels: Labels, draft: Draft, units: list[Unit]) -> set[int]:
    """The units at which the top ends, for they are turns: those that say more than who is there."""
    return {number for number in labels if participants.heading(draft, units[number]) is None}


def _open_text(
    builder: Builder, top: Top, headings: Headings, labels: Labels, profile: Profile, bounds: tuple[int, int]
) -> None:
    """Begin the division of the text, unless a heading does."""
    first = bounds[0]
    if first in headings.found and not top.pending and headings.found[first][1] == 1:
        return
    kind = profile.body
    if kind == "section" and headings.found and not labels:
        kind = "opening"
    builder.open(kind)
    for block in top.pending:
        builder.add(block)


def _assembled(transcript: Transcript, draft: Draft, builder: Builder, bottom: Bottom, units: list[Unit]) -> Structure:
    root, profile = builder.root, draft.vocabulary.profile
    blocks = [child for child in root.children if isinstance(child, Block)]
    sections = [child for child in root.children if isinstance(child, Section)]
    sections = [section for section in sections if section.children] or sections[:1]
    if profile.body == "letter" and sections:
        sections[-1].children += bottom.closers
        bottom.closers = []
    divisions: list[Block] = []
    at = blocks[-1].end if blocks else units[0].start
    for section in sections:
        divisions.append(division(section, at))
        at = divisions[-1].end
    body = [*fitted(blocks, has_divisions=bool(divisions), at=at), *divisions, *bottom.closers]
    back = tuple(division(section, units[-1].end) for section in bottom.back)
    decisions = tuple(sorted(draft.decisions, key=lambda one: (one.start, -one.end)))
    return Structure(
        profile.text_type,
        profile.name,
        body=tuple(body),
        back=back,
        labels=tuple(sorted(draft.labels, key=lambda label: label.name)),
        present=tuple(draft.present),
        titles=tuple(draft.titles),
        spans=tuple(sorted(draft.spans, key=lambda span: (span.start, -span.end))),
        decisions=decisions,
        findings=tuple(findings_of(transcript, decisions)),
    )
