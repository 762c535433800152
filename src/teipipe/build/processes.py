"""The two kinds of process that jobs run in: a program of its own for SaxonC, a fork of this one for checks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol

from teipipe.build.channel import Answer, send
from teipipe.build.jobs import Setup
from teipipe.build.serving import limit, serve
from teipipe.folders import absolute

_COMMAND: Final = (
    "import sys; sys.path[:] = sys.argv[3:]; from teipipe.build.worker import main; "
    "main(int(sys.argv[1]), int(sys.argv[2]))"
)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


class Process(Protocol):
    """A running worker, and our ends of the two pipes to it."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def requests(self) -> int:
        """The file descriptor to write requests to."""

    @property
    def answers(self) -> int:
        """The file descriptor to read answers from."""

    def end(self, patience: float) -> tuple[int | None, str]:
        """Wait so many seconds for it to end, then kill it, and close the pipes.

        Its exit status (negative: a signal), None if it had to be killed, and the last line of its standard error.
        """


class Program:
    """A new Python that holds the stylesheets: nothing of this process but the setup gets into it."""

    def __init__(self, setup: Setup, seconds: float) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process)
        paths = [str(absolute(Path(path))) for path in sys.path]
        self._process = subprocess.Popen(
            # -I -S: no variable of the environment, no site configuration; the path is ours, given in full.
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _COMMAND, str(requests), str(answers), *paths],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            pass_fds=(requests, answers),
            # In the plain C locale, SaxonC could not open a stylesheet with a letter outside ASCII in its path.
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,  # the terminal's Ctrl-C is for the build, which ends its workers
        )
        self.pid = self._process.pid
        os.close(requests)
        os.close(answers)
        with suppress(BrokenPipeError):
            send(self.requests, (setup, seconds))

    def end(self, patience: float) -> tuple[int | None, str]:
        """As Process says."""
        status: int | None = None
        with suppress(subprocess.TimeoutExpired):
            status = self._process.wait(patience)
        self._process.kill()
        self._process.wait()
        os.close(self.requests)
        os.close(self.answers)
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").split("\n")
        self._log.close()
        return status, next((line.strip() for line in reversed(lines) if line.strip()), "")


class Fork:
    """A copy of this process that answers requests by `run`: for Python code that everything is loaded for already."""

    def __init__(self, run: Callable[[Any], object], memory: int, seconds: float) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_worker(requests, answers, run, memory, seconds)
        os.close(requests)
        os.close(answers)

    def end(self, patience: float) -> tuple[int | None, str]:
        """As Process says; what it writes to standard error goes there."""
        deadline = time.monotonic() + patience
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        while not ended and time.monotonic() < deadline:
            time.sleep(0.005)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
        if not ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.requests)
        os.close(self.answers)
        return (os.waitstatus_to_exitcode(status) if ended else None), ""


def _be_worker(requests: int, answers: int, run: Callable[[Any], object], memory: int, seconds: float) -> NoReturn:
    """The life of a fork; nothing of what its parent would do at its end is done."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Ends of other workers' pipes came along: as long as they are open here, those workers outlive the parent.
        os.closerange(3, min(requests, answers))
        os.closerange(min(requests, answers) + 1, max(requests, answers))
        os.closerange(max(requests, answers) + 1, 4096)
        limit(memory)
        send(answers, Answer())
        serve(requests, answers, seconds, run)
    finally:
        os._exit(0)
