"""The review of an encoding in a real browser: nothing is loaded, accessible, by keyboard, useful without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.test_report import LOOKS
from tests.encode.review.encodings import CASES, RULES, TALK, encoding

from teipipe.encode import rules
from teipipe.encode.review import review_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for rule in RULES:
            patch.setitem(rules.RULES, rule.name, rule)
        folder = tmp_path_factory.mktemp("review")
        made = [
            encoding(path=folder / "talk.txt"),
            encoding(TALK * 20, folder / "a-rather-long-name-of-a-transcript-that-may-not-be-broken.txt"),
            encoding(path=folder / "certain.txt", cases=CASES[:1]),
        ]
        path = folder / "review.html"
        path.write_text("".join(review_html(made, folder=folder)), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(review: Path, browser: Browser, look: str) -> None:
    width, scheme = LOOKS[look]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(review.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = [
        f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not found, "\n".join(found)
    assert wide <= 0, "scrolls sideways"


def test_nothing_is_asked_for_or_refused_and_every_link_shows_what_it_leads_to(review: Path, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if request.url != review.as_uri() else None)
    page.goto(review.as_uri())
    links = page.eval_on_selector_all("#file-1 a[href^='#']", "links => links.map(link => link.getAttribute('href'))")
    assert len(links) > 10
    for link in dict.fromkeys(links):
        page.evaluate("link => { location.hash = link; }", link)
        page.locator(f"[id='{link[1:]}']").wait_for(state="visible")
    assert not said


def test_filter(review: Path, page: Page) -> None:
    page.goto(review.as_uri())
    cards = page.locator("#file-1 .card:visible")
    everything = cards.count()
    page.get_by_label("names", exact=True).uncheck()
    assert cards.count() == everything - 2
    page.get_by_label("undecided", exact=True).uncheck()
    assert cards.count() == 1
    assert "shown" in page.locator("output").inner_text()
    page.get_by_label("names", exact=True).check()
    page.get_by_label("undecided", exact=True).check()
    page.get_by_label("Show only what contains").fill("AUGUST 30")
    assert page.locator(".card.low:visible").count() == 2
    assert page.locator("#file-3 .group:visible").count() == 0


def test_a_link_into_what_is_filtered_away_shows_it(review: Path, page: Page) -> None:
    page.goto(review.as_uri())
    page.get_by_label("undecided", exact=True).uncheck()
    page.evaluate("location.hash = document.querySelector('.card.undecided').id")
    page.locator(".card.undecided").first.wait_for(state="visible")
    assert page.get_by_label("undecided", exact=True).is_checked()


def test_keyboard_alone(review: Path, page: Page) -> None:
    page.goto(review.as_uri())
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    assert page.locator(f"[id='{first}']").evaluate("card => card.classList.contains('card')")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.id")
    assert second != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    for _ in range(20):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.localName") == "summary":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("jk")
    assert page.locator(".card:visible").count() == 0
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() > 0


def test_without_scripts_all_is_there(review: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(review.as_uri())
    assert page.locator("#filter").is_hidden()
    assert page.locator(".card").count() == page.locator(".card:visible").count() > 0
    page.locator("details.group > summary").first.click()
    assert page.locator("details.group tbody tr").first.is_visible()
    context.close()


def test_on_paper_what_is_folded_is_there_and_the_filter_is_not(review: Path, page: Page) -> None:
    page.goto(review.as_uri())
    page.emulate_media(media="print")
    assert page.locator("#filter").is_hidden()
    assert page.locator("details.group tbody tr").first.is_visible()
