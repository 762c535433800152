"""The figures in a real browser: readable at every width, by keyboard, in light and dark; a mark leads to its turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TALK = "conversation-1956-09-16"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: WCAG 2.2 AA, with what it takes over from 2.0 and 2.1.
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module", params=[(w, s) for w in (360, 768, 1440) for s in SCHEMES], ids=str)
def figures(request: pytest.FixtureRequest, site: Path, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((site / "figures" / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    yield page
    context.close()


def test_axe_finds_nothing(figures: Page) -> None:
    # Of tables the first rows, as all are made alike: axe takes as long over the others as over all else.
    rows = {"exclude": [["tr:nth-child(n+4)"]]}
    found = [
        f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe()
        .run(figures, context=rows, options=WCAG | {"resultTypes": ["violations"]})
        .response["violations"]
    ]
    assert not found


def test_drawings_scroll_in_their_own_frames(figures: Page) -> None:
    assert figures.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    hidden = figures.evaluate(
        """[...document.querySelectorAll('.figure-view')].filter(view => view.scrollWidth > view.clientWidth
             && (getComputedStyle(view).overflowX !== 'auto'
               || !view.matches('[tabindex="0"], :has([tabindex="0"])'))).length"""
    )
    assert hidden == 0
    cut = figures.evaluate(
        """[...document.querySelectorAll('.drawing text')].filter(text => text.getBoundingClientRect().left
             < text.closest('svg').getBoundingClientRect().left - 1).map(text => text.textContent)"""
    )
    assert not cut, "words begin outside of their drawing"


def test_words_and_marks_stand_out(figures: Page) -> None:
    """axe doesn't look into drawings: words have 4.5 : 1 to the page, marks 3 : 1."""
    ratios = figures.evaluate(
        """() => {
             const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
             const luminance = colour => {
               canvas.fillStyle = colour;
               canvas.fillRect(0, 0, 1, 1);
               const part = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
               const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(value => part(value / 255));
               return 0.2126 * r + 0.7152 * g + 0.0722 * b;
             };
             const paper = luminance(getComputedStyle(document.body).backgroundColor);
             const against = (colour, other) => {
               const pair = [luminance(colour), other].sort((a, b) => a - b);
               return (pair[1] + 0.05) / (pair[0] + 0.05);
             };
             const bar = getComputedStyle(document.querySelector('.drawing .when')).fill;
             const behind = text => text.matches('.bar-number') ? luminance(bar) : paper;
             const lane = luminance(getComputedStyle(document.querySelector('.drawing .lane')).fill);
             const all = (selector, where, least) => [...document.querySelectorAll(selector)]
               .filter(each => against(getComputedStyle(each).fill, where(each)) < least)
               .map(each => each.outerHTML.slice(0, 80));
             return [
               ...all('.drawing text, .drawing tspan', behind, 4.5),
               ...all('.drawing .when:not(.patterned), .drawing .dot', () => paper, 3),
               ...all('.drawing .turn', () => lane, 3),
             ];
           }"""
    )
    assert not ratios


def test_what_a_reader_has_set_holds_for_drawings(site: Path, browser: Browser) -> None:
    """Light paper on a machine that likes dark has the colours of light paper."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((site / "figures" / "index.html").as_uri())
    fill = "getComputedStyle(document.querySelector('.drawing .turn')).fill"
    dark = page.evaluate(fill)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    light = page.evaluate(fill)
    context.close()
    assert (dark, light) == ("rgb(156, 196, 236)", "rgb(28, 78, 128)")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def test_a_mark_leads_to_its_turn(site: Path, page: Page) -> None:
    page.goto((site / TALK / "index.html").as_uri())
    mark = page.locator(".turns-drawing a[href='#t14']")
    assert mark.get_attribute("aria-label") == page.locator(".turns-drawing a[href='#t14'] > title").text_content()
    mark.click()
    assert page.url.endswith("#t14")
    assert page.locator("#t14").is_visible()
    box = page.locator("#t14").bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 900


def test_from_the_page_of_figures_too(site: Path, page: Page) -> None:
    page.goto((site / "figures" / "index.html").as_uri())
    page.locator(".turns-drawing a[href$='#t49']").click()
    assert page.url.endswith(f"{TALK}/index.html#t49")
    page.go_back()
    page.locator(".arcs-drawing a", has_text="Peng Dehuai").click()
    assert page.url.endswith("register/persons/peng-dehuai/index.html")
    page.go_back()
    page.locator(".years-drawing a[aria-label^='1958']").first.click()
    assert page.url.endswith("chronology/index.html#y1958")


def test_by_keyboard(site: Path, page: Page) -> None:
    page.goto((site / "figures" / "index.html").as_uri())
    page.locator(".turns-drawing a[href$='#t3']").focus()
    page.keyboard.press("Tab")
    focused = page.locator(".turns-drawing a:focus-visible")
    assert (focused.get_attribute("aria-label") or "").startswith("Turn 4, Choe Yong-geon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#t4")


def test_without_scripts_a_drawing_can_be_skipped(site: Path, page: Page) -> None:
    page.goto((site / TALK / "index.html").as_uri())
    skip = page.locator("#tp-turns .figure-skip")
    before = skip.bounding_box()
    skip.focus()
    after = skip.bounding_box()
    assert before is not None
    assert after is not None
    assert before["width"] <= 1 < 100 < after["width"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#tp-turns-table > summary')")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", [f"{TALK}/index.html", "figures/index.html"])
def test_a_drawing_is_one_stop_of_the_tab_key(site: Path, browser: Browser, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((site / path).as_uri())
    page.evaluate("document.querySelectorAll('.strip-tool').forEach(each => { each.open = true; })")
    figure = page.locator(".figure:has(> .figure-view > .turns-drawing)")
    focused = figure.locator(".mark-link:focus")
    figure.locator("a, [tabindex]").first.focus()
    while not focused.count():
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert not figure.locator(".figure-view *:focus, .figure-view:focus, .figure-skip:focus").count()
    page.keyboard.press("Tab")
    assert (focused.get_attribute("href") or "").endswith("#t1")
    assert figure.locator(".figure-keys").is_visible()
    for key, turn in (("ArrowRight", 2), ("ArrowDown", 3), ("ArrowLeft", 2), ("End", 52), ("ArrowRight", 52)):
        page.keyboard.press(key)
        assert (focused.get_attribute("href") or "").endswith(f"#t{turn}")
        box = focused.bounding_box()
        assert box is not None
        assert 0 <= box["x"] < width, "it is in sight"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.figure-table > summary')")
    page.keyboard.press("Shift+Tab")
    assert (focused.get_attribute("href") or "").endswith("#t52"), "one comes back to where one was"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**#t2")
    context.close()


def test_tables_open_without_scripts(site: Path, page: Page) -> None:
    page.goto((site / TALK / "index.html").as_uri())
    table = page.locator("#tp-turns .figure-rows")
    assert table.is_hidden()
    page.locator("#tp-turns summary").click()
    assert table.is_visible()
    page.get_by_role("link", name="Turn 52, Rim Hae: 9 words").last.click()
    assert page.url.endswith("#t52")
