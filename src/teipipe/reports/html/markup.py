"""HTML out of text: what is text is escaped, and the types tell the two apart."""

from __future__ import annotations

from html import escape
from typing import Final, NewType

from teipipe.reports.characters import shown

Html = NewType("Html", str)

EMPTY: Final = Html("")


def words(text: str) -> Html:
    """Text as HTML shows it; what would turn text round or can't be shown stands there by number."""
    return Html(escape(shown(text)))


def tag(name: str, *inside: Html, **attributes: str | float | None) -> Html:
    """An element. Attributes whose value is None are left out; `class_` is class, `aria_label` aria-label."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(shown(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{''.join(inside)}</{name}>")


def joined(*parts: Html, between: str = "") -> Html:
    """The parts one after the other; `between` is text."""
    return Html(words(between).join(parts))


def counted(number: int, noun: str) -> str:
    """As in "1 file" and "1,200 files"; `noun` in the singular."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
