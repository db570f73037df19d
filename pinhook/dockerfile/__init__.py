"""A Dockerfile, its instructions and its commands.

``parse`` gives the instructions. ``walk`` yields them with the variables and the shell of their build stage.
``find_commands`` gives the commands that they run.
"""

from __future__ import annotations

from pinhook.dockerfile.commands import ExecForm, Form, InstructionCommand, ShellForm, find_commands
from pinhook.dockerfile.instruction import Dockerfile, Heredoc, Instruction, SyntaxProblem
from pinhook.dockerfile.parser import parse
from pinhook.dockerfile.shells import Shell, ShellKind
from pinhook.dockerfile.stages import StageScope, parse_from, walk

__all__ = [
    "Dockerfile",
    "ExecForm",
    "Form",
    "Heredoc",
    "Instruction",
    "InstructionCommand",
    "Shell",
    "ShellForm",
    "ShellKind",
    "StageScope",
    "SyntaxProblem",
    "find_commands",
    "parse",
    "parse_from",
    "walk",
]
