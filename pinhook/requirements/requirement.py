"""The kinds of requirement: ``Named | Direct | Local | Unknown | Malformed``."""

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
    """A project by name: ``name[extras]specifier; marker``.

    ``name``         the characters of the name
    ``normalized``   the normalized name of the packaging specifications; ``None`` if only the build knows the name
    ``requested``    name and extras as written; a version is inserted after them
    ``specifier``    the characters of the specifier set, perhaps none; without parentheses and without a comma at the
                   end, but with the ``@`` of uv's ``ruff@0.6.0``
    """

    name: SourceText
    normalized: str | None
    requested: SourceText
    specifier: SourceText
    exactness: Exactness


class Ref(enum.Enum):
    """What the URL of a repository or an archive names."""

    MISSING = "nothing"
    MUTABLE = "a branch or a tag"
    COMMIT = "a full commit id"
    UNKNOWN = "something only the build knows"


class Direct(NamedTuple):
    """A direct reference: a URL, or ``name @ URL``.

    ``url``          the characters of the URL, fragment included
    ``vcs``          ``git``, ``hg``, ``svn``, ``bzr``; ``None`` for an archive
    ``ref``          for an archive: ``MUTABLE`` if the URL is known to name a branch, ``UNKNOWN`` if only the build
                   knows it, else ``COMMIT``
    ``hashed``       whether the fragment contains a hash
    ``normalized``   the name of the project, if the reference has it (``name @``, ``#egg=name``)
    """

    url: SourceText
    vcs: str | None
    ref: Ref
    hashed: bool
    normalized: str | None


class Local(NamedTuple):
    """A file, a directory, or the interpreter of ``uvx python@3.12``. It does not come from an index."""

    path: SourceText


class Unknown(NamedTuple):
    """Only the build knows the kind: ``$PACKAGES``, ``flask$SPEC``, ``$(cat list)``, ``wheels*``."""

    text: SourceText


class Malformed(NamedTuple):
    """The installer refuses it, or reads it as something other than what was meant.

    ``reason`` is a clause that follows the word in a message (``is a file name, and pip looks for a project of that
    name``). ``suggestion`` is the complete text to write in its place, or ``None``.
    """

    text: SourceText
    reason: str
    suggestion: str | None


Requirement: TypeAlias = Named | Direct | Local | Unknown | Malformed
