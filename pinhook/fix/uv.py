"""Client for uv: requests and resolutions. Only this module runs a program for a fix.

Targets are passed on stdin and URLs in the environment: other users can read a command line, and a URL may contain a
password.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext
from tempfile import TemporaryDirectory

from pinhook import signals
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix import bounded
from pinhook.redact import redact
from pinhook.requirements import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.fix.index_options import IndexOptions

TIMEOUT = 60.0
"""Time limit of one request in seconds."""

MAX_REQUESTS = 64
"""Maximum number of requests to find the projects of one command that cannot be resolved."""

MAX_SECONDS = 120.0
"""Time limit for these requests, in seconds."""

MAX_OUTPUT = 8 << 20
"""Maximum number of bytes of an answer, and of the messages of uv."""

_MAX_MESSAGES = 64 << 10  # characters of uv's messages that are searched

_PIN = regex(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)")
_FROM = regex(r"\s+# from (?P<index>\S+)")
NO_WHEELS = regex(r"no usable wheels|no wheels|only found wheels|building from source is disabled|--no-build")
"""The words of uv for a version that has to be built."""

_NETWORK = regex(
    r"failed to fetch|error sending request|client error|timed out|dns error|request failed|network|certificate",
    re.IGNORECASE,
)
_NOT_FOUND = regex(r"(?<![\w.-])(?P<name>[\w.-]+) was not found in the (?:package registry|provided package locations)")
_CAUSE = regex(r"^[^\S\n]*(?:cause:|╰─▶|Caused by:)\s*(?P<text>.*)", re.MULTILINE)
_USERS = regex(
    r"UV_(?:CACHE_DIR|NO_CACHE|OFFLINE|HTTP_\w+|REQUEST_TIMEOUT|NATIVE_TLS|SYSTEM_CERTS|KEYRING_PROVIDER|CREDENTIALS_DIR"
    r"|CONCURRENT_\w+|INSECURE_HOST|DEFAULT_INDEX|INDEX_URL|INDEX|EXTRA_INDEX_URL|FIND_LINKS|INDEX_\w+_(?:USERNAME|PASSWORD))"
)
"""Variables of uv for the indexes and the access to them.

All others are removed, because they may change the answer.
"""

_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
_MAX_REASON = 1000  # characters of a reason
_COLORS = frozenset({"FORCE_COLOR", "CLICOLOR_FORCE"})


class ResolveRequest(NamedTuple):
    """Requirements that must fit together, the image that they are for, and where to look for them.

    ``further`` are further requirements whose versions are not needed. ``constraints`` are those of constraints files.
    """

    requirements: tuple[str, ...]
    python: str
    platform: str
    index_options: IndexOptions
    cutoff: str = ""
    further: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    pip: str = ""


class Resolution(NamedTuple):
    """The versions by normalized name, with the URL of the index of each.

    ``unbuilt`` are the projects among the requirements whose own requirements are unknown, because they or something
    that they need has to be built.
    """

    versions: Mapping[str, str]
    indexes: Mapping[str, str]
    unbuilt: frozenset[str] = frozenset()


class NoVersionsError(Exception):
    """uv finds no versions. The message is a clause with the reason; ``missing`` is a project that no index has."""

    def __init__(self, reason: str, missing: str = "") -> None:
        super().__init__(reason)
        self.missing = missing


class UnreachableError(NoVersionsError):
    """The index cannot be reached, or not in time."""


class BrokenError(NoVersionsError):
    """uv is missing or fails."""


def ask(request: ResolveRequest, *options: str) -> Resolution:
    """The resolution of uv for one request, with further options.

    Raises ``NoVersionsError``, ``UnreachableError`` and ``BrokenError``.
    """
    return _parse_resolution(_run(request, options))


def name_of(requirement: str) -> str:
    """The normalized name at the start of a requirement."""
    found = re.match(r"[\w.-]+", requirement)
    return (normalize(found[0]) if found else None) or ""


def arguments(request: ResolveRequest) -> list[str]:
    """The options of uv. None of them contains a URL."""
    cutoff = request.index_options.cutoff or request.cutoff
    return [
        *("pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate", "--no-progress"),
        *("--no-strip-extras", "--emit-index-annotation", "--color", "never", "--python", sys.executable),
        *("--python-version", request.python, "--python-platform", request.platform),
        *(("--prerelease", "allow") if request.index_options.prereleases else ()),
        *((f"--index-strategy={request.index_options.strategy}",) if request.index_options.strategy else ()),
        *((f"--exclude-newer={cutoff}",) if cutoff else ()),
        "-",
    ]


def environment(index_options: IndexOptions, inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables of uv: the user's access to indexes, and the indexes of the command in place of the user's."""
    found = {"UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "15", "NO_COLOR": "1"}
    found |= {name: value for name, value in inherited.items() if _is_passed_on(name)}
    if index_options.default:  # then no question is sent to another index
        for name in _INDEXES:
            found.pop(name, None)
        found["UV_DEFAULT_INDEX"] = index_options.default
    if index_options.extra:
        found.pop("UV_EXTRA_INDEX_URL", None)
        found["UV_INDEX"] = " ".join(index_options.extra)
    if index_options.links:
        found["UV_FIND_LINKS"] = ",".join(index_options.links)
    if index_options.hosts:
        found["UV_INSECURE_HOST"] = " ".join(index_options.hosts)
    return found


def _is_passed_on(variable: str) -> bool:
    return _USERS.fullmatch(variable) is not None if variable.startswith("UV_") else variable not in _COLORS


def find_uv() -> str | None:
    """The path of uv: that of the extra ``fix``, or else of ``PATH``; never one in the working directory."""
    try:
        from uv import find_uv_bin
    except ImportError:
        return _on_path()
    try:
        return str(find_uv_bin())
    except FileNotFoundError:
        return None


def _on_path() -> str | None:
    """The first uv in the folders of ``PATH``. ``shutil.which`` would also search the working directory."""
    name = "uv.exe" if os.name == "nt" else "uv"
    paths = (os.path.join(folder, name) for folder in os.get_exec_path() if os.path.isabs(folder))
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)


def _run(request: ResolveRequest, more: tuple[str, ...]) -> str:
    program = find_uv()
    if program is None:
        raise BrokenError("uv is not installed; install pinhook-pre-commit[fix]")
    with TemporaryDirectory() if request.constraints else nullcontext() as folder:
        options = [*arguments(request)[:-1], *more, *_constraints(request, folder), "-"]
        given = "\n".join((*request.requirements, *request.further)).encode()
        variables = environment(request.index_options, os.environ)
        try:
            with signals.interrupts_as_exceptions():
                ended = bounded.run([program, *options], given, variables, TIMEOUT, MAX_OUTPUT)
        except bounded.TooLongError as error:
            raise UnreachableError("the package index did not answer in time") from error
        except OSError as error:
            raise BrokenError(f"uv cannot be run: {error.strerror}") from error
    if ended.code:
        raise _failure(ended.code, ended.errors[:_MAX_MESSAGES].decode("utf-8", "replace"))
    if len(ended.output) >= MAX_OUTPUT:
        raise NoVersionsError("the answer of uv is too large")
    return ended.output.decode("utf-8", "replace")


def _constraints(request: ResolveRequest, folder: str | None) -> list[str]:
    """The option for the constraints, in a file in a folder; empty if there are none."""
    if folder is None:
        return []
    path = os.path.join(folder, "constraints.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(request.constraints))
    return ["--constraint", path]


def _failure(code: int, stderr: str) -> NoVersionsError:
    """The error for uv's exit code and messages: 1 is *no solution*, anything else is a failure."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    cause = _CAUSE.search(stderr)
    reason = _short(cause["text"] if cause else lines[0] if lines else f"exit code {code}")
    if code == 1 and "Failed to fetch" not in stderr:
        missing = _NOT_FOUND.search(stderr)
        hint = next((line for line in lines if line.startswith("hint:")), "")
        reason = (
            _plain(reason) if not NO_WHEELS.search(stderr) else _plain(reason) + _short(f" ({hint})" if hint else "")
        )
        return NoVersionsError(f"no version fits: {reason}", missing["name"] if missing else "")
    if "Couldn't parse requirement" in stderr:  # a requirement that uv cannot parse; later questions may succeed
        return NoVersionsError(f"uv cannot read the requirement: {reason}")
    if _NETWORK.search(stderr):
        return UnreachableError(f"the package index cannot be reached: {reason}")
    return BrokenError(f"uv failed: {reason}")


def _short(reason: str) -> str:
    return redact(reason if len(reason) <= _MAX_REASON else reason[:_MAX_REASON] + " …")


def _plain(reason: str) -> str:
    """The sentence of uv without the words around its conclusion."""
    reason = re.sub(r"^Because ", "", reason)
    return re.sub(r",? we can conclude that .*$", "", reason)


def _parse_resolution(printed: str) -> Resolution:
    versions: dict[str, str] = {}
    indexes: dict[str, str] = {}
    name = ""
    for line in printed.splitlines():
        if pin := _PIN.match(line):
            name = normalize(pin["name"]) or ""
            versions[name] = pin["version"]
        elif (source := _FROM.match(line)) and name:
            indexes[name] = source["index"]
    return Resolution(versions, indexes)
