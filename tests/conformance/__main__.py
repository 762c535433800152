"""The command: make instances and mutants from the schema, have them judged, say what was covered and what is wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from teipipe.errors import TeipipeError
from teipipe.odd import CompiledSchema, Schema, compile_odd

from . import judge
from .coverage import shown_by, whole_of
from .inclusion import wider
from .instances import Instance, Instances
from .judge import Verdict
from .mutants import mutants

ROOT: Final = Path(__file__).resolve().parents[2]
SHOWN: Final = 10


class UnableError(Exception):
    """Conformance can't be judged; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0: our schema only narrows TEI; 1: it doesn't, or the instances show too little; 2: it can't be judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument(
        "--odd", type=Path, default=ROOT / "schema/teipipe.odd", help="the schema (default: %(default)s)"
    )
    parser.add_argument(
        "--tei-all",
        type=Path,
        default=ROOT.parent / "shared/reference/tei_all.rng",
        help="the TEI's own RELAX NG of everything (default: %(default)s)",
    )
    parser.add_argument("--keep", type=Path, help="write the documents into this folder, and leave them there")
    options = parser.parse_args(arguments)
    try:
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            return _run(options.odd, options.tei_all, options.keep)
        with tempfile.TemporaryDirectory() as folder:
            return _run(options.odd, options.tei_all, Path(folder))
    except (UnableError, TeipipeError) as error:
        print(f"conformance can't be judged: {error}", file=sys.stderr)
        return 2


def _run(odd: Path, tei_all: Path, folder: Path) -> int:
    if not tei_all.is_file():
        raise UnableError(f"{tei_all} is missing (name the TEI's RELAX NG with --tei-all)")
    if not judge.has_java():
        raise UnableError("jing needs Java, and there is none")
    compiled = compile_odd(odd)
    if compiled.schema is None:
        raise UnableError(f"{odd} doesn't compile: {compiled.diagnostics[0].message}")
    began = time.perf_counter()
    maker = Instances(compiled.schema)
    good, bad = list(maker.documents()), list(mutants(maker))
    for instance in (*good, *bad):
        (folder / instance.name).write_text(instance.text, encoding="utf-8")
    schemas = _write_schemas(compiled, folder)
    size = sum(len(instance.text) for instance in good) / 1e6
    print(f"{len(good)} instances ({size:.1f} MB) made from {odd.name} in {time.perf_counter() - began:.1f} s show")
    complete = _coverage(maker, good)
    with ThreadPoolExecutor(1) as pool:
        names, wrong = [each.name for each in good], [each.name for each in bad]
        by_tei = pool.submit(lambda: list(judge.jing(tei_all, folder, names)))
        by_jing = pool.submit(lambda: list(judge.jing(schemas[0], folder, [*names, *wrong])))
        by_libxml = list(judge.relaxng(compiled.rng, _texts(good + bad)))
        by_libxml_xsd = list(judge.libxml_xsd(schemas[1], _texts(bad)))
        by_xmlschema = list(judge.xsd(schemas[1], _texts(good)))
        print("valid are, by")
        valid = [
            _valid("our RELAX NG in libxml2", good, by_libxml),
            _valid("our RELAX NG in jing", good, by_jing.result()),
            _valid("our XSD in xmlschema", good, by_xmlschema),
            _valid(f"TEI's {tei_all.name} in jing", good, by_tei.result()),
        ]
        print(f"of {len(bad)} documents with one thing wrong each are refused, by")
        refused = [
            _refused("our RELAX NG in libxml2", bad, by_libxml),
            _refused("our RELAX NG in jing", bad, by_jing.result()),
        ]
        _refused("our XSD in libxml2 (which may allow more)", bad, by_libxml_xsd)
    included = _included(compiled.schema, tei_all)
    return 0 if all((complete, *valid, *refused, included)) else 1


def _included(resolved: Schema, tei_all: Path) -> bool:
    found = list(wider(resolved, tei_all))
    print("proved to be within TEI's, content model and names of attributes, are")
    count, total = len(resolved.elements) - len({each.element for each in found}), len(resolved.elements)
    print(f"  {'elements':<42} {count:>5} of {total}")
    _list("our schema allows", [f"{each.element} {each.message}" for each in found])
    return not found


def _write_schemas(compiled: CompiledSchema, folder: Path) -> tuple[Path, Path]:
    target = folder / "schema"
    target.mkdir(exist_ok=True)
    rng = target / "schema.rng"
    rng.write_text(compiled.rng, encoding="utf-8")
    for name, text in compiled.xsd.items():
        (target / name).write_text(text, encoding="utf-8")
    return rng, target / next(iter(compiled.xsd))


def _texts(instances: Iterable[Instance]) -> list[tuple[str, str]]:
    return [(instance.name, instance.text) for instance in instances]


def _coverage(maker: Instances, good: Sequence[Instance]) -> bool:
    whole = whole_of(maker.contents)
    shown = shown_by(maker.contents, (instance.text for instance in good))
    for kind, (count, total) in shown.counts(whole).items():
        print(f"  {kind:<42} {count:>5} of {total}")
    missing = [*maker.unshown, *shown.missing(whole)]
    _list("not shown", missing)
    return not missing


def _valid(judged_by: str, instances: Sequence[Instance], verdicts: Iterable[Verdict]) -> bool:
    names = {instance.name: instance for instance in instances}
    errors = [verdict for verdict in verdicts if verdict.file in names]
    refused = {verdict.file for verdict in errors}
    print(f"  {judged_by:<42} {len(names) - len(refused):>5} of {len(names)}")
    _list("our schema allows", list(dict.fromkeys(_explained(names, errors))))
    return not errors


def _explained(instances: dict[str, Instance], errors: Iterable[Verdict]) -> Iterator[str]:
    for error in errors:
        what = instances[error.file].shows.get(error.line) or f"line {error.line}"
        yield f"{what}: {error.message} ({error.file}:{error.line})"


def _refused(judged_by: str, instances: Sequence[Instance], verdicts: Iterable[Verdict]) -> bool:
    refused = {verdict.file for verdict in verdicts}
    accepted = [instance for instance in instances if instance.name not in refused]
    print(f"  {judged_by:<42} {len(instances) - len(accepted):>5} of {len(instances)}")
    _list("accepted", ["; ".join(filter(None, each.shows.values())) + f" ({each.name})" for each in accepted])
    return not accepted


def _list(title: str, lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        print(f"    {title}: {line[:300]}")
    if len(lines) > SHOWN:
        print(f"    … and {len(lines) - SHOWN} more")


if __name__ == "__main__":
    sys.exit(main())
