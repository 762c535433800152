"""From which severity on findings make a run fail."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity

#: By the names that options and configurations give them.
THRESHOLDS: Final[dict[str, Severity]] = {
    "info": Severity.INFO,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
    "never": Severity.FAILURE,  # a file that could not be judged is never passed over
}
