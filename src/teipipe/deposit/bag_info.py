"""bag-info.txt: who sends what, for those who receive it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipipe.configuration import line_of
from teipipe.deposit.package import Package
from teipipe.deposit.record import Record
from teipipe.deposit.settings import Deposit
from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

#: What each field is made of, for docs/metadata.md: places in a header (XPath), keys of [deposit], facts.
MAPPING: Final = (
    ("Source-Organization", "organization in [deposit]; else fileDesc/publicationStmt/publisher"),
    ("Organization-Address", "address in [deposit]; else fileDesc/publicationStmt/address"),
    ("Contact-Name", "contact in [deposit]"),
    ("Contact-Phone", "phone in [deposit]; else the telephone number in fileDesc/publicationStmt"),
    ("Contact-Email", "email in [deposit]; else fileDesc/publicationStmt//email"),
    ("External-Description", "the title, and what the edition is about: profileDesc/abstract"),
    ("Bagging-Date", "SOURCE_DATE_EPOCH; else the newest revisionDesc/change/@when"),
    ("External-Identifier", "identifier in [deposit]; fileDesc/publicationStmt/idno of the edition"),
    ("Bag-Group-Identifier", "group in [deposit]; else name in [deposit], which all versions share"),
    ("Internal-Sender-Identifier", "the name of the package: name and version in [deposit]"),
    ("Internal-Sender-Description", "the version, what the package holds, what validation found"),
    ("Bag-Software-Agent", "teipipe and its version"),
    ("Payload-Oxum", "the bytes and the files of the payload"),
    ("Bag-Size", "the same, for people"),
)

#: A day as BagIt writes it.
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

#: What can be missing: the fields, the keys of [deposit] that give them, what else could say it. That there is no
#: identifier, the record of the edition says already.
_WANTED: Final = (
    (("Source-Organization",), "organization", "or name the publisher in fileDesc/publicationStmt/publisher"),
    (("Organization-Address",), "address", "or give it in fileDesc/publicationStmt/address"),
    (("Contact-Name",), "contact", ""),
    (("Contact-Email", "Contact-Phone"), "email", "phone, or fileDesc/publicationStmt/address//email, do as well"),
)


def bag_info(package: Package, record: str, settings: Deposit) -> tuple[tuple[str, str], ...]:
    """The fields of bag-info.txt in order, apart from those that follow from the payload."""
    told = Record(record)
    abstract = " ".join(one.text for one in told.all("description", type="abstract"))
    ours = [f"{tool.name} {tool.version}" for tool in package.tools if tool.name == "teipipe"]
    found = _sender(told, settings) | {
        "External-Description": f"{package.title}. {abstract}" if abstract else package.title,
        "Bagging-Date": package.date if _DAY.fullmatch(package.date) else "",
        "Bag-Group-Identifier": settings.group or package.edition,
        "Internal-Sender-Identifier": package.name,
        "Internal-Sender-Description": _holdings(package),
        "Bag-Software-Agent": "".join(ours),
    }
    several = {"External-Identifier": _identifiers(told, package.identifier)}
    pairs = ((name, value) for name, _ in MAPPING for value in several.get(name, (found.get(name, ""),)))
    return tuple((name, value) for name, value in pairs if value)


def missing(record: str, settings: Deposit, place: Location) -> Iterator[Diagnostic]:
    """Yield what neither the record of the edition nor the configuration says; `place` is where it could be said."""
    told = Record(record)
    found = _sender(told, settings)
    at = Location(place.path, _line(place.path))
    for fields, key, besides in _WANTED:
        if not any(found[name] for name in fields):
            help_ = f"add {key} to [deposit]" + (f"; {besides}" if besides else "")
            yield finding("missing-metadata", f"no {' or '.join(fields)} for bag-info.txt", at, help_)


def _sender(told: Record, settings: Deposit) -> dict[str, str]:
    """Who sends it, and where to ask; of a publisher that sends nothing, nothing is taken."""
    publisher = told.first("publisher")
    is_publisher = settings.organization in ("", publisher.text)
    return {
        "Source-Organization": settings.organization or publisher.text,
        "Organization-Address": settings.address or (publisher["address"] if is_publisher else ""),
        "Contact-Name": settings.contact,
        "Contact-Phone": settings.phone or (publisher["phone"] if is_publisher else ""),
        "Contact-Email": settings.email or (publisher["email"] if is_publisher else ""),
    }


def _identifiers(told: Record, own: str) -> tuple[str, ...]:
    """Those of the edition, its own first; each once, however it is written."""
    found = {own.removeprefix("https://doi.org/"): own} if own else {}
    for one in told.all("identifier"):
        found.setdefault(one.text, one["uri"] or one.text)
    return tuple(found.values())


def _holdings(package: Package) -> str:
    """The version and what the package holds, in a sentence."""
    count = len(package.documents)
    parts = [f"{count:,} TEI document{'s' * (count != 1)}"]
    if package.register:
        parts.append("their register")
    parts.append("the edition made of them, schemas, stylesheets, reports and metadata")
    findings = ", ".join(
        f"{number:,} {severity}{'s' * (number != 1 and severity != 'info')}" for severity, number in package.findings
    )
    return f"Version {package.version}: {', '.join(parts)}. Findings of validation: {findings or 'none'}."


def _line(path: Path) -> int | None:
    """Where a configuration speaks of deposits, None if it doesn't."""
    return line_of("deposit", "tool.teipipe" if path.name == "pyproject.toml" else "", path)
