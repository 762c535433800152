"""What the Library of Congress's `bagit` says of a package: the check of somebody who didn't write it.

It takes part where it is sound: reading the tag files and comparing what they list with what is there. The writing is
ours, because its `make_bag` (1.9.0) moves files in place and makes nothing durable (after a kill, files lie half in one
folder and half in another, and the next run makes a package of that), loses names that end with a space and errs about
those with `%0A`, lets no file be made from checksums, and has neither archives nor receipts.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def objection(folder: Path) -> str:
    """Why `bagit` doesn't take a folder for a complete package; "" if it does."""
    with _silent():
        import bagit

        try:
            bagit.Bag(str(folder)).validate(completeness_only=True)
        except bagit.BagError as error:
            return str(error)
    return ""


@contextmanager
def _silent() -> Iterator[None]:
    """It logs what it raises, and without handlers that goes to the terminal."""
    logger = logging.getLogger("bagit")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled
