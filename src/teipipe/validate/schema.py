"""The check by schemas, in whatever language each is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from teipipe.documents import NotParsedError
from teipipe.errors import TeipipeError
from teipipe.rulebook import schematron
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context
    from teipipe.validate.engine import Schema

_ASSERTED: Final = frozenset(rule.name for rule in schematron.RULES)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield what doesn't fit the document's schemas, if it has any, and which of them can't be used.

    What two of them find at one place by the same rule is found once.
    """
    judges = context.schemas.judges(document)
    yield from judges.findings
    seen: set[tuple[object, ...]] = set()
    for number, schema in enumerate(judges.schemas):
        found = list(_found(schema, document, context, has_read=number == judges.reader))
        yield from (one for one in found if _cause(one) not in seen)
        seen.update(map(_cause, found))


def _cause(found: Diagnostic) -> tuple[object, ...]:
    """What is the same where two schemas find the same: grammars may word it otherwise, assertions are their words."""
    return found.code, found.message if found.rule in _ASSERTED else "", found.location


def _found(schema: Schema, document: Document, context: Context, *, has_read: bool) -> Iterator[Diagnostic]:
    # What the reading says of validity is by the schema that read it.
    is_valid = document.reading.is_valid
    if not has_read:
        document.reading.is_valid = None
    try:
        yield from schema.check(document, all_expected=context.options.all_expected)
    except NotParsedError:
        raise
    except TeipipeError as error:
        message = f"it could not be judged by {schema.path}: {error.message}"
        yield finding("limit-exceeded", message, document.at(0), error.help)
    finally:
        document.reading.is_valid = is_valid
