"""Parse command-line options as getopt, optparse, argparse and clap do; an ``OptionTable`` says which parser style.

Pure functions from words to options and positional arguments. The installers and the wrappers of the shell use them.
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
    """The options of one program or subcommand by spelling, and its parser style.

    ``abbreviations``   unique prefixes of long options are accepted (getopt, optparse, argparse; not clap)
    ``permutes``        options may follow positional arguments; otherwise the first one of these ends the options
    ``drops_equals``    ``-r=f`` means ``f`` (argparse, clap) and not ``=f`` (getopt, optparse)
    ``skips_unknown``   an unknown word does not end the options; it is assumed to be options in a variable
                      (``pip $OPTIONS install``)
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
        """Parse a table from its notation.

        table = *(option white-space)
        option = spelling *("/" spelling) ["=" / "[=]"] ["!"]

        ``=`` means that the option takes a value. ``[=]`` means an optional value, which must be glued. ``!`` means
        that the option ends the options (``python -m``). The name of an option is its first long spelling, or else its
        first spelling.
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
        """The options that a long option, perhaps abbreviated, may mean, in the order of the table."""
        exact = self.entries.get(long)
        if exact or not self.abbreviations:
            return [exact] if exact else []
        return [entry for spelling, entry in self.entries.items() if spelling.startswith(long)]


class Option(NamedTuple):
    """An option of a command: its name in the table, its value, and the indices of its words.

    ``word`` is the index of the option's word, ``value_word`` that of the word with its value.
    """

    name: str
    value: SourceText | None
    word: int
    value_word: int


class OptionError(enum.Enum):
    """Why the program may split the words differently."""

    AMBIGUOUS = "is ambiguous"
    UNKNOWN = "is not a known option"
    UNEXPECTED_VALUE = "takes no value"
    MISSING_VALUE = "needs a value"


class OptionProblem(NamedTuple):
    """A word whose option could not be parsed with certainty. ``word`` is its index."""

    word: int
    spelling: str
    error: OptionError


class ParsedOptions(NamedTuple):
    """The options and positional arguments of a command.

    ``positionals`` are indices of words. ``rest`` is the index of the word at which the options end: after ``--`` or
    after an option that ends the options, at the first positional argument if the table does not permute, else after
    the last word.
    """

    options: tuple[Option, ...]
    positionals: tuple[int, ...]
    rest: int
    problems: tuple[OptionProblem, ...]

    def has(self, *names: str) -> bool:
        """Whether the command has one of these options."""
        return bool(self.options) and any(option.name in names for option in self.options)

    def values(self, *names: str) -> tuple[SourceText, ...]:
        """The values of these options, in order."""
        return tuple([option.value for option in self.options if option.name in names and option.value is not None])


def parse_options(table: OptionTable, words: Sequence[SourceText]) -> ParsedOptions:
    """Split words into options, their values, and positional arguments.

    words = *(option / positional) ["--" *positional]
    option = "--" name ["=" value] / "--" name value / "-" *flag [valued (glued / value)]

    If a prefix matches several options of the same arity, the first one in the table is used; with different arities it
    is a problem. An option with a problem is parsed as a flag. A word is a positional argument if unknown characters
    are at its start or in the name of an option (``-$X``): it may have any value.
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
    """Whether the first character of a text is unknown."""
    return any(start == 0 for start, _ in text.unknown)


def _is_decidable_option(word: SourceText) -> bool:
    """Whether a word is certainly an option (or ``--``). ``-`` alone is a positional argument."""
    text = str(word)
    if not text.startswith("-") or len(text) == 1:
        return False
    name_end = 2
    if text.startswith("--"):
        equals = text.find("=")
        name_end = len(text) if equals < 0 else equals
    return all(start >= name_end for start, _ in word.unknown)
