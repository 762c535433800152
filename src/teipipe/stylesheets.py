"""The stylesheets of a project: its own files before those that come with teipipe, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.errors import TeipipeError
from teipipe.resources import bundled
from teipipe.saxon import NAMESPACE

if TYPE_CHECKING:
    from lxml import etree

#: The language that words are in which a translation lacks.
FALLBACK: Final = "en"

#: In a folder of stylesheets, what pages link to; and of those that come with teipipe, all that makes no page, no text
#: and no book: what describes documents for archives, and what checks them. Among a project's own, anything else may.
ASSETS: Final = frozenset({"assets"})
APART: Final = ASSETS | {"metadata", "metadata.xsl", "schematron"}

_LABEL: Final = f"{{{NAMESPACE}}}label"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Stylesheets:
    """The folder of a project's own stylesheets, or None: a file that it lacks is the one that comes with teipipe."""

    own: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where stylesheets are read from, the project's own folder first."""
        return (bundled("xslt"),) if self.own is None else (self.own, bundled("xslt"))

    def file(self, name: str) -> Path:
        """The file of this name ("html.xsl", "passes/20-number.xsl"), whether or not there is one."""
        found = (folder / name for folder in self.folders)
        return next((path for path in found if path.is_file()), bundled("xslt") / name)

    def languages(self) -> tuple[str, ...]:
        """The languages that there are words in."""
        return tuple(sorted({path.stem for folder in self.folders for path in (folder / "labels").glob("*.xml")}))

    def labels(self, language: str, words: Mapping[str, str] | None = None) -> str:
        """The table of the words that an edition adds, as XML text; `words` take the place of those of their keys.

        What the project's own table lacks comes from ours, and what that lacks is in English. Raises TeipipeError if
        there is no table, or one that can't be read.
        """
        found = {**self._words(language), **(words or {})}
        from lxml import etree

        root = etree.Element(f"{{{NAMESPACE}}}labels", {_LANGUAGE: language}, nsmap={None: NAMESPACE})
        for key, text in found.items():
            etree.SubElement(root, _LABEL, key=key).text = text
        return etree.tostring(root, encoding="unicode")

    def keys(self) -> tuple[str, ...]:
        """The keys that there are words under, sorted; raises as `labels` does."""
        return tuple(sorted(self._words(FALLBACK)))

    def _words(self, language: str) -> dict[str, str]:
        names = dict.fromkeys(f"labels/{name}.xml" for name in (FALLBACK, language))
        paths = [folder / name for name in names for folder in reversed(self.folders) if (folder / name).is_file()]
        if not paths:
            missing = self.folders[0] / "labels" / f"{language}.xml"
            raise TeipipeError("can't be read", path=missing, help="a folder of stylesheets needs its tables too")
        return {str(label.get("key")): label.text or "" for path in paths for label in _read(path).iter(_LABEL)}


def _read(path: Path) -> etree._Element:
    from lxml import etree

    try:
        return etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    except (OSError, etree.XMLSyntaxError) as error:
        raise TeipipeError(f"can't be read ({error})", path=path, help="a table of labels is XML") from error
