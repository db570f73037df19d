"""A Dockerfile, its instructions and the commands in them.

``parse`` gives the instructions, ``walk`` goes through them with the variables and the shell of their build stage, and
``find_commands`` gives what they run.
"""

from __future__ import annotations

from pinhook.dockerfile.commands import Command, ExecForm, Form, ShellForm, find_commands
from pinhook.dockerfile.instruction import Dockerfile, Heredoc, Instruction, Problem
from pinhook.dockerfile.parser import parse
from pinhook.dockerfile.shells import Shell, ShellKind
from pinhook.dockerfile.stages import Scope, walk

__all__ = [
    "Command",
    "Dockerfile",
    "ExecForm",
    "Form",
    "Heredoc",
    "Instruction",
    "Problem",
    "Scope",
    "Shell",
    "ShellForm",
    "ShellKind",
    "find_commands",
    "parse",
    "walk",
]
