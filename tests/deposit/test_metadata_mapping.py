"""The table in docs/metadata.md says what becomes of what: every value of a header comes exactly to where it says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from ruamel.yaml import YAML
from tests.deposit.describing import Forms
from tests.deposit.mapping import Place, Row, around, filled, places, plain, rows, tree_of

from teipipe.deposit.gathering import Gathering
from teipipe.documents import Document
from teipipe.editions import Corpus, Source
from teipipe.editions.metadata import MetadataRenderer

HEADERS = tuple(sorted((Path(__file__).parent / "headers").glob("*.xml")))
ROWS = tuple(rows())
FORMS = sorted({row.form for row in ROWS} - {"", "edition"})

CORPUS = Corpus(
    "Edition 301", "2004-04-04", "0.0.302", (), site_url="https://example.org/303/", description="About 304."
)
DEPOSIT = {"name": "name-305", "edition-version": "306", "identifier": "10.5072/example.307", "deposited": "2005-05-30"}
OWN = {"source": "project/tei/308.xml", "checksum": "309"}

#: What can be told from everything else: these words and addresses have a number of their own.
NUMBER = re.compile(r"\d{3}")


@cache
def renderer() -> MetadataRenderer:
    return MetadataRenderer()


@cache
def files(path: Path) -> dict[str, str]:
    """Everything that is made of a document."""
    source = Source.of(Document.read(path), id=path.stem, path=path.name, sha256="0")
    return renderer().document(source, CORPUS, {**DEPOSIT, **OWN})


@cache
def whole(paths: tuple[Path, ...] = HEADERS) -> dict[str, str]:
    """Everything that is made of the edition of some documents."""
    gathering = Gathering("en")
    for path in paths:
        gathering.add(files(path)["record.xml"].encode())
    return renderer().whole(gathering.xml(), CORPUS, DEPOSIT)


def test_a_licence_of_some_documents_is_not_that_of_the_others() -> None:
    gathering = Gathering("en")
    licence = '<rights uri="https://creativecommons.org/licenses/by/4.0/" spdx="CC-BY-4.0">CC BY 4.0</rights>'
    for number, said in enumerate((licence, "")):
        gathering.add(f'<record kind="document" id="d{number}" lang="en"><title>T</title>{said}</record>'.encode())
    made = renderer().whole(gathering.xml(), CORPUS, DEPOSIT)
    assert "Some documents say nothing about what may be done with them." in made["datacite.xml"]
    assert '"access_right": "restricted"' in made[".zenodo.json"]
    assert "license:" not in made["CITATION.cff"]


def project(paths: tuple[Path, ...]) -> etree._Element:
    """What is said of the edition, and what the records of its documents say, as one tree."""
    root = etree.Element("all")
    corpus = {"title": CORPUS.title, "version": CORPUS.version, "date": CORPUS.date, "site-url": CORPUS.site_url}
    corpus |= {"description": CORPUS.description, "deposited": DEPOSIT["deposited"]}
    etree.SubElement(root, "project", corpus)
    deposit = {"name": DEPOSIT["name"], "version": DEPOSIT["edition-version"], "identifier": DEPOSIT["identifier"]}
    etree.SubElement(root, "deposit", deposit)
    for path in paths:
        root.extend(etree.fromstring(files(path)["record.xml"]))
    return root


@cache
def formed(record: str, form: str) -> str:
    """A form of metadata from a record."""
    return shaper().make(form, record)


@cache
def shaper() -> Forms:
    return Forms()


def parsed(name: str, text: str) -> etree._Element:
    """A form as a tree."""
    if name.endswith(".xml"):
        return etree.fromstring(text.encode())
    if name.endswith(".json"):
        return tree_of(json.loads(text))
    return tree_of(YAML(typ="safe").load(text))


@cache
def pairs(form: str) -> list[tuple[etree._Element, etree._Element]]:
    """Whence and whereto: the trees between which the rows of a form stand."""
    if form == "":
        headers = [plain(etree.parse(path).getroot()) for path in HEADERS]
        # Rows start at the header; those that start at the root find it from there.
        return [
            (root.find("teiHeader"), etree.fromstring(files(path)["record.xml"]))  # type: ignore[misc]
            for root, path in zip(headers, HEADERS, strict=True)
        ]
    if form == "edition":
        # What all documents have is that of one of them, if it is alone.
        return [
            (project(paths), etree.fromstring(whole(paths)["record.xml"]))
            for paths in (HEADERS, *((one,) for one in HEADERS))
        ]
    # Those that are made of the edition alone, are made of a document here as well: it says more.
    records = [each["record.xml"] for each in (*(files(path) for path in HEADERS), whole())]
    return [(etree.fromstring(record), parsed(form, formed(record, form))) for record in records]


def wandered(source: etree._Element, target: etree._Element) -> list[tuple[Place, Place]]:
    """The places of values in one tree that stand in the other one, with the places there."""
    values = filled(source.getroottree().getroot())
    found = filled(target)
    texts = [value for value in values.values() if NUMBER.search(value)]
    own = {place: value for place, value in values.items() if texts.count(value) == 1}
    return [
        (place, there)
        for place, value in own.items()
        for there, words in found.items()
        if value in words or (value.replace(" ", "") in words and "." not in value)
    ]


def ends_of(row: Row, target: etree._Element) -> set[Place]:
    """Where a row leads to; the edition takes elements over with all that is in them."""
    found = places(target, row.target)
    if row.form == "edition":
        inside = {place for element, name in found if not name for place in filled(element)}
        return found | inside
    return found


def rows_of(form: str) -> list[Row]:
    return [row for row in ROWS if row.form == form]


@pytest.mark.parametrize("form", ["", "edition", *FORMS])
def test_values_come_only_to_where_the_table_says(form: str) -> None:
    astray = []
    for source, target in pairs(form):
        known = [(places(source, row.source), ends_of(row, target)) for row in rows_of(form)]
        for here, there in wandered(source, target):
            if not any(_around(form, here) & begins and there in ends for begins, ends in known):
                astray.append(f"{_named(here)} → {_named(there)}")
    assert not sorted(set(astray))


@pytest.mark.parametrize("row", [row for row in ROWS if row.source], ids=lambda row: f"{row.form} {row.source[:40]}")
def test_a_row_is_true(row: Row) -> None:
    """Somewhere a value of its source comes to its target."""
    for source, target in pairs(row.form):
        begins, ends = places(source, row.source), ends_of(row, target)
        values = filled(source.getroottree().getroot())
        found = filled(target)
        inside = {place: value for place, value in values.items() if _around(row.form, place) & begins}
        if any(_is_in(value, found.get(end, "")) for value in inside.values() for end in ends):
            return
    pytest.fail(f"nothing of {row.source} comes to {row.target}")


@pytest.mark.parametrize("form", ["", "edition", *FORMS])
def test_every_field_has_a_row(form: str) -> None:
    missing = set()
    for _, target in pairs(form):
        known = set().union(*(ends_of(row, target) for row in rows_of(form)))
        missing |= {_named(place) for place in filled(target) if place not in known}
    assert not missing


def _around(form: str, place: Place) -> set[Place]:
    """In a header, what an attribute says is something else than what its element says."""
    return around(place, with_own=form != "")


def _is_in(value: str, words: str) -> bool:
    """Whether a value stands in words, in capitals or not, or the year of a date is all of them."""
    return value.lower() in words.lower() or bool(re.fullmatch(r"\d{4}", words) and value.startswith(words))


def _named(place: Place) -> str:
    element, name = place
    path = element.getroottree().getpath(element)
    return re.sub(r"\[\d+\]", "", re.sub(r"\*", etree.QName(element).localname, path)) + (f"/@{name}" if name else "")
