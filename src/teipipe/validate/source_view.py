"""The source view of a document: the words of its transcription, each with the place that it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, Document
from teipipe.views import DEFAULT, Rule, Views

if TYPE_CHECKING:
    from teipipe.diagnostics import Location

TEI: Final = f"{{{TEI_NAMESPACE}}}"
XML_ID: Final = f"{{{XML_NAMESPACE}}}id"

#: What separates words: Unicode's White_Space property (PropList.txt).
_BLANKS: Final = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WORD: Final = re.compile(f"[^{_BLANKS}]+")
#: What Python takes for blanks, too; no XML has them, but a source may.
_NO_BLANKS: Final = "\x1c\x1d\x1e\x1f"
_CONTENT: Final = re.compile(r"""content:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \t\n]?|(.))", re.DOTALL)
_BREAKS: Final = frozenset({f"{TEI}lb", f"{TEI}pb"})
_CHOICE: Final = f"{TEI}choice"
_SHOWN: Final = frozenset({"show", "descend", "signs", "source-signs"})


#: Text that stands together in the document: behind the start tag of an element or, if the second is true, behind its
#: end tag; and from which character there, None for a sign that @rendition sets.
_Piece = tuple[etree._Element, bool, int | None]


class _Rule(NamedTuple):
    """What a rule says of the source view: whether words are shown, signs set, words parted; how it is displayed."""

    is_shown: bool
    has_signs: bool
    is_boundary: bool
    display: str

    @classmethod
    def of(cls, rule: Rule) -> _Rule:
        action = rule.actions["source"]
        return cls(action in _SHOWN, action.endswith("signs"), action == "space", rule.display)

    def is_block(self, within_line: bool | None) -> bool:
        """Whether an element stands apart: in a line of its parent's words none does that may stand in one."""
        return not within_line if self.display == "auto" else self.display == "block"

    @property
    def is_plain(self) -> bool:
        """Whether it does nothing but let the words pass."""
        return self.is_shown and not self.has_signs and not self.is_boundary and self.display == "inline"


class Words:
    """The words of a text that was put together from pieces; `text` is the whole."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> list[str]:
        """All words, in order."""
        if any(sign in self.text for sign in _NO_BLANKS):
            return _WORD.findall(self.text)
        return self.text.split()

    def offset(self, number: int) -> int:
        """Where the word with this number (from 0) begins in the text; its end if there are fewer."""
        for count, match in enumerate(_WORD.finditer(self.text)):
            if count == number:
                return match.start()
        return len(self.text.rstrip())


class SourceView(Words):
    """The words that the table of views lets pass in the source view."""

    def __init__(self, document: Document, views: Views) -> None:
        self._document = document
        self._views = views
        self._root = document.root
        self._texts: list[str] = []
        self._pieces: list[_Piece | None] = []
        self._rules: dict[object, _Rule] = {}
        self._plain: set[object] = set()
        self._present = _Present(self._root)
        rule = self._rule(self._root)
        self._walk(self._root, rule, is_block=rule.is_block(within_line=False))
        super().__init__("".join(self._texts))

    def place(self, offset: int) -> Location:
        """The place in the document of the character at `offset` of the text."""
        starts: list[int] = []
        total = 0
        for text in self._texts:
            starts.append(total)
            total += len(text)
        number = max(bisect_right(starts, offset) - 1, 0)
        while number and (self._pieces[number] is None or not self._texts[number]):
            number -= 1
        piece = self._pieces[number]
        if piece is None:
            return self._document.start(self._root)
        element, after, index = piece
        if index is None:
            return self._document.start(element)
        inside = min(offset - starts[number], len(self._texts[number]))
        return self._document.text(element, index + inside, after=after)

    def _add(self, text: str, piece: _Piece | None = None) -> None:
        self._texts.append(text)
        self._pieces.append(piece)

    def _walk(self, element: etree._Element, rule: _Rule, *, is_block: bool) -> bool:
        """Take in an element, which is set apart by its rule or not; returns whether it is, also by what it holds."""
        if rule.is_boundary or (is_block and element.tag in _BREAKS):
            self._break(element, rule)
            return False
        if not rule.is_shown:
            return False
        opening = len(self._texts)
        self._add("")
        if rule.has_signs:
            self._sign(element, "before")
        is_block = self._content(element, None if is_block else True) or is_block
        if rule.has_signs:
            self._sign(element, "after")
        if is_block:
            self._texts[opening] = "\n"
            self._add("\n")
        return is_block

    def _break(self, element: etree._Element, rule: _Rule) -> None:
        """A boundary between words, or a sign that stands apart."""
        self._add(" ")
        if rule.has_signs:
            self._sign(element, "before")
            self._sign(element, "after")
            self._add(" ")

    def _content(self, element: etree._Element, within_line: bool | None) -> bool:
        """Take in what is inside; returns whether any of it is set apart.

        `within_line`: the element isn't set apart itself; None if it is, and has words of its own or not.
        """
        add, add_piece, plain, rules = self._texts.append, self._pieces.append, self._plain, self._rules
        is_choice = element.tag == _CHOICE
        holds_block = False
        home, after, index = element, False, 0
        text = element.text
        if text:
            if not is_choice or text.strip():
                add(text)
                add_piece((home, after, index))
            index = len(text)
        # Comments and processing instructions are no elements: a text that one interrupts comes in several parts.
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                home, after, index = child, True, 0
                if tag in plain and not len(child):  # most elements: a name, a date
                    text = child.text
                    if text:
                        add(text)
                        add_piece((child, False, 0))
                else:
                    rule = rules.get(tag) or self._rule(child)
                    if within_line is None and rule.display == "auto":
                        within_line = _has_words(element)
                    holds_block = self._walk(child, rule, is_block=rule.is_block(within_line)) or holds_block
            text = child.tail
            if text:
                if not is_choice or text.strip():
                    add(text)
                    add_piece((home, after, index))
                index += len(text)
        return holds_block

    def _sign(self, element: etree._Element, scope: str) -> None:
        for pointer in (element.get("rendition") or "").split():
            sign = self._signs.get((pointer.rpartition("#")[2], scope))
            if sign is not None:
                self._add(sign, (element, False, None))
                return

    @cached_property
    def _signs(self) -> dict[tuple[str, str], str]:
        signs: dict[tuple[str, str], str] = {}
        for rendition in self._root.iter(f"{TEI}rendition"):
            match = _CONTENT.search("".join(str(text) for text in rendition.itertext()))
            if rendition.get("scheme") == "css" and match:
                key = ((rendition.get(XML_ID) or "").strip(), rendition.get("scope") or "")
                signs.setdefault(key, _string(match[1] if match[1] is not None else match[2]))
        return signs

    def _rule(self, element: etree._Element) -> _Rule:
        """The rule for an element, looked up once for all that are alike in what rules ask for."""
        name = etree.QName(element)
        always = self._views.always(name.localname, "source") if name.namespace == TEI_NAMESPACE else DEFAULT
        if always is not None:
            ours = self._rules[element.tag] = _Rule.of(always)
            if ours.is_plain and element.tag != _CHOICE:  # the blanks between its forms are none of its words
                self._plain.add(element.tag)
            return ours
        parent = element.getparent()
        asked = (element.get("type"), element.get("break"), element.get("place"))
        key = (element.tag, None if parent is None else parent.tag, *asked)
        rule = self._rules.get(key)
        if rule is None:
            rule = _Rule.of(self._rule_by_table(element, name.localname))
            if not self._views.looks_beside(name.localname):
                self._rules[key] = rule
        return rule

    def _rule_by_table(self, element: etree._Element, name: str) -> Rule:
        parent = element.getparent()
        return self._views.rule(
            name,
            parent=None if parent is None else etree.QName(parent).localname,
            type=element.get("type"),
            break_=element.get("break"),
            place=element.get("place"),
            beside=_Neighbours(element),
            present=self._present,
        )


class _Present:
    """The names of a document's elements, looked for only when a rule asks for one."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._known: dict[object, bool] = {}

    def __contains__(self, name: object) -> bool:
        if name not in self._known:
            self._known[name] = next(self._root.iter(f"{TEI}{name}"), None) is not None
        return self._known[name]


class _Neighbours:
    """The names of an element's siblings, looked at only when a rule asks for one."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def __contains__(self, name: object) -> bool:
        parent = self.element.getparent()
        siblings = [] if parent is None else parent.iterchildren(f"{{*}}{name}")
        return any(sibling is not self.element for sibling in siblings)


def _string(content: str) -> str:
    """What a string of CSS says: a backslash stands before the number of a character, or for the one behind it."""
    return _ESCAPE.sub(lambda match: _character(match[1]) if match[1] else match[2].lstrip("\n"), content)


def _character(number: str) -> str:
    code = int(number, 16)
    ranges = ((32, 0xD800), (0xE000, 0xFFFE), (0x10000, 0x110000))
    return chr(code) if code in (9, 10, 13) or any(low <= code < high for low, high in ranges) else "\ufffd"


def _has_words(element: etree._Element) -> bool:
    if element.text and element.text.strip():
        return True
    return any(child.tail and child.tail.strip() for child in element)
