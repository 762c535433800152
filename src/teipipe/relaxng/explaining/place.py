"""A place where an element stands that may not come next."""

from __future__ import annotations

from teipipe.relaxng.automaton import NoStepError, State
from teipipe.relaxng.explaining.frames import Entry, Frame
from teipipe.relaxng.explaining.report import Report
from teipipe.relaxng.explaining.wording import local


class Place:
    """The element `name` at the byte `offset`, in `parent`, whose content has got to `state`."""

    def __init__(self, report: Report, parent: Frame, name: str, offset: int) -> None:
        assert parent.state is not None
        self.report = report
        self.parent = parent
        self.state: State = parent.state
        self.name = name
        self.plain = local(name)
        self.offset = offset

    def add(self, message: str, *help: str | None) -> None:
        """Note a finding about the element, unless it follows from what was said of the parent."""
        if self.parent.is_doubtful:
            return
        self.report.add("unexpected-element", message, self.offset, *help)

    def expected_names(self) -> list[str]:
        """The names of the elements that may stand here, likeliest first."""
        outlook, vector = self.report.outlook, self.state.vector
        return self.report.words.ranked(
            outlook.elements(vector),
            outlook.needed(vector),
            self.parent.seen,
            self.parent.name,
            is_mixed=outlook.has_text(vector),
        )

    def expected(self) -> str:
        """What may stand here, in words."""
        names = self.expected_names()
        inside = local(self.parent.name)
        if not names and self.report.outlook.is_empty(self.parent.content):
            return f"“{inside}” is always empty"
        if not names and self.report.outlook.has_text(self.state.vector):
            return f"“{inside}” holds text only: leave the tags out and keep the words"
        return self.report.words.allowed(names)


def step(state: State, name: str, *, is_implied: bool = False) -> Entry | None:
    """The entry of a child by a regular step from a state, None if there is none."""
    try:
        opened, after = state[name]
    except NoStepError:
        return None
    return Entry(name, opened.vector, after, is_implied=is_implied)
