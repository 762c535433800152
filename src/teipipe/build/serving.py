"""Inside a worker: its limits, and the loop that answers one request after the other."""

from __future__ import annotations

import math
import os
import resource
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from teipipe.build.channel import Answer, receive, send
from teipipe.errors import TeipipeError

#: Exit status of a process that found no more memory; the one that SaxonC ends with.
OUT_OF_MEMORY: Final = 99

#: The largest file that a worker could write, in bytes: only its own log of standard error is one.
_MAX_FILE: Final = 1 << 24


def limit(memory: int) -> None:
    """Bound what this process can use: `memory` in megabytes, next to no files, no core dump."""
    # Not RLIMIT_AS: SaxonC reserves some 33 GB of addresses without using them.
    for what, value in ((resource.RLIMIT_DATA, memory << 20), (resource.RLIMIT_FSIZE, _MAX_FILE)):
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(requests: int, answers: int, seconds: float, run: Callable[[Any], object]) -> None:
    """Send an Answer to every request: what `run` makes of it, None for one that wants no answer.

    Ends when whoever asks does. `seconds` is how long one request may take.
    """
    with suppress(EOFError, BrokenPipeError):
        while True:
            request = receive(requests)
            _limit_time(seconds)
            answer = _answer(request, run)
            if answer is not None:
                send(answers, answer)


def _limit_time(seconds: float) -> None:
    """Should the process that asks be killed, nobody would stop an endless transformation: this does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(used.ru_utime + used.ru_stime + 2 * seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(request: Any, run: Callable[[Any], object]) -> Answer | None:
    try:
        value = run(request)
    except TeipipeError as error:
        return Answer(error=error)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception:
        return Answer(bug=traceback.format_exc())
    return None if value is None else Answer(value)
