"""Encoding files: where documents go, what is never overwritten, what happens to those that can't be encoded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_command_lines import here
from tests.encode.reading.word_files import word_file

from teipipe import EncodingRequest, encode_files
from teipipe.build.encoding import State

ROOT = Path(__file__).parents[2]
TALK = (
    "Present: Cde. A. Winter and Cde. Sommer.\n\nCde. Winter - When [do] we open?\n\nCde. Sommer - On 12 June 1921.\n"
)


def run(*arguments: str | Path, cwd: Path, day: str = "1700000000") -> Any:
    """The command line in this process: nothing of it depends on its being one of its own."""
    return here(["encode", *(str(one) for one in arguments)], cwd, {"SOURCE_DATE_EPOCH": day})


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_a_document_stands_beside_its_transcript(talk: Path) -> None:
    result = run("talk.txt", cwd=talk.parent)
    assert (result.returncode, result.stdout) == (0, "written    talk.xml\n"), result.stderr
    document = talk.with_suffix(".xml").read_text("utf-8")
    assert '<ref target="talk.txt">talk.txt</ref>' in document
    assert 'xml:id="talk"' in document
    assert '<change when="2023-11-14"' in document
    assert run("talk.txt", cwd=talk.parent).stdout == "unchanged  talk.xml\n"


def test_beside_the_folder_of_sources_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "tei" / "sources").mkdir(parents=True)
    (tmp_path / "teipipe.toml").write_text('documents = ["tei/*.xml"]\nsources = "tei/sources"\n', "utf-8")
    (tmp_path / "tei" / "sources" / "talk.txt").write_text(TALK, "utf-8")
    assert run("tei/sources", cwd=tmp_path).stdout == "written    tei/talk.xml\n"
    assert here(["validate"], tmp_path).returncode == 0


def test_a_register_and_a_schema_are_pointed_at_from_where_the_document_is(tmp_path: Path, talk: Path) -> None:
    register = tmp_path / "lists" / "people.xml"
    register.parent.mkdir()
    register.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson><person xml:id="s">'
        '<persName type="preferred">Ilse Sommer</persName><persName type="variant">Sommer</persName></person>'
        "</listPerson></standOff></TEI>",
        "utf-8",
    )
    run("talk.txt", "-o", "out/deep", "--register", "lists/people.xml", cwd=tmp_path)
    document = (tmp_path / "out" / "deep" / "talk.xml").read_text("utf-8")
    assert 'ref="../../lists/people.xml#s"' in document
    assert '<ref target="../../talk.txt">' in document


def test_work_by_hand_is_never_overwritten(talk: Path) -> None:
    run("talk.txt", cwd=talk.parent)
    document = talk.with_suffix(".xml")
    edited = document.read_text("utf-8").replace("When", "<hi>When</hi>")
    document.write_text(edited, "utf-8")
    talk.write_text(TALK.replace("12 June", "13 June"), "utf-8")
    result = run("talk.txt", cwd=talk.parent)
    assert result.returncode == 1
    assert result.stdout == "beside     talk.xml.new\n"
    assert "error[edited-since] talk.xml was changed since it was encoded" in result.stderr
    assert "\n-" in result.stderr
    assert "13 June" in "".join(line for line in result.stderr.splitlines() if line.startswith("+"))
    assert document.read_text("utf-8") == edited
    assert "13 June" in (talk.parent / "talk.xml.new").read_text("utf-8")


def test_work_by_hand_on_the_encoding_beside_is_never_overwritten_either(talk: Path) -> None:
    talk.with_suffix(".xml").write_text("<TEI/>", "utf-8")
    assert run("talk.txt", cwd=talk.parent).stdout == "beside     talk.xml.new\n"
    assert run("talk.txt", cwd=talk.parent).stdout == "beside     talk.xml.new\n"
    beside = talk.parent / "talk.xml.new"
    edited = beside.read_text("utf-8").replace("When", "<hi>When</hi>")
    beside.write_text(edited, "utf-8")
    result = run("talk.txt", cwd=talk.parent)
    assert result.stdout == "beside     talk.xml.new2\n"
    assert "the new encoding is in talk.xml.new2" in result.stderr
    assert beside.read_text("utf-8") == edited


def test_line_ends_that_a_checkout_has_changed_are_nobodys_work(talk: Path) -> None:
    run("talk.txt", cwd=talk.parent)
    document = talk.with_suffix(".xml")
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n"))
    assert run("talk.txt", cwd=talk.parent).stdout == "unchanged  talk.xml\n"
    assert run("talk.txt", cwd=talk.parent, day="1800000000").stdout == "unchanged  talk.xml\n"
    talk.write_text(TALK.replace("12 June", "13 June"), "utf-8")
    assert run("talk.txt", cwd=talk.parent).stdout == "written    talk.xml\n"


def test_a_transcript_is_never_written_over(talk: Path) -> None:
    named = talk.rename(talk.with_suffix(".xml"))
    result = run("talk.xml", cwd=talk.parent)
    assert result.returncode == 2
    assert "is the transcript itself" in result.stderr
    assert named.read_text("utf-8") == TALK
    assert not (talk.parent / "talk.xml.new").exists()


def test_a_file_of_somebody_else_is_never_overwritten(talk: Path) -> None:
    talk.with_suffix(".xml").write_text("<TEI/>", "utf-8")
    result = run("talk.txt", cwd=talk.parent)
    assert result.returncode == 1
    assert "was not written by teipipe" in result.stderr
    assert talk.with_suffix(".xml").read_text("utf-8") == "<TEI/>"


def test_an_untouched_document_follows_its_transcript(talk: Path) -> None:
    run("talk.txt", cwd=talk.parent)
    talk.write_text(TALK.replace("12 June", "13 June"), "utf-8")
    assert run("talk.txt", cwd=talk.parent).stdout == "written    talk.xml\n"
    assert "13 June" in talk.with_suffix(".xml").read_text("utf-8")


def test_another_day_alone_changes_nothing(talk: Path) -> None:
    run("talk.txt", cwd=talk.parent)
    assert run("talk.txt", cwd=talk.parent, day="1800000000").stdout == "unchanged  talk.xml\n"


def test_one_that_can_not_be_encoded_keeps_no_other_from_it(tmp_path: Path, talk: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    result = run("picture.txt", "talk.txt", "missing.txt", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == "written    talk.xml\n"
    assert "picture.txt: failure[not-encoded]" in result.stderr
    assert "missing.txt: failure[not-encoded]" in result.stderr
    assert "encoded 1 of 3 transcripts" in result.stderr
    assert not (tmp_path / "picture.xml").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no transcript was given"),
        (["talk.txt", "--profile", "memo"], "memo"),
        (["talk.txt", "--register", "nowhere.xml"], "nowhere.xml"),
        (["talk.txt", "--register", "talk.txt"], "talk.txt"),
        (["talk.txt", "--context-date", "1956-13-01"], "1956-13-01"),
        (["talk.txt", "--lang", "xx"], "xx"),
        (["talk.txt", "--encoding", "utf-9"], "utf-9"),
        (["talk.txt", "--report", "review.pdf"], "review.pdf"),
        (["talk.txt", ".", "-o", "-"], "standard output"),
        (["talk.txt", "--register", "r.xml", "--without-register"], "contradict"),
        (["empty"], "has no transcript"),
        (["talk.txt", "other/talk.txt", "-o", "out"], "both"),
        (["talk.txt", "other", "-o", "out.xml"], "several transcripts"),
        (["talk.txt", "-o", "talk.txt"], "is a file, and no folder"),
        (["-"], "standard input"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_told_before_anything_is_written(
    arguments: list[str], said: str, tmp_path: Path, talk: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "talk.txt").write_text(TALK, "utf-8")
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.rglob("*.xml"))


def test_to_standard_output(talk: Path) -> None:
    result = run("talk.txt", "-o", "-", cwd=talk.parent)
    assert result.stdout.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<?teipipe-encode source="')
    assert not talk.with_suffix(".xml").exists()


def test_reports(talk: Path) -> None:
    run("talk.txt", "--report", "new/review.html", "--report", "review.json", cwd=talk.parent)
    assert "<!DOCTYPE html>" in (talk.parent / "new" / "review.html").read_text("utf-8")
    json.loads((talk.parent / "review.json").read_text("utf-8"))


def test_many_in_workers_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    """Also transcripts in which something is found, pages end or a word processor says more than the text."""
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "tei" / "sources").glob("*.txt")}
    texts |= {
        "doubtful": "Winter [said\n\n[sic] [?] [Sommer or] Winter\x07\n",
        "paged": "a\n\x0cb\n",
        "long": TALK * 5_000,
    }
    texts |= {f"talk-{number}": TALK * number for number in range(1, 40)}
    sources = [tmp_path / f"{name}.txt" for name in texts]
    for source in sources:
        source.write_text(texts[source.stem], "utf-8")
    parts = {"footnotes": '<w:footnote w:id="1"><w:p><w:r><w:t>b</w:t></w:r></w:p></w:footnote>'}
    words = '<w:r><w:rPr><w:b/></w:rPr><w:t>Winter</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
    sources.append(tmp_path / "word.docx")
    sources[-1].write_bytes(word_file(f"<w:p>{words}</w:p>", parts))
    one, two = (
        list(encode_files(EncodingRequest(sources, tmp_path / str(workers), workers=workers))) for workers in (1, 2)
    )
    assert [found.state for found in two] == [State.WRITTEN] * len(sources)
    assert [found.encoding for found in two] == [found.encoding for found in one]
    assert sum(source.stat().st_size for source in sources) > 500_000, "as many as are given to workers"
