"""Where compiled schemas are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipipe.caching import default_folder


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"HOME": "/"}, None),
        ({"HOME": "/home/kim"}, "/home/kim/.cache/teipipe"),
        ({"HOME": "/home/kim", "XDG_CACHE_HOME": "/caches"}, "/caches/teipipe"),
        ({"HOME": "/home/kim", "XDG_CACHE_HOME": "relative"}, None),
        ({"HOME": "/home/kim", "TEIPIPE_CACHE": "own"}, "own"),
        ({"HOME": "/home/kim", "TEIPIPE_CACHE": ""}, None),
    ],
)
def test_the_environment_says_where(
    environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "TEIPIPE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_folder() == (None if expected is None else Path(expected))
