"""What a worker that describes documents for archives can be asked to do, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.editions import Artefact
    from teipipe.saxon import Message


@dataclass(frozen=True, slots=True)
class Described:
    """The `record` of a document or of the edition (XML, without declaration), the files made of it, what was said."""

    record: str
    artefacts: tuple[Artefact, ...]
    messages: tuple[Message, ...] = ()
