r"""The exec form: a JSON array of strings.

array  = ws "[" ws [string *(ws "," ws string)] ws "]" ws
string = '"' *(unescaped / "\" ('"' / "\" / "/" / "b" / "f" / "n" / "r" / "t" / "u" 4HEXDIG)) '"'
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.dockerfile.words import SPACE
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING = regex(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_BLANKS = regex(r"[ \t\r\n]*")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class NotStringsError(Exception):
    """A JSON array with a value that is not a string. BuildKit refuses it."""


def parse_exec_form(text: SourceText) -> tuple[SourceText, ...] | None:
    """The strings of an exec form, unquoted. ``None`` if the text is not JSON: then it is the shell form.

    Raises ``NotStringsError``. Follows BuildKit's parseJSON.
    """
    characters = str(text)
    if not characters.lstrip(SPACE).startswith("["):
        return None
    bounds = _string_bounds(characters)
    if bounds is None:
        if _is_json(characters):
            raise NotStringsError
        return None
    return tuple(_unquote(text[start:end]) for start, end in bounds)


def _string_bounds(characters: str) -> list[tuple[int, int]] | None:
    """The start and end offsets of each string, without its quotes; ``None`` if it is not an array of strings."""
    bounds: list[tuple[int, int]] = []
    at = _skip_blanks(characters, characters.index("[") + 1)
    separator = ""
    while not characters.startswith("]", at):
        if separator:
            if not characters.startswith(separator, at):
                return None
            at = _skip_blanks(characters, at + 1)
        string = _STRING.match(characters, at)
        if not string:
            return None
        bounds.append(string.span(1))
        at = _skip_blanks(characters, string.end())
        separator = ","
    return bounds if _skip_blanks(characters, at + 1) == len(characters) else None


def _skip_blanks(characters: str, at: int) -> int:
    blanks = _BLANKS.match(characters, at)
    return blanks.end() if blanks else at


def _unquote(text: SourceText) -> SourceText:
    if "\\" not in str(text):
        return text
    return SourceText.join([text[:0], *_pieces(text)])


def _pieces(text: SourceText) -> Iterator[SourceText]:
    characters = str(text)
    at = 0
    while (escape := characters.find("\\", at)) >= 0:
        yield text[at:escape]
        at = escape + (6 if characters[escape + 1] == "u" else 2)
        sequence = characters[escape:at]
        if sequence[1] not in "ubfnrt":
            yield text[escape + 1 : at]
            continue
        if sequence[1] != "u":
            yield text[escape:at].decoded(_ESCAPES[sequence[1]])
            continue
        code = _code(sequence)
        low = _code(characters[at : at + 6])
        if 0xD800 <= code < 0xDC00 <= low < 0xE000:
            at += 6
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        elif 0xD800 <= code < 0xE000:
            code = 0xFFFD  # Go replaces half of a surrogate pair
        yield text[escape:at].decoded(chr(code))
    yield text[at:]


def _code(sequence: str) -> int:
    r"""The code point of a ``\uXXXX`` sequence; -1 for any other text."""
    return int(f"0x{sequence[2:]}", 0) if sequence.startswith("\\u") else -1


def _is_json(characters: str) -> bool:
    import json  # imported here: slow to import and rarely needed

    try:
        json.loads(characters.strip(SPACE), parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _reject_constant(constant: str) -> None:
    """Python's parser accepts NaN and Infinity; JSON does not."""
    raise ValueError(constant)
