"""Simple types of a schema in RELAX NG: data and its parameters, values, lists and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from xmlschema.names import XSD_ENUMERATION, XSD_PATTERN, XSD_WHITE_SPACE
from xmlschema.validators import XsdAnnotation, XsdAtomicBuiltin, XsdList, XsdUnion

NOTHING: Final = "<notAllowed/>"
_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_WORD: Final = "[A-Za-z_À-ÖØ-öø-ÿ][A-Za-z0-9_À-ÖØ-öø-ÿ.-]*"
_INTEGER: Final = "-?[0-9]{1,15}"
_DECIMAL: Final = "-?[0-9]{1,12}([.][0-9]{1,12})?"
_YEAR: Final = "[1-9][0-9]{3}"
_ZONE: Final = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
_PLAIN: Final = "[ -~]*"
_SOLID: Final = "[!-~]*"

#: How values of the built-in types are mostly written. Where no two libraries disagree about a value, the verdict may
#: be taken without xmlschema's; None where there is no such form, as with prefixes, which are not looked up here.
_USUAL: Final[dict[str, str | None]] = {
    **dict.fromkeys(("string", "normalizedString", "token", "boolean"), ""),
    **dict.fromkeys(("NMTOKEN", "Name", "NCName", "ID", "IDREF"), _WORD),
    "language": "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    "anyURI": "(https?://[A-Za-z0-9.-]+/)?([A-Za-z0-9._-][A-Za-z0-9._/-]*)?(#[A-Za-z0-9._À-ÖØ-öø-ÿ-]*)?",
    **dict.fromkeys(
        (
            *("integer", "nonPositiveInteger", "negativeInteger", "long", "int", "short", "byte"),
            *("nonNegativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "positiveInteger"),
        ),
        _INTEGER,
    ),
    **dict.fromkeys(("decimal", "float", "double"), _DECIMAL),
    "date": f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}",
    "dateTime": f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}{_ZONE}",
    "time": f"{_CLOCK}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-[0-9]{{2}}{_ZONE}",
    "gMonthDay": f"--[0-9]{{2}}-[0-9]{{2}}{_ZONE}",
    "gMonth": f"--[0-9]{{2}}{_ZONE}",
    "gDay": f"---[0-9]{{2}}{_ZONE}",
    "duration": "P([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}D)?(T([0-9]{1,4}H)?([0-9]{1,4}M)?([0-9]{1,4}S)?)?",
    "hexBinary": "([0-9A-Fa-f]{2})*",
    "base64Binary": "([A-Za-z0-9+/]{4})*",
}
#: Types of XSD 1.1 by those of 1.0 and a pattern.
_NEWER: Final = {
    "dateTimeStamp": ("dateTime", ".*(Z|[+-][0-9]{2}:[0-9]{2})"),
    "yearMonthDuration": ("duration", "[^DT]*"),
    "dayTimeDuration": ("duration", "[^YM]*(T.*)?"),
}
_TEXTS: Final = {"preserve": "string", "replace": "normalizedString", "collapse": "token"}
_ALIKE: Final = frozenset(
    ("length", "minLength", "maxLength", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
) | {"totalDigits", "fractionDigits"}
#: Escapes for classes of characters, which not all libraries take from the same version of Unicode.
_CLASSES: Final = re.compile(r"\\[pPwWdDiIcCsS]|\[\^|-\[|\.")


def documentation(component: Any) -> str:
    """The words of a component's annotation, "" without any."""
    annotation = component if isinstance(component, XsdAnnotation) else getattr(component, "annotation", None)
    for element in () if annotation is None else annotation.documentation:
        words = " ".join("".join(element.itertext()).split())
        if words:
            return words
    return ""


def documented(words: str) -> str:
    """An annotation for RELAX NG."""
    return f"<a:documentation>{escape(words)}</a:documentation>" if words else ""


class Values:
    """Translates simple types; `is_narrow` leaves out what might be judged otherwise by xmlschema."""

    def __init__(self, *, is_narrow: bool) -> None:
        self.is_narrow = is_narrow

    def of(self, kind: Any, *, in_union: bool = False, in_list: bool = False) -> str:
        """The pattern for a simple type."""
        chain = list(_chain(kind))
        builtin = chain[-1]
        if builtin.name in (f"{_XSD}anySimpleType", f"{_XSD}anyAtomicType") or (
            builtin.name is None and _is_open(builtin)
        ):
            return '<data type="string"/>' if not in_list else '<data type="token"/>'
        if isinstance(builtin, XsdUnion):
            return self._union(chain, builtin)
        if isinstance(builtin, XsdList):
            return self._list(chain, builtin)
        if isinstance(builtin, XsdAtomicBuiltin):
            return self._atomic(chain, in_part=in_union or in_list, in_union=in_union)
        return NOTHING if self.is_narrow else '<data type="string"/>'

    def _union(self, chain: list[Any], union: Any) -> str:
        facets = [facet for step in chain for facet in step.facets if facet is not None]
        listed = next((step.facets[XSD_ENUMERATION] for step in chain if XSD_ENUMERATION in step.facets), None)
        if listed is not None:
            return self._enumeration(chain[0], listed, "token")
        if facets and any(facet != XSD_WHITE_SPACE for facet in facets) and self.is_narrow:
            return NOTHING
        members = list(dict.fromkeys(self.of(member, in_union=True) for member in union.member_types))
        return f"<choice>{''.join(members)}</choice>" if len(members) > 1 else "".join(members) or NOTHING

    def _list(self, chain: list[Any], plain: Any) -> str:
        least, others = 0, False
        for step in chain:
            for name, facet in step.facets.items():
                if name == f"{_XSD}minLength" and facet.value <= 1:
                    least = max(least, facet.value)
                elif name is not None and name != XSD_WHITE_SPACE:
                    others = True
        item = plain.item_type
        if item.name == f"{_XSD}IDREF" and least and not others:
            return '<data type="IDREFS"/>' if not self.is_narrow else _data("IDREFS", [f"{_WORD}( {_WORD})*"])
        if self.is_narrow and (others or _root(item) in ("ID", "IDREF")):
            return NOTHING
        repeated = "oneOrMore" if least else "zeroOrMore"
        return f"<list><{repeated}>{self.of(item, in_list=True)}</{repeated}></list>"

    def _atomic(self, chain: list[Any], *, in_part: bool, in_union: bool) -> str:
        name = _root(chain[0])
        patterns: list[str] = []
        if name in _NEWER:
            name, pattern = _NEWER[name]
            patterns.append(pattern)
        usual = _USUAL.get(name)
        if self.is_narrow:
            if usual is None or (in_part and name in ("ID", "IDREF")):
                return NOTHING
            patterns += [usual] if usual else []
            patterns += [_SOLID] if in_union and not usual else []
        if name == "error":
            return NOTHING
        name = _by_whitespace(name, chain)
        if in_part and name in ("string", "normalizedString"):
            name = "token"
        listed = next((step.facets[XSD_ENUMERATION] for step in chain if XSD_ENUMERATION in step.facets), None)
        if listed is not None and self.is_narrow and name in ("ID", "IDREF"):
            return NOTHING
        if listed is not None and name not in ("QName", "NOTATION"):
            return self._enumeration(chain[0], listed, name)
        return self._data(name, chain, patterns)

    def _data(self, name: str, chain: list[Any], patterns: list[str]) -> str:
        params: list[tuple[str, str]] = []
        for step in reversed(chain):
            if step.name is not None and step.name.startswith(_XSD):
                continue
            for facet_name, facet in step.facets.items():
                local = "" if facet_name is None else facet_name.removeprefix(_XSD)
                if facet_name == XSD_PATTERN:
                    params.append(("pattern", _joined([one.get("value", "") for one in facet])))
                elif local in _ALIKE:
                    params.append((local, facet.elem.get("value", "")))
                elif facet_name not in (None, XSD_WHITE_SPACE, XSD_ENUMERATION) and self.is_narrow:
                    return NOTHING
        if self.is_narrow and any(name == "pattern" and _CLASSES.search(value) for name, value in params):
            patterns = [*patterns, _PLAIN]
        return _data(name, patterns, params)

    def _enumeration(self, kind: Any, listed: Any, name: str) -> str:
        """Its values; one by its letters alone if it is to be narrow."""
        collapsed = name not in ("string", "normalizedString")
        written = ("token" if collapsed else "string") if self.is_narrow or name == "anyURI" else name
        found: list[str] = []
        for number, element in enumerate(listed):
            value = element.get("value", "")
            if kind.is_valid(value):
                words = documented(documentation(listed.get_annotation(number)))
                found.append(f"<value type={quoteattr(written)}>{escape(value)}</value>{words}")
        found = list(dict.fromkeys(found))
        return f"<choice>{''.join(found)}</choice>" if found else NOTHING


def _chain(kind: Any) -> Iterator[Any]:
    """The type, what it restricts, and so on, up to one that is built in, a list or a union."""
    while True:
        if kind.is_complex():
            # One with simple content: its restrictions are those of the content.
            inner = kind.content
            kind = inner if inner.is_simple() else kind.base_type
            continue
        yield kind
        if isinstance(kind, XsdAtomicBuiltin | XsdList | XsdUnion) or kind.base_type is None:
            return
        kind = kind.base_type


def _root(kind: Any) -> str:
    """The name of the built-in type that a type is made from."""
    return str(list(_chain(kind))[-1].name or "").removeprefix(_XSD)


def is_identity(kind: Any) -> bool:
    """Whether some of a type's values are IDs, or refer to them."""
    last = list(_chain(kind))[-1]
    if isinstance(last, XsdUnion):
        return any(map(is_identity, last.member_types))
    if isinstance(last, XsdList):
        return is_identity(last.item_type)
    return _root(kind) in ("ID", "IDREF")


def is_empty(kind: Any) -> bool:
    """Whether a type has no value but the empty one, as far as that is plain."""
    facets = [step.facets for step in _chain(kind) if not (step.name or "").startswith(_XSD)]
    lengths = [one[name].value for one in facets for name in (f"{_XSD}length", f"{_XSD}maxLength") if name in one]
    patterns = [one[XSD_PATTERN].regexps for one in facets if XSD_PATTERN in one]
    values = [[item.get("value") for item in one[XSD_ENUMERATION]] for one in facets if XSD_ENUMERATION in one]
    return 0 in lengths or [""] in patterns or [""] in values


def _is_open(kind: Any) -> bool:
    return not isinstance(kind, XsdList | XsdUnion | XsdAtomicBuiltin)


def _by_whitespace(name: str, chain: list[Any]) -> str:
    """The text type with the whitespace that is asked for."""
    if name not in _TEXTS.values():
        return name
    found = [step.facets[XSD_WHITE_SPACE].value for step in chain if XSD_WHITE_SPACE in step.facets]
    return _TEXTS.get(found[0], name) if found else name


def _joined(patterns: list[str]) -> str:
    return patterns[0] if len(patterns) == 1 else "|".join(f"({pattern})" for pattern in patterns)


def _data(name: str, patterns: list[str], params: list[tuple[str, str]] | None = None) -> str:
    both = [*(params or []), *(("pattern", pattern) for pattern in patterns)]
    inner = "".join(f"<param name={quoteattr(key)}>{escape(value)}</param>" for key, value in both)
    return f"<data type={quoteattr(name)}>{inner}</data>" if inner else f"<data type={quoteattr(name)}/>"
