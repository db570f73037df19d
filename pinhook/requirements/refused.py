"""URLs and wheels that an installer refuses, or reads as something other than what was meant."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements.direct import repository_url
from pinhook.requirements.requirement import Malformed
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.source import SourceText

_WITHOUT_PLUS = regex(r"(?P<vcs>git|hg|svn|bzr)(?P<rest>://.*)", re.IGNORECASE | re.DOTALL)
_PATH_AS_PORT = regex(
    rf"(?P<host>[\w+.-]+://(?:[^/?#]*@)?[\w.-]+):(?P<path>(?![0-9]*(?:[/?#]|$))[^/?#@{UNKNOWN}]+(?:[/?#].*)?)",
    re.DOTALL,
)
_NOT_GIT = regex(r"(?:hg|svn|bzr)\+", re.IGNORECASE)
_GIT_OF_ANOTHER_SCHEME = regex(rf"git\+(?!https?:|ssh:|file:)[^:/{UNKNOWN}]*(?P<rest>://.*)", re.IGNORECASE | re.DOTALL)
_ON_A_FORGE = regex(
    rf"(?P<url>https?://(?:[^/]*@)?(?:www\.)?(?:"
    rf"(?:github\.com|bitbucket\.org|codeberg\.org|gitea\.com)/[^/{UNKNOWN}]+/[^/@{UNKNOWN}]+"
    rf"|gitlab\.com/(?!api/)(?:(?!-/)[^/{UNKNOWN}]+/)+[^/@{UNKNOWN}]+?))"
    r"(?:(?:/-)?/tree/(?P<branch>.+?)|@[^/]+)?",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = regex(r"\.(?:whl|zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma|zst))?)$")
_WHEEL = regex(rf"[^*?\[\]{{}}{UNKNOWN}]*\.whl", re.IGNORECASE)


def refused_url(text: SourceText, masked: str, *, by_uv: bool) -> Malformed | None:
    """The reason why pip or uv refuses a URL, and a spelling that it accepts; ``None`` if it accepts the URL.

    Both refuse ``git://``, and a path in the place of a port (``git+ssh://git@host:owner/repository``). Pip downloads
    any other URL; for a repository it gets a web page. uv decides by the end of the path: ``.git`` is a repository, and
    anything that is not an archive is an error.
    """
    url = str(text)
    if found := _WITHOUT_PLUS.fullmatch(masked):
        scheme = "git+https" if found["vcs"].lower() == "git" else f"{found['vcs']}+{found['vcs']}"
        return Malformed(
            text, "has a scheme that pip and uv refuse", repository_url(scheme + url[found.start("rest") :])
        )
    if found := _PATH_AS_PORT.fullmatch(masked):
        spelled = f"{url[: found.end('host')]}/{url[found.start('path') :]}"
        return Malformed(text, "has a path where the port of the host belongs", repository_url(spelled))
    malformed = _refused_by_uv(text, masked, url) if by_uv else _refused_by_pip(text, masked, url)
    return malformed or refused_wheel(text, _path(masked))


def _refused_by_pip(text: SourceText, masked: str, url: str) -> Malformed | None:
    suggestion = _with_git(masked, url)
    return Malformed(text, "is a repository, and pip needs git+ in front of it", suggestion) if suggestion else None


def _refused_by_uv(text: SourceText, masked: str, url: str) -> Malformed | None:
    if _NOT_GIT.match(masked):
        return Malformed(text, "is refused by uv, which installs from repositories of git only", None)
    if found := _GIT_OF_ANOTHER_SCHEME.fullmatch(masked):
        return Malformed(text, "has a scheme that uv refuses", repository_url("git+https" + url[found.start("rest") :]))
    last = _path(masked).rpartition("/")[2]
    if masked[:4].lower() != "http" or last.lower().endswith(".git") or UNKNOWN in last or _ARCHIVE.search(last):
        return None
    if suggestion := _with_git(masked, url):
        return Malformed(text, "is a repository, and uv needs git+ in front of it", suggestion)
    return Malformed(text, "does not end like an archive, and uv refuses it", None)


def _path(masked: str) -> str:
    """The URL up to the end of its path."""
    return masked.partition("#")[0].partition("?")[0].rstrip("/")


def _with_git(masked: str, url: str) -> str | None:
    """The URL of a repository with ``git+`` in front; ``None`` if it is not known to be a repository."""
    path = _path(masked)
    if masked[:4].lower() != "http" or _ARCHIVE.search(path):
        return None
    if path.rpartition("/")[2].partition("@")[0].lower().endswith(".git"):
        return repository_url(url)
    found = _ON_A_FORGE.fullmatch(path)
    if found and found["branch"]:
        return f"git+{url[slice(*found.span('url'))]}@{url[slice(*found.span('branch'))]}"
    return repository_url(url) if found else None


def refused_wheel(text: SourceText, path: str) -> Malformed | None:
    """What is wrong with the file name of a wheel. The standard says that the name contains the version."""
    name = re.split(r"[/\\]", path)[-1]
    if not _WHEEL.fullmatch(name):
        return None
    parts = name[: -len(".whl")].split("-")
    if len(parts) in {5, 6} and re.match(r"v?[0-9]", parts[1]):
        return None
    return Malformed(text, "is not the name of a wheel; write name-version-python-abi-platform.whl", None)
