"""Split shell code into tokens, with exact offsets.

bashlex's own tokenizer cannot read all of bash and loses quotes, so pinhook reads the words. bashlex then parses an
outline of the script to find the commands (``outline``).

The grammar is that of the Bash manual, *Shell Syntax*::

    tokens = *(blank / comment / operator / redirection / reserved-word / word / case / test)
    case   = "case" word "in" *(["("] word *("|" word) ")" tokens (";;" / ";&" / ";;&")) "esac"
    test   = "[[" text "]]" / "((" text "))"

Offsets are code points into the text. Raises ``ShellError`` for text that no shell can parse (an unterminated quote, a
missing ``)``) and for nesting deeper than ``MAX_DEPTH``.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.tokens import (
    CaseToken,
    ElifToken,
    HereDocument,
    Operator,
    RedirectionToken,
    Reserved,
    TestToken,
    Token,
)
from pinhook.shell.word_lexer import WordLexer
from pinhook.shell.words import Dialect, Escape, Literal, Word
from pinhook.source import SourceText

if TYPE_CHECKING:
    import re

# most words: no character has a special meaning
_SIMPLE_WORD = regex(r"(?:[ \t]|\\\n)*([\w./:@%+,=-]+)(?=[ \t\n;&|)]|\Z)")
_OPERATOR = regex(r";;&|;;|;&|;|&&|&(?!>)|\|\||\|&|\||[()\n]")
_REDIRECTION = regex(r"(?:\d+|\{[A-Za-z_]\w*\})?(?:(<<<|<<-|<<|<&|<>|<(?!\()|>>|>&|>\||>(?!\())|(&>>|&>))")
_TEST_END = regex(r"\]\](?![^ \t\n;&|<>()])")
_TEST_SIGN = regex(r"&&|\|\||[&|();]|[<>](?!\()")  # <( is a process substitution here too
_IN = regex(r"in(?![^ \t\n;&|<>()])")
_ESAC = regex(r"esac(?![^ \t\n;&|<>()])")
_CASE_SEPARATOR = regex(r";;&|;;|;&")
_TIME_OPTION = regex(r"[ \t]+-p(?![^ \t\n;&|<>()])")

_LEADING = frozenset({"if", "then", "else", "elif", "while", "until", "do", "{", "!", "time", "coproc"})
"""Reserved words after which a command starts."""
_CLOSING = frozenset({"fi", "done", "}"})
_RESERVED = _LEADING | _CLOSING | {"for", "select", "case", "function", "[["}


def tokenize(text: SourceText, dialect: Dialect) -> tuple[list[Token], list[SourceText]]:
    """All tokens of a script, and its comments. Raises ``ShellError``.

    A comment goes from ``#`` to the end of its line. Comments inside substitutions are included, some of them twice.
    """
    lexer = _Lexer(text, dialect, 0, [])
    return lexer.tokens(0)[0], lexer.comments


class _Lexer(WordLexer):
    """Reads tokens; ``WordLexer`` reads the words."""

    def __init__(self, text: SourceText, dialect: Dialect, depth: int, comments: list[SourceText]) -> None:
        super().__init__(text, dialect, depth, comments)
        self.pending: list[RedirectionToken] = []

    def tokens(self, at: int, until: str = "") -> tuple[list[Token], int]:
        """Tokens up to the closing ``until`` (``)``, ``fi`` or ``esac``), and its offset; or up to the end."""
        self.enter(at)
        text, string = self.text, self.string
        found: list[Token] = []
        at_command_start = True  # whether a simple command, and so a reserved word, may start here
        parentheses = open_ifs = 0
        while True:
            while simple := _SIMPLE_WORD.match(string, at):
                if at_command_start and (simple[1] in _RESERVED or simple[1] == until):
                    break
                start, at = simple.span(1)
                found.append(Word(text, start, at, (Literal(start, at, False),)))
                at_command_start = False
            at = self.skip_blanks(at)
            if at == len(string):
                break
            character = string[at]
            if character == "#":
                at = self.skip_comment(at)
            elif character in "<>&{0123456789" and (redirection := _REDIRECTION.match(string, at)):
                token = self.redirection(at, redirection)
                found.append(token)
                at = token.end
            elif character in ";&|()\n" and (operator := _OPERATOR.match(string, at)):
                value = operator.group()
                if (value == ")" == until and not parentheses) or (until == "esac" and value in {";;", ";&", ";;&"}):
                    self.depth -= 1
                    return found, at
                is_arithmetic = (
                    value == "(" and at_command_start and self.dialect is Dialect.BASH
                )  # dash reads two subshells
                if is_arithmetic and (end := self.arithmetic_end(at)):
                    found.append(TestToken(self.unsplit_parts(at + 2, end - 2)))
                    at = end
                    continue
                parentheses += (value == "(") - (value == ")")
                if parentheses < 0:
                    raise self.error("')' has no '('", at)
                at_command_start = True  # after a ")" only a reserved word may follow: "(a)fi"
                found.append(Operator(value))
                at = operator.end()
                if value == "\n":
                    at = self.here_documents(at)
            elif at_command_start and string.startswith("!(", at):
                found.append(Reserved("!"))
                at += 1
            else:
                word = self.word(at)
                spelling = string[at : word.end]
                if not at_command_start or not (spelling in _RESERVED or spelling == until):
                    found.append(word)
                    at, at_command_start = word.end, False
                    continue
                if spelling == until and not open_ifs:
                    self.depth -= 1
                    return found, at
                open_ifs += (spelling == "if") - (spelling == "fi")
                at, at_command_start = self.reserved(spelling, at, found)
        if until:
            raise self.error(f"{until!r} is missing", at)
        self.here_documents(at)
        self.depth -= 1
        return found, at

    def skip_lines(self, at: int, found: list[Token]) -> int:
        """Skip blanks, comments and newlines."""
        while (at := self.skip_blanks(at)) < len(self.string):
            if self.string[at] == "#":
                at = self.skip_comment(at)
            elif self.string[at] == "\n":
                found.append(Operator("\n"))
                at = self.here_documents(at + 1)
            else:
                break
        return at

    def reserved(self, spelling: str, at: int, found: list[Token]) -> tuple[int, bool]:
        """Append a reserved word with its parts. Returns the offset after, and whether a command may start there."""
        end = at + len(spelling)
        if spelling == "elif":
            inner, end = self.tokens(end, "fi")
            found.append(ElifToken([Reserved("if"), *inner, Reserved("fi")]))
            return end, True
        if spelling == "case":
            token, end = self.case(end)
            found.append(token)
            return end, True
        if spelling == "[[":
            words, end = self.test_words(at)
            found.append(TestToken(self.unsplit_parts(at + 2, end - 2), words))
            return end, True
        found.append(Reserved(spelling))
        if spelling == "time" and (option := _TIME_OPTION.match(self.string, end)):
            end = option.end()
        elif spelling == "function":
            name = self.word(self.skip_blanks(end))
            found.append(name)
            end = name.end
        elif spelling in {"for", "select"}:
            return self.loop_head(self.skip_blanks(end), found)
        return end, True

    def loop_head(self, at: int, found: list[Token]) -> tuple[int, bool]:
        """The tokens after ``for`` or ``select``, up to the ``in`` or the name of the variable."""
        if end := self.arithmetic_end(at):
            found.append(TestToken(self.unsplit_parts(at + 2, end - 2)))
            return end, True
        name = self.word(at)
        found.append(name)
        at = self.skip_lines(name.end, found)
        if not _IN.match(self.string, at):
            return at, True
        found.append(Reserved("in"))
        return at + 2, False

    def case(self, at: int) -> tuple[CaseToken, int]:
        """The tokens after ``case``, up to its ``esac``."""
        word = self.word(self.skip_blanks(at))
        at = self.skip_lines(word.end, [])
        if not _IN.match(self.string, at):
            raise self.error("'in' is missing after case", at)
        at += 2
        arms = []
        terminators = []
        while not _ESAC.match(self.string, at := self.skip_lines(at, [])):
            patterns, at = self.patterns(at)
            tokens, at = self.tokens(at, "esac")
            arms.append((patterns, tokens))
            separator = _CASE_SEPARATOR.match(self.string, at)
            terminators.append(separator.group() if separator else ";;")
            at = separator.end() if separator else at
        return CaseToken(word, tuple(arms), tuple(terminators)), at + 4

    def patterns(self, at: int) -> tuple[tuple[Word, ...], int]:
        if self.string.startswith("(", at):
            at = self.skip_blanks(at + 1)
        words = []
        while True:
            words.append(self.word(at))
            at = self.skip_blanks(words[-1].end)
            if self.string.startswith(")", at):
                return tuple(words), at + 1
            if not self.string.startswith("|", at):
                raise self.error("')' is missing after a pattern", at)
            at = self.skip_blanks(at + 1)

    def test_words(self, start: int) -> tuple[tuple[Word, ...], int]:
        """The words and operators of a conditional command, and the offset after its ``]]``."""
        at = start + 2
        words: list[Word] = []
        while (at := self.skip_lines(at, [])) < len(self.string):
            if end := _TEST_END.match(self.string, at):
                return tuple(words), end.end()
            sign = _TEST_SIGN.match(self.string, at)
            words.append(Word(self.text, at, sign.end(), (Literal(at, sign.end(), False),)) if sign else self.word(at))
            at = words[-1].end
        raise self.error("']]' is missing", at)

    def redirection(self, at: int, match: re.Match[str]) -> RedirectionToken:
        operator = match.group(1) or match.group(2)
        word = self.word(self.skip_blanks(match.end()))
        token = RedirectionToken(at, word.end, operator, word, [])
        if operator in {"<<", "<<-"}:
            self.pending.append(token)
        return token

    def here_documents(self, at: int) -> int:
        """Read the bodies of the here-documents of the line that ends before ``at``."""
        pending, self.pending = self.pending, []
        for token in pending:
            delimiter = delimiter_of(token.word)
            lines = []
            end = at
            while at < len(self.string):
                end = self.string.find("\n", at) + 1 or len(self.string)
                start = at
                if token.operator == "<<-":
                    start = at + len(self.string[at:end]) - len(self.string[at:end].lstrip("\t"))
                at = end
                if self.string[start:end].removesuffix("\n") == delimiter:
                    break
                lines.append(self.text[start:end])
            body = SourceText.join(lines) if lines else self.text[at:at]
            quoted = any(isinstance(part, Literal) and part.quoted for part in token.word.parts)
            parts = () if quoted else _Lexer(body, self.dialect, self.depth, self.comments).here_parts()
            token.bodies.append(HereDocument(body, quoted, parts))
        return at


def delimiter_of(word: Word) -> str:
    """The delimiter of a here-document: the word without its quotes, not expanded."""
    return "".join(
        part.value if isinstance(part, Escape) else str(word.text)[part.start : part.end] for part in word.parts
    )
