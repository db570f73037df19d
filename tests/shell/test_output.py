"""The output of a command, or of ``tee``, as far as the script contains it."""

from __future__ import annotations

import pytest

from pinhook.shell import Dialect, SimpleCommand, printed_text, script_commands
from pinhook.source import Source, SourceText


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo a 'b  c'", "a b  c\n"),
        ("echo -n a", "a"),
        ("echo 'a\\tb'", "a\tb\n"),
        ("echo >f", None),
        ("echo $(a) b", "$(a) b\n"),
        ("printf 'a\\nb'", "a\nb"),
        ("echo -en 'a\\n'", "a\n"),
        ("printf '%s\\n' a b", "a\nb\n"),
        ("printf '%s-%s\\n' a b c", "a-b\nc-\n"),
        ("printf '100%% %b' 'a\\nb'", "100% a\nb"),
        ("printf 'a %s b'", None),
        ("printf '%s' 'a\\nb'", "a\\nb"),
        ("printf '\\101'", "A"),
        ("printf '%-5s' a", None),
        ("printf %", None),
        ("printf '%d' 1", None),
        ("cat >f <<E 2>g\na\nE\n", "a\n"),
        ("cat <<E <<F\na\nE\nb\nF\n", "b\n"),
        ("cat <<< a <<< b <<< c", "c"),
        ("cat f <<< a", None),
        ("cat f", None),
        ("cat", None),
        ("tee f <<< a", "a"),
        ("tee f >g", None),
        ("sort <<< a", None),
        ("if c; then x=a; else x=b; fi; cat <<< $x", None),
    ],
)
def test_what_is_printed(script: str, expected: str | None) -> None:
    outcomes = script_commands(SourceText.of(Source("script", script)), Dialect.BASH, {})
    *_, command = [each for each in outcomes if isinstance(each, SimpleCommand)]
    found = printed_text(command)
    assert (None if found is None else str(found)) == expected
