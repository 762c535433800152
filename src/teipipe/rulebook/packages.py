"""What can be wrong with a package (BagIt, RFC 8493) whoever made it."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

_BACKUP: Final = "Get the file, or the whole package, from another copy; verify that with the receipt (--receipt)."

RULES: Final = (
    Rule(
        "changed-file",
        Severity.ERROR,
        "A file in a package isn't what it was when the package was made",
        "By all checksums that the package has of it, it was another. Disks and transfers do that, people too; the "
        "file can't be relied on any more.",
        "“data/project/tei/letter.xml” was changed: its SHA-256 and SHA-512 are not what the manifests have",
        _BACKUP,
    ),
    Rule(
        "lost-file",
        Severity.ERROR,
        "A file is missing that the package should have",
        "A manifest lists it, or every package has to have it. A package of which something is missing isn't complete.",
        "“data/edition/index.html” is missing; manifest-sha256.txt and manifest-sha512.txt lists it",
        _BACKUP,
    ),
    Rule(
        "added-file",
        Severity.ERROR,
        "A file is in the package that no manifest lists",
        "It was put there later, or has lost its place in the manifests: no checksum vouches for it. Outside data/, "
        "packages of others may have such files; then it is a warning.",
        "no manifest lists “data/.DS_Store”",
        "Look at who put it there; take it out if it doesn't belong to the package.",
    ),
    Rule(
        "renamed-file",
        Severity.ERROR,
        "A file of the package has another name",
        "What is missing under one name is there, by its checksum, under a name that no manifest lists. Copying to "
        "other systems can do that: capitals, diacritics, forbidden signs.",
        "“data/Über.xml” is gone; “data/Uber.xml”, which no manifest lists, has its content",
        "Give it back its name.",
    ),
    Rule(
        "contradicting-manifests",
        Severity.ERROR,
        "Two manifests of the package say different things of the same file",
        "One of them was changed: the file itself has the checksum that the other one has of it, or only one of both "
        "lists it.",
        "has another SHA-256 of “data/a.xml” than the file, which is as manifest-sha512.txt says",
        "Get the manifest from another copy of the package.",
    ),
    Rule(
        "unread-file",
        Severity.ERROR,
        "A file in the package can't be read",
        "The disk, the archive or the permissions don't give it back whole, or it is larger than such a file can be; "
        "so nothing is known of it.",
        "“data/a.pdf” is damaged: it can't be unpacked",
        _BACKUP,
    ),
    Rule(
        "malformed-declaration",
        Severity.ERROR,
        "The file bagit.txt isn't what BagIt demands",
        "By its two lines, programs know that this is a package, of which version, and in what encoding its tag files "
        "are.",
        "the version of BagIt is 2.0; versions 0.93 to 1.0 are known",
        "Write two lines: “BagIt-Version: 1.0” and “Tag-File-Character-Encoding: UTF-8”; then make the package anew.",
    ),
    Rule(
        "malformed-manifest",
        Severity.ERROR,
        "A line of a manifest can't be read, or names what it must not name",
        "Each line is a checksum in hexadecimal digits, space, and the path of a file in the package (RFC 8493, "
        "section 2.1.3). What leads out of the package is never looked at. What is only unusual is a warning.",
        "the path “../../etc/passwd” leads out of the package by “..”",
        "Get the manifest from another copy; if whoever made the package wrote it like that, have it made anew.",
    ),
    Rule(
        "malformed-tag-file",
        Severity.ERROR,
        "A line of bag-info.txt or fetch.txt can't be read",
        "bag-info.txt has lines like “Name: value”, fetch.txt an address, a size and a path (RFC 8493, section 2.2).",
        "“Source Organization” is no “Name: value”",
        "Get the file from another copy of the package, or have the package made anew.",
    ),
    Rule(
        "wrong-oxum",
        Severity.ERROR,
        "The payload hasn't as many bytes or files as bag-info.txt says",
        "Payload-Oxum is the size of everything in data/: if it differs, something is missing, was added, cut off or "
        "extended.",
        "the payload has 1190 bytes in 11 files; Payload-Oxum says 1202 bytes in 12 files",
        _BACKUP,
    ),
    Rule(
        "holey-package",
        Severity.WARNING,
        "The package has a list of files to be fetched from elsewhere",
        "teipipe fetches nothing. What is listed and not there is missing; who has it fetched must check it by its "
        "checksum.",
        "files of this package may have to be fetched from elsewhere: 3 are listed",
        "Have a program fetch them, as fetch.txt says, if you trust the addresses; then verify again.",
    ),
    Rule(
        "weak-checksum",
        Severity.WARNING,
        "The package has only checksums that can be forged",
        "MD5 and SHA-1 find accidents. Whoever wants to can make another file with the same checksum.",
        "has no checksums but MD5",
        "Have the package made with SHA-512.",
    ),
    Rule(
        "unknown-checksum",
        Severity.WARNING,
        "A manifest has checksums that are not known here",
        "By that manifest, nothing is checked.",
        "“whirlpool” is no checksum that is known here",
        "Check the package by a program that knows them, or rely on its other manifests.",
    ),
    Rule(
        "doubtful-name",
        Severity.WARNING,
        "A name that not every system gives back as it is",
        "Some systems don't tell capitals, others write letters with diacritics otherwise: of two such files one is "
        "lost when the package is copied there.",
        "“data/LETTER.xml”: many systems take it for the same name as “data/letter.xml”",
        "Nothing, on this system; before the package is copied elsewhere, put it into an archive (.zip, .tar).",
    ),
    Rule(
        "altered-form",
        Severity.ERROR,
        "A manifest of tag files isn't written as teipipe writes it",
        "No checksum vouches for these manifests, so every byte of them has to be as teipipe writes it; a letter that "
        "became a capital, or a space that became a tab, would be found by nobody else.",
        "the line about “bagit.txt” isn't written as teipipe writes it",
        _BACKUP,
    ),
    Rule(
        "altered-archive",
        Severity.ERROR,
        "The archive that a package lies in was changed, or is damaged",
        "Between the files, an archive has names, sizes and times. teipipe always writes them in the same way, so it "
        "is seen when one of their bytes changes; in archives of others, when they contradict each other.",
        "the header of “bagit.txt” in the archive was changed: byte 137 of letters-1.tar",
        "If nothing else is found, the files are whole: unpack it and make a new archive; better, get another copy.",
    ),
    Rule(
        "repacked-archive",
        Severity.WARNING,
        "The archive wasn't made by teipipe, though the package in it was",
        "Somebody unpacked the package and packed it again. Its files are checked as ever, but not the bytes around "
        "them.",
        "the archive isn't byte for byte as teipipe writes it: it was packed anew by another program",
        "Nothing, if you know who did that and why.",
    ),
    Rule(
        "wrong-receipt",
        Severity.ERROR,
        "The package isn't the one that the receipt was given out for",
        "The receipt stands for every byte of the package: whoever changes a file and all checksums along with it "
        "can't change the receipt that you have. It may also be that of another version.",
        "this isn't the package that the receipt was given out for, or it was changed since, checksums and all",
        "Look whether the receipt belongs to this version of the package; if so, don't rely on the package.",
    ),
)
