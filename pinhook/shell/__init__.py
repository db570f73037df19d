"""Shell text, and the simple commands in it. The only importer of ``bashlex``."""

from pinhook.shell.command import Argument, Environment, Redirection, SimpleCommand, Unreadable

__all__ = ["Argument", "Environment", "Redirection", "SimpleCommand", "Unreadable"]
