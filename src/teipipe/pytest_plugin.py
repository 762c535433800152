"""For pytest: each document of a project is a test that fails with what is wrong in it.

`pytest --teipipe`, or `teipipe_project = "."` in pytest's configuration. Nothing of teipipe is loaded before that.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from teipipe.project import Project

#: What is said about one document: of each finding, whether it fails the test, the words, and its file and line.
Remarks = list[tuple[bool, str, str, int]]

_NAME: Final = "teipipe"


class TeiWarning(pytest.PytestWarning):
    """A warning or a remark about a document; `-W error::teipipe.pytest_plugin.TeiWarning` makes them count."""


class InvalidDocument(Exception):  # noqa: N818 (a fault in a document, not in a program)
    """Ends the test of a document in which something is wrong."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --teipipe and teipipe_project."""
    group = parser.getgroup(_NAME, "TEI documents")
    group.addoption("--teipipe", action="store_true", help="make each TEI document of the project a test")
    parser.addini("teipipe_project", "the folder of a project whose TEI documents are tests, from the root folder")


def pytest_configure(config: pytest.Config) -> None:
    """Do the rest only if it was asked for."""
    folder = str(config.getini("teipipe_project"))
    if folder or config.getoption("--teipipe"):
        config.pluginmanager.register(_Documents(config, Path(os.path.abspath(config.rootpath / folder))))  # noqa: PTH100


class _Documents:
    """The documents of the project in `folder`, as tests of one run."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        from teipipe.errors import TeipipeError
        from teipipe.project import load_project, require_documents

        self.config = config
        try:
            self.project = load_project(folder)
            require_documents(self.project)
        except TeipipeError as error:
            raise pytest.UsageError(f"teipipe: {error}") from error
        self.paths = {os.path.realpath(path): path for path in self.project.everything}
        # A process of xdist has been given paths by the one that started it, and what that has found out.
        sent = getattr(config, "workerinput", {}).get(_NAME)
        self.is_whole = config.args_source is not pytest.Config.ArgsSource.ARGS if sent is None else sent[0]
        self.remarks: Mapping[str, Remarks] | None = None if sent is None else sent[1]

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a process of xdist what is wrong everywhere: a project is validated once."""
        node.workerinput[_NAME] = (self.is_whole, self.found(None))

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A document of the project."""
        known = self.paths.get(os.path.realpath(file_path))
        return None if known is None else _File.of(self, parent, file_path, str(known))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Unless the paths of tests were given, all documents are tests, wherever they are, and the whole is one."""
        if not self.is_whole:
            return
        collected = {item.named for item in items if isinstance(item, Document)}
        files = [(path, str(path)) for path in self.paths.values() if str(path) not in collected]
        # What is in none of the documents is in the project.
        files.append((self.project.configuration or self.project.root, ""))
        for path, named in files:
            items += _File.of(self, session, path, named).collect()

    def found(self, items: Iterable[pytest.Item] | None) -> Mapping[str, Remarks]:
        """What there is to say about the documents of these tests, None for all, by their files."""
        if self.remarks is None:
            self.remarks = _remarks(self.project, self.config.invocation_params.dir, _named(items))
        return self.remarks


class _File(pytest.File):
    """A file with one test in it."""

    documents: _Documents
    named: str

    @classmethod
    def of(cls, documents: _Documents, parent: pytest.Collector, path: Path, named: str) -> _File:
        file: _File = cls.from_parent(parent, path=path)
        file.documents, file.named = documents, named
        return file

    def collect(self) -> list[Document]:
        item: Document = Document.from_parent(self, name=_NAME)
        item.documents, item.named = self.documents, self.named
        return [item]


class Document(pytest.Item):
    """The test of the document in the file `named`; if that is empty, of what concerns the project as a whole."""

    documents: _Documents
    named: str

    def runtest(self) -> None:
        """Warn of what is no error, and fail if there is one."""
        remarks = self.documents.found(self.session.items).get(self.named, [])
        for is_error, words, path, line in remarks:
            if not is_error:
                warnings.warn_explicit(TeiWarning(words), None, path, line)
        errors = [words for is_error, words, *_ in remarks if is_error]
        if errors:
            raise InvalidDocument("\n".join(errors))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings alone: where in Python they came up helps nobody."""
        if isinstance(excinfo.value, InvalidDocument | TeiWarning):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """What pytest shows as the place and the name of the test."""
        return self.path, 0, f"TEI document {self.path.name}" if self.named else "TEI project"


def _named(items: Iterable[pytest.Item] | None) -> list[Path] | None:
    """The documents of the tests; None for all of the project."""
    chosen = None if items is None else [item.named for item in items if isinstance(item, Document)]
    return None if chosen is None or "" in chosen else [Path(named) for named in chosen]


def _remarks(project: Project, folder: Path, chosen: Sequence[Path] | None) -> dict[str, Remarks]:
    """What is wrong in these documents, by file; at "" what is in no document. Names are shown relative to `folder`."""
    from teipipe.build.checking import validate_documents
    from teipipe.diagnostics import exit_code
    from teipipe.errors import TeipipeError
    from teipipe.gates.thresholds import THRESHOLDS
    from teipipe.reports import text

    threshold = THRESHOLDS[project.fail_on]
    documents = {str(path) for path in project.everything}
    remarks: dict[str, Remarks] = {}
    try:
        findings = validate_documents(project, chosen)
    except TeipipeError as error:
        words = f"{error}\n    help: {error.help}" if error.help else str(error)
        return {named: [(True, words, named, 1)] for named in (*documents, "")}
    for finding in findings:
        named = str(finding.location.path)
        words = "\n".join(text.lines([finding], folder=folder))
        remark = (exit_code([finding], threshold) > 0, words, named, finding.location.line or 1)
        remarks.setdefault(named if named in documents else "", []).append(remark)
    return remarks
