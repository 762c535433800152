"""Has a process killed at a chosen moment of its work: what tests of writing share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

#: Calls that change nothing that outlives the process: before them all is as it is after them.
CHANGE_NOTHING = frozenset(("read", "readv", "preadv", "fsync", "close", "scandir", "lseek"))


def die_at(moment: int, calls: Iterable[str]) -> Callable[[], None]:
    """Have this process killed at one of the moments before and after `calls` of os; what makes another moment.

    Before and after those that change nothing is one moment.
    """
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(call: Callable[..., Any], *, changes: bool) -> Callable[..., Any]:
        def stepping(*arguments: Any, **options: Any) -> Any:
            if changes:
                step()
            result = call(*arguments, **options)
            step()
            return result

        return stepping

    for name in calls:
        setattr(os, name, wrapped(getattr(os, name), changes=name not in CHANGE_NOTHING))
    return step
