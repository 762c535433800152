"""Gives a search index the same bytes every time: Pagefind writes its filters in an order that chance decides.

Its files are CBOR (RFC 8949; here: integers, text and arrays) behind a signature, compressed or not, and named by what
they hold. Those with filters are written anew: in order, and uncompressed, for compressors differ between machines.
Those with the words of a page get longer names, which are the ids of results: in an index of several parts, of which
each is made by itself, short ones would meet.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final

_SIGNATURE: Final = b"pagefind_dcd"
_ENTRY: Final = "pagefind-entry.json"
_FRAGMENT: Final = ".pf_fragment"
_ANEW: Final = (_FRAGMENT, ".pf_filter", ".pf_meta", _ENTRY)

#: Where in the file that names all others the pages stand, the filters, and the orders to sort by: each a list that
#: begins with a name, or for pages with the name of a file.
_PAGES: Final = 1
_FILTERS: Final = 3
_SORTS: Final = 4


def canonical(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by their paths, with whatever has no order of its own in the order of its names.

    Raises ValueError if one of them isn't what it should be.
    """
    made = {path: data for path, data in files.items() if not path.endswith(_ANEW)}
    entry = json.loads(files[_ENTRY])
    for language in entry["languages"].values():
        meta = _unpacked(files[f"pagefind.{language['hash']}.pf_meta"])
        for page in meta[_PAGES]:
            data = files[f"fragment/{page[0]}{_FRAGMENT}"]
            page[0] = _named(language["hash"], _plain(data))
            made[f"fragment/{page[0]}{_FRAGMENT}"] = data
        for found in meta[_FILTERS]:
            name, values = _unpacked(files[f"filter/{found[1]}.pf_filter"])
            packed = _packed([name, sorted(values)])
            found[1] = _named(language["hash"], packed)
            made[f"filter/{found[1]}.pf_filter"] = packed
        meta[_FILTERS].sort()
        meta[_SORTS].sort()
        packed = _packed(meta)
        language["hash"] = _named(language["hash"], packed)
        made[f"pagefind.{language['hash']}.pf_meta"] = packed
    made[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return made


def urls(files: Mapping[str, bytes]) -> dict[str, str]:
    """The addresses of the pages in an index, by the ids that results have.

    Raises ValueError as `canonical` does.
    """
    found = {PurePosixPath(path).stem: data for path, data in files.items() if path.endswith(_FRAGMENT)}
    return {name: str(json.loads(_plain(data))["url"]) for name, data in found.items()}


def _named(before: str, packed: bytes) -> str:
    """The name of a file by its language, which stands in its name before, and what it holds."""
    return f"{before.split('_')[0]}_{sha256(packed).hexdigest()[:10]}"


def _unpacked(data: bytes) -> Any:
    return _decoded(iter(_plain(data)))


def _plain(data: bytes) -> bytes:
    plain = data if data.startswith(_SIGNATURE) else gzip.decompress(data)
    if not plain.startswith(_SIGNATURE):
        raise ValueError("no signature of Pagefind's")
    return plain.removeprefix(_SIGNATURE)


def _packed(value: object) -> bytes:
    return _SIGNATURE + b"".join(_encoded(value))


def _decoded(data: Iterator[int]) -> Any:
    """The next value in a stream of bytes."""
    kind, short = divmod(_next(data), 32)
    if short < 24:
        size = short
    elif short < 28:
        size = int.from_bytes(_taken(data, 1 << (short - 24)), "big")
    else:
        raise ValueError("a length that isn't known")
    if kind == 0:
        return size
    if kind == 3:
        return _taken(data, size).decode()
    if kind == 4:
        return [_decoded(data) for _ in range(size)]
    raise ValueError(f"CBOR of major type {kind}")


def _next(data: Iterator[int]) -> int:
    byte = next(data, None)
    if byte is None:
        raise ValueError("it ends early")
    return byte


def _taken(data: Iterator[int], number: int) -> bytes:
    return bytes(_next(data) for _ in range(number))


def _encoded(value: object) -> Iterator[bytes]:
    if isinstance(value, int):
        yield _head(0, value)
    elif isinstance(value, str):
        text = value.encode()
        yield _head(3, len(text))
        yield text
    elif isinstance(value, list):
        yield _head(4, len(value))
        for part in value:
            yield from _encoded(part)
    else:
        raise ValueError(f"nothing that Pagefind writes: {value!r}")


def _head(kind: int, size: int) -> bytes:
    """The first bytes of a value: its kind and its size, as short as they can be."""
    if size < 24:
        return bytes((kind * 32 + size,))
    width = next(width for width in (1, 2, 4, 8) if size < 1 << (8 * width))
    return bytes((kind * 32 + 24 + width.bit_length() - 1,)) + size.to_bytes(width, "big")
