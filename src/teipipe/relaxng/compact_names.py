"""Name classes in the compact syntax: `name`, `p:name`, `p:*`, `*`, choices of them, and all but some."""

from __future__ import annotations

from typing import Final

from teipipe.relaxng.compact_annotations import document, read_follows, read_notes
from teipipe.relaxng.compact_lexer import KEYWORDS
from teipipe.relaxng.compact_prefixes import Prefixes
from teipipe.relaxng.compact_stream import Stream
from teipipe.relaxng.syntax import Node

_NAMES: Final = frozenset(("*", "any-in-prefix", "prefixed", "identifier"))
_IN_PARENTHESES: Final = "put parentheses around what belongs to the “-”: “(* - name)”"


class Names:
    """Reads the name classes of one schema."""

    def __init__(self, stream: Stream, prefixes: Prefixes) -> None:
        self._stream = stream
        self._prefixes = prefixes
        self._scope = prefixes.in_scope

    def read(self, unprefixed: str | None) -> Node:
        """The name class that comes next; names without prefix are in the namespace `unprefixed`, None if inherited."""
        stream = self._stream
        first = self._read_one(unprefixed, alone=True)
        if stream.token.kind != "|":
            return first
        classes = [first]
        while stream.token.kind == "|":
            stream.advance()
            classes.append(self._read_one(unprefixed, alone=False))
        return Node("choice", {}, stream.source, first.offset, self._scope, classes)

    def _read_one(self, unprefixed: str | None, *, alone: bool) -> Node:
        stream = self._stream
        node, kind = self._read_annotated(unprefixed)
        if stream.token.kind == "-":
            if kind not in ("*", "any-in-prefix"):
                raise stream.unexpected("“{”", "only “*” and “prefix:*” can be followed by “-”")
            if not alone:
                raise stream.unexpected("“|” or “{”", _IN_PARENTHESES)
            minus = stream.advance()
            without, _ = self._read_annotated(unprefixed)
            node.children.append(Node("except", {}, stream.source, minus.offset, self._scope, [without]))
            if stream.token.kind in ("|", "-"):
                raise stream.unexpected("“{”", _IN_PARENTHESES)
        document(node, read_follows(stream, self._prefixes))
        return node

    def _read_annotated(self, unprefixed: str | None) -> tuple[Node, str]:
        """A name class without “|” and “-” outside parentheses, and the kind of its first token."""
        notes = read_notes(self._stream, self._prefixes)
        kind = self._stream.token.kind
        node = self._read_simple(unprefixed)
        document(node, notes.documentation)
        return node, kind

    def _read_simple(self, unprefixed: str | None) -> Node:
        stream = self._stream
        token = stream.token
        if token.kind == "(":
            stream.open("(")
            node = self.read(unprefixed)
            stream.close("“|”")
            return node
        if token.kind not in _NAMES and token.kind not in KEYWORDS:
            help = f"names stand without quotes: {token.text}" if token.kind == "literal" else None
            raise stream.unexpected("a name, “*” or “(”", help)
        stream.advance()
        if token.kind == "*":
            return Node("anyName", {}, stream.source, token.offset, self._scope)
        name, local, namespace = "name", token.text, unprefixed
        if token.kind == "prefixed":
            prefix, _, local = token.text.partition(":")
            namespace = self._prefixes.namespace(prefix, stream, token.offset)
        elif token.kind == "any-in-prefix":
            name, local, namespace = "nsName", "", self._prefixes.namespace(token.text, stream, token.offset)
        attributes = {} if namespace is None else {"ns": namespace}
        return Node(name, attributes, stream.source, token.offset, self._scope, [], local)
