"""Checks that whatever points somewhere arrives: every token of every pointing attribute, within and across files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from teipipe.attributes import SINGLE
from teipipe.folders import absolute
from teipipe.rules import finding
from teipipe.validate.corpus import XML_FILES
from teipipe.validate.facts import value_of
from teipipe.validate.uris import Leads, UnusablePatternError, relative_uri

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.scan import Tag
    from teipipe.validate.context import Context
    from teipipe.validate.corpus import Known, Pointing, References
    from teipipe.validate.uris import Target

#: Near names are looked for this often in one document; each search takes a while.
_SUGGESTIONS: Final = 10
#: After so many that found nothing, no more are made.
_VAIN: Final = 3


class _Reference(NamedTuple):
    """One token of one pointing attribute, counted from 0, and where it leads."""

    tag: Tag
    attribute: str
    number: int
    token: str
    target: Target


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield what is wrong with the document's pointers and with its prefixDefs."""
    yield from _Check(document, context).run()


class _Check:
    def __init__(self, document: Document, context: Context) -> None:
        self.document = document
        self.context = context
        self.corpus = context.corpus
        self.references: References = context.corpus.references(document)
        self.here = absolute(document.file)
        self.missing: dict[Path, list[_Reference]] = {}
        self.exists: dict[Path, bool] = {}
        self.known: dict[Path, Known | None] = {self.here: self.corpus.note(document)}
        self.suggested: dict[tuple[Path, str], str | None] = {}
        self.register = None if context.register is None else absolute(context.register)

    def run(self) -> Iterator[Diagnostic]:
        yield from self.definitions()
        # Nearly always nothing is wrong: then no place in the document is looked at, only each value once.
        suspects = {id(pointing) for pointing in self.references.pointings if not self.is_fine(pointing)}
        for tag, pointing in self.references.items() if suspects else ():
            if id(pointing) in suspects:
                yield from self.judge_all(tag, pointing)
        blanks: set[tuple[int, str]] = set()
        for file, references in self.missing.items():
            where = (id(references[0].tag), references[0].attribute)
            if where not in blanks and (joined := self.joined(references[0])):
                blanks.add(where)
                message = f"there is a blank in “{joined}”"
                yield self.found(references[0], "malformed-pointer", message, "write a blank as %20")
            elif where not in blanks:
                yield self.no_file(file, references)

    def is_fine(self, pointing: Pointing) -> bool:
        if len(pointing.tokens) > 1 and pointing.attribute in SINGLE:
            return False
        return all(self.arrives(target) for _, target in pointing.tokens)

    def arrives(self, target: Target) -> bool:
        if target.leads is Leads.AWAY:
            return True
        file = target.file
        if file is None or (target.leads is not Leads.HERE and (target.leads is not Leads.FILE or self.lacks(file))):
            return False
        if not target.fragment or "(" in target.fragment or (file != self.here and not _is_xml(file)):
            return True
        if file != self.here and self.corpus.is_deferred(file):
            return True
        known = self.of(file)
        return self.corpus.is_named(file) if known is None else target.fragment in known.ids

    def lacks(self, file: Path) -> bool:
        if file not in self.exists:
            self.exists[file] = os.path.exists(file)  # noqa: PTH110 (a Path raises if the name is too long)
        return not self.exists[file]

    def of(self, file: Path) -> Known | None:
        if file not in self.known:
            self.known[file] = self.corpus.known(file)
        return self.known[file]

    def judge_all(self, tag: Tag, pointing: Pointing) -> Iterator[Diagnostic]:
        attribute = pointing.attribute
        if len(pointing.tokens) > 1 and attribute in SINGLE:
            first = _Reference(tag, attribute, 0, *pointing.tokens[0])
            yield self.found(first, "malformed-pointer", self.blank(first), "write a blank as %20")
            return
        for number, (token, target) in enumerate(pointing.tokens):
            yield from self.judge(_Reference(tag, attribute, number, token, target))

    def definitions(self) -> Iterator[Diagnostic]:
        for tag, definition in self.references.prefixes:
            try:
                definition.compiled  # noqa: B018 (compiling is what may fail)
            except UnusablePatternError as error:
                where = self.document.at_tag(tag, "matchPattern", 0)
                yield finding(
                    "bad-prefix-pattern", f"“{definition.pattern}” can't be used as a pattern: {error}", where
                )

    def found(self, reference: _Reference, rule: str, message: str, help: str | None = None) -> Diagnostic:
        where = self.document.at_tag(reference.tag, reference.attribute, reference.number)
        return finding(rule, message, where, help)

    def blank(self, reference: _Reference) -> str:
        value = value_of(reference.tag, reference.attribute) or ""
        return f"there is a blank in “{value.strip()}”, and @{reference.attribute} is one pointer"

    def judge(self, reference: _Reference) -> Iterator[Diagnostic]:
        target = reference.target
        match target.leads:
            case Leads.HERE:
                yield from self.fragment(reference, self.here)
            case Leads.FILE:
                yield from self.file(reference)
            case Leads.NOWHERE:
                what = "has “#” without an id" if reference.token else "is empty"
                yield self.found(
                    reference, "empty-pointer", f"@{reference.attribute} {what}", "name an id, or delete it"
                )
            case Leads.MALFORMED:
                message = f"“{reference.token}” is no URI: {target.remark}"
                yield self.found(reference, "malformed-pointer", message)
            case Leads.OUTSIDE:
                message = f"“{reference.token}” leads out of the project"
                advice = "copy the file into the project; others are never opened"
                yield self.found(reference, "pointer-out-of-project", message, advice)
            case Leads.UNDECLARED:
                message = f"the prefix “{target.remark}:” is not declared in this document"
                idents = [definition.ident for _, definition in self.references.prefixes]
                advice = _did_you_mean(target.remark, idents, ":") or "declare it by a prefixDef in the header"
                yield self.found(reference, "undeclared-prefix", message, advice)
            case Leads.UNMATCHED:
                yield self.found(reference, "unmatched-prefix", target.remark)
            case Leads.CIRCULAR:
                message = f"the prefix of “{reference.token}” expands to itself: {target.remark}"
                yield self.found(reference, "circular-pointer", message)

    def file(self, reference: _Reference) -> Iterator[Diagnostic]:
        file = reference.target.file
        assert file is not None
        if self.lacks(file):
            if file != self.register:  # its absence is a finding of its own
                self.missing.setdefault(file, []).append(reference)
        elif reference.target.fragment and _is_xml(file):
            yield from self.fragment(reference, file)

    def fragment(self, reference: _Reference, file: Path) -> Iterator[Diagnostic]:
        fragment = reference.target.fragment
        if not fragment or "(" in fragment:  # the whole file, or an XPointer scheme
            return
        if file != self.here and self.corpus.is_deferred(file):
            return
        known = self.of(file)
        if known is None:
            if not self.corpus.is_named(file):
                message = f"“{reference.token}” can't be checked: that file is not well-formed"
                yield self.found(reference, "unreadable-target", message)
        elif fragment not in known.ids:
            where = "here" if reference.target.leads is Leads.HERE else "in that file"
            message = f"“{reference.token}” leads nowhere: no element {where} has this xml:id"
            yield self.found(reference, "dangling-pointer", message, self.near(reference, file, fragment))

    def near(self, reference: _Reference, file: Path, fragment: str) -> str | None:
        """What was probably meant: an id of the same file that is spelt nearly so, or this very id in the register."""
        if (file, fragment) not in self.suggested and len(self.suggested) < _SUGGESTIONS and self.is_promising():
            self.suggested[file, fragment] = self.nearest(reference, file, fragment)
        return self.suggested.get((file, fragment))

    def is_promising(self) -> bool:
        """Whether it is worth looking: where the whole register is elsewhere, nothing is near."""
        return len(self.suggested) < _VAIN or any(self.suggested.values())

    def nearest(self, reference: _Reference, file: Path, fragment: str) -> str | None:
        before = reference.token.rpartition("#")[0]
        known = self.corpus.known(file)
        is_local = reference.target.leads is Leads.HERE
        if is_local and self.register is not None and (register := self.corpus.known(self.register)) is not None:
            uri = relative_uri(self.register, absolute(self.document.file))
            if fragment in register.ids:
                return f"did you mean “{uri}#{fragment}”?"
        return _did_you_mean(fragment, known.ids if known else (), before=f"{before}#")

    def no_file(self, file: Path, references: list[_Reference]) -> Diagnostic:
        first = references[0]
        others = f", as do {len(references) - 1} more here" if len(references) > 2 else ""
        others = ", as does one more here" if len(references) == 2 else others
        suffix = file.suffix or "/"  # without one, no name is near
        names = [name for name in self.corpus.folder(file.parent) if name.endswith(suffix)]
        advice = _did_you_mean(file.name, names)
        return self.found(first, "missing-file", f"“{first.token}” leads to a file that does not exist{others}", advice)

    def joined(self, reference: _Reference) -> str:
        """The token with its neighbour, if together they are the name of a file with a blank in it."""
        tokens = (value_of(reference.tag, reference.attribute) or "").split()
        for start in (reference.number - 1, reference.number):
            if 0 <= start < len(tokens) - 1:
                pair = " ".join(tokens[start : start + 2])
                target = self.references.resolver.resolve(pair)
                if target.file is not None and target.leads is Leads.FILE and not self.lacks(target.file):
                    return pair
        return ""


def _is_xml(file: Path) -> bool:
    return file.suffix.lower() in XML_FILES


def _did_you_mean(name: str, names: Iterable[str], after: str = "", *, before: str = "") -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), n=1, cutoff=0.7)
    return f"did you mean “{before}{near[0]}{after}”?" if near else None
