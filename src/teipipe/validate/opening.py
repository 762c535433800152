"""Opens a schema, in whatever language it is."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Final

from teipipe.associations import OLD_SCHEMATRON, RELAX_NG, SCHEMATRON, XSD
from teipipe.diagnostics import Location
from teipipe.documents import TEI_NAMESPACE, Document, read_bytes
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import absolute, outermost_name
from teipipe.validate.engine import Schema

#: XML begins with "<" after a byte order mark and blanks; bytes that are 0 are those of UTF-16.
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


class Language(Enum):
    """What a schema is read as."""

    RELAX_NG = "RELAX NG"
    XSD = "XSD"
    SCHEMATRON = "Schematron"
    UNKNOWN = "unknown"

    @property
    def is_foreign(self) -> bool:
        """Whether a library runs it that can't be held to bounds in time and memory within this process."""
        return self in (Language.XSD, Language.SCHEMATRON)


#: By the namespace that stands for each.
LANGUAGES: Final = {
    RELAX_NG: Language.RELAX_NG,
    XSD: Language.XSD,
    SCHEMATRON: Language.SCHEMATRON,
    OLD_SCHEMATRON: Language.SCHEMATRON,
}


def language_of(path: Path) -> Language:
    """The language of the schema in the file `path`, told by content; raises SchemaError if it can't be read."""
    data = _read(path)
    if path.suffix.lower() == ".rnc" or (data.strip() and not _MARKUP.match(data)):
        return Language.RELAX_NG
    namespace, _, local = outermost_name(path).rpartition("}")
    language = LANGUAGES.get(namespace, Language.UNKNOWN)
    return language if local == "schema" or language is Language.RELAX_NG else Language.UNKNOWN


def open_schema(path: Path, root: Path | None = None, language: Language | None = None, phase: str = "") -> Schema:
    """The schema in the file `path`, ready to be used; it may include files below `root` (by default: beside it).

    RELAX NG in either syntax, XSD, or Schematron: told by content unless `language` says as what to read it; a grammar
    can be read as the Schematron that is embedded in it. `phase` is one of Schematron's. Raises SchemaError.
    """
    root = root or path.parent
    match language or language_of(path):
        case Language.RELAX_NG:
            from teipipe.validate.relaxng import RelaxNG

            return RelaxNG.open(path, root)
        case Language.SCHEMATRON:
            from teipipe import schematron

            return schematron.load(path, root, phase=phase)
        case Language.XSD:
            from teipipe.validate.xsd import Xsd

            return Xsd.open(_document(path), root)
        case _:
            raise _no_schema(_document(path))


def files_of(path: Path, root: Path, language: Language | None = None) -> list[Path]:
    """The files that a schema consists of, absolute: the schema itself first, then what it includes below `root`.

    Raises SchemaError.
    """
    match language or language_of(path):
        case Language.RELAX_NG:
            from teipipe.relaxng.loading import load_grammar

            return [absolute(source.file) for source in load_grammar(path, root).sources]
        case Language.SCHEMATRON:
            from teipipe.schematron.sources import Sources

            return Sources(path, root).files
        case Language.XSD:
            from teipipe.xsd.files import Files

            return list(Files(_document(path), root).documents)
        case _:
            raise _no_schema(_document(path))


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except UnreadableError as error:
        advice = "“teipipe schema build” makes it from the ODD, if the project has one"
        raise SchemaError(f"the schema can't be read: {error.message}", Location(path), help=advice) from error


def _document(path: Path) -> Document:
    document = Document(path, _read(path))
    if not document.is_well_formed:
        problem = document.problems[0]
        raise SchemaError(f"the schema is not well-formed: {problem.message}", problem.location)
    return document


def _no_schema(document: Document) -> SchemaError:
    namespace, _, local = outermost_name(document.file).rpartition("}")
    is_tei = namespace == TEI_NAMESPACE
    what = "a TEI document or an ODD" if is_tei else f"“{local}”"
    kinds = "RELAX NG (.rng, .rnc), XSD (.xsd) and Schematron (.sch) are read"
    advice = "“teipipe schema build” compiles an ODD" if is_tei else kinds
    return SchemaError(f"this is no schema but {what}", document.outermost(), help=advice)
