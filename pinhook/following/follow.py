"""The files behind the ``-r`` and ``-c`` of install commands."""

from __future__ import annotations

import posixpath
import re
from functools import cache, partial
from urllib.parse import unquote

from pinhook.following import compose, ignored
from pinhook.following.build import build
from pinhook.following.copies import joined
from pinhook.following.layers import NOWHERE, OUTSIDE, Context, Copied, Elsewhere, Written, look_up
from pinhook.following.tree import Tree
from pinhook.installers.listed import listed
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple
from pinhook.requirements.file import parse_file, parse_text
from pinhook.source import Source, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pinhook.dockerfile import Dockerfile
    from pinhook.following.build import Build
    from pinhook.following.layers import Answer
    from pinhook.installers import Installation
    from pinhook.requirements.file import RequirementsFile
    from pinhook.shell import SimpleCommand
    from pinhook.source import SourceText, Span

MOST_FILES = 200
"""More files than this are not followed from one command."""

_REMOTE = regex(r"(?:https?|ftp|git\+\w+|s3|gs)://", re.IGNORECASE)
_STDIN = regex(r"-|/dev/.*|/proc/.*")
_LOCK = regex(r"(?:.*/)?pylock(?:\.[^/]+)?\.toml")
_PROJECT = regex(r".*\.(?:toml|cfg|py|ya?ml|json|lock)")
_EMPTY = Tree("Dockerfile", lambda _: False, lambda _: False, lambda: (), lambda _: None, Source.decode)
_UNKNOWN = Elsewhere("is a name that only the build knows")
_ADRIFT = Elsewhere("is in a folder that only the build knows")
_AMBIGUOUS = Elsewhere("may be one of several files, depending on the build context")
_NO_CONTEXT = Elsewhere("comes from a build context that is not in the repository")


class Followed(NamedTuple):
    """What was found behind one name of a file.

    ``name`` is as the option or the including file has it, ``path`` that in the repository, empty for a file that the
    Dockerfile writes itself; ``reason`` says, as a clause, why nothing was found, and is empty otherwise.
    """

    name: SourceText
    is_constraint: bool
    path: str = ""
    reason: str = ""
    file: RequirementsFile | None = None


class Follower:
    """Follows the installations of one Dockerfile.

    ``commands`` are the simple commands of each instruction, by the offset at which it starts. Without a ``tree``
    only what the Dockerfile itself writes is found.
    """

    def __init__(
        self,
        parsed: Dockerfile,
        commands: Mapping[int, Sequence[SimpleCommand]],
        installations: Sequence[Installation],
        tree: Tree | None,
    ) -> None:
        wanted = {each.place.span for each in installations if _names_files(each) or not each.is_locked}
        self.tree = tree or _EMPTY
        self.has_tree = tree is not None
        self.builds = [build(parsed, each, commands, wanted) for each in _contexts(self.tree)] if wanted else []
        self.files: dict[str, RequirementsFile | Elsewhere] = {}
        self.followed: list[Followed] = []
        self.declared = cache(partial(compose.declared, self.tree))

    def follow(self, installation: Installation) -> Installation:
        """The installation with the lists behind it. Where a constraints file is not found there are none of these."""
        if not installation.is_locked:
            return installation._replace(is_locked=not self.lacks_lock(installation.place.span))
        if not _names_files(installation):
            return installation
        found = list(self.everything(installation))
        self.followed += found
        constraints = [each for each in found if each.is_constraint]
        are_known = all(each.file for each in constraints)
        return installation._replace(
            lists=tuple(listed(each.file) for each in found if each.file and not each.is_constraint),
            constraints=tuple(listed(each.file) for each in constraints if each.file) if are_known else None,
        )

    def everything(self, installation: Installation) -> Iterator[Followed]:
        """The files that a command names, and those that these include, each once."""
        span = installation.place.span
        waiting = [(name, self.image_path(name, span), False) for name in installation.requirements_files]
        waiting += [(name, self.image_path(name, span), True) for name in installation.constraints_files]
        seen: set[tuple[object, bool]] = set()
        while waiting and len(seen) < MOST_FILES:
            name, path, is_constraint = waiting.pop(0)
            if (path, is_constraint) in seen:
                continue
            seen.add((path, is_constraint))
            followed = self.one(name, path, span, is_constraint=is_constraint)
            yield followed
            for include in followed.file.includes if followed.file else ():
                inside = _image_path(include.path, posixpath.dirname(path) if isinstance(path, str) else None)
                waiting.append((include.path, inside, is_constraint or include.is_constraint))

    def image_path(self, name: SourceText, span: Span) -> str | Elsewhere:
        """The path in the image that a word of a command names."""
        return _image_path(name, self.folder(span))

    def one(self, name: SourceText, path: str | Elsewhere, span: Span, *, is_constraint: bool) -> Followed:
        """The file at a path of the image."""
        answer = path if isinstance(path, Elsewhere) else self.find(path, span)
        match answer:
            case Elsewhere(reason=reason):
                return Followed(name, is_constraint, reason=reason)
            case Written(text=text):
                return Followed(name, is_constraint, file=parse_text(text))
            case Copied(path=found):
                file = self.read(found)
                if isinstance(file, Elsewhere):
                    return Followed(name, is_constraint, found, file.reason)
                return Followed(name, is_constraint, found, file=file)

    def find(self, path: str, span: Span) -> Answer:
        """Where a file comes from, in every context that the Dockerfile can be built in."""
        whole = [each for each in self.builds if not each.missing]
        answers = _answers(path, span, whole or self.builds)
        if len(answers) > 1:
            folders = self.declared()
            answers = _answers(path, span, [each for each in whole or self.builds if each.context.folder in folders])
            if len(answers) != 1:
                return _AMBIGUOUS
        answer = answers[0] if answers else NOWHERE
        return _NO_CONTEXT if isinstance(answer, Copied) and not whole else answer

    def read(self, path: str) -> RequirementsFile | Elsewhere:
        """A requirements file of the repository, read once."""
        if path not in self.files:
            self.files[path] = self.read_anew(path)
        return self.files[path]

    def read_anew(self, path: str) -> RequirementsFile | Elsewhere:
        """A requirements file of the repository, or why it cannot be read."""
        data = self.tree.read(path)
        if data is None:
            return Elsewhere("cannot be read")
        try:
            return parse_file(self.tree.decode(path, data))
        except SourceError as error:
            return Elsewhere(str(error))

    def lacks_lock(self, span: Span) -> bool:
        """Whether the project of a ``uv sync`` is in the repository, and no ``uv.lock`` is anywhere in it."""
        if not self.has_tree or any(posixpath.basename(path) == "uv.lock" for path in self.tree.files()):
            return False
        folder = self.folder(span)
        return folder is not None and isinstance(self.find(joined(folder, "pyproject.toml"), span), Copied)

    def folder(self, span: Span) -> str | None:
        """The working directory of a command."""
        folders = {each.moments[span].folder for each in self.builds if span in each.moments}
        return next(iter(folders)) if len(folders) == 1 else None


def _names_files(installation: Installation) -> bool:
    return bool(installation.requirements_files or installation.constraints_files)


def _answers(path: str, span: Span, builds: Sequence[Build]) -> list[Answer]:
    """What there is at a path; a context in which it comes from nowhere is not the right one."""
    moments = ((each.moments[span].layers, each.context) for each in builds if span in each.moments)
    answers = dict.fromkeys(look_up(path, layers, context) for layers, context in moments)
    return [answer for answer in answers if answer is not NOWHERE]


def _image_path(name: SourceText, folder: str | None) -> str | Elsewhere:
    text = str(name)
    if not name.is_known or re.search(r"[*?\[]", text):
        return _UNKNOWN
    if _REMOTE.match(text):
        return OUTSIDE
    if text.lower().startswith("file:"):
        text = unquote(re.sub("^file:(?://(?:localhost)?)?", "", text, flags=re.IGNORECASE))
    if not text or _STDIN.fullmatch(text) or text.startswith("~"):
        return _UNKNOWN
    if _LOCK.fullmatch(text):
        return Elsewhere("is a lock file")
    if _PROJECT.fullmatch(text):
        return Elsewhere("is the metadata of a project, where a range is no lock and no flaw")
    if folder is None and not text.startswith("/"):
        return _ADRIFT
    return joined(folder or "/", text)


def _contexts(tree: Tree) -> Iterator[Context]:
    """The folders that may be the build context: that of the Dockerfile, and those above it."""
    folder = tree.dockerfile
    while folder:
        folder = posixpath.dirname(folder)
        yield Context(tree, folder, _ignored(tree, folder))


def _ignored(tree: Tree, folder: str) -> tuple[ignored.Pattern, ...]:
    """What the build does not see; the file that is called as the Dockerfile goes before that of the context."""
    for path in (f"{tree.dockerfile}.dockerignore", posixpath.join(folder, ".dockerignore")):
        if tree.is_file(path) and (data := tree.read(path)) is not None:
            return ignored.parse(data.decode("utf-8", "replace"))
    return ()
