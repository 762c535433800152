"""Strategies for transcripts: any text at all, texts like those that people transcribe, and mangled ones of these."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = ROOT / "tei" / "sources"

#: All that stands in XML: reading puts others in the place of what doesn't.
CHARACTERS: Final = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*(chr(code) for code in range(32) if code not in (9, 10)), "\ufffe", "\uffff"],
)
BLANKS: Final = ("\t", " ", "  ", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000")
NAMES: Final = (
    "Mikoyan",
    "Choe Yong-geon",
    "Ri [Ju-yeon]",
    "Kim Il Sung",
    "Kim",
    "Rim Hae",
    "KWP CC Presidium",
    "Peking",
)
LABELS: Final = (
    "Cde. {} - ",
    "{}: ",
    "MR. {}. ",
    "[{}] ",
    "{} – ",
    "Cdes. {} and {}: ",
    "{} (interrupting): ",
    "Q. ",
    "A. ",
)
DATES: Final = (
    "16 September 1956", "August 30–31", "from June 1 to July 20", "1956-58", "the late 1950s", "May", "that September",
    "two days later", "5:02 p.m.", "3/16 March 1917", "the [following] day", "[19]56", "30.8.1956", "the 20th Congress",
    "Septem[ber] 16", "the evening of the same day", "February 30, 1956", "99 August 0000", "Monday, Sunday, 1 1 1956",
)  # fmt: skip
BRACKETS: Final = (
    "[it]", "[?]", "[sic]", "[Inserted: a proposal was made]", "[2 lines not declassified]", "[illegible]", "[p. 3]",
    "[…]", "[[double] nested]", "[unbalanced", "unbalanced]", "][", "[]", "[ ]", "[in Russian: да]", "[a\nline end]",
    "word[s]", "[w]ord", '[he said “no”]', '[a "quoted" \\ sign]', "(clarifies)", "<angle>", "{brace}",
    "[handwritten: OK", "[footnote: see p. 2]", "[[[[[", "]]]]]", "[- - -]", "[3 illegible words]", "[Page 3]",
    "[ed.: see there]",
)  # fmt: skip
ODDITIES: Final = (
    "]]>", "&amp;", "&", "<p>", "</p>", "<!-- no -->", "<?pi?>", "<![CDATA[x]]>", '"', "'", "\\", "\\22 ", "”", "’",
    "\u202etfel ot thgir\u202c", "\u2066שלום\u2069", "e\u0301\u0327", "\u200b", "\ufeff", "\u00ad", "𝄞", "\ufffd",
    "\x7f", "x" * 400, "word-" * 60, "%", "$", "{}", "*", "_emphasis_", "|a|b|", "http://a.b/?c&d=e", "\u2400",
)  # fmt: skip
LINES: Final = (
    "", "\xa0", "Present:", "Top Secret", "SECRET", "1. The first", "a) a letter", "— a dash", "* * *", "- 3 -",
    "Page 4", "MEMORANDUM OF CONVERSATION", "Recorded by V. Kovyzhenko", "Signed: A. Mikoyan",
    "From a conversation over lunch.",
    "Dear Comrade,", "TO: Moscow", "[1] A footnote", "1 Another.", "Subject: wheat", "Chapter 1", "xxx\tyyy\tzzz",
    "Participants: A, B, and C.", "Sincerely yours,", "[text missing]", "(All stand.)", "Translated by Gary Goldberg",
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line, or a paragraph."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(LINES))
    label = draw(st.one_of(st.just(""), st.sampled_from(LABELS)))
    name = st.sampled_from(NAMES)
    pieces = [label.format(draw(name), draw(name)) if label else ""]
    word = st.one_of(
        st.sampled_from(
            ("he", "said", "that", "the", "plenum", "was", "not", "held", "in", "on", "Party", "Cde.", "'s")
        ),
        name,
        st.sampled_from(DATES),
        st.sampled_from(BRACKETS),
        st.sampled_from(ODDITIES),
        st.text(CHARACTERS, max_size=4),
    )
    for piece in draw(st.lists(word, max_size=14)):
        pieces += (piece, draw(st.sampled_from((" ", " ", " ", " ", "", ", ", ". ", "\n", *BLANKS))))
    return "".join(pieces)


#: Transcripts like those that people make, and worse.
likely: Final = st.lists(lines(), max_size=12).map("\n".join)
#: Any text at all.
anything: Final = st.text(CHARACTERS, max_size=300)


@cache
def seeds() -> tuple[str, ...]:
    """Our two sources."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt")))


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A piece of one of our sources that has suffered."""
    text = draw(st.sampled_from(seeds()))
    start = draw(st.integers(0, len(text)))
    size = draw(st.sampled_from((60, 400, 1500, 4000)))
    text = text[start : start + size] if draw(st.booleans()) else text[:size]
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(MANGLERS))(text, draw)
    return text


def _in_lines(text: str, draw: st.DrawFn) -> str:
    """Lines deleted, doubled, exchanged or joined."""
    found = text.split("\n")
    at, other = (draw(st.integers(0, len(found) - 1)) for _ in range(2))
    match draw(st.integers(0, 3)):
        case 0:
            del found[at]
        case 1:
            found.insert(other, found[at])
        case 2:
            found[at], found[other] = found[other], found[at]
        case _:
            found[at : at + 2] = ["".join(found[at : at + 2])]
    return "\n".join(found)


def _in_characters(text: str, draw: st.DrawFn) -> str:
    """Characters deleted, doubled or put in."""
    at = draw(st.integers(0, len(text)))
    size = draw(st.integers(1, 12))
    instead = draw(
        st.one_of(st.just(""), st.sampled_from(BRACKETS + ODDITIES + BLANKS), st.just(text[at : at + size] * 2))
    )
    return text[:at] + instead + text[at + size :]


def _without(text: str, draw: st.DrawFn) -> str:
    """All signs of one kind taken out, or put in the place of another."""
    sign = draw(st.sampled_from(("]", "[", ".", "-", "\n", "\xa0", " ", "Cde.", ":", "(", "“")))
    return text.replace(sign, draw(st.sampled_from(("", "[", "]", "\n", " ", "\t", "\u2028"))))


def _cut(text: str, draw: st.DrawFn) -> str:
    """The end or the beginning missing."""
    at = draw(st.integers(0, len(text)))
    return text[:at] if draw(st.booleans()) else text[at:]


def _joined(text: str, draw: st.DrawFn) -> str:
    """Followed by a piece of another transcript, with no line between."""
    other = draw(st.sampled_from(seeds()))
    at = draw(st.integers(0, len(other)))
    return text + other[at : at + 500]


def _in_capitals(text: str, draw: st.DrawFn) -> str:
    return text.upper() if draw(st.booleans()) else text.lower()


MANGLERS: Final = (_in_lines, _in_lines, _in_characters, _in_characters, _without, _cut, _joined, _in_capitals)
