"""The configuration: settings, the files that hold them, and what comes of both and the command line."""

from pinhook.config.config import Config, combine
from pinhook.config.file import ConfigError, find, find_unread, load
from pinhook.config.settings import SETTINGS, Setting

__all__ = ["SETTINGS", "Config", "ConfigError", "Setting", "combine", "find", "find_unread", "load"]
