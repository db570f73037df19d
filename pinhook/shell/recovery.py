"""Find simple commands in the tokens alone, for scripts that bashlex cannot parse.

Every run of words and redirections between operators and reserved words counts as a command. The commands are kept, but
their structure is lost: all of them seem to run one after the other.
"""

from __future__ import annotations

from pinhook._compat import assert_never
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.syntax import Case, Command, Node, Sequence, Test
from pinhook.shell.tokens import CaseToken, ElifToken, Operator, RedirectionToken, Reserved, TestToken
from pinhook.shell.words import Word

if TYPE_CHECKING:
    from pinhook.shell.tokens import Token


def recover(tokens: list[Token]) -> Node:
    """The commands among the tokens, as one sequence."""
    nodes: list[Node] = []
    words: list[Word] = []
    redirections: list[RedirectionToken] = []
    in_loop_head = False

    def finish() -> None:
        if in_loop_head:
            nodes.append(Test(tuple(part for word in words for part in word.parts)))
        elif words or redirections:
            nodes.append(Command(tuple(words), tuple(redirections)))
        words.clear()
        redirections.clear()

    for token in tokens:
        match token:
            case Word():
                words.append(token)
            case RedirectionToken():
                redirections.append(token)
            case Operator(value="(") if len(words) == 1 and not redirections:
                words.clear()  # the name of a function
            case Operator() | Reserved():
                finish()
                in_loop_head = token.value in {"for", "select", "function"} or (in_loop_head and token.value == "in")
            case CaseToken(word=word, arms=arms):
                finish()
                recovered = tuple((patterns, recover(inner)) for patterns, inner in arms)
                nodes.append(Case(word, recovered, token.terminators))
            case TestToken(parts=parts, words=test_words):
                finish()
                nodes.append(Test(parts, test_words))
            case ElifToken(tokens=inner):
                finish()
                nodes.append(recover(inner))
            case _:
                assert_never(token)
    finish()
    return Sequence(tuple(nodes), (";",) * len(nodes))
