"""What the commands of a ``RUN`` write: the files of the image that are then not those of the repository."""

from __future__ import annotations

import posixpath
import re

from pinhook.following.layers import GENERATED, OUTSIDE, Layer, Written
from pinhook.following.names import joined
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING
from pinhook.shell import printed
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pinhook.following.layers import Origin
    from pinhook.shell import SimpleCommand

# fmt: off
_READERS = frozenset({
    "[", "cat", "chgrp", "chmod", "chown", "cmp", "cut", "diff", "du", "echo", "egrep", "file", "grep", "head", "less",
    "ls", "md5sum", "mkdir", "printf", "pwd", "sha256sum", "sort", "stat", "tail", "test", "uniq", "wc", "which",
})
# fmt: on
"""Programs that change no file that they name."""

_MOVERS = frozenset({"7z", "bsdtar", "cp", "hg", "install", "ln", "mv", "rsync", "svn", "tar", "unzip"})
"""Programs that put whole folders where they are told to."""

_UNPACKERS = frozenset({"7z", "bsdtar", "tar", "unzip"})
_WRITES = frozenset({">", ">>", ">|", "&>", "&>>", "<>", ">&"})
_REDIRECTION = regex(r"(?<![<=\-])>{1,2}\|?[ \t]*[\"']?(?P<path>[\w./+-]+)")
_SHORT_OPTION = regex(r"-[A-Za-z](?=[\w./])")
_COMPILERS = frozenset({"pip-compile", "pip-compile-multi"})


def written(command: SimpleCommand, folder: str | None, layers: Sequence[Layer]) -> Iterator[Layer]:
    """What a command may have written. ``layers`` is what it found; ``folder`` its working directory, if known.

    Every file that a command names may be written by it, unless the command is known only to read.
    """
    name = posixpath.basename(str(command.arguments[0]))
    words = [str(argument) for argument in command.arguments[1:]]
    printer = printed(command)
    for redirection in command.redirections:
        path = _path(str(redirection.target), folder) if redirection.target.text.is_known else None
        if redirection.operator in _WRITES and path:
            yield _file(path, printer, layers, appends=">>" in redirection.operator)
    if name == "tee" and printer is not None:
        for path in _paths([word for word in words if not word.startswith("-")], folder):
            yield _file(path, printer, layers, appends="-a" in words)
    elif name not in _READERS:
        yield from (Layer(path, GENERATED) for path in _paths(map(_value, words), folder))
        yield from _trees(name, words, folder)


def redirected(script: str, workdir: str, commands: Iterable[SimpleCommand]) -> Iterator[Layer]:
    """What the redirections of a script write that are not those of its commands, but of groups and loops."""
    known = {str(redirection.target) for command in commands for redirection in command.redirections}
    for found in _REDIRECTION.finditer(script):
        if not found["path"].startswith("/dev/") and found["path"] not in known:
            yield Layer(joined(workdir, found["path"]), GENERATED)


def _file(path: str, text: SourceText | None, layers: Sequence[Layer], *, appends: bool) -> Layer:
    origin: Origin = GENERATED if text is None else Written(text)
    if appends and text is not None:
        before = next((layer.origin for layer in reversed(layers) if layer.target == path), None)
        if isinstance(before, Written):
            origin = Written(SourceText.join([before.text, text[:0].decoded("\n"), text]))
        elif any(path == layer.target or _is_below(path, layer) for layer in layers):
            origin = GENERATED
    return Layer(path, origin)


def _is_below(path: str, layer: Layer) -> bool:
    return layer.is_tree and path.startswith(layer.target.rstrip("/") + "/")


def _trees(name: str, words: list[str], folder: str | None) -> Iterator[Layer]:
    """The folders that a command fills."""
    named = [word for word in words if not word.startswith("-")]
    if name == "git":
        yield from _cloned(named, folder)
    elif name in _COMPILERS:
        for path in _paths(["requirements.txt", *(re.sub(r"\.\w+$", ".txt", word) for word in named)], folder):
            yield Layer(path, GENERATED)
    elif name in _MOVERS and not (name in {"cp", "install"} and not _copies_folders(words)):
        targets = [*named[-1:], *map(_value, words)]
        yield from (Layer(path, GENERATED, is_tree=True) for path in _paths(targets, folder))
        if name in _UNPACKERS and folder is not None:
            yield Layer(folder, GENERATED, is_tree=True)
    elif name in {"cp", "install"}:
        for path in _paths([posixpath.join(named[-1], posixpath.basename(word)) for word in named[:-1]], folder):
            yield Layer(path, GENERATED)


def _copies_folders(words: list[str]) -> bool:
    return any(re.match(r"-\w*[rRa]|--(?:recursive|archive)$", word) or re.search(r"[*?\[]", word) for word in words)


def _cloned(words: list[str], folder: str | None) -> Iterator[Layer]:
    if words[:1] == ["clone"] and len(words) > 1:
        name = re.sub(r"\.git/?$", "", words[1]).rstrip("/")
        target = words[2] if len(words) > 2 else re.split("[/:]", name)[-1]
        for path in _paths([*words[2:], target], folder):
            yield Layer(path, OUTSIDE, is_tree=True)
    elif words[:1] and words[0] in {"apply", "checkout", "pull", "reset", "restore", "switch"} and folder is not None:
        yield Layer(folder, OUTSIDE, is_tree=True)


def _value(word: str) -> str:
    """What a word may name: the value of an option, the last part of a URL, or itself."""
    if "://" in word and not word.startswith("-"):
        return posixpath.basename(re.sub("[?#].*", "", word))
    if word.startswith("--"):
        return word.partition("=")[2]
    return _SHORT_OPTION.sub("", word, count=1) if word.startswith("-") else word


def _paths(words: Iterable[str], folder: str | None) -> Iterator[str]:
    return (path for word in words if (path := _path(word, folder)))


def _path(word: str, folder: str | None) -> str | None:
    if not word or word.startswith("-") or "\n" in word:
        return None
    if folder is None and not word.startswith("/"):
        return None
    return joined(folder or "/", word)
