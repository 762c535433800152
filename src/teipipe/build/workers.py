"""Runs jobs in worker processes, several at a time, and outlives whatever happens to them.

SaxonC can't be interrupted, holds Python's lock while it works, and ends the whole process when memory runs out: so
it runs in processes that can be killed.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

from teipipe.build.messages import Answer, Inbox, Job, Setup, send
from teipipe.errors import TeipipeError, WorkerError
from teipipe.folders import absolute

if TYPE_CHECKING:
    from teipipe.editions import Corpus

_COMMAND: Final = (
    "import sys; sys.path[:] = sys.argv[3:]; from teipipe.build.worker import main; "
    "main(int(sys.argv[1]), int(sys.argv[2]))"
)

#: Seconds that starting may take: compiling stylesheets has nothing to do with how long a document may take.
_START: Final = 60.0

#: Exit status of a process in which SaxonC found no more memory.
_OUT_OF_MEMORY: Final = 99


class WorkerTimeoutError(WorkerError):
    """A job took longer than it may."""


class WorkerDeathError(WorkerError):
    """The process died over a job."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the job that was called `key`: a value, or the error that took its place."""

    key: Hashable
    value: object = None
    error: TeipipeError | None = None


@dataclass(slots=True)
class _Worker:
    """One process; `deadline` is when it will be killed, None while it has nothing to do."""

    process: subprocess.Popen[bytes]
    requests: int
    answers: int
    log: IO[bytes]
    deadline: float | None
    inbox: Inbox = field(default_factory=Inbox)
    ready: bool = False
    key: Hashable = None
    corpus: Corpus | None = None

    def close(self) -> str:
        """Kill the process, and return the last line that it wrote to standard error."""
        self.process.kill()
        self.process.wait()
        os.close(self.requests)
        os.close(self.answers)
        self.log.seek(0)
        lines = self.log.read().decode("utf-8", "replace").split("\n")
        self.log.close()
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


class Pool:
    """A number of workers, started at once; a context manager that leaves none behind.

    `timeout` is the number of seconds for each job.
    """

    def __init__(self, setup: Setup, size: int, timeout: float) -> None:
        self._setup = setup
        self._size = size
        self._timeout = timeout
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Pool:
        try:
            for _ in range(self._size):
                self._spawn()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def run(self, corpus: Corpus, jobs: Iterable[tuple[Hashable, Job]]) -> Iterator[Outcome]:
        """The outcomes of the jobs, in the order in which they are done.

        Raises TeipipeError if no worker can start, RuntimeError for a bug in one.
        """
        waiting = deque(jobs)
        while waiting or any(worker.key is not None for worker in self._workers):
            for worker in self._workers:
                if waiting and worker.ready and worker.key is None:
                    self._give(worker, corpus, *waiting.popleft())
            while len(self._workers) < min(self._size, len(waiting)):
                self._spawn()
            yield from self._wait()

    def _close(self) -> None:
        for worker in self._workers:
            worker.close()
        self._workers.clear()
        self._selector.close()

    def _spawn(self) -> None:
        requests, our_requests = os.pipe()
        our_answers, answers = os.pipe()
        log = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the worker)
        paths = [str(absolute(Path(path))) for path in sys.path]
        process = subprocess.Popen(
            # -I -S: no variable of the environment, no site configuration; the path is ours, given in full.
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _COMMAND, str(requests), str(answers), *paths],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=(requests, answers),
            # In the plain C locale, SaxonC could not open a stylesheet with a letter outside ASCII in its path.
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,  # the terminal's Ctrl-C is for the build, which ends its workers
        )
        os.close(requests)
        os.close(answers)
        os.set_blocking(our_answers, False)
        worker = _Worker(process, our_requests, our_answers, log, time.monotonic() + max(_START, self._timeout))
        self._workers.append(worker)
        self._selector.register(our_answers, selectors.EVENT_READ, worker)
        self._send(worker, (self._setup, self._timeout))

    def _give(self, worker: _Worker, corpus: Corpus, key: Hashable, job: Job) -> None:
        worker.key = key
        worker.deadline = time.monotonic() + self._timeout
        if worker.corpus is not corpus:
            self._send(worker, corpus)
            worker.corpus = corpus
        self._send(worker, job)

    def _send(self, worker: _Worker, value: object) -> None:
        with suppress(BrokenPipeError):  # then it is dead, as reading from it will show
            send(worker.requests, value)

    def _wait(self) -> Iterator[Outcome]:
        """Wait until something has happened; the outcomes that this brings."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        pause = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        for selected, _ in self._selector.select(pause):
            yield from self._read(selected.data)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline is not None and worker.deadline <= now]:
            yield self._lose(worker, late=True)

    def _read(self, worker: _Worker) -> Iterator[Outcome]:
        answer: Answer | None = None
        while answer is None:
            try:
                data = os.read(worker.answers, 1 << 20)
                answer = worker.inbox.feed(data) if data else None
            except BlockingIOError:
                return
            except UnpicklingError:
                data = b""
            if not data:
                yield self._lose(worker, late=False)
                return
        key, worker.key, worker.deadline = worker.key, None, None
        if answer.bug:
            raise RuntimeError(f"a bug in a worker:\n{answer.bug}")
        if not worker.ready:
            if answer.error is not None:
                raise answer.error
            worker.ready = True
            return
        yield Outcome(key, answer.value, answer.error)

    def _lose(self, worker: _Worker, *, late: bool) -> Outcome:
        """Remove a worker that is dead or too slow; the outcome of its job."""
        self._selector.unregister(worker.answers)
        self._workers.remove(worker)
        status = None if late else _status(worker.process)
        last_words = worker.close()
        reason = "not done in time" if late else self._reason(status, last_words)
        if not worker.ready:
            raise WorkerError(f"the stylesheets can't be made ready: {reason}")
        if late:
            return Outcome(worker.key, error=WorkerTimeoutError(f"not done after {self._timeout:g} seconds"))
        return Outcome(worker.key, error=WorkerDeathError(reason))

    def _reason(self, status: int | None, last_words: str) -> str:
        if status == _OUT_OF_MEMORY:
            return f"it needed more than {self._setup.memory} megabytes of memory"
        if status is None:
            return "its process sent something that is no answer"
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return f"its process {how}{': ' if last_words else ''}{last_words}"


def _status(process: subprocess.Popen[bytes]) -> int | None:
    """How a process ended that has closed its pipe; None if it goes on all the same."""
    try:
        return process.wait(1)
    except subprocess.TimeoutExpired:
        return None
