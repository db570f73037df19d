"""The script files that the commands of a Dockerfile run."""

from __future__ import annotations

import posixpath

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.commands import without_carriage_returns
from pinhook.documents.interpreter import interpreter_of
from pinhook.documents.script_document import ScriptDocument
from pinhook.documents.simple_commands import simple_commands_of
from pinhook.follow.build import Builder, missing_sources
from pinhook.follow.candidates import Candidates
from pinhook.follow.follower import EMPTY_REPOSITORY
from pinhook.follow.image_paths import UNKNOWN, UNKNOWN_FOLDER, join_path
from pinhook.follow.layers import NOT_FOUND, CopiedFromContext, Unresolved, WrittenByDockerfile, files_below
from pinhook.shell import RunAs, ScriptFile, SimpleCommand
from pinhook.source import Source, SourceError, SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pinhook.dockerfile import Dockerfile, InstructionCommand
    from pinhook.documents import DockerfileDocument
    from pinhook.follow.build import FilesAtCommand
    from pinhook.follow.layers import BuildContext, FoundOrigin, State
    from pinhook.repository.repository import Repository
    from pinhook.shell import ScriptItem, ScriptRequest
    from pinhook.source import Span

_SEARCH_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_SCRIPT_NAME = regex(r".*\.(?:sh|bash|dash|ash|ksh)", 16)
_RUN_PARTS_NAME = regex(r"[A-Za-z0-9_-]+")
_NOT_A_SHELL = Unresolved("is not a shell script")
_UNREADABLE = Unresolved("cannot be read, or is larger than the setting max-file-size allows")
MAX_SCRIPTS = 1_000
"""Maximum number of scripts that one command runs."""


class FollowedScript(NamedTuple):
    """The result for a word that names a script.

    ``image_path``   its path in the image; empty if unknown
    ``path``         its path in the repository; empty if the Dockerfile writes the script
    ``reason``       a clause: why there is no ``source``
    ``source``       the file that contains its text
    ``document``     the script, if it is a file of its own
    """

    name: SourceText
    state: State
    image_path: str = ""
    path: str = ""
    reason: str = ""
    source: Source | None = None
    document: ScriptDocument | None = None

    @property
    def is_script(self) -> bool:
        """Whether it is a script, not a requirements file."""
        return True

    @property
    def is_constraint(self) -> bool:
        """Whether it is a constraints file."""
        return False


def follow_scripts(
    document: DockerfileDocument,
    part: Span,
    in_repository: bool,
    open_repository: Callable[[], Repository] | None = None,
    *,
    with_path: bool = False,
) -> ScriptFollower:
    """The follower of the scripts that part of a Dockerfile runs; with ``in_repository``, also those of the repository.

    ``with_path`` is for ``simple_commands_of``.
    """
    repository = open_repository() if in_repository and open_repository else None
    return ScriptFollower(document.parsed, part, repository, with_path=with_path)


class ScriptFollower:
    """Evaluates the commands of a Dockerfile in order, and finds the scripts that they run.

    Only commands in ``part`` run scripts. Without a ``repository`` only scripts that the Dockerfile writes are found.
    ``followed`` has the result for each script.
    """

    def __init__(
        self, parsed: Dockerfile, part: Span, repository: Repository | None, *, with_path: bool = False
    ) -> None:
        self.part = part
        self.with_path = with_path
        self.repository = repository or EMPTY_REPOSITORY
        self.has_repository = repository is not None
        self.candidates = Candidates(self.repository, lambda context: missing_sources(parsed, context))
        self.builders = {each.folder: Builder(parsed, each) for each in self.candidates.every_context()}
        self.followed: dict[tuple[SourceText, str], FollowedScript] = {}
        self.evaluated: dict[int, list[ScriptItem]] = {}
        self.texts: dict[str, SourceText | Unresolved] = {}
        self.count = 0  # items of the current instruction that the builds have

    def covers(self, command: InstructionCommand) -> bool:
        """Whether a command is in the part that may write and run scripts."""
        span = command.instruction.span
        return span.start < self.part.end and self.part.start < span.end

    def simple_commands_of(self, command: InstructionCommand) -> list[ScriptItem]:
        """The simple commands of an instruction, with those of the scripts that it runs.

        The first calls must be in the order of the file. The results are cached.
        """
        if not self.covers(command):
            return simple_commands_of(command, with_directory=True, with_path=self.with_path)
        start = command.instruction.span.start
        if start not in self.evaluated:
            self._advance(command)
            outcomes = simple_commands_of(
                command, with_directory=True, with_path=self.with_path, find_scripts=self.find
            )
            self._add_commands(outcomes)
            commands = [each for each in outcomes if isinstance(each, SimpleCommand) and not each.run_by]
            for builder in self.builders.values():
                builder.redirect(commands)
            self.evaluated[start] = outcomes
        return self.evaluated[start]

    def _advance(self, command: InstructionCommand) -> None:
        """Advance the builds to an instruction."""
        self.count = 0
        for builder in self.builders.values():
            while builder.advance() not in {command.instruction, None}:
                pass

    def _add_commands(self, outcomes: Sequence[ScriptItem]) -> None:
        """Add the commands that are new since the last call to the builds."""
        for outcome in outcomes[self.count :]:
            if isinstance(outcome, SimpleCommand):
                for builder in self.builders.values():
                    builder.add(outcome)
        self.count = len(outcomes)

    def find(self, request: ScriptRequest) -> Sequence[ScriptFile]:
        """The scripts that a command runs."""
        self._add_commands(request.found)
        if request.run_as is RunAs.FOLDER:
            return tuple(self._in_folder(request))
        script = self._script(request)
        return (script,) if script else ()

    def _script(self, request: ScriptRequest) -> ScriptFile | None:
        paths = self._paths(request)
        if isinstance(paths, Unresolved):
            self._add(request, "", paths)
            return None
        for path in paths:
            origin = self._origin(path)
            if origin is not NOT_FOUND:
                return self._read(request, path, origin)
        if paths:
            self._add(request, paths[0], NOT_FOUND)
        return None

    def _paths(self, request: ScriptRequest) -> Sequence[str] | Unresolved:
        """The possible paths of a script, in the order in which they are searched."""
        name = str(request.name)
        if not request.name.is_known:
            return UNKNOWN
        paths = [] if "/" in name else _search_path(request)
        searched = [each for each in paths if any(builder.may_have(each) for builder in self.builders.values())]
        if "/" not in name and request.run_as is RunAs.PROGRAM:
            return searched
        folder = self._folder(request)
        if folder is None and not name.startswith("/"):
            return UNKNOWN_FOLDER
        return [join_path(folder or "/", name), *searched]

    def _folder(self, request: ScriptRequest) -> str | None:
        found = {builder.folder_of(request.folders) for builder in self.builders.values()}
        return found.pop() if len(found) == 1 else None

    def _origin(self, path: str) -> FoundOrigin:
        return self.candidates.find(path, self._files)

    def _files(self, context: BuildContext) -> FilesAtCommand | None:
        builder = self.builders.get(context.folder)
        return builder.files_now() if builder else None

    def _read(self, request: ScriptRequest, path: str, origin: FoundOrigin) -> ScriptFile | None:
        """The script at a path of the image."""
        text = self._text(origin)
        interpreter = None if isinstance(text, Unresolved) else interpreter_of(text)
        is_program = request.run_as in {RunAs.PROGRAM, RunAs.FOLDER}
        if not isinstance(text, Unresolved) and is_program and interpreter is None:
            text = _NOT_A_SHELL
        self._add(request, path, text, origin.path if isinstance(origin, CopiedFromContext) else "")
        if isinstance(text, Unresolved):
            return None
        is_searched = request.run_as is RunAs.FOLDER or (is_program and "/" not in str(request.name))
        name = request.name[:0].decoded(path) if is_searched else request.name  # as $0 has it
        if interpreter is None or not is_program:
            return ScriptFile(name, text)
        return ScriptFile(name, text, interpreter.dialect, interpreter.errexit)

    def _text(self, origin: FoundOrigin) -> SourceText | Unresolved:
        if isinstance(origin, Unresolved):
            return origin
        if isinstance(origin, WrittenByDockerfile):
            return without_carriage_returns(origin.text)
        if origin.path not in self.texts:
            self.texts[origin.path] = self._text_of_file(origin.path)
        return self.texts[origin.path]

    def _text_of_file(self, path: str) -> SourceText | Unresolved:
        """A file of the repository."""
        data = self.repository.read(path)
        if data is None:
            return _UNREADABLE
        try:
            source = Source.decode(self.repository.decode(path, b"").path, data)
        except SourceError as error:
            return Unresolved(str(error))
        return without_carriage_returns(SourceText.of(source))

    def _add(self, request: ScriptRequest, image_path: str, text: SourceText | Unresolved, path: str = "") -> None:
        """Store the result for a name. A file that was not found counts only if it looks like a shell script."""
        followed = FollowedScript(request.name, "file", image_path, path)
        if isinstance(text, Unresolved):
            if not self.has_repository or not _looks_like_script(request, text):
                return
            followed = followed._replace(state=text.state, reason=text.reason)
        else:
            document = ScriptDocument(text.source) if path else None
            followed = followed._replace(source=text.source, document=document)
        self.followed.setdefault((request.name, image_path), followed)

    def _in_folder(self, request: ScriptRequest) -> Iterator[ScriptFile]:
        """The scripts of a folder, in the order of their names."""
        folder = self._folder(request)
        if not request.name.is_known or (folder is None and not str(request.name).startswith("/")):
            return
        path = join_path(folder or "/", str(request.name))
        contents = (files_below(path, each.files_now().layers, each.context) for each in self.builders.values())
        names = {name for found in contents for name in found if _RUN_PARTS_NAME.fullmatch(name)}
        for name in sorted(names)[:MAX_SCRIPTS]:
            each = posixpath.join(path, name)
            if script := self._read(request, each, self._origin(each)):
                yield script


def _looks_like_script(request: ScriptRequest, reason: Unresolved) -> bool:
    """Whether a file that is not read is a shell script, by its name or by how it is run."""
    if request.run_as is RunAs.SCRIPT:
        return True
    return reason not in {NOT_FOUND, _NOT_A_SHELL} and _SCRIPT_NAME.fullmatch(str(request.name)) is not None


def _search_path(request: ScriptRequest) -> list[str]:
    """The paths of a name in the folders of ``PATH``. An unknown part of it is taken for the usual folders."""
    value = request.search_path[0] if len(request.search_path) == 1 else None
    folders: list[str] = []
    for part in _parts(value) if value is not None else ():
        folders += [str(part)] if part.is_known else _SEARCH_PATH
    found = dict.fromkeys(folders or _SEARCH_PATH)
    return [join_path(each, str(request.name)) for each in found if each.startswith("/")]


def _parts(value: SourceText) -> Iterator[SourceText]:
    """The folders of a search path."""
    start = 0
    for piece in str(value).split(":"):
        yield value[start : start + len(piece)]
        start += len(piece) + 1
