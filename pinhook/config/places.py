"""Find the place of a mistake in a configuration file: TOML parsers give no places."""

from __future__ import annotations

import re

_HEADING = r"(?m)^[ \t]*\[[ \t]*[\"']?tool[\"']?[ \t]*\.[ \t]*[\"']?pinhook\b"


_STRING_OR_COMMENT = r"""(?x) "(?:\\.|[^"\\\n])*" | '[^'\n]*' | \#[^\n]*"""


def _without_comment(match: re.Match[str]) -> str:
    return " " * len(match[0]) if match[0].startswith("#") else match[0]


class Places:
    """Finds keys and strings in the text of a configuration file, each string once.

    The place of a key is its first occurrence after the heading of its table. The place of a string is its first
    occurrence after its key; for a string with escapes it is that of the key.
    """

    def __init__(self, text: str, *, is_shared: bool) -> None:
        self.text = re.sub(_STRING_OR_COMMENT, _without_comment, text)
        heading = re.search(_HEADING, self.text) if is_shared else None
        self.start = heading.end() if heading else 0
        self.found: dict[tuple[str, str], int] = {}

    def position(self, key: str, word: str | None) -> str:
        """Line and column, both from 1, as ``3:14``; empty if the key is not found."""
        match = re.compile(rf"""(?<![\w-])["']?{re.escape(key)}["']?(?=[ \t]*[=.\]])""").search(self.text, self.start)
        if match is None:
            return ""
        offset = match.start()
        if word is not None:
            begin = self.found.get((key, word), match.end())
            if behind := re.compile(rf"""(["']){re.escape(word)}\1""").search(self.text, begin):
                offset = behind.start()
                self.found[key, word] = behind.end()
        line_start = self.text.rfind("\n", 0, offset) + 1
        return f"{self.text.count(chr(10), 0, offset) + 1}:{offset - line_start + 1}"
