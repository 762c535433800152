from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipipe.build.registering import texts_in
from teipipe.encode.registers.texts import Text


@pytest.fixture
def transcript(tmp_path: Path) -> Callable[[str], Text]:
    """A transcript as names are looked for in it."""

    def read(text: str) -> Text:
        path = tmp_path / "talk.txt"
        path.write_text(text, encoding="utf-8")
        (one,) = texts_in([path], with_register=False)
        return one

    return read
