"""A table of the configuration: reads its values, and complains about them exactly, at their place."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

from teipipe.configuration import suggestion
from teipipe.errors import ConfigurationError


class Reader(Protocol):
    """Reads values of a configuration, and complains about them at their place."""

    def error(self, key: str, message: str, help: str | None = None) -> ConfigurationError:
        """The error about what stands under a key."""

    def inside(self, key: str, value: str) -> Path:
        """A path in the project."""


class Table:
    """One table of the configuration, with exact complaints."""

    def __init__(self, values: object, name: str, known: Collection[str], reader: Reader) -> None:
        self._name = name
        self._reader = reader
        if not isinstance(values, dict):
            raise self.error(f"{name} must be a table", f"write [{name}], and its keys below it")
        self._values: dict[str, Any] = values
        for key in values:
            if key not in known:
                raise self.error(f"{name} can't have “{key}”", suggestion(key, tuple(known)), key)

    def error(self, message: str, help: str, key: str = "") -> ConfigurationError:
        """The error about what stands under a key, or about the table."""
        return self._reader.error(f"{self._name}.{key}" if key else self._name, message, help)

    def table(self, key: str, known: Collection[str]) -> Table:
        """A table below this one."""
        return Table(self._values.get(key, {}), f"{self._name}.{key}", known, self._reader)

    def text(self, key: str, default: str) -> str:
        """A string without white space around it; only an empty default lets it be empty."""
        value = self._values.get(key, default)
        if not isinstance(value, str) or (default and not value.strip()):
            raise self.error(f"{key} in {self._name} must be a string", f'write {key} = "{default or "…"}"', key)
        return value.strip()

    def number(self, key: str, default: float, *, most: float = 1000.0) -> float:
        """A number from 1 to `most`."""
        value = self._values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= most:
            raise self.error(
                f"{key} in {self._name} must be a number from 1 to {most:g}", f"write {key} = {default:g}", key
            )
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        """Whether something is so."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{key} in {self._name} must be true or false", f"write {key} = true", key)
        return value

    def choice(self, key: str, default: str, values: Collection[str]) -> str:
        """One of the values."""
        value = self.text(key, default)
        if value not in values:
            raise self.error(f"{key} in {self._name} can't be “{value}”", f"it is one of: {', '.join(values)}", key)
        return value

    def several(self, key: str, default: Collection[str], values: Collection[str]) -> tuple[str, ...]:
        """Some of the values, each once, in their order."""
        given = self._values.get(key, list(default))
        given = [given] if isinstance(given, str) else given
        for value in given if isinstance(given, list) else [given]:
            if value not in values:
                raise self.error(f"{key} in {self._name} can't be “{value}”", f"known are: {', '.join(values)}", key)
        return tuple(value for value in values if value in given)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, none of them empty; one string stands for a list of it."""
        given = self._values.get(key, [])
        given = [given] if isinstance(given, str) else given
        if not isinstance(given, list) or not all(isinstance(value, str) and value.strip() for value in given):
            raise self.error(f"{key} in {self._name} must be a list of strings", f'write {key} = ["…"]', key)
        return tuple(value.strip() for value in given)

    def path(self, key: str, *, is_folder: bool = False) -> Path | None:
        """A path in the project, to something that is there; None if the key is not."""
        value = self.text(key, "")
        path = self._reader.inside(f"{self._name}.{key}", value) if value else None
        if path is not None and not (path.is_dir() if is_folder else path.is_file()):
            what = "folder" if is_folder else "file"
            raise self.error(f"there is no {what} “{value}”", "paths start from the folder of this file", key)
        return path
