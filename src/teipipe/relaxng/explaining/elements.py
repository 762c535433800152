"""What is wrong with an element at its place, and where its parent goes on so that one cause gives one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from teipipe.relaxng.automaton import NoStepError, State, Vector
from teipipe.relaxng.explaining.frames import Entry, Frame, Missing
from teipipe.relaxng.explaining.report import Report
from teipipe.relaxng.explaining.wording import either, local, namespace, near
from teipipe.relaxng.leaves import ElementLeaf

#: Ancestors that are looked at for one behind whose child the element could stand.
_LEVELS: Final = 4


def recover(report: Report, stack: Sequence[Frame], name: str, offset: int, meant: dict[str, str]) -> Entry:
    """Name what is wrong with an element that may not come next, and say how to go on.

    `stack` are the open elements, the parent last; `meant` takes up a namespace that is wrong throughout, with the
    one that is meant.
    """
    return _Recovery(report, stack, name, offset, meant).run()


def lacks(report: Report, frame: Frame, missing: Missing) -> None:
    """Name elements that were missing and did not turn up later."""
    names = list(dict.fromkeys(local(min(leaf.names, default="*")) for leaf in missing.leaves))
    report.add(
        "missing-element",
        f"“{local(frame.name)}” lacks {either(names, 'and')} before this “{local(missing.before)}”",
        missing.offset,
        report.described(missing.leaves[0]) if len(names) == 1 else None,
    )


def too_late(report: Report, parent: Frame, name: str, offset: int) -> bool:
    """Whether an element was found missing before; if so, that is taken back, and the order named as what is wrong."""
    for missing in parent.missing:
        if any(leaf.holds(name) for leaf in missing.leaves):
            parent.missing.remove(missing)
            plain, before = local(name), local(missing.before)
            message = f"“{plain}” has to come before this “{before}” in “{local(parent.name)}”"
            related = [(offset, f"“{plain}” stands here")]
            report.add("unexpected-element", message, missing.offset, "exchange the two", related=related)
            return True
    return False


class _Recovery:
    def __init__(self, report: Report, stack: Sequence[Frame], name: str, offset: int, meant: dict[str, str]) -> None:
        self.report = report
        self.knowledge = report.knowledge
        self.outlook = report.outlook
        self.words = report.words
        self.stack = stack
        self.parent = stack[-1]
        self.name = name
        self.plain = local(name)
        self.offset = offset
        self.meant = meant
        assert self.parent.state is not None
        self.state: State = self.parent.state
        self.inside = local(self.parent.name)

    def run(self) -> Entry:
        contents = self.knowledge.contents(self.name)
        if contents is None:
            return self.unknown()
        return (
            self.implied()
            or self.late(contents)
            or self.again(contents)
            or self.outermost(contents)
            or self.early()
            or self.disordered(contents)
            or self.too_deep(contents)
            or self.too_high(contents)
            or self.misplaced(contents)
        )

    def enter(self, state: State, name: str, *, is_implied: bool = False) -> Entry | None:
        """The entry by a regular step from a state, None if there is none."""
        try:
            opened, after = state[name]
        except NoStepError:
            return None
        return Entry(name, opened.vector, after, is_implied=is_implied)

    def add(self, message: str, *help: str | None, related: Sequence[tuple[int, str]] = ()) -> None:
        self.report.add("unexpected-element", message, self.offset, *help, related=related)

    def anything(self) -> State:
        """Where the parent is if this element stood for one that may come next, or for none."""
        return self.report.anything(self.state)

    def expected(self) -> str:
        leaves = self.outlook.elements(self.state.vector)
        names = self.words.ranked(leaves, self.outlook.needed(self.state.vector), self.parent.seen)
        if not names and self.outlook.is_empty(self.parent.content):
            return f"“{self.inside}” is always empty"
        if not names and self.outlook.has_text(self.parent.content):
            return f"“{self.inside}” holds text only"
        return self.words.allowed(names, text=False)

    # The element is one of the schema's.

    def implied(self) -> Entry | None:
        """It belongs to what was said to be lacking an element around it."""
        if self.parent.implied is None:
            return None
        return self.enter(self.parent.implied, self.name, is_implied=True)

    def late(self, contents: Vector) -> Entry | None:
        """It was found missing before, and only comes too late."""
        if not too_late(self.report, self.parent, self.name, self.offset):
            return None
        return Entry(self.name, contents, resume=self.state)

    def again(self, contents: Vector) -> Entry | None:
        """The same was said of another one in this parent."""
        if self.name not in self.parent.reported:
            return None
        return Entry(self.name, contents, resume=self.state)

    def outermost(self, contents: Vector) -> Entry | None:
        if self.parent.name:
            return None
        names = self.words.ranked(self.outlook.elements(self.state.vector), (), ())
        self.add(
            f"“{self.plain}” can't be the outermost element", f"it has to be {either(names[:6])}" if names else None
        )
        return Entry(self.name, contents, resume=self.anything())

    def early(self) -> Entry | None:
        """Something has to come first."""
        found = self.outlook.skipped(self.state.vector, self.name)
        if found is None:
            return None
        leaves, after = found
        needed = set(self.outlook.needed(self.state.vector))
        if leaves[0] not in needed and (self.name in self.parent.seen or not self.belongs()):
            return None
        state = self.report.automaton.state(after)
        entry = None if state is None else self.enter(state, self.name)
        if state is not None and entry is not None:
            self.parent.missing.append(Missing(leaves, self.name, self.offset))
            self.parent.state = state
        return entry

    def belongs(self) -> bool:
        """Whether the parent can hold such an element at all."""
        leaves = (leaf for pattern in self.parent.content for leaf in pattern.leaves())
        return any(isinstance(leaf, ElementLeaf) and leaf.holds(self.name) for leaf in leaves)

    def disordered(self, contents: Vector) -> Entry | None:
        """Such an element may stand in the parent, but not any more."""
        if not self.belongs():
            return None
        turn = next((turn for turn in reversed(self.parent.history) if self.may_follow(turn[0])), None)
        if turn is None:
            self.add(f"“{self.plain}” can't stand at this place in “{self.inside}”", self.expected())
        elif turn[1] == self.name:
            message = f"a second “{self.plain}” in “{self.inside}”; there may be only one"
            if self.parent.last != self.name:
                message = f"“{self.plain}” can't come again at this place in “{self.inside}”"
            self.add(message, self.expected(), related=[(turn[2], f"the first “{self.plain}”")])
        else:
            self.turned(*turn)
        self.parent.reported.add(self.name)
        return Entry(self.name, contents, resume=self.state)

    def turned(self, before: State, other: str, offset: int) -> None:
        after = self.outlook.after_name(before.vector, self.name)
        shown = local(other)
        if after is not None and self.outlook.after_name(after, other) is not None:
            message = f"“{self.plain}” has to come before “{shown}” in “{self.inside}”"
            self.add(message, related=[(offset, f"“{shown}”")])
        else:
            message = f"“{self.plain}” and “{shown}” exclude each other in “{self.inside}”"
            self.add(message, "keep one of them", related=[(offset, f"“{shown}”")])

    def may_follow(self, state: State) -> bool:
        return self.outlook.after_name(state.vector, self.name) is not None

    def too_deep(self, contents: Vector) -> Entry | None:
        """It could stand behind its parent, or behind an element further out."""
        inner = self.parent
        for outer in reversed(self.stack[-_LEVELS - 1 : -1]):
            if inner.after is not None and outer.name:
                behind = inner.after[inner.after.everything]
                if self.may_follow(behind):
                    advice = f"end “{local(inner.name)}” first: “{self.plain}” can follow it"
                    self.add(f"“{self.plain}” can't stand in “{self.inside}”", advice)
                    self.parent.reported.add(self.name)
                    return Entry(self.name, contents, resume=self.anything())
            inner = outer
        return None

    def too_high(self, contents: Vector) -> Entry | None:
        """It could stand in an element that may come here."""
        needed = self.outlook.needed(self.state.vector)
        holders: list[ElementLeaf] = []
        for leaf in self.outlook.elements(self.state.vector):
            inside = self.knowledge.inside((leaf.content,))
            if inside is not None and self.may_follow(inside):
                holders.append(leaf)
        names = self.words.ranked(holders, needed, self.parent.seen)
        if not names:
            return None
        shown = either(names[:3])
        self.add(
            f"“{self.plain}” can't stand directly in “{self.inside}”",
            f"put it into {shown}" if len(names) <= 3 else f"put it into an element such as {shown}",
        )
        inside = self.knowledge.inside(tuple(dict.fromkeys(leaf.content for leaf in holders)))
        self.parent.implied = inside
        self.parent.state = self.anything()
        entry = None if inside is None else self.enter(inside, self.name, is_implied=True)
        return entry or Entry(self.name, contents, resume=self.state)

    def misplaced(self, contents: Vector) -> Entry:
        self.add(f"“{self.plain}” can't stand in “{self.inside}”", self.expected(), self.homes())
        self.parent.reported.add(self.name)
        return Entry(self.name, contents, resume=self.anything())

    def homes(self) -> str | None:
        """Where such an element may stand, if that is in few elements."""
        names = self.knowledge.parents.get(self.name, ())
        return f"it belongs in {either(list(names))}" if 0 < len(names) <= 3 else None

    # The element is none of the schema's.

    def unknown(self) -> Entry:
        return self.wrong_namespace() or self.misnamed() or self.foreign()

    def wrong_namespace(self) -> Entry | None:
        """The schema has it in another namespace; the rest of the document is read as if that were meant."""
        others = self.knowledge.by_local.get(self.plain)
        if not others:
            return None
        right = next((name for name in others if self.may_come(name)), others[0])
        uri, wanted = namespace(self.name), namespace(right)
        self.meant.setdefault(uri, wanted)
        is_in = f"is in the namespace “{uri}”" if uri else "is in no namespace"
        should = f"the namespace “{wanted}”" if wanted else "no namespace"
        advice = f'write xmlns="{wanted}" on the outermost element' if not self.parent.name else None
        self.add(f"“{self.plain}” {is_in}; the schema's is in {should}", advice)
        self.name = right
        entry = self.enter(self.state, right)
        return entry or Entry(right, self.knowledge.contents(right), resume=self.anything())

    def may_come(self, name: str) -> bool:
        return self.outlook.after_name(self.state.vector, name) is not None

    def misnamed(self) -> Entry | None:
        """It is called so elsewhere, or misspelt."""
        for names in self.candidates():
            by_local: dict[str, str] = {}
            for name in names:
                by_local.setdefault(local(name), name)
            habit = next((other for other in self.habits() if other in by_local), None)
            found = habit or near(self.plain, by_local)
            if found is not None:
                return self.taken_for(by_local[found])
        return None

    def candidates(self) -> Iterable[Iterable[str]]:
        """Names that it may have been meant to be, the likely ones first."""
        yield [name for leaf in self.outlook.elements(self.state.vector) for name in sorted(leaf.names)]
        leaves = (leaf for pattern in self.parent.content for leaf in pattern.leaves())
        yield [name for leaf in leaves if isinstance(leaf, ElementLeaf) for name in sorted(leaf.names)]
        yield self.knowledge.by_name

    def habits(self) -> tuple[str, ...]:
        habits = self.knowledge.habits.elements
        return habits.get(self.plain) or habits.get(self.plain.lower(), ())

    def taken_for(self, name: str) -> Entry:
        if namespace(name) != namespace(self.name):
            self.meant.setdefault(namespace(self.name), namespace(name))
        entry = self.enter(self.state, name)
        # What stands in an element of another vocabulary is of that vocabulary: one cause.
        if not self.parent.is_guess:
            message = f"there is no element “{self.plain}”" if self.parent.name else self.no_root()
            where = None if entry else f"it can't stand here, though: {self.expected()}"
            description = self.report.described(self.knowledge.by_name[name][0]) if entry else None
            self.add(message, f"did you mean “{local(name)}”?", where, description)
        if entry is not None:
            return Entry(name, entry.contents, entry.after, is_guess=True)
        return Entry(name, self.knowledge.contents(name), resume=self.anything(), is_guess=True)

    def no_root(self) -> str:
        return f"“{self.plain}” can't be the outermost element"

    def foreign(self) -> Entry:
        uri = namespace(self.name)
        home = namespace(self.parent.name)
        known_uri = any(namespace(name) == uri for name in self.knowledge.by_name)
        if self.parent.name and (not uri or known_uri or uri == home):
            message = f"there is no element “{self.plain}”"
        elif self.parent.name:
            message = f"“{self.plain}” of the namespace “{uri}” can't stand in “{self.inside}”"
        else:
            message = self.no_root()
        self.add(message, self.expected())
        return Entry(self.name, None, resume=self.anything())
