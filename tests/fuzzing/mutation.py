"""Inputs made from other inputs: mutated, spliced, cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

LONGEST = 2000
"""Bytes of an input; a longer one costs the executions of many."""

TOKENS = (
    b"'", b'"', b"\\", b"$(", b")", b"`", b"${", b"}", b"<<EOF", b"\nEOF\n", b"&&", b"||", b"|", b";", b"case x in",
    b"esac", b"if", b"fi", b"elif", b"then", b"do", b"done", b"for x in", b"[[", b"]]", b"((", b"))", b"pip install ",
    b"flask", b">=1", b"==", b"$X", b"{a,b}", b"\n", b"RUN ", b"ENV A=$A$A", b"#", b"@", b"[", b"]", b"\t", b"\r\n",
    b"\xff", b"sh -c '", b"eval ", b"xargs ", b"f() {", b"${x:-", b"=", b"*", b"-r ", b"--", b"uv run ", b"sudo -u",
    b"\\\n", b"\xe2\x80\xa8", b"\x85", b"\xc2\x85", b"\xef\xbb\xbf", b"\x0b", b"\x1b[1m", b"\x00", b"# pinhook: ignore",
    b"<<-'E'", b"\r", b"::error::", b"\xed\xa0\x80", b"~", b"!", b"{1..9}", b"$'\\x41'", b"+=", b"FROM a AS b\n",
)  # fmt: skip


def mutate(data: bytes, random: Random) -> bytes:
    """Put tokens in, leave bytes out, say bytes twice: one to four times."""
    changed = bytearray(_cut(data, random))
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(changed))
        match random.randrange(5):
            case 0 | 1:
                changed[at:at] = random.choice(TOKENS)
            case 2:
                del changed[at : at + random.randint(1, 20)]
            case 3:
                start = random.randint(0, len(changed))
                changed[at:at] = changed[start : start + random.randint(1, 60)]
            case _:
                changed[at : at + 1] = bytes([random.randrange(256)])
    return bytes(changed[:LONGEST])


def splice(first: bytes, second: bytes, random: Random) -> bytes:
    """The head of one input and the tail of another."""
    head, tail = _cut(first, random), _cut(second, random)
    return (head[: random.randint(0, len(head))] + tail[random.randint(0, len(tail)) :])[:LONGEST]


def disguise(data: bytes, random: Random) -> bytes:
    """The same Dockerfile with another escape character, other line endings, other numbers …; seldom."""
    match random.randrange(24):
        case 0:
            return b"# escape=`\n" + data.replace(b"\\\n", b"`\n")
        case 1:
            return data.replace(b"\n", b"\r\n")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return data.rstrip(b"\n")
        case 4:
            return re.sub(rb"\d+", b"9" * 5000, data, count=random.randint(1, 5))
        case _:
            return data


def _cut(data: bytes, random: Random) -> bytes:
    """A part of an input that is long, from the beginning of a line."""
    if len(data) <= LONGEST // 2:
        return data
    start = data.rfind(b"\n", 0, random.randrange(len(data))) + 1
    return data[start : start + random.randint(100, LONGEST // 2)]


def choose(inputs: Sequence[bytes], random: Random) -> bytes:
    """One of several inputs, the later ones more often."""
    return inputs[int(len(inputs) * random.random() ** 0.5)]
