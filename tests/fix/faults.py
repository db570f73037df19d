"""Faults in the system calls of a write, one after the other.

Replaces the module ``os``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pinhook.cli import replacing

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class Faults:
    """Does what ``fault`` does in the place of the ``at``-th call, counted from 0; ``calls`` are those that were made.

    Stands in for the module ``os``.
    """

    path = os.path

    def __init__(self, at: int, fault: Callable[[], None]) -> None:
        self.at, self.fault = at, fault
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        value = getattr(os, name)
        return self.wrapped(name, value) if callable(value) else value

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that may fail before it does anything."""

        def call(*arguments: Any, **options: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self.at + 1:
                self.fault()
            return function(*arguments, **options)

        return call

    def open_file(self, *arguments: Any, **options: Any) -> Any:
        """A file whose methods may fail, too."""
        return _File(self.wrapped("open", open)(*arguments, **options), self)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Let ``pinhook.cli.replacing`` call these in place of its own."""
        patch.setattr(replacing, "os", self)
        patch.setattr(replacing, "open", self.open_file, raising=False)


class _File:
    def __init__(self, file: Any, faults: Faults) -> None:
        self.file, self.faults = file, faults

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return self.faults.wrapped(name, getattr(self.file, name))
