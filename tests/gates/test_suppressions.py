"""Every document in tests/cases/gates/suppressions says itself what counts in it, and what it excuses.

As in tests/cases/validate, `<!-- expect: RULE … -->` stands on the line before the place; so does
`<!-- excused: RULE … -->`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.gates import suppressions
from teipipe.gates.scope import Scope
from teipipe.gates.suppressions import Suppression
from teipipe.rules import finding
from teipipe.validate import Context, validate
from teipipe.validate.corpus import Corpus
from teipipe.verdict import Excuse

CASES = Path(__file__).resolve().parents[1] / "cases" / "gates" / "suppressions"
_EXPECTATION = re.compile(r"<!-- (expect|excused): ([a-z0-9 -]+?) -->")


def found_in(path: Path) -> list[Diagnostic]:
    context = Context(path.parent, (path,), corpus=Corpus(path.parent, None))
    return [found for found in validate(context) if found.rule != "no-schema"]


def instructions(path: Path) -> tuple[Suppression, ...]:
    return suppressions.find(Document.read(path))


def expected(path: Path, kind: str) -> list[tuple[int, str]]:
    return sorted(
        (number + 1, rule)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in _EXPECTATION.finditer(line)
        if match[1] == kind
        for rule in match[2].split()
    )


def lines(diagnostics: list[Diagnostic]) -> list[tuple[int, str]]:
    return sorted((found.location.line or 0, found.rule) for found in diagnostics)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.xml")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    found = found_in(path)
    kept, excused, problems = suppressions.apply(found, instructions(path), Scope(has_schema=False))
    assert lines([one.diagnostic for one in excused]) == expected(path, "excused")
    assert lines([*kept, *problems]) == expected(path, "expect")
    assert all(one.excuse is Excuse.SUPPRESSED and one.reason for one in excused)
    assert all(problem.help for problem in problems)


def messages(name: str) -> list[tuple[str, str | None]]:
    _, _, problems = suppressions.apply(found_in(CASES / name), instructions(CASES / name))
    return [(problem.message, problem.help) for problem in problems]


def test_the_words() -> None:
    form = '<?teipipe ignore="dangling-pointer" reason="…"?>'
    assert messages("bad.xml") == [
        ("an instruction that names no rule to be ignored", f"write {form}"),
        ("an instruction that names no rule to be ignored", f"write {form}"),
        ("an instruction that names no rule to be ignored", f"write {form}"),
        ("an instruction that gives no reason", f"say why, so that others can judge it: {form}"),
        ("an instruction that gives no reason", f"say why, so that others can judge it: {form}"),
        ('“ignore=dangling-pointer” is not of the form name="value"', f"write {form}"),
        ('“dangling-pointer:” is not of the form name="value"', f"write {form}"),
        ("“because” says nothing to teipipe", f"write {form}"),
        ('“ignore="dangling-pointer"reason="why"” is not of the form name="value"', f"write {form}"),
        ("there is no rule “dangling-pointr”", "did you mean “dangling-pointer”?"),
        ("“dangling-*” is a pattern", "name each rule in full"),
        ("there is no rule “xyzzy”", "teipipe explain lists them all"),
        ("“not-well-formed” can't be ignored", "mend the file: what else is wrong with it is not known"),
        ("“worker-timeout” can't be ignored", "mend the file: what else is wrong with it is not known"),
        ("“bad-suppression” can't be ignored", "mend or delete the instruction that it is about"),
        ("“unused-suppression” can't be ignored", "mend or delete the instruction that it is about"),
    ]
    assert messages("unused.xml") == [
        ("“dangling-pointer” is ignored here, but not found", "delete it"),
        ("“bad-id” is ignored here, but not found", "delete what is not needed"),
    ]


def test_the_reason_is_kept_in_the_document_s_own_words() -> None:
    found = instructions(CASES / "entities.xml")
    assert [one.reason for one in found] == ["in an entity", "<quoted> “so”"]
    _, excused, _ = suppressions.apply(found_in(CASES / "innermost.xml"), instructions(CASES / "innermost.xml"))
    assert [one.reason for one in excused] == ["inside", "inside", "outside"]


def document(text: str) -> Document:
    return Document(Path("a.xml"), text.encode())


def at(line: int | None, rule: str = "dangling-pointer", assertion: str = "") -> Diagnostic:
    return finding(
        rule, f"found in {line}", Location(Path("a.xml"), line, None if line is None else 1), assertion=assertion
    )


def test_most_documents_are_not_read_for_it() -> None:
    assert suppressions.find(document("<TEI")) == ()
    assert suppressions.find(document("<TEI><?teipipe ")) == ()


def test_before_the_outermost_element_it_is_about_the_file_as_a_whole() -> None:
    found = suppressions.find(document('<?teipipe ignore="missing-source" reason="lost"?><TEI/>'))
    kept, excused, problems = suppressions.apply([at(None, "missing-source")], found)
    assert (kept, [one.diagnostic for one in excused], problems) == ([], [at(None, "missing-source")], [])
    inside = suppressions.find(document('<TEI><?teipipe ignore="missing-source" reason="lost"?><p/></TEI>'))
    assert suppressions.apply([at(None, "missing-source")], inside)[0] == [at(None, "missing-source")]


def test_a_failure_counts_always_and_nothing_is_called_unused_beside_it() -> None:
    found = suppressions.find(document('<?teipipe ignore="invalid" reason="why"?>\n<TEI/>'))
    failed = finding("worker-timeout", "not done", Location(Path("a.xml")))
    assert suppressions.apply([failed], found) == ([failed], [], [])


def test_a_rule_means_all_its_assertions_and_an_assertion_only_itself() -> None:
    one, other = at(2, assertion="one"), at(2, assertion="other")
    rule = suppressions.find(document('<?teipipe ignore="dangling-pointer" reason="why"?>\n<TEI/>'))
    assert suppressions.apply([one, other], rule)[0] == []
    single = suppressions.find(document('<?teipipe ignore="dangling-pointer/one" reason="why"?>\n<TEI/>'))
    assert suppressions.apply([one, other], single)[0] == [other]
    both = suppressions.find(document('<?teipipe ignore="dangling-pointer dangling-pointer/one" reason="w"?>\n<TEI/>'))
    assert suppressions.apply([one, other], both)[2] == []


def test_the_file_can_be_named_in_another_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = suppressions.find(document('<?teipipe ignore="dangling-pointer" reason="why"?>\n<TEI/>'))
    there = replace(at(2), location=Location(tmp_path / "a.xml", 2, 1))
    assert suppressions.apply([there], found)[0] == []
    assert suppressions.apply([replace(there, location=Location(Path("b.xml"), 2, 1))], found)[1] == []


@pytest.mark.parametrize(
    ("scope", "is_told"),
    [
        (Scope(), True),
        (Scope(only=frozenset({"pointers"})), True),
        (Scope(only=frozenset({"ids", "schema"})), False),
        (Scope(documents=frozenset({Path("a.xml").absolute()})), True),
        (Scope(documents=frozenset({Path("b.xml").absolute()})), False),
    ],
    ids=["everything", "pointers", "other kinds", "its file", "another file"],
)
def test_unused_is_only_what_was_looked_for(scope: Scope, is_told: bool) -> None:
    found = suppressions.find(document('<?teipipe ignore="dangling-pointer" reason="why"?>\n<TEI/>'))
    problems = suppressions.apply([], found, scope)[2]
    assert [problem.rule for problem in problems] == ["unused-suppression"] * is_told


def test_many_instructions_and_many_findings() -> None:
    """Time that grew with the product of both would be minutes."""
    number = 20_000
    item = '<?teipipe ignore="dangling-pointer" reason="why"?>\n'
    for text in (
        f"{item * number}<TEI>\n</TEI>",
        f"<TEI>\n{f'{item}<p/>' * number}</TEI>",
        f"<TEI>\n{item * number}<p/></TEI>",
    ):
        found = suppressions.find(document(text))
        assert len(found) == number
        diagnostics = [at(line) for line in range(1, number + 1)]
        kept, excused, _ = suppressions.apply(diagnostics, found)
        assert len(kept) + len(excused) == number
        assert excused
