"""Compare a Dockerfile with its edited version: only the words to be edited may differ."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.commands import parse_form
from pinhook.dockerfile.expansion import expand
from pinhook.fix.requests import Difference
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pinhook.fix.editable_dockerfile import EditableDockerfile
    from pinhook.fix.editable_script import EditableScript
    from pinhook.fix.steps import Step
    from pinhook.installers import Target
    from pinhook.shell import Argument
    from pinhook.source import Place, Source, SourceText

_ASSIGNING_INSTRUCTIONS = frozenset({"ARG", "ENV"})  # their values are compared in the words that use them


def differences(
    before: EditableDockerfile,
    after: EditableDockerfile,
    expected: Mapping[tuple[int, int], str],
    added: Collection[str] = (),
) -> list[Difference]:
    """The changes by an edit other than to the targets in ``expected``; empty if there are none.

    ``expected`` maps a target, by the number of its step and its number in it, to its new text. The instructions, and
    the words and redirections of every command with variables expanded, are compared. ARGs with the arguments in
    ``added`` are allowed.
    """
    old, new = before.document.parsed, after.document.parsed
    kept = [each for each in new.instructions if each.keyword != "ARG" or str(each.arguments) not in added]
    if [_structure(each) for each in old.instructions] != [_structure(each) for each in kept]:
        return [Difference("the file would have other instructions")]
    steps, now = before.steps, after.steps
    scripts, changed_scripts = _Scripts(old.source, steps), _Scripts(new.source, now)
    words, changed_words = list(_words(old, scripts)), list(_words(new, changed_scripts))
    if len(words) != len(changed_words):
        return [Difference("the file would run other commands")]
    if changed := [first for first, second in zip(words, changed_words, strict=True) if first != second]:
        return [Difference(f"{keyword} would change too", words=value) for keyword, value in changed]
    return _step_differences(steps, now, expected, _Comparison(scripts, changed_scripts))


def script_differences(
    before: EditableScript, after: EditableScript, expected: Mapping[tuple[int, int], str]
) -> list[Difference]:
    """The same for a shell script."""
    scripts = [_Scripts(each.document.source, each.steps) for each in (before, after)]
    return _step_differences(before.steps, after.steps, expected, _Comparison(*scripts))


def _step_differences(
    steps: Sequence[Step], now: Sequence[Step], expected: Mapping[tuple[int, int], str], comparison: _Comparison
) -> list[Difference]:
    """What has changed in the steps."""
    if len(steps) != len(now):
        return [Difference("the file would have other commands")]
    wanted: dict[int, dict[int, str]] = {}
    for (number, at), text in expected.items():
        wanted.setdefault(number, {})[at] = text
    pairs = enumerate(zip(steps, now, strict=True))
    return [each for number, pair in pairs for each in comparison.changes(number, *pair, wanted.get(number, {}))]


class _Scripts:
    """The places of the commands in scripts that a Dockerfile writes and runs. These commands are compared as steps."""

    def __init__(self, source: Source, steps: Sequence[Step]) -> None:
        self.source = source
        items = [step.item for step in steps if isinstance(step.item, SimpleCommand) and step.item.run_by]
        spans = sorted(each.place.span for each in items if each.place.source is self.source)
        self.starts = [span.start for span in spans]
        self.ends = list(accumulate((span.end for span in spans), max))

    def are_in(self, text: SourceText) -> bool:
        """Whether a text overlaps with a command of a script."""
        if text.source is not self.source or not len(text):
            return False
        start, end = text.span
        before = bisect_left(self.starts, end)
        return before > 0 and self.ends[before - 1] > start


class _Comparison(NamedTuple):
    """Compares the steps of a file before and after an edit."""

    before: _Scripts
    after: _Scripts

    def changes(self, number: int, step: Step, edited: Step, expected: Mapping[int, str]) -> Iterator[Difference]:
        """The changes in a step other than to the expected targets."""
        old, new = _frame(step, self.before), _frame(edited, self.after)
        yield from _changes(number, step, edited, expected, has_same_frame=old == new)


def _changes(
    number: int, step: Step, edited: Step, expected: Mapping[int, str], *, has_same_frame: bool
) -> Iterator[Difference]:
    targets = list({**dict(enumerate(_targets(step))), **expected}.values())
    now = _targets(edited)
    reason = f"{_name(step)} would change too"
    if not has_same_frame or len(targets) != len(now):
        yield Difference(reason, number, words=" ".join(_frame(step)))
        return
    for at, (target, text) in enumerate(zip(targets, now, strict=True)):
        if target != text:
            yield Difference(reason, number, at)


def _structure(instruction: dockerfile.Instruction) -> tuple[object, ...]:
    return (
        instruction.keyword,
        [str(flag) for flag in instruction.flags],
        [heredoc.delimiter for heredoc in instruction.heredocs],
        instruction.inner and instruction.inner.keyword,
    )


def _words(parsed: dockerfile.Dockerfile, scripts: _Scripts) -> Iterator[tuple[str, str]]:
    """The arguments of the instructions that run nothing, as far as their values are known.

    Files that they write are included, except scripts that are run.
    """
    for instruction, scope in dockerfile.walk(parsed):
        if instruction.keyword not in _ASSIGNING_INSTRUCTIONS and not parse_form(instruction, scope.shell):
            copied = "".join(str(each.body) for each in instruction.heredocs if not scripts.are_in(each.body))
            value = expand(instruction.arguments, scope.variables, parsed.escape, scope.budget)
            yield instruction.keyword, str(value) + copied


def _targets(step: Step) -> list[str]:
    """The targets of a step, with their swallowed specifiers."""
    targets = step.installation.targets if step.installation else ()
    return [str(target.text) + "".join(f" {each.written}" for each in target.swallowed) for target in targets]


def _frame(step: Step, scripts: _Scripts | None = None) -> list[str]:
    """The words and redirections of a step without its targets, and without the texts of scripts that are run."""
    if not isinstance(step.item, SimpleCommand):
        return [str(step.item.text)]
    targets = step.installation.targets if step.installation else ()
    swallowed = {id(each) for target in targets for each in target.swallowed}
    redirections = [each for each in step.item.redirections if id(each) not in swallowed]
    by_argument: dict[int, list[Target]] = {}
    for target in targets:
        by_argument.setdefault(id(target.argument), []).append(target)
    of_several = {piece for target in targets if len(target.text.pieces) > 1 for piece in target.text.pieces}
    words = [
        _without(argument, by_argument.get(id(argument), ()), of_several)
        for argument in step.item.arguments
        if not (scripts and scripts.are_in(argument.text))
    ]
    return [*filter(None, words), *(f"{each.operator} {each.target}" for each in redirections)]


def _without(argument: Argument, targets: Sequence[Target], of_several: set[Place]) -> str:
    """A word without the targets in it: ``--with=`` of ``--with=flask``.

    ``of_several`` are the pieces of targets in several words. Such a word is removed completely.
    """
    word = str(argument)
    for target in reversed(targets):
        if str(target.text):
            word = "".join(word.rsplit(str(target.text), 1))
    return "" if not targets and of_several.issuperset(argument.text.pieces) else word


def _name(step: Step) -> str:
    if isinstance(step.item, SimpleCommand):
        return " ".join(str(argument) for argument in step.item.arguments[:2])
    return "what could not be read"
