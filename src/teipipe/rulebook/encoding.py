"""What can be found when a transcript is encoded."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Severity
from teipipe.rulebook import Rule

RULES: Final = (
    Rule(
        "uncertain-profile",
        Severity.INFO,
        "Nothing tells what kind of source a transcript is",
        "Which conventions are looked for depends on it. The transcript was read as an essay: as prose, without turns.",
        "this may be a memorandum, minutes, a letter or something else; it was read as an essay",
        "Say which it is, with --profile.",
    ),
    Rule(
        "divided-words",
        Severity.WARNING,
        "Words of a transcript are divided by hyphens at the ends of lines",
        "Whether a hyphen is the word's own (Yong-geon) or only that of the line, the transcript doesn't tell; so the "
        "words stay divided, and no name or search will find them.",
        "12 words are divided at the ends of lines",
        "Join those that have no hyphen of their own, in the transcript or in the TEI. The review lists them.",
    ),
    Rule(
        "doubtful-label",
        Severity.WARNING,
        "A line begins as if with the label of a speaker, and was not taken for a turn",
        "Labels count where they have honorifics, name somebody who is present, or come again; this one doesn't. Its "
        "words stand in the turn of whoever spoke before.",
        "“Bread” may be the label of a speaker",
        "If somebody speaks here, mark the turn by hand, or add the word to the profile.",
    ),
    Rule(
        "unclassified-bracket",
        Severity.WARNING,
        "What stands in square brackets fits none of the classes of editorial brackets",
        "Brackets are classified by what stands in them, never guessed. These stay in the text as they are.",
        "“[one or the other]” is none of the known kinds of brackets",
        "Mark it by hand, or add its words to the profile.",
    ),
    Rule(
        "unbalanced-bracket",
        Severity.WARNING,
        "A square bracket has no other one in its paragraph",
        "Brackets are read within a paragraph. One that nothing opens or closes there stays in the text, and so does "
        "what stands behind it.",
        "“[” has no other bracket in its paragraph",
        "Look at the place: mend the transcript if the bracket is a slip of it, or mark by hand what it means.",
    ),
    Rule(
        "doubtful-bracket",
        Severity.INFO,
        "What stands in square brackets can mean several things",
        "It was encoded as what it most probably is, with low certainty; the review lists what else it may be.",
        "“[?]”: a question mark alone: a doubt, or punctuation",
        "Look at the place, and say what it is in a note if the source doesn't tell.",
    ),
    Rule(
        "ambiguous-name",
        Severity.WARNING,
        "A name in the transcript may be that of several entries of the register",
        "Nothing decides between them, so none is taken; the review lists what speaks for each.",
        "“Kim” may be #kim-il-sung or #kim-jong-un",
        "Point at the right entry by hand.",
    ),
    Rule(
        "edited-since",
        Severity.ERROR,
        "A file that would be written was changed since it was encoded, or teipipe didn't write it",
        "Work by hand is never overwritten. A file that teipipe has encoded says so, with the checksum of what was "
        "written; this one isn't that any more.",
        "talk.xml was changed since it was encoded: it is left alone, the new encoding is in talk.xml.new",
        "Take over what is better in the new encoding, and delete it; or delete your file, and encode once more.",
    ),
    Rule(
        "not-encoded",
        Severity.FAILURE,
        "A transcript can't be encoded",
        "It can't be read, took too long or too much memory, or its words could not be given back exactly; nothing was "
        "written for it.",
        "picture.txt: an image (PNG), no text",
        "Do what the message says; the other transcripts are encoded all the same.",
    ),
    Rule(
        "empty-register",
        Severity.WARNING,
        "The register has no entries",
        "Names are still looked for, but no person, organisation or place can be told from another.",
        "register.xml has lists, but no entry with an id in them",
        "Give each entry an xml:id and a name; `teipipe register suggest` proposes entries.",
    ),
    Rule(
        "shared-name",
        Severity.WARNING,
        "Two entries of the register have the same name",
        "Wherever it stands, the encoder can't tell which of them is meant, unless something else does.",
        "“Kim Chol” is a name of #kim-chol-1 and of #kim-chol-2",
        "If both are the same, make one entry of them; if they aren't, point at the right one by hand.",
    ),
    Rule(
        "guessed-encoding",
        Severity.WARNING,
        "A transcript doesn't say its encoding, and its bytes aren't UTF-8; what they most likely are was guessed",
        "Read in the wrong encoding, letters with diacritics and quotation marks become others. The guess goes by the "
        "letters that come out, and in which words; short texts give little to go by.",
        "the file doesn't say its encoding, and was read as Windows-1252: it reads “don’t”",
        "Look at the words that are shown. If they are wrong, name the encoding (--encoding); if not, it is right.",
    ),
    Rule(
        "unrepresentable-character",
        Severity.WARNING,
        "A transcript has a character that XML can't hold",
        "Control codes and halves of characters have no place in any XML file. Another character stands for each, so "
        "that nothing is dropped: ␇ for U+0007, U+FFFD for what has no sign of its own.",
        "the character U+0007 can't stand in XML; U+2407 (symbol for bell) stands for it",
        "Find out what was meant; mostly it is rubbish of a conversion, and may be deleted in the TEI (as surplus).",
    ),
    Rule(
        "invisible-character",
        Severity.INFO,
        "A transcript has characters that can't be seen",
        "Soft hyphens and characters without width stay in the text, and words with them are not found by a search.",
        "U+00AD (soft hyphen), here and in 12 more places",
        "If nobody meant them, delete them in the TEI.",
    ),
    Rule(
        "private-use-character",
        Severity.INFO,
        "A transcript has characters that mean something in one font only",
        "Unicode leaves them to whoever uses them; elsewhere they are seen as a box, or as something else.",
        "U+F0B7, a bullet in Microsoft's font Symbol",
        "Put the character that is meant; if there is none, keep it and describe it.",
    ),
    Rule(
        "tracked-change",
        Severity.WARNING,
        "A word processor's file has changes that nobody has accepted or rejected yet",
        "The transcript is the text with all of them accepted: what was inserted is in it, what was deleted is not.",
        "“North” was deleted by A. Editor, and is left out",
        "Decide about the changes in the word processor, and encode again.",
    ),
    Rule(
        "omitted-content",
        Severity.WARNING,
        "A word processor's file has something that is no part of the transcript",
        "Pictures, comments, hidden text, headers and footers of pages are no words of the text. They are told here, "
        "so that nothing goes away unseen.",
        "a comment by A. Editor: “check the date”",
        "If it belongs to the text, put it there.",
    ),
    Rule(
        "displaced-content",
        Severity.INFO,
        "A word processor's file has words that stand beside the text",
        "Text boxes have no place in the order of words; they come after the paragraph to which they are tied.",
        "the words of a text box stand here: “TOP SECRET”",
        "Put them where they belong.",
    ),
    Rule(
        "unreal-date",
        Severity.WARNING,
        "A date in the transcript is none of the calendar",
        "It is marked as a date, without a value: what was meant can't be told.",
        "“February 30, 1956”: that month has 29 days",
        "Look into the source. A slip of its own is marked as sic; one of the transcript is corrected there.",
    ),
    Rule(
        "contradictory-date",
        Severity.WARNING,
        "A date in the transcript says two things that can't both be right",
        "A day of the week that isn't that of the date, or two calendars that are as many days apart as they never "
        "were. The date in figures is taken, with less certainty, or none.",
        "“Tuesday, 16 September 1956”: 1956-09-16 was a Sunday",
        "Look into the source, and say in a note which of the two is right.",
    ),
    Rule(
        "ambiguous-date",
        Severity.WARNING,
        "A date in figures may be read in two ways",
        "Neither the figures nor other dates of the document nor its language tell which of them is the month.",
        "“3/9/56”: 1956-09-03 or 1956-03-09",
        "Say by @when which it is.",
    ),
    Rule(
        "possible-duplicate",
        Severity.WARNING,
        "Two entries of the register may be the same: one name leads to both, in another spelling",
        "Whoever looks for one of them finds half of what is known, and encode can't choose between the two.",
        "#yun-kong-hum “Yun Kong-hum” and #yun-gong-heum “Yun Gong-heum” are spellings of one name",
        "Make one entry of the two, with both spellings; if they are two, say in a note who is who.",
    ),
    Rule(
        "nameless-entry",
        Severity.WARNING,
        "An entry of the register has no name that is its heading",
        "It can't be found in a text, and pages have nothing to call it by but its id.",
        "#peng-dehuai has no preferred name",
        'Give it a name, with type="preferred".',
    ),
    Rule(
        "repeated-form",
        Severity.INFO,
        "A name stands twice in one entry of the register",
        "One of them is superfluous, or was meant to be another spelling.",
        "“KWP” is twice among the names of #kwp",
        "Delete one of them, or correct it.",
    ),
    Rule(
        "common-form",
        Severity.INFO,
        "A name in the register is an ordinary word, or a single letter",
        "Found wherever it stands it would mark much that is no name, so it counts only where something else tells.",
        "“Person” of #james-person is an ordinary word, too",
        "Nothing need be done; if it never stands alone, leave it out.",
    ),
    Rule(
        "unused-form",
        Severity.INFO,
        "A name in the register stands in no document",
        "A slip in a name shows up like this, and so does what was copied from elsewhere.",
        "“Yun Gong-hum” of #yun-kong-hum stands in no document",
        "Correct it; if other documents will have it, leave it.",
    ),
    Rule(
        "name-without-entry",
        Severity.WARNING,
        "A name that is marked in a document points at no entry",
        "It is on no page of the register and in no index.",
        "“Bohlen” is marked as a name and points at no entry, 3 times",
        "Point at its entry (@ref); `teipipe register suggest` makes one.",
    ),
    Rule(
        "speaker-without-entry",
        Severity.WARNING,
        "The speaker of a turn points at no entry",
        "What somebody said can't be told from what others said: in the figures, in the index, in the speech view.",
        "“Cde. Mikoyan” speaks, and the turn points at nobody, 24 times",
        "Say with @who of the turn which entry speaks.",
    ),
)
