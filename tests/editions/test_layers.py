"""The layers of a page: what is shown when one is switched, by the rule that the style sheet keeps."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree
from tests.editions.rendering import CASES, ROOT, parsed, read, whole

from teipipe.editions import Source

LAYERS: Final = ("corrections", "supplied", "insertions", "names", "dates", "notes")


def documents() -> list[Any]:
    ours = [ROOT / "tei" / f"{stem}.xml" for stem in ("conversation-1956-09-16", "essay-new-tranche")]
    cases = sorted(path.parent / "input.xml" for path in (CASES / "render").glob("*/input.xml"))
    return [pytest.param(path, id=path.parent.name if path.name == "input.xml" else path.stem) for path in ours + cases]


@cache
def pages(path: Path) -> dict[str, etree._Element]:
    """The pages of a document, rendered once for all tests, which only read them."""
    beside = ROOT / "tei" if path.is_relative_to(ROOT / "tei") else CASES / "render"
    source = read(path, "letter.xml" if path.name == "input.xml" else path.name)
    register: Source = read(beside / "register.xml", "register.xml")
    files, edition, _ = whole(source, register)
    assert not edition.failures
    return {name: parsed(files[f"{folder}index.html"]) for name, folder in VIEWS.items()}


VIEWS: Final = {"reading": "", "diplomatic": "diplomatic/", "parallel": "parallel/"}


def classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def words(root: etree._Element, *switched: str) -> list[str]:
    """The words of the text, without signs and marks, when layers are switched."""
    [text] = root.xpath("//div[@id='tp-text']")
    return "".join(_shown(text, set(switched))).split()


def _shown(element: etree._Element, switched: set[str]) -> list[str]:
    own = classes(element)
    parent = element.getparent()
    around = set() if parent is None else {name.removeprefix("layer-") for name in classes(parent)}
    is_switched = bool(around & switched)
    if ("given" in own and is_switched) or ("other" in own and not is_switched):
        return []
    # An alternative is generated as a whole; what is of ours in it is marked again.
    if "sign" in own or "tei-pc" in own or ("generated" in own and "other" not in own):
        return []
    block = " " if element.tag in ("p", "div", "li", "br", "h2", "h3", "td", "section") else ""
    pieces = [block, element.text or ""]
    for child in element:
        pieces += [*_shown(child, switched), child.tail or ""]
    return [*pieces, block]


@pytest.mark.parametrize("path", documents())
def test_with_corrections_switched_each_view_reads_as_the_other(path: Path) -> None:
    found = pages(path)
    reading, diplomatic = found["reading"], found["diplomatic"]
    assert words(reading, "corrections") == words(diplomatic)
    assert words(diplomatic, "corrections") == words(reading)


def test_what_a_switch_leaves_out_leaves_a_sign() -> None:
    found = pages(ROOT / "tei" / "conversation-1956-09-16.xml")
    for page in (found["reading"], found["diplomatic"]):
        without = words(page, "supplied", "insertions")
        assert words(page)[:9] == without[:9]
        assert len(without) < len(words(page))
        for name in ("supplied", "insertions"):
            layered = page.xpath(f"//*[contains(concat(@class, ' '), 'layer-{name} ')]")
            assert layered
            for element in layered:
                [other] = [child for child in element if "other" in classes(child)]
                [trace] = other.iter("a")
                assert "left out here" in (trace.get("title") or "")


def test_layers_are_offered_where_they_occur() -> None:
    for stem, without in (("conversation-1956-09-16", set()), ("essay-new-tranche", {"insertions"})):
        for view, page in pages(ROOT / "tei" / f"{stem}.xml").items():
            buttons = {str(found.get("data-layer")): found.get("aria-pressed") for found in page.iter("button")}
            offered = {name: pressed for name, pressed in buttons.items() if name in LAYERS}
            expected = dict.fromkeys(set(LAYERS) - without, "true")
            if view == "diplomatic":
                expected["corrections"] = "false"
            assert offered == ({} if view == "parallel" else expected)


def test_what_each_switch_does_is_said_in_the_page() -> None:
    """Not only in a title, which neither touch nor keyboard reaches."""
    for view, page in pages(ROOT / "tei" / "essay-new-tranche.xml").items():
        switches = page.xpath("//div[contains(@class, 'layers')]/button")
        said = page.xpath("//div[contains(@class, 'layers')]/details/dl/div")
        assert bool(switches) == (view != "parallel")
        assert [row.findtext("dt") for row in said] == [switch.text for switch in switches]
        assert [row.findtext("dd") for row in said] == [switch.get("title") for switch in switches]


@pytest.mark.parametrize("path", documents())
def test_every_alternative_is_generated_and_has_its_other_side(path: Path) -> None:
    for name, page in pages(path).items():
        for other in page.xpath("//*[contains(concat(' ', @class, ' '), ' other ')]"):
            assert "generated" in classes(other)
            assert other.get("data-pagefind-ignore") is not None
            assert not other.xpath(".//@id"), "an anchor that is hidden leads nowhere"
            siblings = [child for child in other.getparent() if "given" in classes(child)]
            assert len(siblings) == 1
            assert name != "parallel"


@pytest.mark.parametrize("path", documents())
def test_every_card_has_its_item(path: Path) -> None:
    """A name whose entry the register has, and a date that says more than its words, lead to an item of the panel."""
    for page in pages(path).values():
        items = page.xpath("//*[@data-card-of]/@data-card-of")
        assert len(items) == len(set(items))
        assert set(page.xpath("//a/@data-card")) <= set(items)
        for link in page.xpath("//a[starts-with(@data-card, 'date-')]"):
            assert link.get("href") == f"#tp-{link.get('data-card')}"
        for link in page.xpath("//a[starts-with(@data-card, 'entry-')]"):
            assert re.search(r"register/\w+/[^/]+/index\.html\Z", link.get("href"))


def test_the_parallel_page_has_the_words_of_both_views() -> None:
    for stem in ("conversation-1956-09-16", "essay-new-tranche"):
        found = pages(ROOT / "tei" / f"{stem}.xml")
        for view in ("reading", "diplomatic"):
            cells = found["parallel"].xpath(f"//div[contains(@class, 'cell-{view}')]")
            assert "".join(piece for cell in cells for piece in _shown(cell, set())).split() == words(found[view])
        differing = found["parallel"].xpath("//div[contains(@class, 'differs')]")
        assert len(differing) == {"conversation-1956-09-16": 12, "essay-new-tranche": 9}[stem]
        for row in differing:
            assert "".join(row.find("div[@class='differences generated']").itertext()).strip()


def test_an_element_of_a_layer_may_point_somewhere(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:id="a">One <supplied corresp="#a">two</supplied>'
        '<choice corresp="#a"><sic>thre</sic><corr>three</corr></choice>.</p></body></text></TEI>',
        encoding="utf-8",
    )
    files, edition, _ = whole(read(path, "letter.xml"))
    assert not edition.failures
    assert "three" in files["reading.txt"]
