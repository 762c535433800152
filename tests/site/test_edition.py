"""The pages about the whole of this repository's own edition."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import html5lib
import pytest
from lxml import etree

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.saxon import Message
from teipipe.site import pages, with_addresses

TEI: Final = Path(__file__).resolve().parents[2] / "tei"
TP: Final = "{urn:teipipe:ns}"
NS: Final = "{http://www.tei-c.org/ns/1.0}"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"

#: The page on which the entries of each element stand.
PAGE_OF: Final = {
    "person": "persons",
    "personGrp": "persons",
    "org": "organisations",
    "place": "places",
    "event": "events",
}


@dataclass(frozen=True)
class Site:
    """The pages by their paths, as trees; the other files; the summaries they were made from; what was reported."""

    pages: dict[str, etree._Element]
    files: dict[str, str]
    summaries: list[etree._Element]
    register: etree._Element
    messages: list[Message]

    def entry(self, element: etree._Element) -> etree._Element:
        """The whole of the page of an entry of the register."""
        found = self.pages[f"register/{PAGE_OF[etree.QName(element).localname]}/{element.get(ID)}/index.html"].find(
            ".//main"
        )
        assert found is not None
        return found

    def item(self, element: etree._Element) -> etree._Element:
        """The item of an entry on its list."""
        page = self.pages[f"register/{PAGE_OF[etree.QName(element).localname]}/index.html"]
        [item] = page.findall(f".//ul[@class='entries']/li[@id='{element.get(ID)}']")
        return item

    def entry_around(self, statement: etree._Element) -> etree._Element:
        """The page of the entry that a statement stands in."""
        parent = statement.getparent()
        assert parent is not None
        return self.entry(parent)

    @property
    def entries(self) -> list[etree._Element]:
        return [element for name in PAGE_OF for element in self.register.iter(f"{NS}{name}") if element.get(ID)]


def source(path: Path) -> Source:
    return Source.of(
        Document.read(path), id=path.stem, path=f"tei/{path.name}", sha256=sha256(path.read_bytes()).hexdigest()
    )


@pytest.fixture(scope="module")
def site() -> Site:
    renderer = Renderer()
    register = TEI / "register.xml"
    sources = [source(path) for path in sorted(TEI.glob("*.xml")) if path != register]
    entries = tuple(Entry(found.id, found.path, found.id, found.sha256) for found in sources)
    corpus = Corpus("An edition", "2026-11-22", "1.2.3", entries, with_addresses(source(register)))
    summaries = [renderer.edition(found, corpus).summary for found in sources]
    renderer.take_messages()
    made = {page.path: page.data for page in pages(renderer, summaries, corpus)}
    messages = renderer.take_messages()
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return Site(
        {
            path: parser.parse(data, transport_encoding="utf-8").getroot()
            for path, data in made.items()
            if path.endswith(".html")
        },
        {path: data.decode() for path, data in made.items() if not path.endswith(".html")},
        [etree.fromstring(summary) for summary in summaries],
        with_signs(etree.parse(register).getroot()),
        messages,
    )


def with_signs(register: etree._Element) -> etree._Element:
    """The register with the brackets of supplied words as text, as its pages show them."""
    for supplied in register.iter(f"{NS}supplied"):
        supplied.text = f"[{supplied.text}]"
    return register


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_nothing_is_reported(site: Site) -> None:
    assert not site.messages


def test_every_entry_has_a_page_and_an_anchor_on_its_list(site: Site) -> None:
    mentioned = Counter(mention.get("entry") for summary in site.summaries for mention in summary.iter(f"{TP}mention"))
    assert len(site.entries) > 90
    for element in site.entries:
        [name] = [words(child) for child in element if child.get("type") == "preferred"]
        [description] = [words(child) for child in element if child.get("type") == "description"]
        assert name == words(site.entry(element).findall(".//h1")[0])
        item = site.item(element)
        assert description in words(site.entry(element))
        assert description in words(item)
        [link] = item.findall(".//a[@class='entry-name']")
        assert words(link) == name
        assert link.get("href", "").endswith(f"/{element.get(ID)}/index.html")
        count = words(item.findall("p[@class='count generated']")[0])
        number = mentioned[element.get(ID)]
        assert count == {0: "not mentioned", 1: "one mention"}.get(number, f"{number} mentions")


def test_each_entry_leads_to_its_neighbours_in_the_order_of_its_list(site: Site) -> None:
    for page in set(PAGE_OF.values()):
        listed = [
            link.get("href")
            for link in site.pages[f"register/{page}/index.html"].iter("a")
            if link.get("class") == "entry-name"
        ]
        addresses = [(href or "").split("/")[-2] for href in listed]
        for before, after in pairwise(addresses):
            [link] = site.pages[f"register/{page}/{before}/index.html"].findall(".//a[@rel='next']")
            assert link.get("href") == f"../../../register/{page}/{after}/index.html"
            [link] = site.pages[f"register/{page}/{after}/index.html"].findall(".//a[@rel='prev']")
            assert link.get("href") == f"../../../register/{page}/{before}/index.html"


def test_every_word_of_the_register_is_on_its_page(site: Site) -> None:
    for element in site.entries:
        shown = words(site.entry(element))
        for child in element:
            assert words(child) in shown, f"{element.get(ID)}: {words(child)}"


def test_every_source_of_a_statement_is_a_link(site: Site) -> None:
    for element in site.entries:
        links = Counter(link.get("href") for link in site.entry(element).iter("a"))
        for stated in element:
            for pointer in (stated.get("source") or "").split():
                file, _, place = pointer.partition("#")
                assert links[f"../../../{file.removesuffix('.xml')}/index.html#{place}"], (
                    f"{element.get(ID)}: {pointer}"
                )


def test_every_mention_appears_with_its_entry_in_its_context(site: Site) -> None:
    entries = {element.get(ID): element for element in site.entries}
    found = 0
    for summary in site.summaries:
        for mention in summary.iter(f"{TP}mention"):
            article = site.entry(entries[mention.get("entry")])
            address = f"../../../{summary.get('id')}/index.html#{mention.get('anchor')}"
            if mention.get("name") in ("sp", "said"):
                continue
            [item] = article.xpath(f".//ol[@class='mentions']/li[.//a/@href='{address}']")
            marked = item.find(".//mark")
            assert words(marked) == " ".join((mention.findtext(f"{TP}form") or "").split())
            quoted = "".join(mention.findtext(f"{TP}{part}") or "" for part in ("before", "form", "after"))
            assert " ".join(quoted.split()) in words(item)
            found += 1
    assert found > 500


def test_who_speaks_is_listed_turn_by_turn(site: Site) -> None:
    entries = {element.get(ID): element for element in site.entries}
    for summary in site.summaries:
        for mention in summary.iter(f"{TP}mention"):
            if mention.get("name") == "sp":
                rows = site.entry(entries[mention.get("entry")]).xpath(".//p[contains(@class, 'row-sp')]")
                assert any(
                    (link.get("href") or "").endswith(f"#{mention.get('place')}")
                    for row in rows
                    for link in row.iter("a")
                )


def test_words_of_a_statement_stay_together(site: Site) -> None:
    """A statement and where it stands are columns: words beside them would be columns of their own."""
    rows = [row for page in site.pages.values() for row in page.xpath("//dl[@class='facts']/div/dd/ul/li")]
    assert rows
    assert any(row.xpath("ul[@class='contradicting']") for row in rows)
    for row in rows:
        assert not "".join(row.xpath("text()")).strip(), "".join(row.itertext())


def test_statements_that_contradict_each_other_are_linked_both_ways(site: Site) -> None:
    for note in site.register.iter(f"{NS}note"):
        if note.get("type") != "disagreement" or not note.get(ID):
            continue
        place = site.entry_around(note).find(f".//li[@id='{note.get(ID)}']")
        assert place is not None
        for target in (note.get("target") or "").split():
            assert any((link.get("href") or "").endswith(target) for link in place.iter("a"))
            [statement] = site.register.xpath(f"//*[@xml:id='{target[1:]}']")
            item = site.entry_around(statement).find(f".//li[@id='{target[1:]}']")
            assert item is not None
            assert any((link.get("href") or "").endswith(f"#{note.get(ID)}") for link in item.iter("a"))


def test_events_stand_in_the_order_of_time(site: Site) -> None:
    dates = {
        element.get(ID): next(
            (element.get(name) for name in ("when", "from", "notBefore", "to", "notAfter") if element.get(name)), "~"
        )
        for element in site.entries
        if element.tag == f"{NS}event"
    }
    page = site.pages["register/events/index.html"]
    shown = [dates[item.get("id")] for item in page.findall(".//ul[@class='entries']/li")]
    assert shown == sorted(shown, key=str)
    assert len(shown) == len(dates)


def test_a_date_that_is_inferred_says_so_wherever_it_stands(site: Site) -> None:
    inferred = [element for element in site.entries if element.tag == f"{NS}event" and element.get("cert")]
    assert inferred
    for element in inferred:
        said = f"inferred, with {element.get('cert')} certainty"
        assert said in words(site.item(element))
        assert said in words(site.entry(element))


def test_every_name_is_in_the_index_of_names(site: Site) -> None:
    index = site.pages["register/index.html"]
    listed = Counter(words(link) for link in index.xpath("//section[@class='letter']//a"))
    for element in site.entries:
        for name in element:
            if etree.QName(name).localname in ("persName", "orgName", "placeName", "eventName"):
                assert listed[words(name)], words(name)


def test_every_intervention_has_a_row_on_the_page_and_in_the_csv(site: Site) -> None:
    found = [intervention for summary in site.summaries for intervention in summary.iter(f"{TP}intervention")]
    assert len(found) >= 29
    page = site.pages["interventions/index.html"]
    rows = page.xpath("//table[@class='stacked interventions']/tbody/tr")
    assert len(rows) == len(found)
    table = list(csv.DictReader(io.StringIO(site.files["interventions/interventions.csv"], newline=""), strict=True))
    assert [row["source has"].removeprefix("'") for row in table] == [
        (intervention.findtext(f"{TP}source") or "").removeprefix("'") for intervention in found
    ]
    for row, line, intervention in zip(rows, table, found, strict=True):
        link = row.find("th/a")
        assert link.get("href") == line["address"]
        assert line["address"].endswith(f"#{intervention.get('anchor')}")
        assert line["kind"]
        assert line["whose"]


def test_the_first_page_leads_to_every_document_and_every_way_in(site: Site) -> None:
    links = {link.get("href") for link in site.pages["index.html"].iter("a")}
    for summary in site.summaries:
        name = summary.get("id")
        assert {f"{name}/index.html", f"{name}/diplomatic/index.html", f"{name}/parallel/index.html"} <= links
    ways = ("documents", "chronology", "figures", "search", "interventions", "principles", "downloads")
    assert {f"{way}/index.html" for way in (*ways, *(f"register/{page}" for page in PAGE_OF.values()))} <= links


def test_downloads_are_every_form_of_every_document_and_the_tables(site: Site) -> None:
    page = site.pages["downloads/index.html"]
    links = {link.get("href") for link in page.iter("a")}
    for summary in site.summaries:
        name = summary.get("id")
        files = (
            *(f"{view}.txt" for view in ("source", "diplomatic", "reading", "speech")),
            f"{name}.xml",
            f"{name}.json",
        )
        assert {f"../{name}/{file}" for file in files} <= links
        assert sha256((TEI / f"{name}.xml").read_bytes()).hexdigest() in words(page)
    assert {"../register/register.xml", "../register/register.csv", "../register/mentions.csv"} <= links
    assert "../interventions/interventions.csv" in links


def test_the_index_of_documents_has_a_row_for_each_in_order_of_date(site: Site) -> None:
    rows = site.pages["documents/index.html"].findall(".//table/tbody/tr")
    shown = [(row.findtext("th/a"), row.get("data-year")) for row in rows]
    ordered = sorted(site.summaries, key=lambda summary: summary.get("when") or "~")
    assert shown == [(summary.get("title"), (summary.get("when") or "")[:4]) for summary in ordered]


def test_every_date_and_event_is_in_the_chronology_in_order(site: Site) -> None:
    page = site.pages["chronology/index.html"]
    years = [(section.get("id") or "")[1:] for section in page.findall(".//section") if section.get("id") != "undated"]
    assert years == sorted(years, key=int)
    links = Counter(link.get("href") for link in page.iter("a"))
    for summary in site.summaries:
        for date in summary.iter(f"{TP}date"):
            assert links[f"../{summary.get('id')}/index.html#{date.get('anchor')}"] == 1
            year = (date.get("when") or date.get("from") or date.get("notBefore") or date.get("notAfter") or "")[:4]
            [section] = page.findall(f".//section[@id='{f'y{year}' if year else 'undated'}']")
            assert words(date.findall(f"{TP}form")[0]) in words(section)
            assert not date.get("cert") or f"{date.get('cert')} certainty" in words(section)
    for element in site.entries:
        if element.tag == f"{NS}event":
            assert links[f"../register/events/{element.get(ID)}/index.html"] >= 1


def test_the_key_has_a_row_for_each_kind_of_intervention_that_occurs(site: Site) -> None:
    kinds = Counter(
        (found.get("kind"), found.get("voice"))
        for summary in site.summaries
        for found in summary.iter(f"{TP}intervention")
    )
    rows = site.pages["principles/index.html"].findall(".//table[@class='stacked signs']/tbody/tr")
    assert sorted(int(words(row[-1]).removeprefix("In all")) for row in rows) == sorted(kinds.values())


def test_what_the_headers_declare_stands_with_the_principles(site: Site) -> None:
    shown = words(site.pages["principles/index.html"])
    for summary in site.summaries:
        for declared in summary.iter(f"{TP}principle", f"{TP}responsibility"):
            assert words(declared)[1:] in shown


def test_the_register_and_its_mentions_are_tables_too(site: Site) -> None:
    rows = {
        row["entry"]: row
        for row in csv.DictReader(io.StringIO(site.files["register/register.csv"], newline=""), strict=True)
    }
    assert rows.keys() == {element.get(ID) for element in site.entries}
    mentions = list(csv.DictReader(io.StringIO(site.files["register/mentions.csv"], newline=""), strict=True))
    assert len(mentions) == sum(1 for summary in site.summaries for _ in summary.iter(f"{TP}mention"))
    assert Counter(mention["entry"] for mention in mentions) == Counter(
        {entry: int(row["mentions"]) for entry, row in rows.items() if row["mentions"] != "0"}
    )


def test_the_page_for_addresses_that_lead_nowhere_has_nothing_relative(site: Site) -> None:
    page = site.pages["404.html"]
    assert page.findtext(".//h1")
    assert "font" in (page.findtext(".//style") or "")
    assert not [element for element in page.iter("a", "script", "link") if (element.get("href") or "#")[0] not in "#d"]


def test_links_between_these_pages_resolve(site: Site) -> None:
    anchors = {
        path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in site.pages.items()
    }
    for path, page in site.pages.items():
        for link in page.iter("a"):
            address, _, anchor = (link.get("href") or "").partition("#")
            parts = path.split("/")[:-1]
            for step in address.split("/"):
                parts = parts[:-1] if step == ".." else [*parts, step]
            target = "/".join(parts) if address else path
            if anchor and target in anchors:
                assert unquote(anchor) in anchors[target], f"{path}: {link.get('href')}"
