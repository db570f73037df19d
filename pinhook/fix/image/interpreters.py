"""The Python interpreters of a build stage at one point, by the paths of the programs that run them."""

from __future__ import annotations

import posixpath
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.contradiction import Contradiction
from pinhook.fix.image.named_folders import NamedFolders
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.fix.image.systems import SYSTEMS
from pinhook.follow.image_paths import join_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from pinhook.fix.image.base import Base
    from pinhook.source import Place

MAX_PROGRAMS = 256
"""Maximum number of programs of one stage."""

_MAX_LINKS = 16
VERSIONED = regex(r"(?:python|pip|easy_install-)-?(?P<version>[23]\.[0-9]{1,2})")
"""A program with a version in its name."""

_TAGGED = regex(r"/cp(?P<major>[23])(?P<minor>[0-9]{1,2})-cp[0-9]+m?u?/bin/[^/]+")
_PYENV = regex(r".*/\.?pyenv/versions/(?P<version>[23]\.[0-9]{1,2}\.[0-9]{1,2})/bin/[^/]+")
_ENVIRONMENT = regex(r".*/envs/(?P<name>[^/]+)/bin/(?P<program>[^/]+)")
_SHIM = regex(r".*/\.?pyenv/shims/(?P<program>[^/]+)")
_OF_USER = regex(r".*/\.local/bin/(?P<program>[^/]+)")
HOME = regex(r"~(?=/|$)|\$HOME\b|\$\{HOME\}")
"""The home directory in a path."""

SYSTEM_FOLDERS = frozenset(f"{prefix}/{name}" for prefix in ("", "/usr", "/usr/local") for name in ("bin", "sbin"))
"""The folders of programs that every Linux system has."""

HOME_FOLDER = "~/.local/bin"

_TOO_MANY = UnknownPython("the Dockerfile has more Pythons than are followed")
_COLLECTIONS = (
    "roots", "programs", "environments", "alternatives", "installed", "managed", "sources", "proofs", "locals",
)  # fmt: skip
"""What two copies of the interpreters of a stage do not share."""


class Runs(NamedTuple):
    """A link, or a script whose first line names an interpreter.

    It runs whatever is at another path when it is called.
    """

    path: str
    evidence: Evidence


Program: TypeAlias = Python | UnknownPython | Runs


class Interpreters:
    """The known programs of a stage. A copy is independent.

    ``programs``       the programs by path; paths in conda environments are like ``conda:name/bin/pip``
    ``environments``   the folders of environments, whose Python never changes
    ``forgotten``      why programs that are not in ``programs`` may exist
    ``read``           reads a file of the image by the path that the command at a place names
    """

    def __init__(
        self, base: Base, place: Place | None = None, read: Callable[[str, Place], str | None] | None = None
    ) -> None:
        self.base = base
        self.place = place  # of FROM
        self.read = read
        self.system = SYSTEMS.get(base.system)
        self.roots = {"/opt/conda"}
        self.programs: dict[str, Program] = {self.canonical(path): each for path, each in base.pythons.items()}
        self.environments: set[str] = set()
        self.alternatives: dict[str, tuple[int, int]] = {}  # the highest priority, and how many there are
        self.installed: set[str] = set()
        self.managed: list[Python | UnknownPython] = []  # by uv
        self.sources: set[str] = set()  # versions of unpacked sources of Python
        self.prefix = "/usr/local"  # of the last configure
        self.locals: dict[str, Python | UnknownPython] = {}  # of pyenv, by folder
        self.named_folders = NamedFolders()
        self.forgotten: UnknownPython | None = None
        self.is_root = True
        self.has_other_pip = False  # than that of the system's packages, for some interpreter
        self.folder = "/"
        self.proofs: dict[str, Python] = {}
        self.changes = 0

    def copy(self) -> Interpreters:
        """An independent copy, for a branch."""
        other = object.__new__(Interpreters)
        other.__dict__ = dict(self.__dict__)
        if any(len(getattr(self, name)) > MAX_PROGRAMS for name in _COLLECTIONS):
            other.forget(_TOO_MANY)
            for name in _COLLECTIONS:
                setattr(other, name, type(getattr(self, name))())
        for name in _COLLECTIONS:
            setattr(other, name, getattr(other, name).copy())
        return other

    def join(self, before: Interpreters, unknown: UnknownPython) -> None:
        """Merge a branch that may not run: what it has changed is unknown."""
        for path in {*self.programs, *before.programs}:
            if self.programs.get(path) != before.programs.get(path) and not self._is_same(path, before):
                self.programs[path] = unknown
        self.alternatives = {
            name: known for name, known in self.alternatives.items() if before.alternatives.get(name) == known
        }
        self.installed &= before.installed
        self.forgotten = self.forgotten or before.forgotten
        self.has_other_pip = self.has_other_pip or before.has_other_pip
        self.proofs = {word: each for word, each in before.proofs.items() if self.proofs.get(word) == each}
        if self.managed != before.managed or self.system is not before.system:
            self.forget(unknown)

    def _is_same(self, path: str, before: Interpreters) -> bool:
        """Whether a program runs the same Python in both."""
        if path not in self.programs or path not in before.programs:
            return False
        now, then = self.python_at(path), before.python_at(path)
        return isinstance(now, Python) and isinstance(then, Python) and now.version == then.version

    # changes

    def suppose_system(self, manager: str) -> None:
        """Suppose that the image has the system that its name says, if its package manager installs a Python."""
        likely = SYSTEMS.get(self.base.likely_system)
        if likely and likely.manager == manager and not self.is_known:
            self.system = likely
            caveat = f"only the name of {self.base.name} says that its system is {self.base.likely_system}"
            self.base = self.base._replace(system_caveats=(caveat,))

    def changed(self) -> None:
        """Count a change. The Pythons that wheels have proved are no longer valid."""
        self.changes += 1
        self.proofs = {}

    def put(self, path: str, program: Program) -> None:
        """Put a program at a path."""
        if len(self.programs) >= MAX_PROGRAMS:
            self.environments = set()
            self.forget(_TOO_MANY)
            return
        self.programs[self.canonical(path)] = program
        self.changed()

    def remove(self, path: str) -> None:
        """Remove a program, or a folder with its content."""
        path = self.canonical(path)
        for each in [each for each in self.programs if each == path or each.startswith(path + "/")]:
            del self.programs[each]
            self.changed()

    def fill(self, folder: str, python: Python | UnknownPython) -> None:
        """Create an environment. All its programs run one Python, which never changes."""
        self.environments.add(self.canonical(f"{folder}/bin/python").removesuffix("/bin/python"))
        series = python.series if isinstance(python, Python) else ""
        major = series[:1] or "3"
        for kind in ("python", "pip"):
            for version in dict.fromkeys(("", major, series or major)):
                self.put(f"{folder}/bin/{kind}{version}", python)

    def write_pip(self, path: str, evidence: Evidence, *, default: bool = True, user: bool = False) -> None:
        """Make the interpreter at a path write pip's scripts, which then run it."""
        python = self.python_at(path)
        program = Runs(path, evidence) if posixpath.basename(path).startswith(("python", "pypy")) else python
        self._write_pip(self._script_folder(path), program, python, default=default, user=user)

    def write_likely_pip(self, python: Python, *, default: bool = True, user: bool = False) -> None:
        """Make an interpreter that is not certain write pip's scripts."""
        self._write_pip("/usr/local/bin", python, python, default=default, user=user)

    def _write_pip(
        self, folder: str, program: Program, python: Python | UnknownPython, *, default: bool, user: bool
    ) -> None:
        self.has_other_pip = True
        series = python.series if isinstance(python, Python) else ""
        major = series[:1] or "3"
        if (user or not self.is_root) and folder in SYSTEM_FOLDERS:
            folder = HOME_FOLDER
        for name in dict.fromkeys(("pip" if default else f"pip{major}", f"pip{major}", f"pip{series or major}")):
            self.put(f"{folder}/{name}", program)

    def _script_folder(self, path: str) -> str:
        for _ in range(_MAX_LINKS):
            program = self.programs.get(self.canonical(path))
            if not isinstance(program, Runs):
                break
            path = program.path
        folder = posixpath.dirname(path)
        is_shared = folder == "/usr/bin" and not (self.system and self.system.manager == "apk")
        return "/usr/local/bin" if is_shared else folder

    def forget(self, unknown: UnknownPython) -> None:
        """Forget every program outside of environments, because something unknown may have changed it."""
        self.programs = {
            path: each
            for path, each in self.programs.items()
            if path.rpartition("/bin/")[0] in self.environments and not path.startswith(("/usr/", "/bin/"))
        }
        self.forgotten = unknown
        self.changed()

    # questions

    @property
    def is_changed(self) -> bool:
        """Whether a program was added to those of the image."""
        return self.forgotten is not None or any(
            path not in self.base.pythons or self.base.pythons[path] != program
            for path, program in self.programs.items()
        )

    @property
    def is_known(self) -> bool:
        """Whether the Python or the system of the image is known."""
        return self.system is not None or isinstance(self.base.own, Python)

    def absolute(self, path: str) -> str:
        """The absolute path of a path relative to the working directory."""
        text = HOME.sub("/root", path) if self.is_root else re.sub(r"^~(?=/|$)", "$HOME", path)
        return self.canonical(join_path(self.folder, text))

    def canonical(self, path: str) -> str:
        """The canonical path of programs in conda environments, of pyenv's shims, and of a user's programs."""
        if found := _ENVIRONMENT.fullmatch(path):
            return f"conda:{found['name']}/bin/{found['program']}"
        if found := _SHIM.fullmatch(path):
            return f"pyenv:/bin/{found['program']}"
        if found := _OF_USER.fullmatch(path):
            return f"{HOME_FOLDER}/{found['program']}"
        root = path.rpartition("/bin/")[0]
        if root and root in self.roots:
            return f"conda:base/bin/{path.rpartition('/')[2]}"
        return "/usr" + path if path.startswith(("/bin/", "/sbin/")) else path

    def python_at(self, path: str) -> Python | UnknownPython:
        """The Python that the program at a path runs."""
        evidence: list[Evidence] = []
        first = path
        for _ in range(_MAX_LINKS):
            path = self.canonical(path)
            program = self.programs.get(path)
            if path.startswith("pyenv:"):
                program = self._local() or program
            if program is None:
                program = self._linked(path) or self._unlisted(path)
            if isinstance(program, Runs):
                evidence.append(program.evidence)
                path = program.path
                continue
            if isinstance(program, Python):
                return contradiction(first, program, evidence) or _with(program, evidence)
            if found := VERSIONED.fullmatch(posixpath.basename(first)):
                return self._of_series(found["version"], posixpath.basename(first))
            return program
        return UnknownPython(f"{path} is one of many links")

    def _local(self) -> Python | UnknownPython | None:
        """The version that ``pyenv local`` has set for the working directory."""
        folder = self.folder
        while self.locals:
            if folder in self.locals or folder == "/":
                return self.locals.get(folder)
            folder = posixpath.dirname(folder)
        return None

    def _linked(self, path: str) -> Runs | None:
        """The path after following a link of one of its folders."""
        folder = posixpath.dirname(path)
        while len(folder) > 1:
            link = self.programs.get(folder)
            if isinstance(link, Runs):
                return Runs(link.path + path[len(folder) :], link.evidence)
            folder = posixpath.dirname(folder)
        return None

    def _unlisted(self, path: str) -> Program:
        """The Python of a program that no command has created: by its name, or by the system."""
        name = posixpath.basename(path)
        if found := _PYENV.fullmatch(path):
            return Python(found["version"], evidence=(Evidence(None, path),))
        if found := _TAGGED.search(path):
            return Python(f"{found['major']}.{found['minor']}", evidence=(Evidence(None, path),))
        if found := VERSIONED.fullmatch(name):
            return self._of_series(found["version"], name)
        if "$" in path:
            return UnknownPython(f"only the build knows what {path.removeprefix('/')} is")
        if self.forgotten:
            return self.forgotten
        if self.system and path in {f"/usr/bin/{each}" for each in ("python3", *self.system.pip)}:
            return self._unseen(self.system_python(""))
        if isinstance(self.base.own, UnknownPython) and not self.system:
            return self.base.own
        return UnknownPython(f"nothing says which Python {path} is")

    def _unseen(self, python: Python | UnknownPython) -> Python | UnknownPython:
        """The Python of the system, with a caveat if no command was seen that installs it."""
        if isinstance(python, UnknownPython) or "python3" in self.installed:
            return python
        return python._replace(caveats=(*python.caveats, "no command is seen that installs python3"))

    def _of_series(self, series: str, name: str) -> Python:
        """A Python of the series in a name; that of the image or of its system, if it is of the series."""
        for each in () if self.forgotten else (self.base.own, self.system_python("")):
            if isinstance(each, Python) and each.series == series:
                return each._replace(evidence=(*each.evidence, Evidence(None, name)))
        return Python(series, evidence=(Evidence(None, name),))

    def system_python(self, command: str, place: Place | None = None) -> Python | UnknownPython:
        """The ``python3`` of the system's package manager, for the command that installs it."""
        image = self.base.name or "the image"
        if self.system is None:
            return UnknownPython(f"which Python {command or 'the system'} brings is not known for {image}", place)
        evidence = (Evidence(place or self.place, f"{command} on {image}" if command else image),)
        python = Python(self.system.python3, self.system.is_lower_bound, evidence, self.base.system_caveats)
        return python._replace(pip=self.system.pip_version)


def contradiction(path: str, python: Python, evidence: Iterable[Evidence]) -> UnknownPython | None:
    """Why a Python cannot be the one in the name of its program."""
    found = VERSIONED.fullmatch(posixpath.basename(path))
    if found is None or found["version"] == python.series:
        return None
    reasons = [each.clause for each in (*python.evidence, *evidence)]
    return Contradiction(
        f"{posixpath.basename(path)} says {found['version']}, and {', '.join(reasons)} says {python.series}"
    )


def _with(python: Python, evidence: Iterable[Evidence]) -> Python:
    return python._replace(evidence=tuple(dict.fromkeys((*python.evidence, *evidence))))
