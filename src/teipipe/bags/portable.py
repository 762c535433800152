"""Which names a package can have: those that every system, and all that reads packages, gives back unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from teipipe.bags.containers import MOST_MEMBERS
from teipipe.bags.safety import DEEPEST, LONGEST_NAME, danger, folded

#: Bytes in a path, so that there is room around it.
_MOST_IN_PATH: Final = 1000
#: Packages that are deeper, or have more in them, aren't read: data/ and the folder of an archive lie above all files,
#: and tag files beside them.
_MOST_FOLDERS: Final = DEEPEST - 3
_MOST_MEMBERS: Final = MOST_MEMBERS - 100

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
        self._files: set[str] = set()
        self._folders: set[str] = set()
        #: As they were written, by what systems take for the same.
        self._written: dict[str, str] = {}

    def add(self, paths: Iterable[str]) -> Iterator[Unfit]:
        """Yield which of them can't go into the package beside each other, and beside those before."""
        for path in paths:
            problem = _alone(path) or self._beside(path)
            if problem is not None:
                yield Unfit(path, *problem)

    def _beside(self, path: str) -> tuple[str, str] | None:
        if path in self._files:
            return "comes twice", "give each file a name of its own"
        if path in self._folders:
            return "is the name of a file and of a folder", "rename one of them"
        folder = path.rpartition("/")[0]
        problem = self._enter(folder) or self._take(path)
        if problem is None:
            self._files.add(path)
        return problem

    def _enter(self, folder: str) -> tuple[str, str] | None:
        if not folder or folder in self._folders:
            return None
        if folder in self._files:
            return f"lies below “{folder}”, which is a file", "rename one of them"
        problem = self._enter(folder.rpartition("/")[0]) or self._take(folder)
        if problem is None:
            self._folders.add(folder)
        return problem

    def _take(self, path: str) -> tuple[str, str] | None:
        if len(self._written) >= _MOST_MEMBERS:
            return f"is one more than the {_MOST_MEMBERS:,} files and folders of a package", "make several packages"
        other = self._written.setdefault(folded(path), path)
        if other == path:
            return None
        if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path):
            return (
                f"has the same letters as “{other}”, written with other code points (normal forms of Unicode)",
                "rename one of them: many systems take them for one name",
            )
        return f"differs from “{other}” in capitals only", "rename one of them: many systems take them for one name"


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
