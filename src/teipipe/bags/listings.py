"""What the manifests of a package list, held against the files that are there and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from teipipe.bags.hashing import Digested
from teipipe.bags.manifests import Manifest
from teipipe.bags.safety import composed, folded, place, shown
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.rules import finding


@dataclass(slots=True)
class Listings:
    """All manifests of a package, and its files by their paths, with their sizes.

    `is_ours`: teipipe says that it made the package, so nothing in it may be otherwise than teipipe makes it. `fetch`
    is what fetch.txt says where to find.
    """

    manifests: Sequence[Manifest]
    files: Mapping[str, int]
    version: tuple[int, int]
    is_ours: bool
    fetch: Mapping[str, int]
    #: Files by the paths that manifests have for them, where these are written in another normal form.
    aliases: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list[Manifest]] = field(default_factory=dict)
    _listed_as: dict[str, str] = field(default_factory=dict)

    def match(self) -> Iterator[Diagnostic]:
        """Find out which file each path means; yield names that are written in another normal form, or collide."""
        listed = {path for manifest in self.manifests for path in manifest.entries}
        absent = sorted(listed - self.files.keys())
        if not self.is_ours and absent:
            others = {composed(path): path for path in self.files if not path.isascii() and path not in listed}
            for path in absent:
                other = others.get(composed(path))
                if other is not None and other not in self._listed_as:
                    self.aliases[path], self._listed_as[other] = other, path
                    yield _odd_name(
                        other, f"manifests have “{shown(path)}”, with other code points (normal forms of Unicode)"
                    )
        for path in absent:
            if path not in self.aliases:
                self.missing[path] = [manifest for manifest in self.manifests if path in manifest.entries]
        yield from self._collisions(listed)

    def _collisions(self, listed: Iterable[str]) -> Iterator[Diagnostic]:
        seen: dict[str, str] = {}
        for path in sorted({*self.files, *listed} - self.aliases.keys()):
            other = seen.setdefault(folded(path), path)
            if other != path:
                yield _odd_name(path, f"many systems take it for the same name as “{shown(other)}”")

    def listed(self, path: str) -> str:
        """As what manifests list a file that is there."""
        return self._listed_as.get(path, path)

    def entries(self, path: str) -> Iterator[tuple[Manifest, bytes]]:
        """The manifests that list a file, with the checksum that each has of it."""
        listed = self.listed(path)
        for manifest in self.manifests:
            entry = manifest.entries.get(listed)
            if entry is not None:
                yield manifest, entry[0]

    def is_unlisted(self, path: str) -> bool:
        """Whether no manifest lists a file; manifests of tag files never list themselves."""
        listed = self.listed(path)
        if any(listed in manifest.entries for manifest in self.manifests):
            return False
        return not any(manifest.is_for_tags and manifest.name == path for manifest in self.manifests)

    def disagreements(self) -> Iterator[Diagnostic]:
        """Yield what one manifest of the payload lists and another doesn't; before version 1.0 that was allowed."""
        payload = [manifest for manifest in self.manifests if not manifest.is_for_tags]
        groups = [payload] if self.version >= (1, 0) else []
        if self.is_ours:
            groups.append([manifest for manifest in self.manifests if manifest.is_for_tags])
        for group in groups:
            everything = {path: manifest for manifest in group for path in manifest.entries}
            for manifest in group:
                for path in sorted(everything.keys() - manifest.entries.keys()):
                    other = everything[path]
                    yield finding(
                        "contradicting-manifests",
                        f"doesn't list “{shown(path)}”, which {other.name} does",
                        place(manifest.name),
                        related=((other.place(path), "there"),),
                    )

    def absences(self, unlisted: Iterable[Digested]) -> Iterator[Diagnostic]:
        """Yield what is missing, what nobody lists, and what has only got another name."""
        left = {one.path: one for one in unlisted}
        by_digest: dict[tuple[str, bytes], list[str]] = {}
        for one in left.values():
            for algorithm, digest in one.digests.items():
                by_digest.setdefault((algorithm, digest), []).append(one.path)
        for path, manifests in self.missing.items():
            other = _same_content(path, manifests, by_digest, left)
            if other is None:
                yield self._missing(path, manifests)
            else:
                del left[other]
                yield _renamed(path, other, manifests)
        for path in left:
            yield from self._unlisted(path)

    def _missing(self, path: str, manifests: Sequence[Manifest]) -> Diagnostic:
        names = " and ".join(manifest.name for manifest in manifests)
        is_elsewhere = path in self.fetch
        where = (
            f"; fetch.txt (line {self.fetch[path]}) says where to get it, but nothing is fetched"
            if is_elsewhere
            else ""
        )
        return finding(
            "lost-file",
            f"“{shown(path)}” is missing; {names} lists it{where}",
            place(path),
            "fetch it, check it by its checksum, and put it there" if is_elsewhere else None,
            related=tuple((manifest.place(path), "here it is listed") for manifest in manifests),
        )

    def _unlisted(self, path: str) -> Iterator[Diagnostic]:
        is_payload = path.startswith("data/")
        has_tags = any(manifest.is_for_tags for manifest in self.manifests)
        if is_payload or self.is_ours or (has_tags and path != "fetch.txt"):
            severity = None if is_payload or self.is_ours else Severity.WARNING
            message = f"no manifest lists “{shown(path)}”"
            yield finding("added-file", message, place(path), severity=severity)


def _same_content(
    path: str,
    manifests: Sequence[Manifest],
    by_digest: Mapping[tuple[str, bytes], list[str]],
    left: Mapping[str, Digested],
) -> str | None:
    """A file that nobody lists, or has taken yet, with a checksum of what is missing."""
    for manifest in manifests:
        others = by_digest.get((manifest.algorithm.name, manifest.entries[path][0]), [])
        while others:
            other = others.pop()
            if other in left:
                return other
    return None


def _renamed(path: str, other: str, manifests: Sequence[Manifest]) -> Diagnostic:
    return finding(
        "renamed-file",
        f"“{shown(path)}” is gone; “{shown(other)}”, which no manifest lists, has its content",
        place(path),
        related=(
            (place(other), "this file has its content"),
            *((manifest.place(path), "here it is listed") for manifest in manifests),
        ),
    )


def _odd_name(path: str, message: str) -> Diagnostic:
    return finding("doubtful-name", f"“{shown(path)}”: {message}", place(path))
