"""Encodes files: what is asked for once, for any number of them, and what for each."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from teipipe.diagnostics import Severity
from teipipe.encode.dates.languages import require_language
from teipipe.encode.encoder import Encoding, encode
from teipipe.encode.names.register import Register, load_register
from teipipe.encode.reading import read_transcript
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import load_profile, profiles
from teipipe.errors import ConfigurationError, UnreadableError


@dataclass(frozen=True, slots=True)
class Options:
    """What all files of a run have in common.

    `profile` is the name of a built-in one or the path of a file, "" if it is to be detected; `encoding` that of plain
    texts, "" if it is to be told from each; `context_date` (ISO), `language` and `dates` as in Settings.
    """

    profile: str = ""
    register: Path | None = None
    context_date: str = ""
    language: str = "en"
    encoding: str = ""
    dates: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One file, and how its document will be called and point at others (see Settings)."""

    source: Path
    id: str
    date: str
    register_href: str = ""
    source_href: str = ""
    schema_href: str = ""


class Encoder:
    """Encodes one file after the other; its register and profiles are loaded once.

    Raises ConfigurationError for a profile, a language or an encoding, UnreadableError for a register, that can't be
    used.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._profile = load_profile(options.profile) if options.profile else None
        self._profiles = () if self._profile else profiles()
        require_language(options.language, options.dates)
        _require_encoding(options.encoding)
        self.register: Register | None = None if options.register is None else _usable(options.register)

    def encode(self, job: Job) -> Encoding:
        """Encode a file; raises UnreadableError if it can't be read, EncodingError if a word would be lost."""
        options = self._options
        transcript = read_transcript(job.source, encoding=options.encoding or None)
        settings = Settings(
            job.id,
            job.date,
            options.language,
            self._profile,
            self._profiles,
            self.register,
            job.register_href,
            job.source_href,
            job.schema_href,
            options.context_date,
            options.dates,
        )
        return encode(transcript, settings)


def _require_encoding(name: str) -> None:
    try:
        codecs.lookup(name or "utf-8")
    except LookupError:
        message = f"“{name}” is no encoding that is known"
        raise ConfigurationError(message, help="for instance utf-8, utf-16, cp1252, cp1251, koi8-r, gb18030") from None


def _usable(path: Path) -> Register:
    """The register in a file, whatever else is wrong with it, if it can be read to its end."""
    register = load_register(path)
    broken = next((found for found in register.problems if found.severity >= Severity.ERROR), None)
    if broken is not None:
        raise UnreadableError(broken.message, path=Path(str(broken.location)), help=broken.help)
    return register
