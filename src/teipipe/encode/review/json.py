"""The review of encodings for programs: every decision and every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import teipipe
from teipipe.encode.decisions import Decision
from teipipe.encode.review.levels import KINDS, LEVELS, TEXT, counts_of, kind_of, level_of
from teipipe.encode.rules import RULES
from teipipe.reports.characters import encoded, listed
from teipipe.reports.paths import home, name, relative

if TYPE_CHECKING:
    from teipipe.encode.encoder import Encoding
    from teipipe.encode.transcript import Transcript

#: Grows only when something that was there changes its meaning or goes away; the schema has it, too.
VERSION: Final = 1


def review(encodings: Iterable[Encoding], *, folder: Path | None = None) -> Iterator[str]:
    """All decisions as one JSON object in pieces, a decision a line; files are named from `folder`.

    Its form is that of schema/formats/review.schema.json. Encodings are asked for one by one, and none is kept.
    """
    here = home(folder)
    total: Counter[str] = Counter()
    yield f'{{\n"version": {VERSION},\n"tool": {encoded({"name": "teipipe", "version": teipipe.__version__})},\n'
    yield '"rules": '
    yield from listed({"name": rule.name, "kind": rule.kind, "text": rule.text} for rule in RULES.values())
    yield ',\n"files": ['
    separator = "\n"
    for encoding in encodings:
        yield separator
        yield from _file(encoding, here)
        separator = ",\n"
        total.update(level_of(decision) for decision in encoding.decisions)
    yield f'],\n"counts": {encoded({level: total[level] for level in LEVELS})}\n}}\n'


def _file(encoding: Encoding, here: Path) -> Iterator[str]:
    transcript = encoding.transcript
    about = {
        "path": name(transcript.path, here).as_posix(),
        "sha256": transcript.sha256,
        "encoding": transcript.encoding,
        "characters": len(transcript.text),
        "profile": encoding.structure.profile,
        "type": encoding.structure.text_type,
        "counts": _counts(encoding),
    }
    yield f'{encoded(about)[:-1]},\n"decisions": '
    yield from listed(_decision(decision, transcript) for decision in encoding.decisions)
    yield ',\n"findings": '
    yield from listed(relative(found, here).as_json() for found in encoding.findings)
    yield "}"


def _counts(encoding: Encoding) -> dict[str, dict[str, int]]:
    """By kind, then by level; kinds of which there is nothing are left out."""
    counts = counts_of(encoding.decisions)
    kinds = (kind for kind in KINDS if any(counts[kind, level] for level in LEVELS))
    return {kind: {level: counts[kind, level] for level in LEVELS} for kind in kinds}


def _decision(decision: Decision, transcript: Transcript) -> dict[str, Any]:
    place = transcript.place(decision.start)
    return {
        "rule": decision.rule,
        "kind": kind_of(decision),
        "level": level_of(decision),
        "certainty": decision.certainty.value,
        "line": place.line,
        "column": place.column,
        "start": decision.start,
        "end": decision.end,
        "text": transcript.text[decision.start : min(decision.end, decision.start + TEXT)],
        "result": decision.result,
        "reason": decision.reason,
        "candidates": [
            {"value": one.value, "label": one.label, "reasons": list(one.reasons)} for one in decision.candidates
        ],
    }
