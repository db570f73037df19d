"""An install command after an unknown command: ``xvfb-run -a pip install x``."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.argv import starts_unknown
from pinhook.installers.invocation import find_invocation, program_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.shell import SimpleCommand
    from pinhook.source import SourceText

# commands that print, search or store their arguments, look up a program, or install other than Python packages
_TAKES_WORDS = """
    . : [ [[ test true false source echo printf print cat tee logger wall grep egrep fgrep rg ag sed awk gawk perl ruby
    node which whereis type hash help man info apropos whatis alias unalias export declare typeset local readonly let
    set unset shift read trap return exit break continue cd pushd popd ls ln cp mv rm mkdir rmdir touch chmod chown
    chgrp install find locate stat file du head tail cut sort uniq tr wc diff cmp test expr seq basename dirname
    realpath readlink git hg svn curl wget aria2c rsync scp ssh sftp docker podman buildah kubectl make cmake ninja
    apt apt-get apt-cache apt-mark apt-fast aptitude dpkg debconf-set-selections apk yum dnf microdnf tdnf rpm zypper
    pacman emerge xbps-install brew port pkg pkg_add opkg nix-env snap flatpak install_packages clean-install
    conda mamba micromamba npm npx yarn pnpm corepack gem bundle cargo go composer cpan cpanm luarocks R Rscript
    update-alternatives alternatives ldconfig useradd usermod groupadd adduser addgroup chsh add-shell pgrep pkill
    killall getent crontab systemctl service shellcheck shfmt sha256sum md5sum
    write-host write-output write-verbose write-warning write-error write-debug write-information write-progress throw
    out-file out-host set-content add-content select-string new-item invoke-webrequest start-sleep title findstr setx
    choco winget scoop
"""
_TAKES_WORDS_NAMES = frozenset(_TAKES_WORDS.split())
MAX_WORDS = 100
"""Maximum number of words of a possible command."""


def takes_plain_words(name: str) -> bool:
    """Whether a command is known not to run its arguments."""
    return name in _TAKES_WORDS_NAMES or name.lower() in _TAKES_WORDS_NAMES  # Windows ignores case


def may_run_words(first: SourceText) -> bool:
    """Whether the first word of a command may name a wrapper: it has no other known meaning."""
    return not takes_plain_words(str(first).rsplit("/", 1)[-1]) and not program_name(first)


def possible_commands(command: SimpleCommand) -> Iterator[tuple[int, SimpleCommand]]:
    """The commands that the arguments of a command would form if it ran them, the longest first.

    Each item is the index of the first argument and the command, cut to ``MAX_WORDS`` arguments. Nothing for an
    installer, for Python, and for a command that is known not to run its arguments.
    """
    first = command.arguments[0].text
    if not may_run_words(first) or find_invocation(command):
        return
    for at in range(1, len(command.arguments) - 1):
        text = command.arguments[at].text
        name = program_name(text)
        if name == "get-pip":
            continue  # ``verify get-pip.py``: the script is only named
        if name or starts_unknown(text):
            yield at, command._replace(arguments=command.arguments[at : at + MAX_WORDS])
