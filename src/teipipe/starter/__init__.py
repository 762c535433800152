"""What a new project starts from: the files that `teipipe new` makes, from those in project/ beside this module."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from teipipe import __version__
from teipipe.errors import ConfigurationError
from teipipe.resources import bundled

__all__ = ["SERVICES", "files", "languages", "problem_of", "title_of"]

_FOLDER: Final = Path(__file__).resolve().parent / "project"

#: What every project has: where a file goes, and where it is kept (under a name that means nothing to git or hatch).
_ALWAYS: Final = {
    "README.md": "README.md",
    "teipipe.toml": "teipipe.toml",
    ".gitignore": "gitignore",
    "tei/letter.xml": "tei/letter.xml",
    "tei/conversation.xml": "tei/conversation.xml",
    "tei/register.xml": "tei/register.xml",
}

#: Services that check and publish what is pushed to them, with the files that tell them how.
SERVICES: Final[Mapping[str, Mapping[str, str]]] = {
    "github": {
        ".github/workflows/validate.yml": "workflows/validate.yml",
        ".github/workflows/pages.yml": "workflows/pages.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab-ci.yml"},
    "none": {},
}

_ABOUT: Final = {
    "github": "| `.github/workflows/` | what GitHub does: checks every push (`validate.yml`), publishes main "
    "(`pages.yml`) |\n",
    "gitlab": "| `.gitlab-ci.yml` | what GitLab does: checks every push, publishes the default branch |\n",
    "none": "",
}

#: The schema is the one that comes with teipipe, so that it can't be out of date.
_SCHEMA: Final = ("teipipe.odd", "teipipe.rng")

#: Categories of Unicode that stand in no line of text: controls, halves of characters, line ends. (Marks that can't be
#: seen, Cf, are needed by some scripts.)
_UNPRINTABLE: Final = ("Cc", "Cs", "Zl", "Zp")

_LONGEST: Final = 255  # bytes that a file system allows
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|&])")
_PLACEHOLDER: Final = re.compile(r"@([A-Z]+)@")


def files(title: str, language: str, service: str) -> dict[str, bytes]:
    """The files of a new project, by their paths (POSIX).

    Raises ConfigurationError for a title that can't be one, or a language that the edition has no words in.
    """
    if not title.strip() or _holds(title, _UNPRINTABLE):
        raise ConfigurationError("the title must be one line of text", help='write --title "…"')
    if language not in languages():
        raise ConfigurationError(
            f"there are no labels in “{language}”", help=f"--language is one of: {', '.join(languages())}"
        )
    values = {
        "TITLE": json.dumps(title, ensure_ascii=False),
        "HEADING": _MARKUP.sub(r"\\\1", title),
        "LANGUAGE": f'language = "{language}"',
        "VERSION": __version__,
        "CI": _ABOUT[service].rstrip(),
    }
    kept = {**_ALWAYS, **SERVICES[service]}
    made = {path: _filled((_FOLDER / name).read_text(encoding="utf-8"), values) for path, name in kept.items()}
    return {
        **{path: f"{text.rstrip()}\n".encode() for path, text in made.items()},
        **{f"schema/{name}": (bundled("schema") / name).read_bytes() for name in _SCHEMA},
    }


def title_of(name: str) -> str:
    """What a project is called whose folder is called `name`."""
    words = re.sub(r"[-_]+", " ", name).strip() or name
    return words[:1].upper() + words[1:]


def problem_of(name: str) -> str | None:
    """Why a folder can't be called so; None if it can."""
    if not name.strip():
        return "the name is empty"
    if "/" in name or "\\" in name:
        return f"“{name}” is a path, not a name"
    if _holds(name, ("Cs",)):
        return "the name is not in UTF-8"
    if _holds(name, (*_UNPRINTABLE, "Cf")):
        return "the name has characters that can't be seen"
    if not (name[0].isalnum() or name[0] == "_"):
        return f"“{name}” doesn't begin with a letter or a digit"
    if name != name.strip() or len(name.encode()) > _LONGEST:
        return "the name ends with a blank" if name != name.strip() else "the name is too long"
    return None


def languages() -> list[str]:
    """The languages in which the edition has words of its own."""
    return sorted(path.stem for path in (bundled("xslt") / "labels").glob("*.xml"))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _holds(text: str, categories: Sequence[str]) -> bool:
    return any(unicodedata.category(sign) in categories for sign in text)
