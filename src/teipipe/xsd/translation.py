"""A schema, compiled by xmlschema, as a grammar in RELAX NG's XML syntax."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from xmlschema.validators import XsdAnyAttribute, XsdAnyElement, XsdElement, XsdGroup

from teipipe.associations import XSD, XSI
from teipipe.xsd.values import NOTHING, Values, documentation, documented, is_empty, is_identity

_HEAD: Final = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"'
    ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
)
_EMPTY: Final = "<empty/>"
#: So often a particle is repeated in the grammar, and so long may that get.
_TIMES: Final = 16
_LENGTH: Final = 40_000
#: How something that may be repeated so often begins.
_SEVERAL: Final = "<optional><group>"
#: Attributes that may stand on every element, and in the narrow grammar which of them: what they say is not looked at.
_HINTS: Final = "(https?://[A-Za-z0-9.-]+/)?([A-Za-z0-9._-][A-Za-z0-9._/-]*)?(#[A-Za-z0-9._-]*)?"
_LOCATIONS: Final = (
    f'<optional><attribute name="schemaLocation" ns="{XSI}"><list><zeroOrMore><data type="anyURI">'
    f'<param name="pattern">{_HINTS}</param></data></zeroOrMore></list></attribute></optional>'
    f'<optional><attribute name="noNamespaceSchemaLocation" ns="{XSI}"><data type="anyURI">'
    f'<param name="pattern">{_HINTS}</param></data></attribute></optional>'
)
_ANY_XSI: Final = f'<zeroOrMore><attribute><nsName ns="{XSI}"/></attribute></zeroOrMore>'
_ANY_ATTRIBUTES: Final = "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"


def translated(schema: Any, *, is_narrow: bool) -> bytes:
    """The grammar, in UTF-8.

    With `is_narrow`, every document that fits it fits the schema; otherwise, as far as RELAX NG can say it, every
    document that fits the schema fits the grammar.
    """
    return _Translator(schema, is_narrow=is_narrow).run()


class _Translator:
    def __init__(self, schema: Any, *, is_narrow: bool) -> None:
        self.maps = schema.maps
        self.is_narrow = is_narrow
        self.values = Values(is_narrow=is_narrow)
        self.defines: list[str] = []
        self.names: dict[object, str] = {}
        self.kept: list[Any] = []
        #: The elements that the content in work names: an element that a wildcard lets through has to be consistent.
        self.siblings: frozenset[str] = frozenset()
        self.todo: deque[tuple[str, Callable[[], str]]] = deque()
        self.globals = {
            name: element for name, element in self.maps.elements.items() if not name.startswith(f"{{{XSD}}}")
        }

    def run(self) -> bytes:
        starts = [self.reference(element) for element in self.globals.values() if not element.abstract]
        while self.todo:
            name, make = self.todo.popleft()
            self.defines.append(f"<define name={quoteattr(name)}>{make()}</define>")
        start = _either(starts)
        return f"{_HEAD}<start>{start}</start>{''.join(self.defines)}</grammar>".encode("utf-8", "xmlcharrefreplace")

    def define(self, key: object, make: Callable[[], str]) -> str:
        """A reference to what is defined once, when all that is in work is done."""
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = f"d{len(self.names)}"
            self.todo.append((name, make))
        return f"<ref name={quoteattr(name)}/>"

    def once(self, thing: Any, make: Callable[[], str]) -> str:
        self.kept.append(thing)  # so that no other thing gets the same number
        return self.define(id(thing), make)

    # Elements

    def reference(self, element: Any) -> str:
        """One element by its declaration, without those that may stand for it."""
        declared = element.ref if element.ref is not None else element
        self.kept.append(declared)
        key = (declared.name, id(declared.type), declared.fixed, declared.default, bool(declared.nillable))
        special = id(declared) if declared.alternatives or declared.identities else 0
        self.kept.append(declared.type)
        return self.define((key, special), lambda: self.element(declared))

    def element(self, element: Any) -> str:
        local, namespace = _split(element.name)
        content = self.content(element)
        words = documented(documentation(element))
        return f"<element name={quoteattr(local)} ns={quoteattr(namespace)}>{words}{content}</element>"

    def content(self, element: Any) -> str:
        kind = element.type
        is_special = element.alternatives or element.identities or element.default is not None
        if self.is_narrow and (is_special or kind.abstract):
            return NOTHING
        if element.alternatives:
            kinds = [kind, *(one.type for one in element.alternatives)]
            return _either([self.type(one) for one in {id(one): one for one in kinds}.values()])
        if element.fixed is not None:
            return self.fixed(element)
        if element.default is not None and kind.is_simple():
            return f"{_ANY_XSI}<choice>{_EMPTY}{self.value(kind)}</choice>"
        return self.type(kind)

    def fixed(self, element: Any) -> str:
        value = f'<value type="string">{_text(element.fixed)}</value>'
        if element.type.is_simple() and element.fixed and not is_identity(element.type):
            xsi = _LOCATIONS if self.is_narrow else _ANY_XSI
            return f"{xsi}<choice>{value}{_EMPTY}</choice>"
        return NOTHING if self.is_narrow else self.type(element.type)

    # Types

    def type(self, kind: Any) -> str:
        return self.once(kind, lambda: self.made(kind))

    def made(self, kind: Any) -> str:
        xsi = _LOCATIONS if self.is_narrow else _ANY_XSI
        if kind.is_simple():
            return xsi + self.held(kind)
        if self.is_narrow and (kind.assertions or kind.open_content is not None or _has_default_ids(kind)):
            return NOTHING
        content = kind.content
        inner = self.model(kind) if isinstance(content, XsdGroup) else self.held(content)
        return f"{xsi}{self.attributes(kind.attributes)}{inner}"

    def model(self, kind: Any) -> str:
        """What a complex type holds that is made of elements."""
        self.siblings = _declared(kind)
        inner = self.particle(kind.content)
        if kind.open_content is not None and kind.open_content.mode != "none":
            wildcard = f"<zeroOrMore>{self.any(kind.open_content.any_element)}</zeroOrMore>"
            around = "interleave" if kind.open_content.mode == "interleave" else "group"
            inner = f"<{around}>{inner}{wildcard}</{around}>"
        if kind.mixed:
            return "<text/>" if inner == _EMPTY else f"<mixed>{inner}</mixed>"
        # Nor may there be blanks in what is empty.
        return '<value type="string"></value>' if self.is_narrow and inner == _EMPTY else inner

    def held(self, kind: Any) -> str:
        """What an element holds; which of them are IDs is known of attributes only."""
        if self.is_narrow:
            return NOTHING if is_identity(kind) else self.value(kind)
        if kind.name == f"{{{XSD}}}string":
            return "<text/>"
        return _EMPTY if is_empty(kind) else self.value(kind)

    def value(self, kind: Any) -> str:
        self.kept.append(kind)
        return self.define(("value", id(kind)), lambda: self.values.of(kind))

    def attributes(self, group: Any) -> str:
        found: list[str] = []
        for name, use in group.items():
            if name is None or use.use == "prohibited" or name.startswith(f"{{{XSI}}}"):
                continue
            one = self.attribute(name, use)
            found.append(one if use.use == "required" else f"<optional>{one}</optional>")
        if None in group and isinstance(group[None], XsdAnyAttribute):
            found.append(self.any_attribute(group[None], [name for name in group if name is not None]))
        return "".join(found)

    def attribute(self, name: str, use: Any) -> str:
        local, namespace = _split(name)
        words = documented(documentation(use) or (documentation(use.ref) if use.ref is not None else ""))
        value = self.value(use.type) if use.type is not None else '<data type="string"/>'
        if use.fixed is not None:
            value = f'<value type="{"string" if self.is_narrow else "token"}">{_text(use.fixed)}</value>'
        return f"<attribute name={quoteattr(local)} ns={quoteattr(namespace)}>{words}{value}</attribute>"

    def any_attribute(self, wildcard: Any, taken: list[str]) -> str:
        if self.is_narrow and any(name.startswith("##") for name in wildcard.not_qname):
            return ""
        others = [name for name in self.maps.attributes if name not in taken and not name.startswith(f"{{{XSI}}}")]
        known = [name for name in others if wildcard.is_matching(name)]
        if self.is_narrow:
            known = [name for name in known if not is_identity(self.maps.attributes[name].type)]
        found: list[str] = []
        if wildcard.process_contents == "skip":
            known = []
        found += [f"<optional>{self.attribute(name, self.maps.attributes[name])}</optional>" for name in known]
        if wildcard.process_contents == "skip" or (wildcard.process_contents == "lax" and not self.is_narrow):
            without = f'<nsName ns="{XSI}"/>' + "".join(map(_name, [*taken, *known]))
            found.append(f"<zeroOrMore><attribute>{_names(wildcard, without)}<text/></attribute></zeroOrMore>")
        return "".join(found)

    # Particles

    def particle(self, particle: Any) -> str:
        if particle.max_occurs == 0:
            return _EMPTY
        if isinstance(particle, XsdAnyElement):
            one = self.any(particle)
        elif isinstance(particle, XsdElement):
            one = self.substitutable(particle)
        else:
            one = self.group(particle)
        return self.repeated(one, particle.min_occurs, particle.max_occurs)

    def group(self, group: Any) -> str:
        parts = [self.particle(part) for part in group]
        if group.model == "choice":
            return _either(parts)
        solid = [part for part in parts if part != _EMPTY]
        if not solid:
            return _EMPTY
        if len(solid) == 1:
            return solid[0]
        around = "interleave" if group.model == "all" else "group"
        return f"<{around}>{''.join(solid)}</{around}>"

    def repeated(self, one: str, least: int, most: int | None) -> str:
        if one in (_EMPTY, NOTHING):
            return _EMPTY if least == 0 else one
        if (least, most) == (1, 1):
            return one
        if (least, most) == (0, 1):
            return f"<optional>{one}</optional>"
        if least <= 1 and most is None:
            return f"<zeroOrMore>{one}</zeroOrMore>" if least == 0 else f"<oneOrMore>{one}</oneOrMore>"
        if self.is_narrow and _SEVERAL in one:
            return NOTHING  # there would be too many ways to count the same elements
        bound = max(2, min(_TIMES, _LENGTH // len(one)))
        if least > bound:
            return NOTHING if self.is_narrow else f"<oneOrMore>{one}</oneOrMore>"
        if most is None or (most > bound and not self.is_narrow):
            return f"<group>{one * least}<zeroOrMore>{one}</zeroOrMore></group>"
        rest = ""
        for _ in range(min(most, bound) - least):
            rest = f"{_SEVERAL}{one}{rest}</group></optional>" if rest else f"<optional>{one}</optional>"
        return f"<group>{one * least}{rest}</group>"

    def substitutable(self, particle: Any) -> str:
        """An element, or one that may stand for it."""
        declared = particle.ref if particle.ref is not None else particle
        members = [] if declared.abstract else [self.reference(declared)]
        is_head = particle.ref is not None
        blocked = declared.block.split() if is_head else ["substitution"]
        if "substitution" not in blocked and not (self.is_narrow and (blocked or declared.type.block)):
            members += [self.reference(member) for member in declared.iter_substitutes() if not member.abstract]
        return _either(list(dict.fromkeys(members)))

    def any(self, wildcard: Any) -> str:
        """Any element that a wildcard lets through."""
        if self.is_narrow and any(name.startswith("##") for name in wildcard.not_qname):
            return NOTHING  # which elements are siblings is not known here
        known = [element for name, element in self.globals.items() if wildcard.is_matching(name)]
        if wildcard.process_contents == "skip":
            return self.unknown(wildcard, [], NOTHING)
        if self.is_narrow:
            known = [element for element in known if element.name not in self.siblings]
        parts = [self.reference(element) for element in known if not element.abstract]
        if wildcard.process_contents == "lax" and not self.is_narrow:
            parts.append(self.unknown(wildcard, list(self.globals), "lax"))
        return _either(parts)

    def unknown(self, wildcard: Any, without: Iterable[str], content: str) -> str:
        names = _names(wildcard, "".join(map(_name, without)))
        inner = self.define("lax", self.lax) if content == "lax" else self.define("skipped", self.skipped)
        return self.define(names + content, lambda: f"<element>{names}{inner}</element>")

    def skipped(self) -> str:
        anything = f"<element><anyName/>{self.define('skipped', self.skipped)}</element>"
        return f"<mixed>{_ANY_ATTRIBUTES}<zeroOrMore>{anything}</zeroOrMore></mixed>"

    def lax(self) -> str:
        without = "".join(map(_name, self.globals))
        excepted = f"<anyName><except>{without}</except></anyName>" if without else "<anyName/>"
        unknown = f"<element>{excepted}{self.define('lax', self.lax)}</element>"
        known = [self.reference(element) for element in self.globals.values() if not element.abstract]
        inside = _either([*known, unknown])
        return f"<mixed>{_ANY_ATTRIBUTES}<zeroOrMore>{inside}</zeroOrMore></mixed>"


def _declared(kind: Any) -> frozenset[str]:
    """The names of the elements that a type names in its content, or one that it is derived from."""
    found: set[str] = set()
    while kind is not None and kind.is_complex():
        if isinstance(kind.content, XsdGroup):
            found.update(one.name for one in kind.content.elements if isinstance(one, XsdElement))
        kind = kind.base_type
    return frozenset(found)


def _has_default_ids(kind: Any) -> bool:
    """Whether attributes that aren't there are IDs or refer to one, there are several IDs, or xsi's are demanded."""
    uses = [use for name, use in kind.attributes.items() if name is not None and not isinstance(use, XsdAnyAttribute)]
    ids = [use for use in uses if use.type is not None and is_identity(use.type)]
    return (
        any(use.default is not None or use.fixed is not None for use in ids)
        or sum(use.type.is_key() for use in ids) > 1
        or any(use.name.startswith(f"{{{XSI}}}") for use in uses)
    )


def _names(wildcard: Any, without: str) -> str:
    """The name class of a wildcard, without some others."""
    excluded = "".join(_name(name) for name in wildcard.not_qname if not name.startswith("##")) + without
    if wildcard.not_namespace:
        return _but("anyName", "".join(map(_namespace, wildcard.not_namespace)) + excluded)
    if "##any" in wildcard.namespace:
        return _but("anyName", excluded)
    if "##other" in wildcard.namespace:
        target = wildcard.target_namespace
        return _but("anyName", _namespace(target) + (_namespace("") if target else "") + excluded)
    listed = [_but(f"nsName ns={quoteattr(uri)}", excluded) for uri in sorted(wildcard.namespace)]
    return f"<choice>{''.join(listed)}</choice>" if len(listed) > 1 else "".join(listed)


def _but(kind: str, without: str) -> str:
    if kind.startswith("nsName"):
        # Only its own names, and no other namespace, can be taken out of a namespace.
        uri = kind.removeprefix("nsName ns=")
        parts = [f"{part}</name>" for part in without.split("</name>") if part.startswith(f"<name ns={uri}>")]
        without = "".join(parts)
    return f"<{kind}><except>{without}</except></{kind.split()[0]}>" if without else f"<{kind}/>"


def _name(name: str) -> str:
    local, namespace = _split(name)
    return f"<name ns={quoteattr(namespace)}>{_text(local)}</name>"


def _namespace(uri: str) -> str:
    return f"<nsName ns={quoteattr(uri)}/>"


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition("}")
    return local, namespace.removeprefix("{")


def _text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _either(parts: Iterable[str]) -> str:
    distinct = [part for part in dict.fromkeys(parts) if part != NOTHING]
    if not distinct:
        return NOTHING
    return distinct[0] if len(distinct) == 1 else f"<choice>{''.join(distinct)}</choice>"
