"""Schematron that never ends, eats memory or reads what is none of its business costs one document, no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.build.conftest import CANARY, Server, needs_landlock

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/><ns prefix="f" uri="urn:f"/>
{top}
<pattern><rule context="tei:p"><assert test="{test}">told: {words}</assert></rule></pattern>
</schema>"""

LOOP = """<xsl:function name="f:loop" as="xs:integer"><xsl:param name="n" as="xs:integer"/>
<xsl:sequence select="if ($n lt 0) then $n else f:loop($n mod 1000 + 1)"/></xsl:function>"""

DEEP = """<xsl:function name="f:deep" as="xs:integer"><xsl:param name="n" as="xs:integer"/>
<xsl:sequence select="1 + f:deep($n + 1)"/></xsl:function>"""

MEMORY = "count(distinct-values((1 to 100000000) ! ('abcdefghijklmnop' || .))) = 0"


@pytest.fixture
def project(tmp_path: Path, tei: Any) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "teipipe.toml").write_text('schema = "rules.sch"\ntimeout = 30\n')
    for name in ("first", "second", "third"):
        (folder / f"{name}.xml").write_text(tei(f"<p>{name.upper()}</p>"))
    return folder


@pytest.mark.parametrize("options", [(), ("--workers", "0")], ids=["", "without-workers"])
@pytest.mark.parametrize(
    ("top", "test", "limit", "rule"),
    [
        (LOOP, "if (. = 'SECOND') then f:loop(1) = 0 else false()", "timeout = 3", "worker-timeout"),
        ("", f"if (. = 'SECOND') then {MEMORY} else false()", "memory = 300", "dead-worker"),
    ],
    ids=["endless", "memory"],
)
def test_one_document_is_lost(
    top: str, test: str, limit: str, rule: str, options: tuple[str, ...], project: Path, teipipe: Any
) -> None:
    (project / "teipipe.toml").write_text(f'schema = "rules.sch"\n{limit}\n')
    (project / "rules.sch").write_text(SCHEMA.format(top=top, test=test, words="<value-of select='.'/>"))
    result = teipipe("validate", "--format", "lines", *options, cwd=project)
    assert result.returncode == 2
    assert re.search(rf"^second\.xml(:1:1)?: failure\[{rule}\]", result.stdout, re.M), result.stdout
    for name in ("first", "third"):
        assert f"{name}.xml:1:" in result.stdout
        assert f"told: {name.upper()}" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_recursion_without_end(project: Path, teipipe: Any) -> None:
    test = "if (. = 'SECOND') then f:deep(1) = 0 else false()"
    (project / "rules.sch").write_text(SCHEMA.format(top=DEEP, test=test, words="<value-of select='.'/>"))
    result = teipipe("validate", "--format", "lines", cwd=project)
    assert result.returncode in (1, 2)
    for name in ("first", "second", "third"):
        assert f"{name}.xml" in result.stdout
    assert "told: THIRD" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


#: What a schema does before it has seen any document, and while it looks at one.
READING = {
    "text": ("", "unparsed-text('{outside}/canary.txt')"),
    "document": ("", "string(doc('{outside}/canary.xml'))"),
    "old document": ("", "string(document('{outside}/canary.xml'))"),
    "network": ("", "unparsed-text('http://127.0.0.1:{port}/')"),
    "let": ("<let name='leak' value=\"unparsed-text('{outside}/canary.txt')\"/>", "$leak"),
    "function": (
        "<xsl:function name='f:leak'><xsl:sequence select=\"unparsed-text('{outside}/canary.txt')\"/></xsl:function>",
        "f:leak()",
    ),
    "use-when": (
        "<xsl:function name='f:leak' use-when=\"unparsed-text-available('{outside}/canary.txt')\">"
        "<xsl:sequence select=\"'LEAKED'\"/></xsl:function>"
        "<xsl:function name='f:leak' use-when=\"not(unparsed-text-available('{outside}/canary.txt'))\">"
        "<xsl:sequence select=\"'no'\"/></xsl:function>",
        "f:leak()",
    ),
    "include": ("<include href='../outside/canary.sch'/>", "'no'"),
    "include by address": ("<include href='{outside}/canary.sch'/>", "'no'"),
}


@pytest.mark.parametrize("name", READING)
@needs_landlock
def test_nothing_is_read(name: str, project: Path, server: Server, teipipe: Any) -> None:
    outside = project.parent / "outside"
    outside.mkdir()
    (outside / "canary.txt").write_text(CANARY)
    (outside / "canary.xml").write_text(f"<c>{CANARY}</c>")
    (outside / "canary.sch").write_text(
        f"<pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='*'><report test='1'>{CANARY}</report>"
        "</rule></pattern>"
    )
    top, value = (part.replace("{outside}", outside.as_uri()) for part in READING[name])
    top, value = (part.replace("{port}", str(server.port)) for part in (top, value))
    (project / "rules.sch").write_text(SCHEMA.format(top=top, test="false()", words=f'<value-of select="{value}"/>'))
    result = teipipe("validate", "--format", "json", "--report", "html=report.html", cwd=project)
    report = project / "report.html"
    said = result.stdout + result.stderr + (report.read_text("utf-8") if report.exists() else "")
    for secret in (CANARY, "LEAKED", "Traceback"):
        assert secret not in said
    assert result.returncode in (1, 2)
    assert server.hits == 0
