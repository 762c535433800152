"""What documents have to do with each other: found the same by one process and by many, each read but once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.letters import letter, letter_name, register, write_letters

from teipipe.build import checking
from teipipe.documents import Document
from teipipe.folders import absolute
from teipipe.project import load_project
from teipipe.validate import validate
from teipipe.validate.summary import Summary, name_of
from teipipe.validate.web import Web

#: What is put into letters so that something is wrong between documents.
WRONG = {
    1: ['<p><ref target="00000.xml#p9">no such id</ref></p>'],
    2: ['<p xml:id="x" next="00003.xml#x">a circle of three</p>'],
    3: ['<p xml:id="x" next="00004.xml#x">a circle of three</p>'],
    4: ['<p xml:id="x" next="00002.xml#x">a circle of three</p>', '<p xml:id="y" next="00003.xml#x">into it</p>'],
    5: ['<p><persName ref="../../register.xml#nobody">Nobody</persName></p>'],
    6: ['<p><ref target="00007.xml#p1">into what is broken</ref></p>'],
    7: ["<p>not closed"],
    8: ['<p xml:id="x" prev="00009.xml#x">no circle</p>', '<p><ref target="00009.xml#xpath(//p)">not judged</ref></p>'],
    9: ['<p xml:id="x"><ref target="99999.xml#p1">no such file</ref></p>'],
}


def wrong_letters(root: Path, number: int = 12) -> None:
    write_letters(root, number)
    for each, extra in WRONG.items():
        (root / letter_name(each)).write_text(letter(each, number, extra), encoding="utf-8")


@pytest.mark.parametrize("workers", [0, 1])
def test_the_same_as_with_all_at_hand(tmp_path: Path, workers: int) -> None:
    wrong_letters(tmp_path)
    project = replace(load_project(tmp_path), unique_ids="corpus")
    expected = validate(project)
    rules = {one.rule for one in expected}
    assert rules > {"dangling-pointer", "circular-pointer", "missing-file", "not-well-formed", "id-taken-elsewhere"}
    assert checking.validate_documents(project, workers=workers) == expected


def test_some_of_the_documents(tmp_path: Path) -> None:
    wrong_letters(tmp_path)
    project = load_project(tmp_path)
    some = project.documents[1:4]
    assert checking.validate_documents(project, some, workers=0) == validate(project, some)


def test_each_document_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_letters(tmp_path, 2500)
    read: list[Path] = []
    original = Document.read.__func__  # type: ignore[attr-defined]

    def counting(cls: type[Document], /, path: Path, **options: Path) -> Document:
        read.append(absolute(path))
        document: Document = original(cls, path, **options)
        return document

    monkeypatch.setattr(Document, "read", classmethod(counting))
    project = load_project(tmp_path)
    findings = checking.validate_documents(project, workers=0)
    assert {one.rule for one in findings} == {"no-schema"}
    documents = [path for path in read if path.name != "register.xml"]
    assert len(documents) == len(set(documents)) == 2500
    assert len(read) - len(documents) <= 3  # for births and deaths, itself, and its entries at the end


def test_summaries_hold_whatever_names_contain() -> None:
    name = name_of(Path("/project/a\x01b\x02.xml"), "/project/")
    summary = Summary.of({"b", "a"}, {name: {"x\x01y", ""}, "other.xml": set()}, [("next", "a", "", "b\x03")])
    again = Summary.unpack(summary.pack())
    assert again == summary
    assert again.identifiers == ["a", "b"]
    assert dict(again.targets()).keys() == {name, "other.xml"}
    assert [len(fragments) for _, fragments in again.targets()] == [2, 0]
    assert next(iter(again.steps()))[:3] == ("next", "a", "")


def test_a_long_chain_is_followed_once() -> None:
    number = 50_000
    steps = {f"{each}.xml": Summary.of(["a"], {}, [("next", "a", f"{each + 1}.xml", "a")]) for each in range(number)}
    steps[f"{number}.xml"] = Summary.of(["a"], {}, [])
    assert Web(steps).doubtful() == set()
    steps[f"{number}.xml"] = Summary.of(["a"], {}, [("next", "a", f"{number - 2}.xml", "a")])
    assert Web(steps).doubtful() == {f"{number - 2}.xml", f"{number - 1}.xml", f"{number}.xml"}


def test_register_is_well_formed() -> None:
    assert Document(Path("register.xml"), register().encode()).is_well_formed
