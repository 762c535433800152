"""Which attributes an element has: its own, its classes', and which of these it changes or does without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from teipipe.odd import model
from teipipe.odd.content import Contents
from teipipe.odd.index import Index
from teipipe.odd.model import AttDef, AttList, AttRef, Mode, Organisation, Usage
from teipipe.odd.schema import Attribute, AttributeItem, Inherited, OneOf, each_attribute

_Key = tuple[str, str]


def definitions(attributes: AttList) -> Iterator[AttDef]:
    """The attDefs of a list, those of inner lists included."""
    for item in attributes.items:
        if isinstance(item, AttDef):
            yield item
        elif isinstance(item, AttList):
            yield from definitions(item)


class Attributes:
    """Resolves the attributes of elements and classes."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self.index = index
        self.contents = contents
        self._classes: dict[str, Inherited] = {}
        self._effective: dict[str, dict[_Key, AttDef]] = {}

    def of_class(self, spec: model.ClassSpec) -> Inherited:
        """What a class defines itself (a change of what another class defines is complete here)."""
        if spec.ident not in self._classes:
            self._check_unique(spec.attributes, f"class “{spec.ident}”")
            self._classes[spec.ident] = Inherited(spec.ident, self._items(spec, spec.attributes))
        return self._classes[spec.ident]

    def of_element(self, spec: model.ElementSpec) -> tuple[AttributeItem, ...]:
        """All attributes of an element: inherited ones class by class, the nearest first, then its own."""
        self._check_unique(spec.attributes, f"element “{spec.ident}”")
        own = {definition.key for definition in definitions(spec.attributes)}
        self._report_conflicts(spec, own)
        gone = set(own)
        items: list[AttributeItem] = []
        for ancestor in self.index.ancestors(spec):
            if not ancestor.is_model:
                self.index.used.add(ancestor.ident)
                inherited = self.of_class(ancestor)
                items += _without(inherited, gone)
                gone |= _keys(inherited) | {definition.key for definition in definitions(ancestor.attributes)}
        for item in self._items(spec, spec.attributes):
            if isinstance(item, OneOf) or (isinstance(item, Attribute) and item.owner == spec.ident):
                items.append(item)
            else:  # what an attRef brought, unless it is there already
                items += _without(item, gone)
                gone |= _keys(item)
        return tuple(items)

    def _report_conflicts(self, spec: model.ElementSpec, own: set[_Key]) -> None:
        owners: dict[_Key, model.ClassSpec] = {}
        for ancestor in self.index.ancestors(spec):
            for definition in definitions(ancestor.attributes):
                first = owners.setdefault(definition.key, ancestor)
                if first is ancestor or definition.key in own:
                    continue
                if ancestor not in self.index.ancestors(first) and first not in self.index.ancestors(ancestor):
                    both = f"“{first.ident}” and from “{ancestor.ident}”"
                    message = f"“{spec.ident}” has @{definition.ident} from {both}"
                    self.index.report("attribute-in-two-classes", message, spec.at)

    def _inherited(self, spec: model.ElementSpec | model.ClassSpec) -> Mapping[_Key, AttDef]:
        """What a specification gets from its classes: of two definitions the nearer one."""
        found: dict[_Key, AttDef] = {}
        for ancestor in reversed(list(self.index.ancestors(spec))):
            if ancestor.ident not in self._effective:
                above = self._inherited(ancestor)
                self._effective[ancestor.ident] = {
                    each.key: each.changing(above[each.key]) if each.mode is Mode.CHANGE and each.key in above else each
                    for each in definitions(ancestor.attributes)
                }
            for key, definition in self._effective[ancestor.ident].items():
                if definition.mode is Mode.DELETE:
                    found.pop(key, None)
                else:
                    found[key] = definition
        return found

    def _items(self, spec: model.ElementSpec | model.ClassSpec, attributes: AttList) -> tuple[AttributeItem, ...]:
        groups: list[tuple[AttributeItem, ...]] = []
        for item in attributes.items:
            match item:
                case AttDef():
                    groups.append(tuple(self._defined(item, spec)))
                case AttRef():
                    groups.append(tuple(self._referred(item)))
                case AttList():
                    groups.append(self._items(spec, item))
        filled = tuple(filter(None, groups))
        if attributes.org is Organisation.CHOICE and len(filled) > 1:
            return (OneOf(filled),)
        return tuple(item for items in filled for item in items)

    def _defined(self, definition: AttDef, spec: model.ElementSpec | model.ClassSpec) -> Iterator[Attribute]:
        if definition.mode in (Mode.DELETE, Mode.CHANGE):
            before = self._inherited(spec).get(definition.key)
            if before is None:
                change = definition.mode.value
                message = f'“{spec.ident}” has @{definition.ident} with mode="{change}", but doesn\'t inherit it'
                self.index.report("attribute-not-inherited", message, definition.at)
            elif definition.mode is Mode.CHANGE:
                definition = definition.changing(before)
        if definition.mode is not Mode.DELETE and not definition.ident.startswith("xmlns"):
            yield self.resolve(definition, spec.ident)

    def _referred(self, reference: AttRef) -> Iterator[AttributeItem]:
        spec = self.index.class_spec(reference.key, reference.at)
        if spec is None:
            return
        self.index.used.add(spec.ident)
        inherited = self.of_class(spec)
        if not reference.name:
            if inherited.items:
                yield inherited
            return
        found = [each for each, _ in each_attribute([inherited]) if each.ident == reference.name]
        if not found:
            message = f"class “{spec.ident}” has no attribute “{reference.name}”"
            self.index.report("dangling-key", message, reference.at)
        yield from found

    def resolve(self, definition: AttDef, owner: str) -> Attribute:
        """One attribute, complete."""
        return Attribute(
            namespace=definition.namespace,
            name=definition.name or definition.ident,
            ident=definition.ident,
            required=definition.usage is Usage.REQUIRED,
            value=self.contents.value(definition),
            owner=owner,
            at=definition.at,
            default=definition.default,
            docs=definition.docs,
            values=definition.values.items if definition.values else (),
        )

    def _check_unique(self, attributes: AttList, where: str) -> None:
        seen: dict[_Key, AttDef] = {}
        for definition in definitions(attributes):
            if definition.key in seen:
                message = f"{where} defines @{definition.ident} twice"
                self.index.report("duplicate-attribute", message, definition.at)
            seen[definition.key] = definition


def _keys(item: AttributeItem) -> set[_Key]:
    return {(attribute.namespace, attribute.ident) for attribute, _ in each_attribute([item])}


def _without(item: AttributeItem, gone: Iterable[_Key]) -> tuple[AttributeItem, ...]:
    """The item itself if none of its attributes is in `gone`, else what is left of it."""
    kept = tuple(_kept((item,), set(gone)))
    whole = item.items if isinstance(item, Inherited) else (item,)
    return (item,) if kept == whole and kept else kept


def _kept(items: Iterable[AttributeItem], gone: set[_Key]) -> Iterator[AttributeItem]:
    for item in items:
        match item:
            case Attribute():
                if (item.namespace, item.ident) not in gone:
                    yield item
            case Inherited():
                yield from _kept(item.items, gone)
            case OneOf(groups):
                left = [inner for group in groups if (inner := tuple(_kept(group, gone)))]
                if left == list(groups):
                    yield item
                elif len(left) > 1:
                    yield OneOf(tuple(left))
                elif left:
                    yield from left[0]
