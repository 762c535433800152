"""What may stand where in a schema's XML syntax (RELAX NG specification, section 3), as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: Allowed on every element.
COMMON: Final = frozenset({"ns", "datatypeLibrary"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element may hold.

    `required` and `allowed` are its attributes, `trimmed` those around whose values blanks don't count; `children` is
    the key in `CONTENT` of what may stand in it; `least` and `most` count them, without the name class that comes first
    (`has_name_class`) unless there is a `name` attribute.
    """

    required: frozenset[str]
    trimmed: tuple[str, ...]
    allowed: frozenset[str]
    children: str
    least: int
    most: int | None
    has_name_class: bool
    has_text: bool


def _rule(
    *required: str,
    optional: str = "",
    children: str = "",
    least: int = 0,
    most: int | None = None,
    has_name_class: bool = False,
    has_text: bool = False,
) -> Rule:
    allowed = COMMON.union(required, optional.split())
    trimmed = tuple(name for name in ("name", "type", "combine") if name in allowed)
    return Rule(frozenset(required), trimmed, allowed, children, least, most, has_name_class, has_text)


_NAMED: Final = {
    "start": _rule(optional="combine", children="pattern", least=1, most=1),
    "define": _rule("name", optional="combine", children="pattern", least=1),
}

#: One table per place: the elements that may stand there.
CONTENT: Final[dict[str, dict[str, Rule]]] = {
    "": {},
    "pattern": {
        "element": _rule(optional="name", children="pattern", least=1, has_name_class=True),
        "attribute": _rule(optional="name", children="pattern", most=1, has_name_class=True),
        **dict.fromkeys(
            ("group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "list", "mixed"),
            _rule(children="pattern", least=1),
        ),
        **dict.fromkeys(("ref", "parentRef"), _rule("name")),
        **dict.fromkeys(("empty", "text", "notAllowed"), _rule()),
        "value": _rule(optional="type", has_text=True),
        "data": _rule("type", children="data"),
        "externalRef": _rule("href"),
        "grammar": _rule(children="grammar"),
    },
    "data": {"param": _rule("name", has_text=True), "except": _rule(children="pattern", least=1)},
    "name class": {
        "name": _rule(has_text=True),
        "anyName": _rule(children="exception", most=1),
        "nsName": _rule(children="exception", most=1),
        "choice": _rule(children="name class", least=1),
    },
    "exception": {"except": _rule(children="name class", least=1)},
    "grammar": {**_NAMED, "div": _rule(children="grammar"), "include": _rule("href", children="override")},
    "override": {**_NAMED, "div": _rule(children="override")},
}

#: Every element there is.
ELEMENTS: Final = frozenset(name for table in CONTENT.values() for name in table)


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """The question whether another name was meant, None if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(names), n=1, cutoff=0.6)
    return f"did you mean “{near[0]}”?" if near else None
