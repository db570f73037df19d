"""Write versions as values of ARGs: ``ARG FLASK_VERSION=3.0.0`` in front of a RUN, ``flask==${FLASK_VERSION}`` in it.

Only if the shell that Docker starts expands the variable. Otherwise the version stays in the word: in the exec form; in
single quotes that cannot become double quotes; in a script for another shell, which may not have the variable (``sudo
bash -c '…'``); in CMD, which runs after the build; in the value of an ARG or ENV; in ONBUILD; and if the name is
already used.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from pinhook import dockerfile
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.bisection import find_rejected
from pinhook.documents import DockerfileDocument
from pinhook.finding import Edit, Fix
from pinhook.fix.edits import apply_fixes, contiguous_span
from pinhook.requirements import Named
from pinhook.shell import Dialect
from pinhook.shell.parameters import expanded_names
from pinhook.shell.words import ShellError
from pinhook.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pinhook.finding import Finding
    from pinhook.fix.editable_dockerfile import EditableDockerfile
    from pinhook.fix.requests import PlannedFix
    from pinhook.fix.steps import Step
    from pinhook.fix.verified import VerifiedFixes
    from pinhook.source import Source

_PIN = regex(r"(?P<operator>==[ \t]*|@)(?P<version>[0-9][0-9A-Za-z.!+]*)")
_WORD = regex(r"\w+")
_EXPANSION = regex(r"\$\{(\w+)\}")
_NAME = regex(r"[A-Z_][A-Z0-9_]*")
_QUOTED = regex(r"'[^'\"$`\\]*'")


class ArgPin(NamedTuple):
    """A planned fix with an expansion in place of the version, and the ARG that contains the version.

    ``stage`` is the number of the build stage. ``declaration`` is inserted at ``offset``; it is empty if the name
    already has that value.
    """

    planned: PlannedFix
    name: str
    version: str
    stage: int
    offset: int
    declaration: str


def with_arg_pins(editable: EditableDockerfile, fixed: VerifiedFixes) -> VerifiedFixes:
    """The fixes with the versions as values of ARGs, wherever the meaning stays the same."""
    arg_pins = _arg_pins(editable, fixed)
    chosen: list[ArgPin | None] = [None] * len(arg_pins)
    plain = editable.edited(fixed.after)

    def accepts(part: list[int]) -> bool:
        nonlocal chosen
        wanted = set(part)
        trial = [arg_pins[at] if at in wanted else arg_pin for at, arg_pin in enumerate(chosen)]
        is_equivalent = _is_equivalent(plain, _written(editable, fixed, trial), trial)
        chosen = trial if is_equivalent else chosen
        return is_equivalent

    find_rejected([at for at, arg_pin in enumerate(arg_pins) if arg_pin], accepts)
    return _written(editable, fixed, chosen)


def _arg_pins(editable: EditableDockerfile, fixed: VerifiedFixes) -> list[ArgPin | None]:
    """The ARG for each fix, if one is possible. In a build stage, a name has one value.

    The simplest alternative of each fix is tried for all of them together, then the next alternative for the rest.
    """
    parsed, steps = editable.document.parsed, editable.steps
    stages = list(accumulate(each.keyword == "FROM" for each in parsed.instructions))
    taken = set(_WORD.findall(parsed.source.text))
    candidates = []
    for planned in fixed.applied:
        step = steps[planned.request.step]
        candidates.append(list(_candidates(planned, step, parsed, stages[step.instruction_number], taken)))
    names = {arg_pin.name for each in candidates for arg_pin in each}
    lost_before = {name for _, name in _not_expanded(parsed.source, names)}
    candidates = [[each for each in some if each.name not in lost_before] for some in candidates]
    found: list[ArgPin | None] = [None] * len(candidates)
    for nth in range(max(map(len, candidates), default=0)):
        tried = {at: each[nth] for at, each in enumerate(candidates) if found[at] is None and len(each) > nth}
        after = apply_fixes(
            parsed.source, [each.planned.fix for each in (*filter(None, found), *tried.values())]
        ).source
        lost = set(_not_expanded(after, names))
        for at, arg_pin in tried.items():
            if (steps[arg_pin.planned.request.step].instruction_number, arg_pin.name) not in lost:
                found[at] = arg_pin
    return _without_contradictions(found)


def _without_contradictions(arg_pins: Sequence[ArgPin | None]) -> list[ArgPin | None]:
    """The fixes without those whose name already has another value."""
    values: dict[tuple[int, str], str] = {}
    return [
        arg_pin
        if arg_pin and values.setdefault((arg_pin.stage, arg_pin.name), arg_pin.version) == arg_pin.version
        else None
        for arg_pin in arg_pins
    ]


def _candidates(
    planned: PlannedFix, step: Step, parsed: dockerfile.Dockerfile, stage: int, taken: Collection[str]
) -> Iterator[ArgPin]:
    """The alternatives of a fix with an ARG, the simplest first. ``taken`` are the words of the file."""
    named, edit = planned.request.target.requirement, planned.fix.edits[0]
    pin = _PIN.fullmatch(edit.text)
    outer = parsed.instructions[step.instruction_number]
    is_ours = outer.keyword == "RUN" and outer.span.encloses(edit.span) and stage
    if not (planned.origin and pin and is_ours and isinstance(named, Named)):
        return
    name = re.sub(r"[^A-Z0-9]", "_", str(named.normalized).upper()) + "_VERSION"
    value = step.command.variables.get(name) if step.command else None
    if not _NAME.fullmatch(name) or (name in taken and (value is None or str(value) != pin["version"])):
        return
    offset, declaration = _declaration(f"ARG {name}={pin['version']}", parsed, step.instruction_number)
    for fix in _expansions(planned, f"{pin['operator']}${{{name}}}"):
        text = f"{planned.text.replace(edit.text, fix.edits[0].text)} with ARG {name}={pin['version']}"
        there = planned._replace(fix=fix, text=text)
        yield ArgPin(there, name, pin["version"], stage, offset, "" if name in taken else declaration)


def _expansions(planned: PlannedFix, text: str) -> Iterator[Fix]:
    """The edit with another text, and the same edit with double quotes in place of single quotes around the word."""
    edit = planned.fix.edits[0]._replace(text=text)
    fix = planned.fix._replace(description=f"write {text}", edits=(edit,))
    yield fix
    written = planned.request.target.argument.written
    span = contiguous_span(written)
    if span and _QUOTED.fullmatch(str(written)):
        quotes = (Span(span.start, span.start + 1), Span(span.end - 1, span.end))
        yield fix._replace(edits=(edit, *(Edit(quote, '"') for quote in quotes)))


def _not_expanded(source: Source, names: Collection[str]) -> Iterator[tuple[int, str]]:
    """Instructions and names of variables that are not expanded by the shell that Docker starts."""
    parsed = dockerfile.parse(source)
    numbers = {id(each): number for number, each in enumerate(parsed.instructions)}
    for command in dockerfile.find_commands(parsed):
        number, form = numbers.get(id(command.instruction), -1), command.form
        if isinstance(form, dockerfile.ExecForm):
            written, expanded_there = Counter(_EXPANSION.findall("\n".join(map(str, form.arguments)))), Counter[str]()
        else:
            written = Counter(_EXPANSION.findall(str(form.text)))
            # with another IFS, the shell may split the version
            expanded_there = Counter() if "IFS" in str(form.text) or not written else _names(form)
        yield from ((number, name) for name in written.keys() & set(names) if expanded_there[name] != written[name])


def _names(form: dockerfile.ShellForm) -> Counter[str]:
    """How often a Unix shell expands each parameter. Other shells have another syntax."""
    try:
        return Counter(expanded_names(form.text, Dialect(form.shell.kind)) if form.shell.kind in {"sh", "bash"} else ())
    except ShellError:
        return Counter()


def _declaration(text: str, parsed: dockerfile.Dockerfile, number: int) -> tuple[int, str]:
    """The offset and text of a line in front of an instruction, above the comments that belong to it."""
    source, start = parsed.source, parsed.instructions[number].span.start
    line = source.position(start).line
    indent = source.text[source.line_span(line).start : start]
    first = source.position(parsed.instructions[number - 1].span.end).line + 1
    while line > first and source.text[slice(*source.line_span(line - 1))].lstrip().startswith("#"):
        line -= 1
    offset = source.line_span(line).start
    end = "\r\n" if source.text.endswith("\r\n", 0, offset) else "\n"
    return offset, f"{indent}{text}{end}"


def _written(editable: EditableDockerfile, fixed: VerifiedFixes, arg_pins: Sequence[ArgPin | None]) -> VerifiedFixes:
    """The file with some versions as ARGs. Each is declared once in a build stage."""
    declared: set[tuple[int, str]] = set()
    lines: dict[int, str] = {}
    made: list[PlannedFix] = []
    for planned, arg_pin in zip(fixed.applied, arg_pins, strict=True):
        if arg_pin and arg_pin.declaration and (arg_pin.stage, arg_pin.name) not in declared:
            declared.add((arg_pin.stage, arg_pin.name))
            lines[arg_pin.offset] = lines.get(arg_pin.offset, "") + arg_pin.declaration
        made.append(arg_pin.planned if arg_pin else planned)
    declarations = Fix("", tuple(Edit(Span(offset, offset), text) for offset, text in lines.items()))
    after = apply_fixes(editable.document.source, [*(each.fix for each in made), declarations]).source
    return fixed._replace(document=DockerfileDocument(after), applied=tuple(made))


def _is_equivalent(plain: EditableDockerfile, fixed: VerifiedFixes, arg_pins: Sequence[ArgPin | None]) -> bool:
    """Whether the file means the same with some versions as ARGs as with ``plain`` versions."""
    after = plain.edited(fixed.after)
    added = {f"{each.name}={each.version}" for each in arg_pins if each and each.declaration}
    return not plain.differences(after, {}, added) and _counted(plain.findings) == _counted(after.findings)


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.target) for finding in findings)
