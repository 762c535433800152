"""The review of encodings as one page: what it comes to, each file, and what was decided in it, the doubtful first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.encode.review.file import Room, file_section
from teipipe.encode.review.levels import KINDS, LEVELS, Counts, counts_of
from teipipe.encode.review.strips import NOUNS, strip, table_of
from teipipe.reports.html import page
from teipipe.reports.html.markup import EMPTY, Html, counted, tag, words
from teipipe.reports.paths import home, name

if TYPE_CHECKING:
    from teipipe.encode.encoder import Encoding

_HERE: Final = Path(__file__).resolve().parent
#: So many files are in the table of contents.
_FILES: Final = 5_000


@dataclass(frozen=True, slots=True)
class _File:
    """What the page has of one file: `section` is its part of it, already in HTML."""

    name: str
    anchor: str
    profile: str
    counts: Counts
    section: Html

    @property
    def order(self) -> tuple[int, ...]:
        """The file with the most that is doubtful comes first."""
        return tuple(-number for number in _levels(self.counts))


def review(encodings: Iterable[Encoding], *, folder: Path | None = None) -> Iterator[str]:
    """The page in pieces; see `review_html`."""
    here = home(folder)
    room = Room()
    files = [_file(encoding, number, here, room) for number, encoding in enumerate(encodings, 1)]
    files.sort(key=lambda file: (file.order, file.name))
    total: Counts = Counter()
    for file in files:
        total.update(file.counts)
    style, script = page.look() + _part("review.css"), _part("review.js")
    yield f'<!DOCTYPE html>\n<html lang="en">\n{page.head("Review of the encoding", style, script)}\n<body>\n'
    yield tag("a", words("Skip to the decisions"), href="#files" if files else "#overview", class_="skip") + "\n"
    yield tag("header", *_head(files, total)) + "\n<main>\n"
    yield tag("section", *_overview(files, total), id="overview") + "\n"
    yield tag("div", id="filter", class_="filter", hidden="") + "\n"  # the script fills it
    yield '<div id="files">\n'
    for file in files:
        yield file.section + "\n"
    yield f"</div>\n</main>\n{page.foot(script)}"


def _file(encoding: Encoding, number: int, here: Path, room: Room) -> _File:
    title = name(encoding.transcript.path, here).as_posix()
    counts = counts_of(encoding.decisions)
    section = file_section(encoding, number, title, room)
    return _File(title, f"file-{number}", encoding.structure.profile, counts, section)


def _head(files: list[_File], total: Counts) -> Iterator[Html]:
    yield tag("h1", words("Review of the encoding"))
    yield tag("p", *_outcome(files, total), class_="lead")
    links = [("overview", "Overview"), ("contents", "Files"), ("files", "Decisions")] if files else []
    if links:
        items = [tag("li", tag("a", words(title), href=f"#{anchor}")) for anchor, title in links]
        yield tag("nav", tag("ul", *items), aria_label="On this page")


def _outcome(files: list[_File], total: Counts) -> Iterator[Html]:
    number = sum(total.values())
    if not number:
        yield words(f"Nothing was decided in {counted(len(files), 'file')}.")
        return
    undecided, low, *_ = _levels(total)
    doubtful = ", ".join(
        part for part, amount in ((f"{undecided:,} undecided", undecided), (f"{low:,} of low certainty", low)) if amount
    )
    yield tag("strong", words(f"Look at {doubtful}" if doubtful else "Nothing is doubtful"))
    concerned = sum(1 for file in files if any(_levels(file.counts)[:2]))
    where = f", in {concerned:,} of {counted(len(files), 'file')}" if doubtful and len(files) > 1 else ""
    yield words(f"{where}. {counted(number, 'decision')} in {counted(len(files), 'file')}.")


def _levels(counts: Counts) -> list[int]:
    return [sum(counts[kind, level] for kind in KINDS) for level in LEVELS]


def _overview(files: list[_File], total: Counts) -> Iterator[Html]:
    yield tag("h2", words("Overview"))
    tiles = [("files" if len(files) != 1 else "file", len(files), "")]
    tiles += [(NOUNS[level], number, level) for level, number in zip(LEVELS, _levels(total), strict=True)]
    yield tag(
        "dl",
        *(
            tag("div", tag("dt", words(title)), tag("dd", words(f"{number:,}")), class_=f"tile {kind}".strip())
            for title, number, kind in tiles
        ),
        class_="tiles",
    )
    if len(files) != 1 and total:
        yield tag("h3", words("By kind"))
        yield table_of(total)
    if files:
        yield tag("h3", words("Files"), id="contents")
        yield _contents(files)


def _contents(files: list[_File]) -> Html:
    most = max(sum(file.counts.values()) for file in files) or 1
    heads = [tag("th", words("File"), scope="col"), tag("td")]
    heads += [tag("th", words(NOUNS[level]), scope="col", class_="amount") for level in LEVELS]
    heads.append(tag("th", words("profile"), scope="col", class_="wide"))
    rows = [_content(file, most) for file in files[:_FILES]]
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="contents")
    rest = len(files) - _FILES
    more = tag("p", words(f"{counted(rest, 'more file')} below."), class_="said") if rest > 0 else EMPTY
    return Html(table + more)


def _content(file: _File, most: int) -> Html:
    numbers = _levels(file.counts)
    cells = [tag("td", words(f"{number:,}" if number else "–"), class_="amount") for number in numbers]
    link = tag("a", tag("code", words(file.name)), href=f"#{file.anchor}")
    return tag(
        "tr",
        tag("th", link, scope="row"),
        tag("td", strip(numbers, most), class_="chart"),
        *cells,
        tag("td", words(file.profile), class_="wide"),
    )


@cache
def _part(file: str) -> str:
    return (_HERE / file).read_text(encoding="utf-8")
