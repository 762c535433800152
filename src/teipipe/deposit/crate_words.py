"""What a record says, in the words of schema.org, which RO-Crate uses."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from teipipe.deposit.crate_graph import Graph, Properties
from teipipe.deposit.record import Agent, Record, Words
from teipipe.deposit.settings import Deposit

_ROLES: Final = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "principal": "accountablePerson",
    "funder": "funder",
    "sponsor": "sponsor",
}
_DATES: Final = {
    "created": "dateCreated",
    "issued": "datePublished",
    "updated": "dateModified",
    "available": "dateIssued",
}

#: How other things are related: the relations of DataCite that schema.org has words for.
_RELATIONS: Final = {
    "Cites": "citation",
    "References": "citation",
    "IsDerivedFrom": "isBasedOn",
    "IsSourceOf": "workExample",
    "IsPartOf": "isPartOf",
    "IsVersionOf": "exampleOfWork",
    "IsTranslationOf": "translationOfWork",
    "IsIdenticalTo": "sameAs",
    "IsDocumentedBy": "subjectOf",
    "IsDescribedBy": "subjectOf",
}

#: What each property is made of, for docs/metadata.md: paths in the record, or facts of the package.
MAPPING: Final = (
    ("name", "title"),
    ("alternateName", "title[@type = 'alternative']"),
    ("description", "description[@type = 'abstract']; of the package without one, how many documents it has"),
    ("author", "agent[@role = 'author']: Person, Organization, or Thing if the header doesn't tell"),
    ("editor, translator, funder, sponsor", "agent with that role"),
    ("accountablePerson", "agent[@role = 'principal']"),
    ("contributor", "any other agent; as a Role with the words of agent/resp, if there are some"),
    ("publisher", "publisher, with publisher/@address; as contactPoint publisher/@email, publisher/@phone"),
    ("provider", "organization in [deposit], if it isn't the publisher; contactPoint: contact, email, phone"),
    ("dateCreated", "date[@type = 'created']/@iso, if it isn't inferred, and no day between bounds"),
    (
        "datePublished",
        "date[@type = 'issued']/@iso; of the package without one the day of the deposit, without that :unav",
    ),
    ("dateModified", "date[@type = 'updated']/@iso"),
    ("inLanguage", "language[@of = 'text']"),
    ("version", "version in [deposit]; of a document @version"),
    ("identifier", "identifier in [deposit], identifier: PropertyValue with scheme, value and address"),
    ("keywords", "subject"),
    ("about", "subject[@uri]: DefinedTerm"),
    (
        "license",
        "rights[@uri], of the edition if there is one alone; else the words of rights; of a document if it is another",
    ),
    ("isBasedOn", "source: ArchiveComponent with archive, collection, shelf mark, or CreativeWork; the transcription"),
    ("citation, isBasedOn, isPartOf, …", "related, by its relation; mentions, if schema.org has no word for it"),
    ("funding", "funding: Grant"),
    (
        "additionalProperty",
        "what has @cert, with it; dates between bounds. But for authors and sources it stands only there",
    ),
    ("encodingFormat", "the MIME type, and the page of PRONOM where its identifier is certain"),
    ("contentSize, sha256", "the file"),
    ("mentions", "CreateAction: validation with its reports and findings; the making of the edition, with its tools"),
)


def told(graph: Graph, record: Record) -> Properties:
    """What a record says, as properties of what it is about; who and what it names is added to the crate."""
    words: Properties = {"name": record.title} if record.title else {}
    words["alternateName"] = [title.text for title in record.all("title", type="alternative")]
    words["description"] = "\n\n".join(one.text for one in record.all("description", type="abstract"))
    words |= _agents(graph, record)
    words |= {_DATES[one["type"]]: one["iso"] for one in reversed(record.all("date")) if _is_plain(one)}
    words["inLanguage"] = [one.text for one in record.all("language", of="text")]
    words["version"] = record["version"]
    words["identifier"] = [identifier(graph, one) for one in record.all("identifier")]
    words["keywords"] = [subject.text for subject in record.all("subject")]
    words["about"] = [_subject(graph, one) for one in record.all("subject") if one["uri"]]
    words |= _rights(graph, record)
    for one in record.all("related"):
        name = _RELATIONS.get(one["relation"], "mentions")
        words[name] = [*words.get(name, ()), _related(graph, one)]
    sources = [_source(graph, one) for one in record.all("source")]
    words["isBasedOn"] = [*words.get("isBasedOn", ()), *sources]
    words["funding"] = [_grant(graph, one) for one in record.all("funding")]
    funders = [graph.organization(one["funder"]) for one in record.all("funding") if one["funder"]]
    words.setdefault("funder", funders)
    words["additionalProperty"] = _inferred(graph, record)
    return {name: value for name, value in words.items() if value}


def who_sends(graph: Graph, record: Record, settings: Deposit) -> Properties:
    """Publisher and provider of the package, each with where to reach them, if that is known."""
    publisher = record.first("publisher")
    contact = _contact(graph, settings.contact, settings.email or publisher["email"], settings.phone)
    provider = settings.organization if settings.organization != publisher.text else ""
    found: Properties = {}
    if publisher:
        more: dict[str, Any] = {"address": publisher["address"] or (not provider and settings.address) or ""}
        reach = contact if contact and not provider else _contact(graph, "", publisher["email"], publisher["phone"])
        more["contactPoint"] = reach
        found["publisher"] = graph.organization(publisher.text, record.publisher_identifiers, **more)
    if provider:
        found["provider"] = graph.organization(provider, address=settings.address, contactPoint=contact)
    return found


def identifier(graph: Graph, one: Words) -> Properties:
    """An identifier, with the scheme that it belongs to."""
    kind, text, address = "PropertyValue", one.text, one["uri"]
    properties = {"name": f"{one['scheme']} {text}".strip(), "propertyID": one["scheme"], "value": text, "url": address}
    if address:
        return graph.entity(address, kind, **properties)
    return graph.numbered("identifier", (one["scheme"], text), kind, **properties)


def _agents(graph: Graph, record: Record) -> Properties:
    found: dict[str, list[Properties]] = {}
    for agent in record.agents:
        if agent.name["cert"] and (agent.role != "author" or agent.name["cert"] == "unknown"):
            continue
        name = _ROLES.get(agent.role, "contributor")
        found.setdefault(name, []).append(_in_role(graph, agent, name))
    return {name: list({one["@id"]: one for one in several}.values()) for name, several in found.items()}


def _in_role(graph: Graph, agent: Agent, name: str) -> Properties:
    """Who it is; if only the header's own words say what they did, these come between."""
    reference = graph.agent(agent)
    if name != "contributor" or not agent.responsibility:
        return reference
    words = agent.responsibility
    key = (words, reference["@id"])
    return graph.numbered("role", key, "Role", name=words, roleName=words, contributor=reference)


def _rights(graph: Graph, record: Record) -> Properties:
    """The licence, or what the header says in its place; of an edition only if it is the same in all documents."""
    rights = record.all("rights")
    licences = [one for one in rights if one["uri"]]
    if licences and (len(rights) == 1 or record["kind"] == "document"):
        return {"license": [_licence(graph, one) for one in licences]}
    words = "\n\n".join(" ".join(filter(None, (one.text, one["uri"]))) for one in rights)
    if not words:
        return {}
    # No name of a licence is known; what is said of the rights is, and it is the header's to say.
    key = (rights[0]["status"], words)
    name = ":unav" if not licences else "Not the same for all documents"
    if len(rights) == 1:
        name = rights[0]["spdx"] or name
    return {"license": graph.numbered("rights", key, "CreativeWork", name=name, description=words)}


def _licence(graph: Graph, one: Words) -> Properties:
    return graph.entity(one["uri"], "CreativeWork", name=one["spdx"] or one.text, description=one.text)


def _subject(graph: Graph, one: Words) -> Properties:
    return graph.entity(one["uri"], "DefinedTerm", name=one.text, inDefinedTermSet=one["scheme"])


def _related(graph: Graph, one: Words) -> Properties:
    if one["scheme"] in ("URL", "DOI", "URN", "Handle", "ARK") and ":" in one.text:
        return graph.entity(one.text, "CreativeWork", name=one.text)
    return graph.numbered("work", one.text, "CreativeWork", name=one.text)


def _source(graph: Graph, one: Words) -> Properties:
    if one["kind"] != "manuscript" or one["cert"]:
        # Where it is kept may be the very thing that is inferred.
        name = f"{one.text} ({_degree(one['cert'])})" if one["cert"] else one.text
        return graph.numbered("source", name, "CreativeWork", name=name)
    holder = one["repository"]
    archive = graph.numbered("archive", holder, "ArchiveOrganization", name=holder) if holder else None
    held = {"holdingArchive": archive, "isPartOf": one["collection"], "identifier": one["shelfmark"]}
    return graph.numbered("source", (one.text, holder), "ArchiveComponent", name=one.text, **held)


def _grant(graph: Graph, one: Words) -> Properties:
    properties = {"name": one.text, "identifier": one["award"]}
    if one["uri"]:
        return graph.entity(one["uri"], "Grant", **properties)
    return graph.numbered("grant", one.text, "Grant", **properties)


def _contact(graph: Graph, name: str, email: str, phone: str) -> Properties | None:
    if not (email or phone or name):
        return None
    # RO-Crate identifies who can be reached by where.
    properties = {"name": name or email or phone, "email": email, "telephone": phone}
    address = f"mailto:{email}" if email else ""
    if address:
        return graph.entity(address, "ContactPoint", **properties)
    return graph.numbered("contact", (name, phone), "ContactPoint", **properties)


def _is_plain(date: Words) -> bool:
    """Is it said, and a date or a span? Between two bounds there is one day, which nobody knows."""
    return not (date["cert"] or date["iso"].startswith("["))


def _inferred(graph: Graph, record: Record) -> list[Properties]:
    """What is inferred, with its certainty: as properties of their own, for schema.org has no word for that.

    As in the other forms, an inferred author is named as such besides, for an edition is cited by its author.
    """
    said = chain(
        ((_ROLES.get(one.role, "contributor"), _who(one), one.name) for one in record.agents if one.name["cert"]),
        ((_DATES[one["type"]], one.text, one) for one in record.all("date") if not _is_plain(one)),
        (("language of the original", one.text, one) for one in record.all("language", of="original")),
        (("isBasedOn", one.text, one) for one in record.all("source") if one["cert"]),
    )
    remarks = dict.fromkeys((name, text, words["cert"]) for name, text, words in said)
    return [_remark(graph, *remark) for remark in remarks]


def _remark(graph: Graph, name: str, text: str, degree: str) -> Properties:
    words = f"{name} ({_degree(degree)})" if degree else name
    return graph.numbered("remark", (text, words), "PropertyValue", name=words, propertyID=name, value=text)


def _who(agent: Agent) -> str:
    return f"{agent.responsibility}: {agent.name.text}" if agent.responsibility else agent.name.text


def _degree(degree: str) -> str:
    """How certain something is, in words."""
    return "not known" if degree == "unknown" else f"inferred, certainty: {degree}"
