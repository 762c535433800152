"""What stands before and behind the texts of a book: made from the summaries and the register, in the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import html5lib
import pytest
from lxml import etree
from tests.books.matter import CASES, CHECKSUM, ROOT, TP, Edition, case, edition_of, matter, project, renderer, words
from tests.site.test_languages import LETTER, REGISTER
from tests.site.test_languages import source as written

from teipipe.documents import Document
from teipipe.editions import Corpus, Source
from teipipe.editions.books import BookRenderer
from teipipe.saxon import Parameter

FRONT: Final = ("preface", "principles")
BACK: Final = ("chronology", "signs", "persons", "organisations", "places", "events", "index", "sources", "colophon")


def keys(book: etree._Element, name: str) -> Counter[str]:
    return Counter(str(found.get("key")) for found in book.iter(name) if found.get("key"))


def of(edition: Edition, document: str) -> etree._Element:
    return edition.book([document], kind="document")


def all_books(edition: Edition) -> Iterator[etree._Element]:
    """The book of the edition, one of each document, and the document as a volume."""
    yield edition.book()
    for summary in edition.trees:
        yield of(edition, str(summary.get("id")))
        yield edition.book([str(summary.get("id"))], volume=2)


@pytest.fixture(params=["project", "project-de", *sorted(path.name for path in CASES.iterdir())])
def edition(request: pytest.FixtureRequest) -> Edition:
    if request.param.startswith("project"):
        return project("de" if request.param.endswith("-de") else "en")
    return case(request.param)


def test_every_book_is_whole_and_leads_only_to_what_is_there(edition: Edition) -> None:
    places = {
        f"{summary.get('id')}.{place.get('id')}" for summary in edition.trees for place in summary.iter(f"{TP}place")
    }
    for book in all_books(edition):
        ids = [str(element.get("id")) for element in book.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        here = {str(summary.get("id")) for summary in edition.trees}
        for ref in book.iter("ref"):
            to = str(ref.get("to"))
            assert to in {*ids, *here} or to in places, to
            assert words(ref)
        text = etree.tostring(book, encoding="unicode")
        assert not re.search(r"(book|site)\.[a-z]+\.|urn:teipipe|[\U0010fff0-\U0010ffff]", text)
        assert not re.search(r"\{\w+\}", "".join(found for part in book.iter("matter") for found in part.itertext()))


def test_the_index_has_each_key_that_is_mentioned_exactly_once(edition: Edition) -> None:
    index = keys(edition.book(), "index-entry")
    assert index == Counter(edition.mentioned())
    for summary in edition.trees:
        document = str(summary.get("id"))
        book = of(edition, document)
        assert keys(book, "index-entry") == Counter(edition.mentioned(document))
        assert keys(book, "see").keys() <= keys(book, "index-entry").keys()


def test_parts_stand_in_their_order() -> None:
    book = project().book()
    assert [str(part.get("id")) for part in book.findall("front/matter")] == [f"matter.{name}" for name in FRONT]
    assert [str(part.get("id")) for part in book.findall("back/matter")] == [f"matter.{name}" for name in BACK]
    assert book.find("texts") is not None


def test_the_file_says_what_it_is() -> None:
    book = project().book()
    assert book.get("title") == "An edition"
    assert book.get("author") == "the editors of teipipe"
    assert book.get("subject") == "What it is."
    assert "Kim Il Sung" in str(book.get("keywords"))
    assert book.get("rights", "").startswith("Nothing is known of the rights in these texts.")
    assert (book.get("version"), book.get("date"), book.get("checksum")) == ("1.2.3", "2026-11-22", CHECKSUM)
    labels = {str(label.get("key")): label.text for label in book.findall("label")}
    assert labels["page"] == "p. {n}"
    assert all(labels.values())
    essay = of(project(), "essay-new-tranche")
    assert str(essay.get("title")).startswith("A new tranche of Soviet documents")
    assert essay.get("author") is None, "it is inferred, and a file can't say that"
    assert "Sergey Radchenko" in words(essay.findall("title-page/byline")[0])
    assert "inferred" in words(essay.findall("title-page/byline")[0])


def test_a_volume_says_which_it_is() -> None:
    book = project().book(["essay-new-tranche"], volume=2)
    assert (book.get("volume"), book.get("volumes")) == ("2", "3")
    assert book.get("title") == "An edition, Volume 2 of 3"
    assert "Volume 2 of 3" in [words(line) for line in book.findall("title-page/line")]
    assert keys(book, "index-entry") == Counter(project().mentioned("essay-new-tranche"))


def test_imprint_says_how_it_was_made_and_how_it_is_cited() -> None:
    imprint = project().book().find("imprint")
    assert imprint is not None
    text = words(imprint)
    for said in (
        "teipipe 1.2.3",
        "22 November 2026",
        "This book shows the reading view",
        "https://example.org/edition/",
        "How to cite: An edition, edited by the editors of teipipe",
        "Rights: Nothing is known",
    ):
        assert said in text
    text = words(of(project(), "essay-new-tranche"))
    assert "in: An edition" in text
    assert "https://example.org/edition/essay-new-tranche/" in text


def test_chronology_has_the_dates_of_the_page_about_time() -> None:
    for name in ("project", "two-documents", "foreign-register"):
        found = project() if name == "project" else case(name)
        shares = found.shares
        [page] = [page for page in shares.pages if page.name == "chronology"]
        [artefact, *_] = renderer().site_page(page, shares.of(page).summaries, shares.whole)
        html = html5lib.parse(
            artefact.data, treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8"
        )
        expected = [words(when) for when in html.xpath("//li[@class='moment']/p[contains(@class, 'when')]")]
        chronology = matter(found.book(), "chronology")
        assert [words(label) for label in chronology.findall("list/item/label")] == expected
        quoted = [words(form) for form in html.xpath("//li[@class='moment']//mark[not(@class)]")]
        assert [words(form) for form in chronology.iter("i")] == quoted
        for ref in chronology.iter("ref"):
            assert ref.get("page") == "yes" or str(ref.get("to")).startswith("entry.")


def test_a_list_says_who_everybody_is() -> None:
    persons = matter(project().book(), "persons")
    [mikoyan] = [entry for entry in persons.findall("entry") if entry.get("key") == "anastas-mikoyan"]
    assert mikoyan.get("id") == "entry.anastas-mikoyan"
    assert words(mikoyan.findall("name")[0]) == "Anastas Mikoyan"
    text = words(mikoyan)
    for said in (
        "Soviet envoy, close to Khrushchev",
        "(memorandum section “Present”; essay paragraphs 7, 31, 35)",
        "Office: trouble-shooter-in-chief (essay paragraph 31)",
        "Identification: The memorandum gives no first name.",
        "Names: Mikoyan; Soviet envoy (epithet)",
    ):
        assert said in text
    [escapees] = [entry for entry in persons.findall("entry") if entry.get("key") == "four-who-fled"]
    assert words(escapees).startswith("four escapees(group of 4 persons) Four opponents")
    assert not re.search(r"\.[;,]|\.\.", words(persons)), "a sentence has its own stop"
    assert "Not identified" in words(matter(case("two-documents").book(), "persons"))


def test_a_document_has_only_whom_it_mentions() -> None:
    book = of(project(), "conversation-1956-09-16")
    listed = keys(book, "entry")
    assert project().mentioned("conversation-1956-09-16") <= listed.keys()
    assert "leonid-brezhnev" not in listed
    assert "leonid-brezhnev" in keys(project().book(), "entry")
    persons = words(matter(book, "persons"))
    assert "(turn 14; elsewhere in this edition)" in persons
    assert not [ref for ref in book.iter("ref") if str(ref.get("to")).startswith("essay")]


def test_other_names_lead_to_the_one_it_stands_under() -> None:
    index = matter(project().book(), "index")
    seen = {words(entry.findall("term")[0]): entry for entry in index.iter("index-entry")}
    assert [see.get("key") for see in seen["Mikoyan"].findall("see")] == ["anastas-mikoyan"]
    assert [words(see) for see in seen["Choe"].findall("see")] == ["Choe Chang-ik", "Choe Yong-geon"]
    assert "Kim Jong Un" not in seen, "it would stand beside Kim Jong-un"
    terms = [words(term) for term in index.findall("index-group")[0].iterfind("index-entry/term")]
    assert terms.index("Ri Sang-jo") < terms.index("Rim Hae"), "a family name comes before longer ones"


def test_a_source_stands_under_the_titles_of_its_documents() -> None:
    sources = matter(project().book(), "sources")
    assert [str(ref.get("to")) for ref in sources.findall("list/heading/ref")] == [
        "conversation-1956-09-16",
        "essay-new-tranche",
    ]
    assert "State Archive of the Russian Federation (inferred, with medium certainty)" in words(sources)
    assert words(sources.findall("list")[-1]).startswith("RegisterRightsThe wording of the entries")
    assert not matter(of(project(), "essay-new-tranche"), "sources").findall("list/heading")


def test_words_of_the_register_may_be_nested_as_deep_as_they_like() -> None:
    deep = (
        "<emph>" * 90
        + "<ref target='#p0'>so</ref> <date when='1956'><date when='1956'>then</date></date>"
        + "</emph>" * 90
    )
    people = etree.fromstring(register(["Ann"]).xml)
    note = etree.SubElement(
        people.xpath("//*[@xml:id='p0']")[0], "{http://www.tei-c.org/ns/1.0}note", type="description"
    )
    note.append(etree.fromstring(f"<hi xmlns='http://www.tei-c.org/ns/1.0'>{deep}</hi>"))
    source = written("register.xml", etree.tostring(people, encoding="unicode"))
    book = edition_of([letter("<p><persName ref='register.xml#p0'>Ann</persName></p>")], source).book()
    [said] = matter(book, "persons").findall("entry/p")
    assert words(said) == "so then"
    assert max(len(list(element.iterancestors())) for element in book.iter()) < 10


OWN: Final = """<xsl:package name="urn:example:book" package-version="1.0" version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <xsl:param name="tp:bundled" static="yes" select="''"/>
  <xsl:import _href="{$tp:bundled}book/all.xsl"/>
  <xsl:function name="tp:colophon" as="element(matter)">
    <matter id="matter.colophon" type="colophon"><heading>Colophon</heading><p>Ours.</p></matter>
  </xsl:function>
</xsl:package>"""


def test_a_project_can_have_a_colophon_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "book.xsl").write_text(OWN, encoding="utf-8")
    corpus = Corpus("An edition", "2026-11-22", "1.2.3", ())
    parameters: dict[str, Parameter] = {"kind": "edition", "id": "edition"}
    made = BookRenderer(tmp_path).book('<tp:site xmlns:tp="urn:teipipe:ns"/>', corpus, parameters)
    assert words(matter(etree.fromstring(made), "colophon")) == "ColophonOurs."


def test_place_and_publisher_stand_on_the_title_page() -> None:
    statement = "<publicationStmt><publisher>A house</publisher><pubPlace>Berlin</pubPlace></publicationStmt>"
    xml = LETTER.replace("<publicationStmt><p/></publicationStmt>", statement)
    found = edition_of([written("letter.xml", xml)], None)
    for book in (found.book(), of(found, "letter")):
        assert words(book.findall("title-page/line")[-1]) == "Berlin: A house"
        assert words(book.findall("imprint/p")[0]) == "Publisher: Berlin: A house"


def register(names: list[str]) -> Source:
    persons = "".join(f'<person xml:id="p{n}"><persName>{name}</persName></person>' for n, name in enumerate(names))
    return written("register.xml", re.sub(r"(?s)<person .*?</person>", persons, REGISTER, count=1))


def letter(body: str) -> Source:
    return written("letter.xml", re.sub(r"(?s)<text>.*</text>", f"<text><body>{body}</body></text>", LETTER))


def test_the_order_is_that_of_the_alphabet() -> None:
    names = ["Zhou", "Éluard", "Łódź", "Lange", "Muller", "Müller", "Мао", "Kim Sa", "Kimmel", "kim ra", "“Quoted”"]
    text = "".join(f'<p><persName ref="register.xml#p{n}">X</persName></p>' for n in range(len(names)))
    for language in ("en", "de"):
        book = edition_of([letter(text)], register(names), language=language).book()
        order = [words(term) for term in matter(book, "index").iter("term")]
        assert "|".join(order) == "Éluard|kim ra|Kim Sa|Kimmel|Lange|Łódź|Muller|Müller|“Quoted”|Zhou|Мао"
        assert order == [words(name) for name in matter(book, "persons").iterfind("entry/name")]


def signs(book: etree._Element) -> dict[str, str]:
    items = matter(book, "signs").findall("list/item")
    return {words(item.findall("label")[0]): words(item.findall("p")[0]) for item in items}


def test_only_signs_that_occur_are_explained() -> None:
    path = ROOT / "tests" / "cases" / "render" / "unclear-and-gaps" / "input.xml"
    found = edition_of([Source.of(Document.read(path), id="gaps", path="gaps.xml", sha256="0" * 64)], None)
    assert signs(found.book()) == {
        "⟨?⟩": "hard to read; the sign is of this edition",
        "(?)": "hard to read, in the sign of the source",
        "⟨gap⟩": "missing or illegible, in words of this edition",
        "[ ]": "missing or illegible, in the words of the source",
        "¶ 1, small": "number of a paragraph that is no part of a turn",
    }
    assert signs(project().book())["[ ]"] == "supplied by the translator or publisher, in their brackets", "in a name"
    assert "[ ]" not in signs(of(project(), "essay-new-tranche"))
    bare = edition_of([letter("<div><head>Nothing</head></div>")], None).book()
    assert "matter.signs" not in [part.get("id") for part in bare.iter("matter")]


def test_words_stand_under_their_language() -> None:
    found = edition_of(
        [written("letter.xml", LETTER)], written("register.xml", REGISTER), title="Briefe", language="de"
    )
    for book in (found.book(), of(found, "letter")):
        assert book.get("lang") == "de"

        def language(element: etree._Element) -> str:
            return next(lang for above in (element, *element.iterancestors()) if (lang := above.get("lang")))

        assert {language(element) for element in book.iter("heading", "label") if element.get("generated")} == {"de"}
        for element in book.iter():
            if element.get("generated") and element.text and re.search(r"\b(the|und|ist|Edition)\b", element.text):
                assert language(element) == "de", element.text
        [quoted] = [form for form in book.iter("i") if form.text == "today"]
        assert language(quoted) == "en"
        [name] = [name for name in book.iter("name") if words(name) == "Ann"]
        assert language(next(name.iter("span"), name)) == "en"
        titles = [ref for ref in book.iter("ref", "title", "span") if (ref.text or "") == "A letter home"]
        assert titles
        assert {language(title) for title in titles} == {"en"}


def test_links_lead_nowhere_dangerous() -> None:
    for name in ("foreign-register", "foreign"):
        for link in case(name).book().iter("link"):
            assert re.match(r"https?://|mailto:", str(link.get("href")))


def test_a_project_can_have_neither_documents_nor_a_register() -> None:
    book = case("no-documents").book()
    assert words(book.findall("title-page/title")[0]) == "Nothing yet"
    assert [part.get("type") for part in book.iter("matter")] == ["preface", "principles", "colophon"]
