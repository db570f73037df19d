"""Messages that depend on what the shell makes of a command: from the Dockerfile to what is said, and where."""

from __future__ import annotations

import pytest

from pinhook.check import check
from pinhook.source import Source
from tests.marks import mark, unmark


@pytest.mark.parametrize(
    ("dockerfile", "message"),
    [
        (
            "RUN pip install ⟦flask > =1.0⟧",
            "the shell reads >=1.0 as a redirection, so pip sees only flask; write 'flask>=1.0' in quotes, or better "
            "flask==<version>",
        ),
        (
            "RUN pip install ⟦flask >=⟧ 1.0",
            "the shell reads >= as a redirection, so pip sees only flask; write 'flask>=<version>' in quotes, or better "
            "flask==<version>",
        ),
        (
            "RUN pip install ⟦flask>=$V⟧",
            'the shell reads >=$V as a redirection, so pip sees only flask; write "flask>=$V" in quotes, or better '
            "flask==<version>",
        ),
        (
            "ARG P=⟦fla⟧\nRUN pip install ${P}sk>=1",
            "the shell reads >=1 as a redirection, so pip sees only flask; write 'flask>=1' in quotes, or better "
            "flask==<version>",
        ),
        (
            "RUN pip install ⟦./x>=1⟧",
            "the shell reads >=1 as a redirection, so pip sees only ./x; write './x>=1' in quotes",
        ),
        (
            "RUN pip install ⟦git+https://h/r@v1>=1⟧",
            "the shell reads >=1 as a redirection, so pip sees only git+https://h/r@v1; write 'git+https://h/r@v1>=1' in "
            "quotes",
        ),
        ("RUN pip install ⟦--req⟧ x", "--req is ambiguous for pip install; write the option in full"),
        ("RUN pip install ⟦'⟧flask", "this cannot be read: a single quote is not closed"),
    ],
)
def test_what_is_said(dockerfile: str, message: str) -> None:
    text, spans = unmark(dockerfile)
    [finding] = check(Source("Dockerfile", text)).findings
    assert (mark(text, [finding.place.span]), finding.message) == (mark(text, spans), message)
    assert finding.installer == ("" if "cannot be read" in message else "pip")
