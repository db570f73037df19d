"""What the install grammar gives: ``Installation``, one command that installs, with its ``Target`` words."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from pinhook.requirements import Requirement
    from pinhook.shell import Argument, Redirection
    from pinhook.source import Place, SourceText

    LockUse: TypeAlias = Literal["", "frozen", "kept", "upgraded"]


class Target(NamedTuple):
    """One thing that an install command is asked to install.

    ``argument`` is the word it stands in; ``text`` is the part of the word that is the target: all of it, or the
    value glued to an option (``-egit+…``, ``--editable=…``), or one of a comma list. ``swallowed`` are the
    redirections that the shell made of an unquoted specifier glued to this word (``flask>=1.0``). ``hashed`` tells
    that the line of a requirements file has a hash for it.
    """

    argument: Argument
    text: SourceText
    requirement: Requirement
    editable: bool = False
    swallowed: tuple[Redirection, ...] = ()
    hashed: bool = False

    @property
    def specifier(self) -> str:
        """The specifier set that the shell has swallowed, without quotes and white space; variables stay by name."""
        written = "".join("".join(str(each.written).split()) for each in self.swallowed)
        if "$" in written:
            return written.replace('"', "").replace("'", "")
        return "".join(each.operator + "".join(str(each.target.text).split()) for each in self.swallowed)


class CommandProblem(NamedTuple):
    """Something about the command that could not be read, at its place: an ambiguous option, say.

    ``doubtful`` is the word behind an unknown option, as the target that it is unless it is the value of the option;
    ``None`` where more than that word depends on the problem.
    """

    place: Place
    reason: str
    doubtful: Target | None = None


class Installation(NamedTuple):
    """One install command, or a requirements file, which is what some install command is given (``is_file``).

    ``installer`` is the command as people call it, ``pip``, ``uv pip``, ``uv tool``, ``pipx``; ``subcommand`` is its
    ``install``, ``download``, ``add`` …, empty when only the build knows it; ``place`` is the command as written.
    ``requirements_files``, ``constraints_files``, ``groups`` and ``scripts`` are the values of ``-r``, ``-c``,
    ``--group`` and ``--requirements-from-script`` and of the environment variables that stand for them.
    ``followed_files`` and ``constraints`` are the files themselves, where they were followed; no ``constraints`` at all
    where one of them could not be. ``lost_arguments`` are the names of variables in targets that an ``ARG`` before the
    first ``FROM`` declares and the stage does not repeat. ``lock`` is what a ``uv sync`` does with ``uv.lock``, empty
    for any other command, and ``lock_problem`` a clause that says why the versions are not those of a lock file in the
    repository. ``only_local`` tells that nothing comes from an index (``--no-index`` with ``--find-links``).
    ``compiler`` is the program that has written a requirements file, ``uv`` or ``pip-compile``; ``named_at`` is the
    word that leads to it, and ``is_project`` tells that it is a ``pyproject.toml``.
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
    is_file: bool = False
    compiler: str = ""
    named_at: Place | None = None
    is_project: bool = False
    lost_arguments: frozenset[str] = frozenset()
    lock: LockUse = ""
    lock_problem: str = ""
    followed_files: tuple[Installation, ...] = ()
    constraints: tuple[Installation, ...] | None = None


def names_files(installation: Installation) -> bool:
    """Whether a command names files that say more of what it installs, or a lock file that should."""
    files = installation.requirements_files or installation.constraints_files or installation.groups
    return bool(files) or bool(installation.lock)
