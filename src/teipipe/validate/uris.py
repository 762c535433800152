"""Where a pointer leads: prefixes expanded, relative to xml:base, as a file of the project or something not checked."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

#: Schemes that lead out of the project and are never followed; others need a prefixDef.
_KNOWN: Final = frozenset(
    """
    about ark cid data doi ftp ftps geo git hdl http https info irc isbn issn ldap mailto mid news ni nntp oai sftp ssh
    tag tel urn view-source xmpp
    """.split()  # noqa: SIM905 (two lines instead of thirty)
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNFIT: Final = re.compile(r'[\\<>"{}|^`]')

#: Seconds that the patterns of one document's prefixDefs may take in all: they are not ours, and may be hostile.
PATTERN_BUDGET: Final = 2.0
_MAX_TOKEN: Final = 200
#: Paths that are remembered at a time.
_MANY_PATHS: Final = 20_000


class Leads(Enum):
    """Where to."""

    HERE = "into the same document"
    FILE = "to a file of the project"
    AWAY = "somewhere that is not checked"
    NOWHERE = "it is empty"
    MALFORMED = "it is no URI"
    OUTSIDE = "to a file outside the project"
    UNDECLARED = "its prefix is not declared"
    UNMATCHED = "no declaration of its prefix fits it"
    CIRCULAR = "its prefix expands to itself"


class Target(NamedTuple):
    """Where a pointer leads; `file` (absolute) and `fragment` where it leads there, `remark` what is wrong."""

    leads: Leads
    file: Path | None = None
    fragment: str = ""
    remark: str = ""


class UnusablePatternError(ValueError):
    """A matchPattern that is no regular expression, or one that could run for ever."""


class PrefixDefinition:
    """One prefixDef: `ident`, a pattern and what takes its place."""

    def __init__(self, ident: str, pattern: str, replacement: str) -> None:
        self.ident = ident
        self.pattern = pattern
        self.replacement = replacement

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, in Python's terms. Raises UnusablePatternError."""
        translated = self.pattern
        if re.search(r"\\[pPicIC]|-\[", translated):
            from elementpath.regex import RegexError, translate_pattern

            try:
                translated = translate_pattern(translated, xsd_version="1.1", anchors=True)
            except RegexError as error:
                raise UnusablePatternError(str(error)) from error
        try:
            compiled = re.compile(translated)
        except re.error as error:
            raise UnusablePatternError(str(error)) from error
        if not _is_harmless(self.pattern):
            raise UnusablePatternError("repetitions inside repetitions could take for ever")
        return compiled

    def expand(self, rest: str) -> str | None:
        """The URI for what follows the prefix; None if the pattern doesn't fit. Raises UnusablePatternError."""
        match = self.compiled.fullmatch(rest)
        if match is None:
            return None

        def insert(reference: re.Match[str]) -> str:
            if reference[1]:
                return reference[1]
            number = int(reference[2])
            return (match[number] or "") if number <= self.compiled.groups else ""

        return re.sub(r"\\(.)|\$([0-9])", insert, self.replacement)


_PIECE: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[0-9]*,?[0-9]*\}|\(\?.|.", re.DOTALL)


def _is_harmless(pattern: str) -> bool:
    """Whether backtracking stays within bounds: few repetitions, and none of what holds a repetition or a choice."""
    groups = [False]  # for each open group: does it hold a repetition or a choice?
    closed = False  # the same for what was closed last
    repetitions = options = 0
    for match in _PIECE.finditer(pattern):
        piece = match[0]
        if piece.startswith("(?") and piece != "(?:":
            return False
        if piece[0] == "(":
            groups.append(False)
        elif piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
            continue
        elif piece == "?":
            options += 1
        elif piece in "*+" or piece[0] == "{":
            if closed:
                return False
            repetitions += 1
            groups[-1] = True
        elif piece == "|":
            groups[-1] = True
        elif piece[0] == "\\" and piece[1].isdigit():
            return False
        closed = False
    return repetitions <= 4 and options <= 8


class Paths:
    """Where relative URIs lead in the project in `root` (absolute): documents of one folder share what was found.

    Links are followed once: they are not expected to change while one of these is in use.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = os.path.realpath(root)
        self._folders: dict[str, bool] = {}
        self._found: dict[tuple[str, str], Target] = {}

    def find(self, folder: str, uri: str) -> Target | None:
        """Where it was found that a URI leads from a folder."""
        return self._found.get((folder, uri))

    def keep(self, folder: str, uri: str, target: Target) -> None:
        """Have it found the next time."""
        if len(self._found) >= _MANY_PATHS:
            self._found.clear()
        self._found[folder, uri] = target

    def is_inside(self, file: Path) -> bool:
        """Whether a file (absolute, without "..") lies in the project, with all links followed."""
        if not file.is_relative_to(self.root) or "\0" in str(file):
            return False
        parent = os.path.dirname(file)  # noqa: PTH120 (called for every pointer; a Path takes ten times as long)
        if file == self.root or os.path.islink(file):  # noqa: PTH114
            return self._is_below(os.path.realpath(file))
        if parent not in self._folders:
            if len(self._folders) >= _MANY_PATHS:
                self._folders.clear()
            self._folders[parent] = self._is_below(os.path.realpath(parent))
        return self._folders[parent]

    def _is_below(self, real: str) -> bool:
        return real == self._real_root or real.startswith(self._real_root.rstrip(os.sep) + os.sep)


class Resolver:
    """Resolves the pointers of one document that lies in `file`, in the project in `root` (both absolute)."""

    def __init__(
        self, file: Path, root: Path, prefixes: Sequence[PrefixDefinition] = (), paths: Paths | None = None
    ) -> None:
        self.file = file
        self.root = root
        self._paths = paths or Paths(root)
        self._folder = str(file.parent)
        self.prefixes = prefixes
        self.spent = 0.0
        self._base = file.as_uri()
        self._known: dict[tuple[str, str], Target] = {}
        self._files: dict[tuple[str, str], Target] = {}

    def resolve(self, token: str, base: str = "") -> Target:
        """Where `token` leads, under the values of xml:base from the outermost in, joined (or "")."""
        if token.startswith("#") and "%" not in token and _UNFIT.search(token) is None and token.count("#") == 1:
            return Target(Leads.HERE, self.file, token[1:]) if len(token) > 1 else Target(Leads.NOWHERE)
        known = self._known.get((token, base))
        if known is None:
            known = self._known[token, base] = self._resolve(token, base)
        return known

    def _resolve(self, token: str, base: str) -> Target:
        if not token:
            return Target(Leads.NOWHERE)
        try:
            expanded = self._expand(token)
        except UnusablePatternError:
            return Target(Leads.AWAY)  # the prefixDef itself is reported
        return expanded if isinstance(expanded, Target) else self._locate(expanded, base)

    def _expand(self, token: str) -> str | Target:
        """`token` with declared prefixes expanded, or the Target that says why not."""
        seen: list[str] = []
        while match := _SCHEME.match(token):
            definitions = [definition for definition in self.prefixes if definition.ident == match[1]]
            if not definitions:
                return token
            if token in seen or len(seen) > 20:
                return Target(Leads.CIRCULAR, remark=" → ".join([*seen, token][:4]))
            seen.append(token)
            found = self._first_that_fits(definitions, token[match.end() :])
            if found is None:
                patterns = ", ".join(f"“{definition.pattern}”" for definition in definitions)
                return Target(Leads.UNMATCHED, remark=f"the pattern {patterns} of its prefixDef doesn't fit “{token}”")
            token = found
        return token

    def _first_that_fits(self, definitions: Sequence[PrefixDefinition], rest: str) -> str | None:
        if len(rest) > _MAX_TOKEN or self.spent > PATTERN_BUDGET:
            raise UnusablePatternError("the limit for patterns is reached")
        begin = time.monotonic()
        try:
            return next((uri for definition in definitions if (uri := definition.expand(rest)) is not None), None)
        finally:
            self.spent += time.monotonic() - begin

    def _locate(self, uri: str, base: str) -> Target:
        before, _, fragment = uri.partition("#")
        if "(" not in fragment and (remark := _malformation(before, fragment)):
            return Target(Leads.MALFORMED, remark=remark)
        if not before:
            return Target(Leads.HERE, self.file, unquote(fragment)) if fragment else Target(Leads.NOWHERE)
        if (before, base) not in self._files:
            self._files[before, base] = self._file(before, base)
        target = self._files[before, base]
        return target if target.file is None else target._replace(fragment=unquote(fragment))

    def _file(self, before: str, base: str) -> Target:
        """Where a URI without fragment leads."""
        # What begins with a query depends on the document's own name.
        is_shared = not base and before[0] not in "?;"
        target = self._paths.find(self._folder, before) if is_shared else None
        if target is None:
            target = self._path(before, base)
            if is_shared:
                self._paths.keep(self._folder, before, target)
        return Target(Leads.HERE, self.file) if target.file == self.file else target

    def _path(self, before: str, base: str) -> Target:
        scheme = match[1].lower() if (match := _SCHEME.match(before)) else ""
        if len(scheme) == 1:
            return Target(Leads.MALFORMED, remark="it is a path on one computer")
        if scheme and scheme != "file":
            return Target(Leads.AWAY) if scheme in _KNOWN else Target(Leads.UNDECLARED, remark=scheme)
        try:
            parts = urlsplit(urljoin(urljoin(self._base, base), before))
            if parts.scheme != "file" or parts.netloc:
                return Target(Leads.AWAY)
            path = _path_of(parts.path)
        except ValueError as error:
            return Target(Leads.MALFORMED, remark=str(error))
        file = Path(os.path.normpath(path))
        if not self._paths.is_inside(file):
            return Target(Leads.OUTSIDE, remark=before)
        return Target(Leads.FILE, file)


def relative_uri(file: Path, document: Path) -> str:
    """How the document writes a pointer to the file (both absolute)."""
    return quote(Path(os.path.relpath(file, document.parent)).as_posix())


def _path_of(path: str) -> Path:
    """The path that the path of a file URI stands for."""
    if os.name == "nt":
        from nturl2path import url2pathname

        return Path(url2pathname(path))
    return Path(unquote(path))


def _malformation(before: str, fragment: str) -> str:
    for part in (before, fragment):
        if bad := _BAD_ESCAPE.search(part):
            return f"“{part[bad.start() : bad.start() + 3]}” is no escaped character"
    if "#" in fragment:
        return "it has two “#”"
    if "%00" in before:
        return "“%00” is no escaped character"
    if bad := _UNFIT.search(before + fragment):
        return f"“{bad[0]}” has to be written %{ord(bad[0]):02X}" + (", or /" if bad[0] == "\\" else "")
    return ""
