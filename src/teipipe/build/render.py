"""Renders one document as a file that stands alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from teipipe.build.findings import from_failures, from_loss, from_messages
from teipipe.build.jobs import Page, RenderJob
from teipipe.build.session import rendering_pool
from teipipe.diagnostics import Diagnostic, in_order
from teipipe.diagnostics import exit_code as worst
from teipipe.errors import WorkerError
from teipipe.folders import absolute
from teipipe.project import Project, load_project
from teipipe.provenance import Origin
from teipipe.stylesheets import Stylesheets

if TYPE_CHECKING:
    from teipipe.build.plan import Loaded, Plan
    from teipipe.editions import Format
    from teipipe.views import View


@dataclass(frozen=True, slots=True)
class Rendering:
    """The result of rendering one document: its text, None if it could not be made, and the findings."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 it could not be rendered."""
        return worst(self.diagnostics)


def render_document(
    path: Path,
    to: Format,
    view: View = "reading",
    *,
    project: Project | None = None,
    names: bool = True,
    width: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Rendering:
    """Render the document in the file `path` as a page ("html") or as "text", in one of its views.

    `project` is by default the one that the file lies in: its register and its other documents are what pointers lead
    to. `names` puts the speakers' names into the speech view; `width` is the line length of text in code points (0:
    unlimited). Raises TeipipeError if nothing at all can be rendered.
    """
    project = project or load_project(path.parent, only=[path])
    with rendering_pool(project, 1) as pool:
        from teipipe.build.keys import rendering_key, statement_of, surroundings_key
        from teipipe.build.plan import read_inputs
        from teipipe.editions.surroundings import Surroundings

        plan = read_inputs(project)
        diagnostics = [problem for problem in plan.diagnostics if problem.rule == "missing-register"]
        found = load_document(plan, project, path, diagnostics)
        if found is None:
            return Rendering(None, tuple(in_order(diagnostics)))
        corpus = plan.corpus(project, os.environ if environment is None else environment)
        seen = found.input.surroundings(Surroundings(corpus))
        origin = Origin(found.input.id, found.input.place, found.input.facts.sha256)
        general = statement_of(project, corpus, rendering_key(project))
        statement = replace(general, file="", sources=(origin,), facts=surroundings_key(found.input.id, seen))
        job = RenderJob(found.source, to, view, _style(project), names, width, statement)
        [outcome] = pool.run([(path, job)], shared=seen)
    if isinstance(outcome.error, WorkerError):
        diagnostics.append(from_loss(outcome.error, path))
    elif outcome.error is not None:
        diagnostics += from_failures([(outcome.error, path)], project)
    page = cast("Page | None", outcome.value)
    if page is not None and page.messages:
        diagnostics += from_messages(page.messages, found.document())
    return Rendering(page.text if page else None, tuple(in_order(diagnostics)))


def load_document(plan: Plan, project: Project, path: Path, diagnostics: list[Diagnostic]) -> Loaded | None:
    """The document, by its address in the edition if it is part of it."""
    from teipipe.build.plan import read_document

    if plan.register is not None and _same(plan.register.input.path, path):
        return plan.register
    same = next((found for found in plan.inputs if _same(found.path, path)), None)
    found = same or read_document(project, path, diagnostics)
    return None if found is None else found.load()


def _same(first: Path, second: Path) -> bool:
    return absolute(first) == absolute(second)


def _style(project: Project) -> str:
    """The style sheet that goes into the page, so that it needs no other file."""
    sheets = [Stylesheets(project.stylesheets).file(f"assets/{name}.css") for name in ("base", "document")]
    theme = dict(project.theme.assets()).get("theme.css", b"").decode("utf-8", "replace")
    return "\n".join([*(path.read_text(encoding="utf-8") for path in sheets), theme]).strip()
