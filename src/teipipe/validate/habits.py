"""What people write in TEI documents who have HTML, DocBook or an older TEI in their fingers, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipipe.documents import XML_NAMESPACE
from teipipe.relaxng.explaining import Habit, Habits

_ID, _LANG, _SPACE = (f"{XML_NAMESPACE}}}{name}" for name in ("id", "lang", "space"))


def _bold(how: str) -> tuple[tuple[str, ...], str]:
    return ("hi", "emph"), f'<hi rend="{how}">…</hi>'


_HTML: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "a": (("ref", "ptr"), '<ref target="…">…</ref>'),
    "b": _bold("bold"),
    "strong": _bold("bold"),
    "i": _bold("italic"),
    "em": (("emph", "hi"), ""),
    "u": _bold("underline"),
    "sup": (("hi",), '<hi rend="superscript">…</hi>; a footnote itself is <note>…</note>, at its place in the text'),
    "sub": _bold("subscript"),
    "small": _bold("small"),
    "font": (("hi",), '<hi rend="…">…</hi>'),
    "span": (("seg", "hi"), '<seg>…</seg>, or <hi rend="…">…</hi> where the look matters'),
    "s": (("del", "hi"), ""),
    "strike": (("del", "hi"), ""),
    "ins": (("add",), ""),
    "blockquote": (("quote",), ""),
    "cite": (("title", "bibl", "quote"), ""),
    "br": (("lb",), ""),
    "hr": (("milestone",), ""),
    **{
        f"h{level}": (("head",), "<head>…</head>, and the rank comes from the “div” it stands in")
        for level in range(1, 7)
    },
    "ul": (("list",), "<list><item>…</item></list>"),
    "ol": (("list",), "<list><item>…</item></list>"),
    "li": (("item",), ""),
    "dl": (("list",), "<list><label>…</label><item>…</item></list>"),
    "dt": (("label",), ""),
    "dd": (("item",), ""),
    "tr": (("row",), ""),
    "td": (("cell",), ""),
    "th": (("cell",), ""),
    "img": (("graphic",), '<graphic url="…"/>'),
    "caption": (("head",), ""),
    "figcaption": (("head", "figDesc"), ""),
    "section": (("div",), '<div type="…">…</div>'),
    "article": (("div",), '<div type="…">…</div>'),
    "html": (("TEI",), ""),
}

#: Of DocBook, of earlier TEI, or plain English.
_OTHERS: Final[dict[str, str]] = {
    "para": "p",
    "paragraph": "p",
    "italic": "hi",
    "bold": "hi",
    "underline": "hi",
    "emphasis": "emph hi",
    "emph": "hi",
    "heading": "head",
    "header": "teiHeader head",
    "image": "graphic",
    "footnote": "note",
    "link": "ref",
    "ulink": "ref",
    "person": "persName person",
    "personName": "persName",
    "place": "placeName place",
    "country": "placeName",
    "region": "placeName",
    "organisation": "orgName org",
    "organization": "orgName org",
    "speech": "sp",
    "turn": "sp",
    "q": "quote said",
    "quotation": "quote",
    "linebreak": "lb",
    "pagebreak": "pb",
    "insertion": "add",
    "deletion": "del",
    "illegible": "gap unclear",
    "correction": "corr",
    "TEI.2": "TEI",
    **{f"div{level}": "div" for level in range(8)},
    "xref": "ref",
    "xptr": "ptr",
}

_HTML_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "class": ("rend", "type"),
    "style": ("rend", "rendition"),
    "align": ("rend",),
    "color": ("rend",),
    "href": ("target", "url", "ref"),
    "src": ("url", "facs"),
    "title": ("n",),
    "colspan": ("cols",),
    "rowspan": ("rows",),
}

_OTHER_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "id": (_ID,),
    "name": (_ID, "key"),
    "lang": (_LANG,),
    "space": (_SPACE,),
    "link": ("target", "ref"),
    "url": ("target", "ref"),
    "target": ("ref", "url"),
    "date": ("when",),
    "value": ("when", "n"),
    "speaker": ("who",),
    "certainty": ("cert",),
    "key": ("ref",),
    "level": ("type", "n"),
    "number": ("n",),
    "no": ("n",),
}

_MONTHS: Final = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), 1)
}
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?")
_IN_WORDS: Final = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d]{3,9})\.? (?:(\d{1,2}), )?(\d{4})")
_SHORT_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
_YEAR: Final = re.compile(r"\D{0,8}(\d{4})\D{0,3}")
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}


def _repairs(value: str) -> Iterator[str]:
    """What a value that doesn't fit may have been meant to be; the schema decides which of it does."""
    yield from _dates(value)
    yield value.lower()
    yield _NUMBERS.get(value.lower(), value)
    yield {"yes": "true", "no": "false"}.get(value.lower(), value)
    yield value.replace("_", "-")
    if value.startswith("#"):
        yield re.sub(r"\s+", "", value)
    joined = re.sub(r"\s+", "-", value.strip())
    yield joined
    if value[:1].isdigit():
        yield f"n{joined}"


def _dates(value: str) -> Iterator[str]:
    if match := _DAY_FIRST.fullmatch(value):
        yield _iso(match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(value):
        yield _iso(match[3], match[1], match[2])
        yield _iso(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(value):
        yield _iso(match[1], match[2], match[3])
    if (match := _IN_WORDS.fullmatch(value)) and (month := _month(match[2])):
        yield _iso(match[4], str(month), match[1] or match[3])
    if match := _SHORT_TIME.fullmatch(value):
        yield f"{int(match[1]):02}:{match[2]}:00"
    if match := _YEAR.fullmatch(value):
        yield match[1]


def _month(word: str) -> int | None:
    """The number of a month, whose name may be cut off after its third letter."""
    return next((number for name, number in _MONTHS.items() if name.startswith(word.lower())), None)


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


HABITS: Final = Habits(
    elements={
        **{name: Habit(names, "HTML", example) for name, (names, example) in _HTML.items()},
        **{name: Habit(tuple(names.split())) for name, names in _OTHERS.items()},
    },
    attributes={
        **{name: Habit(names, "HTML") for name, names in _HTML_ATTRIBUTES.items()},
        **{name: Habit(names) for name, names in _OTHER_ATTRIBUTES.items()},
    },
    repairs=_repairs,
)
