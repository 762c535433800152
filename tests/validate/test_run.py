"""Running the checks: over a project, over some of its documents, over documents that are in memory."""

from __future__ import annotations

import random
from pathlib import Path
from unittest import mock

import pytest
from tests.conftest import MakeTei

from teipipe.diagnostics import Severity, exit_code
from teipipe.documents import Document
from teipipe.project import Project, load_project
from teipipe.validate import CHECKS, Context, SchemaError, check_document, validate
from teipipe.validate.corpus import Corpus
from teipipe.validate.schemas import Schemas

ROOT = Path(__file__).resolve().parents[2]


def project(folder: Path, **files: str) -> Project:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_xml", ".xml").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_project(folder, upward=False)


def shown(found: list[object]) -> list[str]:
    return [str(one) for one in found]


def test_our_own_edition_has_no_findings() -> None:
    assert validate(load_project(ROOT)) == []


def test_a_bare_folder_is_checked_without_a_schema_and_told_so_once(tmp_path: Path, tei: MakeTei) -> None:
    found = validate(project(tmp_path, a_xml=tei(), b_xml=tei('<p><ref target="a.xml#x">x</ref></p>')))
    assert [(one.rule, one.severity) for one in found] == [
        ("no-schema", Severity.INFO),
        ("dangling-pointer", Severity.ERROR),
    ]
    assert exit_code(found) == 1


def test_one_broken_document_leaves_the_others_checked(tmp_path: Path, tei: MakeTei) -> None:
    files = {"a_xml": tei("<p>&bad;</p>"), "b_xml": tei('<p xml:id="1"/>'), "c_xml": "", "d_xml": tei()}
    found = validate(project(tmp_path, **files))
    assert [(one.location.path.name, one.rule) for one in found if one.rule != "no-schema"] == [
        ("a.xml", "undefined-entity"),
        ("b.xml", "bad-id"),
        ("c.xml", "not-well-formed"),
    ]


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path, tei: MakeTei) -> None:
    found = project(tmp_path, a_xml=tei(), b_xml=tei())
    opened = Path.open

    def refuse(path: Path, mode: str = "r") -> object:
        if path.name == "a.xml":
            raise PermissionError
        return opened(path, mode)

    with mock.patch.object(Path, "open", refuse):
        findings = validate(found)
    assert [(one.location.path.name, one.rule) for one in findings if one.rule != "no-schema"] == [
        ("a.xml", "unreadable-file")
    ]
    assert exit_code(findings) == 2


def test_the_order_of_the_documents_does_not_matter(tmp_path: Path, tei: MakeTei) -> None:
    bodies = ('<p xml:id="a" next="b.xml#a"/>', '<p xml:id="a" next="c.xml#a"/>', '<p xml:id="a" next="a.xml#a"/>')
    whole = project(tmp_path, **{f"{name}_xml": tei(body) for name, body in zip("abc", bodies, strict=True)})
    expected = validate(whole)
    assert [one.rule for one in expected] == ["no-schema", "circular-pointer"]
    for seed in range(6):
        paths = list(whole.documents)
        random.Random(seed).shuffle(paths)
        assert validate(whole, paths) == expected


def test_mentions_are_judged_only_with_all_documents(tmp_path: Path, tei: MakeTei) -> None:
    entry = '<listPerson><person xml:id="kim"/></listPerson>'
    register = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>{entry}</standOff></TEI>'
    whole = project(tmp_path, a_xml=tei(), b_xml=tei('<p><name ref="register.xml#kim"/></p>'), register_xml=register)
    assert [one.rule for one in validate(whole)] == ["no-schema"]
    assert [one.rule for one in validate(whole, [tmp_path / "a.xml"])] == ["no-schema"]
    (tmp_path / "b.xml").write_text(tei())
    assert [one.rule for one in validate(whole)] == ["no-schema", "unmentioned-entry"]
    assert [one.rule for one in validate(whole, [tmp_path / "register.xml"])] == ["no-schema"]


def test_documents_in_memory_are_not_read_again(tmp_path: Path, tei: MakeTei) -> None:
    whole = project(tmp_path, a_xml=tei(), b_xml=tei('<p><ref target="a.xml#new">x</ref></p>'))
    changed = Document(tmp_path / "a.xml", tei('<p xml:id="new"/>').encode())
    found = validate(whole, [changed, tmp_path / "b.xml"])
    assert [one.rule for one in found] == ["no-schema"]


def test_each_document_is_read_once(tmp_path: Path, tei: MakeTei) -> None:
    body = "".join(f'<p xml:id="x"><ref target="{name}.xml#x">x</ref></p>' for name in "abc")
    whole = project(tmp_path, **{f"{name}_xml": tei(body.replace("x", "x", 1)) for name in "abc"})
    with mock.patch.object(Document, "read", wraps=Document.read) as read:
        validate(whole)
    assert read.call_count == 3


def test_what_only_libxml2_refuses_is_a_finding(tmp_path: Path, tei: MakeTei) -> None:
    text = tei().replace("<p>", '<p xmlns:a="relative#">', 1)
    document = Document(tmp_path / "a.xml", text.encode())
    schema = mock.Mock(spec=["path", "check"], check=lambda document, **more: document.root.iter("nothing"))
    with mock.patch("lxml.etree.fromstring", side_effect=_syntax_error()):
        found = check_document(document, Context(tmp_path, schemas=Schemas(fixed=[schema]), corpus=Corpus(tmp_path)))
    assert [(one.rule, one.message) for one in found] == [("not-well-formed", "start tag expected, '<' not found")]


def _syntax_error() -> Exception:
    from lxml import etree

    try:
        etree.fromstring(b"x")
    except etree.XMLSyntaxError as error:
        error.msg = "Start tag expected, '<' not found"
        return error
    raise AssertionError


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__module__.rpartition(".")[2])
def test_every_check_has_the_same_signature_and_yields_nothing_for_a_small_clean_document(
    check: object, tmp_path: Path, tei: MakeTei
) -> None:
    document = Document(tmp_path / "a.xml", tei().encode())
    context = Context(tmp_path, corpus=Corpus(tmp_path))
    assert callable(check)
    assert list(check(document, context)) == []


def test_memory_grows_with_ids_only(tmp_path: Path, tei: MakeTei) -> None:
    text = tei("<p>" + "word " * 20_000 + "</p>")
    corpus = Corpus(tmp_path)
    context = Context(tmp_path, corpus=corpus)
    for number in range(60):
        check_document(Document(tmp_path / f"{number}.xml", text.encode()), context)
    kept = sum(len(document.data) for document in corpus._kept.values())
    assert kept <= 4_000_000
    assert len(corpus._references) <= len(corpus._kept) + 1


class TestSchemaErrors:
    @pytest.mark.parametrize(
        ("schema", "expected"),
        [
            (None, "schema.rng: the schema can't be read: no such file"),
            ("", "schema.rng:1:1: the schema is not well-formed: the file is empty"),
            ("<grammar>\n<x></grammar>", "schema.rng:2:4: the schema is not well-formed: “</grammar>” stands where"),
            ("<a/>", "schema.rng:1:1: this is no schema but “a”"),
            (
                '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
                "schema.rng:1:1: this is no schema but a TEI document or an ODD",
            ),
            (
                '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start>\n  <ref name="x"/></start></grammar>',
                "schema.rng:2:8: “x” is not defined in this grammar",
            ),
            (
                '<grammar xmlns="http://relaxng.org/ns/structure/1.0">\n<include href="../../outside.rng"/></grammar>',
                "schema.rng:2:10: “../../outside.rng” leads out of the project",
            ),
            (
                '<grammar xmlns="http://relaxng.org/ns/structure/1.0">\n<include href="https://example.org/a.rng"/></grammar>',
                "schema.rng:2:10: “https://example.org/a.rng” leads out of the project",
            ),
            (
                '<grammar xmlns="http://relaxng.org/ns/structure/1.0">\n<include href="none.rng"/></grammar>',
                "schema.rng:2:10: “none.rng” can't be included: no such file",
            ),
            (
                '<grammar xmlns="http://relaxng.org/ns/structure/1.0">\n<include href="schema.rng"/></grammar>',
                "schema.rng:2:10: “schema.rng” includes itself",
            ),
            (
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n <xs:element name="a" type="b"/></xs:schema>',
                "schema.rng:2:2: not a correct XSD: unknown type 'b'",
            ),
            (
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
                '<xs:include schemaLocation="https://127.0.0.1:9/a.xsd"/></xs:schema>',
                "schema.rng:2:29: “https://127.0.0.1:9/a.xsd” leads out of the project",
            ),
        ],
    )
    def test_it_stops_the_run_and_names_the_place(
        self, schema: str | None, expected: str, tmp_path: Path, tei: MakeTei
    ) -> None:
        files = {"a_xml": tei(), "teipipe_toml": 'schema = "schema.rng"\ndocuments = ["a.xml"]\n'}
        whole = project(tmp_path, **files)
        if schema is not None:
            (tmp_path / "schema.rng").write_text(schema, encoding="utf-8")
        with pytest.raises(SchemaError) as caught:
            validate(whole)
        assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(expected)

    def test_an_include_within_the_project(self, tmp_path: Path, tei: MakeTei) -> None:
        rng = "http://relaxng.org/ns/structure/1.0"
        (tmp_path / "parts").mkdir()
        (tmp_path / "parts" / "any.rng").write_text(
            f'<grammar xmlns="{rng}"><define name="any"><element><anyName/><zeroOrMore><choice><text/><ref name="any"/>'
            "<attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>"
        )
        (tmp_path / "schema.rng").write_text(
            f'<grammar xmlns="{rng}"><include href="parts/any.rng"/><start><element name="TEI" '
            'ns="http://www.tei-c.org/ns/1.0"><ref name="any"/></element></start></grammar>'
        )
        files = {"a_xml": tei(), "teipipe_toml": 'schema = "schema.rng"\ndocuments = ["a.xml"]\n'}
        (found,) = validate(project(tmp_path, **files))
        assert found.rule == "unexpected-element"
        assert found.message == "“text” is no element of the schema"
