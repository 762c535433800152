"""What xmlschema says of a document, one finding for each of its errors: for what no grammar can say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import xmlschema
from lxml import etree

from teipipe.associations import XSI
from teipipe.diagnostics import Diagnostic, Location
from teipipe.relaxng.explaining.wording import attribute_name, collapsed, either, local, quote
from teipipe.rules import finding
from teipipe.xsd.values import documentation

if TYPE_CHECKING:
    from xmlschema.validators.exceptions import XMLSchemaValidationError

    from teipipe.documents import Document

_XSI: Final = f"{{{XSI}}}"
_LISTED: Final = 6
_FEW: Final = 3
_QUOTED: Final = re.compile(r"'([^']*)'")
_COMPONENT: Final = re.compile(r"\b(?:Xsd|Xsd11)\w+\((?:[^()]|\([^()]*\))*\)")
_SIZES: Final = {
    "XsdLengthFacet": "a length of {}",
    "XsdMinLengthFacet": "a length of at least {}",
    "XsdMaxLengthFacet": "a length of at most {}",
    "XsdTotalDigitsFacet": "a number of at most {} digits",
    "XsdFractionDigitsFacet": "a number with at most {} digits after the point",
}


def reason_of(error: XMLSchemaValidationError) -> str:
    """What an error says; where xmlschema takes the one for the other, it stands in place of the element."""
    return error.reason or (error.obj if isinstance(error.obj, str) else "")


class Plain:
    """Translates errors of xmlschema about one document."""

    def __init__(self, document: Document, *, all_expected: bool) -> None:
        self.document = document
        self.all_expected = all_expected

    def finding(self, error: XMLSchemaValidationError, element: etree._Element) -> Diagnostic:
        """The finding for an error about an element of the document."""
        reason = reason_of(error)
        if isinstance(error, xmlschema.XMLSchemaChildrenValidationError):
            return self._children(error, element)
        if (rule := _about_key(reason)) is not None:
            message = f"“{local(str(element.tag))}” doesn't fit the schema: {_plain(reason)}"
            return finding(rule, message, self.document.start(element))
        for part in (self._instance, self._attributes, self._element, self._value):
            found = part(error, element, reason)
            if found is not None:
                return found
        message = f"“{local(str(element.tag))}” doesn't fit the schema: {_plain(reason)}"
        return finding("invalid", message, self.document.start(element))

    def failure(self, error: Exception) -> Diagnostic:
        """The finding for a document over which xmlschema failed."""
        words = _plain(str(error)) or type(error).__name__
        for element in self.document.root.iter("*"):
            value = (element.get(f"{_XSI}type") or "").strip()
            prefix, _, name = value.rpartition(":")
            named = f"{{{element.nsmap.get(prefix or None, '')}}}{name}"
            if value and (named in str(error) or ("xsi:type" in str(error) and f"'{value}'" in str(error))):
                where = self.document.attribute(element, f"{_XSI}type", 0)
                return finding("wrong-value", f"{quote(value)} is no type of the schema", where)
        message = "the schema is too much for this document; it was not judged to its end"
        return finding("limit-exceeded", message, self.document.at(0), f"xmlschema says: {words}")

    def _children(self, error: xmlschema.XMLSchemaChildrenValidationError, parent: etree._Element) -> Diagnostic:
        expected = sorted({local(name) for name in _expected(error)})
        advice = f"allowed here: {self._listed(expected)}" if expected else "nothing more is allowed here"
        name = local(str(parent.tag))
        children = list(parent.iterchildren("*"))
        if error.invalid_tag is None or error.index >= len(children):
            last = local(str(children[-1].tag)) if children else ""
            if last and expected == [last]:
                several = f"“{name}” has {error.occurs:,} “{last}”, but needs more"
                return finding("missing-element", several, self.document.start(parent), f"add <{last}>…</{last}>")
            where = f"“{name}” has “{last}”, but" if children else f"“{name}” is empty: it has"
            lacks = f"no {either(expected)}" if 0 < len(expected) <= _FEW else "nothing else that it needs"
            advice = f"add what it needs; one of: {self._listed(expected)}"
            return finding("missing-element", f"{where} {lacks}", self.document.start(parent), advice)
        child = children[error.index]
        message = f"“{local(str(child.tag))}” can't stand here in “{name}”"
        return finding("unexpected-element", message, self.document.start(child), advice)

    def _instance(self, error: XMLSchemaValidationError, element: etree._Element, reason: str) -> Diagnostic | None:
        """What is wrong with xsi:type or xsi:nil."""
        plain = local(str(element.tag))
        nil, kind = f"{_XSI}nil", f"{_XSI}type"
        if element.get(nil) is not None and ("nil" in reason):
            where = self.document.attribute(element, nil)
            if "not nillable" in reason:
                return finding("unexpected-attribute", f"“{plain}” can't be nil", where, "leave out xsi:nil")
            if "not empty" in reason:
                message = f"“{plain}” is nil, but not empty"
                return finding("wrong-value", message, where, "leave out xsi:nil, or what is inside")
            return finding("wrong-value", f"xsi:nil of “{plain}”: {_plain(reason)}", where, "one of: true, false")
        value = element.get(kind)
        if value is None or error.elem is None or type(error.validator).__name__.startswith("XsdAttribute"):
            return None
        shown = quote(value)
        where = self.document.attribute(element, kind, 0)
        if "not found" in reason and "global component" in reason:
            return finding("wrong-value", f"{shown} is no type of the schema", where, "name the type, with its prefix")
        if "abstract" in reason:
            return finding("wrong-value", f"the type {shown} is abstract", where, "name one that is derived from it")
        if "blocked" in reason:
            return finding("wrong-value", f"the type {shown} can't be used for “{plain}”: it is blocked", where)
        if "not derived" in reason or "unknown" in reason or "missing" in reason or "substitute" in reason:
            known = "not derived" not in reason and "substitute" not in reason
            what = "is no type of the schema" if known else f"is no type that can stand for that of “{plain}”"
            return finding(
                "wrong-value", f"{shown} {what}", where, "name the type, with its prefix, or leave xsi:type out"
            )
        return None

    def _attributes(self, error: XMLSchemaValidationError, element: etree._Element, reason: str) -> Diagnostic | None:
        plain = local(str(element.tag))
        for name in map(str, element.keys()):
            if f"'{name}'" in reason and (
                "not allowed" in reason or "prohibited" in reason or "not an attrib" in reason
            ):
                message = f"“{plain}” has no attribute “{attribute_name(name)}”"
                return finding("unexpected-attribute", message, self.document.attribute(element, name))
        if reason.startswith("missing required attribute"):
            name = (_QUOTED.findall(reason) or [""])[0]
            shown = attribute_name(name)
            message = f"“{plain}” lacks the attribute “{shown}”"
            return finding("missing-attribute", message, self.document.start(element), f'add {shown}="…"')
        return None

    def _element(self, error: XMLSchemaValidationError, element: etree._Element, reason: str) -> Diagnostic | None:
        plain, start = local(str(element.tag)), self.document.start(element)
        if "assertion test is false" in reason or type(error.validator).__name__ == "XsdAssert":
            test = getattr(error.validator, "path", "")
            words = documentation(error.validator)
            shown = words.rstrip(".") if words else f"“{collapsed(test)}” is not true"
            message = f"“{plain}” breaks a rule of the schema: {shown}"
            return finding("invalid", message, start, f"the rule: {collapsed(test)}" if words else None)
        if "character data" in reason:
            where, text = self._text(element)
            if "empty" in reason:
                held = quote(text) if text else "blanks"
                message = f"“{plain}” has to be empty, but holds {held}"
                return finding("unexpected-text", message, where, f"write <{plain}/>, and the words before or after it")
            return finding("unexpected-text", f"text can't stand directly in “{plain}”: {quote(text)}", where)
        if "is abstract" in reason or "abstract element" in reason:
            message = f"“{plain}” only stands for others, and can't be used itself"
            return finding("unexpected-element", message, start, "use one of the elements that it stands for")
        if "can't have child elements" in reason:
            child = next(element.iterchildren("*"))
            message = f"“{local(str(child.tag))}” can't stand in “{plain}”, which holds a value"
            return finding("unexpected-element", message, self.document.start(child), "leave the tags out")
        if "not a root element" in reason or "is not an element of the schema" in reason:
            return finding("unexpected-element", f"“{plain}” is no outermost element of the schema", start)
        if "not found" in reason and "element" in reason:
            message = f"“{plain}” is no element of the schema"
            return finding(
                "unexpected-element", message, start, "only elements that the schema declares may stand here"
            )
        if "blocked" in reason:
            return finding("unexpected-element", f"“{plain}” can't stand here: {_plain(reason)}", start)
        if "must have the fixed value" in reason:
            where, text = self._text(element)
            fixed = (_QUOTED.findall(reason) or [""])[0]
            message = f"{quote(text)} is not a value that “{plain}” may hold"
            return finding("wrong-value", message, where, f"one of: {fixed}")
        return None

    def _value(self, error: XMLSchemaValidationError, element: etree._Element, reason: str) -> Diagnostic | None:
        """What is wrong with a value of an attribute, or of the element itself."""
        if isinstance(error.validator, xmlschema.XsdElement | xmlschema.validators.XsdGroup):
            return None
        plain = local(str(element.tag))
        advice = _wanted(error.validator, reason)
        for name, value in element.items():
            if reason.startswith(f"attribute {name}="):
                shown = f"{quote(str(value))} is not a value that @{attribute_name(str(name))} on “{plain}” may have"
                return finding("wrong-value", shown, self.document.attribute(element, str(name), 0), advice)
        if element.text is None and len(element):
            return None
        where, text = self._text(element)
        if not text.strip():
            return finding("wrong-value", f"“{plain}” is empty; it has to hold a value", where, advice)
        return finding("wrong-value", f"{quote(text)} is not a value that “{plain}” may hold", where, advice)

    def _text(self, element: etree._Element) -> tuple[Location, str]:
        """The place of the first word directly in an element, and the text that begins there."""
        texts = [(element.text, element, False), *((child.tail, child, True) for child in element.iterchildren("*"))]
        for text, holder, after in texts:
            if text and text.strip():
                begin = len(text) - len(text.lstrip())
                return self.document.text(holder, begin, after=after), text.strip()
        return self.document.start(element), ""

    def _listed(self, names: list[str]) -> str:
        if self.all_expected or len(names) <= _LISTED + 1:
            return ", ".join(names)
        return f"{', '.join(names[:_LISTED])} and {len(names) - _LISTED} more"


def _about_key(reason: str) -> str | None:
    """The rule for an error about a key whose place isn't known."""
    parts = {
        "duplicated value": "duplicate-key",
        "missing key field": "missing-key",
        "not found for ": "dangling-keyref",
    }
    return next((rule for part, rule in parts.items() if part in reason), None)


def _expected(error: xmlschema.XMLSchemaChildrenValidationError) -> Iterator[str]:
    for particle in error.expected or ():
        name = getattr(particle, "name", None)
        if isinstance(name, str):
            yield name


def _wanted(validator: Any, reason: str) -> str | None:
    """What a type wants, as far as it says so."""
    test = getattr(validator, "path", None)
    if isinstance(test, str):
        words = documentation(validator)
        return words or f"the rule of the schema: {collapsed(test)}"
    patterns = getattr(validator, "regexps", None)
    if patterns:
        return f"expected: text that matches {' or '.join(patterns)}"
    if (form := _SIZES.get(type(validator).__name__)) is not None:
        return f"expected: {form.format(validator.value)}"
    listed = getattr(validator, "enumeration", None)
    if listed:
        return f"one of: {', '.join(str(value) for value in listed[:12] if value is not None)}"
    return _in_words(re.sub(r"^attribute \S+?='.*?': ", "", reason)) if reason else None


def _in_words(reason: str) -> str:
    """What a facet wants."""
    if match := re.match(r"time zone (required|prohibited)", reason):
        return "expected: a time zone" if match[1] == "required" else "expected: no time zone"
    return _plain(reason)


def _plain(reason: str) -> str:
    """A reason of xmlschema's without the names of its classes."""
    words = _COMPONENT.sub(lambda match: (_QUOTED.findall(match[0]) or ["the schema's"])[0], reason)
    words = re.sub(r"\{[^{}']*\}", "", words.partition(":\n")[0])
    words = collapsed(words).rstrip(".:")
    return words if len(words) <= 200 else f"{words[:200]} …"
