"""Reads a schema in the compact syntax (ISO/IEC 19757-2, annex C) as the tree that the XML syntax would give."""

from __future__ import annotations

from typing import Final

from teipipe.errors import SchemaError
from teipipe.relaxng.compact_annotations import NONE, Notes, document, read_element, read_follows, read_notes
from teipipe.relaxng.compact_lexer import KEYWORDS, Token
from teipipe.relaxng.compact_names import Names
from teipipe.relaxng.compact_prefixes import Prefixes
from teipipe.relaxng.compact_stream import Stream, keyword_help
from teipipe.relaxng.syntax import Node, Source

_OPERATORS: Final = {",": "group", "|": "choice", "&": "interleave"}
_REPEATS: Final = {"*": "zeroOrMore", "+": "oneOrMore", "?": "optional"}
_ASSIGNMENTS: Final = {"=": None, "|=": "choice", "&=": "interleave"}
_DECLARATIONS: Final = ("namespace", "default", "datatypes")


def read_compact(source: Source) -> Node:
    """The tree of a schema in the compact syntax; raises SchemaError if it isn't one."""
    stream = Stream(source)
    prefixes = Prefixes()
    prefixes.read(stream)
    return _Reader(stream, prefixes).read()


class _Reader:
    """Reads what comes after the declarations.

    `_follows` is the byte of an annotation after the pattern that was read last, if nothing that can hold it is around
    them yet: a schema must be a single element.
    """

    def __init__(self, stream: Stream, prefixes: Prefixes) -> None:
        self._stream = stream
        self._prefixes = prefixes
        self._scope = prefixes.in_scope
        self._names = Names(stream, prefixes)
        self._follows: int | None = None

    def read(self) -> Node:
        stream = self._stream
        notes = read_notes(stream, self._prefixes)
        if self._is_grammar(notes):
            node = self._node("grammar", stream.token.offset)
            self._read_members(node, "end", notes=notes)
            return node
        node = self._read_pattern(notes)
        if stream.token.kind != "end":
            raise stream.unexpected("the end of the schema", self._help_after_pattern())
        if self._follows is not None:
            message = "this annotation stands beside the pattern that is the whole schema"
            raise stream.error(self._follows, message, "make it a grammar with: start = …")
        return node

    # Grammars

    def _is_grammar(self, notes: Notes) -> bool:
        kind, following = self._stream.token.kind, self._stream.following.kind
        if kind == "end":
            return not notes.present
        if kind in ("start", "div", "include") or kind in _DECLARATIONS:
            return True
        if following in _ASSIGNMENTS:
            return kind == "identifier" or kind in KEYWORDS
        return following == "[" and kind in ("identifier", "prefixed")

    def _read_members(self, parent: Node, closing: str, *, notes: Notes = NONE, overriding: bool = False) -> None:
        """Reads definitions into `parent`; `overriding`: in the body of an include, which can't include in turn."""
        stream = self._stream
        while True:
            if not notes.present:
                notes = read_notes(stream, self._prefixes)
            kind = stream.token.kind
            if kind == closing and not notes.present:
                break
            if kind in ("identifier", "prefixed") and stream.following.kind == "[" and not notes.present:
                read_element(stream, self._prefixes)
                continue
            member = self._read_member(kind, closing, overriding=overriding)
            document(member, notes.documentation)
            parent.children.append(member)
            notes = NONE

    def _read_member(self, kind: str, closing: str, *, overriding: bool) -> Node:
        stream = self._stream
        if kind == "start" or (kind == "identifier" and stream.following.kind in _ASSIGNMENTS):
            return self._read_definition()
        if kind == "div":
            node = self._node("div", stream.advance().offset)
            stream.open("{")
            self._read_members(node, "}", overriding=overriding)
            stream.close()
            return node
        if kind == "include":
            if overriding:
                raise stream.unexpected("a definition that replaces an included one", "includes can't be nested")
            return self._read_include()
        raise self._not_a_member(closing)

    def _not_a_member(self, closing: str) -> SchemaError:
        stream = self._stream
        kind = stream.token.kind
        expected = "a definition" if closing == "end" else f"a definition or “{closing}”"
        if kind in _DECLARATIONS:
            return stream.unexpected(expected, "declarations stand before all definitions")
        if kind in KEYWORDS and stream.following.kind in _ASSIGNMENTS:
            return stream.unexpected(expected, keyword_help(stream.token))
        if kind == "identifier":
            stream.advance()
            return stream.unexpected("“=”, “|=” or “&=”", self._help_after_pattern())
        return stream.unexpected(expected, self._help_after_pattern())

    def _read_definition(self) -> Node:
        stream = self._stream
        name = stream.advance()
        node = self._node("start" if name.kind == "start" else "define", name.offset)
        if name.kind != "start":
            node.attributes["name"] = name.text
        if stream.token.kind not in _ASSIGNMENTS:
            raise stream.unexpected("“=”, “|=” or “&=”")
        if combine := _ASSIGNMENTS[stream.advance().kind]:
            node.attributes["combine"] = combine
        node.children.append(self._read_pattern())
        self._follows = None
        return node

    def _read_include(self) -> Node:
        stream = self._stream
        node = self._read_reference("include")
        if stream.token.kind == "{":
            stream.open("{")
            self._read_members(node, "}", overriding=True)
            stream.close()
        return node

    def _read_reference(self, name: str) -> Node:
        """Reads `include` or `external`, the address, and whose namespace unprefixed names there are in."""
        stream = self._stream
        node = self._node(name, stream.advance().offset)
        node.attributes["href"] = stream.literal("the address of a schema, as a string,")
        namespace = self._prefixes.default
        if stream.token.kind == "inherit":
            stream.advance()
            stream.expect("=", "whose namespace is inherited is written: inherit = prefix")
            prefix = stream.word("the prefix of a namespace")
            namespace = self._prefixes.namespace(prefix.text, stream, prefix.offset)
        if namespace is not None:
            node.attributes["ns"] = namespace
        return node

    # Patterns

    def _read_pattern(self, notes: Notes | None = None) -> Node:
        """The pattern that comes next, with all that “,”, “|” or “&” joins; `notes` have been read before it."""
        stream = self._stream
        self._follows = None
        begin = stream.token.offset
        first = self._read_particle(notes, alone=True)
        operator = stream.token.kind
        if operator not in _OPERATORS:
            return first
        node = self._node(_OPERATORS[operator], first.offset if notes is None else begin, [first])
        while stream.token.kind == operator:
            stream.advance()
            node.children.append(self._read_particle(None, alone=False))
        if stream.token.kind in _OPERATORS:
            help = "put parentheses around what belongs together: “(a, b) | c” or “a, (b | c)”"
            message = f"“{stream.token.kind}” stands beside “{operator}” without parentheses"
            raise stream.error(stream.token.offset, message, help)
        self._follows = None
        return node

    def _read_particle(self, notes: Notes | None, *, alone: bool) -> Node:
        stream = self._stream
        if notes is None:
            notes = read_notes(stream, self._prefixes)
        begin = stream.token
        node = self._read_primary(notes)
        if stream.token.kind == "-" and node.name == "data" and begin.kind != "(":
            self._read_except(node, alone=alone)
            return node
        self._read_follows(node)
        repeat = _REPEATS.get(stream.token.kind)
        if repeat:
            stream.advance()
            self._follows = None
            node = self._node(repeat, begin.offset, [node])
            self._read_follows(node)
            if stream.token.kind in _REPEATS:
                raise stream.unexpected("“,”, “|” or “&”", "a pattern takes one of “*”, “+” and “?”; “(a+)?” is both")
        return node

    def _read_follows(self, node: Node) -> None:
        if self._stream.token.kind == ">>":
            self._follows = self._stream.token.offset
            document(node, read_follows(self._stream, self._prefixes))

    def _read_except(self, node: Node, *, alone: bool) -> None:
        """Reads `- pattern` after a datatype: unless in parentheses, all that the pattern around it holds."""
        stream = self._stream
        help = "put parentheses around what belongs to the “-”: “(string - pattern)”"
        if not alone:
            raise stream.unexpected("“,”, “|” or “&”", help)
        minus = stream.advance()
        without = self._read_primary(read_notes(stream, self._prefixes))
        node.children.append(self._node("except", minus.offset, [without]))
        self._follows = None
        self._read_follows(node)
        if stream.token.kind in _OPERATORS or stream.token.kind in _REPEATS or stream.token.kind == "-":
            raise stream.unexpected("the end of the pattern", help)

    def _read_primary(self, notes: Notes) -> Node:
        """A pattern without operators outside brackets, with what documents it."""
        stream = self._stream
        token = stream.token
        kind = token.kind
        if kind == "identifier":
            stream.advance()
            node = self._node("ref", token.offset)
            node.attributes["name"] = token.text
        elif kind == "element" or kind == "attribute":
            node = self._read_named(stream.advance())
        elif kind == "(":
            node = self._read_parentheses(notes)
        elif kind == "literal":
            node = self._read_value({"type": "token", "datatypeLibrary": ""}, token.offset, notes)
        elif kind in ("prefixed", "string", "token"):
            node = self._read_datatype(stream.advance(), notes)
        else:
            node = self._read_keyword(stream.token)
        document(node, notes.documentation, first=True)
        return node

    def _read_parentheses(self, notes: Notes) -> Node:
        stream = self._stream
        stream.open("(")
        node = self._read_pattern()
        stream.close("“,”, “|”, “&”", self._help_after_pattern())
        if notes.holds:
            self._follows = None
        return node

    def _read_named(self, keyword: Token) -> Node:
        """The rest of an element or attribute."""
        node = self._node(keyword.kind, keyword.offset)
        node.children.append(self._names.read(self._prefixes.default if keyword.kind == "element" else ""))
        self._read_braces(node)
        return node

    def _read_braces(self, node: Node, help: str | None = None) -> None:
        stream = self._stream
        stream.open("{", help)
        if stream.token.kind == "}":
            raise stream.unexpected("a pattern", "nothing at all is “empty”, any text is “text”")
        node.children.append(self._read_pattern())
        stream.close("“,”, “|”, “&”", self._help_after_pattern())
        self._follows = None

    def _read_keyword(self, token: Token) -> Node:
        stream = self._stream
        kind = token.kind
        if kind in ("text", "empty", "notAllowed"):
            return self._node(kind, stream.advance().offset)
        if kind in ("list", "mixed"):
            node = self._node(kind, stream.advance().offset)
            self._read_braces(node, keyword_help(token))
            return node
        if kind == "parent":
            node = self._node("parentRef", stream.advance().offset)
            node.attributes["name"] = stream.identifier("the name of a definition").text
            return node
        if kind == "external":
            return self._read_reference("externalRef")
        if kind == "grammar":
            node = self._node("grammar", stream.advance().offset)
            stream.open("{")
            self._read_members(node, "}")
            stream.close()
            return node
        raise stream.unexpected("a pattern", keyword_help(token))

    # Datatypes

    def _read_datatype(self, token: Token, notes: Notes) -> Node:
        stream = self._stream
        attributes = {"type": token.text, "datatypeLibrary": ""}
        if token.kind == "prefixed":
            prefix, _, name = token.text.partition(":")
            attributes = {"type": name, "datatypeLibrary": self._prefixes.library(prefix, stream, token.offset)}
        if stream.token.kind == "literal":
            return self._read_value(attributes, token.offset, notes)
        node = Node("data", attributes, stream.source, token.offset, self._scope)
        if stream.token.kind == "{":
            self._read_parameters(node)
        return node

    def _read_parameters(self, node: Node) -> None:
        stream = self._stream
        stream.open("{")
        while True:
            notes = read_notes(stream, self._prefixes)
            if stream.token.kind == "}" and not notes.present:
                break
            help = "nothing stands between parameters" if stream.token.kind == "," else None
            if stream.token.kind not in KEYWORDS and stream.token.kind != "identifier":
                raise stream.unexpected("the name of a parameter or “}”", help)
            name = stream.advance()
            stream.expect("=", 'a parameter is written: name = "value"')
            parameter = self._node("param", name.offset)
            parameter.attributes["name"] = name.text
            parameter.text = stream.literal("the value of the parameter, as a string,")
            document(parameter, notes.documentation)
            node.children.append(parameter)
        stream.close()

    def _read_value(self, attributes: dict[str, str], offset: int, notes: Notes) -> Node:
        stream = self._stream
        # A value has no room for elements: in the XML syntax they stand behind it.
        self._follows = notes.element
        if self._prefixes.default is not None:
            attributes["ns"] = self._prefixes.default
        node = Node("value", attributes, stream.source, offset, self._scope)
        node.text = stream.literal("the value, as a string,")
        return node

    def _help_after_pattern(self) -> str | None:
        """What to do if the next token, which doesn't fit, is meant as one more pattern."""
        kind = self._stream.token.kind
        if kind in KEYWORDS or kind in ("literal", "prefixed", "identifier", "("):
            return "patterns are joined by “,”, “|” or “&”"
        return None

    def _node(self, name: str, offset: int, children: list[Node] | None = None) -> Node:
        return Node(name, {}, self._stream.source, offset, self._scope, [] if children is None else children)
