"""A baseline: the findings that a project has made its peace with for now, so that only new ones count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

from teipipe import __version__
from teipipe.diagnostics import Diagnostic
from teipipe.documents import read_bytes
from teipipe.errors import ConfigurationError, UnreadableError
from teipipe.fingerprints import marks
from teipipe.gates.names import is_final
from teipipe.verdict import Excuse, Excused

#: Grows when what goes into a fingerprint changes, or the form of the file.
VERSION: Final = 1

WRITE_ANEW: Final = "write it anew: teipipe validate --baseline FILE --update-baseline"
_NAME_IT: Final = "name the file that holds it"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known finding: its file, by its path from the project's folder, its rule, and what it is known by.

    See `teipipe.fingerprints`. Only `fingerprint` is compared; the rest is for those who read the file.
    """

    path: str
    rule: str
    element: str
    value: str
    fingerprint: str


def of(diagnostics: Sequence[Diagnostic], root: Path) -> tuple[Entry, ...]:
    """The baseline that knows all these findings, sorted; those that nothing can excuse are left out."""
    excusable = [diagnostic for diagnostic in diagnostics if not is_final(diagnostic)]
    pairs = zip(excusable, marks(excusable, root), strict=True)
    return tuple(
        sorted(Entry(mark.path, found.code, mark.element, mark.value, mark.fingerprint) for found, mark in pairs)
    )


def write(entries: Iterable[Entry]) -> str:
    """The baseline as a JSON document, one line for each finding, so that a diff shows what came and what went."""
    lines = (json.dumps(asdict(entry), ensure_ascii=False) for entry in sorted(entries))
    head = f'{{\n"version": {VERSION},\n"tool": "teipipe {__version__}",\n"findings": ['
    text = head + ",".join(f"\n{line}" for line in lines) + "\n]\n}\n"
    # What of a file's name is no text is written as JSON writes it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read(path: Path) -> tuple[Entry, ...]:
    """The baseline in a file.

    Raises ConfigurationError if there is none, it is no baseline, or one of another version.
    """
    try:
        content: object = json.loads(read_bytes(path))
    except UnreadableError as error:
        raise ConfigurationError(f"the baseline can't be read: {error.message}", path=path, help=WRITE_ANEW) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError("is no baseline of teipipe's", path=path, help=_NAME_IT) from error
    except (ValueError, RecursionError) as error:
        help = f"if a merge has left its marks there, {WRITE_ANEW}"
        raise ConfigurationError(f"the baseline is not JSON: {error}", path=path, help=help) from error
    version = content.get("version") if isinstance(content, dict) else None
    if not isinstance(content, dict) or type(version) is not int or not isinstance(content.get("findings"), list):
        raise ConfigurationError("is no baseline of teipipe's", path=path, help=_NAME_IT)
    if version != VERSION:
        raise ConfigurationError(
            f"is a baseline of version {version}; this teipipe reads version {VERSION}",
            path=path,
            help=f"use the teipipe that wrote it, or {WRITE_ANEW}",
        )
    return tuple(_entry(item, number, path) for number, item in enumerate(content["findings"], 1))


def _entry(item: object, number: int, path: Path) -> Entry:
    values = cast("dict[str, object]", item) if isinstance(item, dict) else {}
    fields = [values.get(name) for name in Entry.__slots__]
    if not all(isinstance(field, str) for field in fields):
        raise ConfigurationError(f"finding {number} of the baseline is none", path=path, help=WRITE_ANEW)
    return Entry(*cast("list[str]", fields))


def apply(
    diagnostics: Sequence[Diagnostic], entries: Iterable[Entry], root: Path
) -> tuple[list[Diagnostic], list[Excused], list[Entry]]:
    """The findings that are new, those that the baseline knows, and what it knows that was not found."""
    known = {entry.fingerprint: entry for entry in entries}
    excusable = [diagnostic for diagnostic in diagnostics if not is_final(diagnostic)]
    pairs = zip(excusable, marks(excusable, root), strict=True) if known else ()
    old = {diagnostic for diagnostic, mark in pairs if known.pop(mark.fingerprint, None)}
    new = [diagnostic for diagnostic in diagnostics if diagnostic not in old]
    return new, [Excused(found, Excuse.BASELINE) for found in diagnostics if found in old], list(known.values())
