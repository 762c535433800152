"""PREMIS 3.0: by the schema of the Library of Congress, and what it says of files, events, agents and rights."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from tests.conftest import REPOSITORY, make_tei

from teipipe.bags import Item, Stored
from teipipe.deposit.package import Package, Part, Tool
from teipipe.deposit.premis import Lineage, premis
from teipipe.deposit.pronom import Format, identified, identify

SAMPLE = (REPOSITORY / "tests" / "deposit" / "sample.xml").read_text(encoding="utf-8")
NAMESPACE = {"p": "http://www.loc.gov/premis/v3"}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

RECORD = '<record kind="edition" id="letters" lang="en" generator="teipipe"><title type="main">Letters</title></record>'
PACKAGE = Package(
    name="letters-1",
    edition="letters",
    version="1",
    title="Letters & papers",
    identifier="10.5072/letters",
    date="2026-11-22",
    configuration="project/teipipe.toml",
    register="project/register.xml",
    documents=(Part("letter-1", "tei/letter-1.xml", "", "A letter"),),
    stylesheets="ab" * 32,
    tools=(Tool("teipipe", "1.0", "everything"), Tool("saxonche", "13.1.1", "XSLT"), Tool("typst", "0.15", "books")),
    findings=(("info", 3), ("warning", 2)),
)
PATHS = (
    "project/tei/letter-1.xml",
    "project/register.xml",
    "project/sources/letter-1.txt",
    "project/schema/letters.odd",
    "project/schema/letters.rng",
    "schema/letters.xsd",
    "schema/fetched/other.rng",
    "schema/xml.xsd",
    "edition/index.html",
    "edition/letter-1/index.html",
    "edition/letter-1/letter-1.pdf",
    "edition/register/register.xml",
    "edition/assets/base.css",
    "metadata/documents/letter-1/datacite.xml",
    "README.html",
)


def stored(path: str, data: bytes = b"x") -> Stored:
    return Stored(path, len(data), hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


FILES = {path: stored(path, path.encode()) for path in PATHS}
LINEAGE = Lineage(
    formats={"project/tei/letter-1.xml": Format("TEI P5 - Single Text File", "P5", "application/tei+xml", "fmt/1476")},
    origins={"edition/letter-1/index.html": "letter-1", "edition/letter-1/letter-1.pdf": "letter-1"},
    schemas=("project/schema/letters.rng",),
    odd="project/schema/letters.odd",
    sources="project/sources",
)


def written(
    package: Package = PACKAGE,
    record: str = RECORD,
    records: Mapping[str, str] | None = None,
    files: Mapping[str, Stored] = FILES,
    lineage: Lineage = LINEAGE,
) -> etree._Element:
    for item in premis(package, record, {"letter-1": SAMPLE} if records is None else records, files, lineage):
        assert item.path == "metadata/premis.xml"
        assert isinstance(item.source, Path)
        root = etree.parse(item.source).getroot()
    return root


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path, NAMESPACE)]


def file(root: etree._Element, path: str) -> etree._Element:
    [found] = (
        one
        for one in root.iterfind("p:object", NAMESPACE)
        if texts(one, "p:objectIdentifier/p:objectIdentifierValue") == [f"data/{path}"]
    )
    return found


def event(root: etree._Element, name: str) -> etree._Element:
    [found] = (
        one
        for one in root.iterfind("p:event", NAMESPACE)
        if texts(one, "p:eventIdentifier/p:eventIdentifierValue") == [name]
    )
    return found


def source(root: etree._Element, path: str) -> list[str]:
    """What a file was made from."""
    return [
        value
        for relation in file(root, path).iterfind("p:relationship", NAMESPACE)
        if texts(relation, "p:relationshipSubType") == ["has source"]
        for value in texts(relation, "p:relatedObjectIdentifier/p:relatedObjectIdentifierValue")
    ]


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The schema of the Library of Congress."""
    folder = tmp_path_factory.mktemp("premis")
    command = [str(REPOSITORY / ".ci" / "premis-schema"), sys.executable, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return etree.XMLSchema(etree.parse(folder / "premis.xsd"))


UNKNOWN = Package("a-1", "a", "1", "a", "", "", "", "", (), "", ())
LICENSED = RECORD.replace("</record>", '<rights spdx="CC0-1.0">CC0</rights></record>')
#: Everything that may be there or not.
WRITTEN: dict[str, Callable[[], etree._Element]] = {
    "everything": written,
    "nothing known": lambda: written(UNKNOWN, records={}, lineage=Lineage()),
    "a licence": lambda: written(record=LICENSED),
    "words that XML has no character for": lambda: written(
        Package("a", "a", "1", "a\x01\ud800 <&", "", "", "", "", (), "", (Tool("a\x0b", "1", ""),))
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_it_is_valid_by_the_schema_of_the_library_of_congress(case: str, schema: etree.XMLSchema) -> None:
    schema.assertValid(WRITTEN[case]())


def test_whatever_is_referred_to_is_there() -> None:
    root = written()
    objects = {
        (kind, value)
        for one in root.iterfind("p:object/p:objectIdentifier", NAMESPACE)
        for kind, value in [(one[0].text, one[1].text)]
    }
    related = {(one[0].text, one[1].text) for one in root.iterfind(".//p:relatedObjectIdentifier", NAMESPACE)}
    assert related <= objects
    for what, where in (
        ("Event", "p:event/p:eventIdentifier"),
        ("Agent", "p:agent/p:agentIdentifier"),
        ("RightsStatement", "p:rights/p:rightsStatement/p:rightsStatementIdentifier"),
    ):
        known = [one[1].text for one in root.iterfind(where, NAMESPACE)]
        links = {one[1].text for one in root.iterfind(f".//p:linking{what}Identifier", NAMESPACE)}
        assert links
        assert links <= set(known)
        assert len(known) == len(set(known))


def test_terms_of_the_library_of_congress_have_their_addresses() -> None:
    terms = {one.get("valueURI"): one.text for one in written().iter() if one.get("authorityURI")}
    assert terms["http://id.loc.gov/vocabulary/preservation/eventType/val"] == "validation"
    assert terms["http://id.loc.gov/vocabulary/preservation/relationshipSubType/hss"] == "has source"
    assert len(set(terms.values())) == len(terms)


def test_every_file_has_its_checksums_and_size() -> None:
    root = written()
    one = file(root, "README.html")
    assert texts(one, ".//p:messageDigest") == [FILES["README.html"].sha256, FILES["README.html"].sha512]
    assert texts(one, ".//p:size") == [str(len("README.html"))]
    named = [
        value
        for each in root.iterfind("p:object", NAMESPACE)
        if each.get(TYPE) == "file"
        for value in texts(each, "p:objectIdentifier/p:objectIdentifierValue")
    ]
    assert named == [f"data/{path}" for path in sorted(FILES)]


def test_a_format_without_a_certain_identifier_has_none() -> None:
    root = written()
    assert texts(file(root, "project/tei/letter-1.xml"), ".//p:formatRegistryKey") == ["fmt/1476"]
    assert texts(file(root, "README.html"), ".//p:formatRegistryKey") == []


@pytest.mark.parametrize(
    ("path", "was"),
    [
        ("project/tei/letter-1.xml", ["data/project/sources/letter-1.txt"]),
        ("project/sources/letter-1.txt", []),
        ("schema/letters.xsd", ["data/project/schema/letters.odd"]),
        ("schema/fetched/other.rng", []),
        ("schema/xml.xsd", []),
        ("edition/letter-1/letter-1.pdf", ["data/project/tei/letter-1.xml"]),
        ("edition/register/register.xml", ["data/project/register.xml"]),
        ("edition/index.html", ["letters"]),
        ("edition/assets/base.css", []),
        ("metadata/documents/letter-1/datacite.xml", ["data/project/tei/letter-1.xml"]),
    ],
)
def test_what_a_file_was_made_from(path: str, was: list[str]) -> None:
    assert source(written(), path) == was


def test_validation_says_what_came_of_it_and_by_which_schema() -> None:
    root = written()
    validation = event(root, "validation")
    rng = FILES["project/schema/letters.rng"]
    assert f"by data/{rng.path} (SHA-256 {rng.sha256})" in texts(validation, ".//p:eventDetail")[0]
    assert texts(validation, ".//p:eventOutcome") == ["warning"]
    assert texts(validation, ".//p:eventOutcomeDetailNote") == ["3 × info, 2 × warning"]
    assert texts(validation, "p:eventDateTime") == ["2026-11-22"]


def test_what_headers_note_are_events_of_their_documents() -> None:
    root = written()
    made, changed = (event(root, f"letter-1/change-{number}") for number in (1, 2))
    assert texts(made, "p:eventType") == ["creation"]
    assert texts(made, ".//p:eventDetail") == ["First encoding."]
    assert texts(changed, "p:eventType") == ["modification"]
    assert texts(changed, "p:eventDateTime") == ["2026-11-22"]
    [agent] = texts(made, ".//p:linkingAgentIdentifierValue")
    [person] = (
        one
        for one in root.iterfind("p:agent", NAMESPACE)
        if agent in texts(one, "p:agentIdentifier/p:agentIdentifierValue")
    )
    assert texts(person, "p:agentName") == ["Max Muster"]
    assert "https://orcid.org/0000-0002-1825-0097" in texts(person, "p:agentIdentifier/p:agentIdentifierValue")
    assert not texts(changed, ".//p:linkingAgentIdentifierValue"), "the header says nobody"


def test_only_transformations_that_made_something_are_told() -> None:
    names = texts(written(), "p:event/p:eventIdentifier/p:eventIdentifierValue")
    assert {"html", "pdf", "schemas"} <= set(names)
    assert not {"epub", "search"} & set(names)


def test_a_copy_is_made_from_something_by_no_transformation() -> None:
    files = {**FILES, "edition/letter-1/index.html": stored("edition/letter-1/index.html", b"project/tei/letter-1.xml")}
    root = written(files=files)
    assert source(root, "edition/letter-1/index.html") == ["data/project/tei/letter-1.xml"]
    links = texts(file(root, "edition/letter-1/index.html"), "p:linkingEventIdentifier/p:linkingEventIdentifierValue")
    assert links == ["message-digests"]


def test_a_day_that_nobody_knows_is_said_to_be_unknown() -> None:
    root = written(UNKNOWN, records={}, lineage=Lineage())
    assert set(texts(root, "p:event/p:eventDateTime")) == {"XXXX-XX-XX"}


def test_software_has_its_version_and_is_linked() -> None:
    root = written()
    agents = {texts(one, "p:agentName")[0]: texts(one, "p:agentVersion") for one in root.iterfind("p:agent", NAMESPACE)}
    assert agents["typst"] == ["0.15"]
    assert "software/typst" in texts(event(root, "pdf"), ".//p:linkingAgentIdentifierValue")


def test_rights_are_what_records_say_and_unknown_where_they_say_nothing() -> None:
    root = written()
    statements = {
        texts(one, ".//p:rightsStatementIdentifierValue")[0]: one for one in root.iterfind("p:rights", NAMESPACE)
    }
    assert len(statements) == 2
    unknown, licence = statements.values()
    assert texts(unknown, ".//p:otherRightsBasis") == ["availability: unknown"]
    assert texts(licence, ".//p:rightsBasis") == ["license"]
    assert "https://creativecommons.org/licenses/by/4.0/" in texts(licence, ".//p:licenseDocumentationIdentifierValue")


def test_the_same_package_gives_the_same_bytes() -> None:
    first, second = (etree.tostring(written()) for _ in range(2))
    assert first == second


def test_ten_thousand_files_take_no_more_memory_than_ten() -> None:
    def peak(number: int) -> int:
        files = {f"edition/{name}/index.html": stored("") for name in range(number)}
        tracemalloc.start()
        for item in premis(PACKAGE, RECORD, {}, files, Lineage()):
            assert isinstance(item.source, Path)
            assert item.source.stat().st_size > 1000 * number
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(5000) < peak(10) + 1_000_000  # 5,000 names in order; the file is twelve times as large


def pieces(data: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([data])


def epub() -> bytes:
    import io

    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
    return buffer.getvalue()


XMP = b"<rdf xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'><pdfaid:part>%s</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
IDENTIFIED = [
    ("a.xml", b'<?xml version="1.0" encoding="UTF-8"?>' + make_tei().encode(), "fmt/1476"),
    ("a.xml", make_tei().encode(), ""),
    ("a.xml", b'<?xml version="1.0"?><a/>', "fmt/101"),
    ("a.xml", b'\xef\xbb\xbf<?xml version="1.0"?><a/>', "fmt/101"),
    ("a.xml", b'<?xml version="1.1"?><a/>', "fmt/1776"),
    ("a.xml", b'<?xml version="1.0"?><!--' + b" " * 600 + b"-->" + make_tei().encode(), "fmt/101"),
    ("a.xsd", b'<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', "x-fmt/280"),
    ("a.xsl", b'<?xml version="1.0"?><a xmlns="http://www.w3.org/1999/XSL/Transform"/>', "fmt/101"),
    ("a.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" version="1.1"/>', "fmt/92"),
    ("a.html", b"<!DOCTYPE HTML><html></html>", "fmt/471"),
    ("a.html", b"<p>words", ""),
    ("a.pdf", b"%PDF-1.7\n" + XMP % b"2", "fmt/476"),
    ("a.pdf", b"%PDF-1.7\n" + XMP % b"3", "fmt/479"),
    ("a.pdf", b"%PDF-1.7\n" + XMP % b"9", ""),
    ("a.pdf", b"%PDF-1.7\n", "fmt/276"),
    ("a.pdf", b"words", ""),
    ("a.epub", epub(), "fmt/483"),
    ("a.txt", b"words\n", "x-fmt/111"),
    ("a.txt", "wörds\n".encode("latin-1"), ""),
    ("a.txt", b"\0", ""),
    ("a.txt", b"x" * 4095 + "ö".encode(), "x-fmt/111"),
    ("a.css", b"p {}", "x-fmt/224"),
    ("a.json", b' {"a": 1}', "fmt/817"),
    ("a.json", b"words", ""),
    ("a.bib", b"@misc{a, title = {b}}", "fmt/1616"),
    ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 40, "fmt/11"),
    ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 40 + b"iTXt", "fmt/13"),
    ("a.png", b"words", ""),
    ("SHA256SUMS", b"abc  d\n", ""),
    ("a", b"", ""),
]


@pytest.mark.parametrize(("path", "data", "puid"), IDENTIFIED)
def test_formats_are_known_by_name_and_content(path: str, data: bytes, puid: str) -> None:
    found = identify(path, pieces(data))
    assert found.puid == puid
    assert found.mime
    assert found.puid or found.note


def test_what_stands_across_two_pieces_of_a_file_is_found() -> None:
    data = b"%PDF-1.7\n" + XMP % b"2"
    found = identify("a.pdf", lambda: iter([data[:60], data[60:]]))
    assert found.puid == "fmt/476"


def test_items_pass_by_unchanged_and_files_that_are_gone_are_left_to_others(tmp_path: Path) -> None:
    formats: dict[str, Format] = {}
    items = [Item("a.txt", b"words"), Item("b.txt", tmp_path / "gone.txt")]
    assert list(identified(items, formats)) == items
    assert formats["a.txt"].puid == "x-fmt/111"


def test_names_with_signs_of_markup_stay_what_they_are() -> None:
    path = "project/tei/a & <b>.xml"
    root = written(files={path: stored(path)})
    assert f"data/{escape(path)}".encode() in etree.tostring(root)
