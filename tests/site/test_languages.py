"""A German edition of English documents: every word is marked as what it is, for a reader's voice goes by that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import html5lib
import pytest
from lxml import etree

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.site import pages, with_addresses

NS: Final = 'xmlns="http://www.tei-c.org/ns/1.0"'
TITLE: Final = "A letter home"

LETTER: Final = f"""<TEI {NS} xml:id="letter" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>{TITLE}</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><msDesc><history><p>Kept in a box.</p></history></msDesc></sourceDesc></fileDesc>
<profileDesc><creation><date when="1956-08-30">30 August 1956</date></creation></profileDesc></teiHeader>
<text><body><div><head>Of home</head>
<p>Dear <persName ref="register.xml#ann" cert="high">Ann</persName>, it is
<date when="1956-08-30" cert="low" evidence="internal">today</date> as
<choice><sic>allways</sic><corr>always</corr></choice> <add>still</add> <supplied>very</supplied>
<surplus>very</surplus> cold.<note>In <foreign xml:lang="ru">Москва</foreign>.</note></p>
<sp who="register.xml#ann"><speaker>Ann</speaker><p>Yes.</p></sp></div></body></text></TEI>"""

REGISTER: Final = f"""<TEI {NS} xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Register</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<listPerson><person xml:id="ann"><persName>Ann</persName><note type="description">A sister.</note>
<birth when="1930" source="letter.xml">1930</birth>
<note type="statement"><ref target="https://example.org/ann">Elsewhere</ref></note></person></listPerson>
<listEvent><event xml:id="war" when="1950" cert="low"><label>The war</label></event></listEvent></body></text></TEI>"""


def source(name: str, text: str) -> Source:
    return Source.of(Document(Path(name), text.encode()), id=name.partition(".")[0], path=name, sha256="0" * 64)


@pytest.fixture(scope="module")
def german() -> dict[str, etree._Element]:
    """All pages of the edition by their paths."""
    renderer = Renderer(language="de")
    letter = source("letter.xml", LETTER)
    register = with_addresses(source("register.xml", REGISTER))
    corpus = Corpus("Briefe", "2026-11-22", "1", (Entry(letter.id, letter.path, TITLE, letter.sha256),), register)
    edition = renderer.edition(letter, corpus)
    made = [*edition.artefacts, *pages(renderer, [edition.summary], corpus)]
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return {page.path: parser.parse(page.data.decode()).getroot() for page in made if page.path.endswith(".html")}


def language_of(element: etree._Element) -> str:
    return next(lang for above in (element, *element.iterancestors()) if (lang := above.get("lang")))


def classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def ours(page: etree._Element) -> Iterator[etree._Element]:
    """The elements of what the edition adds, those in others left out, and without what another view has in a place."""
    for element in page.iter("*"):
        is_inside = any("generated" in classes(above) for above in element.iterancestors())
        if "generated" in classes(element) and "other" not in classes(element) and not is_inside:
            yield element


def test_what_the_edition_adds_is_german(german: dict[str, etree._Element]) -> None:
    wrong = [
        (path, etree.tostring(element, encoding="unicode")[:120])
        for path, page in german.items()
        for element in ours(page)
        if language_of(element) != "de"
    ]
    assert not wrong


def test_titles_and_words_of_documents_are_english(german: dict[str, etree._Element]) -> None:
    found: dict[str, set[str]] = {}
    for path, page in german.items():
        for element in page.iter("a", "h1", "h2", "h3"):
            if (element.text or "").strip() == TITLE:
                found.setdefault(path, set()).add(language_of(element))
    assert len(found) > 8
    assert {path: languages for path, languages in found.items() if languages != {"en"}} == {}
    texts = [text for page in german.values() for text in page.findall(".//section[@class='notes layer-notes']/ol")]
    assert [language_of(text) for text in texts] == ["en"] * 3
    quoted = german["interventions/index.html"].xpath(
        "//td[@class='column-source']//mark[not(contains(@class, 'generated'))]"
    )
    assert {language_of(each) for each in quoted} == {"en"}


def test_the_search_knows_what_language_a_page_is_in(german: dict[str, etree._Element]) -> None:
    for path in ("letter/index.html", "register/persons/ann/index.html"):
        [body] = german[path].xpath("//*[contains(@data-pagefind-meta, 'language[lang]')]")
        assert body.get("lang") == "en"


def test_links_of_the_register_to_elsewhere_say_so(german: dict[str, etree._Element]) -> None:
    [link] = german["register/persons/ann/index.html"].xpath("//a[@href='https://example.org/ann']")
    assert link.get("rel") == "external noopener noreferrer"
    assert "führt zu einer anderen Website" in "".join(link.itertext())
