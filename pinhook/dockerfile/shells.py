"""The program that interprets a shell form: of a ``SHELL`` instruction, a ``#!`` line, an image or a comment."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal, TypeAlias

    from pinhook.source import SourceText

ShellKind: TypeAlias = 'Literal["sh", "bash", "powershell", "cmd", "other"]'
"""``sh`` has the syntax of dash; ``bash`` that of bash, ksh and zsh; ``other`` interprets no shell text."""

_KINDS: dict[str, ShellKind] = {
    **dict.fromkeys(("sh", "ash", "dash", "busybox"), "sh"),
    **dict.fromkeys(("bash", "rbash", "fish", "ksh", "ksh93", "mksh", "oksh", "yash", "zsh"), "bash"),
    **dict.fromkeys(("powershell", "pwsh", "powershell-preview", "pwsh-preview"), "powershell"),
    "cmd": "cmd",
    **dict.fromkeys(("awk", "bun", "deno", "julia", "lua", "node", "perl", "php", "rscript", "ruby", "tclsh"), "other"),
}
_PYTHON = regex(r"(?:python|pypy)[0-9.]*")
_WINDOWS = regex(r"mcr\.microsoft\.com/windows|nanoserver|windowsservercore|windows/servercore")
_PRAGMA = regex(r"#[ \t]*hadolint[ \t]+shell[ \t]*=[ \t]*([^ \t\n#]+)[ \t]*(?:#.*)?")


class Shell(NamedTuple):
    """The program that interprets a shell form.

    ``arguments`` are those of ``SHELL``; empty without such an instruction.
    """

    kind: ShellKind
    arguments: tuple[SourceText, ...] = ()


DEFAULT = Shell("sh")


def of_image(image: str) -> Shell:
    """The shell of a stage without ``SHELL``: ``cmd`` if the image's name says Windows, else ``/bin/sh``."""
    return Shell("cmd") if _WINDOWS.search(image.lower()) else DEFAULT


def of_instruction(arguments: tuple[SourceText, ...]) -> Shell:
    """The shell of ``SHELL [...]``, without wrappers such as ``conda run -n name``.

    An unknown program is assumed to be a shell, so that no install command is missed.
    """
    return Shell(_choose(map(str, arguments)) or "sh", arguments)


def of_interpreter_line(line: str) -> Shell:
    """The shell of a ``#!`` line. An unknown program is not a shell."""
    return Shell(_choose(line.removeprefix("#!").split()) or "other")


def of_pragma(comment: str) -> Shell | None:
    """The shell in a comment for hadolint, ``# hadolint shell=powershell``; ``None`` for any other comment.

    Unknown programs, and programs that are not shells, are ignored, so that no command is missed. Follows hadolint's
    ``Pragma.hs``.
    """
    found = _PRAGMA.fullmatch(comment.rstrip())
    kind = _kind(found[1]) if found else None
    return Shell(kind) if kind and kind != "other" else None


def _choose(words: Iterable[str]) -> ShellKind | None:
    """The first known program, shells first: in ``conda run -n python3 bash`` a name comes before the shell."""
    kinds = [kind for word in words if (kind := _kind(word))]
    return next((kind for kind in kinds if kind != "other"), kinds[0] if kinds else None)


def _kind(word: str) -> ShellKind | None:
    name = re.split(r"[/\\]", word)[-1].lower().removesuffix(".exe")
    if _PYTHON.fullmatch(name):
        return "other"
    if name.endswith(".sh"):
        return "bash"  # a script that starts a shell, such as micromamba's _dockerfile_shell.sh
    return _KINDS.get(name)
