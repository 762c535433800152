"""The search index: what goes into it, that it is the same every time, and what happens when it can't be made."""

from __future__ import annotations

import gzip
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from teipipe.editions import Artefact
from teipipe.errors import SearchError
from teipipe.site import search
from teipipe.site.canonical import canonical
from teipipe.site.search import index_key, search_index
from teipipe.site.search_parts import FOLDER

PAGE = """<!DOCTYPE HTML><html lang="en"><head><title>{title}</title></head><body>
<main data-pagefind-body data-date="{title}" data-pagefind-filter="name[data-date], kind:letter"
data-pagefind-meta="date[data-date]" data-pagefind-sort="date[data-date]"><h1>{title}</h1>
<ol><li class="turn" id="t1" data-place="turn 1">Comrade <a id="m1">Ch’oe</a> spoke.</li>
<li id="t2" class="turn" data-place="turn &quot;2&quot;">He was silent.</li></ol><h2 id="end">The end</h2>
</main></body></html>"""


def pages(number: int) -> list[tuple[str, bytes]]:
    return [(f"d{n}/index.html", PAGE.format(title=f"Letter {n}").encode()) for n in range(number)]


def fragments(artefacts: list[Artefact]) -> list[dict[str, object]]:
    packed = (artefact.data for artefact in artefacts if "/fragment/" in artefact.path)
    return [json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd")) for data in packed]


def test_the_index_is_the_same_in_any_order_of_the_pages() -> None:
    given = pages(40)
    first = search_index(given, "en")
    assert first == search_index(reversed(given), "en")
    assert [artefact.path for artefact in first] == sorted(artefact.path for artefact in first)
    assert len(fragments(first)) == 40


def test_anchors_are_the_places_that_can_be_cited_with_their_names() -> None:
    [fragment] = fragments(search_index(pages(1), "en"))
    anchors = fragment["anchors"]
    assert isinstance(anchors, list)
    assert [anchor["id"] for anchor in anchors] == ["t1|turn%201", "t2|turn%20%222%22", "end"]


def test_only_pages_that_are_marked_are_searched_and_none_makes_no_index() -> None:
    unmarked = ("register/index.html", b"<html><body>A list</body></html>")
    assert [f["url"] for f in fragments(search_index([unmarked, *pages(1)], "en"))] == ["d0/index.html"]
    assert search_index([unmarked], "en") == []


def test_no_interface_of_pagefinds_own_is_shipped() -> None:
    names = {artefact.path for artefact in search_index(pages(1), "en")}
    assert all(name.startswith(f"{FOLDER}/") for name in names)
    assert f"{FOLDER}/pagefind.js" in names
    assert not [name for name in names if "ui" in name or name.endswith(".css")]


@pytest.mark.parametrize(
    "meta", [b"", b"pagefind_dcd", b"pagefind_dcd\x9f", b"pagefind_dcd\x82ab", b"pagefind_dcd\xa0"]
)
def test_an_index_of_another_kind_is_refused(meta: bytes) -> None:
    entry = b'{"languages": {"en": {"hash": "en_1"}}}'
    with pytest.raises((ValueError, OSError, IndexError, TypeError)):
        canonical({"pagefind-entry.json": entry, "pagefind.en_1.pf_meta": meta})


def test_the_key_changes_with_what_is_searched_and_with_nothing_else() -> None:
    given = [("a/index.html", "1"), ("b/index.html", "2")]
    key = index_key(given, "en")
    assert key == index_key(reversed(given), "en")
    assert key != index_key(given, "de")
    assert key != index_key([given[0], ("b/index.html", "3")], "en")


def stand_in(path: Path, code: str) -> list[str]:
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


@pytest.mark.parametrize(
    ("code", "said"),
    {
        "dies": ("raise SystemExit(3)", "ended early"),
        "hangs": ("import time; time.sleep(60)", "not done after 0.5 seconds"),
        "babbles": ("print('panicked', end=',', flush=True); input()", "can't be understood"),
    }.values(),
    ids=("dies", "hangs", "babbles"),
)
def test_a_failing_pagefind_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    command = stand_in(tmp_path / "pagefind", code)
    monkeypatch.setattr(search, "_command", lambda: command)
    with pytest.raises(SearchError, match=said):
        search_index(pages(1), "en", timeout=0.5)


def test_pagefind_gets_no_environment_and_no_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    code = f"import os\nfound = os.environ, os.listdir('/proc/self/fd')\nopen({str(seen)!r}, 'w').write(repr(found))"
    command = stand_in(tmp_path / "pagefind", code)
    monkeypatch.setattr(search, "_command", lambda: command)
    monkeypatch.setenv("SECRET", "of the machine")
    secret = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(secret, True)
    with pytest.raises(SearchError):
        search_index(pages(1), "en", timeout=20)
    os.close(secret)
    assert "SECRET" not in seen.read_text()
    assert "['0', '1', '2', '3'])" in seen.read_text(), "the three of every process, and the listing itself"


def test_without_pagefind_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(SearchError) as caught:
        search_index(pages(1), "en")
    assert caught.value.help is not None
    assert "pip install pagefind-bin" in caught.value.help
