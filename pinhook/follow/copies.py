"""The files that ``COPY``, ``ADD`` and ``RUN --mount`` put into the image."""

from __future__ import annotations

import posixpath
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.expansion import expand, expand_heredoc
from pinhook.dockerfile.heredocs import is_heredoc
from pinhook.dockerfile.words import split_words
from pinhook.follow.image_paths import join_path
from pinhook.follow.layers import (
    MISSING,
    OUTSIDE,
    CopiedFromContext,
    CopiedFromStage,
    Layer,
    Unresolved,
    WrittenByDockerfile,
)
from pinhook.repository import dockerignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pinhook.dockerfile import Heredoc, Instruction, StageScope
    from pinhook.follow.layers import BuildContext, Layers, Origin
    from pinhook.source import SourceText

_UNKNOWN = Unresolved("is copied from or to a place that only the build knows")
_HIDDEN = Unresolved("is hidden by a mount")
_UNPACKED = Unresolved("comes from an archive")
_REMOTE = regex(r"(?:https?|git|ssh)://|git@|[\w.-]+\.git(?:#|$)", re.IGNORECASE)
_ARCHIVE = regex(r"\.(?:tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst))$", re.IGNORECASE)


class InstructionContext(NamedTuple):
    """The state at an instruction: scope, working directory, build context, and earlier stages.

    ``stages`` maps the name (in lower case) and the number of each stage to its layers.
    """

    scope: StageScope
    escape: str
    workdir: str
    context: BuildContext
    stages: Mapping[str, Layers]

    def value(self, text: SourceText) -> SourceText:
        """A word with its variables replaced."""
        return expand(text, self.scope.variables, self.escape, self.scope.budget)

    def named(self, name: str) -> BuildContext | None:
        """The build context with a name; ``None`` if the name is that of a stage or of an image."""
        name = name.lower()
        return self.context.named(name) if name not in self.stages and re.fullmatch(r"[\w-]+", name) else None


def flag_values(instruction: Instruction, name: str) -> list[SourceText]:
    """The values of the flags with a name. ``--parents`` without a value has an empty one."""
    found: list[SourceText] = []
    for flag in instruction.flags:
        key, _, _ = str(flag).partition("=")
        if key == f"--{name}":
            found.append(flag[len(key) + 1 :])
    return found


def copied(instruction: Instruction, context: InstructionContext) -> tuple[Layer, ...]:
    """The layers that a ``COPY`` or ``ADD`` adds."""
    words = copy_words(instruction, context.value, context.escape)
    if len(words) < 2:
        return ()
    *sources, target = words
    if not target.is_known and not str(target).startswith("$"):
        return (Layer("/", _UNKNOWN, is_folder=True),)
    layers: list[Layer] = []
    heredocs = iter(instruction.heredocs)
    destination = _Destination(join_path(context.workdir, str(target)), _is_folder(str(target)) or len(sources) > 1)
    for source in sources:
        if is_heredoc(str(source)):
            if heredoc := next(heredocs, None):
                layers += destination.file(heredoc.delimiter, WrittenByDockerfile(_body(heredoc, context)))
        else:
            layers += _Copy(instruction, context, destination).layers(source)
    return tuple(layers)


def context_sources(instruction: Instruction, context: InstructionContext) -> Iterator[str]:
    """The sources in the build context without wildcards. The instruction fails if one is missing."""
    if instruction.keyword in {"COPY", "ADD"} and not flag_values(instruction, "from"):
        for word in copy_words(instruction, context.value, context.escape)[:-1]:
            source = str(word)
            is_path = word.is_known and not is_heredoc(source) and not re.search(r"[*?\[]", source)
            if is_path and not (instruction.keyword == "ADD" and _REMOTE.match(source)):
                yield context.context.path(source)
    for mount in mounts(instruction, context):
        if mount.get("type", "bind") == "bind" and "from" not in mount:
            yield context.context.path(_first(mount, "source", "src"))


def copy_words(instruction: Instruction, value: Callable[[SourceText], SourceText], escape: str) -> list[SourceText]:
    """The sources and the target of a ``COPY`` or ``ADD``; empty if BuildKit refuses them.

    ``value`` replaces the variables of a word.
    """
    try:
        strings = parse_exec_form(instruction.arguments)
    except NotStringsError:
        return []
    words = split_words(instruction.arguments, escape) if strings is None else strings
    return [word if is_heredoc(str(word)) else value(word) for word in words]


def _is_folder(target: str) -> bool:
    return target.endswith(("/", "/.", "/..")) or target in {".", ".."}


def _body(heredoc: Heredoc, context: InstructionContext) -> SourceText:
    """The text of a here-document. Variables are replaced, unless its delimiter is quoted."""
    if not heredoc.expand:
        return heredoc.body
    return expand_heredoc(heredoc.body, context.scope.variables, context.scope.budget)


class _Destination(NamedTuple):
    """The destination of a copy. ``is_folder``: it is certainly a folder."""

    path: str
    is_folder: bool

    def file(self, name: str, origin: Origin) -> Iterator[Layer]:
        """One file. Without a slash at its end, the destination is a file, or a folder if it already exists as one."""
        if not self.is_folder:
            yield Layer(self.path, origin)
        yield Layer(posixpath.join(self.path, name), origin)

    def contents(self, origin: Origin) -> Layer:
        """The contents of a folder."""
        return Layer(self.path, origin, is_folder=True)


class _Copy:
    """One ``COPY`` or ``ADD``, evaluated source by source."""

    def __init__(self, instruction: Instruction, context: InstructionContext, destination: _Destination) -> None:
        self.is_add = instruction.keyword == "ADD"
        self.context = context.context
        self.stages = context.stages
        self.destination = destination
        self.origin = next(iter(flag_values(instruction, "from")), None)
        self.from_stage = context.value(self.origin) if self.origin is not None else None
        if self.from_stage is not None and (named := context.named(str(self.from_stage))):
            self.context, self.from_stage = named, None
        self.keeps_parents = bool(flag_values(instruction, "parents"))
        excludes = [context.value(flag) for flag in flag_values(instruction, "exclude")]
        self.excluded = tuple(dockerignore.compile_pattern(str(each)) for each in excludes)

    def layers(self, source: SourceText) -> Iterator[Layer]:
        if self.from_stage is not None:
            yield from self.layers_of_stage(source, str(self.from_stage).lower())
        elif not source.is_known:
            yield self.destination.contents(_UNKNOWN)
        elif self.is_add and (_REMOTE.match(str(source)) or _ARCHIVE.search(str(source))):
            yield self.destination.contents(OUTSIDE if _REMOTE.match(str(source)) else _UNPACKED)
        elif re.search(r"[*?\[]", str(source)):
            yield from self.matching(str(source))
        else:
            yield from self.layers_of_path(str(source))

    def layers_of_stage(self, source: SourceText, stage: str) -> Iterator[Layer]:
        layers = self.stages.get(stage)
        if layers is None or not source.is_known or self.keeps_parents or re.search(r"[*?\[]", str(source)):
            yield self.destination.contents(OUTSIDE if layers is None else _UNKNOWN)
            return
        path = join_path("/", str(source))
        yield from self.destination.file(posixpath.basename(path), CopiedFromStage(layers, path))
        yield self.destination.contents(CopiedFromStage(layers, path))

    def matching(self, pattern: str) -> Iterator[Layer]:
        above = self.context.folder and self.context.folder + "/"
        inside = [path[len(above) :] for path in self.context.repository.files() if path.startswith(above)]
        for path in dockerignore.expand(pattern, inside):
            yield from self.layers_of_path(path)

    def layers_of_path(self, source: str) -> Iterator[Layer]:
        path = self.context.path(source)
        destination = self.destination
        if self.keeps_parents:
            kept = source.partition("/./")[2] or source
            inside = join_path(destination.path, posixpath.normpath("/" + kept).lstrip("/"))
            destination = _Destination(posixpath.dirname(inside), is_folder=True)
        if self.context.repository.is_folder(path):
            target = _Destination(inside, is_folder=True) if self.keeps_parents else destination
            yield target.contents(CopiedFromContext(path, self.context, self.excluded))
        else:
            origin = CopiedFromContext(path, self.context) if self.context.repository.is_file(path) else MISSING
            yield from destination.file(posixpath.basename(path), origin)


def mounts(instruction: Instruction, context: InstructionContext) -> list[dict[str, str]]:
    """The fields of each ``--mount`` flag of a ``RUN``."""
    found: list[dict[str, str]] = []
    for flag in flag_values(instruction, "mount"):
        fields = (field.partition("=") for field in str(context.value(flag)).split(","))
        found.append({key.strip().lower(): value.strip() for key, _, value in fields})
    return found


def _first(mount: dict[str, str], *names: str) -> str:
    return next((mount[name] for name in names if name in mount), "")


def mounted(instruction: Instruction, context: InstructionContext) -> tuple[Layer, ...]:
    """The layers that the mounts of a ``RUN`` add for this instruction only."""
    return tuple(layer for mount in mounts(instruction, context) for layer in _mounted(mount, context))


def _mounted(mount: dict[str, str], context: InstructionContext) -> Sequence[Layer]:
    kind = mount.get("type", "bind")
    target = _first(mount, "target", "dst", "destination")
    source = _first(mount, "source", "src")
    if not target:
        return ()
    path = join_path(context.workdir, target)
    if kind != "bind":
        return (Layer(path, _HIDDEN, is_folder=True),)
    named = context.named(mount["from"]) if "from" in mount else None
    if "from" in mount and not named:
        stage = context.stages.get(mount["from"].lower())
        origin: Origin = OUTSIDE if stage is None else CopiedFromStage(stage, join_path("/", source))
        return (Layer(path, origin, is_folder=True),)
    build_context = named or context.context
    inside = build_context.path(source)
    return (
        Layer(path, CopiedFromContext(inside, build_context), is_folder=context.context.repository.is_folder(inside)),
    )
