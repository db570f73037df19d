"""The configuration: settings, configuration files, and their combination with the command line."""

from pinhook.config.config import Config, combine
from pinhook.config.file import ConfigError, find, find_unread, load
from pinhook.config.settings import SETTINGS, Setting

__all__ = ["SETTINGS", "Config", "ConfigError", "Setting", "combine", "find", "find_unread", "load"]
