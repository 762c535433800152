"""Where teipipe keeps what makes it faster next time: compiled schemas, schemas from the web."""

from __future__ import annotations

import os
from pathlib import Path


def default_folder() -> Path | None:
    """Where that is: TEIPIPE_CACHE, else the user's folder for caches; None if there is neither."""
    chosen = os.environ.get("TEIPIPE_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    home = os.environ.get("HOME", "").rstrip("/")
    base = Path(os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else ""))
    return base / "teipipe" if base.is_absolute() else None
