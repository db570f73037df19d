"""A look at the characters of a command that tells when nothing in it can be an installer.

Most commands of a Dockerfile install no Python package, and following them through the shell is what costs. The look
must never be wrong where it says no. A command runs an installer only when one of its words comes to a name that holds
``pip``, ``uv``, ``easy_install``, ``poetry`` or ``pdm`` (the name of a program, a module behind ``python -m``, or a
variable that is called so). Such a name stands in the text once quotes and escapes are taken away, or in the value of
a variable, or it is put together of pieces: of an expansion and what stands beside it, of braces, of ``+=``. The last
is not looked into: wherever pieces could make a name, the answer is yes.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = ("pip", "uv", "easy_install", "poetry", "pdm")
_BEGINNINGS = tuple({name[:length] for name in _NAMES for length in range(1, len(name))})
_ENDINGS = "|".join(name[start:] for name in _NAMES for start in range(1, len(name)))
_QUOTING = str.maketrans("", "", "\\'\"`^\n\r")
_SIGNS = "$`{%!"
_SIGN = regex(r"(?<![\"'\\])[\"'\\]*[$`{%!]")
_PIECES = regex(
    rf"(?:[}})`%!]|\$(?:\w+(?!\w)|[@*#?$!-]))[\"'\\]*(?:[$`%!{{]|{_ENDINGS})"  # $a$b, ${{a}}ip, {{a,p}}ip
    r"|\$\{\w+(?:\[[^][]*(?:\[|\]/)|/)|\$'|,\}|\{,"
)


def may_install(text: str, has_values: Callable[[Callable[[str], bool]], bool] = lambda _: False) -> bool:
    """Whether a command may run an installer.

    ``has_values`` tells whether the value of a variable that it sees from outside passes a test.
    """
    if has_name(text):
        return True
    for sign in _SIGNS:
        if sign in text:
            return _has_pieces(text.lower()) or has_values(has_name)
    return False


def _has_pieces(text: str) -> bool:
    """Whether a name in small letters may be put together."""
    for sign in _SIGN.finditer(text):
        if text.endswith(_BEGINNINGS, 0, sign.start()):  # p${x}, p{ip,}
            return True
    return bool(_PIECES.search(text)) or ("+=" in text and "$" in text)


def has_name(text: str) -> bool:
    """Whether a text holds a name by which an installer is run."""
    lower = text.lower()
    if _contains_name(lower):
        return True
    plain = lower.translate(_QUOTING)
    return len(plain) < len(lower) and _contains_name(plain)


def _contains_name(text: str) -> bool:
    for name in _NAMES:  # noqa: SIM110 - any() takes twice as long, and nothing is asked as often
        if name in text:
            return True
    return False
