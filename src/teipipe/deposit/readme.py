"""What the README of a package is made of, beside the record: facts of the package, as the stylesheet takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.deposit import layout
from teipipe.deposit.record import Record
from teipipe.saxon import NAMESPACE

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.deposit.changes import Changes
    from teipipe.deposit.package import Package, Part

#: So many documents are listed; of more, the README names the page that lists them.
LISTED: Final = 100

#: What is told of a document if the file is there: its name below the document's folder.
_FORMS: Final = {"page": "index.html", "text": "reading.txt"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known before a package is written: the paths of the edition's files, what validation let pass.

    `has` says what the project has that not all have: "schemas" that documents were judged by, "sources" that they were
    compared with, "schema" if the package has a folder of that name.
    """

    package: Package
    files: frozenset[str]
    has: frozenset[str] = frozenset()
    is_clean: bool = True
    changes: Changes | None = None

    def xml(self, records: Mapping[str, str]) -> str:
        """A tp:package, with what the records of its documents say of their sources."""
        from lxml import etree

        package = self.package
        root = etree.Element(f"{{{NAMESPACE}}}package", nsmap={"tp": NAMESPACE})
        known = {"name": package.name, "version": package.version, "date": package.date}
        root.attrib.update({**known, "documents": str(len(package.documents)), "register": package.register})
        root.set("has", " ".join(sorted(self.has)))
        root.set("allowed", "" if self.is_clean else "allowed")
        for part in package.documents[:LISTED]:
            self._document(root, part, records.get(part.id, ""))
        for path in sorted(self.files):
            if path.endswith((".pdf", ".epub")):
                _add(root, "book", path=f"{layout.EDITION}/{path}", format=path.rpartition(".")[2].upper())
        for path in ("documents/index.html", "cite/index.html", "register/index.html"):
            if path in self.files:
                _add(root, "page", path=f"{layout.EDITION}/{path}")
        for tool in package.tools:
            _add(root, "tool", name=tool.name, version=tool.version, purpose=tool.purpose)
        for severity, number in package.findings:
            _add(root, "finding", severity=severity, number=str(number))
        if self.changes is not None:
            since = _add(root, "since", name=self.changes.name, version=self.changes.version)
            for line in self.changes.lines:
                _add(since, "change").text = line
        return etree.tostring(root, encoding="unicode")

    def _document(self, root: etree._Element, part: Part, record: str) -> None:
        tei = f"{layout.PROJECT}/{part.path}"
        element = _add(root, "document", id=part.id, title=part.title, tei=tei)
        for name, file in _FORMS.items():
            if f"{part.id}/{file}" in self.files:
                element.set(name, f"{layout.EDITION}/{part.id}/{file}")
        if record:
            told = Record(record)
            element.set("lang", told["lang"])
            for agent in told.agents:
                if agent.role == "author":
                    _add(element, "author", cert=agent.name["cert"]).text = agent.name.text
            for source in told.all("source"):
                _add(element, "source", cert=source["cert"], lang=source["lang"]).text = source.text


def _add(parent: etree._Element, kind: str, /, **attributes: str) -> etree._Element:
    from lxml import etree

    known = {key: value for key, value in attributes.items() if value}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{kind}", known)
