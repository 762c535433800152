"""Checks that no two documents of a corpus have an id in common, where the project wants it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.attributes import XML_ID
from teipipe.errors import UnreadableError
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.validate.context import Context


def check(path: Path, taken: Mapping[str, Path], context: Context) -> Iterator[Diagnostic]:
    """Yield id-taken-elsewhere for the ids of a document that others have; `taken` says of each id which file."""
    corpus = context.corpus
    try:
        document = corpus.document(path)
    except UnreadableError:
        return  # gone meanwhile
    if not document.is_well_formed:
        return
    if not document.reading.is_exact:
        corpus.read_exactly(document)
    seen: set[str] = set()
    for value, tag in corpus.references(document).facts.ids:
        identifier = value.strip()
        if identifier in taken and identifier not in seen:
            seen.add(identifier)
            yield finding(
                "id-taken-elsewhere",
                f"the xml:id “{identifier}” is taken in another document",
                document.at_tag(tag, XML_ID, 0),
                "give one of the two another id, and mend what points to it",
                related=((corpus.place(taken[identifier], identifier), "the first one"),),
            )
