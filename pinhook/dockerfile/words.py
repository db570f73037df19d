"""Split the text of an instruction as BuildKit does: white space, flags, words and ``name=value`` pairs."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinhook.dockerfile.instruction import Instruction

# Go's unicode.IsSpace; str.isspace would add U+001C to U+001F
SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_SPACES = regex(f"[{SPACE}]*")
_QUOTE_OR_SPACE = regex(rf"[{SPACE}\\`'\"]")
GAP = regex("[\t\v\f\r ]+")
"""White space between arguments in places where BuildKit accepts only these characters."""
_ASCII_SPACE = "\t\n\v\f\r "
_ASCII_SPACES = regex(f"[{_ASCII_SPACE}]*")


def skip_spaces(text: str, start: int, end: int) -> int:
    """The offset of the first character that is not white space; the end of the text if there is none."""
    if start < end and text[start] not in SPACE:
        return start
    return _SPACES.match(text, start, end).end()  # type: ignore[union-attr]  # it matches the empty string


def split_first(text: SourceText) -> tuple[SourceText, SourceText | None]:
    """The first word and the text after the gap that follows; ``None`` if there is no gap."""
    gap = GAP.search(str(text))
    return (text[: gap.start()], text[gap.end() :]) if gap else (text, None)


def split_fields(text: SourceText) -> list[SourceText]:
    """The words between white space. Quotes have no meaning here."""
    return text.split(GAP) if text else []


def split_flags(text: SourceText) -> tuple[tuple[SourceText, ...], SourceText]:
    """The flags at the start of an instruction's arguments, and the text after them, stripped.

    flags = *("--" word space) ["--" space]

    Quotes and backslashes are removed from a flag; the backslash escapes independently of the ``escape`` directive.
    Follows BuildKit's extractBuilderFlags, which works on bytes: only ASCII white space separates flags. (It also takes
    the bytes 85 and A0 inside a character for white space; this is not followed.)
    """
    flags: list[SourceText] = []
    at = 0
    characters = str(text)
    if not characters.startswith("--"):
        return (), text.strip(SPACE)
    while characters.startswith("--", at):
        flag, at = _parse_flag(text, at)
        if str(flag) == "--":
            break
        flags.append(flag)
        at = _ASCII_SPACES.match(characters, at).end()  # type: ignore[union-attr]  # it matches the empty string
    return tuple(flags), text[at:].strip(SPACE)


def _parse_flag(text: SourceText, at: int) -> tuple[SourceText, int]:
    """The flag at an offset, without its quotes, and the offset after it."""
    characters = str(text)
    pieces: list[SourceText] = []
    piece_start = at  # start of the characters that are not yet in the pieces
    quote = ""
    while at < len(characters):
        character = characters[at]
        if not quote and character in _ASCII_SPACE:
            break
        if character in {"\\", quote} or (not quote and character in "'\""):
            pieces.append(text[piece_start:at])
            piece_start = at + 1
            if character == "\\":
                at += 1
            else:
                quote = "" if quote else character
        at += 1
    return SourceText.join([*pieces, text[piece_start:at]]), min(at, len(characters))


def split_words(text: SourceText, escape: str) -> list[SourceText]:
    """The words between white space that is not quoted and not escaped. Quotes stay.

    word = *(escape any / "'" *any "'" / '"' *(escape any / any) '"' / any)

    An escape character at the end of the text is removed. Follows BuildKit's parseWords.
    """
    return [text[start:end] for start, end in _word_bounds(str(text), escape) if start < end]


def _word_bounds(characters: str, escape: str) -> Iterator[tuple[int, int]]:
    start = at = 0
    quote = ""
    while found := _QUOTE_OR_SPACE.search(characters, at):
        at = found.end()
        character = found[0]
        if character in "\\`":
            if character == escape and quote != "'":
                if at == len(characters):
                    yield start, at - 1
                    return
                at += 1
        elif character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif not quote:
            yield start, at - 1
            start = at
    yield start, len(characters)


def parse_pairs(instruction: Instruction, escape: str) -> list[tuple[SourceText, SourceText | None]]:
    """Names and values as written, with quotes. The value is ``None`` if there is none.

    pairs = word *(space word)                ; a word is name["=" value]
          / name gap value                    ; of ENV and LABEL, if the first word has no "="

    BuildKit accepts a name without value for ``ARG`` only. Follows its parseNameVal and parseNameOrNameVal.
    """
    words = split_words(instruction.arguments, escape)
    if instruction.keyword != "ARG" and words and "=" not in str(words[0]):
        return [split_first(instruction.arguments)]
    return [_split_pair(word) for word in words]


def _split_pair(word: SourceText) -> tuple[SourceText, SourceText | None]:
    equals = str(word).find("=")
    return (word, None) if equals < 0 else (word[:equals], word[equals + 1 :])
