"""Print how well the encoder does against gold, and write docs/accuracy.md: `make accuracy`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.accuracy import memoranda, suggestions
from tests.accuracy.aspects import ASPECTS
from tests.accuracy.measuring import ROOT, Measured, own
from tests.accuracy.page import PAGE, whole_page
from tests.accuracy.tables import ERROR_HEAD, HEAD, errors, memoranda_rows, own_rows, plain
from tests.accuracy.targets import targets


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--only", choices=[*ASPECTS], help="one aspect (default: all); writes nothing")
    parser.add_argument("--on", choices=["own", "withheld", "memoranda"], help="one set of documents; writes nothing")
    parser.add_argument("--errors", action="store_true", help="list every error")
    arguments = parser.parse_args()
    aspects = [arguments.only] if arguments.only else [*ASPECTS]
    if arguments.on in (None, "own"):
        shown("Our two documents, with the register", own(with_register=True, aspects=aspects), arguments.errors)
    if arguments.on in (None, "withheld"):
        title = "Our two documents, without the register"
        shown(title, own(with_register=False, aspects=aspects), arguments.errors, with_values=False)
    if arguments.on in (None, "memoranda"):
        others(aspects, arguments.errors)
    if arguments.only is None and arguments.on is None:
        print("\nPersons that `teipipe register suggest` suggests, without a register\n")
        suggestions.main()
        PAGE.write_text(whole_page(), encoding="utf-8")
        print(f"\n{PAGE.relative_to(ROOT)}")


def shown(title: str, measured: Sequence[Measured], with_errors: bool, *, with_values: bool = True) -> None:
    print(f"\n{title}\n")
    for document in (None, *dict.fromkeys(one.document for one in measured)):
        some = [one for one in measured if document in (None, one.document)]
        print(plain((document or "both", *HEAD[1:]), own_rows(some, with_values=with_values)), end="\n\n")
    if "with the register" in title and len({one.aspect for one in measured}) == len(ASPECTS):
        for target in targets(measured):
            said = "reached" if target.is_reached else "NOT REACHED"
            print(f"{target.name:58} aim {target.aim:.3f}, now {target.value:.3f}: {said}")
    if with_errors:
        print(plain(ERROR_HEAD, errors(measured)))


def others(aspects: Sequence[str], with_errors: bool) -> None:
    print("\nDocuments of others, with their volume's list of persons as the register\n")
    if (problem := memoranda.missing()) is not None:
        print(f"skipped: {problem}")
        return
    measured = memoranda.measured(aspects)
    print(plain(HEAD, memoranda_rows(measured)))
    if with_errors:
        print(plain(ERROR_HEAD, errors(measured)))


if __name__ == "__main__":
    main()
