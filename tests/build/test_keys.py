"""What files of an edition depend on: the stylesheets that make them, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from tests.build.files import write

from teipipe.build import keys
from teipipe.project import load_project
from teipipe.resources import bundled
from teipipe.stylesheets import APART

XSLT = "{http://www.w3.org/1999/XSL/Transform}"

#: Files among the stylesheets: whose they are, and whether an edition is made by them.
FILES = [
    ("ours", "html.xsl", True),
    ("ours", "html/metadata.xsl", True),
    ("ours", "labels/en.xml", True),
    ("ours", "metadata.xsl", False),
    ("ours", "metadata/record.xsl", False),
    ("ours", "schematron/compile.xsl", False),
    ("ours", "assets/base.css", False),
    ("own", "metadata/form.xsl", True),  # who knows what includes it
    ("own", "assets/own.css", False),
]


def test_an_edition_depends_on_the_stylesheets_that_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {"ours": tmp_path / "ours", "own": tmp_path / "project" / "xslt"}
    for whose, name, _ in FILES:
        write(folders[whose] / name, "before")
    for module in ("teipipe.build.keys", "teipipe.stylesheets"):
        monkeypatch.setattr(f"{module}.bundled", lambda name: folders["ours"])
    project = replace(load_project(folders["own"].parent), stylesheets=folders["own"])
    for whose, name, makes_editions in FILES:
        before = keys.rendering_key(project), keys.stylesheets_key(project)
        write(folders[whose] / name, "after")
        assert (keys.rendering_key(project) != before[0]) == makes_editions, (whose, name)
        assert (keys.stylesheets_key(project) != before[1]) == ("assets/" not in name), (whose, name)


def test_no_other_stylesheet_of_ours_includes_those_that_make_no_page() -> None:
    folder = bundled("xslt").resolve()
    for path in folder.rglob("*.xsl"):
        if path.relative_to(folder).parts[0] in APART:
            continue
        root = etree.parse(path).getroot()
        for other in root.iter(f"{XSLT}include", f"{XSLT}import", f"{XSLT}use-package"):
            included = (path.parent / other.get("href", "")).resolve()
            assert included.relative_to(folder).parts[0] not in APART, path
