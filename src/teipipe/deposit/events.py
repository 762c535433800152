"""The events and agents of PREMIS: what happened to an edition until it lay in its package, and who or what did it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from teipipe.deposit.package import Package, Tool
from teipipe.deposit.premis_markup import UNKNOWN_DAY, identifier, leaf, wrap
from teipipe.deposit.record import Agent, Record, Words

#: The events of the package as a whole.
VALIDATION: Final = "validation"
DIGESTS: Final = "message-digests"
FORMATS: Final = "format-identification"
PACKAGE: Final = "package"
SCHEMAS: Final = "schemas"

#: How the files of an edition are made, by what they are: what happens, and the packages that do it.
TRANSFORMATIONS: Final = {
    "html": ("Transformation of the TEI into pages in HTML by the stylesheets of the package", ("saxonche", "lxml")),
    "text": ("Transformation of the TEI into plain text by the stylesheets of the package", ("saxonche", "lxml")),
    "data": (
        "Transformation of the TEI into data and citations (JSON, CSV, BibTeX, RIS, CSL, Atom) by the stylesheets of "
        "the package",
        ("saxonche", "lxml"),
    ),
    "pdf": ("Transformation of the TEI into PDF/A by stylesheets and templates of the package", ("saxonche", "typst")),
    "epub": ("Transformation of the TEI into e-books (EPUB 3) by the stylesheets of the package", ("saxonche",)),
    "search": ("Making of an index of the pages, which browsers search", ("pagefind-bin",)),
}
_KINDS: Final = {
    ".html": "html",
    ".txt": "text",
    ".pdf": "pdf",
    ".epub": "epub",
    ".json": "data",
    ".csv": "data",
    ".bib": "data",
    ".ris": "data",
    ".xml": "data",
}


#: What the day of a package, which is that of everything that was done for it, is.
NO_CLOCK: Final = "The day is the newest change that the documents note, or one that was set: the clock was not asked"


def transformation_of(path: str) -> str:
    """Which transformation made a file of the edition (its path there), "" if it is a copy of something."""
    if path.startswith("search/pagefind/"):
        return "search"
    if path.startswith("assets/"):
        return ""
    dot = path.rfind(".")
    return _KINDS.get(path[dot:], "") if dot >= 0 else ""


def change_id(document: str, number: int) -> str:
    """The identifier of the event that the header of a document notes as its change of this number (from 1)."""
    return f"{document}/change-{number}"


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody in the words of a record: `parts` is what they did, each once, in order."""

    number: int
    name: Words
    identifiers: tuple[Words, ...] = ()
    parts: dict[str, None] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """What events know them by."""
        return f"agent-{self.number}"


class Agents:
    """Who and what takes part: each has one identifier, whatever names it."""

    def __init__(self, tools: tuple[Tool, ...]) -> None:
        self._tools = tools
        self._persons: dict[tuple[str, tuple[str, ...]], _Person] = {}
        self._by_name: dict[str, _Person] = {}

    def note(self, agent: Agent) -> None:
        """Take in somebody whom a record names, with what it says that they did.

        Of the same name and with the same identifiers they are one; more than that nothing says.
        """
        key = agent.name.text, tuple(one.text for one in agent.identifiers)
        person = self._persons.get(key)
        if person is None:
            person = self._persons[key] = _Person(len(self._persons) + 1, agent.name, agent.identifiers)
            self._by_name.setdefault(agent.name.text, person)
        person.parts[agent.responsibility or agent.role] = None

    def named(self, name: str) -> str:
        """The identifier of somebody by the name; who isn't known yet is from now on, without anything but the name."""
        person = self._by_name.get(name)
        if person is None:
            person = self._by_name[name] = self._persons[name, ()] = _Person(len(self._persons) + 1, Words(name))
        return person.identifier

    def tool(self, *names: str) -> str:
        """Links to the software of these names that took part."""
        found = [tool for tool in self._tools if tool.name in names]
        return "".join(_link(_software(tool), "executing program") for tool in found)

    def entities(self) -> Iterator[str]:
        """Yield all of them."""
        for tool in self._tools:
            yield wrap(
                "agent",
                identifier("agentIdentifier", "local", _software(tool)),
                leaf("agentName", tool.name),
                leaf("agentType", "software"),
                leaf("agentVersion", tool.version),
                leaf("agentNote", tool.purpose),
            )
        for person in self._persons.values():
            name = person.name
            kind = {"person": "person", "organisation": "organization"}.get(name["kind"], "")
            yield wrap(
                "agent",
                identifier("agentIdentifier", "local", person.identifier),
                *(identifier("agentIdentifier", one["scheme"], one["uri"] or one.text) for one in person.identifiers),
                leaf("agentName", name.text),
                leaf("agentType", kind) if kind else "",
                *(leaf("agentNote", part) for part in person.parts if part),
                leaf("agentNote", f"inferred, certainty: {name['cert']}") if name["cert"] else "",
            )


def _software(tool: Tool) -> str:
    return f"software/{tool.name}"


def _link(agent: str, role: str) -> str:
    return identifier("linkingAgentIdentifier", "local", agent, leaf("linkingAgentRole", role))


def event(
    name: str, kind: str, day: str, detail: str, outcome: tuple[str, str] = ("success", ""), agents: str = ""
) -> str:
    """An event: its identifier, its type, its day (ISO, "" if unknown), what happened and what came of it."""
    word, note = outcome
    result = [leaf("eventOutcome", word)] if word else []
    if note:
        result.append(wrap("eventOutcomeDetail", leaf("eventOutcomeDetailNote", note)))
    return wrap(
        "event",
        identifier("eventIdentifier", "local", name),
        leaf("eventType", kind),
        leaf("eventDateTime", day or UNKNOWN_DAY),
        wrap("eventDetailInformation", leaf("eventDetail", detail)),
        wrap("eventOutcomeInformation", *result) if result else "",
        agents,
    )


def changes_of(document: str, record: Record, agents: Agents) -> Iterator[str]:
    """Yield what the header of a document notes of its own making, the oldest first.

    No header tells making from changing: the first change that it notes is taken for the making of the document.
    """
    for number, change in enumerate(record.all("change"), 1):
        kind = "creation" if number == 1 else "modification"
        who = _link(agents.named(change["who"]), "implementer") if change["who"] else ""
        # What came of it stands in the header only as far as these words say it.
        yield event(change_id(document, number), kind, change["when"], change.text, ("", ""), who)


def events(package: Package, agents: Agents, used: frozenset[str], validated_by: tuple[str, ...]) -> Iterator[str]:
    """Yield what happened when the package was made; `used` are the transformations that made something."""
    day = package.date
    yield event(
        VALIDATION,
        "validation",
        day,
        f"Validation of every TEI document and the register: {'; '.join(validated_by) or 'by no schema'}; "
        "well-formedness, pointers, dates and fidelity to the source transcriptions; data/reports has the whole report",
        _verdict(package),
        agents.tool("teipipe", "lxml", "xmlschema", "saxonche"),
    )
    if SCHEMAS in used:
        detail = "Compiling of the ODD into schemas (RELAX NG, XML Schema) and their documentation"
        yield event(SCHEMAS, "creation", day, detail, agents=agents.tool("teipipe"))
    for name, (detail, tools) in TRANSFORMATIONS.items():
        if name in used:
            note = f"Stylesheets: SHA-256 {package.stylesheets} of all of them together" if "saxonche" in tools else ""
            yield event(name, "creation", day, detail, ("success", note), agents.tool("teipipe", *tools))
    known = "Identification of formats by names and content, by the signatures of PRONOM (file 109)"
    yield event(FORMATS, "format identification", day, known, agents=agents.tool("teipipe"))
    digests = "Calculation of SHA-256 and SHA-512 of every file of the payload"
    yield event(DIGESTS, "message digest calculation", day, digests, agents=agents.tool("teipipe"))
    made = f"Creation of the package {package.name} (BagIt 1.0). {NO_CLOCK}"
    # All ran in Python, and what isn't named above describes and checks the package.
    others = agents.tool("teipipe", "bagit", "rocrate", platform.python_implementation())
    yield event(PACKAGE, "information package creation", day, made, agents=others)


def _verdict(package: Package) -> tuple[str, str]:
    counts = dict(package.findings)
    words = ", ".join(f"{number:,} × {name}" for name, number in sorted(counts.items())) or "nothing was found"
    outcome = "fail" if counts.get("error") else "warning" if counts.get("warning") else "success"
    return outcome, words
