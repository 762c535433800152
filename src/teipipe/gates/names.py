"""How options and documents name findings: by their rule, or by the rule, a slash and a schema's own assertion."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from teipipe.diagnostics import Diagnostic, Severity
from teipipe.rules import RULES

#: What says that a document can't be read at all. Not to look at it would not make it any better.
_UNREAD: Final = frozenset(
    {
        "not-well-formed",
        "wrong-encoding",
        "unsupported-xml-version",
        "external-entity",
        "undefined-entity",
        "parameter-entity",
        "circular-entity",
        "entity-bomb",
    }
)


def is_final(diagnostic: Diagnostic) -> bool:
    """Whether nothing can excuse a finding: the file could not be judged; what else is wrong with it is not known."""
    return diagnostic.severity >= Severity.FAILURE or diagnostic.rule in _UNREAD


def is_final_rule(rule: str) -> bool:
    """The same for all findings of a rule."""
    return rule in _UNREAD or (rule in RULES and RULES[rule].severity >= Severity.FAILURE)


def is_pattern(name: str) -> bool:
    """Whether it stands for several names, as "bad-*" does."""
    return any(sign in name for sign in "*?[")


@lru_cache(maxsize=4096)
def covers(name: str, code: str) -> bool:
    """Whether a name or pattern means the finding called `code`; a rule alone means it with all its assertions."""
    return fnmatchcase(code, name) or fnmatchcase(code.partition("/")[0], name)


def unknown(name: str) -> str | None:
    """What to say to somebody who gave a `name` that no rule has; None if there is one that the name or pattern means.

    Assertions are the schemas' own, and not held against anything.
    """
    rule = name.partition("/")[0]
    if any(fnmatchcase(known, rule) for known in RULES):
        return None
    return suggestion(rule)


def suggestion(rule: str) -> str:
    """The rule that was probably meant by a name that none has, or where to find them all."""
    from difflib import get_close_matches

    near = get_close_matches(rule, RULES, n=1, cutoff=0.5)
    return f"did you mean “{near[0]}”?" if near else "teipipe explain lists them all"
