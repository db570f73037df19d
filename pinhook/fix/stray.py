"""Words of a second command among the targets of a command, because ``&&`` is missing between them.

``pip install six==1.17.0 pip install idna==3.7`` requests the projects ``pip`` and ``install``, and both exist.
"""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.requirements import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinhook.installers import Target

# fmt: off
_INSTALLERS = frozenset({
    "conda", "easy-install", "mamba", "micromamba", "pdm", "pip", "pip2", "pip3", "pip-sync", "pipenv", "pipx",
    "poetry", "uv", "uvx",
})
_SUBCOMMANDS = frozenset({
    "add", "download", "ensurepath", "freeze", "init", "inject", "install", "list", "lock", "pip", "remove", "run",
    "runpip", "search", "self", "show", "sync", "tool", "uninstall", "update", "upgrade", "venv",
})
_ALWAYS = frozenset({
    "add", "apk", "apt", "apt-get", "cd", "dnf", "download", "ensurepath", "export", "inject", "install", "microdnf",
    "mkdir", "python", "python2", "python3", "remove", "rm", "run", "runpip", "sudo", "sync", "uninstall", "update",
    "upgrade", "yum", "zypper",
})
# fmt: on - ``pip wheel`` is a command, but ``pip install pip wheel`` is common


def stray_command(targets: Sequence[Target]) -> str | None:
    """The first target that starts another command; ``None`` if there is none.

    The name of an installer starts a command only if a subcommand follows: ``pip install pip`` means the project. Words
    that are only subcommands or system commands always do.
    """
    names = [_name(target) for target in targets]
    for at, (name, following) in enumerate(zip(names, [*names[1:], ""], strict=True)):
        if name in _ALWAYS or (name in _INSTALLERS and following in _SUBCOMMANDS - {"pip"} | _pip_of(name)):
            return str(targets[at].text)
    return None


def _pip_of(name: str) -> frozenset[str]:
    """``uv pip`` is a command; ``pip install poetry pip`` requests two projects."""
    return frozenset({"pip"}) if name == "uv" else frozenset()


def _name(target: Target) -> str:
    """The word as written, in lower case; empty if it is more than a name."""
    named = target.requirement
    is_bare = isinstance(named, Named) and str(named.name) == str(target.text) and not target.swallowed
    return str(target.text).lower().replace("_", "-") if is_bare else ""
