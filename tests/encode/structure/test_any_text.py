"""Whatever a text is made of, its structure is valid TEI and has every word once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.encode.structure.making import document, structure

ROOT = Path(__file__).parents[3]
LINES = [
    *(
        "",
        "",
        "",
        "   ",
        "Top Secret",
        "Present: Cdes. A, B. The Korean delegation: C and D.",
        "PARTICIPANTS",
        "Also present:",
    ),
    *(
        "Mr. Hoover, Director",
        "SUBJECT",
        "To: Mao",
        "From: Stalin",
        "No. 33",
        "Agenda",
        "Decision:",
        "Appendix A",
        "Summary:",
    ),
    *(
        "Cde. Mikoyan - Hello.",
        "Cde. Cde. Rim Hae - (clarifies) Yes.",
        "MR. DULLES. I think so.",
        "Stalin: No.",
        "Stalin:",
    ),
    *(
        "[Mao] hello",
        "Mr. X.—I do.",
        "THE PRESIDENT",
        "Genosse Honecker: Ja.",
        "X:",
        "Q: why?",
        "A: (laughs)",
        "Voices: no!",
    ),
    *(
        "- 3 -",
        "[page 4]",
        "Page 3 of 7",
        "17",
        "1. First thing;",
        "2. Second thing;",
        "(a) x",
        "- bullet",
        "* note",
        "§ 3 On",
    ),
    *(
        "First, about;",
        "Second, they;",
        "The following:",
        "Recorded by V. K",
        "Dear Comrade Mao!",
        "Dear Tom: I am glad.",
    ),
    "This is prose that goes on for a while, and it ends as a sentence does, at long last, after a good many words.",
    "This line has no end and goes on for so long that it can't be a head, behind a page break or not, whatever comes",
    *(
        "goes on here.",
        "A Heading Without End",
        "from a conversation over lunch.",
        "After lunch",
        "I. On Poland",
        "Who spoke?",
    ),
    *(
        "Sincerely yours,",
        "J. Stalin",
        "P.S. One more.",
        "[1] Source: x",
        "[2] y",
        "Notes",
        "Source: State Archive",
        "______",
    ),
    *(
        "(Laughter.)",
        "[Here follows discussion.]",
        "Moscow, 16 September 1956",
        "Washington, January 28, 1955.",
        "31.I.50",
    ),
    *(
        "Letter from Stalin to Mao",
        "Telegram No. 33",
        "Memorandum of Conversation",
        "Minutes of the meeting",
        "By A. Author",
    ),
    *(
        "This piece draws on X.",
        "text [1] and [2].",
        "\t\tindented",
        "Anwesend:",
        "Gen. Mielke",
        "The meeting was adjourned.",
    ),
]
PROFILES = ["", "memorandum", "minutes", "letter", "telegram", "essay"]


@cache
def _schemas() -> list[etree.RelaxNG]:
    return [etree.RelaxNG(etree.parse(ROOT / "schema" / "teipipe.rng"))]


def _judge(text: str, profile: str) -> None:
    tree = etree.fromstring(document(text, profile))
    for schema in _schemas():
        assert schema.validate(tree), schema.error_log


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES), max_size=24), st.sampled_from(PROFILES))
def test_any_lines_make_a_valid_document(lines: list[str], profile: str) -> None:
    """In any order, by any profile."""
    _judge("\n".join(lines), profile)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200))
def test_any_characters_make_a_valid_document(text: str) -> None:
    """Whatever they are."""
    text = "".join(
        character for character in text if character not in "\ufffe\uffff" and ord(character) % 0x10000 < 0xFFFE
    )
    _judge(text, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "Mao:",
        "[",
        "]]]",
        "(",
        "- 3 -",
        "Top Secret",
        "Present:",
        "Dear Sir,",
        "[1] a",
        "1.",
        "Notes\n1. a",
    ],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_next_to_nothing_makes_a_valid_document(text: str, profile: str) -> None:
    """A text may lack whatever its kind should have."""
    _judge(text, profile)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "[" * 200_000,
        "Cde. X - y\n" * 10_000,
        "\n" * 500_000 + "a",
        "text [1]\n" * 10_000 + "[1] a\n",
        "1. a\n" * 20_000,
        "- " * 200_000,
        "Present: " + "A. B c: " * 20_000,
        "Dear " + "x " * 50_000 + ":\n",
        "First, a:\n" * 10_000,
    ],
    ids=lambda text: text[:12].strip() or "blank",
)
def test_much_of_the_same_is_no_trouble(text: str) -> None:
    """Lines of a megabyte, and very many of them."""
    found = structure(text)
    assert sum(1 for _ in found.leaves) <= text.count("\n") * 2 + 3
