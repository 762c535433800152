"""`teipipe deposit verify`: what is proved of a package, what is found in one that was changed, and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest
from tests.build.files import change
from tests.cli.test_command_lines import here
from tests.conftest import MakeStylesheets, Teipipe, make_tei
from tests.deposit.bags import checksums_anew, rewrite
from tests.deposit.before import make_package
from tests.deposit.conftest import project_in, tree

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


SCHEMA_OF: Any = {"files": {"schema/letters.rnc": SCHEMA}, "configuration": 'schema = "schema/letters.rnc"\n'}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_stylesheets: MakeStylesheets) -> Path:
    """A package of two letters, with a schema; it is not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    return package(project_in(folder, small_stylesheets, **SCHEMA_OF), folder / "bag")


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "bag"))


def package(root: Path, target: Path, environment: Mapping[str, str] | None = None, **options: Any) -> Path:
    project = load_project(root)
    done = deposit_project(project, target=target, environment=environment or {}, workers=1, **options)
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


def test_so_is_one_in_an_archive_of_a_project_without_configuration(tmp_path: Path) -> None:
    """Nobody says how it is called, nor when it was changed; the clock isn't asked."""
    folder = tmp_path / "Some Letters"
    folder.mkdir()
    (folder / "one.xml").write_text(make_tei("<p>Words.</p>", xml_id="one"), encoding="utf-8")
    verified = verify_package(package(folder, tmp_path / "letters.tar"), workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)
    assert verified.package is not None
    assert (verified.package.title, verified.package.date) == ("Some Letters", "")
    assert verified.package.name == "Some-Letters-1"


@pytest.fixture(scope="module")
def burdened(tmp_path_factory: pytest.TempPathFactory, small_stylesheets: MakeStylesheets) -> Path:
    """A package after another, in spite of a finding, on a day that only the environment knew; not to be changed."""
    folder = tmp_path_factory.mktemp("burdened")
    root = project_in(folder, small_stylesheets, **SCHEMA_OF, one="<ab>First</ab>", two="<p>Other words.</p>")
    for path in (root / "tei").glob("*.xml"):
        change(path, ' when="2026-01-02"', "")
    previous = make_package(root, folder / "before", edition="Letters", version="0")
    change(root / "tei" / "one.xml", "First", "Very first")
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    bag = package(root, folder / "bag", environment, previous=previous, allow_findings=True)
    shutil.rmtree(previous)
    return bag


def test_what_only_the_past_knew_is_taken_from_the_package(burdened: Path) -> None:
    """The day, what has changed since the package before, which is gone, and what was found then."""
    verified = verify_package(burdened, workers=1)
    assert (found(verified), states(verified)) == ([], PROVED)
    assert verified.package is not None
    assert verified.package.date == "2023-11-14"
    assert verified.package.previous
    assert any(remark.startswith("what has changed since letters-1") for remark in verified.remarks)
    assert [one.location.path for one in verified.known] == [burdened / "data/project/tei/one.xml"]


def test_what_was_found_then_is_told_from_what_is_found_now(burdened: Path, tmp_path: Path) -> None:
    bag = Path(shutil.copytree(burdened, tmp_path / "bag"))
    rewrite(bag, "project/tei/one.xml", "</ab>", "</ab><lg/>")
    again = verify_package(bag, rebuild=False)
    assert len(again.known) == 1
    assert len(again.diagnostics) == 1
    assert again.steps[1].state is State.FAILED
    rewrite(bag, "project/tei/one.xml", "<ab>Very first</ab><lg/>", "<p>First</p>")
    assert found(verify_package(bag, rebuild=False)) == [("vanished-finding", "data/reports/validation.json")]


def test_what_was_changed_is_found_though_all_checksums_were_made_anew(bag: Path) -> None:
    data = bag / "data"
    (data / "edition/two/index.html").unlink()
    (data / "edition/three.html").write_text("<p>Words.</p>")
    (data / "project/notes.txt").write_text("Words.")
    rewrite(bag, "edition/one/index.html", "First", "Final")
    rewrite(bag, "project/tei/two.xml", "Other", "Further")
    rewrite(bag, "README.txt", "Letters", "Litters")
    rewrite(bag, "reports/validation.json", '"documents": 2', '"documents": 3')
    verified = verify_package(bag, workers=1)
    assert states(verified) == ["proved", "proved", "failed", "failed"]
    changed = (
        "edition/two/index.html",
        "edition/three.html",
        "edition/one/index.html",
        "edition/two/reading.txt",  # for its document says something else
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


def test_a_damaged_package_is_not_looked_into(bag: Path) -> None:
    page = bag / "data" / "edition" / "one" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    verified = verify_package(bag)
    assert verified.exit_code == 1
    assert states(verified) == ["failed", "not done", "not done", "not done"]
    assert {path for _, path in found(verified)} >= {"data/edition/one/index.html"}


def test_a_receipt_finds_what_checksums_cannot(bag: Path) -> None:
    receipt = sha512((bag / "tagmanifest-sha512.txt").read_bytes()).hexdigest()
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


@contextmanager
def only_read(medium: Path) -> Iterator[None]:
    """Nobody may write there, and in the end it is as it was."""
    before = tree(medium)
    folders = [medium, *(path for path in medium.rglob("*") if path.is_dir())]
    for path in (*folders, *(path for path in medium.rglob("*") if path.is_file())):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
        assert tree(medium) == before
    finally:
        for path in folders:
            path.chmod(0o755)


def test_text_says_it_in_words_of_a_medium_that_can_only_be_read(made: Path, tmp_path: Path, teipipe: Teipipe) -> None:
    shutil.copytree(made, tmp_path / "medium" / "bag")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with only_read(tmp_path / "medium"):
        done = teipipe("deposit", "verify", "medium/bag", cwd=tmp_path, environment={"TMPDIR": str(temporary)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0].startswith("medium/bag: “Letters”, version 2026-01-02")
    assert done.stdout.count("  proved     ") == 4
    assert done.stdout.endswith("everything in it follows from its sources.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["medium", "temporary"]
    assert list(temporary.iterdir()) == []
    assert teipipe("deposit", "verify", "medium/bag", "-q", "--no-rebuild", cwd=tmp_path).stdout == ""


def test_json_says_it_all_of_an_archive_on_a_medium_that_can_only_be_read(
    bag: Path, tmp_path: Path, teipipe: Teipipe
) -> None:
    rewrite(bag, "edition/one/index.html", "First", "Final")
    (tmp_path / "medium").mkdir()
    shutil.make_archive(str(tmp_path / "medium" / "bag"), "zip", tmp_path, "bag")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with only_read(tmp_path / "medium"):
        done = teipipe(
            *("deposit", "verify", "medium/bag.zip", "--format", "json"),
            cwd=tmp_path,
            environment={"TMPDIR": str(temporary)},
        )
    assert list(temporary.iterdir()) == []
    record = json.loads(done.stdout)
    assert (done.returncode, record["exit"]) == (1, 1)
    assert [step["name"] for step in record["steps"]] == ["package", "documents", "edition", "contents"]
    assert {one["path"] for one in record["differences"]} >= {"data/edition/one/index.html"}
    assert {one["path"] for one in record["diagnostics"]} >= {"medium/bag.zip/data/edition/one/index.html"}
    assert record["package"]["title"] == "Letters"
    assert len(record["receipt"]) == 128


def test_a_missing_package_and_something_else_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        verify_package(tmp_path / "none")
    (tmp_path / "text.txt").write_text("words")
    with pytest.raises((UnreadableError, BagError)):
        verify_package(tmp_path / "text.txt")


@pytest.mark.parametrize("receipt", ["3f2a", "g" * 128])
def test_what_is_no_receipt_is_refused(tmp_path: Path, receipt: str) -> None:
    done = here(["deposit", "verify", "bag", "--receipt", receipt], tmp_path)
    assert done.returncode == 2
    assert "is no receipt" in done.stderr
