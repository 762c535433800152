"""What can be found when a package is made, and when it is verified."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "stale-schema",
        Severity.WARNING,
        "A schema of the project isn't what its ODD compiles to",
        "The ODD was changed and not compiled, a file that is made from it was changed by hand, or another version of "
        "teipipe made it. Documents are judged by the file, and its description is that of the ODD; a package holds "
        "both, and what the ODD compiles to now.",
        "“letters.rng” isn't what “letters.odd” compiles to",
        "Run “teipipe schema build”, and validate once more.",
    ),
    Rule(
        "uncompiled-odd",
        Severity.WARNING,
        "The ODD of the project can't be compiled, so a package has no schema and no documentation made from it",
        "It has a mistake, or it takes parts of the TEI's own schema, which teipipe can't look up: it compiles what "
        "stands in the file. The ODD itself goes along, and so do the schemas that the configuration names.",
        "the ODD can't be compiled: moduleRef “core” refers to another schema",
        "Nothing; or have the ODD compiled elsewhere, and name what comes of it in the configuration.",
    ),
    Rule(
        "missing-metadata",
        Severity.WARNING,
        "An archive asks for something that neither a header nor the configuration says",
        "What isn't said is never guessed: the field is left out, or has the standard's own code for unknown.",
        "no licence: publicationStmt/availability has neither licence nor a status other than unknown",
        "Say it at the place that is named, or leave it: the package is complete without.",
    ),
    Rule(
        "not-reproduced",
        Severity.ERROR,
        "A file of a package is not what is made from the package today, by the same versions",
        "An edition that can be made again from its sources alone proves that it shows what they say. Here one "
        "doesn't: the file, or what it is made of, was changed and the checksums made anew, or something has a hand "
        "in it that the package doesn't hold.",
        "made again from the package, it is another from this line on",
        "Compare the package with the receipt that was given out for it (--receipt); look at the file at the place "
        "named.",
    ),
    Rule(
        "other-version",
        Severity.WARNING,
        "A package was made by other versions than those that are here, and they make some of it otherwise",
        "A later version may say more on a page, or break lines elsewhere. What the package holds is as it was; only "
        "that it follows from the sources isn't proved, byte for byte, by this version.",
        "it was made by other versions: teipipe 0.1.0, here 0.2.0",
        "Nothing, or install what data/software/requirements.txt names and verify once more.",
    ),
    Rule(
        "vanished-finding",
        Severity.ERROR,
        "The report on validation in a package has a finding that isn't found again",
        "The report says what was found when the package was made. The same documents, checked by the same version, "
        "have the same findings: one of both was changed since.",
        "the report in the package has a finding that isn't found again: tei/letter.xml:12:5: invalid: …",
        "Compare the package with the receipt that was given out for it (--receipt).",
    ),
    Rule(
        "unusable-package",
        Severity.ERROR,
        "What a package holds can't be worked on",
        "It says that teipipe made it, and its checksums are right, but its description, its report or its project is "
        "not what teipipe writes.",
        "the project in the package can't be used: glob “../*.xml” leads out of the project",
        "Compare the package with the receipt that was given out for it (--receipt), or ask whoever gave it to you.",
    ),
    Rule(
        "unverified-contents",
        Severity.FAILURE,
        "What a package holds could not be made again, so nothing is known of it but its checksums",
        "Something kept the edition from being built: no room for temporary files, a stylesheet that this version "
        "can't run, a document that takes too long.",
        "can't be made again: no space left on device",
        "Remove the cause that is named; TMPDIR says where temporary files go.",
    ),
    Rule(
        "newer-package",
        Severity.FAILURE,
        "A package was made by a later version of teipipe, in a form that this one doesn't know",
        "Its checksums are verified as ever; what is in it could be taken for something else than it is.",
        "has form 2 of a package; this version of teipipe knows 1",
        "Verify it with a later version: data/software/requirements.txt names the one that made it.",
    ),
    Rule(
        "unfollowed-link",
        Severity.WARNING,
        "A link to a folder was left out of a package",
        "Such links can lead anywhere, or round in circles, and packages hold files and no links.",
        "scans/1790, a link to the folder archive/1790",
        "Put the folder in the place of the link, or name it under include in the table deposit.",
    ),
)
