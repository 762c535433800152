"""Every page of the built edition: no error, no horizontal scrolling, every link leads somewhere, accessible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = {"phone": 390, "desktop": 1280}

#: WCAG 2.2 AA, with what it takes over from 2.0 and 2.1.
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) >= 10, "the edition should have an index, four document pages, the register and the interventions"
    return found


def parsed(path: Path) -> etree._ElementTree:
    """The page, by the HTML standard's own algorithm; any parse error fails."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(path.read_bytes(), transport_encoding="utf-8")
    return tree


@pytest.fixture(params=WIDTHS, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900})
    page = context.new_page()
    yield page
    context.close()


def test_no_page_scrolls_sideways_or_complains(site: Path, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"{page.url}: {request.url} failed"))
    page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
    for path in pages(site):
        page.goto(path.as_uri())
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{path.relative_to(site)} scrolls sideways: {width}"
        styled = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "Times" not in styled, f"{path.relative_to(site)} has lost its stylesheet"
    assert not complaints


#: How pages are looked at: in the dark only the colours are others.
LOOKS = {
    "phone": ("phone", "light", WCAG),
    "desktop": ("desktop", "light", WCAG),
    "dark": ("desktop", "dark", {"runOnly": {"type": "rule", "values": ["color-contrast"]}}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(site: Path, browser: Browser, look: str) -> None:
    width, scheme, options = LOOKS[look]
    axe = Axe()
    found: list[str] = []
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    for path in pages(site):
        page.goto(path.as_uri())
        for violation in axe.run(page, options=options | {"resultTypes": ["violations"]}).response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{path.relative_to(site)}: {violation['id']}: {violation['help']} {targets}")
    context.close()
    assert not found, "\n".join(found)


def test_every_internal_link_resolves(site: Path) -> None:
    anchors: dict[Path, set[str]] = {}
    wrong: list[str] = []
    for path in pages(site):
        anchors[path] = {element.get("id", "") for element in parsed(path).iter() if element.get("id")}
    for path in pages(site):
        for element in parsed(path).iter():
            for name in ("href", "src"):
                value = element.get(name)
                if value is None or value.startswith(("https:", "http:", "mailto:", "data:")):
                    continue
                address, fragment = urldefrag(value)
                target = (path.parent / unquote(address)).resolve() if address else path
                if not target.is_file():
                    wrong.append(f"{path.relative_to(site)}: {value}: no such file")
                elif fragment and target.suffix == ".html" and unquote(fragment) not in anchors[target]:
                    wrong.append(f"{path.relative_to(site)}: {value}: no such anchor")
    assert not wrong, "\n".join(wrong[:20])


def test_ids_are_unique_and_pages_declare_themselves(site: Path) -> None:
    for path in pages(site):
        tree = parsed(path)
        ids = [value for element in tree.iter() if (value := element.get("id"))]
        assert len(ids) == len(set(ids)), (
            f"{path.relative_to(site)}: {sorted({i for i in ids if ids.count(i) > 1})[:5]}"
        )
        assert tree.getroot().get("lang") == "en"
        assert tree.findtext(".//title")
        assert not tree.findall(".//script")


def test_each_mention_leads_to_its_register_entry_and_back(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "conversation-1956-09-16" / "index.html").as_uri())
    page.locator("#t1 a[href*='#kim-il-sung']").first.click()
    assert page.url.endswith("register/persons/index.html#kim-il-sung")
    page.locator("#kim-il-sung a[href*='conversation-1956-09-16/index.html#t1']").first.click()
    assert "conversation-1956-09-16/index.html#t1" in page.url
    page.close()


def test_notes_are_linked_both_ways(site: Path) -> None:
    for view in ("", "diplomatic"):
        for document in ("conversation-1956-09-16", "essay-new-tranche"):
            tree = parsed(site / document / view / "index.html")
            links = [a.get("href", "") for a in tree.iter("a")]
            notes = [e.get("id", "") for e in tree.iter("li") if (e.get("id") or "").startswith("n")]
            assert notes, f"{document}/{view}: no notes"
            for note in notes:
                assert f"#{note}" in links, f"nothing leads to {note}"
                back = tree.find(f".//li[@id='{note}']//a[@role='doc-backlink']")
                assert back is not None, f"{note} does not lead back"
                mark = (back.get("href") or "#").removeprefix("#")
                assert tree.find(f".//*[@id='{mark}']") is not None, f"{note} leads back to nowhere"
