"""What can be wrong with identifiers, with what points at them, and with the register."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "bad-id",
        Severity.ERROR,
        "An xml:id is no name",
        "It has to be usable as an address: a letter first, then letters, digits, hyphens, points and underscores.",
        '<p xml:id="3 b">',
        "Choose another one, and mend what points to it.",
    ),
    Rule(
        "duplicate-id",
        Severity.ERROR,
        "Two elements of a document have the same xml:id",
        "Whatever points there can't tell which one is meant.",
        '<sp xml:id="t14"> twice',
        "Give one of the two another id.",
    ),
    Rule(
        "id-taken-elsewhere",
        Severity.ERROR,
        "Two documents of a project have an xml:id in common that says unique-ids = “corpus”",
        "Such projects cite by the id alone, which then doesn't say which document is meant.",
        '<p xml:id="p1"> in letter-1.xml and in letter-2.xml',
        "Give one of the two another id, and mend what points to it.",
    ),
    Rule(
        "empty-pointer",
        Severity.ERROR,
        "A pointing attribute is empty, or “#” alone",
        "It claims a connection and doesn't make one.",
        '<persName ref="">',
        "Write where it leads, or delete the attribute.",
    ),
    Rule(
        "malformed-pointer",
        Severity.ERROR,
        "A pointer is not written as a URI",
        "Blanks separate pointers; some characters have to be escaped; paths have forward slashes.",
        '<graphic url="page one.jpg"/>',
        "Escape the character (a blank is %20), or rename the file.",
    ),
    Rule(
        "dangling-pointer",
        Severity.ERROR,
        "A pointer leads to an element that doesn't exist",
        "Readers who follow it arrive nowhere, and indexes lose the mention.",
        '<persName ref="register.xml#kim-il-sng">',
        "Correct it, or give the element that is meant this xml:id.",
    ),
    Rule(
        "missing-file",
        Severity.ERROR,
        "A pointer leads to a file that doesn't exist",
        "Readers who follow it arrive nowhere.",
        '<ref target="letters/1956-09-17.xml">',
        "Correct the path (it starts from the folder of the document, or from xml:base), or add the file.",
    ),
    Rule(
        "pointer-out-of-project",
        Severity.ERROR,
        "A pointer leads to a file outside the project's folder",
        "Such a file is never opened, and nobody else has it at the same place.",
        '<ref target="../../../notes.xml">',
        "Copy the file into the project, or point to its address on the web.",
    ),
    Rule(
        "unreadable-target",
        Severity.WARNING,
        "A pointer leads into a file that isn't well-formed",
        "Whether what it points at exists can't be told.",
        '<ref target="old/draft.xml#p3">, and draft.xml is broken',
        "Mend the file.",
    ),
    Rule(
        "undeclared-prefix",
        Severity.WARNING,
        "A pointer has a prefix that is neither declared nor a known scheme of URIs",
        "Nobody else knows what it stands for.",
        '<persName ref="psn:kim">, and no prefixDef for psn',
        "Declare it by a prefixDef in listPrefixDef, or write the pointer out.",
    ),
    Rule(
        "unmatched-prefix",
        Severity.ERROR,
        "A pointer has a declared prefix, but the declaration's pattern doesn't fit it",
        "It can't be expanded, so it leads nowhere.",
        'ref="psn:Kim Il" with matchPattern="([a-z-]+)"',
        "Correct the pointer, or the pattern.",
    ),
    Rule(
        "bad-prefix-pattern",
        Severity.ERROR,
        "The pattern of a prefixDef can't be used",
        "None of the pointers with this prefix can be checked.",
        '<prefixDef ident="psn" matchPattern="([a-z+" …>',
        "Correct the pattern; keep it simple, without repetitions inside repetitions.",
    ),
    Rule(
        "circular-pointer",
        Severity.ERROR,
        "A chain of pointers comes back to where it began",
        "Whoever follows sameAs, copyOf, next or prev would never arrive.",
        '<seg xml:id="a" next="#b"/> and <seg xml:id="b" next="#a"/>',
        "Let one of them end the chain.",
    ),
    Rule(
        "duplicate-entry",
        Severity.WARNING,
        "Two entries of the register are of one kind and begin with the same name",
        "Perhaps it is one person or place, whose mentions are now in two lists.",
        "two <person> called “Mikoyan”",
        "Make one entry of the two, or tell them apart in their first name.",
    ),
    Rule(
        "born-later",
        Severity.WARNING,
        "A text mentions a person who was born after it was made",
        "The pointer leads to the wrong person, or one of the dates is wrong. When the text was made is what its "
        "header says in creation, settingDesc, recording, origDate and the correspAction that sent it: all of them "
        "together, and nothing if one of them has no end. When the person was born is the birth in the register, at "
        "the earliest. What editors say (notes, supplied words, bibliographies, the header) may mention anybody.",
        'ref="register.xml#kim-jong-un" in a letter of 1956, and <birth when="1984"/> in his entry',
        "Mend the pointer, the birth or the date in the header.",
    ),
    Rule(
        "died-earlier",
        Severity.WARNING,
        "Somebody acts in a document who was dead by then",
        "A text may speak of the dead; they can't have written it (titleStmt/author, by the date in creation), sent it "
        "(correspAction of type sent, by its own date), taken part in what it records or spoken in it (person in "
        "particDesc; where there is one, @who of u and sp; by the dates in settingDesc or recording, else creation). "
        "Texts with a cast list are plays, in which the dead may speak.",
        'who="register.xml#joseph-stalin" in a conversation of 1956, and <death when="1953-03-05"/> in his entry',
        "Mend the date, the pointer, or the death in the register.",
    ),
    Rule(
        "death-before-birth",
        Severity.WARNING,
        "A person died before being born",
        "One of the two dates is wrong. Only what is certain counts: of several births, the earliest that may be.",
        '<birth when="1912"/> and <death when="1894"/>',
        "Compare with the source, and correct one of them.",
    ),
    Rule(
        "unmentioned-entry",
        Severity.WARNING,
        "No document points to an entry of the register",
        "Either mentions were missed, or the entry is left over from an earlier state.",
        '<person xml:id="yudin"> and no @ref to it anywhere',
        'Mark the mentions, delete the entry, or say why it is there in <note type="unmentioned">.',
    ),
    Rule(
        "mentioned-entry",
        Severity.WARNING,
        "An entry of the register says that it is unmentioned, and isn't",
        "The reason given for its being there no longer holds.",
        '<note type="unmentioned"> in an entry that a document points to',
        "Delete the note.",
    ),
)
