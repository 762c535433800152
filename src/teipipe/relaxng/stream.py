"""The fast pass: does a document fit? One run of expat, one look-up for each tag, nothing kept but the open elements.

It says yes or no; why a document doesn't fit is found out by a second, slower pass, which few documents need.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from teipipe.relaxng.automaton import After, Automaton, NoStepError, State
from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.steps import Step
from teipipe.relaxng.strings import is_blank, tokens
from teipipe.scan import StopError, Tag, parser_for

#: So many different blank texts are remembered while one document is judged.
_BLANKS: Final = 1_000

XML_PREFIX: Final = {"xml": "http://www.w3.org/XML/1998/namespace"}


@dataclass(slots=True)
class Outcome:
    """What the fast pass found: whether the document `fits`, the outermost element's name, and the watched tags."""

    fits: bool = False
    root: str = ""
    tags: list[Tag] = field(default_factory=list)


def judge(  # noqa: C901 (handlers in one piece: each call they would make costs as much as all that they do)
    automaton: Automaton, data: bytes, *, depth: int, identities: bool
) -> Outcome:
    """Whether `data`, a whole document in UTF-8, fits.

    With `identities`, also whether attributes of type ID are unique and each IDREF leads to one. `depth` bounds the
    nesting of elements. A document that is not well-formed, or exceeds the bound, does not fit; the watched tags are
    complete only for one that does. May raise LimitError.
    """
    outcome = Outcome()
    if automaton.start is None:
        return outcome
    parser = parser_for(data)
    parser.buffer_text = True
    state: State = automaton.start
    stack: list[After] = []
    texts: list[str] = []
    push, pop = stack.append, stack.pop
    clear = texts.clear
    tags = outcome.tags
    scopes = Scopes()
    blanks: set[str] = set()
    ids: set[str] = set()
    references: set[str] = set()

    def words(text: str) -> State:
        """The state after a text where not any text may stand."""
        if is_blank(text):
            if len(blanks) < _BLANKS:
                blanks.add(text)
            return state
        if state.text is None:
            raise StopError
        return state.text

    def start(name: str, attributes: list[str]) -> None:
        nonlocal state
        if texts:
            if not state.is_mixed:
                text = texts[0] if len(texts) == 1 else "".join(texts)
                if text not in blanks:
                    state = words(text)
            clear()
        opened, after = state[name]
        push(after)
        if attributes:
            # As Opened.step and Step.judge do it; here, calling them would count.
            step = opened[attributes[0] if len(attributes) == 2 else tuple(attributes[::2])]
            following = step.state
            for place, known, accepts in step.checks:
                if attributes[place] not in known and not accepts(attributes[place], scopes.current):
                    following = step.judge(attributes, scopes.current)
                    break
            if step.watched:
                tags.append((parser.CurrentByteIndex, name, attributes))
            if step.identities and identities:
                identify(step, attributes)
        else:
            following = opened.bare
        if following is None or len(stack) > depth:
            raise StopError
        state = following

    def end(name: str) -> None:
        nonlocal state
        if not state.is_mixed:
            text = "".join(texts)
            if state.strings:
                clear()
                state = pop()[state.ended(text, scopes.current)]
                return
            if text and text not in blanks:
                state = words(text)
        if texts:
            clear()
        state = pop()[state.accept]

    def identify(step: Step, attributes: list[str]) -> None:
        for place, kind in step.identities:
            found = tokens(attributes[place])
            if kind is not Identity.ID:
                references.update(found)
            elif ids.issuperset(found):
                raise StopError
            else:
                ids.update(found)

    def first(name: str, attributes: list[str]) -> None:
        outcome.root = name
        parser.StartElementHandler = start
        start(name, attributes)

    parser.StartElementHandler = first
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    if automaton.is_contextual:
        parser.StartNamespaceDeclHandler = scopes.open
        parser.EndNamespaceDeclHandler = scopes.close
    try:
        parser.Parse(data, True)
        outcome.fits = state.accept != 0 and references <= ids
    except (StopError, NoStepError, expat.ExpatError):
        pass
    finally:
        # The handlers refer to the parser and it to them; without them all is freed at once.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return outcome


class Scopes:
    """The prefixes in scope, as a parser declares and forgets them; `current` is never changed, only replaced."""

    def __init__(self) -> None:
        self.current: dict[str, str] = dict(XML_PREFIX)
        self._before: dict[str, list[str | None]] = {}

    def open(self, prefix: str | None, uri: str | None) -> None:
        """A prefix is declared."""
        self._before.setdefault(prefix or "", []).append(self.current.get(prefix or ""))
        self.current = {**self.current, prefix or "": uri or ""}

    def close(self, prefix: str | None) -> None:
        """The element that declared it has ended."""
        before = self._before[prefix or ""].pop()
        current = dict(self.current)
        del current[prefix or ""]
        if before is not None:
            current[prefix or ""] = before
        self.current = current
