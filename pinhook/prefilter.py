"""A quick test whether a text may run an installer.

Most commands of a Dockerfile install no Python package, and evaluating them as shell code is slow. ``may_install``
returns False only if no word of the command can name an installer. An installer is named by a word that contains
``pip``, ``uv``, ``easy_install``, ``poetry`` or ``pdm``: a program, a module after ``python -m``, or a variable with
such a name. The name is in the text without its quotes and escapes, or in the value of a variable, or it is composed
from pieces (an expansion and the text beside it, braces, ``+=``). Pieces are not evaluated: if they could form a name,
the answer is True.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = ("pip", "uv", "easy_install", "poetry", "pdm")
_BEGINNINGS = tuple({name[:length] for name in _NAMES for length in range(1, len(name))})
_ENDINGS = "|".join(name[start:] for name in _NAMES for start in range(1, len(name)))
_QUOTING = "\\'\"`^\n\r"
_SIGNS = "$`{%!"
_SIGN = regex(r"(?<![\"'\\])[\"'\\]*[$`{%!]")
_PIECES = regex(
    rf"(?:[}})`%!]|\$(?:\w+(?!\w)|[@*#?$!-]))[\"'\\]*(?:[$`%!{{]|{_ENDINGS})"  # $a$b, ${{a}}ip, {{a,p}}ip
    r"|\$\{\w+(?:\[[^][]*(?:\[|\]/)|/)|\$'|,\}|\{,"
)


def may_install(text: str, any_value: Callable[[Callable[[str], bool]], bool] = lambda _: False) -> bool:
    """Whether a command may run an installer.

    ``any_value`` gets a test. It returns whether a variable from outside the command has a value that passes it.
    """
    if has_name(text):
        return True
    for sign in _SIGNS:
        if sign in text:
            return _has_pieces(text.lower()) or any_value(has_name)
    return False


def _has_pieces(text: str) -> bool:
    """Whether a name may be composed from pieces. ``text`` is in lower case."""
    for sign in _SIGN.finditer(text):
        if text.endswith(_BEGINNINGS, 0, sign.start()):  # p${x}, p{ip,}
            return True
    return bool(_PIECES.search(text)) or ("+=" in text and "$" in text)


def has_name(text: str) -> bool:
    """Whether a text contains a name that runs an installer."""
    lower = text.lower()
    if _contains_name(lower):
        return True
    plain = lower
    for sign in _QUOTING:
        if sign in plain:
            plain = plain.replace(sign, "")
    return len(plain) < len(lower) and _contains_name(plain)


def _contains_name(text: str) -> bool:
    for name in _NAMES:  # noqa: SIM110 - any() takes twice as long, and this function is called most often
        if name in text:
            return True
    return False
