"""A view has the same words, in the same order, as page and as plain text; every link of a page leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.editions.rendering import CASES, ROOT, page, parsed, read, text, whole, words_of_page, words_of_text

from teipipe.documents import Document
from teipipe.editions import Source
from teipipe.validate.source_view import SourceView, Words
from teipipe.views import VIEWS, View, load_views

CORPORA = ROOT.parent / "shared" / "corpora"


def documents() -> list[Any]:
    ours = sorted(path for path in (ROOT / "tei").glob("*.xml") if path.name != "register.xml")
    cases = sorted(path.parent for path in (CASES / "render").glob("*/input.xml"))
    assert ours
    assert cases
    return [pytest.param(path, id=path.stem) for path in ours] + [
        pytest.param(folder / "input.xml", id=folder.name) for folder in cases
    ]


def foreign() -> list[Any]:
    """Twenty documents of other people, spread over what is there."""
    found = [path for kind in ("memoranda", "plays") for path in sorted((CORPORA / kind).glob("*.xml"))[::60][:10]]
    return [pytest.param(path, id=path.stem) for path in found] or [
        pytest.param(None, marks=pytest.mark.skip(reason=f"{CORPORA} is missing"))
    ]


def source(path: Path) -> Source:
    name = "letter.xml" if path.name == "input.xml" else path.name
    return read(path, name)


def register(path: Path) -> Source | None:
    beside = ROOT / "tei" / "register.xml" if path.is_relative_to(ROOT / "tei") else CASES / "render" / "register.xml"
    return read(beside, "register.xml")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", documents())
def test_same_words(path: Path, view: View) -> None:
    document = source(path)
    on_page = words_of_page(page(document, view, register(path)))
    in_text = words_of_text(text(document, view, register(path), generated=False))
    assert on_page == in_text
    assert on_page or view == "speech"


@pytest.mark.parametrize("path", documents())
def test_line_width_changes_no_word(path: Path) -> None:
    document = source(path)
    wide = words_of_text(text(document, "diplomatic", register(path), width=0))
    assert words_of_text(text(document, "diplomatic", register(path), width=40)) == wide


@pytest.mark.parametrize("stem", ["conversation-1956-09-16", "essay-new-tranche"])
def test_the_source_view_is_the_transcription(stem: str) -> None:
    """Word for word, and no sign twice; the other views have the brackets of the source or none."""
    path = ROOT / "tei" / f"{stem}.xml"
    transcription = (ROOT / "tei" / "sources" / f"{stem}.txt").read_text(encoding="utf-8")
    assert words_of_text(text(source(path), "source", register(path))) == words_of_text(transcription)
    brackets: dict[View, int] = {"diplomatic": 1, "reading": 0, "speech": 0}
    for view, kept in brackets.items():
        shown = text(source(path), view, register(path))
        assert shown.count("[") == shown.count("]") == kept * transcription.count("[")
        assert not re.search(r"\[\[|\]\]|⟨⟨|⟩⟩|\[⟨|⟩\]", shown)


def test_speech_can_do_without_names() -> None:
    path = ROOT / "tei" / "conversation-1956-09-16.xml"
    with_names = words_of_text(text(source(path), "speech", register(path), generated=False))
    without = words_of_text(text(source(path), "speech", register(path), generated=False, names=False))
    speakers = len(re.findall("<speaker>", path.read_text(encoding="utf-8")))
    assert with_names.count("Cde.") - without.count("Cde.") == speakers == 52
    assert without[:5] == ["How", "does", "Cde.", "Kim", "Il"]


@pytest.mark.parametrize("path", foreign())
def test_same_words_in_documents_of_others(path: Path) -> None:
    document = source(path)
    for view in ("diplomatic", "reading"):
        on_page = words_of_page(page(document, view))
        assert on_page == words_of_text(text(document, view, generated=False))
        assert on_page


@pytest.mark.parametrize("path", documents())
def test_links_and_ids(path: Path) -> None:
    files, _, _ = whole(source(path), register(path))
    anchors = {}
    for name in ("index.html", "diplomatic/index.html", "parallel/index.html"):
        root = parsed(files[name])
        ids = [str(found) for found in root.xpath("//@id")]
        assert len(ids) == len(set(ids))
        hrefs = [str(found) for found in root.xpath("//a/@href")]
        assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
        assert not [href for href in hrefs if ":" in href and not href.startswith(("http:", "https:", "mailto:"))]
        anchors[name] = {found for found in ids if not found.startswith("tp-")}
    assert anchors["index.html"] == anchors["diplomatic/index.html"] == anchors["parallel/index.html"]


@pytest.mark.parametrize("path", documents())
def test_fidelity_is_held_against_the_same_source_view(path: Path) -> None:
    """The check of fidelity makes the source view by itself: signs, breaks and all have to be those of the passes."""
    checked = SourceView(Document(path, path.read_bytes()), load_views()).words
    assert checked == Words(text(source(path), "source", register(path))).words
