"""teipipe itself, as it goes into a package: a wheel, from which pip installs it wherever nobody offers it any more."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile, ZipInfo

from teipipe.bags import Item
from teipipe.deposit import layout
from teipipe.documents import read_bytes
from teipipe.resources import bundled

#: What is taken over of what is known of the package; the rest is made otherwise by other builders.
_KEPT: Final = ("Name", "Version", "Summary", "License-Expression", "License-File", "Requires-Python", "Requires-Dist")
_LICENSE: Final = "licenses/LICENSE"
_ENTRY_POINTS: Final = "entry_points.txt"
_KIND: Final = "Wheel-Version: 1.0\nGenerator: teipipe\nRoot-Is-Purelib: true\nTag: py3-none-any\n"

#: The folders that travel with it and, in a checkout, lie beside it.
_BUNDLED: Final = ("schema", "xslt")


def program() -> Iterator[Item]:
    """Yield the wheel (PEP 427) of what runs here, with its licence; nothing if it runs without having been installed.

    It is not compressed: versions of zlib differ in what they make of the same bytes, and so everybody can read it.
    """
    try:
        here = distribution("teipipe")
    except PackageNotFoundError:
        return
    about = f"teipipe-{here.version}.dist-info"
    yield Item(f"{layout.PROGRAM}{here.version}-py3-none-any.whl", _wheel(dict(_files(here, about)), about))


def _files(here: Distribution, about: str) -> Iterator[tuple[str, bytes]]:
    """Yield what is in the wheel by its path; `about` is the folder that describes it."""
    package = Path(__file__).parents[1]
    yield from ((f"teipipe/{path}", data) for path, data in _below(package) if not path.startswith("bundled/"))
    for folder in _BUNDLED:
        yield from ((f"teipipe/bundled/{folder}/{path}", data) for path, data in _below(bundled(folder)))
    for name in (_LICENSE, _ENTRY_POINTS):
        if text := here.read_text(name):
            yield f"{about}/{name}", text.encode()
    yield f"{about}/METADATA", _metadata(here).encode()
    yield f"{about}/WHEEL", _KIND.encode()


def _metadata(here: Distribution) -> str:
    """What pip reads of it: without the tools of developers, which its source code asks for, and this is none."""
    known = [(name, str(value)) for name in _KEPT for value in here.metadata.get_all(name) or ()]
    known.append(("Provides-Extra", "cjk"))
    lines = (f"{name}: {value}\n" for name, value in known if "extra == 'dev'" not in value)
    return "".join(("Metadata-Version: 2.4\n", *lines))


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder, but for what Python compiles and what editors hide."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.suffix != ".pyc" and path.is_file() and not f"/{name}".count("/."):
            yield name, read_bytes(path.resolve())


def _wheel(files: dict[str, bytes], about: str) -> bytes:
    record = f"{about}/RECORD"
    lines = (f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in sorted(files.items()))
    listed = "".join(lines) + f"{record},,\n"
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for path, data in (*sorted(files.items()), (record, listed.encode())):
            info = ZipInfo(path)  # of 1980: the clock is not asked
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return whole.getvalue()


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
