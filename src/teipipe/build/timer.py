"""Bounds the time that something takes in this process itself, where there is a timer to do it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


class LateError(BaseException):
    """Ends whatever is being done, through every `except Exception`."""


def _raise_late(number: int, frame: FrameType | None) -> None:
    raise LateError


def has_timer() -> bool:
    """Whether this process can be interrupted: in its main thread, where nobody else uses the same signal."""
    try:
        if signal.getitimer(signal.ITIMER_REAL)[0] or signal.getsignal(signal.SIGALRM) != signal.SIG_DFL:
            return False
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    except ValueError:
        return False
    return True


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise LateError in what is done meanwhile when the time is over, if there is a timer to do it."""
    if not has_timer():
        yield
        return
    signal.signal(signal.SIGALRM, _raise_late)
    # Again and again, should it first be raised where exceptions are swallowed, as in the end of an object.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        try:
            yield
        finally:
            _stop_timer()
    except LateError:
        _stop_timer()  # it may have been raised just when the timer was to be stopped
        raise


def _stop_timer() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
