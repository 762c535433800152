"""What can be found when a package is made, and when it is verified."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "missing-metadata",
        Severity.WARNING,
        "An archive asks for something that neither a header nor the configuration says",
        "What isn't said is never guessed: the field is left out, or has the standard's own code for unknown.",
        "no licence: publicationStmt/availability has neither licence nor a status other than unknown",
        "Say it at the place that is named, or leave it: the package is complete without.",
    ),
)
