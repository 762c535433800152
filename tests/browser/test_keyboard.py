"""Everything that one can do on a page of the edition can be done by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.browser.edition_pages import WIDTHS, one_of_each

pytestmark = pytest.mark.browser

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
            page.keyboard.down("Tab")  # held, as one press for each stop takes twice as long
        missed += [f"{name}: {each}" for each in page.evaluate(MISSED)] if number <= MOST_STEPS or name in LONG else []
        page.close()
    context.close()
    assert not missed, "\n".join(missed[:20])
