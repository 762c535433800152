"""The process that makes books: it holds the compiled stylesheets and sets type, and can be killed at any moment."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

from teipipe.books.jobs import BookJob, TextJob, Workshop
from teipipe.build.channel import Answer, receive, send
from teipipe.build.jobs import Setup
from teipipe.build.lockdown import restrict
from teipipe.build.serving import limit, serve
from teipipe.documents import read_bytes
from teipipe.editions.books import BookRenderer
from teipipe.errors import BookError, TeipipeError
from teipipe.resources import bundled
from teipipe.stylesheets import Stylesheets


@dataclass(frozen=True, slots=True)
class BinderSetup:
    """What a worker needs before it can start: as for pages, and the folder of the project's own fonts."""

    pages: Setup
    fonts: Path | None = None


def main(requests: int, answers: int) -> None:
    """Serve one build: `requests` and `answers` are the file descriptors of two pipes.

    In come a BinderSetup and the seconds for each job, then jobs; out goes an Answer to the BinderSetup and to each
    job. Ends when the build does.
    """
    setup, seconds = receive(requests)
    pages = setup.pages
    limit(pages.memory)
    restrict(path for path in (bundled("xslt"), pages.stylesheets, setup.fonts) if path is not None)
    try:
        renderer = BookRenderer(pages.stylesheets, pages.language, dict(pages.words))
        workshop = Workshop(renderer, _templates(Stylesheets(pages.stylesheets)))
    except TeipipeError as error:
        send(answers, Answer(error=error))
        return
    send(answers, Answer())
    gc.freeze()

    def run(request: TextJob | BookJob) -> object:
        return request.run(workshop)

    serve(requests, answers, seconds, run)


def _templates(found: Stylesheets) -> dict[str, str]:
    """The templates of print by their names; those of the project take the place of ours."""
    templates: dict[str, str] = {}
    for folder in reversed(found.folders):
        for path in sorted((folder / "print").glob("*.typ")):
            if path.name.startswith("."):  # as editors leave them
                continue
            try:
                templates[path.name] = read_bytes(path).decode()
            except UnicodeDecodeError as error:
                raise BookError("a template is not in UTF-8", path=path) from error
    return templates
