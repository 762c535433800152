"""What a rendering worker can be asked to do, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.errors import StylesheetError

if TYPE_CHECKING:
    from teipipe.editions import Artefact, Corpus, Format, Part, Renderer, Share, Source
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
    """Make every file of one document, or of some `parts`; it sees of the whole what is in `corpus`."""

    source: Source
    corpus: Corpus
    parts: tuple[Part, ...] = ("views", "beside")

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """An Edition."""
        return renderer.edition(self.source, self.corpus, self.parts)


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
    """Make pages about the whole corpus."""

    shares: tuple[Share, ...]

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """A Made for each, in a tuple."""
        return tuple(_made(share, renderer, share.corpus or corpus) for share in self.shares)


def _made(share: Share, renderer: Renderer, corpus: Corpus) -> Made:
    renderer.take_messages()
    artefacts: tuple[Artefact, ...] = ()
    failure = None
    try:
        artefacts = renderer.site_page(share.page, share.summaries, corpus)
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
    """Make one file that stands alone."""

    source: Source
    to: Format
    view: View
    css: str
    names: bool
    width: int | None

    def run(self, renderer: Renderer, corpus: Corpus) -> object:
        """The Page."""
        renderer.take_messages()
        text = renderer.render(
            self.source, self.to, self.view, corpus, css=self.css, names=self.names, width=self.width
        )
        return Page(text, tuple(dict.fromkeys(renderer.take_messages())))


Job = EditionJob | RegisterJob | SiteJob | RenderJob
