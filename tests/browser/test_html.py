"""Every page of the built edition passes the Nu HTML Checker, warnings included."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY


def test_the_checker_has_nothing_to_say(site: Path) -> None:
    if not shutil.which("java") or not shutil.which("npm"):
        pytest.skip("the Nu HTML Checker needs Java, and npm to get it; make html-conformance says more")
    command = [REPOSITORY / ".ci" / "html-conformance", site]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if run.returncode == 2 or "npm error" in run.stderr:
        pytest.skip(f"the Nu HTML Checker could not be had: {run.stderr.strip()[-200:]}")
    assert run.returncode == 0, run.stderr[-5000:]
    assert "no error, no warning" in run.stdout
