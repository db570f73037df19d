"""A Dockerfile, its instructions and the commands in them."""

from __future__ import annotations

from pinhook.dockerfile.instruction import Dockerfile, Heredoc, Instruction, Problem
from pinhook.dockerfile.parser import parse

__all__ = ["Dockerfile", "Heredoc", "Instruction", "Problem", "parse"]
