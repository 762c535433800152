"""The statement of provenance: a few fields, each a name and a line that people can read too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

#: The fields in their order, by the names that they have in every format.
MADE_WITH: Final = "made-with"
FIELDS: Final = (
    MADE_WITH,
    "edition",
    "file",
    "source",
    "documents",
    "register",
    "facts",
    "settings",
    "stylesheet",
)

#: So many documents are named; of more, their number is said.
NAMED: Final = 20

_SUM: Final = r"sha256:([0-9a-f]{64})"
_SOURCE: Final = re.compile(rf"(?P<path>.+) \((?P<id>[^()]*)\) {_SUM}")
_STYLESHEET: Final = re.compile(rf"(?P<name>.+) {_SUM}")
_ALONE: Final = re.compile(_SUM)
_VERSION: Final = re.compile(r"teipipe ([\w.+-]+)")
#: What ends a field in one of the formats, or can't stand in one of them: it is written as in the path of an address.
_SPECIAL: Final = re.compile("[%|?⟨⟩\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that a file is made from: its id, where it lies in the project (POSIX), SHA-256 of its file."""

    id: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Statement:
    """From what a file of an edition was made, and by what.

    `version` is that of teipipe, `date` that of the edition (ISO), `file` the path in the edition, "" if it isn't part
    of one. `sources` are the documents that it shows as a whole; `documents` names those of which it has only some
    facts (or says how many they are), `register` is the path of the register that it has entries of. `facts` is the
    checksum of all that was taken of the TEI besides the sources, `settings` that of what the project says of itself.
    `stylesheet` is the one that made it, `stylesheets` the checksum of all. What isn't known is "".
    """

    version: str
    date: str = ""
    file: str = ""
    sources: tuple[Origin, ...] = ()
    documents: str = ""
    register: str = ""
    facts: str = ""
    settings: str = ""
    stylesheet: str = ""
    stylesheets: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that it has, each with its name; a "source" for each of the sources."""
        made = [(MADE_WITH, f"teipipe {self.version}"), ("edition", self.date), ("file", _quoted(self.file))]
        made += (("source", f"{_quoted(one.path)} ({one.id}) sha256:{one.sha256}") for one in self.sources)
        made += [("documents", self.documents), ("register", _quoted(self.register))]
        made += (
            (name, value and f"sha256:{value}") for name, value in (("facts", self.facts), ("settings", self.settings))
        )
        made.append(("stylesheet", self.stylesheets and f"{self.stylesheet} sha256:{self.stylesheets}"))
        return tuple((name, value) for name, value in made if value)

    @property
    def line(self) -> str:
        """The statement as one line."""
        return " | ".join(f"{name}: {value}" for name, value in self.fields)


#: What says nothing yet.
NOTHING: Final = Statement("")


def named(documents: Sequence[str]) -> str:
    """The ids of documents, or how many they are."""
    return " ".join(documents) if len(documents) <= NAMED else f"{len(documents)} in all"


def of_line(line: str) -> Statement | None:
    """The statement that a line makes; None if it makes none."""
    return of_fields((name, value) for name, _, value in (part.partition(": ") for part in line.split(" | ")))


def of_fields(fields: Iterable[tuple[str, str]]) -> Statement | None:
    """The statement that fields make, whoever wrote them; None if they don't say what made them.

    What makes no sense is as if it weren't there.
    """
    found: dict[str, str] = {}
    sources: list[Origin] = []
    for name, value in fields:
        if name == "source" and (source := _SOURCE.fullmatch(value)):
            sources.append(Origin(source["id"], unquote(source["path"]), source[3]))
        elif name in FIELDS:
            found.setdefault(name, value)
    version = _VERSION.fullmatch(found.get(MADE_WITH, ""))
    if version is None:
        return None
    stylesheet = _STYLESHEET.fullmatch(found.get("stylesheet", ""))
    return Statement(
        version=version[1],
        date=found.get("edition", ""),
        file=unquote(found.get("file", "")),
        sources=tuple(sources),
        documents=found.get("documents", ""),
        register=unquote(found.get("register", "")),
        facts=_sum(found.get("facts", "")),
        settings=_sum(found.get("settings", "")),
        stylesheet=stylesheet["name"] if stylesheet else "",
        stylesheets=stylesheet[2] if stylesheet else "",
    )


def _sum(value: str) -> str:
    match = _ALONE.fullmatch(value)
    return match[1] if match else ""


def _quoted(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))

    return _SPECIAL.sub(escaped, text)
