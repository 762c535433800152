"""From TEI headers to records, and from records to the forms of metadata that archives take."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import ClassVar, Final

from lxml import etree

from teipipe.editions.renderer import PASSES, Corpus, Renderer, Source
from teipipe.errors import StylesheetError
from teipipe.saxon import Parameter

#: What files of metadata may be called.
_NAME: Final = re.compile(r"\.?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

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
        return self._files(self._engine.serialise("metadata", stamped, given))

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
        return self._files(self._engine.serialise("metadata", self._engine.parse(gathered), given))

    def _files(self, made: str) -> dict[str, str]:
        """The files in what the stylesheets made; a record is always among them."""
        try:
            files = {str(file.get("path")): file.text or "" for file in _root(made) if isinstance(file.tag, str)}
            is_record = _root(files.get(RECORD, "")).tag == "record"
        except etree.XMLSyntaxError:
            files, is_record = {}, False
        if not is_record or not all(map(_NAME.fullmatch, files)):
            advice = "it makes a `files` of `file` elements, as xslt/metadata/all.xsl does: record.xml and others"
            raise StylesheetError("it makes no metadata", path=self._found.file("metadata.xsl"), help=advice)
        return files


def _root(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def policy(style: str) -> str:
    """What a page may do whose only style is this one: show itself, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
