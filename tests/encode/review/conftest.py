from __future__ import annotations

import pytest
from tests.encode.review.encodings import RULES as TRIED

from teipipe.encode.rules import RULES


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in TRIED:
        monkeypatch.setitem(RULES, rule.name, rule)
