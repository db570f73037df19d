"""``Followed``: what became of one name of a file, and the lists behind an installation that come of several."""

from __future__ import annotations

import posixpath

from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.documents.requirements_document import RequirementsDocument
from pinhook.follow.image_paths import UNKNOWN, path_of
from pinhook.follow.layers import Elsewhere
from pinhook.installers.requirements_list import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pinhook.follow.layers import State
    from pinhook.installers import Installation
    from pinhook.requirements.file import RequirementsFile
    from pinhook.source import SourceText

MOST_FILES = 200
"""More files than this are not followed from one command."""


class Name(NamedTuple):
    """A word that names a requirements or constraints file, and the path that it means, if that can be known.

    ``group`` is a dependency group of the file, which is a ``pyproject.toml``.
    """

    text: SourceText
    path: str | Elsewhere
    is_constraint: bool = False
    group: str = ""


def name_of_group(text: SourceText, folder: str | None) -> Name:
    """What a value of ``--group`` names.

    value = [path-to-pyproject.toml ":"] group
    """
    at = str(text).rfind(":")
    path = text[:at] if at >= 0 else text[:0].decoded("pyproject.toml")
    meant = path_of(path, folder, reads_projects=True) if text.is_known else UNKNOWN
    return Name(text, meant, group=str(text)[at + 1 :])


class Followed(NamedTuple):
    """What was found behind one name of a file.

    ``name`` is as the option or the including file has it, and ``image_path`` what it means in the image, empty where
    that is not known; ``path`` is that in the repository, empty for a file that the Dockerfile writes itself. Without
    a ``file``, ``reason`` says as a clause why there is none.
    """

    name: SourceText
    is_constraint: bool
    state: State
    image_path: str = ""
    path: str = ""
    reason: str = ""
    file: RequirementsFile | None = None

    @property
    def document(self) -> RequirementsDocument | None:
        """The file as a document."""
        return self.file and RequirementsDocument(self.file)


def everything(names: Iterable[Name], look: Callable[[Name, str], Followed]) -> Iterator[Followed]:
    """What is behind some names, and behind those that the files include, each file once in each of its two uses.

    ``look`` finds a file by its path. An included file is sought beside the including one; what constrains, or is
    included by what does, is a constraints file.
    """
    waiting = list(names)
    seen: set[tuple[object, ...]] = set()
    while waiting and len(seen) < MOST_FILES:
        name = waiting.pop(0)
        if name[1:] in seen:
            continue
        seen.add(name[1:])
        if isinstance(name.path, Elsewhere):
            yield Followed(name.text, name.is_constraint, name.path.state, reason=name.path.reason)
            continue
        followed = look(name, name.path)
        yield followed
        folder = posixpath.dirname(name.path)
        for include in followed.file.includes if followed.file else ():
            path = path_of(include.path, folder)
            waiting.append(Name(include.path, path, name.is_constraint or include.is_constraint))


def with_lists(installation: Installation, found: Sequence[Followed]) -> Installation:
    """The installation with the lists behind it; no constraints at all where one of their files was not found.

    What the options of one file say of indexes and hashes, they say to the whole command.
    """
    by_uv = installation.installer.startswith("uv")
    lists = tuple(listed(each.file, each.name, by_uv=by_uv) for each in found if each.file and not each.is_constraint)
    constraints = [each for each in found if each.is_constraint]
    are_known = all(each.file for each in constraints)
    return installation._replace(
        lists=lists,
        constraints=tuple(listed(each.file, each.name) for each in constraints if each.file) if are_known else None,
        only_local=installation.only_local or any(each.only_local for each in lists),
        require_hashes=installation.require_hashes or any(each.require_hashes for each in lists),
    )
