"""The published cases of Schematron, under each query binding, if they lie beside the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from tests.conftest import REPOSITORY
from tests.schematron.running import Project, is_true, report

from teipipe.errors import SchemaError

SUITE = REPOSITORY.parent / "shared" / "suites" / "schematron" / "cases"
_NS = {"t": "tag:dmaus@dmaus.name,2019:Schematron:Testsuite"}

#: Cases that can't be right, by file and number of the schema in it; one that comes out as the suite has it fails.
EXCLUDED = {
    "core-let-scope-pattern-01:1": "5.4.5 (3) allows no second variable of a name; core-let-name-collision-error-05 "
    "has the same two variables and expects the error",
    "core-let-scope-phase-01:1": "by the same clause: outside of rules all variables have one scope",
    "core-let-value-element-content-01:1": "asks for an element “html:p” in a document without one: “$foobar/html:p” "
    "is meant",
}

BINDINGS = ("", "xslt", "xslt2", "xslt3")


@dataclass(frozen=True)
class Case:
    """One schema of a case, under one binding, and what is expected: "valid", "invalid" or "error"."""

    name: str
    binding: str
    phase: str
    expected: str
    files: dict[str, str]
    expectations: tuple[str, ...]


def cases() -> Iterator[Case]:
    for path in sorted(SUITE.glob("*.xml")):
        root = etree.parse(path).getroot()
        (schemas,) = root.iterfind("t:schemas", _NS)
        documents = root.iterfind("t:documents/*", _NS)
        files = {str(one.get("filename")): source(one[0]) for one in documents}
        features = root.get("features", "").split()
        expectations = tuple(str(test) for test in root.xpath("t:expectations/t:expectation/@test", namespaces=_NS))
        for number, schema in enumerate(schemas, 1):
            own = schema.get("queryBinding")
            for binding in BINDINGS if own is None else (own,):
                if binding == "xslt" and "xslt2" in features:
                    continue
                if own is None and binding:
                    schema.set("queryBinding", binding)
                yield Case(
                    f"{path.stem}:{number}",
                    binding,
                    schemas.get("phase", ""),
                    root.get("expect", "valid"),
                    {**files, "schema.sch": source(schema)},
                    expectations,
                )


def source(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def suite() -> list[Case]:
    if not SUITE.is_dir():
        print(f"the cases of Schematron are left out: {SUITE} isn't there")
        return []
    return list(cases())


SUITE_CASES = suite()


def outcome(case: Case, folder: Path) -> tuple[str, list[str]]:
    """What comes of a case, and what is found or the error."""
    project = Project(folder, case.files)
    try:
        schema = project.load(phase=case.phase)
    except SchemaError as error:
        return "error", [project.refusal(error)]
    document = project.document()
    found = [project.finding(one) for one in schema.check(document)]
    verdict = "invalid" if found else "valid"
    if any("assertion-not-evaluated" in one for one in found):
        return "error", found
    svrl = report(schema, document)
    assert (svrl.xpath("count(//*[@location])") == 0) is (not found)
    return verdict, found + [f"not true of the SVRL: {test}" for test in case.expectations if not is_true(svrl, test)]


@pytest.mark.skipif(not SUITE_CASES, reason="the suite lies beside the repository, in ../shared")
def test_the_suite_is_whole() -> None:
    assert len({case.name for case in SUITE_CASES}) == 51
    assert EXCLUDED.keys() <= {case.name for case in SUITE_CASES}


@pytest.mark.skipif(not SUITE_CASES, reason="the suite lies beside the repository, in ../shared")
@pytest.mark.parametrize(
    "case", SUITE_CASES, ids=[f"{case.name}-{case.binding or 'none'}".replace(":1", "") for case in SUITE_CASES]
)
def test_suite(case: Case, tmp_path: Path) -> None:
    verdict, told = outcome(case, tmp_path)
    is_right = verdict == case.expected and not any("not true" in one for one in told)
    if case.name in EXCLUDED:
        assert not is_right, "comes out as the suite has it: exclude it no longer"
        return
    assert is_right, f"expected {case.expected}, is {verdict}\n" + "\n".join(told) + "\n" + case.files["schema.sch"]
