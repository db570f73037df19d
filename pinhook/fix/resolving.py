"""Versions for all targets of one command: uv's, unless pip would not take them."""

from __future__ import annotations

import re
from functools import cache

from pinhook.fix import index, uv
from pinhook.fix.pins import specifier_of
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements.versions import asks_for_prerelease, is_prerelease

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pinhook.fix.options import Choice
    from pinhook.fix.uv import Answer, Question

_ROUNDS = 8  # how often a version may turn out to be one that pip would not take


class Found(NamedTuple):
    """Versions by normalized name, why other projects have none, and whether each was picked by itself.

    ``unguarded`` are the projects whose files the index does not tell without a password.
    """

    versions: Mapping[str, str]
    reasons: Mapping[str, str]
    alone: bool = False
    unguarded: frozenset[str] = frozenset()


class Resolver:
    """Asks each question once, and nothing more of an index that could not be reached, or of a uv that is broken."""

    def __init__(
        self,
        ask: Callable[[Question], Answer] = uv.ask,
        files_of: Callable[[str, str], list[index.File] | None] = index.files_of,
    ) -> None:
        self._ask, self._files_of = ask, cache(files_of)
        self._known: dict[Question, Found] = {}
        self._unreachable: dict[Choice, uv.UnreachableError] = {}
        self.trouble: uv.BrokenError | None = None

    def resolve(self, question: Question, names: Mapping[str, str]) -> Found:
        """Versions for projects, given by normalized name with the requirement that asks for each.

        Raises ``uv.UnreachableError`` and ``uv.BrokenError``, the same one again once it was raised.
        """
        if trouble := self.trouble or self._unreachable.get(question.choice):
            raise trouble
        if question not in self._known:
            try:
                self._known[question] = self._guarded(question, names)
            except uv.UnreachableError as error:
                self._unreachable[question.choice] = error
                raise
            except uv.BrokenError as error:
                self.trouble = error
                raise
        return self._known[question]

    def _guarded(self, question: Question, names: Mapping[str, str]) -> Found:
        """Ask until the answer is one that pip would give."""
        reasons: dict[str, str] = {}
        excluded: tuple[str, ...] = ()
        for _ in range(_ROUNDS):
            try:
                answer = self._ask(question._replace(requirements=question.requirements + excluded))
            except (uv.UnreachableError, uv.BrokenError):
                raise
            except uv.NoAnswerError as error:
                rest = tuple(each for each in question.requirements if not _is_of(each, error.missing))
                if error.missing and len(rest) < len(question.requirements) and rest:
                    reasons[error.missing] = "no index has it"
                    question = question._replace(requirements=rest)
                    continue
                first = next(iter(reasons.values()), str(error))
                return Found({}, dict.fromkeys(names, first) | reasons)
            bad = {name: why for name in names if (why := self._objection(answer, name, names[name], question))}
            wrong = {name: answer.versions[name] for name, why in bad.items() if why.startswith("its version")}
            reasons |= bad
            if not wrong:
                versions = {name: version for name, version in answer.versions.items() if name not in bad}
                unguarded = frozenset(name for name in versions if name in names and self._files(answer, name) is None)
                return Found(versions, reasons, answer.alone, unguarded)
            excluded += tuple(f"{name}!={version}" for name, version in wrong.items())
        return Found({}, reasons)

    def _files(self, answer: Answer, name: str) -> list[index.File] | None:
        origin = answer.indexes.get(name)
        return None if origin is None else self._files_of(origin, name)

    def _objection(self, answer: Answer, name: str, requirement: str, question: Question) -> str | None:
        version, files = answer.versions.get(name), self._files(answer, name)
        if version is None or files is None:
            return None
        if reason := index.objection(files, version, question.python):
            return reason
        is_asked_for = question.choice.prereleases or asks_for_prerelease(specifier_of(requirement))
        if is_prerelease(version) and not is_asked_for and index.has_final(files):
            return f"only the pre-release {version} fits, and pip takes none that is not asked for"
        return None


def _is_of(requirement: str, name: str) -> bool:
    found = re.match(r"[\w.-]+", requirement)
    return found is not None and bool(name) and re.sub(r"[-_.]+", "-", found[0]).lower() == name
