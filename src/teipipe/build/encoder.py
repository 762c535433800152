"""The process that encodes transcripts: it holds the register and can be killed any time."""

from __future__ import annotations

from teipipe.build.channel import Answer, receive, send
from teipipe.build.serving import limit, serve
from teipipe.encode.files import Encoder, Job
from teipipe.errors import TeipipeError


def main(requests: int, answers: int) -> None:
    """Serve one run: `requests` and `answers` are the file descriptors of two pipes.

    In come Options, megabytes of memory and the seconds for each job, then jobs; out goes an Answer to each. Ends when
    the run does.
    """
    options, memory, seconds = receive(requests)
    limit(memory)
    try:
        encoder = Encoder(options)
    except TeipipeError as error:
        send(answers, Answer(error=error))
        return
    send(answers, Answer())

    def run(job: Job) -> object:
        return encoder.encode(job)

    serve(requests, answers, seconds, run)
