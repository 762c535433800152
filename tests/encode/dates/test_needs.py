"""What a template needs, by which forms are told that can't fit before they are compiled."""

from __future__ import annotations

import pytest

from teipipe.encode.dates.templates import Template

_NAMED = {"md": "{month}~{day:day|ordinal}|{month} the {nth-word}"}


@pytest.mark.parametrize(
    ("template", "needs"),
    [
        ("{day} {month}[, {year}]", [{"day"}, {"month"}]),
        ("<{year}|{decade}> or {year2:year}", [{"year", "decade"}, {"=or"}, {"year"}]),
        ("between ^{day} and {day2:day}", [{"day"}, {"=and"}, {"day"}]),
        ("{month}$<{year}|>", [{"month"}]),
        ("{@md} {year}", [{"month"}, {"year"}]),
    ],
)
def test_has_one_of_each(template: str, needs: list[set[str]]) -> None:
    assert Template(template, _NAMED).needs() == needs
