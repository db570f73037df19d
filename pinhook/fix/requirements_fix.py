"""A requirements file, fixed as far as it can be.

It is installed on its own or together with the files that it includes; which image that is for, it does not say.
"""

from __future__ import annotations

from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.besides import Besides, of_files
from pinhook.fix.index_options import UnclearError, choice_of_lines
from pinhook.fix.requests import Refusal, wishes
from pinhook.fix.requirements_equivalence import difference
from pinhook.fix.verified import DEFAULT, Fixed, make
from pinhook.fix.version_chooser import Answers, Context
from pinhook.follow.includes import with_nested
from pinhook.installers.requirements_list import listed
from pinhook.requirements import Direct, Local
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from pinhook.fix.index_options import Choice
    from pinhook.fix.verified import Checks
    from pinhook.fix.version_chooser import Means
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

_UNSAID = "a requirements file does not say which Python it is for"
_HASHED = "the file has hashes, which are those of other versions; have it compiled anew"


def fix_list(source: Source, means: Means, checks: Checks = DEFAULT) -> Fixed:
    """Fix what can be fixed of a requirements file; raises nothing but what ``checks`` do."""
    file = parse_file(source)
    installation = listed(file)
    wanted = list(wishes([installation], checks.check(source).findings))
    if file.require_hashes or any(entry.hashes for entry in file.entries):
        return Fixed(source, source, (), tuple(Refusal(wish, _HASHED) for wish in wanted))
    plan = Answers([Context(partial(_decide, file, means), _UNSAID)], means)
    return make(source, [plan.answer(wish) for wish in wanted], checks._replace(difference=difference))


def _decide(file: RequirementsFile, means: Means) -> tuple[Choice, Besides]:
    """The options of a file and of those that it includes, and what these ask for. Raises ``UnclearError``."""
    for entry in file.entries:
        if isinstance(entry.requirement, (Direct, Local)):
            raise UnclearError(f"what {entry.text} needs is not known here, and the versions have to fit")
    if file.includes and means.tree is None:
        raise UnclearError(f"it includes {file.includes[0].path}, which cannot be read here")
    found = with_nested(file, means.tree())[1] if file.includes and means.tree else ()
    if missing := next((each for each in found if each.file is None), None):
        raise UnclearError(f"it includes {missing.name}, which {missing.reason}")
    besides = of_files(found)
    return choice_of_lines((*besides.options, *file.options)), besides
