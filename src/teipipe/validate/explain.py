"""Says in an editor's words why a document doesn't fit its RELAX NG schema: what stands where, and what was expected.

libxml2 judges; its messages name the place where it gave up, often an ancestor or a sibling of the cause. So a document
that it refuses is followed once more, element by element, and every element that breaks its own content model is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.documents import XML_NAMESPACE
from teipipe.rules import finding
from teipipe.validate import patterns
from teipipe.validate.models import Model, Models
from teipipe.validate.patterns import NOTHING, Name, Pattern

if TYPE_CHECKING:
    from teipipe.documents import Document
    from teipipe.validate.grammar import Grammar

_LISTED: Final = 8
_FEW: Final = 3
_BAD_ATTRIBUTE: Final = re.compile(r"Invalid attribute (\S+) for element")
_BAD_TYPE: Final = re.compile(r"[Tt]ype (\S+) doesn't allow value '(.*)'|failed to validate type (\S+)", re.DOTALL)

_FORMS: Final = {
    "anyURI": "a URI without blanks",
    "ID": "a name without blanks and colon, each one only once",
    "NCName": "a name without blanks and colon",
    "boolean": "true or false",
    "date": "a date, as 1956-08-30",
    "dateTime": "date and time, as 1956-08-30T14:00:00",
    "decimal": "a number",
    "double": "a number",
    "gYear": "a year, as 1956",
    "gYearMonth": "year and month, as 1956-08",
    "integer": "a whole number",
    "language": "a language tag, as en or ko-Latn",
    "nonNegativeInteger": "a whole number from 0",
    "positiveInteger": "a whole number from 1",
    "time": "a time, as 14:00:00",
}


class Explainer:
    """Explains by one grammar; can be used for many documents."""

    def __init__(self, grammar: Grammar) -> None:
        self._models = Models(grammar)

    def explain(self, document: Document, log: Sequence[etree._LogEntry]) -> list[Diagnostic]:
        """The findings for a document that libxml2 refused with this log."""
        walk = _Walk(self._models, document)
        findings = [*walk.run(), *walk.values(log)]
        return findings or [_as_logged(document, entry) for entry in _most_specific(log)]


class _Walk:
    """One document, followed through the grammar."""

    def __init__(self, models: Models, document: Document) -> None:
        self.models = models
        self.follower = models.follower
        self.document = document
        self.explained: set[tuple[etree._Element, str]] = set()
        self.model_of: dict[etree._Element, Model] = {}

    def run(self) -> Iterator[Diagnostic]:
        root = self.document.root
        starts = patterns.next_elements(self.models.grammar.start)
        definitions = [start for start in starts if start[1].holds(*_name(root))]
        if not definitions:
            message = f"“{_local(root)}” can't be the outermost element"
            if _local(root) in (start[1].local for start in starts):
                message += f" in the namespace “{_name(root)[0]}”"
            yield finding("unexpected-element", message, self.document.start(root), _one_of(_names(starts)))
            return
        todo = [(root, definitions)]
        while todo:
            element, definitions = todo.pop()
            model = self.model_of[element] = self.models.model(definitions)
            yield from self.attributes(element, model)
            yield from self.children(element, model, todo)
            yield from self.text(element, model)

    def attributes(self, element: etree._Element, model: Model) -> Iterator[Diagnostic]:
        left = model.attributes
        for name, value in element.items():
            key = _split(str(name))
            values = model.values(*key)
            after = self.follower.attribute(left, *key) if values else NOTHING
            if after != NOTHING:
                left = after
                yield from self.enumerated(element, str(name), str(value), values)
                continue
            self.explained.add((element, key[1]))
            where, written = self.document.attribute(element, str(name)), _written(str(name), element)
            if values:
                message = f"@{written} doesn't go together with the other attributes of this “{_local(element)}”"
                yield finding("unexpected-attribute", message, where)
            else:
                message = f"the attribute “{written}” is not allowed on “{_local(element)}”"
                names = sorted({_shown(leaf[1]) for leaf in model.attribute_leaves if leaf[1].local})
                yield finding("unexpected-attribute", message, where, _near(key[1], names) or _allowed(names))
        for missing in self.models.missing_attributes(left):
            self.explained.add((element, ""))
            message = f"“{_local(element)}” lacks the attribute “{_shown(missing)}”"
            yield finding("missing-attribute", message, self.document.start(element))

    def enumerated(
        self, element: etree._Element, name: str, value: str, contents: list[Pattern]
    ) -> Iterator[Diagnostic]:
        """A value that is not in the closed list of values, if there is one."""
        values = patterns.closed_list(contents)
        if values is None:
            return
        is_list = any(content[0] == "list" or next(patterns.leaves(content, "list"), None) for content in contents)
        tokens = value.split() if is_list else [" ".join(value.split())]
        for number, token in enumerate(tokens or [""]):
            if token not in values:
                self.explained.add((element, _split(name)[1]))
                where = self.document.attribute(element, name, number)
                message = f"“{token}” is not among the values of @{_written(name, element)} on “{_local(element)}”"
                yield finding("wrong-value", message, where, _near(token, values) or _one_of(values))
                return

    def children(
        self, element: etree._Element, model: Model, todo: list[tuple[etree._Element, list[Pattern]]]
    ) -> Iterator[Diagnostic]:
        state, is_broken = model.inside, False
        for child in element.iterchildren("*"):
            name = _name(child)
            after = self.follower.element(state, *name)
            if after == NOTHING:
                is_broken = True
                skipped = self.skip(state, name)
                if skipped is not None:
                    missing, after = skipped
                    message = f"“{_local(element)}” lacks “{missing}” before this “{name[1]}”"
                    yield finding("missing-element", message, self.document.start(child))
                else:
                    yield self.unexpected(element, child, model, state)
            state = state if after == NOTHING else after
            # What isn't allowed in this element at all is named, and what is in it left alone: one cause, one finding.
            if definitions := model.definitions(*name):
                todo.append((child, definitions))
        if not is_broken and (needed := self.models.missing_elements(state)):
            yield self.incomplete(element, _names(needed))

    def skip(self, state: Pattern, name: tuple[str, str]) -> tuple[str, Pattern] | None:
        """The one required element that is missing before this one, and what follows this one then."""
        for required in self.models.missing_elements(state):
            known: Name = required[1]
            if known.local is None:
                continue
            after = self.follower.element(state, known.namespace or "", known.local)
            after = NOTHING if after == NOTHING else self.follower.element(after, *name)
            if after != NOTHING:
                return known.local, after
        return None

    def incomplete(self, element: etree._Element, names: list[str]) -> Diagnostic:
        last = next(element.iterchildren("*", reversed=True), None)
        message = f"“{_local(element)}” lacks {' or '.join(f'“{name}”' for name in names)}"
        if len(names) > _FEW:
            message = f"“{_local(element)}” is not complete"
        if last is not None:
            message += f" after its last “{_local(last)}”"
        advice = f"it needs {_one_of(names)}" if len(names) > _FEW else None
        return finding("missing-element", message, self.document.start(element), advice)

    def unexpected(self, element: etree._Element, child: etree._Element, model: Model, state: Pattern) -> Diagnostic:
        namespace, local = _name(child)
        where, parent = self.document.start(child), _local(element)
        expected = _names(patterns.next_elements(state))
        if model.definitions(namespace, local):
            message = f"“{local}” can't stand at this place in “{parent}”, or not once more"
            return finding("unexpected-element", message, where, _allowed(expected) or f"“{parent}” is complete here")
        if any(leaf[1].local == local for leaf in model.element_leaves):
            message = f"“{local}” is in the namespace “{namespace}”, which is not that of “{parent}”"
            return finding("unexpected-element", message, where)
        if self.models.anywhere(namespace, local):
            near = _near(local, expected) if len(local) > 3 else None
            holds = f"“{parent}” holds text only" if model.has_text else f"“{parent}” is always empty"
            message = f"“{local}” is not allowed in “{parent}”"
            return finding("unexpected-element", message, where, near or _allowed(expected) or holds)
        advice = _near(local, expected) or _near(local, self.models.names()) or _allowed(expected)
        return finding("unexpected-element", f"“{local}” is no element of this schema", where, advice)

    def text(self, element: etree._Element, model: Model) -> Iterator[Diagnostic]:
        found = None if model.has_text else _first_text(element)
        if found is not None:
            words, holder, index = found
            where = self.document.text(holder, index, after=holder is not element)
            message = f"text can't stand directly in “{_local(element)}”: “{_shortened(words)}”"
            advice = _allowed(_names(patterns.next_elements(model.inside))) or f"“{_local(element)}” is always empty"
            yield finding("unexpected-text", message, where, advice)

    def values(self, log: Sequence[etree._LogEntry]) -> Iterator[Diagnostic]:
        """The attributes whose values libxml2 refuses by their datatype."""
        for entry in log:
            element = self.document.element(entry.path or "")
            if element is None:
                continue
            for name, value in element.items():
                key = (element, _split(str(name))[1])
                if key not in self.explained and self.is_meant(entry.message, element, str(name), str(value)):
                    self.explained.add(key)
                    message = f"“{_shortened(str(value))}” is not a value that @{_written(str(name), element)} may have"
                    where = self.document.attribute(element, str(name), 0)
                    yield finding("wrong-value", message, where, self.form(element, str(name)))
                    break

    def is_meant(self, message: str, element: etree._Element, name: str, value: str) -> bool:
        """Whether a message is about this attribute.

        libxml2 names the attribute, or (if the attribute must be there) its type and perhaps the value or a word of it.
        """
        if match := _BAD_ATTRIBUTE.match(message):
            return match[1] == _split(name)[1]
        match = _BAD_TYPE.search(message)
        if match is None or (match[1] or match[3]) not in self.types(element, name):
            return False
        return match[1] is None or match[2] in (value, " ".join(value.split()), *value.split())

    def types(self, element: etree._Element, name: str) -> list[str]:
        """The datatypes that the schema knows for an attribute."""
        model = self.model_of.get(element)
        contents = [] if model is None else model.values(*_split(name))
        return [data[1] for content in contents for data in patterns.leaves(content, "data")]

    def form(self, element: etree._Element, name: str) -> str | None:
        """How a value of this attribute is written."""
        forms = list(dict.fromkeys(_FORMS[kind] for kind in self.types(element, name) if kind in _FORMS))
        return f"expected: {'; '.join(forms[:_LISTED])}" if forms else None


def _as_logged(document: Document, entry: etree._LogEntry) -> Diagnostic:
    """libxml2's own verdict, where following the grammar found no cause."""
    element = document.element(entry.path or "")
    element = document.root if element is None else element
    parent = element.getparent()
    inside = f" in “{_local(parent)}”" if parent is not None else ""
    message = {
        "RELAXNG_ERR_ELEMWRONG": f"“{_local(element)}” doesn't fit here{inside}",
        "RELAXNG_ERR_NOELEM": f"“{_local(element)}” is not complete",
        "RELAXNG_ERR_TEXTWRONG": f"the text of “{_local(element)}” doesn't fit",
        "RELAXNG_ERR_ATTRVALID": f"the attributes of “{_local(element)}” don't fit",
    }.get(entry.type_name, f"“{_local(element)}” doesn't fit the schema ({_lower(entry.message)})")
    return finding("invalid", message, document.start(element))


def _most_specific(log: Sequence[etree._LogEntry]) -> Iterator[etree._LogEntry]:
    """Each place once; none that only repeats what is wrong further inside."""
    places: dict[str, etree._LogEntry] = {}
    for entry in log:
        places.setdefault(entry.path or "/*", entry)
    for path, entry in places.items():
        if not any(other != path and other.startswith(f"{path}/") for other in places):
            yield entry


def _name(element: etree._Element) -> tuple[str, str]:
    return _split(str(element.tag))


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.removeprefix("{").rpartition("}")
    return namespace, local


def _local(element: etree._Element) -> str:
    return _name(element)[1]


def _written(name: str, element: etree._Element) -> str:
    """How an attribute is written on its element."""
    namespace, local = _split(name)
    prefixes = [prefix for prefix, uri in element.nsmap.items() if prefix and uri == namespace]
    return f"{prefixes[0]}:{local}" if prefixes else _shown(Name(namespace, local))


def _shown(name: Name) -> str:
    """The name of an attribute in the schema."""
    return f"xml:{name.local}" if name.namespace == XML_NAMESPACE else name.local or "*"


def _names(elements: Iterable[Pattern]) -> list[str]:
    return list(dict.fromkeys(element[1].local for element in elements if element[1].local))


def _first_text(element: etree._Element) -> tuple[str, etree._Element, int] | None:
    """The first words directly in an element, whose start tag or end tag they follow, and after how many characters."""
    holder, index = element, 0
    for text, child in ((element.text, None), *((child.tail, child) for child in element)):
        if child is not None and isinstance(child.tag, str):
            holder, index = child, 0
        if text and text.strip():
            return text.strip(), holder, index + len(text) - len(text.lstrip())
        index += len(text or "")
    return None


def _near(name: str, names: Iterable[str]) -> str | None:
    near = get_close_matches(name, list(names), n=1, cutoff=0.75)
    return f"did you mean “{near[0]}”?" if near else None


def _allowed(names: Sequence[str]) -> str | None:
    if not names:
        return None
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"allowed here: {', '.join(names[:_LISTED])}{more}"


def _one_of(names: Sequence[str]) -> str:
    more = f" or {len(names) - 2 * _LISTED} more" if len(names) > 2 * _LISTED else ""
    return f"one of: {', '.join(names[: 2 * _LISTED])}{more}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:40].rstrip()}…"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
