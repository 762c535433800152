"""From the full syntax to the simple form (RELAX NG specification, section 4).

Nothing here calls itself: a schema may refer from one definition to the next as often as it likes. A definition is
first flattened to a list of steps, outermost first; when all that it refers to is known, the list is run backwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, cast

from teipipe.errors import SchemaError
from teipipe.relaxng.datatypes import Datatype, UnknownDatatypeError, datatype
from teipipe.relaxng.making import MAKE, choice, group, interleave
from teipipe.relaxng.names import name_class
from teipipe.relaxng.scopes import Context, Definition, Gatherer, Scope, Step
from teipipe.relaxng.simple import (
    Data,
    Element,
    Grammar,
    NotAllowed,
    Pattern,
    Value,
)
from teipipe.relaxng.syntax import Node, Source

#: RFC 3986: a scheme, and nothing that would have to be escaped; a fragment has no place here.
_LIBRARY: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^#]+\Z")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def simplify(root: Node, included: Mapping[Node, Node]) -> Grammar:
    """The simple form of a schema; `included` maps each `include` and `externalRef` to what its `href` leads to.

    No file may include itself, directly or not. Raises SchemaError.
    """
    sources: dict[Source, None] = {root.source: None}
    sources.update((inner.source, None) for inner in included.values())
    _check_libraries([root, *included.values()])
    return Grammar(_Simplifier(included).simplify(root), list(sources))


class _Simplifier:
    def __init__(self, included: Mapping[Node, Node]) -> None:
        self._included = included
        self._gatherer = Gatherer(included)
        #: Elements whose content is still to be simplified.
        self._waiting: list[tuple[Element, Definition]] = []
        self._definitions: list[Definition] = []
        self._datatypes: dict[tuple[str, str, tuple[tuple[str, str], ...]], Datatype] = {}
        self._prefixes: dict[tuple[int, str], Mapping[str, str]] = {}
        self._external: dict[tuple[Node, str, Scope | None], Definition] = {}

    def simplify(self, root: Node) -> Pattern:
        start = Definition("", [(_wrapped(root), Context("", "", None))])
        pattern = self._resolve(start)
        self._finish_elements()
        # What nothing leads to is checked as well, but may lead back to itself.
        for definition in self._definitions:  # grows while it is gone through
            self._flatten(definition)
            self._finish_elements()
        return pattern

    def _finish_elements(self) -> None:
        while self._waiting:
            element, content = self._waiting.pop()
            element.content = self._resolve(content)

    def _resolve(self, wanted: Definition) -> Pattern:
        """Simplify a definition, after all those that it refers to outside of elements (section 4.19)."""
        if wanted.pattern is not None:
            return wanted.pattern
        self._flatten(wanted)
        stack = [wanted]
        wanted.is_open = True
        while stack:
            current = stack[-1]
            if current.needs:
                node, needed = current.needs.pop()
                if needed.pattern is not None:
                    continue
                if needed.is_open:
                    raise _circle(node, needed, stack)
                self._flatten(needed)
                needed.is_open = True
                stack.append(needed)
            else:
                current.pattern = _run(current.steps)
                current.steps = []
                stack.pop()
        assert wanted.pattern is not None
        return wanted.pattern

    def _flatten(self, definition: Definition) -> None:
        if definition.is_flat:
            return
        definition.is_flat = True
        parts = definition.parts
        if len(parts) > 1:
            combine = choice if definition.combine == "choice" else interleave
            definition.steps.append((combine, parts[0][0], len(parts), None))
        for part, context in parts:
            body = _without_name_class(part) if part.name == "element" else part.children
            if len(body) > 1:
                definition.steps.append((group, part, len(body), None))
            self._flatten_all(definition, body, context)
            if len(body) == 1 and len(parts) == 1 and definition.name and body[0].name == "element":
                _name_element(definition, part)
        definition.needs.reverse()

    def _flatten_all(self, definition: Definition, body: list[Node], context: Context) -> None:
        todo = [(node, context) for node in reversed(body)]
        note = definition.steps.append
        while todo:
            node, around = todo.pop()
            attributes = node.attributes
            if "ns" in attributes or "datatypeLibrary" in attributes:
                around = around.within(node)
            special = _SPECIAL.get(node.name)
            if special is None:
                children = node.children
                note((MAKE[node.name], node, len(children), None))
            else:
                children = special(self, node, around, definition)
            if children:
                todo += [(child, around) for child in reversed(children)]

    # Each of these notes one element of the full syntax, and gives the children that are to follow it.

    def _element(self, node: Node, context: Context, into: Definition) -> list[Node]:
        element = Element(node, name_class(node, context.ns), NotAllowed(node), "", node.documentation)
        into.steps.append((None, node, 0, element))
        self._waiting.append((element, Definition("", [(node, context)])))
        return []

    def _attribute(self, node: Node, context: Context, into: Definition) -> list[Node]:
        children = _without_name_class(node)
        into.steps.append((MAKE["attribute"], node, len(children), name_class(node, context.ns)))
        return children

    def _reference(self, node: Node, context: Context, into: Definition) -> list[Node]:
        scope = context.scope
        if scope is not None and node.name == "parentRef":
            scope = scope.parent
        if scope is None:
            where = "a grammar" if node.name == "ref" else "a grammar inside another one"
            raise node.error(f"“{node.name}” can only stand in {where}")
        return _refer(node, scope.find(node), into)

    def _grammar(self, node: Node, context: Context, into: Definition) -> list[Node]:
        scope = self._gatherer.scope(node, context)
        self._definitions += scope.definitions.values()
        return _refer(node, scope.start, into)

    def _external_ref(self, node: Node, context: Context, into: Definition) -> list[Node]:
        # The same file in the same surroundings is the same pattern: files could double each other without end.
        inner = self._included[node]
        key = (inner, context.ns, context.scope)
        definition = self._external.get(key)
        if definition is None:
            self._gatherer.count(node)
            definition = Definition("", [(_wrapped(inner), Context(context.ns, "", context.scope))])
            self._external[key] = definition
            self._definitions.append(definition)
        return _refer(node, definition, into)

    def _value(self, node: Node, context: Context, into: Definition) -> list[Node]:
        name = node.attributes.get("type")
        found = self._datatype(node, "" if name is None else context.library, name or "token", ())
        namespaces = self._namespaces(node, context.ns) if found.is_contextual else node.namespaces
        if not found.allows(node.text, namespaces):
            raise node.error(f"“{node.text}” is not {found.description}")
        into.steps.append((None, node, 0, Value(node, found, node.text, namespaces)))
        return []

    def _data(self, node: Node, context: Context, into: Definition) -> list[Node]:
        children = node.children
        without = children[-1:] if children and children[-1].name == "except" else []
        params = tuple((child.attributes["name"], child.text) for child in children if child.name == "param")
        found = self._datatype(node, context.library, node.attributes["type"], params)
        if without:
            into.steps.append((MAKE["data"], node, 1, found))
        else:
            into.steps.append((None, node, 0, Data(node, found)))
        return without

    def _namespaces(self, node: Node, ns: str) -> Mapping[str, str]:
        """What prefixes mean in a value: without one, the inherited `ns` counts (section 6.2.9)."""
        key = (id(node.namespaces), ns)
        found = self._prefixes.get(key)
        if found is None:
            found = self._prefixes[key] = {**node.namespaces, "": ns}
        return found

    def _datatype(self, node: Node, library: str, name: str, params: tuple[tuple[str, str], ...]) -> Datatype:
        key = (library, name, params)
        found = self._datatypes.get(key)
        if found is None:
            try:
                found = self._datatypes[key] = datatype(library, name, params)
            except UnknownDatatypeError as error:
                raise _unknown(node, library, name, error) from error
        return found


_Special = Callable[[_Simplifier, Node, Context, Definition], list[Node]]
_SPECIAL: Final[dict[str, _Special]] = {
    "element": _Simplifier._element,
    "attribute": _Simplifier._attribute,
    "ref": _Simplifier._reference,
    "parentRef": _Simplifier._reference,
    "grammar": _Simplifier._grammar,
    "externalRef": _Simplifier._external_ref,
    "value": _Simplifier._value,
    "data": _Simplifier._data,
}


def _wrapped(node: Node) -> Node:
    """A pattern as if it stood in a definition."""
    return Node("define", {}, node.source, node.offset, node.namespaces, [node])


def _without_name_class(node: Node) -> list[Node]:
    return node.children if "name" in node.attributes else node.children[1:]


def _refer(node: Node, definition: Definition, into: Definition) -> list[Node]:
    into.needs.append((node, definition))
    into.steps.append((None, node, 0, definition))
    return []


def _name_element(definition: Definition, part: Node) -> None:
    element = definition.steps[0][3]
    assert isinstance(element, Element)
    element.name = definition.name
    element.documentation = element.documentation or part.documentation


def _run(steps: list[Step]) -> Pattern:
    """The pattern that steps make: run backwards, each finds its parts on top of the stack, the first one uppermost."""
    stack: list[Pattern] = []
    for make, node, count, what in reversed(steps):
        if make is None:
            if isinstance(what, Definition):
                assert what.pattern is not None
                stack.append(what.pattern)
            else:
                stack.append(cast("Pattern", what))
            continue
        parts = stack[: -count - 1 : -1]
        if count:
            del stack[-count:]
        stack.append(make(node, parts, what))
    return stack[0]


def _unknown(node: Node, library: str, name: str, error: UnknownDatatypeError) -> SchemaError:
    """The error at the `type`, or at the first param with which the datatype can't be had."""
    params: list[tuple[str, str]] = []
    for culprit in [None, *(child for child in node.children if child.name == "param")]:
        if culprit is not None:
            params.append((culprit.attributes["name"], culprit.text))
        try:
            datatype(library, name, params)
        except UnknownDatatypeError as first:
            return node.error(str(first), attribute="type") if culprit is None else culprit.error(str(first))
    return node.error(str(error))


def _circle(node: Node, needed: Definition, stack: list[Definition]) -> SchemaError:
    names = [definition.name for definition in stack[stack.index(needed) :] if definition.name]
    path = " → ".join(f"“{name}”" for name in [*names[:4], *(["…"] if len(names) > 4 else []), needed.name or "start"])
    message = f"a definition leads back to itself without an element in between: {path} (RELAX NG, section 4.19)"
    return node.error(message, "put an element between, or use zeroOrMore to repeat")


def _check_libraries(roots: list[Node]) -> None:
    for node in (node for root in roots for node in root.all() if "datatypeLibrary" in node.attributes):
        uri = node.attributes["datatypeLibrary"]
        if uri and (not _LIBRARY.match(uri) or _BAD_ESCAPE.search(uri)):
            message = f"“{uri}” is no absolute URI without fragment, as a datatype library needs"
            raise node.error(message, attribute="datatypeLibrary")
