"""The index of documents: sorted by its headings, filtered by its form, and what is chosen stands in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{served}documents/index.html")
    yield page
    page.close()


def titles(page: Page) -> list[str]:
    return page.locator(".documents-table tbody tr:visible th").all_inner_texts()


def test_headings_sort_either_way_and_say_so(page: Page) -> None:
    before = titles(page)
    assert len(before) == 2
    heading = page.locator("th[data-column=title]")
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert titles(page) == sorted(before)
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert titles(page) == sorted(before, reverse=True)
    expect(page.locator("th[data-column=date]")).not_to_have_attribute("aria-sort", re.compile(".*"))


def test_undated_documents_come_last_whichever_way(page: Page) -> None:
    button = page.locator("th[data-column=date]").get_by_role("button")
    for _ in range(3):
        button.click()
        last = page.locator(".documents-table tbody tr").last
        expect(last).to_have_attribute("data-year", "")


def test_words_kind_and_person_filter_the_rows(page: Page) -> None:
    page.get_by_label("Words").fill("TRANCHE")
    assert len(titles(page)) == 1
    expect(page.locator(".found")).to_have_text("1 of 2 on this page")
    page.get_by_label("Words").fill("no such word")
    assert not titles(page)
    expect(page.locator(".found")).not_to_be_empty()
    page.get_by_label("Words").fill("")
    page.get_by_label("Person").select_option("Rim Hae")
    [title] = titles(page)
    assert "conversation" in title
    page.get_by_label("Kind").select_option("essay")
    assert not titles(page)


def test_what_is_chosen_stands_in_the_address_and_comes_back(page: Page) -> None:
    page.get_by_label("Kind").select_option("essay")
    page.locator("th[data-column=title]").get_by_role("button").click()
    assert parse_qs(urlsplit(page.url).query) == {"kind": ["essay"], "sort": ["title"]}
    page.reload()
    assert len(titles(page)) == 1
    expect(page.get_by_label("Kind")).to_have_value("essay")
    expect(page.locator("th[data-column=title]")).to_have_attribute("aria-sort", "ascending")


def test_without_scripts_the_table_is_whole(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "documents/index.html").as_uri())
    assert len(titles(page)) == 2
    expect(page.locator("form.filters")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("size", ["normal", "larger"])
def test_text_has_room_and_notes_stand_near_it(site: Path, browser: Browser, size: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto((site / "conversation-1956-09-16" / "index.html").as_uri())
    page.evaluate("size => { document.documentElement.dataset.size = size; }", size)
    measured = page.evaluate(
        """() => {
             const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
             const notes = document.querySelector('.notes').getBoundingClientRect();
             return ['#t14 > :not(.number, .speaker)', '.text .tei-list', '#p1'].map(selector => {
               const { left, right, width } = document.querySelector(selector).getBoundingClientRect();
               return [selector, left / rem, width / rem, (notes.left - right) / rem];
             });
           }"""
    )
    lefts = [left for _, left, _, _ in measured]
    assert max(lefts) - min(lefts) < 4, "they begin in one column"
    for selector, _, width, gap in measured:
        assert width > 24, f"{selector} is squeezed"
        assert gap < 6, f"the notes are far from {selector}"
    context.close()
