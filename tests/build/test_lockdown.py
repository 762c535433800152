"""What a worker can't do: read what is none of its business, write, run programs, connect; whatever a project holds."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.build.conftest import CANARY, VERSION, Server, needs_landlock
from tests.build.engines import Trouble

from teipipe.build import checking, lockdown
from teipipe.project import load_project

#: What is tried, what has to come of it (an error's name or "done"), and since which version of Landlock.
ATTEMPTS = {
    "open('inside/a.txt').read()": ("done", 1),
    "open('inside/sub/b.txt').read()": ("done", 1),
    "os.listdir('inside')": ("done", 1),
    "open('single.txt').read()": ("done", 1),
    "open('/dev/urandom', 'rb').read(1)": ("done", 1),
    "__import__('xml.dom.minidom')": ("done", 1),
    "__import__('lxml.etree')": ("done", 1),
    "os.write(log, b'x')": ("done", 1),
    "os.kill(os.getpid(), 0)": ("done", 1),
    "open('/dev/null', 'w').write('x')": ("done", 1),
    "open('/dev/urandom', 'w')": ("PermissionError", 1),
    "open('outside/canary.txt').read()": ("PermissionError", 1),
    "os.listdir('outside')": ("PermissionError", 1),
    "open('inside/.env').read()": ("PermissionError", 1),
    "open('inside/.git/config').read()": ("PermissionError", 1),
    "open('inside/file-link.txt').read()": ("PermissionError", 1),
    "open('inside/folder-link/canary.txt').read()": ("PermissionError", 1),
    "open('inside/../outside/canary.txt').read()": ("PermissionError", 1),
    "open('/proc/self/root/etc/passwd').read()": ("PermissionError", 1),
    "open('/etc/passwd').read()": ("PermissionError", 1),
    "open(f'/proc/{os.getppid()}/environ').read()": ("PermissionError", 1),
    "open('inside/new.txt', 'w')": ("PermissionError", 1),
    "open('inside/a.txt', 'a')": ("PermissionError", 1),
    "os.truncate('inside/a.txt', 0)": ("PermissionError", 3),
    "os.mkdir('inside/new')": ("PermissionError", 1),
    "os.remove('inside/a.txt')": ("PermissionError", 1),
    "os.rename('inside/a.txt', 'inside/c.txt')": ("PermissionError", 1),
    "os.symlink('a.txt', 'inside/link')": ("PermissionError", 1),
    "tempfile.TemporaryFile()": ("FileNotFoundError", 1),  # there is "no usable temporary directory"
    "subprocess.run([sys.executable, '-c', ''])": ("PermissionError", 1),
    "socket.create_connection(('127.0.0.1', port))": ("PermissionError", 4),
    "socket.create_server(('127.0.0.1', 0))": ("PermissionError", 4),
    "socket.socket(socket.AF_UNIX).connect(chr(0) + abstract)": ("PermissionError", 6),
    "os.kill(os.getppid(), 0)": ("PermissionError", 6),
}

SCRIPT = """
import json, os, socket, subprocess, sys, tempfile
sys.path[:] = json.loads(sys.argv[4])
from pathlib import Path
from teipipe.build.lockdown import restrict
attempts, port, abstract = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
log = os.open('outside/log.txt', os.O_WRONLY | os.O_CREAT)
assert restrict([Path('inside'), Path('single.txt'), Path('missing')])
outcomes = {}
for attempt in attempts:
    try:
        eval(attempt)
        outcomes[attempt] = 'done'
    except Exception as error:
        outcomes[attempt] = type(error).__name__
print(json.dumps(outcomes))
"""


@needs_landlock
def test_what_is_given_up(tmp_path: Path, server: Server) -> None:
    for name in ("inside/a.txt", "inside/sub/b.txt", "inside/.env", "inside/.git/config", "outside/canary.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(CANARY)
    (tmp_path / "single.txt").symlink_to("outside/single.txt")
    (tmp_path / "outside" / "single.txt").write_text("named by itself")
    (tmp_path / "inside" / "file-link.txt").symlink_to("../outside/canary.txt")
    (tmp_path / "inside" / "folder-link").symlink_to("../outside")
    abstract = f"teipipe-test-{server.port}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"\0{abstract}")
        listening.listen()
        arguments = [json.dumps([*ATTEMPTS]), str(server.port), abstract, json.dumps(sys.path)]
        result = subprocess.run(
            [sys.executable, "-I", "-S", "-c", SCRIPT, *arguments], cwd=tmp_path, capture_output=True, text=True
        )
    assert result.stderr == ""
    expected = {attempt: outcome for attempt, (outcome, since) in ATTEMPTS.items() if since <= VERSION}
    assert {attempt: outcome for attempt, outcome in json.loads(result.stdout).items() if attempt in expected} == (
        expected
    )
    assert (tmp_path / "inside" / "a.txt").read_text() == CANARY
    if VERSION >= 4:
        assert server.hits == 0


def test_a_kernel_without_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockdown, "_call", lambda number, *arguments: -1)
    assert lockdown.version() == 0
    assert not lockdown.restrict([Path("/")])
    monkeypatch.setattr(lockdown, "_call", lambda number, *arguments: 3 if arguments[-1] else -1)
    assert lockdown.version() > 0
    with pytest.raises(OSError, match="Landlock"):
        lockdown.restrict([])


STYLESHEET = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tp="urn:teipipe:ns" exclude-result-prefixes="#all">
  {top}
  <xsl:output method="html" indent="no"/>
  <xsl:template match="/"><html><head><title>page</title></head><body>{body}</body></html></xsl:template>
</xsl:stylesheet>"""

STATIC = '<xsl:param name="leak" static="yes" select="{}"/>'
VALUE = '<xsl:value-of select="$leak"/>'

#: Stylesheets that must be refused: top-level declarations and the body of the page. What SaxonC lets through while it
#: compiles is all here; what its own settings stop in any case (running, or by the network) is here too.
HOSTILE = {
    "static parameter reads a text": (STATIC.format("unparsed-text('{outside}/canary.txt')"), VALUE),
    "static parameter reads a document": (STATIC.format("string(doc('{outside}/canary.xml'))"), VALUE),
    "static parameter reads a hidden file": (STATIC.format("unparsed-text('{project}/.env')"), VALUE),
    "static parameter reads a document of the project": (STATIC.format("string(doc('{project}/secret.xml'))"), VALUE),
    "static parameter reads the system": (STATIC.format("unparsed-text('file:///etc/passwd')"), VALUE),
    "import from elsewhere": ('<xsl:import href="../../outside/canary.xsl"/>', '<xsl:call-template name="tp:leak"/>'),
    "include from elsewhere": ('<xsl:include href="{outside}/canary.xsl"/>', '<xsl:call-template name="tp:leak"/>'),
    "import by a link": ('<xsl:import href="link.xsl"/>', '<xsl:call-template name="tp:leak"/>'),
    "import by the network": ('<xsl:import href="http://127.0.0.1:{port}/x.xsl"/>', ""),
    "static parameter by the network": (STATIC.format("unparsed-text('http://127.0.0.1:{port}/')"), VALUE),
    "text while it runs": ("", "<xsl:value-of select=\"unparsed-text('{outside}/canary.txt')\"/>"),
    "document while it runs": ("", "<xsl:value-of select=\"doc('{outside}/canary.xml')\"/>"),
    "network while it runs": ("", "<xsl:value-of select=\"doc('http://127.0.0.1:{port}/')\"/>"),
    "external entity": ("", "<xsl:value-of select=\"parse-xml('{entity}')\"/>"),
}
ENTITY = "&lt;!DOCTYPE r [&lt;!ENTITY e SYSTEM &quot;{outside}/canary.txt&quot;>]>&lt;r>&amp;e;&lt;/r>"

#: Stylesheets that come through, but don't get what they ask for.
FUTILE = {
    "use-when looks for a text": (
        '<xsl:variable name="leak" select="\'LEAKED\'" use-when="unparsed-text-available(\'{outside}/canary.txt\')"/>'
        '<xsl:variable name="leak" select="\'no\'" use-when="not(unparsed-text-available(\'{outside}/canary.txt\'))"/>',
        VALUE,
    ),
    "use-when looks for a document": (
        '<xsl:variable name="leak" select="\'LEAKED\'" use-when="doc-available(\'{outside}/canary.xml\')"/>'
        '<xsl:variable name="leak" select="\'no\'" use-when="not(doc-available(\'{outside}/canary.xml\'))"/>',
        VALUE,
    ),
    "environment": ("", "<xsl:value-of select=\"environment-variable('CANARY')\"/>"),
    "static environment": (STATIC.format("string(environment-variable('CANARY'))"), VALUE),
    "result document": ("", '<xsl:result-document href="{outside}/written.txt"><LEAKED/></xsl:result-document>'),
    "result document by a path": ("", '<xsl:result-document href="../../written.txt"><LEAKED/></xsl:result-document>'),
}


def project_with(tmp_path: Path, fragments: tuple[str, str], port: int, stylesheets: Any, tei: Any) -> Path:
    project, outside = tmp_path / "project", tmp_path / "outside"
    outside.mkdir()
    stylesheets(project / "xslt")
    (project / "teipipe.toml").write_text('stylesheets = "xslt"\ndocuments = ["a.xml"]\n')
    (project / "a.xml").write_text(tei("<p>Words.</p>"))
    (project / "secret.xml").write_text(f"<s>{CANARY}</s>")
    (project / ".env").write_text(CANARY)
    (outside / "canary.txt").write_text(CANARY)
    (outside / "canary.xml").write_text(f"<c>{CANARY}</c>")
    (outside / "canary.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">'
        f'<xsl:template name="tp:leak">{CANARY}</xsl:template></xsl:stylesheet>'
    )
    (project / "xslt" / "link.xsl").symlink_to("../../outside/canary.xsl")
    top, body = fragments
    text = STYLESHEET.format(top=top, body=body).replace("{entity}", ENTITY)
    for name, value in (("outside", outside.as_uri()), ("project", project.as_uri()), ("port", str(port))):
        text = text.replace(f"{{{name}}}", value)
    (project / "xslt" / "html.xsl").write_text(text)
    return project


def built(project: Path) -> str:
    """All that is in the output."""
    return "\n".join(path.read_text("utf-8") for path in (project / "build").rglob("*") if path.is_file())


@pytest.mark.parametrize("name", [*HOSTILE, *FUTILE])
@needs_landlock
def test_hostile_stylesheets(
    name: str, tmp_path: Path, server: Server, small_stylesheets: Any, tei: Any, teipipe: Any
) -> None:
    project = project_with(tmp_path, {**HOSTILE, **FUTILE}[name], server.port, small_stylesheets, tei)
    result = teipipe("build", cwd=project, environment={"CANARY": CANARY})
    said = result.stdout + result.stderr
    assert "Traceback" not in said
    whole = said + built(project)
    for secret in (CANARY, "LEAKED", "root:x:"):
        assert secret not in whole
    assert server.hits == 0
    assert {path.name for path in (tmp_path / "outside").iterdir()} == {"canary.txt", "canary.xml", "canary.xsl"}
    assert {path.name for path in tmp_path.iterdir()} == {"outside", "project"}
    assert (result.returncode, "html.xsl" in said) == ((2, True) if name in HOSTILE else (0, False))
    # What does not depend on that stylesheet is there.
    assert (project / "build" / "a" / "reading.txt").read_text().startswith("reading\nWords.\n\n⟨")


def test_hostile_stylesheets_would_succeed(tmp_path: Path, small_stylesheets: Any, tei: Any) -> None:
    """What the lock-down is for: without it, the compiler reads what a stylesheet names."""
    from teipipe.saxon import Engine

    fragments = HOSTILE["static parameter reads a text"]
    project = project_with(tmp_path, fragments, 1, small_stylesheets, tei)
    engine = Engine({"html": project / "xslt" / "html.xsl"})
    assert CANARY in engine.serialise("html", engine.parse("<a/>"))


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o" elementFormDefault="qualified"
  targetNamespace="http://www.tei-c.org/ns/1.0">{top}<xs:element name="TEI"/></xs:schema>"""

SCHEMAS = {
    "include from elsewhere": '<xs:include schemaLocation="../../outside/canary.xsd"/>',
    "include by an address": '<xs:include schemaLocation="{outside}/canary.xsd"/>',
    "import from elsewhere": '<xs:import namespace="urn:o" schemaLocation="../../outside/canary.xsd"/>',
    "include by the network": '<xs:include schemaLocation="http://127.0.0.1:{port}/x.xsd"/>',
    "import by the network": '<xs:import namespace="urn:o" schemaLocation="http://127.0.0.1:{port}/x.xsd"/>',
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_hostile_schemas(name: str, tmp_path: Path, server: Server, tei: Any, teipipe: Any) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / "schema").mkdir(parents=True)
    outside.mkdir()
    (project / "a.xml").write_text(tei("<p>Words.</p>"))
    (outside / "canary.xsd").write_text(f"<{CANARY}")
    top = SCHEMAS[name].replace("{outside}", outside.as_uri()).replace("{port}", str(server.port))
    (project / "schema" / "s.xsd").write_text(SCHEMA.format(top=top))
    result = teipipe("validate", "--schema", "schema/s.xsd", cwd=project)
    assert result.returncode == 2
    assert "s.xsd" in result.stderr
    for said in (result.stdout, result.stderr):
        assert f"<{CANARY}" not in said
        assert "Traceback" not in said
    assert server.hits == 0


@needs_landlock
def test_what_checks_can_not_do(tmp_path: Path, tei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teipipe.validate.schemas.open_schema", Trouble)
    monkeypatch.setenv("CANARY", CANARY)
    (tmp_path / "trouble.rng").write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>')
    (tmp_path / ".env").write_text(CANARY)
    (tmp_path / "reaches.xml").write_text(tei())
    (tmp_path / "teipipe.toml").write_text('schema = "trouble.rng"')
    found = checking.validate_documents(load_project(tmp_path), [tmp_path / "reaches.xml"], workers=1)
    messages = [finding.message for finding in found if finding.rule == "invalid"]
    assert messages == [
        "/etc/passwd: PermissionError; .env: PermissionError; reaches.xml: done; new.txt: PermissionError; "
        "environment: LC_ALL"
    ]
