"""What can be found in an ODD: the rules of this room's diagnostics."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.rules import Rule

_ALL: Final = (
    Rule(
        "no-schema-spec",
        Severity.ERROR,
        "The ODD has no schemaSpec",
        "The schemaSpec says which specifications make up the schema and where documents start.",
        "a file with specGrp elements alone",
        'Write <schemaSpec ident="…" start="TEI"> with a specGrpRef for each group.',
    ),
    Rule(
        "several-schema-specs",
        Severity.WARNING,
        "The ODD has more than one schemaSpec; the first one is used",
        "Only one schema is made from one ODD.",
        '<schemaSpec ident="letters"> and later <schemaSpec ident="minutes">',
        "Keep one, or keep them in files of their own.",
    ),
    Rule(
        "odd-construct-unknown",
        Severity.ERROR,
        "Something stands in the ODD at a place where it means nothing",
        "A slip in a specification would silently make another schema than the one that was meant.",
        '<content><elementSpec ident="p"/></content>',
        "See the TEI Guidelines, chapter 23, for what may stand there.",
    ),
    Rule(
        "odd-needs-source",
        Severity.ERROR,
        "The ODD takes something from another schema, and there is none",
        "This compiler makes schemas from self-contained ODDs: all that is used is specified in the file itself.",
        '<moduleRef key="core"/>',
        "Write the specification out (elementSpec, classSpec, …) in place of the reference.",
    ),
    Rule(
        "odd-value",
        Severity.ERROR,
        "An attribute of a specification is missing or has a value that makes no sense",
        "Without it, what is meant can only be guessed.",
        '<elementRef key="p" minOccurs="2" maxOccurs="1"/>',
        "Correct the value.",
    ),
    Rule(
        "untidy-name",
        Severity.WARNING,
        "A name has white space around it",
        "Other processors take the white space for part of the name and find nothing.",
        '<elementRef key="p "/>',
        "Delete the white space.",
    ),
    Rule(
        "dangling-spec-group",
        Severity.ERROR,
        "A specGrpRef points to no specGrp of this file",
        "The specifications meant would be missing from the schema.",
        '<specGrpRef target="#heder"/>',
        "Correct the pointer, or give the group this xml:id.",
    ),
    Rule(
        "circular-reference",
        Severity.ERROR,
        "Specifications refer to each other in a circle",
        "A group, class, macro or datatype that contains itself has no end.",
        '<macroSpec ident="m"><content><macroRef key="m"/></content></macroSpec>',
        "Break the circle.",
    ),
    Rule(
        "duplicate-specification",
        Severity.ERROR,
        "Two specifications of one kind have the same ident",
        "It can't be told which one is meant.",
        'two <elementSpec ident="p">',
        "Delete one of them, or make one out of both.",
    ),
    Rule(
        "duplicate-attribute",
        Severity.ERROR,
        "One list of attributes defines an attribute twice",
        "It can't be told which definition is meant.",
        'two <attDef ident="type"> in an elementSpec',
        "Delete one of them.",
    ),
    Rule(
        "duplicate-value",
        Severity.WARNING,
        "A list holds one value twice",
        "The second one has no effect; perhaps another value was meant.",
        'two <valItem ident="high">',
        "Delete or correct one of them.",
    ),
    Rule(
        "dangling-key",
        Severity.ERROR,
        "A reference names something that isn't specified",
        "What was meant would silently be missing from the schema.",
        '<classRef key="model.frase"/>',
        "Correct the name, or add the specification.",
    ),
    Rule(
        "legacy-datatype",
        Severity.WARNING,
        "A datatype is referred to in an old or mistaken way",
        "Other processors take this for any text.",
        '<dataRef key="string"/>',
        "A type of W3C XML Schema is named by @name; TEI datatypes are called teidata.…",
    ),
    Rule(
        "no-start",
        Severity.ERROR,
        "The schema has no element that a document can start with",
        "No document would be valid.",
        '<schemaSpec ident="s" start="TIE">',
        "Name one of the specified elements in schemaSpec/@start.",
    ),
    Rule(
        "unreachable-element",
        Severity.WARNING,
        "An element is specified, but can occur nowhere",
        "It is left out of the schema.",
        "an element in no content model, and in no class that one refers to",
        "Make it a member of a model class, or refer to it from a content model, or delete it.",
    ),
    Rule(
        "unused-specification",
        Severity.INFO,
        "A class, macro or datatype is specified, but nothing uses it",
        "It is left out of the schema.",
        "a macroSpec that no macroRef names",
        "Delete it, or use it.",
    ),
    Rule(
        "empty-class",
        Severity.WARNING,
        "A content model refers to a class without members",
        "Such a reference can never be satisfied: where it is required, the element can't be used.",
        '<classRef key="model.noteLike"/> with no element in that class',
        "Give the class a member, or delete the reference.",
    ),
    Rule(
        "no-content",
        Severity.WARNING,
        "An elementSpec has no content",
        "It is taken as empty; perhaps it was forgotten.",
        '<elementSpec ident="p"> without <content>',
        "Write <content><empty/></content> if it is meant.",
    ),
    Rule(
        "attribute-not-inherited",
        Severity.WARNING,
        "An attribute is deleted or changed that isn't there",
        "The attDef has no effect, or stands for less than it says.",
        '<attDef ident="rend" mode="delete"/> in an element without att.global.rendition',
        "Delete the attDef, or add the class.",
    ),
    Rule(
        "attribute-in-two-classes",
        Severity.WARNING,
        "An element has one attribute from two classes",
        "The first class's definition is used.",
        "@type from att.typed and from att.divLike",
        "Define it in one of them, or in the element.",
    ),
    Rule(
        "undefined-content",
        Severity.ERROR,
        "A content model can't be expressed in RELAX NG",
        "RELAX NG keeps data apart from elements, and interleaved parts apart from each other.",
        '<sequence><dataRef name="date"/><elementRef key="p"/></sequence>',
        "Use textNode in place of dataRef, or an alternation.",
    ),
    Rule(
        "many-repetitions",
        Severity.WARNING,
        "A number of repetitions is too large to be counted, and is taken as unbounded",
        "Each repetition is a copy of the model in the schema.",
        'maxOccurs="1000"',
        'Write maxOccurs="unbounded".',
    ),
    Rule(
        "ambiguous-content",
        Severity.INFO,
        "A content model had to be rewritten to be deterministic, as XSD asks (Unique Particle Attribution)",
        "The XSD allows the same contents, but its model no longer reads like the ODD's.",
        "(p?, note*, p)",
        "Nothing, or a model in which each element tells at once where in the model it stands.",
    ),
    Rule(
        "xsd-wider",
        Severity.INFO,
        "The XSD allows more than the RELAX NG, because XSD 1.0 can't say it",
        "A document that the XSD accepts may still be refused by the RELAX NG, which is the exact one.",
        "a choice between two attributes",
        "Validate with the RELAX NG; or choose a model that both can express.",
    ),
)

ODD_RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _ALL}


def fault(
    rule: str,
    message: str,
    location: Location,
    help: str | None = None,
    *,
    severity: Severity | None = None,
    related: tuple[tuple[Location, str], ...] = (),
) -> Diagnostic:
    """A Diagnostic of one of these rules."""
    return Diagnostic(
        rule, ODD_RULES[rule].severity if severity is None else severity, message, location, help, related
    )


def did_you_mean(name: str, names: Iterable[str]) -> str | None:
    """A question with the name that was probably meant, if one is near."""
    near = get_close_matches(name, list(names), n=1, cutoff=0.7)
    return f"did you mean “{near[0]}”?" if near else None
