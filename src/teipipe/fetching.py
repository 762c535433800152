"""Schemas from the web: fetched only when that is asked for, and kept in a folder, by address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.errors import UnreadableError

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

#: Bytes that a schema may have; TEI's largest has 4 million.
_LIMIT: Final = 50_000_000
#: Seconds to wait for each answer.
_PATIENCE: Final = 30.0
_FEW_LETTERS: Final = 40


def kept(address: str, folder: Path) -> Path:
    """Where in `folder` the schema behind an address is kept, whether it is there or not."""
    import hashlib

    name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    readable = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "._-")).lstrip(".")
    return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}-{readable[-_FEW_LETTERS:] or 'schema'}"


def fetch(address: str, folder: Path) -> Path:
    """Get the schema behind an http or https address and keep it; what was kept before is replaced.

    Raises UnreadableError if it can't be had, OutputError if it can't be written.
    """
    from http.client import HTTPException
    from urllib.request import Request

    from teipipe import __version__
    from teipipe.files import make_folder, write

    try:
        request = Request(address, headers={"User-Agent": f"teipipe/{__version__}"})
        with _opener().open(request, timeout=_PATIENCE) as answer:
            data = answer.read(_LIMIT + 1)
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        advice = "is this machine connected? A local copy, named with --schema, needs no connection"
        raise UnreadableError(f"{address} can't be fetched: {reason}", help=advice) from error
    if len(data) > _LIMIT:
        raise UnreadableError(f"{address} can't be fetched: it has more than {_LIMIT:,} bytes")
    path = kept(address, folder)
    make_folder(folder)
    write(path, data)
    return path


def _opener() -> OpenerDirector:
    """What opens http and https addresses, and follows redirections to such, and nothing else."""
    from urllib import request

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPRedirectHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener
