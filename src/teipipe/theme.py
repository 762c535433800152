"""How an edition looks that differs from others: colours, fonts, logo, header and footer, as a project sets them."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipipe.resources import bundled
from teipipe.tables import Reader

#: What the table `theme` of a configuration may hold.
KEYS: Final = ("colours", "fonts", "css", "logo", "header", "footer")

#: What a logo may be; pages show it as an image, so that nothing in it can run.
LOGOS: Final = (".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif")

_COLOUR: Final = re.compile(
    r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]+"
    r"|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([0-9a-z.,%/ +-]+\)"
)
_FONTS: Final = re.compile(r"""(?:[\w .,-]|"[\w .-]*"|'[\w .-]*')+""")
_PROPERTY: Final = re.compile(r"^\s*--([a-z-]+):\s*([^;]+);", re.MULTILINE)
_ROOT: Final = re.compile(r":root\s*\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Theme:
    """What a project sets: `style` is CSS made of its colours and fonts, `css` a file of its own that follows.

    `logo` is an image, `header` and `footer` are words on every page.
    """

    style: str = ""
    css: Path | None = None
    logo: Path | None = None
    header: str = ""
    footer: str = ""

    @property
    def logo_name(self) -> str:
        """The name that the logo has among the assets; "" if there is none."""
        return "" if self.logo is None else f"logo{self.logo.suffix.lower()}"

    @property
    def has_style(self) -> bool:
        """Whether pages have a style sheet besides ours."""
        return bool(self.style) or self.css is not None

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The files that pages link to, each with its name among the assets; raises UnreadableError."""
        from teipipe.documents import read_bytes

        if self.has_style:
            own = b"" if self.css is None else read_bytes(self.css)
            # A mark of its encoding at its start would be part of a selector further down.
            yield "theme.css", self.style.encode() + own.removeprefix(BOM_UTF8)
        if self.logo is not None:
            yield self.logo_name, read_bytes(self.logo)


#: That of an edition that looks like ours.
NO_THEME: Final = Theme()


def read(table: object, reader: Reader) -> Theme:
    """The theme that the table of this name in a configuration says; raises ConfigurationError."""
    if not isinstance(table, dict):
        raise reader.error("theme", "theme must be a table", "write [theme], and its keys below it")
    _refuse_unknown(table, KEYS, "theme", reader)
    logo = _path(table, "logo", reader)
    if logo is not None and logo.suffix.lower() not in LOGOS:
        message = f"logo “{table['logo']}” is no image that pages can show"
        raise reader.error("theme", message, f"it is one of: {', '.join(LOGOS)}")
    return Theme(
        rules(_colours(table.get("colours", {}), reader), _font_stacks(table.get("fonts", {}), reader)),
        _path(table, "css", reader),
        logo,
        _words(table, "header", reader),
        _words(table, "footer", reader),
    )


def rules(colours: Mapping[str, tuple[str, str]], fonts: Mapping[str, str]) -> str:
    """CSS that sets colours, each for light and for dark surroundings, and fonts."""
    lines = [f"  --{name}: light-dark({light}, {dark});" for name, (light, dark) in colours.items()]
    lines += [f"  --{name}: {stack};" for name, stack in fonts.items()]
    # As specific as the rules that a reader's own choice of light or dark sets colours by, and after them.
    return ":root, :root[data-theme] {\n" + "\n".join(lines) + "\n}\n" if lines else ""


@cache
def properties() -> Mapping[str, str]:
    """The custom properties that pages are styled by, with their values: what colours and fonts may be set for."""
    css = (bundled("xslt") / "assets" / "base.css").read_text(encoding="utf-8")
    first = _ROOT.search(css)
    return dict(_PROPERTY.findall(first[1])) if first else {}


def colour_names() -> tuple[str, ...]:
    """The colours that a theme may set, sorted."""
    return tuple(sorted(name for name, value in properties().items() if value.startswith(("#", "light-dark("))))


def font_names() -> tuple[str, ...]:
    """The stacks of fonts that a theme may set, sorted."""
    return tuple(sorted(name for name, value in properties().items() if value.endswith(("serif", "monospace"))))


def _colours(table: object, reader: Reader) -> dict[str, tuple[str, str]]:
    found = {}
    for name, value in _named(table, "colours", colour_names(), reader).items():
        both = value if isinstance(value, list) else [value, value]
        if len(both) != 2 or not all(isinstance(one, str) and _COLOUR.fullmatch(one) for one in both):
            advice = f'write {name} = "#8a2b16", or for light and dark {name} = ["#8a2b16", "#f0a088"]'
            raise reader.error("theme", f"“{value}” is no colour", advice)
        found[name] = (str(both[0]), str(both[1]))
    return found


def _font_stacks(table: object, reader: Reader) -> dict[str, str]:
    found = {}
    for name, value in _named(table, "fonts", font_names(), reader).items():
        if not isinstance(value, str) or not _FONTS.fullmatch(value):
            advice = f"write {name} = \"'EB Garamond', Georgia, serif\""
            raise reader.error("theme", f"“{value}” is no list of fonts", advice)
        found[name] = value
    return found


def _path(table: Mapping[str, object], key: str, reader: Reader) -> Path | None:
    value = _words(table, key, reader)
    path = reader.inside("theme", value) if value else None
    if path is not None and not path.is_file():
        message = f"there is no file “{value}”, which {key} names"
        raise reader.error("theme", message, "paths start from the folder of this file")
    return path


def _words(table: Mapping[str, object], key: str, reader: Reader) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise reader.error("theme", f"{key} of the theme must be a string", f'write {key} = "…"')
    return value.strip()


def _named(table: object, key: str, names: Sequence[str], reader: Reader) -> Mapping[str, object]:
    if not isinstance(table, dict):
        message = f"{key} of the theme must be a table"
        raise reader.error("theme", message, f"write [theme.{key}], and its keys below it")
    _refuse_unknown(table, names, f"{key} of the theme", reader)
    return table


def _refuse_unknown(table: Mapping[str, object], names: Sequence[str], what: str, reader: Reader) -> None:
    for name in table:
        if name not in names:
            raise reader.error("theme", f"{what} can't have “{name}”", f"known are: {', '.join(names)}")
