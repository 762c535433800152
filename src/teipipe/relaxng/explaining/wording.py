"""The words of findings: names as the document writes them, what is expected in a handful of likely ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, StringLeaf
from teipipe.relaxng.patterns import Pattern
from teipipe.relaxng.strings import tokens
from teipipe.relaxng.syntax import XML_NAMESPACE

#: How many names, values and forms are listed unless all are asked for.
_HANDFUL: Final = 6
_VALUES: Final = 12
_FORMS: Final = 4
#: How long a quotation, and a description, may be.
_QUOTED: Final = 40
_DESCRIBED: Final = 160

_NEAR: Final = 0.72


@dataclass(frozen=True, slots=True)
class Habits:
    """What people write who think of another vocabulary: for its names those that are meant, likeliest first."""

    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    words = " ".join(tokens(text))
    return f"“{words}”" if len(words) <= _QUOTED else f"“{words[:_QUOTED].rstrip()}…”"


def either(names: Sequence[str], word: str = "or") -> str:
    """Names in quotation marks, as in speech: “a”, “b” or “c”."""
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


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


class Wording:
    """Words for one document: `all_expected` lists everything that is expected, not a handful."""

    def __init__(self, *, all_expected: bool = False) -> None:
        self.all_expected = all_expected
        #: How often each element has come so far: what is used is likely to be meant.
        self.used: Counter[str] = Counter()

    def ranked(
        self, leaves: Iterable[ElementLeaf], needed: Collection[ElementLeaf], siblings: Iterable[str]
    ) -> list[str]:
        """The local names of elements, likeliest first: what is needed, what stands beside it, what is common here."""
        beside = dict.fromkeys(siblings)
        scored: dict[str, tuple[bool, bool, int, int]] = {}
        for leaf in leaves:
            for name in leaf.names:
                score = (leaf not in needed, name not in beside, -self.used[name], leaf.number)
                scored[name] = min(score, scored.get(name, score))
        return list(dict.fromkeys(local(name) for name in sorted(scored, key=lambda name: (scored[name], name))))

    def listed(self, names: Sequence[str], most: int = _HANDFUL) -> str:
        """Some of the names, and how many more there are."""
        if self.all_expected or len(names) <= most + 1:
            return ", ".join(names)
        return f"{', '.join(names[:most])} and {len(names) - most} more"

    def allowed(self, names: Sequence[str], *, text: bool) -> str:
        """What may stand at a place."""
        if not names:
            return "only text is allowed here" if text else "nothing more is allowed here"
        return f"allowed here: {self.listed(names)}{', and text' if text else ''}"

    def described(self, leaf: ElementLeaf | AttributeLeaf | StringLeaf | None) -> str:
        """What the schema says of something in words, "" if nothing."""
        if leaf is None or not leaf.documentation:
            return ""
        words = leaf.documentation
        sentence = words.partition(". ")[0]
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
        found: dict[str, None] = {}
        for pattern in patterns:
            for leaf in pattern.leaves():
                if isinstance(leaf, StringLeaf):
                    found.update(dict.fromkeys(self._forms(leaf)))
        return list(found)

    def _forms(self, leaf: StringLeaf) -> list[str]:
        if leaf.tokens is not None:
            inner = [one for one in leaf.tokens.leaves() if isinstance(one, StringLeaf)]
            return [f"{form} (several with blanks between)" for one in inner for form in self._forms(one)]
        if leaf.text is not None:
            return [f"“{leaf.text}”"]
        if leaf.datatype is None:
            return []
        example = leaf.datatype.example
        return [leaf.datatype.description if example is None else f"{leaf.datatype.description}, as {example}"]

    def expected_values(self, value: str, patterns: Sequence[Pattern]) -> str | None:
        """What a value should have been: a near one, the whole closed list, or its form."""
        closed = self.values(patterns)
        if closed:
            names = [leaf.text or "" for leaf in closed]
            meant = near(value, names)
            if meant is not None and not self.all_expected:
                more = "" if len(names) == 1 else f" (one of: {self.listed(names, _VALUES)})"
                return f"did you mean “{meant}”?{more}"
            return f"one of: {self.listed(names, _VALUES)}"
        forms = self.forms(patterns)
        if not forms:
            return None
        shown = forms if self.all_expected else forms[:_FORMS]
        more = f"; or {len(forms) - len(shown)} other forms" if len(forms) > len(shown) else ""
        return f"expected: {'; or '.join(shown)}{more}"
