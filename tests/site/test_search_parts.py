"""How what is searched is divided: no part too large, and none changed by what changes in another."""

from __future__ import annotations

import json
import random

import pytest

from teipipe.site.search import parts_list, search_index
from teipipe.site.search_parts import FOLDER, IndexPart, SearchedPage, divided, part_limit, text_size

LIMIT = 5000


def pages(number: int, seed: int = 1) -> list[SearchedPage]:
    """Documents of various lengths, and half as many entries."""
    lengths = random.Random(seed)
    names = [*(f"letter-{n}" for n in range(number)), *(f"register/persons/person-{n}" for n in range(number // 2))]
    return [SearchedPage(f"{name}/index.html", "", lengths.randrange(20, 200)) for name in names]


def by_folder(parts: list[IndexPart]) -> dict[str, set[str]]:
    return {part.folder: {page.path for page in part.pages} for part in parts}


def test_a_small_edition_has_one_part() -> None:
    [part] = divided(pages(20), LIMIT)
    assert part.folder == FOLDER
    assert len(part.pages) == 30
    assert divided([], LIMIT) == []
    assert json.loads(parts_list([part]).data) == ["pagefind"]


@pytest.mark.parametrize("number", [100, 1000])
def test_no_part_is_too_large_and_no_page_is_lost(number: int) -> None:
    given = pages(number)
    parts = divided(reversed(given), LIMIT)
    assert len(parts) > 2
    assert all(sum(page.size for page in part.pages) <= LIMIT for part in parts)
    assert sorted(page.path for part in parts for page in part.pages) == sorted(page.path for page in given)
    assert len(by_folder(parts)) == len(parts)
    assert parts == divided(given, LIMIT)


def test_the_register_is_apart_from_the_documents() -> None:
    for paths in by_folder(divided(pages(100), LIMIT)).values():
        assert len({path.startswith("register/") for path in paths}) == 1


def test_a_page_that_is_too_large_has_a_part_for_itself() -> None:
    huge = SearchedPage("huge/index.html", "", LIMIT * 3)
    assert {huge.path} in by_folder(divided([*pages(50), huge], LIMIT)).values()
    assert by_folder(divided([huge], LIMIT)) == {FOLDER: {huge.path}}


def test_documents_come_and_go_and_all_parts_but_theirs_stay() -> None:
    given = pages(1000)
    before = by_folder(divided(given, LIMIT))
    for changed in (given[:500] + given[501:], [*given, SearchedPage("new/index.html", "", 100)]):
        after = by_folder(divided(changed, LIMIT))
        assert len([folder for folder in before if before[folder] != after.get(folder)]) == 1


def test_a_part_that_becomes_too_large_is_halved_and_no_other() -> None:
    given = pages(1000)
    before = by_folder(divided(given, LIMIT))
    grown = [SearchedPage(page.path, "", page.size + LIMIT // 2 * (page is given[0])) for page in given]
    after = by_folder(divided(grown, LIMIT))
    [gone] = before.keys() - after.keys()
    assert given[0].path in before[gone]
    assert all(folder.startswith(gone) for folder in after.keys() - before.keys())


def test_markup_does_not_count_and_with_less_memory_parts_are_smaller() -> None:
    assert text_size('<p id="a" class="b">Wörter</p>\n'.encode()) == len("Wörter\n".encode())
    assert 0 < part_limit(1000) < part_limit(2000) == part_limit(8000)


PAGE = """<!DOCTYPE HTML><html lang="en"><body><main data-pagefind-body data-title="{title}"{more}><h1>Letter</h1>
<p>Words “ and " signs.</p></main></body></html>"""


def dated(date: str) -> str:
    return f' data-sort="{date}" data-pagefind-sort="date[data-sort]"'


def test_each_part_has_the_dates_of_its_results() -> None:
    given = {
        "a/index.html": PAGE.format(title="A < B > C", more=dated("1956-09-16")),
        "b/index.html": PAGE.format(title="The same", more=dated("1957")),
        "c/index.html": PAGE.format(title="The same", more=""),
    }
    files = search_index([(path, page.encode()) for path, page in given.items()], "en", f"{FOLDER}-01")
    assert all(file.path.startswith(f"{FOLDER}-01/") for file in files)
    [dates] = [json.loads(file.data) for file in files if file.path == f"{FOLDER}-01/dates.json"]
    assert sorted(dates.values()) == ["1956-09-16", "1957"]
    assert all(f"{FOLDER}-01/fragment/{name}.pf_fragment" in {file.path for file in files} for name in dates)
    assert all(len(name) == len("en_") + 10 for name in dates), "long enough to be told apart in another part"
