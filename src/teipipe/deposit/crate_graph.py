"""A crate as it grows: files and folders that hold each other, and who and what they point at; each is there once."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from typing import Any, Final

from teipipe.deposit.record import Agent, Words

#: The version of RO-Crate; the context and the profile follow from it.
VERSION: Final = "1.2"

Properties = dict[str, Any]

#: What identifies an agent in the whole world, the best first.
_SCHEMES: Final = ("ORCID", "ROR", "ISNI", "GND", "VIAF", "Wikidata")

_TYPES: Final = {"person": "Person", "organisation": "Organization", "unknown": "Thing"}


class Graph:
    """The entities of a crate; nothing in it comes from the clock or from chance.

    What needs no more to be said of it is written down at once: of ten thousand files their text is kept, and no more.
    """

    def __init__(self) -> None:
        from rocrate.model import ContextEntity, DataEntity
        from rocrate.rocrate import ROCrate

        self._crate = ROCrate(version=VERSION)
        self._context, self._data = ContextEntity, DataEntity
        self._root = self._crate.root_dataset
        # Only paths are named here: rocrate would otherwise put the time at which it runs.
        del self._root["datePublished"]
        self._folders: dict[str, Any] = {"": self._root}
        self._parts: dict[str, list[str]] = {"": []}
        self._lines: list[bytes] = []
        self._ids: dict[Hashable, str] = {}
        self._counts: dict[str, int] = {}

    def describe(self, properties: Mapping[str, Any]) -> None:
        """Say something of the package itself."""
        for name, value in properties.items():
            self._root[name] = value

    def folder(self, path: str, name: str, description: str) -> None:
        """Add a folder (with a slash at its end), in which further ones will be."""
        entity = self._data(self._crate, iri(path), {"@type": "Dataset", "name": name, "description": description})
        self._part(path)
        self._folders[path], self._parts[path] = entity, []

    def data(self, path: str, properties: Mapping[str, Any], *, is_listed: bool = False) -> None:
        """Add a file, or a folder (with a slash at its end) for all that is in it; has its folder listed it already?"""
        if not is_listed:
            self._part(path)
        self._write(self._data(self._crate, iri(path), {"@type": "File", **properties}))

    def entity(self, identifier: str, kind: str | list[str], /, **properties: Any) -> Properties:
        """Add what isn't in the package but is pointed at, unless it is there already; its reference."""
        reference = {"@id": identifier}
        if ("", identifier) not in self._ids:
            self._ids["", identifier] = identifier
            known = {name: value for name, value in properties.items() if value}
            self._write(self._context(self._crate, identifier, {"@type": kind, **known}))
        return reference

    def numbered(self, stem: str, key: Hashable, kind: str | list[str], /, **properties: Any) -> Properties:
        """As `entity`, of what has no address of its own: the same `key` is the same thing."""
        whole = (stem, key)
        if whole not in self._ids:
            self._counts[stem] = self._counts.get(stem, 0) + 1
            self._ids[whole] = f"#{stem}-{self._counts[stem]}"
            known = {name: value for name, value in properties.items() if value}
            self._write(self._context(self._crate, self._ids[whole], {"@type": kind, **known}))
        return {"@id": self._ids[whole]}

    def agent(self, agent: Agent) -> Properties:
        """Add a person, an organisation, or who may be either; their reference."""
        kind = _TYPES.get(agent.kind, "Thing")
        affiliations = [self.organization(name) for name in agent.affiliations]
        address = agent.identifier(*_SCHEMES)
        properties = {
            "name": agent.name.text,
            "familyName": agent.name["family"],
            "givenName": agent.name["given"],
            "affiliation": affiliations,
            "identifier": [one["uri"] or one.text for one in agent.identifiers if one["uri"] != address],
        }
        if address:
            return self.entity(address, kind, **properties)
        key = (agent.name.text, kind, agent.affiliations)
        return self.numbered("agent", key, kind, **properties)

    def organization(self, name: str, identifiers: tuple[Words, ...] = (), **more: Any) -> Properties:
        """Add an organisation; its reference."""
        found = {one["scheme"]: one["uri"] for one in identifiers}
        address = next((found[scheme] for scheme in _SCHEMES if found.get(scheme)), "")
        properties = {"name": name, "url": address, **more}
        if address:
            return self.entity(address, "Organization", **properties)
        return self.numbered("organization", name, "Organization", **properties)

    def dump(self) -> bytes:
        """The crate as JSON-LD, in UTF-8: an entity on a line."""
        for path, folder in self._folders.items():
            folder["hasPart"] = [{"@id": iri(part)} for part in self._parts[path]]
        whole = self._crate.metadata.generate()
        head = f'{{"@context": {json.dumps(whole["@context"])}, "@graph": [\n'.encode()
        first, *others = (_line(entity) for entity in whole["@graph"])
        folders = (_line(folder.as_jsonld()) for path, folder in self._folders.items() if path)
        *lines, last = (*others, *folders, *self._lines)
        return b",\n".join((head + first, *lines, last + b"\n]}\n"))

    def _write(self, entity: Any) -> None:
        self._lines.append(_line(entity.as_jsonld()))

    def _part(self, path: str) -> None:
        """Note that a file or folder is part of the nearest folder around it that has been added."""
        self._parts[self._around(path)].append(path)

    def _around(self, path: str) -> str:
        """The folder that a file or folder is in, as far as it has been added."""
        parts = path.rstrip("/").split("/")[:-1]
        candidates = ("/".join((*parts[:length], "")) for length in range(len(parts), 0, -1))
        return next((folder for folder in candidates if folder in self._folders), "")


def _line(entity: Properties) -> bytes:
    known = {name: _alone(value) for name, value in entity.items() if value}
    return json.dumps(known, ensure_ascii=False, sort_keys=True).encode()


def _alone(value: Any) -> Any:
    """A single value by itself, as RO-Crate 1.2 recommends."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


#: What means something in addresses, and can't be in them.
_MARKS: Final = re.compile(r"[^A-Za-z0-9_.~/\x80-\U0010ffff-]")


def iri(path: str) -> str:
    """A path as its reference: letters of every script stay as they are, what means something in addresses doesn't."""
    return _MARKS.sub(lambda found: f"%{ord(found[0]):02X}", path)
