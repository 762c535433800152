"""What is wrong with an element at its place, and where its parent goes on so that one cause gives one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from teipipe.relaxng.automaton import State, Vector
from teipipe.relaxng.explaining.frames import Entry, Frame, Missing
from teipipe.relaxng.explaining.naming import misnamed
from teipipe.relaxng.explaining.place import Place, step
from teipipe.relaxng.explaining.report import Report
from teipipe.relaxng.explaining.wording import either, local
from teipipe.relaxng.leaves import ElementLeaf

#: Ancestors that are looked at for one behind whose child the element could stand.
_LEVELS: Final = 4
_FEW: Final = 3
#: Ways to mend one thing that are shown.
_WAYS: Final = 4


def recover(report: Report, stack: Sequence[Frame], name: str, offset: int) -> Entry:
    """Name what is wrong with an element that may not come next, and say how to go on.

    `stack` are the open elements, the parent last.
    """
    place = Place(report, stack[-1], name, offset)
    contents = report.knowledge.contents(name)
    if contents is None:
        return misnamed(place)
    return _Misplaced(place, stack, contents).run()


def lacks(report: Report, frame: Frame, missing: Missing) -> None:
    """Name elements that were missing and did not turn up later."""
    if frame.is_doubtful:
        return
    ways = [either(list(dict.fromkeys(map(_name, ways)))) for ways in missing.path]
    advice = [
        report.add_this(ways[0]) if len(ways) == 1 else report.add_one(ways)
        for ways in missing.path
        if len(ways) <= _WAYS
    ]
    message = f"“{local(frame.name)}” lacks {' and '.join(ways)} before this “{local(missing.before)}”"
    report.add("missing-element", message, missing.offset, *advice)


def too_late(report: Report, parent: Frame, name: str, offset: int) -> bool:
    """Whether an element was found missing before; if so, that is taken back, and the order named as what is wrong.

    The culprit is the one without which all would be well: the one before, unless that is needed as well.
    """
    for missing in parent.missing:
        if not any(leaf.holds(name) for ways in missing.path for leaf in ways):
            continue
        parent.missing.remove(missing)
        if parent.is_doubtful:
            return True
        plain, before, inside = local(name), local(missing.before), local(parent.name)
        if missing.is_needed:
            message = f"“{plain}” can't stand after “{before}” in “{inside}”"
            report.add(
                "unexpected-element", message, offset, f"move it before the “{before}” of {report.line(missing.offset)}"
            )
        else:
            message = f"“{before}” can't stand before “{plain}” in “{inside}”"
            advice = f"move it after the “{plain}” of {report.line(offset)}"
            report.add("unexpected-element", message, missing.offset, advice)
        return True
    return False


def _name(leaf: ElementLeaf) -> str:
    return local(min(leaf.names, default="*"))


def implied_entry(parent: Frame, name: str) -> Entry | None:
    """The entry of a child into the element that its parent was said to lack; None if it doesn't fit there."""
    return None if parent.implied is None else step(parent.implied, name, is_implied=True)


class _Misplaced:
    """An element of the schema at a place where it can't stand."""

    def __init__(self, place: Place, stack: Sequence[Frame], contents: Vector) -> None:
        self.place = place
        self.report = place.report
        self.outlook = place.report.outlook
        self.words = place.report.words
        self.parent = place.parent
        self.state = place.state
        self.name = place.name
        self.plain = place.plain
        self.inside = local(self.parent.name)
        self.stack = stack
        self.contents = contents

    def run(self) -> Entry:
        return (
            self.implied()
            or self.late()
            or self.again()
            or self.outermost()
            or self.early()
            or self.disordered()
            or self.too_deep()
            or self.too_high()
            or self.misplaced()
        )

    def ignored(self) -> Entry:
        """Go on behind it as if it were not there."""
        return Entry(self.name, self.contents, resume=self.state)

    def replaced(self) -> Entry:
        """Go on behind it as if it stood for something that can come here, or for nothing."""
        resume = self.report.anything(self.state)
        return Entry(self.name, self.contents, resume=resume, is_doubtful=not self.parent.is_doubtful)

    def implied(self) -> Entry | None:
        """It belongs to what was said to be lacking an element around it."""
        return implied_entry(self.parent, self.name)

    def late(self) -> Entry | None:
        """It was found missing before, and only comes too late."""
        return self.ignored() if too_late(self.report, self.parent, self.name, self.place.offset) else None

    def again(self) -> Entry | None:
        """The same was said of another one in this parent."""
        return self.ignored() if self.name in self.parent.reported else None

    def outermost(self) -> Entry | None:
        if self.parent.name:
            return None
        names = self.place.expected_names()
        advice = f"it has to be {either(names[:6])}" if names else None
        self.place.add(f"“{self.plain}” can't be the outermost element", advice)
        return self.replaced()

    def early(self) -> Entry | None:
        """Something has to come first."""
        found = self.outlook.skipped(self.state.vector, self.name)
        if found is None:
            return None
        path, after = found
        needed = set(self.outlook.needed(self.state.vector))
        if path[0][0] not in needed and (self.name in self.parent.seen or not self.belongs()):
            return None
        state = self.report.automaton.state(after)
        entry = None if state is None else step(state, self.name)
        if state is not None and entry is not None:
            is_needed = any(leaf.holds(self.name) for leaf in self.outlook.needed(after))
            self.parent.missing.append(Missing(path, self.name, self.place.offset, is_needed))
            self.parent.state = state
        return entry

    def belongs(self) -> bool:
        """Whether the parent can hold such an element at all."""
        leaves = (leaf for pattern in self.parent.content for leaf in pattern.leaves())
        return any(isinstance(leaf, ElementLeaf) and leaf.holds(self.name) for leaf in leaves)

    def disordered(self) -> Entry | None:
        """Such an element may stand in the parent, but not any more."""
        if not self.belongs():
            return None
        history = self.parent.history
        turn = next((turn for turn in reversed(range(len(history))) if self.may_follow(history[turn][0])), None)
        if turn is None:
            self.parent.reported.add(self.name)
            self.untimely()
            # It may stand for what is needed here.
            return Entry(self.name, self.contents, resume=self.report.anything(self.state))
        _, other, offset = history[turn]
        if other == self.name:
            self.second(offset)
        else:
            self.turned(turn)
        self.parent.reported.add(self.name)
        return self.in_holder() or self.ignored()

    def in_holder(self) -> Entry | None:
        """Go on as if an element that may come here had been begun before it: what follows may belong to that, too."""
        holders, _ = self.holders()
        inside = self.report.knowledge.inside(tuple(dict.fromkeys(leaf.content for leaf in holders)))
        entry = None if inside is None else step(inside, self.name, is_implied=True)
        if entry is not None:
            self.parent.implied = inside
        return entry

    def untimely(self) -> None:
        after = f"after “{local(self.parent.last)}”" if self.parent.last else "at this place"
        self.place.add(f"“{self.plain}” can't stand {after} in “{self.inside}”", self.place.expected())

    def second(self, first: int) -> None:
        where = self.report.line(first)
        message = f"“{self.inside}” has a second “{self.plain}”"
        if self.parent.last == self.name or not self.outlook.elements(self.state.vector):
            self.place.add(message, f"there may be only one, and it is in {where}")
        else:
            self.place.add(message, f"one is in {where}", self.place.expected())

    def turned(self, turn: int) -> None:
        before, other, offset = self.parent.history[turn]
        after = self.outlook.after_name(before.vector, self.name)
        shown, where = local(other), self.report.line(offset)
        message = f"“{self.plain}” can't stand after “{shown}” in “{self.inside}”"
        if after is None or self.outlook.after_name(after, other) is None:
            self.place.add(message, f"one of the two excludes the other; the “{shown}” is in {where}")
        elif self.can_move(turn, after):
            holders = self.holders()[1]
            another = f", or put it into {either(holders)}" if 0 < len(holders) <= _FEW else ""
            self.place.add(message, f"move it before the “{shown}” of {where}{another}")
        else:
            self.place.add(message, self.place.expected())

    def can_move(self, turn: int, after: Vector) -> bool:
        """Whether all that came from a turn on still fits if this element, with what is left `after` it, came first."""
        children = [
            child
            for state, child, _ in self.parent.history[turn:]
            if self.outlook.after_name(state.vector, child) is not None
        ]
        for child in [*children, self.parent.repeated] if self.parent.repeated else children:
            following = self.outlook.after_name(after, child)
            if following is None:
                return False
            after = following
        return True

    def may_follow(self, state: State) -> bool:
        return self.outlook.after_name(state.vector, self.name) is not None

    def too_deep(self) -> Entry | None:
        """It could stand behind its parent, or behind an element further out."""
        inner = self.parent
        for outer in reversed(self.stack[-_LEVELS - 1 : -1]):
            if inner.after is not None and outer.name:
                behind = inner.after[inner.after.everything]
                if self.may_follow(behind):
                    ended = local(inner.name)
                    where = "inside another" if self.plain == self.inside else "in"
                    message = f"“{self.plain}” can't stand {where} “{self.inside}”"
                    advice = f"end the “{ended}” of {self.report.line(inner.offset)} before it: write </{ended}> first"
                    if not self.state.accept:
                        before = "before or " if outer.state is not None and self.may_follow(outer.state) else ""
                        advice = f"move it out, {before}after the “{ended}” of {self.report.line(inner.offset)}"
                    self.place.add(message, advice)
                    self.parent.reported.add(self.name)
                    return self.replaced()
            inner = outer
        return None

    def holders(self) -> tuple[list[ElementLeaf], list[str]]:
        """The elements that may come here and could hold it, and their names, likeliest first."""
        holders: list[ElementLeaf] = []
        for leaf in self.outlook.elements(self.state.vector):
            inside = self.report.knowledge.inside((leaf.content,))
            if inside is not None and self.may_follow(inside):
                holders.append(leaf)
        needed = self.outlook.needed(self.state.vector)
        return holders, self.words.ranked(holders, needed, self.parent.seen, self.parent.name)

    def too_high(self) -> Entry | None:
        """It could stand in an element that may come here."""
        holders, names = self.holders()
        if not names:
            return None
        first = next(leaf for leaf in holders if names[0] in map(local, leaf.names))
        another = "another " if self.plain == self.inside else ""
        example = f": {self.wrapped(first)}" if len(names) == 1 else ""
        message = f"“{self.plain}” can't stand directly in {another}“{self.inside}”"
        self.place.add(message, f"put it into {self.words.some(names)}{example}")
        entry = self.in_holder()
        self.parent.state = self.report.anything(self.state)
        entry = entry or Entry(self.name, self.contents, resume=self.parent.state)
        return replace(entry, is_doubtful=not self.parent.is_doubtful)

    def wrapped(self, holder: ElementLeaf) -> str:
        """How it is written inside another element, with a sign if that needs more after it."""
        inside = self.outlook.after_name((self.outlook.forgiven(holder.content),), self.name) or ()
        more = "" if any(pattern.nullable for pattern in inside) else "…"
        itself = self.report.example(self.report.knowledge.by_name[self.name][0], depth=0)
        return self.report.example(holder, f"{itself}{more}", 0)

    def misplaced(self) -> Entry:
        another = "another " if self.plain == self.inside else ""
        message = f"“{self.plain}” can't stand in {another}“{self.inside}”"
        self.place.add(message, self.homes(), self.place.expected())
        self.parent.reported.add(self.name)
        return self.replaced()

    def homes(self) -> str | None:
        """Where such an element may stand, if that is in few elements."""
        names = self.report.knowledge.parents.get(self.name, ())
        return f"it belongs in {either(list(names))}" if 0 < len(names) <= _FEW else None
