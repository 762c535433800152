"""What an ODD says, as values: the specifications as they are written, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from teipipe.diagnostics import Location

TEI_NS: Final = "http://www.tei-c.org/ns/1.0"
EXAMPLES_NS: Final = "http://www.tei-c.org/ns/Examples"
XML_NS: Final = "http://www.w3.org/XML/1998/namespace"

#: What anyElement leaves out unless it or the schemaSpec says otherwise.
DEFAULT_EXCEPTIONS: Final[tuple[tuple[str, str | None], ...]] = ((TEI_NS, None), (EXAMPLES_NS, "egXML"))


class Mode(Enum):
    """What a specification does to one of the same name that is there already."""

    ADD = "add"
    CHANGE = "change"
    REPLACE = "replace"
    DELETE = "delete"


class Usage(Enum):
    """How obligatory an attribute is; only REQUIRED has consequences in a schema."""

    REQUIRED = "req"
    MANDATORY_WHEN_APPLICABLE = "mwa"
    RECOMMENDED = "rec"
    OPTIONAL = "opt"


class ListType(Enum):
    """Whether a list of values is exhaustive."""

    CLOSED = "closed"
    SEMI = "semi"
    OPEN = "open"


class Expansion(Enum):
    """What a reference to a model class stands for (classRef/@expand)."""

    ALTERNATE = "alternation"
    SEQUENCE = "sequence"
    SEQUENCE_OPTIONAL = "sequenceOptional"
    SEQUENCE_REPEATABLE = "sequenceRepeatable"
    SEQUENCE_OPTIONAL_REPEATABLE = "sequenceOptionalRepeatable"


class Organisation(Enum):
    """Whether all attributes of a list may occur together, or only one of them."""

    GROUP = "group"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Occurs:
    """How often: `maximum` None means without bound."""

    minimum: int = 1
    maximum: int | None = 1


ONCE: Final = Occurs()


@dataclass(frozen=True, slots=True)
class Doc:
    """A gloss and a description in one language ("" if none is given); either may be empty."""

    language: str
    gloss: str
    text: str

    def __str__(self) -> str:
        return f"({self.gloss}) {self.text}".strip() if self.gloss else self.text


@dataclass(frozen=True, slots=True)
class Text:
    """Character data (textNode)."""

    at: Location


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing at all."""

    at: Location


@dataclass(frozen=True, slots=True)
class ElementRef:
    """One element."""

    key: str
    at: Location
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class ClassRef:
    """The members of a model class; `only` and `without` are @include and @except."""

    key: str
    at: Location
    occurs: Occurs = ONCE
    expand: Expansion = Expansion.ALTERNATE
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MacroRef:
    """A content model that has a name."""

    key: str
    at: Location
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class DataRef:
    """A datatype: `key` names a dataSpec, `name` one of W3C XML Schema; `facets` are name and value."""

    at: Location
    key: str | None = None
    name: str | None = None
    restriction: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class AnyElement:
    """Any element but those in the namespaces or of the names in `without`; None: what schemaSpec says."""

    at: Location
    occurs: Occurs = ONCE
    only: tuple[str, ...] = ()
    without: tuple[tuple[str, str | None], ...] | None = None


@dataclass(frozen=True, slots=True)
class ValItem:
    """One value of a list."""

    ident: str
    at: Location
    docs: tuple[Doc, ...] = ()
    name: str = ""
    mode: Mode = Mode.ADD

    @property
    def value(self) -> str:
        """What is written in a document."""
        return self.name or self.ident


@dataclass(frozen=True, slots=True)
class ValList:
    """A list of values, of an attribute or of an element's content."""

    items: tuple[ValItem, ...]
    at: Location
    type: ListType = ListType.OPEN
    mode: Mode = Mode.ADD


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other, or, with `ordered` false, in any order."""

    items: tuple[Content, ...]
    at: Location
    occurs: Occurs = ONCE
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Alternate:
    """One of several."""

    items: tuple[Content, ...]
    at: Location
    occurs: Occurs = ONCE


Content = Text | Empty | ElementRef | ClassRef | MacroRef | DataRef | AnyElement | ValList | Sequence | Alternate


@dataclass(frozen=True, slots=True)
class Datatype:
    """What an attribute's value is made of, and of how many tokens of it."""

    content: Content | None
    at: Location
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class AttDef:
    """An attribute; what is None isn't said here, and comes from the definition that this one changes."""

    ident: str
    at: Location
    namespace: str = ""
    name: str = ""
    mode: Mode | None = None
    usage: Usage | None = None
    datatype: Datatype | None = None
    values: ValList | None = None
    default: str | None = None
    docs: tuple[Doc, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Namespace and ident: two attributes of an element with the same key are one."""
        return (self.namespace, self.ident)

    def changing(self, other: AttDef) -> AttDef:
        """`other` with whatever this definition says in its place."""
        return replace(
            self,
            mode=None,
            name=self.name or other.name,
            usage=self.usage or other.usage,
            datatype=self.datatype or other.datatype,
            values=_changed(self.values, other.values),
            default=self.default if self.default is not None else other.default,
            docs=self.docs or other.docs,
        )


def _changed(new: ValList | None, old: ValList | None) -> ValList | None:
    """The list of values that results from writing `new` over `old`."""
    if new is None:
        return old
    if new.mode is Mode.DELETE:
        return None
    if new.mode is not Mode.CHANGE or old is None:
        return new
    items = {item.ident: item for item in old.items}
    for item in new.items:
        if item.mode is Mode.DELETE:
            items.pop(item.ident, None)
        else:
            items[item.ident] = item
    return replace(new, items=tuple(items.values()), mode=Mode.ADD)


@dataclass(frozen=True, slots=True)
class AttRef:
    """One attribute of a class (`name`), or all of them."""

    key: str
    name: str
    at: Location


@dataclass(frozen=True, slots=True)
class AttList:
    """Attributes, all together or one of them."""

    items: tuple[AttDef | AttRef | AttList, ...] = ()
    org: Organisation = Organisation.GROUP


@dataclass(frozen=True, slots=True)
class MemberOf:
    """Membership of a class."""

    key: str
    at: Location


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """An element; `content` None: not said."""

    ident: str
    at: Location
    namespace: str
    name: str = ""
    module: str = ""
    classes: tuple[MemberOf, ...] = ()
    content: tuple[Content, ...] | None = None
    values: ValList | None = None
    attributes: AttList = field(default_factory=AttList)
    docs: tuple[Doc, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassSpec:
    """A class of elements: of such as have attributes in common, or such as occur at the same places."""

    ident: str
    at: Location
    is_model: bool
    module: str = ""
    classes: tuple[MemberOf, ...] = ()
    attributes: AttList = field(default_factory=AttList)
    docs: tuple[Doc, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroSpec:
    """A content model with a name."""

    ident: str
    at: Location
    content: tuple[Content, ...] = ()
    module: str = ""
    docs: tuple[Doc, ...] = ()


@dataclass(frozen=True, slots=True)
class DataSpec:
    """A datatype with a name."""

    ident: str
    at: Location
    content: tuple[Content, ...] = ()
    module: str = ""
    docs: tuple[Doc, ...] = ()


Spec = ElementSpec | ClassSpec | MacroSpec | DataSpec


@dataclass(frozen=True, slots=True)
class Odd:
    """One schemaSpec with its specifications in order; `start` None: not said."""

    ident: str
    at: Location
    specs: tuple[Spec, ...]
    start: tuple[tuple[str, Location], ...] | None = None
    namespace: str = TEI_NS
    language: str = "en"
    exceptions: tuple[tuple[str, str | None], ...] = DEFAULT_EXCEPTIONS
