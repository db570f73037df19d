"""The files that the commands of a ``RUN`` write. These are no longer the files of the repository."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.follow.image_paths import join_path
from pinhook.follow.layers import CHOSEN, GENERATED, MAX_LAYERS, OUTSIDE, REMOVED, Layer, Relocked, WrittenByDockerfile
from pinhook.shell import printed_text
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pinhook.follow.layers import Layers, Origin
    from pinhook.shell import SimpleCommand

MAX_PIECES = 256
"""Maximum number of pieces that commands append to a file. With more, its content is unknown."""

# fmt: off
_READ_ONLY_PROGRAMS = frozenset({
    ".", "[", "cat", "cd", "chgrp", "chmod", "chown", "cmp", "cut", "diff", "dos2unix", "du", "echo", "egrep", "file",
    "grep", "head", "less", "ls", "md5sum", "mkdir", "printf", "pwd", "sha256sum", "sort", "source", "stat", "tail",
    "test", "uniq", "wc", "which",
})
# fmt: on
"""Programs that change no file that they name."""

_FOLDER_WRITERS = frozenset({"7z", "bsdtar", "cp", "hg", "install", "ln", "mv", "rsync", "svn", "tar", "unzip"})
"""Programs that write whole folders at a given path."""

_UNPACKERS = frozenset({"7z", "bsdtar", "tar", "unzip"})
_FOLDER_OPTION = regex(r"-\w*C|-d|-o(?=.)|--directory(?:=|$)")
_WRITES = frozenset({">", ">>", ">|", "&>", "&>>", "<>", ">&"})
_REDIRECTION = regex(r"(?<![<=\-])>{1,2}\|?[ \t]*[\"']?(?P<path>[\w./+-]+)")
_SHORT_OPTION = regex(r"-[A-Za-z](?=[\w./])")
_REMOVERS = frozenset({"rm", "unlink"})
_LOCK_PATTERN = regex(r"\*(?:\.?lock)?|uv(?:\*|\.\*|\*lock)")
_UPGRADE = regex(r"-[UP]|--upgrade")
_NO_LOCK = frozenset({"--check", "--directory", "--dry-run", "--frozen", "--locked", "--project", "--script"})
"""Options with which ``uv lock`` writes no ``uv.lock`` in the working directory."""
_COMPILERS = frozenset({"pip-compile", "pip-compile-multi"})


def written_layers(command: SimpleCommand, folder: str | None, layers: Layers) -> Iterator[Layer]:
    """The files that a command may have written.

    ``layers`` are those that it found. ``folder`` is its working directory, if known. A command is assumed to write
    every file that it names, unless it is known only to read.
    """
    name = posixpath.basename(str(command.arguments[0]))
    words = [str(argument) for argument in command.arguments[1:]]
    printer = printed_text(command)
    for redirection in command.redirections:
        if redirection.operator in _WRITES and redirection.target.text.is_known:
            is_appended = ">>" in redirection.operator
            yield from _printed([str(redirection.target)], folder, printer, layers, appends=is_appended)
    if name == "tee" and printer is not None:
        yield from _printed(words, folder, printer, layers, appends="-a" in words)
    elif name == "uv" and "lock" in words:
        yield from _relocked(words, folder, layers)
    elif name in _REMOVERS:
        yield from _removed(words, folder)
    elif name not in _READ_ONLY_PROGRAMS:
        yield from _layers(map(_value, words), folder)
        yield from _filled_folders(name, words, folder)


def _relocked(words: list[str], folder: str | None, layers: Layers) -> Iterator[Layer]:
    """The effect of ``uv lock`` on ``uv.lock``. With an option in ``_NO_LOCK`` there is no result."""
    options = {word.partition("=")[0] for word in words if word.startswith("-")}
    if folder is not None and not options & _NO_LOCK:
        path = join_path(folder, "uv.lock")
        is_upgrade = any(_UPGRADE.match(option) for option in options)
        yield Layer(path, CHOSEN if is_upgrade else Relocked(layers, path))


def _removed(words: list[str], folder: str | None) -> Iterator[Layer]:
    """The files that a command removes; for a pattern, ``uv.lock`` if it matches."""
    for word in words:
        above, name = posixpath.split(word)
        is_lock = _LOCK_PATTERN.fullmatch(name)
        yield from _layers([posixpath.join(above, "uv.lock") if is_lock else word], folder, REMOVED)


def redirected_layers(
    script: str, workdir: str, commands: Iterable[SimpleCommand], folders: Collection[str | None]
) -> Iterator[Layer]:
    """The files written by redirections of groups and loops, not of single commands.

    ``folders`` are the working directories of the commands. If they differ, the folder is unknown.
    """
    known = {str(redirection.target) for command in commands for redirection in command.redirections}
    folder = workdir if set(folders) <= {workdir} else None
    paths = [found["path"] for found in _REDIRECTION.finditer(script)]
    yield from _layers([path for path in paths if not path.startswith("/dev/") and path not in known], folder)


def _printed(
    words: Iterable[str], folder: str | None, text: SourceText | None, layers: Layers, *, appends: bool
) -> Iterator[Layer]:
    """The files that a command prints to."""
    for layer in _layers(words, folder):
        origin = _after(layer.target, text, layers) if appends else text and WrittenByDockerfile(text)
        yield layer if layer.in_unknown_folder or not origin else layer._replace(origin=origin)


def _after(path: str, text: SourceText | None, layers: Layers) -> Origin | None:
    """The content of a file after appending; ``None`` if unknown."""
    if text is None:
        return None
    for count, layer in enumerate(layers):
        if path == layer.target and isinstance(layer.origin, WrittenByDockerfile) and layer.origin.pieces < MAX_PIECES:
            before, pieces = layer.origin
            return WrittenByDockerfile(SourceText.join([before, text]), pieces + 1)
        if path == layer.target or _is_below(path, layer) or count == MAX_LAYERS:
            return None
    return WrittenByDockerfile(text)


def _is_below(path: str, layer: Layer) -> bool:
    return layer.is_folder and path.startswith(layer.target.rstrip("/") + "/")


def _filled_folders(name: str, words: list[str], folder: str | None) -> Iterator[Layer]:
    """The folders that a command writes as a whole."""
    named = [word for word in words if not word.startswith("-")]
    if name == "git":
        yield from _cloned(named, folder)
    elif name in _COMPILERS:
        yield from _layers(["requirements.txt", *(re.sub(r"\.\w+$", ".txt", word) for word in named)], folder)
    elif name in _UNPACKERS:
        if not _packs(words):
            yield from _layers(_unpacked_to(words) or ["."], folder, is_folder=True)
    elif name in _FOLDER_WRITERS and (name not in {"cp", "install"} or _copies_folders(words)):
        yield from _layers([*named[-1:], *map(_value, words)], folder, is_folder=True)
    elif name in {"cp", "install"}:
        yield from _layers((posixpath.join(named[-1], posixpath.basename(word)) for word in named[:-1]), folder)


def _copies_folders(words: list[str]) -> bool:
    return any(re.match(r"-\w*[rRa]|--(?:recursive|archive)$", word) or re.search(r"[*?\[]", word) for word in words)


def _packs(words: list[str]) -> bool:
    """Whether ``tar`` only creates an archive."""
    return "--create" in words or any(re.fullmatch(r"-?(?!\w*x)[^\Wc]*c\w*", word) for word in words[:1])


def _unpacked_to(words: list[str]) -> list[str]:
    """The folders for unpacking given by options; empty if one of them is empty or contains a variable."""
    found: list[str] = []
    for word, following in pairwise([*words, ""]):
        if option := _FOLDER_OPTION.match(word):
            found.append(word[option.end() :] or following)
    return found if all(folder and "$" not in folder for folder in found) else []


def _cloned(words: list[str], folder: str | None) -> Iterator[Layer]:
    if words[:1] == ["clone"] and len(words) > 1:
        name = re.sub(r"\.git/?$", "", words[1]).rstrip("/")
        target = words[2] if len(words) > 2 else re.split("[/:]", name)[-1]
        yield from _layers([*words[2:], target], folder, OUTSIDE, is_folder=True)
    elif words[:1] and words[0] in {"apply", "checkout", "pull", "reset", "restore", "switch"}:
        yield from _layers(["."], folder, OUTSIDE, is_folder=True)


def _value(word: str) -> str:
    """The name in a word: the value of an option, the last part of a URL, or the word itself."""
    if "://" in word and not word.startswith("-"):
        return posixpath.basename(re.sub("[?#].*", "", word))
    if word.startswith("--"):
        return word.partition("=")[2]
    return _SHORT_OPTION.sub("", word, count=1) if word.startswith("-") else word


def _layers(
    words: Iterable[str], folder: str | None, origin: Origin = GENERATED, *, is_folder: bool = False
) -> Iterator[Layer]:
    """The layers for the files that words name, options excluded, relative to a working directory.

    If it is unknown, a file may be anywhere; a folder is ignored.
    """
    for word in words:
        if not word or word.startswith("-") or "\n" in word:
            continue
        if folder is not None or word.startswith("/"):
            yield Layer(join_path(folder or "/", word), origin, is_folder)
        elif not is_folder:
            yield Layer(join_path("/", word).lstrip("/"), GENERATED, in_unknown_folder=True)
