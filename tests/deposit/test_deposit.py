"""`teipipe deposit`: what is in a package, when there is none, and what can happen meanwhile."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import unicodedata
from pathlib import Path

import bagit
import pytest
from tests.cli.test_command_lines import here
from tests.conftest import CACHE, ENVIRONMENT, MakeStylesheets, Teipipe, command, make_tei
from tests.deposit.conftest import MakeProject, project_in, tree

from teipipe.build import contents, depositing
from teipipe.build.depositing import Deposited, deposit_project
from teipipe.diagnostics import exit_code
from teipipe.errors import OutputError, TeipipeError, UnreadableError
from teipipe.project import load_project

RNC = 'default namespace = "http://www.tei-c.org/ns/1.0"\ninclude "parts/any.rnc"\nstart = any\n'
ANY = "any = element * { (attribute * { text } | text | any)* }\n"


def payload(bag: Path) -> set[str]:
    return set(tree(bag / "data"))


def deposit(root: Path, target: str | None = "bag") -> Deposited:
    """Make a package in this process, where nothing depends on its being one of its own."""
    path = None if target is None else root / target
    return deposit_project(load_project(root), target=path, workers=1, environment={})


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, small_stylesheets: MakeStylesheets, teipipe: Teipipe
) -> tuple[Path, str]:
    """A project, deposited as it is by default, and what was said then; nobody changes it."""
    root = project_in(tmp_path_factory.mktemp("made"), small_stylesheets)
    done = teipipe("deposit", cwd=root, environment={"TZ": "Asia/Tokyo"})
    assert done.returncode == 0, done.stderr
    return root, done.stdout


def test_a_package_is_a_bag_with_everything_in_it(made: tuple[Path, str]) -> None:
    root, said = made
    bag = root / "deposits" / "Letters-2026-01-02"
    assert f"written   {bag.relative_to(root)}" in said
    assert bagit.Bag(str(bag)).validate()
    names = payload(bag)
    assert {"README.html", "README.txt", "deposit.json", "CITATION.cff", ".zenodo.json"} <= names
    assert {"ro-crate-metadata.json", "metadata/premis.xml", "metadata/datacite.xml", "metadata/datacite.json"} <= names
    assert {"project/teipipe.toml", "project/tei/one.xml", "project/tei/two.xml", "project/xslt/html.xsl"} <= names
    assert {"edition/index.html", "edition/one/one.xml", "edition/manifest.json"} <= names
    assert {"software/xslt/html.xsl", "software/requirements.txt"} <= names
    assert {f"reports/validation.{ending}" for ending in ("txt", "json", "html")} <= names
    assert re.search(r"^receipt   [0-9a-f]{128}$", said, re.MULTILINE)


def test_the_same_project_gives_the_same_bytes(made: tuple[Path, str], tmp_path: Path, teipipe: Teipipe) -> None:
    """Wherever, whenever and by whomever it is deposited; archives of the same files are shown to be the same below."""
    first, said = made
    second = tmp_path / "somewhere else" / "letters"
    shutil.copytree(first, second, ignore=shutil.ignore_patterns("build", "deposits"))
    for path in second.rglob("*"):
        os.utime(path, (1, 1))
    again = teipipe(
        *("deposit", "--project", "letters", "--to", "bag", "--jobs", "1", "--format", "json"),
        cwd=second.parent,
        environment={"TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        umask=0o077,
    )
    assert again.returncode == 0, again.stderr
    assert tree(first / "deposits" / "Letters-2026-01-02") == tree(second.parent / "bag")
    record = json.loads(again.stdout)  # for programs
    assert record["package"] == "bag"
    assert re.findall(r"^receipt   ([0-9a-f]{128})$", said, re.MULTILINE) == [record["receipt"]]
    assert record["files"] == len(payload(second.parent / "bag"))


#: Files of a project, and whether they go into its package.
HOLDINGS: dict[str, tuple[str | bytes, bool]] = {
    "schema/letters.rnc": (RNC, True),
    "schema/parts/any.rnc": (ANY, True),  # the schema includes it
    "schema/other.rnc": (ANY, False),
    "tei/three.xml": (make_tei('<p><graphic url="../images/a%20b.png"/></p>', xml_id="three", when="2026-01-02"), True),
    "images/a b.png": (b"\x89PNG", True),  # a document points at it
    "images/other.png": (b"\x89PNG", False),
    "sources/one.txt": ("A letter None. None. First words.", True),
    "sources/.one.txt.swp": ("left by an editor", False),
    "look/own.css": ("p {}", True),
    "look/logo.svg": ('<svg xmlns="http://www.w3.org/2000/svg"/>', True),
    "LICENSE": ("Free.", True),  # from here on, what is included besides
    "docs/a.md": ("a", True),
    "docs/deep/b.md": ("b", True),
    "docs/old/bagit.txt": ("a package that was made before", False),
    "docs/old/data/x.md": ("x", False),
    "scans/1.tif": (b"II", True),
    "scans/1.txt": ("no", False),
    "scans/my caf\u00e9 (1).tif": (b"II", True),
    "scans/cafe\u0301 noir.tif": (b"II", True),  # as it is written, whatever its normal form
}
CONFIGURATION = """
schema = "schema/letters.rnc"
sources = "sources"
[theme]
css = "look/own.css"
logo = "look/logo.svg"
[deposit]
include = ["LICENSE", "docs", "scans/*.tif"]
"""


def test_what_belongs_to_the_project_is_in_it(make_project: MakeProject) -> None:
    root = make_project(files={name: data for name, (data, _) in HOLDINGS.items()}, configuration=CONFIGURATION)
    (root / "scans" / "linked.tif").symlink_to("1.tif")
    assert deposit(root).written is not None
    bagit.Bag(str(root / "bag")).validate()
    names = payload(root / "bag")
    assert {name for name, (_, is_in) in HOLDINGS.items() if is_in} == {
        name.removeprefix("project/") for name in names if name.removeprefix("project/") in HOLDINGS
    }
    assert not any("build/" in name for name in names)
    assert (root / "bag" / "data" / "project" / "scans" / "linked.tif").read_bytes() == b"II"
    assert not any(path.is_symlink() for path in (root / "bag").rglob("*"))


def test_what_is_wrong_stands_in_the_way_unless_it_is_allowed(make_project: MakeProject, teipipe: Teipipe) -> None:
    root = make_project(one='<p><ref target="#nowhere">here</ref></p>')
    refused = teipipe("deposit", "--to", "bag", cwd=root)
    assert refused.returncode == 1
    assert "dangling-pointer" in refused.stderr
    assert "--allow-findings" in refused.stderr
    assert not (root / "bag").exists()
    environment = {"SOURCE_DATE_EPOCH": "1893456000"}
    allowed = teipipe("deposit", "--to", "bag", "--allow-findings", "-q", cwd=root, environment=environment)
    assert allowed.returncode == 0, allowed.stderr
    assert re.fullmatch(r"[0-9a-f]{128}\n", allowed.stdout)  # all that is wanted of it
    reports = root / "bag" / "data" / "reports"
    notice = "This package was made although there was 1 error"
    assert (reports / "validation.txt").read_text(encoding="utf-8").startswith(notice)
    assert json.loads((reports / "validation.json").read_bytes())["notice"].startswith(notice)
    html = (reports / "validation.html").read_text(encoding="utf-8")
    assert html.index(notice) < html.index("Overview")
    assert bagit.Bag(str(root / "bag")).info["Bagging-Date"] == "2030-01-01"
    assert json.loads((root / "bag" / "data" / "deposit.json").read_bytes())["date"] == "2030-01-01"


def test_a_document_that_cannot_be_read_is_no_mere_finding(make_project: MakeProject) -> None:
    root = make_project(files={"tei/broken.xml": "<TEI>"})
    done = deposit(root)
    assert done.written is None
    assert exit_code(done.verdict.diagnostics) == 1
    assert not (root / "bag").exists()


@pytest.mark.parametrize("there", ["folder", "empty folder", "file", "link"])
def test_nothing_is_overwritten(there: str, make_project: MakeProject) -> None:
    root = make_project()
    target = root / "bag"
    match there:
        case "folder":
            target.mkdir()
            (target / "x").write_text("mine", encoding="utf-8")
        case "empty folder":
            target.mkdir()
        case "file":
            target.write_text("mine", encoding="utf-8")
        case _:
            target.symlink_to("nowhere")
    before = tree(root)
    with pytest.raises(OutputError, match="is there already"):
        deposit(root)
    assert tree(root) == before  # found before the work


#: Names of files that can't go into a package, and what of them is named.
NAMES = {
    "both normal forms": (["scans/caf\u00e9.txt", "scans/cafe\u0301.txt"], "caf"),
    "case alone": (["scans/A.txt", "scans/a.txt"], "A.txt"),
    "a percent sign": (["scans/100%.txt"], "100%.txt"),
    "a line break": (["scans/a\nb.txt"], "a"),
    "very long": ([f"scans/{'/'.join(['d' * 200] * 6)}/x.txt"], "ddd"),
}


@pytest.mark.parametrize("case", NAMES)
def test_names_that_no_package_can_have(case: str, make_project: MakeProject) -> None:
    paths, complaint = NAMES[case]
    root = make_project(files=dict.fromkeys(paths, "x"), configuration='[deposit]\ninclude = ["scans"]')
    before = tree(root)
    with pytest.raises(TeipipeError) as error:
        deposit(root)
    assert complaint in unicodedata.normalize("NFC", str(error.value))
    assert tree(root) == before  # found before the work


def test_a_link_out_of_the_project_does_not_go_along(make_project: MakeProject) -> None:
    root = make_project(configuration='[deposit]\ninclude = ["scans"]', files={"scans/own.txt": "mine"})
    (root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "scans" / "out.txt").symlink_to("../../secret.txt")
    (root / "scans" / "in.txt").symlink_to("own.txt")
    (root / "scans" / "folder").symlink_to("/etc")
    done = deposit(root)
    told = {(one.rule, one.location.path.name) for one in done.diagnostics}
    assert told == {("link-out-of-project", "out.txt"), ("unfollowed-link", "folder")}
    assert exit_code(done.diagnostics) == 2
    assert done.written is None
    assert not (root / "bag").exists()


SCANS = '[deposit]\ninclude = ["scans"]\n'


def start(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**ENVIRONMENT, CACHE: os.environ[CACHE]}
    return subprocess.Popen(
        command("deposit", *arguments), cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_two_at_once_make_one_package(make_project: MakeProject) -> None:
    root = make_project()
    both = [start(root, "--to", "bag"), start(root, "--to", "bag")]
    said = [process.communicate(timeout=120) for process in both]
    assert sorted(process.returncode for process in both) == [0, 2], said
    assert not any(b"Traceback" in errors for _, errors in said)
    bagit.Bag(str(root / "bag")).validate()
    assert not list(root.glob(".*tmp"))


def test_whoever_kills_it_finds_a_whole_package_or_none(make_project: MakeProject) -> None:
    """At two moments; what is written is shown to bear it at every one by the tests of packages themselves."""
    root = make_project(files={f"scans/{n}": os.urandom(200_000) for n in range(20)}, configuration=SCANS)
    for moment in (0, 0.02):
        process = start(root, "--to", "bag")
        while process.poll() is None and not list(root.glob(".*tmp*")):
            time.sleep(0.002)
        time.sleep(moment)
        process.kill()
        process.communicate(timeout=60)
        if (root / "bag").exists():
            bagit.Bag(str(root / "bag")).validate()
            shutil.rmtree(root / "bag")
    assert deposit(root).written is not None
    bagit.Bag(str(root / "bag")).validate()
    assert not list(root.glob(".*tmp*")), "what the killed run left behind is cleared away"


def test_an_interrupted_one_leaves_nothing(make_project: MakeProject) -> None:
    root = make_project(files={f"scans/{n}": os.urandom(300_000) for n in range(30)}, configuration=SCANS)
    process = start(root, "--to", "bag")
    while process.poll() is None and not list(root.glob(".*tmp*")):
        time.sleep(0.002)
    process.send_signal(signal.SIGTERM)  # as Ctrl-C
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert b"Traceback" not in errors
    assert not list(root.glob(".*tmp*"))
    assert (root / "bag").exists() == (process.returncode == 0)


def test_a_folder_that_cannot_be_written_to(make_project: MakeProject) -> None:
    root = make_project()
    with pytest.raises(OutputError) as error:
        deposit_project(load_project(root), target=Path("/proc/bag"))
    assert error.value.path is not None
    assert error.value.path.is_relative_to("/proc")
    assert not (root / "build").exists()  # found before the work


#: What is given to the command, and what it says; exit status 2.
WRONG = {
    "an ending that is none of ours": (["--to", "bag.rar"], "bag.rar"),
    "a compressed tar": (["--to", "bag.tar.gz"], ".tar"),
    "a package before it that isn't there": (["--since", "nothing"], "nothing"),
    "a package before it that is none": (["--since", "tei"], "tei"),
    "an unknown format": (["--format", "xml"], "xml"),
    "one argument too many": (["bag"], "bag"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_arguments(case: str, make_project: MakeProject) -> None:
    arguments, words = WRONG[case]
    root = make_project()
    done = here(["deposit", *arguments], root)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(root.glob("bag*"))


#: What stands under [deposit], and what is said of it.
SETTINGS = {
    "a name that is no name": ('name = "a/b"', "name can't be “a/b”"),
    "a version with a space": ('version = "1 0"', "version can't be “1 0”"),
    "a folder out of the project": ('folder = "../elsewhere"', "leads out of the project"),
    "include out of the project": ('include = ["../*"]', "leads out of the project"),
    "include of nothing": ('include = ["nothing"]', "nothing"),
    "an unknown key": ('organisation = "Us"', "did you mean “organization”?"),
    "a number": ("version = 1", "must be a string"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_wrong_settings(case: str, make_project: MakeProject) -> None:
    line, words = SETTINGS[case]
    root = make_project(configuration=f"[deposit]\n{line}\n")
    with pytest.raises(TeipipeError, match=r"teipipe\.toml") as error:
        deposit(root)
    assert words in f"{error.value} {error.value.help}"


def test_a_file_that_changes_meanwhile_is_named(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the check and the copy, somebody saves a document."""
    root = make_project()
    described = contents.described

    def meanwhile(*arguments: object) -> object:
        made = described(*arguments)  # type: ignore[arg-type]
        (root / "tei" / "one.xml").write_text(make_tei("<p>Later.</p>", xml_id="one"), encoding="utf-8")
        return made

    monkeypatch.setattr(depositing, "described", meanwhile)
    with pytest.raises(UnreadableError, match=r"one\.xml.*changed"):
        deposit(root)
    assert not (root / "bag").exists()
