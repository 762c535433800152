"""What of a content model XSD 1.0 can say, and in what form: without text, without interleaving, deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from teipipe.odd import schema
from teipipe.odd.automaton import Conflict, conflict, deterministic, text_everywhere
from teipipe.odd.schema import (
    Chars,
    Child,
    Choice,
    Data,
    Group,
    Interleave,
    Named,
    Pattern,
    Repeat,
    Tokens,
    Value,
    Wildcard,
)


@dataclass(frozen=True, slots=True)
class Model:
    """The content of a complexType.

    `simple` is its datatype if it is one; otherwise `particle` is what elements it has and `mixed` whether they stand
    in text. `notes` are rule and message of each difference from the content model of the ODD, to follow the
    element's name.
    """

    particle: Pattern = schema.NOTHING
    mixed: bool = False
    simple: Pattern | None = None
    notes: tuple[tuple[str, str], ...] = ()


def model_of(content: Pattern, includes: Callable[[Wildcard, str], bool]) -> Model:
    """The content model as XSD can have it: the same, or wider.

    `includes` tells whether a wildcard, as XSD has it, includes the element with a key.
    """
    leaves = {type(leaf) for leaf in schema.walk(content)}
    has_elements = bool(leaves & {Child, Wildcard})
    if not has_elements:
        return _without_elements(content)
    notes: list[tuple[str, str]] = []
    mixed = bool(leaves & {Chars, Data, Value, Tokens})
    if leaves & {Data, Value, Tokens}:
        notes.append(("xsd-wider", "may hold any text, where the ODD asks for data"))
    elif mixed and not text_everywhere(content):
        notes.append(("xsd-wider", "may have text everywhere, where the ODD has it in places"))
    particle = _elements(content)
    whole = schema.bare(particle)
    if isinstance(whole, Interleave) and _fits_all(whole):
        return Model(whole, mixed, None, tuple(notes))
    loose = _without_interleave(particle)
    if loose != particle:
        notes.append(("xsd-wider", "may have in any number what the ODD has interleaved"))
    if Wildcard in leaves:
        notes.append(("xsd-wider", "may have anything inside what its wildcard lets in"))
    if _wildcards_overlap(loose, includes):
        notes.append(("xsd-wider", "may have any elements, because its wildcard includes elements of the schema"))
        loose = schema.repeat(Wildcard(()), 0, None)
    else:
        loose, more = _determined(loose)
        notes += more
    return Model(loose, mixed, None, tuple(notes))


def _without_elements(content: Pattern) -> Model:
    if any(isinstance(leaf, Chars) for leaf in schema.walk(content)):
        return Model(simple=schema.CHARS)
    return Model(simple=content)


def _elements(pattern: Pattern) -> Pattern:
    """The pattern with all text and data taken out."""
    match pattern:
        case Chars() | Data() | Value() | Tokens():
            return schema.NOTHING
        case Group(items):
            return schema.group(map(_elements, items))
        case Choice(items):
            return schema.choice(map(_elements, items))
        case Interleave(items):
            return schema.interleave(map(_elements, items))
        case Repeat(item, minimum, maximum):
            return schema.repeat(_elements(item), minimum, maximum)
        case Named(ident, body):
            inner = _elements(body)
            return pattern if inner is body else _named(ident, inner)
        case _:
            return pattern


def _named(ident: str, body: Pattern) -> Pattern:
    return body if isinstance(body, (schema.Nothing, Child)) else Named(ident, body)


def _fits_all(pattern: Interleave) -> bool:
    """Whether xs:all can hold it: single elements, each at most once."""
    return all(
        isinstance(item, Child) or (isinstance(item, Repeat) and item.maximum == 1 and isinstance(item.item, Child))
        for item in pattern.items
    )


def _without_interleave(pattern: Pattern) -> Pattern:
    """The pattern with each interleaving made a free repetition of what is in it."""
    match pattern:
        case Interleave():
            leaves = dict.fromkeys(leaf for leaf in schema.walk(pattern) if isinstance(leaf, (Child, Wildcard)))
            return schema.repeat(schema.choice(leaves), 0 if schema.nullable(pattern) else 1, None)
        case Group(items):
            return schema.group(map(_without_interleave, items))
        case Choice(items):
            return schema.choice(map(_without_interleave, items))
        case Repeat(item, minimum, maximum):
            return schema.repeat(_without_interleave(item), minimum, maximum)
        case Named(ident, body):
            inner = _without_interleave(body)
            return pattern if inner == body else Named(f"{ident}.loose", inner)
        case _:
            return pattern


def _wildcards_overlap(pattern: Pattern, includes: Callable[[Wildcard, str], bool]) -> bool:
    """Whether a wildcard competes with another particle."""
    leaves = {leaf for leaf in schema.walk(pattern) if isinstance(leaf, (Child, Wildcard))}
    wildcards = [leaf for leaf in leaves if isinstance(leaf, Wildcard)]
    keys = [leaf.key for leaf in leaves if isinstance(leaf, Child)]
    return len(wildcards) > 1 or any(includes(wildcard, key) for wildcard in wildcards for key in keys)


def _determined(pattern: Pattern) -> tuple[Pattern, list[tuple[str, str]]]:
    found = conflict(pattern)
    if found is None:
        return pattern, []
    written, exact = deterministic(pattern)
    message = f"can’t tell {_competitors(pattern, found)} apart"
    if exact:
        return written, [("ambiguous-content", f"{message}: rewritten for XSD")]
    return written, [("xsd-wider", f"{message}: made wider for XSD")]


def _competitors(pattern: Pattern, found: Conflict) -> str:
    first, second = _at(pattern, found.first), _at(pattern, found.second)
    ordinals = [path for path, leaf in _leaves(pattern, ()) if leaf == found.symbol]
    where = f" (at its places {ordinals.index(found.first) + 1} and {ordinals.index(found.second) + 1})"
    return f"“{first}” and “{second}”{where if first == second else ''}"


def _leaves(pattern: Pattern, path: tuple[int, ...]) -> Iterable[tuple[tuple[int, ...], Pattern]]:
    inner = schema.parts(pattern)
    if not inner:
        yield path, pattern
    for number, part in enumerate(inner):
        yield from _leaves(part, (*path, number))


def _at(pattern: Pattern, path: tuple[int, ...]) -> str:
    """How the particle at a path reads, with the name or the repetition that stands around it."""
    way = [pattern]
    for index in path:
        way.append(schema.parts(way[-1])[index])
    names = [part.ident for part in way if isinstance(part, Named)]
    around = way[-2] if len(way) > 1 and isinstance(way[-2], Repeat) else way[-1]
    return readable(around) + (f" of {names[-1]}" if names else "")


def readable(pattern: Pattern) -> str:
    """A content model in a short notation: p?, (a | b)*, (head, p+)."""
    match pattern:
        case Child(key):
            return key.rpartition("}")[2]
        case Named(ident):
            return ident
        case Group(items):
            return f"({', '.join(map(readable, items))})"
        case Choice(items):
            return f"({' | '.join(map(readable, items))})"
        case Interleave(items):
            return f"({' & '.join(map(readable, items))})"
        case Repeat(item, minimum, maximum):
            sign = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((minimum, maximum))
            return readable(item) + (sign or f"{{{minimum},{'' if maximum is None else maximum}}}")
        case Wildcard():
            return "any element"
        case Chars():
            return "text"
        case _:
            return "data"
