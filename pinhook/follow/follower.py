"""Follow the ``-r`` and ``-c`` options of install commands."""

from __future__ import annotations

import posixpath
from functools import cache, partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile import find_commands
from pinhook.documents import DockerfileDocument
from pinhook.documents.simple_commands import simple_commands_of
from pinhook.follow.build import build
from pinhook.follow.contexts import context_in, contexts
from pinhook.follow.declared_builds import declared, is_near_compose_file
from pinhook.follow.followed import FileReference, Followed, follow_includes, group_reference, with_files
from pinhook.follow.image_paths import is_project, join_path, path_of
from pinhook.follow.includes import with_includes
from pinhook.follow.layers import (
    CHOSEN,
    GENERATED,
    IGNORED,
    NOWHERE,
    REMOVED,
    CopiedFromContext,
    Unresolved,
    WrittenByDockerfile,
    find_file,
)
from pinhook.follow.requirements_cache import RequirementsCache
from pinhook.installers import NO_FILES, FollowedFiles, names_files
from pinhook.repository.repository import Repository
from pinhook.requirements.file import parse_text
from pinhook.shell import SimpleCommand
from pinhook.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile
    from pinhook.documents import Document
    from pinhook.follow.build import Build
    from pinhook.follow.layers import ResolvedOrigin
    from pinhook.installers import Installation
    from pinhook.installers.installation import LockUse
    from pinhook.source import SourceText, Span

_EMPTY_REPOSITORY = Repository(
    "Dockerfile", lambda _: False, lambda _: False, lambda: (), lambda _: None, Source.decode
)
_AMBIGUOUS = Unresolved("may be one of several files, depending on the build context", "ambiguous")
_NO_CONTEXT = Unresolved("comes from a build context that is not in the repository")


MOST_PARENTS = 20
"""Maximum number of folders in which ``uv.lock`` is searched."""


def follow_files(
    document: Document, installations: Sequence[Installation], open_tree: Callable[[], Repository] | None = None
) -> tuple[Sequence[tuple[Installation, FollowedFiles]], Sequence[Followed]]:
    """Each installation of a document with its followed files, and the result for each of these files.

    ``open_tree`` opens the repository of the document. Without it, only files that the Dockerfile writes are found.
    """
    if isinstance(document, DockerfileDocument):
        follower = Follower(document.parsed, _commands(document), installations, open_tree and open_tree())
        return [follower.follow(each) for each in installations], follower.followed
    if open_tree is None:
        return [(each, NO_FILES) for each in installations], ()
    found, followed = with_includes(document.parsed, open_tree())
    return [found], followed


def _commands(document: DockerfileDocument) -> dict[int, list[SimpleCommand]]:
    """The simple commands of each instruction, by its start offset."""
    commands: dict[int, list[SimpleCommand]] = {}
    for command in find_commands(document.parsed):
        outcomes = simple_commands_of(command, with_directory=True)
        commands[command.instruction.span.start] = [each for each in outcomes if isinstance(each, SimpleCommand)]
    return commands


class Follower:
    """Follows the installations of one Dockerfile.

    ``commands`` maps the start offset of an instruction to its simple commands. Without a ``repository``, only files
    that the Dockerfile writes are found. ``every_command``: more will be asked about the image of each command than the
    files that it names.
    """

    def __init__(
        self,
        parsed: Dockerfile,
        commands: Mapping[int, Sequence[SimpleCommand]],
        installations: Sequence[Installation],
        repository: Repository | None,
        *,
        every_command: bool = False,
    ) -> None:
        spans = {each.place.span for each in installations if every_command or names_files(each)}
        self.repository = repository or _EMPTY_REPOSITORY
        self.has_repository = repository is not None
        self.declared = cache(partial(declared, self.repository))
        found_contexts = contexts(self.repository, self.declared) if spans else ()
        self.build = partial(build, parsed, commands=commands, spans=spans)
        self.builds = [self.build(context=each) for each in found_contexts]
        self.is_near_compose_file = cache(partial(is_near_compose_file, self.repository))
        self.declared_builds = cache(self._declared_builds)
        self.requirements_cache = RequirementsCache(self.repository)
        self.followed: list[Followed] = []
        self.has_lock = cache(lambda: any(posixpath.basename(path) == "uv.lock" for path in self.repository.files()))

    def follow(self, installation: Installation) -> tuple[Installation, FollowedFiles]:
        """The installation with the options of its files, and the installations of these files."""
        if installation.lock:
            problem = self.lock_problem(installation.lock, installation.place.span)
            return installation, FollowedFiles(lock_problem=problem)
        if not names_files(installation):
            return installation, NO_FILES
        span = installation.place.span
        found = list(
            follow_includes(self.references(installation), lambda name, path: self.follow_file(name, path, span))
        )
        self.followed += found
        return with_files(installation, found)

    def references(self, installation: Installation) -> Iterator[FileReference]:
        """The files that a command names."""
        folder = self.folder(installation.place.span)
        path = partial(self.path_of, folder=folder, reads_projects=installation.installer.startswith("uv"))
        for each in installation.requirements_files:
            yield FileReference(each, path(each))
        for each in installation.constraints_files:
            yield FileReference(each, path(each), is_constraint=True)
        for each in installation.groups:
            yield group_reference(each, folder)

    def path_of(self, name: SourceText, *, folder: str | None, reads_projects: bool) -> str | Unresolved:
        """The path of a word. A setting may name it where the Dockerfile does not."""
        return (
            str(name)
            if str(name) in self.repository.requirements_by_image_path
            else path_of(name, folder, reads_projects=reads_projects)
        )

    def follow_file(self, reference: FileReference, path: str, span: Span) -> Followed:
        """The file at a path of the image."""
        followed = Followed(reference.text, reference.is_constraint, "file", path)
        origin = self.find(path, span)
        if isinstance(origin, WrittenByDockerfile) and (reference.group or is_project(path)):
            origin = GENERATED
        if isinstance(origin, Unresolved):
            return followed._replace(state=origin.state, reason=origin.reason)
        if isinstance(origin, WrittenByDockerfile):
            return followed._replace(file=parse_text(origin.text))
        file = self.requirements_cache.read(origin.path, reference.group)
        if isinstance(file, Unresolved):
            return followed._replace(state=file.state, path=origin.path, reason=file.reason)
        return followed._replace(path=origin.path, file=file)

    def find(self, path: str, span: Span) -> ResolvedOrigin:
        """The origin of a file, in every context in which the Dockerfile can be built."""
        if path in self.repository.requirements_by_image_path:
            return CopiedFromContext(self.repository.requirements_by_image_path[path])
        is_configured = self.repository.context is not None
        complete = [each for each in self.builds if is_configured or not each.missing]
        origins = _origins(path, span, complete or self.builds)
        if not is_configured and (len(origins) > 1 or self.is_near_compose_file()):
            described = self.declared_builds()
            described_complete = [each for each in described if not each.missing]
            candidates = described_complete if complete else described_complete or described
            if found := _origins(path, span, candidates):
                origins, complete = found, described_complete
        if len(origins) > 1:
            return _AMBIGUOUS
        origin = origins[0] if origins else NOWHERE
        return _NO_CONTEXT if isinstance(origin, CopiedFromContext) and not complete else origin

    def _declared_builds(self) -> list[Build]:
        """The Dockerfile built in the contexts of compose files. A context need not be a parent of the Dockerfile."""
        known = {each.context.folder: each for each in self.builds}
        folders = dict.fromkeys(each.folder for each in self.declared())
        return [
            known.get(folder) or self.build(context=context_in(folder, self.repository, self.declared))
            for folder in folders
        ]

    def lock_problem(self, use: LockUse, span: Span) -> str:
        """Why ``uv sync`` does not install the versions of a lock file in the repository; empty if it may.

        Its project must be in the repository. In a workspace, ``uv.lock`` is in a parent folder of the project.
        """
        folder = self.folder(span)
        if folder is None or not isinstance(self.find(join_path(folder, "pyproject.toml"), span), CopiedFromContext):
            return ""
        if use == "upgraded":
            return "it has an option to upgrade"
        lock = self.lock_above(folder, span)
        if lock is CHOSEN or (lock is REMOVED and use == "kept"):
            return f"uv.lock {lock.reason}"
        if use == "frozen" or not self.has_repository:
            return ""
        if not self.has_lock():
            return "the repository has no uv.lock"
        return "the image has no uv.lock beside the project" if lock in {NOWHERE, IGNORED} else ""

    def lock_above(self, folder: str, span: Span) -> ResolvedOrigin:
        """The ``uv.lock`` of a folder, or of its nearest parent that has one."""
        answers = (self.find(join_path(above, "uv.lock"), span) for above in _with_parents(folder))
        return next((answer for answer in answers if answer is not NOWHERE), NOWHERE)

    def folder(self, span: Span) -> str | None:
        """The working directory of a command."""
        folders = {each.files_at[span].folder for each in self.builds if span in each.files_at}
        return next(iter(folders)) if len(folders) == 1 else None


def _with_parents(folder: str) -> Iterator[str]:
    """A folder and its parents, the nearest first; at most ``MOST_PARENTS``."""
    for _ in range(MOST_PARENTS):
        yield folder
        if folder == posixpath.dirname(folder):
            return
        folder = posixpath.dirname(folder)


def _origins(path: str, span: Span, builds: Sequence[Build]) -> list[ResolvedOrigin]:
    """The possible origins of a path. Contexts in which the file does not exist are ignored."""
    states = ((each.files_at[span].layers, each.context) for each in builds if span in each.files_at)
    origins = dict.fromkeys(find_file(path, layers, context) for layers, context in states)
    return [origin for origin in origins if origin is not NOWHERE]
