"""From TEI headers to records, and from records to the forms of metadata that archives take."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import ClassVar

from lxml import etree

from teipipe.editions.renderer import PASSES, Corpus, Renderer, Source
from teipipe.saxon import Parameter

#: The name of a record among the files that are made of it.
RECORD = "record.xml"


class MetadataRenderer(Renderer):
    """The stylesheets for metadata: the pass that stamps where an element stands, and those that describe."""

    RENDERERS: ClassVar[tuple[str, ...]] = ("metadata",)

    def document(self, source: Source, corpus: Corpus, parameters: Mapping[str, Parameter]) -> dict[str, str]:
        """The record of a document and its metadata files, by their names.

        `parameters` are those of xslt/metadata/all.xsl. Raises StylesheetError.
        """
        given = {**self._parameters(source, corpus), **parameters}
        stamped = self._engine.transform(PASSES[0], self._engine.parse(source.xml), given)
        return _files(self._engine.serialise("metadata", stamped, given))

    def whole(
        self, gathered: str, corpus: Corpus, parameters: Mapping[str, Parameter], package: str = ""
    ) -> dict[str, str]:
        """The same of the edition, from what was gathered of its documents (a tp:gathered, XML).

        With a `package` (a tp:package, XML), what the README says besides, there is that too.
        """
        given = {**self._parameters(Source("", "", "", ""), corpus), **parameters}
        if package:
            style = self._found.file("metadata/readme.css").read_text(encoding="utf-8")
            given |= {"package": self._engine.parse(package), "style": style, "policy": policy(style)}
        return _files(self._engine.serialise("metadata", self._engine.parse(gathered), given))


def policy(style: str) -> str:
    """What a page may do whose only style is this one: show itself, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _files(made: str) -> dict[str, str]:
    root = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    return {str(file.get("path")): file.text or "" for file in root}
