"""Checks that what goes on elsewhere comes to an end: chains of sameAs, copyOf, next and prev that lead back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.attributes import CHAINS
from teipipe.folders import absolute
from teipipe.rules import finding
from teipipe.validate.facts import identifier_of
from teipipe.validate.uris import relative_uri

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context
    from teipipe.validate.corpus import Corpus

_Node = tuple[Path, str]


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield circular-pointer once for each circle, at its first member by file name and id."""
    file = absolute(document.file)
    references = context.corpus.references(document)
    if not any(pointing.attribute in CHAINS for pointing in references.pointings):
        return
    for tag, pointing in references.items():
        identifier = identifier_of(tag)
        if pointing.attribute not in CHAINS or not identifier:
            continue
        circle = _circle(context.corpus, pointing.attribute, (file, identifier))
        if circle and circle[0] == min(circle):
            names = [f"{relative_uri(place, file) if place != file else ''}#{name}" for place, name in circle]
            yield finding(
                "circular-pointer",
                f"@{pointing.attribute} leads back to where it began: {' → '.join([*names, names[0]])}",
                document.at_tag(tag, pointing.attribute, 0),
                "let one of them end the chain",
                related=tuple((context.corpus.place(*node), "leads on") for node in circle[1:]),
            )


def _circle(corpus: Corpus, attribute: str, start: _Node) -> list[_Node]:
    """The nodes from `start` back to it, or [] if the chain ends or circles elsewhere."""
    path: list[_Node] = []
    node = start
    seen: set[_Node] = set()
    while node not in seen:
        seen.add(node)
        path.append(node)
        if node[0] != start[0] and corpus.is_deferred(node[0]):
            return []
        known = corpus.known(node[0])
        following = known.chains.get((attribute, node[1])) if known else None
        if following is None:
            return []
        node = following
    return path if node == start else []
