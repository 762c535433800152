"""Anybody can read and use the pages of the edition, as far as axe can tell: WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser.edition_pages import WIDTHS, one_of_each

pytestmark = pytest.mark.browser

#: WCAG 2.2 AA, with what it takes over from 2.0 and 2.1.
WCAG: Final = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

#: So many bytes has a page that is looked at in every way.
SHORT: Final = 60_000


def of_each_kind(site: Path, most: int | None) -> list[str]:
    """One page of each kind, of the shorter document; only those of at most so many bytes, and the reading page."""
    found = [name.replace("essay-new-tranche", "conversation-1956-09-16") for name in one_of_each(site)]
    reading = "conversation-1956-09-16/index.html"
    return [name for name in found if most is None or name == reading or (site / name).stat().st_size <= most]


#: Marks what says nothing new: of paragraphs, items and rows in which all has stood before in the same place, by its
#: names of elements and classes, all but three. Axe takes seconds over a long text, and judges all of these alike.
ALIKE: Final = """() => {
  const name = (each) => `${each.localName}.${each.getAttribute("class") ?? ""}[${each.getAttribute("role") ?? ""}]`;
  const path = (each) => each.localName === "main" ? "" : `${path(each.parentElement)}/${name(each)}`;
  const blocks = "p, li, tr";
  const seen = new Map();
  for (const block of document.querySelectorAll(`main :is(${blocks})`)) {
    if (block.parentElement.closest(blocks)) continue;
    const paths = new Set([block, ...block.querySelectorAll("*")].map(path));
    if ([...paths].every((each) => (seen.get(each) ?? 0) >= 3)) block.setAttribute("data-alike", "");
    else paths.forEach((each) => seen.set(each, (seen.get(each) ?? 0) + 1));
  }
}"""


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
        page.evaluate(ALIKE)
        run = axe.run(page, {"exclude": [["[data-alike]"]]}, {**rules, "resultTypes": ["violations"]})
        for violation in run.response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{name}: {violation['id']}: {violation['help']} {targets}")
    context.close()
    assert not found, "\n".join(found)
