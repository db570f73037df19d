"""URLs: their version control system, ref and hash."""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.requirements.patterns import NAME, normalize
from pinhook.requirements.requirement import Direct, Local, Ref, Unknown
from pinhook.source import UNKNOWN

if TYPE_CHECKING:
    from pinhook.source import SourceText

_URL_START = regex(r"(?:https?|file|ftp):|(?:git|hg|svn|bzr)(?:\+(?![\w.-]*@)|://)", re.IGNORECASE)
_IS_LOCAL = regex(r"(?:(?:git|hg|svn|bzr)\+)?file:", re.IGNORECASE)
_VCS = regex(r"(git|hg|svn|bzr)(?:\+|(?=://))", re.IGNORECASE)
_COMMIT = regex("[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_EGG = regex(rf"(?:^|&)egg=(?P<name>{NAME})(?![^&\[])")
_HASH = regex(rf"(?:^|&)sha(?:256|384|512)=[0-9A-Fa-f{UNKNOWN}]+")
_ENDING = r"\.(?:zip|tar|tgz|tar\.(?:gz|bz2|xz))"
_BRANCH = "(?:main|master|HEAD|head|trunk|dev|devel|develop|development|nightly|latest|stable|next)"
_KIND = "(?P<kind>refs/heads/|refs/tags/)?"


class _Revision(NamedTuple):
    """Patterns of an archive URL: ``mark`` for the text in front of a ref, ``after`` for the ref and the rest."""

    mark: re.Pattern[str]
    behind: re.Pattern[str]


_REVISIONS = tuple(
    _Revision(regex(mark), regex(behind))
    for mark, behind in (
        # files of a repository: on any forge, on GitHub and Bitbucket, on Hugging Face, on GitLab, on Gitea
        ("/(?:raw|resolve)/", rf"{_KIND}(?P<ref>{_BRANCH}|{UNKNOWN}+|[0-9a-f]{{40}})/.*"),
        (r"//(?:github\.com|bitbucket\.org)/[^/]+/[^/]+/raw/", rf"{_KIND}(?P<ref>[^/]+)/.*"),
        (r"//huggingface\.co/(?:[^/]+/)+resolve/", "(?P<kind>)(?P<ref>[^/]+)/.*"),
        ("/-/raw/", "(?P<kind>)(?P<ref>[^/]+)/.*"),
        ("/raw/(?=branch/|tag/|commit/)", "(?P<kind>branch/|tag/|commit/)(?P<ref>[^/]+)/.*"),
        # GitLab; GitHub, Gitea, Forgejo; GitHub again, in three other spellings; Bitbucket; a file of a repository
        ("/-/archive/", rf"(?P<kind>)(?P<ref>.+)/[^/]+{_ENDING}"),
        ("/archive/", rf"{_KIND}(?P<ref>.+?){_ENDING}"),
        ("/(?:tarball|zipball)/", rf"{_KIND}(?P<ref>.+)"),
        (r"//codeload\.github\.com/[^/]+/[^/]+/[a-z.]+/", rf"{_KIND}(?P<ref>.+)"),
        ("/releases/(?=latest/download/)", "(?P<kind>)(?P<ref>latest)/.*"),
        (r"//bitbucket\.org/[^/]+/[^/]+/get/", rf"(?P<kind>)(?P<ref>.+?){_ENDING}"),
        (r"//raw\.githubusercontent\.com/[^/]+/[^/]+/", rf"{_KIND}(?P<ref>[^/]+)/.*"),
    )
)


def is_url(masked: str) -> bool:
    """Whether pip reads the argument as a URL: it starts with a scheme that pip knows."""
    return (":" in masked or "+" in masked) and _URL_START.match(masked) is not None


def parse_url(text: SourceText, normalized: str | None = None, *, by_uv: bool = False) -> Direct | Local | Unknown:
    """Parse a URL. ``normalized`` is the normalized name of the project, if it is known.

    url = [ vcs "+" ] scheme "://" [ user [ ":" password ] "@" ] host path [ "@" ref ] [ "?" query ] [ "#" fragment ]

    uv reads an ``https`` URL whose path ends in ``.git`` as a repository.
    """
    masked = text.masked()
    if _IS_LOCAL.match(masked):
        return Local(text)
    address, _, fragment = masked.partition("#")
    vcs = _VCS.match(address)
    is_hashed = _HASH.search(fragment) is not None
    is_cloned = by_uv and vcs is None and address.partition("?")[0].rstrip("/").lower().endswith(".git")
    if vcs:
        ref = _vcs_ref(vcs[1].lower(), address[vcs.end() :].partition("?")[0])
    elif is_cloned:
        ref = Ref.MISSING
    else:
        ref = Ref.COMMIT if is_hashed else archive_ref(masked)
    if ref is None:
        return Unknown(text)
    egg = _EGG.search(fragment)
    return Direct(
        url=text,
        vcs=vcs[1].lower() if vcs else "git" if is_cloned else None,
        ref=ref,
        hashed=is_hashed,
        normalized=normalized or (normalize(egg["name"]) if egg else None),
    )


def _vcs_ref(vcs: str, address: str) -> Ref | None:
    """The ref after the last ``@`` of the path; ``None`` if an unknown part may contain a ref."""
    _, has_scheme, location = address.partition("://")
    if has_scheme:
        authority, _, path = location.partition("/")
    else:  # ``git+$URL@v1``; but the first @ of ``git+git@host:path`` is not in front of a ref
        authority, path = "", address if address.startswith(UNKNOWN) else address.partition(":")[2]
    _, has_ref, ref = path.rpartition("@")
    if not has_ref:
        return Ref.MISSING if not path.endswith(UNKNOWN) and (path or UNKNOWN not in authority) else None
    if not has_scheme and "/" in ref:
        return None
    if UNKNOWN in ref:
        return Ref.UNKNOWN
    if _COMMIT.fullmatch(ref) or (vcs in {"svn", "bzr"} and ref.isdecimal()):
        return Ref.COMMIT
    return Ref.MUTABLE if ref else Ref.MISSING


def archive_ref(masked: str) -> Ref:
    """What the URL of an archive names. A URL without a known ref counts as ``COMMIT``.

    A name without a digit is assumed to be a branch: a release tag has a digit.
    """
    path = re.split("[?#]", masked, maxsplit=1)[0]
    for revision in _REVISIONS:
        mark = revision.mark.search(path)
        if mark and (found := revision.behind.fullmatch(path, mark.end())):
            if _COMMIT.fullmatch(found["ref"]):
                return Ref.COMMIT
            if UNKNOWN in found["ref"]:
                return Ref.UNKNOWN
            is_branch = found["kind"] in {"refs/heads/", "branch/"} or not (
                found["kind"] or re.search("[0-9]", found["ref"])
            )
            return Ref.MUTABLE if is_branch else Ref.COMMIT
    return Ref.COMMIT


def with_ref(url: str) -> str:
    """A VCS URL with ``@<commit>`` inserted after the path, before query and fragment."""
    path, *rest = re.split("(?=[?#])", url)
    return f"{path.removesuffix('@').rstrip('/')}@<commit>{''.join(rest)}"


def repository_url(url: str) -> str:
    """The URL of a repository that pip and uv both accept: ``git+`` in front, the ref after the path."""
    with_vcs = url if _VCS.match(url) else f"git+{url}"
    path = re.split("[?#]", url.rstrip("/"))[0]
    return with_vcs if "@" in path.rpartition("/")[2] else with_ref(with_vcs)
