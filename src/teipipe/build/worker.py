"""The process that renders: it holds the compiled stylesheets, has no environment, and can be killed at any moment."""

from __future__ import annotations

import gc
import math
import os
import resource
import traceback
from contextlib import suppress

from teipipe.build.messages import Answer, Job, Setup, receive, send
from teipipe.editions import Corpus, Renderer
from teipipe.errors import TeipipeError

#: The largest file that a worker could write, in bytes: only its own log of standard error is.
_MAX_FILE = 1 << 24


def main(requests: int, answers: int) -> None:
    """Serve one build: `requests` and `answers` are the file descriptors of two pipes.

    In come a Setup and the seconds for each job, then Corpus values and jobs; out goes an Answer to the Setup and
    to each job. Ends when the build does.
    """
    with suppress(EOFError, BrokenPipeError):
        setup, seconds = receive(requests)
        _limit(setup)
        renderer = _start(setup, answers)
        # What is there now stays for good: later collections need not look at it again.
        gc.freeze()
        corpus = Corpus("", "", "", ())
        while renderer is not None:
            request = receive(requests)
            if isinstance(request, Corpus):
                corpus = request
                continue
            _limit_time(seconds)
            send(answers, _answer(request, renderer, corpus))


def _limit(setup: Setup) -> None:
    # Not RLIMIT_AS: SaxonC reserves some 33 GB of addresses without using them.
    for limit, value in ((resource.RLIMIT_DATA, setup.memory << 20), (resource.RLIMIT_FSIZE, _MAX_FILE)):
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Should the build itself be killed, nobody would stop an endless transformation: this does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + 2 * seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _start(setup: Setup, answers: int) -> Renderer | None:
    try:
        renderer = Renderer(setup.stylesheets, setup.language)
    except TeipipeError as error:
        send(answers, Answer(error=error))
        return None
    send(answers, Answer())
    return renderer


def _answer(job: Job, renderer: Renderer, corpus: Corpus) -> Answer:
    try:
        return Answer(job.run(renderer, corpus))
    except TeipipeError as error:
        return Answer(error=error)
    except MemoryError:
        os._exit(99)  # as SaxonC ends when it finds no memory
    except Exception:
        return Answer(bug=traceback.format_exc())
