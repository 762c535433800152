"""Encodings with decisions of all kinds and certainties, made of small transcripts by no rule but those given here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.decisions import Candidate, Certainty, Decision
from teipipe.encode.encoder import Encoding
from teipipe.encode.marked import Dated, Marked, Named
from teipipe.encode.rules import DecisionRule
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing import write_tei
from teipipe.rules import finding

#: Rules that the tests decide by; they stand in the encoder's list only while a test runs.
RULES: Final = (
    DecisionRule("try-turn", "turn", "A line that begins with a name and a dash is a turn."),
    DecisionRule("try-name", "name", "A name that stands in the register is that of its entry."),
    DecisionRule("try-same-name", "name", "A name that several entries have is left as it is."),
    DecisionRule("try-bracket", "bracket", "Words in square brackets were supplied for the reader."),
    DecisionRule("try-date", "date", "A day without a year is of the year of the document."),
)

TALK: Final = """\
Cde. Mikoyan - How does Cde. Kim Il Sung feel?
Choe Yong-geon - Kim is ill since August 30. He told [him] what Kim had said to Ri [Ju-yeon] & others.
Cde. Mikoyan - He went to Moscow <in the spring>; Kim stayed. [one or the other]
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided about each stretch that fits `pattern`; `element` is what it becomes, "" for nothing."""

    rule: str
    pattern: str
    certainty: Certainty
    element: str = ""
    result: str = ""
    reason: str = ""
    candidates: tuple[Candidate, ...] = field(default=())
    signs: int = 0


KIMS: Final = (
    Candidate("kim-il-sung", "Kim Il Sung", ("his full name stood before", "he is spoken of most")),
    Candidate("kim-jong-un", "Kim Jong Un", ("lives in 2020",)),
)

CASES: Final = (
    Case("try-turn", r"^[A-Z][^-]* -", Certainty.HIGH, "", "sp", "a name and a dash"),
    Case("try-name", r"Mikoyan|Kim Il Sung|Choe Yong-geon", Certainty.HIGH, "persName", "persName", "the full name"),
    Case("try-name", r"Ri \[Ju-yeon\]", Certainty.MEDIUM, "persName", "persName ref=#ri-ju-yeon", "one entry alone"),
    Case("try-same-name", r"\bKim\b(?! Il)", Certainty.LOW, "", "", "two entries have this name", KIMS),
    Case("try-bracket", r"\[him\]", Certainty.HIGH, "supplied", "supplied", "a pronoun", (), 1),
    Case("try-bracket", r"\[one or the other\]", Certainty.LOW, "", "", "none of the known kinds"),
    Case("try-date", r"August 30", Certainty.LOW, "date", "date when=1956-08-30", "the year of the head"),
)


def encoding(text: str = TALK, path: Path | None = None, cases: tuple[Case, ...] = CASES) -> Encoding:
    """A transcript of paragraphs, encoded by `cases`."""
    transcript = Transcript(path or Path("talk.txt"), text, "a" * 64)
    lines = [Block("p", match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    body = Block("div", lines[0].start, lines[-1].end, (), tuple(lines))
    structure = Structure("memorandum", "memorandum", body=(body,))
    found = sorted(_decided(text, cases), key=lambda each: (each[0].start, -each[0].end))
    spans = tuple(
        Span(case.element, decision.start, decision.end, (), case.signs, case.signs)
        for decision, case in found
        if case.element
    )
    names = Named(spans)
    tei, _ = write_tei(transcript, structure, Marked(), names, Dated(), Settings("talk", date="2026-01-01"))
    return Encoding(transcript, tei, structure, tuple(decision for decision, _ in found), tuple(_findings(transcript)))


def _decided(text: str, cases: tuple[Case, ...]) -> Iterator[tuple[Decision, Case]]:
    for case in cases:
        for match in re.finditer(case.pattern, text, re.MULTILINE):
            yield (
                Decision(
                    case.rule,
                    match.start(),
                    match.end(),
                    case.certainty,
                    case.result,
                    case.reason,
                    case.candidates,
                ),
                case,
            )


def _findings(transcript: Transcript) -> Iterator[Diagnostic]:
    for match in re.finditer("spring", transcript.text):
        yield finding("unclassified-bracket", "“spring” was found", transcript.place(match.start()), "look at it")
    for match in re.finditer(r"\[one or", transcript.text):
        yield finding("unclassified-bracket", "the bracket was found", transcript.place(match.start()), "look at it")
