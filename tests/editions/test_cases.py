"""Every folder in tests/cases/render shows how a group of elements is shown, in tests/cases/passes what a pass does.

`case.toml` has a title, and may have `messages`, what the stylesheets report (`rule at: text`). In `render` the files
beside `input.xml` are what comes out of it: both pages from the key to the list of interventions, and the four plain
texts without their heads; `page.html` and `head.txt`, where they are there, are a whole page and a whole text.
In `passes` the case names the pass, and may name a view; `expected.xml` is the result, without the stamps of the passes
before it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.conftest import Golden
from tests.editions.rendering import BLOCKS, CASES, corpus, read, renderer, text, whole

from teipipe.editions import PASSES, Source
from teipipe.saxon import NAMESPACE, Message
from teipipe.views import VIEWS, View

#: The attributes that each pass adds.
STAMPS = {
    "10-stamp-source-path": ("at",),
    "20-number": ("id", "n"),
    "30-resolve-pointers": ("voice", "whose"),
    "40-find-rules": ("source", "diplomatic", "reading", "speech", "display", "unknown"),
    "50-list-interventions": (),
    "60-choose-readings": (),
}


def folders(area: str) -> list[Any]:
    found = sorted(path.parent for path in (CASES / area).glob("*/case.toml"))
    assert found, f"no cases in {area}"
    return [pytest.param(folder, id=folder.name) for folder in found]


def case(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def register() -> Source:
    return read(CASES / "render" / "register.xml", "register.xml")


def source(folder: Path) -> Source:
    return read(folder / "input.xml", "letter.xml")


def reported(messages: list[Message]) -> list[str]:
    return [f"{message.code} {message.at}: {message.text}" for message in messages]


@pytest.mark.parametrize("folder", folders("render"))
def test_render(folder: Path, golden: Golden) -> None:
    document = source(folder)
    files, edition, messages = whole(document, register())
    assert not edition.failures
    golden(folder / "reading.html", main_content(files["index.html"]))
    golden(folder / "diplomatic.html", main_content(files["diplomatic/index.html"]))
    for view in VIEWS:
        golden(folder / f"{view}.txt", text(document, view, register()))
    for name, made in (("page.html", files["index.html"]), ("head.txt", files["reading.txt"])):
        if name in case(folder).get("also", ()):
            golden(folder / name, lines(made) if name.endswith("html") else made)
    assert reported(messages) == case(folder).get("messages", [])


@pytest.mark.parametrize("folder", folders("passes"))
def test_pass(folder: Path, golden: Golden) -> None:
    options = case(folder)
    document = source(folder)
    name: str = options["pass"]
    view: View = options.get("view", "reading")
    renderer().take_messages()
    prepared = renderer().prepare(document, view, corpus(document, register()), until=name)
    messages = renderer().take_messages()
    golden(folder / "expected.xml", without_stamps(prepared, PASSES[: PASSES.index(name)]))
    assert reported(messages) == options.get("messages", [])


def main_content(html: str) -> str:
    """From the key to the list of interventions, a line for each block."""
    start = re.search(r'<section class="key|<div class="text"', html)
    end = html.index('<section class="about')
    assert start
    return lines(html[start.start() : end])


def lines(html: str) -> str:
    """The same HTML with a line for each start of a block, so that differences can be read."""
    starts = "|".join([*BLOCKS - {"br", "td", "th", "tbody"}, "body", "head", "link", "meta", "title"])
    return re.sub(rf"(?=<(?:{starts})[ >])", "\n", html).strip() + "\n"


def without_stamps(xml: str, passes: tuple[str, ...]) -> str:
    root = etree.fromstring(xml.encode(), etree.XMLParser(collect_ids=False))
    stamps = {f"{{{NAMESPACE}}}{name}" for earlier in passes for name in STAMPS[earlier]}
    for element in root.iter("*"):
        for name in stamps & {str(key) for key in element.attrib}:
            del element.attrib[name]
    etree.cleanup_namespaces(root, top_nsmap={"tp": NAMESPACE})
    return etree.tostring(root, encoding="unicode") + "\n"
