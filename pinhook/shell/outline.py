"""What bashlex is shown of a script: its skeleton, in which everything that it cannot read, or need not, is a mask.

A simple command is drawn as the one word ``x``, whatever its words and redirections are; so are ``case``, ``[[ ]]`` and
``(( ))``. Comments and here-documents are left out. What remains is what bashlex reads well and what it is asked for:
lists, pipelines, groups, functions, ``if``, ``while`` and ``for``, and where in them the commands stand. The skeleton
is not as long as the script: ``runs`` tells which tokens each mask stands for. (bashlex takes some microseconds a
character, and most characters of a script are in words.)

The whole script is drawn as a group, ``{ … }``: bashlex reads the lines of a group at once, but copies the rest of the
text for every line that is in no compound command, which costs the square of their number.
"""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.tokens import CaseToken, ElifToken, Operator, RedirectionToken, Reserved, TestToken, WordToken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinhook.shell.tokens import Token

_DRAWINGS = {
    "time": "",  # bashlex has no time …
    "coproc": "",  # … no coproc …
    "select": "for",  # … and no select
    "|&": "|",
}
_OPENING = frozenset({"(", "{", "if", "while", "until", "for", "select"})
_CLOSING = frozenset({")", "}", "fi", "done"})


class Outline(NamedTuple):
    """The text for bashlex, and the tokens that stand behind each of its masks, by the offset of the mask.

    ``depth`` tells how many compound commands stand in each other.
    """

    text: str
    tokens_at: dict[int, list[Token]]
    depth: int


def draw_outline(tokens: list[Token]) -> Outline:
    """The skeleton of the tokens of a script."""
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
            drawing = ""  # bashlex knows no pipeline in which one command is negated
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
    """1 for a token that opens a compound command, -1 for one that closes one, else 0."""
    if not isinstance(token, Operator | Reserved):
        return 0
    return (token.value in _OPENING) - (token.value in _CLOSING)


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens, those of one simple command together; so are redirections with the compound command before them."""
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
    """Each run with the first token behind it that is not a newline."""
    pending: list[list[Token]] = []
    for run in runs:
        if not is_newline(run[0]):
            yield from ((earlier, run[0]) for earlier in pending)
            pending = []
        pending.append(run)
    yield from ((earlier, None) for earlier in pending)


def _drawing(token: Token, following: Token | None, *, ends_command: bool) -> tuple[str, int | None]:
    """How the run that starts with a token is drawn, and where in that its mask stands, if it has one.

    ``ends_command`` tells that an operator here would end a command.
    """
    match token:
        case CaseToken() | TestToken() if isinstance(following, Reserved):
            return "x ;", 0  # behind a word, which the mask is, bashlex would take what follows for another
        case WordToken() | CaseToken() | TestToken():
            return "x", 0
        case RedirectionToken():
            return ">x", 0
        case ElifToken():
            return "else x;", 5  # bashlex loses what follows a first elif
        case Operator(value="\n") if ends_command and isinstance(following, Reserved) and following.value == "do":
            return ";", None  # and fails where only a newline stands between a command and do
        case Reserved(value=value) | Operator(value=value):
            return _DRAWINGS.get(value, value), None
        case _:
            assert_never(token)
