"""Messages that depend on what the shell makes of a command: from the Dockerfile to what is said, and where."""

from __future__ import annotations

import pytest

from pinhook.source import Source
from tests.checks import check
from tests.marks import mark, unmark


def said(marked: str) -> tuple[str, str, str]:
    """The Dockerfile with the place of its one finding marked, the message, and the installer."""
    text, _ = unmark(marked)
    [finding] = check(Source("Dockerfile", text)).findings
    return mark(text, [finding.place.span]), finding.message, finding.installer


BETTER = " in quotes, or better flask==<version>"


@pytest.mark.parametrize(
    ("dockerfile", "swallowed", "seen", "way_out"),
    [
        ("RUN pip install ⟦flask > =1.0⟧", ">=1.0", "flask", f"'flask>=1.0'{BETTER}"),
        ("RUN pip install ⟦flask >=⟧ 1.0", ">=", "flask", f"'flask>=<version>'{BETTER}"),
        ("RUN pip install ⟦flask>=$V⟧", ">=$V", "flask", f'"flask>=$V"{BETTER}'),
        ("ARG P=⟦fla⟧\nRUN pip install ${P}sk>=1", ">=1", "flask", f"'flask>=1'{BETTER}"),
        ("RUN pip install ⟦./x>=1⟧", ">=1", "./x", "'./x>=1' in quotes"),
        ("RUN pip install ⟦git+https://h/r@v>1⟧", ">1", "git+https://h/r@v", "'git+https://h/r@v>1' in quotes"),
    ],
)
def test_what_the_shell_swallows(dockerfile: str, swallowed: str, seen: str, way_out: str) -> None:
    message = f"the shell reads {swallowed} as a redirection, so pip sees only {seen}; write {way_out}"
    assert said(dockerfile) == (dockerfile, message, "pip")


@pytest.mark.parametrize(
    ("dockerfile", "message", "installer"),
    [
        ("RUN pip install ⟦--req⟧ x", "--req is ambiguous for pip install; write the option in full", "pip"),
        ("RUN pip install ⟦'⟧flask", "this cannot be read: a single quote is not closed", ""),
    ],
)
def test_what_cannot_be_read(dockerfile: str, message: str, installer: str) -> None:
    assert said(dockerfile) == (dockerfile, message, installer)


def test_what_cannot_be_read_and_cannot_install_is_silent() -> None:
    dockerfile = "# hadolint ignore=DL3013\nRUN echo 'x\n"  # a comment has every command of the file followed
    assert check(Source("Dockerfile", dockerfile)).findings == ()
