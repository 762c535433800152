"""The errors of xmlschema and the findings of the wide grammar, put together: each cause once, and no verdict lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

import xmlschema
from lxml import etree

from teipipe.associations import XSI
from teipipe.diagnostics import Diagnostic
from teipipe.documents import NotParsedError
from teipipe.relaxng import LimitError
from teipipe.relaxng.explaining.report import MAX_FOUND
from teipipe.rules import finding
from teipipe.xsd.plain import Plain, reason_of
from teipipe.xsd.tree import Tree
from teipipe.xsd.uniqueness import Keys, is_about_ids, is_about_keys

if TYPE_CHECKING:
    from elementpath.protocols import DocumentProtocol
    from xmlschema.validators.exceptions import XMLSchemaValidationError

    from teipipe.documents import Document

_XSI: Final = f"{{{XSI}}}"
#: Errors that no content model and no datatype has.
_SPECIAL: Final = (
    "assertion test is false",
    "xsi:nil",
    "nillable",
    "is abstract",
    "blocked",
    "is not consistent",
    "cannot substitute",
)
#: What is said of a type that is named by xsi:type.
_WRONG_TYPE: Final = ("substitute", "global component")


class Errors:
    """What xmlschema finds in a document, by kinds: each error with the element that it is about."""

    def __init__(self, schema: Any, document: Document, *, most: int) -> None:
        """Judge the document; raises NotParsedError, or what xmlschema raises where a limit is met."""
        self.schema = schema
        self.document = document
        self.tree = Tree(document)
        self.grammatical: list[tuple[XMLSchemaValidationError, etree._Element]] = []
        self.special: list[tuple[XMLSchemaValidationError, etree._Element]] = []
        self.keys: list[tuple[XMLSchemaValidationError, etree._Element]] = []
        self.ids: list[str] = []
        # The tree is given as it is and nothing may be fetched for it: xsi:schemaLocation leads nowhere.
        resource = xmlschema.XMLResource(cast("DocumentProtocol", self.tree.tree), allow="none")
        #: Why xmlschema gave up, None if it didn't.
        self.failure: Exception | None = None
        number = 0
        try:
            for error in islice(schema.iter_errors(resource, use_location_hints=False), most):
                self._sort(error)
                number += 1
        except (xmlschema.exceptions.XMLResourceExceeded, LimitError, RecursionError, NotParsedError):
            raise
        except Exception as error:  # a fault of xmlschema: what it would say is not known, and must not be lost
            self.failure = error
        self.is_cut = number == most or self.failure is not None

    def __bool__(self) -> bool:
        return bool(self.grammatical or self.special or self.keys or self.ids or self.failure)

    def leave_out_what_follows(self) -> None:
        """Forget what was found by a type that an element can't have, and what is said of it twice."""
        bad = {
            element
            for error, element in self.special
            if element.get(f"{_XSI}type") is not None and any(word in reason_of(error) for word in _WRONG_TYPE)
        }
        if not bad:
            return
        self.special = [
            (error, element)
            for error, element in self.special
            if (any(word in reason_of(error) for word in _WRONG_TYPE) and element in bad)
            or (bad.isdisjoint([element, *element.iterancestors()]) and "substitute" not in reason_of(error))
        ]
        self.grammatical = [
            (error, element)
            for error, element in self.grammatical
            if bad.isdisjoint([element, *element.iterancestors()])
        ]

    def _sort(self, error: XMLSchemaValidationError) -> None:
        reason = reason_of(error)
        element: Any = error.elem
        if not isinstance(element, etree._Element):
            element = self.tree.tree.getroot()
        one = error, self.tree.original(element)
        if is_about_ids(reason):
            self.ids.append(reason)
        elif is_about_keys(reason):
            self.keys.append(one)
        elif any(words in reason for words in _SPECIAL) or one[1].get(f"{_XSI}type") is not None:
            self.special.append(one)
        else:
            self.grammatical.append(one)


def merged(errors: Errors, explained: Sequence[Diagnostic], *, all_expected: bool) -> Iterator[Diagnostic]:
    """Yield the findings for the errors: as the grammar explains them; where it doesn't, as xmlschema has them."""
    plain = Plain(errors.document, all_expected=all_expected)
    errors.leave_out_what_follows()
    found = list(_Merging(errors, explained).run(plain))
    found += [plain.finding(error, element) for error, element in errors.special]
    keys = Keys(errors.schema, errors.document)
    found += keys.identities(errors.ids)
    if errors.keys:
        wrong = {one.location for one in found}
        placed = [one for one in keys.findings(_constraints(errors.schema)) if one.location not in wrong]
        found += placed or [plain.finding(error, element) for error, element in errors.keys]
    found = list(dict.fromkeys(found))
    if errors.failure is not None:
        found.append(plain.failure(errors.failure))
    yield from found[:MAX_FOUND]
    if len(found) > MAX_FOUND and not any("there is more that" in one.message for one in found[:MAX_FOUND]):
        message = f"there is more that doesn't fit the schema than the {MAX_FOUND:,} things listed"
        yield finding("invalid", message, found[MAX_FOUND].location, "correct these first: many may have one cause")


class _Merging:
    """Which findings of the grammar are borne out by xmlschema, and which errors of xmlschema are not yet said."""

    def __init__(self, errors: Errors, explained: Sequence[Diagnostic]) -> None:
        self.errors = errors
        self.explained = explained
        self.guilty = {element for _, element in errors.grammatical}
        #: Elements with a type of their own: the grammar knows what they may hold by their names only.
        self.retyped = {
            element
            for element in errors.document.root.iter("*")
            if element.get(f"{_XSI}type") is not None or element.get(f"{_XSI}nil") is not None
        }

    def run(self, plain: Plain) -> Iterator[Diagnostic]:
        said: set[etree._Element] = set()  # elements that a finding is about, and those around them
        culprits: set[etree._Element] = set()
        for one in self.explained:
            around = self.errors.tree.around(one.location)
            inner = around if one.rule == "unexpected-element" else [around[0], *around]
            if self.retyped.intersection(inner[1:]):
                continue
            if not self.errors.is_cut and self.guilty.isdisjoint(around):
                continue
            said.update(around)
            culprits.add(around[0])
            yield one
        for error, element in self.errors.grammatical:
            # What comes inside of something that is out of place follows from that.
            if element not in said and culprits.isdisjoint(element.iterancestors()):
                said.add(element)
                yield plain.finding(error, element)


def _constraints(schema: Any) -> list[Any]:
    return list(schema.maps.identities.values())
