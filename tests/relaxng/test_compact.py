"""The compact syntax: our own cases, James Clark's suite beside the repository if it is there, and broken schemas."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree
from tests.conftest import REPOSITORY, Golden

from teipipe.diagnostics import Location
from teipipe.errors import SchemaError, UnreadableError
from teipipe.relaxng.compact import read_compact
from teipipe.relaxng.loading import load_grammar_from
from teipipe.relaxng.read_xml import read_xml
from teipipe.relaxng.syntax import Node, Source

CASES = sorted((REPOSITORY / "tests" / "cases" / "relaxng" / "compact").glob("*.rnc"))
SUITE = REPOSITORY.parent / "shared" / "suites" / "relaxng" / "compacttest.xml"
SCHEMA = Path("schema.rnc")


def parse(data: bytes) -> Node:
    return read_compact(Source.of(SCHEMA, data))


def problem(data: bytes) -> Location | None:
    """Where something is wrong with a schema; None if nothing is."""
    try:
        parse(data)
    except SchemaError as error:
        return error.location
    return None


# Our own cases


def shown(node: Node, depth: int = 0) -> Iterator[str]:
    """A tree as lines: where a node is, its name, attributes, text and documentation."""
    place = f"{node.location.line}:{node.location.column}"
    parts = [f"{place:<6}{'  ' * depth}{node.name}", *(f"{name}={value!r}" for name, value in node.attributes.items())]
    if node.text or node.name in ("value", "param"):
        parts.append(repr(node.text))
    if node.documentation:
        parts.append(f"## {node.documentation}")
    if node.name == "value":
        parts.append(f"with {dict(node.namespaces)}")
    yield " ".join(parts)
    for child in node.children:
        yield from shown(child, depth + 1)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_each_case_gives_what_is_expected(path: Path, golden: Golden) -> None:
    try:
        result = "\n".join(shown(parse(path.read_bytes())))
        right = True
    except SchemaError as error:
        place = f"{error.location.line}:{error.location.column}"
        result = f"{place}: {error.message}" + (f"\n    help: {error.help}" if error.help else "")
        right = False
    golden(path.with_suffix(".expected"), result + "\n")
    assert right is not path.name.startswith("wrong-")


def test_line_ends_of_any_system_are_line_ends() -> None:
    """Not a file among the cases, since Git would change it."""
    node = parse(b'# a comment\r\nelement a {\r## b\r\n## c\r"""d\r\ne\rf"""\r\n}\r\n')
    value = node.children[1]
    assert (value.location.line, value.text, value.documentation) == (5, "d\ne\nf", "b c")


# The suite


class SuiteCase:
    """One case: its schema in the compact syntax, the verdict, the schema in XML, and the files that each includes."""

    def __init__(self, element: etree._Element) -> None:
        self.line = int(element.sourceline or 0)
        self.correct = element.find("compact/correct") is not None
        self.compact = element.findtext(f"compact/{'correct' if self.correct else 'incorrect'}", "").encode()
        self.xml = b"".join(etree.tostring(child, with_tail=False) for child in element.iterfind("xml/correct/*"))
        self.files = {
            str(file.get("name")): (file.text or "").encode()
            if str(file.get("name")).endswith(".rnc")
            else etree.tostring(file[0], with_tail=False)
            for file in element.iter("resource")
        }


def suite() -> list[SuiteCase]:
    if not SUITE.is_file():
        print(f"the suite of the compact syntax is left out: {SUITE} isn't there")
        return []
    return [SuiteCase(element) for element in etree.parse(SUITE).getroot().iter("testCase")]


SUITE_CASES = suite()
in_suite = pytest.mark.skipif(not SUITE_CASES, reason=f"{SUITE} isn't there")
each_case = pytest.mark.parametrize("case", SUITE_CASES, ids=[f"line-{case.line}" for case in SUITE_CASES])

#: What is wrong in the incorrect cases that are well-formed: the specification says it of schemas in either syntax.
WRONG_IN_EITHER = ("* - *", "* - (*)", "* - eg:*", "* - (eg:*)", "* - eg2:*", 'xsd:QName "p:A"')


def load(data: bytes, name: str, files: Mapping[str, bytes]) -> str:
    """What is wrong with a schema, without place; "" if nothing is."""

    def read(path: Path) -> bytes:
        if path.name not in files:
            raise UnreadableError("missing")
        return files[path.name]

    try:
        load_grammar_from(data, Path(name), read)
    except SchemaError as error:
        return error.message
    return ""


@in_suite
def test_the_suite_is_whole() -> None:
    assert len(SUITE_CASES) >= 87
    assert sum(not case.correct for case in SUITE_CASES) == 31


@in_suite
@each_case
def test_each_case_of_the_suite_is_judged_rightly(case: SuiteCase) -> None:
    refusal = load(case.compact, "schema.rnc", case.files)
    if not case.correct:
        assert refusal
        return
    # “Correct” is the syntax alone: several cases are fragments, which the XML syntax would be refused for as well.
    parse(case.compact)
    files = case.files | {"x.rng": case.files.get("x.rng", b"<grammar xmlns='http://relaxng.org/ns/structure/1.0'/>")}
    if case.xml and "href" not in case.xml.decode():
        assert refusal == load(case.xml, "schema.rng", files)


@in_suite
def test_only_what_is_wrong_in_either_syntax_is_left_to_others() -> None:
    well_formed = [case for case in SUITE_CASES if not case.correct and problem(case.compact) is None]
    assert len(well_formed) == 8
    for case in well_formed:
        assert any(wrong in case.compact.decode() for wrong in WRONG_IN_EITHER)


Tree = tuple[str, tuple[tuple[str, str], ...], str, str, tuple["Tree", ...]]


def normal(node: Node, namespace: str = "", library: str = "") -> list[Tree]:
    """A node of either syntax in one form: names as elements with a namespace, nothing inherited, nothing implied."""
    attributes = dict(node.attributes)
    namespace = attributes.pop("ns", namespace)
    library = attributes.pop("datatypeLibrary", library)
    text = node.text
    children: list[Tree] = []
    if node.name in ("element", "attribute") and "name" in attributes:
        name = attributes.pop("name")
        unprefixed = node.attributes.get("ns", "") if node.name == "attribute" else namespace
        children.append(name_tree(node, name, unprefixed))
    for child in node.children:
        children += normal(child, namespace, library)
    match node.name:
        case "name":
            return [name_tree(node, text, namespace)]
        case "nsName" | "externalRef" | "include":
            attributes["ns"] = namespace
        case "data" | "value":
            attributes.setdefault("type", "token")
            attributes["library"] = library if "type" in node.attributes else ""
    if "href" in attributes:
        attributes["href"] = attributes["href"].removesuffix(".rng").removesuffix(".rnc")
    if node.name in ("choice", "group", "interleave") and len(children) == 1 and not node.documentation:
        return children
    named = 1 if node.name in ("element", "attribute") else 0
    if node.name == "attribute" and len(children) == 1:
        children.append(("text", (), "", "", ()))
    joined = {"except": "choice"}.get(node.name, "group")
    if node.name not in ("grammar", "div", "include", "choice", "group", "interleave", "data") and (
        len(children) - named > 1
    ):
        children[named:] = [(joined, (), "", "", tuple(children[named:]))]
    return [(node.name, tuple(sorted(attributes.items())), text, node.documentation, tuple(children))]


def name_tree(node: Node, name: str, unprefixed: str) -> Tree:
    prefix, _, local = name.strip().rpartition(":")
    namespace = {"xml": "http://www.w3.org/XML/1998/namespace", **node.namespaces}[prefix] if prefix else unprefixed
    return ("name", (("ns", namespace),), local, "", ())


@in_suite
@pytest.mark.parametrize(
    "case", [case for case in SUITE_CASES if case.xml], ids=[f"line-{case.line}" for case in SUITE_CASES if case.xml]
)
def test_the_tree_is_that_of_the_xml_syntax(case: SuiteCase) -> None:
    assert normal(parse(case.compact)) == normal(read_xml(Source.of(Path("schema.rng"), case.xml)))


# Broken and hostile schemas


def fragments() -> list[bytes]:
    return [path.read_bytes() for path in CASES] + [case.compact for case in SUITE_CASES if len(case.compact) < 1000]


def survives(data: bytes) -> None:
    """A schema gives a tree or a SchemaError with a place inside of it, and nothing else."""
    place = problem(data)
    if place is not None:
        assert 1 <= (place.line or 0) <= len(re.split(rb"\r\n|\n|\r", data))


def test_a_schema_that_ends_anywhere_is_an_error_or_a_schema() -> None:
    for data in fragments():
        for end in range(len(data)):
            survives(data[:end])


def test_a_schema_with_one_character_changed_is_an_error_or_a_schema() -> None:
    signs = [*"{}()[]|&,*+?-~=#\"'\\:<>\n\r xé“\0", "##", '"""', "\\x{", "element ", ">>", "|=", "grammar {"]
    chance = random.Random(20021121)
    for data in fragments():
        for _ in range(40):
            at, sign = chance.randrange(len(data) + 1), chance.choice(signs).encode()
            survives(data[:at] + sign + data[at + chance.randrange(2) :])


@pytest.mark.parametrize(
    "opening", ["(", "element a {", "grammar { start = ", "div {", "x [", "[ x [", "element (", "a - (", "list {"]
)
def test_brackets_without_end_meet_a_limit(opening: str) -> None:
    with pytest.raises(SchemaError, match=r"more than 100 deep|stands where"):
        parse(opening.encode() + b"x [" * 100_000 if opening.endswith("[") else (opening * 100_000).encode())


@pytest.mark.parametrize(
    ("before", "inside", "after"), [("", "a", ""), ("start = ", "a", ""), ("element ", "a", "{a}")]
)
def test_a_hundred_brackets_are_no_problem(before: str, inside: str, after: str) -> None:
    parse((before + "(" * 100 + inside + ")" * 100 + after).encode())


def test_a_hundred_grammars_are_no_problem() -> None:
    parse(("grammar { start = " * 100 + "empty" + "}" * 100).encode())


@pytest.mark.parametrize(
    "text",
    [
        "a|" * 50_000 + "a",
        "start = a" + " >> x []" * 50_000,
        '"a"' + '~"a"' * 50_000,
        "# c\n" * 50_000 + "a",
        "## d\n\n" * 50_000 + "a",
        "\\x{61}" * 50_000,
        "start |= a\n" * 50_000,
        "é" * 100_000,
        '"""' + '"" ' * 50_000,
    ],
    ids=["choice", "annotations", "string", "comments", "documentation", "escapes", "grammar", "name", "quotes"],
)
def test_what_is_long_takes_no_more_than_its_length(text: str) -> None:
    survives(text.encode())
