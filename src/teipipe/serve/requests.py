"""What a browser asks for, as far as this server understands it: GET and HEAD, of paths, from this machine."""

from __future__ import annotations

import re
from asyncio import IncompleteReadError, LimitOverrunError, StreamReader
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, unquote_to_bytes

#: No request line with all its headers is longer.
LIMIT: Final = 16_384

_LINE: Final = re.compile(r"([A-Z]{1,20}) (/[\x21-\x7e]*) HTTP/1\.[01]")
_HEADER: Final = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*")
#: Names of this machine. Any other one was looked up somewhere, and may be that of a stranger's page.
_HOST: Final = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)


class RefusedError(Exception):
    """A request that gets no other answer than a status."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(status))
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Request:
    """A request: `path` are the bytes between slashes, decoded; the last is b"" if the path ends with a slash."""

    is_head: bool
    path: tuple[bytes, ...]
    query: Mapping[str, str]
    query_text: str


async def read_request(reader: StreamReader) -> Request | None:
    """The next request; None if the other side has gone without one. Raises RefusedError."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except IncompleteReadError:
        return None
    except LimitOverrunError:
        raise RefusedError(431) from None
    return parsed(head)


def parsed(head: bytes) -> Request:
    """The request that these bytes are, to the empty line at their end; raises RefusedError."""
    line, *fields = head.decode("latin-1").split("\r\n")[:-2]
    matched = _LINE.fullmatch(line)
    if matched is None:
        raise RefusedError(400)
    hosts = [value for name, value in map(_field, fields) if name == "host"]
    if len(hosts) != 1:
        raise RefusedError(400)
    if not _HOST.fullmatch(hosts[0]):
        raise RefusedError(421)
    method, target = matched.groups()
    if method not in ("GET", "HEAD"):
        raise RefusedError(405, {"Allow": "GET, HEAD"})
    path, _, query = target.partition("?")
    try:
        values = {name: found[0] for name, found in parse_qs(query, keep_blank_values=True, max_num_fields=20).items()}
    except ValueError:  # there are more
        raise RefusedError(400) from None
    return Request(method == "HEAD", tuple(unquote_to_bytes(path).split(b"/")[1:]), values, query)


def _field(text: str) -> tuple[str, str]:
    matched = _HEADER.fullmatch(text)
    if matched is None:
        raise RefusedError(400)
    return matched[1].lower(), matched[2]
