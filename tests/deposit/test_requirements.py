"""Which versions made an edition."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from teipipe.books import Books
from teipipe.deposit.requirements import installed, requirements, tools
from teipipe.project import Project

PROJECT = Project(Path("letters"), "Letters", ())


def test_everything_that_teipipe_needs_is_pinned_to_what_is_installed() -> None:
    lines = requirements(PROJECT).decode().splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith(("#", "--")))
    assert pins["teipipe"] == version("teipipe")
    assert pins["saxonche"] == version("saxonche")
    assert pins["elementpath"] == version("elementpath"), "what its packages need belongs to it"
    assert "pytest" not in pins, "tools of developers made nothing"
    assert list(pins) == sorted(pins)


def test_the_head_says_which_python_and_names_no_machine() -> None:
    import platform

    head = requirements(PROJECT).decode().splitlines()[1]
    assert re.fullmatch(r"# \w+ [\d.]+\S*, \w+, \w+", head)
    assert platform.node() not in head or not platform.node()


def test_the_same_environment_gives_the_same_bytes() -> None:
    assert requirements(PROJECT) == requirements(PROJECT)


def test_tools_are_what_had_a_hand_in_it() -> None:
    names = [tool.name for tool in tools(PROJECT)]
    assert names[0] == "teipipe"
    assert "saxonche" in names
    assert "typst" not in names, "without books in PDF it made nothing"
    with_books = replace(PROJECT, books=Books(formats=("pdf",)))
    assert "typst" in [tool.name for tool in tools(with_books)]


def test_an_extra_counts_only_if_it_is_asked_for() -> None:
    assert dict(installed()).keys() <= dict(installed("dev")).keys()
    assert "ruff" in dict(installed("dev"))
