"""Which folder of the edition each document gets: the address that readers cite."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

MAX_LENGTH: Final = 120

#: Taken by the edition itself: on its highest level, or beside the file that has a document's own name in its folder.
_OURS: Final = frozenset(
    [
        "assets",
        "chronology",
        "cite",
        "documents",
        "downloads",
        "figures",
        "interventions",
        "principles",
        "register",
        "search",
        "404.html",
        "cite.csl",
        "feed.xml",
        "index.html",
        "manifest.json",
        "robots.txt",
        "sitemap.xml",
        "summary",
    ]
)
#: Taken by Windows, with any extension.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
_OTHERS: Final = re.compile(r"[^A-Za-z0-9._-]+")


def slug(name: str) -> str:
    """`name` in the characters that an address may have: diacritics dropped, anything else a hyphen; maybe ""."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return _OTHERS.sub("-", plain).strip("-._")


def folder_name(name: str) -> str:
    """The slug of `name` as the name of a folder on any system; maybe ""."""
    short = slug(name)[:MAX_LENGTH].rstrip("-._")
    return f"entry-{short}" if _is_device(short.casefold()) else short


def addresses(documents: Iterable[tuple[str, Location]]) -> tuple[list[str | None], list[Diagnostic]]:
    """The folder names for documents, each given by its identifier and the place to complain about.

    None stands for a document that can't have one; the diagnostics say why.
    """
    wanted = list(documents)
    names = [slug(identifier) for identifier, _ in wanted]
    problems = [_problem(identifier, name, where) for (identifier, where), name in zip(wanted, names, strict=True)]
    problems = [problem or shared for problem, shared in zip(problems, _shared(wanted, names), strict=True)]
    return (
        [None if problem else name for name, problem in zip(names, problems, strict=True)],
        [problem for problem in problems if problem],
    )


def _problem(identifier: str, name: str, where: Location) -> Diagnostic | None:
    if not name:
        return finding(
            "unusable-address",
            f"“{identifier}” has no letter or digit that a folder name may have",
            where,
            "give TEI an xml:id of letters a to z, digits and hyphens",
        )
    if len(name) > MAX_LENGTH:
        return finding(
            "unusable-address",
            f"“{identifier[:40]}…” is longer than {MAX_LENGTH} characters",
            where,
            "give TEI a shorter xml:id",
        )
    folded = name.casefold()
    if folded in _OURS:
        return finding("reserved-address", f"“{name}” is a name that the edition uses itself", where)
    if _is_device(folded):
        return finding("reserved-address", f"“{name}” is no file name on Windows", where)
    return None


def _is_device(name: str) -> bool:
    return name.split(".")[0] in _DEVICES


def _shared(wanted: Sequence[tuple[str, Location]], names: Sequence[str]) -> list[Diagnostic | None]:
    holders: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        holders.setdefault(name.casefold(), []).append(index)
    problems: list[Diagnostic | None] = [None] * len(names)
    for name, indices in holders.items():
        for index in indices if name and len(indices) > 1 else ():
            others = [wanted[other][1] for other in indices if other != index]
            problems[index] = finding(
                "shared-address",
                f"“{names[index]}” is the address of another document too",
                wanted[index][1],
                "give each TEI an xml:id of its own",
                related=tuple((_start(other.path), "the other one") for other in others),
            )
    return problems


def _start(path: Path) -> Location:
    return Location(path, 1, 1)
