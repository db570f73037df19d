"""Command-line options, read as getopt, optparse, argparse and clap read them; an ``OptionTable`` says which way.

Pure: words in, options and positional arguments out. Installers and the wrappers of the shell share it.
"""

from __future__ import annotations

import enum

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pinhook.source import SourceText


class Arity(enum.Enum):
    """What an option takes."""

    FLAG = "nothing"
    VALUE = "the characters glued to it, or else the next word"
    GLUED = "the characters glued to it, perhaps none"


class _OptionSpec(NamedTuple):
    name: str
    arity: Arity
    stops: bool


class OptionTable(NamedTuple):
    """The options of one program or subcommand, by spelling, and the manners of its parser.

    ``abbreviations``: unique prefixes of long options are accepted (getopt, optparse, argparse; not clap).
    ``permutes``: options may follow positional arguments; otherwise the first of these ends the options.
    ``drops_equals``: ``-r=f`` means ``f`` (argparse, clap) and not ``=f`` (getopt, optparse).
    ``skips_unknown``: an unknown word does not end the options; it is taken for some that come from a variable
    (``pip $OPTIONS install``).
    """

    entries: Mapping[str, _OptionSpec]
    abbreviations: bool = True
    permutes: bool = True
    drops_equals: bool = False
    skips_unknown: bool = False

    @classmethod
    def of(
        cls,
        notation: str,
        *,
        abbreviations: bool = True,
        permutes: bool = True,
        drops_equals: bool = False,
        skips_unknown: bool = False,
    ) -> OptionTable:
        """Read a table from its notation.

        table = *(option white-space)
        option = spelling *("/" spelling) ["=" / "[=]"] ["!"]

        ``=`` stands for a value, ``[=]`` for one that is optional and must be glued, ``!`` for an option that ends
        the options (``python -m``). An option's name is its first long spelling, or else its first one.
        """
        entries: dict[str, _OptionSpec] = {}
        for item in notation.split():
            option = item.rstrip("!=[]")
            suffix = item[len(option) :]
            arity = Arity.GLUED if "[=]" in suffix else Arity.VALUE if "=" in suffix else Arity.FLAG
            spellings = option.split("/")
            name = next((spelling for spelling in spellings if spelling.startswith("--")), spellings[0])
            entries.update(dict.fromkeys(spellings, _OptionSpec(name, arity, "!" in suffix)))
        return cls(entries, abbreviations, permutes, drops_equals, skips_unknown)

    def candidates(self, long: str) -> list[_OptionSpec]:
        """What a long option, perhaps abbreviated, may stand for, in the order of the table."""
        exact = self.entries.get(long)
        if exact or not self.abbreviations:
            return [exact] if exact else []
        return [entry for spelling, entry in self.entries.items() if spelling.startswith(long)]


class Option(NamedTuple):
    """An option that was given: its name in the table, its value, and where they stand.

    ``word`` is the index of the word the option stands in, ``value_word`` of the one that holds its value.
    """

    name: str
    value: SourceText | None
    word: int
    value_word: int


class OptionError(enum.Enum):
    """Why the words may be split otherwise than ``parse_options`` split them."""

    AMBIGUOUS = "is ambiguous"
    UNKNOWN = "is not a known option"
    UNEXPECTED_VALUE = "takes no value"
    MISSING_VALUE = "needs a value"


class OptionProblem(NamedTuple):
    """A word, given by its index, whose option could not be read with certainty."""

    word: int
    spelling: str
    error: OptionError


class ParsedOptions(NamedTuple):
    """The words of a command, told apart.

    ``positionals`` are indices into the words; ``rest`` is the index at which the options ended: behind ``--`` or an
    option that ends them, at the first positional argument where the table does not permute, or else behind the last
    word.
    """

    options: tuple[Option, ...]
    positionals: tuple[int, ...]
    rest: int
    problems: tuple[OptionProblem, ...]

    def has(self, *names: str) -> bool:
        """Whether one of these options was given."""
        return bool(self.options) and any(option.name in names for option in self.options)

    def values(self, *names: str) -> tuple[SourceText, ...]:
        """The values of these options, in order."""
        return tuple([option.value for option in self.options if option.name in names and option.value is not None])


def parse_options(table: OptionTable, words: Sequence[SourceText]) -> ParsedOptions:
    """Tell options, their values and positional arguments apart.

    words = *(option / positional) ["--" *positional]
    option = "--" name ["=" value] / "--" name value / "-" *flag [valued (glued / value)]

    A prefix that fits several options is split as they all are, and taken for the one the table names first; where
    they are split differently, that is a problem. An option with a problem is taken for a flag, and the caller
    decides what to make of it. A word that starts with unknown characters, or has them where the option's name should
    be (``-$X``), is a positional argument: it may be anything, and its text says so.
    """
    return _Parser(table, words).parse()


class _Parser:
    def __init__(self, table: OptionTable, words: Sequence[SourceText]) -> None:
        self.table = table
        self.words = words
        self.next = 0
        self.stopped = False
        self.options: list[Option] = []
        self.positionals: list[int] = []
        self.problems: list[OptionProblem] = []

    def parse(self) -> ParsedOptions:
        while self.next < len(self.words) and not self.stopped:
            self.parse_word()
        self.positionals.extend(range(self.next, len(self.words)))
        return ParsedOptions(tuple(self.options), tuple(self.positionals), self.next, tuple(self.problems))

    def parse_word(self) -> None:
        word = self.words[self.next]
        if _is_decidable_option(word):
            self.next += 1
            if str(word) == "--":
                self.stopped = True
            elif str(word).startswith("--"):
                self.parse_long(word)
            else:
                self.parse_cluster(word)
        elif self.table.permutes or (self.table.skips_unknown and starts_unknown(word)):
            self.positionals.append(self.next)
            self.next += 1
        else:
            self.stopped = True

    def parse_long(self, word: SourceText) -> None:
        name, equals, _ = str(word).partition("=")
        candidates = self.table.candidates(name)
        if not candidates or any(entry.arity is not candidates[0].arity for entry in candidates[1:]):
            self.add_problem(name, OptionError.AMBIGUOUS if candidates else OptionError.UNKNOWN)
            return
        self.add(candidates[0], name, word[len(name) + 1 :] if equals else None)

    def parse_cluster(self, word: SourceText) -> None:
        for offset, letter in enumerate(str(word)[1:], start=1):
            spelling = "-" + letter
            entry = self.table.entries.get(spelling)
            if entry is None:
                self.add_problem(spelling, OptionError.UNKNOWN)
                return
            glued = word[offset + 1 :]
            if entry.arity is not Arity.FLAG:
                self.add(entry, spelling, self.without_equals(glued) if len(glued) else None)
                return
            if starts_unknown(glued):
                self.positionals.append(self.next - 1)
                return
            self.add(entry, spelling, None)

    def without_equals(self, glued: SourceText) -> SourceText:
        return glued[1:] if self.table.drops_equals and str(glued).startswith("=") else glued

    def add(self, entry: _OptionSpec, spelling: str, glued: SourceText | None) -> None:
        word = value_word = self.next - 1
        value = glued
        if entry.arity is Arity.VALUE and glued is None:
            if self.next < len(self.words):
                value_word, value = self.next, self.words[self.next]
                self.next += 1
            else:
                self.add_problem(spelling, OptionError.MISSING_VALUE)
        elif entry.arity is Arity.FLAG and glued is not None:
            self.add_problem(spelling, OptionError.UNEXPECTED_VALUE)
        self.options.append(Option(entry.name, value, word, value_word))
        self.stopped |= entry.stops

    def add_problem(self, spelling: str, error: OptionError) -> None:
        self.problems.append(OptionProblem(self.next - 1, spelling, error))


def starts_unknown(text: SourceText) -> bool:
    """Whether a text may be anything from its first character on."""
    return any(start == 0 for start, _ in text.unknown)


def _is_decidable_option(word: SourceText) -> bool:
    """Whether a word is certain to be an option (or ``--``); ``-`` alone is a positional argument."""
    text = str(word)
    if not text.startswith("-") or len(text) == 1:
        return False
    name_end = 2
    if text.startswith("--"):
        equals = text.find("=")
        name_end = len(text) if equals < 0 else equals
    return all(start >= name_end for start, _ in word.unknown)
