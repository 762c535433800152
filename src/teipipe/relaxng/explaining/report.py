"""What the parts of the explaining pass share: the schema as it is asked again and again, and the findings so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.places import Places
from teipipe.relaxng.automaton import Automaton, State, Vector
from teipipe.relaxng.explaining.wording import Habits, Wording, attribute_name, local, uncapitalised
from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, StringLeaf
from teipipe.relaxng.outlook import Outlook
from teipipe.relaxng.stream import Scopes
from teipipe.rules import finding
from teipipe.scan import StopError

#: A documented limit: more findings about one document are not listed.
MAX_FOUND: Final = 1_000


class Knowledge:
    """What is asked of a schema whenever a document is explained; serves for many documents."""

    def __init__(self, automaton: Automaton, habits: Habits) -> None:
        automaton.model.complete()
        self.automaton = automaton
        self.habits = habits
        self.outlook = Outlook(automaton.model.patterns)

    @cached_property
    def by_name(self) -> dict[str, list[ElementLeaf]]:
        """The element patterns of each name that the schema lists."""
        found: dict[str, list[ElementLeaf]] = {}
        for leaf in self.automaton.model.elements:
            for name in leaf.names:
                found.setdefault(name, []).append(leaf)
        return found

    @cached_property
    def by_local(self) -> dict[str, list[str]]:
        """The full names of each local name."""
        found: dict[str, list[str]] = {}
        for name in self.by_name:
            found.setdefault(local(name), []).append(name)
        return found

    @cached_property
    def parents(self) -> dict[str, list[str]]:
        """The local names of the elements that each element may stand in."""
        found: dict[str, list[str]] = {}
        for name, leaves in self.by_name.items():
            for child in {child for leaf in leaves for child in _children(leaf)}:
                found.setdefault(child, []).append(local(name))
        return {child: list(dict.fromkeys(names)) for child, names in found.items()}

    @cached_property
    def among_words(self) -> Counter[str]:
        """In how many contents that hold text each element may stand."""
        contents = {leaf.content: leaf for leaf in self.automaton.model.elements}
        mixed = (leaf for content, leaf in contents.items() if self.outlook.has_text((self.outlook.forgiven(content),)))
        return Counter(name for leaf in mixed for name in _children(leaf))

    @cached_property
    def holders(self) -> Counter[str]:
        """How many contents of elements hold each attribute: what is rare says more about an element."""
        contents = {leaf.content for leaf in self.automaton.model.elements}
        return Counter(name for content in contents for name in content.attributes)

    def with_attribute(self, name: str) -> list[str]:
        """The local names of the elements that may have this attribute."""
        leaves = (leaf for leaf in self.automaton.model.elements if name in leaf.content.attributes)
        return list(dict.fromkeys(local(name) for leaf in leaves for name in sorted(leaf.names)))

    def contents(self, name: str) -> Vector | None:
        """What elements of this name may hold; None if the schema lists no such name."""
        leaves = self.by_name.get(name)
        if not leaves:
            return None
        return tuple(sorted({leaf.content for leaf in leaves}, key=lambda pattern: pattern.number))

    def inside(self, contents: Vector) -> State | None:
        """The state inside an element with any of these contents, whatever attributes it may need."""
        return self.automaton.state(tuple(map(self.outlook.forgiven, contents)))


class Report:
    """The findings about one document, and the words for them."""

    def __init__(self, knowledge: Knowledge, places: Places, *, all_expected: bool) -> None:
        self.knowledge = knowledge
        self.automaton = knowledge.automaton
        self.outlook = knowledge.outlook
        self.places = places
        self.words = Wording(all_expected=all_expected, among_words=knowledge.among_words)
        self.scopes = Scopes()
        self.found: list[Diagnostic] = []

    def add(
        self,
        rule: str,
        message: str,
        where: int | Location,
        *help: str | None,
        related: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Note a finding at a byte or a place; what there is of `help` is put into one line.

        Raises StopError if there are too many.
        """
        place = self.places.at(where) if isinstance(where, int) else where
        others = tuple((self.places.at(offset), remark) for offset, remark in related)
        if len(self.found) == MAX_FOUND:
            message = f"there is more that doesn't fit the schema than the {MAX_FOUND:,} things listed"
            self.found.append(finding("invalid", message, place, "correct these first: many may have one cause"))
            raise StopError
        advice = _joined([part for part in help if part])
        self.found.append(finding(rule, message, place, advice, related=others))

    def line(self, offset: int) -> str:
        """Where a byte is, in words."""
        return f"line {self.places.at(offset).line}"

    def example(self, leaf: ElementLeaf, words: str = "…", depth: int = 2) -> str:
        """How an element is written, with the attributes and elements that it can't do without."""
        content = self.outlook.forgiven(leaf.content)
        name = local(min(leaf.names, default="…"))
        attributes = "".join(
            f' {attribute_name(min(group[0].names))}="…"'
            for group in self.outlook.lacking(leaf.content)
            if group[0].names
        )
        if self.outlook.is_empty((leaf.content,)):
            return f"<{name}{attributes}/>"
        if not self.outlook.has_text((content,)) and depth:
            needed = self.outlook.needed((content,))
            # Behind the first that is needed, more may be; one shows what it comes to.
            if needed and needed[0].content is not leaf.content:
                words = self.example(needed[0], words, depth - 1)
        return f"<{name}{attributes}>{words}</{name}>"

    def add_this(self, leaf: ElementLeaf, where: str = "") -> str:
        """The advice to add an element, with the words that say where, and what it is for."""
        words = self.words.described(leaf)
        return f"add {self.example(leaf)}{where}{': ' if words else ''}{uncapitalised(words)}"

    def add_one(self, leaves: Sequence[ElementLeaf], where: str = "") -> str:
        """The advice to add one of a few elements."""
        return f"add one of them{where}: {', '.join(map(self.example, leaves))}"

    def amend(self, hint: str) -> None:
        """Add a hint to the last finding."""
        last = self.found.pop()
        self.found.append(replace(last, help=_joined([part for part in (last.help, hint) if part])))

    def anything(self, state: State) -> State:
        """Where a content has got to if something, or nothing, stood for what can come next."""
        after = self.automaton.state(self.outlook.after_anything(state.vector))
        return state if after is None else after

    def described(self, leaf: ElementLeaf | AttributeLeaf | StringLeaf | None) -> str | None:
        """What the schema says of something in words, with its name before it."""
        words = self.words.described(leaf)
        if not words or leaf is None:
            return None
        if isinstance(leaf, StringLeaf):
            return f"“{leaf.text}”: {words}"
        name = min(leaf.names, default="")
        if not name:
            return None
        shown = f"@{attribute_name(name)}" if isinstance(leaf, AttributeLeaf) else f"“{local(name)}”"
        return f"{shown}: {words}"


def _joined(parts: Sequence[str]) -> str | None:
    """Several hints as one line: a sentence each."""
    sentences = [f"{part[:1].upper()}{part[1:]}" if number else part for number, part in enumerate(parts)]
    return ". ".join(part.removesuffix(".") for part in sentences).replace("?. ", "? ") or None


def _children(leaf: ElementLeaf) -> set[str]:
    inner = (one for one in leaf.content.leaves() if isinstance(one, ElementLeaf))
    return {name for one in inner for name in one.names}
