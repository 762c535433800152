"""The files that travel with teipipe: stylesheets and schema, found wherever it is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from teipipe.errors import TeipipeError

_PACKAGE: Final = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The folder `name` ("xslt" or "schema"), from inside the installed package or beside `src/` in a checkout.

    Raises TeipipeError if the installation lacks it.
    """
    for candidate in (_PACKAGE / "bundled" / name, _PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise TeipipeError(f'the installation lacks its folder "{name}"', help="install teipipe again")
