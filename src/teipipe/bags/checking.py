"""Checks a package by itself: is everything there, nothing else, and nothing changed?"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha512
from hmac import compare_digest
from typing import Final

from teipipe.bags.forms import check_archive, check_tag_manifest
from teipipe.bags.hashing import Digested, Job, digest_all
from teipipe.bags.listings import Listings
from teipipe.bags.manifests import MANIFEST, Manifest
from teipipe.bags.reading import Bag
from teipipe.bags.safety import place, shown
from teipipe.bags.tag_files import TagFiles
from teipipe.bags.tags import CHECKSUMS, manifest_name, tag_manifest_name
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.errors import ConfigurationError
from teipipe.rules import finding

#: Of one kind, so many findings are listed.
_MOST: Final = 1000
#: By these alone, nobody can prove that nothing was changed: two files with the same checksum can be made.
_WEAK: Final = ("md5", "sha1")


def check_bag(bag: Bag, receipt: str = "", progress: Callable[[int], None] | None = None) -> Iterator[Diagnostic]:
    """Yield what is wrong with a package: structure, completeness, fixity by all of its manifests, Payload-Oxum.

    With a `receipt` also whether it is the package that it was given out for. `progress` is told bytes that were read.
    Raises ConfigurationError if the receipt is none.
    """
    receipt = receipt.strip().lower()
    if receipt and not re.fullmatch(r"[0-9a-f]{128}", receipt):
        raise ConfigurationError(
            f"“{shown(receipt)}” is no receipt",
            help="a receipt has 128 digits, 0 to 9 and a to f; give it whole, as `teipipe deposit` printed it",
        )
    return _limited(_Check(bag, receipt, progress).run())


def _limited(found: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """The first thousand findings of each kind; then how many more there are."""
    counts: Counter[str] = Counter()
    last: dict[str, Diagnostic] = {}
    for one in found:
        counts[one.rule] += 1
        if counts[one.rule] <= _MOST:
            yield one
        else:
            last[one.rule] = one
    for rule, one in last.items():
        message = f"there are {counts[rule] - _MOST} more of this kind, which are not listed; this is the last of them"
        yield replace(one, message=f"{one.message}; {message}")


@dataclass(slots=True)
class _Check:
    bag: Bag
    receipt: str
    progress: Callable[[int], None] | None
    files: dict[str, int] = field(init=False)
    tags: TagFiles = field(init=False)

    def run(self) -> Iterator[Diagnostic]:
        """Everything, in an order in which what comes first explains what follows."""
        self.files = {sys.intern(member.path): member.size for member in self.bag.members()}
        for damage in self.bag.damages:
            about = f"“{shown(damage.path)}”: " if damage.path else ""
            where = place(damage.path or self.bag.path.name)
            yield finding("altered-archive", f"{about}{damage.message}", where)
        for path in self.bag.beside():
            message = f"“{shown(path)}” lies beside the package in the archive, as macOS does it; it isn't looked at"
            yield finding("added-file", message, place(path), severity=Severity.WARNING)
        tags = self.tags = TagFiles(self.bag, self.files)
        listings = Listings(tags.manifests, self.files, tags.declared.version, tags.is_ours, tags.fetch)
        yield from tags.found
        yield from self._structure()
        yield from listings.match()
        yield from listings.disagreements()
        yield from self._contents(listings)
        if tags.is_ours:
            for manifest in tags.manifests:
                if manifest.is_for_tags:
                    yield from check_tag_manifest(manifest, tags.raw[manifest.name])
        if self.receipt:
            yield from self._check_receipt()

    def _structure(self) -> Iterator[Diagnostic]:
        """Yield which files a package has to have, and hasn't."""
        required = ["bagit.txt"]
        payload = [manifest for manifest in self.tags.manifests if not manifest.is_for_tags]
        if self.tags.is_ours:
            required += [make(name) for name in CHECKSUMS for make in (manifest_name, tag_manifest_name)]
        elif not payload and not any(MANIFEST.fullmatch(path) and path[0] in "mM" for path in self.files):
            required.append("manifest-sha512.txt")
        listed = {path for manifest in self.tags.manifests for path in manifest.entries}
        for path in required:
            if path not in self.files and path not in listed:
                yield finding("lost-file", f"“{path}” is missing; every package has it", place(path))
        if not self.bag.has_folder("data"):
            yield finding("lost-file", "the folder “data” is missing; every package has it", place("data"))
        if payload and all(manifest.algorithm.name in _WEAK for manifest in payload):
            names = " and ".join(manifest.algorithm.words for manifest in payload)
            yield finding("weak-checksum", f"has no checksums but {names}", place(payload[0].name))

    def _jobs(self, listings: Listings) -> Iterator[Job]:
        """Every file, with the checksums that somebody has of it, or of something that is missing."""
        payload = {one.algorithm.name: one.algorithm for one in self.tags.manifests if not one.is_for_tags}
        tags = {one.algorithm.name: one.algorithm for one in self.tags.manifests if one.is_for_tags}
        of_payload, of_tags = tuple(payload.values()), tuple(tags.values())
        entry = self.bag.entry
        for path in sorted(self.files, key=lambda path: (found.offset if (found := entry(path)) else 0, path)):
            algorithms = of_payload if path.startswith("data/") else of_tags
            for manifest, _ in listings.entries(path):
                if manifest.algorithm not in algorithms:
                    algorithms = (*algorithms, manifest.algorithm)
            yield Job(path, self.files[path], algorithms)

    def _contents(self, listings: Listings) -> Iterator[Diagnostic]:
        unlisted: list[Digested] = []
        changed: list[tuple[Digested, list[Manifest]]] = []
        size, count = 0, 0
        for digested in digest_all(self.bag, self._jobs(listings), self.progress):
            path = digested.path
            if path.startswith("data/"):
                size, count = size + digested.size, count + 1
            if digested.problem:
                yield finding("unread-file", digested.problem, place(path))
                continue
            wrong = [one for one, digest in listings.entries(path) if digested.digests[one.algorithm.name] != digest]
            if wrong:
                changed.append((digested, wrong))
            else:
                yield from self._check_crc(digested)
            if listings.is_unlisted(path):
                unlisted.append(digested)
        lost = self._lost_bytes(size)
        for digested, wrong in changed:
            yield _changed(digested, wrong, listings, lost if len(changed) == 1 else 0)
        yield from listings.absences(unlisted)
        yield from self._check_oxum(size, count)
        if listings.is_ours:
            yield from check_archive(self.bag)

    def _check_crc(self, digested: Digested) -> Iterator[Diagnostic]:
        entry = self.bag.entry(digested.path)
        if entry is not None and entry.crc not in (None, digested.crc):
            message = f"“{shown(digested.path)}” doesn't have the checksum (CRC-32) that the zip file has of it"
            yield finding("altered-archive", message, place(digested.path))

    def _lost_bytes(self, size: int) -> int:
        """How many bytes the payload has less than it should; below 0 if more, 0 if unknown."""
        value, _ = self.tags.field("Payload-Oxum")
        return int(match[1]) - size if (match := _OXUM.fullmatch(value)) else 0

    def _check_oxum(self, size: int, count: int) -> Iterator[Diagnostic]:
        value, line = self.tags.field("Payload-Oxum")
        if not line:
            return
        where = place("bag-info.txt" if "bag-info.txt" in self.files else "package-info.txt", line)
        match = _OXUM.fullmatch(value)
        if match is None:
            yield finding("wrong-oxum", f"Payload-Oxum is “{shown(value)}”, not bytes, point, number of files", where)
        elif (int(match[1]), int(match[2])) != (size, count):
            said = f"{match[1]} bytes in {match[2]} files"
            yield finding(
                "wrong-oxum", f"the payload has {size} bytes in {count} files; Payload-Oxum says {said}", where
            )

    def _check_receipt(self) -> Iterator[Diagnostic]:
        name = tag_manifest_name("sha512")
        data = self.tags.raw.get(name)
        if data is None:
            yield finding("wrong-receipt", f"without {name}, the receipt can't be compared", place(name))
        elif not compare_digest(sha512(data).hexdigest(), self.receipt):
            yield finding(
                "wrong-receipt",
                "this isn't the package that the receipt was given out for, or it was changed since, checksums and all",
                place(name),
            )


_OXUM: Final = re.compile(r"(\d{1,18})\.(\d{1,18})")


def _changed(digested: Digested, wrong: Sequence[Manifest], listings: Listings, lost: int) -> Diagnostic:
    """A file whose checksum is another; if only some of its checksums are, it is the manifest that is wrong."""
    path, listed = digested.path, listings.listed(digested.path)
    right = [one for one, digest in listings.entries(path) if one not in wrong]
    related = tuple((manifest.place(listed), "here is its checksum") for manifest in wrong)
    names = " and ".join(manifest.algorithm.words for manifest in wrong)
    if right:
        others = " and ".join(manifest.name for manifest in right)
        message = f"has another {names} of “{shown(path)}” than the file, which is as {others} says"
        return finding("contradicting-manifests", message, wrong[0].place(listed), related=related[1:])
    if not digested.size:
        how = "it is empty"
    elif lost > 0:
        how = f"it ends {lost} bytes too early, or that many were taken out"
    elif lost < 0:
        how = f"it has {-lost} bytes too many"
    else:
        how = f"its {names} {'is' if len(wrong) == 1 else 'are'} not what the manifests have"
    return finding("changed-file", f"“{shown(path)}” was changed: {how}", place(path), related=related)
