"""Documents and schemas made to do harm: each gets its finding or its error, and the documents beside it are judged."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import ENVIRONMENT, command

#: Megabytes that a command may take, and seconds: these only so that a test comes to an end.
MEMORY = 600
SECONDS = 200

NAMESPACE = 'default namespace = "http://www.tei-c.org/ns/1.0"\n'
SCHEMA = f"""{NAMESPACE}
start = element TEI {{ p* }}
p = element p {{ attribute n {{ "1" }}?, attribute l {{ list {{ "a"* }} }}?, (text | hi | value)* }}
hi = element hi {{ attribute * {{ text }}*, any* }}
value = element value {{ "x" | list {{ "word"*, "x" }} }}
any = element * {{ attribute * {{ text }}*, (text | any)* }}
"""

#: Runs what it is told to in a small process, and writes the most memory that this took, in kilobytes.
MEASURE = (
    "import resource, subprocess, sys\n"
    "code = subprocess.run(sys.argv[2:]).returncode\n"
    "open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))\n"
    "sys.exit(code)\n"
)

#: What is found beside the hostile document, and shows that the last one was judged as well.
OTHER = "last.xml:1:42: error[unexpected-element] “q” is no element of the schema"


@dataclass(frozen=True)
class Outcome:
    code: int
    lines: list[str]
    complaint: str

    @property
    def rules(self) -> set[str]:
        """The rules of the findings about the hostile document."""
        return {line.partition("[")[2].partition("]")[0] for line in self.lines if line.startswith("hostile.xml")}


def tei(body: bytes) -> bytes:
    return b'<TEI xmlns="http://www.tei-c.org/ns/1.0">' + body + b"</TEI>"


def run(
    folder: Path,
    hostile: bytes,
    *,
    schema: str = SCHEMA,
    name: str = "s.rnc",
    timeout: int = 60,
    memory: int = 2000,
    others: Sequence[str] = (),
) -> Outcome:
    """What the command says of the hostile document (and of others) between two, one valid and one not."""
    (folder / "teipipe.toml").write_text(f"timeout = {timeout}\nmemory = {memory}\n")
    (folder / "first.xml").write_bytes(tei(b"<p/>"))
    (folder / "hostile.xml").write_bytes(hostile)
    (folder / "last.xml").write_bytes(tei(b"<q/>"))
    if schema:
        (folder / name).write_text(schema, encoding="utf-8")
    peak = folder / "peak"
    documents = ("first.xml", *others, "hostile.xml", "last.xml")
    call = command("validate", "-q", "--format", "lines", "--schema", name, *documents)
    result = subprocess.run(
        [sys.executable, "-c", MEASURE, peak, *call],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert "Traceback" not in result.stderr
    assert int(peak.read_text()) < MEMORY * 1000
    return Outcome(result.returncode, result.stdout.splitlines(), result.stderr)


def entities(text: str, body: bytes) -> bytes:
    return f"<!DOCTYPE TEI [{text}]>".encode() + tei(b"<p>" + body + b"</p>")


BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdef", "bcdefg", strict=True)
)

#: The document, the rules of what is found about it, and the exit code (never 0, for the last document's sake).
DOCUMENTS: dict[str, tuple[Callable[[], bytes], set[str], int]] = {
    "a hundred thousand levels": (
        lambda: tei(b"<p>" + b"<hi>" * 100_000 + b"</hi>" * 100_000 + b"</p>"),
        {"limit-exceeded"},
        2,
    ),
    "50 MB of words": (lambda: tei(b"<p>" + b"word " * 10_000_000 + b"</p>"), set(), 1),
    "50 MB of words astray": (lambda: tei(b"word " * 10_000_000), {"unexpected-text"}, 1),
    "50 MB as a value": (lambda: tei(b"<p><value>" + b"w" * 50_000_000 + b"</value></p>"), {"wrong-value"}, 1),
    "a million empty lines astray": (lambda: tei(b"\n" * 1_000_000 + b"x"), {"unexpected-text"}, 1),
    "a million attributes": (
        lambda: tei(b"<p><hi " + b" ".join(b'a%d=""' % number for number in range(1_000_000)) + b"/></p>"),
        {"limit-exceeded"},
        2,
    ),
    "an entity bomb": (lambda: entities(BOMB, b"&g;"), {"entity-bomb"}, 1),
    "a long entity, often": (lambda: entities(f'<!ENTITY a "{"a" * 100_000}">', b"&a;" * 100_000), {"entity-bomb"}, 1),
    "an entity in itself": (lambda: entities('<!ENTITY a "&b;"><!ENTITY b "&a;">', b"&a;"), {"circular-entity"}, 1),
    "another file": (lambda: entities('<!ENTITY a SYSTEM "/etc/passwd">', b"&a;"), {"external-entity"}, 1),
    "said to be UTF-16": (lambda: b'<?xml version="1.0" encoding="UTF-16"?>' + tei(b""), {"wrong-encoding"}, 1),
    "said to be UTF-8": (lambda: tei(b"<p>\xe9</p>"), {"wrong-encoding"}, 1),
    "said to be Latin-1": (
        lambda: b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?>' + tei(b"<p>\xc3\xa9</p>"),
        {"wrong-encoding"},
        1,
    ),
    "UTF-7": (lambda: b'<?xml version="1.0" encoding="UTF-7"?>' + tei(b""), {"wrong-encoding"}, 1),
    "a NUL in it": (lambda: tei(b"<p>a\0b</p>"), {"not-well-formed"}, 1),
    "a NUL behind it": (lambda: tei(b"") + b"\0", {"not-well-formed"}, 1),
    "NULs": (lambda: b"\0" * 1_000_000, {"not-well-formed"}, 1),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000, {"wrong-encoding"}, 1),
    "compressed": (lambda: b"\x1f\x8b\x08\0" + b"\0" * 100, {"wrong-encoding"}, 1),
    "JSON": (lambda: b'{"a": 1}', {"not-well-formed"}, 1),
    "HTML": (lambda: b"<!doctype html><p>x<br>", {"not-well-formed"}, 1),
    "nothing": (lambda: b"", {"not-well-formed"}, 1),
    "half a million names": (
        lambda: tei(b"<p><hi>" + b"".join(b"<e%d/>" % number for number in range(500_000)) + b"</hi></p>"),
        set(),
        1,
    ),
    "pairs of attributes without end": (
        lambda: tei(
            b"<p><hi>"
            + b"".join(b'<e a%d="" b%d=""/>' % (number, 7 * number) for number in range(50_000))
            + b"</hi></p>"
        ),
        set(),
        1,
    ),
    "namespaces without end": (
        lambda: tei(b"<p><hi>" + b"".join(b'<e xmlns="urn:%d"/>' % number for number in range(50_000)) + b"</hi></p>"),
        set(),
        1,
    ),
    "a hundred thousand errors": (lambda: tei(b"<q/>" * 100_000), {"unexpected-element", "invalid"}, 1),
    "unknown elements as deep as may be": (lambda: tei(b"<q>" * 249 + b"</q>" * 249), {"unexpected-element"}, 1),
    "a long name": (lambda: tei(b"<" + b"n" * 1_000_000 + b"/>"), {"limit-exceeded"}, 2),
    "a long namespace": (lambda: tei(b'<p xmlns="urn:' + b"n" * 1_000_000 + b'"/>'), {"unexpected-element"}, 1),
    "a long value": (lambda: tei(b'<p n="' + b"x y " * 250_000 + b'"/>'), {"wrong-value"}, 1),
    "long addresses": (
        lambda: tei(b'<p><hi facs="' + b"n" * 260 + b".xml " + b"n" * 260 + b'/x"/></p>'),
        {"missing-file"},
        1,
    ),
    "a long list": (lambda: tei(b'<p l="' + b"a " * 50_000 + b'b"/>'), {"wrong-value"}, 1),
    "what turns a terminal round": (
        lambda: tei('<p n="\u202e\u2066&#x85;&#10;x"/><p xmlns="\u202eq"/>'.encode()),
        {"bidi-control", "wrong-value", "unexpected-element"},
        1,
    ),
}


#: Those that are small, and found by reading: one command takes them all, and none hides what is found in another.
SMALL = frozenset(
    (
        "a long entity, often", "an entity in itself", "another file", "said to be UTF-16", "said to be UTF-8",
        "said to be Latin-1", "UTF-7", "a NUL in it", "a NUL behind it", "a picture", "compressed", "JSON", "HTML",
        "nothing", "an entity bomb", "unknown elements as deep as may be", "a long namespace", "a long value",
        "long addresses", "a long list",
    )
)  # fmt: skip


def is_bounded(outcome: Outcome) -> bool:
    """Whether what is said can be read, and shows that the documents around were judged as ever."""
    return (
        OTHER in outcome.lines
        and not any(line.startswith("first.xml") for line in outcome.lines)
        and max(map(len, outcome.lines)) < 400
        and len(outcome.lines) < 2_100
        and all(line.isprintable() for line in outcome.lines)
    )


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in SMALL])
def test_hostile_documents(name: str, tmp_path: Path) -> None:
    make, rules, code = DOCUMENTS[name]
    outcome = run(tmp_path, make())
    assert (outcome.rules, outcome.code) == (rules, code)
    assert is_bounded(outcome)


def test_small_hostile_documents(tmp_path: Path) -> None:
    names = sorted(SMALL)
    for number, name in enumerate(names):
        (tmp_path / f"{number}.xml").write_bytes(DOCUMENTS[name][0]())
    others = [f"{number}.xml" for number in range(len(names))]
    outcome = run(tmp_path, DOCUMENTS["what turns a terminal round"][0](), others=others)
    found = [
        {line.partition("[")[2].partition("]")[0] for line in outcome.lines if line.startswith(f"{other}:")}
        for other in others
    ]
    assert dict(zip(names, found, strict=True)) == {name: DOCUMENTS[name][1] for name in names}
    assert {DOCUMENTS[name][2] for name in names} == {outcome.code}
    assert is_bounded(outcome)


def test_a_thousand_findings_are_listed(tmp_path: Path) -> None:
    outcome = run(tmp_path, tei(b"<p n='2'/>" * 1_200))
    found = [line for line in outcome.lines if line.startswith("hostile.xml")]
    assert len(found) == 1_001
    assert found[-1].endswith("error[invalid] there is more that doesn't fit the schema than the 1,000 things listed")
    assert found[-1].startswith("hostile.xml:1:10048:")


AB = "(element a { empty } | element b { empty })"


def letters(count: int) -> bytes:
    chance = random.Random(1)
    return tei(b"".join(chance.choice((b"<a/>", b"<b/>")) for _ in range(count)))


def shuffled(count: int) -> bytes:
    order = list(range(count))
    random.Random(1).shuffle(order)
    return tei(b"".join(b"<e%d/>" % number for number in order))


def parts(count: int, form: str, between: str) -> str:
    return f"{NAMESPACE}start = element TEI {{ {between.join(form.format(number) for number in range(count))} }}"


#: A schema and a document made for each other, with the rules of what is found and the seconds that it may take.
PAIRS: dict[str, tuple[str, Callable[[], bytes], set[str], int]] = {
    "two hundred in any order": (parts(200, "element e{} {{ empty }}?", " & "), lambda: shuffled(200), set(), 60),
    "two hundred of which one is missing": (
        parts(200, "element e{} {{ empty }}", " & "),
        lambda: shuffled(199),
        {"missing-element"},
        60,
    ),
    "a million states": (
        f"{NAMESPACE}start = element TEI {{ {AB}*, element a {{ empty }}, {', '.join([AB] * 160)} }}",
        lambda: letters(120_000),
        {"limit-exceeded"},
        150,
    ),
    "steps that cost much": (
        parts(3_000, "(element a {{ empty }}* & element b{0} {{ empty }}* & element c{0} {{ empty }}*)", " | "),
        lambda: tei(b"<a/>" * 20 + b"<b1/><c2/><a/>" * 300_000),
        {"worker-timeout"},
        4,
    ),
    "a list of ten million": (
        SCHEMA,
        lambda: tei(b"<p><value>" + b"word " * 10_000_000 + b"</value></p>"),
        {"worker-timeout"},
        2,
    ),
    "a long sequence": (
        parts(3_000, "element e{} {{ empty }}?", ", "),
        lambda: tei(b"<e0/><e2999/><e1500/>"),
        {"unexpected-element"},
        60,
    ),
    "a long sequence of attributes": (
        parts(3_000, "attribute e{} {{ text }}?", ", "),
        lambda: tei(b"").replace(b">", b' e0="" e2999="" q="">', 1),
        {"unexpected-attribute"},
        60,
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_hostile_pairs(name: str, tmp_path: Path) -> None:
    schema, make, rules, timeout = PAIRS[name]
    outcome = run(tmp_path, make(), schema=schema, timeout=timeout)
    assert outcome.rules == rules
    assert outcome.code == (2 if rules & {"limit-exceeded", "worker-timeout"} else 1)
    assert any(line.startswith("last.xml:1:42: error[") for line in outcome.lines)


SECRET = "the secret of another project"

RNG = "http://relaxng.org/ns/structure/1.0"

#: A schema that can't be used: its text ("" for none), and what is said of it, from its place on.
SCHEMAS: dict[str, tuple[str, str]] = {
    "missing": ("", "s.rng: the schema can't be read: no such file"),
    "not well-formed": (f"<element xmlns='{RNG}'>", "s.rng:1:54: the file ends, but “element” is still open"),
    "no schema": ("<nothing/>", "s.rng:1:1: "),
    "a picture": ("\x89PNG\0", "s.rng:1:5: the character U+0000 is not allowed in XML"),
    "wrong": (
        f"<grammar xmlns='{RNG}'><start>\n<ref name='a'/></start></grammar>",
        "s.rng:2:6: ",
    ),
    "recursive": (
        f"<grammar xmlns='{RNG}'><start><ref name='a'/></start>\n<define name='a'><ref name='a'/></define></grammar>",
        "s.rng:2:",
    ),
    "exponential": (
        f"<!DOCTYPE grammar [{BOMB}]><element name='a' xmlns='{RNG}'><value>&g;</value></element>",
        "s.rng:1:",
    ),
    "out of the project": (
        f"<grammar xmlns='{RNG}'>\n<include href='../secret.rng'/></grammar>",
        "s.rng:2:10: “../secret.rng” leads out of the project",
    ),
    "out of the project by a link": (
        f"<grammar xmlns='{RNG}'>\n<include href='link.rng'/></grammar>",
        "s.rng:2:10: “link.rng” leads out of the project",
    ),
    "over the network": (
        f"<grammar xmlns='{RNG}'>\n<include href='http://localhost/s.rng'/></grammar>",
        "s.rng:2:10: “http://localhost/s.rng” leads out of the project",
    ),
    "in itself": (f"<grammar xmlns='{RNG}'>\n<include href='s.rng'/></grammar>", "s.rng:2:10: “s.rng” includes itself"),
    "a bottomless sequence": (
        f"<element name='a' xmlns='{RNG}'>"
        + "".join(f"<optional><element name='e{number}'><empty/></element></optional>" for number in range(10_000))
        + "</element>",
        "s.rng:1:1: what it holds is nested, or one after the other, more than 4,000 deep",
    ),
    "too large": (f"<element name='a' xmlns='{RNG}'><text/></element>" + " " * 20_000_000, "s.rng: larger than"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_hostile_schemas(name: str, tmp_path: Path) -> None:
    schema, message = SCHEMAS[name]
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "secret.rng").write_text(f"<element name='{SECRET}'>")
    (folder / "link.rng").symlink_to(tmp_path / "secret.rng")
    outcome = run(folder, tei(b""), schema=schema, name="s.rng")
    assert (outcome.code, outcome.lines) == (2, [])
    assert outcome.complaint.startswith(f"teipipe: error: {message}")
    assert len(outcome.complaint.splitlines()) <= 2
    assert SECRET not in outcome.complaint


def test_a_schema_of_ten_megabytes(tmp_path: Path) -> None:
    names = "".join(f"<element name='e{number}'><ref name='all'/></element>" for number in range(50_000))
    words = "<!-- " + "x" * 8_000_000 + " -->"
    schema = (
        f"<grammar ns='http://www.tei-c.org/ns/1.0' xmlns='{RNG}'>{words}<start><element name='TEI'><ref name='all'/>"
        f"</element></start><define name='all'><zeroOrMore><choice>{names}</choice></zeroOrMore></define></grammar>"
    )
    outcome = run(tmp_path, tei(b"<e1><e49999/></e1>"), schema=schema, name="s.rng")
    assert (outcome.rules, outcome.code) == (set(), 1)
    assert any(line.startswith("last.xml:1:42: error[unexpected-element]") for line in outcome.lines)
