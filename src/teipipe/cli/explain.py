"""`teipipe explain`: what rules mean, why they matter and what to do."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command
from teipipe.errors import TeipipeError

if TYPE_CHECKING:
    from teipipe.rulebook import Rule

_DESCRIPTION: Final = """\
Explain rules: the names in brackets that findings carry. Without a name, list them all."""

_EXAMPLES: Final = """\
  teipipe explain dangling-pointer    what it means, why it matters, what to do
  teipipe explain "*-date" bad-id     several
  teipipe explain                     all rules with one line each"""

_WIDTH: Final = 100


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "explain", run, summary="explain rules", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("rules", metavar="RULE", nargs="*", help="the name of a rule, or a pattern for names")


def run(arguments: argparse.Namespace) -> int:
    """Print the explanations, and return the exit status."""
    print(_list() if not arguments.rules else "\n\n".join(_explanations(arguments.rules)))
    return 0


def _list() -> str:
    from teipipe.rules import AREAS, RULES

    width = max(map(len, RULES))
    lines: list[str] = []
    for title, rules in AREAS:
        lines += ["", f"{title}:", *(f"  {rule.name:<{width}}  {rule.severity!s:<7}  {rule.summary}" for rule in rules)]
    return "\n".join(lines[1:])


def _explanations(names: Sequence[str]) -> list[str]:
    """What each of the names means, rules named twice once."""
    from teipipe.gates.names import covers, unknown
    from teipipe.rules import RULES

    found: dict[str, str] = {}
    for name in names:
        advice = unknown(name)
        if advice is not None:
            raise TeipipeError(f"there is no rule “{name}”", help=advice)
        rule, _, assertion = name.partition("/")
        for known in (known for known in RULES.values() if covers(rule, known.name)):
            found.setdefault(f"{known.name}/{assertion}", _explanation(known, assertion))
    return list(found.values())


def _explanation(rule: Rule, assertion: str) -> str:
    own = f"“{assertion}” is a schema's own name for it; the message comes from there, too."
    parts = (
        ("", f"{rule.name}{'/' * bool(assertion)}{assertion} ({rule.severity})"),
        ("", f"{rule.summary}."),
        *([("", own)] if assertion else []),
        ("why:     ", rule.why),
        ("example: ", rule.example),
        ("remedy:  ", rule.remedy),
    )
    return "\n".join(textwrap.fill(label + text, _WIDTH, subsequent_indent=" " * len(label)) for label, text in parts)
