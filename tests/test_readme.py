"""What the README shows is there, and does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from teipipe.books.settings import EPUB_KEYS, PRINT_KEYS
from teipipe.books.settings import KEYS as BOOKS
from teipipe.configuration import KEYS
from teipipe.deposit.settings import KEYS as DEPOSIT_KEYS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found, f"the README has no example in {language}"
    return found


def test_it_opens_with_the_two_commands() -> None:
    assert README.index("make edition") < README.index("make test") < README.index("\n## ")


def test_each_command_is_shown() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "teipipe", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^    ([a-z]+) ", shown, re.MULTILINE)
    assert {"build", "explain", "render", "schema", "validate", "views"} <= set(commands)
    for command in commands:
        assert f"teipipe {command}" in README, f"the README doesn't mention `teipipe {command}`"


def test_each_key_of_the_configuration_is_shown() -> None:
    shown = tomllib.loads(blocks("toml")[0])
    assert set(shown) == set(KEYS)
    books = shown["books"]
    assert (set(books), set(books["print"]), set(books["epub"])) == (set(BOOKS), set(PRINT_KEYS), set(EPUB_KEYS))
    assert set(shown["deposit"]) == set(DEPOSIT_KEYS)


@pytest.mark.parametrize(
    ("example", "expected"),
    list(zip(blocks("python"), ["How does Cde. Kim Il Sung feel?", "True\n"], strict=True)),
)
def test_the_python_examples_run(example: str, expected: str) -> None:
    result = subprocess.run([sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert expected in result.stdout


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(((?!http)[^)#]+)\)", README))))
def test_each_link_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()
