"""A requirements file, fixed as far as it can be.

It is installed on its own or together with the files that it includes; which image that is for, it does not say.
"""

from __future__ import annotations

from functools import partial
from posixpath import basename, dirname, join, normpath

from pinhook.fix.answers import Answers, Context
from pinhook.fix.fixing import DEFAULT, Fixed, make
from pinhook.fix.list_sameness import difference
from pinhook.fix.options import Choice, UnclearError, choice_of_lines
from pinhook.fix.pins import question
from pinhook.fix.wishes import Refusal, wishes
from pinhook.installers.listed import listed
from pinhook.light_typing import TYPE_CHECKING
from pinhook.requirements.encoding import decode
from pinhook.requirements.file import parse_file
from pinhook.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinhook.fix.answers import Means
    from pinhook.fix.fixing import Checks
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

    Read = Callable[[str], bytes | None]

_UNSAID = "a requirements file does not say which Python it is for"
_HASHED = "the file has hashes, which are those of other versions; have it compiled anew"


def fix_list(source: Source, means: Means, checks: Checks = DEFAULT) -> Fixed:
    """Fix what can be fixed of a requirements file; raises nothing but what ``checks`` do."""
    file = parse_file(source)
    installation = listed(file)
    wanted = list(wishes([installation], checks.check(source).findings))
    if file.require_hashes or any(entry.hashes for entry in file.entries):
        return Fixed(source, source, (), tuple(Refusal(wish, _HASHED) for wish in wanted))
    plan = Answers([_context(file, means.repository.beside)], means)
    return make(source, [plan.answer(wish) for wish in wanted], checks._replace(difference=difference))


def _context(file: RequirementsFile, read: Read) -> Context:
    try:
        included = list(_included(file, "", read, {basename(file.source.path)}))
    except UnclearError as error:
        return Context(partial(_fail, error), _UNSAID)
    options = [option for each in (*included, file) for option in each.options]
    besides = [question(target) for each in included for target in listed(each).targets]
    return Context(partial(choice_of_lines, options), _UNSAID, besides=tuple(filter(None, besides)))


def _fail(error: UnclearError) -> Choice:
    raise error


def _included(file: RequirementsFile, folder: str, read: Read, seen: set[str]) -> Iterator[RequirementsFile]:
    """The files that a file is installed together with: their options count for it too. Raises ``UnclearError``.

    ``folder`` is the one of the file, as seen from that of the first one; ``seen`` has the paths that were read.
    """
    for include in file.includes:
        path = normpath(join(folder, str(include.path)))
        if include.is_constraint or path in seen:
            continue
        seen.add(path)
        each = _file(path, read) if include.path.is_known else None
        if each is None:
            raise UnclearError(f"it includes {include.path}, which cannot be read here")
        yield each
        yield from _included(each, dirname(path), read, seen)


def _file(path: str, read: Read) -> RequirementsFile | None:
    content = read(path)
    try:
        return None if content is None else parse_file(decode(path, content))
    except SourceError:
        return None
