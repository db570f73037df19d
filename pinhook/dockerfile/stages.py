"""Build stages: the variables and the shell at each instruction.

Follows BuildKit's frontend/dockerfile/dockerfile2llb.
"""

from __future__ import annotations

from bisect import bisect_left

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.budget import Budget
from pinhook.dockerfile import shells
from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.expansion import expand
from pinhook.dockerfile.variables import Variables
from pinhook.dockerfile.words import parse_pairs, split_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from pinhook.dockerfile.instruction import Dockerfile, Instruction
    from pinhook.dockerfile.shells import Shell
    from pinhook.source import SourceText


class StageScope(NamedTuple):
    """The environment of an instruction: variables with a known value, the shell, and the budget of the file.

    A missing variable is unset, or its value is not in the file: it comes from the base image or from an ``ARG``
    without a default. The characters of a value have their origin in the file; parts that only the build knows are
    unknown. ``declared`` are the build arguments of the stage by name, those without a default included.
    """

    variables: Variables
    shell: Shell
    budget: Budget
    declared: Variables
    global_names: Collection[str] = ()
    """The names of the build arguments before the first ``FROM``."""

    def is_undeclared(self, name: str) -> bool:
        """Whether a build argument is declared before the first ``FROM`` and not repeated in the stage."""
        return name in self.global_names and name not in self.declared and name not in self.variables


class StageStart(NamedTuple):
    """The arguments of a ``FROM``: the image, and the name of the stage in lower case, empty if it has none."""

    image: str
    name: str

    @property
    def base(self) -> str:
        """The name to look up among the stages, in lower case. A number is not a stage here; it is for ``--from``."""
        return "" if self.image.isdecimal() else self.image.lower()


def parse_from(instruction: Instruction, value: Callable[[SourceText], SourceText]) -> StageStart:
    """The arguments of a ``FROM``. ``value`` replaces the variables of a word; a name of a stage has none."""
    fields = split_fields(instruction.arguments)
    is_named = len(fields) == 3 and str(fields[1]).lower() == "as"
    return StageStart(str(value(fields[0])) if fields else "", str(fields[2]).lower() if is_named else "")


def walk(dockerfile: Dockerfile) -> Iterator[tuple[Instruction, StageScope]]:
    """Yield every instruction with its scope.

    ``ONBUILD`` gives the inner instruction, in the scope of an image that is built on this stage.

    * An ``ARG`` before the first ``FROM`` is visible in every ``FROM``, and in a stage after ``ARG NAME``.
    * A stage based on an earlier one starts with its variables and shell. Names of stages ignore case.
    * The words of one ``ENV`` see the values before it. The words of one ``ARG`` see those to their left.
    * The later of ``ENV`` and ``ARG`` wins. (The manual's "ENV always overrides ARG" describes the old builder.)
    * A comment ``# hadolint shell=name`` names the shell of the base image. Before the first ``FROM`` it is for all
      stages that are not based on an earlier one, in a stage for the rest of that stage.
    """
    walker = _StageWalker(dockerfile.escape, Budget(len(dockerfile.source.text)), list(_pragmas(dockerfile)))
    return walker.walk(dockerfile.instructions)


def _pragmas(dockerfile: Dockerfile) -> Iterator[tuple[int, Shell]]:
    """The shells that comments outside of the instructions name, and where each comment starts."""
    text = dockerfile.source.text
    if "hadolint" not in text:
        return
    starts = [each.span.start for each in dockerfile.instructions]
    for start, end in dockerfile.comments:
        before = bisect_left(starts, start) - 1
        is_inside = before >= 0 and start < dockerfile.instructions[before].span.end
        if not is_inside and (shell := shells.of_pragma(text[start:end])):
            yield start, shell


class _StageWalker:
    def __init__(self, escape: str, budget: Budget, pragmas: list[tuple[int, Shell]]) -> None:
        self.escape, self.budget = escape, budget
        self.pragmas = pragmas[::-1]  # those that are ahead, the next one last
        self.default_shell: Shell | None = None
        self.is_in_stage = False
        self.global_names: frozenset[str] = frozenset()
        self.global_arguments = Variables()
        self.scope = self.trigger_scope = StageScope(self.global_arguments, shells.DEFAULT, budget, Variables())
        self.name = ""
        self.stage_scopes: dict[str, StageScope] = {}

    def walk(self, instructions: tuple[Instruction, ...]) -> Iterator[tuple[Instruction, StageScope]]:
        for instruction in instructions:
            while self.pragmas and self.pragmas[-1][0] < instruction.span.start:
                self.apply_pragma(self.pragmas.pop()[1])
            if instruction.inner:
                yield instruction.inner, self.trigger_scope
                self.trigger_scope = self.after(instruction.inner, self.trigger_scope)
                continue
            yield instruction, self.scope
            if instruction.keyword == "FROM":
                self.begin_stage(instruction)
            elif instruction.keyword in {"ARG", "ENV", "SHELL"}:
                is_shared = self.scope is self.trigger_scope
                self.scope = self.after(instruction, self.scope)
                self.trigger_scope = self.scope if is_shared else self.after(instruction, self.trigger_scope)

    def apply_pragma(self, shell: Shell) -> None:
        if not self.is_in_stage:
            self.default_shell = shell
            return
        is_shared = self.scope is self.trigger_scope
        self.scope = self.scope._replace(shell=shell)
        self.trigger_scope = self.scope if is_shared else self.trigger_scope._replace(shell=shell)

    def begin_stage(self, instruction: Instruction) -> None:
        if self.name:
            self.stage_scopes[self.name] = (
                self.trigger_scope
            )  # an image built on a stage runs the triggers of that stage
        if not self.is_in_stage:
            self.global_arguments = self.scope.variables
            self.global_names = frozenset(self.scope.declared)
        self.is_in_stage = True
        start = parse_from(instruction, lambda word: self.value(word, self.global_arguments))
        self.name = start.name
        shell = self.default_shell or shells.of_image(start.image)
        self.scope = self.trigger_scope = self.stage_scopes.get(start.base) or StageScope(
            Variables(), shell, self.budget, Variables(), self.global_names
        )

    def after(self, instruction: Instruction, scope: StageScope) -> StageScope:
        if instruction.keyword == "ENV":
            return self.after_env(instruction, scope)
        if instruction.keyword == "ARG":
            return self.after_arg(instruction, scope)
        if instruction.keyword == "SHELL":
            return _after_shell(instruction, scope)
        return scope

    def after_env(self, instruction: Instruction, scope: StageScope) -> StageScope:
        before = scope.variables
        changes = {
            str(self.value(name, before)): self.value(value, before)
            for name, value in parse_pairs(instruction, self.escape)
            if value is not None
        }
        return scope._replace(variables=before.with_changes(changes))

    def after_arg(self, instruction: Instruction, scope: StageScope) -> StageScope:
        variables, declared = scope.variables, scope.declared
        for written, default in parse_pairs(instruction, self.escape):
            name = str(self.value(written, variables))
            declared = declared.with_changes({name: written})
            if default is not None:
                variables = variables.with_changes({name: self.value(default, variables)})
            elif name in self.global_arguments:
                variables = variables.with_changes({name: self.global_arguments[name]})
        return scope._replace(variables=variables, declared=declared)

    def value(self, written: SourceText, variables: Mapping[str, SourceText]) -> SourceText:
        return expand(written, variables, self.escape, self.budget)


def _after_shell(instruction: Instruction, scope: StageScope) -> StageScope:
    try:
        arguments = parse_exec_form(instruction.arguments)
    except NotStringsError:
        arguments = None
    return scope._replace(shell=shells.of_instruction(arguments)) if arguments else scope
