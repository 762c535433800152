"""README.html and README.txt tell the same to whoever knows nothing of TEI, and say what is unknown."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from lxml import etree, html
from tests.deposit.describing import BARE, EDITION, PATHS, SAMPLE, Forms, package

from teipipe.deposit.changes import Changes
from teipipe.deposit.readme import LISTED, Facts

RECORDS = {"letter-1": SAMPLE, "letter-2": SAMPLE}
FILES = frozenset(path.removeprefix("edition/") for path in PATHS if path.startswith("edition/"))


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms()


ALL = frozenset({"schemas", "sources", "schema"})


def facts(changes: Changes | None = None, is_clean: bool = True, has: frozenset[str] = ALL, **changed: object) -> str:
    return Facts(package(**changed), FILES, has, is_clean, changes).xml(RECORDS)


def page(forms: Forms, record: str = EDITION, language: str = "en", about: str = "") -> html.HtmlElement:
    return html.fromstring(forms.make("README.html", record, language, about or facts()))


def text_of(forms: Forms, record: str = EDITION, about: str = "") -> str:
    """README.txt as one line: where its lines end is no matter."""
    return " ".join(forms.make("README.txt", record, "en", about or facts()).split())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("record", [EDITION, BARE], ids=["full", "bare"])
def test_both_say_the_same_words(forms: Forms, record: str, language: str) -> None:
    found = page(forms, record, language)
    text = forms.make("README.txt", record, language, facts())
    body = " ".join(found.xpath("//header//text() | //main//text()"))
    assert words(body) == words(text)
    commands = [line for part in found.iter("pre") for line in part.text_content().splitlines()]
    assert all(len(line) <= 76 or line.strip() in commands for line in text.splitlines())
    assert all(line == line.rstrip() for line in text.splitlines())


def test_it_is_in_the_language_of_the_edition(forms: Forms) -> None:
    found = page(forms, language="de")
    assert found.get("lang") == "de"
    assert found.xpath("string(//h2)") == "Was das ist"
    # What is said in another language says so.
    assert found.xpath("string(//h1/@lang)") == "en"


def test_every_link_leads_to_something_in_the_package(forms: Forms) -> None:
    there = {*PATHS, *(f"{path.partition('/')[0]}/" for path in PATHS if "/" in path), "ro-crate-metadata.json"}
    reports = {"reports/validation.html", "reports/validation.txt"}
    for link in page(forms).iter("a"):
        target = str(link.get("href"))
        if target.startswith("#"):
            assert page(forms).get_element_by_id(target[1:]) is not None
        elif not target.startswith("https://"):
            assert unquote(target) in there | reports


def test_it_needs_nothing_but_itself_and_runs_nothing(forms: Forms) -> None:
    found = page(forms)
    policy = found.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    style = str(found.xpath("string(//style)"))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not found.xpath("//script | //img | //link | //*[@src] | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("record", [EDITION, BARE], ids=["full", "bare"])
def test_it_is_html_without_a_slip(forms: Forms, record: str) -> None:
    made = forms.make("README.html", record, "en", facts())
    assert made.startswith("<!DOCTYPE HTML><html ")
    html5lib.HTMLParser(strict=True).parse(made)


def test_it_can_be_found_ones_way_in_by_its_headings_and_landmarks(forms: Forms) -> None:
    found = page(forms)
    assert len(found.xpath("//h1")) == len(found.xpath("//main")) == len(found.xpath("//header")) == 1
    assert found.xpath("//nav/@aria-label") == ["Contents"]
    sections = found.xpath("//main/section")
    assert [link.get("href") for link in found.xpath("//nav//a")] == [f"#{one.get('id')}" for one in sections]
    assert all(one.find("h2") is not None for one in sections)
    assert {one.tag for one in found.xpath("//dl/*")} == {"dt", "dd"}
    assert not found.xpath("//dl[not(dt)] | //h3[not(ancestor::section/h2)]")
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_who_what_and_from_where(forms: Forms) -> None:
    text = text_of(forms)
    for said in (
        "Max Muster, University of Examples",
        "Anna Example (inferred, with high certainty)",
        "Archive of Examples, Family papers, A 17",
        "sha512sum --check --quiet tagmanifest-sha512.txt manifest-sha512.txt",
        "python3.11 -m venv ../again",
        "../again/bin/pip install --requirement data/software/requirements.txt",
        "edition/letter-1/index.html",
        "https://doi.org/10.5072/example.1",
        "warnings: 3, remarks: 2",
        "https://creativecommons.org/licenses/by/4.0/",
        "No earlier package",
    ):
        assert said in text


def test_what_is_unknown_is_said_to_be(forms: Forms) -> None:
    text = text_of(forms, BARE, facts(date=""))
    for said in (
        "Version 1.2, without a date",
        "No editor is named in the documents.",
        "The documents don’t name one publisher of them all.",
        "No licence is known. That is no permission",
        "Where the edition is published isn’t known to this package",
        "Letters, version 1.2.",
    ):
        assert said in text


def test_rights_that_are_said_to_be_unknown_are_in_the_words_of_the_header(forms: Forms) -> None:
    record = BARE.replace("</record>", '<rights status="unknown">Nobody has said.</rights></record>')
    text = text_of(forms, record)
    assert "Nobody has said." in text
    assert "No licence is known." in text


def test_a_package_that_was_made_in_spite_of_errors_says_so(forms: Forms) -> None:
    assert "although there were errors" in text_of(forms, about=facts(is_clean=False))
    assert "although there were errors" not in text_of(forms)


def test_nothing_found_is_said(forms: Forms) -> None:
    assert "Nothing was found amiss" in text_of(forms, about=facts(findings=()))


def test_it_speaks_of_nothing_that_the_project_has_not(forms: Forms) -> None:
    for said in ("schema", "judged by the rules", "transcription"):
        assert said in text_of(forms)
        assert said not in text_of(forms, about=facts(has=frozenset()))


def test_what_has_changed_since(forms: Forms) -> None:
    text = text_of(forms, about=facts(Changes("letters-1.1", "1.1", "2026-01-01", "0")))
    assert "Since the package letters-1.1 (version 1.1):" in text
    assert "- nothing has changed since letters-1.1" in text


def test_of_very_many_documents_it_names_the_page_that_lists_them(forms: Forms) -> None:
    part = package().documents[0]
    parts = tuple(type(part)(f"l{n}", f"tei/l{n}.xml", "0", f"No. {n}") for n in range(10_000))
    about = Facts(package(documents=parts), FILES | {"documents/index.html"}).xml({})
    assert len(etree.fromstring(about.encode()).findall("{*}document")) == LISTED
    text = text_of(forms, about=about)
    assert "There are 10000 documents; the first 100 of them follow. All are listed in edition/documents/" in text


@pytest.mark.parametrize("name", ["a b#c?.xml", "x`y`z.xml", "ü%20.xml", "<b>&.xml"])
def test_names_of_files_mean_nothing_to_html(forms: Forms, name: str, tmp_path: Path) -> None:
    part = type(package().documents[0])("letter-1", f"tei/{name}", "0", "<i>No. 1</i> `x`")
    found = page(forms, about=facts(documents=(part,)))
    [link] = [one for one in found.iter("a") if unquote(str(one.get("href"))) == f"project/tei/{name}"]
    assert link.text_content() == f"project/tei/{name}"
    assert found.xpath("string(//h3)") == "<i>No. 1</i> `x`"
