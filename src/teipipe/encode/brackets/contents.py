"""Classes of brackets that what stands in them gives away: insertions, gaps, notes, pages, remarks, and others."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.blocks import Attributes
from teipipe.encode.brackets.classified import Classified
from teipipe.encode.brackets.extents import extent_of
from teipipe.encode.brackets.place import Place
from teipipe.encode.brackets.slips import slip_before
from teipipe.encode.brackets.vocabulary import GAPS
from teipipe.encode.brackets.words import Word, words_of
from teipipe.encode.decisions import Candidate, Certainty

#: Signs that stand for something that isn't there; doubt; astonishment; punctuation.
_DOTS: Final = re.compile(r"\s*(?:(?:\.\s*){2,}|(?:…\s*)+|[-–—_]\s*(?:[-–—_]\s*)+|[–—_]\s*)\s*")
#: So many letters, as editions of inscriptions and papyri say it: "..3..", "- ca. 7 -".
_COUNTED: Final = re.compile(
    r"\s*(?:(?:\.{2,}|…+)\s*(\d{1,3})\s*(?:\.{2,}|…+)|[-–—]+\s*(ca?\.?\s?\d{1,3})\s*[-–—]+)\s*", re.IGNORECASE
)
_MARKS: Final = "?!() \t\n\xa0"
_PUNCTUATION: Final = re.compile(r"\s*[.,;:'\"“”‘’()\-]{1,2}\s*")
_PAGE: Final = re.compile(r"(\d+\s?[rvab]?|[ivxlc]+)(?:\s*(?:recto|verso|ob\.?))?", re.IGNORECASE)
_LABEL: Final = re.compile(r"([^:]{1,60}):\s*")
_NOTED: Final = re.compile(r"\s*[:–—\-.]+\s*")
_SIGNED: Final = re.compile(r"[–—\-,;.]\s*([^–—,;]{1,40})$")
#: Abbreviations of "page" are shorter than this.
SHORT: Final = 4
#: So many words can be a sentence of somebody who does something.
SENTENCE: Final = 3
#: Elements in which TEI has stage directions.
_STAGES: Final = frozenset({"p", "item", "cell", "note", "quote", "said"})


def by_content(place: Place) -> Classified | None:
    """The class that a bracket shows by its content alone, or by that and where it stands; None if it shows none."""
    if not place.words:
        return _signs(place)
    counted = _COUNTED.fullmatch(place.content)
    if counted is not None:
        extent = (("extent", counted[1] or counted[2]),)
        return _empty(place, "bracket-gap", extent, Certainty.HIGH, "dots or dashes about a number: so much is missing")
    known = place.vocabulary.classes_by_word
    classes: set[str] = set()
    for word in place.words:
        classes |= known.get(word.text, frozenset())
    if not classes:
        return None
    steps = (_slip, _page, _labelled, _signed, _gap, _language, _event, _aside, _remark)
    return next((found for step in steps if (found := step(place, classes)) is not None), None)


def remark(place: Place, rule: str, certainty: Certainty, reason: str, type: str = "remark") -> Classified:
    """A bracket that stays in the text as a remark."""
    attributes = (("type", type), ("place", "inline"), ("resp", "#author" if type == "authorial" else place.resp))
    return Classified(rule, "note", attributes, place.pair.opening, place.pair.closing, certainty, reason)


def _signs(place: Place) -> Classified | None:
    content, pair = place.content, place.pair
    if _DOTS.fullmatch(content):
        return _empty(place, "bracket-gap", (), Certainty.HIGH, "dots or dashes: something is missing; why isn't said")
    marks = "" if content.strip(_MARKS) else content
    if "?" in marks:
        attributes: Attributes = (("resp", place.resp), ("reason", "doubt-or-punctuation"), ("cert", "low"))
        candidates = (
            Candidate("doubt", "a doubt about the words before it"),
            Candidate("punctuation", "a question mark that was supplied"),
        )
        reason = "a question mark alone: a doubt, or punctuation"
        return Classified(
            "bracket-doubt", "supplied", attributes, pair.opening, pair.closing, Certainty.LOW, reason, candidates
        )
    if "!" in marks:
        return _slipped(place, "an exclamation mark alone: it stands so in the source")
    if _PUNCTUATION.fullmatch(content) and content.strip():
        attributes = (("resp", place.resp), ("reason", "reading-aid"))
        reason = "punctuation alone"
        return Classified(
            "bracket-supplied", "supplied", attributes, pair.opening, pair.closing, Certainty.HIGH, reason
        )
    return None


def _empty(place: Place, rule: str, attributes: Attributes, certainty: Certainty, reason: str) -> Classified:
    return Classified(rule, "gap", attributes, place.pair.end - place.pair.start, 0, certainty, reason)


def _slip(place: Place, classes: set[str]) -> Classified | None:
    if "sic" not in classes:
        return None
    end = place.vocabulary.classes["sic"].keys.at(place.words, 0)
    if not end:
        return None
    if end < len(place.words):
        return remark(place, "bracket-sic", Certainty.MEDIUM, "says that it stands so, and something else")
    return _slipped(place, f"“{place.content.strip()}”: it stands so in the source")


def _slipped(place: Place, reason: str) -> Classified:
    """The word before it, or the name or date that ends there; a remark where there is none that it could be about."""
    slip = slip_before(place)
    if slip is None:
        return remark(place, "bracket-sic", Certainty.MEDIUM, reason)
    start, end = slip
    pair = place.pair
    attributes = (("resp", place.resp),)
    signs, earlier = pair.end - end, pair.start - start
    return Classified("bracket-sic", "sic", attributes, 0, signs, Certainty.MEDIUM, reason, earlier=earlier)


def _page(place: Place, classes: set[str]) -> Classified | None:
    pages = place.vocabulary.classes["page"]
    end = pages.keys.at(place.words, 0) if "page" in classes else 0
    if not end:
        return None
    rest = place.words[end:]
    number = _PAGE.match(place.content, place.words[end].start) if rest else None
    if number is not None and number[1].isupper() and place.words[end - 1].end - place.words[end - 1].start < SHORT:
        # "P.L." is no page.
        return None
    behind = [word for word in rest if number is None or word.start >= number.end()]
    if any(word.text not in pages.beside for word in behind):
        return None
    if number is None and (rest or end < 2):
        return None
    return page(place, Certainty.HIGH, "the label of a page", number[1] if number else "")


def page(place: Place, certainty: Certainty, reason: str, number: str | None = None) -> Classified:
    """The beginning of a page, by default that with the number in the brackets."""
    said = " ".join((place.content if number is None else number).split())
    attributes: Attributes = (("n", said),) if said else ()
    if place.is_joined:
        attributes = (*attributes, ("break", "no" if all(place.touches) else "maybe"))
    return Classified("bracket-page", "pb", attributes, place.pair.end - place.pair.start, 0, certainty, reason)


def _labelled(place: Place, classes: set[str]) -> Classified | None:
    """What a label before a colon says; notes may have a dash or a full stop there."""
    noted = _noted(place, classes)
    if noted is not None:
        return noted
    match = _LABEL.match(place.content)
    if match is None:
        return None
    label = words_of(match[1])
    rest = place.content[match.end() :]
    vocabulary = place.vocabulary
    signed = any(word.text in ("by", "von") for word in label)
    if rest.strip() and vocabulary.classes["insertion"].found_in(label, names=signed):
        return _inserted(place, match, label)
    if rest.strip() and vocabulary.classes["deletion"].found_in(label, names=signed):
        reason = f"“{match[1].strip()}” before a colon"
        opening = place.pair.opening + match.end()
        return Classified("bracket-deletion", "del", (), opening, place.pair.closing, Certainty.HIGH, reason)
    if rest.strip() and vocabulary.classes["reading"].found_in(label) and _gap(place, classes) is None:
        return _uncertain(place, match)
    if "language" in classes and vocabulary.classes["language"].keys.at(label, 0):
        if rest.strip():
            return remark(place, "bracket-language", Certainty.MEDIUM, "words of the language it names", "translator")
        return remark(place, "bracket-language", Certainty.HIGH, "names a language")
    if rest.strip() and "event" in classes and vocabulary.classes["event"].found_in(label, names=True):
        return _staged(place, "business", Certainty.MEDIUM, "what is called out meanwhile")
    if not rest.strip() and place.in_turn and _acts(place, label, classes):
        return _staged(place, "delivery", Certainty.MEDIUM, "says to whom, or how, something is said")
    return None


def _inserted(place: Place, match: re.Match[str], label: list[Word]) -> Classified:
    vocabulary = place.vocabulary
    attributes: Attributes = (("instant", "unknown"),)
    said = {word.text for word in label}
    for where, words in vocabulary.places.items():
        if said & words:
            attributes = (*attributes, ("place", where))
            break
    if said & vocabulary.words("hands"):
        attributes = (*attributes, ("rend", "handwritten"))
    reason = f"“{match[1].strip()}” before a colon: inserted in the document itself"
    opening = place.pair.opening + match.end()
    return Classified("bracket-insertion", "add", attributes, opening, place.pair.closing, Certainty.HIGH, reason)


def _uncertain(place: Place, match: re.Match[str]) -> Classified:
    content = place.content.rstrip()
    marks = len(content) - len(content.rstrip("? ()"))
    closing = place.pair.closing + len(place.content) - len(content) + marks
    opening = place.pair.opening + match.end()
    reason = f"“{match[1].strip()}” before a colon"
    if opening + closing >= place.pair.end - place.pair.start:
        return _empty(place, "bracket-gap", (), Certainty.MEDIUM, reason)
    return Classified("bracket-reading", "unclear", (("cert", "low"),), opening, closing, Certainty.HIGH, reason)


def _noted(place: Place, classes: set[str]) -> Classified | None:
    for name, type in (("note", "translator"), ("authorial", "authorial")):
        if name not in classes:
            continue
        end = place.vocabulary.classes[name].keys.at(place.words, 0)
        if not end:
            continue
        if end == len(place.words):
            return remark(place, "bracket-note", Certainty.MEDIUM, "a note without words", type) if end > 1 else None
        sign = _NOTED.match(place.content, place.words[end - 1].end)
        clear = sign is not None and (":" in sign[0] or sign[0].strip(" .") != "" or end > 1)
        if sign is not None and clear and sign[0].strip() != "-" * len(sign[0]):
            label = place.content[: place.words[end - 1].end].strip()
            return remark(place, "bracket-note", Certainty.HIGH, f"begins with “{label}”", type)
    return None


def _signed(place: Place, classes: set[str]) -> Classified | None:
    """A note with whose it is at its end."""
    for name, type in (("note", "translator"), ("authorial", "authorial")):
        match = _SIGNED.search(place.content.rstrip(" .)")) if name in classes else None
        words = words_of(match[1]) if match else []
        if match and words and place.vocabulary.classes[name].keys.at(words, 0) == len(words) < len(place.words):
            return remark(place, "bracket-note", Certainty.HIGH, f"signed “{match[1].strip()}”", type)
    return None


def _gap(place: Place, classes: set[str]) -> Classified | None:
    for name, reason in GAPS.items():
        if name not in classes:
            continue
        found = place.vocabulary.classes[name].found_in(place.words, numbers=True)
        if not found or (name in ("lost", "omitted", "missing") and _is_part(place)):
            continue
        attributes = (("reason", reason),) if reason else ()
        extent = extent_of(place.content, place.words, found, place.vocabulary)
        key = place.content[place.words[found[0].first].start : place.words[found[0].last - 1].end]
        rule = "bracket-excision" if name == "withheld" else "bracket-gap"
        certainty = Certainty.HIGH if reason else Certainty.MEDIUM
        return _empty(place, rule, (*attributes, *extent), certainty, f"“{key}”: says that something is missing")
    return None


def _is_part(place: Place) -> bool:
    """Whether one word stands where a sentence needs it: behind an article or the like, before another word."""
    behind = place.last.casefold() in place.vocabulary.words("determiners")
    return len(place.words) == 1 and (not place.closes or place.next[:1].isupper()) and behind


def _language(place: Place, classes: set[str]) -> Classified | None:
    if "language" in classes and place.vocabulary.classes["language"].found_in(place.words, numbers=True):
        return remark(place, "bracket-language", Certainty.HIGH, "says in which language")
    return None


def _event(place: Place, classes: set[str]) -> Classified | None:
    """What happens meanwhile, how something is said, who comes and goes."""
    vocabulary = place.vocabulary
    if "event" in classes and vocabulary.classes["event"].found_in(place.words, names=True, numbers=True):
        if place.last.casefold() in vocabulary.words("determiners") and not place.closes:
            return None
        return _staged(place, "business", Certainty.HIGH, "says what happens meanwhile")
    sentence = place.words[0].capital and len(place.words) >= SENTENCE
    if not (place.opens or sentence or (place.before.rstrip()[-1:] == "," and place.closes)):
        return None
    for name, type in (("entrance", "entrance"), ("exit", "exit"), ("action", "business"), ("act", "delivery")):
        if name in classes and vocabulary.classes[name].found_in(place.words, names=True):
            if not place.in_turn and not place.fills and not place.is_ended and len(place.words) < 3:
                return None
            if len(place.words) == 1 and not place.closes:
                return None
            return _staged(place, type, Certainty.MEDIUM, "says how it is said, or what somebody does")
    return None


def _acts(place: Place, label: list[Word], classes: set[str]) -> bool:
    return "act" in classes and bool(place.vocabulary.classes["act"].found_in(label, names=True))


def _staged(place: Place, type: str, certainty: Certainty, reason: str) -> Classified:
    if place.element not in _STAGES or place.is_joined:
        # What touches its neighbours can't be set apart from them.
        return remark(place, "bracket-event", certainty, reason)
    return Classified("bracket-event", "stage", (("type", type),), 0, 0, certainty, reason)


def _aside(place: Place, classes: set[str]) -> Classified | None:
    """What editors say of a passage, wherever it stands."""
    if "aside" in classes and place.vocabulary.classes["aside"].found_in(place.words):
        return remark(place, "bracket-remark", Certainty.HIGH, "says something of the text")
    return None


def _remark(place: Place, classes: set[str]) -> Classified | None:
    end = place.vocabulary.classes["remark"].keys.at(place.words, 0) if "remark" in classes else 0
    if not end:
        return None
    if place.vocabulary.phrases["references"].at(place.words, 0) and len(place.words) > 1:
        return remark(place, "bracket-remark", Certainty.HIGH, "refers to something else")
    stands_apart = place.opens or place.fills or place.words[0].capital
    if not stands_apart and not place.closes and (len(place.words) < 3 or place.next[:1].islower()):
        return None
    if (
        not stands_apart
        and len(place.words) == 1
        and (_is_part(place) or not (place.next[:1].isupper() or not place.after.strip()))
    ):
        return None
    if place.words[0].capital and place.next[:1].islower() and not place.is_ended and not place.opens:
        return None
    if place.opens and not place.closes and end == len(place.words):
        return None
    begins = place.content[: place.words[end - 1].end].strip()
    return remark(place, "bracket-remark", Certainty.HIGH, f"begins with “{begins}”")
