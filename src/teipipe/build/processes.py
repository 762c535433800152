"""The process that jobs run in: a program of its own, which shares nothing with this one and can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from teipipe.build.channel import send
from teipipe.folders import absolute

_COMMAND: Final = (
    "import sys; sys.path[:] = sys.argv[3:]; from teipipe.build.{module} import main; "
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
    """A new Python that runs `main` of a module of this package: nothing of this process but `setup` gets into it.

    It works in the folder `folder`, by default in the current one.
    """

    def __init__(self, module: str, setup: object, folder: str | None = None) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process)
        paths = [str(absolute(Path(path))) for path in sys.path]
        command = _COMMAND.format(module=module)
        self._process = subprocess.Popen(
            # -I -S: no variable of the environment, no site configuration; the path is ours, given in full.
            [
                sys.executable,
                "-I",
                "-S",
                "-X",
                "utf8",
                "-c",
                command,
                str(requests),
                str(answers),
                *paths,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            pass_fds=(requests, answers),
            # In the plain C locale, SaxonC could not open a stylesheet with a letter outside ASCII in its path.
            env={"LC_ALL": "C.UTF-8"},
            cwd=folder,
            start_new_session=True,  # the terminal's Ctrl-C is for this process, which ends its workers
        )
        self.pid = self._process.pid
        os.close(requests)
        os.close(answers)
        with suppress(BrokenPipeError):
            send(self.requests, setup)

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
