"""Whether a requirements file that was edited still says the same, but for the words that were to be edited."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.requests import Difference
from pinhook.requirements.file import parse_file
from pinhook.requirements.lines import logical_lines, split_options
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pinhook.source import Source


def first_difference(
    before: Source, after: Source, expected: Mapping[tuple[int, int], str], _optional_installers: Collection[str] = ()
) -> list[Difference]:
    """What an edit has changed besides the words it was meant for; empty when there is nothing.

    ``expected`` has what the lines should now ask for, each by 0 and the number of its entry. Compared are the options
    and comments of each logical line, and what the entries ask for.
    """
    if list(_frames(before)) != list(_frames(after)):
        return [Difference("the file would have other lines")]
    texts = dict(enumerate(_texts(before)))
    wanted = texts | {at: text for (_, at), text in expected.items()}
    return [
        Difference(f"{texts.get(at, text)} would change too", 0, at)
        for at, text in enumerate(_texts(after))
        if wanted.get(at) != text
    ]


def _frames(source: Source) -> Iterator[tuple[str, str | None]]:
    for line in logical_lines(SourceText.of(source)):
        yield str(split_options(line.text)[1]), None if line.comment is None else str(line.comment)


def _texts(source: Source) -> list[str]:
    return [str(entry.text) for entry in parse_file(source).entries]
