"""What scripts add to the pages of a document: layers, cards, notes beside it, one's place, words searched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

WIDTHS = {"phone": 360, "tablet": 768, "desktop": 1440}

CONVERSATION = "conversation-1956-09-16/index.html"
DIPLOMATIC = "conversation-1956-09-16/diplomatic/index.html"
ESSAY = "essay-new-tranche/index.html"

Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens pages that fail their test if they say, or ask for, anything that they should not."""
    said: list[str] = []
    contexts = []

    def open_(address: str, width: int = 1440, **options: Any) -> Page:
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": 900}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: said.append(f"{page.url}: {request.url} failed"))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not said


@pytest.fixture(params=["server", "folder"])
def root(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    return served if request.param == "server" else site.as_uri() + "/"


def layer(page: Page, name: str) -> Locator:
    return page.locator(f".layers [data-layer={name}]")


def switched(page: Page) -> set[str]:
    return set((page.get_attribute("html", "data-switched") or "").split())


# Layers


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_each_switch_does_what_it_says(served: str, opened: Opened, width: int) -> None:
    page = opened(served + CONVERSATION, width)
    shown = page.locator(".text .layer-corrections > .given").first
    slip = page.locator(".text .layer-corrections > .other").first
    expect(shown).to_be_visible()
    expect(slip).to_be_hidden()
    layer(page, "corrections").click()
    expect(slip).to_be_visible()
    expect(shown).to_be_hidden()
    layer(page, "corrections").click()
    expect(slip).to_be_hidden()

    mark = page.locator(".text .note-mark").first
    layer(page, "notes").click()
    expect(mark).to_be_hidden()
    expect(layer(page, "notes")).to_have_attribute("aria-pressed", "false")

    name = page.locator(".text .layer-names").first
    lined = "getComputedStyle(document.querySelector('#t7 .speech a.layer-names')).textDecorationLine"
    assert page.evaluate(lined) == "underline"
    layer(page, "names").click()
    assert page.evaluate(lined) == "none"
    expect(name).to_be_visible()
    assert switched(page) == {"notes", "names"}


def test_every_switch_that_is_offered_changes_something(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION)
    offered = [str(button.get_attribute("data-layer")) for button in page.locator(".layers button").all()]
    assert set(offered) == {"corrections", "supplied", "insertions", "names", "dates", "notes"}
    looks = "[...document.querySelectorAll('.text *')].map(e => { const s = getComputedStyle(e);" + (
        " return s.display + s.textDecorationLine + s.backgroundColor }).join()"
    )
    for name in offered:
        before = page.evaluate(looks)
        layer(page, name).click()
        assert page.evaluate(looks) != before, name


def test_what_the_switches_do_is_reached_by_keyboard(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION)
    page.locator(".layers button").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".about-layers dd").first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".about-layers dd").first).to_be_visible()


def test_a_choice_of_layers_is_kept_and_stands_in_the_link(root: str, opened: Opened) -> None:
    page = opened(root + CONVERSATION)
    layer(page, "names").click()
    layer(page, "corrections").click()
    if root.startswith("http"):
        assert page.url.endswith("?layers=-names,-corrections")
    page.goto(root + ESSAY)
    assert switched(page) == {"names", "corrections"}
    # What the diplomatic view shows by default is what was asked for.
    page.goto(root + DIPLOMATIC)
    assert switched(page) == {"names"}
    expect(layer(page, "corrections")).to_have_attribute("aria-pressed", "false")
    # What is as by default again is forgotten.
    layer(page, "names").click()
    page.goto(root + CONVERSATION)
    assert switched(page) == {"corrections"}


def test_a_link_wins_over_what_is_kept_and_leaves_it(root: str, opened: Opened) -> None:
    page = opened(root + CONVERSATION)
    layer(page, "names").click()
    page.goto(root + CONVERSATION + "?layers=+names,-dates,,-nonsense,%2Dnotes,%00")
    assert switched(page) == {"dates", "notes"}
    page.goto(root + CONVERSATION)
    assert switched(page) == {"names"}


def test_layers_are_chosen_before_the_text_is_shown(served: str, opened: Opened, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("localStorage.setItem('teipipe.layers', '-names')")
    page = context.new_page()
    page.route("**/layers.js", lambda route: route.abort())
    page.goto(served + CONVERSATION)
    assert switched(page) == {"names"}, "settings.js alone should have done it"
    context.close()


# Cards


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_card_by_mouse(root: str, opened: Opened, width: int) -> None:
    page = opened(root + CONVERSATION, width)
    name = page.locator("#t7 .speech a[data-card]").first
    name.click()
    card = page.locator("#tp-card")
    expect(card).to_be_visible()
    expect(card.get_by_role("heading")).to_have_text("Kim Il Sung")
    expect(page.get_by_role("dialog", name="Kim Il Sung")).to_be_visible()
    assert card.get_by_role("link").count() >= 3
    box, word = card.bounding_box(), name.bounding_box()
    assert box is not None
    assert word is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert box["y"] >= word["y"] + 1 or box["y"] + box["height"] <= word["y"] + word["height"], "lies on the word"
    # The same word closes it, anything else too.
    name.click()
    expect(card).to_be_hidden()
    name.click()
    page.mouse.click(width - 3, 895)
    expect(card).to_be_hidden()


def test_no_card_leaves_the_window(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION, 360, viewport={"width": 360, "height": 640})
    for name in page.locator(".text a.name[data-card]:visible").all()[:40]:
        name.click()
        box = page.locator("#tp-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640
        page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_card_by_touch(root: str, opened: Opened) -> None:
    page = opened(root + CONVERSATION, 360, has_touch=True, is_mobile=True)
    name = page.locator("#t7 .speech a[data-card]").first
    card = page.locator("#tp-card")
    name.tap()
    expect(card).to_be_visible()
    name.tap()
    expect(card).to_be_hidden()
    name.tap()
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()
    assert page.url.endswith(CONVERSATION)


def test_a_card_by_keyboard(root: str, opened: Opened) -> None:
    page = opened(root + CONVERSATION)
    name = page.locator("#t7 .speech a[data-card]").first
    name.focus()
    page.keyboard.press("Enter")
    card = page.locator("#tp-card")
    expect(card).to_be_focused()
    expect(name).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(name).to_be_focused()
    assert name.get_attribute("aria-expanded") is None
    # Through the card and on: behind it comes what stands behind the word.
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.outerHTML")
    name.focus()
    page.keyboard.press("Enter")
    for _ in range(card.locator("a, button").count() + 1):
        page.keyboard.press("Tab")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.outerHTML") == after
    name.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(name).to_be_focused()


def test_a_card_leads_on(root: str, opened: Opened) -> None:
    page = opened(root + CONVERSATION)
    name = page.locator("#t7 .speech a[data-card]").first
    name.click()
    page.locator("#tp-card").get_by_role("link", name="turn 14").click()
    expect(page.locator("#tp-card")).to_be_hidden()
    expect(page.locator("#t14")).to_be_in_viewport()
    page.locator("#t7 .speech a[data-card]").first.click()
    page.locator("#tp-card").get_by_role("link", name="Kim Il Sung").click()
    page.wait_for_url("**/register/persons/*/index.html")


def test_a_date_has_a_card(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    page.locator(".text a.date[data-card]").first.click()
    card = page.locator("#tp-card")
    expect(card.locator("code")).to_have_text("1956-08")
    expect(card.get_by_role("link", name="1956").last).to_have_attribute("href", "../chronology/index.html#y1956")


def test_clicks_for_a_new_tab_are_left_alone(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION)
    with page.context.expect_page() as other:
        page.locator("#t7 .speech a[data-card]").first.click(modifiers=["ControlOrMeta"])
    assert "/register/persons/" in other.value.url
    expect(page.locator("#tp-card")).to_be_hidden()


def test_names_lead_somewhere_without_scripts(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / CONVERSATION).as_uri())
    page.locator("#t7 .speech a[data-card]").first.click()
    page.wait_for_url("**/register/persons/*/index.html")
    page.goto((site / ESSAY).as_uri())
    page.locator(".text a.date[data-card]").first.click()
    expect(page.locator("#tp-names :target, #tp-names:target")).to_be_in_viewport()
    context.close()


# Notes


def beside(page: Page) -> list[dict[str, float]]:
    """For each note where it stands, and where its mark does."""
    found: list[dict[str, float]] = page.evaluate(
        """[...document.querySelectorAll('.notes > ol > li')].map(note => {
            const box = note.getBoundingClientRect(), text = document.querySelector('.text').getBoundingClientRect();
            const mark = document.getElementById('tp-ref-' + note.id).getBoundingClientRect();
            const [mark_, right, end] = [mark.top, mark.right, text.bottom];
            return {left: box.left, top: box.top, bottom: box.bottom, mark: mark_, right, end};
        })"""
    )
    assert found
    return found


@pytest.mark.parametrize("document", [CONVERSATION, ESSAY, DIPLOMATIC])
def test_notes_stand_beside_the_text_and_never_on_each_other(root: str, opened: Opened, document: str) -> None:
    page = opened(root + document)
    page.wait_for_function("document.documentElement.classList.contains('notes-settled')")
    notes = beside(page)
    for note in notes:
        assert note["left"] > note["right"]
        assert note["bottom"] <= note["end"] + 1
    for one, next_ in pairwise(notes):
        assert one["bottom"] <= next_["top"]
    near = [note for note in notes if abs(note["top"] - note["mark"]) < 120]
    assert len(near) >= len(notes) / 2
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_notes_follow_when_the_text_moves(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    page.wait_for_function("document.documentElement.classList.contains('notes-settled')")
    before = page.locator(".notes > ol > li").last.evaluate("note => note.style.top")
    page.evaluate("document.documentElement.dataset.size = 'larger'")
    page.wait_for_function(
        "before => document.querySelector('.notes > ol > li:last-child').style.top !== before", arg=before
    )
    for one, next_ in pairwise(beside(page)):
        assert one["bottom"] <= next_["top"]
    page.evaluate("delete document.documentElement.dataset.size")
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_function("document.querySelector('.notes > ol > li').style.top === ''")
    narrow = beside(page)
    assert narrow[0]["top"] > narrow[0]["end"], "on a narrow page they are a list below the text"


@pytest.mark.parametrize("width", [360, 768, 1000])
def test_on_narrow_pages_notes_are_a_list(served: str, opened: Opened, width: int) -> None:
    notes = beside(opened(served + CONVERSATION, width))
    assert all(note["top"] > note["end"] for note in notes)


def test_on_paper_notes_are_a_list(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    page.emulate_media(media="print")
    notes = beside(page)
    assert all(note["top"] > note["end"] for note in notes)
    for one, next_ in pairwise(notes):
        assert one["bottom"] <= next_["top"]


def test_on_paper_the_key_of_signs_is_there(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION)
    page.emulate_media(media="print")
    assert page.locator(".key li:visible").count() == page.locator(".key li").count() > 5
    assert page.locator(".contents-tool:visible, .layers:visible").count() == 0


@pytest.mark.parametrize("document", [CONVERSATION, ESSAY])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_moves_while_a_page_opens(served: str, browser: Browser, document: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "window.moved = []; new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved.push("
        "[entry.value, ...entry.sources.map(source => source.node?.className ?? source.node?.nodeName)])))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(served + document)
    page.wait_for_timeout(300)
    page.mouse.wheel(0, 2500)
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") == []
    context.close()


PAIRED = re.compile(r"\bpaired\b")


def test_a_mark_and_its_note_belong_together(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    note, mark = page.locator(".notes > ol > li").first, page.locator(".note-mark a").first
    mark.scroll_into_view_if_needed()
    box = mark.evaluate("mark => mark.getClientRects()[0].toJSON()")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(note).to_have_class(PAIRED)
    page.mouse.move(0, 0)
    expect(note).not_to_have_class(PAIRED)
    note.locator("a").first.focus()
    assert "paired" in page.evaluate(
        "document.getElementById('tp-ref-' + document.querySelector('.notes li').id).className"
    )


def test_notes_that_are_switched_off_are_gone_from_beside(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    layer(page, "notes").click()
    expect(page.locator(".notes > ol > li").first).to_be_hidden()
    layer(page, "notes").click()
    expect(page.locator(".notes > ol > li").first).to_be_visible()


# One's place


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_other_view_opens_at_the_same_place(root: str, opened: Opened, width: int) -> None:
    page = opened(root + CONVERSATION, width)
    page.locator("#t30").evaluate("turn => scrollTo(0, scrollY + turn.getBoundingClientRect().top - 40)")
    other = page.locator("nav.views").get_by_role("link", name="Diplomatic")
    other.dispatch_event("pointerdown")
    assert str(other.get_attribute("href")).endswith("#t30")
    other.evaluate("link => link.click()")
    page.wait_for_url("**/diplomatic/index.html#t30")
    expect(page.locator("#t30")).to_be_in_viewport()
    # From its top, a page leads to the top of another.
    page.goto(root + DIPLOMATIC)
    back = page.locator("nav.views").get_by_role("link", name="Reading")
    back.click()
    page.wait_for_url("**/conversation-1956-09-16/index.html")


def test_the_contents_say_where_one_is(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    link = page.locator("nav.contents a", has_text="North Korea’s August 1956 Plenum")
    link.click()
    expect(link).to_have_attribute("aria-current", "location")
    assert page.locator("nav.contents [aria-current]").count() == 1
    page.evaluate("scrollTo(0, 0)")
    expect(link).not_to_have_attribute("aria-current", "location")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_number_offers_its_link(served: str, opened: Opened, width: int) -> None:
    page = opened(served + CONVERSATION, width, permissions=["clipboard-read", "clipboard-write"])
    layer(page, "dates").click()
    page.locator("#t12 > .number").click()
    offer = page.get_by_role("dialog", name="Turn 12")
    link = served + CONVERSATION + "?layers=-dates#t12"
    expect(offer.get_by_label("Link to this passage")).to_have_value(link)
    offer.get_by_role("button", name="Copy the link").click()
    expect(offer.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    box = offer.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    expect(page.locator("#t12 > .number")).to_be_focused()
    page.goto(link)
    assert switched(page) == {"dates"}


def test_a_number_offers_its_link_in_a_folder(site: Path, opened: Opened) -> None:
    page = opened((site / CONVERSATION).as_uri())
    layer(page, "dates").click()
    page.locator("#t12 > .number").click()
    link = page.get_by_label("Link to this passage").input_value()
    assert link == (site / CONVERSATION).as_uri() + "?layers=-dates#t12"


def test_a_script_that_cites_hears_of_the_passage(served: str, opened: Opened) -> None:
    page = opened(served + ESSAY)
    page.evaluate(
        "document.getElementById('tp-passage').addEventListener('teipipe:passage', event => {"
        " window.heard = [event.detail.id, event.detail.anchor.id, event.detail.link]; })"
    )
    page.locator("#p5 > .number").click()
    assert page.evaluate("window.heard") == ["p5", "p5", served + ESSAY + "#p5"]


# Words that were searched for


def found(page: Page) -> list[str]:
    words: list[str] = page.evaluate("[...(CSS.highlights.get('tp-found') ?? [])].map(range => range.toString())")
    return words


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_words_that_were_searched_for_are_marked(root: str, opened: Opened, width: int) -> None:
    page = opened(root + CONVERSATION + "?q=KIM+pl%C3%A9num#t14", width)
    words = found(page)
    assert {word.lower() for word in words} >= {"kim", "plenum"}
    bar = page.get_by_role("region", name="Words that were searched for")
    first = bar.get_by_role("status").inner_text()
    assert first.endswith(f"of {len(words)}")
    assert not first.endswith(f"place 1 of {len(words)}"), "it begins at the place of the link"
    bar.get_by_role("button", name="Next").click()
    assert bar.get_by_role("status").inner_text() != first
    bar.get_by_role("button", name="Previous").click()
    assert bar.get_by_role("status").inner_text() == first
    bar.get_by_role("button", name="Clear").click()
    expect(bar).to_be_hidden()
    assert found(page) == []
    if root.startswith("http"):
        assert "q" not in parse_qs(urlsplit(page.url).query)


def test_words_in_quotation_marks_belong_together(served: str, opened: Opened) -> None:
    page = opened(served + CONVERSATION + "?q=%22Kim+Il+Sung%22")
    assert found(page)
    assert {" ".join(word.split())[:11] for word in found(page)} == {"Kim Il Sung"}
    expect(page.get_by_role("region", name="Words that were searched for")).to_be_visible()


def test_words_that_are_not_there(served: str, opened: Opened) -> None:
    for words in ("zebra", "%22", "(((", "%5B%5Cp", "<script>alert(1)</script>"):
        page = opened(served + CONVERSATION + "?q=" + words)
        bar = page.get_by_role("region", name="Words that were searched for")
        expect(bar.get_by_role("status")).to_contain_text("is not in this text")
        expect(bar.get_by_role("button", name="Next")).to_be_hidden()


def test_browsers_without_highlights_get_elements(served: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("delete CSS.highlights; delete window.Highlight; delete CSS.__proto__.highlights")
    page = context.new_page()
    page.goto(served + CONVERSATION)
    before = page.locator(".text").inner_text()
    page.goto(served + CONVERSATION + "?q=%22Kim+Il+Sung%22+plenum")
    assert page.locator(".text mark").count() > 5
    assert page.locator(".text mark.here").count() >= 1
    page.get_by_role("button", name="Clear").click()
    assert page.locator(".text mark").count() == 0
    assert page.locator(".text").inner_text() == before
    context.close()


# For everyone

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(served: str, opened: Opened, scheme: str) -> None:
    page = opened(served + CONVERSATION + "?q=kim", 360, color_scheme=scheme, bypass_csp=True)
    openers = {
        "#tp-found": None,
        "#tp-card": "#t7 .speech a.name[data-card]",
        "#tp-passage": "#t7 > .number",
        "#tp-settings": ".settings-open",
        "#tp-menu": ".menu-open",
    }
    for panel, opener in openers.items():
        if opener:
            page.keyboard.press("Escape")
            page.locator(opener).first.click()
        expect(page.locator(panel)).to_be_visible()
        options = WCAG | {"resultTypes": ["violations"]}
        found_ = Axe().run(page, context=[[panel]], options=options).response["violations"]
        assert not found_, [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found_]


# What is not there


def test_without_popovers_cards_open_all_the_same(served: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700})
    context.add_init_script(
        "for (const name of ['popover', 'showPopover', 'hidePopover']) delete HTMLElement.prototype[name]"
    )
    page = context.new_page()
    page.goto(served + CONVERSATION)
    page.locator("#t7 .speech a[data-card]").first.click()
    expect(page.locator("#tp-card").get_by_role("heading")).to_have_text("Kim Il Sung")
    page.keyboard.press("Escape")
    expect(page.locator("#tp-card")).to_be_hidden()
    expect(page.locator(".settings-open")).to_be_hidden()
    context.close()


def test_where_nothing_may_be_kept_all_works_for_the_page(served: str, opened: Opened, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(served + CONVERSATION)
    layer(page, "names").click()
    assert switched(page) == {"names"}
    # The link takes the choice along.
    page.locator("nav.views").get_by_role("link", name="Diplomatic").click()
    page.wait_for_url("**/diplomatic/index.html?layers=-names")
    assert switched(page) == {"names"}
    assert not said
    context.close()


def test_scripts_off_leaves_everything(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto((site / CONVERSATION).as_uri() + "?q=kim&layers=-names")
    for selector in (
        ".text",
        ".notes > ol > li >> nth=0",
        ".notes > ol > li >> nth=-1",
        "#tp-names",
        "nav.contents a >> nth=0",
    ):
        expect(page.locator(selector)).to_be_visible()
    notes = beside_without_scripts(page)
    assert notes
    context.close()


def beside_without_scripts(page: Page) -> bool:
    text, note = page.locator(".text").bounding_box(), page.locator(".notes > ol > li").first.bounding_box()
    return bool(text and note and note["y"] >= text["y"] + text["height"])
