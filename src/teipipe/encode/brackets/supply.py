"""Brackets whose words belong to a sentence: supplied ones, names and words that are completed, explanations."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import takewhile
from typing import Final

from teipipe.encode.blocks import Attributes
from teipipe.encode.brackets.classified import Classified
from teipipe.encode.brackets.contents import remark
from teipipe.encode.brackets.place import Place
from teipipe.encode.brackets.words import Word
from teipipe.encode.decisions import Candidate, Certainty

#: Signs that no words have that complete a sentence.
_FOREIGN: Final = re.compile(r"[=<>{}|\\_^~@#*+]|://|www\.")
_NUMBER: Final = re.compile(r"\s*\d[\d\s.,:;/–\-]*")
_YEAR: Final = re.compile(r"\s*(?:1\d{3}|20\d\d)\s*")
_CITED: Final = re.compile(r"\D*[^\W\d_]{3,}[\s,]+(?:1[5-9]|20)\d\d[a-z]?(?:\s*[:,]\s*.*)?\s*")
#: So many words make a sentence; more than so many are no part of one; so many are few.
SENTENCE: Final = 4
PART: Final = 40
FEW: Final = 4
#: Words that share fewer letters aren't alike.
ALIKE: Final = 3
#: A reference by author and year isn't longer.
CITED: Final = 80


def by_place(place: Place, names: Container[str]) -> Classified | None:
    """What the words of a bracket do in the sentence they stand in; None if nothing tells.

    `names` are forms of names that are known, without regard to case.
    """
    around = place.before[-1:] + place.after[:1]
    if not place.words or _FOREIGN.search(place.content) or _FOREIGN.search(around) or _is_pattern(place):
        return None
    if place.fills:
        return _apart(place)
    if place.doubted and any(place.touches) and len(place.words) == 1:
        return _doubted(place, "reading-aid")
    if _NUMBER.fullmatch(place.content):
        return _number(place)
    if any(place.touches):
        return _completed(place)
    if place.is_ended and not place.doubted and (_is_sentence(place) or _stands_between(place)):
        return remark(place, "bracket-remark", Certainty.HIGH if place.opens else Certainty.MEDIUM, "a whole sentence")
    return _doubtful(place, names) or _in_sentence(place, names, place.words, 0)


def _is_pattern(place: Place) -> bool:
    """Letters that aren't words: "A-Z"."""
    return (
        len(place.words) == 1
        and all(len(part) == 1 for part in place.words[0].text.split("-"))
        and "-" in place.content
    )


def _apart(place: Place) -> Classified | None:
    """A bracket that has its paragraph for itself."""
    if place.element != "p":
        return _supplied(place, "bracket-supplied", "reading-aid", Certainty.MEDIUM, "all of a heading or the like")
    if len(place.words) == 1 and not place.words[0].text.isalpha():
        return None
    return remark(place, "bracket-remark", Certainty.MEDIUM, "a paragraph of its own")


def _is_sentence(place: Place) -> bool:
    return len(place.words) >= SENTENCE and (place.words[0].capital or place.opens)


def _stands_between(place: Place) -> bool:
    """Whether it ends as a sentence does, behind one and before one: "[Message No. 4.]"."""
    return place.opens and place.closes and place.words[0].capital and len(place.words) > 1


def _number(place: Place) -> Classified | None:
    """A year, or a number that a sentence needs; others may be references, pages, or anything."""
    touches, followed = place.touches
    near = {place.last.casefold().rstrip("."), place.next.casefold()}
    digits = (touches and place.before[-1].isdigit()) or (followed and place.after[0].isdigit())
    if digits:
        return _supplied(place, "bracket-word-completed", "reading-aid", Certainty.HIGH, "completes a number")
    if touches or followed or not place.before.strip():
        return None
    if near & place.vocabulary.words("months"):
        return _supplied(place, "bracket-number", "reading-aid", Certainty.HIGH, "stands in a date")
    behind = place.before.split()[-1].rstrip(",")
    if behind.isdigit() and len(behind) == len(place.content.strip()) and place.content.strip().isdigit():
        return _supplied(place, "bracket-number", "gloss", Certainty.MEDIUM, "corrects the number before it")
    if _YEAR.fullmatch(place.content):
        return _supplied(place, "bracket-number", "reading-aid", Certainty.MEDIUM, "a year")
    if len(place.words) == 1 and place.next[:1].islower() and not place.opens and place.last:
        return _supplied(place, "bracket-number", "reading-aid", Certainty.MEDIUM, "a number within a sentence")
    return None


def _completed(place: Place) -> Classified | None:
    """A bracket within a word: "Q[uemoy]", "trend[s]", "[un]likely"."""
    content = place.content.strip("'’-")
    before, after = place.touches
    letters = (before and place.before[-1].isalpha() and content[:1].isalpha()) or (
        after and place.after[0].isalpha() and content[-1:].isalpha()
    )
    if not letters or len(place.words) > 3 or (len(place.last) == 1 and place.last.islower() and before):
        return None
    if not before and len(content) == 1:
        return _supplied(place, "bracket-word-completed", "substitution", Certainty.HIGH, "a letter that was changed")
    start = place.last if before else content
    named = start[:1].isupper() and len(content) > 2
    reason = "name-completed" if named else "reading-aid"
    return _supplied(place, "bracket-word-completed", reason, Certainty.HIGH, "stands within a word")


def _doubtful(place: Place, names: Container[str]) -> Classified | None:
    """Words with a question mark, or with "perhaps"."""
    hedged = place.vocabulary.phrases["hedges"].at(place.words, 0)
    if place.doubted and len(place.words) <= FEW:
        return _doubted(place, _reason(place, names, place.words))
    if place.doubted:
        return remark(place, "bracket-remark", Certainty.MEDIUM, "a question") if _is_sentence(place) else None
    if 0 < hedged < len(place.words):
        found = _in_sentence(place, names, place.words[hedged:], hedged)
        return found and _certain(found, place.content[: place.words[hedged - 1].end].strip())
    return None


def _doubted(place: Place, reason: str) -> Classified:
    """What stands before a question mark, which is one of the signs."""
    attributes: Attributes = (("resp", place.resp), ("reason", reason), ("cert", "low"))
    closing = place.pair.closing + len(place.content) - place.doubted
    candidates = (
        Candidate("supplied", "supplied, without being sure"),
        Candidate("unclear", "read in the source, without being sure"),
    )
    why = "words with a question mark"
    opening = place.pair.opening
    return Classified("bracket-doubt", "supplied", attributes, opening, closing, Certainty.MEDIUM, why, candidates)


def _certain(found: Classified, word: str) -> Classified:
    attributes = (*found.attributes, ("cert", "low"))
    reason = f"supplied with “{word}”"
    return Classified(
        "bracket-doubt", found.element, attributes, found.opening, found.closing, Certainty.MEDIUM, reason
    )


def _in_sentence(place: Place, names: Container[str], words: list[Word], first: int) -> Classified | None:
    """Words that a sentence can be read with."""
    vocabulary = place.vocabulary
    function = vocabulary.words("function")
    if len(words) == 1 and len(words[0].text) == 1 and words[0].text not in function:
        return None
    if not place.before.strip() and not place.after.strip():
        return None
    if all(word.text in function for word in words):
        if (
            place.opens
            and place.closes
            and len(words) == 1
            and not words[0].capital
            and place.after.strip()[:1].isupper()
        ):
            return None
        certainty = Certainty.HIGH if len(words) <= 2 * FEW else Certainty.MEDIUM
        reason = "substitution" if place.is_quoting else "reading-aid"
        return _supplied(place, "bracket-supplied", reason, certainty, "words that a sentence needs")
    cited = words[0].capital and len(place.content) <= CITED and _CITED.fullmatch(place.content)
    if len(words) > PART or (cited and not _dated(place, words)):
        return None
    return _with_content(place, names, words)


def _with_content(place: Place, names: Container[str], words: list[Word]) -> Classified | None:
    reason = _reason(place, names, words)
    if reason == "name-completed":
        candidates = (
            Candidate("name-completed", "completes the name beside it"),
            Candidate("gloss", "explains or corrects the word before it"),
        )
        sure = _is_known(place, names) or _is_title(place.last, place) or place.last[-1:] == "."
        certainty = Certainty.HIGH if sure else Certainty.MEDIUM
        return _supplied(place, "bracket-name-completed", reason, certainty, "beside a name", candidates)
    if reason == "gloss":
        certainty = Certainty.HIGH if len(words) <= FEW else Certainty.MEDIUM
        return _supplied(place, "bracket-gloss", reason, certainty, "explains the word before it")
    few = len(words) <= FEW
    if not few and place.opens:
        return remark(place, "bracket-remark", Certainty.MEDIUM, "stands between sentences")
    if place.opens and place.closes and place.after.strip()[:1].isupper():
        return None
    certainty = Certainty.HIGH if few and not place.opens else Certainty.MEDIUM
    return _supplied(place, "bracket-supplied", reason, certainty, "words within a sentence")


def _reason(place: Place, names: Container[str], words: list[Word]) -> str:
    """Why words were supplied, as far as their form and their place tell."""
    vocabulary = place.vocabulary
    last = place.last
    named = all(word.capital or word.text in vocabulary.words("particles") for word in words) and len(words) <= FEW
    function = vocabulary.words("function")
    behind = last[:1].isupper() and last.casefold() not in function
    beside = behind or (place.next[:1].isupper() and place.after[:1] in " \xa0")
    phrase = words[0].capital or words[0].text in vocabulary.words("determiners")
    if len(words) == 1 and last.casefold() not in function and _are_alike(last.casefold().rstrip("."), words[0].text):
        return "gloss"
    if last.casefold() in vocabulary.words("pronouns") and phrase and not place.opens:
        return "gloss"
    if len(last) > 1 and last.isupper() and "." not in last and words[0].capital and not _is_title(last, place):
        # An abbreviation is written out, unless a name goes on behind it.
        return "name-completed" if named and place.next[:1].isupper() else "gloss"
    if vocabulary.phrases["glosses"].at(words, 0):
        return "gloss"
    named = named and words[0].text not in function and not _dated(place, words)
    if named and beside and not _is_sentence_start(place):
        return "gloss" if _is_other_name(place, names, words) else "name-completed"
    if len(words) > FEW and not place.opens:
        return "gloss"
    return "substitution" if place.is_quoting else "reading-aid"


def _are_alike(one: str, other: str) -> bool:
    """Whether half of the shorter word begins, or ends, the longer one too: then one corrects the other."""
    shared = max(_shared(one, other), _shared(one[::-1], other[::-1]))
    return shared >= ALIKE and 2 * shared >= min(len(one), len(other))


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _is_other_name(place: Place, names: Container[str], words: list[Word]) -> bool:
    """Whether capitalised words behind a name, or a noun, don't complete it, but stand for the same."""
    vocabulary = place.vocabulary
    if place.next[:1].isupper() or _is_title(place.last, place) or place.last[-1:] == "." or _is_known(place, names):
        return False
    earlier = place.earlier[-1].casefold() if place.earlier else ""
    if words[0].text in vocabulary.words("titles") or (len(words) == 1 and earlier in vocabulary.words("locatives")):
        return True
    if vocabulary.capital_nouns and earlier in vocabulary.words("articles"):
        return True
    # A whole name behind a whole name.
    whole = bool(place.earlier) and place.earlier[-1][:1].isupper() and not _is_title(place.earlier[-1], place)
    return len(words) > 1 and whole


def _is_sentence_start(place: Place) -> bool:
    """Whether the capitals may be those of the beginning of a sentence."""
    return place.opens and not place.next[:1].isupper()


def _is_title(word: str, place: Place) -> bool:
    return word.rstrip(".").casefold() in place.vocabulary.words("titles")


def _is_known(place: Place, names: Container[str]) -> bool:
    name = " ".join(place.content.split()).casefold()
    return f"{place.last} {name}".casefold() in names or f"{name} {place.next}".casefold() in names


def _dated(place: Place, words: list[Word]) -> bool:
    """Whether a month stands in it."""
    return any(word.text in place.vocabulary.words("months") for word in words)


def _supplied(
    place: Place,
    rule: str,
    reason: str,
    certainty: Certainty,
    why: str,
    candidates: tuple[Candidate, ...] = (),
) -> Classified:
    attributes = (("resp", place.resp), ("reason", reason))
    pair = place.pair
    return Classified(rule, "supplied", attributes, pair.opening, pair.closing, certainty, why, candidates)
