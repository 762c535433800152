"""Which names a package can have: those that every system, and all that reads packages, gives back unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from teipipe.bags.containers import MOST_MEMBERS
from teipipe.bags.records import database
from teipipe.bags.safety import DEEPEST, LONGEST_NAME, danger, folded

#: Bytes in a path, so that there is room around it.
_MOST_IN_PATH: Final = 1000
#: Packages that are deeper, or have more in them, aren't read: data/ and the folder of an archive lie above all files,
#: and tag files beside them.
_MOST_FOLDERS: Final = DEEPEST - 3
_MOST_MEMBERS: Final = MOST_MEMBERS - 100

_INSERT: Final = "INSERT OR IGNORE INTO name VALUES (?, ?, ?)"

#: What Windows takes for something else, and a package is to be unpacked there too.
_RESERVED_SIGNS: Final = frozenset('<>:"|?*\\')
_RESERVED_NAMES: Final = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?")
#: Unicode's categories of what ends a line, or can't be seen at all.
_UNSEEN: Final = ("Cc", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Unfit:
    """A path that can't go into a package: why, and what to do about it."""

    path: str
    reason: str
    advice: str


def unfit_folder(name: str) -> str:
    """Why the folder that an archive holds can't be called so, "" if it can."""
    problem = _alone(name)
    return danger(name) if problem is None else problem[0]


class Names:
    """The paths of a package so far, of files and of the folders above them."""

    def __init__(self) -> None:
        #: The path by what systems take for the same.
        self._database = database("CREATE TABLE name (folded TEXT PRIMARY KEY, path TEXT, kind TEXT) WITHOUT ROWID")
        self._number = 0
        self._last = ""  # the folder that was looked at last: the next path mostly has the same

    def add(self, paths: Iterable[str]) -> Iterator[Unfit]:
        """Yield which of them can't go into the package beside each other, and beside those before."""
        for path in paths:
            problem = _alone(path) or self._beside(path)
            if problem is not None:
                yield Unfit(path, *problem)

    def _beside(self, path: str) -> tuple[str, str] | None:
        folder = path.rpartition("/")[0]
        problem = None if folder == self._last else self._enter(folder)
        if problem is not None:
            return problem
        self._last = folder
        return self._take(path, "file")

    def _enter(self, folder: str) -> tuple[str, str] | None:
        return self._enter(folder.rpartition("/")[0]) or self._take(folder, "folder") if folder else None

    def _take(self, path: str, kind: str) -> tuple[str, str] | None:
        """Note a path, if it is new; what is wrong with it beside those before."""
        row = (folded(path), path, kind)
        if self._number < _MOST_MEMBERS and self._database.execute(_INSERT, row).rowcount:
            self._number += 1
            return None
        found = self._database.execute("SELECT path, kind FROM name WHERE folded = ?", row[:1]).fetchone()
        if found is None:
            return f"is one more than the {_MOST_MEMBERS:,} files and folders of a package", "make several packages"
        return _clash(path, kind, *found)


def _clash(path: str, kind: str, other: str, other_kind: str) -> tuple[str, str] | None:
    """What is wrong with two paths that systems take for the same; nothing if it is one folder."""
    if other != path:
        if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path):
            return (
                f"has the same letters as “{other}”, written with other code points (normal forms of Unicode)",
                "rename one of them: many systems take them for one name",
            )
        return f"differs from “{other}” in capitals only", "rename one of them: many systems take them for one name"
    match kind, other_kind:
        case ("folder", "folder"):
            return None
        case ("file", "file"):
            return "comes twice", "give each file a name of its own"
        case ("file", _):
            return "is the name of a file and of a folder", "rename one of them"
        case _:
            return f"lies below “{path}”, which is a file", "rename one of them"


def _alone(path: str) -> tuple[str, str] | None:
    """What is wrong with a path whatever others there are."""
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return "isn't UTF-8", "rename it: packages have names in UTF-8"
    parts = path.split("/")
    if path.startswith("/") or any(part in ("", ".", "..") for part in parts):
        return "is no path inside the package", "name it from data/, without “.” and “..”"
    if size > _MOST_IN_PATH:
        return f"has {size:,} bytes, more than the {_MOST_IN_PATH:,} of a path", "shorten it, or nest it less deeply"
    if len(parts) - 1 > _MOST_FOLDERS:
        return f"lies {len(parts) - 1} folders deep, more than {_MOST_FOLDERS}", "nest it less deeply"
    for part in parts:
        problem = _part(part)
        if problem is not None:
            return problem
    return None


def _part(name: str) -> tuple[str, str] | None:
    if not name.isprintable() and any(unicodedata.category(sign) in _UNSEEN for sign in name):
        return "has a line break or another control character in it", "rename it"
    if len(name) * 4 > LONGEST_NAME and len(name.encode()) > LONGEST_NAME:
        return f"has a name of {len(name.encode()):,} bytes, more than {LONGEST_NAME}", "shorten it"
    if name[0].isspace() or name[-1].isspace():
        return "begins or ends with a space", "take the space away: programs lose it"
    if name[-1] == ".":
        return "ends with a point", "take the point away: Windows does"
    if "%" in name:
        return "has a % in it", "rename it: programs that read packages don't agree on what it stands for"
    if not _RESERVED_SIGNS.isdisjoint(name):
        sign = next(sign for sign in name if sign in _RESERVED_SIGNS)
        return f"has a {sign} in it", "rename it: Windows has no such names"
    if _RESERVED_NAMES.fullmatch(name):
        return "has a name that Windows keeps for a device", "rename it"
    return None
