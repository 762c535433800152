"""Opens a schema, in whatever language it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location
from teipipe.documents import Document, NotParsedError
from teipipe.errors import SchemaError, UnreadableError
from teipipe.validate.engine import Schema

_RNG: Final = "http://relaxng.org/ns/structure/1.0"
_XSD: Final = "http://www.w3.org/2001/XMLSchema"
_TEI: Final = "http://www.tei-c.org/ns/1.0"
_SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"


def open_schema(path: Path, root: Path | None = None) -> Schema:
    """The schema in the file `path`, ready to be used; it may include files below `root` (by default: beside it).

    RELAX NG in XML syntax, or XSD. Raises SchemaError.
    """
    try:
        document = Document.read(path)
    except UnreadableError as error:
        advice = "“teipipe schema build” makes it from the ODD, if the project has one"
        raise SchemaError(f"the schema can't be read: {error.message}", Location(path), help=advice) from error
    if path.suffix.lower() == ".rnc":
        raise SchemaError("RELAX NG's compact syntax is not read", Location(path), help="convert it to .rng")
    try:
        namespace, _, local = str(document.root.tag).removeprefix("{").rpartition("}")
    except NotParsedError as error:
        problem = document.problems[0]
        raise SchemaError(f"the schema is not well-formed: {problem.message}", problem.location) from error
    root = root or path.parent
    if namespace == _RNG:
        from teipipe.validate.relaxng import RelaxNG

        return RelaxNG(document, root)
    if (namespace, local) == (_XSD, "schema"):
        from teipipe.validate.xsd import Xsd

        return Xsd(document, root)
    what = {_TEI: "a TEI document or an ODD", _SCHEMATRON: "a Schematron schema"}.get(namespace, f"“{local}”")
    advice = (
        "“teipipe schema build” compiles an ODD" if namespace == _TEI else "RELAX NG (.rng) and XSD (.xsd) are read"
    )
    raise SchemaError(f"this is no schema but {what}", document.start(document.root), help=advice)
