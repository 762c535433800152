"""The entries of the page: what is said of an element, a class, a macro or a datatype."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from teipipe.odd import model, schema
from teipipe.odd.documentation.attributes import AttributeLists
from teipipe.odd.documentation.examples import block, example
from teipipe.odd.documentation.facts import Facts
from teipipe.odd.documentation.names import Names
from teipipe.odd.documentation.patterns import Patterns
from teipipe.odd.documentation.prose import Prose, local
from teipipe.odd.documentation.rules import constraints
from teipipe.odd.markup import EMPTY, Html, joined, tag, words
from teipipe.odd.model import XML_NS
from teipipe.odd.node import children

_Fact = tuple[str, Html]


class Entries:
    """Writes entries."""

    def __init__(self, facts: Facts, names: Names) -> None:
        self.facts = facts
        self.names = names
        self.patterns = Patterns(names, facts.elements)
        self.prose = Prose(names, self.describe)
        self.attributes = AttributeLists(facts, names, self.patterns, self.prose)

    def describe(self, kind: str, name: str) -> Html:
        """The description of a specification in a line; an element by its ident or its key."""
        spec = self._spec(kind, name)
        return EMPTY if spec is None else self.attributes.description(spec.at, spec.docs)

    def element(self, key: str) -> Html:
        """The entry of an element."""
        element, spec = self.facts.elements[key], self.facts.index.elements[key]
        written = self.facts.written(spec.at)
        facts = [
            *self._origin(spec, written),
            *self.attributes.rows("element", key, element.attributes, spec.ident),
            ("Content", self.patterns.block(element.content)),
            *self._children(key),
            *self._parents(key),
            *self._classes(spec),
            *self._rest(written),
        ]
        return self._entry("element", key, element.name, spec, facts)

    def class_(self, ident: str) -> Html:
        """The entry of a class."""
        spec = self.facts.index.classes[ident]
        members = self.facts.members(ident)
        if members is None:
            shown = words("too many to list")
        elif len(members) == len(self.facts.elements) > 1:
            shown = words("every element")
        else:
            shown = self._elements(members) or words("none in this schema")
        below = [each.ident for each in self.facts.index.members(ident) if isinstance(each, model.ClassSpec)]
        facts = [
            *self._origin(spec, None),
            *self.attributes.rows("class", ident, self.facts.class_attributes.get(ident, ()), ident),
            *self._classes(spec),
            *_fact("Classes in it", _listed(self.names.plain("class", name) for name in below)),
            ("Elements", shown),
            *self._users(ident),
            *self._rest(self.facts.written(spec.at)),
        ]
        return self._entry("class", ident, ident, spec, facts)

    def pattern(self, kind: str, ident: str) -> Html:
        """The entry of a macro or a datatype."""
        spec: model.Spec = (self.facts.index.macros if kind == "macro" else self.facts.index.datatypes)[ident]
        pattern = schema.bare((self.facts.macros if kind == "macro" else self.facts.datatypes)[ident])
        written = self.facts.written(spec.at)
        items = [] if written is None else list(written.iter(f"{{{model.TEI_NS}}}valItem"))
        facts = [
            *self._origin(spec, None),
            ("Content", self.patterns.block(pattern)),
            *_fact("Values", self.attributes.written_values(items)),
            *self._users(ident),
            *self._rest(written),
        ]
        return self._entry(kind, ident, ident, spec, facts)

    def _spec(self, kind: str, name: str) -> model.Spec | None:
        index = self.facts.index
        match kind:
            case "element":
                return index.elements.get(name)
            case "class":
                return index.classes.get(name)
            case "macro":
                return index.macros.get(name)
            case _:
                return index.datatypes.get(name)

    def _entry(self, kind: str, name: str, shown: str, spec: model.Spec, facts: Iterable[_Fact]) -> Html:
        anchor = self.names.anchor(kind, name) or ""
        gloss = self.attributes.gloss(spec.at, spec.docs, shown)
        heading = tag(
            "h3",
            tag("a", tag("code", words(shown)), href=f"#{anchor}"),
            *([words(" "), tag("span", gloss, class_="gloss")] if gloss else ()),
        )
        said = self.attributes.description(spec.at, spec.docs, in_full=True)
        rows = [tag("div", tag("dt", words(label)), tag("dd", content)) for label, content in facts if content]
        listed = tag("dl", *rows, class_="facts") if rows else EMPTY
        return tag("article", heading, said, listed, id=anchor, class_=kind)

    def _origin(self, spec: model.Spec, written: etree._Element | None) -> Iterator[_Fact]:
        parts: list[Html] = []
        if spec.module:
            parts.append(
                self.names.link("module", spec.module) if written is not None else tag("code", words(spec.module))
            )
        section = self._section(written)
        if section:
            parts.append(section)
        if isinstance(spec, model.ElementSpec) and spec.namespace != self.facts.schema.namespace:
            parts.append(joined([words("namespace "), tag("code", words(spec.namespace))]))
        yield from _fact("Module", joined(parts, " · "))

    def _section(self, written: etree._Element | None) -> Html:
        """The part of the introduction that an element is specified in."""
        if written is None:
            return EMPTY
        for above in written.iterancestors():
            head = next(children(above, "head"), None)
            anchor = self.names.anchor("section", above.get(f"{{{XML_NS}}}id", ""))
            if local(above).startswith("div") and head is not None and anchor:
                return tag("a", words(" ".join("".join(head.itertext()).split())), href=f"#{anchor}")
        return EMPTY

    def _elements(self, keys: Iterable[str]) -> Html:
        return _listed(self._element(key) for key in keys)

    def _element(self, key: str) -> Html:
        return self.names.plain("element", key, self.facts.elements[key].name)

    def _children(self, key: str) -> Iterator[_Fact]:
        content = self.facts.elements[key].content
        parts = list(schema.walk(content))
        found = [tag("em", words("text"))] if any(isinstance(part, schema.Chars) for part in parts) else []
        if any(isinstance(part, schema.Wildcard) for part in parts):
            found.append(tag("em", words("elements of other vocabularies")))
        found += [self._element(name) for name in self.facts.contains.get(key, ())]
        data = any(isinstance(part, (schema.Data, schema.Value)) for part in parts)
        nothing = tag("em", words("a value" if data else "nothing"))
        if found or not any(isinstance(part, schema.Child) for part in parts):
            yield "May contain", _listed(found) or nothing

    def _parents(self, key: str) -> Iterator[_Fact]:
        found = [tag("em", words("nothing: it is where a document begins"))] if key in self.facts.schema.start else []
        found += [self._element(name) for name in self.facts.contained_by.get(key, ())]
        yield from _fact("Contained by", _listed(found))

    def _classes(self, spec: model.ElementSpec | model.ClassSpec) -> Iterator[_Fact]:
        found = dict.fromkeys(member.key for member in spec.classes)
        yield from _fact("Member of", _listed(self.names.plain("class", ident) for ident in found))

    def _users(self, ident: str) -> Iterator[_Fact]:
        by_kind: dict[str, list[Html]] = {}
        for kind, name in self.facts.used_by.get(ident, {}):
            if kind == "element":
                link = self._element(name)
            elif kind == "attribute":
                link = self.attributes.link(name)
            else:
                link = self.names.plain(kind, name)
            by_kind.setdefault(kind, []).append(link)
        yield from _fact("Used by", _listed(link for links in by_kind.values() for link in links))

    def _rest(self, written: etree._Element | None) -> Iterator[_Fact]:
        if written is None:
            return
        yield from _fact("Rules", constraints(written, self.facts, self.prose))
        examples = [self._example(each) for each in self.facts.all_chosen(written, "exemplum")]
        yield from _fact("Example" if len(examples) == 1 else "Examples", joined(examples))
        remarks = [self.prose.flow(each) for each in self.facts.all_chosen(written, "remarks")]
        yield from _fact("Remarks", joined(remarks))

    def _example(self, exemplum: etree._Element) -> Html:
        parts: list[Html] = []
        for child in exemplum.iterchildren("*"):
            match local(child):
                case "egXML":
                    parts.append(example(child))
                case "eg":
                    parts.append(block(words("".join(child.itertext()))))
                case "":
                    pass
                case _:
                    parts.append(self.prose.flow(child))
        return joined(parts)


def _fact(label: str, content: Html) -> Iterator[_Fact]:
    if content:
        yield label, content


def _listed(items: Iterable[Html]) -> Html:
    """Names one after the other."""
    found = joined(items, " ")
    return tag("p", found, class_="names") if found else EMPTY
