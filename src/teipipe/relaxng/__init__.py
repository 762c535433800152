"""RELAX NG: reads a schema in either syntax, judges documents by it, and says what is wrong in an editor's words.

Generic: it knows XML and RELAX NG, and no vocabulary.

    schema = relaxng.load(Path("letter.rng"))
    schema.is_valid(Path("letter.xml").read_bytes())
    for finding in schema.check(Document.read(Path("letter.xml"))):
        print(finding.location, finding.message)
"""

from teipipe.errors import SchemaError
from teipipe.relaxng.datatypes import DatatypeLimitError, LimitError
from teipipe.relaxng.schema import Schema

load = Schema.load

__all__ = ["DatatypeLimitError", "LimitError", "Schema", "SchemaError", "load"]
