"""What a word processor's file has beside its text, or may be read otherwise: told at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

#: So many of one kind are told one by one; of the others, how many there are.
_MOST: Final = 50
#: So much of a text is quoted.
_LONG: Final = 160


@dataclass(frozen=True, slots=True)
class _Remark:
    rule: str
    message: str
    offset: int
    help: str | None


class Remarks:
    """What is to be told, collected while a file is read."""

    def __init__(self) -> None:
        self._kinds: dict[str, list[_Remark]] = {}
        self._inserted: list[tuple[int, str]] = []

    def omitted(self, what: str, words: str, offset: int) -> None:
        """Something is no part of the transcript; `what` it is ("a picture"), with its words, if it has any."""
        message = f"{what} is left out" if not words else f"{what} is left out: {quoted(words)}"
        self._add(what.partition(" by ")[0], "omitted-content", message, offset)

    def displaced(self, what: str, words: str, offset: int) -> None:
        """Something that stood elsewhere was put here."""
        self._add(what, "displaced-content", f"the words of {what} stand here: {quoted(words)}", offset)

    def deleted(self, words: str, author: str, offset: int, *, is_move: bool) -> None:
        """Somebody deleted words, or moved them away, which nobody has accepted yet."""
        done = "moved away" if is_move else "deleted"
        message = f"{quoted(words)} was {done}{by(author)}, and is left out here"
        help = "if they are to stay, reject the change in the word processor, and encode again"
        self._add(done, "tracked-change", message, offset, help)

    def inserted(self, author: str, offset: int) -> None:
        """Somebody inserted words, which nobody has accepted yet; they are in the text."""
        self._inserted.append((offset, author))

    def remarked(self, message: str, offset: int) -> None:
        """Something was read in a way that may have been meant otherwise."""
        self._add(message, "displaced-content", message, offset)

    def _add(self, kind: str, rule: str, message: str, offset: int, help: str | None = None) -> None:
        self._kinds.setdefault(kind, []).append(_Remark(rule, message, offset, help))

    def findings(self, place: Callable[[int], Location]) -> tuple[Diagnostic, ...]:
        """All of it, at its places."""
        found: list[Diagnostic] = []
        for remarks in self._kinds.values():
            found += [finding(each.rule, each.message, place(each.offset), each.help) for each in remarks[:_MOST]]
            if len(remarks) > _MOST:
                last = remarks[_MOST]
                message = f"{last.message}; and {len(remarks) - _MOST - 1} more of the kind"
                found.append(finding(last.rule, message, place(last.offset), last.help))
        if self._inserted:
            found.append(self._insertions(place))
        return tuple(found)

    def _insertions(self, place: Callable[[int], Location]) -> Diagnostic:
        authors = ", ".join(dict.fromkeys(author for _, author in self._inserted if author))
        count = len(self._inserted)
        what = "words that were inserted" if count == 1 else f"words that were inserted in {count} places"
        return finding(
            "tracked-change",
            f"{what}{by(authors)} are in the text",
            place(self._inserted[0][0]),
            "if they are to go, reject the change in the word processor, and encode again",
            related=tuple((place(offset), "inserted here, too") for offset, _ in self._inserted[1:_MOST]),
        )


def quoted(words: str) -> str:
    """Words in quotation marks, cut off if there are many."""
    return f"“{words}”" if len(words) <= _LONG else f"“{words[:_LONG].rstrip()} …”"


def by(author: str) -> str:
    """Who did it, if that is said."""
    return f" by {author}" if author else ""
