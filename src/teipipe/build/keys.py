"""What each file of an edition depends on, as one checksum: with the same key, it need not be made again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe import __version__
from teipipe.books.fonts import font_files
from teipipe.books.settings import CJK_PACKAGE
from teipipe.build.manifest import checksum
from teipipe.documents import read_bytes
from teipipe.folders import leads_out
from teipipe.provenance import Statement
from teipipe.resources import bundled
from teipipe.stylesheets import APART, ASSETS, Stylesheets

if TYPE_CHECKING:
    from teipipe.editions import Corpus, SitePage
    from teipipe.project import Project
    from teipipe.site import Shares

#: The code that makes pages, besides the stylesheets: these modules and packages.
_CODE: Final = ("editions", "site", "saxon.py", "stylesheets.py", "views.py")


def key_of(*parts: object) -> str:
    """The checksum of values that have the same `repr` whenever they are the same: text, numbers, tuples, values."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def project_key(project: Project, corpus: Corpus, stylesheets: str) -> str:
    """What every page depends on: teipipe, the stylesheets (by their key), what the project says of itself."""
    return key_of(_code(), stylesheets, corpus.date, corpus.version, settings_key(project, corpus))


def settings_key(project: Project, corpus: Corpus) -> str:
    """What the project says of itself, as far as every page depends on it."""
    whole = (corpus.title, corpus.site_url, corpus.look, corpus.description)
    return key_of(project.language, project.words, *whole, corpus.register_file, corpus.books, corpus.volumes)


def statement_of(project: Project, corpus: Corpus, stylesheets: str) -> Statement:
    """What every file of an edition says of what made it; its path and what it was made of come later."""
    register = "" if corpus.register is None else corpus.register.path
    settings = settings_key(project, corpus)
    return Statement(corpus.version, corpus.date, ".", register=register, settings=settings, stylesheets=stylesheets)


def surroundings_key(document: str, corpus: Corpus) -> str:
    """What the document with this id sees of the whole, besides that: of itself it knows more than the others do."""
    others = tuple(entry for entry in corpus.documents if entry.id != document)
    return key_of(others, corpus.register, corpus.previous, corpus.next)


def page_key(project: Project, shares: Shares, page: SitePage) -> str:
    """All that a page about the whole is made of; raises UnreadableError."""
    style = (style_key(project),) if page.root_path == "none" else ()
    return key_of(*shares.key(page), *style)


def stylesheets_key(project: Project) -> str:
    """The content of all stylesheets and their tables: those of the project, and ours; assets are copied, not read.

    Raises UnreadableError.
    """
    return key_of(*(_contents(folder, ASSETS) for folder in Stylesheets(project.stylesheets).folders))


def rendering_key(project: Project) -> str:
    """The same of those by which pages, texts and books are made."""
    ours, own = bundled("xslt"), project.stylesheets
    return key_of(_contents(ours, APART), *(() if own is None else (_contents(own, ASSETS),)))


def books_key(project: Project) -> str:
    """What every book depends on besides what pages do: how books look, fonts and images, what makes them."""
    from importlib.metadata import distributions, version

    package = Path(__file__).parents[1]
    code = _checksum(package, (path for path in _files(package / "books") if path.suffix == ".py"))
    # The fonts for Han and Hangul, if they are there.
    further = [found.version for found in distributions(name=CJK_PACKAGE)]
    return key_of(code, version("typst"), book_settings_key(project), further)


def book_settings_key(project: Project) -> str:
    """What the project says of its books: how they look, with which fonts and images. Raises UnreadableError."""
    books = project.books
    folder, cover = books.print.fonts, books.epub.cover
    own = "" if folder is None else _checksum(folder, _own_fonts(folder))
    settings = (books.formats, replace(books.print, fonts=None), books.epub.fonts)
    image = "" if cover is None else checksum(read_bytes(cover))
    return key_of(settings, own, image)


def style_key(project: Project) -> str:
    """The style sheet that a page has in itself which stands alone; raises UnreadableError."""
    return checksum(read_bytes(Stylesheets(project.stylesheets).file("assets/base.css")))


def _own_fonts(folder: Path) -> Iterator[Path]:
    # Workers can't follow links out of the folder.
    return (path for path in font_files(folder, (".otf", ".otc", ".ttf", ".ttc")) if not leads_out(path, folder))


def _contents(folder: Path, apart: Collection[str]) -> str:
    found = (path for path in _files(folder) if path.relative_to(folder).parts[0] not in apart)
    # Editors keep hidden files beside those that are open, some of them links that lead nowhere.
    return _checksum(folder, (path for path in found if not path.name.startswith(".")))


@cache
def _code() -> str:
    """The code, and the libraries whose work is seen in what it makes."""
    from importlib.metadata import version

    package = Path(__file__).parents[1]
    files = (
        path for name in _CODE for path in (_files(package / name) if (package / name).is_dir() else [package / name])
    )
    own = _checksum(package, (path for path in files if path.suffix == ".py"))
    return key_of(__version__, version("saxonche"), own)


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield Path(place, name)


def _checksum(folder: Path, files: Iterable[Path]) -> str:
    return key_of(*((path.relative_to(folder).as_posix(), sha256(read_bytes(path)).digest()) for path in sorted(files)))
