"""Square brackets of a transcript: what each is, by what stands in it."""

from __future__ import annotations

from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Marked
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript


def brackets_in(transcript: Transcript, structure: Structure, settings: Settings) -> Marked:
    """The brackets in the leaves of a text that the structure itself hasn't marked."""
    return Marked()
