"""One element of an ODD file, with the questions that the reader asks of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from lxml import etree

from teipipe.diagnostics import Diagnostic, Location
from teipipe.odd import model
from teipipe.odd.rules import did_you_mean, fault

TEI: Final = f"{{{model.TEI_NS}}}"
_Choice = TypeVar("_Choice", bound=Enum)
_NAMES: Final = frozenset({"ident", "key", "name", "target", "class"})


def children(element: etree._Element, name: str = "*") -> Iterator[etree._Element]:
    """The TEI elements directly inside an element (of one name)."""
    return element.iterchildren(TEI + name)


@dataclass(frozen=True, slots=True)
class Node:
    """An element, its place, and the list in which faults are collected."""

    element: etree._Element
    at: Location
    problems: list[Diagnostic]

    @property
    def kind(self) -> str:
        """The local name."""
        return etree.QName(self.element).localname

    def report(self, rule: str, message: str, hint: str | None = None) -> None:
        """Add a fault at this element."""
        self.problems.append(fault(rule, message, self.at, hint))

    def get(self, name: str, default: str | None = None) -> str | None:
        """An attribute; white space around a name is taken off, and reported."""
        value = self.element.get(name)
        if value is None:
            return default
        if name in _NAMES and value != value.strip():
            self.report("untidy-name", f"white space around “{value.strip()}” in {self.kind}/@{name}")
            value = value.strip()
        return value

    def text(self, name: str, default: str = "") -> str:
        """An attribute that has a default."""
        value = self.get(name)
        return default if value is None else value

    def required(self, name: str, among: Collection[str] = ()) -> str:
        """An attribute that must be there (and be one of these); "" if it isn't, which is reported."""
        value = self.text(name)
        if not value:
            self.report("odd-value", f"{self.kind} has no @{name}")
        elif among and value not in among:
            self.report("odd-value", f"{self.kind}/@{name} is “{value}”", f"one of: {', '.join(among)}")
        return value

    def choice(self, name: str, values: type[_Choice], default: _Choice) -> _Choice:
        """An attribute as a member of an Enum; the default if it is absent, or wrong, which is reported."""
        value = self.get(name)
        if value is None:
            return default
        try:
            return values(value)
        except ValueError:
            known = [str(member.value) for member in values]
            hint = did_you_mean(value, known) or f"one of: {', '.join(known)}"
            self.report("odd-value", f"{self.kind}/@{name} is “{value}”", hint)
            return default

    def occurs(self) -> model.Occurs:
        """@minOccurs and @maxOccurs."""
        low, high = self.text("minOccurs", "1").strip(), self.text("maxOccurs", "1").strip()
        if not low.isdecimal() or not (high.isdecimal() or high == "unbounded"):
            self.report(
                "odd-value", f"{self.kind} occurs “{low}” to “{high}” times", 'numbers, or maxOccurs="unbounded"'
            )
            return model.ONCE
        minimum, maximum = int(low), None if high == "unbounded" else int(high)
        if maximum is not None and minimum > maximum:
            self.report("odd-value", f"{self.kind} occurs at least {minimum} times, and at most {maximum}")
            return model.ONCE
        return model.ONCE if (minimum, maximum) == (1, 1) else model.Occurs(minimum, maximum)

    def child(self, name: str) -> etree._Element | None:
        """The first TEI child of this name."""
        return next(children(self.element, name), None)

    def text_of(self, name: str) -> str:
        """The text of the first child of this name, or ""."""
        child = self.child(name)
        return "" if child is None else _words(child)

    def docs(self) -> tuple[model.Doc, ...]:
        """Gloss and description, by language."""
        glosses: dict[str, str] = {}
        texts: dict[str, str] = {}
        for element in children(self.element):
            into = {TEI + "gloss": glosses, TEI + "desc": texts}.get(str(element.tag))
            if into is not None and element.get("type") is None:
                into.setdefault(element.get(f"{{{model.XML_NS}}}lang", ""), _words(element))
        languages = dict.fromkeys([*texts, *glosses])
        return tuple(model.Doc(language, glosses.get(language, ""), texts.get(language, "")) for language in languages)

    def name_class(self, token: str) -> tuple[str, str | None]:
        """A token of @except or @defaultExceptions: a namespace (and None), or a name with a declared prefix."""
        prefix, colon, local = token.partition(":")
        namespace = self.element.nsmap.get(prefix)
        if colon and namespace and re.fullmatch(r"[^/:]+", local):
            return (namespace, local)
        return (token, None)


def _words(element: etree._Element) -> str:
    """The text of a description on one line; names of elements and attributes written as readers expect them."""
    return " ".join("".join(_runs(element)).split())


def _runs(element: etree._Element) -> Iterator[str]:
    before, after = _AROUND.get(str(element.tag), ("", ""))
    yield before + (element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _runs(child)
        yield child.tail or ""
    yield after


_AROUND: Final = {
    TEI + "gi": ("<", ">"),
    TEI + "tag": ("<", ">"),
    TEI + "att": ("@", ""),
    TEI + "val": ('"', '"'),
    TEI + "q": ("“", "”"),
    TEI + "quote": ("“", "”"),
    TEI + "soCalled": ("‘", "’"),
    TEI + "mentioned": ("‘", "’"),
}
