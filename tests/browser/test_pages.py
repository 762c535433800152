"""The pages of the built edition as a whole: nothing breaks, nothing leads nowhere, anybody can read and use them.

To stay within minutes, what takes long looks at all kinds of pages, but of the pages of entries, which one rule makes,
at a few of each kind: the first, the longest, the last.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urldefrag

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Browser, Page, Response, Route

pytestmark = pytest.mark.browser

WIDTHS: Final = {"phone": 360, "tablet": 768, "desktop": 1440}

#: WCAG 2.2 AA, with what it takes over from 2.0 and 2.1.
WCAG: Final = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

#: What a page may weigh as servers send it, without what it links to.
MOST_BYTES: Final = 40_000

#: What a page may ask for besides itself: style sheets and scripts; and what all of it may weigh, as servers send it.
MOST_REQUESTS: Final = 16
MOST_BYTES_IN_ALL: Final = 110_000

#: The page for addresses that lead nowhere: servers show it at any address, so it has its style rules in itself, and
#: nothing that needs an address of its own.
NOWHERE: Final = "404.html"

#: In words of the standard: a script or handler in the page is blocked, so is all that comes from elsewhere.
STRICT: Final = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'self'")


@cache
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) >= 100, "an index, the documents, the lists, a page for each entry of the register"
    return found


def kind(page: str) -> str:
    """What a page is, by its address: entries are of the kind of their list."""
    parts = page.split("/")
    return "/".join(parts[:2]) + "/*" if parts[0] == "register" and len(parts) > 3 else page


@cache
def chosen(site: Path) -> list[str]:
    """The pages that are looked at for long: all but those of entries, and of these the first, longest and last."""
    by_kind: dict[str, list[Path]] = {}
    for path in pages(site):
        by_kind.setdefault(kind(path.relative_to(site).as_posix()), []).append(path)
    few = (
        {found[0], max(found, key=lambda path: path.stat().st_size), found[-1]} if len(found) > 3 else set(found)
        for found in by_kind.values()
    )
    return sorted(path.relative_to(site).as_posix() for found in few for path in found)


def one_of_each(site: Path) -> list[str]:
    """The longest page of each kind; of a kind too are the pages of all documents."""
    longest: dict[str, str] = {}
    for page in sorted(chosen(site), key=lambda page: (site / page).stat().st_size):
        name = kind(page)
        if (site / page).with_name("summary.xml").exists():
            name = "document"
        elif len(page.split("/")) == 3 and (site / page).parent.with_name("summary.xml").exists():
            name = f"document/{page.split('/')[1]}"
        longest[name] = page
    return sorted(longest.values())


#: So many bytes has a page that is looked at in every way.
SHORT: Final = 60_000


def of_each_kind(site: Path, most: int | None) -> list[str]:
    """One page of each kind, of the shorter document; only those of at most so many bytes, and the reading page."""
    found = [name.replace("essay-new-tranche", "conversation-1956-09-16") for name in one_of_each(site)]
    reading = "conversation-1956-09-16/index.html"
    return [name for name in found if most is None or name == reading or (site / name).stat().st_size <= most]


@cache
def parsed(path: Path) -> etree._ElementTree:
    """The page, by the HTML standard's own algorithm; any parse error fails."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(path.read_bytes(), transport_encoding="utf-8")
    return tree


class Watched:
    """A page, and what it complained of or asked for that isn't below `address`."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._add(message.text))
        self.page.on("pageerror", lambda error: self._add(str(error)))
        self.page.on("requestfailed", lambda request: self._add(f"{request.url} failed"))
        self.page.on("dialog", lambda dialog: self._add(f"dialog: {dialog.message}"))
        self.page.on(
            "response", lambda reply: self._add(f"{reply.url}: {reply.status}") if reply.status >= 400 else None
        )
        self.page.on("request", lambda one: None if one.url.startswith((address, "data:")) else self._add(one.url))

    def _add(self, words: str) -> None:
        self.complaints.append(f"{self.page.url}: {words}")


def is_wide(page: Page) -> str:
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return f"{page.url} scrolls sideways: {width}" if width[0] > width[1] else ""


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_opens_and_fits(site: Path, served: str, browser: Browser, width: str) -> None:
    """All pages at the width of a phone, where there is least room; at the others, those that were chosen."""
    watched = Watched(browser, served, viewport={"width": WIDTHS[width], "height": 900})
    every = [path.relative_to(site).as_posix() for path in pages(site)]
    for page in every if width == "phone" else chosen(site):
        watched.page.goto(served + page)
        watched.complaints += filter(None, [is_wide(watched.page)])
    watched.context.close()
    assert not watched.complaints, "\n".join(watched.complaints[:20])


def test_pages_open_from_a_folder(site: Path, browser: Browser) -> None:
    watched = Watched(browser, site.as_uri(), viewport={"width": WIDTHS["desktop"], "height": 900})
    for page in one_of_each(site):
        watched.page.goto((site / page).as_uri())
        watched.complaints += filter(None, [is_wide(watched.page)])
        styled = watched.page.evaluate("getComputedStyle(document.body).fontFamily")
        assert page == NOWHERE or "Charter" in styled, f"{page} has lost its style sheet"
    watched.context.close()
    assert not watched.complaints, "\n".join(watched.complaints[:20])


#: How pages are looked at: width, colours, by which rules. On dark paper nothing but the colours is different.
LOOKS: Final = {
    "phone": ("phone", "light", WCAG),
    "desktop": ("desktop", "light", WCAG),
    "dark": ("desktop", "dark", {"runOnly": {"type": "rule", "values": ["color-contrast"]}}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(site: Path, served: str, browser: Browser, look: str) -> None:
    width, scheme, rules = LOOKS[look]
    axe = Axe()
    found: list[str] = []
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    # In one look a page of each kind, in the others those of them that are not long: they differ in style alone, and
    # axe takes long over much text. The shorter document stands for both.
    for name in of_each_kind(site, None if look == "desktop" else SHORT):
        page.goto(served + name)
        for violation in axe.run(page, options={**rules, "resultTypes": ["violations"]}).response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{name}: {violation['id']}: {violation['help']} {targets}")
    context.close()
    assert not found, "\n".join(found)


def test_every_internal_link_resolves(site: Path) -> None:
    anchors = {path: {value for each in parsed(path).iter() if (value := each.get("id"))} for path in pages(site)}
    wrong: list[str] = []
    for path in pages(site):
        for value in _addresses(parsed(path)):
            address, fragment = urldefrag(value)
            target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                wrong.append(f"{path.relative_to(site)}: {value}: no such file")
            elif fragment and target.suffix == ".html" and unquote(fragment) not in anchors[target]:
                wrong.append(f"{path.relative_to(site)}: {value}: no such anchor")
    assert not wrong, "\n".join(wrong[:20])


def _addresses(tree: etree._ElementTree) -> Iterator[str]:
    """Every address of a file of the site."""
    for element in tree.iter():
        for name in ("href", "src", "action", "srcset", "poster"):
            value = element.get(name)
            if value is not None and not value.startswith(("https:", "http:", "mailto:", "data:")):
                yield value


def test_pages_declare_themselves(site: Path) -> None:
    for path in pages(site):
        tree = parsed(path)
        where = path.relative_to(site)
        ids = [value for element in tree.iter() if (value := element.get("id"))]
        assert len(ids) == len(set(ids)), f"{where}: {sorted({i for i in ids if ids.count(i) > 1})[:5]}"
        assert tree.getroot().get("lang") == "en", where
        assert tree.findtext(".//title"), where
        assert len(tree.findall(".//main")) == 1, where
        assert len(tree.findall(".//h1")) == 1, where


def test_nothing_in_a_page_can_run_and_nothing_comes_from_elsewhere(site: Path) -> None:
    for path in pages(site):
        tree = parsed(path)
        where = path.relative_to(site)
        policies = [meta.get("content", "") for meta in tree.findall(".//meta[@http-equiv='Content-Security-Policy']")]
        assert len(policies) == 1, where
        rules = [rule.strip() for rule in policies[0].split(";")]
        assert all(any(rule.startswith(strict) for rule in rules) for strict in STRICT), where
        nowhere = where.as_posix() == NOWHERE
        assert "unsafe-inline" not in policies[0].replace("style-src 'unsafe-inline'" if nowhere else "-", ""), where
        assert "'unsafe-eval'" not in policies[0], where
        assert "http" not in policies[0], where
        assert ("wasm-unsafe-eval" in policies[0]) == (where.as_posix() == "search/index.html"), where
        head = tree.findall("./head/*")
        assert [part.tag for part in head[:2]] == ["meta", "meta"], f"{where}: the policy holds from where it stands"
        for element in tree.iter():
            assert not [name for name in map(str, element.attrib) if name.startswith("on") or name == "style"], where
            assert element.tag not in ("base", "iframe", "object", "embed"), where
            assert element.tag != "style" or nowhere, where


def test_no_script_is_waited_for_but_a_small_one(site: Path) -> None:
    for path in pages(site):
        for script in parsed(path).iter("script"):
            source = script.get("src")
            if source is None:
                assert str(script.get("type")).endswith("json"), f"{path.relative_to(site)}: a script in the page"
            elif script.get("defer") is None:
                assert source.endswith("assets/settings.js")
    assert len(gzip.compress((site / "assets" / "settings.js").read_bytes())) < 2_000


def test_no_page_is_heavy(site: Path) -> None:
    sizes = {path.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes())) for path in pages(site)}
    assert not {page: size for page, size in sizes.items() if size > MOST_BYTES}


#: Adds up what moved without the reader's doing.
SHIFTS: Final = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def _weigh(sizes: dict[str, int], reply: Response) -> None:
    sizes[reply.url] = len(gzip.compress(reply.body()))


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_pages_ask_for_little_and_nothing_moves(site: Path, served: str, browser: Browser, width: str) -> None:
    wrong: list[str] = []
    for name in one_of_each(site):
        context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900})
        page = context.new_page()
        page.add_init_script(SHIFTS)
        sizes: dict[str, int] = {}
        page.on("response", partial(_weigh, sizes))
        page.goto(served + name)
        page.wait_for_timeout(300)
        shifts = page.evaluate("window.shifts")
        context.close()
        # The search page loads its index besides; tests of the search measure that.
        own = [size for url, size in sizes.items() if "/pagefind/" not in url]
        if shifts:
            wrong.append(f"{name} moves: {shifts[:3]}")
        if len(own) > MOST_REQUESTS or sum(own) > MOST_BYTES_IN_ALL:
            wrong.append(f"{name}: {len(own)} requests, {sum(own)} bytes")
    assert not wrong, "\n".join(wrong)


#: Whatever one can do something with, and see; of radio buttons that belong together, one.
CONTROLS: Final = """() => {
  const able = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const groups = new Set();
  window.controls = [...document.querySelectorAll(able)].filter((each) => {
    if (each.disabled || each.tabIndex < 0) return false;
    if (!each.checkVisibility({ visibilityProperty: true })) return false;
    if (each.type !== "radio") return true;
    return groups.has(each.name) ? false : groups.add(each.name);
  });
  window.reached = new Set();
  document.addEventListener("focusin", (event) => {
    const same = (each) => each === event.target || (each.type === "radio" && each.name === event.target.name);
    window.controls.forEach((each, number) => { if (same(each)) window.reached.add(number); });
  });
  return window.controls.length;
}"""

MISSED: Final = """() => window.controls.filter((each, number) => !window.reached.has(number))
  .map((each) => each.outerHTML.slice(0, 120))"""


#: Pages with more controls than this are stepped through only if they are named here.
MOST_STEPS: Final = 160
LONG: Final = ("essay-new-tranche/index.html",)


def test_the_keyboard_reaches_everything(site: Path, served: str, browser: Browser) -> None:
    missed: list[str] = []
    context = browser.new_context(viewport={"width": WIDTHS["desktop"], "height": 900})
    for name in one_of_each(site):
        page = context.new_page()
        page.goto(served + name)
        number = page.evaluate(CONTROLS)
        # Long lists of links take minutes, and are made by the same rules as short ones.
        for _ in range(number + 3 if number <= MOST_STEPS or name in LONG else 0):
            page.keyboard.press("Tab")
        missed += [f"{name}: {each}" for each in page.evaluate(MISSED)] if number <= MOST_STEPS or name in LONG else []
        page.close()
    context.close()
    assert not missed, "\n".join(missed[:20])


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


def test_notes_are_linked_both_ways(site: Path) -> None:
    for view in ("", "diplomatic"):
        for document in ("conversation-1956-09-16", "essay-new-tranche"):
            tree = parsed(site / document / view / "index.html")
            links = [a.get("href", "") for a in tree.iter("a")]
            notes = [e.get("id", "") for e in tree.findall(".//section[@role='doc-endnotes']//li[@id]")]
            assert notes, f"{document}/{view}: no notes"
            for note in notes:
                assert f"#{note}" in links, f"nothing leads to {note}"
                back = tree.find(f".//li[@id='{note}']//a[@role='doc-backlink']")
                assert back is not None, f"{note} does not lead back"
                mark = (back.get("href") or "#").removeprefix("#")
                assert tree.find(f".//*[@id='{mark}']") is not None, f"{note} leads back to nowhere"
