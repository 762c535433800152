"""A schema in RELAX NG's XML syntax: from its text to the tree of its elements, with everything checked on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn
from xml.parsers import expat

from teipipe.diagnostics import Location
from teipipe.errors import SchemaError
from teipipe.relaxng.syntax import ANNOTATIONS_NAMESPACE, RNG_NAMESPACE, XML_NAMESPACE, Node, Source
from teipipe.relaxng.vocabulary import CONTENT, ELEMENTS, Rule, did_you_mean
from teipipe.scan import problem, without_external_subset

#: Documented limits: how deep the elements of a schema may be nested, how many prefixes are in scope in all places
#: together that declare one.
MAX_DEPTH: Final = 500
MAX_DECLARED: Final = 1_000_000

_RNG: Final = RNG_NAMESPACE + "}"
_DOCUMENTATION: Final = ANNOTATIONS_NAMESPACE + "}documentation"
_BASE: Final = XML_NAMESPACE + "}base"
_BLANKS: Final = " \t\r\n"
_NOT_BLANK: Final = re.compile(r"[^ \t\r\n]")
#: Elements without room for annotations: what explains them stands behind them.
_TEXTUAL: Final = frozenset({"name", "value", "param"})
_OTHER_SCHEMAS: Final = {
    "http://www.w3.org/2001/XMLSchema": "this is an XML Schema (XSD)",
    "http://purl.oclc.org/dsdl/schematron": "this is a Schematron schema",
    "http://www.tei-c.org/ns/1.0": "this is a TEI document; is it an ODD, from which the schema is yet to be made?",
}


def read_xml(source: Source) -> Node:
    """The outermost element of the schema; raises SchemaError if it isn't well-formed or breaks the syntax."""
    return _Reader(source).read()


@dataclass(slots=True)
class _Open:
    """An element that is not yet closed."""

    node: Node
    rule: Rule
    children: Mapping[str, Rule]
    needs_name_class: bool
    #: What stood last in it, if its documentation may follow it.
    last: Node | None = None
    count: int = 0


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._root: Node | None = None
        self._open: list[_Open] = []
        #: How many elements of other namespaces are open, and whose documentation they hold.
        self._foreign = 0
        self._documented: Node | None = None
        #: The text since the last tag, and how many tags there were.
        self._text: list[str] = []
        self._tags = 0
        #: What is declared for the next element; then what is in scope, with the depth of the element that declares it.
        self._declared: list[tuple[str, str]] = []
        self._namespaces: list[tuple[int, Mapping[str, str]]] = [(0, {"xml": XML_NAMESPACE})]
        self._known_namespaces: dict[tuple[int, tuple[tuple[str, str], ...]], Mapping[str, str]] = {}
        self._budget = MAX_DECLARED
        #: Each xml:base in force, with the element that has it.
        self._bases: list[tuple[Node | None, str]] = [(None, "")]

    def read(self) -> Node:
        data = without_external_subset(self._source.places.data)
        if b"<!DOCTYPE" in data:
            self._refuse_malformed()
        parser = self._parser = expat.ParserCreate("UTF-8", "}")
        parser.buffer_text = True
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartNamespaceDeclHandler = self._declare
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            self._refuse_malformed()
            where = self._source.places.at(max(parser.ErrorByteIndex, 0))
            raise SchemaError("not well-formed", where) from error
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once
        assert self._root is not None  # expat accepts no document without an element
        return self._root

    def _refuse_malformed(self) -> None:
        found = problem(self._source.places)
        if found is not None:
            raise SchemaError(found.message, found.location, help=found.help)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared.append((prefix or "", uri or ""))

    def _enter_namespaces(self, depth: int) -> None:
        around = self._namespaces[-1][1]
        # What is declared already, or often in the same place, is one mapping, or much would be copied.
        found = around if all(around.get(prefix) == uri for prefix, uri in self._declared) else None
        if found is None:
            key = (id(around), tuple(self._declared))
            found = self._known_namespaces.get(key)
        if found is None:
            found = self._known_namespaces[key] = {**around, **dict(self._declared)}
            self._budget -= len(found)
            if self._budget < 0:
                self._fail("too many prefixes are declared, in too many places")
        self._declared.clear()
        self._namespaces.append((depth, found))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        open_elements = self._open
        depth = len(open_elements) + self._foreign + 1
        if depth > MAX_DEPTH:
            self._fail(f"elements are nested more than {MAX_DEPTH} deep")
        if self._declared:
            self._enter_namespaces(depth)
        if self._foreign:
            self._foreign += 1
            self._tags += 1
            return
        opened = open_elements[-1] if open_elements else None
        if self._text and opened is not None:
            self._take_text(opened)
        self._tags += 1
        if not name.startswith(_RNG):
            self._start_foreign(name, opened)
            return
        name = name[len(_RNG) :]
        node = Node(name, attributes, self._source, self._parser.CurrentByteIndex, self._namespaces[-1][1])
        rule = self._rule(node, opened)
        if attributes or rule.required:
            self._check_attributes(node, rule)
        if opened is None:
            self._root = node
        else:
            opened.node.children.append(node)
            opened.last = node if name in _TEXTUAL else None
        needs_name_class = rule.has_name_class and "name" not in attributes
        open_elements.append(_Open(node, rule, CONTENT[rule.children], needs_name_class))

    def _start_foreign(self, name: str, opened: _Open | None) -> None:
        if opened is None:
            self._not_a_schema(name)
        if opened.rule.has_text:
            help = "put the annotation behind it, or into the element around it"
            raise opened.node.error(f"“{opened.node.name}” may hold text alone", help)
        self._foreign = 1
        self._documented = (opened.last or opened.node) if name == _DOCUMENTATION else None

    def _rule(self, node: Node, opened: _Open | None) -> Rule:
        name = node.name
        if opened is None:
            rule = CONTENT["pattern"].get(name)
            if rule is None:
                raise node.error(*self._misplaced(node, "a schema can't begin with “{}”", CONTENT["pattern"]))
            return rule
        if opened.needs_name_class:
            opened.needs_name_class = False
            rule = CONTENT["name class"].get(name)
            if rule is None:
                raise self._nameless(opened.node)
            return rule
        rule = opened.children.get(name)
        if rule is None and opened.rule.has_name_class and name in CONTENT["name class"]:
            message = f"this “{opened.node.name}” has a name already"
            raise node.error(message, "the name stands in the attribute “name”, or comes first; choice joins several")
        if rule is None:
            raise node.error(*self._misplaced(node, f"“{{}}” can't stand in “{opened.node.name}”", opened.children))
        opened.count += 1
        if opened.rule.most is not None and opened.count > opened.rule.most:
            raise node.error(f"a second “{name}”: “{opened.node.name}” may hold only one", _more(opened.node.name))
        if opened.rule.children == "data" and opened.last is None and opened.count > 1:
            raise node.error(f"“{name}” can't stand behind “except”", "first the params, then one except")
        return rule

    def _misplaced(self, node: Node, message: str, allowed: Mapping[str, Rule]) -> tuple[str, str | None]:
        if node.name not in ELEMENTS:
            names = allowed or ELEMENTS
            near = did_you_mean(node.name, names) or did_you_mean(node.name, ELEMENTS)
            return f"RELAX NG has no element “{node.name}”", near
        listed = ", ".join(sorted(allowed))
        return message.format(node.name), f"here may stand: {listed}" if allowed else "it must be empty"

    def _nameless(self, node: Node) -> SchemaError:
        return node.error(
            f"this “{node.name}” has no name", "give it the attribute “name”, or begin it with name, anyName or nsName"
        )

    def _check_attributes(self, node: Node, rule: Rule) -> None:
        attributes = node.attributes
        if not rule.allowed.issuperset(attributes):
            for name in [name for name in attributes if name not in rule.allowed]:
                self._odd_attribute(node, name, rule)
        for name in rule.required:
            if name not in attributes:
                raise node.error(f"“{node.name}” has no attribute “{name}”", f'write {name}="…"')
        for name in rule.trimmed:
            if name in attributes:
                attributes[name] = attributes[name].strip(_BLANKS)
        if "combine" in attributes and attributes["combine"] not in ("choice", "interleave"):
            message = f"“{attributes['combine']}” is no way to combine definitions"
            raise node.error(message, "it is “choice” or “interleave”", attribute="combine")
        if "href" in attributes and self._bases[-1][1]:
            from urllib.parse import urljoin

            attributes["href"] = urljoin(self._bases[-1][1], attributes["href"])

    def _odd_attribute(self, node: Node, name: str, rule: Rule) -> None:
        if "}" not in name:
            message = f"“{node.name}” may have no attribute “{name}”"
            raise node.error(message, did_you_mean(name, rule.allowed), attribute=name)
        value = node.attributes.pop(name)
        if name == _BASE:
            from urllib.parse import urljoin

            self._bases.append((node, urljoin(self._bases[-1][1], value)))
        elif name.startswith(_RNG):
            local = name[len(_RNG) :]
            raise node.error(f"the attribute “{local}” may have no prefix", f'write {local}="…"')

    def _end(self, name: str) -> None:
        if self._namespaces[-1][0] == len(self._open) + self._foreign:
            self._namespaces.pop()
        if self._foreign:
            self._foreign -= 1
            self._tags += 1
            if not self._foreign:
                self._end_annotation()
            return
        opened = self._open.pop()
        if self._text:
            self._take_text(opened)
        self._tags += 1
        if self._bases[-1][0] is opened.node:
            self._bases.pop()
        if opened.needs_name_class:
            raise self._nameless(opened.node)
        if opened.count < opened.rule.least:
            raise opened.node.error(f"“{opened.node.name}” is empty", _less(opened.node.name))

    def _end_annotation(self) -> None:
        if self._documented is not None:
            text = " ".join("".join(self._text).split())
            before = self._documented.documentation
            self._documented.documentation = f"{before} {text}" if before and text else before or text
            self._documented = None
        self._text.clear()

    def _characters(self, text: str) -> None:
        if not self._foreign or self._documented is not None:
            self._text.append(text)

    def _take_text(self, opened: _Open) -> None:
        text = "".join(self._text)
        self._text.clear()
        if opened.rule.has_text:
            opened.node.text = text.strip(_BLANKS) if opened.node.name == "name" else text
        elif found := _NOT_BLANK.search(text):
            word = text[found.start() :].split()[0][:40]
            message = f"text in “{opened.node.name}”, which may hold none: “{word}”"
            offset = _text_offset(self._source.places.data, self._tags)
            where = opened.node.location if offset is None else self._source.places.at(offset)
            raise SchemaError(message, where)

    def _not_a_schema(self, name: str) -> NoReturn:
        namespace, _, local = name.rpartition("}")
        if not namespace and local in ELEMENTS:
            self._fail(f"“{local}” is in no namespace", f'write xmlns="{RNG_NAMESPACE}"')
        help = _OTHER_SCHEMAS.get(namespace, f"the outermost element of one is in the namespace “{RNG_NAMESPACE}”")
        self._fail(f"“{local}” is no element of RELAX NG", help)

    def _fail(self, message: str, help: str | None = None) -> NoReturn:
        where: Location = self._source.places.at(self._parser.CurrentByteIndex)
        raise SchemaError(message, where, help=help)


class _Found(Exception):  # noqa: N818 (a signal, not an error)
    """Ends a pass from inside a handler, at this byte."""


def _text_offset(data: bytes, tags: int) -> int | None:
    """The byte of the first character behind a number of tags that is not blank."""
    parser = expat.ParserCreate("UTF-8", "}")
    count = 0

    def tag(*what: object) -> None:
        nonlocal count
        count += 1

    def characters(text: str) -> None:
        found = _NOT_BLANK.search(text) if count == tags else None
        if found is not None:
            is_reference = data[parser.CurrentByteIndex : parser.CurrentByteIndex + 1] == b"&"
            raise _Found(parser.CurrentByteIndex + (0 if is_reference else found.start()))

    parser.StartElementHandler = parser.EndElementHandler = tag
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except _Found as found:
        return int(found.args[0])
    except expat.ExpatError:
        return None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return None


def _less(name: str) -> str:
    if name in ("element", "define", "start", "attribute"):
        return "it needs a pattern, be it “empty”, “text” or “notAllowed”"
    return "it needs a name class" if name == "except" else "it needs at least one pattern"


def _more(name: str) -> str | None:
    return "put both into a “group” or a “choice”" if name in ("attribute", "start") else None
