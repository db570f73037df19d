"""From parsed words to ``Target`` and ``CommandProblem``: the part that all tools share."""

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
    """The target that a word, or the part of it that is ``text``, names."""
    # an undecidable option, ``-$FLAGS``: what it installs, if anything, only the build knows
    requirement = Unknown(text) if str(text).startswith("-") and not text.is_known else parse_requirement(text, grammar)
    is_editable = grammar.is_editable
    swallowed: tuple[Redirection, ...] = ()
    if command.redirections and not is_editable and text.span.end == argument.text.span.end:  # and no part of a list
        swallowed = tuple(swallowed_by(command, argument))
    return Target(argument, text, requirement, is_editable, swallowed)


def positional_targets(invocation: Invocation, parsed: ParsedOptions, grammar: RequirementGrammar) -> list[Target]:
    """The targets among the positional arguments.

    Two kinds are left out. In ``flask >= 1.0`` the shell made ``>=`` a redirection and ``1.0`` a word, which the target
    before it explains; and a word that may be the value of an option is explained by the problem with the option.
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
    """The targets in the order of the words they stand in."""
    order = {id(argument): at for at, argument in enumerate(invocation.arguments)}
    return tuple(sorted(targets, key=lambda target: order[id(target.argument)]))


def split_commas(value: SourceText) -> list[SourceText]:
    """The parts of a comma list such as that of ``uv run --with``.

    A comma parts only where a new requirement can start behind it: ``a<2,>1`` and ``a[x,y]`` are one.
    """
    starts = [0, *_list_starts(str(value)), len(value) + 1]
    return [value[start : end - 1].strip() for start, end in pairwise(starts) if end - 1 > start]


def _list_starts(value: str) -> list[int]:
    """The offsets behind the commas that part a list: those outside of brackets with a requirement behind them."""
    starts: list[int] = []
    is_inside = False
    for sign in reversed([*_LIST_SIGN.finditer(value)]):
        if sign[0] != ",":
            is_inside = sign[0] == "]"
        elif not is_inside and _REQUIREMENT_START.match(value, sign.end()):
            starts.append(sign.end())
    return starts[::-1]


def swallowed_by(command: SimpleCommand, argument: Argument) -> Iterator[Redirection]:
    """The redirections that the shell made of an unquoted specifier set behind a word.

    swallowed = glued *glued / white-space equals *glued
    glued = (">" / ">>" / "<") ("=" / version)
    equals = (">" / "<") "=" version
    """
    end = argument.written.span.end
    for redirection in sorted(command.redirections, key=lambda redirection: redirection.written.span):
        if redirection.written.span.start < end:
            continue
        if not _reaches(command, end, redirection):
            return
        is_glued = redirection.written.span.start == end
        pattern = _GLUED_SPECIFIER if is_glued else _SPECIFIER_BEHIND_SPACE
        if redirection.operator not in {">", ">>", "<"} or not pattern.match(str(redirection.target.text)):
            return
        yield redirection
        end = redirection.written.span.end


def _reaches(command: SimpleCommand, end: int, redirection: Redirection) -> bool:
    """Whether nothing but white space stands between a word that ends there and a redirection."""
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
    """What could not be read for certain, for a message about ``manual`` (``pip install``).

    ``grammar`` is that of the positional arguments where each of them is a target, whichever others there are.
    """
    if not parsed.problems:
        return ()
    return tuple(
        CommandProblem(
            invocation.arguments[problem.word].written.place,
            f"{problem.spelling} is ambiguous for {manual}; write the option in full"
            if problem.error is OptionError.AMBIGUOUS
            else f"{problem.spelling} is not a known option of {manual}, and the word behind it may be its value",
            _doubtful(invocation, problem, grammar),
        )
        for problem in _splitting_problems(invocation, parsed)
    )


def _doubtful(invocation: Invocation, problem: OptionProblem, grammar: RequirementGrammar | None) -> Target | None:
    """The word behind an unknown option as a target."""
    if grammar is None or problem.error is not OptionError.UNKNOWN:
        return None
    argument = invocation.arguments[problem.word + 1]
    return target(invocation.command, argument, argument.text, grammar)


def _splitting_problems(invocation: Invocation, parsed: ParsedOptions) -> Iterator[OptionProblem]:
    """The problems that leave open what the next word is; an unknown option matters only where there is one."""
    positionals = frozenset(parsed.positionals) if parsed.problems else frozenset()
    for problem in parsed.problems:
        text = str(invocation.arguments[problem.word].text)
        has_value = text.startswith("--") and "=" in text
        if problem.error is OptionError.AMBIGUOUS or (
            problem.error is OptionError.UNKNOWN and problem.word + 1 in positionals and not has_value
        ):
            yield problem


def environment_words(invocation: Invocation, *names: str) -> tuple[SourceText, ...]:
    """The words in the values of environment variables; a value that is not known counts as one word."""
    found: list[SourceText] = []
    for name in names:
        for value in invocation.command.environment.get(name, ()):
            if value.is_known:
                found.extend(value[match.start() : match.end()] for match in re.finditer(r"\S+", str(value)))
            else:
                found.append(value)
    return tuple(found)


def is_true(invocation: Invocation, name: str) -> bool:
    """Whether a variable is certain to be a true value, as pip and uv understand it."""
    values = invocation.command.environment.get(name, ())
    return bool(values) and all(str(value).lower() in {"1", "true", "t", "yes", "y", "on"} for value in values)
