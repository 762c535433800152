"""The structure of a transcript: heads, those present, turns, lists, signatures, notes, by the profile of its kind."""

from __future__ import annotations

from teipipe.encode.blocks import Block, Structure
from teipipe.encode.settings import Settings
from teipipe.encode.structure.detection import detect, sampled
from teipipe.encode.structure.loading import load_profile, profiles
from teipipe.encode.structure.outline import outline_of
from teipipe.encode.transcript import Transcript

__all__ = ["detect", "load_profile", "profiles", "structure_of"]


def structure_of(transcript: Transcript, settings: Settings) -> Structure:
    """The structure of a transcript, by the profile in the settings, or the one that fits it."""
    if not transcript.text.strip():
        empty = Block("div", 0, 0, (("type", "section"),), (Block("p", 0, 0),))
        return Structure("essay", "essay", body=(empty,))
    if settings.profile is not None:
        return outline_of(transcript, settings.profile)
    known = settings.profiles or profiles()
    sample = sampled(transcript, known)
    profile, decision = detect(transcript, known, sample)
    return outline_of(transcript, profile, decision, sample)
