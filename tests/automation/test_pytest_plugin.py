"""The pytest plugin, as those who use it see it: pytest as a process of its own in a small project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ENVIRONMENT

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>
<person xml:id="mikoyan"><persName>Mikoyan</persName></person>
<person xml:id="nobody"><persName>Nobody</persName></person>
</listPerson></standOff></TEI>"""

WITHOUT_US = "import sys; import pytest; pytest.main(['-q', '-p', 'no:cacheprovider']); print(*sys.modules, sep='\\n')"


@pytest.fixture
def project(tmp_path: Path, tei: Any) -> Path:
    (tmp_path / "letters").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "teipipe.toml").write_text('documents = ["letters/*.xml"]\nregister = "register.xml"\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    (tmp_path / "tests" / "test_own.py").write_text("def test_own(): pass\n")
    (tmp_path / "letters" / "good.xml").write_text(
        tei("<p ana='../register.xml#mikoyan'>\n<ref target='foo:1'>x</ref></p>")
    )
    (tmp_path / "letters" / "bad.xml").write_text(
        tei("<p>\n<ref target='#nowhere'>x</ref> <ref target='#no'>y</ref></p>")
    )
    (tmp_path / "register.xml").write_text(REGISTER)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # What others' plugins load takes longer than our tests do.
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *arguments]
    environment = {**ENVIRONMENT, "TEIPIPE_CACHE": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def outcomes(result: subprocess.CompletedProcess[str]) -> dict[str, str]:
    found = re.findall(
        r"^(?:\[gw\d\] \[ *\d+%\] )?(?:(\S+::\S+) )?(PASSED|FAILED|ERROR)(?: (\S+::\S+))?", result.stdout, re.M
    )
    return {first or second: outcome for first, outcome, second in found}


ALL = {
    "letters/bad.xml::teipipe": "FAILED",
    "letters/good.xml::teipipe": "PASSED",
    "register.xml::teipipe": "PASSED",
    "teipipe.toml::teipipe": "PASSED",
}


def test_nothing_happens_unless_it_is_asked_for(project: Path) -> None:
    assert outcomes(run(project, "-v")) == {"tests/test_own.py::test_own": "PASSED"}
    assert outcomes(run(project, "-v", ".")) == {"tests/test_own.py::test_own": "PASSED"}


def test_nothing_is_loaded_unless_it_is_asked_for(project: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_US]
    result = subprocess.run(command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert "1 passed" in result.stdout
    loaded = {name for name in result.stdout.split() if name.partition(".")[0] in ("teipipe", "lxml", "saxonche")}
    assert loaded == {"teipipe", "teipipe.pytest_plugin"}


def test_each_document_is_a_test(project: Path) -> None:
    result = run(project, "-v", "--teipipe")
    assert outcomes(result) == {**ALL, "tests/test_own.py::test_own": "PASSED"}
    assert result.returncode == 1
    for words in (
        "letters/bad.xml:2:14: error[dangling-pointer]",
        "letters/bad.xml:2:45: error[dangling-pointer]",
        "“#nowhere”",
        "TEI document bad.xml",
        # What is found in all documents together is said of the register.
        "register.xml:3: TeiWarning: register.xml:3:17: warning[unmentioned-entry]",
        "letters/good.xml:2: TeiWarning: letters/good.xml:2:14: warning[undeclared-prefix]",
    ):
        assert words in result.stdout
    assert "Traceback" not in result.stdout
    assert "pytest_plugin.py" not in result.stdout


def test_asked_for_in_the_configuration(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\nteipipe_project = .\n")
    assert outcomes(run(project, "-v")) == {**ALL, "tests/test_own.py::test_own": "PASSED"}
    # The project can lie in a folder, and pytest be started elsewhere.
    (project / "inner").mkdir()
    for name in ("letters", "register.xml", "teipipe.toml"):
        (project / name).rename(project / "inner" / name)
    (project / "pytest.ini").write_text("[pytest]\nteipipe_project = inner\n")
    result = run(project / "tests", "-v")
    assert outcomes(result) == {
        **{f"../inner/{name}": outcome for name, outcome in ALL.items()},
        "test_own.py::test_own": "PASSED",
    } or outcomes(result) == {
        **{f"inner/{name}": outcome for name, outcome in ALL.items()},
        "tests/test_own.py::test_own": "PASSED",
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["letters"], {"letters/bad.xml::teipipe", "letters/good.xml::teipipe"}),
        (["letters/good.xml"], {"letters/good.xml::teipipe"}),
        (["letters/bad.xml::teipipe"], {"letters/bad.xml::teipipe"}),
        (["tests"], {"tests/test_own.py::test_own"}),
        (["-k", "bad"], {"letters/bad.xml::teipipe"}),
        (["-k", "teipipe and not bad"], ALL.keys() - {"letters/bad.xml::teipipe"}),
    ],
)
def test_tests_that_are_chosen(project: Path, arguments: list[str], expected: set[str]) -> None:
    result = run(project, "-v", "--teipipe", *arguments)
    assert outcomes(result).keys() == expected
    assert ("bad.xml:2:14" in result.stdout) == ("letters/bad.xml::teipipe" in expected)


@pytest.mark.parametrize("arguments", [[], ["letters"], ["-k", "good or bad"]])
def test_spread_over_processes(project: Path, arguments: list[str]) -> None:
    alone = run(project, "-v", "--teipipe", *arguments)
    spread = run(project, "-v", "--teipipe", "-n2", *arguments)
    assert outcomes(spread) == outcomes(alone)
    assert "bad.xml:2:14: error[dangling-pointer]" in spread.stdout
    assert ("unmentioned-entry" in spread.stdout) == ("unmentioned-entry" in alone.stdout)


def test_the_project_is_validated_once(project: Path) -> None:
    (project / "conftest.py").write_text(
        "import os, teipipe.build.checking as checking\n"
        "original = checking.validate_documents\n"
        "def counting(*arguments, **options):\n"
        "    with open('calls', 'a') as file: file.write('x')\n"
        "    return original(*arguments, **options)\n"
        "checking.validate_documents = counting\n"
    )
    for arguments in ([], ["-n2"]):
        run(project, "--teipipe", *arguments)
        assert (project / "calls").read_text() == "x"
        (project / "calls").unlink()


def test_warnings_can_be_made_to_count(project: Path) -> None:
    result = run(project, "-v", "--teipipe", "-W", "error::teipipe.pytest_plugin.TeiWarning")
    assert outcomes(result)["letters/good.xml::teipipe"] == "FAILED"
    assert "pytest_plugin.py" not in result.stdout


def test_projects_that_can_not_be_used(project: Path) -> None:
    (project / "teipipe.toml").write_text("documents = 1\n")
    result = run(project, "--teipipe")
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "teipipe.toml:1: documents must be a list of globs" in result.stderr
    (project / "teipipe.toml").write_text('documents = ["letters/*.xml"]\nschema = "s.rng"\n')
    (project / "s.rng").write_text("<nothing/>")
    result = run(project, "-v", "--teipipe")
    assert {*outcomes(result).values()} == {"FAILED", "PASSED"}
    assert "s.rng:1:1: this is no schema" in result.stdout
    assert "Traceback" not in result.stdout
    (project / "teipipe.toml").unlink()
    for path in (project / "letters").iterdir():
        path.unlink()
    (project / "register.xml").unlink()
    result = run(project, "--teipipe")
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "there is no TEI document" in result.stderr


def test_a_folder_without_configuration(project: Path, tei: Any) -> None:
    (project / "teipipe.toml").unlink()
    result = run(project, "-v", "--teipipe")
    assert {"letters/bad.xml::teipipe", "register.xml::teipipe"} < outcomes(result).keys()
