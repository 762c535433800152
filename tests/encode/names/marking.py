"""Runs the names of a register over a small text, and writes what was found into it: [[entry|words]]."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from teipipe.encode.blocks import Block, Label, Structure
from teipipe.encode.marked import Marked, Named
from teipipe.encode.names import names_in
from teipipe.encode.names.register import Register, load_register
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"\[\[[^|\]]*\||\]\]")
_LABEL = re.compile(r"((?:(?:Cde\.|MR\.|Mr\.) )*)(\S[^:]*): ")
_KINDS = {"person": "persName", "org": "orgName", "place": "placeName", "event": "eventName", "group": "persName"}
_TAGS = {"group": "personGrp"}


def entry(kind: str, identifier: str, names: Sequence[str]) -> str:
    """An entry; "~" stands before an epithet, "*" before a year of birth, "office:" before an office."""
    element, tag = _KINDS[kind], _TAGS.get(kind, kind)
    inner: list[str] = []
    kinds = ["preferred", *["variant"] * len(names)]
    for name in names:
        if name.startswith("*"):
            inner.append(f'<birth when="{name[1:]}"/>')
        elif name.startswith("office: "):
            inner.append(f"<occupation>{escape(name.removeprefix('office: '))}</occupation>")
        elif name.startswith("~"):
            inner.append(f'<{element} type="epithet">{escape(name[1:])}</{element}>')
        else:
            inner.append(f'<{element} type="{kinds.pop(0)}">{escape(name)}</{element}>')
    return f'<{tag} xml:id="{identifier}">{"".join(inner)}</{tag}>'


def tei(*entries: str) -> str:
    """A register of entries."""
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>'
        + "\n".join(entries)
        + "</listPerson></standOff></TEI>"
    )


def register_of(entries: Mapping[str, Mapping[str, Sequence[str]]]) -> Register:
    """A register, read from a file: its entries by their kinds and ids."""
    written = [entry(kind, name, names) for kind, ones in entries.items() for name, names in ones.items()]
    path = Path(_folder().name) / "register.xml"
    path.write_text(tei(*written), encoding="utf-8")
    return load_register(path)


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def structure_of(text: str, how: str) -> Structure:
    """A paragraph for each line; where it says so, turns with labels ("Cde. X: "), or first lines that list persons."""
    blocks: list[Block] = []
    labels: list[Label] = []
    present: list[tuple[int, int]] = []
    for number, line in enumerate(_LINE.finditer(text)):
        match = _LABEL.match(line[0]) if how == "turns" and ": " in line[0][:60] else None
        if match:
            name = (line.start() + match.start(2), line.start() + match.end(2))
            role = (line.start(), name[0] - 1) if match[1] else None
            labels.append(Label(line.start(), name[1] + 1, name, role, (name[1], name[1] + 1)))
            end = line.start() + match.end()
            turn = (Block("speaker", line.start(), end - 1), Block("p", end, line.end()))
            blocks.append(Block("sp", line.start(), line.end(), children=turn))
        else:
            blocks.append(Block("head" if how == "title" and not number else "p", line.start(), line.end()))
        if how == "present" and not number:
            present.append((line.start(), line.end()))
    division = Block("div", blocks[0].start, blocks[-1].end, (("type", "section"),), tuple(blocks))
    titles = ((blocks[0].start, blocks[0].end),) if how == "title" else ()
    return Structure("essay", "essay", body=(division,), labels=tuple(labels), present=tuple(present), titles=titles)


def named(text: str, register: Register | None, *, how: str = "", language: str = "en") -> Named:
    """The names in a text."""
    settings = Settings(id="x", date="2026-01-01", language=language, register=register)
    return names_in(Transcript(Path("talk.txt"), text), structure_of(text, how), Marked(), settings)


def unmarked(marked: str) -> str:
    """The text without marks."""
    return _MARK.sub("", marked)


def marked(text: str, found: Named) -> str:
    """The text with a mark around each name, outer ones around inner ones; `roleName` isn't shown."""
    signs: list[tuple[int, int, int, str]] = []
    for span in found.spans:
        if span.element != "roleName":
            target = dict(span.attributes).get("ref", "").partition("#")[2]
            signs.append((span.start, 1, -span.end, f"[[{target}|"))
            signs.append((span.end, 0, -span.start, "]]"))
    pieces, at = [], 0
    for place, _, _, sign in sorted(signs):
        pieces += [text[at:place], sign]
        at = place
    return "".join((*pieces, text[at:]))


def cases(table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any], str]]:
    """Each text of a table of cases with what it is about, and its register."""
    return [(about, group, text) for about, group in table.items() for text in group["texts"]]
