"""Checks the register of a project against its documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, in_order
from teipipe.documents import TEI_NAMESPACE, Document
from teipipe.encode.names.register import load_register
from teipipe.encode.registers.checking import Read, Speaker, check
from teipipe.encode.registers.texts import Text, text_of_tei
from teipipe.folders import absolute
from teipipe.project import Project
from teipipe.verdict import Verdict

_TEI: Final = f"{{{TEI_NAMESPACE}}}"


def check_register(project: Project, path: Path) -> Verdict:
    """What is wrong with a register, seen from the documents of a project; raises UnreadableError if it is none."""
    register = load_register(path)
    documents = [each for each in project.documents if absolute(each) != absolute(path)]
    texts: list[Text] = []
    speakers: list[Speaker] = []
    broken: list[Diagnostic] = []
    for document in map(Document.read, documents):
        if not document.is_well_formed:
            broken += document.problems
            continue
        texts.append(text_of_tei(document))
        speakers += _speakers(document)
    found = in_order([*broken, *check(register, Read(texts, speakers))])
    return Verdict(
        project.root, tuple(found), (path, *documents), remarks=_remarks(path, register.entries, texts, found)
    )


def _speakers(document: Document) -> Iterator[Speaker]:
    """The labels of turns that point at nobody."""
    for turn in document.root.iter(f"{_TEI}sp"):
        label = next(turn.iterchildren(f"{_TEI}speaker"), None)
        if label is None or (turn.get("who") or "").strip():
            continue
        words = " ".join("".join(str(text) for text in label.itertext()).split()).rstrip(" .:-–—")
        yield Speaker(words, document.start(label))


def _remarks(path: Path, entries: tuple[object, ...], texts: list[Text], found: list[Diagnostic]) -> tuple[str, ...]:
    documents = "1 document" if len(texts) == 1 else f"{len(texts):,} documents"
    findings = "1 finding" if len(found) == 1 else f"{len(found):,} findings"
    return (f"{path}: {len(entries):,} entries, against {documents}: {findings}",)
