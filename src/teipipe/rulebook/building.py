"""What can be found while an edition is built."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "missing-register",
        Severity.FAILURE,
        "The register that the configuration names can't be used",
        "Without it, no name can be looked up; documents are still built, their names leading nowhere.",
        'register = "tei/register.xml", and there is no such file',
        "Put the file there, or take the line out of the configuration.",
    ),
    Rule(
        "unusable-address",
        Severity.ERROR,
        "A document's identifier can't be the name of its folder in the edition",
        "The folder is the address that readers cite: it has to work on every system and in every link.",
        'a document without xml:id in the file "회담.xml"',
        "Give TEI an xml:id of at most 120 letters a to z, digits, points, hyphens and underscores.",
    ),
    Rule(
        "active-content",
        Severity.WARNING,
        "A document holds something that a browser would run or render: a script, a drawing, a stylesheet",
        "Its TEI stands on the site too, and whoever opens it would open that; so the file is given out as plain text,"
        " byte for byte, with .txt added to its name.",
        '<script xmlns="http://www.w3.org/1999/xhtml">, or <?xml-stylesheet href="own.xsl"?>',
        "Take it out, if the edition doesn't need it.",
    ),
    Rule(
        "reserved-address",
        Severity.ERROR,
        "A document's identifier is a name that the edition itself uses, or that some system forbids",
        "Its pages would overwrite others, or could not be copied to every computer.",
        '<TEI xml:id="register"> in a document that isn\'t the register',
        "Give TEI another xml:id.",
    ),
    Rule(
        "shared-address",
        Severity.ERROR,
        "Two documents have the same identifier, or two that some systems can't tell apart",
        "Their pages would overwrite each other; neither is built, so that no address changes hands silently.",
        'xml:id="Letter-1" and xml:id="letter-1"',
        "Give each TEI an xml:id of its own.",
    ),
    Rule(
        "stylesheet-failed",
        Severity.FAILURE,
        "A stylesheet doesn't compile, or failed on a document",
        "What it should have made is missing; everything that doesn't need it is made all the same.",
        "html.xsl: the variable $title is not declared",
        "Mend the stylesheet at the place that is named.",
    ),
    Rule(
        "worker-timeout",
        Severity.FAILURE,
        "A document took longer than the time it may take",
        "One document, or a stylesheet or check that never ends, must not hold up all others.",
        "not done after 60 seconds",
        "Raise timeout in the configuration if the document is just long.",
    ),
    Rule(
        "dead-worker",
        Severity.FAILURE,
        "The process that worked on a document died",
        "It is taken down with all its memory, so that nothing half-made is kept; the others go on in a new one.",
        "it needed more than 2000 megabytes of memory",
        "Raise memory in the configuration if the document is just large.",
    ),
    Rule(
        "out-of-date",
        Severity.WARNING,
        "Something in the output folder is older than its source",
        "It could not be made anew; what was there stays, so that readers find the last good state.",
        "build/letter-1, whose document is not well-formed now",
        "Mend what was reported for the document, then build again.",
    ),
    Rule(
        "missing-search-index",
        Severity.WARNING,
        "The index for searching the full text could not be made",
        "All pages are there; the search page says that there is no search, and leads to the lists instead.",
        "Pagefind is not installed",
        "Install pagefind-bin (a wheel on PyPI, for Linux and macOS), or raise timeout or memory.",
    ),
    Rule(
        "book-failed",
        Severity.FAILURE,
        "A book could not be printed, or an e-book not be made",
        "The pages are there all the same; a book of an earlier build stays as it was.",
        "the licence of the font Book.otf (Book) doesn't allow that it is embedded",
        "Do what the finding says; if it is the volume that is too large, raise memory or timeout.",
    ),
    Rule(
        "missing-glyph",
        Severity.WARNING,
        "A character has no glyph in any of the fonts that books are printed in",
        "Readers would see an empty box, and archives refuse such a file; the number of the character stands there.",
        "no font has “한” (U+D55C, HANGUL SYLLABLE HAN), so books show its number",
        "For Hangul and Han install teipipe[cjk]; for others put fonts into a folder and name it in books.print.fonts.",
    ),
    Rule(
        "typesetting-remark",
        Severity.INFO,
        "Something was remarked while a book was typeset",
        "What can't be set as it should is set as well as it can be.",
        "layout did not converge within five attempts",
        "Look at the page; if it is as it should be, nothing has to be done.",
    ),
    Rule(
        "unmet-standard",
        Severity.WARNING,
        "A PDF conforms to none of the standards that were asked for",
        "Typst could not mark it up; it can be read and printed, but an archive would refuse it.",
        "it says nothing of its structure, and conforms to no standard",
        "Take notes out of lists that go over pages, or deposit another form.",
    ),
    Rule(
        "changed-by-hand",
        Severity.WARNING,
        "A file that is no longer part of the edition was changed after it was written",
        "Only what teipipe wrote is ever removed.",
        "build/letter-1/index.html, edited in place",
        "Delete the file if it isn't needed.",
    ),
)
