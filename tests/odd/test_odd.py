"""Each case is a folder: an ODD, what it compiles to, what is found in it, and instances named for their verdict.

`valid-…` and `invalid-…` are judged the same by RELAX NG and XSD; `wider-…` is what only the XSD allows, and is one of
the differences that the compiler has reported.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import xmlschema
from lxml import etree
from tests.conftest import Golden

from teipipe.diagnostics import Diagnostic
from teipipe.odd import compile_odd

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases/odd"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
INSTANCES = sorted(CASES.glob("*/*valid-*.xml")) + sorted(CASES.glob("*/wider-*.xml"))
SCHEMA = ROOT / "schema/teipipe.odd"


def shown(diagnostic: Diagnostic) -> str:
    place = diagnostic.location
    hint = f" — {diagnostic.help}" if diagnostic.help else ""
    return f"{place.line}:{place.column} {diagnostic.severity}[{diagnostic.rule}] {diagnostic.message}{hint}\n"


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_compiles_as_expected(folder: Path, golden: Golden) -> None:
    compiled = compile_odd(folder / "input.odd")
    golden(folder / "expected.txt", "".join(map(shown, compiled.diagnostics)))
    assert compiled.ok == bool(compiled.rng) == bool(compiled.xsd)
    if compiled.ok:
        golden(folder / "expected.rng", compiled.rng)
        main, *others = compiled.xsd.items()
        golden(folder / "expected.xsd", main[1])
        for name, text in others:
            golden(folder / f"expected.{name}", text)
    else:
        assert not list(folder.glob("expected.[rx]*"))


@pytest.mark.parametrize("instance", INSTANCES, ids=by_name)
def test_verdicts(instance: Path, tmp_path: Path) -> None:
    compiled = compile_odd(instance.parent / "input.odd")
    tree = etree.parse(instance, etree.XMLParser(collect_ids=False))
    relaxng = etree.RelaxNG(etree.fromstring(compiled.rng.encode()))
    for name, text in compiled.xsd.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    main = tmp_path / next(iter(compiled.xsd))
    by_xmlschema = xmlschema.XMLSchema10(str(main)).is_valid(str(instance))
    etree.XMLSchema(etree.parse(main))  # libxml2 can compile it too
    kind = instance.name.partition("-")[0]
    assert relaxng.validate(tree) == (kind == "valid"), relaxng.error_log
    assert by_xmlschema == (kind != "invalid")
    if kind == "wider":
        assert any(diagnostic.rule == "xsd-wider" for diagnostic in compiled.diagnostics)


def test_every_case_that_compiles_has_verdicts() -> None:
    compiling = {path.parent.name for path in CASES.glob("*/expected.rng")}
    judged = {path.parent.name for path in INSTANCES}
    assert compiling == judged


def test_checked_in_schema_is_what_the_odd_compiles_to() -> None:
    compiled = compile_odd(SCHEMA)
    assert compiled.diagnostics == ()
    written = {
        path.name: path.read_text(encoding="utf-8")
        for path in SCHEMA.parent.iterdir()
        if path.suffix in (".rng", ".xsd", ".html")
    }
    made = {"teipipe.rng": compiled.rng, "teipipe.html": compiled.html, **compiled.xsd}
    assert written == made, "run `teipipe schema build`"


def test_our_schema_compiles_and_loads_quickly() -> None:
    began = time.process_time()
    compiled = compile_odd(SCHEMA)
    compile_time = time.process_time() - began
    began = time.process_time()
    etree.RelaxNG(etree.fromstring(compiled.rng.encode()))
    load_time = time.process_time() - began
    assert compile_time < 0.6, "0.25 s of CPU when last measured"
    assert load_time < 0.3, "0.02 s of CPU when last measured"


def test_an_element_with_all_its_attributes_is_judged_quickly() -> None:
    """In libxml2 each optional attribute of a sequence doubles the work; the schema is laid out so that it doesn't."""
    compiled = compile_odd(SCHEMA)
    relaxng = etree.RelaxNG(etree.fromstring(compiled.rng.encode()))
    attributes = " ".join(
        f'{name}="{value}"'
        for name, value in {
            "n": "1", "rend": "r", "rendition": "#r", "corresp": "#c", "next": "#n", "prev": "#p", "cert": "high",
            "resp": "#r", "source": "#s", "type": "t", "subtype": "s", "key": "k", "ref": "#r", "when": "1956",
            "notBefore": "1955", "notAfter": "1957", "from": "1955", "to": "1957", "evidence": "e", "role": "r",
        }.items()
    )  # fmt: skip
    document = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text {attributes}><body/></text></TEI>'
    began = time.process_time()
    relaxng.validate(etree.fromstring(document))
    assert time.process_time() - began < 0.2


def test_bytes_and_path_compile_alike() -> None:
    path = CASES / "attributes/input.odd"
    from_bytes = compile_odd(path.read_bytes(), name=path)
    assert from_bytes == compile_odd(path)


def test_two_compilations_give_the_same() -> None:
    one, other = compile_odd(SCHEMA), compile_odd(SCHEMA)
    assert (one.rng, one.xsd, one.html) == (other.rng, other.xsd, other.html)


def bomb(specs: str, content: str) -> bytes:
    top = f'<elementSpec ident="TEI"><content>{content}</content></elementSpec>'
    return f'<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" start="TEI">{specs}{top}</schemaSpec>'.encode()


def macro(name: str, content: str) -> str:
    return f'<macroSpec ident="{name}"><content>{content}</content></macroSpec>'


DOUBLING = macro("m0", '<elementRef key="TEI"/>') + "".join(
    macro(f"m{n}", f'<sequence><macroRef key="m{n - 1}"/><macroRef key="m{n - 1}"/></sequence>') for n in range(1, 60)
)
CHAIN = macro("m0", "<empty/>") + "".join(macro(f"m{n}", f'<macroRef key="m{n - 1}"/>') for n in range(1, 3000))
CLASSES = '<classSpec ident="c0" type="model"/>' + "".join(
    f'<classSpec ident="c{n}" type="model"><classes><memberOf key="c{n - 1}"/></classes></classSpec>'
    for n in range(1, 5000)
)
LOOKAHEAD = """
<alternate minOccurs="0" maxOccurs="unbounded"><elementRef key="TEI"/><textNode/></alternate><textNode/>
<sequence minOccurs="30" maxOccurs="30"><elementRef key="TEI"/></sequence>
"""
COUNTED = '<sequence maxOccurs="300">' * 5 + '<elementRef key="TEI"/>' + "</sequence>" * 5
DEEP = (
    '<sequence minOccurs="0"><alternate maxOccurs="2">' * 110
    + '<elementRef key="TEI"/>'
    + "</alternate><textNode/></sequence>" * 110
)


@pytest.mark.parametrize(
    ("odd", "rule"),
    [
        (bomb(DOUBLING, '<macroRef key="m59"/>'), "limit-exceeded"),
        (bomb(CHAIN, '<macroRef key="m2999"/>'), "limit-exceeded"),
        (bomb(CLASSES, '<classRef key="c0"/>'), "limit-exceeded"),
        (bomb("", COUNTED), "limit-exceeded"),
        (bomb("", DEEP), "limit-exceeded"),
        (bomb("", LOOKAHEAD), "xsd-wider"),
        (b"", "not-well-formed"),
        (b"\xff\xfe\x00", "wrong-encoding"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><a>&x;</a>', "external-entity"),
    ],
    ids=["doubling", "chain", "classes", "counted", "deep", "lookahead", "empty", "encoding", "entity"],
)
def test_hostile_odd_is_a_finding_soon(odd: bytes, rule: str) -> None:
    began = time.process_time()
    compiled = compile_odd(odd)
    assert rule in {diagnostic.rule for diagnostic in compiled.diagnostics}
    assert time.process_time() - began < 5
