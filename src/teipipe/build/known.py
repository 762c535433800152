"""What a session knows of files that it has read or written, so that it need not look into them again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.manifest import MANIFEST, Manifest, load
from teipipe.files import OutputFolder, Signature, signature

if TYPE_CHECKING:
    from teipipe.build.reading import Reading
    from teipipe.saxon import Message
    from teipipe.site import Summary

#: A file that was changed so many nanoseconds ago may change again without its signature showing it.
_FRESH: Final = 50_000_000


@dataclass(slots=True)
class Known:
    """Files by their signatures: what the documents were found to be, what the output holds.

    `readings` has what was read from a document's file, `outputs` the checksums of the files in an output folder.
    `summaries` has those of documents by their ids, with their checksums; `register` a key, the register after the
    passes, and what was reported about it; `manifest` is that of the last build.
    """

    readings: dict[Path, tuple[Signature, Reading]] = field(default_factory=dict)
    outputs: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    summaries: dict[str, tuple[str, Summary]] = field(default_factory=dict)
    register: tuple[str, str, tuple[Message, ...]] | None = None
    manifest: tuple[Signature, Manifest] | None = None

    def reading(self, path: Path, read: Callable[[Path], Reading]) -> Reading:
        """What `read` makes of a file, now or when it was last different."""
        now = signature(path)
        found = self.readings.get(path)
        if found is not None and found[0] == now:
            return found[1]
        reading = read(path)
        if now is not None and now.changed < time.time_ns() - _FRESH:
            self.readings[path] = now, reading
        else:
            self.readings.pop(path, None)
        return reading

    def summary(self, document: str, digest: str, read: Callable[[], str]) -> Summary | None:
        """The summary of a document, which has this checksum; `read` is asked for it only if it is a new one.

        None if there is none that can be read.
        """
        from lxml import etree

        from teipipe.site import Summary

        found = self.summaries.get(document)
        if found is None or found[0] != digest:
            try:
                self.summaries[document] = found = digest, Summary(read(), document)
            except etree.XMLSyntaxError:
                return None
        return found[1]

    def last_manifest(self, folder: OutputFolder) -> Manifest:
        """The manifest in an output folder; raises as `manifest.load` does."""
        now = folder.signature(MANIFEST)
        if self.manifest is not None and self.manifest[0] == now:
            return self.manifest[1]
        return load(folder)

    def note_manifest(self, folder: OutputFolder, manifest: Manifest) -> None:
        """Know the manifest that was just written."""
        now = folder.signature(MANIFEST)
        self.manifest = None if now is None else (now, manifest)
