"""The tables of the traditions, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table of a tradition."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rules(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Its rules of evening, in their order."""
    return tuple((re.compile(pattern), instead) for pattern, instead in table(name)["fold"])
