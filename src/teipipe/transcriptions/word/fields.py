"""Fields of a word processor: their results are words of the text, their codes are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.names import W, switch

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.transcriptions.word.linear import Linear
    from teipipe.transcriptions.word.remarks import Remarks

_LINK: Final = re.compile(r"""\s*HYPERLINK\s+"([^"\\]+)""", re.IGNORECASE)
#: Fields that show something without having it as their result.
_SHOWN: Final = re.compile(r"\s*(EQ|SYMBOL|MACROBUTTON|FORMCHECKBOX|BARCODE|DISPLAYBARCODE)\b", re.IGNORECASE)
_BOXES: Final = {True: "☒", False: "☐"}


class _Field:
    def __init__(self, box: bool | None) -> None:
        self.code: list[str] = []
        self.swallowed: list[str] = []
        self.box = box
        self.is_in_result = False
        self.start = 0


class Fields:
    """The fields that are open, the innermost last."""

    def __init__(self, remarks: Remarks, linear: Linear) -> None:
        self._remarks = remarks
        self._linear = linear
        self._open: list[_Field] = []

    def character(self, element: etree._Element) -> None:
        """What begins, divides or ends a field."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_Field(_checked(element)))
        elif not self._open:
            return
        elif kind == "separate":
            self._open[-1].is_in_result = True
            self._open[-1].start = self._linear.next
        elif kind == "end":
            self._end(self._open.pop())

    def code(self, text: str) -> None:
        """A part of the code of the innermost field."""
        if self._open and not self._open[-1].is_in_result:
            self._open[-1].code.append(text)

    def swallows(self, text: str) -> bool:
        """Whether text belongs to the code of a field: as the result of another one in it."""
        field = next((field for field in self._open if not field.is_in_result), None)
        if field is not None:
            field.swallowed.append(text)
        return field is not None

    def _end(self, field: _Field) -> None:
        code = "".join(field.code)
        has_result = field.is_in_result and self._linear.length > field.start
        link = _LINK.match(code)
        if link and has_result:
            self._linear.mark("link", field.start, self._linear.length, {"target": link[1]})
        if has_result or any(not outer.is_in_result for outer in self._open):
            return
        if field.box is not None:
            self._linear.add(_BOXES[field.box])
        elif _SHOWN.match(code):
            self._remarks.omitted("what a field shows", " ".join(code.split()), self._linear.next)

    def finish(self) -> None:
        """Tell what was taken for code by fields that never end."""
        for field in self._open:
            words = " ".join("".join(field.swallowed).split())
            if words:
                self._remarks.omitted("what stands in a field that never ends", words, self._linear.next)
        self._open = []


def _checked(element: etree._Element) -> bool | None:
    """Whether the box of a form is checked; None if the field is no box."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return None
    checked = switch(box, "checked")
    return bool(switch(box, "default")) if checked is None else checked
