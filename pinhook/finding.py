"""What a rule reports: ``Finding``, its related places and, if the repair is certain, a ``Fix``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pinhook.installers import Target
    from pinhook.source import Place, Position, Span


class Related(NamedTuple):
    """A second place that explains a finding."""

    place: Place
    message: str


class Edit(NamedTuple):
    """Replace the file's characters in ``span`` by ``text``; an empty span inserts."""

    span: Span
    text: str


def apply_edits(source: Source, edits: Iterable[Edit]) -> Source:
    """The file after some edits. The edits do not overlap and are in the order of the file."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    return Source(source.path, "".join([*pieces, source.text[at:]]), source.bom, source.encoding)


class Fix(NamedTuple):
    """Edits of one file that together repair the finding."""

    description: str
    edits: tuple[Edit, ...]


class ForPython(NamedTuple):
    """The Python that a version was chosen for.

    ``version``   as the message has it: ``3.10.12``, ``3.12.14 or later``
    ``evidence``  the places that it is concluded from, and what each of them says
    ``caveats``   clauses that say why a fix for it is unsafe; none if it is safe
    """

    version: str
    evidence: tuple[Related, ...] = ()
    caveats: tuple[str, ...] = ()


class Finding(NamedTuple):
    """One violation of a rule at one place.

    ``target``    the argument that the installer receives: known variables expanded, unknown ones as written
    ``written``   the slice of the file, quotes included; like ``target``, empty if the finding is about no single word
    ``message``   one line, without the code of the rule
    ``project``   the normalized name of the requested project, if the target has one
    ``unfixed``   the reason why a requested fix was not possible
    ``original_code``      in a finding about a followed file: the code of the rule that reports the same in that file
    ``is_once_per_word``   several possible values of one word give one finding
    ``python``    of a finding that is fixed, or that only an unsafe fix would fix: the Python that it is for
    ``subjects``  the targets that the finding is about; several if one word of the file is used more than once
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
    original_code: str = ""
    is_once_per_word: bool = False
    subjects: tuple[Target, ...] = ()
    python: ForPython | None = None

    @property
    def path(self) -> str:
        """The path of the file, as it was given."""
        return self.place.source.path

    @property
    def span(self) -> Span:
        """The offsets of the first character and of the one after the last, in code points from 0."""
        return self.place.span

    @property
    def start(self) -> Position:
        """The line and column of the first character, both from 1."""
        return self.place.source.position(self.place.span.start)

    @property
    def end(self) -> Position:
        """The line and column after the last character, both from 1."""
        return self.place.source.position(self.place.span.end)

    @property
    def key(self) -> tuple[int, int, str, str]:
        """Two findings of one file with the same key are the same: place, rule and target."""
        start, end = self.place.span
        return (start, start, self.code, "") if self.is_once_per_word else (start, end, self.code, self.target)


class Suppressed(NamedTuple):
    """A finding that an ignore comment suppresses, the reason in the comment (perhaps none) and its place."""

    finding: Finding
    reason: str
    place: Place
