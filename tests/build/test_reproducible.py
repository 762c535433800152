"""The same inputs make the same bytes, wherever, however and by however many workers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

VARIANTS = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "C", "LANG": ""},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"HOME": "/", "SOURCE_DATE_EPOCH": "86400"},
]


@pytest.fixture
def project(tmp_path: Path, tei: Any, small_stylesheets: Any) -> Path:
    root = tmp_path / "one" / "projekt ä"
    root.mkdir(parents=True)
    small_stylesheets(root / "xslt")
    (root / "teipipe.toml").write_text('title = "Letters"\nstylesheets = "xslt"\n', encoding="utf-8")
    for number in range(7):
        body = f"<p>Words “{number}”.</p>" * (number + 1)
        text = tei(body, title=f"Nº {number}", when=f"202{number}-01-01")
        (root / f"letter {number}.xml").write_text(text, encoding="utf-8")
    return root


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_bytes(project: Path, tmp_path: Path, teipipe: Any) -> None:
    assert teipipe("build", "-q", "-j1", cwd=project).returncode == 0
    expected = tree(project / "build")
    assert len(expected) > 60
    moved = tmp_path / "two" / "elsewhere"
    shutil.copytree(project, moved, ignore=shutil.ignore_patterns("build"))
    runs: tuple[tuple[Path, list[str]], ...] = (
        (moved, ["-j3"]),
        (tmp_path, ["-j2", "--project", "two/elsewhere"]),
        (moved, ["-j1"]),
        (moved, []),
        (moved, []),
    )
    for variant, (cwd, options) in zip(VARIANTS, runs, strict=True):
        shutil.rmtree(moved / "build", ignore_errors=True)
        result = teipipe("build", "-q", *options, cwd=cwd, environment=variant)
        assert result.returncode == 0, result.stderr
        assert tree(moved / "build") == expected, f"{variant} {options}"


def test_the_edition_of_this_repository(own_edition: Path, repository: Path, tmp_path: Path, teipipe: Any) -> None:
    """As it is built elsewhere, by other workers, with hashes, a time zone and characters of another kind."""
    options = ["-q", "-j3", "--project", repository, "-o", "two"]
    teipipe("build", *options, cwd=tmp_path, environment={"PYTHONHASHSEED": "2", "TZ": "Asia/Pyongyang", "LC_ALL": "C"})
    assert len(tree(own_edition)) > 25
    assert tree(own_edition) == tree(tmp_path / "two")


def test_permissions_are_those_of_any_new_file(project: Path, teipipe: Any) -> None:
    import subprocess
    import sys

    command = f"umask 022; exec '{sys.executable}' -m teipipe build -q"
    subprocess.run(["sh", "-c", command], cwd=project, check=True, capture_output=True)
    assert {path.stat().st_mode & 0o777 for path in (project / "build").rglob("*") if path.is_file()} == {0o644}


@pytest.mark.parametrize(
    ("when", "epoch", "expected"),
    [
        (["2020-05-01", "2021-02-03"], "", "2021-02-03"),
        (["2020-05-01", ""], "86400", "2020-05-01"),
        (["", "nonsense"], "86400", "1970-01-02"),
        (["", ""], "", ""),
    ],
)
def test_date_of_the_edition(
    when: list[str], epoch: str, expected: str, tmp_path: Path, tei: Any, small_stylesheets: Any
) -> None:
    from teipipe.build.plan import read_inputs
    from teipipe.project import load_project

    for number, date in enumerate(when):
        (tmp_path / f"{number}.xml").write_text(tei(when=date), encoding="utf-8")
    project = load_project(tmp_path)
    assert read_inputs(project).corpus(project, {"SOURCE_DATE_EPOCH": epoch}).date == expected
