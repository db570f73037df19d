"""Install commands: a command's arguments in, an ``Installation`` out; one module for each tool."""

from pinhook.installers.installation import Installation, Problem, Target

__all__ = ["Installation", "Problem", "Target"]
