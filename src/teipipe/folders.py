"""Which files belong to a project: globs and walks that never follow a link out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Final
from xml.parsers import expat

#: What the names of transcriptions end with; of several, the first is the one that a document was made from.
TRANSCRIPTIONS: Final = (".txt", ".text", ".docx")

_TEI: Final = "http://www.tei-c.org/ns/1.0"
_CHUNK: Final = 1 << 16
#: Paths of which it is remembered where they lead from the root of the file system.
_REMEMBERED: Final = 1 << 15


def absolute(path: Path) -> Path:
    """`path` from the root of the file system, without "..", its links left as they are."""
    return _absolute(str(path), "" if path.is_absolute() else os.getcwd())  # noqa: PTH109 (a Path takes long to make)


def absolute_name(path: Path) -> str:
    """The same as text, which takes a tenth of the time: for what is done with every document."""
    text = str(path)
    return os.path.normpath(text if path.is_absolute() else f"{os.getcwd()}{os.sep}{text}")  # noqa: PTH109


@lru_cache(maxsize=_REMEMBERED)
def _absolute(path: str, folder: str) -> Path:
    # Every document is asked for again and again.
    return Path(os.path.normpath(os.path.join(folder, path)))  # noqa: PTH118 (as above)


class Links:
    """Follows links, in each folder once, so that many files take little; not to be kept for long."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def real(self, path: Path) -> str:
        """Where a file really lies."""
        written = str(path)
        real = self._files.get(written)
        if real is None:
            folder, _, name = written.rpartition(os.sep)
            is_plain = folder and name not in ("", ".", "..") and not os.path.islink(written)  # noqa: PTH114 (fast)
            real = f"{self.folder(folder)}{os.sep}{name}" if is_plain else os.path.realpath(written)
            self._files[written] = real
        return real

    def folder(self, folder: str | Path) -> str:
        """Where a folder really lies."""
        key = str(folder)
        if key not in self._folders:
            self._folders[key] = os.path.realpath(folder)
        return self._folders[key]


def is_inside(path: Path, folder: Path, links: Links | None = None) -> bool:
    """Whether `path`, with all its links followed, is `folder` or lies in it."""
    if "\0" in str(path):  # no file has such a name, and functions that are asked for one raise exceptions
        return False
    links = links or Links()
    real, home = links.real(path), links.folder(folder)
    return real == home or real.startswith(home.rstrip(os.sep) + os.sep)


def leads_out(path: Path, root: Path, links: Links | None = None) -> bool:
    """Whether `path` is a link, or lies behind one, that leaves `root`."""
    return not is_inside(path, root, links)


def is_refused(path: Path, root: Path, links: Links | None = None) -> bool:
    """Whether `path` can't be part of the project in `root`: a link that leaves it, or a name that is no text."""
    return leads_out(path, root, links) or not has_readable_name(path)


def in_file_order(paths: Iterable[Path]) -> list[Path]:
    """Sorted as paths are, folder by folder, and much faster where there are many."""
    return sorted(paths, key=lambda path: path.parts)


def has_readable_name(path: Path) -> bool:
    """Whether the name is text: file systems allow any bytes, manifests and links don't."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def match_files(root: Path, pattern: str, output: Path) -> list[Path]:
    """The files below `root` that a glob matches, sorted; `**` stands for any number of folders.

    Folders that are links, hidden ones and the output are not entered; a folder whose own name matches is
    taken for a file that can't be read, so that it is reported.
    """
    parts = PurePosixPath(pattern).parts
    fixed = next((n for n, part in enumerate(parts) if any(sign in part for sign in "*?[")), len(parts))
    if fixed == len(parts):
        path = root / pattern
        return [path] if path.is_file() or (path.is_symlink() and not path.is_dir()) else []
    base = root.joinpath(*parts[:fixed])
    if not is_inside(base, root):
        return []
    rest = parts[fixed:]
    depth = None if "**" in rest else len(rest)
    fits = _pattern(rest)
    return in_file_order(path for path, below in _walk(base, output, depth) if fits(below))


def documents_below(root: Path, output: Path) -> tuple[list[Path], list[Path]]:
    """Every .xml file below `root` that isn't clearly something other than TEI, and those that are refused."""
    found = [path for path, below in _walk(root, output, None) if below[-1].endswith(".xml") and not path.is_dir()]
    links = Links()
    refused = [path for path in found if is_refused(path, root, links)]
    kept = set(found) - set(refused)
    return in_file_order(path for path in kept if may_be_tei(path)), in_file_order(refused)


def register_among(files: list[Path]) -> Path | None:
    """The file named register.xml that holds a standOff: the one nearest to the root, if there are several."""
    candidates = [path for path in files if path.name == "register.xml"]
    for path in sorted(candidates, key=lambda path: (len(path.parts), path)):
        if f"{_TEI}}}standOff" in _names(path, 2):
            return path
    return None


def may_be_tei(path: Path) -> bool:
    """False if the outermost element is readable and not called TEI, as in any edition of TEI.

    A broken file, or one without TEI's namespace, is left for others to report.
    """
    name = outermost_name(path)
    return not name or name.rpartition("}")[2] in ("TEI", "TEI.2", "teiCorpus")


def outermost_name(path: Path) -> str:
    """The name of the outermost element, as "namespace}name"; "" if it can't be read."""
    return next(iter(_names(path, 1)), "")


def _walk(base: Path, output: Path, depth: int | None) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Files (and folders, for those that are named like files) below `base`, with their path from there.

    Hidden folders, links to folders, editions and packages that were made here before are not entered.
    """
    closed = os.path.realpath(output)
    start = len(base.parts)
    for folder, subfolders, files in os.walk(base, followlinks=False):
        here = Path(folder)
        if "bagit.txt" in files or ("manifest.json" in files and _is_edition(here / "manifest.json")):
            subfolders.clear()
            continue
        below = here.parts[start:]
        for name in (*files, *(name for name in subfolders if name.endswith(".xml"))):
            yield here / name, (*below, name)
        if depth is not None and len(below) + 1 >= depth:
            subfolders.clear()
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and not name.endswith(".xml") and os.path.realpath(here / name) != closed
        )


def _is_edition(manifest: Path) -> bool:
    try:
        with manifest.open("rb") as file:
            return b'"generator": "teipipe ' in file.read(_CHUNK)
    except OSError:
        return False


def _pattern(pattern: tuple[str, ...]) -> Callable[[tuple[str, ...]], bool]:
    """What says whether a path fits; of many files in one folder, that is looked at once."""
    if "**" in pattern:
        return lambda path: _matches(path, pattern)
    *above, last = pattern

    @cache
    def has_folder(folders: tuple[str, ...]) -> bool:
        return len(folders) == len(above) and all(map(fnmatchcase, folders, above))

    return lambda path: has_folder(path[:-1]) and fnmatchcase(path[-1], last)


def _matches(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    @cache
    def fits(i: int, j: int) -> bool:
        if j == len(pattern):
            return i == len(path)
        if pattern[j] == "**":
            return fits(i, j + 1) or (i < len(path) and fits(i + 1, j))
        return i < len(path) and fnmatchcase(path[i], pattern[j]) and fits(i + 1, j + 1)

    return fits(0, 0)


class _Enough(Exception):  # noqa: N818 (a signal, not an error)
    """Ends the scan of a file: what was looked for has been seen."""


def _names(path: Path, levels: int) -> list[str]:
    """The outermost element (levels 1), with its children (levels 2), as "namespace}name"; [] if it can't be read."""
    names: list[str] = []
    depth = 0
    parser = expat.ParserCreate(None, "}")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth <= levels:
            names.append(name)
        if levels == 1:
            raise _Enough

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if not os.path.isfile(path):  # noqa: PTH113 (as above; who opens a pipe waits for its writer)
        return names
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
    except (_Enough, expat.ExpatError, OSError, ValueError, LookupError):
        pass
    return names
