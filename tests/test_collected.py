"""Every file of tests is found when all are asked for: pytest passes over folders by their names."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import REPOSITORY

#: Has pytest list the files of tests without importing them, which takes as long as all the rest.
LIST = """
import sys
import pytest

class Seen(pytest.Module):
    def collect(self):
        print("found:", self.path.relative_to(self.config.rootpath).as_posix())
        return []

class Lister:
    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(self, module_path, parent):
        return Seen.from_parent(parent, path=module_path)

options = ["--collect-only", "--quiet", "--capture=no", "-p", "no:cacheprovider"]
ended = pytest.main(options, [Lister()])
sys.exit(ended != pytest.ExitCode.NO_TESTS_COLLECTED)
"""


def test_no_file_of_tests_is_passed_over() -> None:
    listed = subprocess.run([sys.executable, "-c", LIST], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    found = {line.removeprefix("found: ") for line in listed.stdout.splitlines() if line.startswith("found: ")}
    assert found == {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "tests").rglob("test_*.py")}
