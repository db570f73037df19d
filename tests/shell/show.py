"""The commands of a script as lines of text.

⟦ ⟧ marks the unknown part of a word, and « » a word with a blank in it.
"""

from __future__ import annotations

from pinhook.shell import Dialect, SimpleCommand, script_commands
from pinhook.source import Source, SourceText
from tests.marks import mark


def commands(script: str) -> list[str]:
    """The commands that bash may run."""
    outcomes = script_commands(SourceText.of(Source("script", script)), Dialect.BASH, {})
    return [shown(each) for each in outcomes if isinstance(each, SimpleCommand)]


def shown(command: SimpleCommand) -> str:
    words = [mark(str(word), list(word.text.unknown)) for word in command.arguments]
    return " ".join(f"«{word}»" if set(word) & {" ", "\n"} else word for word in words)
