"""Runs the stylesheets of a schema over documents: what happened comes out as events."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from teipipe.documents import Document, NotParsedError
from teipipe.errors import TeipipeError
from teipipe.folders import absolute, is_inside
from teipipe.saxon import Node, Nodes, Program, Sandbox, UntrustedError
from teipipe.schematron.compiling import Compiled

#: What happened, as runtime.xsl has it: a list that begins with what it is.
Event = list[Any]

#: Documents that patterns go over by their attribute documents, at most.
MAX_SUBORDINATE: Final = 1000


@dataclass(frozen=True, slots=True)
class Absent:
    """A subordinate document that can't be judged: the event that names it, and why."""

    event: Event
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """What a run over a document came to.

    `documents` are those that events count, the main one first; `groups` says to which group each belongs, "" for the
    main one; `failure` is why it came to no end, "" if it did.
    """

    documents: Sequence[Document]
    groups: Sequence[str]
    events: Sequence[Event]
    absent: Sequence[Absent]
    failure: str


class Runner:
    """The stylesheets of one schema in one processor."""

    def __init__(self, compiled: Compiled, root: Path, sandbox: Sandbox | None) -> None:
        self._compiled = compiled
        self._root = absolute(root)
        self._given = sandbox
        self._is_fragile = False

    @cached_property
    def _sandbox(self) -> Sandbox:
        return self._given or Sandbox()

    @cached_property
    def _fast(self) -> Program:
        return self._sandbox.compile(self._compiled.fast)

    @cached_property
    def _careful(self) -> Program:
        return self._sandbox.compile(self._compiled.careful)

    @cached_property
    def _has_subordinate(self) -> bool:
        return any(pattern.group for pattern in self._compiled.description.patterns)

    def check(self, document: Document) -> Run:
        """Run it for findings: fast, and if anything fails to be evaluated, once more with care."""
        return self._run(document, is_complete=False)

    def report(self, document: Document) -> Run:
        """Run it for a report, which has every rule that fired, paths and markup."""
        return self._run(document, is_complete=True)

    def _run(self, document: Document, *, is_complete: bool) -> Run:
        source = self._parse(document)
        documents, groups, nodes = [document], [""], []
        absent: list[Absent] = []
        parameters: dict[str, Nodes] = {"is-complete": is_complete}
        if self._has_subordinate:
            nodes = self._subordinate(document, source, documents, groups, absent)
            parameters |= {"subordinate": nodes, "groups": " ".join(groups[1:])}
        events, failure = self._events(source, parameters, is_careful=is_complete)
        return Run(documents, groups, events, absent, failure)

    def _events(self, source: Node, parameters: dict[str, Nodes], *, is_careful: bool) -> tuple[list[Event], str]:
        if not (is_careful or self._is_fragile):
            try:
                return json.loads(self._sandbox.call(self._fast, "check", source, parameters)), ""
            except UntrustedError:
                self._is_fragile = True
        try:
            return json.loads(self._sandbox.call(self._careful, "check", source, parameters)), ""
        except UntrustedError:
            return self._one_by_one(source, parameters)

    def _one_by_one(self, source: Node, parameters: dict[str, Nodes]) -> tuple[list[Event], str]:
        """The events of assertions of which one ends all: each alone, and for that one a failure at the document."""
        events: list[Event] = []
        failure = ""
        has_fired = False
        for number in range(1, len(self._compiled.description.assertions) + 1):
            try:
                found = json.loads(self._sandbox.call(self._careful, "check", source, {**parameters, "only": number}))
                events += (event for event in found if event[0] != "fired" or not has_fired)
                has_fired = True
            except UntrustedError as error:
                events.append(["error", number, 0, 0, "", "", "", str(error)])
                failure = str(error)
        events.sort(key=lambda event: (event[2], event[3], event[4], event[0] != "fired"))
        return events, "" if events else failure

    def _parse(self, document: Document) -> Node:
        has_doctype = b"<!DOCTYPE" in document.data
        text = _without_doctype(document) if has_doctype else document.data.decode("utf-8")
        return self._sandbox.parse(text, absolute(document.file).as_uri())

    def _subordinate(
        self, main: Document, source: Node, documents: list[Document], groups: list[str], absent: list[Absent]
    ) -> list[Node]:
        """Load what the patterns name; what can't be loaded comes to `absent`, the rest to the other lists."""
        nodes: list[Node] = []
        known: set[tuple[str, str]] = set()
        try:
            events = json.loads(self._sandbox.call(self._careful, "list-documents", source))
        except UntrustedError as error:
            events = [["no document", 0, 0, 0, "", "", str(error)]]
        for event in events:
            if event[0] == "no document":
                absent.append(Absent(event, event[-1]))
                continue
            group, address = str(event[1]), event[-1]
            if (group, address) in known:
                continue
            if len(known) == MAX_SUBORDINATE:
                absent.append(Absent(event, f"“{address}” is one more than {MAX_SUBORDINATE:,}"))
                break
            known.add((group, address))
            try:
                document = self._load(main, address)
                nodes.append(self._parse(document))
            except TeipipeError as error:
                absent.append(Absent(event, f"“{address}” {error.message}"))
                continue
            documents.append(document)
            groups.append(group)
        return nodes

    def _load(self, main: Document, address: str) -> Document:
        if len(address) > 4096:
            raise TeipipeError("is no address of a file")
        home = absolute(main.file).parent
        try:
            parts = urlsplit(address)
        except ValueError:
            raise TeipipeError("is no address") from None
        if parts.netloc or parts.scheme not in ("", "file"):
            raise TeipipeError("leads out of the project")
        target = Path(os.path.normpath(home / unquote(parts.path))) if parts.path else absolute(main.file)
        if not (is_inside(target, self._root) or is_inside(target, home)):
            raise TeipipeError("leads out of the project")
        shown = main.path.parent / os.path.relpath(target, home)
        document = Document.read(target, shown_as=shown)
        if document.problems:
            raise NotParsedError(f"is not well-formed: {document.problems[0].message}")
        return document


def _without_doctype(document: Document) -> str:
    """The document as text, with what its DOCTYPE declares put in."""
    from lxml import etree

    root = document.root
    before = reversed(list(root.itersiblings(preceding=True)))
    nodes = (*before, root, *root.itersiblings())
    return "".join(etree.tostring(node, encoding="unicode", with_tail=False) for node in nodes)
