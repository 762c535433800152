"""What is said of attributes and their values, and the descriptions that all specifications have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from teipipe.diagnostics import Location
from teipipe.odd import model, schema
from teipipe.odd.documentation.facts import Facts, attribute_key, attribute_name
from teipipe.odd.documentation.names import Names, linked
from teipipe.odd.documentation.patterns import Patterns
from teipipe.odd.documentation.prose import Prose
from teipipe.odd.documentation.rules import constraints
from teipipe.odd.markup import EMPTY, Html, joined, tag, words
from teipipe.odd.model import XML_NS


class AttributeLists:
    """Writes the attributes of elements and classes."""

    def __init__(self, facts: Facts, names: Names, patterns: Patterns, prose: Prose) -> None:
        self.facts = facts
        self.names = names
        self.patterns = patterns
        self.prose = prose
        self._links = {attribute_key(owned.kind, owned.owner, owned.attribute): owned for owned in facts.owned()}

    def link(self, key: str) -> Html:
        """A link to an attribute, with the name of its owner."""
        owned = self._links[key]
        owner = self.facts.elements[owned.owner].name if owned.kind == "element" else owned.owner
        return self.names.plain("attribute", key, f"{owner}/@{attribute_name(owned.attribute)}")

    def rows(
        self, kind: str, owner: str, items: Sequence[schema.AttributeItem], ident: str
    ) -> Iterator[tuple[str, Html]]:
        """An owner's own attributes in full, and those from classes as names."""
        own = self.facts.own(items, ident)
        if own:
            yield "Attributes", joined(self._attribute(kind, owner, each, required) for each, required in own)
        if any(isinstance(item, schema.OneOf) for item in items):
            yield "Choice", joined(self._choice(item) for item in items if isinstance(item, schema.OneOf))
        inherited = self.facts.inherited(items, ident)
        if inherited:
            label = "From classes" if own else "Attributes"
            yield label, tag("ul", *(tag("li", *self._from(name, found)) for name, found in inherited.items()))

    def _from(self, owner: str, attributes: Iterable[schema.Attribute]) -> Iterator[Html]:
        links = [
            linked(self.names.anchor("attribute", attribute_key("class", owner, each)), f"@{attribute_name(each)}")
            for each in attributes
        ]
        yield joined(links, ", ")
        yield words(" of ")
        yield self.names.link("class", owner)

    def _choice(self, item: schema.OneOf) -> Html:
        groups = [
            joined((tag("code", words(f"@{attribute_name(each)}")) for each, _ in schema.each_attribute(group)), ", ")
            for group in item.groups
        ]
        return tag("p", words("one of: "), joined(groups, "; "))

    def _attribute(self, kind: str, owner: str, attribute: schema.Attribute, required: bool) -> Html:
        key = attribute_key(kind, owner, attribute)
        written = self.facts.written(attribute.at)
        line = [
            tag("code", words(f"@{attribute_name(attribute)}"), class_="name"),
            tag("span", words("required" if required else self._usage(written)), class_="usage"),
        ]
        if not attribute.values or not self._is_closed(attribute):
            line.append(tag("span", self.patterns.phrase(_unlisted(attribute.value)), class_="datatype"))
        elif isinstance(attribute.value, schema.Tokens):
            line.append(tag("span", words("one or more of the values"), class_="datatype"))
        if attribute.default is not None:
            line.append(tag("span", words("if absent: "), tag("code", words(attribute.default)), class_="datatype"))
        parts = [
            tag("p", joined(line, " "), class_="line"),
            self.description(attribute.at, attribute.docs, in_full=True),
        ]
        parts.append(self._values(attribute))
        if written is not None:
            rules = constraints(written, self.facts, self.prose)
            parts.append(tag("div", rules) if rules else EMPTY)
            parts += [self.prose.flow(each) for each in self.facts.all_chosen(written, "remarks")]
        return tag("div", *parts, class_="attribute", id=self.names.anchor("attribute", key))

    def _usage(self, written: etree._Element | None) -> str:
        usages = {"mwa": "where it applies", "rec": "recommended", "req": "required"}
        return "optional" if written is None else usages.get(written.get("usage", ""), "optional")

    def _is_closed(self, attribute: schema.Attribute) -> bool:
        """Whether the list of values is all that there is."""
        leaves = [part for part in schema.walk(attribute.value) if not schema.parts(part)]
        return all(isinstance(leaf, schema.Value) for leaf in leaves)

    def _values(self, attribute: schema.Attribute) -> Html:
        if not attribute.values:
            return EMPTY
        rows = [self._value(item.value, item.at, item.docs) for item in attribute.values]
        said = words("One of:" if self._is_closed(attribute) else "For example, or any other value of this kind:")
        if not self._is_closed(attribute) and any(
            isinstance(part, schema.Value) for part in schema.walk(attribute.value)
        ):
            said = words("One of these, or another value of this kind:")
        return joined([tag("p", said, class_="said"), tag("dl", *rows, class_="values")])

    def _value(self, value: str, at: Location, docs: tuple[model.Doc, ...]) -> Html:
        return _explained(value, self.gloss(at, docs, value), self.description(at, docs))

    def written_values(self, items: Iterable[etree._Element]) -> Html:
        """The values of a list as it is written in a datatype or a macro."""
        rows = []
        for item in items:
            said = [self.facts.chosen(item, name) for name in ("gloss", "desc")]
            gloss, description = (EMPTY if each is None else self._words(each) for each in said)
            rows.append(_explained(item.get("ident", "").strip(), gloss, description))
        return tag("dl", *rows, class_="values") if rows else EMPTY

    def gloss(self, at: Location, docs: tuple[model.Doc, ...], name: str) -> Html:
        """What a name is short for; "" if that is the name itself."""
        written = self.facts.written(at)
        found = None if written is None else self.facts.chosen(written, "gloss")
        doc = self.facts.schema.doc(docs)
        said = self._words(found) if found is not None else words(doc.gloss) if doc is not None else EMPTY
        return EMPTY if said == words(name) else said

    def description(self, at: Location, docs: tuple[model.Doc, ...], *, in_full: bool = False) -> Html:
        """What something is; one that is changed without being described anew is what it was."""
        written = self.facts.written(at)
        found = None if written is None else self.facts.chosen(written, "desc")
        if found is not None:
            return tag("p", self._words(found), class_="desc") if in_full else self._words(found)
        doc = self.facts.schema.doc(docs)
        if doc is None or not doc.text:
            return EMPTY
        return tag("p", words(doc.text), class_="desc") if in_full else words(doc.text)

    def _words(self, element: etree._Element) -> Html:
        """The words of a description; another language than English is said."""
        language = element.get(f"{{{XML_NS}}}lang", "").strip() or self.facts.schema.language
        inside = self.prose.inline(element)
        return inside if not inside or language == "en" else tag("span", inside, lang=language)


def _explained(value: str, gloss: Html, description: Html) -> Html:
    said = joined((each for each in (gloss, description) if each), ": ")
    return tag("div", tag("dt", tag("code", words(value))), tag("dd", said))


def _unlisted(pattern: schema.Pattern) -> schema.Pattern:
    """What a value may be besides those that are listed, if it may be anything else."""
    match pattern:
        case schema.Choice(items):
            others = [item for item in items if not isinstance(item, schema.Value)]
            return schema.choice(others) if others else pattern
        case schema.Tokens(item):
            return schema.Tokens(_unlisted(item))
        case schema.Repeat(item, minimum, maximum):
            return schema.repeat(_unlisted(item), minimum, maximum)
        case _:
            return pattern
