"""The table of settings: name, type, default and help of each.

These are made from it: the parser of configuration files, the options of the command line, ``--show-settings``, the
table in ``docs/configuration.md`` and ``pinhook/schemas/settings.json``.
"""

from __future__ import annotations

from pinhook import rule_codes
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.reporters import REPORTERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, TypeAlias

    Structure: TypeAlias = Literal["flag", "word", "words", "table", "map"]
    Value: TypeAlias = "bool | str | tuple[str, ...] | dict[str, tuple[str, ...]] | dict[str, str] | None"


class ValueKind(NamedTuple):
    """The allowed strings of a setting: one of ``choices``, or else a full match of ``pattern``.

    ``names`` are other words for choices. ``hint`` is advice for a wrong string.
    """

    noun: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    hint: str = ""
    names: Mapping[str, str] = {}


LEVEL = ValueKind("a level", tuple(rule_codes.LEVELS))
RULE = ValueKind("a rule", rule_codes.PREFIXES, hint="pinhook --rules lists them", names=rule_codes.NAMES)
NAME = ValueKind(
    "a package name", pattern=r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", hint="leave version and extras out"
)
INSTALLER = ValueKind("an optional installer", ("pdm", "pipenv", "poetry"))
FORMAT = ValueKind("a format", tuple(reporter.name for reporter in REPORTERS))
SOURCE = ValueKind(
    "a source of versions",
    ("constraints", "uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "requirements", "index"),
)
STYLE = ValueKind("a style of versions", ("plain", "arg"))
PYTHON = ValueKind("a version of Python", pattern=r"[23]\.[0-9]{1,2}(\.[0-9]{1,2})?", hint="write 3.12 or 3.12.4")
TIME = ValueKind(
    "a date or a time", pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?", hint="write 2025-01-31"
)
SIZE = ValueKind("a size", pattern=r"[1-9][0-9]{0,5}[kMG]", hint="write 500k or 16M")
PATTERN = ValueKind("a path pattern", pattern=r"[^!\n\0][^\n\0]*", hint="it must not be empty or begin with !")
IMAGE = ValueKind("the name of an image", pattern=r"[^\s*?\[\]]+", hint="write it as FROM does, without wildcards")
PATH = ValueKind("a path", pattern=r"[^\n\0]+", hint="it must not be empty")
FLAG = ValueKind("true or false")


class Setting(NamedTuple):
    """One setting.

    ``structure``   ``flag``: true or false; ``word``: a string of its ``kind``; ``words``: several such strings;
                  ``table``: path patterns, each with several words; ``map``: ``keys``, each with one word
    ``metavar``     the value in the help of its option; a setting has an option if it has a ``metavar`` or is a flag
    ``group``       the heading of the option in ``--help``
    """

    name: str
    structure: Structure
    kind: ValueKind
    default: Value
    help: str
    metavar: str = ""
    group: str = "Rules"
    keys: ValueKind = PATTERN

    @property
    def field(self) -> str:
        """The name of the setting as a Python identifier."""
        return self.name.replace("-", "_")


SETTINGS = (
    Setting("level", "word", LEVEL, "default", "how strict to be: default, strict or hashes", "LEVEL"),
    Setting("select", "words", RULE, None, "rules to enable in place of those of the level", "CODES"),
    Setting("extend-select", "words", RULE, (), "rules to enable in addition to those of the level", "CODES"),
    Setting("ignore", "words", RULE, (), "rules to disable; the longer prefix wins", "CODES"),
    Setting("per-file-ignores", "table", RULE, {}, "rules to disable in the files that match a pattern"),
    Setting("allow", "words", NAME, (), "packages that need no exact version", "NAMES"),
    Setting("installers", "words", INSTALLER, (), "other tools to check: pdm, pipenv, poetry", "TOOLS"),
    Setting("require-reason", "flag", FLAG, False, "ignore comments must give a reason"),
    Setting("exclude", "words", PATTERN, (), "paths to skip in a search, as in .gitignore", "PATTERNS", "Files"),
    Setting("context", "word", PATH, None, "build context of the Dockerfiles, for PIN007", "DIR", "Files"),
    Setting("per-file-contexts", "map", PATH, {}, "build context of the Dockerfiles that match a pattern"),
    Setting("requirements", "map", PATH, {}, "path in the image = requirements file in the repository", keys=PATH),
    Setting("force-exclude", "flag", FLAG, False, "skip excluded files even if named", "", "Files"),
    Setting("max-file-size", "word", SIZE, "4M", "maximum size of a checked file", "SIZE", "Files"),
    Setting(
        "fix-from", "words", SOURCE, None, "where --fix looks for versions; default: all sources", "SOURCES", "Fixes"
    ),
    Setting(
        "fix-as", "word", STYLE, "plain", "what --fix writes: flask==3.0 or ARG FLASK_VERSION=3.0", "STYLE", "Fixes"
    ),
    Setting(
        "default-python-version",
        "word",
        PYTHON,
        None,
        "Python version to fix for, where FROM says none",
        "VERSION",
        "Fixes",
    ),
    Setting("image-pythons", "map", PYTHON, {}, "Python version of the images that a pattern names"),
    Setting("images", "map", PATH, {}, "Dockerfiles by the names of the images that they build", keys=IMAGE),
    Setting("unsafe-fixes", "flag", FLAG, False, "for --fix: write unsafe fixes too", "", "Fixes"),
    Setting("exclude-newer", "word", TIME, None, "for --fix: ignore releases after this date", "DATE", "Fixes"),
    Setting("format", "word", FORMAT, FORMAT.choices[0], ", ".join(FORMAT.choices), "FORMAT", "Output"),
)

RENAMED = {"python-version": "default-python-version"}
"""Old names of settings in configuration files, with the new ones. The old ones still work, with a warning."""
