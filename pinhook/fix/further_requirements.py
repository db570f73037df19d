"""The further requirements of a command: in requirements files, in projects of the repository, and constraints.

The chosen versions must satisfy all of them. If one of them is unknown, a fix is unsafe.
"""

from __future__ import annotations

import re
from functools import cached_property

from pinhook import _compat
from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.pins import askable_requirement, is_askable
from pinhook.follow.follower import Follower
from pinhook.follow.image_paths import join_path
from pinhook.follow.layers import CopiedFromContext, WrittenByDockerfile
from pinhook.installers import names_files
from pinhook.installers.file_installation import as_installation
from pinhook.requirements import Direct, Local, normalize
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from pinhook.argv import Option
    from pinhook.dockerfile import Dockerfile
    from pinhook.fix.steps import Step
    from pinhook.follow import Followed
    from pinhook.installers import Installation
    from pinhook.repository.repository import Repository
    from pinhook.source import Place

FIT = "and the versions must be compatible with it"
"""The end of a clause about an unknown requirement."""

_CONDA = regex(r"(?:.*/)?(?:conda|mamba|micromamba)")
_EXTRAS = regex(r"(?P<path>[^\[\]]*)\[(?P<extras>[\w.,\s-]*)\]")
_PIP_FILES = ("/etc/pip.conf", "/etc/xdg/pip/pip.conf", "/root/.config/pip/pip.conf", "/root/.pip/pip.conf")
_UV_FILES = ("/etc/uv/uv.toml", "/root/.config/uv/uv.toml")
"""Paths in the image at which pip and uv look for a configuration file, if the user is root."""


class FurtherRequirements(NamedTuple):
    """Requirements, constraints, and the options of their files.

    ``unknown`` are clauses that say which requirements are unknown, and why.
    """

    requirements: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    unknown: tuple[str, ...] = ()


class FurtherRequirementsFinder:
    """The further requirements of the commands of a Dockerfile.

    Without a repository, only files that it writes are known.
    """

    def __init__(
        self, parsed: Dockerfile, steps: Sequence[Step], open_repository: Callable[[], Repository] | None
    ) -> None:
        self.parsed, self.steps, self.open_repository = parsed, steps, open_repository

    def of(self, step: Step, *, no_deps: bool) -> FurtherRequirements:
        """The further requirements of a step. Raises ``UndecidableOptionsError`` if no version can be written.

        ``no_deps``: dependencies are neither installed nor checked.
        """
        installation = step.installation
        if installation is None:
            return FurtherRequirements()
        unknown = [f"{script} has requirements too, {FIT}" for script in installation.scripts[:1]]
        projects: list[str] = []
        for target in () if no_deps else installation.targets:
            if isinstance(target.requirement, Direct):
                unknown.append(f"what {target.text} needs is only known when it is fetched, {FIT}")
            if isinstance(target.requirement, Local):
                projects.append(str(target.text))
        if installation.subcommand == "add" and self.has_project(installation):
            projects.append(".")
        needs: list[str] = []
        for project in projects:
            found = self.project(project, installation)
            needs += found or ()
            unknown += [f"what {project} needs is not known here, {FIT}"] if found is None else []
        further = of_files(self.followed(installation))
        return further._replace(
            requirements=(*further.requirements, *needs), unknown=tuple(dict.fromkeys((*unknown, *further.unknown)))
        )

    def refuse_configuration(self, step: Step) -> None:
        """Raise ``UndecidableOptionsError`` if the Dockerfile gives the installer a configuration file."""
        installation = step.installation
        if installation is None or self.open_repository is None:
            return
        place, is_uv = installation.place, installation.installer.startswith("uv")
        folder = self.follower.folder(place)
        paths = [*_UV_FILES, *([join_path(folder, "uv.toml")] if folder else [])] if is_uv else _PIP_FILES
        for path in paths:
            if isinstance(self.follower.find(path, place), (CopiedFromContext, WrittenByDockerfile)):
                raise UndecidableOptionsError(f"{path} may name another index")
        if (
            is_uv
            and folder
            and "uv" in self.table_of(join_path(folder, "pyproject.toml"), installation).get("tool", {})
        ):
            raise UndecidableOptionsError(f"tool.uv in {join_path(folder, 'pyproject.toml')} may name another index")

    @cached_property
    def follower(self) -> Follower:
        """The follower of the Dockerfile, for every command that installs or reads a file of conda."""
        commands: dict[int, list[SimpleCommand]] = {}
        asked: list[Place] = []
        for step in self.steps:
            if step.command and isinstance(step.item, SimpleCommand):
                commands.setdefault(step.command.instruction.span.start, []).append(step.item)
                if step.installation or _CONDA.fullmatch(str(step.item.arguments[0])):
                    asked.append(step.item.place)
        installations = [step.installation for step in self.steps if step.installation]
        repository = self.open_repository() if self.open_repository else None
        return Follower(self.parsed, commands, installations, repository, asked)

    def followed(self, installation: Installation) -> list[Followed]:
        """The result of following each file that a command names."""
        if not names_files(installation):
            return []
        before = len(self.follower.followed)
        self.follower.follow(installation)
        return self.follower.followed[before:]

    def has_project(self, installation: Installation) -> bool:
        """Whether a command adds to a project of the repository, whose dependencies apply too."""
        folder = self.follower.folder(installation.place)
        path = join_path(folder or "/", "pyproject.toml")
        return isinstance(self.follower.find(path, installation.place), CopiedFromContext)

    def project(self, text: str, installation: Installation) -> list[str] | None:
        """The dependencies of a project of the repository, by its ``pyproject.toml``; ``None`` if they are unknown."""
        found = _EXTRAS.fullmatch(text)
        folder = self.follower.folder(installation.place)
        if folder is None or "$" in text:
            return None
        path = re.sub("^file:(?://)?", "", found["path"] if found else text)
        document = self.table_of(join_path(join_path(folder, path), "pyproject.toml"), installation)
        project, tools = document.get("project"), document.get("tool", {})
        if not isinstance(project, dict) or (installation.installer.startswith("uv") and "uv" in tools):
            return None
        extras = re.split(r"[\s,]+", found["extras"].strip()) if found else []
        own = normalize(str(project.get("name")))
        dependencies = list(_dependencies(project, extras))
        known = [each for each in dependencies if isinstance(each, str) and is_askable(each) and _name(each) != own]
        return known if len(known) == len(dependencies) else None

    def read(self, path: str, place: Place) -> str | None:
        """The text of a file in the image, by the path that the command at a place names; ``None`` if it is unknown."""
        folder = self.follower.folder(place)
        found = self.follower.find(join_path(folder, path), place) if folder is not None else None
        if isinstance(found, WrittenByDockerfile):
            return str(found.text) if found.text.is_known else None
        content = self.follower.repository.read(found.path) if isinstance(found, CopiedFromContext) else None
        return content.decode("utf-8", "replace") if content is not None else None

    def table_of(self, path: str, installation: Installation) -> dict[str, Any]:
        """A TOML document of the repository, by its path in the image; empty if there is none."""
        found = self.follower.find(path, installation.place)
        content = self.follower.repository.read(found.path) if isinstance(found, CopiedFromContext) else None
        try:
            document = _compat.parse(content or b"")
        except (ValueError, RecursionError):
            return {"tool": {"uv": {}}}  # with any content
        return document if isinstance(document.get("tool", {}), dict) else {}


def of_files(found: Iterable[Followed]) -> FurtherRequirements:
    """The requirements of files. Raises ``UndecidableOptionsError`` if a file has hashes."""
    requirements: list[str] = []
    constraints: list[str] = []
    options: list[Option] = []
    unknown: list[str] = []
    for each in found:
        if each.file is None:
            unknown.append(f"{each.name} {each.reason}, {FIT}")
            continue
        if each.file.require_hashes or any(entry.hashes for entry in each.file.entries):
            raise UndecidableOptionsError(f"{each.name} has hashes, and then every version needs some")
        for target in as_installation(each.file).targets:
            if known := askable_requirement(target):
                (constraints if each.is_constraint else requirements).append(known)
            else:
                unknown.append(f"what {target.text} in {each.name} asks for is not known here, {FIT}")
        options += () if each.is_constraint else each.file.options
    return FurtherRequirements(
        tuple(dict.fromkeys(requirements)), tuple(dict.fromkeys(constraints)), tuple(options), tuple(unknown)
    )


def _dependencies(project: dict[str, Any], extras: Iterable[str]) -> Iterator[object]:
    """The requirements of a project and of its extras. Contains a value that is not a string if they are incomplete."""
    dynamic = project.get("dynamic", [])
    optional = project.get("optional-dependencies", {})
    lists = [project.get("dependencies", [])]
    lists += [optional.get(extra) if isinstance(optional, dict) else None for extra in extras if extra]
    is_static = isinstance(dynamic, list) and not {"dependencies", "optional-dependencies"} & set(map(str, dynamic))
    for each in lists:
        yield from each if isinstance(each, list) and is_static else [None]


def _name(requirement: str) -> str | None:
    return normalize(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
