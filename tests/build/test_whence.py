"""Every file of an edition says from what it was made; whether that has changed is told right, as a rebuild shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests.build.files import change, write
from tests.letters import letter, letter_name

from teipipe.build.session import Session
from teipipe.build.whence import Asking, State, Traced
from teipipe.project import load_project

LETTERS = 3
BOOKS = '[books]\nformats = ["pdf", "epub"]\n'
#: What has no room for a statement.
SILENT = (".csv", ".bib", ".ris", ".csl.json", ".css", ".js", "manifest.json")


def register(name: str = "Person") -> str:
    entries = "".join(
        f'<person xml:id="person-{number}"><persName>{name if number == 2 else "Person"} {number}</persName></person>'
        for number in range(4)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc><titleStmt><title>Register'
        "</title></titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc>"
        f"</fileDesc></teiHeader><standOff><listPerson>{entries}</listPerson></standOff></TEI>"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that could have books, built without them."""
    root = tmp_path_factory.mktemp("whence") / "project"
    for number in range(LETTERS):
        write(root / letter_name(number), letter_of(number))
    write(root / "register.xml", register())
    settings(root, more=BOOKS)
    build(root, books=False)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """That project, to be changed."""
    return shutil.copytree(made, tmp_path / "project")


def letter_of(number: int) -> str:
    text = letter(number, LETTERS).replace('"../00/', '"')
    for person in range(100):
        text = text.replace(f'#person-{number * 7 + person}"', f'#person-{(number + person) % 3}"')
    return text


def settings(root: Path, title: str = "Letters", more: str = "") -> None:
    lines = f'title = "{title}"\ndocuments = ["letters/**/*.xml"]\nregister = "register.xml"\n{more}\n'
    write(root / "teipipe.toml", lines)


def build(root: Path, *, books: bool = True) -> None:
    with Session(load_project(root), workers=1) as session:
        report = session.build(without=("search",) if books else ("search", "books"))
    assert not report.exit_code, report.diagnostics


def files(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def answers(folder: Path, root: Path) -> Mapping[str, Traced]:
    """What is told of every file in a folder, from the project as it is now."""
    asking = Asking(load_project(root), workers=1)
    return {name: asking.answer(folder / name) for name in files(folder)}


def is_silent(name: str) -> bool:
    document, _, file = name.rpartition("/")
    return name.endswith(SILENT) or file.removesuffix(".txt") in (f"{document}.xml", "register.xml")


def test_every_file_of_an_edition_with_books(root: Path, tmp_path: Path) -> None:
    build(root)
    for name, answer in answers(root / "build", root).items():
        if name.startswith("assets/") or name == "manifest.json":
            assert answer.state is State.UNKNOWN, name
            continue
        assert (answer.state, answer.itself) == (State.SAME, State.SAME), name
        assert answer.statement is not None
        assert answer.statement.file == name
        assert is_silent(name) or answer.statement.stylesheet, name
    shutil.copytree(root / "build", tmp_path / "copy", ignore=shutil.ignore_patterns("manifest.json", "assets"))
    change(root / letter_name(1), "said there", "told, there")
    told = answers(tmp_path / "copy", root)
    build(root)
    now = files(root / "build")
    assert differing(tmp_path / "copy", now) == {name for name, answer in told.items() if answer.state is State.CHANGED}
    assert told["register/persons/index.html"].state is State.SAME
    assert told["register/persons/person-2/index.html"].documents == ("letter-1",)
    books = {name for name in now if name.endswith((".pdf", ".epub"))}
    assert {name for name in books if told[name].state is State.CHANGED} == {
        "letter-1/letter-1.pdf", "letter-1/letter-1.epub", "downloads/edition.pdf", "downloads/edition.epub"
    }  # fmt: skip


def differing(before: Path, now: Mapping[str, bytes]) -> set[str]:
    """The files that are not what they were, but for those that can't say whence they are."""
    return {name for name, data in files(before).items() if not is_silent(name) and now.get(name) != data}


def edits(root: Path) -> Iterator[Callable[[], object]]:
    yield lambda: change(root / letter_name(0), "said there", "told, there")
    change(root / letter_name(2), "</body>", "<p>More of it.</p></body>")
    yield lambda: change(root / letter_name(1), "<title>Letter 1</title>", "<title>Another</title>")
    yield lambda: write(root / "register.xml", register("Somebody"))
    yield lambda: write(root / letter_name(3), letter_of(3))
    yield lambda: (root / letter_name(0)).unlink()
    write(root / "xslt" / "labels" / "en.xml", '<labels xmlns="urn:teipipe:ns" xml:lang="en"/>')
    yield lambda: settings(root, more='stylesheets = "xslt"')
    yield lambda: settings(root, "Papers", 'stylesheets = "xslt"')


def test_what_differs_after_a_rebuild_is_told_before_it(root: Path, tmp_path: Path) -> None:
    settings(root)
    with Session(load_project(root), workers=1) as session:
        session.build(without=("search",))
        for number, edit in enumerate(edits(root)):
            copy = tmp_path / f"copy-{number}"
            shutil.copytree(root / "build", copy, ignore=shutil.ignore_patterns("manifest.json", "assets"))
            edit()
            asking = Asking(load_project(root), workers=1)
            told = {name: asking.answer(copy / name).state for name in files(copy) if not is_silent(name)}
            session.build(without=("search",))
            differ = differing(copy, files(root / "build"))
            assert told == {name: State.CHANGED if name in differ else State.SAME for name in told}, number


def test_a_source_that_has_moved_is_found(root: Path) -> None:
    page = root / "build" / "letter-1" / "index.html"
    (root / letter_name(1)).rename(root / "letters" / "00" / "renamed.xml")
    [source] = Asking(load_project(root)).answer(page).sources
    assert (source.state, source.title) == (State.MOVED, "Letter 1")
    assert source.path == "letters/00/renamed.xml"
    (root / source.path).unlink()
    answer = Asking(load_project(root)).answer(page)
    assert (answer.sources[0].state, answer.state) == (State.GONE, State.CHANGED)


def test_an_edited_file_is_known_beside_its_manifest(root: Path, tmp_path: Path) -> None:
    text = root / "build" / "letter-1" / "reading.txt"
    shutil.copy(text, tmp_path / "copy.txt")
    assert Asking(load_project(root)).answer(tmp_path / "copy.txt").itself is State.SAME
    change(text, "there", "THERE")
    answer = Asking(load_project(root)).answer(text)
    assert (answer.itself, answer.state) == (State.CHANGED, State.SAME)
    table = root / "build" / "register" / "mentions.csv"
    table.write_text("nothing", encoding="utf-8")
    assert Asking(load_project(root)).answer(table).state is State.UNKNOWN


def test_a_document_that_is_broken_now(root: Path) -> None:
    write(root / letter_name(1), "<TEI")
    answer = Asking(load_project(root)).answer(root / "build" / "letter-1" / "index.html")
    assert (answer.sources[0].state, answer.state) == (State.CHANGED, State.CHANGED)


def test_books_need_not_be_built(root: Path) -> None:
    """Whether an edition was built with its books or without makes no page one that has changed."""
    assert Asking(load_project(root)).answer(root / "build" / "letter-1" / "index.html").state is State.SAME
