"""Which files a project consists of, and where its configuration is found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from teipipe.addresses import addresses, slug
from teipipe.diagnostics import Location
from teipipe.errors import ConfigurationError, UnreadableError
from teipipe.folders import match_files
from teipipe.project import load_project


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.xml", ["a.xml", "b.xml"]),
        ("tei/*.xml", ["tei/c.xml"]),
        ("*/*.xml", ["tei/c.xml"]),
        ("**/*.xml", ["a.xml", "b.xml", "tei/c.xml", "tei/deep/d.xml"]),
        ("tei/**/*.xml", ["tei/c.xml", "tei/deep/d.xml"]),
        ("tei/**/d.xml", ["tei/deep/d.xml"]),
        ("[ab].xml", ["a.xml", "b.xml"]),
        ("?.xml", ["a.xml", "b.xml"]),
        ("a.xml", ["a.xml"]),
        ("*.XML", []),
        ("linked/*.xml", []),
        ("nothing/*.xml", []),
        ("nothing.xml", []),
    ],
)
def test_globs(pattern: str, expected: list[str], tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    make(root, "a.xml", "b.xml", "tei/c.xml", "tei/deep/d.xml", ".git/e.xml", "build/f.xml", "build/deep/g.xml")
    make(outside, "h.xml")
    (root / "linked").symlink_to(outside)
    (root / "loop").symlink_to(root)
    found = match_files(root, pattern, root / "build")
    assert [path.relative_to(root).as_posix() for path in found] == expected


def test_links(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    make(root, "a.xml")
    make(outside, "h.xml")
    (root / "in.xml").symlink_to("a.xml")
    (root / "out.xml").symlink_to(outside / "h.xml")
    for configuration in ("", 'documents = ["*.xml"]'):
        (root / "teipipe.toml").write_text(configuration)
        project = load_project(root)
        assert [path.name for path in project.documents] == ["a.xml", "in.xml"]
        assert [(problem.rule, problem.location.path.name) for problem in project.problems] == [
            ("link-out-of-project", "out.xml")
        ]


def test_a_description(tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    assert load_project(tmp_path).description == ""
    (tmp_path / "teipipe.toml").write_text('description = """\nFirst.\n\nSecond,\nin two lines.\n"""')
    assert load_project(tmp_path).description == "First.\n\nSecond,\nin two lines."


@pytest.mark.parametrize(
    ("written", "key", "line"),
    [
        ('description = ["a"]', "description must be a string", 1),
        ('description = ""', "description must be a string", 1),
        ('title = "x"\ndescription = "a\\u0001"', "description has a control character", 2),
        ('title = "\\u0000"', "title has a control character", 1),
        ('title = "x"\n[words]\n"page.documents" = "a\\u001b"', "words has a control character", 2),
        ('title = "x"\n[theme]\nheader = "\\uffff"', "theme has a control character", 2),
    ],
)
def test_words_that_no_page_can_show(written: str, key: str, line: int, tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    (tmp_path / "teipipe.toml").write_text(written)
    with pytest.raises(ConfigurationError, match=key) as caught:
        load_project(tmp_path)
    assert str(caught.value.path).endswith(f"teipipe.toml:{line}")


def test_found_upward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "tei/deep/a.xml", "tei/b.xml")
    (tmp_path / "pyproject.toml").write_text('[tool.teipipe]\ntitle = "Letters"\nschema = "s.rng"')
    (tmp_path / "tei" / "pyproject.toml").write_text('[project]\nname = "not-this-one"')
    monkeypatch.chdir(tmp_path / "tei" / "deep")
    project = load_project()
    assert project.title == "Letters"
    assert project.root == Path("../..")
    assert project.documents == (Path("../../tei/b.xml"), Path("../../tei/deep/a.xml"))
    assert project.schemas == (Path("../../s.rng"),)
    assert project.relative(project.documents[1]) == "tei/deep/a.xml"
    assert load_project(upward=False).documents == (Path("a.xml"),)
    assert load_project(tmp_path / "tei").root == tmp_path


def test_a_bare_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.xml", "deep/b.xml", "build/c.xml", "deep/register.xml")
    (tmp_path / "other.xml").write_text("<html/>")
    (tmp_path / "old.xml").write_text("<TEI.2/>")
    (tmp_path / "no-namespace.xml").write_text("<TEI/>")
    (tmp_path / "empty.xml").write_text("")
    (tmp_path / "register.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff/></TEI>')
    project = load_project(tmp_path)
    names = ["a.xml", "deep/b.xml", "deep/register.xml", "empty.xml", "no-namespace.xml", "old.xml"]
    assert [project.relative(path) for path in project.documents] == names
    assert project.register == tmp_path / "register.xml"
    assert project.schemas == ()
    assert project.configuration is None
    assert project.output == tmp_path / "build"
    assert project.title == tmp_path.name


def test_one_file_without_configuration(tmp_path: Path) -> None:
    make(tmp_path, "a.xml", "b.xml")
    assert load_project(tmp_path, only=[tmp_path / "a.xml"]).documents == (tmp_path / "a.xml",)


def test_the_register_is_no_document(tmp_path: Path) -> None:
    make(tmp_path, "a.xml", "names.xml")
    (tmp_path / "teipipe.toml").write_text('documents = ["*.xml"]\nregister = "names.xml"')
    project = load_project(tmp_path)
    assert [path.name for path in project.documents] == ["a.xml"]
    assert project.register == tmp_path / "names.xml"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/edition/", "https://example.org/edition/"),
        ("https://example.org/edition", "https://example.org/edition/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://xn--mnchen-3ya.example/a%20b/~c", "https://xn--mnchen-3ya.example/a%20b/~c/"),
    ],
)
def test_the_address_of_the_site(written: str, expected: str, tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    (tmp_path / "teipipe.toml").write_text(f'site-url = "{written}"')
    assert load_project(tmp_path).site_url == expected


@pytest.mark.parametrize(
    "written",
    [
        "example.org",
        "//example.org/",
        "https:/example.org",
        "https://",
        "https:///edition/",
        "ftp://example.org/",
        "javascript://example.org/",
        "https://user:word@example.org/",
        "https://example.org/?page=1",
        "https://example.org/#top",
        "https://example.org/a b/",
        "https://example.org/%2",
        "https://example.org/<b>",
        "https://example.org/\\n",
        "https://münchen.example/",
        "https://example.org:port/",
    ],
)
def test_what_is_no_address_of_a_site(written: str, tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    (tmp_path / "teipipe.toml").write_text(f"title = 'x'\nsite-url = '{written}'")
    with pytest.raises(ConfigurationError, match="site-url can't be") as caught:
        load_project(tmp_path)
    assert str(caught.value.path).endswith("teipipe.toml:2")


def test_a_register_behind_a_link_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(root, "a.xml")
    make(tmp_path, "register.xml")
    (root / "register.xml").symlink_to(tmp_path / "register.xml")
    (root / "teipipe.toml").write_text('register = "register.xml"')
    with pytest.raises(ConfigurationError, match="leads out of the project"):
        load_project(root)


def test_no_such_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    with pytest.raises(UnreadableError, match="no such folder"):
        load_project(tmp_path / "nothing")
    with pytest.raises(UnreadableError, match="is a file"):
        load_project(tmp_path / "a.xml")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("letter-1", "letter-1"),
        ("Brief an Müller", "Brief-an-Muller"),
        ("a/../b", "a-..-b"),
        ("..", ""),
        ("회담", ""),
        ("ǆ ﬁ ²", "dz-fi-2"),
        (".hidden", "hidden"),
        ("a\u202eb\0c", "a-b-c"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_addresses() -> None:
    place = Location(Path("x.xml"))
    wanted: list[Any] = ["a", "A", "register", "Nul.txt", "x" * 121, "x" * 120, "***", "***", "index.html", "summary"]
    names, problems = addresses((name, place) for name in wanted)
    assert names == [None, None, None, None, None, "x" * 120, None, None, None, None]
    assert [problem.rule for problem in problems] == [
        "shared-address",
        "shared-address",
        "reserved-address",
        "reserved-address",
        "unusable-address",
        "unusable-address",
        "unusable-address",
        "reserved-address",
        "reserved-address",
    ]


def test_a_file_outside_the_project_has_a_name_all_the_same(tmp_path: Path) -> None:
    make(tmp_path / "root", "a.xml")
    project = load_project(tmp_path / "root")
    assert project.relative(Path(os.sep, "else", "where.xml")) == "where.xml"


def test_an_edition_that_was_built_here_is_no_source(tmp_path: Path) -> None:
    make(tmp_path, "a.xml", "public/a/a.xml", "other/b.xml")
    (tmp_path / "public" / "manifest.json").write_text('{\n "generator": "teipipe 0.1.0"}')
    (tmp_path / "other" / "manifest.json").write_text("{}")
    names = [path.relative_to(tmp_path).as_posix() for path in load_project(tmp_path).documents]
    assert names == ["a.xml", "other/b.xml"]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    make(tmp_path, "a.xml")
    bad = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.xml"))
    bad.write_bytes((tmp_path / "a.xml").read_bytes())
    project = load_project(tmp_path)
    assert project.documents == (tmp_path / "a.xml",)
    assert [(problem.rule, problem.location.path) for problem in project.problems] == [("unreadable-file", bad)]
