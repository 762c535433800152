"""Pages about the whole corpus, made from small summaries and a register: tests/cases/site/NAME/."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import html5lib
import pytest
from lxml import etree
from tests.conftest import Golden

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.saxon import Message
from teipipe.site import pages, with_addresses

CASES: Final = Path(__file__).resolve().parents[1] / "cases" / "site"
TP: Final = "{urn:teipipe:ns}"

#: A golden page has a line for each of these, so that a difference shows where it is.
_LINES: Final = re.compile(
    r"(?=<(?:html|head|meta|link|title|body|header|main|footer|section|article|nav|h\d|p|ul|ol|li|dl|div|dt|dd|details|summary|table|caption|thead|tbody|tr|th|td)\b)"
)


def _main(html: str) -> str:
    """The content of a page; its frame is the same on all, and has cases of its own."""
    main = html[html.index("<main") : html.index("</main>")]
    return _LINES.sub("\n", main).lstrip() + "\n"


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


def corpus_of(folder: Path, settings: Mapping[str, Any]) -> Corpus:
    entries = tuple(Entry(d["id"], d["path"], d["title"], "0" * 64) for d in settings["documents"])
    path = folder / "register.xml"
    place = "tei/register.xml" if any(entry.path.startswith("tei/") for entry in entries) else "register.xml"
    register = None
    if path.is_file():
        register = with_addresses(Source.of(Document.read(path), id="register", path=place, sha256=folder.name))
    return Corpus(settings["title"], settings["date"], "1.2.3", entries, register)


def made_of(folder: Path, renderer: Renderer) -> tuple[dict[str, bytes], list[Message]]:
    """All pages of a case by their paths, and what the stylesheets reported."""
    settings = tomllib.loads((folder / "corpus.toml").read_text(encoding="utf-8"))
    whole = etree.parse(folder / "summaries.xml").getroot()
    summaries = [etree.tostring(summary, encoding="unicode", with_tail=False) for summary in whole]
    renderer.take_messages()
    found = pages(renderer, summaries, corpus_of(folder, settings))
    return {page.path: page.data for page in found}, renderer.take_messages()


@pytest.fixture(params=sorted(path.name for path in CASES.iterdir()), ids=str)
def case(request: pytest.FixtureRequest) -> Path:
    return CASES / str(request.param)


def test_pages_are_as_expected(case: Path, renderer: Renderer, golden: Golden) -> None:
    made, messages = made_of(case, renderer)
    assert not [message for message in messages if message.code == "missing-label"]
    for path, data in made.items():
        text = data.decode()
        text = _main(text) if path.endswith(".html") else text.replace("\r\n", "\n")
        golden(case / "expected" / path, text)
    expected = {path.relative_to(case / "expected").as_posix() for path in (case / "expected").rglob("*.*")}
    assert expected == made.keys(), "pages that are no longer made"


def test_pages_are_html_with_unique_ids_and_no_raw_values(case: Path, renderer: Renderer) -> None:
    made, _ = made_of(case, renderer)
    for path, data in made.items():
        if not path.endswith(".html"):
            continue
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
        page = parser.parse(data, transport_encoding="utf-8").getroot()
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path
        assert page.findtext("head/title")
        assert page.find(".//main//h1") is not None
        # BibTeX has braces, and so have words that a script fills in.
        text = re.sub(r'<pre.*?</pre>|data-[a-z-]+="[^"]*"', "", data.decode(), flags=re.DOTALL)
        assert not re.search(r"site\.[a-z-]+\.|\{\w+\}|urn:teipipe", text), path
        assert "javascript:" not in data.decode()
        for link in page.iter("a"):
            assert link.get("href"), etree.tostring(link)
            assert "".join(link.itertext()).strip(), etree.tostring(link)


def test_csv_has_a_row_for_each_intervention_and_gives_the_source_back(case: Path, renderer: Renderer) -> None:
    made, _ = made_of(case, renderer)
    data = made["interventions/interventions.csv"].decode()
    rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
    assert data.count("\n") == data.count("\r\n")
    assert {len(row) for row in rows} == {len(rows[0])}
    found = list(etree.parse(case / "summaries.xml").iter(f"{TP}intervention"))
    assert len(rows) == len(found) + 1
    for row, intervention in zip(rows[1:], found, strict=True):
        cell = row[rows[0].index("source has")]
        assert cell.lstrip()[:1] not in ("=", "+", "-", "@")
        source = intervention.findtext(f"{TP}source")
        assert source == (cell[1:] if re.match(r"'['\s]*[=+\-@]", cell) else cell)
