"""What an encoding is asked for, besides the transcript."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.encode.names.register import Register
    from teipipe.encode.structure.profile import Profile


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode a transcript.

    `profile` is None if it is to be detected; `profiles` are those to choose from. `register_href` is how the document
    will point at the register ("register.xml"); `source_href` at the transcript, "" if it doesn't. `context_date` is
    the day (ISO) that dates without a year are near, "" if only the document itself tells; `dates` is the file with the
    words for dates of a language that teipipe doesn't know. `date` is the day of the encoding (ISO), for the header.
    `id` is the document's xml:id.
    """

    id: str
    date: str
    language: str = "en"
    profile: Profile | None = None
    profiles: tuple[Profile, ...] = ()
    register: Register | None = None
    register_href: str = "register.xml"
    source_href: str = ""
    schema_href: str = ""
    context_date: str = ""
    dates: Path | None = None
