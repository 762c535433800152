"""What was decided in encodings, for people (one page that needs nothing else) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.encode.encoder import Encoding


def review_html(encodings: Iterable[Encoding], *, folder: Path | None = None) -> Iterator[str]:
    """The review as a page in pieces; files are named from `folder`, by default the current one.

    Encodings are asked for one by one, and none is kept; how much of very many decisions is shown has limits.
    """
    from teipipe.encode.review.page import review

    return review(encodings, folder=folder)


def review_json(encodings: Iterable[Encoding], *, folder: Path | None = None) -> Iterator[str]:
    """The review as one JSON object in pieces (schema/formats/review.schema.json): all decisions there are."""
    from teipipe.encode.review.json import review

    return review(encodings, folder=folder)
