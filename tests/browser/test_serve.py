"""`teipipe serve` in a browser: pages are loaded again where they were, what is wrong is shown, nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.serve.running import Running, start

pytestmark = pytest.mark.browser

PATIENCE = 60_000
MANY = "".join(f'<p xml:id="more{number}">Paragraph {number} of the letter.</p>\n' for number in range(150))


@pytest.fixture
def letters(tmp_path: Path, teipipe: Any) -> Path:
    teipipe("new", "letters", cwd=tmp_path, check=True)
    return tmp_path / "letters"


@pytest.fixture
def server(letters: Path) -> Iterator[Running]:
    running = start(letters)
    assert running.port
    yield running
    running.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; whatever a browser complains about fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not [complaint for complaint in complaints if "404" not in complaint]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def badge(page: Page, text: str) -> None:
    expect(page.locator("#teipipe-serve .badge")).to_have_text(f"teipipe: {text}", timeout=PATIENCE)


def test_a_page_is_loaded_again_where_it_was(letters: Path, server: Running, page: Page) -> None:
    replace(letters / "tei" / "letter.xml", "<closer>", f"{MANY}<closer>")
    page.goto(f"{server.address}sample-letter/")
    expect(page.locator("#more149")).to_be_attached(timeout=PATIENCE)
    badge(page, "no errors")
    page.locator("#more100").evaluate("each => window.scrollTo(0, window.scrollY + each.getBoundingClientRect().top)")
    before = page.locator("#more100").bounding_box()
    more = '<p xml:id="earlier">Earlier.</p><p>And one more that is above all that is seen.</p>'
    replace(letters / "tei" / "letter.xml", '<p xml:id="more0">', f'{more}<p xml:id="more0">')
    expect(page.locator("#earlier")).to_be_attached(timeout=PATIENCE)
    assert before is not None
    for _ in range(100):
        after = page.locator("#more100").bounding_box()
        if after is not None and abs(after["y"] - before["y"]) < 3:
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail(f"it was at {before}, and is at {after}")


def test_what_is_wrong_is_shown(letters: Path, server: Running, page: Page) -> None:
    page.goto(f"{server.address}sample-letter/")
    badge(page, "no errors")
    panel = page.locator("#teipipe-serve .panel")
    expect(panel).to_be_hidden()
    replace(
        letters / "tei" / "letter.xml", 'ref="register.xml#marta-lenz">Marta', 'ref="register.xml#marta-lens">Marta'
    )
    badge(page, "1 error")
    expect(panel).to_be_visible()  # it is about the document on this page
    first = panel.locator(".finding").first
    expect(first.locator(".place")).to_contain_text("tei/letter.xml:")
    expect(first.locator(".rule")).to_have_text("dangling-pointer")
    expect(first.locator("mark")).to_have_text("register.xml#marta-lens")
    expect(first.locator(".help")).to_have_text("did you mean “register.xml#marta-lenz”?")
    page.keyboard.press("Tab")
    page.locator("#teipipe-serve .badge").click()
    expect(panel).to_be_hidden()
    page.reload()
    badge(page, "1 error")
    expect(panel).to_be_hidden()  # as it was left
    replace(letters / "tei" / "letter.xml", "marta-lens", "marta-lenz")
    badge(page, "no errors")


def test_a_broken_document_keeps_its_page(letters: Path, server: Running, page: Page) -> None:
    page.goto(f"{server.address}sample-letter/")
    badge(page, "no errors")
    replace(letters / "tei" / "letter.xml", "</closer>", "<b onclick='x'><script>alert(1)</script></closer>")
    expect(page.locator("#teipipe-serve .finding").first).to_contain_text("not-well-formed", timeout=PATIENCE)
    expect(page.locator("#teipipe-serve .finding").first).to_contain_text("<b onclick='x'><script>")
    expect(page.locator("main")).to_contain_text("the boxes have")
    replace(letters / "tei" / "letter.xml", "<b onclick='x'><script>alert(1)</script></closer>", "</closer>")
    badge(page, "no errors")
    replace(letters / "teipipe.toml", "title =", "titel =")
    badge(page, "not built")
    expect(page.locator("#teipipe-serve .problem")).to_contain_text("unknown key “titel”")
    replace(letters / "teipipe.toml", "titel =", "title =")
    badge(page, "no errors")


def test_a_page_that_comes_to_be(letters: Path, server: Running, page: Page) -> None:
    page.goto(f"{server.address}a-third/")
    expect(page.locator("h1")).to_be_visible()
    text = (letters / "tei" / "letter.xml").read_text("utf-8")
    (letters / "tei" / "third.xml").write_text(text.replace('xml:id="sample-letter"', 'xml:id="a-third"'), "utf-8")
    expect(page.locator("main")).to_contain_text("the boxes have", timeout=PATIENCE)


def test_ten_pages_at_once(letters: Path, server: Running, browser: Browser) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(10)]  # more than a browser lets connect at once
    for tab in tabs:
        tab.goto(f"{server.address}sample-letter/", wait_until="domcontentloaded", timeout=PATIENCE)
        tab.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    replace(letters / "tei" / "letter.xml", "the boxes have", "the boxes surely have")
    tabs[0].evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    tabs[0].evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(tabs[0].locator("main")).to_contain_text("surely", timeout=PATIENCE)
    context.close()


@pytest.fixture
def spoiled(letters: Path) -> Iterator[Running]:
    """A server of a project in which something is wrong from the beginning: its pages are not loaded again."""
    replace(letters / "tei" / "letter.xml", "register.xml#marta-lenz", "register.xml#marta-lens")
    running = start(letters)
    assert running.port
    yield running
    running.kill()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(spoiled: Running, browser: Browser, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{spoiled.address}sample-letter/")
    expect(page.locator("#teipipe-serve .finding").first).to_be_visible(timeout=PATIENCE)
    found = Axe().run(page, context="#teipipe-serve", options={"resultTypes": ["violations"]})
    context.close()
    assert not [f"{each['id']}: {each['help']}" for each in found.response["violations"]]
