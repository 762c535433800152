"""What the explaining pass remembers of the elements that are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from teipipe.relaxng.automaton import After, State, Vector
from teipipe.relaxng.leaves import ElementLeaf

#: Changes of state that are remembered of one element; longer contents are never told apart by them.
_HISTORY: Final = 200


@dataclass(slots=True)
class Missing:
    """Elements that were found missing before another one; they may still turn up, and then only the order is wrong.

    `path` are the elements that should have come, of each of them the ways; `before` is the other one, at `offset`;
    `is_needed`: that has to be there as well.
    """

    path: tuple[tuple[ElementLeaf, ...], ...]
    before: str
    offset: int
    is_needed: bool


#: A stretch of text: the byte where it begins, the text, and whether it stands in a CDATA section.
Piece: TypeAlias = tuple[int, str, bool]


class Frame:
    """An open element.

    `name` is what it was taken for (`is_guess`, `is_doubtful` as in Entry); `state` where its content has got to, None
    where nothing is known of it, so that anything may stand in it. `after` and `resume` say where its parent goes on:
    `resume` if that was decided when it began. `content` is all that it may hold. `implied` is the state inside an
    element that isn't there, but into which the children would fit; a child with `is_implied` moves it on. `seen` are
    the first places of the children's names, `last` the name of the last one; `history` are the states that were left,
    with the child that did it, `repeated` a child that came after that and changed nothing; `reported` what was named
    as wrong here once; `meant` are namespaces that are wrong in it, with those that are meant.
    """

    __slots__ = (
        "after",
        "content",
        "has_stray_text",
        "history",
        "implied",
        "is_doubtful",
        "is_guess",
        "is_implied",
        "last",
        "meant",
        "missing",
        "name",
        "offset",
        "pieces",
        "repeated",
        "reported",
        "resume",
        "seen",
        "state",
    )

    def __init__(
        self,
        name: str,
        offset: int,
        state: State | None,
        content: Vector,
        after: After | None,
        meant: Mapping[str, str],
    ) -> None:
        self.name = name
        self.offset = offset
        self.state = state
        self.content = content
        self.after = after
        self.meant = meant
        self.resume: State | None = None
        self.is_implied = self.is_guess = self.is_doubtful = self.has_stray_text = False
        self.implied: State | None = None
        self.last = self.repeated = ""
        self.pieces: list[Piece] = []
        self.seen: dict[str, int] = {}
        self.history: list[tuple[State, str, int]] = []
        self.missing: list[Missing] = []
        self.reported: set[str] = set()

    def move(self, state: State, child: str, offset: int) -> None:
        """Go on after a child."""
        if state is self.state:
            self.repeated = child
        elif self.state is not None and len(self.history) < _HISTORY:
            self.history.append((self.state, child, offset))
            self.repeated = ""
        self.state = state


@dataclass(frozen=True, slots=True)
class Entry:
    """How a child is entered: what it is taken for, the contents that it may have (None: unknown), what comes after.

    `is_guess`: its own name is none of the schema's, so its attributes are probably of another vocabulary, too.
    `is_doubtful`: it may have been meant to be something quite different, so what does not fit right in it follows from
    that. `meant` as in Frame, None if as in the parent.
    """

    name: str
    contents: Vector | None
    after: After | None = None
    resume: State | None = None
    is_implied: bool = False
    is_guess: bool = False
    is_doubtful: bool = False
    meant: Mapping[str, str] | None = None
