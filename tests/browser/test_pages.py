"""The pages of the built edition as a whole: nothing breaks, nothing is heavy or moves, nothing needs scripts."""

from __future__ import annotations

import gzip
import time
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Route
from tests.browser.edition_pages import NOWHERE, WIDTHS, Watched, chosen, is_wide, one_of_each, pages

pytestmark = pytest.mark.browser

#: What a page may ask for, with itself, of style sheets and scripts; and what all of it may weigh, as servers send it.
MOST_REQUESTS: Final = 16
MOST_BYTES_IN_ALL: Final = 110_000

#: Notes what moves without the reader's doing.
SHIFTS: Final = """
window.shifts = [];
window.notes = (list) => {
  for (const entry of list) {
    window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
  }
};
window.watching = new PerformanceObserver((list) => window.notes(list.getEntries()));
window.watching.observe({ type: "layout-shift", buffered: true });
"""

#: When scripts have come to rest: what has moved, and the addresses of what the page has asked for.
OPENED: Final = """async () => {
  await document.fonts.ready;
  for (let times = 0; times < 3; times += 1) {
    await new Promise((rest) => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(rest, 20))));
  }
  window.notes(window.watching.takeRecords());
  return [window.shifts, performance.getEntriesByType("resource").map((each) => each.name)];
}"""


@cache
def weight(path: Path) -> int:
    """What servers send for a file, at best."""
    return len(gzip.compress(path.read_bytes()))


def heavy(site: Path, page: str, asked: list[str]) -> str:
    # The search page loads its index besides; tests of the search measure that.
    names = {unquote(urlsplit(each).path).lstrip("/") for each in asked if "/pagefind/" not in each} | {page}
    size = sum(weight(site / name) for name in names)
    few = len(names) <= MOST_REQUESTS and size <= MOST_BYTES_IN_ALL
    return "" if few else f"{page}: {len(names)} requests, {size} bytes"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_open_fit_ask_for_little_and_nothing_moves(site: Path, served: str, browser: Browser, width: str) -> None:
    """All pages at the width of a phone, where there is least room; at the others, those that were chosen."""
    watched = Watched(browser, served, viewport={"width": WIDTHS[width], "height": 900})
    watched.page.add_init_script(SHIFTS)
    # As for somebody who comes to each page first.
    watched.context.new_cdp_session(watched.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    wrong: list[str] = []
    each_kind = one_of_each(site)
    every = [path.relative_to(site).as_posix() for path in pages(site)]
    for name in every if width == "phone" else chosen(site):
        watched.page.goto(served + name)
        wrong.append(is_wide(watched.page))
        if name in each_kind:
            shifts, asked = watched.page.evaluate(OPENED)
            wrong += [f"{name} moves: {shifts[:3]}" if shifts else "", heavy(site, name, asked)]
    watched.context.close()
    wrong = watched.complaints + list(filter(None, wrong))
    assert not wrong, "\n".join(wrong[:20])


class InPieces(SimpleHTTPRequestHandler):
    """Gives out the page of principles in pieces, divided among the tools in its header."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        if not self.path.startswith("/principles/"):
            return super().do_GET()
        data = (Path(self.directory) / "principles" / "index.html").read_bytes()
        tools = data.index(b'<div class="site-tools">')
        ends = [data.index(b"</form>", tools) + len(b"</form>"), data.index(b'class="menu-open"', tools), len(data)]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for start, end in pairwise([0, *ends]):
            self.wfile.write(data[start:end])
            self.wfile.flush()
            time.sleep(0.4)
        return None


def test_a_page_that_comes_in_pieces_does_not_move(site: Path, browser: Browser) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(InPieces, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": WIDTHS["desktop"], "height": 900})
        page.add_init_script(SHIFTS)
        page.goto(f"http://127.0.0.1:{server.server_port}/principles/")
        shifts, _ = page.evaluate(OPENED)
        page.close()
        server.shutdown()
    assert not shifts


def test_pages_open_from_a_folder(site: Path, browser: Browser) -> None:
    watched = Watched(browser, site.as_uri(), viewport={"width": WIDTHS["desktop"], "height": 900})
    for page in one_of_each(site):
        watched.page.goto((site / page).as_uri())
        watched.complaints += filter(None, [is_wide(watched.page)])
        styled = watched.page.evaluate("getComputedStyle(document.body).fontFamily")
        assert page == NOWHERE or "Charter" in styled, f"{page} has lost its style sheet"
    watched.context.close()
    assert not watched.complaints, "\n".join(watched.complaints[:20])


#: Words of documents and registers that are there and can't be read.
HIDDEN: Final = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const hidden = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".generated, details:not([open]), script")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) hidden.push(node.data.trim().slice(0, 60));
  }
  return hidden;
}"""


@pytest.mark.parametrize("without", ["scripts switched off", "scripts lost on the way"])
def test_without_scripts_every_page_is_whole(site: Path, served: str, browser: Browser, without: str) -> None:
    off = without == "scripts switched off"
    context = browser.new_context(
        viewport={"width": WIDTHS["desktop"], "height": 900}, java_script_enabled=not off, bypass_csp=True
    )
    page = context.new_page()

    def lose(route: Route) -> None:
        route.abort()

    if not off:
        page.route("**/*.js", lose)
    wrong: list[str] = []
    for name in chosen(site) if off else one_of_each(site):
        page.goto(served + name)
        wrong += [f"{name}: {words}" for words in page.evaluate(HIDDEN)[:3]]
        wrong += filter(None, [is_wide(page)])
        dead = page.locator("main button:visible")
        wrong += [f"{name}: a button that does nothing: {each}" for each in dead.all_inner_texts()[:3]]
        assert name == NOWHERE or page.locator("header.site nav").count() == 1, name
    context.close()
    assert not wrong, "\n".join(wrong[:20])


def test_each_mention_leads_to_its_entry_and_back(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}conversation-1956-09-16/index.html")
    page.locator("#t1 a[href*='persons/kim-il-sung/']").first.click()
    assert page.url.endswith("register/persons/kim-il-sung/index.html")
    page.locator("main a[href*='conversation-1956-09-16/index.html#']").first.click()
    assert "conversation-1956-09-16/index.html#" in page.url
    context.close()
