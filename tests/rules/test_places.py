"""Where a finding stands when the characters of a target come from several places of the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pinhook.installers import Installation, Target
from pinhook.requirements import read
from pinhook.rules import judge
from pinhook.shell import Argument
from pinhook.source import Source, SourceText, Span
from tests.marks import mark, unmark


def judged(snippet: str) -> tuple[str, list[str]]:
    """What is found when the marked pieces, in their order, are one word of the command in the last line."""
    text, pieces = unmark(snippet)
    source = Source("Dockerfile", text)
    word = SourceText.join(SourceText.of(source, piece) for piece in pieces)
    argument = Argument(word, word)
    command = SourceText.of(source, Span(text.rindex("\nRUN ") + 5, len(text)))
    installation = Installation("pip", "install", command.place, (Target(argument, word, read(word)),))
    [finding] = judge(installation)
    assert all(related.place == command.place for related in finding.related)
    return mark(text, [finding.place.span]), [related.message for related in finding.related]


@pytest.mark.parametrize(
    ("word", "expected", "related"),
    [
        ("\nRUN pip install ⟦flask⟧", "\nRUN pip install ⟦flask⟧", []),
        ("\nRUN pip install ⟦flask>=⟧'⟦2⟧'", "\nRUN pip install ⟦flask>='2⟧'", []),
        ("\nRUN pip install ⟦fla⟧\\\n⟦sk⟧", "\nRUN pip install ⟦fla\\\nsk⟧", []),
        ("\nRUN pip install ⟦fla⟧\\\n# why\n⟦sk⟧", "\nRUN pip install ⟦fla\\\n# why\nsk⟧", []),
        ("ARG A=⟦flask⟧\nRUN pip install $A", "ARG A=⟦flask⟧\nRUN pip install $A", ["installed here"]),
        (
            "ARG A=⟦flask⟧\nRUN pip install '$A⟦>=2⟧'",
            "ARG A=⟦flask⟧\nRUN pip install '$A>=2'",
            ["installed here"],
        ),
        (
            "ARG A=⟦fla⟧\nARG B=⟦sk⟧\nRUN pip install $A$B",
            "ARG A=⟦fla⟧\nARG B=sk\nRUN pip install $A$B",
            ["installed here"],
        ),
    ],
)
def test_a_finding_stands_where_the_name_stands(word: str, expected: str, related: list[str]) -> None:
    assert judged(word) == (expected, related)


def test_a_version_from_elsewhere_leaves_the_finding_with_the_name() -> None:
    text = "ARG V=>=2\nRUN pip install flask$V"
    source = Source("Dockerfile", text)
    name, version = SourceText.of(source, Span(22 + 4, 27 + 4)), SourceText.of(source, Span(6, 9))
    word = SourceText.join([name, version])
    command = SourceText.of(source, Span(14, len(text)))
    installation = Installation("pip", "install", command.place, (Target(Argument(word, word), word, read(word)),))
    [finding] = judge(installation)
    assert (str(word), mark(text, [finding.place.span])) == ("flask>=2", "ARG V=>=2\nRUN pip install ⟦flask⟧$V")
    assert replace(finding, related=()) == finding
