"""CITATION.cff says who, what and when, in YAML that no word can break."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import check_jsonschema  # type: ignore[import-untyped]
import jsonschema
import pytest
from ruamel.yaml import YAML
from tests.deposit.describing import BARE, EDITION, Forms

_SCHEMAS = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms()


def read(text: str) -> dict[str, Any]:
    found = YAML(typ="safe").load(text)
    schema = json.loads((_SCHEMAS / "citation-file-format.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(found)
    return dict(found)


def titled(words: str) -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace("\t", "&#9;").replace("\n", "&#10;")
    return BARE.replace(">Letters<", f">{escaped}<")


def test_what_the_record_says(forms: Forms) -> None:
    found = read(forms.make("CITATION.cff", EDITION))
    assert found["cff-version"] == "1.2.0"
    assert found["title"] == "Letter of Anna Example to her brother: with two postscripts"
    [author] = found["authors"]
    assert (author["family-names"], author["given-names"]) == ("Example", "Anna")
    assert (found["doi"], found["license"]) == ("10.5072/example.1", "CC-BY-4.0")
    assert str(found["date-released"]) == "2026-11-22"
    assert found["keywords"] == ["Letters"]


def test_without_authors_the_editors(forms: Forms) -> None:
    found = read(forms.make("CITATION.cff", EDITION.replace('role="author"', 'role="contributor"')))
    assert found["authors"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert found["authors"][0]["affiliation"] == "University of Examples"


def test_a_name_whose_parts_the_header_does_not_tell_apart_stays_one(forms: Forms) -> None:
    found = read(forms.make("CITATION.cff", EDITION.replace('family="Example" given="Anna"', "")))
    assert found["authors"][0]["name"] == "Anna Example"
    assert "family-names" not in found["authors"][0]


def test_what_nothing_says_is_left_out_or_said_to_be_unknown(forms: Forms) -> None:
    found = read(forms.make("CITATION.cff", BARE))
    assert found["authors"] == [{"name": ":unav"}]
    assert set(found) == {"cff-version", "message", "type", "title", "authors"}


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        ('<rights status="unknown">Unknown.</rights>', {}),
        ('<rights uri="https://example.org/terms">Terms</rights>', {"license-url": "https://example.org/terms"}),
        (
            '<rights uri="https://example.org/terms">Terms</rights><rights status="unknown">of the other</rights>',
            {},
        ),
    ],
)
def test_a_licence_only_if_it_is_the_only_one(forms: Forms, rights: str, expected: dict[str, str]) -> None:
    found = read(forms.make("CITATION.cff", BARE.replace("</record>", f"{rights}</record>")))
    assert {name: value for name, value in found.items() if name.startswith("license")} == expected


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "null",
        "2026-11-22",
        "0x1F",
        "~",
        "- a: b",
        "Words: more # and no comment",
        "“Quoted” 'and' \"quoted\" \\n \\u0041",
        "{a: [b, *c, &d, !e]}",
        "a\u0085b\u2028c\u2029d\ufeffe",
        "<script>&amp;</script>",
        "𝔊 朝鮮 \u0301",
        "%TAG ! tag:example.org,2000:\n---\n...",
    ],
)
def test_no_word_means_anything_to_yaml(forms: Forms, words: str) -> None:
    assert read(forms.make("CITATION.cff", titled(words)))["title"] == words


def test_the_message_is_in_the_language_of_the_edition(forms: Forms) -> None:
    assert "zitiere" in read(forms.make("CITATION.cff", BARE, "de"))["message"]


def test_cffconvert_takes_it(forms: Forms, tmp_path: Path, repository: Path) -> None:
    files = []
    for name, record in {"full": EDITION, "bare": BARE}.items():
        files.append(tmp_path / f"{name}.cff")
        files[-1].write_text(forms.make("CITATION.cff", record), encoding="utf-8")
    done = subprocess.run(
        [str(repository / ".ci" / "cff"), sys.executable, *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "author = {Example, Anna}" in done.stdout
