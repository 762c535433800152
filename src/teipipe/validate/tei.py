"""Looks whether the document is TEI at all, where no schema would say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from teipipe.documents import TEI_NAMESPACE
from teipipe.rules import finding
from teipipe.validate.facts import TEI

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield not-tei if the outermost element is none of TEI's; only where there is no schema."""
    tag = document.reading.root
    if tag in (f"{TEI}TEI", f"{TEI}teiCorpus") or context.schemas.judges(document).schemas:
        return
    namespace, _, local = tag.rpartition("}")
    if local in ("TEI", "teiCorpus"):
        message = f"“{local}” is not in TEI's namespace" + (f" but in “{namespace}”" if namespace else "")
        advice = f'write <{local} xmlns="{TEI_NAMESPACE}">'
    else:
        message, advice = f"the outermost element is “{local}”, not TEI", None
    yield finding("not-tei", message, document.outermost(), advice)
