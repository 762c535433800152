"""The automaton takes so much memory and no more, and what it makes of a document doesn't depend on those before."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from teipipe import Document, relaxng
from teipipe.relaxng import building, room
from teipipe.relaxng.explaining import report
from teipipe.relaxng.schema import Schema

COUNT = 30
#: Any number of things in any order: each order has states of its own.
ANY_ORDER = (
    f"start = element a {{ b* }}\nb = element b {{ {' & '.join(f'e{n}?' for n in range(COUNT))} }}\n"
    + "\n".join(f"e{n} = element e{n} {{ empty }}" for n in range(COUNT))
)
AB = "(element a { empty } | element b { empty })"
POWER = f"start = element r {{ {AB}*, element a {{ empty }}, {', '.join([AB] * 20)} }}"
MANY_ATTRIBUTES = (
    f"start = element a {{ b* }}\nb = element b {{ {', '.join(f'attribute a{n} {{ text }}?' for n in range(40))} }}"
)
OPEN = "start = any\nany = element * { attribute * { text }*, (text | any)* }"


def schema_of(text: str, folder: Path) -> Schema:
    path = folder / "s.rnc"
    path.write_text(text)
    return relaxng.load(path)


def any_order(seed: int, *, rows: int = 1, more: str = "") -> bytes:
    chance = random.Random(seed)
    rows_ = []
    for _ in range(rows):
        order = list(range(COUNT))
        chance.shuffle(order)
        rows_.append(f"<b>{''.join(f'<e{n}/>' for n in order)}{more}</b>")
    return f"<a>{''.join(rows_)}</a>".encode()


def letters(count: int) -> bytes:
    chance = random.Random(1)
    return b"<r>" + b"".join(chance.choice((b"<a/>", b"<b/>")) for _ in range(count)) + b"</r>"


def test_it_begins_anew_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_SIZE", 250_000)
    schema = schema_of(ANY_ORDER, tmp_path)
    automata = set()
    for seed in range(24):
        assert schema.is_valid(any_order(seed))
        wrong = any_order(seed, more="<e1/>")
        assert not schema.is_valid(wrong)
        (found,) = schema.check(Document(Path("x.xml"), wrong))
        assert found.message == "“b” has a second “e1”"
        assert schema.automaton.room.taken <= 250_000
        automata.add(id(schema.automaton))
    assert len(automata) > 2
    again = Schema.revive(schema.path, schema.state())
    assert again.automaton.room.taken == schema.automaton.room.taken
    assert all(again.is_valid(any_order(seed)) for seed in range(24))


def test_one_document_that_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_SIZE", 2_000_000)
    for text, data in ((POWER, letters(5_000)), (ANY_ORDER, any_order(1, rows=100))):
        schema = schema_of(text, tmp_path)
        small = [b"<r>" + b"<a/>" * 30 + b"</r>", any_order(2)]
        for _ in range(2):
            with pytest.raises(relaxng.LimitError, match="too much memory"):
                schema.is_valid(data)
            with pytest.raises(relaxng.LimitError, match="too much memory"):
                schema.check(Document(Path("x.xml"), data))
            assert any(map(schema.is_valid, small))
        assert Schema.revive(schema.path, schema.state()).glance(data) is None


def test_whether_it_is_too_much_depends_on_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = schema_of(ANY_ORDER, tmp_path)
    data = any_order(0, rows=8)
    assert schema.is_valid(data)
    needed = schema.automaton.room.taken
    for size, is_enough in ((needed, True), (needed - 1, False)):
        monkeypatch.setattr(room, "MAX_SIZE", size)
        for before in range(6):
            schema = schema_of(ANY_ORDER, tmp_path)
            for seed in range(1, 1 + before):
                assert schema.is_valid(any_order(seed, rows=2))
            if is_enough:
                assert schema.is_valid(data)
            else:
                with pytest.raises(relaxng.LimitError):
                    schema.is_valid(data)


def test_names_that_no_schema_lists_take_no_room(tmp_path: Path) -> None:
    schema = schema_of(OPEN, tmp_path)
    taken: list[int] = []
    for first in (0, 10_000):
        rows = b"".join(b'<e%d a%d=""/>' % (n, n) for n in range(first, first + 5_000))
        assert schema.is_valid(b"<r>" + rows + b"</r>")
        taken.append(schema.automaton.room.taken)
    assert taken[0] == taken[1]
    schema = schema_of(MANY_ATTRIBUTES, tmp_path)
    chance = random.Random(1)
    for _ in range(500):
        names = chance.sample(range(40), 6)
        assert schema.is_valid(b"<a><b " + b" ".join(b'a%d=""' % n for n in names) + b"/></a>")


@pytest.mark.parametrize("kind", ["element {} {{ empty }}", "attribute {} {{ text }}", '"{}"'])
def test_long_sequences(tmp_path: Path, kind: str) -> None:
    around = "list {{ {} }}" if kind == '"{}"' else "{}"

    def sequence(count: int) -> str:
        inner = ", ".join(kind.format(f"e{number}") + "?" for number in range(count))
        return f"start = element a {{ {around.format(inner)} }}"

    schema = schema_of(sequence(building.MAX_DEPTH - 10), tmp_path)
    documents = {
        "element": ("<a><e0/><e3000/></a>", "<a><e3000/><e0/></a>"),
        "attribute": ("<a e0='' e3000=''/>", "<a e0='' e4000=''/>"),
        '"{}"': ("<a>e0 e3000</a>", "<a>e3000 e0</a>"),
    }[kind.split()[0]]
    for text, is_valid in zip(documents, (True, False), strict=True):
        assert schema.is_valid(text.encode()) is is_valid
        assert bool(schema.explain(Document(Path("x.xml"), text.encode()).places)) is not is_valid
    with pytest.raises(relaxng.SchemaError, match="nested, or one after the other, more than 4,000 deep") as error:
        schema_of(f"\n{sequence(building.MAX_DEPTH + 10)}", tmp_path)
    assert error.value.location.line == 2


def test_a_thousand_findings_and_one(tmp_path: Path) -> None:
    schema = schema_of("start = element a { element b { empty }* }", tmp_path)
    for count, listed in ((999, 999), (1_000, 1_000), (1_001, 1_001), (50_000, 1_001)):
        found = schema.check(Document(Path("x.xml"), b"<a>" + b"<c/>" * count + b"</a>"))
        assert len(found) == listed
        assert (found[-1].rule == "invalid") is (count > report.MAX_FOUND)
        assert (found[-1].location.column or 0) == 4 + 4 * (listed - 1)
    missing = b"<a>" + b"<r xmlns='' i=''/>" * 5_000 + b"</a>"
    assert len(schema.check(Document(Path("x.xml"), missing))) == 1_001


TEXTS = (
    "x",
    "  x  y ",
    "x" * 2_000_000,
    "x y " * 500_000,
    "\n" * 300_000 + "x",
    "&#10;" * 5_000 + "x &#x79; z",
    "é\n" * 20_000,
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text[:6]!r}-{len(text)}")
def test_texts_of_any_size(tmp_path: Path, text: str) -> None:
    schema = schema_of(
        'start = element a { attribute n { "x" | "y z" }?, (element b { "x" | list { "y"* } }*) }', tmp_path
    )
    start = len(text) - len(text.lstrip("\n")) if not text.startswith("&") else 0
    for data, name in (
        (f"<a>{text}</a>", "text"),
        (f"<a><b>{text}</b></a>", "value"),
        (f"<a n='{text}'/>", "attribute"),
    ):
        found = schema.check(Document(Path("x.xml"), data.encode()))
        if text.strip() == "x" and (name != "text"):
            assert not found
            continue
        (one,) = found
        assert len(one.message) < 120
        assert len(one.help or "") < 120
        if name == "text":
            assert one.location.line == 1 + start
    # A value with long gaps is still that value, and no other.
    for gap in (" " * 3, " " * 3_000, "\n" * 200_000):
        for words, is_valid in (("x", True), ("y z", True), ("y", False), ("y z z", False), ("x x", False)):
            value = f"{gap}{gap.join(words.split())}{gap}"
            assert schema.is_valid(f"<a n='{value}'/>".encode()) is is_valid
