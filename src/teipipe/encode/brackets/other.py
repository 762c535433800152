"""Brackets of other kinds, where a profile says what they are used for."""

from __future__ import annotations

from typing import Final

from teipipe.encode.blocks import Attributes
from teipipe.encode.brackets.classified import Classified
from teipipe.encode.brackets.contents import remark
from teipipe.encode.brackets.place import Place
from teipipe.encode.decisions import Certainty

_ELEMENTS: Final[dict[str, tuple[str, Attributes]]] = {
    "supplied": ("supplied", (("reason", "omitted"),)),
    "insertion": ("add", (("instant", "unknown"),)),
    "deletion": ("del", ()),
    "surplus": ("surplus", (("reason", "stray"),)),
    "unclear": ("unclear", ()),
}


def by_kind(place: Place) -> Classified | None:
    """What the profile says that brackets of this kind are; None if nothing stands in them."""
    if not place.content.strip():
        return None
    pair = place.pair
    reason = "the profile says so"
    if pair.kind == "remark":
        return remark(place, "bracket-profile", Certainty.HIGH, reason)
    if pair.kind == "gap":
        return Classified("bracket-profile", "gap", (), pair.end - pair.start, 0, Certainty.HIGH, reason)
    element, attributes = _ELEMENTS[pair.kind]
    whose = (("resp", place.resp),) if element in ("supplied", "surplus") else ()
    return Classified(
        "bracket-profile", element, (*whose, *attributes), pair.opening, pair.closing, Certainty.HIGH, reason
    )
