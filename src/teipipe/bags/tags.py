"""The tag files of a package, in the one form that we write them in, so that they can be compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256, sha512
from itertools import starmap
from typing import Final

from teipipe.bags.items import Info
from teipipe.errors import BagError

DECLARATION_NAME: Final = "bagit.txt"
INFO_NAME: Final = "bag-info.txt"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

#: The checksums that a package has of every file: by one, programs of today find it whole, by the other those to come.
CHECKSUMS: Final = {"sha256": sha256, "sha512": sha512}


def manifest_name(algorithm: str) -> str:
    """The manifest of the payload."""
    return f"manifest-{algorithm}.txt"


def tag_manifest_name(algorithm: str) -> str:
    """The manifest of the tag files, itself and its like apart."""
    return f"tagmanifest-{algorithm}.txt"


def manifest(checksums: Iterable[tuple[str, str]]) -> bytes:
    """A manifest of paths, from the package's root, and checksums: a line each, sorted by path (RFC 8493, 2.1.3)."""
    return b"".join(starmap(line, sorted(checksums)))


def line(path: str, digest: str) -> bytes:
    """What a manifest says of a file."""
    return f"{digest}  {_encoded(path)}\n".encode()


def _encoded(path: str) -> str:
    """A path as manifests have it (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def bag_info(info: Info) -> bytes:
    """The file bag-info.txt (RFC 8493, 2.2.2).

    Only a line break in a value makes a new line, which is indented: what continues a line may count as a break. Fields
    without a value are left out. Raises BagError if the name of a field can't be written.
    """
    fields = ((_name(name), _value(value)) for name, value in info)
    return "".join(f"{name}: {value}\n" for name, value in fields if value).encode()


def _name(name: str) -> str:
    if not name or ":" in name or name != " ".join(name.split()) or not name.isprintable():
        raise BagError(f"“{name}” can't be the name of a field of {INFO_NAME}", help="use letters, digits and hyphens")
    return name


def _value(value: str) -> str:
    # Readers skip empty lines, and take for a line break whatever Unicode calls one.
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n ".join(line for line in lines if line)


def size_in_words(size: int) -> str:
    """A size as Bag-Size has it: in units of a thousand, rounded."""
    units = ("bytes", "kB", "MB", "GB", "TB")
    power = 0
    while size >= 1000 ** (power + 1) * 0.9995 and power < len(units) - 1:
        power += 1
    return f"{size} bytes" if not power else f"{size / 1000**power:.3g} {units[power]}"
