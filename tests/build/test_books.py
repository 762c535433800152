"""Books are made with the edition, each only if something in it has changed, and stay when they can't be made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.build.conftest import CANARY, needs_landlock
from tests.build.files import change, write

from teipipe.build import bindery, finishing, plan
from teipipe.build.book import render_book
from teipipe.build.report import BuildReport, OutputFile
from teipipe.build.session import Session
from teipipe.diagnostics import Diagnostic
from teipipe.project import load_project

BOOKS = '[books]\nformats = ["pdf"]\n'
EDITION = "downloads/edition.pdf"


class Steps:
    """Notes how a build goes on."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.number = 0
        self.names: list[str] = []

    def planned(self, steps: int) -> None:
        self.number = steps

    def step(self, name: str) -> None:
        self.names.append(name)

    def file(self, file: OutputFile) -> None:
        pass


STEPS = Steps()


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "FINISHERS", ())


@pytest.fixture
def root(tmp_path: Path, tei: Any) -> Path:
    """Two documents, of which one is mentioned by nobody."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("a", "b"):
        write(root / f"{name}.xml", tei(f"<p>Words of {name}.</p>", xml_id=name, title=f"Letter {name}"))
    configure(root)
    return root


def configure(root: Path, books: str = BOOKS, more: str = "") -> None:
    write(root / "teipipe.toml", f'title = "Letters"\ndocuments = ["*.xml"]\n{more}\n{books}')


#: Sessions by folder and output: workers that are there already take half of the time.
SESSIONS: dict[tuple[Path, str], Session] = {}


@pytest.fixture(autouse=True)
def _sessions() -> Iterator[None]:
    with ExitStack() as stack:
        yield
        for session in SESSIONS.values():
            stack.push(session)
        SESSIONS.clear()


def build(root: Path, *, workers: int = 1, output: str = "build", **options: Any) -> BuildReport:
    if (root, output) not in SESSIONS:
        project = replace(load_project(root), output=root / output)
        SESSIONS[root, output] = Session(project, workers=workers, environment={}, observer=STEPS)
    STEPS.clear()
    return SESSIONS[root, output].build(**options)


def books(root: Path, output: str = "build") -> dict[str, bytes]:
    folder = root / output
    found = (path for path in folder.rglob("*") if path.suffix in (".pdf", ".epub"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def told(report: BuildReport, root: Path) -> list[str]:
    """Rule, file and place of each finding."""
    return [_told(found, root) for found in report.diagnostics]


def _told(found: Diagnostic, root: Path) -> str:
    place = str(found.location).removeprefix(f"{root}/")
    return f"{found.rule} {place}"


def words(root: Path, name: str) -> str:
    document = pypdfium2.PdfDocument(root / "build" / name)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def links(root: Path, page: str) -> Sequence[str]:
    return re.findall(r'href="([^"]+\.(?:pdf|epub))"', (root / "build" / page).read_text(encoding="utf-8"))


def test_only_what_is_out_of_date(root: Path) -> None:
    report = build(root)
    made = books(root)
    assert set(made) == {"a/a.pdf", "b/b.pdf", EDITION}
    assert (report.books, report.books_up_to_date, report.exit_code) == (3, 0, 0)
    assert STEPS.names[-3:] == ["downloads/edition", "a/a", "b/b"]
    assert len(STEPS.names) == STEPS.number
    assert "Words of b." in words(root, EDITION)
    assert "Words of b." not in words(root, "a/a.pdf")

    report = build(root)
    assert (report.books, report.books_up_to_date) == (0, 3)
    assert len(STEPS.names) == STEPS.number

    change(root / "b.xml", "Words of", "More of")
    report = build(root)
    assert (report.books, report.books_up_to_date) == (2, 1)
    assert books(root)["a/a.pdf"] == made["a/a.pdf"]
    assert "More of b." in words(root, EDITION)
    before = books(root)

    report = build(root, force=True)
    assert (report.books, books(root)) == (3, before)

    # Whoever changes a book by hand gets it back; how it is printed makes it another.
    (root / "build" / "a" / "a.pdf").unlink()
    assert build(root).books == 1
    configure(root, f'{BOOKS}of = "edition"\n[books.print]\npaper = "a5"\n')
    assert build(root).books == 1
    assert books(root)[EDITION] != before[EDITION]


def test_books_go_with_what_they_are_made_of(root: Path, tei: Any) -> None:
    write(root / "c.xml", tei("<p>Words.</p>", xml_id="c"))
    build(root)
    (root / "c.xml").unlink()
    report = build(root)
    assert set(books(root)) == {"a/a.pdf", "b/b.pdf", EDITION}
    assert report.books == 1
    configure(root, f'{BOOKS}of = "documents"\n')
    assert set(books(root)) - set((build(root), books(root))[1]) == {EDITION}
    configure(root, "")
    report = build(root)
    assert (books(root), report.books, report.exit_code) == ({}, 0, 0)


def test_what_is_not_made_stays_and_is_not_reported(root: Path) -> None:
    build(root, without=("books",))
    assert (books(root), links(root, "downloads/index.html"), links(root, "a/index.html")) == ({}, [], [])
    build(root)
    assert set(links(root, "downloads/index.html")) == {f"../{path}" for path in books(root)}
    assert set(links(root, "a/index.html")) == {"../a/a.pdf"}
    before = books(root)
    change(root / "a.xml", "Words of", "More of")
    (root / "b.xml").unlink()
    report = build(root, without=("books",))
    assert books(root) == {path: before[path] for path in ("a/a.pdf", EDITION)}
    assert (report.books, report.diagnostics) == (0, ())
    assert build(root).books == 2


def test_a_book_that_fails_stays_as_it_was(root: Path) -> None:
    build(root)
    before = books(root)
    write(root / "xslt" / "print" / "90-main.typ", '#panic("no more")\n')
    configure(root, more='stylesheets = "xslt"')
    expected = [
        *(f"{rule} build/{path}" for path in sorted(before) for rule in ("book-failed", "out-of-date")),
    ]
    for _ in range(2):
        report = build(root)
        assert (sorted(told(report, root)), report.exit_code) == (sorted(expected), 2)
        assert "90-main.typ:1: panicked" in report.diagnostics[0].message
        assert books(root) == before
    write(root / "xslt" / "print" / "90-main.typ", '#set document(title: "Other")\nSomething else.\n')
    report = build(root)
    assert (report.exit_code, report.books) == (0, 3)
    assert words(root, EDITION).strip() == "Something else."


def test_a_format_that_fails_leaves_the_other(root: Path) -> None:
    configure(root, '[books]\nof = "edition"\n')
    build(root)
    before = books(root)
    stop = "<xsl:template match='/'><xsl:message terminate='yes'>No e-book.</xsl:message></xsl:template>"
    head = "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
    write(root / "xslt" / "epub.xsl", f"{head}{stop}</xsl:stylesheet>")
    configure(root, '[books]\nof = "edition"\n', 'stylesheets = "xslt"')
    change(root / "a.xml", "Words of", "More of")
    report = build(root)
    assert [found.rule for found in report.diagnostics] == ["out-of-date", "stylesheet-failed"]
    assert str(report.diagnostics[0].location.path).endswith("downloads/edition.epub")
    assert "downloads/edition.epub" in str(report.diagnostics[1].related)
    after = books(root)
    assert after["downloads/edition.epub"] == before["downloads/edition.epub"]
    assert "More of a." in words(root, EDITION)
    assert report.books == 1


def test_a_stylesheet_of_books_that_does_not_compile_leaves_the_pages(root: Path) -> None:
    write(root / "xslt" / "print.xsl", "no stylesheet")
    configure(root, more='stylesheets = "xslt"')
    report = build(root)
    assert [found.rule for found in report.diagnostics] == ["stylesheet-failed"]
    assert (root / "build" / "manifest.json").exists()
    assert (root / "build" / "a" / "index.html").exists()


def test_a_document_that_can_not_be_read_leaves_its_books(root: Path) -> None:
    build(root)
    before = books(root)
    write(root / "b.xml", "<TEI")
    report = build(root)
    assert books(root) == before
    late = {each for each in told(report, root) if each.startswith("out-of-date")}
    assert late == {"out-of-date build/b", "out-of-date build/b/b.pdf", f"out-of-date build/{EDITION}"}
    assert report.books_up_to_date == 1


@pytest.mark.parametrize(
    ("template", "why", "advice"),
    [
        (
            "#for i in range(9000) { let n = 0; for j in range(9000) { n = n + j } }",
            "not done after 2 seconds",
            "raise timeout",
        ),
        ("#let all = range(900000000)", "process|memory", "raise memory"),
    ],
    ids=["too long", "too much"],
)
def test_a_book_that_is_too_much(
    root: Path, monkeypatch: pytest.MonkeyPatch, template: str, why: str, advice: str
) -> None:
    monkeypatch.setattr(bindery, "PATIENCE", 1)
    write(root / "xslt" / "print" / "90-main.typ", template)
    limits = 'stylesheets = "xslt"\ntimeout = 2' if "long" in why or "seconds" in why else 'stylesheets = "xslt"'
    configure(root, f'{BOOKS}of = "edition"\n', limits)
    [found] = build(root).diagnostics
    assert _told(found, root) == f"book-failed build/{EDITION}"
    assert re.search(why, found.message), found.message
    assert found.help == f'{advice} in the configuration, or have no books of the whole (of = "documents")'


@needs_landlock
@pytest.mark.parametrize("what", ["template", "stylesheet"])
def test_what_makes_books_reads_nothing_else(root: Path, what: str) -> None:
    secret = root.parent / "secret.txt"
    write(secret, CANARY)
    configure(root, more='stylesheets = "xslt"')
    if what == "template":
        write(root / "xslt" / "print" / "90-main.typ", f'#std.read("{"../" * 20}{str(secret).lstrip("/")}")\n')
    else:
        head = '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        leak = f'<xsl:param name="leak" static="yes" select="unparsed-text(\'{secret.as_uri()}\')"/>'
        put = '<xsl:template match="/"><text id="a"><p><xsl:value-of select="$leak"/></p></text></xsl:template>'
        write(root / "xslt" / "print.xsl", f"{head}{leak}{put}</xsl:stylesheet>")
    book = render_book(root / "a.xml", "pdf", project=load_project(root), environment={})
    [found] = book.diagnostics
    assert found.rule == {"template": "book-failed", "stylesheet": "stylesheet-failed"}[what]
    assert re.search(
        {"template": "90-main.typ:1: .* escape the project root", "stylesheet": "Cannot read"}[what], found.message
    )
    assert CANARY not in str(found)
    assert book.data is None


@pytest.mark.parametrize("path", ["typesetting.py", "/typesetting.py", "__init__.py"])
def test_a_template_reads_no_file_of_ours(root: Path, path: str) -> None:
    write(root / "xslt" / "print" / "90-main.typ", f'#std.read("{path}")\n')
    configure(root, more='stylesheets = "xslt"')
    book = render_book(root / "a.xml", "pdf", project=load_project(root), environment={})
    [found] = book.diagnostics
    assert (book.data, found.rule) == (None, "book-failed")
    assert "90-main.typ:1: failed to load file" in found.message


def test_neither_the_number_of_workers_nor_what_was_before_makes_a_difference(root: Path, tei: Any) -> None:
    build(root)
    write(root / "c.xml", tei("<p>Third.</p><p>See <ref target='a.xml'>a</ref>.</p>", xml_id="c"))
    build(root)
    build(root, workers=3, output="new")
    assert len(books(root)) == 4
    assert books(root) == books(root, "new")


def test_volumes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(root, f'{BOOKS}of = "edition"\n')
    build(root)
    assert set(books(root)) == {EDITION}
    monkeypatch.setattr(plan, "LONGEST", 10)
    report = build(root)
    assert set(books(root)) == {"downloads/edition-1.pdf", "downloads/edition-2.pdf"}
    assert links(root, "downloads/index.html") == ["../downloads/edition-1.pdf", "../downloads/edition-2.pdf"]
    assert "Words of a." in words(root, "downloads/edition-1.pdf")
    assert "Words of b." in words(root, "downloads/edition-2.pdf")
    change(root / "b.xml", "Words of b", "Words of c")
    report = build(root)
    assert (report.books, report.books_up_to_date) == (1, 1)


REGISTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc><titleStmt><title>Register</title>'
    "</titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>"
    '</teiHeader><standOff><listPerson>\n<person xml:id="p"><persName>Person ለ</persName></person>\n'
    "</listPerson></standOff></TEI>"
)


def test_characters_without_a_glyph(root: Path, tei: Any) -> None:
    body = '<p>\nWords <hi>in</hi> <!-- ሀ --> ለሀ, <persName ref="register.xml#p">somebody</persName>.</p>'
    write(root / "a.xml", tei(body, xml_id="a"))
    write(root / "register.xml", REGISTER)
    configure(root, more='register = "register.xml"\ndescription = "All of it ሐ."')
    expected = {
        "missing-glyph a.xml:2:30": "no font has “ለ” (U+1208, ETHIOPIC SYLLABLE LA), so books show its number",
        "missing-glyph a.xml:2:31": "no font has “ሀ” (U+1200, ETHIOPIC SYLLABLE HA), so books show its number",
        "missing-glyph register.xml:2:37": "no font has “ለ” (U+1208, ETHIOPIC SYLLABLE LA), so books show its number",
        f"missing-glyph build/{EDITION}": "no font has “ሐ” (U+1210, ETHIOPIC SYLLABLE HHA), so books show its number",
    }
    for _ in range(2):
        report = build(root)
        assert {_told(found, root): found.message for found in report.diagnostics} == expected
    assert (report.books, report.books_up_to_date) == (2, 1)  # of what something is said, it is said again
    assert "U+1200" in words(root, "a/a.pdf")
