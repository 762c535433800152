"""Pages about very many documents and entries are divided: everything stands on exactly one of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree, html

from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.site import Shares, Summary, with_addresses

DOCUMENTS = 1100
ENTRIES = 1050


@cache
def renderer() -> Renderer:
    return Renderer()


@cache
def shares() -> Shares:
    """A corpus in which each document has two dates, an intervention, and names two of very many persons."""
    persons = "".join(
        f'<person xml:id="e{n}"><persName type="preferred">Name {n:04}</persName></person>' for n in range(ENTRIES)
    )
    register = Source(
        "register",
        "tei/register.xml",
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><standOff><listPerson>{persons}</listPerson>'
        '<listEvent><event xml:id="fair" when="1923"><eventName type="preferred">Fair</eventName></event></listEvent>'
        "</standOff></TEI>",
        "0" * 64,
    )
    entries = tuple(Entry(f"d{n}", f"tei/d{n}.xml", f"Letter {n}", "0" * 64, created(n)) for n in range(DOCUMENTS))
    register = with_addresses(register)
    corpus = Corpus("Letters", "2026-11-22", "1.2.3", entries, register)
    return Shares(corpus, map(Summary, map(summary, range(DOCUMENTS))), renderer().register(register, corpus))


def created(number: int) -> str:
    return f"{1900 + number % 30}-01-01" if number % 10 else ""


def summary(number: int) -> str:
    date = f' when="{created(number)}"' if created(number) else ""
    return (
        f'<tp:summary xmlns:tp="urn:teipipe:ns" id="d{number}" title="Letter {number}" kind="letter"{date}>'
        '<tp:place id="p1" kind="paragraph" n="1"/>'
        f"{mention(0, number)}{mention(number % ENTRIES, number)}"
        f'<tp:date anchor="date-1" place="p1" when="{1900 + number % 40}-05"><tp:form>in May</tp:form></tp:date>'
        '<tp:date anchor="date-2" place="p1"><tp:form>yesterday</tp:form></tp:date>'
        '<tp:intervention n="1" kind="sic" place="p1" anchor="i1" voice="edition">'
        "<tp:source>teh</tp:source></tp:intervention>"
        "</tp:summary>"
    )


def mention(entry: int, number: int) -> str:
    return (
        f'<tp:mention entry="e{entry}" name="persName" anchor="m{entry}-{number}" place="p1">'
        "<tp:before>Dear </tp:before><tp:form>Name</tp:form><tp:after>, thank you</tp:after></tp:mention>"
    )


def pages(name: str, part: str = "") -> Iterator[tuple[str, etree._Element]]:
    """The pages of a name, of entries those of one."""
    for page in shares().pages:
        if page.name == name and page.part.startswith(part):
            share = shares().of(page)
            made = renderer().site_page(page, share.summaries, share.corpus or shares().whole)[0]
            yield made.path, html.document_fromstring(made.data, parser=html.HTMLParser(encoding="utf-8"))


def links(page: etree._Element) -> list[str]:
    return [link.get("href", "") for link in page.iter("a")]


def test_an_entry_on_many_pages_has_its_other_forms_once() -> None:
    made = {
        page.path.rpartition("/")[2]: renderer().site_page(page, share.summaries, share.corpus or shares().whole)
        for page in shares().pages
        if page.entry == "e0" and (page.beside or page.name.startswith("entry."))
        for share in [shares().of(page)]
    }
    assert list(made) == ["entry.xml", "entry.txt", "entry.json"]
    [data] = made["entry.json"]
    assert len(json.loads(data.data)["mentions"]) == DOCUMENTS + 2
    [text] = made["entry.txt"]
    assert text.data.decode().count("Dear Name, thank you") == DOCUMENTS + 2
    for page in dict(pages("person", "e0|")).values():
        hrefs = [link.get("href") or "" for link in page.iterfind(".//div[@class='forms generated']//a")]
        assert [href.rpartition("/")[2] for href in hrefs] == list(made)
        assert all(href.endswith(f"register/persons/e0/{name}") for href, name in zip(hrefs, made, strict=True))


def test_a_list_says_where_entries_on_its_other_pages_are_whose_address_is_not_their_id() -> None:
    persons = "".join(f'<person xml:id="{name}"/>' for name in ("é", *(f"a{n}" for n in range(600)), "ë"))
    xml = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>{persons}</listPerson></standOff></TEI>'
    register = with_addresses(Source("register", "register.xml", xml, "0" * 64))
    corpus = Corpus("Letters", "2026-11-22", "1.2.3", (), register)
    few = Shares(corpus, (), renderer().register(register, corpus))
    said: dict[str, str] = {}
    for share in (few.of(page) for page in few.pages if page.name == "persons"):
        data = renderer().site_page(share.page, share.summaries, share.corpus or few.whole)[0].data
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        for script in page.iterfind(".//script[@id='tp-addresses']"):
            found = json.loads(script.text or "")
            assert not [name for name in found if page.xpath("//*[@id = $name]", name=name)]
            said |= found
    assert said == {"é": "e", "ë": "e-2"}


def test_each_document_has_a_row_on_one_page_of_the_index() -> None:
    found = dict(pages("documents"))
    assert list(found) == ["documents/index.html", "documents/2/index.html", "documents/3/index.html"]
    rows = [row for page in found.values() for row in page.iterfind(".//table/tbody/tr")]
    assert Counter(row.findtext("th/a") for row in rows) == Counter(f"Letter {n}" for n in range(DOCUMENTS))
    years = [row.get("data-year") or "~" for row in rows]
    assert years == sorted(years)
    for page in found.values():
        assert (page.findtext(".//p[@class='lead generated']") or "").startswith(f"{DOCUMENTS:,} documents")


def test_the_overview_of_years_leads_to_where_each_begins() -> None:
    found = dict(pages("documents"))
    overview = found["documents/index.html"].findall(".//nav[@class='by-year generated']//a")
    assert len(overview) == len({created(n)[:4] for n in range(DOCUMENTS)} - {""})
    for link in overview:
        address, _, anchor = link.get("href", "").partition("#")
        page = found[address.removeprefix("../") or "documents/index.html"]
        [row] = page.findall(f".//tr[@id='{anchor}']")
        assert row.get("data-year") == link.text


def test_each_mention_of_an_entry_stands_on_one_of_its_pages() -> None:
    found = dict(pages("person", "e0|"))
    assert len(found) == 4
    assert "register/persons/e0/index.html" in found
    shown = Counter(link for page in found.values() for link in links(page) if "#m0-" in link)
    assert Counter(link.partition("#")[2] for link in shown.elements()) == Counter(
        f"m0-{number}" for number in (*range(DOCUMENTS), 0, ENTRIES)
    )
    for page in found.values():
        assert len([link for link in links(page) if "#m0-" in link]) <= 300
        others = page.findall(".//nav[@class='pages generated']//a")
        assert len(others) == 4


def test_each_entry_stands_on_one_page_of_its_list() -> None:
    found = dict(pages("persons"))
    assert len(found) == 3
    items = [item.get("id") for page in found.values() for item in page.iterfind(".//ul[@class='entries']/li")]
    assert items == [f"e{n}" for n in range(ENTRIES)]
    assert all(page.xpath("//script[contains(@src, 'register.js')]") for page in found.values())


def test_the_chronology_has_a_page_for_each_year() -> None:
    found = dict(pages("chronology"))
    overview = found.pop("chronology/index.html")
    undated = {path: page for path, page in found.items() if "undated" in path}
    assert len(undated) == 3
    assert {f"chronology/{year}/index.html" for year in range(1900, 1940)} == found.keys() - undated.keys()
    for item in overview.iterfind(".//ul[@class='years-overview generated']/li"):
        assert item.get("id") in {*(f"y{year}" for year in range(1900, 1940)), "undated"}
        [address] = links(item)
        shown = undated.values() if "undated" in address else [found[address.removeprefix("../")]]
        spots = [link for page in shown for link in links(page) if "#date-" in link]
        events = [link for page in shown for link in links(page) if "events/" in link]
        made = [made for page in shown for made in page.findall(".//p[@class='made']")]
        assert (item.findtext("span") or "").replace(",", "") == str(len(spots) + len(events) + len(made))
    dates = Counter(link.partition("#")[2] for page in found.values() for link in links(page) if "#date-" in link)
    assert dates == {"date-1": DOCUMENTS, "date-2": DOCUMENTS}


def test_interventions_are_divided_by_documents() -> None:
    found = dict(pages("interventions"))
    assert len(found) > 1
    rows = [
        row for page in found.values() for row in page.iterfind(".//table[@class='stacked interventions']/tbody/tr")
    ]
    assert len(rows) == DOCUMENTS


def test_the_first_page_shows_some_documents_and_counts_all() -> None:
    [(_, page)] = pages("index")
    assert len(page.findall(".//article")) == 12
    assert "1,100" in "".join(page.itertext())


@pytest.mark.parametrize("name", ["downloads", "principles"])
def test_other_pages_are_made(name: str) -> None:
    assert list(pages(name))


def test_a_page_at_a_known_address_has_links_from_the_root() -> None:
    corpus = replace(shares().whole, site_url="https://example.org/letters/", documents=(), register=None)
    page = next(page for page in Shares(corpus, ()).pages if page.name == "not-found")
    text = renderer().site_page(page, '<tp:site xmlns:tp="urn:teipipe:ns"/>', corpus)[0].data.decode()
    assert 'href="/letters/documents/index.html"' in text
    assert 'href="/letters/assets/base.css"' in text


def test_the_address_of_an_entry_is_the_name_of_a_folder_anywhere() -> None:
    wanted = {
        "index.html": "index.html-2",
        "Con": "entry-Con",
        "aux.1": "entry-aux.1",
        "x" * 300: "x" * 120,
        " p ": "p",
        "P": "P-2",
        "12": "12-2",
        "회담": "entry",
    }
    persons = "".join(f'<person xml:id="{name}"><persName>Name</persName></person>' for name in wanted)
    event = f'<event xml:id="fair" when="{"9" * 5000}"><label>A fair</label></event>'
    xml = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>{persons}{event}</standOff></TEI>'
    register = with_addresses(Source("register", "register.xml", xml, "0" * 64))
    corpus = Corpus("Letters", "", "1.2.3", (), register)
    shares = Shares(corpus, (), renderer().register(register, corpus))
    paths = [page.path for page in shares.pages if page.name == "person" and shares.of(page)]
    assert paths == [f"register/persons/{address}/index.html" for address in wanted.values()]


def test_a_register_of_thousands_declares_our_namespace_once() -> None:
    persons = "".join(f'<person xml:id="e{n}"><persName>Name</persName></person>' for n in range(2100))
    xml = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>{persons}</listPerson></standOff></TEI>'
    register = with_addresses(Source("register", "register.xml", xml, "0" * 64))
    assert register.xml.count("urn:teipipe:ns") == 1
    assert renderer().register(register, Corpus("Letters", "", "1.2.3", (), register))
