"""What tests of verification do to packages: write all checksums in them anew, as a forger would."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def checksums_anew(bag: Path) -> None:
    """Make the manifests and Payload-Oxum of a bag fit what is in it now."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    info = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    size = sum(path.stat().st_size for path in payload)
    info = [f"Payload-Oxum: {size}.{len(payload)}\n" if line.startswith("Payload-Oxum") else line for line in info]
    (bag / "bag-info.txt").write_text("".join(info), encoding="utf-8")
    for name in ("sha256", "sha512"):
        _write(bag, f"manifest-{name}.txt", name, payload)
    tags = [path for path in bag.iterdir() if path.is_file() and not path.name.startswith("tagmanifest-")]
    for name in ("sha256", "sha512"):
        _write(bag, f"tagmanifest-{name}.txt", name, sorted(tags))


def _write(bag: Path, manifest: str, algorithm: str, files: list[Path]) -> None:
    lines = (
        f"{hashlib.new(algorithm, path.read_bytes()).hexdigest()}  {path.relative_to(bag).as_posix()}\n"
        for path in files
    )
    (bag / manifest).write_text("".join(sorted(lines, key=lambda line: line.split("  ", 1)[1])), encoding="utf-8")


def redescribe(bag: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a bag's deposit.json says, and make the checksums fit."""
    path = bag / "data" / "deposit.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    checksums_anew(bag)


def rewrite(bag: Path, path: str, old: str, new: str) -> None:
    """Change a file below data/, and make the checksums fit."""
    file = bag / "data" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    checksums_anew(bag)
