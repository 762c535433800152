"""The rights of PREMIS: what the records say of the rights in an edition and its documents, each statement once."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.deposit.premis_markup import identifier, leaf, wrap
from teipipe.deposit.record import Record, Words


class Rights:
    """The statements of rights, which objects refer to by their identifiers."""

    def __init__(self) -> None:
        #: What is said, and the identifier that it got, by all that makes it what it is.
        self._statements: dict[str, tuple[tuple[Words, ...], str]] = {}

    def links(self, record: Record) -> str:
        """Links to what a record says; to the statement that nothing is known if it says nothing."""
        said = record.all("rights")
        _, name = self._statements.setdefault(repr(said), (said, f"rights-{len(self._statements) + 1}"))
        return identifier("linkingRightsStatementIdentifier", "local", name)

    def entities(self) -> Iterator[str]:
        """Yield all of them."""
        for said, name in self._statements.values():
            licences = [words for words in said if words["uri"] or words["spdx"]]
            statement = _licence(name, licences, said) if licences else _unlicensed(name, said)
            yield wrap("rights", statement)


def _licence(name: str, licences: list[Words], said: tuple[Words, ...]) -> str:
    documents = [
        identifier("licenseDocumentationIdentifier", kind, words[key])
        for words in licences
        for key, kind in (("uri", "URI"), ("spdx", "SPDX"))
        if words[key]
    ]
    notes = [leaf("licenseNote", words.text) for words in said if words.text]
    return wrap(
        "rightsStatement",
        identifier("rightsStatementIdentifier", "local", name),
        leaf("rightsBasis", "license"),
        wrap("licenseInformation", *documents, *notes),
    )


def _unlicensed(name: str, said: tuple[Words, ...]) -> str:
    """What holds where there is no licence: the status in the header's word, unknown if it says none."""
    status = next((words["status"] for words in said if words["status"]), "unknown")
    notes = [leaf("otherRightsNote", words.text) for words in said if words.text]
    return wrap(
        "rightsStatement",
        identifier("rightsStatementIdentifier", "local", name),
        leaf("rightsBasis", "other"),
        wrap(
            "otherRightsInformation",
            leaf("otherRightsBasis", f"availability: {status}"),
            *(notes or [leaf("otherRightsNote", "Nothing is known about the rights; nothing is claimed or granted.")]),
        ),
    )
