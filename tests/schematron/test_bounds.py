"""Large and deep schemas and documents, mutated ones, and a schema in several processes."""

from __future__ import annotations

import random
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.conftest import ENVIRONMENT
from tests.schematron.running import CASES, Project, report

from teipipe import Document, schematron
from teipipe.diagnostics import in_order
from teipipe.documents import NotParsedError
from teipipe.errors import SchemaError

OWN = sorted((CASES / "own").glob("*.toml"))
HEAD = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">'


FOREIGN = '<x xmlns="">'


def rules(body: str) -> str:
    return f"{HEAD}<pattern>{body}</pattern></schema>"


def load(folder: Path, schema: str) -> schematron.Schema:
    return Project(folder, {"schema.sch": schema}).load()


def document(text: str) -> Document:
    return Document(Path("document.xml"), text.encode())


def test_ten_thousand_findings(tmp_path: Path) -> None:
    schema = load(tmp_path, rules('<rule context="p"><assert test="@n">number <value-of select="."/></assert></rule>'))
    text = "<doc>\n" + "".join(f"<p>{number}</p>\n" for number in range(10_000)) + "</doc>"
    found = list(schema.check(document(text)))
    assert [(one.location.line, one.location.column, one.message) for one in found] == [
        (number + 2, 1, f"number {number}") for number in range(10_000)
    ]
    assert len(report(schema, document(text)).findall("{*}failed-assert")) == 10_000


def test_a_thousand_subordinate_documents(tmp_path: Path) -> None:
    named = "/doc/@n ! (1 to xs:integer(.)) ! string(.)"
    pattern = f'<pattern documents="{named}"><rule context="p"><assert test="@n"/></rule></pattern>'
    schema = load(tmp_path, f"{HEAD}{pattern}</schema>")
    found = list(schema.check(document('<doc n="1002"/>')))
    assert len(found) == 1001
    assert found[-1].message.endswith("“1001” is one more than 1,000")


def test_ten_thousand_findings_on_one_line(tmp_path: Path) -> None:
    schema = load(tmp_path, rules('<rule context="@n"><report test="true()"><value-of select="."/></report></rule>'))
    text = "<doc>" + "".join(f'<p m="𠀋" n="{number}"/>' for number in range(10_000)) + "</doc>"
    found = list(schema.check(document(text)))
    assert len(found) == 10_000
    assert all(text[(one.location.column or 0) - 1 :].startswith(f'n="{one.message}"') for one in found)


def test_a_huge_message_is_shortened(tmp_path: Path) -> None:
    schema = load(
        tmp_path, rules('<rule context="p"><report test="true()">begin <value-of select="."/> end</report></rule>')
    )
    (found,) = schema.check(document("<doc><p>" + "words " * 500_000 + "</p></doc>"))
    assert found.message.startswith("begin words words")
    assert len(found.message) < 2_000


def test_as_deep_as_may_be(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        rules(
            '<rule context="p[not(*)]"><report test="true()"><value-of select="count(ancestor::*)"/></report></rule>'
        ),
    )
    (found,) = schema.check(document("<p>" * 250 + "</p>" * 250))
    assert (found.message, found.location.column) == ("249", 1 + 3 * 249)


def test_a_document_that_is_not_well_formed(tmp_path: Path) -> None:
    schema = load(tmp_path, rules('<rule context="doc"><report test="true()">never</report></rule>'))
    for text in ("<doc>", '<?xml version="1.1"?><doc/>', ""):
        assert not list(schema.check(document(text)))
        with pytest.raises(NotParsedError):
            schema.svrl(document(text))


#: Schemas that are nested without end; what runs them must not fall over, so each has a process of its own.
NESTED = {
    "parentheses": rules(f'<rule context="doc"><assert test="{"(" * 20_000}1{")" * 20_000}">never</assert></rule>'),
    "steps": rules(f'<rule context="doc"><assert test="{"*/" * 20_000}*">never</assert></rule>'),
    "sums": rules(f'<rule context="doc"><assert test="{"1 + " * 20_000}1 = 0">never</assert></rule>'),
    "alternatives": rules(f'<rule context="doc"><assert test="{"@a = 1 or " * 20_000}@b">never</assert></rule>'),
    "predicates": rules(f'<rule context="doc{"[*" * 5_000}{"]" * 5_000}"><assert test="false()">never</assert></rule>'),
    "unions": rules(f'<rule context="{"p | " * 20_000}doc"><assert test="false()">never</assert></rule>'),
    "emphasis": rules(
        f'<rule context="doc"><report test="true()">{"<emph>" * 100_000}{"</emph>" * 100_000}</report></rule>'
    ),
    "markup": rules(f'<rule context="doc"><report test="true()">{FOREIGN * 300}{"</x>" * 300}</report></rule>'),
    "patterns": f"{HEAD}{'<pattern>' * 100_000}",
    "buried": "<a>" * 200 + f"{HEAD}</schema>" + "</a>" * 200,
}

LOADING = """
import sys
from pathlib import Path
from teipipe import Document, schematron
from teipipe.errors import SchemaError
path = Path(sys.argv[1])
try:
    schema = schematron.load(path, path.parent)
except SchemaError as error:
    print("refused", error.location.line, len(str(error)))
else:
    print("runs", len(list(schema.check(Document(Path("x.xml"), b"<doc/>")))))
"""


@pytest.mark.parametrize("name", NESTED)
def test_schemas_that_are_nested_too_deeply(tmp_path: Path, name: str) -> None:
    """They are refused, in a few words, or they run; there is nothing else."""
    path = tmp_path / "schema.sch"
    path.write_text(NESTED[name], encoding="utf-8")
    call = [sys.executable, "-W", "error", "-c", LOADING, str(path)]
    run = subprocess.run(call, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr[:500]
    what, *numbers = run.stdout.split()
    assert what == "runs" or (numbers[0] == "1" and int(numbers[1]) < 1_000), run.stdout


def test_a_thousand_patterns(tmp_path: Path) -> None:
    patterns = "".join(
        f'<pattern><rule context="e{n % 50}"><assert id="a{n}" test="@n = {n}">not {n}</assert></rule></pattern>'
        for n in range(1_000)
    )
    schema = load(tmp_path, f"{HEAD}{patterns}</schema>")
    text = "<doc>" + "".join(f'<e{n} n="{n}"/>' for n in range(50)) + "</doc>"
    found = list(schema.check(document(text)))
    assert len(found) == 950
    assert {one.assertion for one in found} == {f"a{n}" for n in range(50, 1_000)}


def test_a_rule_with_a_thousand_assertions_and_a_pattern_with_a_thousand_rules(tmp_path: Path) -> None:
    assertions = "".join(f'<assert id="a{n}" test="@n &gt; {n}">not more than {n}</assert>' for n in range(1_000))
    others = "".join(f'<rule context="e{n}"><report test="true()">e{n}</report></rule>' for n in range(1_000))
    schema = load(tmp_path, rules(f'<rule context="doc">{assertions}</rule>{others}'))
    found = list(schema.check(document('<doc n="900"><e7/><e999/></doc>')))
    assert [one.message for one in found if one.rule == "successful-report"] == ["e7", "e999"]
    assert [one.assertion for one in found if one.rule == "failed-assertion"] == [f"a{n}" for n in range(900, 1_000)]


def test_many_documents_one_after_the_other(tmp_path: Path) -> None:
    """What one document does has no effect on those after it."""
    schema = load(
        tmp_path,
        f'{HEAD}<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><let name="max" value="xs:integer(/doc/@max)"/>'
        '<pattern><rule context="p"><assert test="count(preceding-sibling::p) lt $max">more</assert></rule></pattern>'
        "</schema>",
    )
    good = "<doc max='1'><p/><p/></doc>"
    expected = list(schema.check(document(good)))
    assert [one.location.column for one in expected] == [18]
    for other in ("<doc><p/></doc>", "<doc max='none'><p/></doc>", "<doc", "<doc max='0'/>", "<p xmlns='u'/>"):
        list(schema.check(document(other)))
        assert list(schema.check(document(good))) == expected


SCRIPT = """
import sys
from pathlib import Path
from teipipe import Document
from teipipe.schematron import Schema
schema = Schema.revive(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())
for found in schema.check(Document.read(Path(sys.argv[3]))):
    print(found)
"""


def test_a_schema_goes_to_other_processes(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "schema.sch": f'{HEAD}<include href="part.sch"/></schema>',
            "part.sch": '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="p">'
            '<assert id="a" test="@n" role="info">no n: <value-of select="."/></assert></rule></pattern>',
        },
    )
    schema = project.load()
    state, one = tmp_path / "state", tmp_path / "one.xml"
    state.write_bytes(schema.state())
    one.write_text("<doc>\n <p>words</p></doc>", encoding="utf-8")
    expected = "".join(f"{found}\n" for found in schema.check(Document.read(one)))
    assert "no n: words" in expected
    for file in project.folder.iterdir():
        file.unlink()  # what another process needs is in the state
    runs = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", SCRIPT, schema.path, state, one],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert [run.communicate(timeout=60)[0] for run in runs] == [expected] * 2


def test_the_checksum_is_that_of_all_files(tmp_path: Path) -> None:
    files = {
        "schema.sch": f'{HEAD}<include href="part.sch"/></schema>',
        "part.sch": '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"/>',
    }
    project = Project(tmp_path, files)
    first = project.load().checksum
    assert project.load().checksum == first
    (project.folder / "part.sch").write_text(files["part.sch"] + " ", encoding="utf-8")
    assert project.load().checksum != first


def test_what_a_schema_says_of_itself(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        f'{HEAD[:-1]} schemaVersion="1.2" defaultPhase="b">'
        '<phase id="b"><active pattern="p"/></phase><phase id="a"><active pattern="p"/></phase>'
        '<pattern id="p"><rule context="doc"><assert test="true()"/></rule></pattern></schema>',
    )
    assert (list(schema.phases), schema.version, list(schema.warnings)) == (["b", "a"], "1.2", [])


def test_a_finding_says_where_the_schema_says_so(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "schema.sch": f'{HEAD}\n<include href="parts/part.sch"/>\n</schema>',
            "parts/part.sch": '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><title>Numbers</title>\n'
            '<rule abstract="true" id="base">\n  <assert test="@n">no n</assert></rule>'
            '<rule context="doc"><extends rule="base"/></rule></pattern>',
        },
    )
    (found,) = project.load().check(document("<doc/>"))
    ((where, remark),) = found.related
    assert (where.path, where.line, where.column) == (project.folder / "parts" / "part.sch", 3, 3)
    assert "Numbers" in remark


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Some bytes taken away, doubled, exchanged, or put in."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(data) or 1)
        length = chance.choice((1, 1, 2, 5, 20))
        piece = data[start : start + length]
        new = chance.choice(
            (b"", piece * 2, chance.choice((b"<", b">", b'"', b"&", b"'", b"{", b"}", b"$", b"(", b"]", b"\0")))
        )
        data = data[:start] + new + data[start + length :]
    return data


SOURCES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in OWN
    if path.stem
    in ("functions-and-keys", "patterns-abstract", "phases", "diagnostics", "words", "lets", "old-namespace")
]


@pytest.mark.parametrize("seed", range(6))
def test_mutated_schemas_are_refused_or_run(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(25):
        case = chance.choice(SOURCES)
        data = mutated(chance, case["schema"].encode())
        folder = tmp_path / str(number)
        folder.mkdir()
        project = Project(folder, {"schema.sch": ""})
        (project.folder / "schema.sch").write_bytes(data)
        loaded = project.load_or_refuse()
        if isinstance(loaded, SchemaError):
            place = loaded.location
            assert (place.path, place.line or 1) <= (loaded.path, data.count(b"\n") + 1), (str(loaded), data)
            continue
        assert all(found.location.line for found in loaded.check(document(case["document"])))


@pytest.mark.parametrize("seed", range(6))
def test_mutated_documents_never_stop_a_schema(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    case = SOURCES[seed % len(SOURCES)]
    schema = Project(tmp_path, {"schema.sch": case["schema"]}).load()
    for _ in range(150):
        data = mutated(chance, case["document"].encode())
        one = Document(Path("document.xml"), data)
        found = list(schema.check(one))
        assert found == list(schema.check(Document(Path("document.xml"), data)))
        lines = data.decode("utf-8", "replace").splitlines() or [""]
        for diagnostic in in_order(found):
            assert 1 <= (diagnostic.location.line or 0) <= len(lines) + 1
