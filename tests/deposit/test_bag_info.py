"""bag-info.txt says who sends what; what nobody says is left out and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.deposit.describing import BARE, EDITION, package

from teipipe.deposit.bag_info import MAPPING, bag_info, missing
from teipipe.deposit.settings import NO_DEPOSIT, Deposit
from teipipe.diagnostics import Location

ALL = Deposit(
    name="letters",
    organization="Archive of Examples",
    address="2 Example Street",
    contact="Max Muster",
    email="max@example.org",
    phone="+49 30 1",
    group="examples",
    identifier="https://doi.org/10.5072/letters",
)


def test_every_field_in_its_order() -> None:
    fields = bag_info(package(identifier=ALL.identifier), EDITION, ALL)
    assert [name for name, _ in dict(fields).items()] == [name for name, _ in MAPPING[:-2]]
    said = dict(fields)
    assert said["Source-Organization"] == "Archive of Examples"
    assert said["Bagging-Date"] == "2026-11-22"
    assert said["Bag-Group-Identifier"] == "examples"
    assert said["Internal-Sender-Identifier"] == "letters-1.2"
    assert said["External-Description"] == "Letters. Anna tells her brother of the harvest & asks for news."
    assert said["Internal-Sender-Description"].startswith("Version 1.2: 2 TEI documents, their register, ")
    assert said["Internal-Sender-Description"].endswith("Findings of validation: 2 info, 3 warnings.")
    assert said["Bag-Software-Agent"] == "teipipe 0.1.0"


def test_identifiers_come_each_once() -> None:
    fields = bag_info(package(identifier="https://doi.org/10.5072/example.1"), EDITION, ALL)
    assert [value for name, value in fields if name == "External-Identifier"] == ["https://doi.org/10.5072/example.1"]
    fields = bag_info(package(identifier="urn:nbn:de:1"), EDITION, ALL)
    identifiers = [value for name, value in fields if name == "External-Identifier"]
    assert identifiers == ["urn:nbn:de:1", "https://doi.org/10.5072/example.1"]


def test_the_publisher_sends_it_if_nobody_else_does() -> None:
    said = dict(bag_info(package(), EDITION, NO_DEPOSIT))
    assert said["Source-Organization"] == "Example Press"
    assert said["Organization-Address"] == "1 Example Street, 12345 Example"
    assert said["Contact-Email"] == "press@example.org"
    assert said["Bag-Group-Identifier"] == "letters"


def test_another_sender_has_not_the_address_of_the_publisher() -> None:
    said = dict(bag_info(package(), EDITION, Deposit(organization="Archive of Examples")))
    assert not {"Organization-Address", "Contact-Email"} & set(said)


@pytest.mark.parametrize("date", ["", "2026", "2026-11"])
def test_a_date_that_is_no_day_is_not_one(date: str) -> None:
    assert "Bagging-Date" not in dict(bag_info(package(date=date), EDITION, ALL))


def test_what_nobody_says_is_named_with_the_place_where_it_could_be_said(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text('[tool.teipipe]\ntitle = "Letters"\n\n[tool.teipipe.deposit]\nname = "letters"\n')
    found = list(missing(BARE, NO_DEPOSIT, Location(file)))
    assert {one.rule for one in found} == {"missing-metadata"}
    assert {one.location.line for one in found} == {4}
    assert [one.message for one in found] == [
        "no Source-Organization for bag-info.txt",
        "no Organization-Address for bag-info.txt",
        "no Contact-Name for bag-info.txt",
        "no Contact-Email or Contact-Phone for bag-info.txt",
    ]
    assert all("[deposit]" in str(one.help) for one in found)
    assert not list(missing(EDITION, ALL, Location(file)))


def test_without_a_configuration_it_could_be_said_in_a_new_one(tmp_path: Path) -> None:
    found = list(missing(BARE, NO_DEPOSIT, Location(tmp_path / "teipipe.toml")))
    assert {one.location.line for one in found} == {None}


def test_a_telephone_is_enough() -> None:
    found = missing(BARE, Deposit(phone="+49 30 1"), Location(Path("teipipe.toml")))
    assert not [one for one in found if "Phone" in one.message]
