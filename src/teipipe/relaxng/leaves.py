"""What patterns are made of in the end: elements, attributes, and strings that are judged as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from teipipe.relaxng.simple import AnyName, Name, NameClass, NsName

if TYPE_CHECKING:
    from teipipe.relaxng.datatypes import Datatype
    from teipipe.relaxng.pattern import Pattern


def holds(name_class: NameClass, name: str) -> bool:
    """Whether a name, as expat writes it (`uri}local`), is in a name class."""
    if isinstance(name_class, Name):
        return name == name_class.qualified
    if isinstance(name_class, AnyName):
        return name_class.without is None or not holds(name_class.without, name)
    if isinstance(name_class, NsName):
        if name.rpartition("}")[0] != name_class.uri:
            return False
        return name_class.without is None or not holds(name_class.without, name)
    return any(holds(part, name) for part in name_class.classes)


def names_of(name_class: NameClass) -> tuple[frozenset[str], bool]:
    """The names that a class lists, and whether there are more that it doesn't list."""
    if isinstance(name_class, Name):
        return frozenset((name_class.qualified,)), False
    if isinstance(name_class, AnyName | NsName):
        return frozenset(), True
    names = frozenset(part.qualified for part in name_class.classes if isinstance(part, Name))
    return names, len(names) < len(set(name_class.classes))


class ElementLeaf:
    """An element pattern; `content` is what attributes and children it may have."""

    __slots__ = ("_content", "documentation", "is_open", "name_class", "names", "number")

    def __init__(self, number: int, name_class: NameClass, documentation: str = "") -> None:
        self.number = number
        self.name_class = name_class
        self.names, self.is_open = names_of(name_class)
        self.documentation = documentation
        self._content: Pattern | Callable[[], Pattern] | None = None

    @property
    def content(self) -> Pattern:
        """Known once the whole schema is; worked out when it is first asked for if that is how it was set."""
        assert self._content is not None
        if callable(self._content):
            self._content = self._content()
        return self._content

    @content.setter
    def content(self, content: Pattern | Callable[[], Pattern]) -> None:
        self._content = content

    def holds(self, name: str) -> bool:
        """Whether an element of this name may be it."""
        return name in self.names or (self.is_open and holds(self.name_class, name))


class AttributeLeaf:
    """An attribute pattern; `value` is what its value has to fit."""

    __slots__ = ("documentation", "is_open", "name_class", "names", "number", "value")

    def __init__(self, number: int, name_class: NameClass, value: Pattern, documentation: str = "") -> None:
        self.number = number
        self.name_class = name_class
        self.names, self.is_open = names_of(name_class)
        self.value = value
        self.documentation = documentation

    def holds(self, name: str) -> bool:
        """Whether an attribute of this name may be it."""
        return name in self.names or (self.is_open and holds(self.name_class, name))


class StringLeaf:
    """A `data`, `value` or `list` pattern.

    For data, `without` is what the string must not fit; for a value, `text` is the one to be equal to, read with
    `prefixes`; for a list, `tokens` is what its tokens have to fit and `datatype` is None.
    """

    __slots__ = ("_meaning", "datatype", "documentation", "number", "prefixes", "text", "tokens", "without")

    def __init__(
        self,
        number: int,
        datatype: Datatype | None,
        *,
        text: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        without: Pattern | None = None,
        tokens: Pattern | None = None,
        documentation: str = "",
    ) -> None:
        self.number = number
        self.datatype = datatype
        self.text = text
        self.prefixes = prefixes or {}
        self.without = without
        self.tokens = tokens
        self.documentation = documentation
        self._meaning: object = None

    @property
    def meaning(self) -> object:
        """What the text of a value means in its datatype."""
        if self._meaning is None and self.datatype is not None and self.text is not None:
            self._meaning = self.datatype.value(self.text, self.prefixes)
        return self._meaning


Leaf = ElementLeaf | AttributeLeaf | StringLeaf


def is_contextual(leaf: StringLeaf) -> bool:
    """Whether it depends on the prefixes in scope what a string means to it."""
    if leaf.datatype is not None and leaf.datatype.is_contextual:
        return True
    inner = (leaf.without, leaf.tokens)
    found = (one for pattern in inner if pattern is not None for one in pattern.leaves())
    return any(is_contextual(one) for one in found if isinstance(one, StringLeaf))
