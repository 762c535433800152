"""The schema in this repository only narrows TEI; and the command that shows it does find what doesn't."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEI_ALL = ROOT.parent / "shared/reference/tei_all.rng"

needs_tei_all = pytest.mark.skipif(not TEI_ALL.is_file(), reason=f"{TEI_ALL} is missing")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="jing needs Java")

HEADER = """
<elementSpec ident="TEI"><content><elementRef key="teiHeader"/><elementRef key="text"/></content></elementSpec>
<elementSpec ident="teiHeader"><content><elementRef key="fileDesc"/></content></elementSpec>
<elementSpec ident="fileDesc"><content>
  <elementRef key="titleStmt"/><elementRef key="publicationStmt"/><elementRef key="sourceDesc"/>
</content></elementSpec>
<elementSpec ident="titleStmt"><content><elementRef key="title"/></content></elementSpec>
<elementSpec ident="title"><content><textNode/></content></elementSpec>
<elementSpec ident="publicationStmt"><content><elementRef key="p"/></content></elementSpec>
<elementSpec ident="sourceDesc"><content><elementRef key="p"/></content></elementSpec>
<elementSpec ident="text"><content><elementRef key="body"/></content></elementSpec>
"""
TOO_WIDE = """
<elementSpec ident="body"><content><elementRef key="p" maxOccurs="unbounded"/></content></elementSpec>
<elementSpec ident="p">
  <content><alternate minOccurs="0" maxOccurs="unbounded"><textNode/><elementRef key="body"/></alternate></content>
  <attList><attDef ident="colour"><datatype><dataRef name="token"/></datatype></attDef></attList>
</elementSpec>
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.conformance", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@needs_tei_all
@needs_java
def test_schema_only_narrows_tei() -> None:
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr


@needs_tei_all
@needs_java
def test_schema_that_widens_tei_is_caught(tmp_path: Path) -> None:
    odd = tmp_path / "wide.odd"
    schema = f'<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="wide">{HEADER}{TOO_WIDE}</schemaSpec>'
    odd.write_text(schema, encoding="utf-8")
    done = run("--odd", str(odd))
    assert done.returncode == 1, done.stdout + done.stderr
    assert 'our schema allows: p/@colour=“word”: attribute "colour" not allowed here' in done.stdout
    assert "our schema allows: content (body) of p" in done.stdout
    assert "our schema allows: p may have (body)" in done.stdout
    assert "our schema allows: p may have @colour" in done.stdout


def test_missing_reference_is_not_a_verdict(tmp_path: Path) -> None:
    done = run("--tei-all", str(tmp_path / "absent.rng"))
    assert done.returncode == 2
    assert "absent.rng is missing" in done.stderr
