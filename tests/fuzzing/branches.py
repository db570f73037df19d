"""The branches of pinhook that an execution takes for the first time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pinhook

if TYPE_CHECKING:
    from types import CodeType, FrameType

_FOLDER = str(Path(pinhook.__file__).parent)
_SAMPLE = 20
"""Before Python 3.12 one execution of so many is traced, as that takes ten times as long."""


class Branches:
    """Counts. ``start`` before the first execution, ``news`` after each, ``stop`` at the end."""

    def __init__(self) -> None:
        self.taken: set[object] = set()
        self.reported = self.executions = 0

    def start(self) -> None:
        self.before = sys.gettrace()
        sys.settrace(None)

    def news(self) -> bool:
        """Whether the execution that has just ended took a new branch."""
        self.executions += 1
        sys.settrace(self.trace if self.executions % _SAMPLE == 0 else None)
        found = len(self.taken) > self.reported
        self.reported = len(self.taken)
        return found

    def stop(self) -> None:
        sys.settrace(self.before)  # somebody may measure the coverage of the tests

    def trace(self, frame: FrameType, _event: str, _argument: object) -> Any:
        """Trace the lines of a function: a branch is a line and the one before it."""
        code = frame.f_code
        if not code.co_filename.startswith(_FOLDER):
            return None
        before = 0

        def line(frame: FrameType, _event: str, _argument: object) -> Any:
            nonlocal before
            self.taken.add((code, before, frame.f_lineno))
            before = frame.f_lineno
            return line

        return line


class _Monitored(Branches):
    """The same with ``sys.monitoring``, which costs almost nothing after a branch was taken in both directions."""

    def __init__(self) -> None:
        super().__init__()
        self.tools: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]  # since Python 3.12
        self.ways: dict[tuple[CodeType, int], int] = {}

    def start(self) -> None:
        tools = self.tools
        tools.use_tool_id(tools.COVERAGE_ID, "fuzzing")
        tools.register_callback(tools.COVERAGE_ID, tools.events.BRANCH, self.branch)
        tools.set_events(tools.COVERAGE_ID, tools.events.BRANCH)

    def news(self) -> bool:
        found = len(self.taken) > self.reported
        self.reported = len(self.taken)
        return found

    def stop(self) -> None:
        self.tools.free_tool_id(self.tools.COVERAGE_ID)

    def branch(self, code: CodeType, offset: int, destination: int) -> Any:
        if not code.co_filename.startswith(_FOLDER):
            return self.tools.DISABLE
        way = (code, offset, destination)
        if way not in self.taken:
            self.taken.add(way)
            place = (code, offset)
            self.ways[place] = self.ways.get(place, 0) + 1
            if self.ways[place] == 2:
                return self.tools.DISABLE
        return None


def branches() -> Branches:
    """The best that this Python has."""
    return _Monitored() if hasattr(sys, "monitoring") else Branches()
