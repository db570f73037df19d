"""The types of a rule, and the places and messages of its findings."""

from __future__ import annotations

import enum
import sys

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.finding import Finding, Related
from pinhook.redact import redact
from pinhook.requirements import Direct, Malformed, Named, normalize
from pinhook.source import Place, SourceText, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.installers import Installation, Target
    from pinhook.requirements import Requirement

_MAX_MESSAGE = 500  # code points of a message
_SHORT_MESSAGE = 120  # code points; a message of at most this length has no long words
_LONG_WORD = regex(r"(?<!\S)(\S{80})\S{40,}(\S{20})")
_FIRST_NAME = regex(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")
_BEFORE_VALUE = " \t\r\n'\"="
_BEHIND_WORD = " \t\r\n'\";&|()<>"
_SHORT_OPTION = regex("-[A-Za-z]")


class Level(enum.IntEnum):
    """How strict a run is. A level includes the rules of the levels below it."""

    DEFAULT = 0
    STRICT = 1
    HASHES = 2


class Subject(enum.Enum):
    """What a rule checks: it decides the parameters of ``check``."""

    __hash__ = object.__hash__  # the hash of Enum, that of the name, is slow

    INSTALLATION = "an install command or a requirements file: check(installation)"
    FOLLOWED_FILES = "the same, whose files pinhook follows for this rule: check(installation, files)"
    WITH_FILES = "the same, with its files if they were followed: check(installation, files)"
    UNREAD = "a part of a document that cannot be read: check(unread)"
    FINDING_IN_SCRIPT = "a finding of the level default in a script of the repository: check(finding, run_by)"
    IGNORE_COMMENT = "an ignore comment: check(ignore, used, codes), see unused_ignore"


class Rule(NamedTuple):
    """One rule. ``check`` is pure and yields findings. The manual page is the docstring of the module of ``check``.

    ``looks_at`` says what ``check`` gets. ``honours_allow``: the rule does not apply to names that the user allows
    without a version. ``has_fix``: ``--fix`` corrects some of its findings.
    """

    code: str
    name: str
    level: Level
    check: Callable[..., Iterator[Finding]]
    looks_at: tuple[Subject, ...] = (Subject.INSTALLATION,)
    honours_allow: bool = False
    has_fix: bool = False

    @property
    def manual(self) -> str:
        """The manual page in Markdown: a summary line, then the sections."""
        return sys.modules[self.check.__module__].__doc__ or ""  # empty with python -OO

    @property
    def summary(self) -> str:
        """The first line of the manual page, without its period."""
        return self.manual.partition("\n")[0].rstrip(".")

    def report(self, installation: Installation, target: Target, message: str, place: Place | None = None) -> Finding:
        """A finding about a target. Its place is that of the name and the versions, unless ``place`` is given."""
        place = place or target_place(target)
        written, project = str(target.argument.written), _project(target.requirement)
        return self.finding(installation, place, message, str(target.text), written, project, (target,))

    def finding(
        self,
        installation: Installation,
        place: Place,
        message: str,
        target: str,
        written: str,
        project: str = "",
        subjects: tuple[Target, ...] = (),
    ) -> Finding:
        """A finding about a word of an install command. If the word is elsewhere, the command is a related place."""
        command = installation.place
        is_inside = place.source is command.source and command.span.encloses(place.span)
        return Finding(
            place=place,
            code=self.code,
            name=self.name,
            message=shorten(message),
            target=redact(target),
            written=redact(written),
            installer=installation.installer,
            related=() if is_inside else (Related(command, "installed here"),),
            project=project,
            subjects=subjects,
        )


def shorten(message: str) -> str:
    """The message without credentials. Long words, and a long message, are cut in the middle."""
    message = redact(message)
    if len(message) > _SHORT_MESSAGE:
        message = _LONG_WORD.sub(r"\1…\2", message)
    return message if len(message) <= _MAX_MESSAGE else f"{message[: _MAX_MESSAGE - 200]}…{message[-199:]}"


def _project(requirement: Requirement) -> str:
    """The normalized name of a project; empty if unknown. For a malformed target, the name at its start."""
    match requirement:
        case Named(normalized=normalized) | Direct(normalized=normalized):
            return normalized or ""
        case Malformed(text=text) if name := _FIRST_NAME.match(str(text)):
            return normalize(name[0]) or ""
        case _:
            return ""


def target_place(target: Target) -> Place:
    """The place of the name and the versions of a target; of the name alone if they are not contiguous.

    Other targets that come from several places are reported at the word of the command.
    """
    match target.requirement:
        case Named(name=name, requested=requested, specifier=specifier):
            whole = SourceText.join([requested, specifier])
        case _:
            name = target.argument.written
            whole = target.text if len(target.text) else name
    if whole.is_contiguous:
        return whole.place
    return _without_quotes(name.place) if name.is_contiguous else name.pieces[0]


def place_in(command: Place, text: SourceText) -> Place:
    """The place of the value of an option. If parts of the value come from elsewhere, the whole word in the command."""
    pieces = [piece.span for piece in text.pieces if piece.source is command.source]
    inside = [span for span in pieces if command.span.encloses(span)]
    if text.is_contiguous or not inside:
        return text.place if text.is_contiguous else text.pieces[0]
    characters = command.source.text[: command.span.end]
    start = end = inside[0].start
    while start > command.span.start and characters[start - 1] not in _BEFORE_VALUE:
        start -= 1
    end = max(inside[-1].end, start)
    while end < len(characters) and characters[end] not in _BEHIND_WORD:
        end += 1
    if option := _SHORT_OPTION.match(characters, start):
        start = option.end()
    return Place(command.source, Span(start, end))


def _without_quotes(place: Place) -> Place:
    source, (start, end) = place
    is_quoted = end - start > 2 and source.text[start] in "'\"" and source.text[start] == source.text[end - 1]
    return Place(source, Span(start + 1, end - 1)) if is_quoted else place


def related_location(file: Installation, installation: Installation) -> Related:
    """The command that installs a file; without one, the line that includes it."""
    if installation.file and file.file and file.file.named_at:
        return Related(file.file.named_at, "included here")
    return Related(installation.place, "installed here")
