"""The Pythons of a Dockerfile, stage by stage and command by command, and the Python of each install command."""

from __future__ import annotations

from functools import partial

from pinhook import dockerfile
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.expansion import expand
from pinhook.fix.image import conclusions, effects
from pinhook.fix.image.base import Base, base_of
from pinhook.fix.image.command import RunCommand
from pinhook.fix.image.contradiction import Contradiction
from pinhook.fix.image.copied_programs import CopiedPrograms
from pinhook.fix.image.instruction_text import InstructionText
from pinhook.fix.image.interpreters import Interpreters
from pinhook.fix.image.named_folders import NamedFolders
from pinhook.fix.image.python import Python, UnknownPython
from pinhook.follow.image_paths import join_path
from pinhook.shell import SimpleCommand, Unreadable
from pinhook.source import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pinhook.fix.image.base import ImageSettings
    from pinhook.fix.steps import Step
    from pinhook.source import Source, SourceText

    Load = Callable[[str], Source | None]
    Read = Callable[[str, Place], str | None]

_SHELL_FORM = regex(r"(?:.*/)?(?:conda|mamba|micromamba)")
_MAX_IMAGES = 8
"""Maximum number of Dockerfiles of the repository that are based on each other."""


class StepImage(NamedTuple):
    """The image at a step: the Python that it installs for, or why it is unknown.

    ``caveats`` make a fix unsafe. ``installed`` are projects that may already be installed and that the command keeps.
    """

    base: Base
    python: Python | UnknownPython
    caveats: tuple[str, ...] = ()
    installed: frozenset[str] = frozenset()


def images_of_steps(
    parsed: dockerfile.Dockerfile,
    steps: Sequence[Step],
    settings: ImageSettings | None = None,
    load: Load | None = None,
    read: Read | None = None,
) -> list[StepImage]:
    """The image of each step. ``load`` reads a Dockerfile of the repository by path.

    ``read`` reads a file of the image by the path that the command at a place names.
    """
    walker = _Walker(parsed, steps, settings, load, read=read)
    walker.walk()
    return walker.found


class _Walker:
    def __init__(
        self,
        parsed: dockerfile.Dockerfile,
        steps: Sequence[Step],
        settings: ImageSettings | None,
        load: Load | None,
        depth: int = 0,
        read: Read | None = None,
    ) -> None:
        self.parsed, self.settings, self.load, self.depth, self.read = parsed, settings, load, depth, read
        self.steps: dict[int, list[Step]] = {}
        for step in steps:
            self.steps.setdefault(step.instruction_number, []).append(step)
        self.state = Interpreters(base_of("", []))
        self.stages: dict[str, Interpreters] = {}
        self.names: list[str] = []
        self.variables: Mapping[str, SourceText] | None = None
        self.count = 0
        self.found: list[StepImage] = []
        self.copied = CopiedPrograms(self.state, self.origin, parsed.escape)
        self.triggering: set[str] = set()  # names of stages with ONBUILD
        self.waiting: dict[tuple[int, str, int], list[int]] = {}

    def walk(self) -> Interpreters:
        """Evaluate the instructions. Returns the state at the end of the last stage."""
        for number, (instruction, (inner, scope)) in enumerate(
            zip(self.parsed.instructions, dockerfile.walk(self.parsed), strict=True)
        ):
            value = partial(expand, variables=scope.variables, escape=self.parsed.escape, budget=scope.budget)
            is_now = instruction.inner is None and instruction.keyword == "RUN"
            if instruction.inner is not None and instruction.inner.keyword in {"RUN", "COPY", "ADD"}:
                self.triggering.update(self.names)
            if instruction.keyword == "FROM":
                self.begin(instruction, scope, value)
            elif instruction.keyword == "WORKDIR":
                self.state.folder = join_path(self.state.folder, str(value(instruction.arguments)).strip("\"'"))
            elif instruction.keyword == "USER":
                self.state.is_root = str(value(instruction.arguments)).partition(":")[0] in {"root", "0"}
            elif instruction.keyword in {"COPY", "ADD"}:
                self.copied.apply(instruction, value)
            self.run(self.steps.get(number, ()), inner, is_now=is_now)
            for name in self.names:
                self.stages[name] = self.state
        return self.state

    # stages

    def begin(
        self,
        instruction: dockerfile.Instruction,
        scope: dockerfile.StageScope,
        value: Callable[..., SourceText],
    ) -> None:
        """Start a stage with the state of an earlier one, or with an image."""
        self.variables = scope.variables if self.variables is None else self.variables
        start = dockerfile.parse_from(instruction, partial(value, variables=self.variables))
        flags = [str(value(flag, variables=self.variables)) for flag in instruction.flags]
        earlier = self.stages.get(start.base)
        place = Place(self.parsed.source, instruction.span)
        self.state = earlier.copy() if earlier else self.image(start.image, flags, place)
        self.state.named_folders = NamedFolders(self.state.named_folders)
        if start.base in self.triggering:
            self.state.forget(UnknownPython(f"the triggers of {start.image} run first", place))
        self.names = list(filter(None, (str(self.count), start.name)))
        self.count += 1
        self.copied = CopiedPrograms(self.state, self.origin, self.parsed.escape)

    def origin(self, name: str, place: Place) -> Interpreters:
        """The state of the stage or image that ``COPY --from`` names."""
        return self.stages.get(name.lower()) or self.image(name, [], place)

    def image(self, name: str, flags: Sequence[str], place: Place | None) -> Interpreters:
        """The state of an image: by its name, or by the Dockerfile of the repository that builds it."""
        base = base_of(name, flags, self.settings)
        if base.dockerfile and self.load and self.depth < _MAX_IMAGES and (source := self.load(base.dockerfile)):
            from pinhook.fix.steps import steps_of

            parsed = dockerfile.parse(source)
            return _Walker(parsed, steps_of(parsed), self.settings, self.load, self.depth + 1).walk().copy()
        return Interpreters(_placed(base, place), place, self.read)

    # instructions

    def run(self, steps: Sequence[Step], inner: dockerfile.Instruction, *, is_now: bool) -> None:
        """Apply the commands of an instruction. Those that run later or elsewhere have no effect."""
        text = InstructionText(self.parsed.source.text[slice(*inner.span)])
        branches: list[tuple[int, Interpreters, SimpleCommand]] = []
        before = self.state.folder
        for step in steps:
            item = step.item
            if not isinstance(item, SimpleCommand):
                self.found.append(StepImage(self.state.base, UnknownPython("it is no command")))
                if isinstance(item, Unreadable) and is_now:
                    self.state.forget(UnknownPython("a script could not be read", item.place))
                continue
            if is_now:
                self.enter(branches, item)
            ran = RunCommand(item, _conda_of_shell(step))
            self.state.folder = _folder(ran, before)
            effects.note_wheels(ran, self.state)
            self.found.append(self.conclude(ran, step))
            if is_now:
                self.prove_earlier(ran)
                effects.apply(ran, self.state, text)
        self.leave(branches, 0)
        self.state.folder = before

    def enter(self, branches: list[tuple[int, Interpreters, SimpleCommand]], command: SimpleCommand) -> None:
        """Leave the branches that do not contain a command, and enter those that do."""
        common = 0
        while common < min(len(branches), len(command.branch)) and branches[common][0] == command.branch[common]:
            common += 1
        self.leave(branches, common)
        branches += [(number, self.state.copy(), command) for number in command.branch[common:]]

    def leave(self, branches: list[tuple[int, Interpreters, SimpleCommand]], count: int) -> None:
        """Leave branches until a number of them is left. After each, its changes are uncertain."""
        while len(branches) > count:
            _, before, command = branches.pop()
            line = command.place.source.position(command.place.span.start).line
            self.state.join(before, UnknownPython(f"whether line {line} runs depends on a condition", command.place))

    def prove_earlier(self, ran: RunCommand) -> None:
        """Give earlier commands of the same program the Python that a wheel proves, if nothing has changed since."""
        key = (self.count, ran.program, self.state.changes)
        proof = self.state.proofs.get(ran.program)
        if proof is None or ran.command.branch:
            self.waiting.setdefault(key, []).append(len(self.found) - 1)
            return
        for number in self.waiting.pop(key, ()):
            if isinstance(self.found[number].python, UnknownPython) and not isinstance(
                self.found[number].python, Contradiction
            ):
                self.found[number] = self.found[number]._replace(python=proof)

    def conclude(self, ran: RunCommand, step: Step) -> StepImage:
        """The Python of a step that installs."""
        base = self.state.base
        if step.installation is None:
            return StepImage(base, UnknownPython("it installs nothing"))
        installer = step.installation.installer
        python = conclusions.python_of(ran, installer, self.state)
        if isinstance(python, UnknownPython):
            return StepImage(base, python)
        place = ran.command.place
        python = python._replace(
            evidence=tuple(dict.fromkeys(each._replace(place=each.place or place) for each in python.evidence))
        )
        caveats = conclusions.caveats_of(ran, installer, python, self.state)
        return StepImage(base, python, caveats, conclusions.installed_of(ran, installer))


def _placed(base: Base, place: Place | None) -> Base:
    """The base with the place of ``FROM`` in its evidence."""

    def placed(python: Python | UnknownPython) -> Python | UnknownPython:
        if isinstance(python, UnknownPython):
            return python._replace(place=python.place or place)
        return python._replace(evidence=tuple(each._replace(place=each.place or place) for each in python.evidence))

    return base._replace(own=placed(base.own), pythons={path: placed(python) for path, python in base.pythons.items()})


def _folder(ran: RunCommand, before: str) -> str:
    """The working directory of a command, relative to that of its instruction."""
    values = ran.command.environment.get(".", ())
    return join_path(before, str(values[0])) if len(values) == 1 and str(values[0]) else before


def _conda_of_shell(step: Step) -> str:
    """The environment of ``SHELL ["conda", "run", "-n", "x", …]``."""
    form = step.command and step.command.form
    words = list(map(str, form.shell.arguments)) if isinstance(form, dockerfile.ShellForm) else []
    if not words or not _SHELL_FORM.fullmatch(words[0]) or "run" not in words:
        return ""
    for option in ("-n", "--name", "-p", "--prefix"):
        if option in words[:-1]:
            return words[words.index(option) + 1]
    return "base"
