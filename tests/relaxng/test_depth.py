"""The recursion limit of the process is not ours: it is raised while a schema works, and only then."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from teipipe import relaxng
from teipipe.documents import Document
from teipipe.relaxng.depth import deep

SCHEMA = "element a { " + ", ".join(f"element b{number} {{ empty }}" for number in range(3000)) + " }"
WHOLE = "<a>" + "".join(f"<b{number}/>" for number in range(3000)) + "</a>"


def test_long_sequences_need_room_that_is_given_back(tmp_path: Path) -> None:
    before = sys.getrecursionlimit()
    (tmp_path / "long.rnc").write_text(SCHEMA)
    schema = relaxng.load(tmp_path / "long.rnc")
    assert sys.getrecursionlimit() == before
    assert schema.is_valid(WHOLE.encode())
    (found,) = schema.check(Document(tmp_path / "a.xml", WHOLE.replace("<b2000/>", "").encode()))
    assert found.message == "“a” lacks “b2000” before this “b2001”"
    assert relaxng.Schema.revive(tmp_path / "long.rnc", schema.state()).is_valid(WHOLE.encode())
    assert sys.getrecursionlimit() == before


def test_it_stays_raised_until_the_last_thread_is_done() -> None:
    before, both = sys.getrecursionlimit(), Barrier(3)
    seen: list[int] = []

    def first() -> None:
        with deep:
            both.wait()
        both.wait()

    def second() -> None:
        with deep:
            both.wait()
            both.wait()
            seen.append(sys.getrecursionlimit())

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    both.wait()
    both.wait()
    for thread in threads:
        thread.join()
    assert seen[0] > before
    assert sys.getrecursionlimit() == before


def test_it_is_given_back_whatever_happens() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(ValueError, match="x"), deep:
        raise ValueError("x")
    assert sys.getrecursionlimit() == before
