"""The page that documents a schema, in a real browser: nothing is loaded, nothing is refused, anybody can read it."""

from __future__ import annotations

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

PAGE: Final = REPOSITORY / "schema" / "teipipe.html"

COLOURS: Final = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

#: Takes away what says nothing new to axe: entries in which nothing stands, by names of elements and classes, that
#: hasn't stood in one before, and of long lists all but the beginning.
FEW: Final = """() => {
  const seen = new Set();
  const name = (each) => `${each.localName}.${each.className}`;
  const path = (each) => each.localName === "article" ? "" : `${path(each.parentElement)}/${name(each)}`;
  for (const article of document.querySelectorAll("article")) {
    const paths = [...article.querySelectorAll("*")].map(path);
    if (paths.every((each) => seen.has(each))) article.remove();
    else paths.forEach((each) => seen.add(each));
  }
  for (const item of document.querySelectorAll("li, .glance > div, .letter, .names > a")) {
    if ([...item.parentElement.children].indexOf(item) > 5) item.remove();
  }
}"""


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_else_is_asked_for(browser: Browser, width: int, scheme: str) -> None:
    said: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if request.url != PAGE.as_uri() else None)
    page.goto(PAGE.as_uri())
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the policy refuses the style"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not said
    context.close()
    assert not violations(browser, width, scheme)


def violations(browser: Browser, width: int, scheme: str) -> list[str]:
    """What axe finds where its script is let in; on dark paper nothing but the colours is different."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(PAGE.as_uri())
    page.evaluate(FEW)
    run = Axe().run(page, options={**(COLOURS if scheme == "dark" else {}), "resultTypes": ["violations"]})
    context.close()
    return [
        f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in run.response["violations"]
    ]


def test_an_address_leads_to_an_entry_and_by_keyboard_to_the_content(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{PAGE.as_uri()}#element-persName")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 100
    page.locator("#element-persName dd a", has_text="att.naming").first.click()
    assert page.evaluate("document.querySelector(':target h3').textContent").startswith("att.naming")
    page.goto(PAGE.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()
