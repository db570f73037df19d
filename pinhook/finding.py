"""What a rule reports: ``Finding``, with its related places and, where the way out is certain, a ``Fix``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pinhook.source import Place, Span


class Related(NamedTuple):
    """A second place that explains a finding."""

    place: Place
    message: str


class Edit(NamedTuple):
    """Replace the file's characters in ``span`` by ``text``; an empty span inserts."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits of the finding's file that, made together, mend it."""

    description: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One flaw at one place.

    ``target`` is the argument as the installer would receive it, known variables expanded and unknown ones left as
    written; ``written`` is the slice of the file, quotes included. Both are empty where no single word is to blame.
    ``message`` is one line without the code. ``project`` is the normalized name of the project that is asked for, where
    the target says it. ``unfixed`` is why no fix could be made, where one was to be. ``flaw`` is the code of the rule
    that finds the same in the file by itself, where the finding is about a file that another one leads to.
    ``is_once_per_word`` tells that several possible values of one word are one finding.
    """

    place: Place
    code: str
    name: str
    message: str
    target: str = ""
    written: str = ""
    installer: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    project: str = ""
    unfixed: str = ""
    flaw: str = ""
    is_once_per_word: bool = False

    @property
    def key(self) -> tuple[int, int, str, str]:
        """What makes two findings of one file the same: the place, the rule, and what was to be installed."""
        start, end = self.place.span
        return (start, start, self.code, "") if self.is_once_per_word else (start, end, self.code, self.target)


class Suppressed(NamedTuple):
    """A finding that an ignore comment silences: the reason that the comment gives, perhaps none, and its place."""

    finding: Finding
    reason: str
    place: Place
