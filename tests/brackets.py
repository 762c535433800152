"""The table of brackets in docs/encoding.md: the rules that they are told apart by, each with cases of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from tests.profiles import filled

from teipipe.encode.rules import RULES

ROOT: Final = Path(__file__).resolve().parents[1]
CASES: Final = ROOT / "tests" / "encode" / "brackets" / "cases" / "en.toml"
_PART: Final = re.compile(r"(<!-- Made by `make docs`: brackets -->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN: Final = 3


def page() -> str:
    """`docs/encoding.md` with the table as the rules and the cases have it."""
    text = (ROOT / "docs" / "encoding.md").read_text(encoding="utf-8")
    return filled(_PART.sub(lambda match: match[1] + "\n".join(_table()) + "\n" + match[2], text))


def _table() -> list[str]:
    groups: list[dict[str, Any]] = tomllib.loads(CASES.read_text(encoding="utf-8"))["group"]
    rows = ["| rule | what it decides | for instance | becomes |", "| --- | --- | --- | --- |"]
    for rule in RULES.values():
        if rule.kind != "bracket":
            continue
        own = [group for group in groups if group["rule"] == rule.name]
        examples = [_example(text) for group in own for text in group["texts"][: 1 if len(own) > 2 else 2]]
        results = dict.fromkeys(_result(group) for group in own)
        shown, became = ("<br>".join(list(some)[:_SHOWN]) for some in (examples, results))
        rows.append(f"| `{rule.name}` | {rule.text} | {shown} | {became} |")
    return rows


def _example(text: str) -> str:
    """The bracket with the words around it that touch it, or stand next to it."""
    found = re.search(r"(?:\S+\s)?[^\s\[]*\[.*\]\S*(?:\s\S+)?", text)
    return f"`{found[0] if found else text}`".replace("|", "\\|")


def _result(group: dict[str, Any]) -> str:
    result = str(group.get("result", group.get("element", "")))
    name, _, attributes = result.partition(" ")
    if not name:
        return "nothing"
    values = re.findall(r"(\S+?)=(.+?)(?= \S+=|$)", attributes)
    return f"`<{' '.join([name, *(f'{key}={chr(34)}{value}{chr(34)}' for key, value in values)])}>`"
