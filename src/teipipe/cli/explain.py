"""`teipipe explain`: what a rule means, why it matters and what to do."""

from __future__ import annotations

import argparse
import textwrap
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command
from teipipe.errors import TeipipeError

if TYPE_CHECKING:
    from teipipe.rulebook import Rule

_DESCRIPTION: Final = """\
Explain a rule: the name in brackets that every finding carries. Without a name, list them all."""

_EXAMPLES: Final = """\
  teipipe explain dangling-pointer
  teipipe explain                     all rules with one line each"""

_WIDTH: Final = 100


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "explain", run, summary="explain a rule", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("rule", metavar="RULE", nargs="?", help="the name of a rule")


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation, and return the exit status."""
    from teipipe.rules import RULES

    if arguments.rule is None:
        width = max(len(name) for name in RULES)
        for name in sorted(RULES):
            print(f"{name:<{width}}  {RULES[name].summary}")
        return 0
    if arguments.rule not in RULES:
        raise TeipipeError(f"there is no rule “{arguments.rule}”", help=_suggestion(arguments.rule, list(RULES)))
    print(_explanation(RULES[arguments.rule]))
    return 0


def _explanation(rule: Rule) -> str:
    parts = (
        ("", f"{rule.name} ({rule.severity})"),
        ("", f"{rule.summary}."),
        ("why:     ", rule.why),
        ("example: ", rule.example),
        ("remedy:  ", rule.remedy),
    )
    return "\n".join(textwrap.fill(label + text, _WIDTH, subsequent_indent=" " * len(label)) for label, text in parts)


def _suggestion(word: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean “{near[0]}”?" if near else "teipipe explain lists them all"
