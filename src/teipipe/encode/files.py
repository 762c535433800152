"""Encodes files: what is asked for once, for any number of them, and what for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from teipipe.encode.encoder import Encoding, encode
from teipipe.encode.names.register import Register, load_register
from teipipe.encode.reading import read_transcript
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import load_profile, profiles


@dataclass(frozen=True, slots=True)
class Options:
    """What all files of a run have in common.

    `profile` is the name of a built-in one or the path of a file, "" if it is to be detected; `encoding` that of plain
    texts, "" if it is to be told from each; `context_date` (ISO) and `language` as in Settings.
    """

    profile: str = ""
    register: Path | None = None
    context_date: str = ""
    language: str = "en"
    encoding: str = ""


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

    Raises ConfigurationError for a profile and UnreadableError for a register that can't be used.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._profile = load_profile(options.profile) if options.profile else None
        self._profiles = () if self._profile else profiles()
        self.register: Register | None = None if options.register is None else load_register(options.register)

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
        )
        return encode(transcript, settings)
