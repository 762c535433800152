"""Tests of Schematron that come to no end, on the command line: a document's time is bounded, others are judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_hostile import run, tei

HEAD = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
    'queryBinding="xslt3"><ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/><ns prefix="my" uri="urn:my"/>'
)
OTHER = '<rule context="tei:q"><report test="true()">a q</report></rule>'


def schema(declarations: str, test: str) -> str:
    """The test is for the hostile document alone, which has an element `hi`."""
    rule = f'<rule context="tei:hi"><report test="{test}">hi</report></rule>'
    return f"{HEAD}{declarations}<pattern>{rule}{OTHER}</pattern></schema>"


#: Declarations and a test that come to no end, or take more than there is.
ENDLESS = {
    "a loop": (
        '<xsl:function name="my:f"><xsl:param name="n"/><xsl:sequence select="if ($n lt 0) then 0 else my:f($n + 1)"/>'
        "</xsl:function>",
        "my:f(1) = 1",
    ),
    "a regular expression": ("", "matches(string-join((1 to 60) ! 'a'), '^(a|a)*$|^(a*)*b$')"),
    "a long sequence": ("", "count(for $a in 1 to 1000000, $b in 1 to 1000000 return $a * $b) = 1"),
    "a long text": ("", "string-length(string-join((1 to 1000000000) ! 'aaaaaaaaaa')) = 1"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_comes_to_no_end(name: str, tmp_path: Path) -> None:
    declarations, test = ENDLESS[name]
    rules = schema(declarations, test)
    outcome = run(tmp_path, tei(b"<p><hi/></p>"), schema=rules, name="s.sch", timeout=3, memory=450)
    assert outcome.rules <= {"worker-timeout", "dead-worker", "assertion-not-evaluated", "successful-report"}
    assert any(line.startswith("last.xml:1:42: error[successful-report] a q") for line in outcome.lines)
    assert name != "a loop" or outcome.code == 2
