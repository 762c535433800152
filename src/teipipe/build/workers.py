"""Runs jobs in worker processes, several at a time, and outlives whatever happens to them.

SaxonC and libxml2 can't be interrupted, and SaxonC ends the whole process when memory runs out: so what a document
sets going runs in processes that can be killed.
"""

from __future__ import annotations

import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pickle import UnpicklingError
from types import TracebackType
from typing import Final

from teipipe.build.channel import Answer, Inbox, send
from teipipe.build.processes import Process
from teipipe.build.serving import OUT_OF_MEMORY
from teipipe.errors import TeipipeError, WorkerError

#: Seconds that starting may take: compiling stylesheets has nothing to do with how long a document may take.
_START: Final = 60.0

#: Seconds that a process may take to end that has closed its pipe.
_PATIENCE: Final = 1.0


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

    process: Process
    deadline: float | None
    inbox: Inbox = field(default_factory=Inbox)
    ready: bool = False
    key: Hashable = None
    shared: object = None


class _Waiting:
    """The jobs that no worker has yet; each is made only when it will soon be given to one."""

    def __init__(self, jobs: Iterable[tuple[Hashable, object]], size: int) -> None:
        self._more = iter(jobs)
        self._next = deque(islice(self._more, size))

    def __len__(self) -> int:
        return len(self._next)

    def pop(self) -> tuple[Hashable, object]:
        job = self._next.popleft()
        self._next.extend(islice(self._more, 1))
        return job


class Pool:
    """A number of workers, started at once; a context manager that leaves none behind.

    `start` starts one; `timeout` is the number of seconds for each job, `memory` the megabytes that a worker has.
    """

    def __init__(self, start: Callable[[], Process], size: int, *, timeout: float, memory: int) -> None:
        self._start = start
        self._size = size
        self._timeout = timeout
        self._memory = memory
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

    @property
    def size(self) -> int:
        """How many jobs are done at once."""
        return self._size

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run now."""
        return [worker.process.pid for worker in self._workers]

    def run(self, jobs: Iterable[tuple[Hashable, object]], *, shared: object = None) -> Iterator[Outcome]:
        """The outcomes of the jobs, in the order in which they are done.

        `jobs` are taken one by one, as there are workers for them: so few are held at once. `shared`, if there is
        anything, is sent to each worker once, before its first job. Raises TeipipeError if no worker can start,
        RuntimeError for a bug in one.
        """
        waiting = _Waiting(jobs, self._size)
        yield from self._hear(0)  # some may have died since the last run
        while waiting or any(worker.key is not None for worker in self._workers):
            for worker in self._workers:
                if waiting and worker.ready and worker.key is None:
                    self._give(worker, shared, *waiting.pop())
            while len(self._workers) < min(self._size, len(waiting)):
                self._spawn()
            yield from self._wait()

    def ask_each(self, job: object, *, shared: object = None) -> Iterator[Outcome]:
        """The outcomes of one job that each worker does that has had `shared`; for when all others are done."""
        for worker in self._workers:
            if worker.ready and worker.shared is shared:
                self._give(worker, shared, worker.process.pid, job)
        while any(worker.key is not None for worker in self._workers):
            yield from self._wait()

    def _close(self) -> None:
        for worker in self._workers:
            worker.process.end(0)
        self._workers.clear()
        self._selector.close()

    def _spawn(self) -> None:
        process = self._start()
        os.set_blocking(process.answers, False)
        worker = _Worker(process, time.monotonic() + max(_START, self._timeout))
        self._workers.append(worker)
        self._selector.register(process.answers, selectors.EVENT_READ, worker)

    def _give(self, worker: _Worker, shared: object, key: Hashable, job: object) -> None:
        worker.key = key
        worker.deadline = time.monotonic() + self._timeout
        with suppress(BrokenPipeError):  # then it is dead, as reading from it will show
            if shared is not None and worker.shared is not shared:
                send(worker.process.requests, shared)
                worker.shared = shared
            send(worker.process.requests, job)

    def _wait(self) -> Iterator[Outcome]:
        """Wait until something has happened; the outcomes that this brings."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        pause = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        yield from self._hear(pause)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline is not None and worker.deadline <= now]:
            yield self._lose(worker, late=True)

    def _hear(self, pause: float | None) -> Iterator[Outcome]:
        for selected, _ in self._selector.select(pause):
            yield from self._read(selected.data)

    def _read(self, worker: _Worker) -> Iterator[Outcome]:
        answer: Answer | None = None
        while answer is None:
            try:
                data = os.read(worker.process.answers, 1 << 20)
                answer = worker.inbox.feed(data) if data else None
            except BlockingIOError:
                return
            except UnpicklingError:
                data = b""
            if not data:
                outcome = self._lose(worker, late=False)
                if outcome.key is not None:  # no job was lost with one that had nothing to do
                    yield outcome
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
        self._selector.unregister(worker.process.answers)
        self._workers.remove(worker)
        status, last_words = worker.process.end(0 if late else _PATIENCE)
        reason = "not done in time" if late else self._reason(status, last_words)
        if not worker.ready:
            raise WorkerError(f"a worker can't be made ready: {reason}")
        if late:
            return Outcome(worker.key, error=WorkerTimeoutError(f"not done after {self._timeout:g} seconds"))
        return Outcome(worker.key, error=WorkerDeathError(reason))

    def _reason(self, status: int | None, last_words: str) -> str:
        if status == OUT_OF_MEMORY:
            return f"it needed more than {self._memory} megabytes of memory"
        if status is None:
            return "its process sent something that is no answer"
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return f"its process {how}{': ' if last_words else ''}{last_words}"
