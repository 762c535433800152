""".zenodo.json has what Zenodo asks for, and claims no licence that nobody gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.deposit.describing import BARE, EDITION, Forms

_SCHEMA = json.loads(Path(__file__).with_name("zenodo.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms()


def made(forms: Forms, record: str) -> dict[str, Any]:
    found = json.loads(forms.make(".zenodo.json", record))
    jsonschema.Draft202012Validator(_SCHEMA).validate(found)
    return dict(found)


def test_what_the_record_says(forms: Forms) -> None:
    found = made(forms, EDITION)
    assert found["creators"] == [{"name": "Example, Anna", "gnd": "118540238"}]
    assert found["contributors"] == [
        {
            "name": "Muster, Max",
            "type": "Editor",
            "affiliation": "University of Examples",
            "orcid": "0000-0002-1825-0097",
        }
    ]
    assert (found["access_right"], found["license"], found["language"]) == ("open", "cc-by-4.0", "eng")
    assert found["description"] == "<p>Anna tells her brother of the harvest &amp; asks for news.</p>"
    assert found["related_identifiers"] == [
        {"identifier": "https://example.org/facsimile/1", "relation": "isDerivedFrom"}
    ]


def test_what_nothing_says_is_left_out(forms: Forms) -> None:
    found = made(forms, BARE)
    assert found["creators"] == [{"name": ":unav"}]
    assert not {"license", "publication_date", "doi", "language", "contributors"} & set(found)


@pytest.mark.parametrize("status", ["unknown", "free", "restricted"])
def test_without_a_licence_nothing_is_open(forms: Forms, status: str) -> None:
    rights = f'<rights status="{status}">Ask &amp; hope.</rights></record>'
    found = made(forms, BARE.replace("</record>", rights))
    assert (found["access_right"], found["access_conditions"]) == ("restricted", "<p>Ask &amp; hope.</p>")


def test_one_licence_of_several_is_not_that_of_all(forms: Forms) -> None:
    found = made(forms, EDITION.replace("</rights>", '</rights><rights status="unknown">the pictures</rights>'))
    assert found["access_right"] == "restricted"


def test_a_doi_of_zenodo_is_not_told_to_zenodo(forms: Forms) -> None:
    assert "doi" not in made(forms, EDITION.replace("10.5072/example.1", "10.5281/zenodo.1"))


def test_a_name_whose_parts_the_header_does_not_tell_apart_stays_one(forms: Forms) -> None:
    found = made(forms, EDITION.replace('family="Example" given="Anna"', ""))
    assert found["creators"][0]["name"] == "Anna Example"


def test_several_languages_are_none(forms: Forms) -> None:
    more = EDITION.replace('<language of="text">en', '<language of="text">de</language><language of="text">en')
    assert "language" not in made(forms, more)


def test_what_zenodo_has_no_word_for_is_a_reference(forms: Forms) -> None:
    found = made(forms, EDITION.replace('relation="IsDerivedFrom"', 'relation="IsTranslationOf"'))
    assert "related_identifiers" not in found
    assert "https://example.org/facsimile/1" in found["references"]
