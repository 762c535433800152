"""The review for programs: whole, by its schema, with every decision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.encode.review.encodings import CASES, Case, encoding

from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.encoder import Encoding
from teipipe.encode.review import review_json
from teipipe.resources import bundled


def parsed(*encodings: Encoding, folder: Path | None = None) -> Any:
    record = json.loads("".join(review_json(encodings, folder=folder)))
    schema = json.loads((bundled("schema") / "formats" / "review.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)
    return record


def test_every_decision_stands_there_with_its_place(tmp_path: Path) -> None:
    made = encoding(path=tmp_path / "tei" / "talk.txt")
    record = parsed(made, folder=tmp_path)
    (file,) = record["files"]
    assert file["path"] == "tei/talk.txt"
    assert len(file["decisions"]) == len(made.decisions)
    text = made.transcript.text
    for one in file["decisions"]:
        assert text[one["start"] : one["end"]] == one["text"]
        assert text.split("\n")[one["line"] - 1][one["column"] - 1 :].startswith(one["text"])
    kim = next(one for one in file["decisions"] if one["rule"] == "try-same-name")
    assert (kim["level"], kim["certainty"], kim["result"]) == ("undecided", "low", "")
    assert kim["candidates"][0]["reasons"] == ["his full name stood before", "he is spoken of most"]
    assert file["counts"]["name"] == {"undecided": 3, "low": 0, "medium": 1, "high": 4}
    assert [each["message"] for each in file["findings"]] == ["“spring” was found", "the bracket was found"]


def test_the_sum_is_that_of_all_files() -> None:
    record = parsed(encoding(path=Path("a.txt")), encoding(path=Path("b.txt")))
    assert record["counts"] == {"undecided": 8, "low": 2, "medium": 2, "high": 14}


def test_of_no_files() -> None:
    record = parsed()
    assert record["files"] == []
    assert record["counts"]["high"] == 0


def test_encodings_are_asked_for_one_by_one() -> None:
    asked: list[int] = []

    def encodings() -> Any:
        for number in range(3):
            asked.append(number)
            yield encoding(path=Path(f"{number}.txt"))

    for piece in review_json(encodings()):
        if '"path":"0.txt"' in piece.replace(" ", ""):
            break
    assert asked == [0]


def test_a_long_stretch_is_cut() -> None:
    made = encoding("word " * 1_000, cases=(Case("try-turn", "(?s).+", Certainty.HIGH, "", "sp"),))
    (one,) = parsed(made)["files"][0]["decisions"]
    assert one["end"] - one["start"] == 5_000
    assert len(one["text"]) == 1_000


@pytest.mark.parametrize("text", ["a \u202e b", "“\u2028”", "<script>"])
def test_whatever_a_text_has_comes_out_as_it_went_in(text: str) -> None:
    made = encoding(text, cases=(*CASES, Case("try-turn", ".+", Certainty.LOW, "", "", text)))
    found = [one for one in parsed(made)["files"][0]["decisions"] if one["rule"] == "try-turn"]
    assert found[0]["reason"] == text


def test_a_decision_whose_rule_is_unknown_is_kept() -> None:
    made = encoding()
    strange = Encoding(made.transcript, made.tei, made.structure, (Decision("no-rule", 0, 3, Certainty.LOW),), ())
    assert parsed(strange)["files"][0]["decisions"][0]["kind"] == "structure"
