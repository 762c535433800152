"""One thing wrong at a time: documents with a single slip each, made by seed, and where it is in them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from xml.parsers import expat

from .documents import TEIPIPE_RNG
from .markup import Attribute, Edit, Edited, Element, Markup

JUNK: Final = (b"", b"no such value", b"\xc2\xa7%\xc2\xa7", b"::", b"-1.5.2", b"1956-13-41", b"%zz")
_DATE: Final = re.compile(rb"(\d{4})-(\d\d)(?:-(\d\d))?")
_WORD: Final = re.compile(rb"[A-Za-z]{3,20}")
_ID: Final = re.compile(rb"""(\sxml:id\s*=\s*["'][^"']+)""")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one thing wrong.

    `offset` is the byte of `data` where it is; `places` are all bytes where it may first be known, that one included.
    `rest` is the document without the mutated element, where a mutation takes it from one place to another: if that is
    invalid as well, two things are wrong.
    """

    data: bytes
    kind: str
    offset: int
    description: str
    places: frozenset[int]
    rest: bytes | None = None


#: A mutation: the document, and a source of choices; None if there is nothing in the document that it could change.
Mutation = Callable[[Markup, random.Random], Mutant | None]


def mutant(
    markup: Markup, kind: str, edits: Sequence[Edit], description: str, at: int, old: Iterable[int] = ()
) -> Mutant:
    """What comes of the edits: `at` is its byte in the new document, `old` are further places by the old one's."""
    edited = Edited(markup.data, edits)
    return Mutant(edited.data, kind, at, description, frozenset([at, *map(edited.of, old)]))


def choose_element(
    markup: Markup, chance: random.Random, suits: Callable[[Element], bool] = lambda element: True
) -> Element | None:
    """An element below the root; rare ones get their turn as well."""
    if chance.random() < 0.5:
        suitable = [element for element in markup.elements[1:] if suits(element)]
        return chance.choice(suitable) if suitable else None
    names = list(markup.by_name)
    chance.shuffle(names)
    for name in names:
        suitable = [element for element in markup.by_name[name] if suits(element)]
        if suitable:
            return chance.choice(suitable)
    return None


def choose_attribute(
    markup: Markup, chance: random.Random, suits: Callable[[Attribute], bool] = lambda attribute: True
) -> tuple[Element, Attribute] | None:
    names = list(markup.by_attribute)
    chance.shuffle(names)
    for name in names:
        suitable = [pair for pair in markup.by_attribute[name] if suits(pair[1])]
        if suitable:
            return chance.choice(suitable)
    return None


def after(markup: Markup, element: Element) -> Iterator[int]:
    """Where it may first be known that an element is missing: what follows it, the end and the start of its parent."""
    parent = element.parent
    assert parent
    yield markup.solid(element.end)
    yield from (child.start for child in parent.children if child.start >= element.end)
    yield from (parent.close, parent.start)


def inside(markup: Markup, element: Element) -> Iterator[int]:
    """Where content may first not suit: the children and the text of an element."""
    yield from (child.start for child in element.children)
    yield from markup.texts(element)


@cache
def tei_names() -> tuple[bytes, ...]:
    """Names that exist in TEI, as our schema has them."""
    return tuple(sorted(set(re.findall(rb'<element name="([^"]+)"', TEIPIPE_RNG.read_bytes()))))


def show(name: bytes) -> str:
    return name.decode()


def misspell(name: bytes, chance: random.Random, taken: Iterable[bytes]) -> bytes:
    """A slip of the pen: two letters swapped, one doubled or one left out; short names only grow."""
    known = {*taken, *tei_names()}
    slips = [name[:place] + name[place - 1 : place] + name[place:] for place in range(1, len(name) + 1)]
    if len(name) > 3:
        slips += [name[:place] + name[place + 1 :] for place in range(1, len(name))]
        slips += [
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :] for at in range(1, len(name) - 1)
        ]
    good = [slip for slip in slips if slip not in known]
    return chance.choice(good) if good else name + b"x"


def _renamed(element: Element, name: bytes) -> list[Edit]:
    start = element.start + 1
    edits = [Edit(start, start + len(element.name), name)]
    if not element.is_tag:
        edits.append(Edit(element.close + 2, element.close + 2 + len(element.name), name))
    return edits


def unknown_name(markup: Markup, chance: random.Random) -> Mutant | None:
    element = choose_element(markup, chance)
    if element is None:
        return None
    name = chance.choice([b"blurb", b"paragraph", b"b", b"span.x", b"_x"])
    what = f"<{show(element.name)}> is now <{show(name)}>"
    return mutant(markup, "unknown-name", _renamed(element, name), what, element.start)


def misspelt_name(markup: Markup, chance: random.Random) -> Mutant | None:
    element = choose_element(markup, chance)
    if element is None:
        return None
    name = misspell(element.name, chance, markup.by_name)
    what = f"<{show(element.name)}> is now <{show(name)}>"
    return mutant(markup, "misspelt-name", _renamed(element, name), what, element.start)


def other_name(markup: Markup, chance: random.Random) -> Mutant | None:
    """An element under another one's name: it may itself be allowed, and not what it has or what comes next."""
    element = choose_element(markup, chance)
    if element is None:
        return None
    names = list(markup.by_name) if chance.random() < 0.5 else tei_names()
    name = chance.choice([name for name in names if name != element.name] or [b"p"])
    what = f"<{show(element.name)}> is now <{show(name)}>"
    own = (place for attribute in markup.attributes(element) for place in (attribute.start, attribute.begin))
    places = [*own, *inside(markup, element), element.close, *after(markup, element)]
    return mutant(markup, "other-name", _renamed(element, name), what, element.start, places)


def unwrapped(markup: Markup, chance: random.Random) -> Mutant | None:
    """The tags are gone, the content is there."""
    element = choose_element(markup, chance, lambda each: not each.is_tag and markup.solid(each.content) < each.close)
    if element is None:
        return None
    edits = [Edit(element.start, element.content, b""), Edit(element.close, element.end, b"")]
    places = [*inside(markup, element), *after(markup, element)]
    at = Edited(markup.data, edits).of(markup.solid(element.content))
    return mutant(markup, "unwrapped", edits, f"the tags of <{show(element.name)}> are gone", at, places)


def dropped(markup: Markup, chance: random.Random) -> Mutant | None:
    element = choose_element(markup, chance)
    if element is None:
        return None
    what = f"<{show(element.name)}> is gone"
    edit = Edit(element.start, element.end, b"")
    at = Edited(markup.data, [edit]).of(markup.solid(element.end))
    return mutant(markup, "dropped", [edit], what, at, after(markup, element))


def doubled(markup: Markup, chance: random.Random) -> Mutant | None:
    element = choose_element(markup, chance, lambda each: each.end - each.start < 20_000)
    if element is None:
        return None
    copy = _ID.sub(rb"\1-again", markup.data[element.start : element.end])
    edit = Edit(element.end, element.end, copy)
    # Where the model allows some of them, the last of the same name is the one too many.
    same = [child.start for child in element.parent.children if child.name == element.name] if element.parent else []
    later = [start for start in same if start >= element.end]
    what = f"<{show(element.name)}> is there twice"
    return mutant(markup, "doubled", [edit], what, element.end, later)


def swapped(markup: Markup, chance: random.Random) -> Mutant | None:
    """Two neighbours of different names have changed places."""
    following = {
        id(one): other
        for parent in markup.elements
        for one, other in zip(parent.children, parent.children[1:], strict=False)
        if one.name != other.name
    }
    first = choose_element(markup, chance, lambda each: id(each) in following)
    if first is None:
        return None
    second = following[id(first)]
    data = markup.data
    edits = [
        Edit(first.start, first.end, data[second.start : second.end]),
        Edit(second.start, second.end, data[first.start : first.end]),
    ]
    what = f"<{show(first.name)}> and <{show(second.name)}> have changed places"
    changed = mutant(markup, "swapped", edits, what, first.start)
    places = changed.places | {Edited(data, edits).at(second.start)}
    return Mutant(changed.data, changed.kind, changed.offset, changed.description, places)


def moved(markup: Markup, chance: random.Random) -> Mutant | None:
    """An element is somewhere else; `rest` is the document without it."""
    element = choose_element(markup, chance, lambda each: each.end - each.start < 20_000)
    if element is None:
        return None
    targets = [each for each in markup.elements if not each.is_tag and not each.within(element)]
    target = chance.choice([each for each in targets if each is not element.parent] or targets)
    to = chance.choice([target.close, *(child.start for child in target.children if not child.within(element))])
    edits = [Edit(element.start, element.end, b""), Edit(to, to, markup.data[element.start : element.end])]
    edited = Edited(markup.data, edits)
    what = f"<{show(element.name)}> has moved into <{show(target.name)}>"
    at = edited.of(to) - (element.end - element.start)
    rest = Edited(markup.data, edits[:1]).data
    return Mutant(edited.data, "moved", at, what, frozenset([at]), rest)


def attribute_renamed(markup: Markup, chance: random.Random) -> Mutant | None:
    pair = choose_attribute(markup, chance)
    if pair is None:
        return None
    element, attribute = pair
    name = misspell(attribute.name, chance, markup.by_attribute)
    edit = Edit(attribute.start, attribute.start + len(attribute.name), name)
    what = f"@{show(attribute.name)} of <{show(element.name)}> is now @{show(name)}"
    return mutant(markup, "attribute-renamed", [edit], what, attribute.start, [element.start])


def attribute_dropped(markup: Markup, chance: random.Random) -> Mutant | None:
    pair = choose_attribute(markup, chance)
    if pair is None:
        return None
    element, attribute = pair
    what = f"@{show(attribute.name)} of <{show(element.name)}> is gone"
    edit = Edit(attribute.start, attribute.stop + 1, b"")
    return mutant(markup, "attribute-dropped", [edit], what, element.start)


def attribute_added(markup: Markup, chance: random.Random) -> Mutant | None:
    element = choose_element(markup, chance)
    if element is None:
        return None
    place = element.start + 1 + len(element.name)
    name = chance.choice([b"colour", b"x", b"xml:space.x", b"idd"])
    what = f"<{show(element.name)}> has a @{show(name)}"
    edit = Edit(place, place, b" " + name + b'="red"')
    return mutant(markup, "attribute-added", [edit], what, place + 1)


def _spoilt(markup: Markup, kind: str, pair: tuple[Element, Attribute], value: bytes) -> Mutant:
    element, attribute = pair
    edit = Edit(attribute.begin, attribute.stop, value)
    tokens = [attribute.begin + match.start() for match in re.finditer(rb"\S+", value)]
    what = f"@{show(attribute.name)} of <{show(element.name)}> is “{show(value)}” instead of “{show(attribute.value)}”"
    new = mutant(markup, kind, [edit], what, attribute.start)
    places = new.places | {attribute.begin, *tokens}
    return Mutant(new.data, kind, new.offset, what, places)


def value_junk(markup: Markup, chance: random.Random) -> Mutant | None:
    value = chance.choice(JUNK)
    pair = choose_attribute(markup, chance, lambda attribute: attribute.value != value)
    return _spoilt(markup, "value-junk", pair, value) if pair else None


def value_misspelt(markup: Markup, chance: random.Random) -> Mutant | None:
    """A value that looks like one of a list, with a slip."""
    pair = choose_attribute(markup, chance, lambda attribute: _WORD.fullmatch(attribute.value) is not None)
    return _spoilt(markup, "value-misspelt", pair, misspell(pair[1].value, chance, ())) if pair else None


def value_date(markup: Markup, chance: random.Random) -> Mutant | None:
    """A date in a form that isn't ISO 8601's, or that doesn't exist."""
    pair = choose_attribute(markup, chance, lambda attribute: _DATE.fullmatch(attribute.value) is not None)
    if pair is None:
        return None
    match = _DATE.fullmatch(pair[1].value)
    assert match
    year, month, day = match[1], match[2], match[3] or b"01"
    forms = [
        day + b"." + month + b"." + year,
        year + b"/" + month + b"/" + day,
        year + b"-" + str(int(month)).encode(),
        year + b"-13-" + day,
        year + b"-02-30",
        year + month + day,
        year[2:] + b"-" + month + b"-" + day,
        year + b"-" + month + b"-" + day + b"T25:00:00",
        b"c. " + year,
    ]
    return _spoilt(markup, "value-date", pair, chance.choice(forms))


def stray_text(markup: Markup, chance: random.Random) -> Mutant | None:
    """Words between elements, where there were none."""
    parent = choose_element(markup, chance, lambda each: bool(each.children) and not any(markup.texts(each)))
    if parent is None:
        return None
    place = chance.choice([*(child.start for child in parent.children), parent.close])
    what = f"there are words in <{show(parent.name)}>"
    return mutant(markup, "stray-text", [Edit(place, place, b"Stray words ")], what, place)


def filled(markup: Markup, chance: random.Random) -> Mutant | None:
    """Words in an element that is empty."""
    element = choose_element(markup, chance, lambda each: each.is_tag)
    if element is None:
        return None
    slash = element.content - 2
    new = b">Stray words</" + element.name + b">"
    what = f"<{show(element.name)}/> has words in it"
    return mutant(markup, "filled", [Edit(slash, element.content, new)], what, slash + 1, [element.start])


MUTATIONS: Final[tuple[Mutation, ...]] = (
    unknown_name,
    misspelt_name,
    other_name,
    unwrapped,
    dropped,
    doubled,
    swapped,
    moved,
    attribute_renamed,
    attribute_dropped,
    attribute_added,
    value_junk,
    value_misspelt,
    value_date,
    stray_text,
    filled,
)
KINDS: Final = tuple(mutation.__name__.replace("_", "-") for mutation in MUTATIONS)


def is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate(None, "}")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True


@lru_cache(maxsize=64)
def _markup(data: bytes) -> Markup:
    return Markup(data)


def mutate(groups: Sequence[Sequence[bytes]], count: int, seed: int | str) -> Iterator[Mutant]:
    """`count` different mutants, kinds and groups of documents in turn; the same ones for the same seed."""
    chance = random.Random(f"{seed}")
    seen: set[int] = set()
    groups = [group for group in groups if group]
    for turn in range(20 * count):
        # Each kind meets each group: the turn of the group moves on by one after every round of the kinds.
        data = chance.choice(groups[(turn + turn // len(MUTATIONS)) % len(groups)])
        new = MUTATIONS[turn % len(MUTATIONS)](_markup(data), chance)
        if new is None or new.data == data or hash(new.data) in seen or not is_well_formed(new.data):
            continue
        seen.add(hash(new.data))
        yield new
        if len(seen) == count:
            return
