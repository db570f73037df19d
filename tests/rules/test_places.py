"""The place of a finding if the characters of a target come from several places of the file."""

from __future__ import annotations

import pytest

from pinhook.installers import Installation, Target
from pinhook.requirements import RequirementGrammar, parse_requirement
from pinhook.rules import check_installation
from pinhook.shell import Argument
from pinhook.source import Source, SourceText, Span
from tests.marks import mark, unmark


def checked(snippet: str) -> tuple[str, list[str]]:
    """What is found when the marked pieces, in their order, are one word of the command in the last line."""
    text, pieces = unmark(snippet)
    source = Source("Dockerfile", text)
    word = SourceText.join(SourceText.of(source, piece) for piece in pieces)
    argument = Argument(word, word)
    command = SourceText.of(source, Span(text.rindex("\nRUN ") + 5, len(text)))
    installation = Installation("pip", "install", command.place, (Target(argument, word, parse_requirement(word)),))
    [finding] = check_installation(installation)
    assert all(related.place == command.place for related in finding.related)
    return mark(text, [finding.place.span]), [related.message for related in finding.related]


@pytest.mark.parametrize(
    ("word", "expected", "related"),
    [
        ("\nRUN pip install ⟦flask⟧", "\nRUN pip install ⟦flask⟧", []),
        ("\nRUN pip install ⟦flask>=⟧'⟦2⟧'", "\nRUN pip install ⟦flask>='2⟧'", []),
        ("\nRUN pip install ⟦fla⟧\\\n⟦sk⟧", "\nRUN pip install ⟦fla\\\nsk⟧", []),
        ("\nRUN pip install ⟦fla⟧\\\n# why\n⟦sk⟧", "\nRUN pip install ⟦fla\\\n# why\nsk⟧", []),
        ("\nRUN pip install ⟦fla⟧\\\n\t#\n⟦sk⟧", "\nRUN pip install ⟦fla\\\n\t#\nsk⟧", []),
        ('\nRUN pip install ⟦fla⟧""⟦sk⟧', '\nRUN pip install ⟦fla""sk⟧', []),
        ("\nRUN pip install ⟦fla⟧`\n⟦sk⟧", "\nRUN pip install ⟦fla`\nsk⟧", []),
        ("\nRUN pip install ⟦fla⟧ #⟦sk⟧", "\nRUN pip install ⟦fla⟧ #sk", []),
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
def test_a_finding_has_the_place_of_the_name(word: str, expected: str, related: list[str]) -> None:
    assert checked(word) == (expected, related)


def test_a_version_from_elsewhere_leaves_the_finding_with_the_name() -> None:
    text = "ARG V=>=2\nRUN pip install flask$V"
    source = Source("Dockerfile", text)
    name, version = SourceText.of(source, Span(22 + 4, 27 + 4)), SourceText.of(source, Span(6, 9))
    word = SourceText.join([name, version])
    command = SourceText.of(source, Span(14, len(text)))
    installation = Installation(
        "pip", "install", command.place, (Target(Argument(word, word), word, parse_requirement(word)),)
    )
    [finding] = check_installation(installation)
    assert (str(word), mark(text, [finding.place.span])) == ("flask>=2", "ARG V=>=2\nRUN pip install ⟦flask⟧$V")
    assert finding._replace(related=()) == finding


def test_words_that_belong_together_are_joined_wherever_they_come_from() -> None:
    text, spans = unmark("ARG V=⟦2.0⟧\nRUN pip install ⟦flask⟧ ⟦==⟧ $V ⟦django⟧")
    source = Source("Dockerfile", text)
    version, *words = (SourceText.of(source, span) for span in spans)
    words.insert(2, version)
    targets = tuple(Target(Argument(word, word), word, parse_requirement(word)) for word in words)
    command = SourceText.of(source, Span(14, len(text)))
    found = list(check_installation(Installation("pip", "install", command.place, targets)))
    assert [(finding.code, finding.target, finding.written, finding.place.span) for finding in found] == [
        ("PIN001", "django", "django", spans[3]),
        ("PIN005", "flask == 2.0", "flask == 2.0", spans[1]),
    ]


def test_words_that_belong_together_may_be_on_several_lines() -> None:
    text, spans = unmark("\nRUN pip install ⟦flask⟧ \\\n  # why\n  ⟦==⟧ \\\n  ⟦2.0⟧")
    source = Source("Dockerfile", text)
    words = [SourceText.of(source, span) for span in spans]
    targets = tuple(Target(Argument(word, word), word, parse_requirement(word)) for word in words)
    [finding] = check_installation(Installation("pip", "install", SourceText.of(source).place, targets))
    assert finding.message == "flask == 2.0 is three words, so three targets; write flask==2.0"
    assert finding.place.span == Span(spans[0].start, spans[2].end)
    assert finding.written == text[spans[0].start : spans[2].end]


def test_an_editable_target_is_no_part_of_a_split_requirement() -> None:
    text, spans = unmark("RUN pip install ⟦flask⟧ -e ⟦x⟧ ⟦==2.0⟧")
    source = Source("Dockerfile", text)
    words = [SourceText.of(source, span) for span in spans]
    targets = [Target(Argument(word, word), word, parse_requirement(word)) for word in words]
    targets[1] = targets[1]._replace(
        requirement=parse_requirement(words[1], RequirementGrammar.EDITABLE), editable=True
    )
    found = check_installation(Installation("pip", "install", SourceText.of(source).place, tuple(targets)))
    assert [(finding.code, finding.target) for finding in found] == [("PIN001", "flask"), ("PIN005", "==2.0")]
