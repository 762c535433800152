"""Every file of tests is found when all are asked for: pytest passes over folders by their names."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import REPOSITORY


def test_no_file_of_tests_is_passed_over() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "-p", "no:cacheprovider"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    found = {line.partition("::")[0] for line in listed.splitlines() if "::" in line}
    assert found == {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "tests").rglob("test_*.py")}
