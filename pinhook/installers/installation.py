"""The result of parsing an install command: an ``Installation`` with its ``Target`` words."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from pinhook.requirements import Requirement
    from pinhook.shell import Argument, Redirection
    from pinhook.source import Place, SourceText

    LockUse: TypeAlias = Literal["", "frozen", "kept", "upgraded"]


class Target(NamedTuple):
    """One argument that names something to install.

    ``argument``    the word that contains it
    ``text``        the part of the word that is the target: all of it, or the value glued to an option (``-egit+…``,
                  ``--editable=…``), or one item of a comma list
    ``swallowed``   the redirections that the shell made of an unquoted specifier after this word (``flask>=1.0``)
    ``hashed``      in a requirements file: its line has a hash
    """

    argument: Argument
    text: SourceText
    requirement: Requirement
    editable: bool = False
    swallowed: tuple[Redirection, ...] = ()
    hashed: bool = False

    @property
    def specifier(self) -> str:
        """The swallowed specifier set, without quotes and white space; variables are written by name."""
        written = "".join("".join(str(each.written).split()) for each in self.swallowed)
        if "$" in written:
            return written.replace('"', "").replace("'", "")
        return "".join(each.operator + "".join(str(each.target.text).split()) for each in self.swallowed)


class CommandProblem(NamedTuple):
    """A part of a command that could not be parsed, for example an ambiguous option.

    ``doubtful`` is the word after an unknown option as a target, because it may be the value of the option. ``None``
    if more than that word depends on the problem.
    """

    place: Place
    reason: str
    doubtful: Target | None = None


class FileProperties(NamedTuple):
    """The properties of a requirements file other than its contents."""

    compiler: str = ""
    named_at: Place | None = None
    is_project: bool = False


class Installation(NamedTuple):
    """One install command; or, with a ``file``, a requirements file, which is what a command is given.

    ``installer``            ``pip``, ``uv pip``, ``uv tool``, ``pipx`` …
    ``subcommand``           ``install``, ``download``, ``add`` …; empty if only the build knows it
    ``place``                the command as written
    ``requirements_files``   the values of ``-r`` and of the environment variables for it
    ``constraints_files``    the same for ``-c``
    ``groups``               the same for ``--group``
    ``scripts``              the same for ``--requirements-from-script``
    ``only_local``           nothing comes from an index: ``--no-index`` with ``--find-links``
    ``file``                 the properties of the requirements file; ``None`` for a command
    ``undeclared_arguments`` names of variables in targets, declared by an ``ARG`` before the first ``FROM`` and not
                             repeated in the stage
    ``run_by``               the command that runs the script file that contains this command, if it is in one
    ``lock``                 what ``uv sync`` does with ``uv.lock``; empty for any other command
    """

    installer: str
    subcommand: str
    place: Place
    targets: tuple[Target, ...]
    requirements_files: tuple[SourceText, ...] = ()
    constraints_files: tuple[SourceText, ...] = ()
    groups: tuple[SourceText, ...] = ()
    scripts: tuple[SourceText, ...] = ()
    only_local: bool = False
    require_hashes: bool = False
    problems: tuple[CommandProblem, ...] = ()
    file: FileProperties | None = None
    undeclared_arguments: frozenset[str] = frozenset()
    lock: LockUse = ""
    run_by: Place | None = None


class FollowedFiles(NamedTuple):
    """What was found in the files that an installation names; empty if they were not followed.

    ``requirements``   the installations of the requirements files
    ``constraints``    the same for constraints files; ``None`` if one of them could not be followed
    ``lock_problem``   a clause: why the versions are not those of a lock file in the repository
    """

    requirements: tuple[Installation, ...] = ()
    constraints: tuple[Installation, ...] | None = None
    lock_problem: str = ""


NO_FILES = FollowedFiles()


def names_files(installation: Installation) -> bool:
    """Whether a command names files with further requirements, or a lock file."""
    files = installation.requirements_files or installation.constraints_files or installation.groups
    return bool(files) or bool(installation.lock)
