"""What expat finds wrong with a document, in words that say what to look for and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final
from xml.parsers import expat

from teipipe.diagnostics import Diagnostic, Location
from teipipe.places import Places
from teipipe.rules import finding

# Numbers of expat's XML_ERROR_… codes (expat.h).
_SYNTAX, _NO_ELEMENTS, _INVALID_TOKEN, _UNCLOSED_TOKEN, _TAG_MISMATCH = 2, 3, 4, 5, 7
_DUPLICATE_ATTRIBUTE, _JUNK, _UNDEFINED_ENTITY, _RECURSIVE_ENTITY, _BAD_CHAR_REF = 8, 9, 11, 12, 14
_EXTERNAL_IN_ATTRIBUTE, _MISPLACED_DECLARATION, _UNCLOSED_CDATA, _UNBOUND_PREFIX, _AMPLIFICATION = 16, 17, 20, 27, 43

DECLARE_IT: Final = "write the character itself (UTF-8 holds them all), or declare the entity"
DECLARE_DIRECTLY: Final = "declare the entities that the text uses one by one; what a DTD file declares is never read"
INCLUDE_IT: Final = "put the text itself into the document; other files are never read"

_NAME_AHEAD: Final = re.compile(r"""[^\s<>/=&;"']{1,80}""")
_REFERENCE_BEFORE: Final = re.compile(rb"""&[^\s;<>&"']{0,60}\Z""")
_REFERENCE: Final = re.compile(r"&([^#;&\s][^;&\s]*);")
_PREFIXES: Final = re.compile(r"""(?:^<|\s)([^\s<>/=&;"':]+):[^\s<>/=&;"':]+""")


def malformed(
    places: Places, error: expat.ExpatError, offset: int, still_open: Sequence[int], declared: Collection[str]
) -> Diagnostic:
    """The finding for an error at the byte `offset`.

    `still_open` are the bytes where the elements begin that were open there, outermost first; `declared` the
    entities and prefixes that the document declares anywhere.
    """
    return _Explanation(places, min(max(offset, 0), len(places.data)), still_open, declared).of(error.code)


class _Explanation:
    def __init__(self, places: Places, offset: int, still_open: Sequence[int], declared: Collection[str]) -> None:
        self.places = places
        self.data = places.data
        self.offset = offset
        self.still_open = still_open
        self.declared = declared

    def of(self, code: int) -> Diagnostic:
        explain = {
            _SYNTAX: self.no_markup,
            _NO_ELEMENTS: self.cut_off,
            _INVALID_TOKEN: self.invalid_token,
            _UNCLOSED_TOKEN: self.unclosed_token,
            _TAG_MISMATCH: self.mismatch,
            _DUPLICATE_ATTRIBUTE: self.duplicate_attribute,
            _JUNK: self.junk,
            _UNDEFINED_ENTITY: self.undefined_entity,
            _RECURSIVE_ENTITY: self.recursive_entity,
            _BAD_CHAR_REF: self.character_reference,
            _EXTERNAL_IN_ATTRIBUTE: self.external_entity,
            _MISPLACED_DECLARATION: self.misplaced_declaration,
            _UNCLOSED_CDATA: self.unclosed_cdata,
            _UNBOUND_PREFIX: self.unbound_prefix,
            _AMPLIFICATION: self.bomb,
        }.get(code)
        return explain() if explain else self.problem(expat.ErrorString(code) or "not well-formed")

    def problem(
        self,
        message: str,
        offset: int | None = None,
        help: str | None = None,
        *,
        rule: str = "not-well-formed",
        related: tuple[tuple[Location, str], ...] = (),
    ) -> Diagnostic:
        where = self.places.at(self.offset if offset is None else offset)
        return finding(rule, message, where, help, related=related)

    def name_at(self, offset: int) -> str:
        match = _NAME_AHEAD.match(self.data[offset : offset + 320].decode("utf-8", "replace"))
        return match[0] if match else ""

    def opened(self, offset: int) -> tuple[tuple[Location, str], ...]:
        return ((self.places.at(offset), f"“{self.name_at(offset + 1)}” begins here"),)

    def no_markup(self) -> Diagnostic:
        if not self.data[: self.offset].strip():
            return self.problem("the file does not begin with a tag: it is not XML")
        return self.problem("text before the outermost element")

    def cut_off(self) -> Diagnostic:
        if not self.data.strip():
            return self.problem("the file is empty", 0)
        if not self.still_open:
            return self.problem("the file ends without any element")
        begin = self.still_open[-1]
        return self.problem(
            f"the file ends, but “{self.name_at(begin + 1)}” is still open",
            None,
            "is the file cut off, or an end tag missing?",
            related=self.opened(begin),
        )

    def mismatch(self) -> Diagnostic:
        begin, name = self.still_open[-1], self.name_at(self.offset)
        return self.problem(
            f"“</{name}>” stands where “</{self.name_at(begin + 1)}>” is due",
            self.data.rfind(b"<", 0, self.offset),
            "each start tag needs its end tag, and what was opened last is closed first",
            related=self.opened(begin),
        )

    def invalid_token(self) -> Diagnostic:
        before = self.data[: self.offset]
        reference = _REFERENCE_BEFORE.search(before[-80:])
        if reference:
            begin = self.offset - len(reference[0])
            written = self.data[begin : begin + 40].decode("utf-8", "replace").split()[0]
            return self.problem(
                f"an “&” that begins no entity: “{written}”", begin, "an “&” of the text is written &amp;"
            )
        character = self.data[self.offset : self.offset + 8].decode("utf-8", "replace")[:1]
        if before.endswith(b"]]") and character == ">":
            return self.problem("“]]>” may not stand in text", self.offset - 2, "write ]]&gt;")
        if before.endswith(b"--") and before.rfind(b"<!--") > before.rfind(b"-->"):
            return self.problem("“--” may not stand inside a comment", self.offset - 2)
        if before.endswith(b"<") and not character.isalpha():
            return self.problem("a “<” that begins no tag", self.offset - 1, "a “<” of the text is written &lt;")
        if character == "<":
            return self.problem("a “<” inside a tag", None, "is a “>” or a quotation mark missing before it?")
        if before.rstrip().endswith(b"="):
            return self.problem("the value of an attribute stands without quotation marks")
        if not character:
            return self.problem("the file ends in the middle of a tag")
        code = "" if character.isascii() else f" (U+{ord(character):04X})"
        return self.problem(f"“{character}”{code} can't stand here")

    def unclosed_token(self) -> Diagnostic:
        return self.problem("the file ends inside this tag or comment", None, "is the file cut off?")

    def unclosed_cdata(self) -> Diagnostic:
        return self.problem("a CDATA section that is never closed", self.data.rfind(b"<![CDATA["), "close it with ]]>")

    def duplicate_attribute(self) -> Diagnostic:
        return self.problem(f"the attribute “{self.name_at(self.offset)}” stands here a second time")

    def junk(self) -> Diagnostic:
        return self.problem("something follows the end of the outermost element", None, "only comments may stand here")

    def character_reference(self) -> Diagnostic:
        written = self.data[self.offset : self.offset + 12].partition(b";")[0].decode("utf-8", "replace")
        return self.problem(f"“{written};” is a character that XML doesn't allow")

    def misplaced_declaration(self) -> Diagnostic:
        return self.problem(
            "the XML declaration is not at the very beginning", None, "delete what stands before it, blanks included"
        )

    def unbound_prefix(self) -> Diagnostic:
        used = _PREFIXES.findall(self.places.tag(self.offset) or "")
        missing = [prefix for prefix in used if prefix not in self.declared]
        name = f" “{missing[0]}”" if missing else ""
        advice = f'declare it: xmlns:{missing[0] if missing else "prefix"}="…"'
        return self.problem(f"the prefix{name} is not declared", None, advice)

    def reference(self, exclude: Collection[str] = ()) -> tuple[str, int]:
        """Name and byte of the entity reference meant; for one in an attribute expat says only where the tag begins."""
        if self.data[self.offset : self.offset + 1] == b"&":
            return self.name_at(self.offset + 1), self.offset
        for match in _REFERENCE.finditer(self.places.tag(self.offset) or ""):
            if match[1] not in exclude:
                return match[1], self.offset + len(match.string[: match.start()].encode("utf-8"))
        return "", self.offset

    def undefined_entity(self) -> Diagnostic:
        name, offset = self.reference(exclude=self.declared)
        return self.problem(f"the entity “{name}” is not declared", offset, DECLARE_IT, rule="undefined-entity")

    def recursive_entity(self) -> Diagnostic:
        name, offset = self.reference(exclude=("amp", "lt", "gt", "quot", "apos"))
        return self.problem(f"the entity “{name}” contains itself", offset, rule="circular-entity")

    def external_entity(self) -> Diagnostic:
        name, offset = self.reference()
        return self.problem(f"the entity “{name}” stands for another file", offset, INCLUDE_IT, rule="external-entity")

    def bomb(self) -> Diagnostic:
        return self.problem("its entities expand to far more text than the file holds", rule="entity-bomb")
