"""Writes the document around its text: header, declarations, participants."""

from __future__ import annotations

from dataclasses import dataclass

from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Participant
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing.renditions import Renditions
from teipipe.encode.writing.text import escaped


@dataclass(frozen=True, slots=True)
class Parts:
    """What a document is put together from: its element `text`, the signs in it, who takes part."""

    text: str
    renditions: Renditions
    participants: tuple[Participant, ...]


def document(transcript: Transcript, structure: Structure, parts: Parts, settings: Settings) -> str:
    """The whole document."""
    titles = [" ".join(transcript.text[start:end].split()) for start, end in structure.titles]
    title = escaped(". ".join(titles) or transcript.path.stem)
    renditions = "".join(
        f'        <rendition xml:id="{name}" scheme="css" scope="{scope}">content: {_string(sign)}</rendition>\n'
        for name, scope, sign in parts.renditions
    )
    tags = f"      <tagsDecl>\n{renditions}      </tagsDecl>\n" if renditions else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{settings.id}" xml:lang="{settings.language}">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>{title}</title>
      </titleStmt>
      <publicationStmt>
        <p>Not published.</p>
      </publicationStmt>
      <sourceDesc>
        <p>A transcript.</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
{tags}    </encodingDesc>
  </teiHeader>
{parts.text}
</TEI>
"""


def _string(sign: str) -> str:
    """A string of CSS: quotation marks and backslashes in it are escaped."""
    return '"' + escaped(sign).replace("\\", "\\\\").replace('"', "\\22 ") + '"'
