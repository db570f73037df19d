"""What a document gives to the rules: ``Contents``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pinhook.installers import Installation
    from pinhook.source import Place, SourceText


class Unread(NamedTuple):
    """Something that may install packages and cannot be read: where, and why."""

    place: Place
    reason: str


class Contents(NamedTuple):
    """The installations of a document, and the parts of it that may install something and cannot be read.

    ``script_comments`` are the comments that a shell sees; the same one may be there twice. ``always_follows`` tells
    that the files behind the installations count at every level.
    """

    installations: tuple[Installation, ...] = ()
    unread: tuple[Unread, ...] = ()
    script_comments: tuple[SourceText, ...] = ()
    always_follows: bool = False
