"""From an ODD file to the values of `model`: which specifications are in the schema, as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.odd import model
from teipipe.odd.node import TEI, Node, children
from teipipe.odd.read_content import read_content, read_values
from teipipe.odd.rules import did_you_mean, fault

_SPECS = ("elementSpec", "classSpec", "macroSpec", "dataSpec")
_WRAPPERS = ("div", "div1", "div2", "div3")
_SOURCED = ("moduleRef", "elementRef", "classRef", "macroRef", "dataRef")
_DOCUMENTATION = frozenset(
    {
        "altIdent",
        "equiv",
        "gloss",
        "desc",
        "head",
        "p",
        "ab",
        "list",
        "table",
        "eg",
        "listRef",
        "remarks",
        "exemplum",
        "model",
        "modelGrp",
        "modelSequence",
        "outputRendition",
        "constraintSpec",
        "constraintDecl",
        "moduleSpec",
        "defaultVal",
    }
)


def read_odd(document: Document) -> tuple[model.Odd | None, list[Diagnostic]]:
    """The schemaSpec of a document (the first one) with all it refers to, and what is wrong with it."""
    reader = _Reader(document)
    return reader.odd(), reader.problems


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []
        self.groups = {
            identifier: group
            for group in self.outside_examples("specGrp")
            if (identifier := group.get(f"{{{model.XML_NS}}}id"))
        }
        self.open: list[str] = []
        self.circles: set[frozenset[str]] = set()

    def outside_examples(self, name: str) -> Iterator[etree._Element]:
        for element in self.document.root.iter(TEI + name):
            if next(element.iterancestors(f"{{{model.EXAMPLES_NS}}}egXML"), None) is None:
                yield element

    def node(self, element: etree._Element) -> Node:
        return Node(element, self.document.start(element), self.problems)

    def odd(self) -> model.Odd | None:
        found = list(self.outside_examples("schemaSpec"))
        if not found:
            self.problems.append(fault("no-schema-spec", "no schemaSpec", self.document.start(self.document.root)))
            return None
        spec = self.node(found[0])
        for other in found[1:]:
            name = other.get("ident", "")
            self.problems.append(fault("several-schema-specs", f"schemaSpec “{name}” is left out", self.node(other).at))
        self.refuse_source(spec)
        self.namespace = spec.text("ns", model.TEI_NS)
        start = spec.get("start")
        exceptions = spec.get("defaultExceptions")
        return model.Odd(
            ident=spec.required("ident"),
            at=spec.at,
            specs=tuple(self.specs(spec)),
            start=None if start is None else tuple(self.start(spec, start.split())),
            namespace=self.namespace,
            language=(spec.text("docLang") or spec.text("targetLang") or "en").split()[0],
            exceptions=model.DEFAULT_EXCEPTIONS
            if exceptions is None
            else tuple(map(spec.name_class, exceptions.split())),
        )

    def start(self, spec: Node, tokens: list[str]) -> Iterator[tuple[str, Location]]:
        for number, token in enumerate(tokens):
            yield token, self.document.attribute(spec.element, "start", number)

    def refuse_source(self, node: Node) -> None:
        if node.get("source") is not None:
            message = f"{node.kind} has @source “{node.get('source')}”"
            self.problems.append(fault("odd-needs-source", message, node.at))

    def specs(self, parent: Node) -> Iterator[model.Spec]:
        """The specifications in a schemaSpec or specGrp, groups spliced in where they are referred to."""
        for element in children(parent.element):
            node = self.node(element)
            kind = node.kind
            if kind in _SPECS:
                yield from self.spec(node)
            elif kind == "specGrpRef":
                yield from self.referred(node)
            elif kind == "specGrp":
                yield from self.group(element, node)
            elif kind in _WRAPPERS:
                yield from self.specs(node)
            elif kind in _SOURCED:
                key = node.text("key") or node.text("url")
                self.problems.append(fault("odd-needs-source", f"{kind} “{key}” refers to another schema", node.at))
            elif kind not in _DOCUMENTATION:
                self.problems.append(fault("odd-construct-unknown", f"{kind} in {parent.kind}", node.at))

    def referred(self, node: Node) -> Iterator[model.Spec]:
        """The specifications of the group that a specGrpRef points to."""
        target = node.required("target")
        if target and not target.startswith("#"):
            message = f"specGrpRef points outside this file, to “{target}”"
            self.problems.append(fault("odd-needs-source", message, node.at))
        elif target[1:] in self.groups:
            yield from self.group(self.groups[target[1:]], node)
        elif target:
            hint = did_you_mean(target[1:], self.groups)
            message = f"no specGrp has the xml:id “{target[1:]}”"
            self.problems.append(fault("dangling-spec-group", message, node.at, hint))

    def group(self, group: etree._Element, node: Node) -> Iterator[model.Spec]:
        """The specifications of a group that is asked for at `node`, unless it is being read already."""
        name = group.get(f"{{{model.XML_NS}}}id", "")
        if name and name in self.open:
            circle = self.open[self.open.index(name) :]
            if frozenset(circle) not in self.circles:
                self.circles.add(frozenset(circle))
                message = f"the group “{name}” contains itself: {' → '.join([*circle, name])}"
                self.problems.append(fault("circular-reference", message, node.at))
            return
        self.open.append(name)
        yield from self.specs(self.node(group))
        self.open.pop()

    def spec(self, node: Node) -> Iterator[model.Spec]:
        mode = node.choice("mode", model.Mode, model.Mode.ADD)
        if mode is not model.Mode.ADD:
            message = f'{node.kind} “{node.text("ident")}” has mode="{mode.value}"'
            self.problems.append(fault("odd-needs-source", message, node.at, "leave @mode out"))
        self.refuse_source(node)
        ident = node.required("ident")
        module, docs = node.text("module"), node.docs()
        self.check_children(node)
        match node.kind:
            case "elementSpec":
                values = node.child("valList")
                content = node.child("content")
                yield model.ElementSpec(
                    ident,
                    node.at,
                    namespace=node.text("ns", self.namespace),
                    name=node.text_of("altIdent"),
                    module=module,
                    classes=self.classes(node),
                    content=None if content is None else read_content(self.node(content), self.node),
                    values=None if values is None else read_values(self.node(values), self.node),
                    attributes=self.attributes(node),
                    docs=docs,
                )
            case "classSpec":
                is_model = node.required("type", ("model", "atts")) == "model"
                yield model.ClassSpec(ident, node.at, is_model, module, self.classes(node), self.attributes(node), docs)
            case "macroSpec":
                yield model.MacroSpec(ident, node.at, self.content(node), module, docs)
            case "dataSpec":
                yield model.DataSpec(ident, node.at, self.content(node), module, docs)

    def check_children(self, node: Node) -> None:
        known = {"classes", "content", "attList", "valList"}
        for element in children(node.element):
            child = self.node(element)
            if child.kind not in known and child.kind not in _DOCUMENTATION:
                self.problems.append(fault("odd-construct-unknown", f"{child.kind} in {node.kind}", child.at))

    def content(self, node: Node) -> tuple[model.Content, ...]:
        content = node.child("content")
        if content is not None:
            return read_content(self.node(content), self.node)
        values = node.child("valList")
        if values is not None:
            return (read_values(self.node(values), self.node),)
        self.problems.append(fault("no-content", f"{node.kind} “{node.text('ident')}” has no content", node.at))
        return ()

    def classes(self, node: Node) -> tuple[model.MemberOf, ...]:
        classes = node.child("classes")
        if classes is None:
            return ()
        members = [self.node(element) for element in children(classes, "memberOf")]
        return tuple(model.MemberOf(member.required("key"), member.at) for member in members)

    def attributes(self, node: Node) -> model.AttList:
        lists = [self.node(element) for element in children(node.element, "attList")]
        if not lists:
            return model.AttList()
        return (
            self.attribute_list(lists[0]) if len(lists) == 1 else model.AttList(tuple(map(self.attribute_list, lists)))
        )

    def attribute_list(self, node: Node) -> model.AttList:
        items: list[model.AttDef | model.AttRef | model.AttList] = []
        for element in children(node.element):
            child = self.node(element)
            match child.kind:
                case "attDef":
                    items.append(self.attribute(child))
                case "attRef":
                    items.append(model.AttRef(child.required("class"), child.text("name"), child.at))
                case "attList":
                    items.append(self.attribute_list(child))
                case other:
                    self.problems.append(fault("odd-construct-unknown", f"{other} in attList", child.at))
        return model.AttList(tuple(items), node.choice("org", model.Organisation, model.Organisation.GROUP))

    def attribute(self, node: Node) -> model.AttDef:
        ident = node.required("ident")
        namespace, _, local = node.text("ns"), *ident.rpartition(":")[1:]
        if ident.startswith("xml:"):
            namespace = model.XML_NS
        elif ":" in ident:
            namespace = node.element.nsmap.get(ident.partition(":")[0]) or namespace
        datatype, values, default = node.child("datatype"), node.child("valList"), node.child("defaultVal")
        mode = None if node.get("mode") is None else node.choice("mode", model.Mode, model.Mode.ADD)
        usage = None if node.get("usage") is None else node.choice("usage", model.Usage, model.Usage.OPTIONAL)
        return model.AttDef(
            local,
            node.at,
            namespace=namespace,
            name=node.text_of("altIdent"),
            mode=mode,
            usage=usage,
            datatype=None if datatype is None else self.datatype(self.node(datatype)),
            values=None if values is None else read_values(self.node(values), self.node),
            default=None if default is None else "".join(default.itertext()),
            docs=node.docs(),
        )

    def datatype(self, node: Node) -> model.Datatype:
        content = read_content(node, self.node)
        if len(content) > 1:
            self.problems.append(fault("odd-construct-unknown", "more than one pattern in a datatype", node.at))
        return model.Datatype(content[0] if content else None, node.at, node.occurs())
