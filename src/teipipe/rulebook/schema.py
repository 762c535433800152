"""What a schema can find."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "no-schema",
        Severity.INFO,
        "There is no schema to judge the documents by",
        "Without one, nothing says which elements may stand where; all other checks are made.",
        "a folder of TEI files without any configuration",
        "Name one with --schema, in the documents (<?xml-model?>), or in the configuration: "
        'schema = "schema/project.rng" (or .rnc, .xsd, .sch).',
    ),
    Rule(
        "missing-schema",
        Severity.ERROR,
        "A document names a schema that does not exist",
        "Whoever opens the document elsewhere expects it to be checked, and it is not.",
        '<?xml-model href="schema/letter.rng"?>, and there is no such file',
        "Correct the address, or add the file. What is configured is used in its place.",
    ),
    Rule(
        "unusable-schema",
        Severity.FAILURE,
        "A document names a schema that can't be used",
        "The document could not be judged by it.",
        '<?xml-model href="letter.rng"?>, in which “lettr” is not defined',
        "Mend the schema at the place that is named.",
    ),
    Rule(
        "schema-out-of-project",
        Severity.WARNING,
        "A document names a schema that lies outside of the project",
        "No document may have a file read that the project hasn't got: documents come from anywhere.",
        '<?xml-model href="../../elsewhere/tei_all.rng"?>',
        "Copy it into the project, or name it with --schema or in the configuration.",
    ),
    Rule(
        "schema-not-fetched",
        Severity.WARNING,
        "A document names a schema on the web that is not on this machine",
        "Nothing is fetched unless it is asked for, so the document was not judged by it.",
        '<?xml-model href="https://example.org/schema.rng"?>',
        "Run once with --fetch, which keeps it; or name a local copy with --schema or in the configuration.",
    ),
    Rule(
        "unknown-schema-language",
        Severity.INFO,
        "A document names a schema in a language that is not known here",
        "The document was not judged by it.",
        '<?xml-model href="x.nvdl" schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"?>',
        "Name one in RELAX NG, XSD or Schematron besides.",
    ),
    Rule(
        "not-tei",
        Severity.WARNING,
        "The outermost element is none of TEI's",
        "Nothing that is meant for TEI will find anything in this document.",
        "<TEI> without a namespace",
        'Write <TEI xmlns="http://www.tei-c.org/ns/1.0">, or leave the file out.',
    ),
    Rule(
        "unexpected-element",
        Severity.ERROR,
        "An element stands where the schema doesn't allow it, or the schema doesn't know it",
        "Software that relies on the schema ignores it, or shows it in the wrong place.",
        "<p><div>…</div></p>",
        "Correct its name, move it, or put it into an element that may stand there; --all-expected names all that may.",
    ),
    Rule(
        "missing-element",
        Severity.ERROR,
        "An element that the schema demands is missing",
        "What it should say is not said anywhere.",
        "<choice><sic>USSSR</sic></choice>, without a corr",
        "Add it: before the element that the finding points at, or at the end of that one; the finding says which.",
    ),
    Rule(
        "unexpected-attribute",
        Severity.ERROR,
        "An attribute stands on an element that may not have it, or not together with another one",
        "Nobody reads it there; often its name is misspelt.",
        '<p rennd="italic">',
        "Correct its name, move it, or delete it.",
    ),
    Rule(
        "missing-attribute",
        Severity.ERROR,
        "An element lacks an attribute that the schema demands",
        "Without it the element doesn't say enough to be used.",
        "<language>English</language>, without ident",
        "Add it, with one of the values that the finding names or in the form that it describes.",
    ),
    Rule(
        "wrong-value",
        Severity.ERROR,
        "An attribute, or an element that holds a value, has one that the schema doesn't allow",
        "Values of closed lists are what views, indexes and searches go by.",
        '<date cert="mediun">',
        "Use one of the values that are allowed, or write it in the form that the finding describes.",
    ),
    Rule(
        "unexpected-text",
        Severity.ERROR,
        "Text stands directly in an element that may hold elements only, or nothing",
        "It belongs to no paragraph, heading or item.",
        "<div>Top Secret<p>…</p></div>",
        "Put it into an element that holds text, such as p; what is always empty, such as lb, stands before the words.",
    ),
    Rule(
        "invalid",
        Severity.ERROR,
        "Something doesn't fit the schema",
        "The schema is what everybody who uses the documents relies on.",
        "attributes that don't go together with the values that they have",
        "Compare the element with the schema's documentation.",
    ),
)
