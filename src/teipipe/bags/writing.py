"""Writes packages: beside their place, re-read from there, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from hashlib import sha256, sha512
from pathlib import Path
from typing import Final

from teipipe.bags.items import Info, Item, Late, Stored, Written

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write_bag(target: Path, items: Iterable[Item], info: Info, late: Late) -> Written:
    """Write a package to `target`: a folder, or one file if its name ends in .zip or .tar.

    `items` are copied first; what `late` makes of their checksums follows. Payload-Oxum and Bag-Size are added to
    `info`. Raises OutputError if something is there already or it can't be written, UnreadableError if a file can't be
    read, or was changed while it was, BagError if a name can't go into a package.
    """
    staging = target.with_name(f".{target.name}-{os.getpid()}.tmp")
    stored: dict[str, Stored] = {}
    for item in items:
        stored[item.path] = _store(staging, item)
    for item in late(stored):
        stored[item.path] = _store(staging, item)
    size = sum(one.size for one in stored.values())
    tags = {"bagit.txt": DECLARATION}
    lines = [*info, ("Payload-Oxum", f"{size}.{len(stored)}")]
    tags["bag-info.txt"] = "".join(f"{name}: {value}\n" for name, value in lines).encode()
    for name in ("sha256", "sha512"):
        of = {f"data/{path}": getattr(one, name) for path, one in stored.items()}
        tags[f"manifest-{name}.txt"] = _manifest(of)
    both = {"sha256": sha256, "sha512": sha512}
    for name, make in both.items():
        of = {path: make(data).hexdigest() for path, data in tags.items() if not path.startswith("tag")}
        tags[f"tagmanifest-{name}.txt"] = _manifest(of)
    for path, data in tags.items():
        (staging / path).write_bytes(data)
    staging.rename(target)
    return Written(target, len(stored), size, sha512(tags["tagmanifest-sha512.txt"]).hexdigest())


def _manifest(checksums: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(checksums.items())).encode()


def _store(staging: Path, item: Item) -> Stored:
    path = staging / "data" / item.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(item.source, Path):
        shutil.copyfile(item.source, path)
    else:
        path.write_bytes(item.source)
    data = path.read_bytes()
    return Stored(item.path, len(data), sha256(data).hexdigest(), sha512(data).hexdigest())
