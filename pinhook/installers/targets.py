"""From parsed words to ``Target`` and ``CommandProblem``. All tools share this module."""

from __future__ import annotations

import re
from itertools import pairwise

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import OptionError
from pinhook.installers.installation import CommandProblem, Target
from pinhook.requirements import RequirementGrammar, Unknown, parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pinhook.argv import OptionProblem, ParsedOptions
    from pinhook.installers.invocation import Invocation
    from pinhook.shell import Argument, Redirection, SimpleCommand
    from pinhook.source import SourceText

_GLUED_SPECIFIER = regex(r"=|v?\d+(?:[.!]\d+)*(?:\.\*)?(?:[._-]?(?:a|b|rc|post|dev)\d*)*(?:,|$)")
_LIST_SIGN = regex(r"[\[\],]")
_REQUIREMENT_START = regex(r"\s*[^\s<>=!~,]")
_SPECIFIER_BEHIND_SPACE = regex(r"=\s*(v?\d|$|\W)")


def target(command: SimpleCommand, argument: Argument, text: SourceText, grammar: RequirementGrammar) -> Target:
    """The target in a word; ``text`` is the part of the word that names it."""
    # ``-$FLAGS``: only the build knows whether and what it installs
    requirement = Unknown(text) if str(text).startswith("-") and not text.is_known else parse_requirement(text, grammar)
    is_editable = grammar.is_editable
    swallowed: tuple[Redirection, ...] = ()
    is_whole = text.span.end == argument.text.span.end  # not an item of a comma list
    if command.redirections and not is_editable and is_whole:
        swallowed = tuple(swallowed_by(command, argument))
    return Target(argument, text, requirement, is_editable, swallowed)


def positional_targets(invocation: Invocation, parsed: ParsedOptions, grammar: RequirementGrammar) -> list[Target]:
    """The targets among the positional arguments.

    Two kinds of words are not included. In ``flask >= 1.0`` the shell made a redirection of ``>=``, so ``1.0`` belongs
    to the target before it. A word that may be the value of an option belongs to the problem with that option.
    """
    found: list[Target] = []
    uncertain = {problem.word + 1 for problem in _splitting_problems(invocation, parsed)}
    for at in parsed.positionals:
        argument = invocation.arguments[at]
        if at not in uncertain and not (found and _is_rest_of(found[-1], argument)):
            found.append(target(invocation.command, argument, argument.text, grammar))
    return found


def option_targets(
    invocation: Invocation, parsed: ParsedOptions, names: Sequence[str], grammar: RequirementGrammar
) -> list[Target]:
    """The targets that are values of options."""
    return [
        target(invocation.command, invocation.arguments[option.value_word], option.value, grammar)
        for option in parsed.options
        if option.name in names and option.value is not None
    ]


def in_order(invocation: Invocation, targets: Sequence[Target]) -> tuple[Target, ...]:
    """The targets in the order of their words."""
    order = {id(argument): at for at, argument in enumerate(invocation.arguments)}
    return tuple(sorted(targets, key=lambda target: order[id(target.argument)]))


def split_commas(value: SourceText) -> list[SourceText]:
    """The items of a comma list such as that of ``uv run --with``.

    A comma separates items only if a requirement can start after it: ``a<2,>1`` and ``a[x,y]`` are one item.
    """
    starts = [0, *_list_starts(str(value)), len(value) + 1]
    return [value[start : end - 1].strip() for start, end in pairwise(starts) if end - 1 > start]


def _list_starts(value: str) -> list[int]:
    """The offsets after the commas that separate items: outside of brackets, and in front of a requirement."""
    starts: list[int] = []
    is_inside = False
    for sign in reversed([*_LIST_SIGN.finditer(value)]):
        if sign[0] != ",":
            is_inside = sign[0] == "]"
        elif not is_inside and _REQUIREMENT_START.match(value, sign.end()):
            starts.append(sign.end())
    return starts[::-1]


def swallowed_by(command: SimpleCommand, argument: Argument) -> Iterator[Redirection]:
    """The redirections that the shell made of an unquoted specifier set after a word.

    swallowed = glued *glued / white-space equals *glued
    glued = (">" / ">>" / "<") ("=" / version)
    equals = (">" / "<") "=" version
    """
    end = argument.written.span.end
    for redirection in sorted(command.redirections, key=lambda redirection: redirection.written.span):
        if redirection.written.span.start < end:
            continue
        if not _is_adjacent(command, end, redirection):
            return
        is_glued = redirection.written.span.start == end
        pattern = _GLUED_SPECIFIER if is_glued else _SPECIFIER_BEHIND_SPACE
        if redirection.operator not in {">", ">>", "<"} or not pattern.match(str(redirection.target.text)):
            return
        yield redirection
        end = redirection.written.span.end


def _is_adjacent(command: SimpleCommand, end: int, redirection: Redirection) -> bool:
    """Whether only white space is between the offset ``end`` of a word and a redirection."""
    start = redirection.written.span.start
    source = command.place.source
    return start == end or not source.text[end:start].strip(" \t")


def _is_rest_of(target: Target, argument: Argument) -> bool:
    if not target.swallowed or str(target.swallowed[-1].target.text) != "=":
        return False
    between = argument.written.source.text[target.swallowed[-1].written.span.end : argument.written.span.start]
    return bool(re.match(r"v?\d", str(argument.text))) and not between.strip(" \t")


def command_problems(
    invocation: Invocation, parsed: ParsedOptions, manual: str, grammar: RequirementGrammar | None = None
) -> tuple[CommandProblem, ...]:
    """The problems of a command. ``manual`` is its name in messages (``pip install``).

    ``grammar`` is that of the positional arguments, if each of them is a target independently of the others.
    """
    if not parsed.problems:
        return ()
    return tuple(
        CommandProblem(
            invocation.arguments[problem.word].written.place,
            f"{problem.spelling} is ambiguous for {manual}; write the option in full"
            if problem.error is OptionError.AMBIGUOUS
            else f"{problem.spelling} is not a known option of {manual}, and the word after it may be its value",
            _doubtful(invocation, problem, grammar),
        )
        for problem in _splitting_problems(invocation, parsed)
    )


def _doubtful(invocation: Invocation, problem: OptionProblem, grammar: RequirementGrammar | None) -> Target | None:
    """The word after an unknown option, as a target."""
    if grammar is None or problem.error is not OptionError.UNKNOWN:
        return None
    argument = invocation.arguments[problem.word + 1]
    return target(invocation.command, argument, argument.text, grammar)


def _splitting_problems(invocation: Invocation, parsed: ParsedOptions) -> Iterator[OptionProblem]:
    """The problems that leave open whether the next word is a value.

    An unknown option matters only if a word follows it.
    """
    positionals = frozenset(parsed.positionals) if parsed.problems else frozenset()
    for problem in parsed.problems:
        text = str(invocation.arguments[problem.word].text)
        has_value = text.startswith("--") and "=" in text
        if problem.error is OptionError.AMBIGUOUS or (
            problem.error is OptionError.UNKNOWN and problem.word + 1 in positionals and not has_value
        ):
            yield problem


def environment_words(invocation: Invocation, *names: str) -> tuple[SourceText, ...]:
    """The words in the values of environment variables. An unknown value counts as one word."""
    found: list[SourceText] = []
    for name in names:
        for value in invocation.command.environment.get(name, ()):
            if value.is_known:
                found += value.words()
            else:
                found.append(value)
    return tuple(found)


def is_true(invocation: Invocation, name: str) -> bool:
    """Whether a variable certainly has a true value for pip and uv."""
    values = invocation.command.environment.get(name, ())
    return bool(values) and all(str(value).lower() in {"1", "true", "t", "yes", "y", "on"} for value in values)
