"""Pages lead to the books that there are, and to no others."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import Final

import pytest
from lxml import etree
from tests.site.test_cases import CASES, corpus_of

from teipipe.editions import Renderer
from teipipe.site import pages

FOLDER: Final = CASES / "two-documents"


@pytest.fixture(scope="module")
def renderers() -> dict[str, Renderer]:
    return {language: Renderer(language=language) for language in ("en", "de")}


def made(renderer: Renderer, books: tuple[str, ...], volumes: int = 1) -> dict[str, str]:
    corpus = corpus_of(FOLDER, tomllib.loads((FOLDER / "corpus.toml").read_text(encoding="utf-8")))
    whole = etree.parse(FOLDER / "summaries.xml").getroot()
    summaries = [etree.tostring(summary, encoding="unicode", with_tail=False) for summary in whole]
    found = pages(renderer, summaries, replace(corpus, books=books, volumes=volumes))
    return {page.path: page.data.decode() for page in found if page.path in ("index.html", "downloads/index.html")}


def links(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a[^>]* href="([^"]+\.(?:pdf|epub))"[^>]*>([^<]*)</a>', page)


def test_none(renderers: dict[str, Renderer]) -> None:
    for page in made(renderers["en"], ()).values():
        assert not re.search(r"\.pdf|\.epub|Books", page)


def test_of_the_whole_and_of_each_document(renderers: dict[str, Renderer]) -> None:
    found = made(renderers["en"], ("pdf", "epub", "edition", "documents"))
    ids = re.findall(r'id="([^"]+)"', (FOLDER / "corpus.toml").read_text().replace(" = ", "="))
    book = "The edition as a book"
    expected = [("../downloads/edition.pdf", book), ("../downloads/edition.epub", book)]
    expected += [
        (f"../{name}/{name}.{ending}", ending.upper()) for name in dict.fromkeys(ids) for ending in ("pdf", "epub")
    ]
    downloads = found["downloads/index.html"]
    assert links(downloads) == expected
    front = found["index.html"]
    assert re.findall(r'<link rel="alternate" type="([^"]+)" href="downloads/([^"]+)"', front) == [
        ("application/pdf", "edition.pdf"),
        ("application/epub+zip", "edition.epub"),
    ]
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', front, re.S)
    forms = {form["encodingFormat"]: form["contentUrl"] for form in json.loads(data)["encoding"]}
    assert forms["application/pdf"] == "downloads/edition.pdf"


def test_volumes_are_no_other_form_of_the_whole(renderers: dict[str, Renderer]) -> None:
    found = made(renderers["de"], ("epub", "edition"), 2)
    assert links(found["downloads/index.html"]) == [
        ("../downloads/edition-1.epub", "Die Edition als Bücher, Band 1 von 2"),
        ("../downloads/edition-2.epub", "Die Edition als Bücher, Band 2 von 2"),
    ]
    assert "epub" not in found["index.html"]
