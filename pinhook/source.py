"""Where every character comes from: ``Span``, ``Position``, ``Source`` and ``SourceText``.

The one coordinate inside pinhook is the half-open ``Span`` of code-point offsets into ``Source.text``. Lines and
columns exist only in ``Source.position`` and in the reporters.
"""

from __future__ import annotations

from bisect import bisect_right

from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BOM = "\ufeff"


class SourceError(Exception):
    """A file whose bytes are not text; the message says why and does not name the file."""


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
    """A file that was read: its path, as it was given, and its decoded text.

    ``text`` keeps every line ending and has no byte order mark (``bom`` says whether the file had one). Bytes that
    are not UTF-8 are kept as lone surrogates, so that ``encode`` gives back exactly the bytes that were read. Another
    ``encoding`` is that of a requirements file. Two sources are never equal.
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
            raise SourceError("is UTF-16 or UTF-32, and a Dockerfile is UTF-8")
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
            start = 0
            while start >= 0:
                self._line_starts.append(start)
                start = self.text.find("\n", start) + 1 or -1
        return self._line_starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset. An offset just behind the last character has a position too."""
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
    """Somewhere in a file."""

    source: Source
    span: Span


class _Run(NamedTuple):
    """Characters ``start:`` of a text (up to the next run) that come from ``origin:origin_end`` of the file.

    With as many characters on both sides they belong together one by one; otherwise each character of the run
    stands for the whole of the origin (an escape sequence).
    """

    start: int
    length: int
    origin: int
    origin_end: int
    known: bool

    def span(self, offset: int) -> Span:
        """The file's span of the character at an offset into the text."""
        if self.origin_end - self.origin == self.length:
            at = self.origin + offset - self.start
            return Span(at, at + 1)
        return Span(self.origin, self.origin_end)

    def cut(self, start: int, end: int, at: int) -> _Run:
        """The part between two offsets into the text, moved to ``at``."""
        begin, length, origin, origin_end, known = self
        if origin_end - origin == length:
            origin += start - begin
            origin_end = origin + end - start
        return _Run(at, end - start, origin, origin_end, known)


class SourceText:
    """A string whose every character knows the span of the file that it comes from.

    It is closed under slicing (``text[a:b]``), joining (``SourceText.join``) and unquoting (a join of slices, with
    ``decoded`` where an escape sequence stands for another character). Offsets into it are code points.

    Some characters may be *unknown*: an expansion that only the build can carry out. They are kept as they are
    written (``$VERSION``) and marked; ``unknown`` gives their spans in this text.

    Laws: every character equals the file's character that it points to, those of ``decoded`` excepted; slicing and
    joining keep each character's origin.
    """

    __slots__ = ("_runs", "_starts", "_text", "source")

    def __init__(self, source: Source, text: str, runs: tuple[_Run, ...]) -> None:
        self.source = source
        self._text = text
        self._runs = runs  # never empty: an empty text has one empty run, which says where it stands
        self._starts: list[int] | None = None

    @classmethod
    def of(cls, source: Source, span: Span | None = None) -> SourceText:
        """A slice of a file, or the whole of it."""
        start, end = span or (0, len(source.text))
        return cls(source, source.text[start:end], (_Run(0, end - start, start, end, known=True),))

    @staticmethod
    def join(pieces: Iterable[SourceText]) -> SourceText:
        """Put texts of one file one behind the other. Raises ``ValueError`` when there is none."""
        pieces = tuple(pieces)
        if not pieces:
            raise ValueError("nothing to join, and so no place in a file")
        if len(pieces) == 1:
            return pieces[0]
        runs: list[_Run] = []
        at = 0
        for piece in pieces:
            for run in piece._runs:
                if not run.length:
                    continue
                last = runs[-1] if runs else None
                if last and last.origin_end == run.origin and last.known == run.known and _aligned(last, run):
                    runs[-1] = _Run(last.start, last.length + run.length, last.origin, run.origin_end, run.known)
                else:
                    runs.append(run._replace(start=at))
                at += run.length
        return SourceText(pieces[0].source, "".join(piece._text for piece in pieces), tuple(runs) or pieces[0]._runs)

    def decoded(self, value: str) -> SourceText:
        r"""The value of an escape sequence: every character of ``value`` comes from all of this text (``\u0041``)."""
        span = self.span
        return SourceText(self.source, value, (_Run(0, len(value), span.start, span.end, known=True),))

    def as_unknown(self) -> SourceText:
        """The same text, marked as an expansion whose value only the build knows."""
        return SourceText(self.source, self._text, tuple(run._replace(known=False) for run in self._runs))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"SourceText({self._text!r}, {tuple(self.span)})"

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        """Texts are equal when they are the same characters from the same places."""
        if not isinstance(other, SourceText):
            return NotImplemented
        return self.source is other.source and self._text == other._text and self._runs == other._runs

    def __hash__(self) -> int:
        return hash((self._text, self._runs))

    def __getitem__(self, key: slice) -> SourceText:
        """A slice; as with ``str``, offsets beyond the ends are moved to the ends. Steps are not supported."""
        length = len(self._text)
        start, end, step = key.indices(length)
        if step != 1:
            raise ValueError("a SourceText has no steps")
        if end - start == length:
            return self
        if start >= end:
            return SourceText(self.source, "", (self._empty_run(start),))
        run = self._runs[self._run_index(start)]
        if end <= run.start + run.length:
            runs: tuple[_Run, ...] = (run.cut(start, end, 0),)
        else:
            runs = tuple(self._cut(start, end))
        return SourceText(self.source, self._text[start:end], runs)

    def _run_index(self, offset: int) -> int:
        if len(self._runs) == 1:
            return 0
        if self._starts is None:
            self._starts = [run.start for run in self._runs]
        return bisect_right(self._starts, offset) - 1

    def _cut(self, start: int, end: int) -> Iterator[_Run]:
        for index in range(self._run_index(start), self._run_index(end - 1) + 1):
            run = self._runs[index]
            first, last = max(start, run.start), min(end, run.start + run.length)
            yield run.cut(first, last, first - start)

    def _empty_run(self, offset: int) -> _Run:
        place = self.origin(offset).start
        return _Run(0, 0, place, place, known=True)

    def origin(self, offset: int) -> Span:
        """The file's span of one character; behind the last character, an empty span at the end of the text."""
        if offset >= len(self._text):
            end = self._runs[-1].origin_end
            return Span(end, end)
        return self._runs[self._run_index(offset)].span(offset)

    @property
    def span(self) -> Span:
        """The smallest span of the file that holds every character of this text."""
        return Span(min(run.origin for run in self._runs), max(run.origin_end for run in self._runs))

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The spans of the file that this text is made of, in the text's order."""
        return tuple(Span(run.origin, run.origin_end) for run in self._runs)

    @property
    def place(self) -> Place:
        """Where this text stands."""
        return Place(self.source, self.span)

    @property
    def unknown(self) -> tuple[Span, ...]:
        """Spans of this text, in its own offsets, whose value only the build knows."""
        return tuple(Span(run.start, run.start + run.length) for run in self._runs if not run.known)

    @property
    def is_known(self) -> bool:
        """Whether the whole value is known without running anything."""
        return all(run.known for run in self._runs)

    def strip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at both ends."""
        return self.lstrip(characters).rstrip(characters)

    def lstrip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at the start."""
        length = len(self._text.lstrip(characters))
        return self if length == len(self._text) else self[len(self._text) - length :]

    def rstrip(self, characters: str | None = None) -> SourceText:
        """Without white space, or the given characters, at the end."""
        length = len(self._text.rstrip(characters))
        return self if length == len(self._text) else self[:length]


def _aligned(first: _Run, second: _Run) -> bool:
    return first.origin_end - first.origin == first.length and second.origin_end - second.origin == second.length
