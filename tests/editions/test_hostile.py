"""Nothing in a document can run in a reader's browser, or load anything into it."""

from __future__ import annotations

from typing import Final

import pytest
from lxml import etree
from tests.editions.rendering import CASES, page, parsed, read, whole

#: Elements that could load or run something.
ACTIVE: Final = ["script", "img", "svg", "style", "iframe", "object", "embed", "audio", "video", "base", "form", "math"]

#: Scripts that are data, and never run.
DATA: Final = ("application/json", "application/ld+json")


def pages(name: str) -> dict[str, etree._Element]:
    source = read(CASES / "render" / name / "input.xml", "letter.xml")
    register = read(CASES / "render" / "register.xml", "register.xml")
    files, edition, _ = whole(source, register)
    assert not edition.failures
    found = {path: parsed(text) for path, text in files.items() if path.endswith(".html")}
    return found | {"alone": parsed(page(source, "reading", register))}


@pytest.mark.parametrize("name", ["hostile", "images", "links"])
def test_nothing_runs_or_loads(name: str) -> None:
    for path, root in pages(name).items():
        [article] = root.iter("article")
        assert not [element.tag for element in article.iter(*ACTIVE) if element.get("type") not in DATA], path
        for element in root.iter("*"):
            assert not [key for key in element.attrib if str(key).startswith("on") or key in ("style", "srcdoc")], path
        scripts = [script.get("src") or script.text for script in root.iter("script") if script.get("type") is None]
        assert all(source.startswith("../") and "/assets/" in source for source in scripts if source), scripts
        links = [str(href).strip().lower() for href in root.xpath("//@href | //@src")]
        for href in links:
            scheme, colon, _ = href.partition(":")
            assert not colon or "/" in scheme or scheme in ("http", "https", "mailto") or href == "data:,", (path, href)


def test_links_to_elsewhere_say_so() -> None:
    for root in (*pages("links").values(), *pages("images").values()):
        for link in root.xpath("//a[starts-with(@href, 'http')]"):
            assert set((link.get("rel") or "").split()) == {"external", "noopener", "noreferrer"}
            assert "another website" in "".join(link.itertext())
