"""The figures: every number in them is counted again from the TEI, every mark leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final

import html5lib
import pytest
from lxml import etree

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, Source
from teipipe.site import Shares, Summary, pages, with_addresses

TEI: Final = Path(__file__).resolve().parents[2] / "tei"
NS: Final = "{http://www.tei-c.org/ns/1.0}"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
SVG: Final = "{http://www.w3.org/2000/svg}"

TALK: Final = "conversation-1956-09-16"
ESSAY: Final = "essay-new-tranche"

#: What the reading view leaves out of a turn, by element; a slip only where its correction stands beside it.
NOT_SAID: Final = {"speaker", "stage", "note", "surplus", "del", "teiHeader"}
WORD: Final = re.compile(r"[\w'’-]*\w[\w'’-]*")


@dataclass(frozen=True)
class Edition:
    """The page of figures and the pages of documents, as trees, by their paths; what was reported."""

    pages: dict[str, etree._Element]
    messages: list[str]

    @property
    def figures(self) -> etree._Element:
        return self.pages["figures/index.html"]


def parsed(data: bytes) -> etree._Element:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    root: etree._Element = parser.parse(data, transport_encoding="utf-8").getroot()
    return root


def source(path: Path) -> Source:
    return Source.of(
        Document.read(path), id=path.stem, path=f"tei/{path.name}", sha256=sha256(path.read_bytes()).hexdigest()
    )


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture(scope="module")
def edition(renderer: Renderer) -> Edition:
    register = TEI / "register.xml"
    sources = [source(path) for path in sorted(TEI.glob("*.xml")) if path != register]
    entries = tuple(Entry(found.id, found.path, found.id, found.sha256) for found in sources)
    corpus = Corpus("An edition", "2026-11-22", "1.2.3", entries, with_addresses(source(register)))
    editions = [renderer.edition(found, corpus) for found in sources]
    made = pages(renderer, [edition.summary for edition in editions], corpus)
    files = {artefact.path: artefact.data for artefact in (*made, *(a for e in editions for a in e.artefacts))}
    html = {path: parsed(data) for path, data in files.items() if path.endswith(".html")}
    return Edition(html, [str(message.text) for message in renderer.take_messages()])


def text(name: str) -> etree._Element:
    [found] = etree.parse(TEI / f"{name}.xml").getroot().findall(f"{NS}text")
    return found


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def said(element: etree._Element) -> str:
    """The words of an element that the reading view has, with a space around each block."""
    names = {local(child) for child in element}
    inside = element.text or ""
    for child in element:
        left_out = local(child) in NOT_SAID or not local(child) or (local(child) == "sic" and "corr" in names)
        space = " " if local(child) in ("p", "list", "item") else ""
        inside += space + ("" if left_out else said(child)) + space + (child.tail or "")
    return inside


def turns() -> list[tuple[str, str, int]]:
    """Id, who speaks, words of each turn."""
    return [
        (sp.get(ID, ""), sp.get("who", "").partition("#")[2], len(WORD.findall(said(sp))))
        for sp in text(TALK).iter(f"{NS}sp")
    ]


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def first(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path)
    assert found is not None, path
    return found


def entry(link: etree._Element) -> str:
    """The id of the entry of the register that a link leads to."""
    return link.get("href", "").split("/")[-2]


def numbers(row: etree._Element) -> list[int]:
    return [int(words(cell).split()[0]) for cell in row.findall("td")]


def table(page: etree._Element, section: str, caption: str = "") -> list[etree._Element]:
    """The rows of the first table of a section, or of the one with this caption."""
    tables = page.xpath(f"//section[@id='{section}']//table")
    [found] = [one for one in tables if words(first(one, "caption")) == caption] if caption else tables[:1]
    rows: list[etree._Element] = found.findall("tbody/tr")
    return rows


@pytest.mark.parametrize("page", [f"{TALK}/index.html", f"{TALK}/diplomatic/index.html", "figures/index.html"])
def test_every_turn_has_its_words(edition: Edition, page: str) -> None:
    """The same number in every view, and on the page of all figures."""
    drawn = edition.pages[page].xpath("//*[contains(@class, 'turns-drawing')]//*[local-name() = 'a']")
    listed = edition.pages[page].xpath("//ol[@class='turn-list']/li/a")
    assert len(drawn) == len(listed) == len(turns()) == 52
    for link, item, (anchor, _, count) in zip(drawn, listed, turns(), strict=True):
        assert link.get("href").partition("#")[2] == item.get("href").partition("#")[2] == anchor
        assert link.get("aria-label") == link.findtext(f"{SVG}title") == words(item)
        assert words(item).endswith(": one word" if count == 1 else f": {count} words")


def test_marks_are_as_wide_as_turns_are_long(edition: Edition) -> None:
    drawn = edition.figures.xpath("//*[contains(@class, 'turns-drawing')]//*[local-name() = 'a']")
    widths = [float(link.xpath("*[contains(@class, 'turn ')]/@width")[0].rstrip("%")) for link in drawn]
    total = sum(count for *_, count in turns())
    for width, (_, _, count) in zip(widths, turns(), strict=True):
        assert width == pytest.approx(98 * count / total, abs=0.01)
    assert sum(widths) == pytest.approx(98, abs=0.3)


def test_words_of_each_speaker(edition: Edition) -> None:
    lunch = {sp.get(ID) for sp in text(TALK).xpath("//*[@xml:id='d-lunch']//*[local-name()='sp']")}
    spoken: dict[str, list[int]] = {}
    for anchor, who, count in turns():
        row = spoken.setdefault(who, [0, 0, 0, 0])
        row[0] += 1
        row[2 if anchor in lunch else 1] += count
        row[3] += count
    rows = table(edition.figures, f"speech:{TALK}", "Words of each speaker")
    found = {entry(first(row, "th/a")): numbers(row)[:4] for row in rows[:-1]}
    assert found == spoken
    assert numbers(rows[-1]) == [52, *(sum(column) for column in list(zip(*spoken.values(), strict=True))[1:]), 100]


def test_silent_participants_are_listed_and_the_summary_does_not_speak(edition: Edition) -> None:
    [section] = edition.figures.xpath(f"//section[@id='speech:{TALK}']")
    for name in ("Mukhitdinov", "Ponomarev", "Kapitonov", "Yudin", "Satyukov", "Ri Ju-yeon", "Ha Ang-cheon"):
        assert name in words(first(section, "p"))
    assert not section.xpath(".//a[contains(@href, '#p1')]")


def passages(name: str) -> dict[str, list[str]]:
    """The entries that the turns and numbered paragraphs of a document mention, by id, as often as they do."""
    found: dict[str, list[str]] = {}
    for block in text(name).iter(f"{NS}sp", f"{NS}p"):
        around = [local(element) for element in block.iterancestors()]
        apart = any(element.get("type") == "summary" for element in block.iterancestors())
        if apart or {"sp", "note", "quote"} & set(around):
            continue
        found[block.get(ID, "")] = [
            pointer.partition("#")[2]
            for element in block.iter()
            if local(element) and element.get("ref")
            if not {"note", "speaker"} & {local(outer) for outer in element.iterancestors()}
            for pointer in element.get("ref", "").split()
        ]
    return found


def entries_of(name: str) -> set[str]:
    return {element.get(ID, "") for element in etree.parse(TEI / "register.xml").getroot().iter(f"{NS}{name}")}


def test_who_is_mentioned_with_whom(edition: Edition) -> None:
    persons = entries_of("person")
    pairs: dict[tuple[str, str], set[str]] = {}
    for name in (TALK, ESSAY):
        for place, entries in passages(name).items():
            for pair in combinations(sorted(persons & set(entries)), 2):
                pairs.setdefault(pair, set()).add(f"../{name}/index.html#{place}")
    found = {}
    for row in table(edition.figures, "together"):
        a, b = (entry(link) for link in row.findall("th/a"))
        links = {link.get("href") for link in row.findall("td[2]/a")}
        assert int(words(first(row, "td"))) == len(links)
        found[a, b] = links
    assert found == pairs
    arcs = edition.figures.xpath("//*[contains(@class, 'arcs-drawing')]/*[local-name() = 'path']")
    assert 50 < len(arcs) <= len(pairs)


def test_who_is_tied_stands_side_by_side(edition: Edition) -> None:
    """The four historians whom one paragraph thanks, and the three whom another names, are together in the order."""
    order = [
        entry(link) for link in edition.figures.xpath("//*[contains(@class, 'arcs-drawing')]/*[local-name() = 'a']")
    ]
    assert len(order) == len(set(order)) == 25
    for group in (
        {"andrei-lankov", "balasz-szalontai", "james-person", "shen-zhihua"},
        {"gary-goldberg", "joseph-peter-torigian", "sergo-mikoyan"},
    ):
        places = sorted(order.index(name) for name in group)
        assert places[-1] - places[0] == len(group) - 1


def test_dates_by_years(edition: Edition) -> None:
    counted: dict[str, Counter[str]] = {}
    for name in (TALK, ESSAY):
        for date in text(name).iter(f"{NS}date", f"{NS}time"):
            values = [date.get(key) for key in ("when", "from", "notBefore", "to", "notAfter") if date.get(key)]
            if values and re.match(r"\d{4}(-|$)", str(values[0])):
                counted.setdefault(str(values[0])[:4], Counter())[name] += 1
    for event in etree.parse(TEI / "register.xml").getroot().iter(f"{NS}event"):
        values = [event.get(key) for key in ("when", "from", "notBefore", "to", "notAfter") if event.get(key)]
        if values:
            counted.setdefault(str(values[0])[:4], Counter())["events"] += 1
    rows = table(edition.figures, "years")
    assert {words(first(row, "th")): numbers(row) for row in rows} == {
        year: [number[TALK], number[ESSAY], number["events"]] for year, number in counted.items()
    }
    for row in rows:
        assert first(row, "th/a").get("href") == f"../chronology/index.html#y{words(first(row, 'th'))}"


def touches(date: etree._Element, year: int) -> bool:
    keys = ("when", "from", "to", "notBefore", "notAfter")
    years = [int(value[:4]) for key in keys if re.match(r"\d{4}(-|$)", value := date.get(key) or "")]
    return local(date) in ("date", "time") and bool(years) and min(years) <= year <= max(years)


def test_the_fullest_year_has_every_date_and_event_that_touches_it(edition: Edition) -> None:
    rows = table(edition.figures, "close-up")
    dates = [link.get("href") for row in rows for link in row.findall("td[1]/a")]
    events = {entry(link) for row in rows for link in row.findall("td[2]/a")}
    assert "plenum-august-1956" in events
    assert "purge-1955-1956-soviet-faction" in events, "it ends in that year"
    assert "poolside-conversations-1958" not in events
    assert len(dates) == len(set(dates)), "each date has an anchor of its own"
    assert len(dates) == sum(touches(date, 1956) for name in (TALK, ESSAY) for date in text(name).iter())
    hatched = edition.figures.xpath("//*[contains(@class, 'close-up-drawing')]//*[contains(@class, 'patterned')]")
    assert {element.get("fill", "").rpartition("-")[2].rstrip(")") for element in hatched} == {"end", "start", "hatch"}


def test_places(edition: Edition) -> None:
    counted: Counter[str] = Counter()
    for name in (TALK, ESSAY):
        for element in text(name).iter():
            if local(element) and element.get("ref") and "note" not in {local(e) for e in element.iterancestors()}:
                counted.update(pointer.partition("#")[2] for pointer in element.get("ref", "").split())
    expected = {name: number for name, number in counted.items() if name in entries_of("place")}
    rows = table(edition.figures, "places")
    found = {entry(first(row, "th/a")): int(words(first(row, "td"))) for row in rows}
    assert found == expected


def test_drawings_say_what_they_are_and_lead_somewhere(edition: Edition) -> None:
    anchors = {path: {element.get("id") for element in page.iter()} for path, page in edition.pages.items()}
    seen = 0
    for path in ("figures/index.html", f"{TALK}/index.html"):
        page = edition.pages[path]
        for drawing in page.iter(f"{SVG}svg"):
            if drawing.get("aria-hidden") == "true":
                continue
            seen += 1
            title, description = first(drawing, f"{SVG}title"), first(drawing, f"{SVG}desc")
            assert title.text
            assert description.text
            assert drawing.get("aria-labelledby") == title.get("id")
            assert drawing.get("aria-describedby") == description.get("id")
            assert not drawing.xpath(".//*[local-name() = 'script' or local-name() = 'style' or @style or @onclick]")
        for link in page.xpath("//main//*[local-name() = 'a'][ancestor::section[contains(@class, 'figure')]]"):
            target, _, anchor = link.get("href").partition("#")
            resolved = str((Path("/", path).parent / target).resolve())[1:] if target else path
            assert resolved in anchors, link.get("href")
            assert not anchor or anchor in anchors[resolved], link.get("href")
    assert seen == 5
    assert not [message for message in edition.messages if "label" in message]


def summary(name: str, inside: str, attributes: str = "") -> str:
    return (
        f'<tp:summary xmlns:tp="urn:teipipe:ns" id="{name}" title="{name}" lang="en" {attributes}>{inside}</tp:summary>'
    )


def figures(renderer: Renderer, summaries: list[str], register: Source | None = None) -> etree._Element:
    """The page of figures of documents that have nothing but these facts."""
    ids = [str(etree.fromstring(one).get("id")) for one in summaries]
    corpus = Corpus("An edition", "2026", "1", tuple(Entry(i, f"{i}.xml", i, "0" * 64) for i in ids), register)
    shares = Shares(corpus, map(Summary, summaries), "" if register is None else renderer.register(register, corpus))
    share = shares.of(next(page for page in shares.pages if page.name == "figures"))
    page, again = (renderer.site_page(share.page, share.summaries, share.corpus or shares.whole)[0] for _ in range(2))
    assert page.data == again.data
    assert not [message for message in renderer.take_messages() if message.code == "missing-label"]
    return parsed(page.data)


def turn(n: int, words: int, by: str, scene: int = 1) -> str:
    return f'<tp:turn id="t{n}" n="{n}" scene="{scene}" words="{words}" by="{by}" entries="">{by}</tp:turn>'


def test_nothing_to_draw(renderer: Renderer) -> None:
    page = figures(renderer, [summary("a", "")])
    assert "nothing to draw" in words(first(page, ".//main"))
    assert not list(page.iter(f"{SVG}svg"))


def test_long_conversations_share_marks(renderer: Renderer) -> None:
    spoken = "".join(turn(n, n % 7, f"s{n % 12}") for n in range(1, 1002))
    page = figures(renderer, [summary("a", f'<tp:scene n="1"/>{spoken}', 'turns="1001"')])
    [drawing] = page.xpath("//*[contains(@class, 'turns-drawing')]")
    marks = drawing.findall(f"{SVG}a")
    assert len(marks) == 201
    assert marks[0].get("aria-label") == "Turns 1 to 5: 15 words"
    assert marks[-1].get("aria-label") == "Turn 1001, s5: 0 words"
    assert len(drawing.findall(f"{SVG}text")) == 8, "those who say least share a lane"
    assert "5 others" in words(drawing)
    assert not page.xpath("//ol[@class='turn-list']")


def captions(page: etree._Element) -> list[tuple[float, str]]:
    """Where along the strip of turns the names of scenes stand, and what they are."""
    found = page.xpath("//*[contains(@class, 'turns-drawing')]/*[contains(@class, 'scene-name')]")
    return [(float(text.get("x").rstrip("%")), words(text)) for text in found]


@pytest.mark.parametrize("scenes", [1, 2, 8, 85])
def test_scenes_are_named_where_there_is_room(renderer: Renderer, scenes: int) -> None:
    named = "".join(f'<tp:scene n="{n}">The scene in which much happens</tp:scene>' for n in range(1, scenes + 1))
    spoken = "".join(turn(n, 1 + n % 40, "a", n) for n in range(1, scenes + 1))
    page = figures(renderer, [summary("a", named + spoken, f'turns="{scenes}"')])
    found = captions(page)
    assert bool(found) == (scenes > 1)
    for (start, name), (following, _) in pairwise(found[:-1]):
        assert start + len(name) < following, "a character takes about one percent"
    marks = page.xpath("//*[contains(@class, 'turns-drawing')]/*[local-name() = 'a']")
    assert len(marks) == scenes
    ends = [float(rect.get(k).rstrip("%")) for rect in marks[-1].iter(f"{SVG}rect") for k in ("x", "width")]
    assert sum(ends[:2]) == pytest.approx(100, abs=0.2), "all of it fits into the drawing"
    listed = page.xpath("//table[caption = 'Words of each scene']/tbody/tr")
    assert len(listed) == (scenes if scenes > 6 else 0)
    if scenes == 2:
        assert found[1][0] == pytest.approx(41, abs=1)
        assert found[1][1] == "Scene 2: The scene in which much happens"


def test_many_conversations_are_a_list(renderer: Renderer) -> None:
    spoken = [summary(f"d{n}", turn(1, 3, "x"), f'turns="{n}"') for n in range(1, 8)]
    page = figures(renderer, spoken)
    assert [words(first(row, "td")) for row in table(page, "speech")] == ["7", "6", "5", "4", "3", "2", "1"]
    assert not list(page.iter(f"{SVG}svg"))


def test_a_turn_without_words_and_without_a_name(renderer: Renderer) -> None:
    page = figures(renderer, [summary("a", turn(1, 0, ""), 'turns="1"')])
    [mark] = page.xpath("//*[contains(@class, 'turns-drawing')]/*[local-name() = 'a']")
    assert first(mark, f"{SVG}rect").get("width") == "0.15%"


@pytest.mark.parametrize(
    ("values", "bar"),
    [
        ('when="1956"', ("0%", "100%", None)),
        ('when="1956-02"', ("8.47%", "7.92%", None)),
        ('when="1956-01-01"', ("0%", "0.8%", None)),
        ('when="1956-12-31"', ("99.2%", "0.8%", None)),
        ('when="1956-07-01T12:00:00"', ("49.73%", "0.8%", None)),
        ('notBefore="1956-07-01"', ("49.73%", "7%", "end")),
        ('to="1956-07-01"', ("43%", "7%", "start")),
        ('notBefore="1956-07-01" notAfter="1956-07-31"', ("49.73%", "8.47%", "hatch")),
        ('from="1955" to="1957"', ("0%", "100%", None)),
        ('when="soon"', None),
        ('when="02:00:00"', None),
        ("", None),
    ],
)
def test_spans_on_the_scale(renderer: Renderer, values: str, bar: tuple[str, str, str | None] | None) -> None:
    fixed = "".join('<tp:date anchor="d0" when="1956-03-01"/>' for _ in range(2))
    page = figures(renderer, [summary("a", f'{fixed}<tp:date anchor="d1" {values}/>')])
    [drawing] = page.xpath("//*[contains(@class, 'close-up-drawing')]")
    found = drawing.xpath("*[@href='../a/index.html#d1']/*[local-name() = 'rect']")
    if bar is None:
        assert not found
    else:
        [rect] = found
        fill = (rect.get("fill") or "").rpartition("-")[2].rstrip(")") or None
        assert (rect.get("x"), rect.get("width"), fill) == bar


def test_years_before_our_era_and_far_apart(renderer: Renderer) -> None:
    dates = "".join(f'<tp:date anchor="d{n}" when="{when}"/>' for n, when in enumerate(("-0044-03-15", "2016", "2016")))
    page = figures(renderer, [summary("a", dates)])
    links = [mark.get("href") for mark in page.xpath("//*[contains(@class, 'years-drawing')]/*[local-name() = 'a']")]
    assert links == ["../chronology/index.html#y-0044", "../chronology/index.html#y2016"]


def test_many_documents_share_a_lane_of_time(renderer: Renderer) -> None:
    page = figures(renderer, [summary(f"d{n}", '<tp:date anchor="x" when="1956-05"/>') for n in range(9)])
    [row] = table(page, "years")
    assert numbers(row) == [9]


def test_a_list_of_names_ties_nobody(renderer: Renderer, tmp_path: Path) -> None:
    persons = "".join(f'<person xml:id="p{n}"><persName>Person {n}</persName></person>' for n in range(40))
    path = tmp_path / "register.xml"
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>{persons}</listPerson></standOff></TEI>',
        encoding="utf-8",
    )
    register = with_addresses(Source.of(Document.read(path), id="register", path="register.xml", sha256=""))

    def together(*counts: int, kind: str = "paragraph", more: str = "") -> etree._Element:
        entries = [" ".join(f"p{n}" for n in range(count)) for count in counts]
        inside = "".join(
            f'<tp:passage place="p{i}" kind="{kind}" n="{i}" entries="{ids}" {more}/>' for i, ids in enumerate(entries)
        )
        return figures(renderer, [summary("a", inside)], register)

    assert not together(31).xpath("//section[@id='together']")
    assert not together(2, kind="other").xpath("//section[@id='together']")
    assert not together(2, more='apart="summary"').xpath("//section[@id='together']")
    page = together(30, 2)
    assert len(table(page, "together")) == 200, "of more pairs, the first ones"
    assert words(page.xpath("//section[@id='together']//details/p")[0]) == "235 more are not shown."
    assert len(page.xpath("//*[contains(@class, 'arcs-drawing')]/*[local-name() = 'a']")) == 25


def test_very_many_passages_are_said_to_be_left_out(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    register = with_addresses(source(TEI / "register.xml"))
    passage = '<tp:passage place="p1" kind="paragraph" n="1" entries="kim-il-sung anastas-mikoyan"/>'
    documents = [summary("a", passage), summary("b", passage)]
    assert not figures(renderer, documents, register).xpath("//section[@id='left-out']")
    monkeypatch.setattr("teipipe.site.figures._PASSAGES", 1)
    page = figures(renderer, documents, register)
    assert words(page.xpath("//section[@id='left-out']/p")[0]).startswith("This edition has 2 passages")
    assert not page.xpath("//section[@id='together' or @id='places']")


def test_very_many_dates_are_counted_by_years(renderer: Renderer) -> None:
    dates = "".join(f'<tp:date anchor="d{n}" when="{1900 + n % 3}-05"/>' for n in range(1001))
    page = figures(renderer, [summary("a", dates)])
    assert {words(first(row, "th")): numbers(row) for row in table(page, "years")} == {
        "1900": [334],
        "1901": [334],
        "1902": [333],
    }
    assert not page.xpath("//section[@id='close-up']")
