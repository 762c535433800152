"""A German edition of English documents: every word is marked as what it is, for a reader's voice goes by that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import html5lib
import pytest
from lxml import etree

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.editions.surroundings import Surroundings, pointers
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
<listEvent><event xml:id="war" when="1950" cert="low"><label>The war</label></event></listEvent></body></text>
</TEI>"""


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


#: Words of one language only: each of these texts has letters, or beginnings of words, that no other one has.
ENGLISH: Final = re.compile(r"\b[Zz]q\w+")
ALPHABETS: Final = {
    "ar": re.compile(r"[\u0600-\u06ff]{2}"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "ru": re.compile(r"[\u0400-\u04ff]{2}"),
    "el": re.compile(r"[\u0370-\u03ff]{2}"),
}
LETTERS: Final = re.compile(r"[^\W\d_]{2,}")

#: English with Russian, Arabic and Korean in it, two scenes, all that is listed elsewhere.
RECORD: Final = f"""<TEI {NS} xml:id="record" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Zqrecord</title><author cert="low">Zqauthor</author><editor>Zqeditor</editor>
<respStmt xml:id="clerk"><resp>Zqcopying</resp><name>Zqclerk</name></respStmt></titleStmt>
<publicationStmt><publisher>Zqpress</publisher><availability><p>Zqfree</p></availability></publicationStmt>
<sourceDesc><msDesc><msIdentifier><settlement>Zqtown</settlement><repository>Zqarchive</repository>
<collection>Zqpapers</collection><idno>Zqshelf</idno></msIdentifier><msContents><summary>Zqabstract</summary>
<textLang mainLang="ru">Zqtongue. Zqmore</textLang></msContents><history><p>Zqbox</p></history></msDesc>
</sourceDesc></fileDesc>
<encodingDesc><projectDesc><p>Zqproject</p></projectDesc><editorialDecl><correction><p>Zqrule</p></correction>
</editorialDecl>
</encodingDesc><profileDesc><creation><date when="1956-08-30">Zqthen</date></creation><particDesc><listPerson>
<person xml:id="p1" sameAs="register.xml#ann" role="speaker"><persName>Zqann</persName></person>
<person xml:id="p2" sameAs="register.xml#bob" role="silent"><persName>Zqbob</persName></person></listPerson>
</particDesc>
<textClass><keywords><term type="genre">zqminutes</term><term type="classification">Zqsecret</term></keywords>
</textClass>
</profileDesc></teiHeader><text><body><div xml:id="one"><head>Zqfirst</head>
<sp who="register.xml#ann"><speaker>Zqann</speaker>
<p>Zqdear <persName ref="register.xml#bob" cert="high">Zqbobby</persName>
zqin <placeName ref="register.xml#home">Zqhome</placeName> <persName ref="register.xml#ann">zqself</persName>
<date when="1956-08-30" cert="low" source="far.xml#t1">Zqtoday</date> <choice><sic>zqallways</sic>
<corr>zqalways</corr></choice>
<add resp="#clerk">zqstill</add> <supplied>zqvery</supplied> <surplus>zqtwice</surplus> <unclear>zqdim</unclear>.
<note>Zqremark <foreign xml:lang="ru">Москва</foreign>.</note></p></sp></div>
<div xml:id="two"><head>Zqsecond</head><sp who="register.xml#bob"><speaker>Zqbob</speaker>
<p xml:lang="ar">مرحبا <date when="1956-08-31">اليوم</date> <supplied>بيت</supplied>
<persName ref="register.xml#ann">آن</persName><note>ملاحظة</note></p></sp>
<p><foreign xml:lang="ko">사람</foreign></p>
<p>Zqsaid <said who="register.xml#bob">zqquoted</said> zqsee <ref target="far.xml">Zqfar</ref>
<seg type="classification">Zqseal</seg> <persName ref="register.xml#nina">Zqnina</persName></p>
<table><row><cell>Zqcell</cell></row></table></div>
<div type="summary" resp="#clerk" xml:id="sum"><head>Zqsummary</head><p>Zqshort</p></div></body></text></TEI>"""

#: Korean with a header in English.
FAR: Final = f"""<TEI {NS} xml:id="far" xml:lang="ko"><teiHeader xml:lang="en"><fileDesc>
<titleStmt><title>Zqfaraway</title><author>Zqwriter</author></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p>Zqpile</p></sourceDesc></fileDesc><profileDesc><textClass><keywords>
<term type="genre">zqletter</term></keywords>
</textClass></profileDesc></teiHeader><text><body><div xml:id="d"><head>시작</head>
<sp xml:id="t1" who="register.xml#ann"><speaker>안</speaker>
<p>안녕 <persName ref="register.xml#bob" cert="low">밥</persName>
<choice><sic>틀린</sic><corr>맞는</corr></choice> <date when="1956-09">구월</date></p></sp></div></body></text></TEI>"""

#: Arabic, its title too; without a date.
NEAR: Final = f"""<TEI {NS} xml:id="near" xml:lang="ar"><teiHeader><fileDesc>
<titleStmt><title>رسالة</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p>ورق</p>
</sourceDesc></fileDesc>
<profileDesc><textClass><keywords><term type="genre">كتاب</term></keywords></textClass></profileDesc></teiHeader>
<text><body><div xml:id="d"><head>بداية</head>
<p>سلام <persName ref="register.xml#bob">بوب</persName> <gap/> <del>ذهب</del>
<quote source="record.xml">قال</quote></p></div></body></text></TEI>"""

NAMES: Final = f"""<TEI {NS} xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Zqregister</title></titleStmt>
<publicationStmt><availability><p>Zqgratis</p></availability></publicationStmt><sourceDesc><p/></sourceDesc>
</fileDesc>
<encodingDesc><projectDesc><p>Zqnames</p></projectDesc></encodingDesc></teiHeader><text><body>
<listPerson><person xml:id="ann"><persName type="preferred">Zqann</persName><persName xml:lang="ko">안</persName>
<note type="description">Zqsister zqof <persName ref="#bob">Zqbob</persName>
<foreign xml:lang="ar">أخت</foreign>.</note>
<birth when="1930" source="record.xml#one">Zqborn</birth><occupation>Zqteacher</occupation>
<note type="statement" source="far.xml#t1">Zqtaught <ref target="https://example.org/">zqelsewhere</ref></note>
<note type="disagreement" target="#s1">Zqdoubt</note></person>
<person xml:id="bob"><persName>Zqbob</persName><state type="fate" xml:id="s1"><p>Zqlost</p></state></person>
<person xml:id="nina"><persName xml:lang="ru">Нина</persName><note type="description">Zqfriend</note></person>
</listPerson>
<listPlace><place xml:id="home"><placeName>Zqhome</placeName></place></listPlace>
<listEvent><event xml:id="war" when="1956-08-01" cert="low"><label>Zqwar</label>
<note type="participant"><persName ref="#ann">Zqann</persName> zqfought</note></event>
<event xml:id="end" when="1956-09-02"><label xml:lang="el">τέλος</label></event></listEvent></body></text></TEI>"""


@pytest.fixture(scope="module")
def mixed() -> dict[str, etree._Element]:
    """All pages of a German edition of documents in several languages."""
    renderer = Renderer(language="de")
    sources = [source(f"{name}.xml", text) for name, text in (("far", FAR), ("near", NEAR), ("record", RECORD))]
    register = with_addresses(source("register.xml", NAMES))
    titles = {"far": ("Zqfaraway", "en"), "near": ("رسالة", "ar"), "record": ("Zqrecord", "en")}
    entries = tuple(
        Entry(found.id, found.path, titles[found.id][0], found.sha256, language=titles[found.id][1])
        for found in sources
    )
    corpus = Corpus("Briefe", "2026-11-22", "1", entries, register)
    seen = Surroundings(corpus)
    editions = [
        renderer.edition(found, seen.of(found.id, found.path, pointers(etree.fromstring(found.xml))))
        for found in sources
    ]
    made = [
        *(page for edition in editions for page in edition.artefacts),
        *pages(renderer, [edition.summary for edition in editions], corpus),
    ]
    assert not [failure for edition in editions for failure in edition.failures]
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return {page.path: parser.parse(page.data.decode()).getroot() for page in made if page.path.endswith(".html")}


def direction_of(element: etree._Element) -> str:
    return next((each for above in (element, *element.iterancestors()) if (each := above.get("dir"))), "ltr")


def stretches(page: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every stretch of words in the body of a page, with the element that says its language; without code."""
    for element in page.xpath("body//*"):
        if etree.QName(element).localname in {"script", "style", "code", "pre"}:
            continue
        yield element, element.text or ""
        yield from ((element, child.tail or "") for child in element)
        for name in ("title", "aria-label", "alt", "placeholder", "label"):
            yield element, element.get(name, "")


def languages_in(words: str) -> set[str]:
    """The languages of words, by what only one has; German is what is left."""
    found = {language for language, letters in ALPHABETS.items() if letters.search(words)}
    rest = ENGLISH.sub(" ", words)
    if rest != words:
        found.add("en")
    if any(letter.isascii() or letter in "äöüßÄÖÜ" for word in LETTERS.findall(rest) for letter in word):
        found.add("de")
    return found


def test_every_word_stands_under_its_language(mixed: dict[str, etree._Element]) -> None:
    wrong = [
        (path, words.strip()[:80], language_of(element), etree.tostring(element, encoding="unicode")[:160])
        for path, page in mixed.items()
        for element, words in stretches(page)
        if (said := languages_in(words)) and said != {language_of(element)}
    ]
    assert not wrong


def test_what_is_written_from_right_to_left_has_that_direction(mixed: dict[str, etree._Element]) -> None:
    wrong = [
        (path, words)
        for path, page in mixed.items()
        for element, words in stretches(page)
        if languages_in(words)
        and "svg" not in str(element.tag)
        and (direction_of(element) == "rtl") != (languages_in(words) == {"ar"})
    ]
    assert not wrong


def test_a_language_is_said_where_it_changes(mixed: dict[str, etree._Element]) -> None:
    repeated = [
        (path, etree.tostring(element, encoding="unicode")[:120])
        for path, page in mixed.items()
        for element in page.xpath("//*/*[@lang]")
        if language_of(element.getparent()) == element.get("lang")
    ]
    assert not repeated


def test_no_sign_of_a_language_is_left_in_what_is_published(mixed: dict[str, etree._Element]) -> None:
    for page in mixed.values():
        assert not re.search("[\U0010fff3-\U0010fff5]", etree.tostring(page, encoding="unicode"))


def test_all_languages_are_met_on_all_kinds_of_pages(mixed: dict[str, etree._Element]) -> None:
    """The words of the documents do come through: what isn't shown proves nothing."""
    met = {
        path: set[str]().union(*(languages_in(words) for _, words in stretches(page))) for path, page in mixed.items()
    }
    everywhere = {
        "index.html",
        "documents/index.html",
        "chronology/index.html",
        "figures/index.html",
        "principles/index.html",
        "interventions/index.html",
        "record/index.html",
        "record/parallel/index.html",
        "register/persons/ann/index.html",
    }
    assert {path for path, languages in met.items() if {"en", "de"} <= languages} > everywhere
    assert met["record/index.html"] == {"en", "de", "ar", "ko", "ru"}
