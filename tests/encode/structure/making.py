"""Structures of texts, and documents of structures alone."""

from __future__ import annotations

from pathlib import Path

from teipipe.encode.blocks import Structure
from teipipe.encode.fidelity import require_fidelity
from teipipe.encode.marked import Dated, Marked, Named
from teipipe.encode.settings import Settings
from teipipe.encode.structure import load_profile, structure_of
from teipipe.encode.transcript import Mark, Transcript
from teipipe.encode.writing import write_tei


def transcript(text: str, marks: tuple[Mark, ...] = ()) -> Transcript:
    """A text as if it had been read from a file."""
    return Transcript(Path("talk.txt"), text, marks=marks)


def settings(profile: str = "") -> Settings:
    """Settings with a profile, or without."""
    return Settings(id="talk", date="2026-11-27", profile=load_profile(profile) if profile else None)


def structure(text: str, profile: str = "", marks: tuple[Mark, ...] = ()) -> Structure:
    """The structure of a text."""
    return structure_of(transcript(text, marks), settings(profile))


def document(text: str, profile: str = "", marks: tuple[Mark, ...] = ()) -> bytes:
    """The document that a text comes to when nothing but its structure is looked for; it has all words of the text."""
    read, asked = transcript(text, marks), settings(profile)
    found = structure_of(read, asked)
    names = Named(who=tuple(() for _ in found.labels))
    tei, _ = write_tei(read, found, Marked(), names, Dated(), asked)
    require_fidelity(read, tei)
    return tei
