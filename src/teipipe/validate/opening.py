"""Opens a schema, in whatever language it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location
from teipipe.documents import Document, read_bytes
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import outermost_name
from teipipe.validate.engine import Schema

_RNG: Final = "http://relaxng.org/ns/structure/1.0"
_XSD: Final = "http://www.w3.org/2001/XMLSchema"
_TEI: Final = "http://www.tei-c.org/ns/1.0"
_SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"

#: XML begins with "<" after a byte order mark and blanks; bytes that are 0 are those of UTF-16.
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


def open_schema(path: Path, root: Path | None = None) -> Schema:
    """The schema in the file `path`, ready to be used; it may include files below `root` (by default: beside it).

    RELAX NG in either syntax, or XSD: told by content. Raises SchemaError.
    """
    root = root or path.parent
    try:
        data = read_bytes(path)
    except UnreadableError as error:
        advice = "“teipipe schema build” makes it from the ODD, if the project has one"
        raise SchemaError(f"the schema can't be read: {error.message}", Location(path), help=advice) from error
    name = outermost_name(path)
    is_compact = path.suffix.lower() == ".rnc" or (data.strip() and not _MARKUP.match(data))
    if is_compact or name.rpartition("}")[0] == _RNG:
        from teipipe.validate.relaxng import RelaxNG

        return RelaxNG.open(path, root)
    document = Document(path, data)
    if not document.is_well_formed:
        problem = document.problems[0]
        raise SchemaError(f"the schema is not well-formed: {problem.message}", problem.location)
    if name == f"{_XSD}}}schema":
        from teipipe.validate.xsd import Xsd

        return Xsd.open(document, root)
    namespace, _, local = name.rpartition("}")
    what = {_TEI: "a TEI document or an ODD", _SCHEMATRON: "a Schematron schema"}.get(namespace, f"“{local}”")
    advice = (
        "“teipipe schema build” compiles an ODD"
        if namespace == _TEI
        else "RELAX NG (.rng, .rnc) and XSD (.xsd) are read"
    )
    raise SchemaError(f"this is no schema but {what}", document.outermost(), help=advice)
