"""Follow the ``-r`` and ``-c`` options of install commands."""

from __future__ import annotations

import posixpath
from functools import cache, partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile import find_commands
from pinhook.documents import DockerfileDocument
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.documents.simple_commands import simple_commands_of
from pinhook.follow.build import build
from pinhook.follow.candidates import Candidates
from pinhook.follow.followed import (
    FileReference,
    Followed,
    follow_includes,
    group_reference,
    with_files,
)
from pinhook.follow.image_paths import is_project, join_path, path_of
from pinhook.follow.includes import with_includes
from pinhook.follow.layers import (
    CHOSEN,
    GENERATED,
    IGNORED,
    NOT_FOUND,
    REMOVED,
    CopiedFromContext,
    Unresolved,
    WrittenByDockerfile,
)
from pinhook.follow.requirements_cache import RequirementsCache
from pinhook.installers import NO_FILES, FollowedFiles, names_files
from pinhook.repository.repository import Repository
from pinhook.requirements.file import parse_text
from pinhook.shell import SimpleCommand
from pinhook.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile
    from pinhook.documents import Document
    from pinhook.documents.contents import Evaluate
    from pinhook.follow.build import Build
    from pinhook.follow.layers import BuildContext, FoundOrigin
    from pinhook.installers import Installation
    from pinhook.installers.installation import LockUse
    from pinhook.source import Place, SourceText

EMPTY_REPOSITORY = Repository("Dockerfile", lambda _: False, lambda _: False, lambda: (), lambda _: None, Source.decode)


MAX_PARENTS = 20
"""Maximum number of folders in which ``uv.lock`` is searched."""


def follow_files(
    document: Document,
    installations: Sequence[Installation],
    open_repository: Callable[[], Repository] | None = None,
    evaluate: Evaluate | None = None,
) -> tuple[Sequence[tuple[Installation, FollowedFiles]], Sequence[Followed]]:
    """Each installation of a document with its followed files, and the result for each of these files.

    ``open_repository`` opens the repository of the document. Without it, only written files are found.
    ``evaluate`` gives the simple commands of each command, with those of the scripts that it runs.
    """
    if isinstance(document, DockerfileDocument):
        commands = _commands(document, evaluate or partial(simple_commands_of, with_directory=True))
        follower = Follower(document.parsed, commands, installations, open_repository and open_repository())
        return [follower.follow(each) for each in installations], follower.followed
    if open_repository is None or not isinstance(document, RequirementsDocument):
        return [(each, NO_FILES) for each in installations], ()
    found, followed = with_includes(document.parsed, open_repository())
    return [found], followed


def _commands(document: DockerfileDocument, evaluate: Evaluate) -> dict[int, list[SimpleCommand]]:
    """The simple commands of each instruction, by its start offset."""
    return {
        command.instruction.span.start: [each for each in evaluate(command) if isinstance(each, SimpleCommand)]
        for command in find_commands(document.parsed)
    }


class Follower:
    """Follows the installations of one Dockerfile.

    ``commands`` maps the start offset of an instruction to its simple commands. Without a ``repository``, only files
    that the Dockerfile writes are found. ``asked`` are the places of further commands for which ``find`` and
    ``folder`` are called.
    """

    def __init__(
        self,
        parsed: Dockerfile,
        commands: Mapping[int, Sequence[SimpleCommand]],
        installations: Sequence[Installation],
        repository: Repository | None,
        asked: Iterable[Place] = (),
    ) -> None:
        self.wanted = {*asked, *(each.place for each in installations if names_files(each))}
        self.repository = repository or EMPTY_REPOSITORY
        self.has_repository = repository is not None
        self.parsed, self.commands = parsed, commands
        self.builds: dict[str, Build] = {}
        self.candidates = Candidates(self.repository, lambda context: self.build(context).missing)
        self.requirements_cache = RequirementsCache(self.repository)
        self.followed: list[Followed] = []
        self.has_lock = cache(lambda: any(posixpath.basename(path) == "uv.lock" for path in self.repository.files()))

    def build(self, context: BuildContext) -> Build:
        """The build in a context."""
        if context.folder not in self.builds:
            self.builds[context.folder] = build(self.parsed, context, self.commands, self.wanted)
        return self.builds[context.folder]

    def follow(self, installation: Installation) -> tuple[Installation, FollowedFiles]:
        """The installation with the options of its files, and the installations of these files."""
        if installation.lock:
            problem = self.lock_problem(installation.lock, installation.place)
            return installation, FollowedFiles(lock_problem=problem)
        if not names_files(installation):
            return installation, NO_FILES
        place = installation.place
        found = list(
            follow_includes(self.references(installation), lambda name, path: self.follow_file(name, path, place))
        )
        self.followed += found
        return with_files(installation, found)

    def references(self, installation: Installation) -> Iterator[FileReference]:
        """The files that a command names."""
        folder = self.folder(installation.place)
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

    def follow_file(self, reference: FileReference, path: str, command: Place) -> Followed:
        """The file at a path of the image."""
        followed = Followed(reference.text, reference.is_constraint, "file", path)
        origin = self.find(path, command)
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

    def find(self, path: str, command: Place) -> FoundOrigin:
        """The origin of a file, in every context in which the Dockerfile can be built."""
        if path in self.repository.requirements_by_image_path:
            return CopiedFromContext(self.repository.requirements_by_image_path[path])
        return self.candidates.find(path, lambda context: self.build(context).files_at.get(command))

    def lock_problem(self, use: LockUse, command: Place) -> str:
        """Why ``uv sync`` does not install the versions of a lock file in the repository; empty if it may.

        Its project must be in the repository. In a workspace, ``uv.lock`` is in a parent folder of the project.
        """
        folder = self.folder(command)
        if folder is None or not isinstance(self.find(join_path(folder, "pyproject.toml"), command), CopiedFromContext):
            return ""
        if use == "upgraded":
            return "it has an option to upgrade"
        lock = self.lock_above(folder, command)
        if lock is CHOSEN or (lock is REMOVED and use == "kept"):
            return f"uv.lock {lock.reason}"
        if use == "frozen" or not self.has_repository:
            return ""
        if not self.has_lock():
            return "the repository has no uv.lock"
        return "the image has no uv.lock beside the project" if lock in {NOT_FOUND, IGNORED} else ""

    def lock_above(self, folder: str, command: Place) -> FoundOrigin:
        """The ``uv.lock`` of a folder, or of its nearest parent that has one."""
        answers = (self.find(join_path(above, "uv.lock"), command) for above in _with_parents(folder))
        return next((answer for answer in answers if answer is not NOT_FOUND), NOT_FOUND)

    def folder(self, command: Place) -> str | None:
        """The working directory of a command."""
        builds = [self.build(each.context) for each in self.candidates.contexts]
        folders = {each.files_at[command].folder for each in builds if command in each.files_at}
        return next(iter(folders)) if len(folders) == 1 else None


def _with_parents(folder: str) -> Iterator[str]:
    """A folder and its parents, the nearest first; at most ``MAX_PARENTS``."""
    for _ in range(MAX_PARENTS):
        yield folder
        if folder == posixpath.dirname(folder):
            return
        folder = posixpath.dirname(folder)
