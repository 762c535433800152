"""Encodes transcripts into files, many at once, and never over what somebody has worked on."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from teipipe.build.timer import LateError, has_timer
from teipipe.build.timer import limit as limit_time
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import read_bytes
from teipipe.encode.encoder import Encoding
from teipipe.encode.files import Encoder, Job, Options
from teipipe.encode.seal import Seal, seal_of, with_plain_ends
from teipipe.errors import OutputError, TeipipeError, UnreadableError
from teipipe.files import deliver, make_folder, sync_folder, write_all
from teipipe.folders import TRANSCRIPTIONS, absolute
from teipipe.rules import finding

#: So many bytes are encoded here before it is worth while to start workers.
_FEW: Final = 400_000
#: So many documents are written together at most, and none once so many seconds have gone by since others were.
_TOGETHER: Final = 64
_HELD: Final = 0.2
#: What is added to the name of a file that somebody has worked on.
BESIDE: Final = ".new"

_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")


class State(Enum):
    """What became of a transcript."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    BESIDE = "beside"  # its file was changed since it was encoded: that one is left alone
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Encoded:
    """What became of one transcript: `target` is the file that was written, or would have been.

    `encoding` is None if it couldn't be made; `before` is what stands in the file that was left alone.
    """

    source: Path
    target: Path | None
    state: State
    encoding: Encoding | None = None
    findings: tuple[Diagnostic, ...] = ()
    before: bytes = b""


@dataclass(frozen=True, slots=True)
class EncodingRequest:
    """What to encode: `sources` are files and folders of transcripts.

    `output` is the folder for the documents, or the one document if its name ends in .xml; None puts each document
    beside its transcript, or, if that lies in the folder `sources_folder` of a project, beside that folder. `schema` is
    the RELAX NG schema that documents will name. `timeout` is in seconds for each, `memory` in megabytes per worker.
    """

    sources: Sequence[Path]
    output: Path | None = None
    options: Options = field(default_factory=Options)
    schema: Path | None = None
    sources_folder: Path | None = None
    workers: int | None = None
    timeout: float = 60.0
    memory: int = 2000


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job
    target: Path


def encode_files(request: EncodingRequest, planned: Callable[[int], None] | None = None) -> Iterator[Encoded]:
    """Encode transcripts, write the documents, and yield what became of each, in their order.

    `planned` is told their number; what is wrong with the register is told with the first. Each document is written
    whole or not at all; one that can't be encoded keeps none of the others from it. Raises ConfigurationError or
    UnreadableError, before anything is written, for a profile or register that can't be used, OutputError if two would
    be written to the same file.
    """
    tasks = _tasks(request)
    encoder = Encoder(request.options)
    if planned is not None:
        planned(len(tasks))
    about_register = () if encoder.register is None else encoder.register.findings
    results = zip(tasks, _encodings(request, encoder, [task.job for task in tasks]), strict=True)
    for encoded in _written(_settled(encoder, request, task, result) for task, result in results):
        yield replace(encoded, findings=(*about_register, *encoded.findings))
        about_register = ()


def encode_without_writing(request: EncodingRequest) -> Encoding:
    """The encoding of the first transcript of a request, as it would be written; raises TeipipeError."""
    task = _tasks(request)[0]
    return Encoder(request.options).encode(task.job)


def encode_document(source: Path, options: Options | None = None) -> Encoding:
    """Encode one transcript, and write nothing; raises TeipipeError if it can't be."""
    return Encoder(options or Options()).encode(Job(source, document_id(source), today()))


def today() -> str:
    """The day for headers (ISO): that of SOURCE_DATE_EPOCH if it is set, else the current one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def document_id(source: Path) -> str:
    """The xml:id of the document that a transcript becomes: the name of its file, in the characters that ids have."""
    name = _NOT_IN_NAMES.sub("-", source.stem).strip("-.") or "document"
    return name if name[0].isalpha() or name[0] == "_" else f"d-{name}"


def transcripts_in(sources: Sequence[Path]) -> list[Path]:
    """The files among `sources`, and the transcripts in folders among them; raises UnreadableError for an empty one."""
    found: list[Path] = []
    for source in sources:
        if not source.is_dir():
            found.append(source)
            continue
        below = sorted(path for path in source.rglob("*") if path.suffix.lower() in TRANSCRIPTIONS and path.is_file())
        if not below:
            raise UnreadableError("has no transcript", path=source, help=f"they end in {', '.join(TRANSCRIPTIONS)}")
        found += below
    return list(dict.fromkeys(found))


def _tasks(request: EncodingRequest) -> list[_Task]:
    date = today()
    tasks: list[_Task] = []
    taken: dict[Path, Path] = {}
    sources = transcripts_in(request.sources)
    _require_folder(request.output, is_only=len(sources) == 1)
    for source in sources:
        target = _target(source, request, is_only=len(sources) == 1)
        key = absolute(target)
        if key == absolute(source):
            raise OutputError("is the transcript itself", path=target, help="name another file, or a folder, with -o")
        if key in taken:
            raise OutputError(f"both {taken[key]} and {source} would be encoded into it", path=target)
        taken[key] = source
        tasks.append(_Task(_job(source, target, date, request), target))
    return tasks


def _require_folder(output: Path | None, *, is_only: bool) -> None:
    """Raise OutputError if documents can't go where they are to go, because that is a file, or named like one."""
    if output is None or output.is_dir() or (is_only and output.suffix == ".xml"):
        return
    if output.exists():
        raise OutputError("is a file, and no folder", path=output, help="name a folder, or a file that ends in .xml")
    if output.suffix == ".xml":
        raise OutputError("is one file, and there are several transcripts", path=output, help="name a folder with -o")


def _target(source: Path, request: EncodingRequest, *, is_only: bool) -> Path:
    name = f"{source.stem}.xml"
    if request.output is not None:
        if is_only and request.output.suffix == ".xml" and not request.output.is_dir():
            return request.output
        return request.output / name
    folder = request.sources_folder
    if folder is not None and absolute(source).parent == absolute(folder):
        return folder.parent / name
    return source.with_name(name)


def _job(source: Path, target: Path, date: str, request: EncodingRequest) -> Job:
    def href(path: Path | None) -> str:
        return "" if path is None else Path(os.path.relpath(absolute(path), absolute(target).parent)).as_posix()

    return Job(source, document_id(source), date, href(request.options.register), href(source), href(request.schema))


def _encodings(request: EncodingRequest, encoder: Encoder, jobs: list[Job]) -> Iterator[Encoding | TeipipeError]:
    """What each job gives, in their order."""
    sizes = sum(job.source.stat().st_size for job in jobs if job.source.is_file())
    if sizes < _FEW and has_timer():
        yield from _here(encoder, jobs, request.timeout)
        return
    from teipipe.build.processes import processors  # few files come without what starts workers

    number = request.workers or min(processors(), len(jobs))
    if number == 1 and has_timer():
        yield from _here(encoder, jobs, request.timeout)
    else:
        yield from _by_workers(request, jobs, number)


def _by_workers(request: EncodingRequest, jobs: list[Job], number: int) -> Iterator[Encoding | TeipipeError]:
    from teipipe.build.processes import Program
    from teipipe.build.workers import Pool

    setup = (request.options, request.memory, request.timeout)
    start = partial(Program, "encoder", setup)
    waiting: dict[int, Encoding | TeipipeError] = {}
    following = 0
    with Pool(start, number, timeout=request.timeout, memory=request.memory) as pool:
        for outcome in pool.run(enumerate(jobs)):
            number = int(str(outcome.key))
            waiting[number] = outcome.value if isinstance(outcome.value, Encoding) else _error(outcome.error)
            while following in waiting:
                yield waiting.pop(following)
                following += 1


def _error(error: TeipipeError | None) -> TeipipeError:
    return error or TeipipeError("a worker gave no encoding")


def _here(encoder: Encoder, jobs: list[Job], timeout: float) -> Iterator[Encoding | TeipipeError]:
    for job in jobs:
        try:
            with limit_time(timeout) if has_timer() else nullcontext():
                result: Encoding | TeipipeError = encoder.encode(job)
        except LateError:
            result = TeipipeError(f"not done after {timeout:g} seconds")
        except TeipipeError as error:
            result = error
        yield result


def _settled(encoder: Encoder, request: EncodingRequest, task: _Task, result: Encoding | TeipipeError) -> Encoded:
    """What will become of a transcript: nothing is written yet."""
    source = task.job.source
    if isinstance(result, TeipipeError):
        found = finding("not-encoded", result.message, Location(result.path or source), result.help)
        return Encoded(source, None, State.REFUSED, findings=(found,))
    before = _before(task.target)
    seal = None if before is None else seal_of(before)
    if before is not None and (seal is None or not seal.is_whole):
        return _beside(task, result, before, seal)
    if before is not None and seal is not None:
        result = _as_of(seal, encoder, request.timeout, task, result)
    is_same = before is not None and with_plain_ends(before) == result.tei
    return Encoded(source, task.target, State.UNCHANGED if is_same else State.WRITTEN, result, result.findings)


def _written(settled: Iterable[Encoded]) -> Iterator[Encoded]:
    """Write what is to be written, and yield it then.

    Documents that come fast are written together: the disk makes many of them durable in the time of one.
    """
    together: list[Encoded] = []
    since = time.monotonic()
    try:
        for encoded in settled:
            together.append(encoded)
            if len(together) == _TOGETHER or time.monotonic() - since > _HELD:
                _write(together)
                yield from together
                together = []
                since = time.monotonic()
    finally:  # also of a run that ends early
        _write(together)
    yield from together


def _write(together: Sequence[Encoded]) -> None:
    files = {
        encoded.target: encoded.encoding.tei
        for encoded in together
        if encoded.target and encoded.encoding and encoded.state in (State.WRITTEN, State.BESIDE)
    }
    folders = dict.fromkeys(target.parent for target in files)
    for folder in folders:
        make_folder(folder)
    try:
        write_all(files)
        for folder in folders:
            sync_folder(folder)
    except OutputError:  # all before the one that can't be written are kept
        for target, tei in files.items():
            deliver(target, tei)


def _before(target: Path) -> bytes | None:
    return read_bytes(target) if target.exists() else None


def _as_of(seal: Seal, encoder: Encoder, timeout: float, task: _Task, result: Encoding) -> Encoding:
    """The encoding with the day of the one before, if nothing else is new: a file shouldn't differ in that alone."""
    if seal.date == task.job.date:
        return result
    again = next(_here(encoder, [replace(task.job, date=seal.date)], timeout))
    before = _before(task.target)
    is_same = before is not None and isinstance(again, Encoding) and again.tei == with_plain_ends(before)
    return again if is_same and isinstance(again, Encoding) else result


def _beside(task: _Task, result: Encoding, before: bytes, seal: Seal | None) -> Encoded:
    source, target = task.job.source, task.target
    beside = _free_place(target)
    what = "was changed since it was encoded" if seal else "was not written by teipipe, or its seal was taken out"
    found = finding(
        "edited-since",
        f"{target.name} {what}: it is left alone, the new encoding is in {beside.name}",
        Location(target),
        "take over what is better, and delete the other file; or delete this one, and encode once more",
    )
    return Encoded(source, beside, State.BESIDE, result, (*result.findings, found), before)


def _free_place(target: Path) -> Path:
    """Where an encoding goes beside a file that is left alone: what somebody has worked on there is left alone, too."""
    for number in count(1):
        beside = target.with_name(f"{target.name}{BESIDE}{number if number > 1 else ''}")
        before = _before(beside)
        seal = None if before is None else seal_of(before)
        if before is None or (seal is not None and seal.is_whole):
            return beside
    raise AssertionError
