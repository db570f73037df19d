"""Evaluate a script without running it: yield every simple command that it may run, with its words expanded.

Commands are evaluated in the order of execution, so later commands see an assignment. Both outcomes of a condition are
evaluated, each with the values that give it (``conditions``). ``status`` changes the scope to that of success, and
returns the scope of failure. The body of a loop is evaluated once with all values of its variable, and again as long as
it removes positional parameters (``shift``). Assignments in subshells, pipelines and substitutions have no effect
outside. For a wrapper, the command that it runs is evaluated (``wrappers``).
"""

from pinhook.shell.evaluate.base import ScriptItem
from pinhook.shell.evaluate.evaluator import argument_commands, script_commands

__all__ = ["ScriptItem", "argument_commands", "script_commands"]
