"""What is wrong with the attributes of a start tag, each cause once; and how the element goes on as if nothing were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from teipipe.diagnostics import Location
from teipipe.relaxng.automaton import Opened, State, Vector
from teipipe.relaxng.explaining.report import Report
from teipipe.relaxng.explaining.wording import (
    attribute_name,
    collapsed,
    did_you_mean,
    either,
    local,
    namespace,
    near,
    overlooked,
    quote,
    uncapitalised,
)
from teipipe.relaxng.explaining.written import written
from teipipe.relaxng.leaves import AttributeLeaf, StringLeaf
from teipipe.relaxng.pattern import NOTHING, Pattern
from teipipe.relaxng.strings import each_token, is_blank
from teipipe.relaxng.syntax import XML_NAMESPACE

_XML: Final = f"{XML_NAMESPACE}}}"
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: the name that the element was taken for, its attributes as expat lists them, the byte it begins at.

    `is_guess`, `is_doubtful` as in Entry: then its attributes are not named one by one.
    """

    name: str
    attributes: list[str]
    offset: int
    is_guess: bool = False
    is_doubtful: bool = False


def enter(report: Report, opened: Opened, tag: Tag) -> State | None:
    """The state inside an element after its attributes, what is wrong with them being named and forgiven."""
    flat = tag.attributes
    found = [
        _Attribute(key, value, opened.attribute_leaves(key)) for key, value in zip(flat[::2], flat[1::2], strict=True)
    ]
    explanation = _Explanation(report, opened.vector, tag, found)
    if tag.is_doubtful:
        return explanation.forgiven()
    return explanation.guess() if tag.is_guess else explanation.run()


@dataclass(slots=True)
class _Attribute:
    """One attribute as it is written, and the patterns of the schema that it may be."""

    name: str
    value: str
    leaves: list[AttributeLeaf]

    @property
    def contents(self) -> list[Pattern]:
        return list(dict.fromkeys(leaf.value for leaf in self.leaves))


class _Explanation:
    def __init__(self, report: Report, contents: Vector, tag: Tag, attributes: list[_Attribute]) -> None:
        self.report = report
        self.patterns = report.automaton.model.patterns
        self.contents = contents
        self.element = local(tag.name)
        self.attributes = attributes
        self.offset = tag.offset
        self.known = [leaf for leaf in _leaves(contents) if leaf.names]
        #: What misspelt attributes were meant to be: then these are not missing.
        self.meant: set[str] = set()

    def run(self) -> State | None:
        before = len(self.report.found)
        state = self.judge()
        if len(self.report.found) == before:
            message = f"“{self.element}” doesn't fit the schema, whatever it holds"
            if self.attributes:
                message = f"the attributes of “{self.element}” don't go together with the values that they have"
            self.report.add("invalid", message, self.offset)
        return state

    def judge(self) -> State | None:
        for attribute in self.attributes:
            if not attribute.leaves:
                self.unknown(attribute)
            elif not self.fits(attribute):
                self.wrong_value(attribute)
        accepted = [attribute for attribute in self.attributes if attribute.leaves]
        vector = self.consumed(accepted)
        if not any(pattern.kind != NOTHING for pattern in vector):
            vector = self.conflicting(accepted)
        if not self.can_close(vector):
            self.missing(vector)
        state = self.report.automaton.state(tuple(map(self.report.outlook.forgiven, vector)))
        return self.report.knowledge.inside(self.contents) if state is None else state

    def guess(self) -> State | None:
        """Only say which attributes are meant by those of the other vocabulary, with what was said of the element."""
        for attribute in self.attributes:
            meant = None if attribute.leaves else self.likely(attribute.name, self.names)
            if meant is not None:
                self.report.amend(f"write @{attribute_name(meant)} for @{self.shown(attribute.name)}")
        return self.forgiven()

    def forgiven(self) -> State | None:
        """The state inside as if nothing were wrong, nothing being said."""
        vector = self.consumed([attribute for attribute in self.attributes if attribute.leaves])
        state = self.report.automaton.state(tuple(map(self.report.outlook.forgiven, vector)))
        return self.report.knowledge.inside(self.contents) if state is None else state

    @property
    def names(self) -> list[str]:
        """The names of all attributes that the element may have."""
        return sorted({name for leaf in self.known for name in leaf.names})

    def fits(self, attribute: _Attribute) -> bool:
        acceptor = self.report.automaton.acceptor
        prefixes = self.report.scopes.current
        return any(
            acceptor(value).is_trivial or acceptor(value)(attribute.value, prefixes) for value in attribute.contents
        )

    def consumed(self, attributes: Sequence[_Attribute]) -> Vector:
        """What is left of the contents after these attributes, whatever their values."""
        vector = []
        for pattern in self.contents:
            for attribute in attributes:
                pattern = self.patterns.consume(pattern, attribute.name, frozenset(attribute.leaves))
            vector.append(pattern)
        return tuple(vector)

    def can_close(self, vector: Vector) -> bool:
        return any(self.patterns.without_attributes(pattern).kind != NOTHING for pattern in vector)

    def conflicting(self, attributes: list[_Attribute]) -> Vector:
        """Leave out, from the last one on, attributes that don't go together with the others; what is left then."""
        kept: list[_Attribute] = []
        for attribute in attributes:
            trial = self.consumed([*kept, attribute])
            if any(pattern.kind != NOTHING for pattern in trial):
                kept.append(attribute)
                continue
            rivals = [other for other in kept if not self.go_together(other, attribute)]
            shown = " and ".join(f"@{attribute_name(other.name)}" for other in rivals) or "the other attributes"
            message = f"@{attribute_name(attribute.name)} doesn't go together with {shown} on “{self.element}”"
            self.report.add("unexpected-attribute", message, self.place(attribute), "keep one of them")
        return self.consumed(kept)

    def go_together(self, one: _Attribute, other: _Attribute) -> bool:
        return any(pattern.kind != NOTHING for pattern in self.consumed([one, other]))

    def place(self, attribute: _Attribute, token: int | None = None) -> Location:
        names = written(attribute.name, self.report.scopes.current)
        return self.report.places.attribute(self.offset, names, token)

    def unknown(self, attribute: _Attribute) -> None:
        shown = self.shown(attribute.name)
        meant = self.likely(attribute.name, self.names)
        message = f"“{self.element}” has no attribute “{shown}”"
        if meant is not None:
            self.meant.add(meant)
            leaf = next(leaf for leaf in self.known if meant in leaf.names)
            advice = did_you_mean(shown, attribute_name(meant))
            habit = self.report.knowledge.habits.attributes.get(local(attribute.name))
            if habit is not None and habit.origin:
                advice = f"that is {habit.origin}; {advice}"
            description = None if overlooked(shown, attribute_name(meant)) else self.report.words.described(leaf)
            self.report.add("unexpected-attribute", message, self.place(attribute), advice, description)
            return
        present = {other.name for other in self.attributes}
        lacking = [name for name in self.names if name not in present]
        others = self.report.knowledge.with_attribute(attribute.name)
        elsewhere = f"{either(others, 'and')} can have it" if 0 < len(others) <= _FEW else None
        self.report.add("unexpected-attribute", message, self.place(attribute), elsewhere, self.allowed(lacking))

    def shown(self, name: str) -> str:
        uri = namespace(name)
        if not uri or uri == XML_NAMESPACE:
            return attribute_name(name)
        return written(name, self.report.scopes.current)[0]

    def likely(self, name: str, names: Sequence[str]) -> str | None:
        """The attribute that was probably meant: with the right prefix, under its name here, or spelt nearly so."""
        present = {other.name for other in self.attributes}
        free = [other for other in names if other not in present]
        plain = local(name)
        habit = self.report.knowledge.habits.attributes.get(plain)
        for candidate in (_XML + plain, plain, *(habit.names if habit else ())):
            if candidate != name and candidate in free:
                return candidate
        shown = {attribute_name(other): other for other in free}
        found = near(attribute_name(name), shown) or near(plain, shown)
        return shown[found] if found else None

    def allowed(self, names: Iterable[str]) -> str:
        """The attributes that may still be added; those of this element before those of every element."""
        counts = self.report.knowledge.holders
        ordered = sorted(names, key=lambda name: (counts[name], name))
        if not ordered:
            return f"“{self.element}” can have no {'other ' if len(self.attributes) > 1 else ''}attributes"
        return f"allowed here: {self.report.words.listed([attribute_name(name) for name in ordered])}"

    def wrong_value(self, attribute: _Attribute) -> None:
        shown = f"@{attribute_name(attribute.name)}"
        number, token = self.culprit(attribute)
        words = self.report.words
        closed = words.values(attribute.contents)
        where = self.place(attribute, number)
        advice = words.closed_list(token, closed) if closed else words.expected_form(attribute.contents)
        repair = self.repaired(attribute, token)
        if token and repair is not None and not (closed and near(token, [leaf.text or "" for leaf in closed])):
            advice = f"did you mean “{repair}”?" + (f" {advice[:1].upper()}{advice[1:]}" if advice else "")
        if is_blank(attribute.value):
            about = self.report.described(attribute.leaves[0])
            self.report.add("wrong-value", f"{shown} of “{self.element}” is empty", where, advice, about)
        elif closed:
            self.report.add(
                "wrong-value", f"{quote(token)} is not a value of {shown} on “{self.element}”", where, advice
            )
        else:
            message = f"{quote(token)} is not a value that {shown} on “{self.element}” may have"
            self.report.add("wrong-value", message, where, advice)

    def repaired(self, attribute: _Attribute, token: str) -> str | None:
        """What the value was probably meant to be: what is written otherwise elsewhere, if it fits here."""
        prefixes = self.report.scopes.current
        acceptors = [self.report.automaton.acceptor(value) for value in attribute.contents]
        for repair in self.report.knowledge.habits.repairs(token):
            whole = attribute.value.replace(token, repair, 1) if token in attribute.value else repair
            if repair != token and any(accepts(whole, prefixes) for accepts in acceptors):
                return repair
        return None

    def culprit(self, attribute: _Attribute) -> tuple[int, str]:
        """The first word of a list that doesn't fit, and its number; the whole value where it is no list."""
        strings = (leaf for value in attribute.contents for leaf in value.leaves() if isinstance(leaf, StringLeaf))
        lists = [leaf.tokens for leaf in strings if leaf.tokens is not None]
        if not lists or is_blank(attribute.value):
            return 0, collapsed(attribute.value)
        leaves = [leaf for pattern in lists for leaf in pattern.leaves() if isinstance(leaf, StringLeaf)]
        fits, prefixes = self.report.automaton.fits, self.report.scopes.current
        for number, word in enumerate(each_token(attribute.value)):
            if not any(fits(leaf, word, prefixes) for leaf in leaves):
                return number, collapsed(word)
        return 0, collapsed(attribute.value)

    def missing(self, vector: Vector) -> None:
        ways = [self.report.outlook.lacking(pattern) for pattern in vector if pattern.kind != NOTHING]
        for group in min(ways, key=len, default=()):
            if any(self.meant.intersection(leaf.names) for leaf in group):
                continue
            names = list(dict.fromkeys(attribute_name(name) for leaf in group for name in sorted(leaf.names)))
            if not names:
                message = f"“{self.element}” lacks an attribute; the schema leaves its name open"
                self.report.add("missing-attribute", message, self.offset)
                continue
            what = "the attribute" if len(names) == 1 else "one of the attributes"
            shown = either(names) if len(names) <= 4 else self.report.words.listed(names)
            message = f"“{self.element}” lacks {what} {shown}"
            self.report.add("missing-attribute", message, self.offset, *self.advice(group))

    def advice(self, group: Sequence[AttributeLeaf]) -> list[str | None]:
        if len(group) != 1:
            return [self.report.described(leaf) for leaf in group[:2]]
        (leaf,) = group
        words = self.report.words
        closed = words.values([leaf.value])
        name = attribute_name(min(leaf.names, default="…"))
        if closed:
            return [f'add {name}="…", one of: {words.listed([one.text or "" for one in closed])}']
        what = uncapitalised(words.described(leaf))
        return [f'add {name}="…"{": " if what else ""}{what}', words.expected_form([leaf.value])]


def _leaves(contents: Vector) -> list[AttributeLeaf]:
    leaves = (leaf for pattern in contents for leaf in pattern.leaves())
    return list(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, AttributeLeaf)))
