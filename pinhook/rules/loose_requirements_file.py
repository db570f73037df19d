"""A requirements or constraints file that is installed does not say which versions.

## Why it matters

A package that comes from `-r requirements.txt` counts as pinned, and so it is only when the file says which version:
one loose line there brings the newest release into the image as surely as in the command itself, and one that pip
would refuse stops the build. The same holds for a constraints file that does not name the package which is left to it,
and for a `uv sync` that finds no `uv.lock` of the repository in the image or is told to upgrade. In a `pyproject.toml`
a range is as it should be, and no lock: that is reported of the command that installs from there.

## Flagged

    RUN echo 'flask>=3' > requirements.txt && pip install -r requirements.txt
    RUN echo flask > constraints.txt && pip install flask -c constraints.txt
    RUN echo django==5.0 > constraints.txt && pip install flask -c constraints.txt

## Accepted

    RUN echo flask==3.0.0 > requirements.txt && pip install -r requirements.txt
    RUN echo flask==3.0.0 > constraints.txt && pip install flask -c constraints.txt
    RUN pip freeze > requirements.txt && pip install -r requirements.txt
    RUN pip install -r https://example.org/0123456789abcdef0123456789abcdef01234567/requirements.txt
    RUN uv sync --locked

## Fix

Write the versions into the file, or let `pip-compile` or `uv pip compile` write it. The file is looked for in the
repository, by way of `COPY`, `ADD`, `--mount` and `WORKDIR`; where it is not certain to be the one that is installed,
nothing is reported.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Related
from pinhook.requirements import Named
from pinhook.rules import inexact, invalid_requirement, unpinned, vcs_without_ref
from pinhook.rules._base import Level, Rule, Subject
from pinhook.rules._exemptions import pinned_names
from pinhook.rules._related import related_location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import Installation
    from pinhook.source import SourceText

_LOOSE = (unpinned, inexact, vcs_without_ref, invalid_requirement)


def check(installation: Installation) -> Iterator[Finding]:
    """Report the loose lines of the files behind a command, and the targets that its constraints files leave out."""
    if installation.lock_problem:
        yield RULE.finding(installation, installation.place, _lock_message(installation), "", "")
    if installation.only_local:
        return
    constraints = installation.constraints or ()
    pinned = frozenset[str]().union(*map(pinned_names, (installation, *installation.followed_files, *constraints)))
    unread = () if installation.constraints is not None else _constraints_files(installation)
    for each in installation.followed_files:
        loose = _loose_lines(installation, each._replace(constraints_files=unread), pinned)
        yield from _unlocked_project(installation, each, sorted(loose)) if each.is_project else loose
    for each in constraints:
        yield from _loose_lines(installation, each._replace(constraints_files=()), pinned)
    if installation.constraints:
        yield from _missing_constraints(installation, installation.constraints, pinned)


def _lock_message(installation: Installation) -> str:
    hint = "leave that to the repository" if installation.lock == "upgraded" else "copy the one of the repository"
    if "repository has no" in installation.lock_problem:
        hint = "commit one"
    return f"uv sync chooses the versions anew, for {installation.lock_problem}; {hint} and write --locked"


def _constraints_files(installation: Installation) -> tuple[SourceText, ...]:
    """Those of a command, and of the files behind it: each of them bounds every name."""
    return tuple(file for each in (installation, *installation.followed_files) for file in each.constraints_files)


def _loose_lines(installation: Installation, file: Installation, pinned: frozenset[str]) -> Iterator[Finding]:
    for rule in _LOOSE:
        for finding in rule.check(file):
            if not (finding.project in pinned and finding.code != invalid_requirement.RULE.code):
                yield finding._replace(
                    flaw=finding.code,
                    code=RULE.code,
                    name=RULE.name,
                    installer=installation.installer,
                    related=(related_location(file, installation),),
                )


def _unlocked_project(installation: Installation, project: Installation, loose: list[Finding]) -> Iterator[Finding]:
    """One finding on a project that is installed by its ranges, which are right where they stand, and no lock."""
    if loose and project.named_at:
        word = project.named_at.source.text[slice(*project.named_at.span)]
        more = f" and {len(loose) - 1} more have" if len(loose) > 1 else " has"
        message = f"{word} is no lock: {loose[0].target}{more} no exact version; lock it with uv pip compile"
        finding = RULE.finding(installation, project.named_at, message, word, word)
        yield finding._replace(related=(*finding.related, Related(loose[0].place, "a range here is not a lock")))


def _missing_constraints(
    installation: Installation, constraints: tuple[Installation, ...], pinned: frozenset[str]
) -> Iterator[Finding]:
    named = {
        target.requirement.normalized
        for each in constraints
        for target in each.targets
        if isinstance(target.requirement, Named)
    }
    for target in installation.targets:
        match target.requirement:
            case Named(normalized=str(name), requested=requested):
                if name not in named | pinned:
                    message = f"{requested} is not in the constraints file; add {requested}==<version> to it"
                    finding = RULE.report(installation, target, message)
                    file = constraints[0].place
                    start = file._replace(span=type(file.span)(0, 0))
                    yield finding._replace(related=(*finding.related, Related(start, "the constraints file")))


RULE = Rule("PIN007", "loose-requirements-file", Level.STRICT, check, (Subject.FOLLOWED_FILES,), honours_allow=True)
