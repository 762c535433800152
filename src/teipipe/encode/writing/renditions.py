"""The signs of the source that an encoding takes out of its text, each declared once in the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = re.compile(r"[^\W_]+")
_KNOWN: Final = {("before", "["): "bracket-open", ("after", "]"): "bracket-close"}


class Renditions:
    """What the header has to declare; each sign gets an id when it is first asked for."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def before(self, sign: str) -> str:
        """The pointer at a sign that stands before."""
        return self._pointer("before", sign)

    def after(self, sign: str) -> str:
        """The pointer at a sign that stands after."""
        return self._pointer("after", sign)

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """The id, the scope and the sign of each, in the order in which they were first needed."""
        for (scope, sign), name in self._ids.items():
            yield name, scope, sign

    def _pointer(self, scope: str, sign: str) -> str:
        key = (scope, sign)
        if key not in self._ids:
            name = self._name(scope, sign)
            self._taken.add(name)
            self._ids[key] = name
        return f"#{self._ids[key]}"

    def _name(self, scope: str, sign: str) -> str:
        if (scope, sign) in _KNOWN:
            return _KNOWN[scope, sign]
        words = "-".join(_LETTERS.findall(sign.lower())[:3])
        base = f"sign-{words}" if words.isascii() and words else "sign"
        name, number = base, self._numbers.get(base, 1)
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._numbers[base] = number
        return name
