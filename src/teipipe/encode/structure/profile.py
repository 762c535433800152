"""Profiles: the conventions of a kind of source, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The conventions of a kind of source: `name` is that of its TOML file, `title` says what it is for."""

    name: str
    title: str
    text_type: str
