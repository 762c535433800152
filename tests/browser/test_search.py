"""The search page in a real browser: it finds words, names and phrases, leads to their places, says what else to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect
from tests.browser.conftest import serving

from teipipe.site.search import parts_list, search_index
from teipipe.site.search_parts import IndexPart, SearchedPage, is_searched, text_size
from teipipe.site.search_parts import divided as parts_of

pytestmark = pytest.mark.browser

CONVERSATION = "conversation-1956-09-16"
ESSAY = "essay-new-tranche"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url} failed"))
    yield page
    context.close()
    assert not complaints


def search(page: Page, served: str, words: str) -> list[str]:
    """What a question finds: the addresses of the results, in their order."""
    page.goto(f"{served}search/index.html?q={quote(words)}")
    expect(page.locator(".search-state")).to_contain_text("ound")
    links = page.locator(".result h3 a")
    return [str(link.get_attribute("href")).split("?")[0].removeprefix("../") for link in links.all()]


def options(page: Page) -> dict[str, list[str]]:
    """The values of each filter, with their counts."""
    names = ("document", "kind", "person", "year")
    return {name: page.locator(f"select[name={name}] option").all_inner_texts() for name in names}


def show_all(page: Page) -> None:
    more = page.get_by_role("button", name="Show more results")
    while more.is_visible():
        shown = page.locator(".result").count()
        more.click()
        expect(page.locator(".result")).not_to_have_count(shown)


@pytest.fixture(scope="module")
def divided(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition with its index in parts, as a large one has it."""
    folder = tmp_path_factory.mktemp("divided") / "site"
    shutil.copytree(site, folder)
    shutil.rmtree(folder / "search" / "pagefind")
    pages = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}
    searched = [SearchedPage(path, "", text_size(page)) for path, page in pages.items() if is_searched(page)]
    parts = parts_of(searched, sum(page.size for page in searched) // 2)
    assert len(parts) >= 3
    files = [parts_list(parts)]
    for part in parts:
        files += search_index([(page.path, pages[page.path]) for page in part.pages], "en", part.folder)
    for file in files:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    return folder


@pytest.fixture(scope="module")
def parted(divided: Path) -> Iterator[str]:
    with serving(divided) as address:
        yield address


def found(page: Page) -> int:
    expect(page.locator(".search-state")).to_contain_text("ound")
    words = page.locator(".search-state").inner_text()
    return {"Nothing found.": 0, "Found in one page.": 1}.get(words) or int("".join(filter(str.isdigit, words)) or 0)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("cult", f"{ESSAY}/index.html"),
        ("escape", "register/persons/four-who-fled/index.html"),
        ("Mikoyan", "register/persons/anastas-mikoyan/index.html"),
        ("Choe", f"{CONVERSATION}/index.html"),
        ("Ch’oe", f"{CONVERSATION}/index.html"),
        ("Chʼoe", f"{CONVERSATION}/index.html"),
        ("Chŏe", f"{CONVERSATION}/index.html"),
        ("CHOE", f"{CONVERSATION}/index.html"),
        ('"cult of personality"', f"{CONVERSATION}/index.html"),
        ("“cult of personality”", f"{CONVERSATION}/index.html"),
    ],
)
def test_words_names_accents_and_phrases_are_found(page: Page, served: str, words: str, address: str) -> None:
    assert address in search(page, served, words)


def test_a_phrase_is_found_as_it_stands_only(page: Page, served: str) -> None:
    search(page, served, "personality of cult")
    assert found(page) > 0
    search(page, served, '"personality of cult"')
    assert found(page) == 0


def test_each_place_of_a_phrase_is_shown(page: Page, served: str) -> None:
    search(page, served, "“Kim Il Sung”")
    result = page.locator(".result", has=page.locator(f"a[href^='../{CONVERSATION}/']"))
    assert result.locator(".places a").count() >= 3
    marks = result.locator(".places").first.locator("mark").all_inner_texts()
    assert set(marks) == {"Kim", "Il", "Sung"}


def test_a_result_names_its_place_and_leads_to_it(page: Page, served: str) -> None:
    search(page, served, "informed our ambassador")
    result = page.locator(".result", has=page.locator(f"a[href^='../{CONVERSATION}/']"))
    assert "Memorandum of conversation" in result.locator(".result-line").inner_text()
    assert "16 September 1956" in result.locator(".result-line").inner_text()
    place = result.locator(".places li", has_text="informed our ambassador").first
    link = place.locator("a.place")
    assert link.inner_text() == "turn 7"
    link.click()
    page.wait_for_url("**/index.html?q=*#*")
    anchor = page.url.partition("#")[2]
    target = page.locator(f"[id='{anchor}']")
    assert "informed our ambassador" in target.inner_text()
    expect(target).to_be_in_viewport()


def test_a_heading_is_no_part_of_the_paragraph_before(page: Page, served: str) -> None:
    search(page, served, "Khrushchev’s secret speech")
    result = page.locator(".result", has=page.locator(f"a[href^='../{ESSAY}/']"))
    assert "“Khrushchev’s Secret Speech”" in result.locator("a.place").all_inner_texts()


@pytest.mark.parametrize(
    "question",
    [
        "q=plenum",
        "q=Choe",
        "q=“cult of personality”",
        "q=congress&year=1956",
        "q=plenum&person=Anastas Mikoyan",
        "kind=Person",
        "year=1956",
        "kind=Nothing",
    ],
)
def test_an_index_in_parts_finds_and_counts_the_same(page: Page, served: str, parted: str, question: str) -> None:
    answers = []
    for address in (served, parted):
        page.goto(f"{address}search/index.html?{quote(question, safe='=&')}")
        number = found(page)
        show_all(page)
        links = page.locator(".result a").all()
        answers.append((number, options(page), sorted(str(link.get_attribute("href")) for link in links)))
    assert answers[0] == answers[1]


def test_a_result_of_each_part_leads_to_its_place(page: Page, divided: Path, parted: str) -> None:
    parts = json.loads((divided / "search" / "parts.json").read_text())
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(response.url))
    search(page, parted, "Kim")
    show_all(page)
    for part in parts:
        assert [url for url in loaded if url.startswith(f"{parted}search/{part}/fragment/")], part
    search(page, parted, "informed our ambassador")
    page.locator(f".result a.place[href^='../{CONVERSATION}/']", has_text="turn 7").click()
    page.wait_for_url("**/index.html?q=*#*")
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_contain_text("informed our ambassador")


def test_a_part_that_is_missing_is_said_and_not_passed_over(browser: Browser, divided: Path, parted: str) -> None:
    for part in json.loads((divided / "search" / "parts.json").read_text()):
        page = browser.new_page()
        page.route(f"**/{part}/pagefind-entry.json*", lambda route: route.fulfill(status=404))
        page.goto(f"{parted}search/index.html?q=plenum")
        expect(page.locator("form.search")).to_be_hidden()
        expect(page.get_by_text("The search could not be loaded")).to_be_visible()
        page.close()


DATES = ("1950-05", "1956-09-16", "", "1951", "1956-09-16", "")


@pytest.mark.parametrize(("order", "expected"), [("date", "031425"), ("date-down", "143025")])
def test_dates_are_in_order_across_parts(page: Page, site: Path, tmp_path: Path, order: str, expected: str) -> None:
    shutil.copytree(site / "assets", tmp_path / "assets")
    (tmp_path / "search").mkdir()
    shutil.copy(site / "search" / "index.html", tmp_path / "search")
    facts = 'data-pagefind-meta="title[data-title]" data-sort="{}" data-pagefind-sort="date[data-sort]"'
    files = []
    parts = []
    for number, date in enumerate(DATES):
        start = f'<main data-pagefind-body data-title="{number}" {facts.format(date) if date else ""}>'
        # Of those of the same date or none, the first says it most often, and so is the best result.
        words = "Spring. " * (10 - number) + "Words. " * number
        text = f'<!DOCTYPE HTML><html lang="en"><body>{start}{words}</main></body></html>'
        part = IndexPart(f"search/pagefind-{number % 3}", ())
        parts += [part] * (number < 3)
        files.append((part.folder, f"{number}/index.html", text.encode()))
    made = [parts_list(parts)]
    for part in parts:
        made += search_index([(path, text) for folder, path, text in files if folder == part.folder], "en", part.folder)
    for file in made:
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(file.data)
    with serving(tmp_path) as address:
        page.goto(f"{address}search/index.html?q=spring&sort={order}")
        assert found(page) == len(DATES)
        links = [str(link.get_attribute("href")) for link in page.locator(".result h3 a").all()]
    assert "".join(link.split("/")[1] for link in links) == expected


def test_no_words_of_ours_are_found(page: Page, served: str) -> None:
    for words in ("paragraph number", "skip to the text", "reading view"):
        search(page, served, f'"{words}"')
        assert found(page) == 0, words


def test_nothing_found_says_what_to_do(page: Page, served: str) -> None:
    assert search(page, served, "xyzzy") == []
    advice = page.locator(".search-nothing")
    assert advice.is_visible()
    assert "Try another spelling" in advice.inner_text()
    assert advice.locator("a").count() >= 4


def test_filters_count_and_narrow_down(page: Page, served: str) -> None:
    search(page, served, "plenum")
    everything = found(page)
    kind = page.get_by_label("Kind")
    option = kind.locator("option", has_text="Event")
    number = int(option.inner_text().rpartition("(")[2].strip(")"))
    assert 0 < number < everything
    kind.select_option("Event")
    expect(page.locator(".search-state")).to_have_text(f"Found in {number} pages.")
    assert "kind=Event" in page.url
    assert kind.locator("option").count() > 2, "the other kinds can still be chosen"
    page.go_back()
    expect(page.locator(".search-state")).to_have_text(f"Found in {everything} pages.")
    assert kind.input_value() == ""


@pytest.mark.parametrize("name", ["document", "person", "year"])
def test_each_filter_has_the_document(page: Page, served: str, name: str) -> None:
    search(page, served, "congress")
    values = {
        "document": page.locator("select[name=document] option", has_text="conversation with the delegation"),
        "person": page.locator("select[name=person] option", has_text="Anastas Mikoyan"),
        "year": page.locator("select[name=year] option", has_text="1956"),
    }
    value = values[name].first.get_attribute("value")
    page.locator(f"select[name={name}]").select_option(value)
    expect(page.locator(f".result h3 a[href^='../{CONVERSATION}/']")).to_be_visible()
    assert f"{name}=" in page.url


def test_filters_work_without_words(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?kind=Place")
    assert found(page) > 3
    assert set(page.locator(".result-line").all_inner_texts()) == {"Place"}


def test_by_date_what_has_one_comes_first(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?q=congress&sort=date")
    everything = found(page)
    assert page.locator(".result h3 a").first.get_attribute("href") == f"../{CONVERSATION}/index.html?q=congress"
    search(page, served, "congress")
    assert found(page) == everything


def test_more_results_come_when_asked_for(page: Page, served: str) -> None:
    search(page, served, "Kim")
    assert page.locator(".result").count() == 10
    page.get_by_role("button", name="Show more results").click()
    expect(page.locator(".result")).to_have_count(20)
    focused = "document.activeElement === document.querySelectorAll('.result')[10].querySelector('a')"
    page.wait_for_function(focused)


def test_typing_searches_and_the_address_can_be_passed_on(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html")
    page.get_by_role("searchbox").press_sequentially("plenum", delay=20)
    assert found(page) > 1
    page.wait_for_url("**/search/index.html?q=plenum")
    page.go_back()
    assert page.url == "about:blank", "letters are no steps in the history"


def test_keyboard_alone(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("cult")
    page.keyboard.press("Enter")
    assert found(page) > 1
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
    assert seen[1:6] == ["document", "kind", "person", "year", "sort"]
    assert "place" in seen
    page.locator(".result h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url and "?q=cult" in url)


def test_the_form_of_every_page_leads_here(page: Page, served: str) -> None:
    page.goto(f"{served}{CONVERSATION}/index.html")
    page.get_by_role("searchbox").fill("plenum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=plenum")
    assert found(page) > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_among_results(browser: Browser, served: str, scheme: str, width: int) -> None:
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page = context.new_page()
    search(page, served, "plenum")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert not [f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in violations]
    assert wide <= 0


def test_the_number_of_results_is_said_to_those_who_cannot_see(page: Page, served: str) -> None:
    search(page, served, "plenum")
    assert page.get_by_role("status").inner_text().startswith("Found in")


def test_without_scripts_the_lists_stand_in(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}search/index.html")
    _assert_lists(page)
    context.close()


def test_from_a_folder_the_lists_stand_in(page: Page, divided: Path) -> None:
    page.goto((divided / "search" / "index.html").as_uri())
    _assert_lists(page)
    page.goto((divided / CONVERSATION / "index.html").as_uri())
    assert page.locator("form.site-search").is_hidden()


def _assert_lists(page: Page) -> None:
    assert page.locator("form.search").is_hidden()
    instead = page.locator(".search-unavailable")
    assert "There is no search here" in instead.inner_text()
    instead.get_by_role("link", name="Persons").click()
    page.wait_for_load_state()
    assert page.url.endswith("register/persons/index.html")


@pytest.mark.parametrize("missing", ["**/pagefind.js", "**/parts.json", "**/dates.json"])
def test_without_an_index_the_lists_stand_in(browser: Browser, served: str, missing: str) -> None:
    page = browser.new_page()
    page.route(missing, lambda route: route.fulfill(status=404))
    page.goto(f"{served}search/index.html?q=plenum&sort=date")
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.get_by_text("The search could not be loaded")).to_be_visible()
    page.close()


def _weigh(sizes: dict[str, int], response: Response) -> None:
    sizes[response.url] = len(response.body())


def test_a_first_search_loads_little_and_from_here_only(browser: Browser, served: str) -> None:
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("response", partial(_weigh, sizes))
    search(page, served, "plenum")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(served) for url in sizes)
    loaded = sum(size for url, size in sizes.items() if "/search/" in url and "index.html" not in url)
    assert loaded < 250_000, sizes
    page.close()


def test_without_a_question_filters_are_offered_and_no_words_are_loaded(page: Page, parted: str) -> None:
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(response.url))
    page.goto(f"{parted}search/index.html")
    expect(page.get_by_label("Kind").locator("option", has_text="Event")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if url.endswith(".pf_index")]
    everything = page.get_by_label("Kind").locator("option").all_inner_texts()
    page.goto(f"{parted}search/index.html?kind=Event")
    assert f"Event ({found(page)})" in everything
