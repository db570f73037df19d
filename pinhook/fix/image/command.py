"""A command of the Dockerfile that may change or use a Python: its words and its program."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image import path_search
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from pinhook.shell import CONDA_ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.fix.image.interpreters import Interpreters
    from pinhook.shell import SimpleCommand

_MAX_CLAUSE = 60


class RunCommand(NamedTuple):
    """A simple command. ``conda`` is the conda environment of the instruction."""

    command: SimpleCommand
    conda: str = ""

    @property
    def program(self) -> str:
        """The word that names the program, with its folder."""
        return str(self.command.arguments[0])

    @property
    def name(self) -> str:
        """The name of the program without its folder."""
        return self.program.rpartition("/")[2]

    @property
    def words(self) -> tuple[str, ...]:
        """The words after the program."""
        return tuple(map(str, self.command.arguments[1:]))

    @property
    def operands(self) -> tuple[str, ...]:
        """The words that are not options."""
        return tuple(word for word in self.words if not word.startswith("-"))

    def options(self, *names: str) -> Iterator[str]:
        """The values of options: ``-p x``, ``--python x``, ``--python=x``, and ``-px`` for a single letter."""
        words = self.words
        for at, word in enumerate(words):
            if word in names:
                yield from words[at + 1 : at + 2]
            for name in names:
                if name.startswith("--") and word.startswith(name + "="):
                    yield word[len(name) + 1 :]
                elif len(name) == len("-p") and word.startswith(name) and len(word) > len(name):
                    yield word[len(name) :].removeprefix("=")

    def variable(self, name: str) -> str:
        """The value of a variable; empty if it has none or several."""
        values = {str(value) for value in self.command.environment.get(name, ())}
        return values.pop() if len(values) == 1 else ""

    @property
    def environment_of_conda(self) -> str:
        """The active environment of conda; empty if there is none."""
        is_active = self.variable("MAMBA_DOCKERFILE_ACTIVATE") == "1"
        return self.variable(CONDA_ENVIRONMENT) or self.conda or (self.variable("ENV_NAME") or "base") * is_active

    def is_known(self) -> bool:
        """Whether all words are known."""
        return all(argument.text.is_known for argument in self.command.arguments)

    @property
    def clause(self) -> str:
        """The command, shortened, for the report."""
        text = " ".join(str(each)[:_MAX_CLAUSE] for each in self.command.arguments[:_MAX_CLAUSE])
        text = " ".join(text.split())
        return text if len(text) <= _MAX_CLAUSE else text[: _MAX_CLAUSE - 1].rstrip() + "…"

    @property
    def evidence(self) -> Evidence:
        """The command as evidence."""
        return Evidence(self.command.place, self.clause)

    def unknown(self, reason: str) -> UnknownPython:
        """The result that nothing is known after this command."""
        return UnknownPython(reason, self.command.place)

    def find(self, state: Interpreters, name: str = "") -> str | UnknownPython:
        """The path of its program, or of another program that it would run."""
        argument = self.command.arguments[0].text
        if not name and not argument.is_known and "/" not in str(argument):
            return self._substituted(state, str(argument))
        paths = self.command.environment.get("PATH", ())
        return path_search.find(state, name or self.program, paths, self.environment_of_conda)

    def _substituted(self, state: Interpreters, text: str) -> str | UnknownPython:
        """The path in ``$(which python3.9)``, a common form."""
        inner = text.strip("\"'").removeprefix("$(").removesuffix(")").strip("`").split()
        name = inner[-1] if inner[:-1] in (["which"], ["command", "-v"], ["type", "-p"]) else ""
        return self.find(state, name) if name else self.unknown(f"only the build knows what {text} is")

    def path(self, state: Interpreters, word: str) -> str | UnknownPython:
        """The path of a word, which may be ``$(which x)``."""
        return self._substituted(state, word) if word.startswith(("$(", "`")) else state.absolute(word)

    def python(self, state: Interpreters, name: str = "") -> Python | UnknownPython:
        """The Python of its program, or of another program."""
        path = self.find(state, name)
        if not isinstance(path, UnknownPython):
            return state.python_at(path)
        argument = self.command.arguments[0].text
        if "/" in (name or self.program) or not (name or argument.is_known):
            return path
        paths = self.command.environment.get("PATH", ())
        likely = path_search.likely_python(state, name or self.program, paths, self.environment_of_conda)
        return likely if isinstance(likely, Python) else path
