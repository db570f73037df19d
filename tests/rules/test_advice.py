"""The text that a message suggests is accepted by the installer and by pinhook."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import InvalidRequirement, Requirement

from pinhook.source import Source
from tests.checks import check

ADVICE = re.compile(r"(?:; write|, or better) (?P<quoted>'[^']*'|\"[^\"]*\"|\S+)")
WORDS = [
    "six>=1.0", 'six>="1.0"', "six>='1.0'", 'six>="1.0",<2', "six>=1\\.0", "six[a]>=1", "six>1,<=2", "six >=1.0",
    "six >= 1.0", "six>$V", "six=>1", "fl[ask>1", "'six>=1'<2", "six==1>2", "./x>=1", "x.whl>1", "$P>1", "./*.whl>1",
    "git+https://example.org/r>1", "https://example.org/x-1.0.tar.gz>1", "'six; os_name==\"x\"'>1", "six>=a",
    "six=1.0", "six@1.0", "'six @ 1.0'", "six==", "'six>'", "'six=<1'", "'six 1.0'", "'six(1.0)'", "'six~=1'",
    "'six==1,==2'", "'six>=1 <2'", "'six==x'", "six,", "'\"six\"'", "six = 1.0", "six == 1.0", "six== 1.0",
    "requirements.txt", "setup.py", "x/setup.py", "git@example.org:o/r", "git+git@example.org:o/r",
    "ssh://git@example.org/o/r", "git+https://example.org/r", "'six[a]=1'", "six",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_advice_is_taken(word: str) -> None:
    for finding in check(Source("Dockerfile", f"RUN pip install {word}\n")).findings:
        for found in ADVICE.finditer(finding.message):
            advised = found["quoted"].replace("<version>", "1.0").replace("<commit>", "0" * 40)
            if advised == "-r":  # and the file after it
                continue
            assert is_taken(advised.strip("'\"")), finding.message
            codes = {each.code for each in check(Source("Dockerfile", f"RUN pip install {advised}\n")).findings}
            assert codes <= ({"PIN001"} if advised == "six" else {"PIN002"}), finding.message


def is_taken(text: str) -> bool:
    """Whether pip takes an argument, as far as its grammar says: a URL, a path or a requirement."""
    if "/" in text or text == "." or "$" in text:
        return True
    try:
        return bool(Requirement(text))
    except InvalidRequirement:
        return False
