"""Pointers lead where RFC 3986, xml:base and prefixDef say, and never out of the project."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from teipipe.validate.uris import Leads, PrefixDefinition, Resolver, Target, UnusablePatternError

ROOT = Path("/project") if os.name != "nt" else Path("C:/project")
FILE = ROOT / "tei" / "letter one.xml"


def resolve(token: str, base: str = "", *prefixes: tuple[str, str, str]) -> Target:
    return Resolver(FILE, ROOT, [PrefixDefinition(*prefix) for prefix in prefixes]).resolve(token, base)


@pytest.mark.parametrize(
    ("token", "base", "expected"),
    [
        ("#a", "", (FILE, "a")),
        ("#%C3%A9", "", (FILE, "é")),
        ("#é", "", (FILE, "é")),
        ("#a", "https://example.org/", (FILE, "a")),
        ("letter%20one.xml#a", "", (FILE, "a")),
        ("two.xml", "", (ROOT / "tei" / "two.xml", "")),
        ("two.xml#b", "", (ROOT / "tei" / "two.xml", "b")),
        ("../register.xml#b", "", (ROOT / "register.xml", "b")),
        ("two.xml", "sub/", (ROOT / "tei" / "sub" / "two.xml", "")),
        ("two.xml", "sub/one.xml", (ROOT / "tei" / "sub" / "two.xml", "")),
        ("./a/../two.xml", "", (ROOT / "tei" / "two.xml", "")),
        ("회담.xml#회담", "", (ROOT / "tei" / "회담.xml", "회담")),
        ("%ED%9A%8C.xml", "", (ROOT / "tei" / "회.xml", "")),
    ],
)
def test_inside(token: str, base: str, expected: tuple[Path, str]) -> None:
    target = resolve(token, base)
    assert target.leads in (Leads.HERE, Leads.FILE)
    assert (target.file, target.fragment) == expected


@pytest.mark.parametrize(
    ("token", "base", "leads"),
    [
        ("", "", Leads.NOWHERE),
        ("#", "", Leads.NOWHERE),
        ("https://example.org/#x#y", "", Leads.MALFORMED),
        ("https://example.org/#x", "", Leads.AWAY),
        ("mailto:a@example.org", "", Leads.AWAY),
        ("//example.org/a", "", Leads.AWAY),
        ("a.xml", "https://example.org/", Leads.AWAY),
        ("HTTP://example.org", "", Leads.AWAY),
        ("../../secret.xml", "", Leads.OUTSIDE),
        ("../../project-2/a.xml", "", Leads.OUTSIDE),
        ("%2E%2E/%2E%2E/secret.xml", "", Leads.OUTSIDE),
        ("..%2F..%2Fsecret.xml", "", Leads.OUTSIDE),
        ("/etc/passwd", "", Leads.OUTSIDE),
        ("file:///etc/passwd", "", Leads.OUTSIDE),
        ("a.xml", "file:///etc/", Leads.OUTSIDE),
        ("file://host/share/a.xml", "", Leads.AWAY),
        ("C:\\letters\\a.xml", "", Leads.MALFORMED),
        ("C:/letters/a.xml", "", Leads.MALFORMED),
        ("a\\b.xml", "", Leads.MALFORMED),
        ("a<b.xml", "", Leads.MALFORMED),
        ("a%4.xml", "", Leads.MALFORMED),
        ("a%00.xml", "", Leads.MALFORMED),
        ("http://[x/", "", Leads.AWAY),
        ("psn:kim", "", Leads.UNDECLARED),
    ],
)
def test_elsewhere(token: str, base: str, leads: Leads) -> None:
    assert resolve(token, base).leads is leads


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "secret.xml").write_text("<secret/>")
    (root / "link.xml").symlink_to(tmp_path / "secret.xml")
    (root / "inner.xml").symlink_to(root / "d.xml")
    resolver = Resolver(root / "d.xml", root)
    assert resolver.resolve("link.xml#x").leads is Leads.OUTSIDE
    assert resolver.resolve("inner.xml#x").leads is Leads.FILE


class TestPrefixes:
    @pytest.mark.parametrize(
        ("prefix", "token", "expected"),
        [
            (("p", "([a-z]+)", "register.xml#$1"), "p:kim", "register.xml#kim"),
            (("p", "([a-z]+)-([0-9]+)", "$2/$1.xml"), "p:kim-7", "7/kim.xml"),
            (("p", "(a)|(b)", "x$1$2.xml"), "p:b", "xb.xml"),
            (("p", "(.*)", r"\$1$1$9.xml"), "p:a", "$1a.xml"),
            (("p", r"(\p{L}+)", "$1.xml"), "p:회담", "회담.xml"),
            (("p", r"(\i\c*)", "$1.xml"), "p:ab-c", "ab-c.xml"),
        ],
    )
    def test_expanded(self, prefix: tuple[str, str, str], token: str, expected: str) -> None:
        file, _, fragment = expected.partition("#")
        target = resolve(token, "", prefix)
        assert (target.file, target.fragment) == (ROOT / "tei" / file, fragment)

    def test_the_whole_of_it_must_fit(self) -> None:
        assert resolve("p:kim2", "", ("p", "([a-z]+)", "#$1")).leads is Leads.UNMATCHED

    def test_the_first_that_fits(self) -> None:
        prefixes = (("p", "([0-9]+)", "#n$1"), ("p", "([a-z]+)", "#$1"), ("p", "(.*)", "#other"))
        assert [resolve(token, "", *prefixes).fragment for token in ("p:1", "p:a", "p:A")] == ["n1", "a", "other"]

    def test_circles(self) -> None:
        prefixes = (("a", "(.*)", "b:$1"), ("b", "(.*)", "a:$1"), ("c", "(.*)", "c:x$1"))
        assert resolve("a:x", "", *prefixes).leads is Leads.CIRCULAR
        assert resolve("c:x", "", *prefixes).leads is Leads.CIRCULAR

    @pytest.mark.parametrize(
        "pattern", ["(a+)+b", "(a*)*", "(a|aa)+b", r"(\w+\s?)*,", "((a{2,9})){3}", "(a", "[", "*", r"(a)\1", "(?=a)b"]
    )
    def test_patterns_that_are_wrong_or_could_run_for_ever(self, pattern: str) -> None:
        with pytest.raises(UnusablePatternError):
            PrefixDefinition("p", pattern, "$1").compiled  # noqa: B018 (asking is what raises)

    @pytest.mark.parametrize("pattern", ["(.+)", "([a-z]+)-?([0-9]{4})", "(a|b)", "([^/]+)/(.*)", "(abc)?x", "[+*]+"])
    def test_patterns_as_people_write_them(self, pattern: str) -> None:
        assert PrefixDefinition("p", pattern, "$1").compiled

    def test_a_hostile_document_takes_no_long_time(self) -> None:
        definition = PrefixDefinition("p", "(.*)(.*)(.*)(.*)b", "$1")
        resolver = Resolver(FILE, ROOT, [definition])
        start = time.perf_counter()
        for number in range(100_000):
            resolver.resolve(f"p:{'a' * 190}{number}")
        assert time.perf_counter() - start < 30
