"""The table of element → rule for every view: what passes decide by, fidelity checks by, and documentation prints."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from teipipe.errors import TeipipeError
from teipipe.resources import bundled

View = Literal["source", "diplomatic", "reading", "speech"]
VIEWS: Final[tuple[View, ...]] = ("source", "diplomatic", "reading", "speech")

_TP: Final = "{urn:teipipe:ns}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What every view does with an element, under a condition.

    `display` is block, inline, auto or none; `actions` maps each view to show, omit, descend, source-signs, signs,
    note, place or space; the rest are conditions (views.xml explains all these words); `remark` says it in words.
    """

    element: str
    display: str
    actions: dict[View, str]
    remark: str
    parent: str | None = None
    type: str | None = None
    break_: str | None = None
    place: str | None = None
    beside: str | None = None
    absent: str | None = None

    @property
    def is_unconditional(self) -> bool:
        """Whether it holds for every element of its name."""
        return (self.parent, self.type, self.break_, self.place, self.beside, self.absent) == (None,) * 6

    @property
    def pattern(self) -> str:
        """The element and its condition, as an editor would write it."""
        before = f"{self.parent}/" if self.parent else ""
        kind = f"[@type={self.type}]" if self.type else ""
        joined = f"[@break={self.break_}]" if self.break_ else ""
        put = f"[@place={self.place}]" if self.place else ""
        near = f" beside {self.beside}" if self.beside else ""
        without = f" without {self.absent}" if self.absent else ""
        return f"{before}{self.element}{kind}{joined}{put}{near}{without}"


#: For elements that the table doesn't know: their text is shown, and passes report them.
DEFAULT: Final = Rule("*", "auto", dict.fromkeys(VIEWS, "show"), "no rule: its text is shown, and it is reported")


class Views:
    """All rules, and the views they are for with a sentence each."""

    def __init__(self, descriptions: dict[View, str], rules: Iterable[Rule]) -> None:
        self.descriptions = descriptions
        self.rules = tuple(rules)
        self._by_element: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self._by_element.setdefault(rule.element, []).append(rule)
        self._beside = frozenset(rule.element for rule in self.rules if rule.beside is not None)

    def looks_beside(self, element: str) -> bool:
        """Whether any rule for an element asks what stands beside it."""
        return element in self._beside

    def always(self, element: str, view: View) -> Rule | None:
        """A rule for an element, if a view does the same with it whatever is said of it and wherever it stands."""
        first, *others = self._by_element.get(element, [DEFAULT])
        for rule in (first, *others):
            if (rule.actions[view], rule.display) != (first.actions[view], first.display):
                return None
            if rule.is_unconditional:
                return first
        return None

    def rule(
        self,
        element: str,
        *,
        parent: str | None = None,
        type: str | None = None,
        break_: str | None = None,
        place: str | None = None,
        beside: Container[str] = (),
        present: Container[str] = (),
    ) -> Rule:
        """The first rule that fits a TEI element.

        By its local name, its parent's, @type, @break, @place, the names `beside` it, and those `present` in the
        document.
        """
        for rule in self._by_element.get(element, ()):
            fits = (
                rule.parent in (None, parent)
                and rule.type in (None, type)
                and rule.break_ in (None, break_)
                and rule.place in (None, place)
                and (rule.beside is None or rule.beside in beside)
                and (rule.absent is None or rule.absent not in present)
            )
            if fits:
                return rule
        return DEFAULT


@cache
def load_views(path: Path | None = None) -> Views:
    """The table in the file `path`, by default the one that comes with teipipe.

    Raises TeipipeError if it can't be read or isn't such a table.
    """
    path = path or bundled("xslt") / "views.xml"
    try:
        root = etree.parse(path, etree.XMLParser(remove_comments=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise TeipipeError(f"the table of views can't be read ({error})", path=path) from error
    descriptions: dict[View, str] = {}
    for name in VIEWS:
        found = [view for view in root.iter(f"{_TP}view") if view.get("name") == name]
        descriptions[name] = " ".join("".join(found[0].itertext()).split()) if found else ""
    return Views(descriptions, (rule for element in root.iter(f"{_TP}rule") for rule in _rules(element)))


def _rules(element: etree._Element) -> Iterable[Rule]:
    actions: dict[View, str] = {view: element.get(view) or "show" for view in VIEWS}
    for name in (element.get("element") or "").split():
        yield Rule(
            name,
            element.get("display") or "auto",
            actions,
            " ".join("".join(element.itertext()).split()),
            parent=element.get("parent"),
            type=element.get("type"),
            break_=element.get("break"),
            place=element.get("place"),
            beside=element.get("beside"),
            absent=element.get("absent"),
        )
