"""The stylesheets keep the house's rules, and show every element that the schema has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree
from tests.editions.rendering import ROOT, TEI, XSL, parsed, text, whole
from tests.editions.rendering import read as read_source

from teipipe.views import VIEWS, View, load_views

STYLESHEETS: Final = sorted((ROOT / "xslt").rglob("*.xsl"))
NAME: Final = re.compile(r"(tp:)?[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")

TEMPLATE_LIMIT: Final = 25
FILE_LIMIT: Final = 250


def stylesheets() -> list[Any]:
    assert STYLESHEETS
    return [pytest.param(path, id=str(path.relative_to(ROOT / "xslt"))) for path in STYLESHEETS]


@pytest.fixture(params=stylesheets())
def stylesheet(request: pytest.FixtureRequest) -> tuple[Path, etree._Element]:
    path: Path = request.param
    return path, etree.parse(path).getroot()


Stylesheet = tuple[Path, etree._Element]


def where(elements: list[etree._Element]) -> list[str]:
    return [f"line {part.sourceline}: {part.get('name') or part.get('match') or str(part.tag)}" for part in elements]


def test_files_are_short(stylesheet: Stylesheet) -> None:
    path, _ = stylesheet
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LIMIT


def test_files_begin_by_saying_what_they_do(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    first = next(iter(root), None)
    assert first is not None
    assert isinstance(first, etree._Comment), "the first thing in a stylesheet is a comment: what it renders or decides"


def test_templates_are_short(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    parts = [*root.iter(f"{XSL}template", f"{XSL}function")]
    assert not where([part for part in parts if sum(1 for _ in part.iter(f"{XSL}*")) - 1 > TEMPLATE_LIMIT])


def test_everything_is_typed(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    typed = [*root.iter(f"{XSL}param", f"{XSL}function", f"{XSL}variable", f"{XSL}accumulator")]
    assert not where([part for part in typed if part.get("as") is None])


def test_names(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    kinds = ("param", "variable", "function", "template", "mode", "key", "accumulator")
    named = root.iter(*(f"{XSL}{kind}" for kind in kinds))
    assert not where([part for part in named if not NAME.match(part.get("name") or "tp:none")])
    globals_ = [part for part in root if isinstance(part.tag, str) and part.get("name") and root.tag != part.tag]
    assert not where([part for part in globals_ if not (part.get("name") or "").startswith("tp:")])


def test_patterns_have_no_prefix_for_tei(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    assert not where([part for part in root.iter(f"{XSL}*") if "tei:" in (part.get("match") or "")])


def test_nothing_but_reports_sends_messages(stylesheet: Stylesheet) -> None:
    path, root = stylesheet
    assert path.name == "report.xsl" or not where([*root.iter(f"{XSL}message")])


def test_nothing_unsafe_or_old(stylesheet: Stylesheet) -> None:
    _, root = stylesheet
    assert not where([part for part in root.iter(f"{XSL}*") if part.get("disable-output-escaping")])
    assert not where([*root.iter(f"{XSL}evaluate")])
    assert not where([part for part in root.iter(f"{XSL}result-document") if part.get("href")])
    expressions = [str(value) for part in root.iter("*") for value in part.attrib.values()]
    reading = re.compile(r"(?<![\w:$-])(doc|document|unparsed-text|collection|json-doc|environment-variable)\s*\(")
    assert not [expression for expression in expressions if reading.search(expression)]


def test_parameters_say_what_they_are(stylesheet: Stylesheet) -> None:
    path, root = stylesheet
    if root.tag == f"{XSL}package" or path.name == "all.xsl":
        silent = [part for part in root.findall(f"{XSL}param") if _before(part) is None]
        assert not where(silent)


def _before(element: etree._Element) -> etree._Element | None:
    previous = element.getprevious()
    while previous is not None and previous.tag == f"{XSL}param":
        previous = previous.getprevious()
    return previous if previous is not None and isinstance(previous, etree._Comment) else None


def test_the_table_of_views_knows_only_its_own_words() -> None:
    actions = {"show", "omit", "descend", "source-signs", "signs", "note", "place", "space"}
    known = {"element", "display", "parent", "type", "break", "place", "beside", "absent", *VIEWS}
    table = etree.parse(ROOT / "xslt" / "views.xml").getroot()
    rules = table.findall("{urn:teipipe:ns}rule")
    assert rules
    for rule in rules:
        assert rule.get("display") in ("block", "inline", "auto", "none")
        assert {rule.get(view) for view in VIEWS} <= actions
        assert set(rule.attrib) <= known
        assert (rule.text or "").strip()


@pytest.mark.parametrize("path", sorted((ROOT / "xslt" / "labels").glob("*.xml")), ids=lambda path: path.stem)
def test_labels_are_there_and_needed(path: Path) -> None:
    """Every key that a stylesheet names has words, and there are no words that no stylesheet asks for."""
    keys = [str(label.get("key")) for label in etree.parse(path).getroot() if isinstance(label.tag, str)]
    assert len(keys) == len(set(keys))
    code = "".join(stylesheet.read_text(encoding="utf-8") for stylesheet in STYLESHEETS)
    whole_keys = set(re.findall(r"tp:label\('([^']+)'[,)]", code))
    assert not whole_keys - set(keys)
    quoted = set(re.findall(r"'([a-z][a-zA-Z0-9.-]*)'", code))
    starts = tuple(word for word in quoted if word.endswith((".", "-")))
    unasked = [key for key in keys if key not in quoted and not key.startswith((*starts, "site."))]
    assert not unasked


@pytest.mark.parametrize("path", sorted((ROOT / "xslt" / "labels").glob("*.xml")), ids=lambda path: path.stem)
def test_every_language_says_the_same(path: Path) -> None:
    """No key is missing or empty, and the same values are put in; so that a translation can't fall behind."""

    def slots(file: Path) -> dict[str, set[str]]:
        labels = [label for label in etree.parse(file).getroot() if isinstance(label.tag, str)]
        return {str(label.get("key")): set(re.findall(r"\{[\w-]+\}", label.text or "")) for label in labels}

    assert slots(path) == slots(path.with_name("en.xml"))
    assert etree.parse(path).getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == path.stem


def elements_of_the_schema() -> list[str]:
    root = etree.parse(ROOT / "schema" / "teipipe.odd").getroot()
    return [str(found.get("ident")) for found in root.iter(f"{TEI}elementSpec")]


def test_every_element_of_the_schema_has_a_rule() -> None:
    known = {rule.element for rule in load_views().rules}
    assert not set(elements_of_the_schema()) - known


@pytest.mark.parametrize("place", ["<p>before {} after</p>", "<div>{}</div>"], ids=["in words", "among blocks"])
def test_every_rule_is_kept(place: str, tmp_path: Path) -> None:
    """Each element of the table has a word of its own: shown where its rule says so, left out where it says so.

    Not a page break: it can have none.
    """
    rules = [rule for rule in load_views().rules if rule.element not in ("TEI", "teiHeader", "text", "standOff", "pb")]
    rules = [rule for rule in rules if not (rule.parent or rule.type or rule.place or rule.beside or rule.absent)]
    rules = [rule for rule in rules if not rule.break_]
    words = {f"word{number}": rule for number, rule in enumerate(rules)}
    body = "".join(place.format(f"<{rule.element}>{word}</{rule.element}>") for word, rule in words.items())
    path = tmp_path / "letter.xml"
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>', encoding="utf-8"
    )
    source = read_source(path, "letter.xml")
    shown = ("show", "descend", "signs", "source-signs", "note")
    views: tuple[View, ...] = ("source", "diplomatic", "reading")
    for view in views:
        found = re.findall(r"word\d+", text(source, view))
        assert sorted(found) == sorted(word for word, rule in words.items() if rule.actions[view] in shown)
    files, _, messages = whole(source)
    assert not messages
    assert parsed(files["index.html"]) is not None
