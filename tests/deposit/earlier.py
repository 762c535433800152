"""Keeps a package as this version makes it, so that later versions are tested with it.

`python -m tests.deposit.earlier` does it, once for each release: none is ever made anew.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path
from unittest import mock

from tests.build.files import write
from tests.conftest import REPOSITORY, make_tei

from teipipe import __version__
from teipipe.build import contents
from teipipe.build.depositing import deposit_project
from teipipe.editions import PASSES
from teipipe.project import load_project

FOLDER = REPOSITORY / "tests" / "cases" / "deposit"

_STYLESHEETS = REPOSITORY / "tests" / "build" / "stylesheets"
_SCHEMA = """
default namespace = "http://www.tei-c.org/ns/1.0"
any = element * { attribute * { text }*, (text | any)* }
start = element TEI { attribute * { text }*, any* }
"""


def make_project(root: Path) -> None:
    """A project of two letters and a register, with stylesheets of its own that show only the words."""
    for path in sorted(_STYLESHEETS.rglob("*")):
        if path.is_file():
            write(root / "xslt" / path.relative_to(_STYLESHEETS), path.read_text(encoding="utf-8"))
    for name in PASSES:
        write(root / "xslt" / "passes" / f"{name}.xsl", (_STYLESHEETS / "pass.xsl").read_text(encoding="utf-8"))
    write(root / "teipipe.toml", 'title = "Letters"\nstylesheets = "xslt"\nschema = "letters.rnc"\n')
    write(root / "letters.rnc", _SCHEMA)
    write(
        root / "tei" / "one.xml",
        make_tei('<p>To <ref target="two.xml">two</ref>.</p>', xml_id="one", when="2026-11-27"),
    )
    write(root / "tei" / "two.xml", make_tei("<p>Words é 語.</p>", xml_id="two", when="2026-11-27"))


def keep(path: Path) -> None:
    """Make the package and compress it."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "letters"
        make_project(root)
        # With all that is ours, it would have two megabytes.
        with (
            mock.patch.object(contents, "bundled", return_value=_STYLESHEETS),
            mock.patch.object(contents, "program", return_value=()),
        ):
            done = deposit_project(load_project(root), target=Path(name) / "bag.tar", environment={})
        if done.written is None:
            raise SystemExit(f"there is no package: {done.verdict.diagnostics} {done.diagnostics}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(done.written.path.read_bytes(), mtime=0))


if __name__ == "__main__":
    target = FOLDER / f"made-by-{__version__}.tar.gz"
    if target.exists():
        sys.exit(f"{target} is there already: raise the version first")
    keep(target)
