"""What the tag files of a package say, read leniently and complained about precisely (RFC 8493, section 2)."""

from __future__ import annotations

import codecs
import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from teipipe.bags.safety import danger, place, shown
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.rules import finding

#: A tag file that is read has so many bytes at most.
LARGEST: Final = 1 << 26
#: And all manifests together list so many files.
MOST_ENTRIES: Final = 1_000_000
_MOST_FETCHED: Final = 250_000
#: Of one file, so many mistakes are listed.
_MOST: Final = 100

MANIFEST: Final = re.compile(r"(tag)?manifest-([A-Za-z0-9_-]+)\.txt", re.IGNORECASE)

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ENTRY: Final = re.compile(r"([0-9A-Fa-f]+)([ \t]+)(\*?)([^ \t].*)")
_FETCH: Final = re.compile(r"(\S+)[ \t]+(-|\d+)[ \t]+([^ \t].*)")
_FIELD: Final = re.compile(r"([^:\s][^:]*?)[ \t]*:[ \t]*(.*)")
_ENCODED: Final = re.compile(r"%(25|0[AaDd])")
_ENCODED_BEFORE: Final = re.compile(r"%(0[AaDd])")
_TEXTS: Final = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-.*|shift_jis.*|euc_.*|gb.*|big5.*|hz|tis-620"
)


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A checksum: its name in names of manifests, its name in words, how many bytes it has, what computes it."""

    name: str
    words: str
    size: int
    make: Callable[[], hashlib._Hash]


def _algorithms() -> dict[str, Algorithm]:
    names = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512")
    found = {}
    for name in (*names, "blake2b", "blake2s"):
        make = getattr(hashlib, name)
        words = (
            name.upper().replace("_", "-")
            if name.startswith("sha3")
            else re.sub(r"^sha", "SHA-", name.upper(), flags=re.I)
        )
        plain = name.replace("_", "")
        found[plain] = Algorithm(plain, words, make(usedforsecurity=False).digest_size, make)
    return found


ALGORITHMS: Final = _algorithms()


def algorithm(name: str) -> Algorithm | None:
    """What a manifest is named after; None if it isn't known."""
    return ALGORITHMS.get(re.sub(r"[^a-z0-9]", "", name.lower()))


@dataclass(slots=True)
class Manifest:
    """A manifest: where each path that it lists has its checksum, and in which line that stands."""

    name: str
    algorithm: Algorithm
    is_for_tags: bool
    entries: dict[str, tuple[bytes, int]] = field(default_factory=dict)

    def place(self, path: str) -> Location:
        """The line about a file."""
        return place(self.name, self.entries[path][1])


@dataclass(slots=True)
class Declaration:
    """What bagit.txt says: the version of BagIt, (0, 0) if unknown, and the encoding of the other tag files."""

    version: tuple[int, int] = (0, 0)
    encoding: str = "utf-8"


def read_declaration(data: bytes) -> tuple[Declaration, list[Diagnostic]]:
    """What bagit.txt says, and what is wrong with it."""
    found: list[Diagnostic] = []
    declared = Declaration()

    def complain(message: str, line: int, help: str | None = None) -> None:
        found.append(finding("malformed-declaration", message, place("bagit.txt", line), help))

    if data.startswith(codecs.BOM_UTF8):
        complain("begins with a byte order mark, which BagIt forbids here", 1)
        data = data[3:]
    lines = list(_lines(data.decode("utf-8", "surrogateescape")))
    first, second = (lines[number] if number < len(lines) else "" for number in (0, 1))
    if match := re.fullmatch(r"BagIt-Version\s*:\s*(\d{1,4})\.(\d{1,4})\s*", first):
        declared.version = (int(match[1]), int(match[2]))
        if not (0, 93) <= declared.version <= (1, 0):
            complain(f"the version of BagIt is {match[1]}.{match[2]}; versions 0.93 to 1.0 are known", 1)
        elif declared.version >= (1, 0) and not re.fullmatch(r"BagIt-Version: \d+\.\d+", first):
            complain(f"“{shown(first)}” has not exactly one space, after the colon", 1)
    else:
        complain(f"the first line is “{shown(first)}”", 1, "it has to be like “BagIt-Version: 1.0”")
    if match := re.fullmatch(r"Tag-File-Character-Encoding\s*:\s*(\S+)\s*", second):
        if not _is_encoding(match[1]):
            complain(f"the encoding “{shown(match[1])}” isn't known", 2)
        else:
            declared.encoding = codecs.lookup(match[1]).name
            if declared.version >= (1, 0) and not re.fullmatch(r"Tag-File-Character-Encoding: \S+", second):
                complain(f"“{shown(second)}” has not exactly one space, after the colon", 2)
    else:
        complain(f"the second line is “{shown(second)}”", 2, "it has to be like “Tag-File-Character-Encoding: UTF-8”")
    if any(lines[2:]):
        complain("there are more than two lines", 3)
    return declared, found


def _is_encoding(name: str) -> bool:
    try:
        return _TEXTS.fullmatch(codecs.lookup(name).name) is not None
    except (LookupError, ValueError):
        return False


@dataclass(slots=True)
class TagFile:
    """A tag file as text, and what is wrong with it."""

    name: str
    rule: str
    found: list[Diagnostic] = field(default_factory=list)

    def complain(
        self, message: str, line: int, column: int = 1, help: str | None = None, *, only_odd: bool = False
    ) -> None:
        """Note a mistake, or something that is `only_odd`."""
        if len(self.found) == _MOST:
            message, help = "there are more mistakes in it, which are not listed", None
        if len(self.found) <= _MOST:
            severity = Severity.WARNING if only_odd else None
            self.found.append(
                finding(self.rule, message, Location(place(self.name).path, line, column), help, severity=severity)
            )

    def lines(self, data: bytes, encoding: str) -> Iterator[tuple[int, str]]:
        """Its lines with their numbers, from 1, without what ends them."""
        if data.startswith(codecs.BOM_UTF8):
            self.complain("begins with a byte order mark", 1, only_odd=True)
            data = data[3:]
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(encoding, "replace")
            number = sum(1 for _ in _lines(before)) or 1
            column = len(re.split(r"[\r\n]", before)[-1]) + 1
            self.complain(f"isn't {encoding.upper()} from there on, as bagit.txt says", number, column)
            text = data.decode(encoding, "surrogateescape" if encoding in ("utf-8", "ascii") else "replace")
        yield from enumerate(_lines(text), 1)


def _lines(text: str) -> Iterator[str]:
    return (match[1] for match in _LINE.finditer(text) if match[0])


def read_manifest(
    name: str, kind: Algorithm, data: bytes, declared: Declaration, *, is_for_tags: bool, most: int = MOST_ENTRIES
) -> tuple[Manifest, list[Diagnostic]]:
    """What a manifest says, and what is wrong with it; it is read until it has listed the `most` that it may."""
    manifest = Manifest(name, kind, is_for_tags)
    file = TagFile(name, "malformed-manifest")
    for number, line in file.lines(data, declared.encoding):
        if not line.strip() or line.startswith("#"):
            file.complain(
                "the line is " + ("empty" if not line.strip() else "a remark, which BagIt doesn't know"),
                number,
                only_odd=True,
            )
            continue
        match = _ENTRY.fullmatch(line)
        if match is None:
            file.complain(f"“{shown(line)}” is no checksum in hexadecimal digits, space, and path", number)
            continue
        if len(match[1]) != 2 * kind.size:
            file.complain(f"“{shown(match[1])}” has {len(match[1])} digits; {kind.words} has {2 * kind.size}", number)
            continue
        if len(manifest.entries) >= most:
            file.complain(f"there are more than {MOST_ENTRIES} files in the manifests of the package", number)
            break
        path = _path(file, match, number, declared, is_for_tags=is_for_tags)
        if path is not None:
            _enter(manifest, file, path, bytes.fromhex(match[1]), number, declared)
    return manifest, file.found


def payload_checksums(name: str, data: bytes) -> dict[str, str]:
    """The checksums in the manifest of this name of a bag of version 1.0, by the paths of its files from data/."""
    kind = ALGORITHMS[name.removeprefix("manifest-").removesuffix(".txt")]
    manifest, _ = read_manifest(name, kind, data, Declaration((1, 0)), is_for_tags=False)
    return {path.removeprefix("data/"): digest.hex() for path, (digest, _) in manifest.entries.items()}


def _path(file: TagFile, match: re.Match[str], number: int, declared: Declaration, *, is_for_tags: bool) -> str | None:
    written, column = match[4], match.start(4) + 1
    if match[3]:
        file.complain("the path has a “*” before it, as md5sum writes it", number, match.start(3) + 1, only_odd=True)
    plain = written
    while plain.startswith("./"):
        plain = plain[2:]
    if plain != written:
        file.complain(f"the path “{shown(written)}” begins with “./”", number, column, only_odd=True)
    path = sys.intern(decoded(plain, declared))  # the same path comes in each manifest
    if reason := danger(path):
        file.complain(f"the path “{shown(path)}” {reason}", number, column, "nothing outside the package is looked at")
        return None
    if path.startswith("data/") == is_for_tags:
        what = "files outside data/" if is_for_tags else "files in data/"
        file.complain(f"“{shown(path)}”: such a manifest lists only {what}", number, column, only_odd=is_for_tags)
        return path if is_for_tags else None
    return path


def decoded(path: str, declared: Declaration) -> str:
    """A path as it is in the file system: line breaks, and since version 1.0 “%”, are written as in URIs."""
    encoded = _ENCODED if declared.version >= (1, 0) else _ENCODED_BEFORE
    return encoded.sub(lambda match: chr(int(match[1], 16)), path) if "%" in path else path


def _enter(manifest: Manifest, file: TagFile, path: str, digest: bytes, number: int, declared: Declaration) -> None:
    before = manifest.entries.get(path)
    if before is None:
        manifest.entries[path] = (digest, number)
        return
    is_same = before[0] == digest
    how = "with the same checksum" if is_same else "with another checksum"
    is_allowed = is_same and declared.version < (1, 0)
    file.complain(f"“{shown(path)}” is listed in line {before[1]} too, {how}", number, only_odd=is_allowed)


def read_info(name: str, data: bytes, declared: Declaration) -> tuple[list[tuple[str, str, int]], list[Diagnostic]]:
    """The fields of bag-info.txt with the lines in which they begin, and what is wrong with it."""
    file = TagFile(name, "malformed-tag-file")
    fields: list[tuple[str, str, int]] = []
    for number, line in file.lines(data, declared.encoding):
        if not line.strip():
            file.complain("the line is empty", number, only_odd=True)
        elif line[0] in " \t" and fields:
            label, value, first = fields[-1]
            if len(value) < LARGEST // 1024:
                fields[-1] = (label, f"{value} {line.strip()}", first)
        elif match := _FIELD.fullmatch(line):
            fields.append((match[1], match[2].strip(), number))
        else:
            file.complain(f"“{shown(line)}” is no “Name: value”", number)
    return fields, file.found


def read_fetch(data: bytes, declared: Declaration) -> tuple[dict[str, int], list[Diagnostic]]:
    """The paths that fetch.txt says where to find, with its lines, and what is wrong with it."""
    file = TagFile("fetch.txt", "malformed-tag-file")
    paths: dict[str, int] = {}
    for number, line in file.lines(data, declared.encoding):
        match = _FETCH.fullmatch(line)
        if match is None:
            if line.strip():
                file.complain(f"“{shown(line)}” is no address, size (or “-”) and path", number)
            continue
        if len(paths) == _MOST_FETCHED:
            file.complain(f"there are more than {_MOST_FETCHED} files in it", number)
            break
        path = decoded(match[3].removeprefix("./"), declared)
        reason = danger(path) or ("" if path.startswith("data/") else "isn't in data/")
        if reason:
            file.complain(f"the path “{shown(path)}” {reason}", number, match.start(3) + 1)
        else:
            paths[path] = number
    return paths, file.found
