"""Packages of an earlier state of a project, as small as what is read of them allows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.deposit.conftest import tree

from teipipe.bags.reading import open_bag
from teipipe.build.plan import in_order, read_inputs
from teipipe.deposit.changes import Changes, changes_since
from teipipe.deposit.package import Package, Part, Tool
from teipipe.project import load_project
from teipipe.resources import bundled


def package_of(root: Path, **other: Any) -> Package:
    """What a package of the project in a folder says of itself."""
    project = load_project(root, upward=False)
    entries = in_order(found.entry for found in read_inputs(project).inputs)
    package = Package(
        name="letters-1",
        edition="letters",
        version="1",
        title=project.title,
        identifier="",
        date="2026-01-02",
        configuration="project/teipipe.toml",
        register="" if project.register is None else f"project/{project.relative(project.register)}",
        documents=tuple(Part(entry.id, entry.path, entry.sha256, entry.title) for entry in entries),
        stylesheets="",
        tools=(Tool("teipipe", "1.0", "everything"),),
    )
    return replace(package, **other)


def make_package(root: Path, target: Path, **other: Any) -> Path:
    """Write a package of the project in a folder to another one, and return that."""
    files = {f"data/project/{path}": data for path, data in tree(root).items()}
    files["data/deposit.json"] = package_of(root, **other).dump()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items()))
    # Of teipipe's own stylesheets, the checksums are all that is looked at.
    own = {f"data/software/xslt/{path}": data for path, data in tree(bundled("xslt")).items()}
    sums += "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in own.items())
    files |= {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}
    files |= {"manifest-sha256.txt": sums.encode(), "tagmanifest-sha512.txt": b"tags"}
    for path, data in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    return target


def changes(bag: Path, root: Path, **other: Any) -> Changes:
    """What has changed in the project in a folder since a package."""
    with open_bag(bag) as opened:
        return changes_since(opened, load_project(root, upward=False), package_of(root, **{"version": "2", **other}))
