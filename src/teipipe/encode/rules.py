"""The rules that decisions are made by: what each decides, and how. Reports and documentation are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["structure", "turn", "bracket", "name", "date", "character"]


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One rule: `kind` is what it decides about, `text` says in a sentence what it decides and by what."""

    name: str
    kind: Kind
    text: str


_ALL: Final = (
    DecisionRule(
        "profile",
        "structure",
        "The kind of source, by which conventions are looked for: what speaks for each profile is weighed.",
    ),
    DecisionRule(
        "layout", "structure", "What a paragraph is: a line, or lines that were broken at a width, between blank lines."
    ),
    DecisionRule(
        "title",
        "structure",
        "A head of the whole text: the first line that is no sentence, or one with words of titles.",
    ),
    DecisionRule(
        "word-note", "structure", "A footnote or endnote of a word processor's file, at the place of its number."
    ),
    DecisionRule(
        "emphasis", "structure", "Words that look otherwise in a word processor's file than those around them."
    ),
    DecisionRule("link", "structure", "A link in a word processor's file."),
    DecisionRule("classification", "structure", "A classification on a line alone, by the phrases of the profile."),
    DecisionRule(
        "participants", "structure", "A list of those present, by its heading: how far it reaches, and its groups."
    ),
    DecisionRule("header-line", "structure", "A line at the top that begins with a known word (Subject, To, No.)."),
    DecisionRule("dateline", "structure", "A line with a date, and no sentence."),
    DecisionRule("byline", "structure", "An author's line below a title."),
    DecisionRule("address", "structure", "The short lines above a salutation."),
    DecisionRule("salutation", "structure", "A salutation, by the phrases of the profile."),
    DecisionRule(
        "heading", "structure", "A heading: a short line that is no sentence, above a paragraph, or a known one."
    ),
    DecisionRule("scene", "structure", "A new scene: a line that says where or when what follows was said."),
    DecisionRule(
        "list", "structure", "Lines that count on, or begin with First and Second, and are parts of one sentence."
    ),
    DecisionRule("stage", "structure", "A remark on how something was said, in round brackets."),
    DecisionRule("narrative", "structure", "A paragraph that ends a turn, because it tells of the meeting."),
    DecisionRule("repeated-honorific", "structure", "An honorific that stands twice in a label."),
    DecisionRule("recorder", "structure", "The line of whoever recorded what was said."),
    DecisionRule("closer", "structure", "The last lines of a text: closing phrase, signature, place and date."),
    DecisionRule("postscript", "structure", "A postscript."),
    DecisionRule("summary", "structure", "What stands behind the record, and nobody says."),
    DecisionRule("archive", "structure", "What an archive, a publisher or a translator adds below a text."),
    DecisionRule("acknowledgement", "structure", "What a text draws on, and whom its author thanks."),
    DecisionRule("notes", "structure", "Notes at the end of a text, by their numbers."),
    DecisionRule("note-reference", "structure", "A number in square brackets that is that of a note."),
    DecisionRule(
        "divided-word", "structure", "A word that a hyphen divides at the end of a line; it is left as it is."
    ),
    DecisionRule(
        "doubtful-label", "turn", "What looks like the label of a turn, and isn't known to be one; it is left."
    ),
    DecisionRule(
        "turn", "turn", "The label of a turn: a name with an honorific, or one that begins several paragraphs alike."
    ),
    DecisionRule(
        "crossing-span",
        "structure",
        "Two things that were found overlap and neither lies in the other; one is left out.",
    ),
    DecisionRule(
        "bracket-supplied",
        "bracket",
        "Words, or punctuation, that a sentence is read with: they stand within one, or open one, and are few"
        " or mere function words. They are supplied.",
    ),
    DecisionRule(
        "bracket-gloss",
        "bracket",
        "Words that explain or correct the word before them: it is a pronoun or an abbreviation, or much like "
        "them, or they begin as explanations do, or are another name. They are supplied.",
    ),
    DecisionRule(
        "bracket-name-completed",
        "bracket",
        "Capitalised words or initials beside a name complete it. They are supplied.",
    ),
    DecisionRule(
        "bracket-word-completed",
        "bracket",
        "Brackets within a word or a number complete it. What stands in them is supplied.",
    ),
    DecisionRule(
        "bracket-number",
        "bracket",
        "A year, a number where a sentence or a date needs one, or one that corrects another, is supplied.",
    ),
    DecisionRule(
        "bracket-doubt",
        "bracket",
        "A question mark is a doubt, alone (then it may also be punctuation) or behind words; so is “perhaps”"
        " before them. What stands there is supplied, with low certainty.",
    ),
    DecisionRule(
        "bracket-reading", "bracket", "A label says that a reading is not certain. The words behind it are unclear."
    ),
    DecisionRule(
        "bracket-insertion",
        "bracket",
        "A label before a colon says that words were inserted in the document itself. They are an addition, "
        "at an unknown time.",
    ),
    DecisionRule(
        "bracket-deletion",
        "bracket",
        "A label before a colon says that words were struck out in the document itself. They are a deletion.",
    ),
    DecisionRule(
        "bracket-gap",
        "bracket",
        "Words or dots say that something is missing or can't be read; a number and a unit say how much. "
        "Nothing but the gap is left, whose words are its signs.",
    ),
    DecisionRule(
        "bracket-excision",
        "bracket",
        "Words say that something was removed before the document was released. It is a gap.",
    ),
    DecisionRule(
        "bracket-sic",
        "bracket",
        "The brackets say that what stands before them stands so in the source: the word, or the name of "
        "several words.",
    ),
    DecisionRule(
        "bracket-page",
        "bracket",
        "The label of a page, a leaf or a folio, with its number, or numbers that count up, each alone in a "
        "paragraph: a page begins.",
    ),
    DecisionRule(
        "bracket-language",
        "bracket",
        "The brackets say in which language something was said, or give a word of it. They are a remark, or a"
        " note of the translator.",
    ),
    DecisionRule("bracket-note", "bracket", "A label before the words, or behind them, says whose note it is."),
    DecisionRule(
        "bracket-event",
        "bracket",
        "Words of stage directions: what happens meanwhile, how something is said, who comes and goes.",
    ),
    DecisionRule(
        "bracket-remark",
        "bracket",
        "A sentence, a paragraph of its own, or words that remarks on documents begin with, are a remark in the text.",
    ),
    DecisionRule("bracket-profile", "bracket", "Brackets of another kind are what the profile says they are used for."),
    DecisionRule("bracket-unclassified", "bracket", "What fits no class stays in the text as it is, and is reported."),
    DecisionRule(
        "bracket-unbalanced",
        "bracket",
        "A bracket that no other one belongs to stays in the text as it is, and is reported.",
    ),
    DecisionRule("calendar-date", "date", "A day that stands there with its month and year, in words and figures."),
    DecisionRule("numeric-date", "date", "A day in figures, whose order of day and month is told by something."),
    DecisionRule(
        "partial-date",
        "date",
        "A month, a year, a season, a decade, a century, or a named part of one (early, first half).",
    ),
    DecisionRule("date-range", "date", "From one date to another; each end has from the other what it leaves out."),
    DecisionRule("double-date", "date", "A day by the Julian and the Gregorian calendar; the value is Gregorian."),
    DecisionRule(
        "year-by-context",
        "date",
        "A date without its year: that which brings it nearest to the dates before it, or to that of the document.",
    ),
    DecisionRule(
        "relative-date", "date", "A date that is counted from one that stands before it, or from that of the document."
    ),
    DecisionRule("unanchored-date", "date", "A date that is counted from nothing that is known; it has no value."),
    DecisionRule("time-of-day", "date", "An hour, or a part of a day, which has the date of its day if that is known."),
    DecisionRule("ambiguous-numeric-date", "date", "A day in figures that may be read in two ways; it has no value."),
    DecisionRule("impossible-date", "date", "A day that the calendar doesn't have; it has no value."),
    DecisionRule("name-full", "name", "A name with forenames or initials is that of one entry alone."),
    DecisionRule(
        "name-surname",
        "name",
        "A surname alone, or the only name of somebody, means who was named in full before, speaks or is present; else"
        " the only one of this name in the register.",
    ),
    DecisionRule(
        "name-title", "name", "A surname after a title means who has this office, by the register, or is alone in it."
    ),
    DecisionRule(
        "name-transliteration",
        "name",
        "A name is written by another romanisation than in the register, and is the same by the rules of both.",
    ),
    DecisionRule(
        "name-epithet", "name", "What the register has as an epithet stands alone, for somebody who is named."
    ),
    DecisionRule(
        "name-unregistered",
        "name",
        "Without a register, a name that a label or the list of those present has is marked wherever it stands.",
    ),
    DecisionRule("name-speaker", "name", "The label of a turn is the name of who speaks."),
    DecisionRule("name-org", "name", "A name that the register has for an organisation, no part of a longer one."),
    DecisionRule("name-place", "name", "A name that the register has for a place, no part of a longer one."),
    DecisionRule("name-event", "name", "A name or a description that the register has for an event."),
    DecisionRule("name-group", "name", "A name that the register has for a group of persons or a faction."),
    DecisionRule(
        "name-ambiguous", "name", "Several entries have this name, and nothing tells which is meant: none is taken."
    ),
    DecisionRule(
        "name-longer",
        "name",
        "A name is part of a longer one that the register lacks, so it is somebody or something else: it isn't marked.",
    ),
    DecisionRule(
        "name-word", "name", "A name that is a common word, too, isn't marked unless something else tells of it."
    ),
)

RULES: Final[dict[str, DecisionRule]] = {rule.name: rule for rule in _ALL}
