"""Runs the passes and the renderers over one document: one tree, parsed once, for every view and format."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from lxml import etree

from teipipe.documents import Document
from teipipe.editions.attempts import Attempt
from teipipe.editions.site_page import SitePage
from teipipe.errors import StylesheetError, TeipipeError
from teipipe.saxon import NAMESPACE, Engine, Message, Node, Parameter
from teipipe.stylesheets import Stylesheets
from teipipe.views import VIEWS, View

Format = Literal["html", "text"]

#: TEI to TEI, in this order: each decides one thing; renderers decide nothing. Only the last depends on the view, so
#: numbers and links are the same in all of them.
PASSES: Final = (
    "10-stamp-source-path",
    "20-number",
    "30-resolve-pointers",
    "40-find-rules",
    "50-list-interventions",
    "60-choose-readings",
)

#: The views that have a page, and how far below the root of the site it lies.
HTML_VIEWS: Final[dict[View, str]] = {"reading": "../", "diplomatic": "../../"}

#: What can be made of a document apart from the rest: every view alone; both side by side, with what programs read.
Part = Literal["views", "beside"]
PARTS: Final[tuple[Part, ...]] = ("views", "beside")

_DECLARATION: Final = re.compile(r"\A<\?xml[^>]*\?>\s*")

#: The forms of a document for programs, with the end of the file's path: made once, for they are the same in all views.
FORMS: Final = {name: f"/{name}" for name in ("cite.bib", "cite.ris", "cite.csl.json")} | {"json": "/{}.json"}


@dataclass(frozen=True, slots=True)
class Source:
    """What the renderers need of a document, small and picklable, so that it can go to a worker process.

    `id` names its pages, `path` is where it lies in the project (POSIX, relative), `xml` its root element as text
    with entities expanded, `sha256` the checksum of the file.
    """

    id: str
    path: str
    xml: str
    sha256: str

    @classmethod
    def of(cls, document: Document, *, id: str, path: str, sha256: str) -> Source:  # noqa: A002 (as the field)
        """The source of a well-formed document; raises NotParsedError otherwise."""
        return cls(id, path, etree.tostring(document.root, encoding="unicode", with_tail=False), sha256)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the corpus as the others see it; `created` is when it was made (ISO), "" if it doesn't say so.

    `is_active` says that a browser would run something that stands in it; its TEI is then published as plain text.
    `language` is that of the title, "" if it isn't known.
    """

    id: str
    path: str
    title: str
    sha256: str
    created: str = ""
    is_active: bool = False
    language: str = ""

    @property
    def tei(self) -> str:
        """The name of the file beside its pages that is its TEI."""
        return f"{self.id}.xml.txt" if self.is_active else f"{self.id}.xml"


@dataclass(frozen=True, slots=True)
class Look:
    """What a theme adds to each page: whether there is a style sheet of its own, the name of the logo, words."""

    has_style: bool = False
    logo: str = ""
    header: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What every page says about the whole: title, date (ISO), teipipe's version, documents, register, address.

    `description` introduces the edition in paragraphs with blank lines between them, "" if there is none.
    `site_url` is where the edition is published, "" if that isn't known; `look` is what a theme adds to each page;
    `register_file` is the name that the register's TEI has on the site.
    `books` are the formats in which there are books (see `books.Books`; "edition" and "documents" say of what), in so
    many `volumes`.
    Seen from one document (`surroundings`), documents and register hold what it points at, and there are the `previous`
    and the `next` one in order.
    """

    title: str
    date: str
    version: str
    documents: tuple[Entry, ...]
    register: Source | None = None
    site_url: str = ""
    previous: Entry | None = None
    next: Entry | None = None
    look: Look = Look()
    register_file: str = "register.xml"
    description: str = ""
    books: tuple[str, ...] = ()
    volumes: int = 1


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the result: its path below the output folder (POSIX) and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """All that was made of one document.

    `summary` is the XML (an element, no declaration) that the pages about the whole corpus are made from, "" if it
    could not be made; `messages` are what stylesheets reported; `failures` the stylesheets that failed: the artefacts
    that needed them are missing.
    """

    artefacts: tuple[Artefact, ...]
    summary: str
    messages: tuple[Message, ...]
    failures: tuple[StylesheetError, ...]

    def joined(self, other: Edition) -> Edition:
        """Both, as one: what was made of a document in parts."""
        return Edition(
            (*self.artefacts, *other.artefacts),
            self.summary or other.summary,
            tuple(dict.fromkeys((*self.messages, *other.messages))),
            tuple({str(failure): failure for failure in (*self.failures, *other.failures)}.values()),
        )


class Renderer:
    """The stylesheets, compiled, and the tables they share.

    `stylesheets` is a project's own folder of them, by default there is none; `language` and `words` are those of what
    an edition adds (see `Stylesheets`). Raises TeipipeError if one of the tables can't be read.
    """

    RENDERERS: ClassVar[tuple[str, ...]] = ("html", "text", "summary", "formats", "site")

    def __init__(
        self, stylesheets: Path | None = None, language: str = "en", words: Mapping[str, str] | None = None
    ) -> None:
        found = Stylesheets(stylesheets)
        passes = {name: found.file(f"passes/{name}.xsl") for name in PASSES}
        self._engine = Engine({**passes, **{name: found.file(f"{name}.xsl") for name in self.RENDERERS}})
        self._tables: dict[str, Parameter] = {
            "views": self._table(found.file("views.xml")),
            "labels": self._engine.parse(found.labels(language, words)),
        }
        self._seen: tuple[Source, Node] | None = None
        self._found = found

    def render(
        self,
        source: Source,
        to: Format,
        view: View,
        corpus: Corpus,
        *,
        css: str,
        names: bool = True,
        width: int | None = None,
        generated: bool = True,
        head: bool | None = None,
    ) -> str:
        """One document, in one format and one view, as a file that stands alone.

        `css` goes into the page; `names` puts the speakers' names into the speech view; `width` is the line length of
        text in code points (0: unlimited; None: the stylesheet's own); without `generated`, text holds only words of
        the document; `head` says in the first lines of a text what it is (None: in all views but the source view, which
        is the transcription and nothing else). Raises StylesheetError if a stylesheet fails.
        """
        parameters = self._parameters(source, corpus) | {
            "view": view,
            "root-path": "none",
            "css": css,
            "names": names,
            "generated": generated,
        }
        if width is not None:
            parameters["line-width"] = width
        if head is not None:
            parameters["head"] = head
        chosen = self._engine.transform(PASSES[-1], self._prepared(source, parameters), parameters)
        return self._engine.serialise(to, chosen, parameters)

    def prepare(self, source: Source, view: View, corpus: Corpus, *, until: str = PASSES[-1]) -> str:
        """The reading TEI of one view, after the pass `until`, as XML text: what the renderers get."""
        node = self._engine.parse(source.xml)
        parameters = self._parameters(source, corpus) | {"view": view}
        for name in PASSES[: PASSES.index(until)]:
            node = self._engine.transform(name, node, parameters)
        return self._engine.serialise(until, node, parameters)

    def take_messages(self) -> list[Message]:
        """What the stylesheets have reported since this was last asked."""
        return self._engine.take_messages()

    def edition(self, source: Source, corpus: Corpus, parts: Collection[Part] = PARTS) -> Edition:
        """Every file of one document, or of some parts; a stylesheet that fails takes only its own files with it."""
        self._engine.take_messages()
        attempt = Attempt()
        shared = self._parameters(source, corpus)
        prepared = attempt(self._prepared, source, shared)
        artefacts: list[Artefact] = []
        summary = ""
        if prepared is not None:
            artefacts += self._artefacts(source.id, prepared, shared, attempt, parts)
        if prepared is not None and "beside" in parts:
            summary = attempt(self._engine.serialise, "summary", prepared, shared) or ""
        if prepared is not None and summary:
            artefacts += self._forms(source.id, prepared, shared | {"summary": self._engine.parse(summary)}, attempt)
        messages = tuple(dict.fromkeys(self._engine.take_messages()))
        return Edition(tuple(artefacts), summary, messages, tuple(attempt.failures.values()))

    def _artefacts(
        self,
        document: str,
        prepared: Node,
        shared: dict[str, Parameter],
        attempt: Attempt,
        parts: Collection[Part],
    ) -> Iterator[Artefact]:
        pages: dict[View, Node] = {}
        # Always in the same order, for that is the order of their nodes where two views stand side by side.
        for view in (each for each in VIEWS if "views" in parts or each in HTML_VIEWS):
            parameters = shared | {"view": view, "root-path": HTML_VIEWS.get(view, "../"), "head": True}
            chosen = attempt(self._engine.transform, PASSES[-1], prepared, parameters)
            if chosen is None:
                continue
            pages[view] = chosen
            for to, path in _files(document, view) if "views" in parts else ():
                text = attempt(self._engine.serialise, to, chosen, parameters)
                if text is not None:
                    yield Artefact(path, text.encode())
        if "beside" in parts and pages.keys() >= HTML_VIEWS.keys():
            both = shared | {"view": "parallel", "root-path": "../../", "beside": pages["diplomatic"]}
            text = attempt(self._engine.serialise, "html", pages["reading"], both)
            if text is not None:
                yield Artefact(f"{document}/parallel/index.html", text.encode())

    def _forms(
        self, document: str, prepared: Node, shared: dict[str, Parameter], attempt: Attempt
    ) -> Iterator[Artefact]:
        for name, path in FORMS.items():
            text = attempt(self._engine.serialise, "formats", prepared, shared | {"format": name})
            if text is not None:
                yield Artefact(f"{document}{path.format(document)}", text.encode())

    def register(self, register: Source, corpus: Corpus) -> str:
        """The register after the passes that are the same for all views, as XML: its notes point at documents too.

        Raises StylesheetError if a stylesheet fails.
        """
        return _DECLARATION.sub("", self.prepare(register, "reading", corpus, until=PASSES[-2]), count=1)

    def site_page(self, page: SitePage, summaries: str, corpus: Corpus) -> tuple[Artefact, ...]:
        """A page about the whole corpus, made from `summaries` (a tp:site element) and the register after the passes.

        Its other forms follow it. Raises StylesheetError if the stylesheet fails.
        """
        parameters = self._parameters(corpus.register or Source("", "", "", ""), corpus) | {
            "view": "reading",
            "page": page.name,
            "part": page.part,
            "path": page.path,
            "root-path": page.root_path,
            "beside": " ".join(page.beside),
        }
        if page.root_path == "none":
            parameters["css"] = self._found.file("assets/base.css").read_text(encoding="utf-8")
        made = self._engine.serialise("site", self._engine.parse(summaries), parameters)
        texts = _parted(made) if page.beside else [made]
        if len(texts) != len(page.files):
            why = f"site.xsl made no “{page.name}” with its other forms ({', '.join(page.beside)})"
            raise StylesheetError(why, help="use tp:as-one, as xslt/site/forms.xsl does")
        return tuple(Artefact(path, text.encode()) for path, text in zip(page.files, texts, strict=True))

    def _table(self, path: Path) -> Node:
        try:
            return self._engine.parse(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise TeipipeError(
                "can't be read", path=path, help="a folder of stylesheets needs its tables too"
            ) from error

    def _prepared(self, source: Source, parameters: dict[str, Parameter]) -> Node:
        """The document after every pass that is the same for all views."""
        node = self._engine.parse(source.xml)
        for name in PASSES[:-1]:
            node = self._engine.transform(name, node, parameters)
        return node

    def _parameters(self, source: Source, corpus: Corpus) -> dict[str, Parameter]:
        parameters = self._tables | {"css": "", "project": self._engine.parse(_project(source, corpus))}
        if corpus.register is not None:
            parameters["register"] = self._register(corpus.register)
        return parameters

    def _register(self, register: Source) -> Node:
        """The register that a document sees: neighbours often see the same one."""
        if self._seen is None or self._seen[0] != register:
            self._seen = register, self._engine.parse(register.xml)
        return self._seen[1]


def _parted(text: str) -> list[str]:
    """Several texts that came as one (`tp:as-one` in xslt/site/forms.xsl); none if they didn't."""
    lengths, _, rest = text.partition("\n")
    parts = []
    for length in map(int, lengths.split() if re.fullmatch("[0-9 ]+", lengths) else ()):
        parts.append(rest[:length])
        rest = rest[length:]
    return parts


def _files(document: str, view: View) -> list[tuple[Format, str]]:
    """The formats of a view, with the file that each goes to."""
    files: list[tuple[Format, str]] = [("text", f"{document}/{view}.txt")]
    if view in HTML_VIEWS:
        files.insert(0, ("html", f"{document}/index.html" if view == "reading" else f"{document}/{view}/index.html"))
    return files


def _project(source: Source, corpus: Corpus) -> str:
    """The corpus as stylesheets see it: pointers are relative to the document being rendered."""
    here = posixpath.dirname(source.path)
    root = etree.Element(
        f"{{{NAMESPACE}}}project",
        {"title": corpus.title, "version": corpus.version, "date": corpus.date, "current": source.id},
        nsmap={"tp": NAMESPACE},
    )
    if corpus.site_url:
        root.set("site-url", corpus.site_url)
    if corpus.description:
        root.set("description", corpus.description)
    if corpus.look.has_style:
        root.set("theme", "theme")
    if corpus.books:
        root.set("books", " ".join(corpus.books))
        root.set("volumes", str(corpus.volumes))
    for name in ("logo", "header", "footer"):
        if getattr(corpus.look, name):
            root.set(name, getattr(corpus.look, name))
    if corpus.register is not None:
        root.set("register", _relative(corpus.register.path, here))
        root.set("register-file", corpus.register_file)
    for entry in corpus.documents:
        attributes = {"id": entry.id, "href": _relative(entry.path, here), "title": entry.title}
        attributes |= {"sha256": entry.sha256, "tei": entry.tei}
        etree.SubElement(root, f"{{{NAMESPACE}}}document", attributes | _language(entry))
    for name, neighbour in (("previous", corpus.previous), ("next", corpus.next)):
        if neighbour is not None:
            titled = {"id": neighbour.id, "title": neighbour.title} | _language(neighbour)
            etree.SubElement(root, f"{{{NAMESPACE}}}{name}", titled)
    return etree.tostring(root, encoding="unicode")


def _language(entry: Entry) -> dict[str, str]:
    """What says that the title of a document is in a language, if that is known."""
    return {"lang": entry.language} if entry.language else {}


def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")
