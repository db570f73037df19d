r"""Read words and their parts.

::

    word      = 1*(plain / "\" character / "'" text "'" / '"' quoted '"' / expansion)
    expansion = "$" name / "${" … "}" / "$(" tokens ")" / "`" text "`" / "$((" … "))" / "<(" tokens ")"

Follows the Bash manual, *Quoting* and *Shell Expansions*. Offsets are code points into the text.
"""

from __future__ import annotations

import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.shell.words import (
    Array,
    Dialect,
    Escape,
    Literal,
    Opaque,
    Parameter,
    Part,
    ShellError,
    Substitution,
    Word,
)
from pinhook.source import SourceText

if TYPE_CHECKING:
    from pinhook.shell.tokens import Token

MAX_DEPTH = 50
"""Maximum nesting of substitutions, quotes and compound commands."""

_BLANK = regex(r"(?:[ \t]|\\\n)*")
_PLAIN = regex(r"""[^ \t\n;&|<>()\\'"`$]+""")
_QUOTED_PLAIN = regex(r'[^\\"`$]+')
_OPERAND_PLAIN = regex(r"""[^}\\'"`$]+""")
_QUOTED_OPERAND_PLAIN = regex(r'[^}\\"`$]+')
_HERE_PLAIN = regex(r"[^\\`$]+")
_UNSPLIT_PLAIN = regex(r"""[^\\'"`$<>]+""")
_NAME = regex(r"[A-Za-z_](?:\w|\\\n(?=\w))*|[0-9@*#?$!-]")
_BRACED_NAME = regex(r"([#!]?)([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[([^\]]*)\])?")
_ASSIGNMENT = regex(r"[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=")
_PARAMETER_OPERATOR = regex(r":[-=?+]|[-=?+]|##?|%%?|/[/#%]?|\^\^?|,,?|@|:|(?=\})")
_PARENTHESIS = regex(r"""\$'(?:[^'\\]|\\.)*'|[()\\'"]""", re.DOTALL)
_ANSI_PLAIN = regex(r"[^\\']+")
_ANSI_ESCAPE = regex(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.DOTALL
)
_ANSI_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class WordLexer:
    """Every method gets an offset, and returns or appends what it read, with the offset after it.

    The derived class reads the tokens inside a word (in a substitution).
    """

    def __init__(self, text: SourceText, dialect: Dialect, depth: int, comments: list[SourceText]) -> None:
        self.text = text
        self.string = str(text)
        self.dialect = dialect
        self.depth = depth
        self.comments = comments
        self.closings: dict[int, int] = {}  # offsets of parentheses, as far as they were searched

    def error(self, reason: str, offset: int) -> ShellError:
        """The error about the text at an offset."""
        return ShellError(reason, self.text, min(offset, len(self.string)))

    def enter(self, at: int) -> None:
        """Enter a nested construct. Raises ``ShellError`` if the nesting is too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("the shell text is nested too deeply", at)

    if TYPE_CHECKING:  # defined in the derived class

        def tokens(self, at: int, until: str = "") -> tuple[list[Token], int]:
            """Tokens up to the closing ``until``, and its offset; or up to the end."""

        def skip_lines(self, at: int, found: list[Token]) -> int:
            """Skip blanks, comments and newlines. The newlines are appended."""

    def skip_blanks(self, at: int) -> int:
        """Skip blanks and continuations."""
        match = _BLANK.match(self.string, at)
        return match.end() if match else at

    def skip_comment(self, at: int) -> int:
        """Skip a comment and store it."""
        end = self.string.find("\n", at)
        end = len(self.string) if end < 0 else end
        self.comments.append(self.text[at:end])
        return end

    def word(self, start: int) -> Word:
        """Read a word. Raises ``ShellError`` if there is none."""
        string, at = self.string, start
        parts: list[Part] = []
        while at < len(string):
            if plain := _PLAIN.match(string, at):
                parts.append(Literal(at, plain.end(), quoted=False))
                at = plain.end()
                continue
            character = string[at]
            if character == "(":
                if not (end := self.parenthesis(start, at, parts)):
                    break
                at = end
            elif character in "<>" and string.startswith("(", at + 1):
                at = self.substitution(at, parts)
            elif character in " \t\n;&|<>)":
                break
            elif character == '"':
                at = self.double_quoted(at + 1, parts)
            else:
                at = self.special(at, parts, quoted=False)
        if at == start:
            raise self.error("a word is missing" if at == len(string) else f"unexpected {string[at]!r}", at)
        return Word(self.text, start, at, tuple(parts))

    def special(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        r"""Read what starts with ``\``, ``'``, a back-quote or ``$`` outside double quotes."""
        character = self.string[at]
        if character == "\\":
            if not self.string.startswith("\n", at + 1):
                # a backslash at the end of the text is literal
                parts.append(Literal(min(at + 1, len(self.string) - 1), min(at + 2, len(self.string)), quoted=True))
            return min(at + 2, len(self.string))
        if character == "'":
            end = self.string.find("'", at + 1)
            if end < 0:
                raise self.error("a single quote is not closed", at)
            parts.append(Literal(at + 1, end, quoted=True))
            return end + 1
        if character == "`":
            return self.back_quoted(at, parts, quoted=quoted)
        if not quoted and self.dialect is Dialect.BASH:
            if self.string.startswith("'", at + 1):
                return self.ansi_quoted(at, parts)
            if self.string.startswith('"', at + 1):
                return self.double_quoted(at + 2, parts)
        return self.dollar(at, parts, quoted=quoted)

    def parenthesis(self, start: int, at: int, parts: list[Part]) -> int:
        """An array or an extended pattern; 0 if the parenthesis is an operator."""
        before = self.string[start:at]
        if _ASSIGNMENT.fullmatch(before):
            words, end = self.array(at + 1)
            parts.append(Array(at, end, words))
            return end
        if not before or before[-1] not in "?*+@!" or not isinstance(parts[-1], Literal) or parts[-1].quoted:
            return 0
        depth, end = 0, at
        while end < len(self.string):
            character = self.string[end]
            if character in "\\'\"":
                end = self.quoted_end(end)
                continue
            end += 1
            depth += (character == "(") - (character == ")")
            if not depth:
                parts.append(Opaque(at, end, self.unsplit_parts(at + 1, end - 1)))
                return end
        raise self.error("')' is missing after a pattern", at)

    def array(self, at: int) -> tuple[tuple[Word, ...], int]:
        """Read the words of an array up to its closing parenthesis."""
        self.enter(at)
        words: list[Word] = []
        while (at := self.skip_lines(at, [])) < len(self.string):
            if self.string[at] == ")":
                self.depth -= 1
                return tuple(words), at + 1
            words.append(self.word(at))
            at = words[-1].end
        raise self.error("')' is missing after an array", at)

    def double_quoted(self, at: int, parts: list[Part]) -> int:
        """Read up to the closing quote. An empty literal keeps the place of an empty string, except for ``"$@"``."""
        start, first = at, len(parts)
        parts.append(Literal(at, at, quoted=True))
        while at < len(self.string):
            if self.string[at] == '"':
                if parts[first + 1 :] and all(map(_is_list, parts[first + 1 :])):
                    del parts[first]
                return at + 1
            at = self.quoted_part(at, parts, _QUOTED_PLAIN, '$`"\\')
        raise self.error("a double quote is not closed", start - 1)

    def quoted_part(self, at: int, parts: list[Part], plain: re.Pattern[str], escapable: str) -> int:
        """One part inside double quotes or a here-document."""
        if match := plain.match(self.string, at):
            parts.append(Literal(at, match.end(), quoted=True))
            return match.end()
        if self.string[at] != "\\":
            return self.special(at, parts, quoted=True)
        following = self.string[at + 1 : at + 2]
        if following == "\n":
            return at + 2
        if following and following in escapable:
            parts.append(Literal(at + 1, at + 2, quoted=True))
            return at + 2
        parts.append(Literal(at, at + 1, quoted=True))
        return at + 1

    def here_parts(self) -> tuple[Part, ...]:
        """The parts of the whole text as the body of a here-document."""
        parts: list[Part] = []
        at = 0
        while at < len(self.string):
            at = self.quoted_part(at, parts, _HERE_PLAIN, "$`\\")
        return tuple(parts)

    def unsplit_parts(self, at: int, end: int) -> tuple[Part, ...]:
        """The parts of text that is not split into words: in ``[[ ]]``, ``(( ))`` and extended patterns."""
        self.enter(at)
        parts: list[Part] = []
        while at < end:
            if plain := _UNSPLIT_PLAIN.match(self.string, at, end):
                at = plain.end()
            elif self.string[at] in "<>":
                at = self.substitution(at, parts) if self.string.startswith("(", at + 1) else at + 1
            elif self.string[at] == '"':
                at = self.double_quoted(at + 1, parts)
            else:
                at = self.special(at, parts, quoted=False)
        self.depth -= 1
        return tuple(parts)

    def ansi_quoted(self, at: int, parts: list[Part]) -> int:
        """Read ``$'…'``."""
        start, at = at, at + 2
        parts.append(Literal(at, at, quoted=True))
        while at < len(self.string):
            if self.string[at] == "'":
                return at + 1
            if plain := _ANSI_PLAIN.match(self.string, at):
                parts.append(Literal(at, plain.end(), quoted=True))
                at = plain.end()
            elif escape := _ANSI_ESCAPE.match(self.string, at):
                parts.append(Escape(at, escape.end(), _ansi_value(escape)))
                at = escape.end()
            else:
                break
        raise self.error("a single quote is not closed", start)

    def back_quoted(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        """Read a command substitution in back-quotes. One level of backslashes is removed from its text."""
        start, at = at, at + 1
        pieces = [self.text[at:at]]
        plain = at
        while at < len(self.string) and self.string[at] != "`":
            if self.string[at] == "\\" and self.string[at + 1 : at + 2] in ('$`\\"' if quoted else "$`\\"):
                pieces.append(self.text[plain:at])
                plain, at = at + 1, at + 2
            else:
                at += 1
        if at >= len(self.string):
            raise self.error("a back-quote is not closed", start)
        pieces.append(self.text[plain:at])
        word_text = SourceText.join(pieces)
        tokens, _ = type(self)(word_text, self.dialect, self.depth, self.comments).tokens(0)
        parts.append(Substitution(start, at + 1, tokens, quoted))
        return at + 1

    def substitution(self, start: int, parts: list[Part], *, quoted: bool = False) -> int:
        """``$( … )``, ``<( … )`` or ``>( … )``."""
        tokens, end = self.tokens(start + 2, ")")
        parts.append(Substitution(start, end + 1, tokens, quoted))
        return end + 1

    def dollar(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        """Read an expansion, or a literal dollar sign."""
        following = self.string[at + 1 : at + 2]
        if following == "(":
            if end := self.arithmetic_end(at + 1):
                parts.append(Opaque(at, end, self.unsplit_parts(at + 3, end - 2)))
                return end
            return self.substitution(at, parts, quoted=quoted)
        if following == "{":
            return self.parameter(at, parts, quoted=quoted)
        if following == "[" and self.dialect is Dialect.BASH and (end := self.string.find("]", at) + 1):
            parts.append(Opaque(at, end, self.unsplit_parts(at + 2, end - 1)))
            return end
        if name := _NAME.match(self.string, at + 1):
            whole = name.group().replace("\\\n", "")
            parts.append(Parameter(at, name.end(), quoted, whole, "", "", None))
            return name.end()
        parts.append(Literal(at, at + 1, quoted))
        return at + 1

    def parameter(self, start: int, parts: list[Part], *, quoted: bool) -> int:
        """``${ … }``. A malformed one is kept whole and has an unknown value."""
        self.enter(start)
        head = _BRACED_NAME.match(self.string, start + 2)
        operator = head and _PARAMETER_OPERATOR.match(self.string, head.end())
        at = operator.end() if operator else start + 2
        removes = operator is not None and operator.group()[:1] in {"#", "%", "/"}
        inner: list[Part] = []
        operand_start = at
        while at < len(self.string) and self.string[at] != "}":
            at = self.operand_part(at, inner, quoted=quoted, removes=removes)
        if at >= len(self.string):
            raise self.error("'}' is missing", start)
        self.depth -= 1
        if not head or not operator:
            parts.append(Opaque(start, at + 1, tuple(inner)))
            return at + 1
        sign, name, subscript = head.group(1), head.group(2), head.group(3) or ""
        operand = Word(self.text, operand_start, at, tuple(inner)) if operator.group() else None
        parts.append(Parameter(start, at + 1, quoted, name, subscript, sign or operator.group(), operand))
        return at + 1

    def operand_part(self, at: int, parts: list[Part], *, quoted: bool, removes: bool) -> int:
        """One part of the word in ``${name:-word}``.

        In double quotes, a single quote is literal except in a pattern.
        """
        if quoted and not removes:
            if self.string[at] == '"':
                return self.double_quoted(at + 1, parts)
            return self.quoted_part(at, parts, _QUOTED_OPERAND_PLAIN, '$`"\\}')
        if plain := _OPERAND_PLAIN.match(self.string, at):
            parts.append(Literal(at, plain.end(), quoted=False))
            return plain.end()
        if self.string[at] == '"':
            return self.double_quoted(at + 1, parts)
        return self.special(at, parts, quoted=False)

    def arithmetic_end(self, at: int) -> int:
        """The offset after ``(( … ))``; 0 if it is not arithmetic."""
        if not self.string.startswith("((", at):
            return 0
        if at + 1 not in self.closings:
            self.match_parentheses(at + 1)
        end = self.closings[at + 1]
        return end + 2 if self.string.startswith("))", end) else 0

    def match_parentheses(self, at: int) -> None:
        """Store the closing offset of the parenthesis at an offset and of those inside it.

        It is the end of the text if a parenthesis is not closed.
        """
        opened: list[int] = []
        while sign := _PARENTHESIS.search(self.string, at):
            at = sign.end()
            if sign.group() == "(":
                opened.append(sign.start())
            elif sign.group() == ")":
                self.closings[opened.pop()] = sign.start()
                if not opened:
                    return
            elif len(sign.group()) == 1:
                at = self.quoted_end(sign.start())
            elif self.dialect is not Dialect.BASH:  # then $'…' is a dollar sign and a string
                at = self.quoted_end(sign.start() + 1)
        self.closings.update(dict.fromkeys(opened, len(self.string)))

    def quoted_end(self, at: int) -> int:
        """The offset after an escaped character or a quoted string; the end of the text if it is not closed."""
        quote = self.string[at]
        if quote == "\\":
            return at + 2
        match = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL).match(self.string, at)
        return match.end() if match else len(self.string)


def _is_list(part: Part) -> bool:
    """Whether it is ``$@`` or ``${a[@]}``. Without elements they expand to nothing, even in quotes."""
    return isinstance(part, Parameter) and "@" in {part.name, part.subscript} and not part.operator


def _ansi_value(escape: re.Match[str]) -> str:
    hexadecimal = escape.group(1) or escape.group(2) or escape.group(3)
    if hexadecimal:
        return chr(min(int(hexadecimal, 16), 0x10FFFF))
    if escape.group(4):
        return chr(int(escape.group(4), 8) & 0xFF)
    if escape.group(5):
        return chr(ord(escape.group(5)) & 0x1F)
    letter = escape.group(6)
    return _ANSI_LETTERS.get(letter, letter if letter in "\\'\"?" else "\\" + letter)
