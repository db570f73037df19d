"""Why a text is not a requirement, and what to write in its place."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.requirements.direct import repository_url
from pinhook.requirements.patterns import NAME, VERSION
from pinhook.requirements.requirement import Malformed
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.source import SourceText

_SSH_SHORTHAND = regex(
    r"(?P<vcs>(?i:git\+))?(?P<user>[\w.-]+)@(?P<host>[\w.-]+)(?(vcs)[:/]|:)(?!//)/?(?P<path>[^/].*)", re.DOTALL
)
_SCHEME = regex(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")
_REQUIREMENTS_FILE = regex(r"[^\s=<>]*\.(?:txt|in)", re.IGNORECASE)
_PROJECT_FILE = regex(rf"(?P<directory>(?:[{UNKNOWN}\w./-]*/)?)(?:pyproject\.toml|setup\.py|setup\.cfg)")
_LOCK_FILE = regex(r"(?:.*/)?(?:[\w.-]+\.lock|Pipfile|pylock(?:\.[\w.-]+)?\.toml|environment\.ya?ml)")


class _Mistake(NamedTuple):
    """A pattern of a known mistake. ``reason`` and ``suggestion`` are formatted with the groups of the pattern."""

    pattern: re.Pattern[str]
    reason: str
    suggestion: str | None


_PROJECT = rf"(?P<project>{NAME}(?:[ \t]*\[[^\]]*\])?)"
_MEANT_VERSION = rf"(?P<version>(?:{VERSION}|[0-9a-z.+!]*{UNKNOWN}[0-9a-z.+!{UNKNOWN}]*))"
_CLAUSE = r"[~!<>=]+[ \t]*[\w.*+-][\w.*+!-]*"
_TYPOGRAPHIC = "[\u2018-\u201f]"
_DASH = "[\u2010-\u2015\u2212]"
_NO_QUOTES = "has typographic quotes, which a shell does not read as quotes"
_NO_DASH = "begins with a typographic dash, so it is not an option"
_PIN = "{project}==<version>"
_MISTAKES = tuple(
    _Mistake(regex(pattern, re.DOTALL), reason, suggestion)
    for pattern, reason, suggestion in (
        (r"", "is an empty word, which names nothing", None),
        (r"(?P<quote>['\"])(?P<inner>[^'\"\s]+)(?P=quote)", "has quotes inside its quotes", "{inner}"),
        (rf"{_TYPOGRAPHIC}(?P<inner>[^'\"\s\u2018-\u201f]+){_TYPOGRAPHIC}", _NO_QUOTES, "{inner}"),
        (rf".*{_TYPOGRAPHIC}.*", _NO_QUOTES, None),
        (r".*['\"].*", "has a quote inside the word", None),
        (rf"{_DASH}+(?P<letter>[A-Za-z])", _NO_DASH, "-{letter}"),
        (rf"{_DASH}+(?P<option>[A-Za-z].*)", _NO_DASH, "--{option}"),
        (rf"{_PROJECT}[ \t]*=[ \t]*{_MEANT_VERSION}", "has one = where == belongs", "{project}=={version}"),
        (rf"{_PROJECT}[ \t]*(?P<operator>=[<>!~])[^=].*", "has the unknown operator {operator}", _PIN),
        (rf"{_PROJECT}[ \t]*=(?!=).*", "has one = where == and a version belong", _PIN),
        (
            rf"{_PROJECT}[ \t]*@[ \t]*{_MEANT_VERSION}",
            "has an @, which must be followed by a URL",
            "{project}=={version}",
        ),
        (rf"{_PROJECT}[ \t]*@.*", "has an @, which must be followed by a URL", _PIN),
        (rf"{_PROJECT}[ \t]*(?P<operator>===?|[~!<>]=|[<>])", "has no version after {operator}", _PIN),
        (r"[~!<>=].*", "has no name in front of the version", None),
        (rf"{_PROJECT}[ \t]*\({_MEANT_VERSION}\)", "has a version without an operator", "{project}=={version}"),
        (rf"{_PROJECT}[ \t]+{_MEANT_VERSION}", "has a space where == belongs", "{project}=={version}"),
        (rf"{_PROJECT}[ \t]*[~!<>=][^#]*[ \t]#.*", "has a comment, which is allowed only in a requirements file", None),
        (rf"{_PROJECT}[ \t]*~=[ \t]*[0-9]+", "has a version that is too short: ~= needs at least two numbers", _PIN),
        (
            rf"{_PROJECT}[ \t]*{_CLAUSE}(?:[ \t]+{_CLAUSE})+",
            "has no comma between its clauses",
            _PIN,
        ),
        (
            rf"{_PROJECT}[ \t]*(?:===?|[~!<>]=|[<>])[ \t]*(?P<word>[^\s,=<>~!]+)",
            "has {word} where a version belongs",
            _PIN,
        ),
        (rf"{_PROJECT}[ \t]*[~!<>=].*", "has versions that cannot be read", _PIN),
        (rf"{NAME}(?:[ \t]*,[ \t]*{NAME})+", "has commas where spaces belong", None),
        (rf"{_PROJECT}[ \t]*,", "ends with a comma", "{project}==<version>"),
        (rf"{NAME}[ \t]*\[[^\]]*", "has a [ that is not closed", None),
        (r"-+", "is not a requirement", None),
        (r"[A-Za-z0-9._-]+", "is not a project name: a name starts and ends with a letter or a digit", None),
    )
)


def diagnose(text: SourceText, masked: str) -> Malformed:
    """The reason why a text is not a requirement, and a suggestion if there is one."""
    for mistake in _MISTAKES:
        if found := mistake.pattern.fullmatch(masked):
            groups = {key: str(text[found.start(key) : found.end(key)]) for key in found.groupdict()}
            suggestion = mistake.suggestion.format_map(groups) if mistake.suggestion else None
            return Malformed(text, mistake.reason.format_map(groups), suggestion)
    return Malformed(text, "is not a requirement", None)


def misspelt_url(text: SourceText, masked: str) -> Malformed | None:
    """``git@host:owner/repository``, and URLs with a scheme that no installer knows."""
    if ":" not in masked and "+" not in masked:
        return None
    if ssh := _SSH_SHORTHAND.fullmatch(masked):
        user, host, path = (str(text[ssh.start(key) : ssh.end(key)]) for key in ("user", "host", "path"))
        return Malformed(text, "is ssh shorthand, not a URL", repository_url(f"git+ssh://{user}@{host}/{path}"))
    if scheme := _SCHEME.match(masked):
        suggestion = repository_url(str(text)) if scheme["scheme"] == "ssh" else None
        return Malformed(text, f"is a URL whose scheme {scheme['scheme']} is unknown to installers", suggestion)
    return None


def misspelt_file(text: SourceText, masked: str) -> Malformed | None:
    """``requirements.txt`` without ``-r``, a quoted ``~``, and other files that cannot be installed."""
    if not ("." in masked or "~" in masked or "Pipfile" in masked):
        return None  # the usual case: the patterns need not be tried
    if masked.startswith("~/"):  # in quotes: a ~ that the shell expands is unknown
        return Malformed(text, "has a ~ in quotes, where the shell does not expand it", f"$HOME{str(text)[1:]}")
    if _REQUIREMENTS_FILE.fullmatch(masked):
        return Malformed(text, "is a requirements file, which needs -r in front of it", f"-r {text}")
    if found := _PROJECT_FILE.fullmatch(masked):
        directory = str(text[: found.end("directory")])
        suggestion = directory.rstrip("/") or directory or "."
        suggestion = suggestion if "/" in suggestion or suggestion.startswith((".", "$")) else f"./{suggestion}"
        return Malformed(text, "is a file of a project; the installer needs its directory", suggestion)
    if _LOCK_FILE.fullmatch(masked):
        return Malformed(text, "is a file that cannot be installed", None)
    if re.fullmatch(r"v?[0-9]+(?:\.[0-9]+)+", masked):
        return Malformed(text, "is a version without a name, and is read as the name of a project", None)
    return None
