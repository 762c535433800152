"""The languages that dates are known in: TOML files beside this module, or one of the user's own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from teipipe.encode.dates.compiling import compile_language
from teipipe.encode.dates.language import Language
from teipipe.errors import ConfigurationError

_FOLDER: Final = Path(__file__).resolve().parent


def require_language(tag: str, path: Path | None) -> Language:
    """The language in a file, if one is given, or that of a tag; raises ConfigurationError if there is none."""
    return language_of(tag) if path is None else load_language(path)


@cache
def load_language(path: Path) -> Language:
    """The language in a file; raises ConfigurationError, which says where it isn't as it should be."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"can't be read: {error}", path=path) from error
    return parse_language(text, path)


@cache
def language_of(tag: str) -> Language:
    """The language that comes with teipipe for a tag (en, en-GB); raises ConfigurationError if there is none."""
    name = tag.split("-")[0].lower()
    place = _FOLDER / f"{name}.toml"
    if not name.isalpha() or not place.is_file():
        known = ", ".join(sorted(entry.name[:-5] for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")))
        raise ConfigurationError(
            f"there are no dates for the language “{tag}”",
            help=f"languages with dates: {known}; docs/encoding.md says how to add one (--dates)",
        )
    return parse_language(place.read_text("utf-8"), Path(f"{name}.toml"))


def parse_language(text: str, path: Path) -> Language:
    """The language that a text in TOML describes; raises ConfigurationError with the file and the key at fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"isn't TOML: {error}", path=path) from error
    return compile_language(data, path)
