"""Annotations in the compact syntax (section 5): checked, and left out but for what documents the schema in words."""

from __future__ import annotations

from typing import Final, NamedTuple

from teipipe.relaxng.compact_lexer import KEYWORDS, Token
from teipipe.relaxng.compact_prefixes import Prefixes
from teipipe.relaxng.compact_stream import Stream, quoted
from teipipe.relaxng.syntax import ANNOTATIONS_NAMESPACE, RNG_NAMESPACE, Node

# The specification leaves out the final slash that the namespace of declarations has.
_XMLNS_NAMESPACES: Final = ("http://www.w3.org/2000/xmlns", "http://www.w3.org/2000/xmlns/")


class Notes(NamedTuple):
    """What stands before a construct: its documentation, where the first element is among the annotations.

    `present`: anything is written there; `holds`: not only empty brackets.
    """

    documentation: str = ""
    element: int | None = None
    present: bool = False
    holds: bool = False


NONE: Final = Notes()


def read_notes(stream: Stream, prefixes: Prefixes) -> Notes:
    """Reads the comments with “##” and the annotations in brackets that stand before a construct."""
    if stream.token.kind not in ("documentation", "["):
        return NONE
    documentation: list[str] = []
    while stream.token.kind == "documentation":
        documentation.append(stream.advance().text)
    if stream.token.kind != "[":
        return Notes(" ".join(documentation), None, present=True, holds=True)
    stream.open("[")
    holds = bool(documentation) or stream.token.kind != "]"
    _read_attributes(stream, prefixes, foreign=True)
    element = None
    while stream.token.kind != "]":
        element = stream.token.offset if element is None else element
        if words := read_element(stream, prefixes):
            documentation.append(words)
    stream.close()
    return Notes(" ".join(documentation), element, present=True, holds=holds)


def read_follows(stream: Stream, prefixes: Prefixes) -> str:
    """Reads the annotations that follow a construct, each after “>>”; what they say about it in words."""
    documentation: list[str] = []
    while stream.token.kind == ">>":
        stream.advance()
        documentation.append(read_element(stream, prefixes))
    return " ".join(documentation)


def document(node: Node, words: str, *, first: bool = False) -> None:
    """Adds to what is said of a node in words, or puts it before what there is."""
    if words:
        parts = (words, node.documentation) if first else (node.documentation, words)
        node.documentation = " ".join(" ".join(parts).split())


def read_element(stream: Stream, prefixes: Prefixes) -> str:
    """Reads an annotation `name [ … ]`; what it says if it is `a:documentation`, else ""."""
    name = _name(stream, "an annotation")
    namespace, local = _expanded(name, stream, prefixes)
    if namespace == RNG_NAMESPACE:
        raise stream.error(name.offset, f"{quoted(name)} is in RELAX NG's own namespace, where no annotation can be")
    words = _read_content(stream, prefixes)
    return words if (namespace, local) == (ANNOTATIONS_NAMESPACE, "documentation") else ""


def _read_content(stream: Stream, prefixes: Prefixes) -> str:
    stream.open("[", "an annotation is written: name [ … ]")
    _read_attributes(stream, prefixes, foreign=False)
    text: list[str] = []
    while stream.token.kind != "]":
        if stream.token.kind == "literal":
            text.append(stream.literal("a string"))
            continue
        name = _name(stream, "a string, an annotation or “]”")
        _expanded(name, stream, prefixes)
        if stream.token.kind == "=":
            message = f"the attribute {quoted(name)} stands after the content of the annotation"
            raise stream.error(name.offset, message, "attributes come first")
        text.append(_read_content(stream, prefixes))
    stream.close()
    return "".join(text)


def _read_attributes(stream: Stream, prefixes: Prefixes, *, foreign: bool) -> None:
    """Reads `name = "value"`, any number of times; `foreign` ones stand on an element of RELAX NG itself."""
    seen: set[tuple[str, str]] = set()
    while stream.following.kind == "=" and _is_name(stream.token):
        name = stream.advance()
        expanded = _expanded(name, stream, prefixes)
        _check_attribute(name, expanded, stream, foreign=foreign)
        if expanded in seen:
            raise stream.error(name.offset, f"the annotation {quoted(name)} stands here twice", "delete one of them")
        seen.add(expanded)
        stream.advance()
        stream.literal("the value of the annotation, as a string,")


def _check_attribute(name: Token, expanded: tuple[str, str], stream: Stream, *, foreign: bool) -> None:
    namespace, local = expanded
    if namespace in _XMLNS_NAMESPACES or (namespace, local) == ("", "xmlns"):
        help = 'prefixes are declared at the head of the schema: namespace prefix = "…"'
        raise stream.error(name.offset, f"{quoted(name)} can't be an annotation", help)
    if foreign and not namespace:
        help = "give it the prefix of a namespace"
        raise stream.error(name.offset, f"the annotation {quoted(name)} has no namespace", help)
    if foreign and namespace == RNG_NAMESPACE:
        raise stream.error(name.offset, f"{quoted(name)} is in RELAX NG's own namespace, where no annotation can be")


def _is_name(token: Token) -> bool:
    return token.kind in ("identifier", "prefixed") or token.kind in KEYWORDS


def _name(stream: Stream, what: str) -> Token:
    if not _is_name(stream.token):
        raise stream.unexpected(what)
    return stream.advance()


def _expanded(name: Token, stream: Stream, prefixes: Prefixes) -> tuple[str, str]:
    if name.kind != "prefixed":
        return "", name.text
    prefix, _, local = name.text.partition(":")
    namespace = prefixes.namespace(prefix, stream, name.offset)
    if namespace is None:
        message = f"the namespace of the annotation {quoted(name)} is inherited"
        raise stream.error(name.offset, message, f"“{prefix}” must stand for a namespace of its own")
    return namespace, local
