"""A requirements or constraints file does not name exact versions.

## Why it matters

A package from `-r requirements.txt` counts as pinned. That is correct only if the file names its exact version. A line
without one installs the newest release, as it does in the command itself; a line that pip refuses stops the build. A
constraints file must name each package whose version it decides. `uv sync` needs the `uv.lock` of the repository in the
image, and must not upgrade it. In a `pyproject.toml` ranges are correct, but it is not a lock file; this is reported at
the command that installs from it.

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

Write the versions into the file, or let `pip-compile` or `uv pip compile` write it. pinhook looks for the file in the
repository and follows `COPY`, `ADD`, `--mount` and `WORKDIR`. If it is not certain which file is installed, nothing is
reported.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.finding import Related
from pinhook.requirements import Named
from pinhook.rules import inexact, invalid_requirement, unpinned, vcs_without_ref
from pinhook.rules._base import Level, Rule, Subject, related_location
from pinhook.rules._exemptions import pinned_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.finding import Finding
    from pinhook.installers import FollowedFiles, Installation
    from pinhook.installers.installation import FileProperties
    from pinhook.source import SourceText

_LOOSE = (unpinned, inexact, vcs_without_ref, invalid_requirement)


def check(installation: Installation, files: FollowedFiles) -> Iterator[Finding]:
    """Report loose lines of the followed files of a command, and targets that its constraints files do not name."""
    if files.lock_problem:
        yield RULE.finding(installation, installation.place, _lock_message(installation, files.lock_problem), "", "")
    if installation.only_local:
        return
    constraints = files.constraints or ()
    pinned = frozenset[str]().union(*map(pinned_names, (installation, *files.requirements, *constraints)))
    unread = () if files.constraints is not None else _constraints_files(installation, files)
    for each in files.requirements:
        loose = _loose_lines(installation, each._replace(constraints_files=unread), pinned)
        project = each.file if each.file and each.file.is_project else None
        yield from _unlocked_project(installation, project, sorted(loose, key=_key)) if project else loose
    for each in constraints:
        yield from _loose_lines(installation, each._replace(constraints_files=()), pinned)
    if constraints:
        yield from _missing_constraints(installation, constraints, pinned)


def _key(finding: Finding) -> tuple[int, int, str, str]:
    return finding.key


def _lock_message(installation: Installation, problem: str) -> str:
    hint = "upgrade in the repository" if installation.lock == "upgraded" else "copy that of the repository"
    if "repository has no" in problem:
        hint = "commit one"
    return f"uv sync chooses new versions: {problem}; {hint} and write --locked"


def _constraints_files(installation: Installation, files: FollowedFiles) -> tuple[SourceText, ...]:
    """The constraints files of a command and of its requirements files. Each applies to every name."""
    return tuple(file for each in (installation, *files.requirements) for file in each.constraints_files)


def _loose_lines(installation: Installation, file: Installation, pinned: frozenset[str]) -> Iterator[Finding]:
    for rule in _LOOSE:
        for finding in rule.check(file):
            if not (finding.project in pinned and finding.code != invalid_requirement.RULE.code):
                yield finding._replace(
                    original_code=finding.code,
                    code=RULE.code,
                    name=RULE.name,
                    installer=installation.installer,
                    related=(related_location(file, installation),),
                )


def _unlocked_project(installation: Installation, project: FileProperties, loose: list[Finding]) -> Iterator[Finding]:
    """One finding about a project that is installed by ranges without a lock file."""
    if loose and project.named_at:
        word = project.named_at.source.text[slice(*project.named_at.span)]
        more = f" and {len(loose) - 1} more have" if len(loose) > 1 else " has"
        message = f"{word} is not a lock file: {loose[0].target}{more} no exact version; lock it with uv pip compile"
        finding = RULE.finding(installation, project.named_at, message, word, word)
        yield finding._replace(related=(*finding.related, Related(loose[0].place, "this is a range")))


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
