"""The page that documents a schema: all that the ODD says is on it, every link arrives, and nothing in it is active."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import html5lib
import lxml.html
import pytest
from lxml import etree

from teipipe.odd import compile_odd, schema
from teipipe.odd.documentation import facts
from teipipe.odd.documentation.names import Names
from teipipe.odd.documentation.patterns import Patterns
from teipipe.odd.schema import CHARS, NOTHING, Data, Named, Value

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schema/teipipe.odd"
CASES = sorted((ROOT / "tests/cases/odd").glob("*/input.odd"))
TEI = "{http://www.tei-c.org/ns/1.0}"
TEIX = "{http://www.tei-c.org/ns/Examples}"


class Page:
    """A page as browsers read it; a large one as lxml does, which is faster."""

    def __init__(self, page: str) -> None:
        self.root: Any = (
            lxml.html.fromstring(page)
            if len(page) > 100_000
            else html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False).getroot()
        )
        self.anchors = [element.get("id") for element in self.root.iter("*") if element.get("id")]
        self._by_id = {element.get("id"): element for element in self.root.iter("*") if element.get("id")}

    def __getitem__(self, identifier: str) -> Any:
        return self._by_id[identifier]

    @property
    def links(self) -> list[str]:
        return [str(link) for link in self.root.xpath("//@href")]


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def runs(element: Any) -> str:
    """Its words with a space between all that is marked up."""
    return " ".join(" ".join(element.itertext()).split())


def fact(entry: Any, label: str) -> Any:
    """What an entry says under a label."""
    rows = [row for row in entry.iterfind("dl/div") if text(row[0]) == label]
    assert len(rows) == 1, label
    return rows[0][1]


@pytest.fixture(scope="module")
def ours() -> Page:
    return Page(compile_odd(SCHEMA).html)


@pytest.fixture(scope="module")
def source() -> Any:
    return etree.parse(SCHEMA, etree.XMLParser(collect_ids=False)).getroot()


def page_of(specs: str, *, content: str = "<textNode/>", prose: str = "", language: str = "en", top: str = "") -> str:
    """The page about a small ODD, in which TEI has this content."""
    odd = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
    <text><body>{prose}<schemaSpec ident="s" start="TEI" docLang="{language}">{top}{specs}
    <elementSpec ident="TEI"><content>{content}</content></elementSpec></schemaSpec></body></text></TEI>"""
    compiled = compile_odd(odd.encode())
    assert compiled.ok, [str(each.message) for each in compiled.diagnostics]
    return compiled.html


@pytest.mark.parametrize("path", [SCHEMA, *CASES], ids=lambda path: path.parent.name)
def test_every_link_arrives_and_no_anchor_is_there_twice(path: Path) -> None:
    compiled = compile_odd(path)
    assert bool(compiled.html) == compiled.ok
    if compiled.ok:
        page = Page(compiled.html)
        assert len(page.anchors) == len(set(page.anchors))
        assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.anchors}


def test_all_that_the_odd_specifies_is_described(ours: Page, source: Any) -> None:
    kinds = {"elementSpec": "element", "classSpec": "class", "macroSpec": "macro", "dataSpec": "datatype"}
    for name, kind in kinds.items():
        for spec in source.iter(TEI + name):
            entry = ours[f"{kind}-{spec.get('ident')}"]
            assert text(entry.find("h3")).startswith(str(spec.get("ident")))
            assert text(entry.find("p")) == text(spec.find(TEI + "desc"))


def test_all_attributes_are_described_with_their_values(ours: Page, source: Any) -> None:
    for spec in source.iter(TEI + "elementSpec", TEI + "classSpec"):
        for attribute in spec.iter(TEI + "attDef"):
            kind = "element" if spec.tag == TEI + "elementSpec" else "class"
            if attribute.get("mode") == "delete":
                continue
            found = ours[f"attribute-{spec.get('ident')}.{attribute.get('ident')}"]
            assert found.getparent().getparent().getparent().getparent().get("id") == f"{kind}-{spec.get('ident')}"
            usage = {"req": "required", "rec": "recommended"}.get(attribute.get("usage"), "optional")
            assert text(found[0]).startswith(f"@{attribute.get('ident')} {usage}")
            said = attribute.find(TEI + "desc")
            assert said is None or text(said) in text(found)
            for value in attribute.iter(TEI + "valItem"):
                row = next(row for row in found.iterfind("dl/div") if text(row[0]) == value.get("ident"))
                assert text(row[1]) == text(value.find(TEI + "desc"))


def test_examples_stand_there_as_they_are_written(ours: Page, source: Any) -> None:
    seen = 0
    for spec in source.iter(TEI + "elementSpec"):
        written = list(spec.iter(TEIX + "egXML"))
        entry = ours[f"element-{spec.get('ident')}"]
        shown = [pre for pre in entry.iter("pre") if pre.get("class") == "example"]
        assert len(shown) == len(written)
        for example, pre in zip(written, shown, strict=True):
            again = etree.fromstring(f'<egXML xmlns="{TEIX[1:-1]}">{"".join(pre.itertext())}</egXML>')
            assert canonical(again) == canonical(example)
            seen += 1
    assert seen > 100


def canonical(element: Any) -> list[Any]:
    """All elements in order, with their attributes and the words up to the next tag."""
    walked = etree.iterwalk(element, events=("start", "end"))
    return [
        (f"{event} {node.tag}", dict(node.attrib), " ".join((part or "").split()))
        for event, node in walked
        for part in [node.text if event == "start" else node.tail if node is not element else ""]
    ]


def linked(names: Any) -> set[str]:
    return {link.removeprefix("#element-") for link in names.xpath(".//a/@href")}


def test_what_may_stand_where_is_told_from_both_sides(ours: Page) -> None:
    resolved = compile_odd(SCHEMA).schema
    assert resolved is not None
    above: dict[str, set[str]] = {}
    for key, element in resolved.elements.items():
        inner = {part.key for part in schema.walk(element.content) if isinstance(part, schema.Child)}
        assert linked(fact(ours[f"element-{key}"], "May contain")) == inner
        for name in inner:
            above.setdefault(name, set()).add(key)
    for name, outer in above.items():
        assert linked(fact(ours[f"element-{name}"], "Contained by")) == outer
    assert "where a document begins" in text(fact(ours["element-TEI"], "Contained by"))


def test_the_prose_of_the_odd_opens_the_page(ours: Page, source: Any) -> None:
    about = ours["about"]
    heads = [text(head) for head in source.iter(TEI + "head") if head.getparent().tag in (TEI + "div", TEI + "body")]
    assert [text(each) for each in about.iter("h2", "h3", "h4")] == heads
    paragraphs = {text(each) for each in about.iter("p")}
    for paragraph in source.iter(TEI + "p"):
        if next(paragraph.iterancestors(TEI + "teiHeader", TEIX + "egXML"), None) is None:
            assert re.sub(r"[@<>]", "", text(paragraph)) in {re.sub(r"[@<>]", "", each) for each in paragraphs}


def test_the_index_has_every_name(ours: Page, source: Any) -> None:
    named = {text(item).split()[0] for item in ours["index"].iter("li")}
    specified = source.iter(*(TEI + name for name in ("elementSpec", "classSpec", "macroSpec", "dataSpec")))
    assert {each.get("ident") for each in specified} <= named
    assert {f"@{each.get('ident')}" for each in source.iter(TEI + "attDef") if each.get("mode") != "delete"} <= named


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        (CHARS, "text"),
        (NOTHING, "empty"),
        (Value("a"), '"a"'),
        (Value('a"'), "'a\"'"),
        (Data("token", (("pattern", r"\S+"),)), r'xsd:token { pattern = "\S+" }'),
        (Named("m", CHARS), "m"),
        (schema.Tokens(schema.repeat(Named("d", CHARS), 1, None)), "list { d+ }"),
        (schema.repeat(Value("a"), 2, 2), '"a"{2}'),
        (schema.repeat(Value("a"), 2, 4), '"a"{2,4}'),
        (schema.repeat(Value("a"), 2, None), '"a"{2,}'),
        (schema.group([Named("a", CHARS), schema.choice([Named("b", CHARS), Named("c", CHARS)])]), "a, (b | c)"),
        (schema.repeat(schema.choice([CHARS, Named("b", CHARS)]), 0, None), "(text | b)*"),
        (schema.Interleave((Named("a", CHARS), schema.group([Named("b", CHARS), CHARS]))), "a & (b, text)"),
        (schema.Wildcard((("http://x", None), ("http://y", "z")), ()), "any element except all of http://x, z"),
    ],
)
def test_content_in_the_compact_syntax(pattern: schema.Pattern, shown: str) -> None:
    written = Patterns(Names(), {}).block(pattern)
    assert "".join(etree.fromstring(written).itertext()) == shown


def test_long_content_is_broken_at_its_signs() -> None:
    names = [Named(f"model.rather.long.name.{number}", CHARS) for number in range(4)]
    pattern = schema.group([schema.repeat(schema.choice(names), 0, None), names[0]])
    lines = "".join(etree.fromstring(Patterns(Names(), {}).block(pattern)).itertext()).split("\n")
    assert lines == [
        "(",
        "  model.rather.long.name.0 | model.rather.long.name.1 |",
        "  model.rather.long.name.2 | model.rather.long.name.3",
        ")*,",
        "model.rather.long.name.0",
    ]


PARAGRAPH = """<elementSpec ident="p"><gloss xml:lang="de">Absatz</gloss><gloss>paragraph</gloss>
<desc xml:lang="en">A paragraph.</desc><desc xml:lang="de">Ein Absatz in <gi>TEI</gi>.</desc>
<content><textNode/></content></elementSpec>"""


@pytest.mark.parametrize(
    ("language", "shown", "gloss"),
    [
        ("de", "Ein Absatz in TEI.", "p Absatz"),
        ("fr", "A paragraph.", "p paragraph"),
        ("en", "A paragraph.", "p paragraph"),
    ],
)
def test_descriptions_are_in_the_language_of_the_schema(language: str, shown: str, gloss: str) -> None:
    page = Page(page_of(PARAGRAPH, content='<elementRef key="p"/>', language=language))
    entry = page["element-p"]
    said = entry.find("p")
    assert text(said) == shown
    assert said.xpath("span/@lang") == (["de"] if language == "de" else [])
    assert text(entry.find("h3")) == gloss


def test_rules_are_shown_in_words_and_as_they_are_written() -> None:
    rule = """<constraintSpec ident="{ident}" scheme="schematron"><desc>Say it.</desc><constraint>
    <sch:rule context="tei:TEI"><sch:assert test="@n &lt; 3 and @m">No <sch:name/> without it.</sch:assert></sch:rule>
    </constraint></constraintSpec>"""
    spec = f"""<elementSpec ident="p">{rule.format(ident="of-p")}<content><textNode/></content>
    <attList><attDef ident="n">{rule.format(ident="of-n")}<datatype><dataRef name="token"/></datatype></attDef>
    </attList></elementSpec>"""
    page = Page(page_of(spec, content='<elementRef key="p"/>', top=rule.format(ident="of-all")))
    places = {"of-all": page["rules"], "of-n": page["attribute-p.n"]}
    places["of-p"] = fact(page["element-p"], "Rules")
    for ident, place in places.items():
        assert f"{ident} Say it. No [name()] without it." in runs(place)
        assert '<sch:assert test="@n &lt; 3 and @m">No <sch:name/> without it.</sch:assert>' in text(place)


def test_values_that_may_be_others_too_are_told_from_those_that_may_not() -> None:
    def attribute(
        name: str, kind: str, datatype: str = '<datatype maxOccurs="2"><dataRef name="token"/></datatype>'
    ) -> str:
        values = '<valItem ident="a"><gloss>first</gloss><desc>The first.</desc></valItem><valItem ident="b"/>'
        return f'<attDef ident="{name}" usage="req">{datatype}<valList type="{kind}">{values}</valList></attDef>'

    attributes = attribute("x", "closed") + attribute("y", "semi", "") + attribute("z", "open")
    spec = f'<elementSpec ident="p"><content><empty/></content><attList>{attributes}</attList></elementSpec>'
    page = Page(page_of(spec, content='<elementRef key="p"/>'))
    shown = {name: runs(page[f"attribute-p.{name}"]) for name in "xyz"}
    assert shown["x"] == "@x required one or more of the values One of: a first: The first. b"
    assert shown["y"] == "@y required xsd:Name One of these, or another value of this kind: a first: The first. b"
    assert shown["z"].startswith("@z required list { xsd:token{1,2} } For example, or any other value of this kind:")


def test_remarks_lists_and_tables_are_prose() -> None:
    remarks = """<remarks><p>Before <list type="ordered"><item>one <gi>TEI</gi></item><item><p>two</p></item></list>
    after, <hi>all</hi> of it; <ref target="https://example.org/x">there</ref>.</p>
    <list type="gloss"><label>a</label><item>b</item></list>
    <table><head>T</head><row role="label"><cell>h</cell></row><row><cell>c</cell></row></table></remarks>"""
    page = Page(
        page_of(
            f'<elementSpec ident="p"><content><empty/></content>{remarks}</elementSpec>',
            content='<elementRef key="p"/>',
        )
    )
    shown = fact(page["element-p"], "Remarks")
    assert [each.tag for each in shown] == ["p", "ol", "p", "dl", "div"]
    assert [runs(each) for each in shown] == ["Before", "one TEI two", "after, all of it; there .", "a b", "T h c"]
    assert shown.xpath(".//a/@href") == ["#element-TEI", "https://example.org/x"]


#: What someone might put into an ODD to have the page do something.
EVIL = """</style><script>alert(1)</script><img src=x onerror=alert(1)> "x' & ]]>"""
TARGETS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java&#10;script:alert(1)",
    "data:text/html,x", "vbscript:x", "x:y",  "//evil.example/",
    "\\\\evil.example/", "/\\evil.example", "file:///etc/passwd",
)  # fmt: skip


def test_a_hostile_odd_makes_a_harmless_page(ours: Page) -> None:
    evil = escape(EVIL, {'"': "&quot;"})
    links = "".join(f'<ref target="{target}">a</ref><ptr target="{target}"/>' for target in TARGETS)
    foreign = f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">{evil}</h:script>'
    markup = f"{evil}<script>x</script><hi>{evil}</hi><gi>{evil}</gi>{foreign}{links}"
    values = f'<valList><valItem ident="{evil}"><desc>{markup}</desc></valItem></valList>'
    spec = f"""<elementSpec ident="p" module="{evil}"><gloss>{markup}</gloss><desc>{markup}</desc>
    <content><textNode/></content><constraintSpec ident="{evil}"><desc>{markup}</desc>
    <constraint><sch:assert test="{evil}">{evil}</sch:assert></constraint></constraintSpec>
    <attList><attDef ident="{evil}"><desc>{markup}</desc><defaultVal>{evil}</defaultVal>
    <datatype><dataRef name="token" restriction="{evil}"/></datatype>{values}</attDef></attList>
    <exemplum><egXML xmlns="{TEIX[1:-1]}">{evil}<script n="{evil}">x</script><!-- {evil} --><?pi {evil}?></egXML>
    </exemplum><remarks>{markup}</remarks></elementSpec>"""
    text_of_it = page_of(
        spec, content='<elementRef key="p"/>', prose=f'<head>{markup}</head><div xml:id="a"><p>{markup}</p></div>'
    )
    page = Page(text_of_it)
    known = {each.tag for each in ours.root.iter("*")} | {"em", "i"}
    assert {each.tag for each in page.root.iter("*")} <= known
    assert not page.root.xpath("//script | //img | //@*[starts-with(name(), 'on')] | //@style | //@src")
    assert all(link.startswith("#") for link in page.links)
    assert len(page.root.xpath("//style")) == 1
    assert EVIL.split()[0] in text(page["element-p"])
    assert len(page.anchors) == len(set(page.anchors))
    assert not any(re.search(r"\s", str(each)) for each in page.anchors)


def nested(tag: str, times: int) -> str:
    return f"<{tag}>" * times + "deep" + f"</{tag}>" * times


@pytest.mark.parametrize("tag", ["div", "p", "quote", "hi", "note", "item", "list"])
def test_prose_nested_beyond_reason_keeps_its_words(tag: str) -> None:
    assert "deep" in text(Page(page_of("", prose=f"<div>{nested(tag, 240)}</div>"))["about"])


def test_too_many_relations_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MAX_PAIRS", 10)
    page = Page(compile_odd(SCHEMA).html)
    assert not [
        each for each in page.root.iter("dt") if text(each) == "May contain" and each.getnext().find(".//a") is not None
    ]
    assert text(fact(page["class-model.pLike"], "Elements")) == "too many to list"
