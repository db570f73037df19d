"""The kinds of thing an installer can be asked for: ``Named | Direct | Local | Unknown | Malformed``."""

from __future__ import annotations

import enum

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from pinhook.source import SourceText


class Exactness(enum.Enum):
    """How many versions a specifier set admits."""

    ANY = "no specifier at all"
    INEXACT = "several versions"
    EXACT = "exactly one version"
    NONE = "no version: the clauses contradict each other"


class Named(NamedTuple):
    """A project asked for by name: ``name[extras]specifier; marker``.

    ``name`` holds just the characters of the name; ``normalized`` is the normalized name of the packaging
    specifications, or ``None`` when the name is not known before the build. ``requested`` is name and extras as
    written, what a version is to be put behind. ``specifier`` holds the characters of the specifier set, perhaps
    none: without parentheses around it and without a comma behind it, but with the ``@`` of uv's ``ruff@0.6.0``.
    """

    name: SourceText
    normalized: str | None
    requested: SourceText
    specifier: SourceText
    exactness: Exactness


class Ref(enum.Enum):
    """What a VCS URL, or the URL of an archive, is fixed to."""

    MISSING = "nothing"
    MUTABLE = "a branch or a tag"
    COMMIT = "a full commit id"
    UNKNOWN = "something only the build knows"


class Direct(NamedTuple):
    """A direct reference: a URL, or ``name @ URL``.

    ``url`` holds the characters of the URL, fragment included. ``vcs`` is ``git``, ``hg``, ``svn`` or ``bzr``, or
    ``None`` for an archive; for an archive ``ref`` is ``MUTABLE`` when the URL is known to be that of a branch,
    ``UNKNOWN`` when a part that only the build knows decides it, and ``COMMIT`` otherwise. ``hashed`` tells whether
    the fragment has a hash. ``normalized`` is the project's name when the reference says it (``name @``,
    ``#egg=name``).
    """

    url: SourceText
    vcs: str | None
    ref: Ref
    hashed: bool
    normalized: str | None


class Local(NamedTuple):
    """A file or directory, or the interpreter of ``uvx python@3.12``: no index is asked for it."""

    path: SourceText


class Unknown(NamedTuple):
    """Only the build knows what this is: ``$PACKAGES``, ``flask$SPEC``, ``$(cat list)``, ``wheels*``."""

    text: SourceText


class Malformed(NamedTuple):
    """The installer would refuse this, or read it as something else than was meant.

    ``reason`` is a clause that follows the word in a message (``is a file name, and pip looks for a project of that
    name``); ``suggestion`` is what to write instead, in full, or ``None`` when that cannot be said.
    """

    text: SourceText
    reason: str
    suggestion: str | None


Requirement: TypeAlias = Named | Direct | Local | Unknown | Malformed
