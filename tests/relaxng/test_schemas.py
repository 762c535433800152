"""Schemas are read, simplified and held to the specification: James Clark's suite, own cases, hostile ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import pytest
from tests.conftest import REPOSITORY, Golden
from tests.relaxng.simple_form import shown

from teipipe.errors import SchemaError, UnreadableError
from teipipe.relaxng.graph import in_order
from teipipe.relaxng.identity import check_identity
from teipipe.relaxng.loading import MAX_BYTES, load_grammar, load_grammar_from
from teipipe.relaxng.namesets import MAX_WIDE
from teipipe.relaxng.simple import Element, Grammar
from teipipe.relaxng.syntax import RNG_NAMESPACE

SUITE = REPOSITORY.parent / "shared" / "suites" / "relaxng" / "spectest.xml"
TEI = REPOSITORY.parent / "shared" / "reference" / "tei_all.rng"
CASES = REPOSITORY / "tests" / "cases" / "relaxng" / "schemas"

NS = f'xmlns="{RNG_NAMESPACE}"'


@dataclass
class Case:
    """One schema of the suite, as written, and the files that it can include."""

    schema: bytes = b""
    is_correct: bool = False
    files: dict[Path, bytes] = field(default_factory=dict)

    def read(self, file: Path) -> bytes:
        if file not in self.files:
            raise UnreadableError("no such file")
        return self.files[file]


def clark_cases() -> Iterator[Case]:
    data = SUITE.read_bytes()
    cases: list[Case] = []
    folder = [Path("/suite")]
    begins: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        begins.append((data.index(b">", parser.CurrentByteIndex) + 1, attributes.get("name", "")))
        if name == "testCase":
            cases.append(Case())
        elif name == "dir":
            folder.append(folder[-1] / attributes["name"])

    def end(name: str) -> None:
        begin, called = begins.pop()
        text = data[begin : parser.CurrentByteIndex]
        if name == "dir":
            folder.pop()
        elif name == "resource":
            cases[-1].files[folder[-1] / called] = text
        elif name in ("correct", "incorrect"):
            cases[-1].schema, cases[-1].is_correct = text, name == "correct"

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return iter(cases)


@pytest.mark.skipif(not SUITE.is_file(), reason="the suite lies beside the repository, in ../shared")
def test_every_schema_of_the_suite_is_judged_rightly() -> None:
    wrong = []
    cases = list(clark_cases())
    for number, case in enumerate(cases, 1):
        try:
            load_grammar_from(case.schema, Path("/suite/schema.rng"), case.read)
            problem = None
        except SchemaError as error:
            problem = error
        if (problem is None) is not case.is_correct:
            wrong.append(f"{number}: {problem or 'accepted'}\n{case.schema.decode()}")
    assert len(cases) == 385
    assert not wrong, "\n".join(wrong)


def judged(path: Path) -> str:
    """What comes of a schema: the error, or its simple form and what is unclear about its ids."""
    try:
        grammar = load_grammar(path, CASES)
    except SchemaError as error:
        return told(error)
    try:
        check_identity(grammar)
    except SchemaError as error:
        return told(error)
    return shown(grammar)


def told(error: SchemaError) -> str:
    place = error.location
    shown_path = place.path.relative_to(CASES).as_posix()
    help = f"\n  {error.help}" if error.help else ""
    return f"{shown_path}:{place.line}:{place.column} {error.message}{help}\n".replace(f"{CASES}/", "")


@pytest.mark.parametrize("path", sorted(CASES.glob("*.rn[gc]")), ids=lambda path: path.name)
def test_cases(path: Path, golden: Golden) -> None:
    outcome = judged(path)
    assert path.stem.startswith("good-") == outcome.startswith("start = ")
    golden(path.with_suffix(".txt"), outcome)


def load(text: str, **files: str) -> Grammar:
    """A schema and, by their names without ending, the files that it includes."""

    def read(file: Path) -> bytes:
        if file.stem not in files:
            raise UnreadableError("no such file")
        return files[file.stem].encode()

    return load_grammar_from(text.encode(), Path("/schemas/main.rng"), read)


def grammar(definitions: str) -> str:
    return f'<grammar {NS}><start><element name="doc"><ref name="a0"/></element></start>{definitions}</grammar>'


def chain(length: int, link: str, end: str = "<text/>") -> str:
    """A grammar of definitions that each lead to the next; NEXT in `link` stands for the reference, N for a number."""
    links = (link.replace("NEXT", f'<ref name="a{n + 1}"/>').replace("N", str(n)) for n in range(length))
    definitions = "".join(f'<define name="a{n}">{body}</define>' for n, body in enumerate(links))
    return grammar(f'{definitions}<define name="a{length}">{end}</define>')


ELEMENT = '<element name="eN"><empty/></element>'


@pytest.mark.parametrize(
    "link",
    [
        "NEXT",
        f"{ELEMENT}NEXT",
        f"<interleave>{ELEMENT}NEXT</interleave>",
        f"<choice>{ELEMENT}NEXT</choice>",
        '<attribute name="bN"/>NEXT',
        "<optional>NEXT</optional>",
        f"<oneOrMore>{ELEMENT}NEXT</oneOrMore>",
        '<element name="eN">NEXT</element>',
    ],
)
def test_ten_thousand_definitions_can_lead_to_each_other(link: str) -> None:
    found = load(chain(10_000, link))
    check_identity(found)
    assert in_order(found)


@pytest.mark.parametrize("kind", ["group", "choice", "interleave", "oneOrMore"])
def test_doubling_definitions_are_not_multiplied_out(kind: str) -> None:
    end = "<empty/>" if kind == "interleave" else f"<optional>{ELEMENT}</optional>"
    found = load(chain(60, f"<{kind}>NEXT NEXT</{kind}>".replace(" ", ""), end))
    assert len(in_order(found)) < 200


def test_a_name_that_doubles_itself_is_found_in_good_time() -> None:
    with pytest.raises(SchemaError, match="both by the same definition"):
        load(chain(60, "<interleave>NEXTNEXT</interleave>", ELEMENT))


def test_a_long_circle_is_shortened() -> None:
    with pytest.raises(SchemaError, match=r"“a0” → “a1” → “a2” → “a3” → “…” → “a0”") as caught:
        load(chain(10_000, "NEXT", '<ref name="a0"/>'))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("depth", [501, 100_000])
def test_what_is_nested_too_deeply_is_refused(depth: int) -> None:
    with pytest.raises(SchemaError, match="nested more than 500 deep"):
        load(f"<group {NS}>{'<group>' * depth}<text/>{'</group>' * depth}</group>")


def test_what_is_nested_deeply_is_read() -> None:
    depth = 498
    load(f'<element {NS} name="a">{"<group>" * depth}<text/>{"</group>" * depth}</element>')
    names = f"{'<choice>' * (depth - 1)}<name>a</name>{'</choice>' * (depth - 1)}"
    found = load(f"<element {NS}>{names}<text/></element>")
    assert shown(found) == "start = <0>\n<0> a = text\n"


def test_a_schema_of_ten_million_bytes_is_read() -> None:
    define = '<define name="a{0}"><element name="e{0}"><zeroOrMore><ref name="a{1}"/></zeroOrMore></element></define>\n'
    text = grammar("".join(define.format(n, (n * 7 + 1) % 30_000) for n in range(30_000)))
    text = text.replace("<start>", f"<!-- {' ' * (10_000_000 - len(text))} --><start>")
    assert len(text) > 10_000_000
    assert sum(isinstance(pattern, Element) for pattern in in_order(load(text))) > 100


def test_a_schema_that_is_too_large_is_refused(tmp_path: Path) -> None:
    schema = tmp_path / "large.rng"
    schema.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(SchemaError, match="larger than"):
        load_grammar(schema)


@pytest.mark.parametrize("wide", ['<nsName ns="uN"/>', '<anyName><except><nsName ns="uN"/></except></anyName>'])
def test_more_open_names_than_can_be_compared_are_refused(wide: str) -> None:
    attribute = f"<zeroOrMore><attribute>{wide}</attribute></zeroOrMore>"
    content = "".join(attribute.replace("uN", f"u{n}") for n in range(MAX_WIDE + 1))
    with pytest.raises(SchemaError, match="more than 1000 different ways"):
        load(f'<element {NS} name="a">{content}</element>')


def test_many_names_of_one_element_are_compared_at_once() -> None:
    names = "".join(f'<element name="e{n}"><empty/></element>' for n in range(20_000))
    load(f'<element {NS} name="a"><interleave>{names}</interleave></element>')
    with pytest.raises(SchemaError, match="“e7” stands in two branches"):
        load(f'<element {NS} name="a"><interleave>{names}{ELEMENT.replace("N", "7")}</interleave></element>')


def test_prefixes_are_not_copied_without_end() -> None:
    prefixes = " ".join(f'xmlns:p{n}="u"' for n in range(10_000))
    many = "".join(f'<text xmlns:q="u{n}"/>' for n in range(1000))
    with pytest.raises(SchemaError, match="too many prefixes"):
        load(f'<element {NS} name="a" {prefixes}>{many}</element>')
    same = '<text xmlns:q="u"/>' * 1000
    load(f'<element {NS} name="a" {prefixes}>{same}</element>')
    begin, end = '<group xmlns:q="u">' * 300, "</group>" * 300
    load(f'<element {NS} name="a" {prefixes}>{begin}<text/>{end}</element>')


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(SchemaError, match="expand to far more text"):
        load(f'<!DOCTYPE element [<!ENTITY e0 "<text/>">{entities}]><element {NS} name="a">&e11;</element>')


def test_files_that_double_each_other_are_not_multiplied_out() -> None:
    twice = '<externalRef href="fN.rng"/>' * 2
    files = {f"f{n}": f"<group {NS}>{twice.replace('N', str(n + 1))}</group>" for n in range(60)}
    end = f"<optional {NS}>{ELEMENT}</optional>"
    found = load(f'<element {NS} name="a">{twice.replace("N", "0")}</element>', **files, f60=end)
    assert len(in_order(found)) < 200


def test_files_that_include_each_other_too_often_are_refused() -> None:
    twice = '<include href="fN.rng"/>' * 2
    files = {f"f{n}": f"<grammar {NS}>{twice.replace('N', str(n + 1))}</grammar>" for n in range(60)}
    with pytest.raises(SchemaError, match="taken in"):
        load(files["f0"], **files, f60=f"<grammar {NS}/>")


def test_a_chain_of_files_has_an_end() -> None:
    files = {f"f{n}": f'<grammar {NS}><include href="f{n + 1}.rng"/></grammar>' for n in range(3000)}
    with pytest.raises(SchemaError, match="within each other"):
        load(files["f0"], **files)


def test_files_are_included_from_the_root_only(tmp_path: Path) -> None:
    pattern = f'<element {NS} name="a"><text/></element>'
    (tmp_path / "inner").mkdir()
    (tmp_path / "outer.rng").write_text(pattern)
    (tmp_path / "inner" / "link.rng").symlink_to(tmp_path / "outer.rng")
    for href in ("../outer.rng", "link.rng"):
        schema = tmp_path / "inner" / "schema.rng"
        schema.write_text(f'<externalRef {NS} href="{href}"/>')
        assert load_grammar(schema, tmp_path).start
        with pytest.raises(SchemaError, match="leads out of the project"):
            load_grammar(schema)


def test_each_file_is_read_once_and_named_in_the_grammar() -> None:
    count: dict[str, int] = {}

    def read(file: Path) -> bytes:
        count[file.name] = count.get(file.name, 0) + 1
        return f'<element {NS} name="a"><text/></element>'.encode()

    twice = '<externalRef href="parts/../a%20b.rng"/>' * 2
    found = load_grammar_from(f"<choice {NS}>{twice}</choice>".encode(), Path("/s/main.rng"), read)
    assert count == {"a b.rng": 1}
    assert [source.file.name for source in found.sources] == ["main.rng", "a b.rng"]


def test_a_schema_that_can_not_be_read_is_an_error_of_the_schema(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no such file"):
        load_grammar(tmp_path / "missing.rng")


def test_the_compact_syntax_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "schema.rng").write_text('element a { external "part" }')
    (tmp_path / "part").write_text(f'\n<element {NS} name="b"><text/></element>')
    assert shown(load_grammar(tmp_path / "schema.rng")) == "start = <0>\n<0> a = <1>\n<1> b = text\n"


def seconds(path: Path) -> float:
    """The best of three: whatever else the machine does, it can't be faster than it is."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        load_grammar(path)
        times.append(time.process_time() - begin)
    return min(times)


def test_the_edition_s_schema_is_read_quickly() -> None:
    assert seconds(REPOSITORY / "schema" / "teipipe.rng") < 0.12  # 0.04 when this was written


@pytest.mark.skipif(not TEI.is_file(), reason="the TEI's schema lies beside the repository, in ../shared")
def test_the_tei_s_schema_is_read_quickly() -> None:
    assert seconds(TEI) < 0.6  # 0.2 when this was written
