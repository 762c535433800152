"""Writes packages: beside their place, re-read from the disk, judged by another library, then renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from hashlib import sha256, sha512
from pathlib import Path
from threading import Lock
from typing import Final

from teipipe import __version__
from teipipe.bags import tags
from teipipe.bags.archives import KINDS
from teipipe.bags.by_bagit import accepted
from teipipe.bags.copying import Source, Told, looked_at, source_of
from teipipe.bags.items import Info, Item, Late, Stored, Written
from teipipe.bags.portable import Names, Unfit, unfit_folder
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
_HASHING: Final = 2


def write_bag(target: Path, items: Iterable[Item], info: Info, late: Late, progress: Progress | None = None) -> Written:
    """Write a package to `target`: a folder, or one file if its name ends in .zip or .tar.

    `items` are copied first; what `late` makes of their checksums follows. Bag-Size, Payload-Oxum and
    Bag-Software-Agent are added to `info`. The package is there whole or not at all, and its bytes depend on nothing
    else: neither on the order of the items nor on the machine. Raises OutputError if something is there already or it
    can't be written, UnreadableError if a file can't be read, or was changed while it was, BagError if names can't go
    into a package, or nothing is to go into it.
    """
    require_target(target)
    kind = KINDS.get(target.suffix.lower())
    names = Names()
    sources = _planned(items, names)
    done = _Done(progress)
    done.expect(sources)
    with Staging(target, is_folder=kind is None) as staging, staging.refusing():
        with ThreadPoolExecutor(_HASHING) as hashing:
            form = _form(staging, hashing, done.tell)
            form.add(tags.DECLARATION_NAME, tags.DECLARATION)
            stored = _stored(form, sources, late, names, done)
            if not stored:
                raise BagError("nothing goes into the package", path=target)
            files = _tag_files(stored, info)
            for name, data in files.items():
                if name != tags.DECLARATION_NAME:
                    form.add(name, data)
            form.finish()
            staging.sync()
            with accepted(staging.path, target) if kind is None else nullcontext():
                _require_the_same(target, form, stored, files)
        staging.publish()
    receipt = sha512(files[tags.tag_manifest_name("sha512")]).hexdigest()
    return Written(target, len(stored), sum(one.size for one in stored.values()), receipt)


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


def _form(staging: Staging, hashing: Executor, told: Told) -> ToFolder | ToArchive:
    if staging.is_folder:
        return ToFolder(staging, hashing, told)
    return ToArchive(staging, hashing, told)


def _planned(items: Iterable[Item], names: Names) -> list[Source]:
    """The items in order of their paths; all of their names are checked before any of them is copied."""
    listed = sorted(map(source_of, items), key=lambda source: source.path)
    unfit = list(names.add(source.path for source in listed))
    if unfit:
        raise _refused(unfit)
    return [looked_at(source) for source in listed]


def _stored(
    form: ToFolder | ToArchive, sources: list[Source], late: Late, names: Names, done: _Done
) -> dict[str, Stored]:
    """Copy the payload, all of it, and what is made of its checksums."""
    stored = {one.path: one for one in form.store(_one_by_one(sources))}
    for item in late(stored):
        # One by one: a file that is made for this is there only until the next one is asked for.
        further = _planned([item], names)
        done.expect(further)
        stored.update((one.path, one) for one in form.store(further))
    return stored


def _one_by_one(sources: list[Source]) -> Iterator[Source]:
    """The sources, each of which is then forgotten: what is stored takes their room."""
    sources.reverse()
    while sources:
        yield sources.pop()


def _refused(unfit: list[Unfit]) -> BagError:
    shown = [f"“{one.path}” {one.reason} ({one.advice})" for one in unfit[:_LISTED]]
    more = f"; and {len(unfit) - _LISTED:,} more" if len(unfit) > _LISTED else ""
    what = "1 name" if len(unfit) == 1 else f"{len(unfit):,} names"
    return BagError(
        f"{what} can't go into a package: {'; '.join(shown)}{more}", help="mend the names, then make it again"
    )


def _tag_files(stored: dict[str, Stored], info: Info) -> dict[str, bytes]:
    size = sum(one.size for one in stored.values())
    ours = {
        "Bag-Size": tags.size_in_words(size),
        "Payload-Oxum": f"{size}.{len(stored)}",
        "Bag-Software-Agent": f"teipipe {__version__}",
    }
    said = [*(field for field in info if field[0] not in ours), *ours.items()]
    files = {tags.DECLARATION_NAME: tags.DECLARATION, tags.INFO_NAME: tags.bag_info(said)}
    for name in tags.CHECKSUMS:
        of = ((f"data/{one.path}", getattr(one, name)) for one in stored.values())
        files[tags.manifest_name(name)] = tags.manifest(of)
    return files | tags.tag_manifests(files)


def _require_the_same(
    target: Path, form: ToFolder | ToArchive, stored: dict[str, Stored], files: dict[str, bytes]
) -> None:
    expected = {f"data/{path}": one.sha256 for path, one in stored.items()}
    expected |= {path: sha256(data).hexdigest() for path, data in files.items()}
    for path in form.changed(expected):
        raise OutputError(
            f"the disk doesn't give back what was written to it: “{path}”",
            path=target,
            help="write to another disk, and have this one checked",
        )


class _Done:
    """How many bytes are done, of how many: each is written and read back."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lock = Lock()
        self._done = self._total = 0

    def expect(self, sources: Iterable[Source]) -> None:
        self._total += 2 * sum(source.size for source in sources)

    def tell(self, number: int) -> None:
        if self._progress is not None:
            with self._lock:
                self._done += number
                self._progress(min(self._done, self._total), self._total)
