"""What is reported: lines that may be turns, and kinds of sources that nothing tells."""

from __future__ import annotations

from tests.encode.structure.making import structure


def test_a_line_that_may_be_a_turn_is_reported_at_its_place() -> None:
    """It stays in the turn above."""
    more = "\n\nThere is more.\n\nAnd more.\n\n"
    text = f"Cde. Mao: Yes.{more}Li: No.{more}Bread (rye): there is none.{more}Cde. Mao: I see.{more}"
    found = structure(text, "memorandum")
    assert [text[slice(*label.name)] for label in found.labels] == ["Mao", "Mao"]
    assert [(one.rule, one.location.line, one.message) for one in found.findings] == [
        ("doubtful-label", 7, "“Li” may be the label of a speaker"),
        ("doubtful-label", 13, "“Bread (rye)” may be the label of a speaker"),
    ]


def test_a_text_of_no_kind_is_reported() -> None:
    """Unless its kind is named."""
    assert [one.rule for one in structure("Nothing.\n").findings] == ["uncertain-profile"]
    assert not structure("Nothing.\n", "letter").findings


def test_a_text_whose_turns_are_sure_has_no_doubts() -> None:
    """Words with a colon in a turn are none of their own, if they can't be names."""
    text = "Cde. Mao: Yes.\n\nCde. Li: there are two things:\n\nfirst: this.\n\nNote: that.\n"
    assert not structure(text, "memorandum").findings


def test_words_that_are_divided_at_line_ends_stay_so_and_are_reported() -> None:
    """Once for a text; each stands among the decisions."""
    lines = (
        "The delegation came to the city on the third day of the month of May, and it was re-",
        "ceived by nobody who had anything to say, as was the custom of the house at that time,",
        "and for a long time before. It went home on the next day by train, and was never men-",
        "tioned in the papers, neither in those of the city nor in those of the country as one.",
    )
    found = structure("\n".join(lines), "essay")
    assert [(one.rule, one.location.line, one.message) for one in found.findings] == [
        ("divided-words", 1, "2 words are divided at the ends of lines"),
    ]
    assert [one.rule for one in found.decisions].count("divided-word") == 2
