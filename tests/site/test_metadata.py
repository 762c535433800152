"""What a site says to reference managers, search engines and programs, read back by libraries of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import unquote, urldefrag

import feedparser
import html5lib
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft202012Validator
from lxml import etree
from pybtex.database import BibliographyData, parse_string
from rdflib import SDO, Graph, URIRef
from rdflib.namespace import RDF
from tests.conftest import REPOSITORY
from usp.tree import sitemap_from_str

from teipipe.editions import Corpus
from teipipe.site.formats import sitemap

SITE: Final = "https://example.org/letters/"

#: All that could end a field, a tag, a line or a command somewhere.
TITLE: Final = "Über \\LaTeX{} {un} 100% & $5 #1 a_b ~x^2 <b>“회담” ' \" </script><!-- \\n ER - .pdf, and (Брат)"

HOSTILE: Final = f"""\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="hostile" xml:lang="ko">
<teiHeader><fileDesc><titleStmt><title>{TITLE.replace("&", "&amp;").replace("<", "&lt;")}</title>
<author><persName><forename>Ann and</forename> <surname>de la {{Tour}}</surname></persName></author>
<author><orgName>Smith, Jones and Co &amp; 50%</orgName></author>
<editor><persName>Kim  Min-su</persName></editor>
<respStmt><resp>photographs</resp><persName>Bo</persName></respStmt></titleStmt>
<publicationStmt><publisher>Verlag \\ Söhne</publisher><date when="2020-03-01"/>
<idno type="DOI">https://doi.org/10.1234/abc(5)</idno>
<availability status="free"><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY</licence>
</availability></publicationStmt><sourceDesc><msDesc><msContents><textLang mainLang="ru"/></msContents></msDesc>
</sourceDesc></fileDesc><profileDesc><creation><date when="1956-08-30">30 August 1956</date></creation></profileDesc>
<revisionDesc><change when="2021-02-03">Slips &amp; &lt;dates&gt;.</change><change when="2020-03-01">Begun.</change>
<change when="2021-02-03">More.</change></revisionDesc></teiHeader>
<text><body><sp who="register.xml#ann"><speaker>Ann</speaker><p>Yes.</p><p>No, <persName ref="register.xml#bo"
>Bo</persName> &lt;/script&gt;.</p></sp><p>End.<note>A note.</note></p></body></text></TEI>"""

INFERRED: Final = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="inferred" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>A piece</title><author cert="high"><persName>Somebody Likely</persName></author>
</titleStmt><publicationStmt><publisher>We</publisher>
<availability status="unknown"><p>Nobody knows.</p></availability></publicationStmt>
<sourceDesc><msDesc><msContents><textLang mainLang="ru" cert="medium"/></msContents></msDesc></sourceDesc></fileDesc>
<profileDesc><creation>Perhaps <date when="1956">1956</date>, perhaps not.</creation></profileDesc></teiHeader>
<text><body><p>Of <persName ref="register.xml#ann" cert="low">somebody</persName>.</p></body></text></TEI>"""

BARE: Final = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Words.</p></body></text></TEI>'

REGISTER: Final = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc><titleStmt><title>Names</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><standOff><listPerson>
<person xml:id="ann"><persName type="preferred">Ann &lt;A.&gt;</persName><persName type="variant">Anna</persName>
<persName type="epithet">tyrant</persName><idno type="GND">118540238</idno><idno type="URI">javascript:alert(1)</idno>
<idno type="VIAF" cert="low">1</idno><idno>https://example.org/ann?a=1&amp;b=2</idno>
<occupation when="1956" cert="medium" source="hostile.xml#turn-1">clerk</occupation></person>
<person xml:id="bo"><persName>Bo</persName></person></listPerson></standOff></TEI>"""


@dataclass(frozen=True)
class Site:
    """A site that was built: its folder, and what the build said."""

    folder: Path
    said: str

    def page(self, path: str) -> etree._Element:
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
        root: etree._Element = parser.parse((self.folder / path).read_bytes(), transport_encoding="utf-8").getroot()
        return root

    def text(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode()

    def json(self, path: str) -> Any:
        return json.loads(self.text(path))

    def tags(self, path: str, name: str) -> list[str]:
        return [str(tag.get("content")) for tag in self.page(path).iter("meta") if tag.get("name") == name]

    def data(self, path: str) -> Any:
        [script] = self.page(path).xpath("//script[@type='application/ld+json']")
        return json.loads(script.text)

    def graph(self, path: str) -> Graph:
        """What the page says as data; the context of the vocabulary, on the web, says the same of our words."""
        data = self.data(path)
        assert data["@context"] == "https://schema.org"
        data["@context"] = {"@vocab": str(SDO)}
        return Graph().parse(data=json.dumps(data), format="json-ld", publicID=SITE + path)

    @property
    def pages(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    def file_of(self, address: str) -> Path:
        """The file behind an address of the site."""
        path = unquote(urldefrag(address)[0].removeprefix(SITE))
        return self.folder / (f"{path}index.html" if not path or path.endswith("/") else path)


def build(folder: Path, configuration: str) -> Site:
    (folder / "tei").mkdir(parents=True)
    documents = {"hostile": HOSTILE, "inferred": INFERRED, "bare": BARE, "register": REGISTER}
    for name, text in documents.items():
        (folder / "tei" / f"{name}.xml").write_text(text, encoding="utf-8")
    (folder / "teipipe.toml").write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "teipipe", "build", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return Site(folder / "build", result.stderr)


CONFIGURATION: Final = """\
title = "Letters & <Papers> of 100%"
description = '''
Letters <of> "three" generations & more,
from 1790.

Their papers.
'''
documents = ["tei/*.xml"]
register = "tei/register.xml"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(tmp_path_factory.mktemp("site") / "letters", f'{CONFIGURATION}site-url = "{SITE}"\n')


@pytest.fixture(scope="module")
def homeless(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same without an address."""
    return build(tmp_path_factory.mktemp("homeless") / "letters", CONFIGURATION)


def test_the_project_introduces_its_edition(site: Site) -> None:
    first = 'Letters <of> "three" generations & more, from 1790.'
    both = f"{first} Their papers."
    [hero] = site.page("index.html").xpath("//div[@class='hero']")
    shown = [" ".join("".join(each.itertext()).split()) for each in hero.iter("p")]
    assert shown[:2] == [first, "Their papers."]
    assert len(shown) > 2, "what the headers say follows"
    assert site.tags("index.html", "description") == [first]
    assert site.tags("index.html", "DC.description")[-1] == both
    assert site.data("index.html")["description"] == both
    assert site.json("index.json")["description"] == both
    subtitle = feedparser.parse(site.text("feed.xml"))["feed"]["subtitle_detail"]
    assert (subtitle["type"], subtitle["value"]) == ("text/plain", first)


def test_tags_say_what_the_header_says(site: Site) -> None:
    for path in ("hostile/index.html", "hostile/diplomatic/index.html"):
        assert site.tags(path, "citation_title") == site.tags(path, "DC.title") == [" ".join(TITLE.split())]
        assert site.tags(path, "citation_author") == ["Ann and de la {Tour}", "Smith, Jones and Co & 50%"]
        assert site.tags(path, "citation_editor") == ["Kim Min-su"]
        assert site.tags(path, "citation_inbook_title") == ["Letters & <Papers> of 100%"]
        assert site.tags(path, "citation_publication_date") == ["2021/02/03"]
        assert site.tags(path, "citation_language") == ["ko"]
        assert site.tags(path, "citation_doi") == ["10.1234/abc(5)"]
        assert site.tags(path, "DCTERMS.created") == ["1956-08-30"]
        assert site.tags(path, "DCTERMS.license") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_what_is_inferred_or_unknown_is_in_no_tag(site: Site) -> None:
    page = site.page("inferred/index.html")
    names = {tag.get("name") for tag in page.iter("meta")}
    assert not names & {"citation_author", "DC.creator", "DCTERMS.created", "DCTERMS.license", "DC.rights"}
    [description] = site.tags("inferred/index.html", "DC.description")
    assert "Author inferred, with high certainty: Somebody Likely" in description
    data = site.data("inferred/index.html")
    assert not data.keys() & {"license", "dateCreated", "translationOfWork", "mentions"}
    [author] = data["author"]
    assert author["@type"] == "Role"
    assert author["description"] == "inferred, with high certainty"
    assert "Somebody Likely (inferred, with high certainty)" in site.json("inferred/inferred.json")["citation"]


def test_each_page_has_an_address_of_its_own(site: Site) -> None:
    seen = set()
    for path in site.pages:
        canonical = site.page(path).xpath("string(//link[@rel='canonical']/@href)")
        if path != "404.html":
            assert site.file_of(canonical) == site.folder / path
            seen.add(canonical)
    assert len(seen) > 10
    assert f"{SITE}hostile/diplomatic/" in seen


def test_other_forms_of_a_page_are_there(site: Site) -> None:
    for path in set(site.pages) - {"404.html"}:  # whose addresses are those of the web
        for link in site.page(path).xpath("//link[@rel='alternate']"):
            assert ((site.folder / path).parent / link.get("href")).resolve().is_file(), link.get("href")
    forms = [link.get("type") for link in site.page("hostile/index.html").xpath("//link[@rel='alternate']")]
    assert {"application/tei+xml", "text/plain", "application/json", "application/x-bibtex"} <= set(forms)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib by rdflib
def test_linked_data_is_in_the_vocabulary_and_about_the_address_of_the_page(site: Site) -> None:
    known = cast("Container[object]", SDO)
    about = 0
    for path in site.pages:
        if not site.page(path).xpath("//script[@type='application/ld+json']"):
            continue
        graph = site.graph(path)
        for predicate in set(graph.predicates()) - {RDF.type}:
            assert predicate in known, predicate
        for kind in graph.objects(None, RDF.type):
            assert kind in known, kind
        canonical = URIRef(site.page(path).xpath("string(//link[@rel='canonical']/@href)"))
        assert (canonical, SDO.url, None) in graph
        about += 1
    assert about >= 9


def test_linked_data_of_a_document(site: Site) -> None:
    data = site.data("hostile/index.html")
    assert data["name"] == " ".join(TITLE.split())
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["translationOfWork"] == {"@type": "CreativeWork", "inLanguage": "ru"}
    assert data["dateCreated"] == "1956-08-30"
    assert data["isPartOf"]["@id"] == SITE
    assert [each["name"] for each in data["mentions"]] == ["Ann <A.>", "Bo"]
    for each in data["mentions"]:
        assert site.file_of(each["@id"]).is_file()
    for each in data["encoding"]:
        assert site.file_of(each["contentUrl"]).is_file()
    assert "<" not in site.text("hostile/index.html").partition("ld+json")[2].partition("</script>")[0]


def test_linked_data_of_an_entry(site: Site) -> None:
    data = site.data("register/persons/ann/index.html")
    assert data["@type"] == "Person"
    assert data["alternateName"] == ["Anna"]
    assert data["sameAs"] == ["https://d-nb.info/gnd/118540238", "https://example.org/ann?a=1&b=2"]
    assert "jobTitle" not in data
    forms = [site.file_of(each["contentUrl"]).name for each in data["mainEntityOfPage"]["encoding"]]
    assert forms == ["entry.xml", "entry.txt", "entry.json"]


def test_the_edition_has_its_documents_as_parts(site: Site) -> None:
    data = site.data("index.html")
    assert data["@type"] == "Collection"
    assert data["collectionSize"] == 3
    assert "license" not in data
    assert {each["@id"] for each in data["hasPart"]} == {f"{SITE}{name}/" for name in ("hostile", "inferred", "bare")}


def bibtex(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def test_bibtex_is_read_back(site: Site) -> None:
    [(key, entry)] = bibtex(site.text("hostile/cite.bib")).entries.items()
    assert key == "hostile"
    assert entry.type == "incollection"
    title = str(entry.fields["title"])
    words = {"\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}", "\\textasciitilde{}": "~"}
    for command, sign in {**words, "\\textasciicircum{}": "^"}.items():
        title = title.replace(command, f"\0{sign}")
    for sign in "&%$#_":
        title = title.replace(f"\\{sign}", sign)
    assert title.replace("\0", "") == f"{{{' '.join(TITLE.split())}}}"
    assert str(entry.persons["author"][0]).startswith("{de la ")
    assert len(entry.persons["author"]) == 2
    assert str(entry.fields["url"]) == f"{SITE}hostile/"
    assert str(entry.fields["doi"]) == "10.1234/abc(5)"
    assert str(entry.fields["booktitle"]) == r"{Letters \& <Papers> of 100\%}"


def test_every_file_of_bibtex_and_ris_is_one_reference(site: Site) -> None:
    for path in sorted(site.folder.rglob("cite.bib")):
        assert len(bibtex(path.read_text(encoding="utf-8")).entries) == 1, path
    for path in sorted(site.folder.rglob("cite.ris")):
        assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
        assert len(rispy.loads(path.read_text(encoding="utf-8"))) == 1, path


def test_ris_is_read_back(site: Site) -> None:
    [entry] = rispy.loads(site.text("hostile/cite.ris"))
    assert entry["type_of_reference"] == "CHAP"
    assert entry["title"] == " ".join(TITLE.split())
    assert entry["authors"] == ["de la {Tour}, Ann and", "Smith, Jones and Co & 50%"]
    assert entry["secondary_title"] == "Letters & <Papers> of 100%"
    assert entry["urls"] == [f"{SITE}hostile/"]
    assert entry["year"] == "2021"
    [inferred] = rispy.loads(site.text("inferred/cite.ris"))
    assert "Author inferred, with high certainty: Somebody Likely" in inferred["notes"]


def test_csl_json_makes_a_bibliography(site: Site) -> None:
    for name in ("hostile", "inferred", "bare"):
        [item] = site.json(f"{name}/cite.csl.json")
        assert item["URL"] == f"{SITE}{name}/"
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        found = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
        found.register(Citation([CitationItem(item["id"])]))
        [words] = [str(entry) for entry in found.bibliography()]
        assert "Letters & <Papers> of 100%" in words
    [item] = site.json("hostile/cite.csl.json")
    assert item["author"] == [
        {"family": "de la {Tour}", "given": "Ann and"},
        {"literal": "Smith, Jones and Co & 50%"},
    ]
    assert item["issued"] == {"date-parts": [[2021, 2, 3]]}


def schemas() -> Iterator[tuple[str, str]]:
    for name in ("hostile", "inferred", "bare"):
        yield f"{name}/{name}.json", "document"
    yield "index.json", "edition"
    yield "register/register.json", "register"
    for name in ("ann", "bo"):
        yield f"register/persons/{name}/entry.json", "entry"
    yield "chronology/chronology.json", "chronology"
    yield "interventions/interventions.json", "interventions"


@pytest.mark.parametrize(("path", "schema"), list(schemas()))
def test_json_has_the_shape_that_is_documented(site: Site, homeless: Site, path: str, schema: str) -> None:
    shape = json.loads((REPOSITORY / "schema" / "formats" / f"{schema}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(shape)
    for each in (site, homeless):
        Draft202012Validator(shape).validate(each.json(path))


def test_a_document_as_json_has_its_words_and_places(site: Site) -> None:
    document = site.json("hostile/hostile.json")
    [turn] = document["turns"]
    assert turn == {"n": "1", "anchor": "turn-1", "who": ["ann"], "speaker": "Ann", "text": "Yes.\nNo, Bo </script>."}
    [paragraph] = document["paragraphs"]
    assert paragraph["text"] == "End."
    anchors = site.page("hostile/index.html").xpath("//@id")
    for each in (*document["turns"], *document["paragraphs"], *document["places"], *document["mentions"]):
        assert each["anchor"] in anchors
    entries = {entry["id"] for entry in site.json("register/register.json")["entries"]}
    assert {mention["entry"] for mention in document["mentions"]} <= entries
    assert document["rights"] == {"status": "free", "licence": "https://creativecommons.org/licenses/by/4.0/"}


def test_what_the_lists_of_documents_and_entries_name_is_there(site: Site) -> None:
    for document in site.json("index.json")["documents"]:
        for name in ("path", "json", "tei", "text"):
            assert (site.folder / document[name]).is_file()
        assert site.file_of(document["address"]) == site.folder / document["path"]
    for entry in site.json("register/register.json")["entries"]:
        assert site.file_of(entry["address"]) == site.folder / entry["path"]
        assert (site.folder / entry["path"]).is_file()


LEFT_OUT: Final = {"external", "unseen", "cell-head", "forms"}


def shown(element: etree._Element) -> Iterator[str]:
    """The words of a page without its ways to others, and without what only a script or a screen reader needs."""
    if element.tag in ("nav", "form", "script", "svg", "button") or LEFT_OUT & set(
        (element.get("class") or "").split()
    ):
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from shown(child)
        yield child.tail or ""


def letters(words: str) -> str:
    return "".join(sign for sign in words if sign.isalnum())


def test_a_page_as_text_has_its_words(site: Site) -> None:
    files = [site.folder / "chronology" / "chronology.txt", site.folder / "principles" / "principles.txt"]
    files += sorted(site.folder.glob("register/*/*/entry.txt"))
    assert len(files) == 4
    for file in files:
        path = (file.parent / "index.html").relative_to(site.folder).as_posix()
        [main] = site.page(path).iter("main")
        text, _, provenance = file.read_text(encoding="utf-8").partition("\n⟨Provenance\n")
        assert f" file: {file.relative_to(site.folder).as_posix()}\n" in provenance
        head, _, text = text.partition("\n\n")
        assert head.startswith("⟨Letters & <Papers> of 100%. Edition of 3 February 2021")
        assert head.endswith(f"⟨{SITE}{path.removesuffix('index.html')}⟩")
        assert letters(text) == letters("".join(shown(main)))
        assert max(map(len, text.splitlines())) <= 72


def test_an_entry_as_tei_stands_alone(site: Site) -> None:
    schema = etree.RelaxNG(etree.parse(REPOSITORY / "schema" / "teipipe.rng"))
    file = site.folder / "register" / "persons" / "ann" / "entry.xml"
    root = etree.parse(file).getroot()
    schema.assertValid(root)
    assert b"urn:teipipe" not in file.read_bytes()
    [title] = root.iterfind(".//{*}titleStmt/{*}title")
    assert title.text == "Ann <A.>"
    [person] = root.iterfind("{*}standOff/{*}listPerson/*")
    whole = etree.fromstring(REGISTER).find(".//{*}person")
    assert whole is not None
    assert [each.text for each in person] == [each.text for each in whole]
    source, target = str(root.xpath("string(//@source)")), str(root.xpath("string(//@target)"))
    assert (file.parent / source).resolve() == site.folder / "hostile" / "hostile.xml#turn-1"
    assert (file.parent / target).resolve() == site.folder / "register" / "register.xml#ann"


def test_entries_of_our_register_are_valid_alone(own_edition: Path) -> None:
    schema = etree.RelaxNG(etree.parse(REPOSITORY / "schema" / "teipipe.rng"))
    files = sorted(own_edition.glob("register/*/*/entry.xml"))
    assert len(files) > 90
    ids: dict[Path, set[str]] = {}
    for file in files:
        root = etree.parse(file)
        schema.assertValid(root)
        for pointer in root.xpath("//@source | //@ref | //@target | //@resp"):
            for one in str(pointer).split():
                path, _, place = one.partition("#")
                target = (file.parent / path).resolve() if path else file
                if target not in ids:
                    ids[target] = set(map(str, etree.parse(target).xpath("//@xml:id")))
                assert place in ids[target], one


def test_what_a_browser_would_run_in_a_register_is_text_in_its_entries(tmp_path: Path) -> None:
    active = '<person xml:id="ann"><note><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></note>'
    (tmp_path / "a.xml").write_text(BARE, encoding="utf-8")
    (tmp_path / "r.xml").write_text(REGISTER.replace('<person xml:id="ann">', active), encoding="utf-8")
    (tmp_path / "teipipe.toml").write_text('documents = ["a.xml"]\nregister = "r.xml"\n', encoding="utf-8")
    subprocess.run([sys.executable, "-m", "teipipe", "build", str(tmp_path)], capture_output=True, check=False)
    folder = tmp_path / "build" / "register" / "persons" / "ann"
    assert {path.name for path in folder.iterdir()} == {"entry.json", "entry.txt", "entry.xml.txt", "index.html"}
    assert 'href="../../../register/persons/ann/entry.xml.txt"' in (folder / "index.html").read_text(encoding="utf-8")


def test_an_entry_as_json_has_its_mentions(site: Site) -> None:
    [whole] = [each for each in site.json("register/register.json")["entries"] if each["id"] == "bo"]
    entry = site.json("register/persons/bo/entry.json")
    assert entry.items() >= whole.items()
    assert [each["id"] for each in entry["documents"]] == ["hostile"]
    [mention] = entry["mentions"]
    assert (mention["words"], mention["cited"]) == ("Bo", "turn 1")
    assert site.file_of(mention["path"]).is_file()


def test_forms_stand_in_the_head_and_at_the_foot_of_a_page(site: Site) -> None:
    without = {"cite/index.html", "search/index.html", "figures/index.html", "404.html"}
    for path in set(site.pages) - without:
        page = site.page(path)
        inside = {link.get("href") for link in page.xpath("//link[@rel='alternate'][not(contains(@type, 'atom'))]")}
        assert inside
        if not page.xpath("//body[contains(@class, 'document')]"):
            assert {link.get("href") for link in page.xpath("//div[@class='forms generated']//a")} <= inside
        if path not in ("index.html",) and page.xpath("//body[starts-with(@class, 'page page-')]"):
            assert {link.get("href") for link in page.xpath("//div[@class='forms generated']//a")} == inside


def test_the_feed_has_the_changes_of_each_day(site: Site) -> None:
    feed = feedparser.parse(site.text("feed.xml"))
    assert not feed.bozo
    assert feed.feed.title == "Letters & <Papers> of 100%"
    assert feed.feed.updated == "2021-02-03T00:00:00Z"
    days = [(entry.title, entry.updated[:10], entry.summary) for entry in feed.entries]
    title = " ".join(TITLE.split())
    assert days == [(title, "2021-02-03", "Slips & <dates>. More."), (title, "2020-03-01", "Begun.")]
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    assert all(site.file_of(entry.link).is_file() for entry in feed.entries)


def test_the_sitemap_has_every_page_and_nothing_else(site: Site) -> None:
    found = sitemap_from_str(site.text("sitemap.xml"))
    addresses = [page.url for page in found.all_pages()]
    assert len(addresses) == len(set(addresses))
    assert {site.file_of(address) for address in addresses} == {
        site.folder / path for path in site.pages if path != "404.html"
    }


def test_a_long_sitemap_is_divided() -> None:
    corpus = Corpus("", "", "", (), site_url=SITE)
    files = sitemap(corpus, [f"a{number}&/index.html" for number in range(5)], length=2)
    assert [file.path for file in files] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = etree.fromstring(files[0].data)
    assert [loc.text for loc in index.iter("{*}loc")] == [f"{SITE}sitemap-{number}.xml" for number in (1, 2, 3)]
    pages = [page.url for file in files[1:] for page in sitemap_from_str(file.data.decode()).all_pages()]
    assert pages == [f"{SITE}a{number}&/" for number in range(5)]


def test_addresses_in_a_sitemap_are_encoded() -> None:
    [file] = sitemap(Corpus("", "", "", (), site_url=SITE), ["회담 100%/index.html", "a/b.html"])
    [first, other] = [loc.text or "" for loc in etree.fromstring(file.data).iter("{*}loc")]
    assert (first, unquote(other)) == (f"{SITE}a/b.html", f"{SITE}회담 100%/")
    assert other.isascii()


def test_without_an_address_nothing_claims_one(homeless: Site) -> None:
    assert homeless.said.rstrip().endswith("without site-url: no canonical links, no sitemap, no feed")
    assert not [path for path in ("sitemap.xml", "feed.xml") if (homeless.folder / path).exists()]
    for path in homeless.pages:
        page = homeless.page(path)
        assert not page.xpath("//link[@rel='canonical']")
        assert not page.xpath("//link[contains(@type, 'atom')]")
    assert "URL" not in homeless.json("hostile/cite.csl.json")[0]
    assert "url" not in bibtex(homeless.text("hostile/cite.bib")).entries["hostile"].fields
    assert homeless.data("hostile/index.html")["@id"] == "../hostile/index.html"


def test_how_to_cite_stands_on_the_page_of_a_document(site: Site) -> None:
    [section] = site.page("hostile/index.html").xpath("//section[@id='tp-cite']")
    [words] = section.xpath(".//p[@data-form='text']")
    assert "".join(words.itertext()) == site.json("hostile/hostile.json")["citation"]
    assert " ".join(TITLE.split()) in [span.text for span in words.findall("span[@lang='ko']")]
    for form, file in {"bibtex": "cite.bib", "csl-json": "cite.csl.json", "ris": "cite.ris"}.items():
        [shown] = section.xpath(f".//pre[@data-form='{form}']")
        assert "".join(shown.itertext()).strip() == site.text(f"hostile/{file}").replace("\r", "").strip()
