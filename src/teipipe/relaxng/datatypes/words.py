"""Datatypes in an editor's plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_FORMS: Final[dict[str, tuple[str, str]]] = {
    "string": ("any text", "some text"),
    "anyAtomicType": ("any text", "some text"),
    "normalizedString": ("any text", "some text"),
    "token": ("any text", "some text"),
    "language": ("a language tag", "ko-Latn"),
    "NMTOKEN": ("a word of letters, digits and .-_:", "word"),
    "NMTOKENS": ("words of letters, digits and .-_:", "two words"),
    "Name": ("a name without blanks", "name"),
    "NCName": ("a name without blanks and colon", "name"),
    "ID": ("a name without blanks and colon, each one only once", "p1"),
    "IDREF": ("the name that something has in this document", "p1"),
    "IDREFS": ("names that things have in this document", "p1 p2"),
    "ENTITY": ("the name of an entity", "picture"),
    "ENTITIES": ("names of entities", "picture map"),
    "QName": ("a name, with a declared prefix or without one", "name"),
    "NOTATION": ("the name of a notation", "name"),
    "anyURI": ("a URI", "https://example.org/page#part"),
    "boolean": ("true or false", "true"),
    "hexBinary": ("bytes in hexadecimal digits", "0FB7"),
    "base64Binary": ("bytes in Base64", "aGVsbG8="),
    "float": ("a number", "1.5"),
    "double": ("a number", "1.5"),
    "decimal": ("a number", "1.5"),
    "duration": ("a duration", "P1Y6M"),
    "dateTime": ("a date and time", "1956-08-30T14:00:00"),
    "time": ("a time", "14:00:00"),
    "date": ("a date", "1956-08-30"),
    "gYearMonth": ("a year and month", "1956-08"),
    "gYear": ("a year", "1956"),
    "gMonthDay": ("a month and day", "--08-30"),
    "gDay": ("a day of the month", "---30"),
    "gMonth": ("a month", "--08"),
}
_WHOLE: Final[dict[str, tuple[str | None, str | None]]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, "0"),
    "negativeInteger": (None, "-1"),
    "long": (str(-(2**63)), str(2**63 - 1)),
    "int": (str(-(2**31)), str(2**31 - 1)),
    "short": (str(-(2**15)), str(2**15 - 1)),
    "byte": (str(-(2**7)), str(2**7 - 1)),
    "nonNegativeInteger": ("0", None),
    "unsignedLong": ("0", str(2**64 - 1)),
    "unsignedInt": ("0", str(2**32 - 1)),
    "unsignedShort": ("0", str(2**16 - 1)),
    "unsignedByte": ("0", str(2**8 - 1)),
    "positiveInteger": ("1", None),
}
_NUMBERS: Final = ("decimal", "float", "double")
_LISTS: Final = ("NMTOKENS", "IDREFS", "ENTITIES")
#: Patterns that many schemas have, in words, with an example; they stand for the datatype as well.
_PATTERNS: Final[dict[str, tuple[str, str]]] = {
    r"\S+": ("one word without blanks", "word"),
    r"[^\p{C}\p{Z}]+": ("one word without blanks", "word"),
    r".+": ("text that is not empty", "some text"),
    r"(\-?[\d]+/\-?[\d]+)": ("a ratio of whole numbers", "3/4"),
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?(,-?[0-9]+(\.[0-9]+)?)?)": (
        "a point, as two or three numbers with commas between them",
        "12,7.5",
    ),
    r"[0-9.,DHMPRSTWYZ/:+\-]+": ("a date, time or period as in ISO 8601", "1956-08-30/1956-09-02"),
    r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}": ("a version number of up to four parts", "2.1b"),
    r"[\d]+(\.[\d]+){0,2}": ("a version number of up to three parts", "4.9.0"),
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)": ("a size with its unit", "12.5cm"),
    r"[^/\s]+:\S*": ("a URI with its scheme, without blanks", "https://example.org/"),
    r".+:.+": ("a name with a prefix", "prefix:name"),
    r"[a-z][a-z0-9\+\.\-]*": ("a small letter, then small letters, digits and +.-", "doi"),
    r"(19[789][0-9]|[2-9][0-9]{3}).*": ("{} from 1970 on", "2001-05-17"),
}
#: Further examples, for where parameters exclude the usual ones.
_MORE: Final = {
    "dateTime": ("2001-05-17T14:00:00",),
    "date": ("2001-05-17",),
    "gYear": ("2001",),
    "hexBinary": ("0FB70FB7",),
}
_URI_PATTERNS: Final = {r"\S+": "a URI without blanks"}


def described(name: str, params: Sequence[tuple[str, str]]) -> str:
    """A datatype in words: `a whole number from 1 to 12`."""
    patterns = [value for facet, value in params if facet == "pattern"]
    noun, low, high = "a whole number", None, None
    if name in _WHOLE:
        low, high = _WHOLE[name]
    else:
        noun = _FORMS[name][0]
    if len(patterns) == 1 and (known := _known(name, patterns[0])) is not None:
        noun, patterns = known.format(noun), []
    elif patterns and noun == "any text":
        noun = "text"
    parts = [_measured(noun, name, params), *_bounds(name, params, low, high), *_digits(params)]
    if patterns:
        parts.append("that matches " + " and ".join(patterns))
    return " ".join(parts)


def examples(name: str, params: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Strings that may be values of a datatype, the best first."""
    usual = _FORMS[name][1] if name in _FORMS else "12"
    of_patterns = [_PATTERNS[value][1] for facet, value in params if facet == "pattern" and value in _PATTERNS]
    yield from (usual, *of_patterns) if name == "anyURI" else (*of_patterns, usual)
    yield from _MORE.get(name, ("0.5", "-0.5") if name in _NUMBERS else ("1", "-1") if name in _WHOLE else ())
    yield from (value.strip() for facet, value in params if facet.endswith("Inclusive"))
    lengths = (value.strip() for facet, value in params if facet in ("length", "minLength", "maxLength"))
    yield from ((usual * 20)[: int(length)] for length in lengths if length.isdecimal() and len(length) < 3)


def _known(name: str, pattern: str) -> str | None:
    if name == "anyURI" and pattern in _URI_PATTERNS:
        return _URI_PATTERNS[pattern]
    known = _PATTERNS.get(pattern, (None, ""))[0]
    # “One word” would hide that it must be a date; but of text nothing is hidden.
    fits = name in ("string", "normalizedString", "token", "Name", "anyURI") or (known is not None and "{}" in known)
    return known if fits else None


def _bounds(name: str, params: Sequence[tuple[str, str]], low: str | None, high: str | None) -> Iterator[str]:
    """“from 1 to 12”, of the bounds given or, where there are none, of the type's own."""
    facets = {facet: " ".join(value.split()) for facet, value in params}
    is_number = name in _WHOLE or name in _NUMBERS
    if "minExclusive" in facets:
        yield f"{'above' if is_number else 'after'} {facets['minExclusive']}"
    elif low := facets.get("minInclusive", low):
        yield f"from {low}"
    if "maxExclusive" in facets:
        joint = "and " if "minExclusive" in facets or low else ""
        yield f"{joint}{'below' if is_number else 'before'} {facets['maxExclusive']}"
    elif high := facets.get("maxInclusive", high):
        yield f"to {high}" if low and "minExclusive" not in facets else f"up to {high}"


def _measured(noun: str, name: str, params: Sequence[tuple[str, str]]) -> str:
    """“Any text of 2 to 5 characters”."""
    facets = {facet: value.strip().lstrip("+") for facet, value in params}
    unit = "byte" if name.endswith("Binary") else "word" if name in _LISTS else "character"
    joint = " of " if unit == "character" else ", "
    least, most = facets.get("minLength"), facets.get("maxLength")
    if (exact := facets.get("length")) or (least == most and least is not None):
        return f"{noun}{joint}{_counted(exact or least or '', unit)}"
    if least is not None and most is not None:
        return f"{noun}{joint}{least} to {_counted(most, unit)}"
    if least is not None or most is not None:
        return f"{noun}{joint}at {'least' if most is None else 'most'} {_counted(least or most or '', unit)}"
    return noun


def _digits(params: Sequence[tuple[str, str]]) -> Iterator[str]:
    facets = {facet: value.strip().lstrip("+") for facet, value in params}
    total, fraction = facets.get("totalDigits"), facets.get("fractionDigits")
    if total is not None and fraction is not None:
        yield f"of at most {_counted(total, 'digit')}, at most {fraction} of them after the point"
    elif total is not None:
        yield f"of at most {_counted(total, 'digit')}"
    elif fraction is not None:
        yield f"with at most {_counted(fraction, 'digit')} after the point"


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}" if number.lstrip("0") == "1" else f"{number} {unit}s"
