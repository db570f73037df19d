"""Follow a script without running it: every simple command that it may run, with its words expanded.

The order is that of execution, so that an assignment is seen behind it. Of a condition both outcomes are followed, each
with the values that lead to it (``conditions``); ``status`` leaves the scope as it is where a node succeeds, and
returns the scope where it fails. Of a loop the body is followed once with every value of its variable, and again for as
long as it shifts positional parameters away.
Subshells, pipelines and substitutions keep their assignments to themselves. Wrappers (``wrappers``) are looked through.
"""

from pinhook.shell.evaluate.base import ScriptItem
from pinhook.shell.evaluate.evaluator import argument_commands, script_commands

__all__ = ["ScriptItem", "argument_commands", "script_commands"]
