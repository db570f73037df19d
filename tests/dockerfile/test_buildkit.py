"""Our parser agrees with BuildKit's: the same instructions, lines, flags, text and heredocs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given

from pinhook.dockerfile import parse
from pinhook.source import Source
from tests.dockerfile.buildkit import newer_than_theirs, our_rows, their_rows
from tests.dockerfile.generators import dockerfiles
from tests.dockerfile.refusals import find_refusals

if TYPE_CHECKING:
    from pathlib import Path


def is_refused(source: Source) -> bool:
    parsed = parse(source)
    return bool(parsed.problems) or any(find_refusals(parsed))


@given(dockerfiles())
def test_generated_dockerfiles_are_read_as_buildkit_reads_them(text: str) -> None:
    source = Source.decode("Dockerfile", text.encode())
    assume(not newer_than_theirs(source))
    theirs = their_rows(text)
    if theirs is None:
        assert is_refused(source)
    else:
        assert our_rows(source) == theirs


def test_real_dockerfiles_are_read_as_buildkit_reads_them(corpus: list[Path]) -> None:
    different: list[str] = []
    for path in corpus:
        data = path.read_bytes()
        theirs = their_rows(data.decode("utf-8", "surrogateescape"))
        source = Source.decode(str(path), data)
        agrees = is_refused(source) if theirs is None else our_rows(source) == theirs
        if not agrees and not newer_than_theirs(source):
            different.append(str(path))
    assert different == []
