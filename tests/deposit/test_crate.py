"""The crate says what is in a package, is valid in the eyes of others, and comes from nothing but the package."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from tests.deposit.describing import BARE, EDITION, PATHS, SAMPLE, content, package, stored

from teipipe.bags import Item
from teipipe.deposit.crate import crate
from teipipe.deposit.package import Part
from teipipe.deposit.pronom import Format, identified
from teipipe.deposit.settings import NO_DEPOSIT, Deposit

SENDER = Deposit(organization="Archive of Examples", contact="Max Muster", email="max@example.org", address="Town")
RECORDS = {"letter-1": SAMPLE, "letter-2": SAMPLE.replace("letter-1", "letter-2")}

#: The formats of the files, as the package finds them out.
FORMATS: dict[str, Format] = {}
list(identified((Item(path, content(path)) for path in PATHS), FORMATS))
FORMATS["project/tei/letter-1.xml"] = Format("TEI P5 - Single Text File", "P5", "application/tei+xml", "fmt/1476")


def made(record: str = EDITION, settings: Deposit = SENDER, **changed: object) -> bytes:
    [item] = crate(package(**changed), record, RECORDS if record == EDITION else {}, stored(), settings, FORMATS)
    assert item.path == "ro-crate-metadata.json"
    assert isinstance(item.source, bytes)
    return item.source


def graph(data: bytes) -> dict[str, dict[str, Any]]:
    entities = json.loads(data)["@graph"]
    found = {entity["@id"]: entity for entity in entities}
    assert len(found) == len(entities), "an entity is there twice"
    return found


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def ids(value: Any) -> list[str]:
    return [one["@id"] for one in as_list(value)]


@pytest.fixture(autouse=True)
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection is opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_the_package_itself() -> None:
    found = graph(made())
    root = found["./"]
    assert found["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.2"
    assert (root["datePublished"], root["version"]) == ("2026-11-22", "1.2")
    assert found[ids(root["publisher"])[0]]["name"] == "Example Press"
    assert found[ids(root["provider"])[0]]["contactPoint"] == {"@id": "mailto:max@example.org"}
    assert found[ids(root["author"])[0]]["familyName"] == "Example"
    assert found[ids(root["license"])[0]]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {found[one]["value"] for one in ids(root["identifier"])} == {"10.5072/letters", "10.5072/example.1"}


def test_a_document_with_what_its_header_says() -> None:
    found = graph(made())
    letter = found["project/tei/letter-1.xml"]
    assert letter["name"] == "Letter of Anna Example to her brother: with two postscripts"
    assert letter["inLanguage"] == "en"
    assert letter["sha256"] == stored()["project/tei/letter-1.xml"].sha256
    assert letter["contentSize"] == str(len(content("project/tei/letter-1.xml")))
    assert "license" not in letter, "that of the package holds for all that is in it"
    role = found[ids(letter["contributor"])[0]]
    assert (role["roleName"], found[role["contributor"]["@id"]]["@type"]) == ("translation into English", "Thing")
    assert "project/tei/sources/letter-1.txt" in ids(letter["isBasedOn"])
    assert ids(found["edition/letter-1/"]["isBasedOn"]) == ["project/tei/letter-1.xml"]


def test_what_is_inferred_is_no_plain_fact() -> None:
    """As in the other forms: only authors, by whom it is cited, stand in their field besides."""
    source = '<source kind="manuscript" cert="low" repository="An archive" shelfmark="A 1">An archive, A 1</source>'
    editor = '<agent role="editor" kind="person" cert="low"><name>Otto</name></agent>'
    record = SAMPLE.replace('kind="document"', 'kind="edition"').replace("<publisher", f"{editor}<publisher")
    found = graph(made(record.replace("<funding", f"{source}<funding")))
    root = found["./"]
    remarks = {(found[one]["name"], found[one]["value"]) for one in ids(root["additionalProperty"])}
    assert remarks == {
        ("author (inferred, certainty: high)", "Anna Example"),
        ("editor (inferred, certainty: low)", "Otto"),
        ("dateCreated (inferred, certainty: medium)", "May 1790"),
        ("language of the original (inferred, certainty: medium)", "ru"),
        ("isBasedOn (inferred, certainty: low)", "An archive, A 1"),
    }
    assert "dateCreated" not in root
    assert "Otto" not in {found[one].get("name") for one in ids(root["editor"])}
    assert "An archive" not in {entity.get("name") for entity in found.values()}, "that it is kept there is inferred"


def test_every_file_is_named_or_in_a_folder_that_is() -> None:
    found = graph(made())
    reached: set[str] = set()
    waiting = ["./"]
    while waiting:
        current = waiting.pop()
        reached.add(current)
        waiting += [one for one in ids(found[current].get("hasPart", [])) if one not in reached]
    data = {one for one, entity in found.items() if {"File", "Dataset"} & set(as_list(entity["@type"]))}
    assert data == reached
    for path in PATHS:
        written = path.replace(" ", "%20").replace("#", "%23")
        assert any(written == one or (one.endswith("/") and written.startswith(one)) for one in reached - {"./"}), path
    assert "project/Bücher%20und%20Hefte%20%231.txt" in found


def test_every_reference_within_leads_somewhere() -> None:
    found = graph(made())

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]]
        return [one for each in value for one in references(each)] if isinstance(value, list) else []

    for entity in found.values():
        for name, value in entity.items():
            assert name.startswith("@") or set(references(value)) <= {*found, "https://w3id.org/ro/crate/1.2"}


def test_how_it_came_about() -> None:
    found = graph(made())
    actions = {found[one]["name"]: found[one] for one in ids(found["./"]["mentions"])}
    validation, building = actions["Validation"], actions["Making of the edition"]
    assert validation["description"].startswith("Findings: 2 of severity info, 3 of severity warning. The day is")
    assert set(ids(validation["result"])) == {"reports/validation.txt", "reports/validation.json"}
    tools = [found[one] for one in ids(building["instrument"])]
    assert {(tool["name"], tool["version"]) for tool in tools} >= {("teipipe", "0.1.0"), ("saxonche", "13.1.1")}
    assert found["#teipipe"]["url"] == {"@id": "software/teipipe-0.1.0-py3-none-any.whl"}, "nobody else may have it"


def test_what_nothing_says_is_not_there() -> None:
    found = graph(made(BARE, NO_DEPOSIT, identifier=""))
    root = found["./"]
    assert not {"author", "publisher", "provider", "identifier", "keywords", "inLanguage"} & set(root)
    assert found[root["license"]["@id"]]["name"] == ":unav"


def test_what_the_header_says_of_rights_is_all_that_is_known_of_them() -> None:
    words = '<rights status="unknown">Nothing is claimed.</rights></record>'
    found = graph(made(BARE.replace("</record>", words)))
    rights = found[found["./"]["license"]["@id"]]
    assert (rights["name"], rights["description"]) == (":unav", "Nothing is claimed.")


def test_licences_of_some_documents_are_not_that_of_all() -> None:
    more = '</rights><rights uri="https://example.org/mine" status="free">Mine.</rights>'
    found = graph(made(EDITION.replace("</rights>", more)))
    rights = found[found["./"]["license"]["@id"]]
    assert rights["name"] == "Not the same for all documents"
    assert "https://example.org/mine" in rights["description"]


def test_it_is_published_when_the_other_forms_say_so() -> None:
    assert graph(made(date="2030-01-01"))["./"]["datePublished"] == "2026-11-22"
    without = EDITION.replace('<date type="issued" iso="2026-11-22">22 November 2026</date>', "")
    assert graph(made(without, date="2030-01-01"))["./"]["datePublished"] == "2030-01-01"


def test_of_many_files_no_more_is_kept_than_their_text() -> None:
    parts = tuple(Part(f"l{n}", f"tei/l{n}.xml", "0" * 64, f"No. {n}") for n in range(1500))
    files = stored(tuple(path for part in parts for path in (f"project/{part.path}", f"edition/{part.id}/index.html")))
    made()  # what comes along the first time
    tracemalloc.start()
    [item] = crate(package(documents=parts), EDITION, {}, files, SENDER, {})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(item.source, bytes)
    assert peak - 2 * len(item.source) < 800 * len(files)


def test_what_files_are() -> None:
    found = graph(made())
    assert found["project/tei/sources/letter-1.txt"]["description"] == "Transcription that a document was made from"
    assert found["schema/letters.rng"]["description"] == "Schema of the encoding (RELAX NG)"
    assert found["project/teipipe.toml"]["description"] == "What the project says of itself, for teipipe"
    assert set(found["software/xslt/html.xsl"]["@type"]) == {"File", "SoftwareSourceCode"}
    assert found["edition/letters.pdf"]["description"] == "Book of the edition"


def test_the_same_bytes_each_time() -> None:
    program = "import sys; from tests.deposit.test_crate import made; sys.stdout.buffer.write(made())"
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout == made()


def lay_out(folder: Path, data: bytes) -> Path:
    for path in PATHS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content(path))
    (folder / "ro-crate-metadata.json").write_bytes(data)
    return folder


def test_rocrate_reads_it(tmp_path: Path) -> None:
    from rocrate.rocrate import ROCrate

    read = ROCrate(lay_out(tmp_path, made()))
    assert read.version == "1.2"
    assert read.get("project/tei/letter-1.xml")["conformsTo"].id == "https://tei-c.org/guidelines/p5/"


#: What RO-Crate recommends and only those can follow who know it: addresses of organisations and their numbers, who
#: belongs to which, numbers of persons, an address of the licence, who funds a funder. The first is a slip of the
#: validator, which asks that each type of a format were the one it looks for, and gives it one of its own.
NOT_OURS = (
    "Encoding format entities SHOULD include WebPage and/or Standard types",
    "The author SHOULD have an organizational affiliation.",
    "The author SHOULD have a Contextual Entity which specifies the organizational `affiliation`.",
    "The organization SHOULD have a URL.",
    "An Organization entity SHOULD have a ROR identifier",
    "An Organization's contactPoint SHOULD reference a ContactPoint",
    "A Person entity SHOULD have an ORCID identifier",
    "A License entity SHOULD have an absolute HTTP(S) URL",
    "At least one author or publisher Person/Organization SHOULD have a contactPoint",
    "SHOULD itself reference an external `funder`",
    "The Root Data Entity SHOULD have a `publisher` property",
    "The Root Data Entity SHOULD have an `identifier` property",
)


def test_the_validator_finds_what_nobody_said_and_what_is_broken(tmp_path: Path, repository: Path) -> None:
    """One run, for it takes long: of a crate that has everything but a licence, and a date that is none."""
    crate = made(re.sub("<rights.*</rights>", "", EDITION))
    broken = crate.replace(b'"datePublished": "2026-11-22"', b'"datePublished": ":unav"')
    command = [str(repository / ".ci" / "ro-crate"), sys.executable, str(lay_out(tmp_path, broken))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(f"{tmp_path}: ")]
    assert done.returncode == 1, done.stdout + done.stderr
    required = [line for line in lines if ": REQUIRED: " in line]
    assert required
    assert all("datePublished" in line for line in required)
    others = [line for line in lines if line not in required and "datePublished" not in line]
    assert others, "nothing at all: was it checked?"
    assert not [line for line in others if not any(words in line for words in NOT_OURS)]
