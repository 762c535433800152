"""docs/accuracy.md: what is measured, the figures, and every error that remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from tests.accuracy import memoranda
from tests.accuracy.aspects import ASPECTS
from tests.accuracy.matching import Pair
from tests.accuracy.measuring import ROOT, Measured, own
from tests.accuracy.tables import HEAD, error_row, markdown, memoranda_rows, own_rows
from tests.accuracy.targets import Target, targets

PAGE: Final = ROOT / "docs" / "accuracy.md"
#: Where the part begins that needs documents which don't come with teipipe.
OTHERS: Final = "## Documents of others\n"

_FAULTS: Final = {
    "missed": "Missed",
    "too much": "Too much",
    "bounds": "Found, with other bounds",
    "kind": "Taken for something else",
    "value": "Another value",
}
_OTHERS: Final = """ Their
publishers marked persons of that list (and missed about one mention in a hundred, which counts against us), the date of
each document, and brackets. So:

- A name that they marked and that is in no list counts neither way. Titles at the edges of a name may stand inside or
  outside: they have “Sir Roger” inside and “Mr.” outside.
- Of most documents only the date line is marked: there is no precision then. Its time of day is not looked at. In three
  documents all dates by the calendar were marked later by a program and read through, and in one many of the relative
  ones, without values. Dates in the titles of books count neither way. Where they give no year, none is compared.
- Brackets have three kinds only: to an insertion corresponds `supplied`, `unclear`, `add`, `sic` or `note`; to what is
  omitted `gap` or `note`; to a garbled group `gap` or `unclear`. They didn't mark all brackets: again no precision."""
_INTRODUCTION: Final = (ROOT / "tests" / "accuracy" / "introduction.md").read_text


def own_part() -> str:
    """The part about our two documents."""
    given, withheld = own(with_register=True), own(with_register=False)
    parts = [
        _INTRODUCTION(encoding="utf-8").rstrip(),
        "## Targets",
        markdown(("", "aim", "now", ""), [_target(target) for target in targets(given)]),
        "## Our two documents, with the register",
        *_documents(given, with_values=True),
        "## Our two documents, without the register",
        "What speakers and names refer to can't be known then.",
        *_documents(withheld, with_values=False),
        "## Errors, with the register",
        *_errors(given),
        "## Errors that are made only without the register",
        "Names that are not found without a register are not listed.",
        *_errors(_only(withheld, given)),
    ]
    return "\n\n".join(parts) + "\n\n"


def others_part() -> str:
    """The part about the documents of others."""
    measured = memoranda.measured([*ASPECTS])
    documents = len({one.document for one in measured})
    parts = [
        OTHERS.rstrip(),
        f"{documents} diplomatic documents, each encoded with the list of persons of its volume as the register."
        + _OTHERS,
        markdown(HEAD, memoranda_rows(measured)),
        *_errors(measured),
    ]
    return "\n\n".join(parts) + "\n"


def page() -> str:
    """The page: our part made anew, that about others as it stands."""
    said = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    _, marker, rest = said.partition(OTHERS)
    return own_part() + marker + rest


def whole_page() -> str:
    """The page, all of it made anew as far as that can be."""
    return page() if memoranda.missing() is not None else own_part() + others_part()


def _target(target: Target) -> tuple[str, ...]:
    aim, value = (f"{number * 100:.1f}" for number in (target.aim, target.value))
    return target.name, aim, value, "reached" if target.is_reached else "**not reached**"


def _documents(measured: Sequence[Measured], *, with_values: bool) -> Iterable[str]:
    for document in (None, *dict.fromkeys(one.document for one in measured)):
        some = [one for one in measured if document in (None, one.document)]
        yield markdown((document or "both", *HEAD[1:]), own_rows(some, with_values=with_values))


def _only(measured: Sequence[Measured], others: Sequence[Measured]) -> list[Measured]:
    """Without the errors that are made otherwise, too, and those that have to be."""
    left: list[Measured] = []
    for one, other in zip(measured, others, strict=True):
        known = {_outline(pair) for pair in other.faults()}
        pairs = [
            pair
            for pair in one.faults()
            if _outline(pair) not in known
            and pair.fault != "value"
            and not (one.aspect == "names" and pair.fault == "missed")
        ]
        left.append(Measured(one.document, one.aspect, one.text, tuple(pairs)))
    return left


def _outline(pair: Pair) -> tuple[object, ...]:
    return tuple((item.start, item.end, item.kind) if item else None for item in (pair.gold, pair.ours))


def _errors(measured: Sequence[Measured]) -> Iterable[str]:
    """All errors: by what they are about, then by their kind."""
    count = 0
    for aspect in ASPECTS:
        found = [(one, pair) for one in measured if one.aspect == aspect for pair in one.faults()]
        count += len(found)
        for fault, title in _FAULTS.items():
            some = [(one, pair) for one, pair in found if pair.fault == fault and not _is_judgement(pair)]
            if some:
                yield f"### {aspect.capitalize()}: {title.lower()} ({len(some)})"
                rows = [error_row(one, pair) for one, pair in some]
                yield markdown(("document, line", "gold", "ours", "in"), rows, numbers=False)
        if judged := [(one, pair) for one, pair in found if _is_judgement(pair)]:
            yield f"### References that only a reader can tell, missed ({len(judged)})"
            yield _wordings(judged)
    if not count:
        yield "None."


def _is_judgement(pair: Pair) -> bool:
    return pair.fault == "missed" and pair.gold is not None and pair.gold.kind == "rs"


def _wordings(found: Iterable[tuple[Measured, Pair]]) -> str:
    words = Counter(
        " ".join(one.text[pair.gold.start : pair.gold.end].split()) for one, pair in found if pair.gold is not None
    )
    return "; ".join(f"“{text}”" + (f" ({count} times)" if count > 1 else "") for text, count in words.items()) + "."
