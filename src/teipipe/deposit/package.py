"""What is known of a package before its files are copied, and what it says of itself for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from teipipe.deposit.layout import FORMAT
from teipipe.errors import BagError


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the edition: its id, where it lies in the project (POSIX), SHA-256 of its file, its title."""

    id: str
    path: str
    sha256: str
    title: str


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that took part in making the package: "teipipe", "saxonche", …; what for, in which version."""

    name: str
    version: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says of itself in deposit.json.

    `name` is that of its folder (without .zip or .tar); `edition` that of all packages of this edition, and `version`
    which one it is; `title` that of the edition, `identifier` its own one, "" if it has none. `date` is the day that
    stands for the deposit (ISO; see `date_of`), "" if nothing says one. `configuration` is where the project's
    configuration lies in it, "" if it has none; `register` likewise. `documents` are in the order of the edition.
    `stylesheets` is the checksum of all stylesheets together, `code` that of teipipe's own code, by which two states
    of one version are told apart; `tools` is what made it. `findings` counts what was
    found by severity when it was made. `previous` is the receipt of the package before this one, "" if there was none.
    """

    name: str
    edition: str
    version: str
    title: str
    identifier: str
    date: str
    configuration: str
    register: str
    documents: tuple[Part, ...]
    stylesheets: str
    tools: tuple[Tool, ...]
    findings: tuple[tuple[str, int], ...] = ()
    previous: str = ""
    code: str = ""
    format: int = FORMAT

    def dump(self) -> bytes:
        """The package as JSON, in UTF-8."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def load(data: bytes) -> Package:
    """What a deposit.json says; of a later format, what this version knows of it. Raises BagError if it is none."""
    try:
        record: dict[str, Any] = json.loads(data)
        texts = {name: _text(record.get(name, "")) for name in _TEXTS}
        return Package(
            **texts,
            documents=tuple(
                Part(*(_text(one[name]) for name in ("id", "path", "sha256", "title"))) for one in record["documents"]
            ),
            tools=tuple(
                Tool(*(_text(one[name]) for name in ("name", "version", "purpose"))) for one in record["tools"]
            ),
            findings=tuple((_text(name), int(number)) for name, number in record.get("findings", ())),
            format=int(record["format"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BagError(f"its deposit.json is none of teipipe's ({error})") from error


_TEXTS: Final = (
    "name",
    "edition",
    "version",
    "title",
    "identifier",
    "date",
    "configuration",
    "register",
    "stylesheets",
    "previous",
    "code",
)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value
