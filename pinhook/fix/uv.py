"""The door to uv: what it is asked, and what it answers. The only module that runs a program for a fix.

Targets go in on stdin and URLs by the environment: other users can read a command line, and a URL may hold a password.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pinhook import interrupts
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.masking import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.fix.options import Choice

TIMEOUT = 60.0
"""Seconds that one question may take."""

_PIN = regex(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)")
_FROM = regex(r"\s+# from (?P<index>\S+)")
_NETWORK = regex(
    r"failed to fetch|error sending request|client error|timed out|dns error|request failed|network|certificate",
    re.IGNORECASE,
)
_NO_WHEELS = regex(r"no usable wheels|no wheels|only found wheels|building from source is disabled|--no-build")
_NOT_FOUND = regex(r"(?<![\w.-])(?P<name>[\w.-]+) was not found in the (?:package registry|provided package locations)")
_CAUSE = regex(r"^[^\S\n]*(?:cause:|╰─▶|Caused by:)\s*(?P<text>.*)", re.MULTILINE)


class Question(NamedTuple):
    """Requirements that are to fit each other, the image they are for, and where to look for them."""

    requirements: tuple[str, ...]
    python: str
    platform: str
    choice: Choice
    cutoff: str = ""


class Answer(NamedTuple):
    """The versions by normalized name, with the URL of the index that each is from.

    ``alone`` tells that every version was picked without a look at what the others need.
    """

    versions: Mapping[str, str]
    indexes: Mapping[str, str]
    alone: bool = False


class NoAnswerError(Exception):
    """uv has no versions; the message is a clause that says why, ``missing`` a project that no index has."""

    def __init__(self, reason: str, missing: str = "") -> None:
        super().__init__(reason)
        self.missing = missing


class UnreachableError(NoAnswerError):
    """The index cannot be reached, or not in time."""


class BrokenError(NoAnswerError):
    """uv is not there, or refuses to work."""


def ask(question: Question) -> Answer:
    """The versions that fit. Raises ``NoAnswerError`` and its kin.

    Nothing is built on this machine. That alone must not make a version older, since the image may well build: where a
    newer one, or something that it needs, has no wheels, the versions are picked without a look at what they need,
    which takes the index's word for everything and runs nothing.
    """
    newest = _read(_run(question, ("--no-deps",)), alone=True)
    try:
        fitting = _read(_run(question, ("--no-build",)), alone=False)
        if all(fitting.versions.get(name) == version for name, version in newest.versions.items()):
            return fitting
    except NoAnswerError as error:
        if not _NO_WHEELS.search(str(error)):
            raise
        return newest
    pins = tuple(f"{name}=={version}" for name, version in newest.versions.items())
    try:
        return _read(_run(question._replace(requirements=question.requirements + pins), ("--no-build",)), alone=False)
    except UnreachableError:
        raise
    except NoAnswerError as error:
        return newest if _NO_WHEELS.search(str(error)) else fitting


def arguments(question: Question) -> list[str]:
    """The options of uv, none of which holds a URL."""
    cutoff = question.choice.cutoff or question.cutoff
    return [
        *("pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate", "--no-progress"),
        *("--no-strip-extras", "--emit-index-annotation", "--python", sys.executable),
        *("--python-version", question.python, "--python-platform", question.platform),
        *(("--prerelease", "allow") if question.choice.prereleases else ()),
        *((f"--index-strategy={question.choice.strategy}",) if question.choice.strategy else ()),
        *((f"--exclude-newer={cutoff}",) if cutoff else ()),
        "-",
    ]


def environment(choice: Choice, inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables of uv: those of the user, and the indexes of the command in place of the user's."""
    found = {"UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "15", **inherited}
    if choice.default:
        found.pop("UV_INDEX_URL", None)
        found["UV_DEFAULT_INDEX"] = choice.default
    if choice.extra:
        found.pop("UV_EXTRA_INDEX_URL", None)
        found["UV_INDEX"] = " ".join(choice.extra)
    if choice.links:
        found["UV_FIND_LINKS"] = ",".join(choice.links)
    if choice.hosts:
        found["UV_INSECURE_HOST"] = " ".join(choice.hosts)
    return found


def find() -> str | None:
    """The path of uv: that of the extra ``fix``, or else the one on ``PATH``; none in the working directory."""
    try:
        from uv import find_uv_bin
    except ImportError:
        return _on_path()
    try:
        return str(find_uv_bin())
    except FileNotFoundError:
        return None


def _on_path() -> str | None:
    """The first uv in the folders of ``PATH``; ``shutil.which`` would try the working directory, too."""
    name = "uv.exe" if os.name == "nt" else "uv"
    paths = (os.path.join(folder, name) for folder in os.get_exec_path() if os.path.isabs(folder))
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)


def _run(question: Question, more: tuple[str, ...]) -> str:
    program = find()
    if program is None:
        raise BrokenError("uv is not installed; install pinhook-pre-commit[fix]")
    try:
        with interrupts.raised():
            process = subprocess.run(
                [program, *arguments(question)[:-1], *more, "-"],
                input="\n".join(question.requirements).encode(),
                env=environment(question.choice, os.environ),
                capture_output=True,
                check=False,
                timeout=TIMEOUT,
            )
    except subprocess.TimeoutExpired as error:
        raise UnreachableError("the package index did not answer in time") from error
    except OSError as error:
        raise BrokenError(f"uv cannot be run: {error.strerror}") from error
    if process.returncode:
        raise _failure(process.returncode, process.stderr.decode("utf-8", "replace"))
    return process.stdout.decode("utf-8", "replace")


def _failure(code: int, said: str) -> NoAnswerError:
    """What uv's exit code and its words come to: 1 is *no solution*, everything else something with the run."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    cause = _CAUSE.search(said)
    reason = mask(cause["text"] if cause else lines[0] if lines else f"exit code {code}")
    if code == 1 and not re.search("Failed to fetch", said):
        missing = _NOT_FOUND.search(said)
        hint = next((line for line in lines if line.startswith("hint:")), "")
        reason = _plain(reason) if not _NO_WHEELS.search(said) else _plain(reason) + mask(f" ({hint})" if hint else "")
        return NoAnswerError(f"no version fits: {reason}", missing["name"] if missing else "")
    if "Couldn't parse requirement" in said:  # another tool's grammar is no reason to stop asking
        return NoAnswerError(f"uv cannot read the requirement: {reason}")
    if _NETWORK.search(said):
        return UnreachableError(f"the package index cannot be reached: {reason}")
    return BrokenError(f"uv failed: {reason}")


def _plain(reason: str) -> str:
    """The sentence of uv without the words around what it has found out."""
    reason = re.sub(r"^Because ", "", reason)
    return re.sub(r",? we can conclude that .*$", "", reason)


def _read(printed: str, *, alone: bool) -> Answer:
    versions: dict[str, str] = {}
    indexes: dict[str, str] = {}
    name = ""
    for line in printed.splitlines():
        if pin := _PIN.match(line):
            name = re.sub(r"[-_.]+", "-", pin["name"]).lower()
            versions[name] = pin["version"]
        elif (source := _FROM.match(line)) and name:
            indexes[name] = source["index"]
    return Answer(versions, indexes, alone)
