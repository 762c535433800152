"""From the files of a schema to stylesheets that check documents; what is wrong is said at its place in the schema."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import SchemaError
from teipipe.resources import bundled
from teipipe.rules import finding
from teipipe.saxon import Engine, Node, Parameter, Sandbox, UntrustedError
from teipipe.schematron.description import Description, description
from teipipe.schematron.sources import Sources

_ERROR: Final = re.compile(
    r"^(?P<where>.*?) on line (?P<line>\d+) column (?P<column>\d+) of [^\n]*:\n"
    r"\s*(?P<code>[A-Z]{4}\d{4})?\s*(?P<text>[^\n]*(?:\n {2,}[^\n]*)*)",
    re.MULTILINE,
)
_STAMP: Final = re.compile(r' [\w-]+:at="(\d+\.\d+)"(?: [\w-]+:attribute="([\w-]*)")?')
_ATTRIBUTE: Final = re.compile(r"/@([\w:-]+)")
_EQNAME: Final = re.compile(r"Q\{[^}]*\}")
_VARIABLE: Final = re.compile(r"\$\S+")
_PREFIX: Final = re.compile(r"prefix '?([^\s']+)'?")
_HIDDEN: Final = re.compile(r"\.in-\d+\b|\. External function calls have been disabled")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A schema as stylesheets: one that is `fast`, and one that is so `careful` that no assertion stops another."""

    fast: str
    careful: str
    description: Description
    warnings: tuple[Diagnostic, ...]


def compile_schema(sources: Sources, phase: str, sandbox: Sandbox) -> Compiled:
    """Compile a schema for a phase, and check by `sandbox` that all its expressions compile; raises SchemaError."""
    engine, runtime = _compiler()
    parameters: dict[str, Parameter] = {"runtime": runtime, "phase": phase or "#DEFAULT"}
    compiled: dict[str, Any] = json.loads(engine.serialise("compile", engine.parse(sources.text()), parameters))
    warnings = list(sources.warnings)
    for severity, stamp, attribute, text, help in compiled["problems"]:
        where = sources.place(stamp, attribute)
        if severity == "error":
            raise SchemaError(text, where, help=help or None)
        warnings.append(finding("doubtful-schema", text, where, help or None))
    try:
        sandbox.compile(compiled["fast"])
    except UntrustedError as error:
        raise _static_error(sources, compiled["fast"], str(error)) from None
    places = [sources.place(one["at"]) for one in compiled["assertions"]]
    return Compiled(compiled["fast"], compiled["careful"], description(compiled, places), tuple(warnings))


@cache
def _compiler() -> tuple[Engine, Node]:
    folder = bundled("xslt") / "schematron"
    engine = Engine({"compile": folder / "compile.xsl"})
    return engine, engine.parse((folder / "runtime.xsl").read_text(encoding="utf-8"))


def _static_error(sources: Sources, stylesheet: str, said: str) -> SchemaError:
    """What Saxon says about the stylesheet, at its place in the schema; of several errors the first."""
    lines = stylesheet.split("\n")
    found: list[tuple[tuple[int, int], SchemaError]] = []
    for match in _ERROR.finditer(said):
        line, column = int(match["line"]), int(match["column"])
        stamp = _stamp(lines, line, column)
        if stamp is None:
            continue
        attribute = stamp[2] or next(iter(_ATTRIBUTE.findall(match["where"])), "")
        number, _, index = stamp[1].partition(".")
        error = SchemaError(*_said(match["code"] or "", match["text"], sources.place(stamp[1], attribute)))
        found.append(((int(number), int(index)), error))
    if found:
        return min(found, key=lambda one: one[0])[1]
    reason = " ".join(said.split())
    return SchemaError(f"the schema doesn't compile: {_shortened(reason)}", Location(sources.path, 1, 1))


def _stamp(lines: list[str], line: int, column: int) -> re.Match[str] | None:
    """The last stamp before a place in the stylesheet."""
    for number in range(min(line, len(lines)) - 1, -1, -1):
        text = lines[number] if number < line - 1 else lines[number][:column]
        stamps = list(_STAMP.finditer(text)) or (list(_STAMP.finditer(lines[number]))[:1] if number == line - 1 else [])
        if stamps:
            return stamps[-1]
    return None


def _said(code: str, text: str, where: Location) -> tuple[str, Location]:
    text = " ".join(_HIDDEN.sub("", _EQNAME.sub("", text)).split()).rstrip(".")
    if code == "XPST0008" and (variable := _VARIABLE.search(text)):
        return f"there is no variable {variable[0]}", where
    if code == "XPST0081" and (prefix := _PREFIX.search(text)):
        return f"the prefix “{prefix[1]}” is not declared", where
    if code == "XTDE0640":
        return "the variable depends on itself", where
    text = text[:1].lower() + text[1:] if not text[:2].isupper() else text
    return f"it doesn't compile: {_shortened(text)}", where


def _shortened(text: str, limit: int = 300) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
