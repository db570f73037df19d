"""Shell code, and the simple commands that it runs. Only this package imports ``bashlex``."""

from pinhook.shell.activation import CONDA_ENVIRONMENT
from pinhook.shell.builtins import WORKING_DIRECTORY
from pinhook.shell.command import Argument, Comment, Environment, Redirection, SimpleCommand, Unreadable
from pinhook.shell.evaluate import ScriptItem, argument_commands, script_commands
from pinhook.shell.output import printed_text
from pinhook.shell.script_files import FindScripts, RunAs, ScriptFile, ScriptRequest, no_scripts
from pinhook.shell.script_wrappers import has_errexit, is_login_shell
from pinhook.shell.words import Dialect
from pinhook.shell.wrappers import is_wrapper

__all__ = [
    "CONDA_ENVIRONMENT",
    "WORKING_DIRECTORY",
    "Argument",
    "Comment",
    "Dialect",
    "Environment",
    "FindScripts",
    "Redirection",
    "RunAs",
    "ScriptFile",
    "ScriptItem",
    "ScriptRequest",
    "SimpleCommand",
    "Unreadable",
    "argument_commands",
    "has_errexit",
    "is_login_shell",
    "is_wrapper",
    "no_scripts",
    "printed_text",
    "script_commands",
]
