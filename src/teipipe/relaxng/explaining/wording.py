"""The words of findings: names as the document writes them, what is expected in a handful of likely ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, StringLeaf
from teipipe.relaxng.pattern import Pattern
from teipipe.relaxng.strings import tokens
from teipipe.relaxng.syntax import XML_NAMESPACE

#: How many names, values and forms are listed unless all are asked for.
_HANDFUL: Final = 6
_VALUES: Final = 12
_FORMS: Final = 4
#: So much of a text is looked at to say what it is.
_LOOKED: Final = 2_000
#: How long a quotation, and a description, may be.
_QUOTED: Final = 40
_DESCRIBED: Final = 200


#: Datatypes that are named after all others.
_RARE: Final = frozenset({"gMonth", "gDay", "gMonthDay"})

_NEAR: Final = 0.75
_NEARLY: Final = 0.85


@dataclass(frozen=True, slots=True)
class Habit:
    """A name of another vocabulary: the `names` that are meant by it, likeliest first, and where it comes `origin`ally.

    `example` shows how the first of them is written for it; "" if it is enough to exchange the names.
    """

    names: tuple[str, ...]
    origin: str = ""
    example: str = ""


def _no_repairs(value: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Habits:
    """What people write who think of another vocabulary, by its names of elements and attributes.

    `repairs` gives what a value may have been meant to be, likeliest first; only what fits is ever suggested.
    """

    elements: Mapping[str, Habit] = field(default_factory=dict)
    attributes: Mapping[str, Habit] = field(default_factory=dict)
    repairs: Callable[[str], Iterable[str]] = _no_repairs


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def namespace(name: str) -> str:
    """The namespace of a name, "" without one."""
    return name.rpartition("}")[0]


def attribute_name(name: str) -> str:
    """An attribute's name as it is commonly written."""
    return f"xml:{local(name)}" if namespace(name) == XML_NAMESPACE else local(name)


def quote(text: str) -> str:
    """Some words of a document, shortened, in quotation marks."""
    return f"“{shortened(text)}”"


def shortened(text: str) -> str:
    """The first words of a text."""
    words = collapsed(text)
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"


def collapsed(text: str) -> str:
    """The text with single blanks between its words; of a very long one only the beginning, with an ellipsis."""
    if len(text) <= _LOOKED:
        return " ".join(tokens(text))
    text = text.strip(" \t\r\n")
    return " ".join(tokens(text[:_LOOKED])) + ("…" if len(text) > _LOOKED else "")


def uncapitalised(sentence: str) -> str:
    """A sentence as it goes on after a colon or in brackets; capitals that belong to a word stay."""
    sentence = sentence.rstrip(".")
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence


def either(names: Sequence[str], word: str = "or") -> str:
    """Names in quotation marks, as in speech: “a”, “b” or “c”."""
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def did_you_mean(name: str, meant: str) -> str:
    """The question, and what makes the difference if it is easily overlooked."""
    return f"did you mean “{meant}”? {overlooked(name, meant)}".rstrip()


def overlooked(name: str, meant: str) -> str:
    """What makes the difference between two names if it is easily overlooked, else nothing."""
    if name.lower() == meant.lower():
        return "Capital and small letters count"
    return "The prefix belongs to it" if meant == f"xml:{name}" else ""


def near(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is spelt nearly like `name`; differences in case and hyphens count little."""
    best, ratio = None, _NEAR
    plain = _plain(name)
    for other in dict.fromkeys(names):
        if other == name:
            continue
        if _plain(other) == plain:
            return other
        if abs(len(other) - len(name)) > 3:
            continue
        likeness = _likeness(name.lower(), other.lower())
        if likeness > ratio:
            best, ratio = other, likeness
    return best


def is_nearly(name: str, other: str) -> bool:
    """Whether one is the other with a slip of the pen or two."""
    return _plain(name) == _plain(other) or SequenceMatcher(None, name, other, autojunk=False).ratio() > _NEARLY


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _likeness(name: str, other: str) -> float:
    """From 0 to 1; two letters exchanged, or one too many, in a short name are still near."""
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    if matcher.real_quick_ratio() < _NEAR:
        return 0.0
    ratio = matcher.ratio()
    if sorted(name) == sorted(other) and len(name) > 2:
        return max(ratio, 0.9)
    return ratio if min(len(name), len(other)) > 3 or name in other or other in name else 0.0


def _rarity(leaf: StringLeaf) -> int:
    """How late a datatype is to be named among others: nobody writes a day of any month."""
    return leaf.datatype is not None and leaf.datatype.name in _RARE


class Wording:
    """Words for one document: `all_expected` lists everything that is expected, not a handful."""

    def __init__(self, *, all_expected: bool = False, among_words: Mapping[str, int] | None = None) -> None:
        self.all_expected = all_expected
        #: In how many contents each element stands among words: where no words may stand, one that does is unlikely.
        self.among_words = among_words or {}
        #: How often each element has come so far, by the one around it: what is used is likely to be meant.
        self.used: dict[tuple[str, str], int] = {}

    def ranked(
        self,
        leaves: Iterable[ElementLeaf],
        needed: Collection[ElementLeaf],
        siblings: Iterable[str],
        parent: str,
        *,
        is_mixed: bool = False,
    ) -> list[str]:
        """The local names of elements, likeliest first: what is needed, stands beside it, is used like this.

        Where text may stand (`is_mixed`), what usually stands among words is as likely as others; elsewhere it is not.
        """
        beside = dict.fromkeys(siblings)
        anywhere: Counter[str] = Counter()
        for (_, name), count in self.used.items():
            anywhere[name] += count
        scored: dict[str, tuple[bool, bool, int, int, int, int]] = {}
        for leaf in leaves:
            for name in leaf.names:
                used = (
                    -self.used.get((parent, name), 0),
                    0 if is_mixed else self.among_words.get(name, 0),
                    -anywhere[name],
                )
                score = (leaf not in needed, name not in beside, *used, leaf.number)
                scored[name] = min(score, scored.get(name, score))
        return list(dict.fromkeys(local(name) for name in sorted(scored, key=lambda name: (scored[name], name))))

    def use(self, parent: str, name: str) -> None:
        """Take note of an element."""
        self.used[parent, name] = self.used.get((parent, name), 0) + 1

    def some(self, names: Sequence[str], most: int = 3) -> str:
        """One of these names, in quotation marks: all if they are few, or if all are wanted, or some and others."""
        if len(names) <= most or self.all_expected:
            return either(names)
        return f"{', '.join(f'“{name}”' for name in names[:most])} or another"

    def listed(self, names: Sequence[str], most: int = _HANDFUL) -> str:
        """Some of the names, and how many more there are."""
        if self.all_expected or len(names) <= most + 1:
            return ", ".join(names)
        return f"{', '.join(names[:most])} and {len(names) - most} more"

    def allowed(self, names: Sequence[str]) -> str:
        """What may stand at a place."""
        return f"allowed here: {self.listed(names)}" if names else "nothing more is allowed here"

    def described(self, leaf: ElementLeaf | AttributeLeaf | StringLeaf | None) -> str:
        """What the schema says of something in words, "" if nothing."""
        if leaf is None or not leaf.documentation:
            return ""
        sentence = leaf.documentation.partition(". ")[0].rstrip(".")
        return sentence if len(sentence) <= _DESCRIBED else f"{sentence[:_DESCRIBED].rpartition(' ')[0]} …"

    def values(self, patterns: Iterable[Pattern]) -> list[StringLeaf]:
        """The values of a closed list; [] if something else than values fits as well."""
        found: list[StringLeaf] = []
        for pattern in patterns:
            for leaf in pattern.leaves():
                if not isinstance(leaf, StringLeaf):
                    continue
                if leaf.tokens is not None:
                    inner = [one for one in leaf.tokens.leaves() if isinstance(one, StringLeaf)]
                else:
                    inner = [leaf]
                if any(one.text is None for one in inner):
                    return []
                found += inner
        return list(dict.fromkeys(found))

    def forms(self, patterns: Iterable[Pattern]) -> list[str]:
        """How values are written, in plain words with an example where there is one."""
        leaves = [leaf for pattern in patterns for leaf in pattern.leaves() if isinstance(leaf, StringLeaf)]
        leaves.sort(key=_rarity)
        return list(dict.fromkeys(form for leaf in leaves for form in self._forms(leaf)))

    def _forms(self, leaf: StringLeaf) -> list[str]:
        if leaf.tokens is not None:
            inner = [one for one in leaf.tokens.leaves() if isinstance(one, StringLeaf)]
            return [f"{form} (several with blanks between)" for one in inner for form in self._forms(one)]
        if leaf.text is not None:
            return [f"“{leaf.text}”"]
        if leaf.datatype is None:
            return []
        form, example = leaf.datatype.description, leaf.datatype.example
        return [form if example is None or example in form.split() else f"{form}, as {example}"]

    def closed_list(self, value: str, closed: Sequence[StringLeaf]) -> str:
        """The near one of some values, and all of them with what the schema says of them if that is short."""
        names = [leaf.text or "" for leaf in closed]
        meant = near(value, names)
        described = [f"{leaf.text} ({uncapitalised(leaf.documentation)})" for leaf in closed if leaf.documentation]
        short = len(described) == len(names) and sum(map(len, described)) <= _DESCRIBED
        listed = ", ".join(described) if short else self.listed(names, _VALUES)
        return f"one of: {listed}" if meant is None else f"{did_you_mean(value, meant)}. One of: {listed}"

    def expected_form(self, patterns: Sequence[Pattern]) -> str | None:
        """How values that fit are written."""
        forms = self.forms(patterns)
        if not forms:
            return None
        shown = forms if self.all_expected else forms[:_FORMS]
        more = f"; or {len(forms) - len(shown)} other forms" if len(forms) > len(shown) else ""
        return f"expected: {'; or '.join(shown)}{more}"
