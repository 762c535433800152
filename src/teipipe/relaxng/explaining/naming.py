"""Elements that are none of the schema's: misspelt, of another vocabulary, or in another namespace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from teipipe.relaxng.explaining.frames import Entry
from teipipe.relaxng.explaining.place import Place, step
from teipipe.relaxng.explaining.wording import (
    Habit,
    did_you_mean,
    is_nearly,
    local,
    namespace,
    near,
    overlooked,
    quote,
    shortened,
)
from teipipe.relaxng.leaves import ElementLeaf


def misnamed(place: Place) -> Entry:
    """Name what is wrong with an element that the schema doesn't list, and go on as if it were what is meant."""
    return _Misnamed(place).run()


class _Misnamed:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.report = place.report
        self.knowledge = place.report.knowledge
        self.name = place.name
        self.plain = place.plain
        self.parent = place.parent

    def run(self) -> Entry:
        return self.elsewhere() or self.otherwise_called() or self.foreign()

    def entered(self, name: str, *, is_guess: bool, is_doubtful: bool = False) -> Entry:
        """Go on as if the name were this one."""
        entry = step(self.place.state, name)
        if entry is None or is_doubtful:
            resume = self.report.anything(self.place.state)
            entry = Entry(name, self.knowledge.contents(name), resume=resume)
        return replace(entry, is_guess=is_guess, is_doubtful=is_doubtful, meant=self.meant(name))

    def meant(self, name: str) -> Mapping[str, str] | None:
        """Inside, too, the one namespace stands for the other."""
        uri, right = namespace(self.name), namespace(name)
        return None if uri == right else {**self.parent.meant, uri: right}

    def may_come(self, name: str) -> bool:
        return self.report.outlook.after_name(self.place.state.vector, name) is not None

    def elsewhere(self) -> Entry | None:
        """The schema has it in another namespace."""
        others = self.knowledge.by_local.get(self.plain)
        if not others:
            return None
        right = next((name for name in others if self.may_come(name)), others[0])
        uri, wanted = namespace(self.name), namespace(right)
        is_in = f"is in the namespace {quote(uri)}, which is not that of the schema" if uri else "is in no namespace"
        if not self.parent.name:
            advice = f'write <{self.plain} xmlns="{wanted}">' if wanted else "leave the namespace out"
            if uri and near(uri, [wanted]):
                advice = f"did you mean “{wanted}”?"
        elif uri:
            advice = f'leave out xmlns="{shortened(uri)}": then it is the schema\'s'
        else:
            advice = 'leave out xmlns="": then it is the schema\'s'
        if any(prefix and known == uri for prefix, known in self.report.scopes.current.items()):
            advice = f"the schema's is in the namespace “{wanted}”" if wanted else "the schema's is in no namespace"
        self.place.add(f"“{self.plain}” {is_in}", advice)
        return self.entered(right, is_guess=False)

    def otherwise_called(self) -> Entry | None:
        """It is called so elsewhere, or misspelt."""
        habits = self.knowledge.habits.elements
        habit = habits.get(self.plain) or habits.get(self.plain.lower())
        for names in self.candidates():
            by_local: dict[str, str] = {}
            for name in names:
                by_local.setdefault(local(name), name)
            found = near(self.plain, by_local)
            if habit is not None and self.plain.lower() != (found or "").lower():
                found = next((other for other in habit.names if other in by_local), None)
            if found is not None:
                return self.taken_for(by_local[found], habit)
        return None

    def candidates(self) -> Iterator[list[str]]:
        """Names that it may have been meant to be, the likely ones first."""
        following = self.report.outlook.elements(self.place.state.vector)
        yield [name for leaf in following for name in sorted(leaf.names)]
        leaves = (leaf for pattern in self.parent.content for leaf in pattern.leaves())
        yield [name for leaf in leaves if isinstance(leaf, ElementLeaf) for name in sorted(leaf.names)]
        yield list(self.knowledge.by_name)

    def taken_for(self, name: str, habit: Habit | None) -> Entry:
        is_known = habit is not None and local(name) in habit.names
        # What is spelt quite differently may have been meant to be something else altogether.
        is_doubtful = not is_known and not self.parent.is_guess and not is_nearly(self.plain, local(name))
        entry = self.entered(name, is_guess=True, is_doubtful=is_doubtful)
        # What stands in an element of another vocabulary is of that vocabulary: one cause.
        if self.parent.is_guess:
            return entry
        leaf, plain = self.knowledge.by_name[name][0], local(name)
        if habit is not None and is_known and habit.origin:
            example = habit.example if plain == habit.names[0] and habit.example else self.report.example(leaf)
            advice, description = f"that is {habit.origin}; here: {example}", None
        else:
            advice = did_you_mean(self.plain, plain)
            description = None if overlooked(self.plain, plain) else self.report.words.described(leaf)
        where = None if self.may_come(name) else f"here it can't stand, though; {self.place.expected()}"
        self.place.add(self.unknown(), advice, description, where)
        return entry

    def unknown(self) -> str:
        if not self.parent.name:
            return f"“{self.plain}” can't be the outermost element: it is none of the schema's"
        return f"“{self.plain}” is no element of the schema"

    def foreign(self) -> Entry:
        """Nothing is known of it: what stands in it is held against what is known of that alone."""
        uri = namespace(self.name)
        is_known = not uri or any(namespace(name) == uri for name in self.knowledge.by_name)
        message = self.unknown()
        if self.parent.name and not is_known:
            message = f"“{self.plain}” of the namespace {quote(uri)} can't stand in “{local(self.parent.name)}”"
        if not self.parent.is_guess:
            names = self.place.expected_names()
            root = f"it has to be “{names[0]}”" if names and not self.parent.name else None
            habit = self.knowledge.habits.elements.get(self.plain)
            origin = f"that is {habit.origin}, and the schema has nothing for it" if habit and habit.origin else None
            # Where nothing is meant, what else may stand there is of little help, unless it is asked for.
            expected = None if origin and not self.report.words.all_expected else self.place.expected()
            self.place.add(message, origin, root or expected)
        return Entry(self.name, None, resume=self.report.anything(self.place.state))
