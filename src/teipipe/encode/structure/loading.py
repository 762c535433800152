"""Reads profiles: those that teipipe has, and those of users, each of which may extend another."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipipe.configuration import line_of, suggestion
from teipipe.encode.structure.patterns import PatternError, require_phrase
from teipipe.encode.structure.profile import Evidence, Lists, Profile
from teipipe.errors import ConfigurationError

FOLDER: Final = Path(__file__).resolve().parent / "profiles"
#: What all profiles extend; it is none itself.
COMMON: Final = "common"

KEYS: Final = (
    "title",
    "description",
    "extends",
    "text-type",
    "body",
    "turns",
    "evidence",
    "words",
    "fields",
    "divisions",
    "brackets",
)
TEXT_TYPES: Final = ("memorandum", "minutes", "letter", "telegram", "essay")
BODIES: Final = ("scene", "section", "letter", "item")
TURNS: Final = ("colon", "dash", "stop-dash", "stop", "brackets", "line", "look", "tab")
WORDS: Final = (
    "titles", "classifications", "honorifics", "offices", "collective", "present", "absent", "scenes", "recorders",
    "summaries", "archives", "salutations", "closings", "signatures", "postscripts", "notes", "acknowledgements",
    "stages", "particles", "months", "not-labels", "ordinals", "pages", "bylines", "narrative", "conjunctions",
)  # fmt: skip
FIELDS: Final = ("to", "from", "copy", "subject", "date", "number", "reference", "place", "time")
DIVISIONS: Final = (
    "agenda",
    "resolution",
    "appendix",
    "bibliography",
    "preface",
    "summary",
    "notes",
    "acknowledgement",
)
#: What a profile can say of brackets; `encode/brackets/` knows what each means.
BRACKETS: Final = (
    "sic", "insertion", "deletion", "reading",
    "illegible", "inaudible", "lost", "garbled", "withheld", "omitted", "missing",
    "page", "language", "note", "authorial", "event", "act", "action", "entrance", "exit", "aside", "remark",
    "pair-supplied", "pair-insertion", "pair-deletion", "pair-surplus", "pair-unclear", "pair-gap", "pair-remark",
    "resp",
)  # fmt: skip
#: Whose the words in brackets may be: what `resp` of that table can say.
WHOSE: Final = ("translator", "author", "publisher")
WHERE: Final = (
    "head", "top", "end",
    "turns", "present", "salutation", "closing", "fields", "headings", "paragraphs", "agenda",
)  # fmt: skip
_DEEPEST: Final = 5


@cache
def profiles() -> tuple[Profile, ...]:
    """The profiles that teipipe has, by name."""
    return tuple(_load(path, ()) for path in sorted(FOLDER.glob("*.toml")) if path.stem != COMMON)


def load_profile(name_or_path: str | Path) -> Profile:
    """The profile of a name, or in a TOML file; raises ConfigurationError if there is none, or it can't be used."""
    name = str(name_or_path)
    known = {profile.name: profile for profile in profiles()}
    if name in known:
        return known[name]
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        raise ConfigurationError(
            f"there is no profile “{name}”", help=f"{suggestion(name, tuple(known))}, or name a TOML file"
        )
    return _load(path, ())


def _load(path: Path, above: tuple[Path, ...]) -> Profile:
    values = _values(path)
    reader = _Reader(path, values)
    extended = reader.text("extends", "" if path.stem == COMMON and path.parent == FOLDER else COMMON)
    base = _base(reader, extended, (*above, path)) if extended else Profile(COMMON, "", "essay")
    turns = reader.several("turns", TURNS) if "turns" in values else base.turns
    return replace(
        base,
        name=path.stem,
        title=reader.text("title", base.title or path.stem),
        description=reader.text("description", base.description),
        text_type=reader.choice("text-type", base.text_type, TEXT_TYPES),
        body=reader.choice("body", base.body, BODIES),
        turns=turns,
        evidence=reader.evidence() if "evidence" in values else base.evidence,
        words=_joined(base.words, reader.lists("words", WORDS)),
        fields=_joined(base.fields, reader.lists("fields", FIELDS)),
        divisions=_joined(base.divisions, reader.lists("divisions", DIVISIONS)),
        brackets=_added(base.brackets, reader.brackets()),
    )


def _base(reader: _Reader, name: str, above: tuple[Path, ...]) -> Profile:
    beside = reader.path.parent / name
    path = beside if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if path == FOLDER / f"{COMMON}.toml":
        return _common()
    if path in above or len(above) > _DEEPEST:
        raise reader.error("extends", f"a profile can't extend itself (“{name}”)", "let it extend another one")
    if not path.is_file():
        names = tuple(found.stem for found in sorted(FOLDER.glob("*.toml")))
        raise reader.error("extends", f"there is no profile “{name}” to extend", suggestion(name, names))
    return _load(path, above)


@cache
def _common() -> Profile:
    """What all profiles extend, read once."""
    return _load(FOLDER / f"{COMMON}.toml", ())


def _joined(base: Lists, own: dict[str, tuple[str, ...]]) -> Lists:
    """The phrases of both; one with "!" before it takes that of the other away."""
    joined = dict(base)
    for key, phrases in own.items():
        gone = {phrase[1:].strip().casefold() for phrase in phrases if phrase.startswith("!")}
        before = [phrase for phrase in joined.get(key, ()) if phrase.casefold() not in gone]
        joined[key] = tuple(dict.fromkeys([*before, *(phrase for phrase in phrases if not phrase.startswith("!"))]))
    return tuple(joined.items())


def _added(base: Lists, own: dict[str, tuple[str, ...]]) -> Lists:
    """The phrases of both, those with "!" too: they may take away what the vocabulary of a language has."""
    added = dict(base)
    for key, phrases in own.items():
        added[key] = phrases if key == "resp" else (*added.get(key, ()), *phrases)
    return tuple(added.items())


def _values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise ConfigurationError(f"the profile can't be read ({reason})", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"the profile is not TOML: {error}", path=path) from error


class _Reader:
    """Reads the values of one profile, and complains about them at their place."""

    def __init__(self, path: Path, values: Mapping[str, Any]) -> None:
        self.path = path
        self._values = values
        for key in values:
            if key not in KEYS:
                raise self.error(key, f"a profile can't have “{key}”", suggestion(key, KEYS))

    def error(self, key: str, message: str, help: str) -> ConfigurationError:
        """The error about what stands under a key."""
        line = line_of(key, "", self.path)
        return ConfigurationError(message, path=Path(f"{self.path}:{line}") if line else self.path, help=help)

    def text(self, key: str, default: str) -> str:
        """A string."""
        value = self._values.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, f"{key} must be a string", f'write {key} = "…"')
        return value.strip()

    def choice(self, key: str, default: str, known: tuple[str, ...]) -> str:
        """One of the values that are known."""
        value = self.text(key, default)
        if value not in known:
            raise self.error(
                key, f"{key} can't be “{value}”", f"{suggestion(value, known)}; one of: {', '.join(known)}"
            )
        return value

    def several(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Some of the values that are known."""
        values = self._strings(key, self._values[key])
        for value in values:
            if value not in known:
                raise self.error(key, f"{key} can't have “{value}”", suggestion(value, known))
        return values

    def lists(self, table: str, known: tuple[str, ...], *, literal: bool = False) -> dict[str, tuple[str, ...]]:
        """The lists of phrases in a table: those that are of all languages, and those of each.

        `literal`: they have no placeholders.
        """
        read = self._strings if literal else self._phrases
        values = self._table(table, self._values.get(table, {}))
        found: dict[str, tuple[str, ...]] = {}
        for key, value in values.items():
            inner = self._table(f"{table}.{key}", value) if isinstance(value, dict) else {key: value}
            for name, phrases in inner.items():
                where = f"{table}.{key}.{name}" if isinstance(value, dict) else f"{table}.{name}"
                if name not in known:
                    raise self.error(where, f"{table} can't have “{name}”", suggestion(name, known))
                found[name] = (*found.get(name, ()), *read(where, phrases))
        return found

    def brackets(self) -> dict[str, tuple[str, ...]]:
        """What it says of brackets."""
        found = self.lists("brackets", BRACKETS, literal=True)
        whose = found.get("resp", WHOSE[:1])
        if len(whose) != 1 or whose[0] not in WHOSE:
            raise self.error("resp", "resp must be one of " + ", ".join(WHOSE), f'write resp = ["{WHOSE[0]}"]')
        for key, values in found.items():
            for value in values if key.startswith("pair-") else ():
                if len(value.split()) != 2 or value.isalnum():
                    raise self.error(key, f"“{value}” is no pair of brackets", f'write {key} = ["⟨ ⟩"]')
        return found

    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for this profile."""
        tables = self._values["evidence"]
        if not isinstance(tables, list):
            raise self.error("evidence", "evidence must be a list of tables", "write [[evidence]] above each")
        return tuple(self._one_evidence(self._table("evidence", table)) for table in tables)

    def _one_evidence(self, table: Mapping[str, Any]) -> Evidence:
        for key in table:
            if key not in ("weight", "where", "phrases"):
                raise self.error(
                    "evidence", f"evidence can't have “{key}”", suggestion(key, ("weight", "where", "phrases"))
                )
        weight, where = table.get("weight", 1), table.get("where", "head")
        if isinstance(weight, bool) or not isinstance(weight, int) or not -10 <= weight <= 10:
            raise self.error("evidence", "weight must be a whole number from -10 to 10", "write weight = 2")
        if where not in WHERE:
            raise self.error("evidence", f"where can't be “{where}”", suggestion(str(where), WHERE))
        return Evidence(weight, where, self._phrases("evidence", table.get("phrases", [])))

    def _table(self, name: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(name, f"{name} must be a table", f"write [{name}], and its keys below it")
        return value

    def _strings(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(key, f"{key} must be a list of strings", f'write {key.rpartition(".")[2]} = ["…"]')
        return tuple(one.strip() for one in value)

    def _phrases(self, key: str, value: object) -> tuple[str, ...]:
        phrases = self._strings(key, value)
        for phrase in phrases:
            try:
                require_phrase(phrase)
            except PatternError as error:
                raise self.error(
                    key, f"{key}: “{phrase[:60]}” {error}", "write words, and placeholders in braces"
                ) from None
        return phrases
