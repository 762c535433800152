"""What a schema asks for besides its grammar: the rules of an ODD, in words and as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipipe.odd.documentation.examples import example
from teipipe.odd.documentation.facts import Facts
from teipipe.odd.documentation.prose import Prose
from teipipe.odd.markup import Html, joined, tag, words
from teipipe.odd.node import children

_SCHEMATRON: Final = ("{http://purl.oclc.org/dsdl/schematron}", "{http://www.ascc.net/xml/schematron}")


def constraints(written: etree._Element, facts: Facts, prose: Prose) -> Html:
    """The rules directly inside a specification, "" if it has none."""
    return joined(_constraint(each, facts, prose) for each in children(written, "constraintSpec"))


def _constraint(element: etree._Element, facts: Facts, prose: Prose) -> Html:
    ident, scheme = element.get("ident", "").strip(), element.get("scheme", "").strip()
    name = [tag("code", words(ident))] if ident else []
    said = facts.chosen(element, "desc")
    head = [*name, words(f" ({scheme})" if scheme and scheme != "schematron" else "")]
    parts = [tag("p", *head, class_="head")] if name else []
    if said is not None:
        parts.append(tag("p", prose.inline(said)))
    parts += [tag("p", words(assertion)) for assertion in _assertions(element)]
    parts += [example(each) for each in children(element, "constraint") if len(each)]
    return tag("div", *parts, class_="rule")


def _assertions(element: etree._Element) -> Iterator[str]:
    """What the rule says to who breaks it."""
    for namespace in _SCHEMATRON:
        for child in element.iter(f"{namespace}assert", f"{namespace}report"):
            text = " ".join("".join(_shown(child)).split())
            if text:
                yield text


def _shown(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren("*"):
        # A value that only a document has.
        yield f"[{child.get('select') or child.get('path') or 'name()'}]"
        yield child.tail or ""
