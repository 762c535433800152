"""The frame of every page in a real browser: navigation, search form, reading settings, print; without scripts, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WIDTHS = {"phone": 360, "tablet": 768, "desktop": 1440}

DOCUMENT = "conversation-1956-09-16/index.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test if it says, or asks for, anything that it should not."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: said.append(f"{page.url}: {request.url} failed"))
    yield page
    context.close()
    assert not said


def colour(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"))


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_navigation_leads_everywhere(site: Path, browser: Browser, width: int, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((site / DOCUMENT).as_uri())
    navigation = page.locator("header.site nav")
    if width == WIDTHS["phone"]:
        expect(navigation).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
    else:
        expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(navigation.get_by_role("link", name="Documents")).to_be_visible()
    page.locator("header.site summary").click()
    expect(navigation.get_by_role("link", name="How to cite")).to_be_visible()
    boxes = [link.bounding_box() for link in navigation.locator("a:visible").all()]
    for box in boxes:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24
    navigation.get_by_role("link", name="Register").click()
    page.wait_for_url("**/register/index.html")
    context.close()


@pytest.mark.parametrize(("path", "current", "how"), [
    ("register/index.html", "Register", "page"),
    ("register/persons/index.html", "Register", "true"),
    ("interventions/index.html", "Interventions", "page"),
    (DOCUMENT, "Documents", "true"),
])  # fmt: skip
def test_the_navigation_says_where_one_is(site: Path, page: Page, path: str, current: str, how: str) -> None:
    page.goto((site / path).as_uri())
    marked = page.locator("header.site nav [aria-current]")
    assert [(link.text_content(), link.get_attribute("aria-current")) for link in marked.all()] == [(current, how)]
    crumbs = page.locator("nav.crumbs [aria-current]")
    assert crumbs.count() == (how == "true")


def test_searching_is_offered_where_there_is_a_server(site: Path, served: str, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    expect(page.locator(".site-search")).to_be_hidden()
    page.goto(served)
    page.locator(".site-search").get_by_role("searchbox", name="Search this edition").fill("Mikoyan in Peking")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=Mikoyan+in+Peking")


@pytest.mark.parametrize("served_or_folder", ["server", "folder"])
def test_what_a_reader_sets_is_kept(site: Path, served: str, page: Page, served_or_folder: str) -> None:
    root = served if served_or_folder == "server" else site.as_uri() + "/"
    page.goto(root + "index.html")
    before, usual = colour(page), size(page)
    page.get_by_role("button", name="Reading settings").click()
    page.get_by_label("Dark", exact=True).check()
    page.get_by_label("Large", exact=True).check()
    page.get_by_label("Without").check()
    dark = colour(page)
    assert dark != before
    assert size(page) > usual
    page.goto(root + DOCUMENT)
    assert colour(page) == dark
    assert "system-ui" in page.evaluate("getComputedStyle(document.querySelector('.text p')).fontFamily")
    page.get_by_role("button", name="Reading settings").click()
    assert page.get_by_label("Dark", exact=True).is_checked()
    page.get_by_label("As the device").check()
    assert colour(page) == before
    page.reload()
    assert colour(page) == before
    assert page.evaluate("document.documentElement.dataset.size") == "large"


def test_what_is_set_holds_before_the_first_paint(served: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(
        "localStorage.setItem('teipipe.theme', 'dark'); localStorage.setItem('teipipe.size', 'larger')"
    )
    page = context.new_page()
    page.add_init_script(
        "window.seen = []; new MutationObserver(() => { if (document.body && !seen.length)"
        " seen.push(document.documentElement.dataset.theme, document.documentElement.dataset.size); })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto(served + DOCUMENT)
    assert page.evaluate("window.seen") == ["dark", "larger"]
    context.close()


def test_large_text_needs_no_sideways_scrolling(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 900})
    context.add_init_script("localStorage.setItem('teipipe.size', 'larger')")
    page = context.new_page()
    for path in (*site.glob("*/index.html"), *site.glob("*/diplomatic/index.html"), site / "index.html"):
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path.relative_to(site)} scrolls sideways"
    context.close()


def test_settings_by_keyboard(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    opener = page.get_by_role("button", name="Reading settings")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tp-settings")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "tp-size"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.keyboard.press("Escape")
    expect(page.locator("#tp-settings")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_list_of_the_navigation_closes_again(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    summary = page.locator("header.site summary")
    summary.click()
    page.keyboard.press("Escape")
    expect(page.locator("header.site details")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    page.locator("h1").first.click()
    expect(page.locator("header.site details")).not_to_have_attribute("open", "")


def test_the_first_stop_of_the_keyboard_leads_to_the_text(site: Path, page: Page) -> None:
    page.goto((site / DOCUMENT).as_uri())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tp-main"


def test_without_scripts_nothing_is_offered_that_needs_them(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("index.html", DOCUMENT, "register/index.html"):
        page.goto((site / path).as_uri())
        for selector in (
            ".site-search",
            ".settings-open",
            "#tp-settings",
            "#tp-card",
            "#tp-passage",
            "#tp-found",
            ".layers",
        ):
            for found in page.locator(selector).all():
                expect(found).to_be_hidden()
    context.close()


def test_paper_has_the_words_alone(site: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1440, "height": 900})
    context.add_init_script(
        "localStorage.setItem('teipipe.theme', 'dark'); localStorage.setItem('teipipe.size', 'larger')"
    )
    page = context.new_page()
    page.goto((site / DOCUMENT).as_uri())
    page.emulate_media(media="print")
    assert colour(page) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator("button:visible, input:visible, header.site nav:visible").count() == 0
    expect(page.locator(".site-title")).to_be_visible()
    context.close()


def test_links_jump_without_a_journey(site: Path, page: Page) -> None:
    page.goto((site / DOCUMENT).as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.evaluate("document.querySelector('a[href=\"#tp-about\"]').click()")
    expect(page.locator("#tp-about")).to_be_in_viewport(timeout=100)
