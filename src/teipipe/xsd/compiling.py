"""A schema compiled by xmlschema: what is wrong with it at its line, and nothing left out in silence."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import xmlschema

from teipipe.documents import Document
from teipipe.errors import SchemaError
from teipipe.folders import absolute, is_inside
from teipipe.xsd.files import Files
from teipipe.xsd.patterns import make_linear

if TYPE_CHECKING:
    from teipipe.diagnostics import Location

#: How xmlschema says that it may not read one of the schemas that come with it.
_OWN_SCHEMAS: Final = r"(?s).*xmlschema/schemas/"


def compiled(files: Files) -> Any:
    """The schema, by xmlschema; raises SchemaError.

    A schema that neither says nor shows its version and is no correct one in 1.0, but in 1.1, is in 1.1.
    """
    if files.is_1_1:
        return _compiled(files, xmlschema.XMLSchema11)
    try:
        return _compiled(files, xmlschema.XMLSchema10)
    except SchemaError as error:
        try:
            return _compiled(files, xmlschema.XMLSchema11)
        except SchemaError:
            raise error from None


def _compiled(files: Files, version: Callable[..., Any]) -> Any:
    document = files.documents[files.home]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # What can't be taken in is only worth a warning to xmlschema; here it is an error.
            warnings.simplefilter("error", xmlschema.XMLSchemaIncludeWarning)
            warnings.simplefilter("error", xmlschema.XMLSchemaImportWarning)
            # An import that names no file is none, as long as nothing refers to it.
            warnings.filterwarnings("ignore", _OWN_SCHEMAS, xmlschema.XMLSchemaImportWarning)
            # A schema that lies elsewhere was named by the user; where it leads to has been looked at.
            allow = "sandbox" if is_inside(files.home, files.root) else "local"
            schema = version(os.fspath(files.home), base_url=os.fspath(files.root), allow=allow)
            make_linear(schema)
    except RecursionError as error:
        raise SchemaError("the schema is nested too deeply", document.at(0)) from error
    except Exception as error:  # what a schema can be wrong in has no end, and no common class in xmlschema
        raise SchemaError(f"not a correct XSD: {_reason(error)}", _place(files, error)) from error
    return schema


def _reason(error: Exception) -> str:
    reason = getattr(error, "message", None) or getattr(error, "reason", None) or str(error) or type(error).__name__
    words = " ".join(str(reason).partition("\n\n")[0].split()).rstrip(".:")
    return words if len(words) <= 300 else f"{words[:300]} …"


def _place(files: Files, error: Exception) -> Location:
    """Where in the files of a schema something is wrong: the component that xmlschema names."""
    main = files.documents[files.home]
    component: Any = getattr(error, "elem", None)
    validator: Any = getattr(error, "validator", None)
    if component is None:
        component = getattr(validator, "elem", None)
    if component is None:
        return main.outermost()
    for source in _sources(error, validator):
        for number, element in enumerate(one for one in source.root.iter() if not callable(one.tag)):
            if element is component:
                document = _document(files, source.url)
                return document.start(list(document.root.iter("*"))[number]) if document is not None else main.at(0)
    return main.outermost()


def _sources(error: Exception, validator: Any) -> list[Any]:
    schema = getattr(validator, "schema", None)
    schemas = [schema, validator, *(schema.maps.iter_schemas() if schema is not None else ())]
    found = [getattr(error, "source", None), *(getattr(one, "source", None) for one in schemas)]
    return [source for source in found if source is not None and hasattr(source, "root")]


def _document(files: Files, url: str | None) -> Document | None:
    if url is None:
        return None
    return files.documents.get(absolute(Path(unquote(urlsplit(url).path))))
