"""RELAX NG by libxml2, explained in our own words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipipe.documents import Document, NotParsedError
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import absolute, is_inside
from teipipe.rules import finding
from teipipe.validate.explain import Explainer
from teipipe.validate.grammar import RNG_NAMESPACE, Grammar, UnsupportedError

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic

_RNG: Final = f"{{{RNG_NAMESPACE}}}"
#: libxml2's own troubles: with one of these it has not judged.
_TROUBLE: Final = frozenset({"RELAXNG_ERR_MEMORY", "RELAXNG_ERR_INTERNAL"})


class RelaxNG:
    """A schema in RELAX NG's XML syntax, compiled once."""

    def __init__(self, document: Document, root: Path) -> None:
        """Raises SchemaError if it is no correct schema, or includes a file outside `root`."""
        self.path: Final = document.path
        self._document = document
        self._included: dict[etree._Element, etree._Element] = {}
        self._read_includes(document, root, [absolute(document.file)])
        base = absolute(document.file).as_uri()
        parser = etree.XMLParser(encoding="UTF-8", no_network=True, collect_ids=False, resolve_entities="internal")
        try:
            self._validator = etree.RelaxNG(etree.fromstring(document.data, parser, base_url=base))
        except etree.RelaxNGParseError as error:
            raise self._error(error) from error

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Yield what doesn't fit; raises NotParsedError if the document isn't well-formed."""
        if self._validator.validate(document.tree):
            return
        log = list(self._validator.error_log)
        if any(entry.type_name in _TROUBLE for entry in log):
            message = "the validator gave up on this document; it was not judged"
            yield finding("limit-exceeded", message, document.start(document.root))
            return
        yield from self._explainer.explain(document, log)

    @cached_property
    def _explainer(self) -> Explainer:
        try:
            return Explainer(Grammar(self._document.root, self._included))
        except UnsupportedError:
            return Explainer(Grammar(_anything(), {}))

    def _read_includes(self, document: Document, root: Path, above: list[Path]) -> None:
        for element in document.root.iter(f"{_RNG}include", f"{_RNG}externalRef"):
            href = element.get("href", "")
            where = document.start(element)
            parts = urlsplit(href)
            file = Path(os.path.normpath(absolute(document.file).parent / unquote(parts.path)))
            if parts.scheme or parts.netloc or not is_inside(file, root):
                raise SchemaError(f"“{href}” leads out of the project", where, help="schemas include only files of it")
            if file in above:
                raise SchemaError(f"“{href}” includes itself", where)
            try:
                inner = Document.read(file, shown_as=document.path.parent / href)
                self._included[element] = inner.root
            except UnreadableError as error:
                raise SchemaError(f"“{href}” can't be included: {error.message}", where) from error
            except NotParsedError as error:
                raise SchemaError(inner.problems[0].message, inner.problems[0].location) from error
            self._read_includes(inner, root, [*above, file])

    def _error(self, error: etree.RelaxNGParseError) -> SchemaError:
        entries = [entry for entry in error.error_log if entry.message]
        if not entries:
            return SchemaError("not a correct RELAX NG schema", self._document.start(self._document.root))
        first = entries[0]
        element = self._document.element(first.path) if first.path else None
        where = self._document.at(self._document.places.offset(first.line or 1, 1))
        if element is not None:
            where = self._document.start(element)
        return SchemaError(f"not a correct RELAX NG schema: {' '.join(first.message.split())}", where)


def _anything() -> etree._Element:
    """A grammar that is satisfied with everything: then libxml2's own words are all there is."""
    return etree.fromstring(
        f'<grammar xmlns="{RNG_NAMESPACE}"><start><ref name="any"/></start><define name="any"><element><anyName/>'
        "<zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name='any'/></choice></zeroOrMore>"
        "</element></define></grammar>"
    )
