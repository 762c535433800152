"""Pages in docs/ that are made from the code say what the code does now."""

from __future__ import annotations

import pytest
from tests.generated import PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"
