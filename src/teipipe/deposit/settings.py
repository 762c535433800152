"""What a project says of its deposits: the table `deposit` of its configuration; the rest stands in the TEI headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Final

from teipipe.tables import Reader, Table

#: What folders of packages may be called: what every file system and every archive takes.
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Deposit:
    """What no header says of a package; all "" if it isn't said.

    `name` is what packages are called, without the version; `version` is that of the edition; `identifier` is the
    edition's own (a DOI, an address, a URN). `organization`, `address`, `contact`, `email` and `phone` say who sends
    it; `group` is what packages that belong together have in common (Bag-Group-Identifier). `folder` is where they
    go, from the root of the project. `include` are further paths of the project that go along: files, folders, globs.
    """

    name: str = ""
    version: str = ""
    identifier: str = ""
    organization: str = ""
    address: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    group: str = ""
    folder: str = "deposits"
    include: tuple[str, ...] = ()


#: Those of a project that says nothing of them.
NO_DEPOSIT: Final = Deposit()

#: What the table may say.
KEYS: Final = tuple(field.name for field in fields(Deposit))


def read(table: object, reader: Reader) -> Deposit:
    """The deposits that the table of this name in a configuration describes; raises ConfigurationError."""
    found = Table(table, "deposit", KEYS, reader)
    for key in ("name", "version"):
        value = found.text(key, "")
        if value and not _NAME.fullmatch(value):
            raise found.error(
                f"{key} can't be “{value}”",
                "it becomes part of a file's name: at most 100 letters A to Z, digits, points, hyphens, underscores",
                key,
            )
    folder = found.text("folder", "deposits")
    reader.inside("deposit.folder", folder)
    include = found.texts("include")
    for path in include:
        reader.inside("deposit.include", path)
    texts = {key: found.text(key, "") for key in KEYS if key not in ("folder", "include")}
    return Deposit(**texts, folder=folder, include=include)
