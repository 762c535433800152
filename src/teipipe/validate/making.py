"""When a document was made, as its header has it: created, sent, spoken, written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.documents import TEI_NAMESPACE
from teipipe.validate.intervals import Interval, interval, intervals, union

if TYPE_CHECKING:
    from lxml import etree

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_SENT: Final = "sent"
#: What a header has to have in it so that anything about its making can be known.
MARKS: Final = (b"creation", b"correspAction", b"settingDesc", b"recording")


@dataclass(frozen=True, slots=True)
class Making:
    """What a header says; each None where it says nothing definite.

    `creation` of the text; `happening` of what was said (the setting or the recording, else the creation);
    `all` is the span that holds whatever is known, the sending and the manuscript's origin with it.
    """

    creation: Interval | None
    happening: Interval | None
    all: Interval | None


def making_of(header: etree._Element) -> Making:
    """When the document was made, by its teiHeader.

    TEI P5: profileDesc/creation (2.4.1), correspAction of type sent (2.4.6), settingDesc (16.2.3), recording (16.1),
    origDate (11.8). Publications count for nothing: a text may be printed long after, or be about other texts.
    """
    creation = [found for element in header.iter(f"{_TEI}creation") for found in intervals(element)]
    setting = [
        found
        for element in header.iter(f"{_TEI}settingDesc", f"{_TEI}recording")
        for found in intervals(element)
        if element.getparent() is not None
    ]
    sending = [interval(date) for action in sendings(header) for date in action.iter(f"{_TEI}date")]
    origin = [interval(date) for date in header.iter(f"{_TEI}origDate")]
    everything = union([*creation, *setting, *sending, *origin]) if creation or setting or sending else None
    return Making(union(creation), union(setting) if setting else union(creation), everything)


def sendings(header: etree._Element) -> Iterator[etree._Element]:
    """The correspActions that say who sent the document."""
    return (action for action in header.iter(f"{_TEI}correspAction") if action.get("type", _SENT) == _SENT)
