"""E-books are made with the edition; their fonts and covers are those of the project."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from tests.books.ebooks import COVER
from tests.books.test_epub import font

from teipipe.build import bindery, finishing, lockdown
from teipipe.build.report import BuildReport
from teipipe.build.session import Session
from teipipe.errors import UnreadableError
from teipipe.project import load_project

EBOOK = "a/a.epub"


@pytest.fixture
def root(tmp_path: Path, tei: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One document and a font; workers stand in another folder than whoever builds."""
    monkeypatch.setattr(finishing, "FINISHERS", ())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xml").write_text(tei("<p>Words of a.</p>", xml_id="a", title="Letter"), encoding="utf-8")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "book.otf").write_bytes(font("The Book"))
    return tmp_path


def build(epub: str, more: str = "", first: str = "") -> BuildReport:
    formats = "" if "formats" in more else 'formats = ["epub"]\n'
    tables = f'[books]\n{formats}of = "documents"\n{more}\n[books.epub]\n{epub}\n'
    Path("teipipe.toml").write_text(f'title = "Letters"\ndocuments = ["*.xml"]\n{first}{tables}', encoding="utf-8")
    with Session(load_project(Path()), workers=1, environment={}) as session:
        return session.build()


def messages(report: BuildReport) -> str:
    return "\n".join(f"{found.rule}: {found.message}" for found in report.diagnostics)


def test_fonts_and_cover_of_the_project(root: Path) -> None:
    (root / "cover.PNG").write_bytes(COVER)
    report = build('fonts = true\ncover = "cover.PNG"', '[books.print]\nfonts = "fonts"')
    assert not messages(report)
    with ZipFile(root / "build" / EBOOK) as ebook:
        assert ebook.read("EPUB/cover.png") == COVER
        assert ebook.read("EPUB/fonts/1.otf") == font("The Book")
        assert b'font-family: serif, "The Book"' in ebook.read("EPUB/style.css")


def test_fonts_that_there_are_not(root: Path) -> None:
    report = build("fonts = true")
    assert "there is no font to put into the e-book" in messages(report)
    assert (root / "build" / EBOOK).is_file()


def test_a_remark_on_one_format_names_its_file(root: Path) -> None:
    report = build("fonts = true", 'formats = ["pdf", "epub"]')
    assert [found.location.path.name for found in report.diagnostics] == ["a.epub"]


def test_a_cover_that_is_no_image(root: Path) -> None:
    (root / "cover.png").write_text("no image")
    report = build('cover = "cover.png"')
    assert re.search("the e-book can't be put together: the cover is neither a PNG nor a JPEG image", messages(report))
    assert report.exit_code != 0
    assert not (root / "build" / EBOOK).exists()


def test_a_font_that_may_not_be_embedded(root: Path) -> None:
    (root / "fonts" / "book.otf").write_bytes(font("The Book", rights=2))
    report = build("fonts = true", '[books.print]\nfonts = "fonts"')
    assert "the licence of the font book.otf (The Book) doesn't allow that it is embedded" in messages(report)


def test_links_in_the_folder_of_fonts(root: Path) -> None:
    (root / "fonts" / "endless.otf").symlink_to("/dev/zero")
    (root / "fonts" / "gone.otf").symlink_to("nowhere.otf")
    assert not messages(build("", '[books.print]\nfonts = "fonts"'))
    (root / "fonts" / "outside.otf").symlink_to(root / "a.xml")
    assert "outside.otf is a link out of the folder of fonts" in messages(
        build("fonts = true", '[books.print]\nfonts = "fonts"')
    )


def test_what_all_books_are_made_with_can_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build("")
    before = (root / "build" / EBOOK).read_bytes()

    def refuse(_: object) -> str:
        raise UnreadableError("permission denied", path=Path("cover.png"))

    monkeypatch.setattr(bindery, "books_key", refuse)
    report = build("")
    assert [found.rule for found in report.diagnostics] == ["out-of-date", "unreadable-file"]
    assert (root / "build" / EBOOK).read_bytes() == before
    assert report.exit_code == 2


@pytest.mark.parametrize("what", ["a link", "no text"])
def test_a_style_sheet_that_can_not_be_read(root: Path, what: str) -> None:
    style = root / "xslt" / "epub" / "style.css"
    style.parent.mkdir(parents=True)
    if what == "a link":
        if not lockdown.version():
            pytest.skip("without Landlock links are followed")
        (root / "outside.css").write_text("p { color: red }")
        style.symlink_to(root / "outside.css")
    else:
        style.write_bytes(b"\xff\xfe")
    report = build("", first='stylesheets = "xslt"\n')
    why = {"a link": "no permission to read it", "no text": "epub/style.css is not in UTF-8"}[what]
    assert why in messages(report)
    assert report.exit_code == 2
