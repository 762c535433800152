"""The table of profiles in docs/encoding.md."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.structure import profiles
from teipipe.encode.structure.profile import Evidence

_PART: Final = re.compile(r"(<!-- Made by `make docs`: profiles -->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN: Final = 4
_FEATURES: Final = {
    "turns": "turns",
    "present": "a list of those present",
    "salutation": "a salutation",
    "closing": "a closing phrase",
    "fields": "lines such as “To: …”",
    "headings": "headings",
    "paragraphs": "prose",
    "agenda": "an agenda",
}


def filled(text: str) -> str:
    """A page, with the table as the profiles have it."""
    return _PART.sub(lambda match: match[1] + "\n".join(_table()) + "\n" + match[2], text)


def _table() -> list[str]:
    rows = ["| profile | for | `text`, `div` | detected by (weight) |", "| --- | --- | --- | --- |"]
    for profile in profiles():
        weighed = sorted(profile.evidence, key=lambda one: -one.weight)
        evidence = "<br>".join(_evidence(one) for one in weighed)
        rows.append(
            f"| `{profile.name}` | {profile.description} | `{profile.text_type}`, `{profile.body}` | {evidence} |"
        )
    return rows


def _evidence(evidence: Evidence) -> str:
    if evidence.where in _FEATURES:
        return f"{_FEATURES[evidence.where]} ({evidence.weight})"
    shown = ", ".join(f"“{phrase.replace('{text}', '…')}”" for phrase in evidence.phrases[:_SHOWN])
    more = ", …" if len(evidence.phrases) > _SHOWN else ""
    return f"{evidence.where}: {shown}{more} ({evidence.weight})"
