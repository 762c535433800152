"""Writes the statement of provenance into a file that was made, in the way that its format has for such things.

It is put in when all is rendered, so that it is the same whatever stylesheets a project has.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from pathlib import PurePosixPath
from typing import Final

from teipipe.provenance.statement import MADE_WITH, Statement

#: What the names of fields begin with, where others' stand beside them.
PREFIX: Final = "teipipe"
#: The target of the processing instruction in XML, the member in JSON, the first line in texts.
INSTRUCTION: Final = "teipipe-provenance"
MEMBER: Final = "provenance"
HEADING: Final = "Provenance"
#: What the prefix stands for in the package document of an e-book.
VOCABULARY: Final = "urn:teipipe:ns#"

_HEAD: Final = re.compile(rb"<head\b[^>]*>(?:<meta charset=[^>]*>)?", re.IGNORECASE)
_PACKAGE: Final = re.compile(r"<package\b[^>]*>")
_PREFIXES: Final = re.compile(r'(\sprefix=")([^"]*)')


def stamped(path: str, data: bytes, statement: Statement, stylesheet: str) -> bytes:
    """The file at this path of the edition, which that stylesheet made, with a statement.

    A statement of a file that is part of no edition leaves the path out; tables have no room for one.
    """
    own = replace(statement, file=path if statement.file else "", stylesheet=stylesheet)
    suffixes = PurePosixPath(path).suffixes
    if ".xml" in suffixes:
        return b"%s\n<?%s %s?>\n" % (data.rstrip(b"\n"), INSTRUCTION.encode(), own.line.encode())
    match suffixes[-1:]:
        case [".html"]:
            return _in_html(data, own)
        case [".txt"]:
            return data + in_text(own).encode()
        case [".json"] if data.startswith(b"{"):
            return _in_json(data, own)
    return data


def in_text(statement: Statement) -> str:
    """The last lines of a text, in the signs of this edition."""
    lines = "\n ".join(f"{name}: {value}" for name, value in statement.fields)
    return f"\n⟨{HEADING}\n {lines}⟩\n"


def in_package(package: str, statement: Statement) -> str:
    """The package document of an e-book with a statement in its metadata."""
    prefix = f"{PREFIX}: {VOCABULARY}"
    tag = _PACKAGE.search(package)
    if tag is None:
        return package
    start = tag[0]
    declared = _PREFIXES.sub(rf"\1\2 {prefix}", start, count=1)
    if declared == start:
        declared = f'{start[:-1]} prefix="{prefix}">'
    metas = "".join(
        f'<meta property="{PREFIX}:{name}">{escape(value, quote=False)}</meta>' for name, value in statement.fields
    )
    return package.replace(start, declared, 1).replace("</metadata>", f"{metas}</metadata>", 1)


def _in_html(data: bytes, statement: Statement) -> bytes:
    head = _HEAD.search(data)
    if head is None:
        return data
    names = {MADE_WITH: "generator"}
    metas = "".join(
        f'<meta name="{names.get(name, f"{PREFIX}.{name}")}" content="{escape(value)}">'
        for name, value in statement.fields
    )
    return data[: head.end()] + metas.encode() + data[head.end() :]


def _in_json(data: bytes, statement: Statement) -> bytes:
    body = data.rstrip()
    if not body.endswith(b"}"):
        return data
    members: dict[str, str | list[str]] = dict(statement.fields)
    sources = [value for name, value in statement.fields if name == "source"]
    if sources:
        members["source"] = sources
    inside = json.dumps(members, ensure_ascii=False)
    before = body[:-1].rstrip()
    comma = "" if before == b"{" else ","
    return before + f'{comma}\n  "{MEMBER}": {inside}\n}}\n'.encode()
