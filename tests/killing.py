"""Has a process killed at a chosen moment of its work: what tests of writing share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any


def die_at(moment: int, calls: Iterable[str]) -> Callable[[], None]:
    """Have this process killed at one of the moments before and after `calls` of os; what makes another moment."""
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*arguments: Any, **options: Any) -> Any:
            step()
            result = call(*arguments, **options)
            step()
            return result

        return stepping

    for name in calls:
        setattr(os, name, wrapped(getattr(os, name)))
    return step
