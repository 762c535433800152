"""What the declarations at the head of a schema in the compact syntax say, and what a prefix stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from teipipe.relaxng.compact_lexer import Token
from teipipe.relaxng.compact_stream import Stream
from teipipe.relaxng.syntax import XML_NAMESPACE, XSD_LIBRARY

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*+:[^#]++")


class Prefixes:
    """The prefixes of a schema; a namespace that is None is inherited from the schema that refers to this one."""

    def __init__(self) -> None:
        self.default: str | None = None
        self._namespaces: dict[str, str | None] = {"xml": XML_NAMESPACE}
        self._datatypes: dict[str, str] = {"xsd": XSD_LIBRARY}
        self._declared: set[tuple[str, str]] = set()

    @property
    def in_scope(self) -> Mapping[str, str]:
        """The prefixes that names in values can have: all but those without a namespace of their own."""
        bound = {prefix: uri for prefix, uri in self._namespaces.items() if uri}
        return bound if self.default is None else {"": self.default, **bound}

    def namespace(self, prefix: str, stream: Stream, offset: int) -> str | None:
        """The namespace of a prefix that is used at the byte `offset`."""
        try:
            return self._namespaces[prefix]
        except KeyError:
            help = f'declare it before everything else: namespace {prefix} = "…"'
            raise stream.error(offset, f"the prefix “{prefix}” isn't declared", help) from None

    def library(self, prefix: str, stream: Stream, offset: int) -> str:
        """The datatype library of a prefix that is used at the byte `offset`."""
        try:
            return self._datatypes[prefix]
        except KeyError:
            help = f'“xsd” needs no declaration; others stand before everything else: datatypes {prefix} = "…"'
            raise stream.error(offset, f"“{prefix}” isn't declared as prefix of a datatype library", help) from None

    def read(self, stream: Stream) -> None:
        """Reads all declarations."""
        while True:
            match stream.token.kind:
                case "namespace":
                    stream.advance()
                    self._bind(self._prefix(stream), self._uri(stream), stream)
                case "default":
                    self._read_default(stream)
                case "datatypes":
                    self._read_datatypes(stream)
                case _:
                    return

    def _read_default(self, stream: Stream) -> None:
        default = stream.advance()
        stream.expect("namespace", 'the default namespace is declared by: default namespace = "…"')
        self._once("default", "", "a default namespace", default, stream)
        prefix = None if stream.token.kind == "=" else self._prefix(stream)
        uri = self._uri(stream)
        if prefix:
            self._bind(prefix, uri, stream)
        elif uri == XML_NAMESPACE:
            raise stream.error(default.offset, f"“{uri}” can't be the default namespace: it is that of “xml” alone")
        self.default = uri

    def _read_datatypes(self, stream: Stream) -> None:
        stream.advance()
        prefix = stream.word("the prefix of a datatype library")
        self._once("datatypes", prefix.text, f"a datatype library with the prefix “{prefix.text}”", prefix, stream)
        stream.expect("=")
        offset = stream.token.offset
        library = stream.literal("the address of a datatype library, as a string,")
        if prefix.text == "xsd" and library != XSD_LIBRARY:
            raise stream.error(prefix.offset, f"“xsd” can only stand for “{XSD_LIBRARY}”", "choose another prefix")
        if library and not _ABSOLUTE.fullmatch(library):
            raise stream.error(offset, f"“{library}” isn't an absolute URI without “#”, as a datatype library needs")
        self._datatypes[prefix.text] = library

    def _prefix(self, stream: Stream) -> Token:
        prefix = stream.word("the prefix of a namespace")
        if prefix.text == "xmlns":
            raise stream.error(prefix.offset, "“xmlns” can't be declared as a prefix", "choose another prefix")
        self._once("namespace", prefix.text, f"the prefix “{prefix.text}”", prefix, stream)
        return prefix

    def _uri(self, stream: Stream) -> str | None:
        stream.expect("=")
        if stream.token.kind == "inherit":
            stream.advance()
            return None
        return stream.literal("the namespace, as a string, or “inherit”")

    def _bind(self, prefix: Token, uri: str | None, stream: Stream) -> None:
        if (prefix.text == "xml") is not (uri == XML_NAMESPACE):
            message = f"“xml” can only stand for “{XML_NAMESPACE}”, and nothing else can"
            raise stream.error(prefix.offset, message, "“xml” needs no declaration")
        self._namespaces[prefix.text] = uri

    def _once(self, kind: str, prefix: str, what: str, token: Token, stream: Stream) -> None:
        if (kind, prefix) in self._declared:
            raise stream.error(token.offset, f"{what} is declared a second time", "keep one of the declarations")
        self._declared.add((kind, prefix))
