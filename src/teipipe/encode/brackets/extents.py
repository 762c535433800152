"""How much a bracket says is missing: "2 lines", "less than 1 line", "several words"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from teipipe.encode.blocks import Attributes
from teipipe.encode.brackets.vocabulary import Vocabulary
from teipipe.encode.brackets.words import Found, Word

_TRIMMED: Final = ",;:.-–—"


def extent_of(content: str, words: Sequence[Word], keys: Sequence[Found], vocabulary: Vocabulary) -> Attributes:
    """The extent in the words of a bracket, without the `keys`, which say why something is missing.

    One number before one unit is a quantity; whatever else has a number or a unit is an extent in words.
    """
    taken = {index for found in keys for index in range(found.first, found.last)}
    rest = [word for index, word in enumerate(words) if index not in taken]
    units = [index for index, word in enumerate(rest) if word.text in vocabulary.units]
    numbers = [index for index, word in enumerate(rest) if _number(word, vocabulary)]
    if not units:
        return ()
    unit = vocabulary.units[rest[units[0]].text]
    inexact = any(word.text in vocabulary.words("approximate") and not _number(word, vocabulary) for word in rest)
    inexact = inexact or any(word.text in vocabulary.words("parts") for word in rest)
    if len(units) == 1 and len(numbers) == 1 and numbers[0] < units[0] and not inexact:
        number = _number(rest[numbers[0]], vocabulary)
        if number.replace(".", "", 1).isdigit():
            return (("quantity", number), ("unit", unit))
    if len(units) == 1 and not numbers and not inexact:
        # A unit that stands alone is one, if it is singular.
        return (("quantity", "1"), ("unit", unit)) if rest[units[0]].text in vocabulary.single else ()
    return (("extent", _in_words(content, words, taken, vocabulary)),)


def _number(word: Word, vocabulary: Vocabulary) -> str:
    """The number that a word is, "" if it is none."""
    if word.text in vocabulary.numbers:
        return str(vocabulary.numbers[word.text])
    if word.text[0].isalpha():
        return ""
    return word.text.replace(",", ".")


def _in_words(content: str, words: Sequence[Word], taken: set[int], vocabulary: Vocabulary) -> str:
    """What the content says of the extent: from the first to the last of its numbers and units, without its keys."""
    said = vocabulary.units.keys() | vocabulary.words("approximate") | vocabulary.words("parts")
    free = [index for index in range(len(words)) if index not in taken]
    marks = [index for index in free if words[index].text in said or _number(words[index], vocabulary)]
    first, last = marks[0], marks[-1]
    if _number(words[last], vocabulary):
        # What is counted is no unit that is known.
        last = next((index for index in free if index > last), last)
    pieces: list[str] = []
    at = words[first].start
    for index in range(first, last):
        if index in taken:
            pieces.append(content[at : words[index].start])
            at = words[index].end
    pieces.append(content[at : words[last].end])
    extent = " ".join(" ".join(pieces).split()).strip(_TRIMMED)
    return extent + ")" * (extent.count("(") - extent.count(")"))
