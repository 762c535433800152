"""The process that checks: it holds the schema, has no environment, and can be killed at any moment."""

from __future__ import annotations

import gc

from teipipe.build.channel import Answer, receive, send
from teipipe.build.checks import CheckingJob, CheckSetup
from teipipe.build.lockdown import restrict
from teipipe.build.serving import limit, serve
from teipipe.validate import Context


def main(requests: int, answers: int) -> None:
    """Serve one run: `requests` and `answers` are the file descriptors of two pipes.

    In come the megabytes and the seconds for each job, then a CheckSetup and jobs; out goes an Answer at the start and
    to each job. Ends when the one who asks does.
    """
    memory, seconds = receive(requests)
    limit(memory)
    send(answers, Answer())
    setup: CheckSetup | None = None
    context: Context | None = None

    def run(request: CheckSetup | CheckingJob) -> object:
        nonlocal setup, context
        if isinstance(request, CheckSetup):
            if setup is None:
                restrict(request.readable())
            setup = request
            return None
        if context is None:
            assert setup is not None
            context = setup.context()
            # What is there now stays for good: later collections need not look at it again.
            gc.freeze()
        return request.run(context)

    serve(requests, answers, seconds, run)
