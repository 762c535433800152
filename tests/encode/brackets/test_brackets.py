"""Brackets in their places: within each other, without another one, in what the structure has marked, hostile ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.encode.brackets.making import decision, marked, structure

from teipipe.documents import Document
from teipipe.encode.blocks import Span
from teipipe.encode.brackets import brackets_in
from teipipe.encode.brackets.vocabulary import HANDS, KEYS, vocabulary_of
from teipipe.encode.encoder import encode
from teipipe.encode.fidelity import require_fidelity
from teipipe.encode.names.register import Entry, Name, Register
from teipipe.encode.rules import RULES
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import BRACKETS, WHOSE, load_profile
from teipipe.encode.structure.profile import Profile
from teipipe.encode.transcript import Mark, Transcript
from teipipe.errors import ConfigurationError

PIECES = (
    "[it]", "[sic]", "[?]", "[", "]", "[p. 3]", "[illegible]", "[in?]", "Q[uemoy]", "[Inserted: ", "[laughter]",
    "[Translator's note: x]", "[...]", "[A]", "\n", "\n\n", " ", "Kim Il Sung", "X: ", "Cde. X - ", "word", "“",
    "”", ".", ",", "\\", '"', "<", "&", "[in Russian]", "[Here follows y.]", '["]', "[\\]", "\u00a0",
    "[2 lines not declassified]", "[crossed out: no]", "[unclear: a?]", "[1956]", "19[56]", "(",
    "[He hands over a letter]", "[To Kim:]", "[[x]]", "[\n]", "[p.\n3]", "[Inserted:\u00a0a\nb]", "1. ", "[1] ",
    "[!]", "[content: 'a']", "[sic", "sic]", "é", "[unclear: ?]",
)  # fmt: skip


def profile(**brackets: tuple[str, ...]) -> Profile:
    named = tuple((key.replace("_", "-"), phrases) for key, phrases in brackets.items())
    return Profile("memorandum", "A memorandum", "memorandum", brackets=named)


@settings(deadline=None, max_examples=120)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=30), st.sampled_from(["en", "de"]))
def test_no_word_is_lost(pieces: list[str], language: str) -> None:
    text = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", "".join(pieces))
    for where in ("paragraph", "turn", "essay"):
        made = marked(text, language=language, where=where)
        require_fidelity(made.transcript, made.tei)
        assert {one.rule for one in made.marked.decisions} <= RULES.keys()
    encode(Transcript(Path("talk.txt"), text), Settings(id="talk", date="2026-01-01", language=language))


def test_brackets_in_brackets() -> None:
    made = marked("We said [Inserted: to [him] in [the] hall] so.")
    assert made.spans() == [
        ("add", "[Inserted: to [him] in [the] hall]"),
        ("supplied", "[him]"),
        ("supplied", "[the]"),
    ]


def test_signs_within_a_gap_are_those_of_the_gap() -> None:
    made = marked("He [illegible [two words]] left.")
    assert made.spans() == [("gap", "[illegible [two words]]")]


def test_a_bracket_without_another_one() -> None:
    made = marked("He said [it] and [him.\nShe came] and [her].")
    assert [span[1] for span in made.spans()] == ["[it]", "[her]"]
    found = [(one.rule, one.location.line, one.location.column) for one in made.marked.findings]
    assert found == [("unbalanced-bracket", 1, 18), ("unbalanced-bracket", 2, 9)]


def test_brackets_that_nothing_closes_are_one_finding_for_a_paragraph() -> None:
    made = marked("a " + "[" * 2000 + " b\nc " + "]" * 2000 + " d [it] e")
    assert [one.rule for one in made.marked.findings] == ["unbalanced-bracket"] * 2
    assert (
        made.marked.findings[0].message
        == "“[” has no other bracket in its paragraph; so have 1999 more in this paragraph"
    )
    assert made.spans() == [("supplied", "[it]")]


def test_brackets_too_deep_stay_as_they_are() -> None:
    made = marked("word " + "[a " * 300 + "]" * 300 + " word")
    assert len(made.marked.spans) <= 4
    require_fidelity(made.transcript, made.tei)


def test_what_fits_no_class_is_told_at_its_place() -> None:
    made = marked("One\nThe pattern [0-9]+ matches.")
    assert not made.marked.spans
    (found,) = made.marked.findings
    assert (found.rule, found.location.line, found.location.column) == ("unclassified-bracket", 2, 13)
    assert found.message == "“[0-9]” is none of the known kinds of brackets"
    assert decision(made.marked).result == ""


def test_a_long_one_is_told_in_short() -> None:
    made = marked("It is [=" + "word " * 100 + "] here.")
    assert len(made.marked.findings[0].message) < 120


def test_a_doubt_is_told() -> None:
    made = marked("But where is he right now [?]")
    assert [one.rule for one in made.marked.findings] == ["doubtful-bracket"]
    assert [one.value for one in decision(made.marked).candidates] == ["doubt", "punctuation"]


@pytest.mark.parametrize("element", ["stage", "ref", "seg"])
def test_what_the_structure_has_marked_is_left_to_it(element: str) -> None:
    text = "He came [it] here."
    spans = (Span(element, 8, 12, (), 1, 1),)
    assert not marked(text, spans=spans).marked.spans


def test_brackets_in_what_the_structure_has_marked() -> None:
    text = "TOP [it] SECRET is this."
    made = marked(text, spans=(Span("seg", 0, 15),))
    assert made.spans() == [("supplied", "[it]")]
    assert not marked(text, spans=(Span("seg", 0, 6),)).marked.spans


def test_no_stage_directions_where_there_can_be_none() -> None:
    made = marked("He said [Applause] and left.", spans=(Span("seg", 3, 22),))
    assert made.spans() == [("note", "[Applause]")]


@pytest.mark.parametrize("look", ["italic", "link"])
@pytest.mark.parametrize(
    "words", ["said yes. [Laughter] And [it] here", "[Laughter]", "yes. [Laughter] [Here follows y.] and"]
)
def test_brackets_in_emphasis(look: str, words: str) -> None:
    """What a word processor says of words around brackets gives way to them, so that each stands where it may."""
    text = (
        "Cde. X - Oh yes. [Laughter] [Here follows y.] and so. He said yes. [Laughter] And [it] here.\n\nCde. Y - No.\n"
    )
    start = text.index(words)
    mark = Mark(look, start, start + len(words), {"target": "https://example.org/"})
    transcript = Transcript(Path("talk.docx"), text, marks=(mark,))
    made = encode(transcript, Settings(id="talk", date="2026-01-01"))
    root = Document(transcript.path, made.tei).root
    assert len(root.findall(".//{*}p/{*}stage")) == len(list(root.iter("{*}stage"))) == 2


def test_signs_of_an_insertion() -> None:
    made = marked("So [in the margin:  no] it is.")
    (span,) = made.marked.spans
    assert (span.opening, span.closing) == (len("[in the margin:  "), 1)
    assert b'content: "[in the margin:  "' in made.tei


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Then Kim Il Song [sic] came.", "Kim Il Song [sic]"),
        ("He saw Cde. Kim Il Song [sic] there.", "Cde. Kim Il Song [sic]"),
        ("Song [sic] came.", "Song [sic]"),
        ("It was on 31 June [sic] then.", "31 June [sic]"),
        ("It was on 31 June 1956 [sic] then.", "31 June 1956 [sic]"),
        ("In 1955 Song [sic] came.", "Song [sic]"),
        ("The Comunist  [sic] party.", "Comunist  [sic]"),
        ("The Comunist[sic] party.", "Comunist[sic]"),
        ("It was “so”. [sic]", "[sic]"),
        ("word" + " " * 100 + "[sic]", "[sic]"),
    ],
)
def test_what_a_slip_is(text: str, slip: str) -> None:
    made = marked(text)
    (span,) = made.marked.spans
    assert text[span.start : span.end] == slip
    assert span.element == ("sic" if slip[0] != "[" else "note")
    require_fidelity(made.transcript, made.tei)


def test_numbers_alone_that_count_up_are_pages() -> None:
    made = marked("One.\n[3]\nTwo.[7] Three.\n[4]\nFour.\n[9]")
    assert made.spans() == [("pb", "[3]"), ("pb", "[4]")]
    assert [span.attributes for span in made.marked.spans] == [(("n", "3"),), (("n", "4"),)]


def test_a_name_of_the_register_is_surely_completed() -> None:
    text = "There was Ri [Ju-yeon] (from the commission)."
    known = Register(Path("register.xml"), (Entry("ri", "person", (Name("Ri Ju-yeon", "preferred"),)),))
    assert decision(marked(text).marked).certainty == "medium"
    assert decision(marked(text, register=known).marked).certainty == "high"


def test_whose_the_brackets_of_an_essay_are() -> None:
    made = marked("He said: “They [the North Koreans] understood [his] letter.” It [also] is so.", where="essay")
    assert [dict(span.attributes)["resp"] for span in made.marked.spans] == ["#author"] * 3
    assert [dict(span.attributes)["reason"] for span in made.marked.spans] == ["gloss", "substitution", "reading-aid"]
    assert b'<respStmt xml:id="author">' in made.tei


def test_a_profile_adds_phrases_and_takes_others_away() -> None:
    own = profile(illegible=("kopie unscharf", "!illegible"), resp=("publisher",))
    assert marked("He said [Kopie unscharf] so.", profile=own).marked.spans[0].attributes == (("reason", "illegible"),)
    assert decision(marked("He said [illegible] so.", profile=own).marked).rule == "bracket-supplied"
    assert dict(marked("He said [it] so.", profile=own).marked.spans[0].attributes)["resp"] == "#publisher"


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("supplied", "supplied"),
        ("insertion", "add"),
        ("deletion", "del"),
        ("surplus", "surplus"),
        ("unclear", "unclear"),
        ("gap", "gap"),
        ("remark", "note"),
    ],
)
def test_a_profile_says_what_other_brackets_are(kind: str, element: str) -> None:
    own = profile(**{f"pair-{kind}": ("⟨ ⟩", "{ }", "[[ ]]", "/ /")})
    for text in ("He said ⟨so⟩ here.", "He said {so} here.", "He said [[so]] here.", "He said /so/ here."):
        made = marked(text, profile=own)
        assert [name for name, _ in made.spans()] == [element], text
        require_fidelity(made.transcript, made.tei)
    assert not marked("He said ⟨so⟩ here.").marked.spans


def test_profiles_know_the_keys_of_brackets(tmp_path: Path) -> None:
    assert (set(BRACKETS), WHOSE) == (set(KEYS), HANDS)
    path = tmp_path / "own.toml"
    path.write_text(
        'extends = "memorandum"\n[brackets]\nwithheld = ["!redacted"]\npair-supplied = ["< >"]\n', encoding="utf-8"
    )
    own = load_profile(path)
    assert dict(own.brackets) == {"withheld": ("!redacted",), "pair-supplied": ("< >",)}
    assert decision(marked("He [redacted] and <so>.", profile=own).marked).rule == "bracket-supplied"
    path.write_text("[brackets]\nillegibel = []\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="illegibel"):
        load_profile(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('resp = ["the editor"]', "resp must be one of"),
        ("resp = []", "resp must be one of"),
        ('pair-gap = ["⟨⟩"]', "no pair"),
        ('pair-gap = ["a b c"]', "no pair"),
        ("pair-gap = 3", "list of strings"),
    ],
)
def test_what_a_profile_can_not_say_of_brackets(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"[brackets]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        load_profile(path)


@pytest.mark.parametrize("language", ["en", "de"])
def test_vocabularies_are_whole(language: str) -> None:
    vocabulary = vocabulary_of(language, None)
    assert all(vocabulary.classes[name].keys.by_first for name in vocabulary.classes)


def test_a_language_without_a_vocabulary_has_the_english_one() -> None:
    assert vocabulary_of("fr", None) is vocabulary_of("en-GB", None)


@pytest.mark.parametrize("sign", ["?", "!", " ", "1", "A", ". ", "a-", "A.", "\u00a0", "…", "- "])
@pytest.mark.parametrize("around", ["word [{} x] word", "word [A{}] word", "word [{}*] word", "{}[sic]"])
def test_long_ones_end(sign: str, around: str) -> None:
    """Were any of it quadratic, this would take minutes."""
    text = around.format(sign * 200_000)
    transcript = Transcript(Path("talk.txt"), text)
    found = brackets_in(transcript, structure(text, "essay"), Settings(id="talk", date="2026-01-01"))
    assert len(found.decisions) == 1
