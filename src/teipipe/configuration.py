"""Finds the file that configures a project, which keys it may have, what it says, and where in it a key is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from teipipe.errors import ConfigurationError

#: What a configuration may say.
KEYS: Final = (
    "title",
    "description",
    "documents",
    "register",
    "sources",
    "schema",
    "schematron",
    "phase",
    "ignore",
    "fail-on",
    "unique-ids",
    "odd",
    "output",
    "site-url",
    "stylesheets",
    "language",
    "words",
    "theme",
    "books",
    "deposit",
    "timeout",
    "memory",
)

#: What XML has no room for, and so no page: each by itself, since to compile what all the others are takes ten times as
#: long, at each start.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: What a key may have around it and between its parts.
_UNQUOTED: Final = re.compile("[ \t\"']")


def configuration_in(folder: Path) -> tuple[str, str, Mapping[str, Any]] | None:
    """File name, table and values of the configuration in `folder` itself."""
    own = _load(folder / "teipipe.toml")
    shared = _load(folder / "pyproject.toml")
    table = shared.get("tool", {}).get("teipipe") if shared and isinstance(shared.get("tool"), dict) else None
    if own is not None and table is not None:
        raise ConfigurationError(
            "the project is configured twice",
            path=folder / "teipipe.toml",
            help="keep either this file or [tool.teipipe] in pyproject.toml",
        )
    if own is not None:
        return "teipipe.toml", "", own
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigurationError("tool.teipipe is not a table", path=folder / "pyproject.toml")
    return "pyproject.toml", "tool.teipipe", table


def _load(path: Path) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"can't be read ({error})", path=path) from error
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        where = f":{place[1]}:{place[2]}" if place else ""
        message = str(error)[: place.start()] if place else str(error)
        raise ConfigurationError(f"not TOML: {message[0].lower()}{message[1:]}", path=Path(f"{path}{where}")) from error


def unshowable(values: Mapping[str, Any]) -> str | None:
    """The first key under which there is a character that can't stand on any page."""
    return next((key for key, value in values.items() if any(map(_NOT_IN_XML.search, _strings(value)))), None)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings([*value.keys(), *value.values()])
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def suggestion(key: str, known: Sequence[str]) -> str:
    """What to say about a key that isn't one of those that are `known`."""
    from difflib import get_close_matches

    near = get_close_matches(key.lower().replace("_", "-"), known, n=1, cutoff=0.6)
    some = ", ".join(known[:40]) + (", …" if len(known) > 40 else "")
    return f"did you mean “{near[0]}”?" if near else f"known are: {some}"


def line_of(key: str, table: str, file: Path) -> int | None:
    """The line where `key` ("books", "books.print.paper") is set in a TOML file; tomllib keeps no places.

    If it isn't set on a line of its own, that of what it is part of.
    """
    try:
        places = list(_places(file.read_text(encoding="utf-8")))
    except OSError:
        return None
    while key:
        path = f"{table}.{key}.".lstrip(".")
        line = next((number for name, number in places if f"{name}.".startswith(path)), None)
        if line is not None:
            return line
        key = key.rpartition(".")[0]
    return None


def _places(text: str) -> Iterator[tuple[str, int]]:
    """The tables and keys of a TOML file, each with all that it is part of, and their lines."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = _UNQUOTED.sub("", stripped.strip("[] ").split("]")[0])
            yield current, number
        elif "=" in stripped:
            yield f"{current}.{_UNQUOTED.sub('', stripped.split('=')[0])}".lstrip("."), number
