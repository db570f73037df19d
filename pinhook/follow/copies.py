"""What ``COPY``, ``ADD`` and ``RUN --mount`` put where in the image."""

from __future__ import annotations

import posixpath
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.exec_form import NotStringsError, parse_exec_form
from pinhook.dockerfile.expansion import expand, expand_heredoc
from pinhook.dockerfile.heredocs import is_heredoc
from pinhook.dockerfile.words import split_words
from pinhook.follow.image_paths import joined
from pinhook.follow.layers import MISSING, OUTSIDE, Copied, Elsewhere, FromStage, Layer, Written
from pinhook.repository import dockerignore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pinhook.dockerfile import Heredoc, Instruction, Scope
    from pinhook.follow.layers import Context, Layers, Origin
    from pinhook.source import SourceText

_UNKNOWN = Elsewhere("is copied from or to a place that only the build knows")
_HIDDEN = Elsewhere("is hidden by a mount")
_UNPACKED = Elsewhere("comes from an archive")
_REMOTE = regex(r"(?:https?|git|ssh)://|git@|[\w.-]+\.git(?:#|$)", re.IGNORECASE)
_ARCHIVE = regex(r"\.(?:tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst))$", re.IGNORECASE)


class Setting(NamedTuple):
    """What an instruction is read in: its scope, the working directory, the build context, and the earlier stages.

    ``stages`` are the layers of each by its name in lower case, and by its number.
    """

    scope: Scope
    escape: str
    workdir: str
    context: Context
    stages: Mapping[str, Layers]

    def value(self, text: SourceText) -> SourceText:
        """A word with its variables replaced."""
        return expand(text, self.scope.variables, self.escape, self.scope.room)

    def named(self, name: str) -> Context | None:
        """The build context with a name, unless that is one of a stage or can only be that of an image."""
        name = name.lower()
        return self.context.named(name) if name not in self.stages and re.fullmatch(r"[\w-]+", name) else None


def flag_values(instruction: Instruction, name: str) -> list[SourceText]:
    """The values of the flags with a name; ``--parents`` alone has an empty one."""
    found: list[SourceText] = []
    for flag in instruction.flags:
        key, _, _ = str(flag).partition("=")
        if key == f"--{name}":
            found.append(flag[len(key) + 1 :])
    return found


def copied(instruction: Instruction, setting: Setting) -> tuple[Layer, ...]:
    """The layers that a ``COPY`` or ``ADD`` adds."""
    words = _words(instruction, setting)
    if len(words) < 2:
        return ()
    *sources, target = words
    if not target.is_known and not str(target).startswith("$"):
        return (Layer("/", _UNKNOWN, is_tree=True),)
    layers: list[Layer] = []
    heredocs = iter(instruction.heredocs)
    destination = _Destination(joined(setting.workdir, str(target)), _is_folder(str(target)) or len(sources) > 1)
    for source in sources:
        if is_heredoc(str(source)):
            if heredoc := next(heredocs, None):
                layers += destination.file(heredoc.delimiter, Written(_body(heredoc, setting)))
        else:
            layers += _Copy(instruction, setting, destination).layers(source)
    return tuple(layers)


def context_sources(instruction: Instruction, setting: Setting) -> Iterator[str]:
    """The sources in the build context that an instruction names, without wildcards; without them it fails."""
    if instruction.keyword in {"COPY", "ADD"} and not flag_values(instruction, "from"):
        for word in _words(instruction, setting)[:-1]:
            source = str(word)
            is_path = word.is_known and not is_heredoc(source) and not re.search(r"[*?\[]", source)
            if is_path and not (instruction.keyword == "ADD" and _REMOTE.match(source)):
                yield setting.context.path(source)
    for mount in mounts(instruction, setting):
        if mount.get("type", "bind") == "bind" and "from" not in mount:
            yield setting.context.path(_first(mount, "source", "src"))


def _words(instruction: Instruction, setting: Setting) -> list[SourceText]:
    try:
        strings = parse_exec_form(instruction.arguments)
    except NotStringsError:
        return []
    words = split_words(instruction.arguments, setting.escape) if strings is None else strings
    return [word if is_heredoc(str(word)) else setting.value(word) for word in words]


def _is_folder(target: str) -> bool:
    return target.endswith(("/", "/.", "/..")) or target in {".", ".."}


def _body(heredoc: Heredoc, setting: Setting) -> SourceText:
    """The text of a here-document, in which the build replaces variables unless its delimiter is quoted."""
    if not heredoc.expand:
        return heredoc.body
    return expand_heredoc(heredoc.body, setting.scope.variables, setting.scope.room)


class _Destination(NamedTuple):
    """Where something is copied to. ``is_folder``: into that folder for certain."""

    path: str
    is_folder: bool

    def file(self, name: str, origin: Origin) -> Iterator[Layer]:
        """One file. Without a slash behind it the destination is a file, or a folder if there already is one."""
        if not self.is_folder:
            yield Layer(self.path, origin)
        yield Layer(posixpath.join(self.path, name), origin)

    def tree(self, origin: Origin) -> Layer:
        """The contents of a folder."""
        return Layer(self.path, origin, is_tree=True)


class _Copy:
    """One ``COPY`` or ``ADD``, whose sources are asked for one by one."""

    def __init__(self, instruction: Instruction, setting: Setting, destination: _Destination) -> None:
        self.is_add = instruction.keyword == "ADD"
        self.context = setting.context
        self.stages = setting.stages
        self.destination = destination
        self.origin = next(iter(flag_values(instruction, "from")), None)
        self.from_stage = setting.value(self.origin) if self.origin is not None else None
        if self.from_stage is not None and (named := setting.named(str(self.from_stage))):
            self.context, self.from_stage = named, None
        self.keeps_parents = bool(flag_values(instruction, "parents"))
        excludes = [setting.value(flag) for flag in flag_values(instruction, "exclude")]
        self.excluded = tuple(dockerignore.compiled(str(each)) for each in excludes)

    def layers(self, source: SourceText) -> Iterator[Layer]:
        if self.from_stage is not None:
            yield from self.layers_of_stage(source, str(self.from_stage).lower())
        elif not source.is_known:
            yield self.destination.tree(_UNKNOWN)
        elif self.is_add and (_REMOTE.match(str(source)) or _ARCHIVE.search(str(source))):
            yield self.destination.tree(OUTSIDE if _REMOTE.match(str(source)) else _UNPACKED)
        elif re.search(r"[*?\[]", str(source)):
            yield from self.matching(str(source))
        else:
            yield from self.one(str(source))

    def layers_of_stage(self, source: SourceText, stage: str) -> Iterator[Layer]:
        layers = self.stages.get(stage)
        if layers is None or not source.is_known or self.keeps_parents or re.search(r"[*?\[]", str(source)):
            yield self.destination.tree(OUTSIDE if layers is None else _UNKNOWN)
            return
        path = joined("/", str(source))
        yield from self.destination.file(posixpath.basename(path), FromStage(layers, path))
        yield self.destination.tree(FromStage(layers, path))

    def matching(self, pattern: str) -> Iterator[Layer]:
        above = self.context.folder and self.context.folder + "/"
        inside = [path[len(above) :] for path in self.context.tree.files() if path.startswith(above)]
        for path in dockerignore.expand(pattern, inside):
            yield from self.one(path)

    def one(self, source: str) -> Iterator[Layer]:
        path = self.context.path(source)
        destination = self.destination
        if self.keeps_parents:
            kept = source.partition("/./")[2] or source
            inside = joined(destination.path, posixpath.normpath("/" + kept).lstrip("/"))
            destination = _Destination(posixpath.dirname(inside), is_folder=True)
        if self.context.tree.is_folder(path):
            target = _Destination(inside, is_folder=True) if self.keeps_parents else destination
            yield target.tree(Copied(path, self.context, self.excluded))
        else:
            origin = Copied(path, self.context) if self.context.tree.is_file(path) else MISSING
            yield from destination.file(posixpath.basename(path), origin)


def mounts(instruction: Instruction, setting: Setting) -> list[dict[str, str]]:
    """The ``--mount`` flags of a ``RUN``, each as its fields."""
    found: list[dict[str, str]] = []
    for flag in flag_values(instruction, "mount"):
        fields = (field.partition("=") for field in str(setting.value(flag)).split(","))
        found.append({key.strip().lower(): value.strip() for key, _, value in fields})
    return found


def _first(mount: dict[str, str], *names: str) -> str:
    return next((mount[name] for name in names if name in mount), "")


def mounted(instruction: Instruction, setting: Setting) -> tuple[Layer, ...]:
    """The layers that a ``RUN`` has by its mounts, and no other instruction."""
    return tuple(layer for mount in mounts(instruction, setting) for layer in _mounted(mount, setting))


def _mounted(mount: dict[str, str], setting: Setting) -> Sequence[Layer]:
    kind = mount.get("type", "bind")
    target = _first(mount, "target", "dst", "destination")
    source = _first(mount, "source", "src")
    if not target:
        return ()
    path = joined(setting.workdir, target)
    if kind != "bind":
        return (Layer(path, _HIDDEN, is_tree=True),)
    named = setting.named(mount["from"]) if "from" in mount else None
    if "from" in mount and not named:
        stage = setting.stages.get(mount["from"].lower())
        origin: Origin = OUTSIDE if stage is None else FromStage(stage, joined("/", source))
        return (Layer(path, origin, is_tree=True),)
    context = named or setting.context
    inside = context.path(source)
    return (Layer(path, Copied(inside, context), is_tree=setting.context.tree.is_folder(inside)),)
