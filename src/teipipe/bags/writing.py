"""Writes packages: beside their place, re-read from the disk, judged by another library, then renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from hashlib import sha256, sha512
from itertools import islice, starmap
from pathlib import Path
from threading import Lock
from typing import Final

from teipipe import __version__
from teipipe.bags import tags
from teipipe.bags.archives import KINDS
from teipipe.bags.by_bagit import accepted
from teipipe.bags.copying import Source
from teipipe.bags.items import Info, Item, Late, Written
from teipipe.bags.portable import Names, Unfit, unfit_folder
from teipipe.bags.records import Entries, Entry, Plan, kept
from teipipe.bags.to_archive import ToArchive, folder_in
from teipipe.bags.to_folder import ToFolder
from teipipe.errors import BagError, OutputError
from teipipe.files.staging import Staging, require_free

#: Is told how many bytes are done, and of how many; may be called from any thread, never by two at once.
Progress = Callable[[int, int], None]

#: Archives that nobody gets.
_COMPRESSED: Final = (".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar")
#: So many names are listed in a message.
_LISTED: Final = 20
#: So many lines of a manifest are written at once.
_TOGETHER: Final = 256


@kept()
def write_bag(target: Path, items: Iterable[Item], info: Info, late: Late, progress: Progress | None = None) -> Written:
    """Write a package to `target`: a folder, or one file if its name ends in .zip or .tar.

    `items` are copied first; what `late` makes of their checksums follows. Bag-Size, Payload-Oxum and
    Bag-Software-Agent are added to `info`. The package is there whole or not at all, and its bytes depend on nothing
    else: neither on the order of the items nor on the machine. Raises OutputError if something is there already or it
    can't be written, UnreadableError if a file can't be read, or was changed while it was, BagError if names can't go
    into a package, or nothing is to go into it.
    """
    require_target(target)
    names, done, entries = Names(), _Done(progress), Entries()
    plan = _planned(items, names)
    done.expect(plan)
    is_folder = target.suffix.lower() not in KINDS
    with Staging(target, is_folder=is_folder) as staging, staging.refusing(), _lanes() as lanes:
        writer = _Writer((ToFolder if is_folder else ToArchive)(staging, lanes, done.tell), entries)
        writer.add(tags.DECLARATION_NAME, [tags.DECLARATION])
        writer.store(plan)
        for item in late(entries):
            # One by one: a file that is made for this is there only until the next one is asked for.
            further = _planned([item], names)
            done.expect(further)
            writer.store(further)
        if not entries:
            raise BagError("nothing goes into the package", path=target)
        receipt = writer.finish(info)
        with accepted(staging.path, target) if is_folder else nullcontext():
            staging.sync()
            writer.require_the_same(target)
        staging.publish()
    return Written(target, len(entries), entries.size, receipt)


@contextmanager
def _lanes() -> Iterator[Sequence[Executor]]:
    """For each of the two checksums, something that computes it, piece after piece."""
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        yield first, second


def require_target(target: Path, apart_from: Iterable[Path] = ()) -> None:
    """Raise OutputError if no package can be written to `target`, or it lies in one of some folders."""
    if target.suffix.lower() in _COMPRESSED:
        raise OutputError(
            f"a package can't be a {target.suffix} file",
            path=target,
            help="make a folder, a .zip or a .tar, which have the same bytes everywhere; compress it afterwards",
        )
    if target.suffix.lower() in KINDS and (reason := unfit_folder(folder_in(target))):
        raise OutputError(
            f"the folder in it would be called “{folder_in(target)}”, which {reason}",
            path=target,
            help="choose another name",
        )
    require_free(target)
    for folder in apart_from:
        if (target.parent.resolve() / target.name).is_relative_to(folder.resolve()):
            raise OutputError(
                f"lies in {folder}, which goes into the package itself", path=target, help="choose another place"
            )


def require_names(paths: Iterable[str]) -> None:
    """Raise BagError, which lists them, if files of these paths can't be in one package."""
    unfit = list(Names().add(paths))
    if unfit:
        raise _refused(unfit)


def _planned(items: Iterable[Item], names: Names) -> Plan:
    """The items in order of their paths; all of their names are checked before any of them is copied."""
    plan = Plan(items)
    unfit = list(names.add(source.path for source in plan))
    if unfit:
        raise _refused(unfit)
    plan.look()
    return plan


def _refused(unfit: list[Unfit]) -> BagError:
    shown = [f"“{one.path}” {one.reason} ({one.advice})" for one in unfit[:_LISTED]]
    more = f"; and {len(unfit) - _LISTED:,} more" if len(unfit) > _LISTED else ""
    what = "1 name" if len(unfit) == 1 else f"{len(unfit):,} names"
    return BagError(
        f"{what} can't go into a package: {'; '.join(shown)}{more}", help="mend the names, then make it again"
    )


class _Writer:
    """Writes files in one form or another, and notes what is known of each."""

    def __init__(self, form: ToFolder | ToArchive, entries: Entries) -> None:
        self._form = form
        self._entries = entries
        self._tags: list[Entry] = []

    def store(self, sources: Iterable[Source]) -> None:
        """Copy files into the payload."""
        for stored, crc in self._form.store(sources):
            self._entries.add_stored(stored, crc)

    def add(self, name: str, pieces: Iterable[bytes], size: int | None = None) -> Entry:
        """Write a tag file, of whose bytes not all need be in memory if their number is known."""
        pieces = pieces if size is not None else list(pieces)
        by_sha256, by_sha512 = sha256(), sha512()

        def hashed() -> Iterator[bytes]:
            for piece in pieces:
                by_sha256.update(piece)
                by_sha512.update(piece)
                yield piece

        size = size if size is not None else sum(map(len, pieces))
        crc = self._form.add(name, size, hashed())
        entry = Entry(name, size, by_sha256.digest(), by_sha512.digest(), crc)
        self._entries.add(entry)
        self._tags.append(entry)
        return entry

    def finish(self, info: Info) -> str:
        """Write all tag files but the first one, and the end; the receipt."""
        self.add(tags.INFO_NAME, [tags.bag_info(self._info(info))])
        for name in tags.CHECKSUMS:
            self.add(tags.manifest_name(name), self._lines(name), sum(map(len, self._lines(name))))
        listed = list(self._tags)
        for name in tags.CHECKSUMS:
            of = ((one.path, getattr(one, name).hex()) for one in listed)
            last = self.add(tags.tag_manifest_name(name), [tags.manifest(of)])
        self._form.finish()
        return last.sha512.hex()

    def require_the_same(self, target: Path) -> None:
        """Raise OutputError if something isn't on the disk as it was written."""
        for path in self._form.changed(self._entries):
            raise OutputError(
                f"the disk doesn't give back what was written to it: “{path}”",
                path=target,
                help="write to another disk, and have this one checked",
            )

    def _info(self, info: Info) -> Info:
        size = self._entries.size
        ours = {
            "Bag-Size": tags.size_in_words(size),
            "Payload-Oxum": f"{size}.{len(self._entries)}",
            "Bag-Software-Agent": f"teipipe {__version__}",
        }
        return [*(field for field in info if field[0] not in ours), *ours.items()]

    def _lines(self, algorithm: str) -> Iterator[bytes]:
        """The manifest of the payload, some lines at a time."""
        lines = starmap(tags.line, self._entries.checksums(algorithm))
        while some := b"".join(islice(lines, _TOGETHER)):
            yield some


class _Done:
    """How many bytes are done, of how many: each is written and read back."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lock = Lock()
        self._done = self._total = 0

    def expect(self, plan: Plan) -> None:
        self._total += 2 * plan.size

    def tell(self, number: int) -> None:
        if self._progress is not None:
            with self._lock:
                self._done += number
                self._progress(min(self._done, self._total), self._total)
