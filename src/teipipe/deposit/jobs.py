"""What a worker that describes documents for archives can be asked to do, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from teipipe.deposit.layout import METADATA
from teipipe.editions import Artefact, Corpus, Source

if TYPE_CHECKING:
    from teipipe.editions.metadata import MetadataRenderer
    from teipipe.saxon import Message

#: What parameters a job has for the stylesheets, beside the document and the corpus.
Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The `record` of a document or of the edition (XML, without declaration), the files made of it, what was said."""

    record: str
    artefacts: tuple[Artefact, ...]
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """Describe a document: `source` has at least its header, and of the whole it sees what is in `corpus`."""

    source: Source
    corpus: Corpus
    parameters: Parameters

    def run(self, renderer: MetadataRenderer) -> object:
        """The Described."""
        renderer.take_messages()
        files = renderer.document(self.source, self.corpus, dict(self.parameters))
        return _described(files, f"{METADATA}/documents/{self.source.id}/", renderer)


@dataclass(frozen=True, slots=True)
class EditionJob:
    """Describe the edition, from what was `gathered` of the records of its documents (XML).

    `package` is what the README says besides (see `readme.Facts`); without it there is none.
    """

    gathered: str
    corpus: Corpus
    parameters: Parameters
    package: str = ""

    def run(self, renderer: MetadataRenderer) -> object:
        """The Described."""
        renderer.take_messages()
        files = renderer.whole(self.gathered, self.corpus, dict(self.parameters), self.package)
        return _described(files, f"{METADATA}/", renderer)


def _described(files: dict[str, str], folder: str, renderer: MetadataRenderer) -> Described:
    from teipipe.deposit.layout import CITATION, README, README_TEXT, ZENODO
    from teipipe.editions.metadata import RECORD

    record = files.pop(RECORD)
    # Two have names and places that their standards give, and whoever opens the package sees what it is.
    paths = {name: name if name in (CITATION, ZENODO, README, README_TEXT) else f"{folder}{name}" for name in files}
    artefacts = tuple(Artefact(paths[name], text.encode()) for name, text in files.items())
    return Described(record, artefacts, tuple(dict.fromkeys(renderer.take_messages())))
