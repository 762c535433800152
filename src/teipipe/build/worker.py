"""The process that renders: it holds the compiled stylesheets, has no environment, and can be killed at any moment."""

from __future__ import annotations

import gc

from teipipe.build.channel import Answer, receive, send
from teipipe.build.jobs import Job
from teipipe.build.lockdown import restrict
from teipipe.build.serving import limit, serve
from teipipe.editions import Corpus, Renderer
from teipipe.errors import TeipipeError
from teipipe.resources import bundled


def main(requests: int, answers: int) -> None:
    """Serve one build: `requests` and `answers` are the file descriptors of two pipes.

    In come a Setup and the seconds for each job, then Corpus values and jobs; out goes an Answer to the Setup and
    to each job. Ends when the build does.
    """
    setup, seconds = receive(requests)
    limit(setup.memory)
    # Documents come through the pipe, so the stylesheets are all that there is to read.
    restrict([bundled("xslt"), *([setup.stylesheets] if setup.stylesheets else [])])
    try:
        renderer = Renderer(setup.stylesheets, setup.language, dict(setup.words))
    except TeipipeError as error:
        send(answers, Answer(error=error))
        return
    send(answers, Answer())
    # What is there now stays for good: later collections need not look at it again.
    gc.freeze()
    corpus = Corpus("", "", "", ())

    def run(request: Corpus | Job) -> object:
        nonlocal corpus
        if isinstance(request, Corpus):
            corpus = request
            return None
        return request.run(renderer, corpus)

    serve(requests, answers, seconds, run)
