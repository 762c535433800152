"""Which rules a run is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teipipe.diagnostics import Diagnostic
from teipipe.errors import ConfigurationError
from teipipe.gates.names import covers, is_final, is_final_rule, is_pattern, unknown


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that count: those that `rules` name (none: all of them), without those that `ignored` name.

    Each is a rule, a rule with a slash and an assertion, or a pattern of either with "*", "?" and "[…]". What says
    that a file could not be judged counts always.
    """

    rules: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, rules: Iterable[str] = (), ignored: Iterable[str] = ()) -> Selection:
        """The selection with these names.

        Raises ConfigurationError if no rule has such a name, or if one is to be ignored that can't be.
        """
        selection = cls(tuple(rules), tuple(ignored))
        for name in (*selection.rules, *selection.ignored):
            advice = unknown(name)
            if advice is not None:
                what = "no rule fits" if is_pattern(name) else "there is no rule"
                raise ConfigurationError(f"{what} “{name}”", help=advice)
        for name in selection.ignored:
            if is_final_rule(name.partition("/")[0]):
                raise ConfigurationError(
                    f"“{name}” can't be ignored: what else is wrong with such a file is not known",
                    help="mend the file, or take it out of the documents of the project",
                )
        return selection

    def keeps(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding counts."""
        return is_final(diagnostic) or self.keeps_code(diagnostic.code)

    def keeps_code(self, code: str) -> bool:
        """Whether findings called `code` count (see Diagnostic.code)."""
        is_asked = not self.rules or any(covers(name, code) for name in self.rules)
        return is_asked and not any(covers(name, code) for name in self.ignored)
