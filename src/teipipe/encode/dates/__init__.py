"""Dates: what a historian writes, and what it means by the calendar."""

from __future__ import annotations

from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Marked
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript


def dates_in(transcript: Transcript, structure: Structure, brackets: Marked, settings: Settings) -> Marked:
    """The dates and times in the leaves of a text."""
    return Marked()
