"""A package made to do harm, given to `teipipe deposit verify`: nothing leaves it, nothing runs for ever."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from tests.build.conftest import CANARY, needs_landlock
from tests.build.files import change, write
from tests.conftest import CACHE, ENVIRONMENT, MakeStylesheets, command, make_tei
from tests.deposit.bags import checksums_anew
from tests.deposit.conftest import tree

from teipipe.build.depositing import deposit_project
from teipipe.build.verified import State
from teipipe.build.verifying import verify_package
from teipipe.build.workshop import bounded
from teipipe.errors import OutputError
from teipipe.project import Project, load_project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_stylesheets: MakeStylesheets) -> Path:
    """A package of one letter; it is not to be changed."""
    root = tmp_path_factory.mktemp("made") / "letters"
    small_stylesheets(root / "xslt")
    write(root / "teipipe.toml", 'title = "Letters"\ndocuments = ["tei/*.xml"]\nstylesheets = "xslt"\n')
    write(root / "tei/one.xml", make_tei("<p>First words.</p>", xml_id="one", when="2026-01-02"))
    done = deposit_project(load_project(root), target=root.parent / "bag", environment={}, workers=1)
    assert done.written is not None
    return done.written.path


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to do harm with; beside it lies a file that nobody may read."""
    write(tmp_path / "secret.xml", f"<secret>{CANARY}</secret>")
    return Path(shutil.copytree(made, tmp_path / "bag"))


def configure(bag: Path, line: str) -> None:
    path = bag / "data/project/teipipe.toml"
    write(path, path.read_text(encoding="utf-8") + line + "\n")


#: Keys of a configuration that lead out of the package.
LEADING_OUT = (
    'register = "../../../secret.xml"',
    'sources = "/etc"',
    'schema = "../../../secret.xml"',
    'odd = "/etc/passwd"',
    'output = "../../../out"',
    '[theme]\ncss = "../../../secret.xml"',
    '[theme]\nlogo = "/etc/passwd"',
    '[books.epub]\ncover = "../../../secret.xml"',
    '[books.print]\nfonts = "/usr/share"',
    '[deposit]\ninclude = ["../../../secret.xml"]',
    '[deposit]\nfolder = "../../../out"',
)


def test_a_configuration_that_leads_out_is_refused(bag: Path) -> None:
    path = bag / "data/project/teipipe.toml"
    harmless = path.read_text(encoding="utf-8")
    shutil.rmtree(bag / "data/software")  # of which nothing is read before
    for line in LEADING_OUT:
        write(path, f"{harmless}{line}\n")
        checksums_anew(bag)
        before = set(bag.parent.rglob("*"))
        verified = verify_package(bag)
        assert [one.rule for one in verified.diagnostics] == ["unusable-package"], line
        assert "leads out of the project" in verified.diagnostics[0].message, line
        assert CANARY not in repr(verified), line
        assert set(bag.parent.rglob("*")) == before, line


#: What a document may try, and the rules by which that is found; where nothing is found, nothing was looked at.
DOCUMENTS: dict[str, tuple[str, set[str]]] = {
    "an external entity": ('<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret}">]>{using}', {"external-entity"}),
    "an external subset": ('<!DOCTYPE TEI SYSTEM "{secret}">{tei}', set()),
    "a parameter entity": ('<!DOCTYPE TEI [<!ENTITY % x SYSTEM "{secret}"> %x;]>{using}', {"parameter-entity"}),
    "a billion laughs": ("<!DOCTYPE TEI [{laughs}]>{using}", {"entity-bomb"}),
    "a schema outside": ('<?xml-model href="{secret}"?>{tei}', {"schema-out-of-project"}),
    "an inclusion": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="{secret}" parse="text"/></TEI>',
        set(),
    ),
}
LAUGHS = '<!ENTITY x0 "ha">' + "".join(
    f'<!ENTITY x{"" if n == 11 else n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12)
)


def test_documents_bring_nothing_in_from_outside(bag: Path) -> None:
    """All of them in one package: each is judged, and made pages of, by itself."""
    (bag / "data/project/tei/one.xml").unlink()
    secret, tei, using = bag.parent / "secret.xml", make_tei("<p>Words.</p>"), make_tei("<p>&x;</p>")
    for name, (text, _) in DOCUMENTS.items():
        hostile = text.format(secret=secret, tei=tei, using=using, laughs=LAUGHS)
        write(bag / f"data/project/tei/{name}.xml", hostile)
    checksums_anew(bag)
    before = tree(bag.parent)
    verified = verify_package(bag, workers=1)
    assert [step.state for step in verified.steps] == [State.PROVED, State.FAILED, State.FAILED, State.FAILED]
    for name, (_, rules) in DOCUMENTS.items():
        found = [one for one in verified.diagnostics if one.location.path.name == f"{name}.xml"]
        assert {one.rule for one in found if one.rule != "not-reproduced"} == rules, name
        assert CANARY not in repr(found), name
    assert CANARY not in repr(verified)
    assert tree(bag.parent) == before


#: What a stylesheet may try: declarations, and instructions in its template.
STYLESHEETS = {
    "reads when it is compiled": (
        '<xsl:param name="tp:leak" static="yes" select="unparsed-text(\'file://{secret}\')"/>'
        '<xsl:variable name="tp:leaked" _select="\'{{translate($tp:leak, &quot;&lt;>/&quot;, &quot;&quot;)}}\'"/>',
        '<xsl:value-of select="$tp:leaked"/>',
    ),
    "imports": ('<xsl:include href="file://{secret}"/>', ""),
    "writes and reads": (
        "",
        '<xsl:result-document href="file://{out}"><out/></xsl:result-document>'
        "<xsl:value-of select=\"unparsed-text('file://{secret}')\"/>",
    ),
    "never ends": (
        '<xsl:function name="tp:loop" as="item()*"><xsl:param name="n" as="xs:integer"/>'
        '<xsl:sequence select="if ($n lt 0) then $n else tp:loop($n + 1)"/></xsl:function>',
        '<xsl:value-of select="tp:loop(string-length(.))"/>',
    ),
    "wants all memory": ("", '<xsl:value-of select="for $n in 1 to 2000000000 return string($n)"/>'),
}


@needs_landlock
@pytest.mark.parametrize("name", STYLESHEETS)
def test_a_stylesheet_gets_at_nothing(bag: Path, name: str) -> None:
    declaration, instruction = (
        part.format(secret=bag.parent / "secret.xml", out=bag.parent / "out.xml") for part in STYLESHEETS[name]
    )
    page = bag / "data/project/xslt/html.xsl"
    change(page, "<body>", f"<body>{instruction}")
    change(page, '  <xsl:template match="/">', f'{declaration}<xsl:template match="/">')
    configure(bag, "timeout = 2\nmemory = 400")
    checksums_anew(bag)
    before = tree(bag.parent)
    verified = verify_package(bag, workers=1)
    assert verified.exit_code in (1, 2)
    assert CANARY not in repr(verified)
    assert tree(bag.parent) == before


XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/1.0"
  elementFormDefault="qualified"><xs:element name="TEI"><xs:complexType><xs:sequence><xs:any processContents="skip"
  maxOccurs="unbounded"/></xs:sequence><xs:attribute ref="xml:id"/><xs:attribute name="n"><xs:simpleType>
  <xs:restriction base="xs:string"><xs:pattern value="(a+)+b"/></xs:restriction></xs:simpleType></xs:attribute>
  </xs:complexType></xs:element>
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="{secret}"/></xs:schema>"""
SCHEMATRON = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><pattern><rule context="/*">
  <assert test="matches(@n, '^(a+)+b$') or doc-available('file://{secret}')">{secret}</assert></rule></pattern></schema>"""
RNC = "include '{secret}'\nstart = element * {{ text }}"
SCHEMAS = {"schema.xsd": XSD, "schema.sch": SCHEMATRON, "schema.rnc": RNC}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_brings_nothing_in_and_holds_nothing_up(bag: Path, name: str) -> None:
    write(bag / "data/project" / name, SCHEMAS[name].format(secret=bag.parent / "secret.xml"))
    change(bag / "data/project/tei/one.xml", "<TEI ", f'<TEI n="{"a" * 60}" ')
    configure(bag, f'schema = "{name}"\ntimeout = 2')
    checksums_anew(bag)
    start = time.monotonic()
    verified = verify_package(bag, rebuild=False, workers=1)
    assert verified.exit_code in (1, 2)
    assert CANARY not in repr(verified)
    assert time.monotonic() - start < 100  # it would be for ever


#: Typst ends loops that it sees to be endless; this one only takes very long.
TEMPLATE = "#let f(n) = { for i in range(n) { for j in range(n) { let x = i } } }\n#f(900000)"


def test_a_template_that_never_ends_is_ended(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teipipe.build.bindery.PATIENCE", 3)  # a book may take longer than a document
    write(bag / "data/project/xslt/print/90-main.typ", TEMPLATE)
    configure(bag, 'timeout = 1\n[books]\nformats = ["pdf"]\nof = "documents"')
    checksums_anew(bag)
    verified = verify_package(bag, workers=1)
    assert verified.exit_code == 2
    (problem,) = (one for one in verified.diagnostics if one.rule in ("book-failed", "worker-timeout"))
    assert "not done after" in problem.message


def test_nothing_that_a_configuration_claims_goes_beyond_bounds(bag: Path) -> None:
    configure(bag, "timeout = 100000000\nmemory = 100000000")
    project = bounded(load_project(bag / "data/project"))
    assert (project.timeout, project.memory) == (600, 4000)


def archive(bag: Path) -> Path:
    return Path(shutil.make_archive(str(bag), "zip", bag))


def test_what_was_unpacked_is_gone_when_it_is_interrupted(bag: Path, tmp_path: Path) -> None:
    page = bag / "data/project/xslt/html.xsl"
    declaration, instruction = STYLESHEETS["never ends"]
    change(page, "<body>", f"<body>{instruction}")
    change(page, '  <xsl:template match="/">', f'{declaration}<xsl:template match="/">')
    checksums_anew(bag)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        command("deposit", "verify", archive(bag)),
        env={**ENVIRONMENT, CACHE: os.environ[CACHE], "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        end = time.monotonic() + 100
        while not list(temporary.rglob("project/teipipe.toml")) and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=100)
    finally:
        process.kill()
    assert process.returncode == 130, said
    assert list(temporary.iterdir()) == []


def test_a_full_disk_is_an_error_that_says_what_to_do(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(project: Project, **options: object) -> None:
        raise OutputError("can't be written: no space left on device", path=project.output / "index.html")

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr("teipipe.build.contents.build_edition", build)
    verified = verify_package(bag, workers=1)
    assert verified.exit_code == 2
    (problem,) = (one for one in verified.diagnostics if one.rule == "unverified-contents")
    assert problem.message == "can't be made again: can't be written: no space left on device"
    assert problem.help is not None
    assert "TMPDIR" in problem.help
    assert list(temporary.iterdir()) == []


def test_room_is_looked_for_before_anything_is_unpacked(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 90, 10))
    with pytest.raises(OutputError, match="are needed for temporary files, and there are 10 bytes"):
        verify_package(archive(bag))
