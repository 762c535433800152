"""Follows a document that doesn't fit to its end, whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from teipipe.places import Places
from teipipe.relaxng.automaton import After, NoStepError, Opened, State
from teipipe.relaxng.explaining import attributes, elements
from teipipe.relaxng.explaining.frames import Entry, Frame, Piece
from teipipe.relaxng.explaining.identities import Identities
from teipipe.relaxng.explaining.report import Knowledge, Report
from teipipe.relaxng.explaining.wording import collapsed, either, local, quote, shortened
from teipipe.relaxng.strings import is_blank
from teipipe.scan import StopError

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic

#: More elements than this are not named one by one as what is lacking.
_NAMED: Final = 3

#: Pieces of text that are kept apart.
_PIECES: Final = 1_000


def explain(knowledge: Knowledge, places: Places, *, all_expected: bool, identities: bool) -> list[Diagnostic]:
    """What is wrong with a well-formed document, in the order in which it comes up; nothing if it fits after all.

    `all_expected` lists all that was expected at a place instead of a handful; `identities` looks after IDs and what
    refers to them, too. May raise LimitError.
    """
    return _Walk(Report(knowledge, places, all_expected=all_expected), identities=identities).run()


class _Walk:
    def __init__(self, report: Report, *, identities: bool) -> None:
        self.report = report
        self.outlook = report.outlook
        self.words = report.words
        self.identities = Identities(report) if identities else None
        start = report.automaton.start
        if start is None:  # a schema that nothing fits
            start = report.automaton.fixed(report.automaton.model.patterns.empty)
        self.stack = [Frame("", 0, start, start.vector, None, {})]
        self._in_cdata = False
        self._united = 0

    def run(self) -> list[Diagnostic]:
        parser = self._parser = expat.ParserCreate("UTF-8", "}")
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartNamespaceDeclHandler = self.report.scopes.open
        parser.EndNamespaceDeclHandler = self.report.scopes.close
        if b"<![CDATA[" in self.report.places.data:
            parser.StartCdataSectionHandler = lambda: self.cdata(True)
            parser.EndCdataSectionHandler = lambda: self.cdata(False)
        try:
            parser.Parse(self.report.places.data, True)
            if self.identities is not None:
                self.identities.finish()
        except StopError:
            pass  # enough was found
        finally:
            del self._parser
        return self.report.found

    def cdata(self, inside: bool) -> None:
        self._in_cdata = inside

    def text(self, text: str) -> None:
        frame = self.stack[-1]
        state = frame.state
        # White space before words counts only where the text is judged as a whole.
        if state is not None and not state.is_mixed and (state.strings or frame.pieces or not is_blank(text)):
            pieces = frame.pieces
            self._united = self._united if pieces else 0
            pieces.append((self._parser.CurrentByteIndex, text, self._in_cdata))
            if len(pieces) - self._united > _PIECES:
                self.unite(pieces)

    def unite(self, pieces: list[Piece]) -> None:
        """Make few pieces of the last ones, for which the parser has as many as there are lines and references."""
        last = pieces[self._united :]
        word = next((number for number, (_, text, _) in enumerate(last) if not is_blank(text)), len(last))
        groups = (last[:word], last[word : word + 1], last[word + 1 :])
        pieces[self._united :] = [
            (group[0][0], "".join([text for _, text, _ in group]), group[0][2]) for group in groups if group
        ]
        self._united = len(pieces)

    def start(self, name: str, flat: list[str]) -> None:
        offset = self._parser.CurrentByteIndex
        parent = self.stack[-1]
        if parent.pieces:
            self.settle_text(parent)
        if parent.meant:
            name = self.translated(name, parent)
        entry: Entry | None = None
        opened: Opened | None = None
        after: After | None = None
        try:
            if parent.state is not None:
                opened, after = parent.state[name]
                if parent.implied is not None or parent.missing:
                    self.follow(parent, name, offset)
            else:
                entry = Entry(name, self.report.knowledge.contents(name))
        except NoStepError:
            entry = elements.recover(self.report, self.stack, name, offset)
        if entry is None:
            frame = Frame(name, offset, None, (), after, parent.meant)
        else:
            frame = self.recovered(entry, parent, offset)
            opened = None if entry.contents is None else self.report.automaton.opened(entry.contents)
        parent.seen.setdefault(frame.name, offset)
        parent.last = frame.name
        self.words.use(parent.name, frame.name)
        if opened is not None:
            frame.content = opened.vector
            frame.state = self.inside(opened, frame, flat)
            if self.identities is not None:
                self.identities.note(opened.vector, flat, offset)
        self.stack.append(frame)

    def inside(self, opened: Opened, frame: Frame, flat: list[str]) -> State | None:
        """The state inside an element with these attributes."""
        state = opened.step(flat).judge(flat, self.report.scopes.current) if flat else opened.bare
        if state is not None:
            return state
        tag = attributes.Tag(frame.name, flat, frame.offset, is_guess=frame.is_guess, is_doubtful=frame.is_doubtful)
        return attributes.enter(self.report, opened, tag)

    def recovered(self, entry: Entry, parent: Frame, offset: int) -> Frame:
        """The frame of an element that could not just follow."""
        meant = parent.meant if entry.meant is None else entry.meant
        frame = Frame(entry.name, offset, None, (), entry.after, meant)
        frame.resume = entry.resume
        frame.is_implied, frame.is_guess, frame.is_doubtful = entry.is_implied, entry.is_guess, entry.is_doubtful
        return frame

    def follow(self, parent: Frame, name: str, offset: int) -> None:
        """What an element that fits says about those before it that didn't."""
        is_between = parent.has_stray_text and elements.implied_entry(parent, name) is not None
        if not is_between:
            parent.implied = None
        if parent.missing:
            elements.too_late(self.report, parent, name, offset)

    def translated(self, name: str, parent: Frame) -> str:
        """The name that is meant, if the namespace was found to be wrong around it."""
        if name in self.report.knowledge.by_name:
            return name
        uri, _, plain = name.rpartition("}")
        meant = parent.meant.get(uri)
        return name if meant is None else f"{meant}}}{plain}" if meant else plain

    def settle_text(self, frame: Frame, *, at_end: bool = False) -> str:
        """Judge the text that has come since the last tag, unless it is to be judged as a whole; the text."""
        pieces, frame.pieces = frame.pieces, []
        text = "".join([text for _, text, _ in pieces])
        state = frame.state
        if state is None or is_blank(text) or (at_end and state.strings):
            return text
        if state.text is not None:
            frame.state = state.text
        elif frame.implied is not None and frame.implied.text is not None:
            frame.implied = frame.implied.text
        elif not frame.has_stray_text and frame.name:
            frame.has_stray_text = True
            self.stray(frame, state, self.first_word(pieces), text)
        return text

    def stray(self, frame: Frame, state: State, offset: int, text: str) -> None:
        outlook, words, knowledge = self.outlook, self.words, self.report.knowledge
        following = outlook.elements(state.vector)
        holders = [leaf for leaf in following if outlook.has_text(tuple(map(outlook.forgiven, (leaf.content,))))]
        names = words.ranked(holders, outlook.needed(state.vector), frame.seen, frame.name)
        plain = local(frame.name)
        message = f"text can't stand directly in “{plain}”: {quote(text)}"
        if names:
            first = next(leaf for leaf in holders if names[0] in map(local, leaf.names))
            example = ": " + self.report.example(first, shortened(text), 1) if len(names) <= _NAMED else ""
            advice = f"put it into {words.some(names)}{example}"
            if not any(map(str.isalnum, text)):
                advice = f"leave it out, or put it into {words.some(names)}"
            inside = knowledge.inside(tuple(dict.fromkeys(leaf.content for leaf in holders)))
            frame.implied = None if inside is None else inside.text
            frame.state = self.report.anything(state)
        elif outlook.is_empty(frame.content):
            message = f"“{plain}” has to be empty, but holds {quote(text)}"
            advice = f"write <{plain}/>, and the words before or after it"
        else:
            advice = words.allowed(words.ranked(following, (), frame.seen, frame.name))
        if not frame.is_doubtful:
            self.report.add("unexpected-text", message, offset, advice)

    def end(self, name: str) -> None:
        frame = self.stack[-1]
        begin, text = frame.offset, ""
        if frame.pieces:
            begin = self.first_word(frame.pieces)
            text = self.settle_text(frame, at_end=True)
        fitting = 0
        if frame.state is not None:
            state = frame.state
            fitting = state.ended(text, self.report.scopes.current) if state.strings else state.accept
            if not fitting and state.strings and not frame.is_doubtful:
                self.wrong_text(frame, state, text, begin)
            elif not fitting and not state.strings and not frame.is_doubtful and not self.is_said(frame, state):
                self.incomplete(frame, state)
        for missing in frame.missing:
            elements.lacks(self.report, frame, missing)
        self.stack.pop()
        _go_on(self.stack[-1], frame, fitting)

    def first_word(self, pieces: Sequence[Piece]) -> int:
        """The byte of the first character in a text that is not blank; of its first one if all is."""
        for offset, text, in_cdata in pieces:
            stripped = text.lstrip(" \t\r\n")
            if stripped:
                is_reference = not in_cdata and self.report.places.data[offset : offset + 1] == b"&"
                before = len(text) - len(stripped)
                return offset if is_reference else offset + len(text[:before].encode("utf-8"))
        return pieces[0][0]

    def is_said(self, frame: Frame, state: State) -> bool:
        """Whether what is lacking at the end was said to be lacking before."""
        if frame.has_stray_text and not frame.seen:
            return True  # the text stands for it
        named = {leaf for missing in frame.missing for ways in missing.path for leaf in ways}
        return bool(named.intersection(self.outlook.needed(state.vector)))

    def incomplete(self, frame: Frame, state: State) -> None:
        words, plain = self.words, local(frame.name)
        needed = self.outlook.needed(state.vector)
        names = words.ranked(needed, needed, frame.seen, frame.name)
        few = 0 < len(names) <= _NAMED
        lacks = f"no {either(names)}" if few else "nothing else that it needs"
        if frame.seen:
            message = f"“{plain}” has “{local(frame.last)}”, but {lacks}"
        else:
            message = f"“{plain}” is empty: it has {lacks}" if few else f"“{plain}” is empty"
        where = f" after the “{local(frame.last)}”" if frame.seen else ""
        if len(needed) == 1:
            advice = self.report.add_this(needed[0], where)
        elif few:
            advice = self.report.add_one(needed[:_NAMED], where)
        else:
            advice = f"add what it needs{where}; one of: {words.listed(names)}"
        related = [(self._parser.CurrentByteIndex, "it could go here")] if frame.seen else []
        self.report.add("missing-element", message, frame.offset, advice, related=related)

    def wrong_text(self, frame: Frame, state: State, text: str, offset: int) -> None:
        plain = local(frame.name)
        value = collapsed(text)
        closed = self.words.values(state.vector)
        advice = self.words.closed_list(value, closed) if closed else self.words.expected_form(state.vector)
        if is_blank(text):
            self.report.add("wrong-value", f"“{plain}” is empty; it has to hold a value", frame.offset, advice)
        else:
            self.report.add("wrong-value", f"{quote(text)} is not a value that “{plain}” may hold", offset, advice)


def _go_on(parent: Frame, child: Frame, fitting: int) -> None:
    """Move the parent on behind a child that ended; with nothing `fitting`, as if all were well with it."""
    if child.resume is not None:
        parent.move(child.resume, child.name, child.offset)
    elif child.after is not None:
        state = child.after[fitting or child.after.everything]
        if child.is_implied:
            parent.implied = state
        else:
            parent.move(state, child.name, child.offset)
