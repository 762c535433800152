"""`teipipe deposit verify`: what is proved of a package, what is found in one that was changed, and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.build.files import change, write
from tests.conftest import MakeStylesheets, Teipipe, make_tei
from tests.deposit.bags import checksums_anew, rewrite
from tests.deposit.conftest import MakeProject, tree

from teipipe.build.depositing import deposit_project
from teipipe.build.verified import State, Verified
from teipipe.build.verifying import verify_package
from teipipe.errors import BagError, UnreadableError
from teipipe.project import load_project

#: Valid is what has nothing but paragraphs in its body.
SCHEMA = """
default namespace = "http://www.tei-c.org/ns/1.0"
any = element * - p { attribute * { text }*, (text | any)* } | p
p = element p { attribute * { text }*, (text | any)* }
start = element TEI { attribute * { text }*, element teiHeader { any* },
  element text { element body { element p { text }+ } } }
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_stylesheets: MakeStylesheets) -> Path:
    """A package of two letters, with a schema; it is not to be changed."""
    root = tmp_path_factory.mktemp("made") / "letters"
    small_stylesheets(root / "xslt")
    toml = 'title = "Letters"\ndocuments = ["tei/*.xml"]\nstylesheets = "xslt"\nschema = "schema/letters.rnc"\n'
    write(root / "teipipe.toml", toml)
    write(root / "schema/letters.rnc", SCHEMA)
    write(root / "tei/one.xml", make_tei("<p>First words.</p>", xml_id="one", when="2026-01-02"))
    write(root / "tei/two.xml", make_tei("<p>Other words.</p>", xml_id="two", when="2026-01-02"))
    return package(root, root.parent / "bag")


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "bag"))


def package(root: Path, target: Path, **options: Any) -> Path:
    done = deposit_project(load_project(root), target=target, environment={}, workers=1, **options)
    assert done.written is not None, (done.verdict.diagnostics, done.diagnostics)
    return target


def found(verified: Verified) -> list[tuple[str, str]]:
    """The rules of what was found, with the places from the package on."""
    return [(one.rule, one.location.path.relative_to(verified.path).as_posix()) for one in verified.diagnostics]


def states(verified: Verified) -> list[str]:
    return [step.state.value for step in verified.steps]


PROVED = ["proved"] * 4


def test_all_of_a_package_is_proved(made: Path) -> None:
    verified = verify_package(made, workers=1)
    assert found(verified) == []
    assert states(verified) == PROVED
    assert verified.exit_code == 0
    assert verified.differences == ()


def test_so_it_is_in_an_archive(make_project: MakeProject, tmp_path: Path) -> None:
    verified = verify_package(package(make_project(), tmp_path / "letters.tar"), workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)


def test_a_project_without_configuration_can_be_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "Some Letters"
    folder.mkdir()
    (folder / "one.xml").write_text(make_tei("<p>Words.</p>", xml_id="one", when="2026-01-02"), encoding="utf-8")
    verified = verify_package(package(folder, tmp_path / "bag.zip"), workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)


def test_a_day_that_only_the_environment_knew_is_taken_from_the_package(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project(files={"tei/three.xml": make_tei(xml_id="three")})
    for path in (root / "tei").glob("*.xml"):
        path.write_text(path.read_text(encoding="utf-8").replace(' when="2026-01-02"', ""), encoding="utf-8")
    target = tmp_path / "bag"
    deposit_project(load_project(root), target=target, environment={"SOURCE_DATE_EPOCH": "1700000000"})
    assert json.loads((target / "data" / "deposit.json").read_text(encoding="utf-8"))["date"] == "2023-11-14"
    assert states(verify_package(target)) == PROVED


def test_a_package_after_another_can_be_made_again_but_for_what_has_changed(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project(configuration='[deposit]\nversion = "1"\n')
    first = package(root, tmp_path / "first")
    configuration = root / "teipipe.toml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace('"1"', '"2"'), encoding="utf-8")
    text = root / "tei" / "one.xml"
    text.write_text(text.read_text(encoding="utf-8").replace("First", "Very first"), encoding="utf-8")
    second = package(root, tmp_path / "second", previous=first)
    shutil.rmtree(first)
    verified = verify_package(second, workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)


def test_what_was_found_then_is_told_from_what_is_found_now(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project(
        files={"schema/letters.rnc": SCHEMA}, configuration='schema = "schema/letters.rnc"\n', one="<ab>First</ab>"
    )
    bag = package(root, tmp_path / "bag", allow_findings=True)
    verified = verify_package(bag, workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)
    assert [one.location.path for one in verified.known] == [bag / "data/project/tei/one.xml"]
    rewrite(bag, "project/tei/one.xml", "<ab>First</ab>", "<ab>First</ab><lg/>")
    again = verify_package(bag, rebuild=False)
    assert len(again.known) == 1
    assert len(again.diagnostics) == 1
    assert again.steps[1].state is State.FAILED


def test_what_was_changed_is_found_though_all_checksums_were_made_anew(bag: Path) -> None:
    data = bag / "data"
    (data / "edition/two/index.html").unlink()
    (data / "edition/three.html").write_text("<p>Words.</p>")
    (data / "project/notes.txt").write_text("Words.")
    rewrite(bag, "edition/one/index.html", "First", "Final")
    rewrite(bag, "README.txt", "Letters", "Litters")
    rewrite(bag, "reports/validation.json", '"documents": 2', '"documents": 3')
    verified = verify_package(bag, workers=1)
    assert states(verified) == ["proved", "proved", "failed", "failed"]
    changed = (
        "edition/two/index.html",
        "edition/three.html",
        "edition/one/index.html",
        "README.txt",
        "project/notes.txt",
    )
    assert {("not-reproduced", f"data/{path}") for path in (*changed, "reports/validation.json")} <= set(
        found(verified)
    )
    (finding,) = (one for one in verified.diagnostics if one.location.path.name == "validation.json")
    text = (data / "reports/validation.json").read_text(encoding="utf-8").splitlines()
    assert finding.location.line is not None
    assert '"documents": 3' in text[finding.location.line - 1]


def test_an_edition_of_other_words_is_found(bag: Path) -> None:
    rewrite(bag, "project/tei/one.xml", "First", "Final")
    assert ("not-reproduced", "data/edition/one/index.html") in found(verify_package(bag, workers=1))


#: Contents that can't be worked on, and where that is said.
BROKEN: dict[str, tuple[Callable[[Path], object], tuple[str, str]]] = {
    "a document that isn't valid": (
        lambda data: change(data / "project/tei/two.xml", "<p>Other", "<ab>Other</ab><p>"),
        ("unexpected-element", "data/project/tei/two.xml"),
    ),
    "a document that is none": (
        lambda data: (data / "project/tei/one.xml").write_text("words"),
        ("not-well-formed", "data/project/tei/one.xml"),
    ),
    "a description that is none": (
        lambda data: (data / "deposit.json").write_text("{}"),
        ("unusable-package", "data/deposit.json"),
    ),
    "a report that is none": (
        lambda data: (data / "reports/validation.json").write_text("[1, 2]"),
        ("unusable-package", "data/project"),
    ),
    "a report that is too deep": (
        lambda data: (data / "reports/validation.json").write_text("[" * 100_000),
        ("unusable-package", "data/project"),
    ),
    "a configuration that is none": (
        lambda data: (data / "project/teipipe.toml").write_text("documents = 1"),
        ("unusable-package", "data/project"),
    ),
    "no documents": (
        lambda data: shutil.rmtree(data / "project/tei"),
        ("unusable-package", "data/project"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_contents_that_cannot_be_worked_on_are_named(bag: Path, name: str) -> None:
    break_it, expected = BROKEN[name]
    break_it(bag / "data")
    checksums_anew(bag)
    verified = verify_package(bag, rebuild=False, workers=1)
    assert expected in found(verified)
    assert verified.exit_code == 1
    assert verified.steps[0].state is State.PROVED


def test_a_finding_of_then_that_is_gone_is_named(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project(
        files={"schema/letters.rnc": SCHEMA}, configuration='schema = "schema/letters.rnc"\n', one="<ab>First</ab>"
    )
    bag = package(root, tmp_path / "bag", allow_findings=True)
    rewrite(bag, "project/tei/one.xml", "<ab>First</ab>", "<p>First</p>")
    assert found(verify_package(bag, rebuild=False)) == [("vanished-finding", "data/reports/validation.json")]


def test_a_damaged_package_is_not_looked_into(bag: Path) -> None:
    page = bag / "data" / "edition" / "one" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    verified = verify_package(bag)
    assert verified.exit_code == 1
    assert states(verified) == ["failed", "not done", "not done", "not done"]
    assert {path for _, path in found(verified)} >= {"data/edition/one/index.html"}


def test_a_receipt_finds_what_checksums_cannot(bag: Path) -> None:
    receipt = verify_package(bag, rebuild=False).receipt
    assert verify_package(bag, receipt=receipt, rebuild=False).exit_code == 0
    (bag / "bag-info.txt").write_text(
        (bag / "bag-info.txt").read_text(encoding="utf-8") + "Contact-Name: Nobody\n", encoding="utf-8"
    )
    checksums_anew(bag)
    assert verify_package(bag, rebuild=False).exit_code == 0
    assert verify_package(bag, receipt=receipt, rebuild=False).exit_code == 1


def test_without_rebuilding_the_documents_are_still_judged(bag: Path) -> None:
    rewrite(bag, "project/tei/two.xml", "<p>Other", "<ab>Other</ab><p>")
    verified = verify_package(bag, rebuild=False)
    assert states(verified) == ["proved", "failed", "not done", "not done"]
    assert [path for _, path in found(verified)] == ["data/project/tei/two.xml"]


def test_a_package_of_others_is_checked_as_a_bag_only(tmp_path: Path) -> None:
    import bagit

    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "teipipe.toml").write_text('documents = ["/etc/*.xml"]', encoding="utf-8")
    bagit.make_bag(str(foreign), checksums=["md5", "sha256"])
    verified = verify_package(foreign)
    assert (verified.package, states(verified)) == (None, ["proved"])
    assert any("deposit.json" in remark for remark in verified.remarks)
    assert "MD5 and SHA-256" in verified.steps[0].words


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_medium_that_can_only_be_read_stays_as_it_is(
    make_project: MakeProject, tmp_path: Path, teipipe: Teipipe, kind: str
) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    bag = package(make_project(), medium / ("bag" if kind == "folder" else "bag.zip"))
    before = tree(medium)
    folders = [medium, *(path for path in medium.rglob("*") if path.is_dir())]
    for path in (*folders, *(path for path in medium.rglob("*") if path.is_file())):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = teipipe("deposit", "verify", bag, cwd=tmp_path, environment={"TMPDIR": str(tmp_path)})
        assert done.returncode == 0, done.stdout + done.stderr
        assert tree(medium) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["letters", "medium"]
    finally:
        for path in folders:
            path.chmod(0o755)


def test_a_missing_package_and_something_else_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        verify_package(tmp_path / "none")
    (tmp_path / "text.txt").write_text("words")
    with pytest.raises((UnreadableError, BagError)):
        verify_package(tmp_path / "text.txt")


def test_json_says_it_all(bag: Path, tmp_path: Path, teipipe: Teipipe) -> None:
    rewrite(bag, "edition/one/index.html", "First", "Final")
    done = teipipe("deposit", "verify", "bag", "--format", "json", cwd=tmp_path)
    record = json.loads(done.stdout)
    assert (done.returncode, record["exit"]) == (1, 1)
    assert [step["name"] for step in record["steps"]] == ["package", "documents", "edition", "contents"]
    assert {one["path"] for one in record["differences"]} >= {"data/edition/one/index.html"}
    assert {one["path"] for one in record["diagnostics"]} >= {"bag/data/edition/one/index.html"}
    assert record["package"]["title"] == "Letters"
    assert len(record["receipt"]) == 128


def test_text_says_it_in_words(made: Path, teipipe: Teipipe) -> None:
    done = teipipe("deposit", "verify", "bag", cwd=made.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0].startswith("bag: “Letters”, version 2026-01-02")
    assert done.stdout.count("  proved     ") == 4
    assert done.stdout.endswith("everything in it follows from its sources.\n")
    assert teipipe("deposit", "verify", "bag", "-q", "--no-rebuild", cwd=made.parent).stdout == ""


@pytest.mark.parametrize("receipt", ["3f2a", "g" * 128])
def test_what_is_no_receipt_is_refused(tmp_path: Path, teipipe: Teipipe, receipt: str) -> None:
    done = teipipe("deposit", "verify", "bag", "--receipt", receipt, cwd=tmp_path)
    assert done.returncode == 2
    assert "is no receipt" in done.stderr
