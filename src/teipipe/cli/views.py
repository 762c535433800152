"""`teipipe views`: what each view does with each element."""

from __future__ import annotations

import argparse
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_project, project_of

_DESCRIPTION: Final = """\
Print the table of element → rule that every view goes by: the first rule that fits an element holds."""

_EXAMPLES: Final = """\
  teipipe views                 the whole table
  teipipe views supplied add    the rules for these elements"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers,
        "views",
        run,
        summary="show what each view does with each element",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    parser.add_argument("elements", metavar="ELEMENT", nargs="*", help="only the rules for these elements")
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the table, and return the exit status."""
    from teipipe.views import DEFAULT, VIEWS, load_views

    stylesheets = project_of(arguments.project).stylesheets
    views = load_views(stylesheets / "views.xml" if stylesheets is not None else None)
    wanted = [rule for rule in views.rules if not arguments.elements or rule.element in arguments.elements]
    missing = set(arguments.elements) - {rule.element for rule in wanted}
    if missing or not arguments.elements:
        wanted.append(DEFAULT)
    rows = [("ELEMENT", "DISPLAY", *(view.upper() for view in VIEWS), "")]
    rows += [(rule.pattern, rule.display, *(rule.actions[view] for view in VIEWS), rule.remark) for rule in wanted]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    if not arguments.elements:
        print()
        for view in VIEWS:
            print(f"{view}: {views.descriptions[view]}")
    return 0
