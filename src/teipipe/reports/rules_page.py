"""The page of all rules, docs/rules.md, made from the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule
from teipipe.rules import AREAS

_SEVERITIES: Final = {
    Severity.FAILURE: "a failure: the file could not be judged",
    Severity.ERROR: "an error",
    Severity.WARNING: "a warning",
    Severity.INFO: "a remark",
}

_HEAD: Final = """\
# Rules

Every finding of teipipe names its rule: `file:line:column: severity[rule] message`. This page lists them all;
`teipipe explain RULE` shows one. Made by `make docs` from the registry in `src/teipipe/rulebook/`.

The exit status is 0 if there are at most warnings, 1 if there are errors, 2 if something could not be judged.
"""


def rules_page() -> str:
    """The page in Markdown."""
    return "\n".join((_HEAD, *_contents(), *(line for title, rules in AREAS for line in _part(title, rules))))


def _contents() -> Iterator[str]:
    for title, rules in AREAS:
        links = ", ".join(f"[{rule.name}](#{rule.name})" for rule in rules)
        yield f"- {title}: {links}"
    yield ""


def _part(title: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield f"## {title}\n"
    for rule in rules:
        yield f"### {rule.name}\n"
        yield f"{_escaped(rule.summary)}. {_SEVERITIES[rule.severity].capitalize()}.\n"
        yield f"- Why: {_escaped(rule.why)}"
        yield f"- Example: {_example(rule.example)}"
        yield f"- Remedy: {_escaped(rule.remedy)}\n"


def _escaped(text: str) -> str:
    for sign in ("\\", "<", "*", "_", "`"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _example(text: str) -> str:
    """Code as code, words as words."""
    return f"`{text}`" if any(sign in text for sign in "<>=&@") and "`" not in text else _escaped(text)
