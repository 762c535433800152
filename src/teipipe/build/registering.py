"""Reads what a register is suggested from or checked against, and writes suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.encoding import today
from teipipe.documents import Document, read_bytes
from teipipe.encode.registers.suggesting import suggest
from teipipe.encode.registers.texts import Text, text_of_tei, text_of_transcript
from teipipe.encode.registers.writing import as_json, as_tei, as_text
from teipipe.encode.seal import seal_of, sealed
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import profiles
from teipipe.errors import ConfigurationError, OutputError, UnreadableError
from teipipe.files import deliver, make_folder
from teipipe.folders import TRANSCRIPTIONS

if TYPE_CHECKING:
    from teipipe.encode.names.register import Register
    from teipipe.encode.registers.suggestion import Suggestions

FORMATS: Final = ("text", "tei", "json")


def suggestions_for(sources: Sequence[Path], register: Register | None) -> Suggestions:
    """What is suggested from files: TEI (.xml) and transcripts. A document that is a register is none of them."""
    return suggest(texts_in(sources, with_register=register is not None), register)


def texts_in(sources: Iterable[Path], *, with_register: bool) -> list[Text]:
    """The texts of files; raises UnreadableError for one that can't be read."""
    settings = Settings("names", today(), profiles=profiles())
    texts: list[Text] = []
    for source in sources:
        if source.suffix.lower() != ".xml":
            texts.append(text_of_transcript(source, settings))
            continue
        document = Document.read(source)
        if not document.is_well_formed:
            problem = next(iter(document.problems), None)
            raise UnreadableError(
                "is not well-formed" if problem is None else problem.message,
                path=source,
                help="see: teipipe validate",
            )
        texts.append(text_of_tei(document, with_register=with_register))
    return texts


def sources_in(paths: Iterable[Path]) -> list[Path]:
    """The files among paths, and in folders among them TEI and transcripts; raises UnreadableError for an empty one."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        wanted = (".xml", *TRANSCRIPTIONS)
        below = sorted(each for each in path.rglob("*") if each.suffix.lower() in wanted and each.is_file())
        if not below:
            raise UnreadableError("has no document and no transcript", path=path, help="name files, or another folder")
        found += below
    return list(dict.fromkeys(found))


def in_format(suggestions: Suggestions, format: str, folder: Path | None = None) -> str:
    """The suggestions in one of the FORMATS."""
    if format == "tei":
        return as_tei(suggestions, today(), folder=folder or Path.cwd())
    return "".join(as_json(suggestions, folder) if format == "json" else as_text(suggestions, folder))


def write_suggestions(suggestions: Suggestions, format: str, path: Path, sources: Sequence[Path]) -> bool:
    """Write them, unless a file is there that isn't as teipipe wrote it; whether the file is another one now."""
    text = in_format(suggestions, format)
    data = text.encode()
    if format == "tei":
        digest = sha256(b"".join(sha256(read_bytes(source)).digest() for source in sources)).hexdigest()
        data = sealed(text, digest, today())
    if path.exists():
        before = read_bytes(path)
        seal = seal_of(before) if format == "tei" else None
        if before != data and (seal is None or not seal.is_whole):
            raise OutputError(
                "is there, and isn't as teipipe wrote it: nothing was written",
                path=path,
                help="name another file, or take this one away",
            )
    if not path.suffix:
        raise ConfigurationError("what kind of file?", path=path, help="call it ….xml, ….json or ….txt")
    make_folder(path.parent)
    return deliver(path, data)
