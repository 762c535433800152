"""teipipe: from a plain transcription to a validated TEI edition in HTML and plain text.

Everything that the command line does is offered here as a function; each name is loaded when it is first used.

    encoding = teipipe.encode_document(Path("talk.txt"))
    for decision in encoding.decisions:
        print(decision.rule, decision.result, decision.reason)
    project = teipipe.load_project(Path("letters"))
    for finding in teipipe.validate_documents(project):
        print(finding.location, finding.message)
    report = teipipe.build_edition(project)
    text = teipipe.render_document(Path("letters/first.xml"), "text", "diplomatic").text
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from teipipe.build.book import Book, render_book
    from teipipe.build.checking import Request, check_documents, validate_documents
    from teipipe.build.depositing import Deposited, deposit_project
    from teipipe.build.edition import build_edition
    from teipipe.build.encoding import Encoded, EncodingRequest, encode_document, encode_files
    from teipipe.build.render import Rendering, render_document
    from teipipe.build.report import BuildReport
    from teipipe.build.verified import Verified
    from teipipe.build.verifying import verify_package
    from teipipe.build.whence import Traced, trace_files
    from teipipe.diagnostics import Diagnostic, Location, Severity
    from teipipe.documents import Document
    from teipipe.encode.encoder import Encoding
    from teipipe.errors import TeipipeError
    from teipipe.odd import CompiledSchema, compile_odd
    from teipipe.project import Project, load_project
    from teipipe.verdict import Verdict

__version__ = "0.1.0"

__all__ = [
    "Book",
    "BuildReport",
    "CompiledSchema",
    "Deposited",
    "Diagnostic",
    "Document",
    "Encoded",
    "Encoding",
    "EncodingRequest",
    "Location",
    "Project",
    "Rendering",
    "Request",
    "Severity",
    "TeipipeError",
    "Traced",
    "Verdict",
    "Verified",
    "__version__",
    "build_edition",
    "check_documents",
    "compile_odd",
    "deposit_project",
    "encode_document",
    "encode_files",
    "load_project",
    "render_book",
    "render_document",
    "trace_files",
    "validate_documents",
    "verify_package",
]

_HOMES: Final = {
    "Book": "teipipe.build.book",
    "BuildReport": "teipipe.build.report",
    "CompiledSchema": "teipipe.odd",
    "Deposited": "teipipe.build.depositing",
    "Diagnostic": "teipipe.diagnostics",
    "Document": "teipipe.documents",
    "Encoded": "teipipe.build.encoding",
    "Encoding": "teipipe.encode.encoder",
    "EncodingRequest": "teipipe.build.encoding",
    "Location": "teipipe.diagnostics",
    "Project": "teipipe.project",
    "Rendering": "teipipe.build.render",
    "Request": "teipipe.build.checking",
    "Severity": "teipipe.diagnostics",
    "TeipipeError": "teipipe.errors",
    "Traced": "teipipe.build.whence",
    "Verdict": "teipipe.verdict",
    "Verified": "teipipe.build.verified",
    "build_edition": "teipipe.build.edition",
    "check_documents": "teipipe.build.checking",
    "compile_odd": "teipipe.odd",
    "deposit_project": "teipipe.build.depositing",
    "encode_document": "teipipe.build.encoding",
    "encode_files": "teipipe.build.encoding",
    "load_project": "teipipe.project",
    "render_book": "teipipe.build.book",
    "render_document": "teipipe.build.render",
    "trace_files": "teipipe.build.whence",
    "validate_documents": "teipipe.build.checking",
    "verify_package": "teipipe.build.verifying",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
