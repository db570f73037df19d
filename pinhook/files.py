"""Which files are checked: what a Dockerfile is called, where to look for one, and how it is read.

Only ``os``: ``pathlib`` would take 4 ms of every start.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING

from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES = r"(?i:(^|/)([^/]*[._-])?(docker|container)file([._-][^/]*)?$)"
"""The paths that are Dockerfiles by name, some others among them; the ``files`` of the hook manifest."""

EXCLUDE = r"""(?x)
\.(?i:dockerignore|containerignore)$
| \.(?i:adoc|html?|markdown|md|mdx|pdf|rst|txt)$
| \.(?i:erb|hbs|in|j2|jinja2?|mustache|template|tmpl|tpl)$
| \.(?i:cfg|conf|csv|ini|json5?|jsonc|lock|log|snap|toml|xml|ya?ml)$
| \.(?i:bak|diff|orig|patch|rej|swp)$
| ((docker|container)file|(?i:file)[._-][^/]*)
  \.(c|cc|cpp|cs|go|h|java|js|jsx|kt|lua|mjs|php|pl|py|pyi|rb|rs|sh|swift|ts|tsx|vim)$"""
"""Those others: ignore files, documents, templates, data, leftovers and program text; the ``exclude`` of the manifest.

``Dockerfile.go`` stays: with the capital letter it is the Dockerfile of something in Go, ``dockerfile.go`` is Go.
"""

UNSEARCHED = frozenset({".git", ".hg", ".svn", ".nox", ".tox", ".venv", "__pycache__", "node_modules", "venv"})
"""Directories that hold no Dockerfile of the one who searches."""


def is_dockerfile(path: str) -> bool:
    """Whether a file is a Dockerfile, going by its name."""
    return re.search(FILES, path) is not None and re.search(EXCLUDE, path) is None


def find(path: str, on_error: Callable[[OSError], None]) -> Iterator[str]:
    """The Dockerfiles below a directory, in a stable order; a path that is no directory is given back as it is."""
    if not os.path.isdir(path):
        yield path
        return
    for directory, directories, names in os.walk(path, onerror=on_error):
        directories[:] = sorted(set(directories) - UNSEARCHED)
        for name in sorted(filter(is_dockerfile, names)):
            found = os.path.normpath(os.path.join(directory, name))
            if os.path.isfile(found):
                yield found


def read_stdin(name: str) -> Source:
    """The text of stdin, under a name. Raises ``OSError``, and ``SourceError`` for what is not text."""
    if sys.stdin is None:  # started with stdin closed
        raise SourceError("is closed")
    return Source.decode(name, sys.stdin.buffer.read())


def read(path: str) -> Source:
    """The text of a file. Raises ``OSError``, and ``SourceError`` for what is not a text file."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # opening a named pipe would wait for a writer
        raise SourceError("is not a regular file")
    with open(path, "rb") as file:
        return Source.decode(path, file.read())
