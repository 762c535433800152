"""The one place that knows SaxonC: a locked-down XSLT 3.0 processor behind a typed façade.

SaxonC as it comes reads any file and address, writes anywhere and expands external entities. The order below closes
that: the parser's DOCTYPE ban before the first parse, `file` allowed while the stylesheets compile (their includes),
nothing at all afterwards. What stays open is reading files at *compile* time: stylesheets are trusted, documents are
not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from teipipe.errors import StylesheetError, TeipipeError
from teipipe.resources import bundled

NAMESPACE: Final = "urn:teipipe:ns"

_FEATURE: Final = "http://saxon.sf.net/feature/"
_BEFORE_COMPILING: Final = (
    ("parserFeature?uri=http://apache.org/xml/features/disallow-doctype-decl", "true"),
    ("parserProperty?uri=jdk.xml.maxElementDepth", "300"),
    ("regexBacktrackingLimit", "1000000"),
    ("disableXslEvaluate", "true"),
    ("allowedProtocols", "file"),
)
# `allow-external-functions` earlier would forbid xsl:result-document at compile time; it also empties
# environment-variable() and system-property().
_AFTER_COMPILING: Final = (("allowedProtocols", "none"), ("allow-external-functions", "false"))

_STATIC_PLACE: Final = re.compile(r"on line (\d+)(?: column (\d+))? of (\S+?):?\s")
_CODE: Final = re.compile(r"\b(X[PTQS][A-Z]{2}\d{4}|F[A-Z]{3}\d{4}|SX[A-Z]{2}\d{4})\b")


class Node:
    """A tree, or any other value, held by the processor that made it."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:  # saxonche ships no types
        self._value = value

    def __str__(self) -> str:
        return str(self._value)


Parameter = str | int | bool | Node
Nodes = str | int | bool | Sequence[Node]


@dataclass(frozen=True, slots=True)
class Message:
    """What a stylesheet reported: `code` is a rule name, `at` the path() of the node in the document, if given.

    `help` says what to do, "" if nothing does.
    """

    code: str
    severity: str
    at: str
    text: str
    help: str = ""


class Engine:
    """Stylesheets compiled once, then run on any number of documents; afterwards nothing is read or written.

    `stylesheets` maps the names used later to files. One that doesn't compile raises its StylesheetError when it is
    first used, so that a fault in one leaves the results of all others whole.
    """

    def __init__(self, stylesheets: Mapping[str, Path]) -> None:
        import saxonche  # here, because loading its native library takes longer than all else

        self._processor = saxonche.PySaxonProcessor(license=False)
        self._configure(*_BEFORE_COMPILING)
        compiler = self._processor.new_xslt30_processor()
        # A static parameter, by which a project's stylesheet imports ours. Not a catalog: the library that Saxon reads
        # those with makes a folder in the user's home.
        ours = f"{bundled('xslt').as_uri()}/"
        compiler.set_parameter(f"{{{NAMESPACE}}}bundled", self._processor.make_string_value(ours))
        self._messages: list[Message] = []
        self._paths = dict(stylesheets)
        self._stylesheets: dict[str, Any] = {}
        self._failures: dict[str, StylesheetError] = {}
        for name, path in stylesheets.items():
            try:
                self._stylesheets[name] = _compile(compiler, path)
            except StylesheetError as error:
                self._failures[name] = error
        self._configure(*_AFTER_COMPILING)

    def parse(self, xml: str) -> Node:
        """The tree of a document, given as text without DOCTYPE.

        Raises TeipipeError if it isn't well-formed: it should have been checked before.
        """
        if "\0" in xml:  # SaxonC would silently cut there
            raise TeipipeError("a NUL character in a document that was to be transformed")
        try:
            return Node(self._processor.parse_xml(xml_text=xml))
        except Exception as error:  # saxonche raises bare Exceptions
            raise TeipipeError(f"Saxon can't parse the document: {_first_line(error)}") from error

    def transform(self, stylesheet: str, source: Node, parameters: Mapping[str, Parameter] | None = None) -> Node:
        """The result tree of one stylesheet; parameters by their local names in the tp namespace.

        Raises StylesheetError if the stylesheet doesn't compile, or fails while it runs.
        """
        executable = self._prepared(stylesheet, parameters)
        return Node(self._run(stylesheet, executable.transform_to_value, source).head)

    def serialise(self, stylesheet: str, source: Node, parameters: Mapping[str, Parameter] | None = None) -> str:
        """The result of one stylesheet as text, by its own xsl:output; raises as `transform` does."""
        executable = self._prepared(stylesheet, parameters)
        return str(self._run(stylesheet, executable.transform_to_string, source) or "")

    def take_messages(self) -> list[Message]:
        """What the stylesheets have reported since this was last asked."""
        messages, self._messages = self._messages, []
        return messages

    def _configure(self, *properties: tuple[str, str]) -> None:
        for name, value in properties:
            self._processor.set_configuration_property(_FEATURE + name, value)

    def _prepared(self, stylesheet: str, parameters: Mapping[str, Parameter] | None) -> Any:
        if stylesheet in self._failures:
            raise self._failures[stylesheet]
        executable = self._stylesheets[stylesheet]
        executable.clear_parameters()  # they would persist from the last run
        executable.clear_xsl_messages()
        for name, value in (parameters or {}).items():
            executable.set_parameter(f"{{{NAMESPACE}}}{name}", self._value(value))
        return executable

    def _value(self, value: Parameter) -> Any:
        if isinstance(value, Node):
            return value._value
        if isinstance(value, bool):
            return self._processor.make_boolean_value(value)
        if isinstance(value, int):
            return self._processor.make_integer_value(value)
        if "\0" in value:
            raise TeipipeError("a NUL character in a parameter")
        return self._processor.make_string_value(value)

    def _run(self, stylesheet: str, method: Any, source: Node) -> Any:
        with _captured_stderr() as log:
            try:
                result = method(xdm_node=source._value)
            except Exception as error:  # saxonche raises bare Exceptions; code and place go to standard error alone
                log.seek(0)
                trace = log.read().decode("utf-8", "replace")
                raise _failure(self._paths[stylesheet], _first_line(error), trace) from error
        self._collect(self._stylesheets[stylesheet])
        return result

    def _collect(self, executable: Any) -> None:
        reported = executable.get_xsl_messages()
        for index in range(reported.size if reported else 0):
            item = reported.item_at(index)
            node = item.get_node_value() if not item.is_atomic else None
            if node is None:
                continue
            element = node.children[0] if node.node_kind_str == "document" and node.children else node
            named = {name: element.get_attribute_value(name) or "" for name in ("code", "severity", "at", "help")}
            self._messages.append(Message(**named, text=element.string_value.strip()))


@contextmanager
def _captured_stderr() -> Iterator[IO[bytes]]:
    """Keeps what native code writes to file descriptor 2, which Python's sys.stderr can't intercept."""
    # In memory: a worker may write to no folder.
    with os.fdopen(os.memfd_create("stderr"), "w+b") as log:
        sys.stderr.flush()
        kept = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            yield log
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _compile(compiler: Any, path: Path) -> Any:
    if not path.is_file():
        raise StylesheetError("no such stylesheet", path=path)
    try:
        executable = compiler.compile_stylesheet(stylesheet_file=str(path))
    except Exception as error:  # saxonche raises bare Exceptions
        raise _failure(path, "", str(error)) from error
    executable.set_save_xsl_message(True)
    executable.set_capture_result_documents(True)  # xsl:result-document would write to any path
    return executable


def _failure(path: Path, message: str, trace: str) -> StylesheetError:
    """The error for a stylesheet, with the place and the code that Saxon's own report names."""
    place = _STATIC_PLACE.search(trace)
    code = _CODE.search(trace)
    where = ""
    if place:
        named = Path(place[3].removesuffix(":")).name
        if named and named != path.name:
            path = next(iter(sorted(path.parent.rglob(named))), path)
        where = f":{place[1]}:{place[2] or 1}"
    if not message:
        lines = [line.strip() for line in trace.splitlines() if code and code[0] in line]
        message = lines[0].removeprefix(code[0]).strip() if lines and code else _first_line(trace)
    suffix = f" ({code[0]})" if code else ""
    return StylesheetError(f"{message}{suffix}", path=Path(f"{path}{where}"), help="mend the stylesheet at this place")


def _first_line(error: object) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else "no reason given"


class Program:
    """A stylesheet that a Sandbox has compiled."""

    __slots__ = ("_executable",)

    def __init__(self, executable: Any) -> None:  # saxonche ships no types
        self._executable = executable


class UntrustedError(Exception):
    """A stylesheet that isn't ours doesn't compile, or failed; the text is all that Saxon said about it."""


class Sandbox:
    """A processor for stylesheets that come from others, as text: from the first moment on it reads and writes nothing.

    So neither `use-when` and static parameters nor imports can fetch anything, and `fn:doc` fails like all its kin.
    """

    def __init__(self) -> None:
        import saxonche  # here, because loading its native library takes longer than all else

        self._value = saxonche.PyXdmValue
        self._processor = saxonche.PySaxonProcessor(license=False)
        closed = ("standardErrorOutputFile", os.devnull), *_BEFORE_COMPILING, *_AFTER_COMPILING
        for name, value in closed:
            self._processor.set_configuration_property(_FEATURE + name, value)
        self._builder = self._processor.new_document_builder()

    def compile(self, stylesheet: str) -> Program:
        """The stylesheet that this text is; raises UntrustedError with all that is wrong, and its lines in the text."""
        try:
            executable = self._processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)
        except Exception as error:  # saxonche raises bare Exceptions
            raise UntrustedError(str(error)) from error
        executable.set_save_xsl_message(True)
        executable.set_capture_result_documents(True)
        return Program(executable)

    def parse(self, xml: str, uri: str) -> Node:
        """The tree of a document without DOCTYPE, with its base URI; raises TeipipeError if it can't be parsed."""
        if "\0" in xml:  # SaxonC would silently cut there
            raise TeipipeError("a NUL character in a document that was to be checked")
        try:
            self._builder.set_base_uri(uri)
            return Node(self._builder.parse_xml(xml_text=xml))
        except Exception as error:  # saxonche raises bare Exceptions
            raise TeipipeError(f"Saxon can't parse the document: {_first_line(error)}") from error

    def call(self, program: Program, template: str, source: Node, parameters: Mapping[str, Nodes] | None = None) -> str:
        """The text that a template of the tp namespace gives, with `source` as the document that all is about.

        Raises UntrustedError.
        """
        executable = program._executable
        executable.clear_parameters()  # they would persist from the last run
        executable.clear_xsl_messages()
        for name, value in (parameters or {}).items():
            executable.set_parameter(f"{{{NAMESPACE}}}{name}", self._native(value))
        try:
            executable.set_global_context_item(xdm_item=source._value)
            return str(executable.call_template_returning_string(f"{{{NAMESPACE}}}{template}") or "")
        except Exception as error:  # saxonche raises bare Exceptions
            raise UntrustedError(str(error).strip()) from error

    def _native(self, value: Nodes) -> Any:
        if isinstance(value, bool):
            return self._processor.make_boolean_value(value)
        if isinstance(value, int):
            return self._processor.make_integer_value(value)
        if isinstance(value, str):
            return self._processor.make_string_value(value)
        nodes = self._value(self._processor)
        for node in value:
            nodes.add_xdm_item(node._value)
        return nodes
