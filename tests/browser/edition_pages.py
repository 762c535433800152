"""The pages of the built edition: which there are, what stands for the others, and what they say while they open.

To stay within minutes, what takes long looks at all kinds of pages, but of the pages of entries, which one rule makes,
at a few of each kind: the first, the longest, the last.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

WIDTHS: Final = {"phone": 360, "tablet": 768, "desktop": 1440}

#: The page for addresses that lead nowhere: servers show it at any address, so it has its style rules in itself, and
#: nothing that needs an address of its own.
NOWHERE: Final = "404.html"


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
