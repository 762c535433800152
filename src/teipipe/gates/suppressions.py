"""What a document itself says shall not count: `<?teipipe ignore="RULE …" reason="…"?>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.folders import absolute
from teipipe.gates.names import is_final, is_final_rule, is_pattern, suggestion
from teipipe.gates.scope import Scope
from teipipe.rules import RULES, finding
from teipipe.scan import StopError, parser_for
from teipipe.verdict import Excuse, Excused

_START: Final = b"<?teipipe"
_FORM: Final = '<?teipipe ignore="dangling-pointer" reason="…"?>'

# A name and a value in quotation marks, or anything else that stands between blanks.
_PART: Final = re.compile(r"""([^\s="']+)\s*=\s*(?:"([^"]*)"|'([^']*)')(?=\s|\Z)|\S+""")
_OWN: Final = frozenset({"bad-suppression", "unused-suppression"})

#: A line and a column, from 1; (0, 0) is before everything, also before what has no line.
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suppression:
    """An instruction of a document not to count findings of some rules in a part of it.

    `codes` are the rules, each perhaps with a slash and an assertion; `begin` is where the part begins, `end` what
    comes next after it, None if it goes to the end of the file; `place` is that of the instruction itself, `problems`
    what is wrong with it. One that can't be understood has no codes.
    """

    path: Path
    codes: tuple[str, ...]
    reason: str
    begin: Point
    end: Point | None
    place: Location
    problems: tuple[Diagnostic, ...] = ()


def find(document: Document) -> tuple[Suppression, ...]:
    """All instructions of a document, in its order; none if it isn't well-formed.

    Before the outermost element one is about the whole file, findings without a line included. Anywhere else it is
    about what follows it, to the end of the next element beside it, with all that is in that; to the end of its parent
    if no element follows there.
    """
    if _START not in document.data:
        return ()
    ranges = _Pass(document).ranges
    ordered = sorted(ranges, key=lambda found: found.number)
    return tuple(_suppression(document, found) for found in ordered)


@dataclass(slots=True)
class _Range:
    """An instruction: its number, the bytes where it begins and where its part ends (None: with the file)."""

    number: int
    text: str
    offset: int
    is_about_all: bool = False
    end: int | None = None


class _Pass:
    """One pass of expat that finds instructions and what they are about."""

    def __init__(self, document: Document) -> None:
        self.ranges: list[_Range] = []
        self._depth = 0
        self._has_root = False
        self._waiting: dict[int, list[_Range]] = {}  # by depth: those whose element has not come yet
        self._inside: dict[int, list[_Range]] = {}  # by depth: those whose element is open
        self._parser = parser_for(document.data)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.ProcessingInstructionHandler = self._instruction
        try:
            self._parser.Parse(document.data, True)
        except (StopError, expat.ExpatError):
            self.ranges = []
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once

    def _instruction(self, target: str, data: str) -> None:
        if target != "teipipe":
            return
        offset = self._parser.CurrentByteIndex
        found = _Range(len(self.ranges), data, offset, is_about_all=not self._has_root)
        self.ranges.append(found)
        if self._has_root:
            self._waiting.setdefault(self._depth, []).append(found)

    def _start(self, name: str, attributes: list[str]) -> None:
        self._has_root = True
        if self._waiting and self._depth in self._waiting:
            self._inside.setdefault(self._depth, []).extend(self._waiting.pop(self._depth))
        self._depth += 1

    def _end(self, name: str) -> None:
        if self._waiting:
            self._close(self._waiting.pop(self._depth, ()))
        self._depth -= 1
        if self._inside:
            self._close(self._inside.pop(self._depth, ()))

    def _close(self, ranges: Iterable[_Range]) -> None:
        for found in ranges:
            # In what comes out of an entity, everything is at its reference.
            found.end = max(self._parser.CurrentByteIndex, found.offset + 1)


def _suppression(document: Document, found: _Range) -> Suppression:
    place = document.places.at(found.offset)
    end = None if found.end is None else _point(document.places.at(found.end))
    begin = (0, 0) if found.is_about_all else _point(place)
    reading = _Instruction(found.text, place)
    codes, problems = tuple(reading.codes), tuple(reading.problems)
    return Suppression(document.path, codes, reading.reason, begin, end, place, problems)


def _point(place: Location) -> Point:
    return (0, 0) if place.line is None else (place.line, place.column or 1)


class _Instruction:
    """What an instruction says, written as the attributes of an element are (as in XML-stylesheet, section 3)."""

    def __init__(self, text: str, place: Location) -> None:
        self.codes: list[str] = []
        self.reason = ""
        self.problems: list[Diagnostic] = []
        self._place = place
        values = self._values(text)
        self.reason = " ".join(values.get("reason", "").split())
        named = dict.fromkeys(values.get("ignore", "").split())
        if not named and not self.problems:
            self._report("an instruction that names no rule to be ignored", f"write {_FORM}")
        elif not self.reason and not self.problems:
            self._report("an instruction that gives no reason", f"say why, so that others can judge it: {_FORM}")
        known = [code for code in named if self._is_known(code)]
        self.codes = known if self.reason else []

    def _values(self, text: str) -> dict[str, str]:
        values: dict[str, str] = {}
        for match in _PART.finditer(text):
            name = match[1]
            if name is None:
                self._report(f'“{match[0][:80]}” is not of the form name="value"', f"write {_FORM}")
                return values
            if name in values:
                self._report(f"“{name}” stands here a second time", "give it all its values at once")
            elif name not in ("ignore", "reason"):
                self._report(f"“{name[:80]}” says nothing to teipipe", f"write {_FORM}")
            else:
                values[name] = _unescaped(match[2] if match[2] is not None else match[3])
        return values

    def _is_known(self, code: str) -> bool:
        rule = code.partition("/")[0]
        if rule not in RULES:
            if is_pattern(rule):
                self._report(f"“{code[:80]}” is a pattern", "name each rule in full")
            else:
                self._report(f"there is no rule “{code[:80]}”", suggestion(rule[:80]))
        elif is_final_rule(rule):
            self._report(f"“{code[:80]}” can't be ignored", "mend the file: what else is wrong with it is not known")
        elif rule in _OWN:
            self._report(f"“{code[:80]}” can't be ignored", "mend or delete the instruction that it is about")
        else:
            return True
        return False

    def _report(self, message: str, help: str) -> None:
        self.problems.append(finding("bad-suppression", message, self._place, help))


def _unescaped(value: str) -> str:
    if "&" not in value:
        return value
    from html import unescape

    return unescape(value)


def apply(
    diagnostics: Sequence[Diagnostic], suppressions: Iterable[Suppression], scope: Scope | None = None
) -> tuple[list[Diagnostic], list[Excused], list[Diagnostic]]:
    """The findings that count, those that a document excuses, and what is wrong with its instructions.

    An instruction that excuses nothing is reported if the `scope` of the run (by default everything) had its rule and
    its document could be judged. The innermost of several instructions about one place is the one that counts.
    """
    by_file: dict[Path, _File] = {}
    for suppression in suppressions:
        by_file.setdefault(absolute(suppression.path), _File()).suppressions.append(suppression)
    if not by_file:
        return list(diagnostics), [], []
    files = {path: by_file.get(absolute(path)) for path in {one.location.path for one in diagnostics}}
    for diagnostic in diagnostics:
        file = files[diagnostic.location.path]
        if file is not None:
            file.diagnostics.append(diagnostic)
    excused = {found.diagnostic: found for file in by_file.values() for found in file.excused()}
    kept = [diagnostic for diagnostic in diagnostics if diagnostic not in excused]
    listed = [excused[diagnostic] for diagnostic in diagnostics if diagnostic in excused]
    return kept, listed, [problem for file in by_file.values() for problem in file.problems(scope or Scope())]


class _File:
    """The instructions of one file, and the findings about it."""

    def __init__(self) -> None:
        self.suppressions: list[Suppression] = []
        self.diagnostics: list[Diagnostic] = []
        self._used: set[tuple[int, str]] = set()  # the number of an instruction, and one of its codes

    def excused(self) -> Iterator[Excused]:
        """The findings that an instruction excuses; parts lie in each other or apart: the last begun is innermost."""
        ahead = sorted(enumerate(self.suppressions), key=lambda item: item[1].begin, reverse=True)
        active: dict[str, list[int]] = {}  # by code: the instructions begun, innermost last
        for diagnostic in sorted(self.diagnostics, key=lambda found: _point(found.location)):
            here = _point(diagnostic.location)
            while ahead and ahead[-1][1].begin <= here:
                number, begun = ahead.pop()
                for code in begun.codes:
                    active.setdefault(code, []).append(number)
            if is_final(diagnostic) or diagnostic.rule in _OWN:
                continue
            for code in dict.fromkeys((diagnostic.code, diagnostic.rule)):
                number = self._innermost(active.get(code, []), here)
                if number >= 0:
                    self._used.add((number, code))
                    yield Excused(diagnostic, Excuse.SUPPRESSED, self.suppressions[number].reason)
                    break

    def _innermost(self, stack: list[int], here: Point) -> int:
        while stack:
            end = self.suppressions[stack[-1]].end
            if end is None or here < end:
                return stack[-1]
            stack.pop()
        return -1

    def problems(self, scope: Scope) -> Iterator[Diagnostic]:
        """What is wrong with the instructions, now that it is known which ones were used."""
        was_judged = not any(map(is_final, self.diagnostics))
        for number, suppression in enumerate(self.suppressions):
            yield from suppression.problems
            unused = [code for code in suppression.codes if (number, code) not in self._used]
            unused = [code for code in unused if scope.has_rule(code.partition("/")[0])]
            if unused and was_judged and _is_within(suppression, scope):
                yield _unused(suppression, unused)


def _is_within(suppression: Suppression, scope: Scope) -> bool:
    return scope.has_file(absolute(suppression.path))


def _unused(suppression: Suppression, codes: Sequence[str]) -> Diagnostic:
    listed = ", ".join(f"“{code}”" for code in codes) + (" is" if len(codes) == 1 else " are")
    help = "delete it" if len(codes) == len(suppression.codes) else "delete what is not needed"
    return finding("unused-suppression", f"{listed} ignored here, but not found", suppression.place, help)
