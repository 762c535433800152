"""Cases for reports as data: a TOML file holds the files of a small project and what was found in them.

`[files]` gives each file's text, or `{text, encoding}`, or `{bytes}` in hexadecimal digits; `[[finding]]` has rule,
message, `at` (file, file:line or file:line:column), and may have severity, help, assertion, `related` (pairs of place
and remark), `excuse` with `reason`; `[[schema]]` has the fields of UsedSchema.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from teipipe.diagnostics import Diagnostic, Location, Severity, in_order
from teipipe.rules import RULES
from teipipe.verdict import Excuse, Excused, UsedSchema, Verdict


def load(case: Path) -> dict[str, Any]:
    return tomllib.loads(case.read_text("utf-8"))


def verdict(case: dict[str, Any], folder: Path) -> Verdict:
    """Write the files of a case to `folder`, and give what was found in them."""
    for name, content in case["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(content))
    findings = case.get("finding", [])
    return Verdict(
        folder,
        tuple(in_order(diagnostic(each, folder) for each in findings if "excuse" not in each)),
        tuple(sorted(folder / name for name in case["files"] if name.endswith(".xml"))),
        tuple(UsedSchema(**each) for each in case.get("schema", [])),
        tuple(
            Excused(diagnostic(each, folder), Excuse(each["excuse"]), each.get("reason", ""))
            for each in findings
            if "excuse" in each
        ),
    )


def written(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode()
    if "bytes" in content:
        return bytes.fromhex(content["bytes"])
    return str(content["text"]).encode(content["encoding"])


def diagnostic(each: dict[str, Any], folder: Path) -> Diagnostic:
    rule = each["rule"]
    severity = Severity[each["severity"].upper()] if "severity" in each else RULES[rule].severity
    related = tuple((location(at, folder), remark) for at, remark in each.get("related", []))
    assertion = each.get("assertion", "")
    return Diagnostic(
        rule, severity, each["message"], location(each["at"], folder), each.get("help"), related, assertion
    )


def location(at: str, folder: Path) -> Location:
    match = re.fullmatch(r"(.*?)(?::([0-9]+))?(?::([0-9]+))?", at, re.DOTALL)
    assert match is not None
    line, column = (None if number is None else int(number) for number in match.groups()[1:])
    return Location(folder / match[1], line, column)
