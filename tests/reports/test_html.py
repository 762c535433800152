"""The report as a page: whole, well-formed by the HTML standard, nothing in it but what it should be."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from lxml import etree
from tests.reports import verdicts

import teipipe
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports import html
from teipipe.reports.html.survey import survey
from teipipe.verdict import Excuse, Excused, Verdict

if TYPE_CHECKING:
    from tests.conftest import Golden

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "reports" / "html").glob("*.toml"))


@pytest.fixture(autouse=True)
def version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teipipe, "__version__", "1.0")


def verdict_of(path: Path, folder: Path) -> Verdict:
    home = folder / "project"
    home.mkdir()
    return verdicts.verdict(verdicts.load(path), home)


def parsed(page: str) -> etree._ElementTree:
    """The page, by the HTML standard's own algorithm; any parse error fails."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(page)
    return tree


def texts(tree: etree._ElementTree, name: str) -> Iterator[str]:
    return ("".join(str(text) for text in element.itertext()) for element in tree.iter(name))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, golden: Golden) -> None:
    verdict = verdict_of(path, tmp_path)
    page = "".join(html.report(verdict, folder=verdict.root))
    golden(path.with_suffix(".html"), page)
    tree = parsed(page)
    assert tree.getroot().get("lang") == "en"
    ids = [str(element.get("id")) for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(element.get("href")) for element in tree.iter() if element.get("href")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith(("on", "style"))]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_policy_allows_one_style_and_one_script(path: Path, tmp_path: Path) -> None:
    tree = parsed("".join(html.report(verdict_of(path, tmp_path))))
    (policy,) = (str(meta.get("content")) for meta in tree.iter("meta") if meta.get("http-equiv"))
    (style,), (script,) = texts(tree, "style"), texts(tree, "script")
    hashes = [b64encode(sha256(content.encode()).digest()).decode() for content in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {str(element.tag) for element in tree.iter()}


def test_without_findings(tmp_path: Path) -> None:
    page = "".join(html.report(Verdict(tmp_path, (), (tmp_path / "a.xml", tmp_path / "b.xml")), folder=tmp_path))
    assert "Nothing was found in 2 documents." in page
    parsed(page)


def test_of_too_much_all_is_counted_and_it_is_said_what_is_left_out(tmp_path: Path) -> None:
    found = [
        Diagnostic(
            "dangling-pointer",
            Severity.ERROR,
            f"“#{n % 3_000}” leads nowhere",
            Location(tmp_path / f"{n % 900}.xml", n),
        )
        for n in range(1, 20_001)
    ]
    found.sort(key=lambda one: one.sort_key)
    excused = tuple(Excused(one, Excuse.BASELINE) for one in found[:1_500])
    page = "".join(html.report(Verdict(tmp_path, tuple(found), (), (), excused), folder=tmp_path))
    assert len(page) < 4_000_000
    assert '<p class="said">20,000 errors in 900 files, 3,000 causes.</p>' in page
    assert re.search(r"2,960 more causes at [0-9,]+ places not shown here", page)
    assert "500 more; the report in JSON" in page


def test_a_file_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    place = Location(tmp_path / "b\udcff.xml", 1, 1)
    page = "".join(html.report(Verdict(tmp_path, (Diagnostic("duplicate-id", Severity.ERROR, "x", place),))))
    assert "b\\udcff.xml" in page.encode().decode()


def test_a_file_of_which_nothing_but_its_name_is_known_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link.xml").write_text("<p/>\n")
    opened: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda path, *arguments: opened.append(path))
    place = Location(tmp_path / "link.xml")
    found = Diagnostic("pointer-out-of-project", Severity.ERROR, "the link leads out", place)
    survey(Verdict(tmp_path, (found,), (place.path,)), tmp_path)
    assert not opened
