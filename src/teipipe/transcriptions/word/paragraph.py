"""Reads a paragraph: its runs, what is in them, and what is tied to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.fields import Fields
from teipipe.transcriptions.word.linear import PARAGRAPH
from teipipe.transcriptions.word.names import (
    COMPATIBILITY,
    MATH,
    RELATION,
    W,
    local,
    switch,
    words_of,
)
from teipipe.transcriptions.word.notes import Notes
from teipipe.transcriptions.word.pictures import alternative_text, kind_of_picture, lettering, text_boxes

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from teipipe.transcriptions.word.formatting import Look
    from teipipe.transcriptions.word.opening import WordParts
    from teipipe.transcriptions.word.story import Story

_PROPERTIES: Final = f"{W}pPr"
#: What stands for text in a run.
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
#: In text, line feeds are blanks, as always in XML; what separates lines in Unicode is a line end.
_CHARACTERS: Final = {0x0A: " ", 0x0D: " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
#: The label of a turn is no longer than this.
_LABEL: Final = 60
#: What wraps runs and says nothing that matters here.
_WRAPPERS: Final = frozenset({"smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir", "fldSimple", "rubyBase"})


class ParagraphReader:
    """Reads the paragraphs of a story, one after the other; fields and insertions may go on from one to the next."""

    def __init__(self, parts: WordParts, story: Story) -> None:
        self._parts = parts
        self._story = story
        self._linear = story.linear
        self._remarks = story.remarks
        self._fields = Fields(story.remarks, story.linear)
        self._notes = Notes(parts, story)
        comments = [] if parts.comments is None else parts.comments.findall(f"{W}comment")
        self._comments = {comment.get(f"{W}id", ""): comment for comment in comments}
        self._boxes: list[etree._Element] = []
        self._style = ""
        self._in_line = False
        self._links = 0
        self._begins_at = 0
        self._waiting: tuple[str, str, str] | None = None
        self._hidden: list[str] = []
        self._deleted: tuple[str, bool, int, list[str]] | None = None
        self._inline: dict[object, Callable[[etree._Element], None]] = {
            f"{W}r": self._run,
            f"{W}hyperlink": self._hyperlink,
            f"{W}ins": self._inserted,
            f"{W}moveTo": self._inner,
            f"{W}del": self._removed,
            f"{W}moveFrom": self._removed,
            f"{MATH}oMath": self.formula,
            f"{MATH}oMathPara": self.formula,
            f"{COMPATIBILITY}AlternateContent": self._alternative,
            f"{W}subDoc": lambda _: self._remarks.omitted("a document within the document", "", self._linear.next),
            f"{W}altChunk": lambda _: self._remarks.omitted("a document within the document", "", self._linear.next),
            **{f"{W}{name}": self._inner for name in _WRAPPERS},
        }
        self._in_run: dict[object, Callable[[etree._Element, Look], None]] = {
            f"{W}t": lambda element, look: self._text((element.text or "").translate(_CHARACTERS), look),
            f"{W}br": self._break,
            f"{W}cr": lambda _, look: self._new_line(look),
            f"{W}sym": self._symbol,
            f"{W}fldChar": lambda element, _: self._fields.character(element),
            f"{W}instrText": lambda element, _: self._fields.code(element.text or ""),
            f"{W}footnoteReference": lambda element, look: self._note(element, "footnote"),
            f"{W}endnoteReference": lambda element, look: self._note(element, "endnote"),
            f"{W}commentReference": lambda element, _: self._comment(element),
            f"{W}drawing": lambda element, _: self._picture(element),
            f"{W}pict": lambda element, _: self._picture(element),
            f"{W}object": lambda element, _: self._picture(element),
            f"{W}ruby": self._ruby,
            f"{COMPATIBILITY}AlternateContent": self._alternative_in_run,
            **{f"{W}{name}": lambda element, look: self._text(_SIGNS[local(element)], look) for name in _SIGNS},
        }

    def read(
        self, element: etree._Element, properties: etree._Element | None, *, is_in_line: bool
    ) -> list[etree._Element]:
        """Read a paragraph; gives the text boxes that are tied to it."""
        styles, linear = self._story.styles, self._linear
        outer = self._style, self._in_line, self._boxes, self._begins_at
        self._style, self._in_line, self._boxes = styles.of_paragraph(properties), is_in_line, []
        self._begins_at = linear.next
        if switch(properties, "pageBreakBefore") and not is_in_line:
            linear.page()
        start = linear.next
        item = self._story.numbering.item(properties, self._style) if _has_content(element) else None
        if item is not None and item.is_ordered and item.label:
            linear.add(item.label + (" " if item.has_blank else ""))
        self._inner(element)
        self._end()
        level = styles.heading(properties)
        if level is not None:
            linear.mark("heading", start, linear.length, {"level": str(level)}, PARAGRAPH)
        elif item is not None:
            kind = "ordered" if item.is_ordered else "bulleted"
            values = {"level": str(item.level), "kind": kind, "label": item.label, "list": item.list}
            linear.mark("item", start, linear.length, values, PARAGRAPH)
        boxes = self._boxes
        self._style, self._in_line, self._boxes, self._begins_at = outer
        return boxes

    def _end(self) -> None:
        self._read_waiting()
        self._flush_deleted()
        self._flush_hidden()
        self._notes.close("")
        self._linear.end_looks()

    def finish(self) -> None:
        """Tell what is still open at the end of the document."""
        self._fields.finish()
        self._notes.finish()
        for comment in self._comments.values():
            self._remarks.omitted(_comment_of(comment), words_of(comment), self._linear.length)

    def _inner(self, element: etree._Element) -> None:
        for child in element:
            read = self._inline.get(child.tag)
            if read is not None:
                read(child)
            elif child.tag != _PROPERTIES and local(child) and child.find(f".//{W}r") is not None:
                self._inner(child)  # a wrapper that isn't known here

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        look = self._story.styles.look(properties, self._style, is_link=bool(self._links))
        for child in run:
            read = self._in_run.get(child.tag)
            if read is not None:
                read(child, look)

    def _text(self, text: str, look: Look) -> None:
        if not text or self._fields.swallows(text):
            return
        if "hidden" in look:
            self._hidden.append(text)
            return
        self._flush_hidden()
        self._flush_deleted()
        text = self._behind_label(text, look) if self._waiting else text
        self._notes.close(text)
        self._linear.add(self._notes.begun(text), look)

    def _new_line(self, look: Look) -> None:
        self._text(" " if self._in_line else "\n", look)

    def _break(self, element: etree._Element, look: Look) -> None:
        kind = element.get(f"{W}type", "textWrapping")
        if kind == "textWrapping" or self._in_line:
            self._new_line(look)
            return
        self._read_waiting()
        self._linear.separate("\n")
        if kind == "page":
            self._linear.page()

    def _symbol(self, element: etree._Element, look: Look) -> None:
        code = element.get(f"{W}char", "")
        try:
            sign = chr(int(code, 16))
        except (ValueError, OverflowError):
            sign = "\ufffd"
        is_fit = sign.isprintable() or "\ue000" <= sign <= "\uf8ff"
        self._text(sign if is_fit else "\ufffd", look)

    def _hyperlink(self, element: etree._Element) -> None:
        target = self._parts.links.get(element.get(f"{RELATION}id", ""), "")
        start = self._linear.next
        self._links += 1
        self._inner(element)
        self._links -= 1
        if target and self._linear.length > start:
            self._linear.mark("link", start, self._linear.length, {"target": target})

    def _inserted(self, element: etree._Element) -> None:
        before = self._linear.next
        self._inner(element)
        if self._linear.length > before:
            self._remarks.inserted(element.get(f"{W}author", ""), before)

    def _removed(self, element: etree._Element) -> None:
        words = "".join(_removed_texts(element))
        author, is_move = element.get(f"{W}author", ""), local(element) == "moveFrom"
        if self._deleted is not None and self._deleted[:2] == (author, is_move):
            self._deleted[3].append(words)
        else:
            self._flush_deleted()
            self._deleted = (author, is_move, self._linear.next, [words])
        for picture in element.iter(f"{W}drawing", f"{W}pict"):
            self._remarks.omitted("a picture that was deleted", alternative_text(picture), self._linear.next)

    def _flush_deleted(self) -> None:
        if self._deleted is not None:
            author, is_move, offset, pieces = self._deleted
            self._deleted = None
            words = " ".join("".join(pieces).split())
            if words:
                self._remarks.deleted(words, author, offset, is_move=is_move)

    def _flush_hidden(self) -> None:
        words = " ".join("".join(self._hidden).split())
        self._hidden = []
        if words:
            self._remarks.omitted("hidden text", words, self._linear.next)

    def _note(self, element: etree._Element, kind: str) -> None:
        self._flush_deleted()
        self._read_waiting()
        run = element.getparent()
        own = ""
        if run is not None and switch_of(element, "customMarkFollows"):
            own = words_of(run)
            for text in run.findall(f"{W}t"):
                text.text = ""
        note = (kind, element.get(f"{W}id", ""), own)
        if self._in_line or self._linear.length - self._begins_at > _LABEL:
            self._notes.read(*note)
        else:
            self._waiting = note

    def _behind_label(self, text: str, look: Look) -> str:
        """Read a note in what may be the label of a turn: behind the colon that ends it; gives the rest of the text.

        Between name and colon, its words would keep everybody from seeing that it is a label.
        """
        if text.startswith(":"):
            self._linear.add(":", look)
            self._remarks.remarked("the number of a note stands before the “:” in the file", self._linear.next)
            text = text[1:]
        self._read_waiting()
        return text

    def _read_waiting(self) -> None:
        note, self._waiting = self._waiting, None
        if note is not None:
            self._notes.read(*note)

    def _comment(self, element: etree._Element) -> None:
        comment = self._comments.pop(element.get(f"{W}id", ""), None)
        if comment is not None:
            self._remarks.omitted(_comment_of(comment), words_of(comment), self._linear.next)

    def _ruby(self, element: etree._Element, look: Look) -> None:
        base, above = element.find(f"{W}rubyBase"), element.find(f"{W}rt")
        if above is not None and words_of(above):
            self._remarks.omitted("a reading above the line", words_of(above), self._linear.next)
        if base is not None:
            self._inner(base)

    def _alternative(self, element: etree._Element) -> None:
        from teipipe.transcriptions.word.story import alternatives

        for chosen in alternatives(element):
            self._inner(chosen)

    def _alternative_in_run(self, element: etree._Element, look: Look) -> None:
        from teipipe.transcriptions.word.story import alternatives

        for chosen in alternatives(element):
            for child in chosen:
                read = self._in_run.get(child.tag)
                if read is not None:
                    read(child, look)

    def formula(self, element: etree._Element) -> None:
        """Read a formula: its signs in order, with a word that its layout is gone."""
        signs = "".join(text.text or "" for text in element.iter(f"{MATH}t", f"{W}t"))
        if signs.strip():
            start = self._linear.next
            self._text(signs, frozenset())
            self._remarks.remarked(f"of a formula, the signs stand here in their order alone: “{signs[:80]}”", start)

    def _picture(self, element: etree._Element) -> None:
        self._boxes += text_boxes(element)
        offset = self._linear.next
        for words in lettering(element):
            self._remarks.omitted("lettering that is drawn (WordArt)", words, offset)
        kind = kind_of_picture(element)
        if kind:
            self._remarks.omitted(kind, alternative_text(element), offset)


def _comment_of(comment: etree._Element) -> str:
    author = comment.get(f"{W}author", "")
    return f"a comment by {author}" if author else "a comment"


def _removed_texts(element: etree._Element) -> list[str]:
    found = element.iter(f"{W}delText", f"{W}t", *(f"{W}{name}" for name in ("tab", "br", "cr")))
    return [(each.text or "") if local(each) in ("delText", "t") else " " for each in found]


def _has_content(element: etree._Element) -> bool:
    """Whether a paragraph has anything: an empty one has no number."""
    return any(local(child) not in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "") for child in element)


def switch_of(element: etree._Element, name: str) -> bool:
    """A switch that is an attribute."""
    return element.get(f"{W}{name}", "0") in ("1", "true", "on")
