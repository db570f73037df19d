"""A build, stage by stage: the files that commands find in the image."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile import parse_from, walk
from pinhook.dockerfile.instruction import RUNNING
from pinhook.follow.copies import InstructionContext, context_sources, copied, mounted
from pinhook.follow.image_paths import join_path
from pinhook.follow.layers import Layer, Layers, Unresolved
from pinhook.follow.written_files import redirected_layers, written_layers
from pinhook.shell import WORKING_DIRECTORY

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile, Instruction, StageScope
    from pinhook.follow.layers import BuildContext
    from pinhook.shell import SimpleCommand
    from pinhook.source import Place, SourceText

_ROOT = regex(r"(?:.*/)?(?:python|debian|ubuntu|alpine|fedora|centos|rockylinux|busybox|scratch|pypy)(?:[:@].*)?")
_LAMBDA = regex(r"(?:^|/)lambda/(?:python|provided)(?:[:@]|$)")
_TRIGGERED = Unresolved("is in the build context of an image that is based on this one")
_UNKNOWN_WORKDIR = "/$WORKDIR"  # working directory of an unknown image: always the same folder, but an unknown one
_CHANGES_ROOT = regex(r"\bchroot\b|--chdir\b|--cwd\b|\bsudo\s+(?:-\S+\s+){0,9}-\w*[iD]|\benv\s+(?:-\S+\s+){0,9}-C")
_LOGIN = (regex(r"\bsu\s"), regex(r"\s(?:-\s|-l|--login)"))
_PROJECT = (regex(r"\buvx?\s"), regex(r"--(?:directory|project)\b"))
_COMMAND_END = regex(r"[&|;\n]")


def _runs_elsewhere(script: str) -> bool:
    """Whether a command of a script may run in another working directory than the script."""
    if _CHANGES_ROOT.search(script) or _in_order(script, *_LOGIN):
        return True
    return "--" in script and any(_in_order(command, *_PROJECT) for command in _COMMAND_END.split(script))


def _in_order(script: str, first: re.Pattern[str], second: re.Pattern[str]) -> bool:
    """Whether a match of the first pattern is followed by one of the second; they may share a blank."""
    found = first.search(script)
    return found is not None and second.search(script, found.end() - 1) is not None


class FilesAtCommand(NamedTuple):
    """The files of the image at a command, and its working directory (``None`` if unknown)."""

    layers: Layers
    folder: str | None


class Build(NamedTuple):
    """A Dockerfile built in a context.

    ``files_at`` maps the place of each requested command to its files. ``missing`` are paths that an instruction copies
    and that are not in the repository.
    """

    context: BuildContext
    files_at: Mapping[Place, FilesAtCommand]
    missing: tuple[str, ...]


def build(
    parsed: Dockerfile,
    context: BuildContext,
    commands: Mapping[int, Sequence[SimpleCommand]],
    wanted: Collection[Place],
) -> Build:
    """Evaluate a Dockerfile.

    ``commands`` maps the start of an instruction to its commands; ``wanted`` are the places of those requested.
    """
    builder = Builder(parsed, context)
    files_at: dict[Place, FilesAtCommand] = {}
    while instruction := builder.advance():
        found = commands.get(instruction.span.start, ())
        builder.redirect(found)
        for command in found:
            if command.place in wanted:
                files_at.setdefault(command.place, builder.files_at(command))
            else:
                builder.add(command)
    return Build(context, files_at, tuple(builder.missing))


def _first_folder(image: str) -> str:
    """The working directory of a base image."""
    if _LAMBDA.search(image):
        return "/var/task"
    return "/" if _ROOT.fullmatch(image) else _UNKNOWN_WORKDIR


def missing_sources(parsed: Dockerfile, context: BuildContext) -> list[str]:
    """The paths in the repository that an instruction copies and that are not there."""
    builder = Builder(parsed, context)
    while builder.advance():
        pass
    return builder.missing


class Builder:
    """Goes through a Dockerfile, one instruction after the other.

    After ``advance`` comes ``add`` for each command that the instruction runs, and ``redirect`` before or after them;
    in between, ``files_at`` gives what the next command finds.
    """

    def __init__(self, parsed: Dockerfile, context: BuildContext) -> None:
        self.parsed, self.context = parsed, context
        self.steps = zip(parsed.instructions, walk(parsed), strict=True)
        self.missing: list[str] = []
        self.stages: dict[str, Layers] = {}
        self.workdirs: dict[str, str] = {}
        self.names: list[str] = []
        self.arguments: StageScope | None = None  # that of the first FROM, which every FROM sees
        self.layers = Layers()
        self.triggered: tuple[Layer, ...] = ()
        self.workdir = _UNKNOWN_WORKDIR
        self.number = 0
        self.instruction: Instruction | None = None  # the one whose commands run
        self.keeps = False  # whether the image keeps what they write
        self.script = ""  # the text of the instruction
        self.changes_root = False
        self.writes: list[Layer] = []
        self.file_names: set[str] = set()  # of all files that have been written or copied, in whatever stage
        self.folders: set[str] = set()  # those that have been filled
        self.is_filled: dict[str, bool] = {}  # whether a folder is below one of these, or one of these itself
        self.found = Layers()

    def advance(self) -> Instruction | None:
        """Finish an instruction and go to the next one, or to the one after its ONBUILD; ``None`` at the end."""
        if self.keeps:
            self.layers = self.layers.with_layers(self.writes)
        self.writes, self.keeps = [], False
        step = next(self.steps, None)
        if step is None:
            self.end()
            return None
        instruction, (self.instruction, scope) = step
        context = InstructionContext(scope, self.parsed.escape, self.workdir, self.context, self.stages)
        self.found = self.layers
        if self.instruction.keyword in RUNNING:
            self.script = self.parsed.source.text[slice(*self.instruction.span)]
            self.changes_root = _runs_elsewhere(self.script)
        if instruction.keyword == "FROM":
            self.arguments = self.arguments or scope
            self.begin(instruction, context._replace(scope=self.arguments))
        elif instruction.inner:
            self.trigger(self.instruction, context)
        else:
            self.apply(instruction, context)
        return self.instruction

    def apply(self, instruction: Instruction, context: InstructionContext) -> None:
        """What an instruction does to the image, its commands aside."""
        self.missing += [path for path in context_sources(instruction, context) if not self.exists(path)]
        match instruction.keyword:
            case "WORKDIR":
                self.workdir = join_path(self.workdir, str(context.value(instruction.arguments)) or ".")
            case "COPY" | "ADD":
                self.layers = self.layers.with_layers(self.recorded(copied(instruction, context)))
            case "RUN":
                self.keeps = True
                self.found = self.layers.with_layers(self.recorded(mounted(instruction, context)))

    def trigger(self, instruction: Instruction, context: InstructionContext) -> None:
        """Evaluate ``ONBUILD`` for a build on this image. That build has another context."""
        if instruction.keyword in {"COPY", "ADD"}:
            self.triggered = (Layer("/", _TRIGGERED, is_folder=True),)
        self.found = self.layers.with_layers(self.recorded((*self.triggered, *mounted(instruction, context))))

    def recorded(self, layers: Iterable[Layer]) -> tuple[Layer, ...]:
        """The layers, after what they fill is known to ``may_have``."""
        found = tuple(layers)
        self.file_names.update(posixpath.basename(each.target) for each in found)
        if more := {each.target for each in found if each.is_folder} - self.folders:
            self.folders |= more
            self.is_filled.clear()
        return found

    def may_have(self, path: str) -> bool:
        """Whether any layer of the build may have something at a path, in O(1)."""
        if posixpath.basename(path) in self.file_names:
            return True
        first = folder = posixpath.dirname(path)
        if first not in self.is_filled:
            while folder not in self.folders and folder != posixpath.dirname(folder):
                folder = posixpath.dirname(folder)
            self.is_filled[first] = folder in self.folders
        return self.is_filled[first]

    def exists(self, path: str) -> bool:
        """Whether there is something at a path of the repository."""
        return self.context.repository.is_file(path) or self.context.repository.is_folder(path)

    def begin(self, instruction: Instruction, context: InstructionContext) -> None:
        """A new stage."""
        self.end()
        start = parse_from(instruction, context.value)
        self.triggered = ()
        self.layers = self.stages.get(start.base, Layers())
        self.workdir = self.workdirs.get(start.base) or _first_folder(start.image.lower())
        self.names = list(filter(None, (str(self.number), start.name)))
        self.number += 1

    def end(self) -> None:
        """The end of a stage."""
        for name in self.names:
            self.stages[name] = self.layers.with_layers(self.triggered)
            self.workdirs[name] = self.workdir

    def redirect(self, commands: Sequence[SimpleCommand]) -> None:
        """Add what groups and loops of the instruction write. ``commands`` are those of its own script.

        Layers that a command itself writes hide them.
        """
        if self.instruction and self.instruction.keyword in RUNNING:
            folders = [self.folder(command) for command in commands]
            layers = self.recorded(redirected_layers(self.script, self.workdir, commands, folders))
            self.writes = [*layers, *self.writes]
            self.found = self.found.with_layers(layers)

    def add(self, command: SimpleCommand) -> None:
        """Add the files that a command writes. The next command finds them."""
        more = self.recorded(written_layers(command, self.folder(command), self.found))
        self.writes += more
        self.found = self.found.with_layers(more)

    def files_now(self) -> FilesAtCommand:
        """What the next command finds, in the working directory of the instruction."""
        return FilesAtCommand(self.found, self.workdir)

    def files_at(self, command: SimpleCommand) -> FilesAtCommand:
        """What a command finds."""
        return FilesAtCommand(self.found, self.folder(command))

    def folder(self, command: SimpleCommand) -> str | None:
        """The working directory of a command, ``None`` for one that is not known."""
        return self.folder_of(command.environment.get(WORKING_DIRECTORY, ()))

    def folder_of(self, folders: Sequence[SourceText | None]) -> str | None:
        """The working directory, from its possible values in a shell; ``None`` if it is not certain."""
        paths = {join_path(self.workdir, str(each)) for each in folders if each is not None and each.is_known}
        are_known = len(paths) == 1 and all(each is not None and each.is_known for each in folders)
        return next(iter(paths)) if are_known and not self.changes_root else None
