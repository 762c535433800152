"""The definitions of a grammar: gathered from its divs and includes, overridden and combined (sections 4.7, 4.17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from teipipe.errors import SchemaError
from teipipe.relaxng.making import Make
from teipipe.relaxng.names import check_ncname
from teipipe.relaxng.simple import Pattern
from teipipe.relaxng.syntax import Node, beside
from teipipe.relaxng.vocabulary import did_you_mean

#: A documented limit: how often a schema may take in other files, counting a file each time.
MAX_INCLUDED: Final = 2000


@dataclass(slots=True)
class Context:
    """What an element takes over from those around it: `ns`, `datatypeLibrary`, the grammar that it is in."""

    ns: str
    library: str
    scope: Scope | None

    def within(self, node: Node) -> Context:
        """The context inside an element."""
        attributes = node.attributes
        if "ns" in attributes or "datatypeLibrary" in attributes:
            library = attributes.get("datatypeLibrary", self.library)
            return Context(attributes.get("ns", self.ns), library, self.scope)
        return self


@dataclass(slots=True, eq=False)
class Definition:
    """One name of a grammar ("" for its start), or the content of an element, with all that is combined under it.

    `parts` are the `define`s with the context of each. First it is flattened to `steps` and the references that it
    `needs`, the last one first; it is open while these are looked after; in the end it has its `pattern`.
    """

    name: str
    parts: list[tuple[Node, Context]] = field(default_factory=list)
    combine: str = ""
    is_flat: bool = False
    is_open: bool = False
    steps: list[Step] = field(default_factory=list)
    needs: list[tuple[Node, Definition]] = field(default_factory=list)
    pattern: Pattern | None = None


#: What makes a pattern of how many parts; without, it is there already, or what a definition will have.
Step: TypeAlias = tuple[Make | None, Node, int, object]


@dataclass(slots=True, eq=False)
class Scope:
    """One grammar: its definitions, and the grammar around it."""

    node: Node
    parent: Scope | None
    definitions: dict[str, Definition] = field(default_factory=dict)

    def find(self, node: Node) -> Definition:
        """The definition that a `ref` or `parentRef` means."""
        name = node.attributes["name"]
        found = self.definitions.get(name)
        if found is None or not name:
            help = did_you_mean(name, [known for known in self.definitions if known])
            raise node.error(f"“{name}” is not defined in this grammar", help, attribute="name")
        return found

    @property
    def start(self) -> Definition:
        """Where it begins."""
        found = self.definitions.get("")
        if found is None:
            raise self.node.error("this grammar has no start", "add <start> with a pattern")
        return found


class Gatherer:
    """Reads the content of grammars; `included` has what each `include` takes in."""

    def __init__(self, included: Mapping[Node, Node]) -> None:
        self._included = included
        self._count = 0

    def scope(self, node: Node, context: Context) -> Scope:
        """The grammar that a `grammar` element is."""
        scope = Scope(node, context.scope)
        inner = context.within(node)
        for part, around in self._components(node, Context(inner.ns, inner.library, scope)):
            _add(scope.definitions, part, around)
        for definition in scope.definitions.values():
            _check_combination(definition)
        return scope

    def count(self, node: Node) -> None:
        """Note that another file is taken in; raises SchemaError if there is no end of it."""
        self._count += 1
        if self._count > MAX_INCLUDED:
            raise node.error(f"more than {MAX_INCLUDED} times, files are taken in", attribute="href")

    def _components(self, grammar: Node, context: Context) -> list[tuple[Node, Context]]:
        """The `start`s and `define`s of a grammar whose own context is given."""
        found: list[tuple[Node, Context]] = []
        for node, around in _walk(grammar, context):
            if node.name == "include":
                found += self._taken_in(node, around)
            else:
                found.append((node, around))
        return found

    def _taken_in(self, node: Node, context: Context) -> list[tuple[Node, Context]]:
        self.count(node)
        inner = self._included[node]
        if inner.name != "grammar":
            message = f"what “{node.attributes['href']}” holds is no grammar, but “{inner.name}”"
            raise node.error(message, "include takes in grammars; use externalRef for a pattern", attribute="href")
        around = context.within(node)
        own = list(_walk(node, around))
        theirs = self._components(inner, Context(around.ns, "", around.scope).within(inner))
        known = {_key(part) for part, _ in theirs}
        for part, _ in own:
            if _key(part) not in known:
                raise _nothing_to_override(part, node, known)
        replaced = {_key(part) for part, _ in own}
        return [(part, where) for part, where in theirs if _key(part) not in replaced] + own


def _walk(grammar: Node, context: Context) -> Iterator[tuple[Node, Context]]:
    """The children of a grammar or include, those of its divs among them."""
    todo = [(child, context) for child in reversed(grammar.children)]
    while todo:
        node, around = todo.pop()
        if node.name == "div":
            inner = around.within(node)
            todo += [(child, inner) for child in reversed(node.children)]
        else:
            yield node, around


def _key(node: Node) -> str:
    return node.attributes["name"] if node.name == "define" else ""


def _nothing_to_override(part: Node, include: Node, known: set[str]) -> SchemaError:
    href = include.attributes["href"]
    if part.name == "start":
        return part.error(f"“{href}” has no start that this one could replace")
    name = part.attributes["name"]
    help = did_you_mean(name, [key for key in known if key])
    return part.error(f"“{href}” has no definition of “{name}” that this one could replace", help, attribute="name")


def _add(definitions: dict[str, Definition], part: Node, context: Context) -> None:
    key = _key(part)
    definition = definitions.get(key)
    if definition is None:
        if part.name == "define":
            check_ncname(part)
        definition = definitions[key] = Definition(key)
    definition.parts.append((part, context.within(part)))


def _check_combination(definition: Definition) -> None:
    if len(definition.parts) == 1:
        return
    what = f"“{definition.name}”" if definition.name else "start"
    without: Node | None = None
    first: Node | None = None
    for part, _ in definition.parts:
        combine = part.attributes.get("combine")
        if combine is None:
            if without is not None:
                message = f"{what} is defined a second time, after {beside(part, without)}"
                raise part.error(message, 'add combine="choice" or combine="interleave" to one of them')
            without = part
        elif first is None:
            first, definition.combine = part, combine
        elif combine != definition.combine:
            message = f"{what} is combined by “{combine}” here, by “{definition.combine}” in {beside(part, first)}"
            raise part.error(message, attribute="combine")
