"""What a rendering worker can be asked to do, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from teipipe.errors import StylesheetError
from teipipe.provenance.stamps import stamped

if TYPE_CHECKING:
    from teipipe.editions import Artefact, Corpus, Edition, Format, Part, Renderer, Share, Source
    from teipipe.provenance import Statement
    from teipipe.saxon import Message
    from teipipe.views import View


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs before it can start: where the project's own stylesheets are, megabytes it may use.

    `language` and `words` are those of what an edition adds.
    """

    stylesheets: Path | None
    language: str
    memory: int
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one page about the whole: its files, or the failure in their place, and what was reported."""

    path: str
    artefacts: tuple[Artefact, ...]
    failure: StylesheetError | None
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class EditionJob:
    """Make every file of one document, or of some `parts`; it sees of the whole what is in `corpus`.

    Each says from what it was made, as in `statement`, if there is one.
    """

    source: Source
    corpus: Corpus
    parts: tuple[Part, ...] = ("views", "beside")
    statement: Statement | None = None

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """An Edition."""
        edition = renderer.edition(self.source, self.corpus, self.parts)
        return edition if self.statement is None else _stamped(edition, self.statement)


@dataclass(frozen=True, slots=True)
class RegisterJob:
    """Run the passes over the register, which sees of the whole what is in `corpus`."""

    register: Source
    corpus: Corpus

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """The Page: XML."""
        renderer.take_messages()
        text = renderer.register(self.register, self.corpus)
        return Page(text, tuple(dict.fromkeys(renderer.take_messages())))


@dataclass(frozen=True, slots=True)
class SiteJob:
    """Make pages about the whole corpus; `statements` say from what each was made, if they are given."""

    shares: tuple[Share, ...]
    statements: tuple[Statement, ...] = ()

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """A Made for each, in a tuple."""
        statements: Sequence[Statement | None] = self.statements or [None] * len(self.shares)
        return tuple(
            _made(share, renderer, share.corpus or corpus, statement)
            for share, statement in zip(self.shares, statements, strict=True)
        )


def _made(share: Share, renderer: Renderer, corpus: Corpus, statement: Statement | None) -> Made:
    renderer.take_messages()
    artefacts: tuple[Artefact, ...] = ()
    failure = None
    try:
        artefacts = renderer.site_page(share.page, share.summaries, corpus)
        if statement is not None:
            artefacts = tuple(_with(artefact, statement, "site.xsl") for artefact in artefacts)
    except StylesheetError as error:
        failure = error
    return Made(share.page.path, artefacts, failure, tuple(dict.fromkeys(renderer.take_messages())))


@dataclass(frozen=True, slots=True)
class Page:
    """The result of rendering one file that stands alone, and what the stylesheets reported."""

    text: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Make one file that stands alone; it says from what it was made unless it is a transcription and nothing else."""

    source: Source
    to: Format
    view: View
    css: str
    names: bool
    width: int | None
    statement: Statement | None = None

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """The Page."""
        renderer.take_messages()
        text = renderer.render(
            self.source, self.to, self.view, corpus, css=self.css, names=self.names, width=self.width
        )
        if self.statement is not None and (self.to == "html" or self.view != "source"):
            # It is part of no edition, so only the ending of this name counts.
            name, stylesheet = ("alone.html", "html.xsl") if self.to == "html" else ("alone.txt", "text.xsl")
            text = stamped(name, text.encode(), self.statement, stylesheet).decode()
        return Page(text, tuple(dict.fromkeys(renderer.take_messages())))


#: The stylesheets of what is made of a document, by the ending of the file; all others are made by "formats.xsl".
_STYLESHEETS: Final = {".html": "html.xsl", ".txt": "text.xsl", ".xml": "summary.xsl"}


def _stamped(edition: Edition, statement: Statement) -> Edition:
    """An edition in which every file says from what it was made."""
    artefacts = tuple(_with(one, statement, _stylesheet(one.path)) for one in edition.artefacts)
    if not edition.summary:
        return replace(edition, artefacts=artefacts)
    path = f"{statement.sources[0].id}/summary.xml"
    summary = stamped(path, edition.summary.encode(), statement, _stylesheet(path)).decode()
    return replace(edition, artefacts=artefacts, summary=summary)


def _stylesheet(path: str) -> str:
    return _STYLESHEETS.get(PurePosixPath(path).suffix, "formats.xsl")


def _with(artefact: Artefact, statement: Statement, stylesheet: str) -> Artefact:
    return replace(artefact, data=stamped(artefact.path, artefact.data, statement, stylesheet))


Job = EditionJob | RegisterJob | SiteJob | RenderJob
