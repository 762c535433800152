"""A project of many small documents that point at each other and at a register, for measuring and comparing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

PERSONS: Final = 500
_FOLDER: Final = 500  # documents in one folder

_HEADER: Final = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter-{number}">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>Letter {number}</title></titleStmt>
      <publicationStmt><p>Unpublished.</p></publicationStmt>
      <sourceDesc><p>None.</p></sourceDesc>
    </fileDesc>
    <profileDesc><creation><date when="19{year:02}-05-{day:02}"/></creation></profileDesc>
  </teiHeader>
  <text>
    <body>
      <opener><dateline><date when="19{year:02}-05-{day:02}">May</date></dateline></opener>
"""


def write_letters(root: Path, number: int) -> None:
    """Make a project in the folder `root` of so many letters and a register; nothing is wrong in it."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "teipipe.toml").write_text('documents = ["letters/*/*.xml"]\nregister = "register.xml"\n', encoding="utf-8")
    (root / "register.xml").write_text(register(), encoding="utf-8")
    for each in range(number):
        path = root / letter_name(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter(each, number), encoding="utf-8")


def letter_name(number: int) -> str:
    """Where a letter lies in the project."""
    return f"letters/{number // _FOLDER:02}/{number:05}.xml"


def letter(number: int, among: int, extra: Sequence[str] = ()) -> str:
    """A letter that mentions eight persons and points at the two letters before it; `extra` paragraphs at the end."""
    lines = [_HEADER.format(number=number, year=number % 90 + 10, day=number % 28 + 1)]
    for paragraph in range(8):
        person = (number * 8 + paragraph) % PERSONS
        lines.append(
            f'      <p xml:id="p{paragraph}">Of what <persName ref="../../register.xml#person-{person}">Person {person}'
            "</persName> said there is no other trace than these words, which were written down late.</p>\n"
        )
    for back in (1, 2):
        other = (number - back) % among
        target = f"../{other // _FOLDER:02}/{other:05}.xml#p{back}"
        lines.append(f'      <p>As <ref target="{target}">letter {other}</ref> has it.</p>\n')
    return "".join([*lines, *(f"      {words}\n" for words in extra), "    </body>\n  </text>\n</TEI>\n"])


def register() -> str:
    """The register of all persons that may be mentioned."""
    persons = "".join(
        f'      <person xml:id="person-{number}"><persName>Person {number}</persName><birth when="18{number % 80:02}"/>'
        "</person>\n"
        for number in range(PERSONS)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register">\n  <teiHeader><fileDesc>'
        "<titleStmt><title>Register</title></titleStmt><publicationStmt><p>Unpublished.</p></publicationStmt>"
        "<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>\n"
        f"  <standOff>\n    <listPerson>\n{persons}    </listPerson>\n  </standOff>\n</TEI>\n"
    )
