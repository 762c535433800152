"""The process that describes documents for archives: it holds the compiled stylesheets and can be killed any time."""

from __future__ import annotations

import gc

from teipipe.build.channel import Answer, receive, send
from teipipe.build.lockdown import restrict
from teipipe.build.serving import limit, serve
from teipipe.deposit.jobs import DocumentJob, EditionJob
from teipipe.editions.metadata import MetadataRenderer
from teipipe.errors import TeipipeError
from teipipe.resources import bundled


def main(requests: int, answers: int) -> None:
    """Serve one deposit: `requests` and `answers` are the file descriptors of two pipes.

    In come a Setup and the seconds for each job, then jobs; out goes an Answer to the Setup and to each job. Ends when
    the deposit does.
    """
    setup, seconds = receive(requests)
    limit(setup.memory)
    restrict(path for path in (bundled("xslt"), setup.stylesheets) if path is not None)
    try:
        renderer = MetadataRenderer(setup.stylesheets, setup.language, dict(setup.words))
    except TeipipeError as error:
        send(answers, Answer(error=error))
        return
    send(answers, Answer())
    gc.freeze()

    def run(request: DocumentJob | EditionJob) -> object:
        return request.run(renderer)

    serve(requests, answers, seconds, run)
