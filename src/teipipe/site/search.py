"""The index for searching the full text in the browser: Pagefind makes it of the finished pages."""

from __future__ import annotations

import base64
import html
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote

from teipipe.diagnostics import Diagnostic, Location
from teipipe.editions import Artefact
from teipipe.errors import SearchError
from teipipe.rules import finding
from teipipe.site.canonical import canonical, urls
from teipipe.site.search_parts import FOLDER, IndexPart, is_searched

if sys.platform == "linux":
    import resource

#: The file by which the search page knows where the parts of the index are.
PARTS: Final = "search/parts.json"

#: The file of a part that says of what date its results are.
_DATES: Final = "dates.json"

#: Words of the edition's own around those of its documents, for nobody searches for “turn”; the names of other entries
#: on the page of one.
_LEFT_OUT: Final = [".generated", ".row-named-by", ".row-events", ".row-events-at", ".contradicting"]

#: Letters that are apostrophes in transcriptions: as such they don't count, “Chʼoe” is found as “Choe”.
_APOSTROPHES: Final = ("ʼ", "ʻ")

#: The file that names all others.
ENTRY: Final = "pagefind-entry.json"

#: Of the files that Pagefind makes, those that our search page loads; the others are search pages of its own.
_LOADED: Final = re.compile(r"pagefind\.js|pagefind-entry\.json|.*\.pf_meta|(fragment|index|filter)/[^/]+")
_PROGRAM: Final = re.compile(r"wasm\.(.*)\.pagefind")

#: A start tag with an id, as our own serialiser writes it.
_ANCHOR: Final = re.compile(r'<(\w+)([^<>]*?) id="([^"<>]*)"([^<>]*)>')
_PLACE: Final = re.compile(r' data-place="([^"<>]*)"')
_HEADING: Final = re.compile("h[1-6]")

#: The date of a page, on the element that says what results are sorted by.
_SORTED: Final = re.compile(r'<(?:[^<>"]|"[^"]*")* data-pagefind-sort=(?:[^<>"]|"[^"]*")*>')
_DATE: Final = re.compile(r' data-sort="([^"<>]*)"')


def search_index(
    pages: Iterable[tuple[str, bytes]],
    language: str,
    folder: str = FOLDER,
    *,
    timeout: float = 300,
    memory: int = 2000,
) -> list[Artefact]:
    """The files of the index over `pages` (path below the root of the site, HTML), the same for the same pages.

    `language` is that of the interface, whose words are reduced to their stems; `folder` is where the files are. The
    process may take so many seconds and so many megabytes. No page to be searched: no files. Raises SearchError if
    Pagefind is missing or fails.
    """
    found = searched(pages)
    if not found:
        return []
    config = {"force_language": language.split("-")[0], "exclude_selectors": _LEFT_OUT}
    with _pagefind(timeout, memory) as service:
        service.ask("NewIndex", config=config)
        for path, text in found:
            service.ask("AddFile", index_id=0, url=path, file_contents=_with_places(text))
        files = service.ask("GetFiles", index_id=0)["files"]
    try:
        made = canonical({str(file["path"]): base64.b64decode(file["content"]) for file in files})
        shipped = {path: data for path, data in made.items() if _is_loaded(path, made[ENTRY])}
        shipped[_DATES] = _dates(made, found)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise SearchError(f"Pagefind made an index of another kind than it should: {error}", help=_HELP) from error
    return [Artefact(f"{folder}/{path}", shipped[path]) for path in sorted(shipped)]


def parts_list(parts: Iterable[IndexPart]) -> Artefact:
    """The file that names the parts of the index, by their folders."""
    names = [part.folder.removeprefix("search/") for part in parts]
    return Artefact(PARTS, json.dumps(names).encode())


def _dates(files: Mapping[str, bytes], pages: Iterable[tuple[str, str]]) -> bytes:
    """The dates of results, by their ids: Pagefind sorts the results of one part only, and keeps no dates."""
    found = {path: _DATE.search(tag[0]) for path, page in pages if (tag := _SORTED.search(page))}
    dates = {name: date[1] for name, path in urls(files).items() if (date := found.get(path.lstrip("/")))}
    return json.dumps(dates, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _is_loaded(path: str, entry: bytes) -> bool:
    """Whether our search page loads a file; of the programs, one for each language, it loads that of the index."""
    program = _PROGRAM.fullmatch(path)
    if program is None:
        return _LOADED.fullmatch(path) is not None
    return program[1] in {language["wasm"] or "unknown" for language in json.loads(entry)["languages"].values()}


def missing_index(error: SearchError, site: Path) -> Diagnostic:
    """The finding that the edition in the folder `site` comes without its search, as its index can't be made."""
    return finding("missing-search-index", error.message, Location(site / FOLDER), error.help)


def searched(pages: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Those of the pages that are to be searched, in the order of their paths, as text."""
    return [(path, page.decode("utf-8", "replace")) for path, page in sorted(pages) if is_searched(page)]


def index_key(pages: Iterable[tuple[str, str]], language: str) -> str:
    """A checksum of all that the index over `pages` (paths with checksums) depends on: the same key, the same files."""
    digest = sha256(f"{_version()}\n{_code()}\n{language}\n".encode())
    for path, checksum in sorted(pages):
        digest.update(f"{path}\n{checksum}\n".encode())
    return digest.hexdigest()


def _with_places(page: str) -> str:
    """The page with the anchors that results lead to, and no others: each carries the name of its place in its id.

    Pagefind keeps of an anchor its id and its text, and that of every anchor: without this, the text would be in the
    index several times over.
    """
    for letter in _APOSTROPHES:
        page = page.replace(letter, "’")
    return _ANCHOR.sub(_with_place, page)


def _with_place(tag: re.Match[str]) -> str:
    name, before, anchor, after = tag.groups()
    place = _PLACE.search(before) or _PLACE.search(after)
    if place is not None:
        return f'<{name}{before} id="{quote(html.unescape(anchor))}|{quote(html.unescape(place[1]))}"{after}>'
    return tag[0] if _HEADING.fullmatch(name) else f"<{name}{before}{after}>"


class _Service:
    """Pagefind as a service: each message is JSON in Base64 and ends with a comma, and so is each answer."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers
        self._number = 0

    def ask(self, what: str, **values: object) -> dict[str, Any]:
        """The answer to a request; raises SearchError if there is none, or if it is a refusal."""
        self._number += 1
        message = {"message_id": self._number, "payload": {"type": what, **values}}
        with suppress(BrokenPipeError):
            self._requests.write(base64.b64encode(json.dumps(message).encode()) + b",")
            self._requests.flush()
        parts: list[bytes] = []
        while not (parts and parts[-1].endswith(b",")):
            part = self._answers.read(1 << 20)
            if not part:
                raise SearchError("Pagefind, which makes the search index, ended early", help=_HELP)
            parts.append(part)
        try:
            answer: dict[str, Any] = json.loads(base64.b64decode(b"".join(parts)[:-1]))["payload"]
        except (ValueError, KeyError, TypeError) as error:
            raise SearchError("Pagefind, which makes the search index, can't be understood", help=_HELP) from error
        if answer.get("type") == "Error":
            raise SearchError(f"Pagefind, which makes the search index, says: {answer.get('message', '')}")
        return answer


@contextmanager
def _pagefind(timeout: float, memory: int) -> Iterator[_Service]:
    """A running Pagefind, which gets nothing of this process: no environment, no open file, no folder."""
    try:
        process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={},
            cwd="/",
            start_new_session=True,  # the terminal's Ctrl-C is for this process, which ends that one
        )
    except OSError as error:
        raise SearchError(f"Pagefind, which makes the search index, can't be run: {error}", help=_HELP) from error
    if sys.platform == "linux":
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (memory << 20, memory << 20))
            resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(timeout, end)
    clock.start()
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield _Service(process.stdin, process.stdout)
    except SearchError:
        if late.is_set():
            raise SearchError(f"the search index was not done after {timeout:g} seconds", help=_HELP) from None
        raise
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


#: The modules by which the index is made.
_CODE: Final = ("search.py", "search_parts.py", "canonical.py")

_HELP: Final = "the edition is complete but for its search; pip install pagefind-bin brings Pagefind"


def _command() -> Sequence[str]:
    try:
        from pagefind_bin import get_executable

        return [str(get_executable()), "--service"]
    except (ImportError, FileNotFoundError):
        raise SearchError("Pagefind, which makes the search index, is not installed", help=_HELP) from None


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("pagefind_bin")
    except PackageNotFoundError:
        return ""


@cache
def _code() -> str:
    """The checksum of the modules that decide what of a page is found, and where its index is."""
    digest = sha256()
    for name in _CODE:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
