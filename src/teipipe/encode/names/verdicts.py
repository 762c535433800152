"""What is known of a person at one place of a text: what a name there means, and where he was named beyond doubt."""

from __future__ import annotations

from typing import Final, NamedTuple

from teipipe.encode.decisions import Candidate, Certainty

#: Why a form is that of one entry, by the rule that it is made by, where that isn't just its name.
WAYS: Final = {
    "initials": "the name of one entry, with initials",
    "order": "the name of one entry, in its other order",
    "forename": "the name of one entry",
    "title": "the name of one entry, with its title",
}


class Verdict(NamedTuple):
    """What a name means: the entry by its number, None if that is left open. The stretch may be longer than the hit.

    `rule`, `certainty` and `reason` are those of the decision; `open` are the entries that it may be, with what speaks
    for each; `is_inferred` that the name alone wouldn't tell who of several is meant, or is written otherwise.
    """

    start: int
    end: int
    rule: str
    certainty: Certainty
    reason: str
    entry: int | None = None
    open: tuple[Candidate, ...] = ()
    is_inferred: bool = False


class Known(NamedTuple):
    """Where a person was named so that nobody else could be meant, and how."""

    at: int
    reason: str
    has_office: bool = False
