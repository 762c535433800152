"""Inside a worker: gives up, for good, all that the process does not need: writing, connecting, reading anything else.

Through Landlock, which any process may use on itself on Linux 5.13 and later (`man 7 landlock`; the kernel's
userspace-api/landlock). Each version of its interface restricts more; what this kernel doesn't know is left out.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

#: The three system calls have the same numbers on every architecture that Python runs on.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS

_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
_CUT_OFF: Final = 1 << 14
#: Of these, what there is on a file; all others are about folders.
_ON_FILES: Final = _WRITE_FILE | _READ_FILE | _CUT_OFF

#: How many rights over files there are to be taken away, from each version on: execute, write, read, list, make and
#: remove; link to another folder (2); cut off (3); control devices (5). Each right is one bit.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 5: 16}
#: From version 4 on: listening and connecting by TCP.
_NETWORK_RIGHTS: Final = {4: 2}
#: From version 6 on: abstract sockets of others, signals to others.
_SCOPES: Final = {6: 2}

#: What native libraries and Python read of a system: other libraries, time zones, locales, randomness, themselves.
_SYSTEM: Final = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/proc/cgroups",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
    # urllib, by which xmlschema opens even local files, asks the first of these that is there.
    "/etc/mime.types",
    "/etc/httpd/mime.types",
    "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/etc/mime.types",
)

#: An entry of sys.path is readable if one of these lies there: it may also be a folder where somebody works.
_PACKAGES: Final = ("teipipe", "lxml", "saxonc", "xmlschema", "elementpath", "typst")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # Python 3.13 and later want this said with _pack_
    _fields_ = (("rights", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


def version() -> int:
    """Which version of Landlock's interface this kernel offers; 0 if there is none, or it is switched off."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def restrict(readable: Iterable[Path]) -> bool:
    """Let this process only read these folders and files, Python, and the libraries of the system.

    What lies directly in one of the folders and is hidden stays unreadable: versions, credentials, settings of editors.
    Nothing can be written (but to the null device), made or removed; nothing be run; no connection made or awaited by
    TCP; what is open stays open. There is no way back. False if Landlock is not available; raises OSError if it is and
    yet refuses.
    """
    offered = version()
    if not offered:
        return False
    handled = _Ruleset(_bits(_FILE_RIGHTS, offered), _bits(_NETWORK_RIGHTS, offered), _bits(_SCOPES, offered))
    ruleset = _checked(_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    try:
        rules = _Rules(ruleset)
        for needed in (*_SYSTEM, *_python()):
            rules.allow(needed)
        # SaxonC's messages are sent there.
        rules.allow(os.devnull, _ON_FILES & handled.files)
        for path in readable:
            rules.allow_visible(path)
        if _library().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "new privileges can't be renounced")
        _checked(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _bits(rights: dict[int, int], offered: int) -> int:
    return (1 << max((count for since, count in rights.items() if since <= offered), default=0)) - 1


def _python() -> Iterator[str]:
    """Where modules may still have to be loaded from, with the libraries that they need."""
    yield os.path.dirname(os.__file__)  # noqa: PTH120 (as all here: pathlib takes longer than what is done with it)
    yield os.path.join(sys.base_prefix, "lib")  # noqa: PTH118
    for entry in sys.path:
        if entry.endswith(".zip") or any(os.path.exists(os.path.join(entry, name)) for name in _PACKAGES):  # noqa: PTH110, PTH118
            yield entry


class _Rules:
    """Adds to a set of rules what may be read. There can be one for each of many thousand documents."""

    def __init__(self, ruleset: int) -> None:
        self._ruleset = ruleset
        self._rule = _PathBeneath(0, 0)
        prototype = ctypes.CFUNCTYPE(
            ctypes.c_long, *[ctypes.c_long] * 3, ctypes.c_void_p, ctypes.c_long, use_errno=True
        )
        self._call = prototype(("syscall", _library()))

    def allow(self, path: str | Path, rights: int = _READ_FILE | _READ_FOLDER) -> None:
        """Allow this for a file, or a folder and all below; nothing if there is no such path."""
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        self._add(descriptor, rights if is_folder else rights & _ON_FILES)

    def allow_visible(self, path: Path) -> None:
        """Allow a file, or what is in a folder and not hidden; that its hidden files exist may be known."""
        try:
            with os.scandir(path) as entries:
                inside = [(entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink()) for entry in entries]
        except OSError:
            inside = []
        if not any(name.startswith(".") for name, *_ in inside):
            self.allow(path)
            return
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            for name, is_folder, is_link in inside:
                # What a link leads to is allowed by itself, or is none of the files of this folder.
                if not name.startswith(".") and not is_link:
                    rights = _READ_FILE | _READ_FOLDER if is_folder else _READ_FILE
                    self._add(_open_in(folder, name), rights)
        except BaseException:
            os.close(folder)
            raise
        self._add(folder, _READ_FOLDER)

    def _add(self, descriptor: int | None, rights: int) -> None:
        """Allow this for what is open there, and close it."""
        if descriptor is None:
            return
        self._rule.rights, self._rule.descriptor = rights, descriptor
        try:
            if self._call(_ADD_RULE, self._ruleset, _PATH_BENEATH, ctypes.addressof(self._rule), 0):
                raise _error()
        finally:
            os.close(descriptor)


def _open_in(folder: int, name: str) -> int | None:
    try:
        return os.open(name, os.O_PATH | os.O_CLOEXEC | os.O_NOFOLLOW, dir_fd=folder)
    except OSError:
        return None


def _checked(number: int, *arguments: object) -> int:
    result = _call(number, *arguments)
    if result < 0:
        raise _error()
    return result


def _error() -> OSError:
    return OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    # The C library takes arguments of a system call as longs: an int of 32 bits could leave rubbish above it.
    wide = (ctypes.c_long(value) if isinstance(value, int) else value for value in arguments)
    return int(_library().syscall(ctypes.c_long(number), *wide))
