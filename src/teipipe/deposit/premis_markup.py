"""The vocabulary of PREMIS 3.0 in XML: its elements as strings, its terms with the lists that they are from."""

from __future__ import annotations

import re
from typing import Final

from teipipe.escaping import escape

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.loc.gov/premis/v3 http://www.loc.gov/standards/premis/premis.xsd" version="3.0">\n'
)
FOOT: Final = "</premis>\n"

#: A day that nothing says, in EDTF (ISO 8601-2, level 2): every digit of it is unspecified.
UNKNOWN_DAY: Final = "XXXX-XX-XX"

#: The elements whose words come from a list of the Library of Congress, by the name of the list.
_LISTS: Final = {
    "eventType": "eventType",
    "eventOutcome": "eventOutcome",
    "agentType": "agentType",
    "linkingAgentRole": "eventRelatedAgentRole",
    "relationshipType": "relationshipType",
    "relationshipSubType": "relationshipSubType",
    "rightsBasis": "rightsBasis",
    "messageDigestAlgorithm": "cryptographicHashFunctions",
}
_LIST: Final = "http://id.loc.gov/vocabulary/preservation/"

#: The codes that the lists have for the terms that we use.
_CODES: Final = {
    "creation": "cre",
    "modification": "mod",
    "validation": "val",
    "format identification": "for",
    "message digest calculation": "mes",
    "information package creation": "ipc",
    "success": "suc",
    "warning": "war",
    "fail": "fai",
    "person": "per",
    "organization": "org",
    "software": "sof",
    "executing program": "exe",
    "implementer": "imp",
    "structural": "str",
    "derivation": "der",
    "has part": "hsp",
    "is part of": "isp",
    "is included in": "isi",
    "represents": "rep",
    "has source": "hss",
    "license": "lic",
    "other": "oth",
    "SHA-256": "sha256",
    "SHA-512": "sha512",
}

#: What XML 1.0 has no character for.
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def leaf(name: str, words: str) -> str:
    """An element with words in it; a term of a list says which list, and its address there."""
    which = _LISTS.get(name)
    where = "" if which is None else _where(which, words)
    return f"<{name}{where}>{escape(_UNWRITABLE.sub('�', words))}</{name}>\n"


def _where(which: str, term: str) -> str:
    address = _LIST + which
    return f' authority="{which}" authorityURI="{address}" valueURI="{address}/{_CODES[term]}"'


def wrap(name: str, *parts: str) -> str:
    """An element around others."""
    return f"<{name}>\n{''.join(parts)}</{name}>\n"


def entity(category: str, *parts: str) -> str:
    """An object of a category: "file", "representation", "intellectualEntity"."""
    return f'<object xsi:type="{category}">\n{"".join(parts)}</object>\n'


def identifier(name: str, kind: str, value: str, *more: str) -> str:
    """Whatever has a type and a value: `objectIdentifier`, `linkingEventIdentifier`, …; `more` follows them."""
    return wrap(name, leaf(f"{name}Type", kind), leaf(f"{name}Value", value), *more)


def relationship(kind: str, subtype: str, *related: tuple[str, str]) -> str:
    """A relation to other objects, which are given by the type and the value of their identifiers."""
    links = (identifier("relatedObjectIdentifier", *one) for one in related)
    return wrap("relationship", leaf("relationshipType", kind), leaf("relationshipSubType", subtype), *links)
