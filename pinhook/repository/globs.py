"""Globs: path patterns of ``.gitignore``, ``.dockerignore``, the sources of ``COPY``, and the configuration.

A ``GlobDialect`` describes the differences between the formats. Matching never backtracks: it takes at most (length of
the pattern) * (length of the path) / (bits of a machine word) steps.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    Ranges: TypeAlias = tuple[tuple[str, str], ...]


class GlobDialect(NamedTuple):
    """The differences between the formats.

    ``stars_are_folders``   two stars match any number of folders; otherwise, as in git, only as a whole component
    ``negations``           the characters that negate a class
    ``is_lenient``          an unclosed ``[`` and a backslash at the end are literal; otherwise nothing matches
    """

    stars_are_folders: bool
    negations: str
    is_lenient: bool


GIT = GlobDialect(stars_are_folders=False, negations="!^", is_lenient=False)
"""``.gitignore``. Follows git's ``wildmatch.c``."""

CONFIGURATION = GIT._replace(is_lenient=True)
"""Settings of pinhook: like ``.gitignore``, but lenient."""

MOBY = GlobDialect(stars_are_folders=True, negations="^", is_lenient=True)
"""``.dockerignore``. Follows moby's ``patternmatcher``."""

MAX_PATTERN = 4096
"""Maximum number of characters of a pattern (Linux has the same limit for paths). A longer one matches nothing."""

_CLASSES: dict[str, Ranges] = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "blank": ((" ", " "), ("\t", "\t")),
    "cntrl": (("\0", "\x1f"), ("\x7f", "\x7f")),
    "digit": (("0", "9"),),
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": ((" ", " "), ("\t", "\r")),
    "upper": (("A", "Z"),),
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}


class _MalformedError(Exception):
    """The pattern matches nothing."""


class Element(NamedTuple):
    """One element of a glob.

    ``"literal"``   one character
    ``"class"``     one character except a slash, inside or outside of ``ranges``
    ``"star"``      any characters except slashes
    ``"all"``       any characters
    ``"folders"``   nothing, or any characters up to a slash
    """

    kind: str
    character: str = ""
    ranges: Ranges = ()
    is_negated: bool = False

    def accepts(self, character: str) -> bool:
        """Whether a class contains a character."""
        return character != "/" and self.is_negated != any(first <= character <= last for first, last in self.ranges)


ANY = Element("class", is_negated=True)
"""A question mark."""


def parse(pattern: str, dialect: GlobDialect) -> tuple[Element, ...] | None:
    """The elements of a pattern; ``None`` if it matches nothing."""
    if len(pattern) > MAX_PATTERN:
        return None
    try:
        return tuple(_merged(_Parser(pattern, dialect).elements()))
    except _MalformedError:
        return None


def _merged(elements: Iterator[Element]) -> Iterator[Element]:
    before = None
    for element in elements:
        if element != before or element.kind in {"literal", "class"}:
            yield element
        before = element


class _Parser:
    """Parses one pattern from left to right."""

    def __init__(self, pattern: str, dialect: GlobDialect) -> None:
        self.pattern = pattern
        self.dialect = dialect
        self.at = 0
        self.is_plain = True  # no wildcard yet
        self.has_unclosed = False

    def elements(self) -> Iterator[Element]:
        while self.at < len(self.pattern):
            character = self.pattern[self.at]
            if character not in "*?[\\":
                self.at += 1
                yield Element("literal", character)
                continue
            yield from self.special(character)
            self.is_plain = False

    def special(self, character: str) -> Iterator[Element]:
        if character == "*":
            yield self.stars()
        elif character == "?":
            self.at += 1
            yield ANY
        elif character == "[" and not self.has_unclosed and (element := self.character_class()):
            yield element
        else:
            yield self.escaped() if character == "\\" else self.literal()

    def stars(self) -> Element:
        start, pattern = self.at, self.pattern
        if self.dialect.stars_are_folders:  # every two stars
            self.at += 2 if pattern.startswith("**", start) else 1
            is_deep = self.at == start + 2
        else:
            self.at = len(pattern) - len(pattern[start:].lstrip("*"))
            # git compares the text before the first wildcard separately, so ** after it is at the start
            is_first = self.is_plain or pattern[start - 1] == "/"
            is_deep = self.at > start + 1 and is_first and pattern[self.at : self.at + 1] in {"", "/"}
        if not is_deep:
            return Element("star")
        self.at += pattern.startswith("/", self.at)
        return Element("all" if self.at == len(pattern) and pattern[-1] == "*" else "folders")

    def literal(self) -> Element:
        self.at += 1
        return Element("literal", self.pattern[self.at - 1])

    def escaped(self) -> Element:
        self.at += 1
        if self.at == len(self.pattern):
            if not self.dialect.is_lenient:
                raise _MalformedError
            return Element("literal", "\\")
        return self.literal()

    def character_class(self) -> Element | None:
        """The class that starts here; ``None`` for an unclosed literal ``[``."""
        start = self.at
        self.at += 1
        is_negated = self.pattern[self.at : self.at + 1] in {*self.dialect.negations}
        self.at += is_negated
        try:
            ranges = tuple(self.ranges())
        except IndexError:
            if not self.dialect.is_lenient:
                raise _MalformedError from None
            self.at = start
            self.has_unclosed = True
            return None
        return Element("class", ranges=ranges, is_negated=is_negated)

    def ranges(self) -> Iterator[tuple[str, str]]:
        """The ranges up to ``]``, which is a member if it comes first. Raises ``IndexError`` if there is no ``]``."""
        start, before = self.at, ""
        while (character := self.pattern[self.at]) != "]" or self.at == start:
            if character == "-" and before and self.pattern[self.at + 1] != "]":
                self.at += 1
                yield before, self.member()
                before = ""
            elif self.pattern.startswith("[:", self.at) and (ranges := self.named_class()) is not None:
                yield from ranges
                before = ""
            else:
                before = self.member()
                yield before, before
        self.at += 1

    def member(self) -> str:
        self.at += self.pattern[self.at] == "\\"
        self.at += 1
        return self.pattern[self.at - 1]

    def named_class(self) -> Ranges | None:
        """The ranges of ``[:name:]``; ``None`` if it does not end with ``:]``."""
        start = self.at + 2
        end = self.pattern.find("]", start)
        if end < 0:
            raise IndexError
        if end == start or self.pattern[end - 1] != ":":
            return None
        if (name := self.pattern[start : end - 1]) not in _CLASSES:
            raise _MalformedError
        self.at = end + 1
        return _CLASSES[name]


def _literal(elements: Iterable[Element]) -> str:
    """The characters in front of the first wildcard."""
    return "".join(element.character for element in takewhile(lambda each: each.kind == "literal", elements))


class Glob:
    """A pattern for whole paths.

    Matching keeps a set of positions in the pattern, one bit for each: the elements before it match the path so far.
    """

    def __init__(self, pattern: str, dialect: GlobDialect) -> None:
        elements = parse(pattern, dialect)
        self.elements = elements or ()
        self.matches_nothing = elements is None
        self.start = _literal(self.elements)
        self.end = _literal(self.elements[::-1])[::-1]
        self.is_literal = len(self.start) == len(self.elements)
        self._accepting: dict[str, int] = {}
        self._stars, self._all, self._folders = map(self._bits, ("star", "all", "folders"))
        self._skippable = self._stars | self._all | self._folders

    def _bits(self, kind: str) -> int:
        return sum(1 << at for at, element in enumerate(self.elements) if element.kind == kind)

    def _bits_accepting(self, character: str) -> int:
        """The positions of elements that accept this character."""
        if character not in self._accepting:
            self._accepting[character] = sum(
                1 << at
                for at, element in enumerate(self.elements)
                if (element.kind == "literal" and element.character == character)
                or (element.kind == "class" and element.accepts(character))
            )
        return self._accepting[character]

    def matches(self, path: str) -> bool:
        """Whether the pattern matches a whole path."""
        if self.matches_nothing or not (path.startswith(self.start) and path.endswith(self.end)):
            return False
        if self.is_literal:
            return path == self.start
        positions = self._with_skipped(1)
        entered = positions & self._folders
        for character in path:
            is_slash = character == "/"
            stays = positions & (self._all if is_slash else self._all | self._stars)
            positions = stays | (positions & self._bits_accepting(character)) << 1
            if is_slash:
                positions |= entered << 1
            if not (positions or entered):
                return False
            positions = self._with_skipped(positions)
            entered |= positions & self._folders
        return bool(positions >> len(self.elements) & 1)

    def _with_skipped(self, positions: int) -> int:
        """These positions, and those after elements that can match nothing.

        The carry of one addition moves past all consecutive elements of this kind.
        """
        skippable = self._skippable
        return positions | (skippable ^ ((positions & skippable) + skippable))


@lru_cache(4096)
def glob(pattern: str, dialect: GlobDialect) -> Glob:
    """The glob of a pattern, from a cache."""
    return Glob(pattern, dialect)
