"""Replace the credentials in URLs before a text is printed.

In a shell command or in JSON, a URL may contain quotes and escapes. The URL is searched in the text without them, and
the result is mapped back to the offsets of the text.
"""

from __future__ import annotations

from bisect import bisect_right

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# between the words of an exec form; an escaped character; quotes and escape characters
_QUOTING = regex(r"""(?P<comma>["'][ \t]*,[ \t]*["'])|\\u(?P<code>[0-9a-fA-F]{4})|["'\\`^]+""")
_SCHEMES = ("http", "https", "ftp", "sftp", "ftps", "sftps", "ssh", "svn", "git", "hg", "bzr")
_LONGEST_SCHEME = 5
_SCHEME_END = regex(r":/*")
_AUTHORITY_END = regex(r"[/\s]")
_NOT_SECRET = regex(r"git|(?:\$\w+|\$\{\w+\}|:)+")
_PARAMETER = regex(r"[?&#;](?P<name>[\w.-]+)=(?P<value>[^&#;\s]+)")
_MAY_BE_PARAMETER = regex(r"""[?&#;]["'\\`^]*[\w.-][\w.\-"'\\`^]*=""")
_NAME_SEPARATOR = regex(r"[_.-]+")
_ENDINGS = (
    "token", "key", "secret", "password", "passwd", "passphrase", "pwd", "auth", "authorization", "credential",
    "credentials", "signature", "jwt",
)  # fmt: skip
_WORDS = frozenset({*_ENDINGS, "pw", "pass", "sig", "bearer", "session", "sessionid", "cookie", "otp", "pat", "code"})


class _Plain(NamedTuple):
    """A text without quotes and escapes.

    It consists of runs. ``starts`` has the offset of each run in ``text``, ``origins`` its offset in the original text
    and the number of original characters for each of its characters.
    """

    text: str
    starts: list[int]
    origins: list[tuple[int, int]]

    def origin(self, offset: int) -> tuple[int, int]:
        """The start and end, in the original text, of the character at an offset."""
        at = bisect_right(self.starts, offset) - 1
        start, width = self.origins[at]
        first = start + (offset - self.starts[at] if width == 1 else 0)
        return first, first + width


def redact(text: str) -> str:
    """The text with the credentials of its URLs replaced by ``***``."""
    pieces: list[str] = []
    at = 0
    for start, end in credentials(text):
        pieces += [text[at:start], "***"]
        at = end
    return "".join([*pieces, text[at:]]) if at else text


def credentials(text: str) -> list[tuple[int, int]]:
    """The spans of the credentials of all URLs in a text: (start, end) offsets, in order, without overlap.

    The user ``git`` of an ssh URL and names of variables (``https://${TOKEN}@host``) are not credentials.
    """
    if "\\u" not in text and "@" not in text and not _MAY_BE_PARAMETER.search(text):
        return []
    plain = _without_quoting(text)
    found: list[tuple[int, int]] = []
    last = 0
    for start, end in sorted([*_users(plain.text), *_values(plain.text)]):
        if start >= last:
            found.append((plain.origin(start)[0], plain.origin(end - 1)[1]))
            last = end
    return found


def _users(text: str) -> Iterator[tuple[int, int]]:
    """The spans of users and passwords in front of hosts."""
    if "@" not in text:
        return
    end = at = -1
    for found in _SCHEME_END.finditer(text):
        colon, start = found.span()
        if start - colon != len("://") and not text[max(0, colon - _LONGEST_SCHEME) : colon].casefold().endswith(
            _SCHEMES
        ):
            continue
        if start > end:
            stop = _AUTHORITY_END.search(text, start)
            end = stop.start() if stop else len(text)
            at = text.rfind("@", start, end)
        if start < at and not _NOT_SECRET.fullmatch(text, start, at):
            yield start, at


def _values(text: str) -> Iterator[tuple[int, int]]:
    """The spans of values of parameters, in a query or a fragment, whose name says that they are secret."""
    for parameter in _PARAMETER.finditer(text):
        name = parameter["name"].casefold()
        if name.endswith(_ENDINGS) or not _WORDS.isdisjoint(_NAME_SEPARATOR.split(name)):
            yield parameter.span("value")


def _without_quoting(text: str) -> _Plain:
    """Roughly the text that a program receives. White space replaces what separates the words of an exec form."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int]] = []
    length = at = 0

    def add(piece: str, origin: int, width: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            origins.append((origin, width))
            length += len(piece)

    for quoting in _QUOTING.finditer(text):
        add(text[at : quoting.start()], at, 1)
        character = " " if quoting["comma"] else chr(int(quoting["code"], 16)) if quoting["code"] else ""
        add(character, quoting.start(), len(quoting[0]))
        at = quoting.end()
    add(text[at:], at, 1)
    return _Plain("".join(pieces), starts, origins)
