"""Parse ignore comments of all tools."""

from __future__ import annotations

import enum
import re

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.requirements import normalize
from pinhook.rule_codes import KNOWN_TO_OTHER_TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import TypeAlias

    from pinhook.source import SourceText

    _Parser: TypeAlias = Callable[[SourceText, re.Match[str], Collection[str]], "Directive | None"]

_START = regex(r"(?<!\S)#[ \t]*(pinhook(?=:)|hadolint(?=[ \t])|(?:no-dd-sa|datadog-disable)(?![\w-]))")
_OURS = regex(r"#\s*pinhook:\s*(?P<verb>[\w-]*)\s*(?:\[(?P<list>[^]]*)(?P<end>]?))?\s*(?P<rest>.*)", re.DOTALL)
_BARE_CODE = regex(r"=|[(:\s]*PIN\d", re.IGNORECASE)
_CODE = regex(r"PIN\d+", re.IGNORECASE)
_WORD = regex(r"([^\s,:]+)\s*(:?)")
_HADOLINT = regex(
    r"#[ \t]*hadolint[ \t]+(?:(?P<scope>global|stage)[ \t]+)?ignore[ \t]*=[ \t]*"
    r"(?P<list>[DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*)"
    r"[ \t]*(?:#(?P<reason>.*))?"
)
_DATADOG = regex(r"#[ \t]*(?:no-dd-sa|datadog-disable)(?P<rest>.*)", re.DOTALL)
_DATADOG_RULE = "docker-best-practices/pip-pin-versions"


class Tool(enum.Enum):
    """The tool that a comment is for.

    The value is the word that the comment begins with (the older one for Datadog).
    """

    PINHOOK = "pinhook"
    HADOLINT = "hadolint"
    DATADOG = "no-dd-sa"


class Selector(NamedTuple):
    """One part of a comment: it suppresses the findings of some rules (``None``: all), for one project or any.

    ``text`` is that part as written. ``project`` is a normalized name.
    """

    text: SourceText
    codes: frozenset[str] | None
    project: str | None = None


class DirectiveProblem(NamedTuple):
    """A part of a comment that can never suppress anything, and why."""

    text: SourceText
    reason: str


class Directive(NamedTuple):
    """The directive of one tool in a comment. ``text`` goes from the ``#`` to the end of the reason.

    If ``is_for_stage``, it covers everything from there to the end of its build stage.
    """

    text: SourceText
    tool: Tool
    selectors: tuple[Selector, ...]
    reason: str = ""
    is_for_file: bool = False
    problems: tuple[DirectiveProblem, ...] = ()
    is_for_stage: bool = False


def text_in_brackets(directive: Directive) -> SourceText | None:
    """The text between the brackets of a directive of pinhook; ``None`` without brackets."""
    found = _OURS.fullmatch(str(directive.text))
    return directive.text[slice(*found.span("list"))] if found and found["list"] is not None else None


def is_code(word: str) -> bool:
    """Whether a word between the brackets is read as the code of a rule, not as the name of a package."""
    return _CODE.fullmatch(word) is not None


def parse_directives(comment: SourceText, codes: Collection[str]) -> Iterator[Directive]:
    """The directives in a comment. ``codes`` are those of all rules.

    Directives for unrelated rules of other tools are left out.

    comment   = "#" text / *(directive blank)                               ; a reason ends where a directive begins
    directive = "#" ("pinhook:" verb ["[" entry *("," entry) "]"] [reason]
                    / "hadolint" ["global" / "stage"] "ignore=" code *("," code) ["#" reason]
                    / ("no-dd-sa" / "datadog-disable") [":"] *rule [reason])
    verb      = "ignore" / "ignore-file"
    entry     = code [":" name *("," name)]                                 ; a name that looks like a code is one

    For other tools, follows hadolint's Pragma.hs and Datadog's analyze.rs.
    """
    starts = [(found.start(), _TOOLS.get(found[1], Tool.DATADOG)) for found in _START.finditer(str(comment))]
    for index, (start, tool) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(comment)
        if tool is Tool.HADOLINT and start:
            continue  # hadolint reads a directive only if it is the whole comment
        text = comment[start:end].rstrip()
        pattern, parser = _PARSERS[tool]
        if (found := pattern.fullmatch(str(text))) and (directive := parser(text, found, codes)):
            yield directive


def _parse_ours(text: SourceText, found: re.Match[str], codes: Collection[str]) -> Directive:
    verb, rest = found["verb"], found["rest"]
    selectors: list[Selector] = []
    problems: list[DirectiveProblem] = []
    if verb not in {"ignore", "ignore-file"}:
        problems.append(DirectiveProblem(text, f"pinhook knows ignore and ignore-file, not {verb or 'this'}"))
    elif found["list"] is None and _BARE_CODE.match(rest):
        problems.append(DirectiveProblem(text, f"codes belong in brackets; write {verb}[PIN001]"))
    elif found["list"] is None:
        selectors.append(Selector(text, None))
    elif not found["end"]:
        problems.append(DirectiveProblem(text, "the ] after the codes is missing"))
    else:
        selectors, problems = _parse_entries(text[slice(*found.span("list"))], codes)
        if not selectors and not problems:
            problems.append(DirectiveProblem(text, "the brackets contain no code"))
    reason = re.sub(r"^[^\w\s]*\s+|^[:;,]", "", rest)  # some write a colon or a dash in front of the reason
    return Directive(text, Tool.PINHOOK, tuple(selectors), reason, verb == "ignore-file", tuple(problems))


def _parse_entries(text: SourceText, codes: Collection[str]) -> tuple[list[Selector], list[DirectiveProblem]]:
    entries: list[tuple[SourceText, list[SourceText] | None]] = []
    for word in _WORD.finditer(str(text)):
        piece = text[slice(*word.span(1))]
        names = entries[-1][1] if entries else None
        if word[2]:
            entries.append((piece, []))
        elif names is None or is_code(word[1]):
            entries.append((piece, None))
        else:
            names.append(piece)
    selectors: list[Selector] = []
    problems: list[DirectiveProblem] = []
    for written, names in entries:
        code = str(written).upper()
        if code not in codes:
            problems.append(
                DirectiveProblem(written, f"{written} is not the code of a rule; pinhook --rules lists them")
            )
        elif names is None:
            selectors.append(Selector(written, frozenset({code})))
        elif not names:
            problems.append(DirectiveProblem(written, f"no package is after {written}:"))
        else:
            selectors += [Selector(name, frozenset({code}), normalize(str(name)) or str(name)) for name in names]
    return selectors, problems


def _parse_hadolint(text: SourceText, found: re.Match[str], _codes: Collection[str]) -> Directive | None:
    if "DL3013" not in re.split(r"[ \t,]+", found["list"]):
        return None
    selectors = (Selector(text, KNOWN_TO_OTHER_TOOLS),)
    reason, scope = (found["reason"] or "").strip(), found["scope"]
    return Directive(text, Tool.HADOLINT, selectors, reason, scope == "global", is_for_stage=scope == "stage")


def _parse_datadog(text: SourceText, found: re.Match[str], _codes: Collection[str]) -> Directive | None:
    words = re.split(r"[\s:,]+", found["rest"])
    named = [word for word in words if "/" in word]
    if named and _DATADOG_RULE not in named:
        return None
    is_first_line = "\n" not in text.source.text[: text.span.start]
    reason = " ".join(word for word in words if word and word not in named)
    return Directive(text, Tool.DATADOG, (Selector(text, KNOWN_TO_OTHER_TOOLS),), reason, is_first_line)


_TOOLS = {tool.value: tool for tool in Tool}
_PARSERS: dict[Tool, tuple[re.Pattern[str], _Parser]] = {
    Tool.PINHOOK: (_OURS, _parse_ours),
    Tool.HADOLINT: (_HADOLINT, _parse_hadolint),
    Tool.DATADOG: (_DATADOG, _parse_datadog),
}
