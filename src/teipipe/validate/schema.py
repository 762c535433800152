"""The check by the project's schema, in whatever language it is."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.validate.context import Context


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield what doesn't fit the project's schema, if it has one."""
    if context.schema is not None:
        yield from context.schema.check(document, all_expected=context.options.all_expected)
