"""A requirements file, fixed as far as it can be.

It is installed on its own or together with the files that it includes; which image that is for, it does not say.
"""

from __future__ import annotations

from functools import partial

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.besides import Besides, of_files
from pinhook.fix.index_options import UndecidableOptionsError, index_options_of_file
from pinhook.fix.requests import Unfixable, fix_requests
from pinhook.fix.requirements_equivalence import first_difference
from pinhook.fix.verified import DEFAULT, VerifiedFixes, apply_verified
from pinhook.fix.version_chooser import InstallContext, VersionChooser
from pinhook.follow.includes import with_includes
from pinhook.installers.requirements_list import as_installation
from pinhook.requirements import Direct, Local
from pinhook.requirements.file import parse_file

if TYPE_CHECKING:
    from pinhook.fix.index_options import IndexOptions
    from pinhook.fix.verified import Checks
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import Source

_PYTHON_UNKNOWN = "a requirements file does not say which Python it is for"
_HAS_HASHES = "the file has hashes, which are those of other versions; have it compiled anew"


def fix_requirements(source: Source, sources: VersionSources, checks: Checks = DEFAULT) -> VerifiedFixes:
    """Fix what can be fixed of a requirements file; raises nothing but what ``checks`` do."""
    file = parse_file(source)
    installation = as_installation(file)
    requests = list(fix_requests([installation], checks.check(source).findings))
    if file.require_hashes or any(entry.hashes for entry in file.entries):
        return VerifiedFixes(source, source, (), tuple(Unfixable(request, _HAS_HASHES) for request in requests))
    chooser = VersionChooser([InstallContext(partial(_decide, file, sources), _PYTHON_UNKNOWN)], sources)
    return apply_verified(
        source, [chooser.choose(request) for request in requests], checks._replace(first_difference=first_difference)
    )


def _decide(file: RequirementsFile, sources: VersionSources) -> tuple[IndexOptions, Besides]:
    """The options of a file and of those that it includes, and what these ask for.

    Raises ``UndecidableOptionsError``.
    """
    for entry in file.entries:
        if isinstance(entry.requirement, (Direct, Local)):
            raise UndecidableOptionsError(f"what {entry.text} needs is not known here, and the versions have to fit")
    if file.includes and sources.tree is None:
        raise UndecidableOptionsError(f"it includes {file.includes[0].path}, which cannot be read here")
    found = with_includes(file, sources.tree())[1] if file.includes and sources.tree else ()
    if missing := next((each for each in found if each.file is None), None):
        raise UndecidableOptionsError(f"it includes {missing.name}, which {missing.reason}")
    besides = of_files(found)
    return index_options_of_file((*besides.options, *file.options)), besides
