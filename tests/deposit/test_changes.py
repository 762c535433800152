"""What has changed since the package before: by content, with places, and from a package that nobody should trust."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY, make_tei
from tests.deposit.before import changes, make_package, package_of
from tests.deposit.conftest import MakeProject

from teipipe.deposit.changes import Changes, require_new_version
from teipipe.deposit.changes_report import as_data, as_text
from teipipe.deposit.package import Tool
from teipipe.deposit.previous import packages
from teipipe.errors import BagError, ConfigurationError, TeipipeError

#: Edits a project after the package before was made of it.
Edit = Callable[[Path], object]

REGISTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc><titleStmt><title>Register</title>'
    "</titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>"
    "</teiHeader><standOff><listPerson>"
    '<person xml:id="anna"><persName type="preferred">Anna</persName><occupation>teacher</occupation></person>'
    '<person xml:id="max"><persName>Max</persName></person>'
    "</listPerson></standOff></TEI>"
)
SCHEMA = (
    'default namespace = "http://www.tei-c.org/ns/1.0"\n'
    "start = element TEI { attribute xml:id { text }?, (head | p)* }\n"
    'p = element p { attribute type { "a" | "b" }?, text }\nhead = element head { text }\n'
)
LETTER = (
    '<head>To Anna</head>\n<p xml:id="p1">It was a fine day in May, and we went to the lake.</p>\n<p>Yours, Max</p>'
)


def replaced(path: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture
def since(make_project: MakeProject, tmp_path: Path) -> Callable[..., Changes]:
    """What has changed in a project of letters after it was edited."""

    def find(*edits: Edit, **other: object) -> Changes:
        files = {
            "register.xml": REGISTER,
            "schema/letters.rnc": SCHEMA,
            "sources/one.txt": "To Anna",
            "tei/one.xml": make_tei(LETTER, xml_id="one", when="2026-01-02"),
        }
        configuration = 'register = "register.xml"\nschema = "schema/letters.rnc"\nsources = "sources"\n'
        root = make_project(files=files, configuration=configuration)
        bag = make_package(root, tmp_path / "before")
        for edit in edits:
            edit(root)
        return changes(bag, root, **other)

    return find


def test_without_an_edit_nothing_has_changed(since: Callable[..., Changes]) -> None:
    found = since()
    assert found.lines == ("nothing has changed since letters-1",)
    assert not found.has_content
    assert found.unchanged == 2
    assert found.receipt == hashlib.sha512(b"tags").hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fine day in May, and", "fine day\n   in   May,\tand"),
        ('<p xml:id="p1">', "<p\n  xml:id='p1'  >"),
        ("<p>Yours", "<!-- no words --><p>Yours"),
        ("Yours, Max", "Yours,<!-- \n --> Max"),
        ("Yours, Max", "Yours, &#77;ax"),
        ("</head>\n<p", "</head>\n\n\n    <p"),
    ],
)
def test_what_has_no_meaning_is_no_change(since: Callable[..., Changes], old: str, new: str) -> None:
    found = since(replaced("tei/one.xml", old, new))
    assert not found.documents
    assert not found.has_content
    assert (found.unchanged, found.rewritten) == (2, 1)
    assert "1 of them written otherwise" in as_text(found)


def test_words_are_told_with_their_place_and_line(since: Callable[..., Changes]) -> None:
    found = since(replaced("tei/one.xml", "a fine day in May", "a rainy day in early May"))
    [document] = found.documents
    assert (document.kind, document.id) == ("changed", "one")
    difference = document.difference
    assert (difference.added, difference.removed, difference.places) == (2, 1, 2)
    first, second = difference.passages
    assert (first.place, first.line, first.was, first.now) == ("#p1", 2, "fine", "rainy")
    assert (first.before, first.after) == ("It was a", "day in early May,")
    assert (second.was, second.now) == ("", "early")
    assert not difference.has_markup
    assert found.lines == ("documents: 1 changed in words (2 added, 1 removed)",)
    assert "− … It was a [fine] day in early May, …" in as_text(found)


def test_a_paragraph_that_is_gone_has_the_line_that_it_had(since: Callable[..., Changes]) -> None:
    found = since(replaced("tei/one.xml", "\n<p>Yours, Max</p>", ""))
    [passage] = found.documents[0].difference.passages
    assert (passage.was, passage.now, passage.line, passage.is_gone) == ("Yours, Max", "", 3, True)
    assert [(one.name, one.before, one.now) for one in found.documents[0].difference.markup] == [("p", 2, 1)]


def test_a_correction_changes_what_is_read_though_the_slip_stays(since: Callable[..., Changes]) -> None:
    found = since(replaced("tei/one.xml", "lake", "<choice><sic>lake</sic><corr>Lake</corr></choice>"))
    difference = found.documents[0].difference
    assert [(one.was, one.now) for one in difference.passages] == [("lake.", "Lake.")]
    assert {one.name for one in difference.markup} == {"choice", "sic", "corr"}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("To Anna", '<persName ref="#anna">To Anna</persName>', {"persName", "persName/@ref"}),
        ('<p xml:id="p1">', '<p xml:id="p1" type="a">', {"p/@type"}),
        ('<p xml:id="p1">', '<p xml:id="p2">', {"p/@xml:id"}),
    ],
)
def test_markup_alone_is_told_as_such(since: Callable[..., Changes], old: str, new: str, named: set[str]) -> None:
    found = since(replaced("tei/one.xml", old, new))
    assert {one.name for one in found.documents[0].difference.markup} == named
    assert not found.documents[0].difference.has_words
    assert found.lines == ("documents: 1 changed in markup only",)


def test_markup_that_has_moved_is_found_though_its_numbers_are_the_same(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project(one="<p>It was <hi>fine</hi> weather.</p>")
    bag = make_package(root, tmp_path / "before")
    replaced("tei/one.xml", "<hi>fine</hi> weather", "fine <hi>weather</hi>")(root)
    found = changes(bag, root)
    assert found.documents[0].difference.is_rearranged
    assert found.lines == ("documents: 1 changed in markup only",)


def test_the_header_is_told_statement_by_statement(since: Callable[..., Changes]) -> None:
    found = since(replaced("tei/one.xml", "<title>A letter</title>", "<title>A long letter</title>"))
    [statement] = found.documents[0].difference.header
    assert (statement.path, statement.was, statement.now) == ("fileDesc/titleStmt/title", "A letter", "A long letter")
    assert found.lines == ("documents: 1 changed in the header only",)


def test_documents_come_go_and_are_called_otherwise(since: Callable[..., Changes]) -> None:
    def rename(root: Path) -> None:
        text = (root / "tei/two.xml").read_text(encoding="utf-8").replace('xml:id="two"', 'xml:id="second"')
        (root / "tei/second.xml").write_text(text, encoding="utf-8")
        (root / "tei/two.xml").unlink()
        (root / "tei/three.xml").write_text(make_tei("<p>New.</p>", xml_id="three"), encoding="utf-8")
        (root / "tei/one.xml").unlink()

    found = since(rename)
    assert {(one.kind, one.id, one.was_id, one.was_path) for one in found.documents} == {
        ("renamed", "second", "two", "tei/two.xml"),
        ("added", "three", "", ""),
        ("removed", "one", "", ""),
    }
    assert found.lines[0] == "documents: 1 added, 1 removed, 1 renamed"


def test_a_document_that_lies_elsewhere_is_renamed(since: Callable[..., Changes]) -> None:
    def move(root: Path) -> None:
        (root / "tei/old").mkdir()
        (root / "tei/two.xml").rename(root / "tei/old/two.xml")

    [document] = since(move).documents
    assert (document.kind, document.was_id, document.was_path) == ("renamed", "", "tei/two.xml")


def test_entries_of_the_register_are_told_fact_by_fact(since: Callable[..., Changes]) -> None:
    found = since(
        replaced("register.xml", "teacher", "doctor"),
        replaced("register.xml", '<person xml:id="max"><persName>Max</persName></person>', ""),
        replaced(
            "register.xml", "</listPerson>", '<person xml:id="eve"><persName>Eve</persName></person></listPerson>'
        ),
    )
    assert [(one.kind, one.id, one.name) for one in found.register] == [
        ("changed", "anna", "Anna"),
        ("added", "eve", "Eve"),
        ("removed", "max", "Max"),
    ]
    [fact] = found.register[0].facts
    assert (fact.path, fact.was, fact.now) == ("occupation", "teacher", "doctor")
    assert not found.register_rest
    assert found.lines == ("entries of the register: 1 added, 1 removed, 1 changed",)


def test_a_register_whose_header_says_something_else_has_changed(since: Callable[..., Changes]) -> None:
    found = since(replaced("register.xml", "<title>Register</title>", "<title>People</title>"))
    assert not found.register
    assert [one.now for one in found.register_rest.header] == ["People"]
    assert found.has_content


def test_a_schema_is_compared_by_what_it_allows(since: Callable[..., Changes]) -> None:
    found = since(
        replaced("schema/letters.rnc", '"a" | "b"', '"a" | "c"'),
        replaced(
            "schema/letters.rnc", "attribute xml:id { text }?,", "attribute xml:id { text }?, attribute n { text }?,"
        ),
        replaced(
            "schema/letters.rnc", "head = element head { text }", "head = element head { text } | element ab { text }"
        ),
    )
    told = {(one.kind, one.what): one.names for one in found.schema}
    assert told == {
        ("added", "element"): ("ab",),
        ("added", "attribute"): ("TEI/@n",),
        ("added", "value"): ("p/@type = c",),
        ("removed", "value"): ("p/@type = b",),
    }


def test_a_schema_that_is_only_written_otherwise_allows_the_same(since: Callable[..., Changes]) -> None:
    found = since(replaced("schema/letters.rnc", "start =", "# where it begins\nstart ="))
    assert not found.schema
    assert found.lines == ("schema: other files, the same elements, attributes and values",)


def test_what_lies_around_the_documents_is_compared_too(since: Callable[..., Changes]) -> None:
    found = since(
        replaced("sources/one.txt", "Anna", "Eve"),
        replaced("teipipe.toml", 'title = "Letters"', 'title = "Some letters"'),
        lambda root: (root / "xslt" / "own.xsl").write_text("<xsl/>", encoding="utf-8"),
        tools=(Tool("teipipe", "2.0", "everything"), Tool("typst", "1", "books")),
    )
    own = {(one.kind, one.group, one.path) for one in found.files if one.group != "teipipe"}
    assert own == {("changed", "sources", "one.txt"), ("added", "stylesheets", "own.xsl")}
    assert [(one.key, one.was, one.now) for one in found.settings] == [("title", '"Letters"', '"Some letters"')]
    assert [(one.name, one.was, one.now) for one in found.tools] == [("teipipe", "1.0", "2.0"), ("typst", "", "1")]


def test_new_tools_are_no_new_content(since: Callable[..., Changes]) -> None:
    found = since(tools=(Tool("teipipe", "2.0", "everything"),))
    assert not found.has_content
    assert found.lines[0] == "nothing has changed by content since letters-1"


def test_another_content_under_the_same_version_is_refused(since: Callable[..., Changes], tmp_path: Path) -> None:
    found = since(replaced("tei/one.xml", "fine", "rainy"))
    package = package_of(tmp_path / "letters")
    with pytest.raises(ConfigurationError, match=r"has changed since the package of version 1 \(documents: 1 changed"):
        require_new_version(found, package)
    require_new_version(found, package_of(tmp_path / "letters", version="2"))


def test_the_same_content_under_the_same_version_is_no_reason_to_refuse(
    since: Callable[..., Changes], tmp_path: Path
) -> None:
    require_new_version(since(), package_of(tmp_path / "letters"))


def test_a_package_of_another_edition_is_refused(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project()
    with pytest.raises(BagError, match="another edition, “diaries”"):
        changes(make_package(root, tmp_path / "a", edition="diaries"), root)
    same = make_package(root, tmp_path / "b", edition="diaries", identifier="10.5072/1")
    assert not changes(same, root, identifier="10.5072/1").has_content


def test_what_is_written_is_what_the_schema_says(since: Callable[..., Changes]) -> None:
    import jsonschema

    found = since(
        replaced("tei/one.xml", "fine", "<hi>rainy</hi>"),
        replaced("tei/one.xml", "A letter", "A long letter"),
        replaced("register.xml", "teacher", "doctor"),
        replaced("schema/letters.rnc", '"a" | "b"', '"a"'),
        replaced("sources/one.txt", "Anna", "Eve"),
        replaced("teipipe.toml", 'title = "Letters"', 'title = "Some letters"'),
        tools=(),
    )
    schema = json.loads((REPOSITORY / "schema" / "formats" / "changes.schema.json").read_text(encoding="utf-8"))
    text, data = list(found.items())
    assert (text.path, data.path) == ("reports/changes.txt", "reports/changes.json")
    assert isinstance(data.source, bytes)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(data.source), schema)
    assert json.loads(data.source) == json.loads(json.dumps(as_data(found)))
    assert max(len(line) for line in as_text(found).splitlines() if found.receipt not in line) <= 100


#: What somebody may have done to a package, and what is said of it.
HOSTILE: dict[str, tuple[Edit, str]] = {
    "no description": (lambda bag: (bag / "data/deposit.json").unlink(), "no package of teipipe's"),
    "description of something else": (lambda bag: (bag / "data/deposit.json").write_text("[]"), "deposit.json"),
    "description nested without end": (
        lambda bag: (bag / "data/deposit.json").write_text("[" * 100_000),
        "deposit.json",
    ),
    "no manifest": (lambda bag: (bag / "manifest-sha256.txt").unlink(), "manifest-sha256.txt"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_package_is_refused(case: str, make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project()
    bag = make_package(root, tmp_path / "before")
    edit, words = HOSTILE[case]
    edit(bag)
    with pytest.raises(TeipipeError, match=words):
        changes(bag, root)


BOMB = (
    "<!DOCTYPE TEI [<!ENTITY a '"
    + "x" * 10_000
    + "'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 20}'>" for old, new in ("ab", "bc", "cd", "de"))
    + "]><TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>&e;</p></body></text></TEI>"
)


@pytest.mark.parametrize(
    "content",
    [
        "<TEI",
        "",
        "\0",
        "<!DOCTYPE TEI SYSTEM 'file:///etc/passwd'><TEI>&x;</TEI>",
        "<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><TEI>&x;</TEI>",
        BOMB,
        "<a>" * 300 + "</a>" * 300,
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><p>{'x ' * 200_000}</p></text></TEI>",
    ],
    ids=["cut off", "empty", "NUL", "external subset", "external entity", "bomb", "deep", "long"],
)
def test_a_document_that_is_no_document_can_t_be_compared_and_no_more(
    content: str, make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project()
    shutil.copyfile(root / "tei/one.xml", root / "register.xml")
    (root / "teipipe.toml").write_text('documents = ["tei/*.xml"]\nregister = "register.xml"\n', encoding="utf-8")
    bag = make_package(root, tmp_path / "before")
    for name in ("tei/one.xml", "register.xml"):
        (bag / "data/project" / name).write_text(content, encoding="utf-8")
    replaced("tei/one.xml", "First words.", "Last words.")(root)
    found = changes(bag, root)
    [document] = found.documents
    assert document.problem.startswith("it can't be compared") or document.difference.has_words
    assert found.has_content
    assert as_text(found)


def test_of_whatever_there_is_too_much_the_first_is_listed_and_the_rest_counted(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project()
    bag = make_package(root, tmp_path / "before")
    many = "".join(f"<item{number}>{number}</item{number}>" for number in range(1000))
    for name, place in (("tei/one.xml", "<p>First"), ("tei/two.xml", "<publicationStmt>")):
        replaced(name, place, f"{place[: place.index('>') + 1]}{many}{place[place.index('>') + 1 :]}")(root)
    one, two = (document.difference for document in changes(bag, root).documents)
    assert (len(one.markup), one.names) == (200, 1000)
    assert (len(two.header), two.statements) == (200, 1000)
    assert len(as_text(changes(bag, root)).splitlines()) < 1500
    assert "… and 800 more" in as_text(changes(bag, root))


def test_a_path_that_leads_out_of_a_package_leads_nowhere(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project()
    secret = tmp_path / "secret.xml"
    secret.write_text(make_tei("<p>Secret.</p>"), encoding="utf-8")
    package = package_of(root)
    bag = make_package(root, tmp_path / "before")
    text = (bag / "data/deposit.json").read_text(encoding="utf-8")
    (bag / "data/deposit.json").write_text(text.replace("tei/one.xml", "../../../secret.xml"), encoding="utf-8")
    replaced("tei/one.xml", "First words.", "Last words.")(root)
    found = changes(bag, root)
    assert "Secret" not in as_text(found)
    assert found.documents[0].problem
    assert package.documents[0].path == "tei/one.xml"


@pytest.mark.parametrize("schema", ["start = ", "\0", 'include "../../../../etc/passwd"', 'start = element a { "x"* '])
def test_a_schema_that_is_none_can_t_be_compared_and_no_more(
    schema: str, make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project(files={"a.rnc": SCHEMA}, configuration='schema = "a.rnc"')
    bag = make_package(root, tmp_path / "before")
    (bag / "data/project/a.rnc").write_text(schema, encoding="utf-8")
    found = changes(bag, root)
    assert found.schema_problem
    assert "schema: can't be compared" in found.lines


@pytest.mark.parametrize(
    "text", ["title = ", "title = 1\nsources = [1]\nschema = {a = 1}", "\xff", "a = " + "[" * 10_000]
)
def test_a_configuration_of_whatever_kind_does_no_harm(text: str, make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project()
    bag = make_package(root, tmp_path / "before")
    (bag / "data/project/teipipe.toml").write_bytes(text.encode("latin-1"))
    assert changes(bag, root).settings


def test_packages_of_an_edition_are_found_the_newest_first(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project()
    folder = tmp_path / "deposits"
    make_package(root, folder / "a", version="1.9")
    make_package(root, folder / "b", version="1.10")
    make_package(root, folder / "c", version="0.1", date="2026-03-01")
    make_package(root, folder / "d", edition="diaries", date="2027-01-01")
    (folder / "no-package").mkdir()
    (folder / "broken.zip").write_bytes(b"PK\3\4")
    shutil.make_archive(str(folder / "e"), "zip", make_package(root, tmp_path / "e", version="2"))
    assert [path.name for path, _ in packages(folder, "letters")] == ["c", "e.zip", "b", "a"]
    assert packages(tmp_path / "nowhere", "letters") == []
