"""Findings as SARIF 2.1.0 (OASIS Standard with Errata 01): for code scanning, viewers and result management.

Numbers in comments are the standard's sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from teipipe import __version__
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports.characters import encoded, listed, shown
from teipipe.reports.entries import Entry, entries
from teipipe.reports.paths import home, is_address, name, uri
from teipipe.rules import RULES
from teipipe.verdict import Excuse

if TYPE_CHECKING:
    from teipipe.verdict import UsedSchema, Verdict

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What relative references start from: the name that consumers know.
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {
    Severity.INFO: "note",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
    Severity.FAILURE: "error",
}
#: The checksum of a schema begins with it (`UsedSchema.checksum`).
_SHA_256: Final = "sha256:"

_Json = dict[str, Any]
_Key = TypeVar("_Key")


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """One run: its rules, files and schemas, what could not be judged, and a result for each finding, one a line.

    Findings that don't count are results too: suppressed ones with a suppression, those of a baseline as unchanged.
    """
    run = _Run.of(verdict, home(folder))
    yield f'{{\n"version": "2.1.0",\n"$schema": {encoded(_SCHEMA)},\n"runs": [{{\n'
    yield f'"tool": {{"driver": {{"name": "teipipe", "version": "{__version__}", "semanticVersion": "{__version__}", '
    yield '"rules": '
    yield from listed(_rule(rule) for rule in run.rules)
    yield f'}}}},\n"originalUriBaseIds": {encoded({_ROOT: {"uri": _folder_uri(run.folder)}})},\n'
    # Otherwise columns are taken for UTF-16 code units (3.14.17).
    yield '"columnKind": "unicodeCodePoints",\n"artifacts": '
    yield from listed(run.artifacts(verdict))
    unjudged = [found for found in verdict.diagnostics if found.severity is Severity.FAILURE]
    yield f',\n"invocations": [{{"executionSuccessful": {encoded(not unjudged)}, "toolExecutionNotifications": '
    yield from listed(run.notification(found) for found in unjudged)
    yield '}],\n"results": '
    yield from listed(run.result(entry) for entry in entries(verdict))
    yield "\n}]\n}\n"


@dataclass(frozen=True, slots=True)
class _Run:
    """What results refer to: the folder, the rules and the files by their indexes, and whether anything is excused."""

    folder: Path
    rules: dict[str, int]
    files: dict[Path, int]
    has_suppressions: bool
    has_baseline: bool

    @classmethod
    def of(cls, verdict: Verdict, folder: Path) -> _Run:
        found = [*verdict.diagnostics, *(excused.diagnostic for excused in verdict.excused)]
        files = [name(path, folder) for path in verdict.documents]
        files += [name(diagnostic.location.path, folder) for diagnostic in found]
        excuses = {excused.excuse for excused in verdict.excused}
        return cls(
            folder,
            _numbered(sorted({diagnostic.rule for diagnostic in found})),
            _numbered(dict.fromkeys(files)),
            Excuse.SUPPRESSED in excuses,
            Excuse.BASELINE in excuses,
        )

    def artifacts(self, verdict: Verdict) -> Iterator[_Json]:
        """First the files in the order of their indexes, then the schemas in which nothing was found."""
        documents = {name(path, self.folder) for path in verdict.documents}
        schemas = [_schema(schema, self.folder) for schema in verdict.schemas]
        for file in self.files:
            role = "analysisTarget" if file in documents else "resultFile"
            artifact: _Json = {"location": _address(file), "roles": [role]}
            same = next((schema for schema in schemas if schema["location"] == artifact["location"]), None)
            if same is not None:
                schemas.remove(same)
                artifact = {**same, "roles": [*same["roles"], role]}
            yield artifact
        yield from schemas

    def result(self, entry: Entry) -> _Json:
        """One finding (3.27)."""
        found = entry.diagnostic
        # With an assertion the id is hierarchical: what comes before the slash is the rule (3.27.5).
        result: _Json = {
            "ruleId": shown(found.code),
            "ruleIndex": self.rules[found.rule],
            "level": _LEVELS[found.severity],
            "message": _message(found),
            "locations": [self._location(found.location)],
        }
        if found.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(where), "message": {"text": _text(remark)}}
                for number, (where, remark) in enumerate(found.related, start=1)
            ]
        result["partialFingerprints"] = {"teipipe/v1": entry.fingerprint}
        return result | self._excuse(entry)

    def _excuse(self, entry: Entry) -> _Json:
        """If one result has a suppression or a state, all must have them (3.27.23, 3.27.24)."""
        excuse = None if entry.excused is None else entry.excused.excuse
        stated: _Json = {}
        if self.has_suppressions:
            suppression: _Json = {"kind": "inSource"}
            if entry.excused and entry.excused.reason:
                suppression["justification"] = shown(entry.excused.reason)
            stated["suppressions"] = [suppression] if excuse is Excuse.SUPPRESSED else []
        if self.has_baseline:
            stated["baselineState"] = "unchanged" if excuse is Excuse.BASELINE else "new"
        return stated

    def notification(self, found: Diagnostic) -> _Json:
        """What could not be judged, as a condition met by the tool (3.58)."""
        rule = {"id": shown(found.code), "index": self.rules[found.rule]}
        locations = [self._location(found.location)]
        return {"level": "error", "message": _message(found), "locations": locations, "associatedRule": rule}

    def _location(self, place: Location) -> _Json:
        file = name(place.path, self.folder)
        index = self.files.get(file)
        address = _address(file) if index is None else {**_address(file), "index": index}
        physical: _Json = {"artifactLocation": address}
        if place.line is not None:
            physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
        location: _Json = {"physicalLocation": physical}
        if place.xpath:
            location["logicalLocations"] = [{"fullyQualifiedName": shown(place.xpath), "kind": "element"}]
        return location


def _numbered(keys: Iterable[_Key]) -> dict[_Key, int]:
    return {key: number for number, key in enumerate(keys)}


def _address(file: Path) -> _Json:
    return {"uri": uri(file)} if file.is_absolute() else {"uri": uri(file), "uriBaseId": _ROOT}


def _folder_uri(folder: Path) -> str:
    return uri(folder).rstrip("/") + "/"  # 3.14.14: it has to end with a slash


def _schema(schema: UsedSchema, folder: Path) -> _Json:
    """A schema as an artifact (3.24): there is no better place for what a run was configured with."""
    is_file = not is_address(schema)
    address = _address(name(Path(schema.name), folder)) if is_file else {"uri": _web_uri(schema.name)}
    version = f", version {schema.version}" if schema.version else ""
    artifact: _Json = {
        "location": address,
        "roles": ["userSpecifiedConfiguration"],
        "description": {"text": _text(f"{schema.language} schema{version}: {schema.reason}")},
    }
    if schema.checksum.startswith(_SHA_256):
        artifact["hashes"] = {"sha-256": schema.checksum.removeprefix(_SHA_256)}
    facts = {"language": schema.language, "version": schema.version, "checksum": schema.checksum}
    artifact["properties"] = {key: shown(value) for key, value in facts.items()} | {"documents": schema.documents}
    return artifact


def _web_uri(address: str) -> str:
    """An address as it is, but for what no URI may hold."""
    from urllib.parse import quote

    return quote(address, safe="%:/?#[]@!$&'()*+,;=~", errors="surrogateescape")


def _rule(name: str) -> _Json:
    """What is registered about a rule (3.49)."""
    rule = RULES[name]
    remedy = rule.remedy
    level = _LEVELS[rule.severity]
    markdown = (
        f"**Why**: {_markdown(rule.why)}\n\n**Example**: {_code(rule.example)}\n\n**Remedy**: {_markdown(remedy)}"
    )
    return {
        "id": rule.name,
        "shortDescription": {"text": _text(f"{rule.summary}.")},
        "fullDescription": {"text": _text(f"{rule.summary}. {rule.why}")},
        "help": {"text": _text(f"{rule.why}\nExample: {rule.example}\nRemedy: {remedy}"), "markdown": markdown},
        "defaultConfiguration": {"level": level},
        # What GitHub sorts by where there is no severity of security.
        "properties": {
            "tags": ["TEI"],
            "precision": "high",
            "problem.severity": "recommendation" if level == "note" else level,
        },
    }


def _message(found: Diagnostic) -> _Json:
    """The first sentence is what viewers show in lists; the help goes behind it (3.11)."""
    text = _stopped(shown(found.message))
    if found.help:
        text += f" Help: {_stopped(shown(found.help))}"
    return {"text": _text(text)}


def _stopped(phrase: str) -> str:
    return phrase if phrase.endswith((".", "?", "!", "…")) else f"{phrase}."


def _text(text: str) -> str:
    """A plain text message of just these words: no placeholder (3.11.5), no link (3.11.6)."""
    lines = text.split("\n")
    return "\n".join(map(shown, lines)).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _markdown(text: str) -> str:
    for sign in ("\\", "<", "*", "_", "`", "[", "]"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("{", "{{").replace("}", "}}")


def _code(text: str) -> str:
    doubled = text.replace("{", "{{").replace("}", "}}")
    return f"`` {doubled} ``" if any(sign in text for sign in "<>=&@") else _markdown(text)
