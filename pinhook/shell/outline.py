"""The outline of a script: the text that bashlex parses, in which masks replace most of the script.

A simple command with its redirections is replaced by the mask ``x``; so are ``case``, ``[[ ]]`` and ``(( ))``. Comments
and here-documents are left out. The rest is what bashlex is used for: lists, pipelines, groups, functions, ``if``,
``while`` and ``for``. The outline is shorter than the script; ``tokens_at`` maps the offset of each mask to its tokens.
(bashlex takes some microseconds a character, and most characters of a script are in words.)

The outline is a group, ``{ … }``: bashlex parses the lines of a group in one pass. Outside of compound commands it
copies the rest of the text for every line, which is quadratic.
"""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.tokens import CaseToken, ElifToken, Operator, RedirectionToken, Reserved, TestToken, WordToken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinhook.shell.tokens import Token

_DRAWINGS = {
    "time": "",  # bashlex does not support time …
    "coproc": "",  # … coproc …
    "select": "for",  # … and select
    "|&": "|",
}
_OPENING = frozenset({"(", "{", "if", "while", "until", "for", "select"})
_CLOSING = frozenset({")", "}", "fi", "done"})


class Outline(NamedTuple):
    """The text for bashlex, and the tokens behind each mask by the offset of the mask.

    ``depth`` is the maximum nesting of compound commands.
    """

    text: str
    tokens_at: dict[int, list[Token]]
    depth: int


def draw_outline(tokens: list[Token]) -> Outline:
    """The outline of the tokens of a script."""
    pieces = ["{"]
    tokens_at: dict[int, list[Token]] = {}
    at = 2
    depth = deepest = 0
    ends_command = False
    before: Token | None = None
    for run, following in _with_following(_runs(tokens)):
        if before and is_newline(before) and is_newline(run[0]):
            continue
        drawing, placeholder = _drawing(run[0], following, ends_command=ends_command)
        if drawing == "!" and isinstance(before, Operator) and before.value in {"|", "|&"}:
            drawing = ""  # bashlex cannot parse a pipeline with one negated command
        depth += _deepening(run[0])
        deepest = max(deepest, depth)
        before = run[0]
        ends_command = not isinstance(before, Operator) and not drawing.endswith(";")
        if placeholder is not None:
            tokens_at[at + placeholder] = run
        pieces.append(drawing)
        at += len(drawing) + 1
    return Outline(" ".join([*pieces, "\n}"]), tokens_at, deepest)


def is_newline(token: Token) -> bool:
    """Whether a token is the control operator newline."""
    return isinstance(token, Operator) and token.value == "\n"


def _deepening(token: Token) -> int:
    """1 for a token that opens a compound command, -1 for one that closes it, else 0."""
    if not isinstance(token, Operator | Reserved):
        return 0
    return (token.value in _OPENING) - (token.value in _CLOSING)


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens in groups: those of one simple command; those of redirections after a compound command."""
    run: list[Token] = []
    for token in tokens:
        if isinstance(token, WordToken | RedirectionToken):
            run.append(token)
            continue
        if run:
            yield run
        run = [token]
        if isinstance(token, Operator | Reserved | ElifToken):
            yield run
            run = []
    if run:
        yield run


def _with_following(runs: Iterable[list[Token]]) -> Iterator[tuple[list[Token], Token | None]]:
    """Each group with the first token behind it that is not a newline."""
    pending: list[list[Token]] = []
    for run in runs:
        if not is_newline(run[0]):
            yield from ((earlier, run[0]) for earlier in pending)
            pending = []
        pending.append(run)
    yield from ((earlier, None) for earlier in pending)


def _drawing(token: Token, following: Token | None, *, ends_command: bool) -> tuple[str, int | None]:
    """The outline of the group that starts with a token, and the offset of its mask in it, if it has one.

    ``ends_command``: an operator here would end a command.
    """
    match token:
        case CaseToken() | TestToken() if isinstance(following, Reserved):
            return "x ;", 0  # behind the mask, a word, bashlex would read the next token as an argument
        case WordToken() | CaseToken() | TestToken():
            return "x", 0
        case RedirectionToken():
            return ">x", 0
        case ElifToken():
            return "else x;", 5  # bashlex loses the tokens behind a first elif
        case Operator(value="\n") if ends_command and isinstance(following, Reserved) and following.value == "do":
            return ";", None  # bashlex fails if only a newline is between a command and do
        case Reserved(value=value) | Operator(value=value):
            return _DRAWINGS.get(value, value), None
        case _:
            assert_never(token)
