"""Schematron: compiles a schema to a stylesheet, runs it over documents, and says what it finds, and where.

Generic: it knows XML, Schematron (ISO/IEC 19757-3) and XSLT, and no vocabulary. Schemas are not trusted: nothing in
one reads or writes a file.

    schema = schematron.load(Path("project.sch"), Path())
    for finding in schema.check(Document.read(Path("letter.xml"))):
        print(finding.location, finding.message)
    report = schema.svrl(Document.read(Path("letter.xml")))
"""

from teipipe.schematron.schema import Schema

load = Schema.load

__all__ = ["Schema", "load"]
