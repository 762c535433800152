"""RO-Crate 1.2: the package, for programs that know linked data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from teipipe.bags import Item, Stored
from teipipe.deposit import layout
from teipipe.deposit.crate_graph import Graph, Properties, iri
from teipipe.deposit.crate_words import MAPPING, identifier, told, who_sends
from teipipe.deposit.events import NO_CLOCK
from teipipe.deposit.package import Package, Part
from teipipe.deposit.pronom import Format
from teipipe.deposit.record import Record, Words
from teipipe.deposit.settings import Deposit
from teipipe.folders import TRANSCRIPTIONS

__all__ = ["MAPPING", "crate"]

#: Where programs find out what TEI is.
_TEI: Final = "https://tei-c.org/guidelines/p5/"
_PRONOM: Final = "https://www.nationalarchives.gov.uk/PRONOM/"
_XSLT: Final = "https://www.w3.org/TR/xslt-30/"

#: What is known of a file of which nothing is known.
_BYTES: Final = Format("bytes")

#: The folders of a package: what each is called, what is in it.
_FOLDERS: Final = {
    layout.PROJECT: (
        "The project",
        "The TEI documents, the register, the sources and the configuration, as teipipe works on them",
    ),
    layout.EDITION: (
        "The edition",
        "Every file of the edition that was built: web pages, texts, and books where there are any",
    ),
    layout.SCHEMA: ("The schema", "What was made of the ODD: schemas and their documentation"),
    layout.SOFTWARE: (
        "The software",
        "The stylesheets that made the edition, the versions of what ran, teipipe itself",
    ),
    layout.REPORTS: ("The reports", "What validation found when the package was made"),
    layout.METADATA: ("The metadata", "What the TEI headers say, in the forms in which archives ask for it"),
}

#: Files whose names say what they are: what each is called, what it is for.
_FILES: Final = {
    layout.DESCRIPTION: ("Description for teipipe", "What the package says of itself, for teipipe"),
    layout.CITATION: ("Citation", "How to cite the edition, in the Citation File Format"),
    layout.ZENODO: ("Metadata for Zenodo", "What Zenodo asks for, as it reads it from a repository"),
    layout.README: ("Read me", "What the package is, for people"),
    layout.README_TEXT: ("Read me, as plain text", "The same words as README.html"),
    layout.REQUIREMENTS: ("Requirements", "The packages that ran, with their versions, for pip"),
}

#: What files are by their endings, wherever they lie but in the edition.
_ENDINGS: Final = {
    "odd": "ODD: the rules of the encoding, as they are written and explained",
    "rng": "Schema of the encoding (RELAX NG)",
    "rnc": "Schema of the encoding (RELAX NG, compact syntax)",
    "xsd": "Schema of the encoding (XSD)",
    "sch": "Rules of the encoding (Schematron)",
    "xsl": "Stylesheet (XSLT 3.0)",
    "whl": "teipipe itself, with its source code, for pip",
}

#: What files of a folder are, if nothing else says it.
_KINDS: Final = {
    layout.PROJECT: "File of the project",
    layout.EDITION: "Book of the edition",
    layout.SCHEMA: "Schema, or its documentation",
    layout.SOFTWARE: "Stylesheet",
    layout.REPORTS: "Report",
    layout.METADATA: "Metadata of the edition",
}


def crate(
    package: Package,
    record: str,
    records: Mapping[str, str],
    stored: Mapping[str, Stored],
    settings: Deposit,
    formats: Mapping[str, Format],
) -> Iterator[Item]:
    """Yield ro-crate-metadata.json, from the records of the edition and of its documents (by their ids).

    `formats` are those of the files, as far as they are known.
    """
    making = _Making(package, stored, formats)
    making.folders()
    making.whole(Record(record), settings)
    making.documents(records)
    making.edition()
    making.files()
    making.actions()
    yield Item(layout.CRATE, making.graph.dump())


class _Making:
    """The steps to a crate."""

    def __init__(self, package: Package, stored: Mapping[str, Stored], formats: Mapping[str, Format]) -> None:
        self.graph = Graph()
        self._formats = formats
        self._package = package
        self._stored = stored
        self._pages = {document.id: f"{layout.EDITION}/{document.id}/" for document in package.documents}
        self._described: set[str] = set()
        self._license: Properties = {}
        self._texts = _texts(stored)
        self._sources = {path for part in package.documents for path in self._texts.get(part.id, ())}
        self._there = {folder for path in stored for folder in _folders_of(path)}

    def folders(self) -> None:
        """The folders that there are."""
        for path, (name, description) in _FOLDERS.items():
            if path in self._there:
                self.graph.folder(f"{path}/", name, description)

    def documents(self, records: Mapping[str, str]) -> None:
        """Each document with what its header says, and its register."""
        for document in self._package.documents:
            path = f"{layout.PROJECT}/{document.path}"
            if path in self._stored:
                record = records.get(document.id)
                words: Properties = {"name": document.title}
                if record:
                    words |= told(self.graph, Record(record))
                if words.get("license") == self._license:
                    del words["license"]  # that of the package, unless something else is said
                words.setdefault("description", "TEI document of the edition")
                source = self._source_of(document)
                words["isBasedOn"] = [*words.get("isBasedOn", ()), *source]
                self._tei(path, words)
        if self._package.register in self._stored:
            words = {"name": "Register", "description": "Persons, organisations, places and events, in TEI"}
            self._tei(self._package.register, words)

    def files(self) -> None:
        """All other files, but for those that a folder stands for."""
        for path in sorted(self._stored):
            folder = path.partition("/")[0]
            if path in self._described or self._is_covered(path):
                continue
            kind = _ENDINGS.get(path.rpartition(".")[2]) if folder != layout.EDITION else None
            kind = self._kind(path) or kind or _KINDS.get(folder, "File of the package")
            name, description = _FILES.get(path, (path.rpartition("/")[2], kind))
            properties: Properties = {"name": name, "description": description}
            if path.endswith(".xsl"):
                properties |= {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": self._language()}
            self._file(path, properties)

    def _kind(self, path: str) -> str:
        """What a file is of which the package knows it."""
        if path == f"{layout.EDITION}/index.html":
            return "The first page of the edition"
        if path == self._package.configuration:
            return "What the project says of itself, for teipipe"
        return "Transcription that a document was made from" if path in self._sources else ""

    def edition(self) -> None:
        """The pages of each document, which are made of its TEI."""
        for document in self._package.documents:
            path = self._pages[document.id]
            if path.rstrip("/") in self._there:
                tei = {"@id": iri(f"{layout.PROJECT}/{document.path}")}
                known = {"name": document.title, "description": "Its pages, texts and other forms", "isBasedOn": tei}
                first = f"{path}index.html"
                more: Properties = {"hasPart": {"@id": iri(first)}} if first in self._stored else {}
                self.graph.data(path, {"@type": "Dataset", **known, **more})
                if more:
                    page = {"name": document.title, "description": "Its page to read", "isBasedOn": tei}
                    self._file(first, page, is_listed=True)

    def whole(self, record: Record, settings: Deposit) -> None:
        """What is said of the package itself."""
        package = self._package
        count = len(package.documents)
        description = f"An edition of {count} TEI document{'s' * (count != 1)}, with all that it was made of"
        words: Properties = {"name": package.title, "description": description, **told(self.graph, record)}
        words["version"] = package.version
        words["datePublished"] = words.get("datePublished") or package.date or ":unav"
        if package.identifier:
            own = identifier(self.graph, Words(package.identifier, {"uri": _address(package.identifier)}))
            words["identifier"] = [own, *(one for one in words.get("identifier", ()) if one != own)]
        if "license" not in words:
            # The one thing that RO-Crate demands and a header may not say.
            words["license"] = self.graph.entity("#rights", "CreativeWork", name=":unav", description="Unknown")
        self._license = words["license"]
        words |= who_sends(self.graph, record, settings)
        self.graph.describe(words)

    def actions(self) -> None:
        """How it came about: validated, built."""
        tools = {tool.name: self._tool(tool.name, tool.version, tool.purpose) for tool in self._package.tools}
        ours = [tools["teipipe"]] if "teipipe" in tools else []
        counts = ", ".join(f"{number} of severity {severity}" for severity, number in self._package.findings)
        reports = [{"@id": path} for path in self._stored if path.startswith(f"{layout.REPORTS}/validation")]
        validation = self._action("validation", "Validation", ours, reports, f"Findings: {counts or 'none'}")
        result = [{"@id": f"{layout.EDITION}/"}] if layout.EDITION in self._there else []
        building = self._action("building", "Making of the edition", [*tools.values()], result, "All of it, anew")
        self.graph.describe({"mentions": [validation, building]})

    def _action(
        self, name: str, title: str, tools: list[Properties], result: list[Properties], description: str
    ) -> Properties:
        return self.graph.entity(
            f"#{name}",
            "CreateAction",
            name=title,
            description=f"{description}. {NO_CLOCK}" if self._package.date else description,
            instrument=tools,
            object=[{"@id": f"{layout.PROJECT}/"}] if layout.PROJECT in self._there else [],
            result=result,
            endTime=self._package.date,
        )

    def _tool(self, name: str, version: str, purpose: str) -> Properties:
        known: Properties = {"name": name, "version": version, "description": purpose}
        if name == "teipipe":  # is nowhere else for certain
            there = next((path for path in self._stored if path.startswith(layout.PROGRAM)), f"{layout.SOFTWARE}/")
            return self.graph.entity("#teipipe", "SoftwareApplication", url={"@id": iri(there)}, **known)
        is_package = "Python" not in name
        address = f"https://pypi.org/project/{name}/{version}/" if is_package else "https://www.python.org/"
        return self.graph.entity(address, "SoftwareApplication", url=address, **known)

    def _language(self) -> Properties:
        return self.graph.entity(_XSLT, "ComputerLanguage", name="XSLT", version="3.0", url=_XSLT)

    def _tei(self, path: str, words: Mapping[str, Any]) -> None:
        tei = self.graph.entity(
            _TEI, ["CreativeWork", "Standard"], name="TEI P5: Guidelines for Electronic Text Encoding and Interchange"
        )
        self._file(path, {**words, "conformsTo": tei})

    def _file(self, path: str, properties: Mapping[str, Any], *, is_listed: bool = False) -> None:
        self._described.add(path)
        one = self._stored[path]
        formats = self._encoding(self._formats.get(path, _BYTES))
        known: Properties = {"encodingFormat": formats, "contentSize": str(one.size), "sha256": one.sha256}
        self.graph.data(path, {**known, **properties}, is_listed=is_listed)

    def _encoding(self, found: Format) -> list[str | Properties]:
        """A format by its MIME type, and by what PRONOM says of it if that is certain."""
        if not found.puid:
            return [found.mime]
        name = f"{found.name} {found.version}".strip()
        return [found.mime, self.graph.entity(f"{_PRONOM}{found.puid}", ["WebPage", "Standard"], name=name)]

    def _is_covered(self, path: str) -> bool:
        """Does the folder say enough of it? Of an edition, only the first page and the books are named."""
        if path.startswith(f"{layout.EDITION}/"):
            return path != f"{layout.EDITION}/index.html" and not path.endswith((".pdf", ".epub"))
        if path.startswith(f"{layout.STYLESHEETS}/"):
            return path.count("/") > layout.STYLESHEETS.count("/") + 1
        return path.startswith(f"{layout.METADATA}/documents/")

    def _source_of(self, document: Part) -> list[Properties]:
        """The transcription that a document was made from: teipipe knows it by the document's id."""
        return [{"@id": iri(path)} for path in self._texts.get(document.id, ())]


def _address(identifier: str) -> str:
    """The address that an identifier is, or has, "" if it is neither an address nor a DOI."""
    if re.match(r"(?i)(doi:)?10\.\d{4,}", identifier):
        return f"https://doi.org/{identifier.removeprefix('doi:')}"
    return identifier if re.match("[a-z][a-z0-9+.-]*:", identifier) else ""


def _texts(paths: Iterable[str]) -> dict[str, list[str]]:
    """The texts of a project by their names, without what follows the point."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if path.startswith(f"{layout.PROJECT}/") and path.endswith(TRANSCRIPTIONS):
            found.setdefault(PurePosixPath(path).stem, []).append(path)
    return found


def _folders_of(path: str) -> Iterator[str]:
    """The folders that a file is in, the nearest one first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
