"""Text with its origin: ``Span``, ``Position``, ``Source`` and ``SourceText``.

All offsets inside pinhook are code points into ``Source.text``. A range is a half-open ``Span``. Lines and columns
exist only in ``Source.position`` and in the reporters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, islice, pairwise

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BOM = "\ufeff"
UNKNOWN = "\0"
"""Masks an unknown character: no argument of a program can contain this one."""

# what may be between two characters of one word: quotes, escapes, and a continuation with comment lines after it
_INSIDE_WORD = regex(r"(?:[\"'\\`\s]|^[ \t]*#.*$)*", re.MULTILINE)
_WORD = regex(r"\S+")


class SourceError(Exception):
    """The bytes of a file are not text. The message gives the reason and does not name the file."""


class Span(NamedTuple):
    """A half-open range of code-point offsets."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        """Whether an offset lies inside; an empty span holds none."""
        return isinstance(offset, int) and self.start <= offset < self.end

    def encloses(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """A line and a column, both counted from 1; the column in code points."""

    line: int
    column: int


class Source:
    """The path (as it was given) and the decoded text of a file.

    ``text`` keeps every line ending and has no byte order mark; ``bom`` says whether the file had one. Bytes that are
    not UTF-8 are kept as lone surrogates, so ``encode`` returns exactly the bytes that were read. Only a requirements
    file has another ``encoding`` than UTF-8. Sources are compared by identity.
    """

    __slots__ = ("_line_starts", "bom", "encoding", "path", "text")

    def __init__(self, path: str, text: str, bom: bool = False, encoding: str = "utf-8") -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self.encoding = encoding
        self._line_starts: list[int] = []

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {self.text!r})"

    @classmethod
    def decode(cls, path: str, data: bytes) -> Source:
        """Read the bytes of a file. Raises ``SourceError`` for UTF-16, UTF-32 and binary files."""
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SourceError("is UTF-16 or UTF-32; write it in UTF-8")
        if b"\0" in data:
            raise SourceError("is a binary file (it holds a NUL byte)")
        text = data.decode("utf-8", "surrogateescape")
        return cls(path, text.removeprefix(BOM), text.startswith(BOM))

    def encode(self) -> bytes:
        """The bytes of the file."""
        return ((BOM if self.bom else "") + self.text).encode(self.encoding, "surrogateescape")

    @property
    def line_starts(self) -> list[int]:
        r"""The offset at which each line starts; a line ends after ``\n``, as BuildKit counts."""
        if not self._line_starts:
            lengths = map(len, self.text.split("\n"))
            self._line_starts = [start + line for line, start in enumerate(accumulate(lengths, initial=0))][:-1]
        return self._line_starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset. The offset after the last character has a position too."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The characters of a line, counted from 1, without its line ending."""
        starts = self.line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        start = starts[line - 1]
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)


class Place(NamedTuple):
    """A span of a file."""

    source: Source
    span: Span


class _Run(NamedTuple):
    """Consecutive characters of a text that come from one range of a file.

    ``start`` is an offset into the text, ``origin`` and ``origin_end`` are offsets into the file. If both ranges have
    the same length, the characters correspond one to one. Otherwise each character comes from the whole range of the
    file (an escape sequence).
    """

    start: int
    length: int
    origin: int
    origin_end: int
    known: bool
    source: Source

    @property
    def is_plain(self) -> bool:
        """Whether the characters are known and correspond one to one to those of the file."""
        return self.known and self.origin_end - self.origin == self.length

    def span(self, offset: int) -> Span:
        """The file's span of the character at an offset into the text."""
        if self.origin_end - self.origin == self.length:
            at = self.origin + offset - self.start
            return Span(at, at + 1)
        return Span(self.origin, self.origin_end)

    def cut(self, start: int, end: int, at: int) -> _Run:
        """The part between two offsets into the text. The result starts at ``at``."""
        begin, length, origin, origin_end, known, source = self
        if origin_end - origin == length:
            origin += start - begin
            origin_end = origin + end - start
        return _Run(at, end - start, origin, origin_end, known, source)

    @property
    def place(self) -> Place:
        """The range of the file."""
        return Place(self.source, Span(self.origin, self.origin_end))


class _Origins:
    """The runs of a text, in order. The slices of a text share them.

    ``are_of_one_source``: all characters come from one file.
    """

    __slots__ = ("_starts", "are_in_order", "are_known", "are_of_one_source", "runs")

    def __init__(self, runs: tuple[_Run, ...], *, are_lines: bool = False) -> None:
        self.runs = runs
        self.are_known = are_lines or False not in [run.known for run in runs]
        self.are_of_one_source = are_lines or all(run.source is runs[0].source for run in runs)
        self.are_in_order = are_lines or (
            self.are_of_one_source and all(first.origin_end <= second.origin for first, second in pairwise(runs))
        )
        self._starts: list[int] = []

    def index(self, offset: int) -> int:
        """The index of the run that holds an offset. An offset after the text gives the last run."""
        if len(self.runs) == 1:
            return 0
        if not self._starts:
            self._starts = [run.start for run in self.runs]
        return bisect_right(self._starts, offset) - 1

    def source(self, offset: int) -> Source:
        """The file of one character."""
        return self.runs[self.index(offset)].source

    def origin(self, offset: int) -> Span:
        """The file's span of one character."""
        return self.runs[self.index(offset)].span(offset)

    def span(self, start: int, end: int) -> Span:
        """The smallest span, in the file of the first character, that holds all characters from that file.

        ``start`` must be less than ``end``.
        """
        if self.are_in_order:
            return Span(self.origin(start).start, self.origin(end - 1).end)
        runs = self.cut(start, end)
        runs = tuple([run for run in runs if run.source is runs[0].source])
        return Span(min([run.origin for run in runs]), max([run.origin_end for run in runs]))

    def cut(self, start: int, end: int) -> tuple[_Run, ...]:
        """The runs between two offsets, moved to 0. ``start`` must be less than ``end``."""
        first = self.index(start)
        run = self.runs[first]
        if end <= run.start + run.length:
            return (run.cut(start, end, 0),)
        return tuple(
            run.cut(max(start, run.start), min(end, run.start + run.length), max(0, run.start - start))
            for run in self.runs[first : self.index(end - 1) + 1]
        )


class SourceText:
    """A string whose every character knows its file and its span in that file.

    Slicing (``text[a:b]``) and joining (``SourceText.join``) give a ``SourceText`` again. A word without its quotes is
    a join of slices; ``decoded`` gives the value of an escape sequence. Offsets into it are code points.

    Characters may be *unknown*: an expansion whose value only the build knows. They keep their written form
    (``$VERSION``) and are marked; ``unknown`` gives their spans in this text.

    The characters may come from several files, for example if a script gets an argument. ``source`` is the file of the
    first character, and ``span`` is a span of that file. ``pieces`` gives the spans in all files.

    Invariants: every character, except those of ``decoded``, equals the character of the file at its origin. Slicing
    and joining keep the origin of every character.
    """

    __slots__ = ("_offset", "_origins", "_text", "source")

    def __init__(self, source: Source, text: str, offset: int, origins: _Origins | None = None) -> None:
        self.source = source
        self._text = text
        self._origins = origins  # None: the characters are consecutive in the file
        self._offset = offset  # of the first character, in the origins or else in the file

    @classmethod
    def of(cls, source: Source, span: tuple[int, int] | None = None) -> SourceText:
        """A slice of a file; without ``span``, the whole file."""
        start, end = span or (0, len(source.text))
        return cls(source, source.text[start:end], start)

    @classmethod
    def of_lines(cls, source: Source, spans: Sequence[tuple[int, int]]) -> SourceText:
        """The concatenation of slices of a file. There is at least one slice, and no two slices touch."""
        if len(spans) == 1:
            return cls.of(source, spans[0])
        runs: list[_Run] = []
        at = 0
        for start, end in spans:
            if start < end:
                runs.append(_Run(at, end - start, start, end, True, source))
                at += end - start
        text = "".join([source.text[start:end] for start, end in spans])
        if len(runs) > 1:
            return cls(source, text, 0, _Origins(tuple(runs), are_lines=True))
        return cls(source, text, runs[0].origin if runs else spans[0][0])

    @staticmethod
    def join(pieces: Iterable[SourceText], separator: str = "") -> SourceText:
        """Concatenate texts with a separator in between, which has the place of the first text.

        Raises ``ValueError`` if there is no text.
        """
        pieces = tuple(pieces)
        if not pieces:
            raise ValueError("nothing to join: an empty text needs a place in a file")
        if separator:
            between = pieces[0].decoded(separator)
            pieces = tuple(each for piece in pieces for each in (between, piece))[1:]
        full = [piece for piece in pieces if piece._text]
        if len(full) <= 1:
            return (full or pieces)[0]
        runs: list[_Run] = []
        at = 0
        for piece in full:
            for run in piece._runs:
                last = runs[-1] if runs else None
                if last and last.origin_end == run.origin and _can_be_merged(last, run):
                    runs[-1] = _Run(last.start, last.length + run.length, last.origin, *run[3:])
                else:
                    runs.append(_Run(at, *run[1:]))
                at += run.length
        return SourceText._of_runs("".join([piece._text for piece in full]), runs)

    @classmethod
    def _of_runs(cls, text: str, runs: Sequence[_Run]) -> SourceText:
        """A text made from runs, at least one."""
        source = runs[0].source
        if len(runs) == 1 and runs[0].is_plain:
            return cls(source, text, runs[0].origin)
        return cls(source, text, 0, _Origins(tuple(runs)))

    def decoded(self, value: str) -> SourceText:
        r"""The value of an escape sequence (``\u0041``): each character of it comes from all of this text."""
        run = _Run(0, len(value), *self.span, known=True, source=self.source)
        return SourceText(self.source, value, 0, _Origins((run,)))

    def as_unknown(self) -> SourceText:
        """The same text, marked as an expansion whose value only the build knows."""
        if not self._text:
            return self
        return self._of_runs(self._text, [run._replace(known=False) for run in self._runs])

    @property
    def _runs(self) -> tuple[_Run, ...]:
        """The runs of this text; ``start`` is an offset into this text."""
        start, end = self._offset, self._offset + len(self._text)
        if self._origins is None:
            return (_Run(0, end - start, start, end, known=True, source=self.source),)
        return self._origins.cut(start, end)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"SourceText({self._text!r}, {tuple(self.span)})"

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        """Texts are equal if their characters and the origins of these are equal."""
        if not isinstance(other, SourceText):
            return NotImplemented
        return self._text == other._text and self._runs == other._runs

    def __hash__(self) -> int:
        return hash((self._text, self._offset if self._origins is None else self.origin(0).span.start))

    def __getitem__(self, key: slice) -> SourceText:
        """A slice. As with ``str``, offsets outside the text are moved to its ends.

        Raises ``ValueError`` for a step.
        """
        text, start = self._text[key], key.start or 0
        if text and start >= 0 and key.step is None:  # the usual case
            if len(text) == len(self._text):
                return self
            if self._origins is None:
                return SourceText(self.source, text, self._offset + start)
            return self._slice(text, start)
        start, end, step = key.indices(len(self._text))
        if step != 1:
            raise ValueError("a SourceText has no steps")
        if end - start == len(self._text):
            return self
        if start < end or self._origins is None:
            return self._slice(self._text[start:end], start)
        place = self.origin(start)
        return SourceText(place.source, "", place.span.start)

    def _slice(self, text: str, start: int) -> SourceText:
        offset, origins = self._offset + start, self._origins
        source = self.source if origins is None or origins.are_of_one_source else origins.source(offset)
        return SourceText(source, text, offset, origins)

    def origin(self, offset: int) -> Place:
        """The place of one character. An offset after the text gives an empty span at the end of the text."""
        if offset >= len(self._text):
            if not self._text:
                return Place(self.source, Span(self._runs[-1].origin_end, self._runs[-1].origin_end))
            source, (_, end) = self.origin(len(self._text) - 1)
            return Place(source, Span(end, end))
        at = self._offset + offset
        if self._origins is None:
            return Place(self.source, Span(at, at + 1))
        return Place(self._origins.source(at), self._origins.origin(at))

    @property
    def span(self) -> Span:
        """The smallest span, in the file of the first character, that holds all characters from that file."""
        start, end = self._offset, self._offset + len(self._text)
        return Span(start, end) if self._origins is None else self._origins.span(start, end)

    @property
    def pieces(self) -> tuple[Place, ...]:
        """The places that the characters come from, in the order of the text."""
        if self._origins is None:
            return (self.place,)
        return tuple(run.place for run in self._runs)

    @property
    def piece_count(self) -> int:
        """The number of ``pieces``, counted without making them."""
        if self._origins is None or not self._text:
            return 1
        return self._origins.index(self._offset + len(self._text) - 1) - self._origins.index(self._offset) + 1

    @property
    def place(self) -> Place:
        """The file and span of this text."""
        return Place(self.source, self.span)

    @property
    def unknown(self) -> tuple[Span, ...]:
        """The spans, in offsets into this text, whose value only the build knows."""
        if self._origins is None or self._origins.are_known:
            return ()
        return tuple(Span(run.start, run.start + run.length) for run in self._runs if not run.known)

    @property
    def is_known(self) -> bool:
        """Whether the whole value is known without running anything."""
        return not self.unknown

    @property
    def is_contiguous(self) -> bool:
        """Whether the characters are consecutive in one file. Quotes and continuations in between do not count."""
        return all(  # if the second piece is in front of the first, the pattern does not match
            first.source is second.source
            and _INSIDE_WORD.fullmatch(first.source.text, first.span.end, second.span.start)
            for first, second in pairwise(self.pieces)
        )

    def masked(self) -> str:
        """The text as a string of the same length, with each unknown character replaced by ``UNKNOWN``."""
        unknown = self.unknown
        if not unknown:
            return self._text
        characters = list(self._text)
        for start, end in unknown:
            characters[start:end] = UNKNOWN * (end - start)
        return "".join(characters)

    def sub(
        self, pattern: re.Pattern[str], replace: Callable[[SourceText, re.Match[str]], SourceText], count: int = 0
    ) -> SourceText:
        """The text with the matches of a pattern replaced by ``replace(matched_text, match)``.

        Only the first ``count`` matches are replaced, unless that is 0.
        """
        pieces: list[SourceText] = []
        at = 0
        for found in islice(pattern.finditer(self._text), count or None):
            pieces += [self[at : found.start()], replace(self[found.start() : found.end()], found)]
            at = found.end()
        return SourceText.join([*pieces, self[at:]]) if pieces else self

    def split(self, separator: re.Pattern[str]) -> list[SourceText]:
        """The texts before, between and after the matches of a separator, empty ones included."""
        pieces: list[SourceText] = []
        at = 0
        for found in separator.finditer(self._text):
            pieces.append(self[at : found.start()])
            at = found.end()
        return [*pieces, self[at:]]

    def words(self) -> list[SourceText]:
        """The words between white space."""
        return [self[found.start() : found.end()] for found in _WORD.finditer(self._text)]

    def strip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at both ends."""
        length = len(self._text.strip(characters))
        if length == len(self._text):
            return self
        start = len(self._text) - len(self._text.lstrip(characters))
        return self[start : start + length]

    def lstrip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at the start."""
        length = len(self._text.lstrip(characters))
        return self if length == len(self._text) else self[len(self._text) - length :]

    def rstrip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at the end."""
        length = len(self._text.rstrip(characters))
        return self if length == len(self._text) else self[:length]


def _can_be_merged(first: _Run, second: _Run) -> bool:
    """Whether two runs that touch in the file can be merged."""
    return (
        first.source is second.source
        and first.known == second.known
        and _is_one_to_one(first)
        and _is_one_to_one(second)
    )


def _is_one_to_one(run: _Run) -> bool:
    """Whether the characters of a run correspond one to one to those of the file."""
    return run.origin_end - run.origin == run.length
