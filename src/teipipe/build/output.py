"""The output folder of a build: what goes in, what stays as it was, and what is taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from teipipe.build.known import Known
from teipipe.build.manifest import MANIFEST, Entry, Journal, Manifest, Origin, checksum
from teipipe.build.report import FileState, OutputFile
from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.editions import Artefact
    from teipipe.files import OutputFolder

#: The `document` of files about the whole corpus.
WHOLE: Final = ""


class Output:
    """Writes into a folder that was opened for it, and knows which files in there are ours.

    `before` is the manifest of the last build; `tell` is called for every file; `known` is what is known of the files
    in there.
    """

    def __init__(self, folder: OutputFolder, tell: Callable[[OutputFile], None], known: Known | None = None) -> None:
        self._folder = folder
        self._tell = tell
        self._known_files = known or Known()
        self._seen = self._known_files.outputs
        self.before: Final = self._known_files.last_manifest(folder)
        self._before_of: dict[str, list[Entry]] = {}
        for entry in self.before.files:
            self._before_of.setdefault(entry.document, []).append(entry)
        self._origins_before = {origin.source: origin for origin in self.before.documents}
        self._journal = Journal(folder)
        self._known = {entry.path: {entry.sha256} for entry in self.before.files}
        for path, digests in self._journal.left.items():
            self._known.setdefault(path, set()).update(digests)
        self._entries: dict[str, Entry] = {}
        self._origins: dict[str, Origin] = {}
        self.files: list[OutputFile] = []

    def put(self, document: str, artefacts: Iterable[Artefact], keys: Mapping[str, str] | None = None) -> None:
        """Write files that belong to a document, or to WHOLE; `keys` may say what they were made of, by their paths."""
        files = {artefact.path: artefact.data for artefact in artefacts}
        digests = {path: checksum(data) for path, data in files.items()}
        self._journal.note({path: new for path, new in digests.items() if new not in self._known.get(path, ())})
        written = self._folder.write_all(files)
        for path, data in files.items():
            state = FileState.WRITTEN if path in written else FileState.UNCHANGED
            self._entries[path] = Entry(path, digests[path], document, (keys or {}).get(path, ""))
            self._note(path, digests[path])
            self._report(path, state, len(data))

    def of_before(self, document: str) -> Sequence[Entry]:
        """The files that the last build made of the document with this id; those about the whole for WHOLE."""
        return self._before_of.get(document, [])

    def origin_before(self, source: str) -> Origin | None:
        """The document that was made from this source, if there was one."""
        return self._origins_before.get(source)

    def leave(self, entries: Sequence[Entry]) -> bool:
        """Have files that need not be made again as they are; False if one of them has changed, or is gone."""
        if not all(self._is_unchanged(entry) for entry in entries):
            return False
        for entry in entries:
            self._entries[entry.path] = entry
            self._report(entry.path, FileState.UNCHANGED, self._seen[entry.path][0].size)
        return True

    def _is_unchanged(self, entry: Entry) -> bool:
        now = self._folder.signature(entry.path)
        if now is None:
            return False
        if self._seen.get(entry.path) == (now, entry.sha256):
            return True
        data = self._folder.read(entry.path)
        if data is None or checksum(data) != entry.sha256:
            return False
        self._seen[entry.path] = now, entry.sha256
        return True

    def _note(self, path: str, digest: str) -> None:
        now = self._folder.signature(path)
        if now is not None:
            self._seen[path] = now, digest

    def add_origin(self, origin: Origin) -> None:
        """Say that a document is part of the edition."""
        self._origins[origin.id] = origin

    def keep(self, entries: Iterable[Entry]) -> list[Entry]:
        """Let files of the last build stay as they were, unless they have been written anew; those that do."""
        kept = [entry for entry in entries if entry.path not in self._entries and self._exists(entry.path)]
        self._entries.update((entry.path, entry) for entry in kept)
        return kept

    def keep_document(self, source: str, taken: Collection[str] = ()) -> Origin | None:
        """Let all files of the document that was made from `source` stay; what it was then, if there are any.

        Its address may be one that was `taken` by another document since; then they can't stay.
        """
        origin = self.origin_before(source)
        if origin is None or origin.id in taken or not self.keep(self.of_before(origin.id)):
            return None
        self.add_origin(origin)
        return origin

    def out_of_date(self, path: str, why: str) -> Diagnostic:
        """The finding that a file or folder of the output is older than what it was made from."""
        return finding("out-of-date", f"left as it was: {why}", Location(self._folder.path / path))

    def text(self, path: str) -> str:
        """What a file of the output holds now; "" if there is none."""
        return (self._folder.read(path) or b"").decode("utf-8", "replace")

    def data(self, path: str) -> bytes:
        """What a file of the output holds now; nothing if there is none."""
        return self._folder.read(path) or b""

    def checksum(self, path: str) -> str:
        """The checksum of a file that the edition has so far; "" if it hasn't this one."""
        entry = self._entries.get(path)
        return "" if entry is None else entry.sha256

    def checksums(self) -> dict[str, str]:
        """The files that the edition has so far, each with its checksum."""
        return {path: entry.sha256 for path, entry in self._entries.items()}

    def finish(self, about: Mapping[str, str]) -> list[Diagnostic]:
        """Take out what is no longer part of the edition, and record what is; what could not be taken out."""
        stale = sorted(self._known.keys() - self._entries.keys())
        left = [path for path in stale if not self._take_out(path)]
        self._folder.sync()
        manifest = Manifest(tuple(self._entries.values()), tuple(self._origins.values()))
        data = manifest.dump(about)
        state = FileState.WRITTEN if self._folder.write(MANIFEST, data) else FileState.UNCHANGED
        self._report(MANIFEST, state, len(data))
        self._folder.sync()
        self._known_files.note_manifest(self._folder, manifest)
        self._journal.close()
        message = "no longer part of the edition, but changed since it was written"
        return [finding("changed-by-hand", message, Location(self._folder.path / path)) for path in left]

    def _take_out(self, path: str) -> bool:
        data = self._folder.read(path)
        if data is None:
            return True
        if checksum(data) not in self._known[path]:
            return False
        self._folder.remove(path)
        self._report(path, FileState.REMOVED, 0)
        return True

    def _exists(self, path: str) -> bool:
        return self._folder.signature(path) is not None

    def _report(self, path: str, state: FileState, size: int) -> None:
        file = OutputFile(self._folder.path, path, state, size)
        self.files.append(file)
        self._tell(file)
