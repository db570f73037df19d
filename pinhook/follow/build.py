"""A build, stage by stage: the files that commands find in the image."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile import walk
from pinhook.dockerfile.words import split_fields
from pinhook.follow.copies import InstructionContext, context_sources, copied, mounted
from pinhook.follow.image_paths import join_path
from pinhook.follow.layers import Layer, Layers, Unresolved
from pinhook.follow.written_files import redirected_layers, written_layers
from pinhook.shell import WORKING_DIRECTORY

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile, Instruction, StageScope
    from pinhook.follow.layers import BuildContext
    from pinhook.shell import SimpleCommand
    from pinhook.source import SourceText, Span

_ROOT = regex(r"(?:.*/)?(?:python|debian|ubuntu|alpine|fedora|centos|rockylinux|busybox|scratch|pypy)(?:[:@].*)?")
_LAMBDA = regex(r"(?:^|/)lambda/(?:python|provided)(?:[:@]|$)")
_TRIGGERED = Unresolved("is that of a build on this image")
_BASE = "/$WORKDIR"  # working directory of an unknown image: always the same folder, but an unknown one
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

    ``files_at`` maps the span of each requested command to its files. ``missing`` are paths that an instruction copies
    and that are not in the repository.
    """

    context: BuildContext
    files_at: Mapping[Span, FilesAtCommand]
    missing: tuple[str, ...]


def build(
    parsed: Dockerfile, context: BuildContext, commands: Mapping[int, Sequence[SimpleCommand]], spans: Collection[Span]
) -> Build:
    """Evaluate a Dockerfile.

    ``commands`` maps the start of an instruction to its commands; ``spans`` are those requested.
    """
    builder = _Builder(parsed, context, commands, spans)
    builder.run_build()
    return Build(context, builder.files_at, tuple(builder.missing))


def _first_folder(image: str) -> str:
    """The working directory of a base image."""
    if _LAMBDA.search(image):
        return "/var/task"
    return "/" if _ROOT.fullmatch(image) else _BASE


class _Builder:
    def __init__(
        self,
        parsed: Dockerfile,
        context: BuildContext,
        commands: Mapping[int, Sequence[SimpleCommand]],
        spans: Collection[Span],
    ) -> None:
        self.parsed, self.context, self.commands, self.wanted = parsed, context, commands, spans
        self.files_at: dict[Span, FilesAtCommand] = {}
        self.missing: list[str] = []
        self.stages: dict[str, Layers] = {}
        self.workdirs: dict[str, str] = {}
        self.names: list[str] = []
        self.layers = Layers()
        self.triggered: tuple[Layer, ...] = ()
        self.workdir = _BASE
        self.number = 0

    def run_build(self) -> None:
        arguments: StageScope | None = None  # of the first FROM; every FROM sees it
        for instruction, (inner, scope) in zip(self.parsed.instructions, walk(self.parsed), strict=True):
            context = InstructionContext(scope, self.parsed.escape, self.workdir, self.context, self.stages)
            if instruction.keyword == "FROM":
                arguments = arguments or scope
                self.begin(instruction, context._replace(scope=arguments))
            elif instruction.inner:
                self.trigger(inner, context)
            else:
                self.apply(instruction, context)
        self.end()

    def apply(self, instruction: Instruction, context: InstructionContext) -> None:
        self.missing += [path for path in context_sources(instruction, context) if not self.exists(path)]
        match instruction.keyword:
            case "WORKDIR":
                self.workdir = join_path(self.workdir, str(context.value(instruction.arguments)) or ".")
            case "COPY" | "ADD":
                self.layers = self.layers.with_layers(copied(instruction, context))
            case "RUN":
                self.run(instruction, context)
            case "CMD" | "ENTRYPOINT" | "HEALTHCHECK":
                self.run(instruction, context, keeps=False)

    def trigger(self, instruction: Instruction, context: InstructionContext) -> None:
        """Evaluate ``ONBUILD`` for a build on this image. That build has another context."""
        if instruction.keyword in {"COPY", "ADD"}:
            self.triggered = (Layer("/", _TRIGGERED, is_folder=True),)
        before = self.layers
        self.layers = before.with_layers(self.triggered)
        self.run(instruction, context, keeps=False)
        self.layers = before

    def exists(self, path: str) -> bool:
        return self.context.repository.is_file(path) or self.context.repository.is_folder(path)

    def begin(self, instruction: Instruction, context: InstructionContext) -> None:
        self.end()
        fields = [str(context.value(field)) for field in split_fields(instruction.arguments)]
        base = fields[0].lower() if fields else ""
        self.triggered = ()
        self.layers = self.stages.get(base, Layers())
        self.workdir = self.workdirs.get(base) or _first_folder(base)
        self.names = [str(self.number)]
        if len(fields) == 3 and fields[1].lower() == "as":
            self.names.append(fields[2].lower())
        self.number += 1

    def end(self) -> None:
        for name in self.names:
            self.stages[name] = self.layers.with_layers(self.triggered)
            self.workdirs[name] = self.workdir

    def run(self, instruction: Instruction, context: InstructionContext, *, keeps: bool = True) -> None:
        """Evaluate the commands of an instruction in order. Each one sees the files that the previous ones wrote."""
        commands = self.commands.get(instruction.span.start, ())
        script = instruction.arguments.source.text[slice(*instruction.span)]
        changes_root = _runs_elsewhere(script)
        folders = [None if changes_root else self.folder_of(command) for command in commands]
        writes = list(redirected_layers(script, self.workdir, commands, folders))
        found = self.layers.with_layers(mounted(instruction, context)).with_layers(writes)
        for command, folder in zip(commands, folders, strict=True):
            if command.place.span in self.wanted:
                self.files_at.setdefault(command.place.span, FilesAtCommand(found, folder))
            else:
                more = tuple(written_layers(command, folder, found))
                writes += more
                found = found.with_layers(more)
        if keeps:
            self.layers = self.layers.with_layers(writes)

    def folder_of(self, command: SimpleCommand) -> str | None:
        folders = command.environment.get(WORKING_DIRECTORY, ())
        paths = {join_path(self.workdir, str(folder)) for folder in folders if folder.is_known}
        return next(iter(paths)) if len(paths) == 1 and all(map(_is_known, folders)) else None


def _is_known(text: SourceText) -> bool:
    return text.is_known
