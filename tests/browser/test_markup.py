"""The pages of the edition as files, by the HTML standard's own algorithm: links, ids, policies, scripts, notes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag

import html5lib
from lxml import etree
from tests.browser.edition_pages import NOWHERE, pages

#: What a page may weigh as servers send it, without what it links to.
MOST_BYTES: Final = 40_000

#: In words of the standard: a script or handler in the page is blocked, so is all that comes from elsewhere.
STRICT: Final = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'self'")


@cache
def parsed(path: Path) -> etree._ElementTree:
    """The page, by the HTML standard's own algorithm; any parse error fails."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(path.read_bytes(), transport_encoding="utf-8")
    return tree


def test_every_internal_link_resolves(site: Path) -> None:
    anchors = {path: {value for each in parsed(path).iter() if (value := each.get("id"))} for path in pages(site)}
    wrong: list[str] = []
    for path in pages(site):
        for value in _addresses(parsed(path)):
            address, fragment = urldefrag(value)
            target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                wrong.append(f"{path.relative_to(site)}: {value}: no such file")
            elif fragment and target.suffix == ".html" and unquote(fragment) not in anchors[target]:
                wrong.append(f"{path.relative_to(site)}: {value}: no such anchor")
    assert not wrong, "\n".join(wrong[:20])


def _addresses(tree: etree._ElementTree) -> Iterator[str]:
    """Every address of a file of the site."""
    for element in tree.iter():
        for name in ("href", "src", "action", "srcset", "poster"):
            value = element.get(name)
            if value is not None and not value.startswith(("https:", "http:", "mailto:", "data:")):
                yield value


def test_pages_declare_themselves(site: Path) -> None:
    for path in pages(site):
        tree = parsed(path)
        where = path.relative_to(site)
        ids = [value for element in tree.iter() if (value := element.get("id"))]
        assert len(ids) == len(set(ids)), f"{where}: {sorted({i for i in ids if ids.count(i) > 1})[:5]}"
        assert tree.getroot().get("lang") == "en", where
        assert tree.findtext(".//title"), where
        assert len(tree.findall(".//main")) == 1, where
        assert len(tree.findall(".//h1")) == 1, where


def test_nothing_in_a_page_can_run_and_nothing_comes_from_elsewhere(site: Path) -> None:
    for path in pages(site):
        tree = parsed(path)
        where = path.relative_to(site)
        policies = [meta.get("content", "") for meta in tree.findall(".//meta[@http-equiv='Content-Security-Policy']")]
        assert len(policies) == 1, where
        rules = [rule.strip() for rule in policies[0].split(";")]
        assert all(any(rule.startswith(strict) for rule in rules) for strict in STRICT), where
        nowhere = where.as_posix() == NOWHERE
        assert "unsafe-inline" not in policies[0].replace("style-src 'unsafe-inline'" if nowhere else "-", ""), where
        assert "'unsafe-eval'" not in policies[0], where
        assert "http" not in policies[0], where
        assert ("wasm-unsafe-eval" in policies[0]) == (where.as_posix() == "search/index.html"), where
        head = tree.findall("./head/*")
        assert [part.tag for part in head[:2]] == ["meta", "meta"], f"{where}: the policy holds from where it stands"
        for element in tree.iter():
            assert not [name for name in map(str, element.attrib) if name.startswith("on") or name == "style"], where
            assert element.tag not in ("base", "iframe", "object", "embed"), where
            assert element.tag != "style" or nowhere, where


def test_no_script_is_waited_for_but_a_small_one(site: Path) -> None:
    for path in pages(site):
        for script in parsed(path).iter("script"):
            source = script.get("src")
            if source is None:
                assert str(script.get("type")).endswith("json"), f"{path.relative_to(site)}: a script in the page"
            elif script.get("defer") is None:
                assert source.endswith("assets/settings.js")
    assert len(gzip.compress((site / "assets" / "settings.js").read_bytes())) < 2_000


def test_no_page_is_heavy(site: Path) -> None:
    sizes = {path.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes())) for path in pages(site)}
    assert not {page: size for page, size in sizes.items() if size > MOST_BYTES}


def test_notes_are_linked_both_ways(site: Path) -> None:
    for view in ("", "diplomatic"):
        for document in ("conversation-1956-09-16", "essay-new-tranche"):
            tree = parsed(site / document / view / "index.html")
            links = [a.get("href", "") for a in tree.iter("a")]
            notes = [e.get("id", "") for e in tree.findall(".//section[@role='doc-endnotes']//li[@id]")]
            assert notes, f"{document}/{view}: no notes"
            for note in notes:
                assert f"#{note}" in links, f"nothing leads to {note}"
                back = tree.find(f".//li[@id='{note}']//a[@role='doc-backlink']")
                assert back is not None, f"{note} does not lead back"
                mark = (back.get("href") or "#").removeprefix("#")
                assert tree.find(f".//*[@id='{mark}']") is not None, f"{note} leads back to nowhere"
