"""What is built after an edit is, byte for byte, what is built from nothing; and little is rendered for it."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.build.files import change, write
from tests.letters import letter, letter_name

from teipipe.build import finishing
from teipipe.build.report import BuildReport, FileState
from teipipe.build.session import Session
from teipipe.editions import Artefact
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.project import load_project

LETTERS = 6


#: The search index has tests of its own, and takes longer than all else.
WITHOUT_SEARCH = tuple(finisher for finisher in finishing.FINISHERS if finisher.name != "search")


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "FINISHERS", WITHOUT_SEARCH)


def register(persons: int = 12, name: str = "Person") -> str:
    entries = "".join(
        f'<person xml:id="person-{number}"><persName>{name} {number}</persName>'
        f'<affiliation ref="#person-{(number + 1) % persons}">With a friend</affiliation></person>'
        for number in range(persons)
    )
    event = (
        '<event xml:id="meeting" when="1950"><label>A meeting</label>'
        f'<desc source="{letter_name(0)}#p1">It was.</desc></event>'
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc><titleStmt><title>Register'
        "</title></titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc>"
        f"</fileDesc></teiHeader><standOff><listPerson>{entries}</listPerson><listEvent>{event}</listEvent></standOff></TEI>"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once; nobody changes it."""
    root = tmp_path_factory.mktemp("built") / "project"
    for number in range(LETTERS):
        write(root / letter_name(number), letter_of(number, LETTERS))
    write(root / "register.xml", register())
    settings(root)
    with pytest.MonkeyPatch.context() as patch, session_of(root, "build") as session:
        patch.setattr(finishing, "FINISHERS", WITHOUT_SEARCH)
        assert session.build().documents == LETTERS
    return root


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    """A copy of it, edition and all: a first build finds nothing to do unless something is changed before."""
    return Path(shutil.copytree(project, tmp_path / "project"))


def letter_of(number: int, among: int) -> str:
    """A letter whose pointers are the shortest, which are followed, and which mentions eight of ten persons."""
    text = letter(number, among).replace('"../00/', '"')
    return re.sub(r"(?<=#person-)\d+", lambda person: str(int(person[0]) % 10), text)


def settings(root: Path, title: str = "Letters", more: str = "") -> None:
    lines = f'title = "{title}"\ndocuments = ["letters/**/*.xml"]\nregister = "register.xml"\n{more}\n'
    write(root / "teipipe.toml", lines)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def session_of(root: Path, output: str, workers: int = 1) -> Session:
    return Session(replace(load_project(root), output=root / output), workers=workers, environment={})


def difference(first: Path, second: Path) -> list[str]:
    one, other = tree(first), tree(second)
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class Edits:
    """What somebody may do to a project, at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.number = 100

    def some(self, text: str = "") -> Path:
        """One of the letters that have this text."""
        letters = sorted(self.root.glob("letters/*/*.xml"))
        return self.random.choice([path for path in letters if text in path.read_text(encoding="utf-8")])

    def change(self, old: str, new: str) -> None:
        change(self.some(old), old, new)

    def words(self) -> None:
        when = self.random.choice(["early", "soon", "never"])
        self.change("written down late", f"written down {when} or late")

    def mention(self) -> None:
        person = self.random.randrange(8)
        more = f'<p><persName ref="../../register.xml#person-{person}">Someone</persName> came.</p></body>'
        self.change("</body>", more)

    def paragraph(self) -> None:
        """Every number of a paragraph changes behind it."""
        self.change('<p xml:id="p0">', '<p>More of it.</p><p xml:id="p0">')

    def title(self) -> None:
        self.change("<title>Letter", "<title>A letter, once called")

    def date(self) -> None:
        self.change('<creation><date when="19', f'<creation><date when="{self.random.choice([17, 18])}')

    def undated(self) -> None:
        self.change("<creation>", '<creation n="no date">'.replace("creation", "langUsage/><creation"))

    def added(self) -> None:
        self.number += 1
        write(self.root / letter_name(self.number), letter_of(self.number, self.number))

    def removed(self) -> None:
        self.some().unlink()

    def pointer(self) -> None:
        """To a letter that is not there, or not yet."""
        other = self.number + self.random.choice([1, 2])
        target = Path(letter_name(other)).name
        self.change("</body>", f'<p>See <ref target="{target}#p1">there</ref>.</p></body>')

    def revised(self) -> None:
        day = f"20{self.random.randrange(10, 99)}-01-01"
        self.change("</teiHeader>", f'<revisionDesc><change when="{day}"/></revisionDesc></teiHeader>')

    def entries(self) -> None:
        write(self.root / "register.xml", register(self.random.randrange(4, 8)))

    def entry(self) -> None:
        change(self.root / "register.xml", "<persName>Person 3</persName>", "<persName>Person the third</persName>")
        self.entry = self.entries  # type: ignore[method-assign]

    def project_title(self) -> None:
        settings(self.root, self.random.choice(["Letters", "Papers", "Words"]))

    def site(self) -> None:
        settings(self.root, more='site-url = "https://example.org/"')

    def labels(self) -> None:
        labels = '<labels xmlns="urn:teipipe:ns" xml:lang="en"><label key="site.nav.register">Index</label></labels>'
        write(self.root / "xslt" / "labels" / "en.xml", labels)
        settings(self.root, more='stylesheets = "xslt"')

    def by_hand(self) -> None:
        """Something in the output is changed, or gone."""
        pages = sorted((self.root / "build").rglob("index.html"))
        self.random.choice(pages).write_text("changed", encoding="utf-8")
        self.random.choice(pages).unlink()


def test_same_as_from_nothing(root: Path) -> None:
    """With few letters and persons: each build from nothing makes all pages, and there are many."""
    for number in (LETTERS - 2, LETTERS - 1):
        (root / letter_name(number)).unlink()
    write(root / "register.xml", register(6))
    edits = Edits(root, 1)
    kinds = [name for name in vars(Edits) if not name.startswith("_") and name not in ("some", "change")]
    edits.random.shuffle(kinds)
    with session_of(root, "build") as session, session_of(root, "clean") as clean:
        session.build()
        clean.build()
        for kind in kinds:
            for _ in range(edits.random.choice([1, 2])):
                getattr(edits, kind)()
            session.build()
            clean.build(force=True)
            assert difference(root / "build", root / "clean") == [], kind
    with session_of(root, "new") as new:
        new.build()
    assert difference(root / "build", root / "new") == []


def built(root: Path, edit: Callable[[], object]) -> BuildReport:
    """The report of a build in a new process's place, after an edit."""
    with session_of(root, "build") as session:
        session.build()
    edit()
    with session_of(root, "build") as session:
        return session.build()


def test_nothing_is_rendered_without_an_edit(root: Path) -> None:
    report = built(root, lambda: None)
    assert (report.documents, report.up_to_date, report.pages) == (0, LETTERS, 0)
    assert {file.state for file in report.files} == {FileState.UNCHANGED}


def test_an_edit_of_words_renders_one_document(root: Path) -> None:
    report = built(root, lambda: change(root / letter_name(4), "said there", "told, there"))
    assert (report.documents, report.up_to_date) == (1, LETTERS - 1)
    written = {
        file.path.relative_to(root / "build").as_posix() for file in report.files if file.state is FileState.WRITTEN
    }
    assert {path for path in written if path.startswith("letter-")} == {
        path for path in written if path.startswith("letter-4/")
    }
    # Those whom it mentions are quoted with other words around them; 0 and 1 are mentioned by others alone.
    persons = {path.split("/")[2] for path in written if path.startswith("register/persons/person-")}
    assert persons == {f"person-{number}" for number in range(2, 10)}


def test_one_more_paragraph_concerns_the_pages_that_show_how_long_it_is(root: Path) -> None:
    report = built(root, lambda: change(root / letter_name(4), "</body>", "<p>More of it.</p></body>"))
    written = {
        file.path.relative_to(root / "build").as_posix() for file in report.files if file.state is FileState.WRITTEN
    }
    about = {"index.html", "documents/index.html", "downloads/index.html", "index.json"}
    assert {path for path in written if not path.startswith("letter-4/")} == {*about, "manifest.json"}
    assert report.pages == len(about)  # and no others were made only to be found the same


def test_one_document_is_made_by_several_workers(root: Path) -> None:
    with session_of(root, "build", workers=2) as session:
        session.build()
        more = '<p><ref target="javascript:alert(1)">Click</ref> <unheardOf>it</unheardOf></p></body>'
        change(root / letter_name(4), "</body>", more)
        divided = session.build()
    with session_of(root, "new") as new:
        whole = new.build()
    assert divided.documents == 1
    assert [str(found) for found in divided.diagnostics] == [str(found) for found in whole.diagnostics] != []
    assert difference(root / "build", root / "new") == []


def test_a_document_of_which_one_worker_is_lost_stays(tmp_path: Path, tei: Any, small_stylesheets: Any) -> None:
    small_stylesheets(tmp_path / "xslt")
    write(tmp_path / "teipipe.toml", 'stylesheets = "xslt"\ntimeout = 2\n')
    for name in ("a", "b"):
        write(tmp_path / f"{name}.xml", tei("<p>Words.</p>"))
    with Session(load_project(tmp_path), workers=2) as session:
        session.build()
        before = tree(tmp_path / "build" / "a")
        change(tmp_path / "a.xml", "Words.", "LOOP")
        report = session.build()
    assert report.documents == 0
    assert [found.rule for found in report.diagnostics] == ["worker-timeout", "out-of-date"]
    assert tree(tmp_path / "build" / "a") == before != {}


def test_a_title_concerns_those_who_show_it(root: Path) -> None:
    report = built(root, lambda: change(root / letter_name(0), "<title>Letter 0</title>", "<title>The first</title>"))
    assert report.documents == 3  # itself, and letters 1 and 2, which point at it; 1 is its only neighbour as well


def test_an_entry_concerns_the_documents_that_point_at_it(root: Path) -> None:
    report = built(
        root, lambda: change(root / "register.xml", "<persName>Person 11</persName>", "<persName>Somebody</persName>")
    )
    mentioning = [number for number in range(LETTERS) if '#person-11"' in (root / letter_name(number)).read_text()]
    assert report.documents == len(mentioning) < LETTERS


def test_the_register_is_linked_by_the_name_that_its_file_has_now(root: Path) -> None:
    path = root / "register.xml"
    built(root, lambda: write(path, f'<?xml-stylesheet href="own.xsl"?>{path.read_text(encoding="utf-8")}'))
    for page in ("register", "downloads"):
        assert "register/register.xml.txt" in (root / "build" / page / "index.html").read_text(encoding="utf-8")


def test_a_page_that_stands_alone_has_the_style_of_now(root: Path) -> None:
    style = root / "xslt" / "assets" / "base.css"
    write(style, "main { color: navy; }")
    settings(root, more='stylesheets = "xslt"')
    report = built(root, lambda: write(style, "main { color: maroon; }"))
    assert (report.documents, report.pages) == (0, 1)
    assert "maroon" in (root / "build" / "404.html").read_text(encoding="utf-8")


def test_what_editors_keep_beside_stylesheets_changes_nothing(root: Path) -> None:
    style = root / "xslt" / "assets" / "base.css"
    write(style, "main { color: navy; }")
    settings(root, more='stylesheets = "xslt"')

    def edit() -> None:
        (root / "xslt" / ".#html.xsl").symlink_to("somebody@a-machine.1234")
        for path in (root / "xslt" / ".html.xsl.swp", style.with_name(".base.css.swp")):
            write(path, "what is being written")

    report = built(root, edit)
    assert (report.documents, report.pages) == (0, 0)
    assert {file.state for file in report.files} == {FileState.UNCHANGED}


def test_a_theme_that_has_gone_meanwhile_is_no_bug(root: Path) -> None:
    style = root / "own.css"
    write(style, "main { color: navy; }")
    settings(root, more='[theme]\ncss = "own.css"')
    with session_of(root, "build") as session:
        style.unlink()
        with pytest.raises(UnreadableError, match=r"own\.css: no such file"):
            session.build()
        write(style, "main { color: navy; }")
        assert session.build().documents == LETTERS


def test_other_forms_of_a_page_go_with_it(root: Path) -> None:
    folder = root / "build" / "register" / "persons" / "person-11"

    def forms() -> set[str]:
        return {path.name for path in folder.iterdir()} if folder.exists() else set()

    with session_of(root, "build") as session:
        session.build()
        assert forms() == {"index.html", "entry.xml", "entry.txt", "entry.json"}
        (folder / "entry.txt").unlink()
        report = session.build()
        assert (report.pages, report.documents) == (1, 0)
        assert forms() == {"index.html", "entry.xml", "entry.txt", "entry.json"}
        write(root / "register.xml", register(11))
        session.build()
        assert forms() == set()


def test_what_was_reported_is_reported_again(root: Path) -> None:
    change(root / letter_name(3), "</body>", '<p><ref target="javascript:alert(1)">Click</ref></p></body>')
    with session_of(root, "build") as session:
        first = session.build()
    with session_of(root, "build") as session:
        again = session.build()
    assert "refused-link" in {found.rule for found in first.diagnostics}
    assert first.diagnostics == again.diagnostics
    assert again.documents == 0


def test_a_session_takes_up_a_new_configuration_and_new_files(root: Path) -> None:
    with session_of(root, "build") as session:
        session.build()
        settings(root, "Other letters")
        write(root / letter_name(50), letter_of(50, 51))
        report = session.build()
        assert report.documents == LETTERS + 1
        assert session.project.title == "Other letters"
    assert b"Other letters" in (root / "build" / "letter-50" / "index.html").read_bytes()


def test_a_session_goes_on_after_a_build_that_failed(root: Path) -> None:
    with session_of(root, "build") as session:
        session.build()
        write(root / "teipipe.toml", "title = 5")
        with pytest.raises(Exception, match="title must be a string"):
            session.build()
        settings(root)
        assert session.build().documents == 0


def test_what_is_not_out_of_date_when_the_register_can_not_be_prepared(root: Path) -> None:
    more = 'site-url = "https://example.org/"\nstylesheets = "xslt"'
    (root / "xslt").mkdir()
    settings(root, more=more)
    report = built(root, lambda: write(root / "xslt" / "passes" / "20-number.xsl", "no stylesheet"))
    said = {
        str(found.location.path.relative_to(root / "build"))
        for found in report.diagnostics
        if found.rule == "out-of-date"
    }
    assert "register/index.html" in said
    assert "sitemap.xml" not in said
    assert (root / "build" / "sitemap.xml").exists()


def test_force_renders_everything(root: Path) -> None:
    with session_of(root, "build") as session:
        session.build()
        report = session.build(force=True)
    assert (report.documents, report.up_to_date, report.pages_up_to_date) == (LETTERS, 0, 0)
    assert {file.state for file in report.files} == {FileState.UNCHANGED}


def test_a_document_that_failed_is_tried_again(tmp_path: Path, tei: Any, small_stylesheets: Any) -> None:
    small_stylesheets(tmp_path / "xslt")
    write(tmp_path / "teipipe.toml", 'stylesheets = "xslt"\n')
    write(tmp_path / "a.xml", tei("<p>ERROR</p>"))
    write(tmp_path / "b.xml", tei("<p>Words.</p>"))
    with Session(load_project(tmp_path), workers=1) as session:
        first = session.build()
        again = session.build()
    assert (first.documents, again.documents, again.up_to_date) == (2, 1, 1)
    assert first.exit_code == again.exit_code == 2


def test_what_a_finisher_made_stays_while_it_is_left_out_or_fails(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make() -> list[Artefact]:
        if made and made[-1] == "fail":
            raise TeipipeError("no more")
        made.append("")
        return [Artefact("number.txt", str(len(made)).encode())]

    def shares(finished: finishing.Finished) -> list[finishing.Share]:
        return [finishing.Share(make)]

    number = root / "build" / "number.txt"
    finisher = finishing.Finisher("number", lambda finished: str(len(finished.pages)), shares)
    monkeypatch.setattr(finishing, "FINISHERS", (finisher,))
    with session_of(root, "build") as session:
        session.build()
        session.build()
        assert number.read_text() == "1"  # for the same pages it isn't asked again
        write(root / letter_name(50), letter_of(50, 51))
        session.build(without=("number",))
        assert number.read_text() == "1"
        session.build()
        assert number.read_text() == "2"
        made.append("fail")
        (root / letter_name(50)).unlink()
        report = session.build()
        assert number.read_text() == "2"
        assert "no more" in {found.message for found in report.diagnostics}
