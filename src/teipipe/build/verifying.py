"""Verifies a package: by itself, and by doing again what made it."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha512
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.bags import manifests
from teipipe.bags.checking import check_bag
from teipipe.bags.reading import Bag, Member, open_bag
from teipipe.bags.tags import size_in_words
from teipipe.build.contents import nobody
from teipipe.build.verified import State, Step, Verified
from teipipe.build.workshop import Workshop, bounded, home_of, workshop_for
from teipipe.deposit import layout, reported
from teipipe.deposit.package import Package, load
from teipipe.diagnostics import Diagnostic, Location, Severity, exit_code, in_order
from teipipe.errors import BagError, OutputError, TeipipeError
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.build.contents import Progress
    from teipipe.build.remaking import Difference, Remade
    from teipipe.deposit.changes import Changes
    from teipipe.project import Project
    from teipipe.verdict import Verdict

#: The steps, in order.
_STEPS: Final = ("package", "documents", "edition", "contents")

_MANIFEST: Final = "manifest-sha512.txt"

#: Bytes of a description or a report that are read.
_MAX_RECORD: Final = 200_000_000


def verify_package(
    path: Path,
    *,
    receipt: str = "",
    rebuild: bool = True,
    workers: int | None = None,
    progress: Progress = nobody,
) -> Verified:
    """Verify the package at `path`, and unless it is left out, whether everything in it can be made again from it.

    Nothing is written but in a folder of its own for temporary files, which is gone at the end. Raises TeipipeError if
    there is no package, or it can't be read safely.
    """
    with open_bag(path) as bag:
        verification = _Verification(bag, workers, progress)
        verification.run(receipt, rebuild=rebuild)
        return verification.verified()


@dataclass
class _Verification:
    bag: Bag
    workers: int | None
    progress: Progress
    package: Package | None = None
    steps: list[Step] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    versions: tuple[str, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    differences: tuple[Difference, ...] = ()
    remarks: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The payload as findings show it."""
        return home_of(self.bag)

    def verified(self) -> Verified:
        """All that came out."""
        return Verified(
            self.bag.path,
            self.receipt(),
            self.package,
            tuple(self.steps),
            tuple(in_order(self.found)),
            self.known,
            self.differences,
            tuple(self.remarks),
        )

    def receipt(self) -> str:
        """The receipt that would be given out for the package as it is; "" if it has no such file."""
        try:
            with self.bag.open("tagmanifest-sha512.txt") as file:
                return sha512(file.read(_MAX_RECORD)).hexdigest()
        except TeipipeError:
            return ""

    def run(self, receipt: str, *, rebuild: bool) -> None:
        """Go on, step by step, as long as that makes sense."""
        if not self.is_sound(receipt):
            self.give_up("the package is damaged")
            return
        if not self.is_ours():
            return
        with workshop_for(self.bag) as workshop:
            project = self.project(workshop)
            if project is None:
                return
            verdict = self.checked(project, workshop)
            if verdict is None:
                return
            if rebuild:
                self.make_again(project, verdict, workshop)
            else:
                self.give_up("left out, as asked for", after="documents")

    def is_sound(self, receipt: str) -> bool:
        """Whether everything is there and unchanged."""
        members = list(self.bag.members())
        total = sum(member.size for member in members)
        done = 0

        def advance(size: int) -> None:
            nonlocal done
            done += size
            self.progress("reading", min(done, total), total)

        problems = [self.in_bag(one) for one in check_bag(self.bag, receipt, advance)]
        self.found += problems
        is_sound = not exit_code(problems)
        amount = f"{len(members):,} files, {size_in_words(total)}"
        words = f"{amount}: all there, nothing else, unchanged by {self.algorithms(members)}"
        if not is_sound:
            wrong = sum(one.severity >= Severity.ERROR for one in problems)
            words = f"{amount}: {_several(wrong, 'thing is', 'things are')} wrong"
        elif receipt:
            words += ", and the package that this receipt was given for"
        self.step("package", State.PROVED if is_sound else State.FAILED, words)
        return is_sound

    def algorithms(self, members: Sequence[Member]) -> str:
        """By which checksums the package has manifests of its payload."""
        names = (manifests.MANIFEST.fullmatch(member.path) for member in members if "/" not in member.path)
        found = (manifests.algorithm(name[2]) for name in names if name is not None and not name[1])
        return " and ".join(sorted(one.words for one in found if one is not None))

    def in_bag(self, one: Diagnostic) -> Diagnostic:
        """A finding about the package itself, with its places as they are seen from outside."""
        related = tuple((self._outside(where), remark) for where, remark in one.related)
        return replace(one, location=self._outside(one.location), related=related)

    def _outside(self, where: Location) -> Location:
        is_whole = where.path == Path(self.bag.path.name)
        return replace(where, path=self.bag.path if is_whole else self.home.parent / where.path)

    def is_ours(self) -> bool:
        """Whether teipipe made it, in a form that this version knows."""
        if not any(member.path == f"data/{layout.DESCRIPTION}" for member in self.bag.members()):
            self.remarks.append("teipipe didn't make this package (it has no deposit.json): nothing else was looked at")
            return False
        try:
            self.package = load(self._read(layout.DESCRIPTION))
        except BagError as error:
            self.report("unusable-package", error.message, layout.DESCRIPTION)
            self.give_up("it doesn't say what it is")
            return False
        if self.package.format > layout.FORMAT:
            message = f"has form {self.package.format} of a package; this version of teipipe knows {layout.FORMAT}"
            advice = f"verify it with the teipipe that made it, or a later one: {_version(self.package)}"
            self.report("newer-package", message, layout.DESCRIPTION, advice)
            self.give_up("it takes a later version of teipipe")
            return False
        return True

    def project(self, workshop: Workshop) -> Project | None:
        """The project in the package, within bounds; None if there is none that can be used."""
        from teipipe.project import load_project, require_documents

        assert self.package is not None
        self.versions = tuple(_other_versions(self.package))
        try:
            project = load_project(workshop.project, upward=False)
            require_documents(project)
        except TeipipeError as error:
            severity = Severity.FAILURE if self.versions else Severity.ERROR
            message = f"the project in the package can't be used: {workshop.words(error.message)}"
            self.report("unusable-package", message, layout.PROJECT, error.help, severity=severity)
            self.give_up("its project can't be used")
            return None
        # Without a title in the configuration it was called as its folder was.
        return bounded(replace(project, title=self.package.title, output=workshop.edition))

    def checked(self, project: Project, workshop: Workshop) -> Verdict | None:
        """What validation says, held against the report in the package; None if nothing can be judged."""
        from teipipe.build.checking import Request, check_documents
        from teipipe.build.naming import Names

        total, done = len(project.everything), 0

        def advance(number: int) -> None:
            nonlocal done
            done += number
            self.progress("checking", done, total)

        try:
            # Never in this process: nobody knows what the package would have it do.
            request = Request(schemas=Names(store=workshop.fetched))
            verdict = check_documents(project, request=request, workers=self.workers or 1, progress=advance)
            compared = reported.compare(verdict.diagnostics, self._read(reported.REPORT), project.root)
        except TeipipeError as error:
            message = f"the documents can't be judged: {workshop.words(error.message)}"
            self.report("unusable-package", message, layout.PROJECT, error.help)
            self.step("documents", State.FAILED, "they can't be judged")
            self.give_up("the documents can't be judged", after="documents")
            return None
        self.known = tuple(workshop.shown(one) for one in compared.known)
        self.found += (workshop.shown(one) for one in compared.new)
        for line in compared.gone:
            message = f"the report in the package has a finding that isn't found again: {line}"
            self.report(
                "vanished-finding", message, reported.REPORT, severity=Severity.WARNING if self.versions else None
            )
        self.step("documents", self._state(compared), _judged(verdict, compared))
        return verdict

    def _state(self, compared: reported.Compared) -> State:
        if exit_code(compared.new):
            return State.FAILED
        if compared.gone or compared.new:
            return State.DIFFERS if self.versions or not compared.gone else State.FAILED
        return State.PROVED

    def make_again(self, project: Project, verdict: Verdict, workshop: Workshop) -> None:
        """Build the edition and all else that is in the package, and compare."""
        from teipipe.build.contents import built_for, described
        from teipipe.build.remaking import compare

        assert self.package is not None
        environment = _environment(self.package.date)
        try:
            built = built_for(project, verdict, workers=self.workers, progress=self.progress, environment=environment)
            built = replace(built, package=replace(built.package, previous=self.package.previous))
            contents = described(built, self.changes(), store=workshop.fetched)
            remade = compare(contents, self.bag, self._checksums(), self.progress)
        except TeipipeError as error:
            self.not_made(error, workshop)
            return
        self.differences = remade.differences
        if remade.differences:
            self.compared(remade)
            self.found += (workshop.shown(one) for one in built.diagnostics if one.severity >= Severity.ERROR)
        self.made("edition", "the edition", remade.same_in_edition, remade.in_edition)
        self.made("contents", "all else (metadata, reports, schemas, README)", remade.same_elsewhere, remade.elsewhere)

    def changes(self) -> Changes | None:
        """What the package says has changed since the one before it, without which that can't be found out again."""
        names = (f"{layout.CHANGES}.txt", f"{layout.CHANGES}.json")
        there = {member.path for member in self.bag.members()}
        found = reported.reported_changes({name: self._read(name) for name in names if f"data/{name}" in there})
        if found is not None:
            self.remarks.append(f"what has changed since {found.name} was not looked at: that would take that package")
        return found

    def not_made(self, error: TeipipeError, workshop: Workshop) -> None:
        """Say why the package can't be made again."""
        message = f"can't be made again: {workshop.words(error.message)}"
        severity = Severity.FAILURE if self.versions else Severity.ERROR
        help = error.help
        if isinstance(error, OutputError):  # it isn't the package's fault
            severity, help = Severity.FAILURE, "set TMPDIR to a folder with more room"
        self.report("unverified-contents", message, layout.EDITION, help, severity=severity)
        self.step("edition", State.FAILED, "it can't be made again")
        self.give_up("without the edition, nothing can be made that describes it", after="edition")

    def compared(self, remade: Remade) -> None:
        """Say what is not as it was: an error, unless other versions are at work."""
        from teipipe.build import remaking

        paths = {one.path for one in remade.differences}
        if any(path.startswith(f"{layout.STYLESHEETS}/") for path in paths):
            self.versions += ("the stylesheets that come with teipipe are others",)
        if layout.REQUIREMENTS in paths:
            self.versions += (f"{layout.REQUIREMENTS} names others",)
        if any(path.startswith(layout.PROGRAM) for path in paths):
            self.versions += ("the teipipe that lies in it is another",)
        if not self.versions:
            for one in remade.differences:
                place = Location(self.home / one.path, one.line)
                self.found.append(finding("not-reproduced", remaking.in_words(one), place))
            return
        self.report("other-version", f"it was made by other versions: {'; '.join(self.versions)}", layout.DESCRIPTION)
        for part, differences in remaking.by_part(remade.differences).items():
            self.report("other-version", remaking.summary(differences), part)

    def made(self, name: str, what: str, same: int, differences: Sequence[Difference]) -> None:
        """Note what making something again came to."""
        total = same + len(differences)
        if not differences:
            words = f"{what} was made again from the package alone: all {total:,} files are the same, byte for byte"
            self.step(name, State.PROVED, words)
            return
        words = f"{what} was made again from the package alone, by other versions" if self.versions else what
        state = State.DIFFERS if self.versions else State.FAILED
        self.step(name, state, f"{words}: {same:,} of {total:,} files are the same, byte for byte")

    def step(self, name: str, state: State, words: str) -> None:
        """Note what a step came to."""
        self.steps.append(Step(name, state, words))

    def give_up(self, why: str, *, after: str = "package") -> None:
        """Note that the steps after this one were not done."""
        for name in _STEPS[_STEPS.index(after) + 1 :]:
            self.step(name, State.UNDONE, why)

    def report(
        self, rule: str, message: str, path: str, help: str | None = None, *, severity: Severity | None = None
    ) -> None:
        """Note a finding about a path below data/."""
        self.found.append(finding(rule, message, Location(self.home / path), help, severity=severity))

    def _read(self, path: str) -> bytes:
        with self.bag.open(f"data/{path}") as file:
            data = file.read(_MAX_RECORD + 1)
        if len(data) > _MAX_RECORD:
            raise BagError(f"its {path} has more than {_MAX_RECORD:,} bytes")
        return data

    def _checksums(self) -> dict[str, str]:
        """The SHA-512 of all files of the payload, as the manifest that was checked has them."""
        with self.bag.open(_MANIFEST) as file:
            data = file.read(manifests.LARGEST)
        return manifests.payload_checksums(_MANIFEST, data)


def _environment(day: str) -> Mapping[str, str]:
    """What makes a build think that it is made on that day, for documents that note none."""
    try:
        start = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError:  # none, or only a year: that of the newest change, which is in the documents
        return {}
    return {"SOURCE_DATE_EPOCH": str(int(start.timestamp()))}


def _version(package: Package) -> str:
    return next((tool.version for tool in package.tools if tool.name == "teipipe"), "")


def _other_versions(package: Package) -> Iterator[str]:
    """What made a package, where that isn't what is here."""
    from teipipe.books.settings import CJK_PACKAGE
    from teipipe.deposit.requirements import code, installed

    has_fonts = any(tool.name == CJK_PACKAGE for tool in package.tools)
    here = dict(installed("cjk" if has_fonts else ""))
    here[platform.python_implementation()] = platform.python_version()
    for tool in package.tools:
        if here.get(tool.name) != tool.version:
            yield f"{tool.name} {tool.version}, here {here.get(tool.name, 'none')}"
    if package.code and package.code != code():
        yield "the code of teipipe is another"


def _judged(verdict: Verdict, compared: reported.Compared) -> str:
    schemas = ", ".join(f"{schema.language} {Path(schema.name).name}" for schema in verdict.schemas)
    words = _several(len(verdict.documents), "document was", "documents were")
    words += f" checked, by {schemas}" if schemas else " checked, by no schema: there is none"
    if compared.known:
        words += f"; {_several(len(compared.known), 'finding is', 'findings are')} in the report of that day, too"
    if compared.new:
        words += f"; {_several(len(compared.new), 'finding is', 'findings are')} new"
    if not (compared.known or compared.new):
        words += "; nothing was found"
    return words


def _several(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
