"""A project: a folder of TEI documents, and what its configuration says about them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from teipipe import theme
from teipipe.books import NO_BOOKS, Books, settings
from teipipe.configuration import KEYS, configuration_in, line_of, suggestion, unshowable
from teipipe.deposit import NO_DEPOSIT, Deposit
from teipipe.deposit import settings as deposits
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import ConfigurationError, UnreadableError
from teipipe.folders import (
    Links,
    absolute,
    documents_below,
    has_readable_name,
    in_file_order,
    is_inside,
    is_refused,
    match_files,
    register_among,
)
from teipipe.rules import finding
from teipipe.stylesheets import Stylesheets
from teipipe.theme import NO_THEME, Theme

#: Seconds that one document may take, and megabytes that one worker may use, unless the configuration says otherwise.
DEFAULT_TIMEOUT: Final = 60.0
DEFAULT_MEMORY: Final = 2000

#: The address of a site: scheme, host, perhaps a port, and a path in the characters that RFC 3986 has for one.
_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
)

#: What `fail-on` may be (see `gates.thresholds`).
THRESHOLDS: Final = ("info", "warning", "error", "never")


@dataclass(frozen=True, slots=True)
class Project:
    """What is to be worked on, and how.

    All paths are made of `root` as the user would write it from the current folder, so findings can show them as they
    are. `documents` are sorted and do not include the register; `problems` are files that were refused.
    `odd`, `register` and `sources` are None if the project has none; they need not exist yet, nor need the `schemas`,
    and the files in which there is `schematron` besides a grammar; `phase` is the one of Schematron to be used.
    Findings of the rules that `ignore` names are left out; `fail_on` is the least severity that counts as failure.
    `unique_ids` says where no id may be there twice: in a "file", or in the whole "corpus".
    `description` introduces the edition: paragraphs with blank lines between them, "" if there is none.
    `site_url` is where the edition will be published, with a slash at its end, "" if that isn't known.
    `stylesheets` is the folder of the project's own, whose files take the place of those that come with teipipe;
    `words` take the place of those that an edition adds in its `language`, by their keys; `theme` is how it looks,
    `books` which books are made of it, `deposit` what packages for archives say besides.
    `timeout` is in seconds per document, `memory` in megabytes per worker; `configuration` is the file that says all
    this, if there is one.
    """

    root: Path
    title: str
    documents: tuple[Path, ...]
    register: Path | None = None
    sources: Path | None = None
    schemas: tuple[Path, ...] = ()
    schematron: tuple[Path, ...] = ()
    phase: str = ""
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    unique_ids: str = "file"
    odd: Path | None = None
    output: Path = Path("build")
    description: str = ""
    site_url: str = ""
    stylesheets: Path | None = None
    language: str = "en"
    theme: Theme = NO_THEME
    words: tuple[tuple[str, str], ...] = ()
    books: Books = NO_BOOKS
    deposit: Deposit = NO_DEPOSIT
    timeout: float = DEFAULT_TIMEOUT
    memory: int = DEFAULT_MEMORY
    configuration: Path | None = None
    problems: tuple[Diagnostic, ...] = ()

    @property
    def everything(self) -> tuple[Path, ...]:
        """All that is checked: the documents, and the register if it is there (its absence is a finding of its own)."""
        register = self.register
        return self.documents if register is None or not register.exists() else (*self.documents, register)

    @property
    def compiled(self) -> Path | None:
        """The RELAX NG file that its ODD is compiled to, None without one; what else is made of it lies beside."""
        if self.odd is None:
            return None
        return next((path for path in self.schemas if path.suffix == ".rng"), self.odd.with_suffix(".rng"))

    def relative(self, path: Path) -> str:
        """Where `path` lies in the project: POSIX, relative to the root; the same on every machine.

        A path outside the project keeps only its name.
        """
        try:
            return absolute(path).relative_to(absolute(self.root)).as_posix()
        except ValueError:
            return path.name


def load_project(
    start: Path | None = None, *, upward: bool = True, only: Sequence[Path] | None = None, may_be_empty: bool = False
) -> Project:
    """The project of the folder `start` (by default the current one).

    Its configuration is `teipipe.toml`, or `[tool.teipipe]` in `pyproject.toml`, in that folder or, if `upward`, the
    nearest one above it that has one. A folder without any is a project too: of all TEI files below it, or of the
    documents `only` (files and folders), without a search for others. If it `may_be_empty`, a glob may match no file:
    there will be documents.
    Raises ConfigurationError if the configuration can't be used, UnreadableError if there is no such folder.
    """
    start = start or Path()
    if not start.is_dir():
        what = "is a file, not a folder" if start.exists() else "no such folder"
        raise UnreadableError(what, path=start)
    folder = absolute(start)
    for candidate in (folder, *folder.parents) if upward else (folder,):
        root = _as_written(candidate, start)
        found = configuration_in(root)
        if found is not None:
            file, table, values = found
            return _Reader(root, root / file, table, values, may_be_empty=may_be_empty).project()
    return _bare(_as_written(folder, start), only)


def require_documents(project: Project) -> None:
    """Raise ConfigurationError if there is nothing to work on: nothing done is not the same as nothing wrong."""
    if not (project.documents or project.register or project.problems):
        raise ConfigurationError(
            "there is no TEI document in this folder", path=project.root, help="name the folder that holds them"
        )


def select_documents(project: Project, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The documents that `paths` name: files as they are, folders for what the project has in them.

    Raises ConfigurationError for a folder in which it has nothing.
    """
    chosen: dict[Path, None] = {}
    everything = (*project.documents, *((project.register,) if project.register else ()))
    for path in paths:
        if absolute(path) == absolute(project.root):
            found = list(everything)
        else:
            found = [document for document in everything if is_inside(document, path)] if path.is_dir() else [path]
        if not found:
            raise ConfigurationError(
                "the project has no document in this folder",
                path=path,
                help="name the files themselves, or add the folder to documents in the configuration",
            )
        chosen.update(dict.fromkeys(found))
    return tuple(chosen)


def _as_written(folder: Path, start: Path) -> Path:
    """`folder` in the manner of `start`: absolute if that is, else from the current folder."""
    return folder if start.is_absolute() else Path(os.path.relpath(folder))


def _bare(root: Path, only: Sequence[Path] | None) -> Project:
    """A folder without configuration: every TEI file in it, and a register if one is recognisable."""
    output = root / "build"
    refused: list[Path] = []
    if only is None:
        documents, refused = documents_below(root, output)
        register = register_among(documents)
    else:
        documents = [path for path in only if not path.is_dir()]
        for folder in (path for path in only if path.is_dir()):
            below, links = documents_below(folder, output)
            documents += below
            refused += links
        register = register_among([*documents, root / "register.xml"])
    return Project(
        root=root,
        title=absolute(root).name,
        documents=tuple(path for path in documents if register is None or not _same(path, register)),
        register=register,
        output=output,
        problems=_refused(refused),
    )


def _refused(paths: Sequence[Path]) -> tuple[Diagnostic, ...]:
    return tuple(
        finding("link-out-of-project", f"a link to “{os.path.realpath(path)}”", Location(path))
        if has_readable_name(path)
        else finding("unreadable-file", "its name is not in UTF-8", Location(path), "rename the file")
        for path in paths
    )


class _Reader:
    """Turns the values of one configuration file into a Project, with exact complaints."""

    def __init__(
        self, root: Path, file: Path, table: str, values: Mapping[str, Any], *, may_be_empty: bool = False
    ) -> None:
        self.root = root
        self.file = file
        self.table = table
        self.values = values
        self.may_be_empty = may_be_empty
        self.links = Links()

    def project(self) -> Project:
        unknown = [key for key in self.values if key not in KEYS]
        if unknown:
            raise self.error(unknown[0], f"unknown key “{unknown[0]}”", suggestion(unknown[0], KEYS))
        if key := unshowable(self.values):
            raise self.error(key, f"{key} has a control character in it", "take it out")
        output = self.path("output") or self.root / "build"
        register = self.path("register")
        documents, refused = self.documents(output)
        real = None if register is None else self.links.real(register)
        kept = tuple(path for path in documents if self.links.real(path) != real)
        self.check_output(output, kept)
        return Project(
            root=self.root,
            title=self.text("title") or absolute(self.root).name,
            documents=kept,
            register=register,
            sources=self.path("sources"),
            schemas=self.paths("schema"),
            schematron=self.paths("schematron"),
            phase=self.text("phase") or "",
            ignore=self.names("ignore"),
            fail_on=self.choice("fail-on", "error", THRESHOLDS),
            unique_ids=self.choice("unique-ids", "file", ("file", "corpus")),
            odd=self.path("odd"),
            output=output,
            description=(self.text("description") or "").strip(),
            site_url=self.address("site-url"),
            stylesheets=(stylesheets := self.stylesheets()),
            language=self.language(stylesheets),
            theme=theme.read(self.values["theme"], self) if "theme" in self.values else NO_THEME,
            words=self.words(stylesheets),
            books=settings.read(self.values["books"], self) if "books" in self.values else NO_BOOKS,
            deposit=deposits.read(self.values.get("deposit", {}), self),
            timeout=self.number("timeout", DEFAULT_TIMEOUT),
            memory=round(self.number("memory", DEFAULT_MEMORY)),
            configuration=self.file,
            problems=_refused(refused),
        )

    def error(self, key: str, message: str, help: str | None = None) -> ConfigurationError:
        line = line_of(key, self.table, self.file)
        where = Path(f"{self.file}:{line}") if line else self.file
        return ConfigurationError(message, path=where, help=help)

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self.error(key, f"{key} must be a string that isn't empty", f'write {key} = "…"')

    def number(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
            raise self.error(key, f"{key} must be a number above 0", f"write {key} = {default:g}")
        return float(value)

    def path(self, key: str) -> Path | None:
        value = self.text(key)
        return None if value is None else self.inside(key, value)

    def paths(self, key: str) -> tuple[Path, ...]:
        """One path, or a list of them."""
        return tuple(self.inside(key, value) for value in self.names(key))

    def names(self, key: str) -> tuple[str, ...]:
        """One string, or a list of them."""
        values = self.values.get(key, [])
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.error(key, f"{key} must be a string or a list of strings", f'write {key} = "…"')
        return tuple(values)

    def choice(self, key: str, default: str, values: Sequence[str]) -> str:
        value = self.text(key) or default
        if value not in values:
            raise self.error(key, f"{key} can't be “{value}”", f"it is one of: {', '.join(values)}")
        return value

    def address(self, key: str) -> str:
        """An address on the web to which paths can be added; "" if there is none."""
        value = self.text(key) or ""
        if value and not _ADDRESS.fullmatch(value):
            raise self.error(
                key,
                f"{key} can't be “{value}”",
                'write a whole address, without "?" or "#" and in ASCII, such as "https://example.org/edition/"',
            )
        return value if not value or value.endswith("/") else f"{value}/"

    def inside(self, key: str, value: str) -> Path:
        path = self.root / value
        if PurePosixPath(value).is_absolute() or not is_inside(path, self.root):
            raise self.error(
                key, f"{key} “{value}” leads out of the project", "name a path below the folder of this file"
            )
        return path

    def documents(self, output: Path) -> tuple[list[Path], list[Path]]:
        """The files that the globs match, and those that were refused."""
        if "documents" not in self.values:
            return documents_below(self.root, output)
        patterns = self.values["documents"]
        if not isinstance(patterns, list) or not patterns or not all(isinstance(item, str) for item in patterns):
            raise self.error("documents", "documents must be a list of globs", 'write documents = ["tei/*.xml"]')
        matched: set[Path] = set()
        for pattern in patterns:
            matched.update(self.matched(pattern, output))
        refused = [path for path in matched if is_refused(path, self.root, self.links)]
        kept = matched.difference(refused) if refused else matched
        return in_file_order(kept), in_file_order(refused)

    def matched(self, pattern: str, output: Path) -> list[Path]:
        parts = PurePosixPath(pattern).parts
        if not parts or pattern.startswith("/") or ".." in parts:
            raise self.error(
                "documents",
                f"glob “{pattern}” leads out of the project",
                "name paths below the folder of this file",
            )
        files = match_files(self.root, pattern, output)
        if not files and not self.may_be_empty:
            is_folder = (self.root / pattern).is_dir()
            advice = f'for a folder write "{pattern.rstrip("/")}/*.xml"' if is_folder else "check it for a slip"
            raise self.error("documents", f"glob “{pattern}” matches no file", advice)
        return files

    def check_output(self, output: Path, documents: tuple[Path, ...]) -> None:
        """The output is a folder of its own: whatever isn't part of the edition is never in the way."""
        if _same(output, self.root) or any(is_inside(path, output, self.links) for path in documents):
            raise self.error(
                "output",
                f"output “{self.values.get('output', 'build')}” holds the documents themselves",
                'name a folder of its own, such as "build"',
            )

    def stylesheets(self) -> Path | None:
        folder = self.path("stylesheets")
        if folder is not None and not folder.is_dir():
            raise self.error("stylesheets", f"stylesheets “{self.values['stylesheets']}” is not a folder")
        return folder

    def language(self, stylesheets: Path | None) -> str:
        language = self.text("language") or "en"
        known = Stylesheets(stylesheets).languages()
        if language not in known:
            raise self.error("language", f"there are no labels in “{language}”", f"there are: {', '.join(known)}")
        return language

    def words(self, stylesheets: Path | None) -> tuple[tuple[str, str], ...]:
        """Words of the project's own for keys of the table of labels."""
        table = self.values.get("words", {})
        if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
            raise self.error(
                "words", "words must be a table of strings", 'write [words], and below it "page.documents" = "Letters"'
            )
        known = Stylesheets(stylesheets).keys() if table else ()
        for key in table:
            if key not in known:
                raise self.error("words", f"there are no words under “{key}”", suggestion(key, known))
        return tuple(sorted(table.items()))


def _same(first: Path, second: Path) -> bool:
    return os.path.realpath(first) == os.path.realpath(second)
