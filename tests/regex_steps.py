"""Regular expressions matched as ``re`` matches them, by backtracking, with the steps counted.

Time depends on the machine; the number of steps does not. ``Pattern.steps`` gives what ``search`` or ``match`` takes on
a word; ``Pattern.hostile_words`` gives words made from the pattern's own alphabet.
"""

from __future__ import annotations

import importlib
import re
import string
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Groups = dict[int, tuple[int, int]]
    Continue = Callable[[int], bool]
    Matcher = Callable[[int, Continue], bool]
    Node = tuple[Any, Any]

_IS_NEW = sys.version_info >= (3, 11)
sre: Any = importlib.import_module("re._constants" if _IS_NEW else "sre_constants")
sre_parse: Any = importlib.import_module("re._parser" if _IS_NEW else "sre_parse")

_CANDIDATES = string.printable + "\xa0é\ue000\x00"
_SINGLE = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}


class TooManyStepsError(Exception):
    """A match took more steps than it was allowed."""


class Pattern:
    """A pattern that counts its steps. ``limit`` bounds them, so that an exponential one ends."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.source = pattern
        self.tree = sre_parse.parse(pattern, flags)
        self.flags = self.tree.state.flags
        self.count = 0
        self.limit = 10**6
        self.text = ""
        self.groups: Groups = {}
        self.predicates: list[Callable[[str], bool]] = []
        self._matcher = self._sequence(list(self.tree), self.flags)

    def match(self, text: str, start: int = 0) -> int | None:
        """The end of the match at an offset."""
        self.text, self.groups = text, {}
        ends: list[int] = []

        def accept(at: int) -> bool:
            ends.append(at)
            return True

        return ends[-1] if self._matcher(start, accept) else None

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches."""
        self.text, self.groups = text, {}
        return self._matcher(0, lambda at: at == len(text))

    def finditer(self, text: str) -> list[tuple[int, int]]:
        """The spans of all matches; each offset is tried as ``search`` tries it."""
        spans: list[tuple[int, int]] = []
        at, last = 0, -1
        while at <= len(text):
            end = self.match(text, at)
            if end is None or (end == at == last):
                at += 1
                continue
            spans.append((at, end))
            last = end
            at = end if end > at else at + 1
        return spans

    def steps(self, method: str, text: str, limit: int = 10**6) -> int:
        """How many steps a method of this name takes; ``limit`` if there are more."""
        self.count, self.limit = 0, limit
        try:
            getattr(self, method)(text)
        except TooManyStepsError:
            return limit
        return self.count

    def hostile_words(self) -> Iterator[Callable[[int], str]]:
        """Words with ``n`` repetitions of something: a prefix that leads to a repetition, a pump, a suffix that fails.

        The prefixes are samples of what is before each repetition; the pumps are one character of each kind that
        the pattern distinguishes, samples of what is repeated, and the prefixes themselves; the suffixes one character
        of each kind.
        """
        alphabet = self.alphabet()
        seen = set()
        for prefix, body in sorted({("", ""), *self._repetitions(list(self.tree), "")}):
            bodies = [body, *(body + character for character in alphabet if body)]
            starts = {prefix, prefix + body, prefix + body + " "} if prefix else set()
            words = [(prefix, pump, suffix) for pump in [*alphabet, *bodies] for suffix in ("", *alphabet)]
            words += [("", pump, "") for pump in sorted(starts)]
            for word in words:
                if word[1] and word not in seen:
                    seen.add(word)
                    yield lambda n, p=word[0], b=word[1], s=word[2]: p + b * n + s  # type: ignore[misc]

    def alphabet(self) -> list[str]:
        """One character of each kind that the pattern distinguishes."""
        kinds: dict[tuple[bool, ...], str] = {}
        for character in _CANDIDATES:
            kinds.setdefault(tuple(test(character) for test in self.predicates), character)
        return list(kinds.values())

    def _repetitions(self, nodes: Iterable[Node], before: str) -> Iterator[tuple[str, str]]:
        """Each repetition: a sample of what is before it, and one of what it repeats."""
        for kind, argument in nodes:
            for inner in _inner(kind, argument):
                yield from self._repetitions(inner, before)
            if kind in _REPEATS and argument[1] > 8:
                yield before, self._sample(argument[2])
            before += self._sample([(kind, argument)])

    def _sample(self, nodes: Iterable[Node]) -> str:
        """A text that a sequence matches, as far as look-arounds allow it."""
        return "".join(self._sample_of(kind, argument) for kind, argument in nodes)

    def _sample_of(self, kind: Any, argument: Any) -> str:
        if kind in _SINGLE:
            test = self._predicate(kind, argument, int(self.flags))
            return next((each for each in "aA0._" + _CANDIDATES if test(each)), "")
        if kind in _REPEATS:
            times: int = max(argument[0], min(argument[1], 1))
            return self._sample(argument[2]) * times
        if kind is sre.BRANCH:
            return self._sample(argument[1][0])
        if kind is sre.SUBPATTERN:
            return self._sample(argument[3])
        return ""

    def _step(self) -> None:
        self.count += 1
        if self.count >= self.limit:
            raise TooManyStepsError

    def _sequence(self, nodes: list[Node], flags: int) -> Matcher:
        matchers = [self._compile(kind, argument, flags) for kind, argument in nodes]

        def run(number: int, at: int, then: Continue) -> bool:
            if number == len(matchers):
                return then(at)
            return matchers[number](at, lambda end: run(number + 1, end, then))

        return lambda at, then: run(0, at, then)

    def _compile(self, kind: Any, argument: Any, flags: int) -> Matcher:
        if kind in _SINGLE:
            return self._one(self._remembered(kind, argument, flags))
        if kind in _REPEATS:
            return self._repeat(kind, argument, flags)
        if kind is sre.BRANCH:
            arms = [self._sequence(list(arm), flags) for arm in argument[1]]
            return lambda at, then: any(arm(at, then) for arm in arms)
        if kind is sre.SUBPATTERN:
            number, added, removed, body = argument
            return self._group(number, self._sequence(list(body), (flags | added) & ~removed))
        if kind in {sre.ASSERT, sre.ASSERT_NOT}:
            return self._look(argument[0], self._sequence(list(argument[1]), flags), kind is sre.ASSERT, argument[1])
        if kind is sre.AT:
            self.predicates.append(lambda character: character == "\n")
            return lambda at, then: self._is_at(argument, at, flags) and then(at)
        if kind is sre.FAILURE:  # (?!) since Python 3.13
            return lambda _at, _then: False
        if kind is sre.GROUPREF:
            return lambda at, then: self._again(argument, at, then)
        if kind is sre.GROUPREF_EXISTS:
            number, yes, no = argument
            has, lacks = self._sequence(list(yes), flags), self._sequence(list(no or ()), flags)
            return lambda at, then: has(at, then) if number in self.groups else lacks(at, then)
        raise NotImplementedError(kind)

    def _one(self, test: Callable[[str], bool]) -> Matcher:
        def one(at: int, then: Continue) -> bool:
            self._step()
            return at < len(self.text) and test(self.text[at]) and then(at + 1)

        return one

    def _repeat(self, kind: Any, argument: Any, flags: int) -> Matcher:
        least, most, nodes = argument
        body = self._sequence(list(nodes), flags)
        is_greedy = kind is sre.MAX_REPEAT

        def repeat(at: int, then: Continue, times: int = 0, last: int = -1) -> bool:
            def more(end: int) -> bool:
                return (end > at or times < least) and repeat(end, then, times + 1, at)

            self._step()
            if times < least:
                return body(at, more)
            can = times < most and at != last
            if is_greedy:
                return (can and body(at, more)) or then(at)
            return then(at) or (can and body(at, more))

        return repeat

    def _group(self, number: int | None, body: Matcher) -> Matcher:
        if number is None:
            return body

        def group(at: int, then: Continue) -> bool:
            before = self.groups.get(number)

            def close(end: int) -> bool:
                inner, self.groups[number] = self.groups.get(number), (at, end)
                if then(end):
                    return True
                self.groups.pop(number) if inner is None else self.groups.update({number: inner})
                return False

            if body(at, close):
                return True
            if before is not None:
                self.groups[number] = before
            return False

        return group

    def _look(self, direction: int, body: Matcher, wanted: bool, nodes: Any) -> Matcher:
        width = nodes.getwidth()[0] if direction < 0 else 0

        def look(at: int, then: Continue) -> bool:
            start = at - width
            found = start >= 0 and body(start, (lambda end: end == at) if direction < 0 else (lambda _: True))
            return found == wanted and then(at)

        return look

    def _again(self, number: int, at: int, then: Continue) -> bool:
        start, end = self.groups.get(number, (-1, -1))
        self.count += max(0, end - start)
        return start >= 0 and self.text.startswith(self.text[start:end], at) and then(at + end - start)

    def _is_at(self, where: Any, at: int, flags: int) -> bool:
        self._step()
        text, many = self.text, flags & re.MULTILINE
        if where in {sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY}:
            sides = [
                bool(side and re.match(r"\w", side)) for side in (text[at - 1 : at] if at else "", text[at : at + 1])
            ]
            return (sides[0] != sides[1]) == (where is sre.AT_BOUNDARY)
        if where is sre.AT_BEGINNING:
            return at == 0 or bool(many and text[at - 1] == "\n")
        if where is sre.AT_BEGINNING_STRING:
            return at == 0
        if where is sre.AT_END_STRING:
            return at == len(text)
        return at == len(text) or (text[at] == "\n" and (bool(many) or at == len(text) - 1))

    def _remembered(self, kind: Any, argument: Any, flags: int) -> Callable[[str], bool]:
        test = self._predicate(kind, argument, flags)
        self.predicates.append(test)
        return test

    def _predicate(self, kind: Any, argument: Any, flags: int) -> Callable[[str], bool]:
        if kind is sre.ANY:
            return lambda character: bool(flags & re.DOTALL) or character != "\n"
        items = argument if kind is sre.IN else [(sre.LITERAL, argument)]
        negated = kind is sre.NOT_LITERAL or items[0][0] is sre.NEGATE
        tests = [_item(*item) for item in items if item[0] is not sre.NEGATE]
        known: dict[str, bool] = {}

        def test(character: str) -> bool:
            if character not in known:
                cases = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
                known[character] = (
                    any(check(ord(case)) for check in tests for case in cases if len(case) == 1) != negated
                )
            return known[character]

        return test


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _item(kind: Any, argument: Any) -> Callable[[int], bool]:
    if kind is sre.LITERAL:
        return lambda code: code == argument
    if kind is sre.RANGE:
        return lambda code: argument[0] <= code <= argument[1]
    category = re.compile(_CATEGORIES[argument])
    return lambda code: category.match(chr(code)) is not None


def _inner(kind: Any, argument: Any) -> list[Any]:
    """The sequences within a node."""
    if kind in _REPEATS:
        return [argument[2]]
    if kind is sre.BRANCH:
        return list(argument[1])
    if kind is sre.SUBPATTERN:
        return [argument[3]]
    if kind in {sre.ASSERT, sre.ASSERT_NOT}:
        return [argument[1]]
    if kind is sre.GROUPREF_EXISTS:
        return [each for each in argument[1:] if each]
    return []
