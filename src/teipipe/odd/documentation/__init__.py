"""A schema as a page for those who work with it: what there is, what it is for, where it may stand.

One page that needs nothing else: no file, no connection, no script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from teipipe.documents import Document
from teipipe.odd import model, schema
from teipipe.odd.documentation.entries import Entries
from teipipe.odd.documentation.facts import Facts, attribute_key, attribute_name, in_order
from teipipe.odd.documentation.modules import module_title
from teipipe.odd.documentation.names import Names
from teipipe.odd.documentation.rules import constraints
from teipipe.odd.markup import EMPTY, Html, joined, tag, words
from teipipe.odd.model import XML_NS
from teipipe.odd.node import TEI, children

_STYLE: Final = Path(__file__).resolve().parent / "page.css"


def emit_documentation(document: Document, odd: model.Odd, resolved: schema.Schema) -> str:
    """The page about a schema and the ODD that it was made from, as the text of an HTML file."""
    return _Page(Facts(document, odd, resolved)).text()


class _Page:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.names = Names()
        self._enter()
        self.entries = Entries(facts, self.names)
        self.modules = self._modules()

    def _enter(self) -> None:
        """Give everything its anchor."""
        facts, names = self.facts, self.names
        for key, element in facts.elements.items():
            names.enter("element", key, element.name)
        for kind, table in (("class", facts.classes), ("macro", facts.macros), ("datatype", facts.datatypes)):
            for ident in table:
                names.enter(kind, ident)
        for owned in facts.owned():
            owner = facts.elements[owned.owner].name if owned.kind == "element" else owned.owner
            key = attribute_key(owned.kind, owned.owner, owned.attribute)
            names.enter("attribute", key, f"{owner}.{attribute_name(owned.attribute)}")
        for spec in facts.index.elements.values():
            if spec.module:
                names.enter("module", spec.module)
        for written in facts.root.iter(TEI + "div", TEI + "specGrp", *(f"{TEI}div{number}" for number in range(1, 8))):
            identifier = written.get(f"{{{XML_NS}}}id")
            if identifier:
                names.enter("section", identifier)

    def _modules(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self.facts.schema.elements:
            found.setdefault(self.facts.index.elements[key].module, []).append(key)
        return {
            name: sorted(keys, key=lambda key: in_order(self.facts.elements[key].name)) for name, keys in found.items()
        }

    def text(self) -> str:
        """The whole page."""
        sections = [(anchor, title, part) for anchor, title, part in self._sections() if part]
        parts = [
            tag("a", words("Skip to the content"), href="#content", class_="skip"),
            tag("nav", *self._navigation(sections), aria_label="Contents"),
            tag("main", self._head(), *(part for _, _, part in sections), self._foot(), id="content"),
        ]
        style = _STYLE.read_text(encoding="utf-8")
        lines = ("<!DOCTYPE html>", '<html lang="en">', self._metadata(style), "<body>", *parts, "</body>", "</html>")
        return "\n".join(lines) + "\n"

    @property
    def _title(self) -> str:
        """The title of the file, else the name of the schema."""
        return next(self._stated("title"), "") or f"The schema {self.facts.schema.ident}"

    def _stated(self, name: str) -> Iterator[str]:
        """What the header says of the file: its title, its authors."""
        for found in self.facts.root.iterfind(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}{name}"):
            yield " ".join("".join(found.itertext()).split())

    def _metadata(self, style: str) -> Html:
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        lines = (
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="generator" content="teipipe">',
            tag("title", words(self._title)),
            f"<style>{style}</style>",
            "</head>",
        )
        return Html("\n".join(lines))

    def _head(self) -> Html:
        written = self.facts.written(self.facts.odd.at)
        said = None if written is None else self.facts.chosen(written, "desc")
        gloss = None if written is None else self.facts.chosen(written, "gloss")
        parts = [tag("h1", words(self._title))]
        authors = ", ".join(filter(None, self._stated("author")))
        parts += [tag("p", words(authors), class_="authors")] if authors else []
        found = [self.entries.prose.inline(each) for each in (gloss, said) if each is not None]
        parts += [tag("p", each, class_="lead") for each in found]
        starts = joined((self.names.link("element", key) for key in self.facts.schema.start), " or ")
        counts = [
            _counted(len(self.facts.elements), "element"),
            _counted(sum(1 for _ in self.facts.owned()), "attribute"),
            _counted(len(self.facts.classes), "class", "classes"),
            _counted(len(self.facts.macros), "macro"),
            _counted(len(self.facts.datatypes), "datatype"),
        ]
        sentence = f"{', '.join(filter(None, counts))}. The schema is called "
        line = [
            words(sentence),
            tag("code", words(self.facts.schema.ident)),
            words("; a document begins with "),
            starts,
        ]
        parts.append(tag("p", *line, words("."), class_="counts"))
        return tag("header", *parts)

    def _foot(self) -> Html:
        name = self.facts.odd.at.path.name
        return tag("footer", tag("p", words("Made by teipipe from "), tag("code", words(name)), words(".")))

    def _sections(self) -> Iterator[tuple[str, str, Html]]:
        """The sections of the page, with their anchors and titles; empty ones too."""
        facts, entries = self.facts, self.entries
        attributes = [ident for ident, spec in facts.classes.items() if not spec.is_model]
        models = [ident for ident, spec in facts.classes.items() if spec.is_model]
        yield "about", "About this schema", self._prose()
        yield "rules", "Rules for the whole document", self._rules()
        yield "glance", "Elements at a glance", _section("glance", "Elements at a glance", self._glance())
        yield "elements", "Elements", _section("elements", "Elements", [_LEGEND, *map(entries.element, facts.elements)])
        for anchor, title, found in (
            ("attribute-classes", "Classes of attributes", map(entries.class_, attributes)),
            ("model-classes", "Classes of elements", map(entries.class_, models)),
            ("macros", "Macros", (entries.pattern("macro", ident) for ident in facts.macros)),
            ("datatypes", "Datatypes", (entries.pattern("datatype", ident) for ident in facts.datatypes)),
            ("index", "Index", [self._index()]),
        ):
            yield anchor, title, _section(anchor, title, found)

    def _prose(self) -> Html:
        """The words of the file that stand around its specifications."""
        text = self.facts.root.find(f"{TEI}text")
        parts: list[Html] = []
        for each in () if text is None else text.iterchildren(TEI + "front", TEI + "body", TEI + "back"):
            has_head = next(children(each, "head"), None) is not None
            inside = self.entries.prose.division(each, 2)
            if inside and not (has_head or parts):
                parts.append(tag("h2", words("About this schema")))
            parts.append(inside)
        return tag("section", *parts, id="about", class_="prose") if any(parts) else EMPTY

    def _rules(self) -> Html:
        """Rules that belong to no element."""
        written = self.facts.written(self.facts.odd.at)
        found = EMPTY if written is None else constraints(written, self.facts, self.entries.prose)
        return _section("rules", "Rules for the whole document", [found] if found else [])

    def _glance(self) -> Iterator[Html]:
        for module, keys in self.modules.items():
            rows = [
                tag("div", tag("dt", self.names.link("element", key, self.facts.elements[key].name)), tag("dd", said))
                for key in keys
                for said in [self.entries.describe("element", key)]
            ]
            title = words(module_title(module) if module else "In no module")
            name = joined([words(" "), tag("code", words(module))]) if module_title(module) != module else EMPTY
            anchor = self.names.anchor("module", module)
            yield tag("section", tag("h3", title, name), tag("dl", *rows, class_="glance"), id=anchor)

    def _index(self) -> Html:
        """All names, attributes with those who have them."""
        found: dict[str, list[Html]] = {}
        for key, element in self.facts.elements.items():
            found.setdefault(element.name, []).append(self.names.link("element", key, element.name))
        for kind, table in (
            ("class", self.facts.classes),
            ("macro", self.facts.macros),
            ("datatype", self.facts.datatypes),
        ):
            for ident in table:
                found.setdefault(ident, []).append(self.names.link(kind, ident))
        for owned in self.facts.owned():
            key = attribute_key(owned.kind, owned.owner, owned.attribute)
            found.setdefault(f"@{attribute_name(owned.attribute)}", []).append(
                self._owner(owned.kind, owned.owner, key)
            )
        letters: dict[str, list[Html]] = {}
        for name in sorted(found, key=lambda name: in_order(name.lstrip("@"))):
            links = joined(found[name], ", ")
            entry = joined([tag("code", words(name)), words(" "), links]) if name.startswith("@") else links
            letters.setdefault(name.lstrip("@")[:1].upper(), []).append(tag("li", entry))
        return joined(
            tag("div", tag("h3", words(letter)), tag("ul", *items), class_="letter")
            for letter, items in letters.items()
        )

    def _owner(self, kind: str, owner: str, key: str) -> Html:
        shown = self.facts.elements[owner].name if kind == "element" else owner
        anchor = self.names.anchor("attribute", key)
        return tag("a", words(shown), href=f"#{anchor}")

    def _navigation(self, sections: Iterable[tuple[str, str, Html]]) -> Iterator[Html]:
        yield tag("p", tag("a", words(self.facts.schema.ident), href="#content"), class_="name")
        items = [tag("li", tag("a", words(title), href=f"#{anchor}")) for anchor, title, _ in sections]
        yield tag("ul", *items)
        for module, keys in self.modules.items():
            links = (tag("li", self.names.plain("element", key, self.facts.elements[key].name)) for key in keys)
            yield tag("div", tag("p", words(module or "In no module")), tag("ul", *links), class_="module")


def _section(anchor: str, title: str, parts: Iterable[Html]) -> Html:
    found = [part for part in parts if part]
    return tag("section", tag("h2", words(title)), *found, id=anchor) if found else EMPTY


def _counted(number: int, one: str, several: str = "") -> str:
    return "" if not number else f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"


#: How the notation is to be read.
_LEGEND: Final = tag(
    "p",
    words("Contents are written in the compact syntax of RELAX NG: "),
    *(
        joined([tag("code", words(sign)), words(f" {meaning}")])
        for sign, meaning in (
            ("a, b", "a, then b; "),
            ("a | b", "either; "),
            ("a & b", "both, in any order; "),
            ("a?", "once or not at all; "),
            ("a*", "any number; "),
            ("a+", "one or more; "),
            ("a{2,4}", "two to four; "),
            ("text", "words of the document. A name in italics stands for several elements and leads to its entry."),
        )
    ),
    class_="legend",
)
