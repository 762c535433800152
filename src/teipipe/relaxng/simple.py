"""A schema in the simple form (RELAX NG specification, section 5), each part with the element that it came from.

What `simplify` makes of the full syntax and `restrictions` judges; the automaton is built from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from teipipe.relaxng.datatypes import Datatype
from teipipe.relaxng.syntax import Node, Source


@dataclass(frozen=True, slots=True)
class Name:
    """A single name; `qualified` as expat writes it, with "}" between: `uri}local`, or `local` without a namespace."""

    qualified: str

    @property
    def uri(self) -> str:
        """The namespace, "" without one."""
        return self.qualified.rpartition("}")[0]


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name but those of `without`."""

    without: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name in the namespace `uri` ("": without namespace) but those of `without`."""

    uri: str
    without: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Every name of any of the classes; never nested, at least two."""

    classes: tuple[Name | AnyName | NsName, ...]


NameClass = Name | AnyName | NsName | NameChoice


@dataclass(slots=True, eq=False)
class Empty:
    """No content, no attribute."""

    node: Node


@dataclass(slots=True, eq=False)
class NotAllowed:
    """Nothing at all fits."""

    node: Node


@dataclass(slots=True, eq=False)
class Text:
    """Any text."""

    node: Node


@dataclass(slots=True, eq=False)
class Choice:
    """Any one of `parts` (at least two; optional content is a choice with Empty)."""

    node: Node
    parts: list[Pattern]


@dataclass(slots=True, eq=False)
class Group:
    """All of `parts` (at least two), in this order."""

    node: Node
    parts: list[Pattern]


@dataclass(slots=True, eq=False)
class Interleave:
    """All of `parts` (at least two), in any order and mixed with each other."""

    node: Node
    parts: list[Pattern]


@dataclass(slots=True, eq=False)
class OneOrMore:
    """`part`, once or several times; zero or more is a choice of this with Empty."""

    node: Node
    part: Pattern


@dataclass(slots=True, eq=False)
class List:
    """Tokens separated by blanks that, one after the other, fit `part`."""

    node: Node
    part: Pattern


@dataclass(slots=True, eq=False)
class Data:
    """A string of a datatype that does not fit `without`."""

    node: Node
    datatype: Datatype
    without: Pattern | None = None


@dataclass(slots=True, eq=False)
class Value:
    """A string that means the same as `text` in the datatype, read with the prefixes `namespaces`."""

    node: Node
    datatype: Datatype
    text: str
    namespaces: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Attribute:
    """An attribute; `documentation` is what annotations say of it."""

    node: Node
    name_class: NameClass
    part: Pattern
    documentation: str = ""


@dataclass(slots=True, eq=False)
class Element:
    """An element; the same object wherever a reference leads to it, so content may lead back here.

    `name` is that of the definition it stands in alone, for reports about the schema.
    """

    node: Node
    name_class: NameClass
    content: Pattern
    name: str = ""
    documentation: str = ""


Pattern = (
    Empty | NotAllowed | Text | Choice | Group | Interleave | OneOrMore | List | Data | Value | Attribute | Element
)


@dataclass(slots=True, eq=False)
class Grammar:
    """A whole schema; `sources` are its files, the one that was named first.

    No definition is left: references are replaced by the pattern they lead to (one object for all references, so
    patterns form a graph without circles but through Element.content).
    """

    start: Pattern
    sources: list[Source] = field(default_factory=list)
