"""Citing a document, a passage and a quotation, by mouse and keyboard, from files and without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
import rispy
from playwright.sync_api import Browser, Page, expect
from pybtex.database import parse_string

pytestmark = pytest.mark.browser

MEMORANDUM = "conversation-1956-09-16"
ESSAY = "essay-new-tranche"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # What is copied is caught, for browsers under test have no clipboard of their own.
    page.add_init_script("window.copied = []; navigator.clipboard.writeText = async (text) => { copied.push(text); };")
    yield page
    assert not complaints
    context.close()


def copied(page: Page, label: str) -> str:
    page.locator("#tp-passage .passage-citation").get_by_role("button", name=label, exact=True).click()
    expect(page.locator("#tp-passage [role=status]")).to_have_text(label.replace("Copy", "Copied"))
    return str(page.evaluate("copied.at(-1)"))


def test_a_turn_is_cited_in_every_form(served: str, page: Page) -> None:
    page.goto(f"{served}{MEMORANDUM}/index.html?layers=-names#t14")
    page.locator("#t14 .number").click()
    page.get_by_role("button", name="Cite this passage").click()
    address = f"{served}{MEMORANDUM}/index.html#t14"
    words = copied(page, "Copy the citation")
    assert words.endswith(f"turn 14, {address}")
    assert page.locator("#tp-passage .citation-text").inner_text() == words
    [(key, entry)] = parse_string(copied(page, "Copy BibTeX"), "bibtex").entries.items()
    assert key == f"{MEMORANDUM}-t14"
    assert str(entry.fields["url"]) == address
    assert str(entry.fields["note"]).startswith("{Turn 14. Edition of ")
    [item] = json.loads(copied(page, "Copy CSL-JSON"))
    assert (item["section"], item["URL"]) == ("turn 14", address)
    [found] = rispy.loads(copied(page, "Copy RIS"))
    assert found["urls"] == [address]
    assert "turn 14" in found["notes"]


def test_a_paragraph_is_cited_by_keyboard_on_the_view_that_is_read(site: Path, page: Page) -> None:
    page.goto((site / ESSAY / "diplomatic" / "index.html").as_uri())
    page.locator("#p3 > .number").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Cite this passage")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    words = copied(page, "Copy the citation")
    assert "paragraph 3, file://" in words
    assert words.endswith(f"/{ESSAY}/diplomatic/index.html#p3")
    assert words.startswith("Sergey Radchenko (inferred, with high certainty), ")
    page.keyboard.press("Escape")
    expect(page.locator("#p3 > .number")).to_be_focused()


SELECT = """(id) => {
    const words = document.querySelector(`#${id} .speech p`);
    getSelection().selectAllChildren(words);
}"""


def test_selected_words_are_quoted_without_what_the_edition_adds(served: str, page: Page) -> None:
    page.goto(f"{served}{MEMORANDUM}/index.html")
    page.evaluate(SELECT, "t14")
    page.locator("#t14 .number").click()
    page.get_by_role("button", name="Cite this passage").click()
    words = copied(page, "Copy the quotation with its source")
    quoted = words.split("” (")[0].removeprefix("“")
    document = json.loads(page.request.get(f"{served}{MEMORANDUM}/{MEMORANDUM}.json").text())
    [turn] = [turn for turn in document["turns"] if turn["n"] == "14"]
    assert quoted == turn["text"].split("\n")[0]
    assert words.endswith(f"turn 14, {served}{MEMORANDUM}/index.html#t14)")


def test_words_selected_elsewhere_are_not_quoted(served: str, page: Page) -> None:
    page.goto(f"{served}{MEMORANDUM}/index.html")
    page.evaluate(SELECT, "t14")
    page.locator("#t15 .number").click()
    page.get_by_role("button", name="Cite this passage").click()
    expect(page.get_by_role("button", name="Copy the quotation with its source")).to_have_count(0)
    assert "turn 15" in copied(page, "Copy the citation")


def test_each_form_on_the_page_can_be_copied(site: Path, page: Page) -> None:
    for path in (f"{MEMORANDUM}/index.html", "cite/index.html"):
        page.goto((site / path).as_uri())
        citation = page.locator(".citation")
        for summary in citation.locator("summary").all():
            summary.click()
        for form in citation.locator("[data-form]").all():
            citation.get_by_role("button", name=str(form.get_attribute("data-copy")), exact=True).click()
            expect(citation.locator("[role=status]")).to_have_text(str(form.get_attribute("data-copied")))
            assert str(page.evaluate("copied.at(-1)")).replace("\r", "") == form.evaluate("form => form.textContent")


def test_without_scripts_citations_and_addresses_of_passages_are_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / MEMORANDUM / "index.html").as_uri())
    expect(page.locator("#tp-cite .citation-text")).to_be_visible()
    expect(page.locator("#tp-cite button")).to_have_count(0)
    page.locator("#tp-cite summary").first.click()
    expect(page.locator("#tp-cite pre").first).to_contain_text("@incollection")
    page.locator("#t14 .number").click()
    assert page.url.endswith("#t14")
    context.close()
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree = parser.parse((site / MEMORANDUM / "index.html").read_bytes(), transport_encoding="utf-8")
    for place in tree.xpath("//li[contains(@class, 'turn')]"):
        [number] = place.xpath("a[contains(@class, 'number')]/@href")
        assert number == f"#{place.get('id')}"
