"""The outline of a script: the text that bashlex parses, in which masks replace most of the script.

A simple command with its redirections is replaced by the mask ``x``; so are ``case``, ``[[ ]]`` and ``(( ))``. Simple
commands that all have the same operator on both sides, as in ``x && x && x && x``, have one mask. Comments and
here-documents are left out. The rest is what bashlex is used for: lists, pipelines, groups, functions, ``if``,
``while`` and ``for``. The outline is shorter than the script; ``tokens_at`` maps the offset of each mask to its tokens.
(bashlex takes some microseconds a character, and most characters of a script are in words.)

The outline is a group, ``{ … }``: bashlex parses the lines of a group in one pass. Outside of compound commands it
copies the rest of the text for every line, which is quadratic.
"""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.shell.tokens import CaseToken, ElifToken, Operator, RedirectionToken, Reserved, TestToken
from pinhook.shell.words import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pinhook.shell.tokens import Token

_DRAWINGS = {
    "time": "",  # bashlex does not support time …
    "coproc": "",  # … coproc …
    "select": "for",  # … and select
    "|&": "|",
}
_OF_SIMPLE_COMMAND = (Word, RedirectionToken)
_ALONE = (Operator, Reserved, ElifToken)
_JOINING = frozenset({"&&", ";"})
_OPENING = frozenset({"(", "{", "if", "while", "until", "for", "select"})
_CLOSING = frozenset({")", "}", "fi", "done"})


class Outline(NamedTuple):
    """The text for bashlex, and the tokens behind each mask by the offset of the mask.

    ``further_at``   if a mask replaces several simple commands: the operator between them, and the tokens of all but
                     the first one
    ``depth``        the maximum nesting of compound commands
    """

    text: str
    tokens_at: dict[int, list[Token]]
    further_at: dict[int, tuple[str, list[list[Token]]]]
    depth: int


def draw_outline(tokens: list[Token]) -> Outline:
    """The outline of the tokens of a script."""
    pieces = ["{"]
    tokens_at: dict[int, list[Token]] = {}
    further_at: dict[int, tuple[str, list[list[Token]]]] = {}
    at = 2
    depth = deepest = 0
    ends_command = False
    mask_offset: int | None
    before: Token | None = None
    runs = list(_runs(tokens))
    index = -1
    while (index := index + 1) < len(runs):
        run = runs[index]
        token = run[0]
        if isinstance(token, Word):  # a simple command, the usual case
            drawing, mask_offset, ends_command = "x", 0, True
            operator, last = _chain(runs, index)
            if last > index:
                further_at[at] = operator, runs[index + 2 : last + 1 : 2]
                index = last
        else:
            if is_newline(token) and before and is_newline(before):
                continue
            drawing, mask_offset = _drawing(token, _following(runs, index), ends_command=ends_command)
            if drawing == "!" and isinstance(before, Operator) and before.value in {"|", "|&"}:
                drawing = ""  # bashlex cannot parse a pipeline with one negated command
            depth += _deepening(token)
            deepest = max(deepest, depth)
            ends_command = not isinstance(token, Operator) and not drawing.endswith(";")
        before = token
        if mask_offset is not None:
            tokens_at[at + mask_offset] = run
        pieces.append(drawing)
        at += len(drawing) + 1
    return Outline(" ".join([*pieces, "\n}"]), tokens_at, further_at, deepest)


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
        if isinstance(token, _OF_SIMPLE_COMMAND):
            run.append(token)
            continue
        if run:
            yield run
        run = [token]
        if isinstance(token, _ALONE):
            yield run
            run = []
    if run:
        yield run


def _chain(runs: Sequence[list[Token]], index: int) -> tuple[str, int]:
    """The operator on both sides of consecutive simple commands, and the index of the last one.

    ``index`` is that of the first one, and of the last one too if it is alone.
    """
    before = runs[index - 1][0] if index else None
    if not isinstance(before, Operator) or before.value not in _JOINING:
        return "", index
    while len(runs) > index + 3 and before == runs[index + 1][0] == runs[index + 3][0]:
        if not isinstance(runs[index + 2][0], Word):
            break
        index += 2
    return before.value, index


def _following(runs: Sequence[list[Token]], index: int) -> Token | None:
    """The first token after a group that is not a newline."""
    for at in range(index + 1, len(runs)):
        if not is_newline(runs[at][0]):
            return runs[at][0]
    return None


def _drawing(token: Token, following: Token | None, *, ends_command: bool) -> tuple[str, int | None]:
    """The outline of the group that starts with a token, and the offset of its mask in it, if it has one.

    ``ends_command``: an operator here would end a command.
    """
    match token:
        case CaseToken() | TestToken() if isinstance(following, Reserved):
            return "x ;", 0  # behind the mask, a word, bashlex would read the next token as an argument
        case Word() | CaseToken() | TestToken():
            return "x", 0
        case RedirectionToken():
            return ">x", 0
        case ElifToken():
            return "else x;", 5  # bashlex loses the tokens after a first elif
        case Operator(value="\n") if ends_command and isinstance(following, Reserved) and following.value == "do":
            return ";", None  # bashlex fails if only a newline is between a command and do
        case Reserved(value=value) | Operator(value=value):
            return _DRAWINGS.get(value, value), None
        case _:
            assert_never(token)
