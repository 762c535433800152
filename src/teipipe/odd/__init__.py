"""ODD → RELAX NG, XSD and documentation: all from the one file that describes a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Severity, in_order
from teipipe.documents import Document
from teipipe.odd.derive import derive
from teipipe.odd.documentation import emit_documentation
from teipipe.odd.read import read_odd
from teipipe.odd.rng import emit_rng
from teipipe.odd.rules import fault
from teipipe.odd.schema import Schema
from teipipe.odd.xsd import emit_xsd

__all__ = ["CompiledSchema", "Schema", "compile_odd"]


@dataclass(frozen=True, slots=True)
class CompiledSchema:
    """What became of an ODD; with an error among its `diagnostics` there is no schema, and nothing to write.

    `rng` is the text of the RELAX NG file, `xsd` of each XSD file by its name, the main one first; `html` of the page
    that documents it.
    """

    schema: Schema | None
    rng: str
    xsd: Mapping[str, str]
    html: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there is a schema."""
        return self.schema is not None


def compile_odd(source: Path | bytes | Document, *, name: Path = Path("schema.odd")) -> CompiledSchema:
    """Compile an ODD, given as a path, as bytes (called `name` in diagnostics) or as a document.

    Raises UnreadableError if the path can't be read; whatever is wrong in the ODD is a diagnostic.
    """
    if isinstance(source, bytes):
        document = Document(name, source)
    else:
        document = source if isinstance(source, Document) else Document.read(source)
    if not document.is_well_formed:
        return _failed(document.problems)
    try:
        return _compiled(document)
    except RecursionError:
        message = "its specifications are nested too deeply"
        return _failed([fault("limit-exceeded", message, document.start(document.root))])


def _compiled(document: Document) -> CompiledSchema:
    odd, problems = read_odd(document)
    if odd is None or _has_errors(problems):
        return _failed(problems)
    resolved, more = derive(odd)
    problems = [*problems, *more]
    if resolved is None:
        return _failed(problems)
    xsd, widened = emit_xsd(resolved)
    html = emit_documentation(document, odd, resolved)
    return CompiledSchema(resolved, emit_rng(resolved), xsd, html, tuple(in_order([*problems, *widened])))


def _failed(problems: list[Diagnostic]) -> CompiledSchema:
    return CompiledSchema(None, "", {}, "", tuple(in_order(problems)))


def _has_errors(problems: list[Diagnostic]) -> bool:
    return any(problem.severity >= Severity.ERROR for problem in problems)
