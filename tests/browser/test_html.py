"""Every page of the built edition, and that of the schema, passes the Nu HTML Checker, warnings included."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import REPOSITORY


def test_the_checker_has_nothing_to_say(site: Path) -> None:
    command = [REPOSITORY / ".ci" / "html-conformance", site, REPOSITORY / "schema" / "teipipe.html"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr[-5000:]  # which says what to install, if the checker can't be had
    assert "no error, no warning" in run.stdout
