"""From a book to PDF, by the template in xslt/print; and the cover. The only module that imports typst.

Typst reads no file of ours: template and book are handed to it as they are, so that it can run where nothing may be
written and hardly anything read. Words of a book never become code: they are data to the template.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, Literal

from teipipe.books.preparation import prepare
from teipipe.books.settings import CJK_PACKAGE, Print, Standard
from teipipe.errors import TypesettingError

#: What comes with Typst and covers most scripts of Europe, in the order in which letters are looked for.
_EMBEDDED: Final = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")

_CJK_FILE: Final = "NotoSerifCJKsc-Regular.otf"

#: The media type of TEI.
TEI: Final = "application/tei+xml"

#: The file of the template that is no part of books.
COVER: Final = "cover.typ"
#: The width and height of a cover in pixels.
COVER_SIZE: Final = (1600, 2560)

#: Typst asks for a folder that files are read from. In this one there are none, whatever a template asks for.
_ROOT: Final = Path(os.devnull)
_PAGE: Final = re.compile(rb"/Type ?/Page\b")
_PLACE: Final = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_LACKING: Final = re.compile(r'(?:the text `|the codepoint `)"((?:[^"\\]|\\.)*)"`')
#: What Typst says when it can't tell which element the parts of a page belong to.
_UNMARKED: Final = ("internal error", "structure", "tags")
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A book that was set; what could be set only in another way than was asked for; characters without a glyph.

    `unmet` says why the file conforms to none of the standards that it should; "" if it does.
    """

    pdf: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class _Program:
    """The files of a template as one text; knows which line is from which file."""

    source: str
    starts: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, files: Mapping[str, str]) -> _Program:
        starts, lines = [], 0
        for name, text in files.items():
            starts.append((lines, name))
            lines += text.count("\n") + 1
        return cls("\n".join(files.values()), tuple(starts))

    def place(self, diagnostic: str) -> str:
        """Where in the template ("40-blocks.typ:12"), or nothing."""
        found = _PLACE.search(diagnostic)
        if found is None:
            return ""
        line = int(found[1])
        start, name = next(pair for pair in reversed(self.starts) if pair[0] < line)
        return f"{name}:{line - start}"


def typeset(
    book: str,
    settings: Print,
    templates: Mapping[str, str],
    *,
    attachments: Sequence[tuple[str, bytes]] = (),
    provenance: str = "",
) -> Typeset:
    """A book (XML, tests/books/book.rnc) as PDF, by the files of the template; raises TypesettingError.

    `provenance` says from what it was made: it is one of the file's keywords, for Typst has no other room for it.
    `attachments` are TEI files with their names. They go into a PDF that may have files in it: PDF/A-2 may not.
    """
    from lxml import etree

    try:
        ready = prepare(book)
    except etree.XMLSyntaxError as error:
        raise TypesettingError(f"the book isn't well-formed ({error})") from error
    program = _Program.of({name: text for name, text in sorted(templates.items()) if name != COVER})
    fonts = _fonts(settings.fonts)
    families = _families(fonts, settings.font)
    missing = missing_glyphs(ready.characters, settings)
    inputs = {"book": ready.book}
    inputs["settings"] = json.dumps(
        {
            "paper": settings.paper,
            "margins": settings.margins,
            "two-sided": settings.two_sided,
            "size": settings.size,
            "families": families,
            "missing": _any_of(missing),
            "large": ready.is_large,
            "provenance": provenance,
            "attachments": list(_attached(attachments, settings.standards, inputs)),
        }
    )
    run = partial(_run, program, fonts, time=_time(ready.date))
    unmet = ""
    try:
        pdf, warnings = run(inputs, settings.standards)
    except TypesettingError as error:
        if not any(word in error.message for word in _UNMARKED):
            raise
        pdf, warnings, unmet = _otherwise(run, inputs, prepare(book, notes_behind=True).book, settings.standards, error)
    unknown = [f"there is no font “{settings.font}”"] if families[0].lower() != settings.font.lower() else []
    return Typeset(pdf, _pages(pdf), (*unknown, *ready.warnings, *warnings), missing, unmet)


def _otherwise(
    run: Callable[..., tuple[Any, tuple[str, ...]]],
    inputs: dict[str, str],
    other: str,
    standards: Sequence[Standard],
    error: TypesettingError,
) -> tuple[Any, tuple[str, ...], str]:
    """A book that Typst (0.15) fails to mark up, for some notes stand in lists where pages end."""
    why = f"else Typst would fail ({error.message.partition(' (')[0]})"
    try:
        pdf, warnings = run(inputs | {"book": other}, standards)
    except TypesettingError:
        pdf, warnings = run(inputs, (), tags=False)
        without = f"it says nothing of its structure, and conforms to no standard: {why}"
        return (
            (pdf, warnings, without)
            if standards
            else (pdf, (f"it says nothing of its structure: {why}", *warnings), "")
        )
    return pdf, (f"notes in lists stand on the pages where these end: {why}", *warnings), ""


def missing_glyphs(characters: frozenset[str], settings: Print) -> frozenset[str]:
    """Those of the characters that no font has a glyph for, or that an archive doesn't take (private ones)."""
    fonts = _fonts(settings.fonts)
    found: set[str] = set()
    inputs = {"families": json.dumps(_families(fonts, settings.font))}
    # One round, as a rule: Typst names all that it lacks. Those that it names in groups make others necessary.
    while rest := sorted(characters - found):
        inputs["characters"] = json.dumps(rest)
        try:
            _run(_PROBE, fonts, inputs, ("a-2a",), 0)
        except TypesettingError as error:
            lacking = _lacking(getattr(error.__cause__, "diagnostic", "")) & frozenset(rest)
            if not lacking:
                raise
            found |= lacking
        else:
            break
    return frozenset(found)


def cover(book: str, settings: Print, templates: Mapping[str, str]) -> bytes:
    """The cover of a book as an image (PNG), by the file cover.typ of the template; raises TypesettingError."""
    from lxml import etree

    root = etree.fromstring(book.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    texts = root.find("texts")
    if texts is not None:
        texts.clear()
    fonts = _fonts(settings.fonts)
    given = {"families": _families(fonts, settings.font), "cover": COVER_SIZE}
    inputs = {"book": etree.tostring(root, encoding="unicode"), "settings": json.dumps(given)}
    image, _ = _run(_Program.of({COVER: templates[COVER]}), fonts, inputs, (), 0, "png")
    return bytes(image)


_PROBE: Final = _Program.of(
    {
        "probe.typ": """
#set document(title: "probe")
#set text(font: json(bytes(sys.inputs.families)), fallback: false)
#for letter in json(bytes(sys.inputs.characters)) { par(letter) }
"""
    }
)


def _run(
    program: _Program,
    fonts: Any,
    inputs: Mapping[str, str],
    standards: Sequence[Standard],
    time: int,
    form: Literal["pdf", "png"] = "pdf",
    tags: bool = True,
) -> tuple[Any, tuple[str, ...]]:
    """What Typst makes of a program, and its warnings. Raises TypesettingError, whatever happens in Typst."""
    import typst

    try:
        compiler = typst.Compiler(root=_ROOT, font_paths=fonts, ignore_system_fonts=True)
        made, warnings = compiler.compile_with_warnings(
            input=program.source.encode(),
            format=form,
            ppi=72,
            sys_inputs=dict(inputs),
            pdf_standards=list(standards),
            pdf_tags=tags,
            timestamp=time,
        )
    except typst.TypstError as error:
        place = program.place(error.diagnostic)
        raise TypesettingError(f"{place}: {error.message}" if place else error.message) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of Typst is no Exception
        raise TypesettingError(f"Typst failed ({error})") from error
    return made, tuple(dict.fromkeys(_told(program, warning) for warning in warnings))


def _told(program: _Program, warning: Any) -> str:
    place = program.place(warning.diagnostic)
    return f"{place}: {warning.message}" if place else str(warning.message)


def _lacking(diagnostic: str) -> frozenset[str]:
    """The characters that the diagnostic names, which has them as Rust writes strings."""
    return frozenset("".join(_ESCAPE.sub(_unescaped, found) for found in _LACKING.findall(diagnostic)))


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(escape[2], escape[2])


def _any_of(characters: frozenset[str]) -> str:
    """A pattern for one of the characters, as Typst wants it; empty for none."""
    return "[" + "".join(f"\\x{{{ord(letter):X}}}" for letter in sorted(characters)) + "]" if characters else ""


@lru_cache(maxsize=4)
def _fonts(folder: Path | None) -> Any:
    import typst

    folders = [str(found) for found in (folder, _cjk()) if found is not None]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def _cjk() -> Path | None:
    """The folder of the fonts for Han and Hangul, if they are installed; the package itself isn't run."""
    found = importlib.util.find_spec(CJK_PACKAGE)
    places = () if found is None else found.submodule_search_locations or ()
    folders = (Path(place) / "fonts" for place in places)
    return next((folder for folder in folders if (folder / _CJK_FILE).is_file()), None)


def _families(fonts: Any, first: str) -> list[str]:
    """Where letters are looked for, in this order: the book's font, the project's own, what comes with Typst, Han.

    No others are taken, though there may be some beside those that were asked for.
    """
    cjk = _cjk()
    own, han = [], []
    for font in fonts.fonts():
        path = None if font.path is None else Path(font.path)
        if path is not None and cjk is not None and path.parent == cjk:
            if path.name == _CJK_FILE:
                han.append(font.family)
        elif path is not None:
            own.append(font.family)
    there = [*sorted(own), _EMBEDDED[0], *han, *_EMBEDDED[1:]]
    return list(dict.fromkeys([*(name for name in there if name.lower() == first.lower()), *there]))


def _pages(pdf: bytes) -> int:
    """How many pages a PDF of Typst's has: it writes each as an object that isn't compressed."""
    return len(_PAGE.findall(pdf))


def _attached(
    attachments: Sequence[tuple[str, bytes]], standards: Sequence[Standard], inputs: dict[str, str]
) -> Iterator[dict[str, str]]:
    """What the template is told of each file, whose data are put among the inputs: inputs are strings."""
    if "a-2a" in standards:
        return
    for at, (name, data) in enumerate(attachments):
        key = f"attachment-{at}"
        try:
            inputs[key], encoding = data.decode(), "utf-8"
        except UnicodeDecodeError:
            inputs[key], encoding = data.decode("latin-1"), "bytes"
        yield {"name": name, "key": key, "type": TEI, "encoding": encoding}


def _time(date: str) -> int:
    """The date of an edition in seconds, which takes the place of the clock: the same book is the same file.

    One that has none is from the beginning of time, as computers count it: archives insist on a date.
    """
    if not date:
        return 0
    try:
        given = datetime.fromisoformat(date)
    except ValueError as error:
        raise TypesettingError(f'the book has a date that is none ("{date}")') from error
    return int(given.replace(tzinfo=given.tzinfo or UTC).timestamp())
