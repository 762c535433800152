"""How this room reports: findings of registered rules, and guesses at what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from teipipe.rules import finding as fault

__all__ = ["did_you_mean", "fault"]


def did_you_mean(name: str, names: Iterable[str]) -> str | None:
    """A question with the name that was probably meant, if one is near."""
    near = get_close_matches(name, list(names), n=1, cutoff=0.7)
    return f"did you mean “{near[0]}”?" if near else None
