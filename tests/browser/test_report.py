"""The HTML report in a real browser: nothing is loaded, nothing is refused, accessible, useful without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.reports import verdicts

from teipipe.reports import html

pytestmark = pytest.mark.browser

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "reports" / "html").glob("*.toml"))

#: Width in pixels and colour scheme.
LOOKS = {"phone": (390, "light"), "desktop": (1280, "light"), "dark": (1280, "dark")}


def written(case: Path, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(
        "".join(html.report(verdicts.verdict(verdicts.load(case), folder), folder=folder)), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(request.param, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(CASES[0].with_name("small.toml"), tmp_path_factory.mktemp("small"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(report: Path, browser: Browser, look: str) -> None:
    width, scheme = LOOKS[look]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = [
        f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not found, "\n".join(found)
    assert wide <= 0, "scrolls sideways"


def test_nothing_is_asked_for_refused_or_run(report: Path, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: said.append(request.url) if request.url != report.as_uri() else None)
    page.goto(report.as_uri())
    assert page.locator("#filter input[type=search]").is_visible(), "the script didn't run"
    for link in page.locator("main a[href^='#']:visible").all():
        link.click()
    assert not said


def test_filter(small: Path, page: Page) -> None:
    page.goto(small.as_uri())
    causes = page.locator(".cause:visible")
    everything = causes.count()
    page.get_by_label("Show only what contains").fill("XML:ID “p1”")
    assert causes.count() == 1
    assert page.locator(".rule:visible").count() == 1
    assert page.locator("output").inner_text() == f"1 of {everything} shown"
    page.locator(".bars a", has_text="dangling-pointer").click()
    assert causes.count() == everything
    page.get_by_label("error", exact=True).uncheck()
    assert causes.count() == everything - page.locator(".cause.error").count()


def test_keyboard_alone(small: Path, page: Page) -> None:
    page.goto(small.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "search"
    page.locator("summary", has_text="3 places in 2 files").focus()
    page.keyboard.press("Enter")
    page.get_by_text("tei/letter.xml:5:41, 6:27").wait_for()


def test_without_scripts(small: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small.as_uri())
    assert page.locator(".cause").first.is_visible()
    assert page.locator("#filter").is_hidden()
    page.locator("#files summary").first.click()
    assert page.locator("#files li").first.is_visible()
    context.close()
