"""A glance at a document: most are valid, and their few hundred different tags come again and again, letter by letter.

Once expat has found the document well-formed, it is cut at each "<", and what is between is looked up as it stands:
a tag that was worked out before, in a place like this, costs one look-up whatever attributes it has. A glance only
ever says that a document fits. Where anything is out of the ordinary, or wrong, it says nothing, and the pass over the
parser's events decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias
from xml.parsers import expat

from teipipe.relaxng.automaton import After, Automaton, NoStepError, Opened, State
from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.stream import Outcome
from teipipe.relaxng.syntax import XML_NAMESPACE
from teipipe.scan import MAX_ATTRIBUTES, MAX_NAME, Tag

#: Bytes that are cut up at a time.
_CHUNK: Final = 1 << 20

#: Tags that are remembered for one set of declared namespaces, and such sets for which there is a memory.
_TAGS: Final = 100_000
_CONTEXTS: Final = 4

#: Bytes of a tag that is worth remembering, and of one that is looked at at all.
_LONG: Final = 1_000
_LONGEST: Final = 50_000

#: More new tags than these, and one in so many bytes, are no longer worth it.
_NEW: Final = 400
_BYTES_EACH: Final = 800

_XML_ID: Final = f"{XML_NAMESPACE}}}id"
_XML_BASE: Final = f"{XML_NAMESPACE}}}base"

_PROLOG: Final = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ASIDE: Final = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_VALUE: Final = rb"""(?:"[^"]*"|'[^']*')"""
_TAG: Final = re.compile(rb"([^\s/>=\"'&]+)((?:\s+[^\s/>=\"'&]+\s*=\s*" + _VALUE + rb")*)\s*(/?)")
_ATTRIBUTE: Final = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE: Final = re.compile("&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class _UnsureError(Exception):
    """There is something that a glance doesn't judge."""


class _AsideError(Exception):
    """There is a comment, a processing instruction or a CDATA section."""


class _Ends(dict[int, "_Node"]):
    """What follows an element, by which patterns fit in the end (see After)."""

    def __init__(self, context: _Context, after: After) -> None:
        super().__init__()
        self._context = context
        self._after = after

    def __missing__(self, fitting: int) -> _Node:
        node = self[fitting] = self._context.node(self._after[fitting])
        return node


#: Where a tag leads: to the next node (None if it is an end tag); what follows the end of the element that it opens,
#: if it opens one; what is to be told of it.
_Move: TypeAlias = "tuple[_Node | None, _Ends | None, Tag | None]"
_ENDED: Final[_Move] = (None, None, None)


class _Node:
    """A state, and where the tags lead that were met there, each with the white space that followed it or without."""

    __slots__ = ("accept", "is_mixed", "moves", "state")

    def __init__(self, state: State) -> None:
        self.state = state
        self.moves: dict[bytes, _Move] = {}
        self.is_mixed = state.is_mixed
        self.accept = state.accept


class Glance:
    """Looks at documents with one automaton; remembers the tags that it has met."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._contexts: dict[tuple[tuple[str, str], ...], _Context] = {}

    def look(self, data: bytes, depth: int) -> Outcome | None:
        """What `stream.judge` would say of a document that fits, IDs aside; None if that is not certain.

        The watched tags are given once each and without a place (as byte 0). `depth` bounds the nesting of elements.
        """
        if self.automaton.is_contextual or self.automaton.start is None:
            return None
        prolog = _PROLOG.match(data)
        start = prolog.end() if prolog else 0
        root = _TAG.match(data, start + 1, start + _LONGEST)
        if root is None:
            return None
        try:
            expat.ParserCreate("UTF-8", "}").Parse(data, True)
            context, rest = self._context(_attributes(root[2])), data[start:]
            try:
                return context.look(rest, depth)
            except _AsideError:
                return context.look(_without_asides(rest), depth)
        except (_UnsureError, _AsideError, NoStepError, expat.ExpatError):
            return None

    def _context(self, attributes: list[tuple[str, str]]) -> _Context:
        declared = tuple((name, value) for name, value in attributes if name.partition(":")[0] == "xmlns")
        found = self._contexts.get(declared)
        if found is None:
            if len(self._contexts) >= _CONTEXTS:
                self._contexts.clear()
            found = self._contexts[declared] = _Context(self.automaton, declared)
        return found


class _Context:
    """All that was met in documents whose outermost element declares the same namespaces, and none declares others."""

    def __init__(self, automaton: Automaton, declared: tuple[tuple[str, str], ...]) -> None:
        self._automaton = automaton
        self._prefixes = {name.partition(":")[2]: uri for name, uri in declared}
        self._prefixes["xml"] = XML_NAMESPACE
        self._nodes: dict[int, _Node] = {}
        self._ends: dict[int, _Ends] = {}
        self._names: dict[tuple[str, bool], str] = {}
        self._new = 0
        self._kept = 0

    def node(self, state: State) -> _Node:
        """The node of a state."""
        found = self._nodes.get(state.number)
        if found is None:
            # What has to be judged as a whole is left to the other pass.
            if state.strings:
                raise _UnsureError
            found = self._nodes[state.number] = _Node(state)
        return found

    def look(self, data: bytes, depth: int) -> Outcome:  # noqa: C901 (one loop, in which a call would count)
        """Follow a well-formed document from its outermost element on; raises _UnsureError or NoStepError."""
        assert self._automaton.start is not None
        node = self.node(self._automaton.start)
        stack: list[_Ends] = []
        met: list[Tag] = []
        push, pop, tell = stack.append, stack.pop, met.append
        self._new = _NEW + len(data) // _BYTES_EACH
        for chunk in _chunks(data):
            for piece in chunk.split(b"<"):
                # As a whole: where no text may stand, it is the same white space again and again.
                move = node.moves.get(piece)
                if move is not None:
                    following, ends, watched = move
                    if following is None:
                        node = pop()[node.accept]
                        continue
                    node = following
                elif piece:
                    tag, _, text = piece.partition(b">")
                    move = node.moves.get(tag)
                    if move is None:
                        move = self._work_out(node, tag)
                    before = node
                    following, ends, watched = move
                    node = pop()[node.accept] if following is None else following
                    if text and not node.is_mixed:
                        if not text.isspace():
                            node = self._after_text(node)
                        elif tag in before.moves:
                            self._keep(before, piece, move)
                else:
                    continue
                if ends is not None:
                    push(ends)
                    if len(stack) > depth:
                        raise _UnsureError
                if watched is not None:
                    tell(watched)
        if stack or not node.accept:
            raise NoStepError
        # The same tag is the same object, except those with an ID, which are told each time.
        return Outcome(True, self._root(data), list({id(tag): tag for tag in met}.values()))

    def _root(self, data: bytes) -> str:
        match = _TAG.match(data, 1)
        return self._name(match[1].decode("utf-8"), is_attribute=False) if match else ""

    def _after_text(self, node: _Node) -> _Node:
        if node.state.text is None:
            raise _UnsureError
        return self.node(node.state.text)

    def _work_out(self, node: _Node, raw: bytes) -> _Move:
        if raw[:1] == b"/":
            self._keep(node, raw, _ENDED)
            return _ENDED
        if raw[:1] in (b"!", b"?"):
            raise _AsideError
        self._new -= 1
        if len(raw) > _LONGEST:
            raise _UnsureError
        match = _TAG.fullmatch(raw)
        if match is None or not self._new:
            raise _UnsureError
        name = self._name(match[1].decode("utf-8"), is_attribute=False)
        attributes = self._resolved(_attributes(match[2]))
        if len(name) > MAX_NAME or len(attributes) > 2 * MAX_ATTRIBUTES:
            raise _UnsureError
        opened, after = node.state[name]
        state, watched, has_id = self._inside(opened, name, attributes) if attributes else (opened.bare, None, False)
        if state is None:
            raise _UnsureError
        inside, ends = self.node(state), self._ends.get(after.number)
        if ends is None:
            ends = self._ends[after.number] = _Ends(self, after)
        move: _Move = (ends[inside.accept], None, watched) if match[3] else (inside, ends, watched)
        # One with an ID does not come again, at least not in this document.
        if not has_id:
            self._keep(node, raw, move)
        return move

    def _inside(self, opened: Opened, name: str, attributes: list[str]) -> tuple[State | None, Tag | None, bool]:
        """The state inside an element, its tag if that is watched, and whether it has an ID."""
        step = opened.step(attributes)
        state = step.judge(attributes, {})
        has_id = _XML_ID in attributes or any(kind is Identity.ID for _, kind in step.identities)
        return state, (0, name, attributes) if step.watched else None, has_id

    def _keep(self, node: _Node, raw: bytes, move: _Move) -> None:
        if len(raw) > _LONG:
            return
        if self._kept >= _TAGS:
            # The tags of the documents to come are others.
            for known in self._nodes.values():
                known.moves.clear()
            self._kept = 0
        self._kept += 1
        node.moves[raw] = move

    def _resolved(self, written: list[tuple[str, str]]) -> list[str]:
        """Names and values of attributes in turn, as expat gives them."""
        attributes: list[str] = []
        for key, value in written:
            prefix, _, declared = key.partition(":")
            if prefix != "xmlns":
                attributes += (self._name(key, is_attribute=True), value)
            elif self._prefixes.get(declared) != value:
                raise _UnsureError
        if _XML_BASE in attributes:
            raise _UnsureError
        return attributes

    def _name(self, written: str, *, is_attribute: bool) -> str:
        found = self._names.get((written, is_attribute))
        if found is None:
            prefix, colon, local = written.rpartition(":")
            uri = "" if is_attribute and not colon else self._prefixes.get(prefix, "")
            found = f"{uri}}}{local}" if uri else local
            if len(self._names) < _TAGS:
                self._names[written, is_attribute] = found
        return found


def _without_asides(data: bytes) -> bytes:
    """A well-formed document without comments and processing instructions; raises _UnsureError for CDATA sections."""
    if b"<![" in data:
        raise _UnsureError
    return _ASIDE.sub(b"", data)


def _chunks(data: bytes) -> Iterator[bytes]:
    """The data, piece by piece, cut before a "<"."""
    start = 0
    while len(data) - start > _CHUNK:
        end = data.rfind(b"<", start + 1, start + _CHUNK)
        if end < 0:
            break
        yield data[start:end]
        start = end
    yield data[start:] if start else data


def _attributes(raw: bytes) -> list[tuple[str, str]]:
    """The attributes of a tag, their values as a parser gives them (XML 1.0, section 3.3.3)."""
    return [(name, _value(one or other)) for name, one, other in _ATTRIBUTE.findall(raw.decode("utf-8"))]


def _value(written: str) -> str:
    if not written.isprintable():
        written = written.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return _REFERENCE.sub(_referred, written) if "&" in written else written


def _referred(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    return _ENTITIES[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
