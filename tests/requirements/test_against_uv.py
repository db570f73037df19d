"""Comparison with uv: it refuses what we call malformed, and finds the same repositories."""

from __future__ import annotations

import subprocess

import pytest
from uv import find_uv_bin

from pinhook.requirements import Direct, Malformed, Named, RequirementGrammar, parse_requirement
from tests.requirements.test_parser import UV, UV_EDITABLE, cases
from tests.requirements.texts import text_of

LINES = [(RequirementGrammar.UV, line) for line, _ in cases(UV)] + [
    (RequirementGrammar.UV_EDITABLE, line) for line, _ in cases(UV_EDITABLE)
]
REFUSALS = ("Couldn't parse requirement", "Unsupported editable requirement", "invalid version", "Unsupported URL")


def complaint(dialect: RequirementGrammar, line: str) -> str:
    """The error of uv for a line of a requirements file, without network."""
    command = [
        find_uv_bin(),
        "pip",
        "compile",
        "-",
        "--offline",
        "--no-index",
        "--no-cache",
        "--no-config",
        "--color=never",
    ]
    text = f"-e {line}" if dialect.is_editable else line
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60).stderr


@pytest.mark.parametrize(("dialect", "line"), [(dialect, line) for dialect, line in LINES if "$" not in line])
def test_urls_are_read_as_uv_reads_them(dialect: RequirementGrammar, line: str) -> None:
    said = complaint(dialect, line)
    requirement = parse_requirement(text_of(line), dialect)
    if not isinstance(requirement, Named):
        assert isinstance(requirement, Malformed) == said.startswith(tuple(f"error: {each}" for each in REFUSALS)), said
    is_cloned = "Git operation failed" in said and "Updating file:" not in said
    assert (isinstance(requirement, Direct) and requirement.vcs == "git") == is_cloned, said


@pytest.mark.parametrize(
    "suggestion",
    [
        str(suggestion).replace("<commit>", "v1")
        for dialect, line in LINES
        if isinstance(found := parse_requirement(text_of(line), dialect), Malformed)
        and (suggestion := found.suggestion)
    ],
)
def test_uv_takes_what_is_to_be_written_instead(suggestion: str) -> None:
    assert "Git operation failed" in complaint(RequirementGrammar.UV, suggestion)
