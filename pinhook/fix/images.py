"""The image of each step of a Dockerfile, as far as its instructions and the scripts of the repository show."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.stages import images_of_steps
from pinhook.fix.steps import steps_of
from pinhook.shell import SimpleCommand

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import TypeAlias

    from pinhook.documents import DockerfileDocument
    from pinhook.fix.further_requirements import FurtherRequirementsFinder
    from pinhook.fix.image.stages import StepImage
    from pinhook.fix.steps import Step
    from pinhook.fix.version_chooser import VersionSources

    Key: TypeAlias = tuple[int, int, tuple[str, ...]]


def images_of(
    document: DockerfileDocument,
    steps: Sequence[Step],
    sources: VersionSources,
    finder: FurtherRequirementsFinder,
    installers: Collection[str] = (),
) -> list[StepImage]:
    """The image of each step of a Dockerfile.

    A script of the repository that an instruction runs may change the image; ``steps`` do not contain its commands.
    """

    def images(some: Sequence[Step]) -> list[StepImage]:
        return images_of_steps(document.parsed, some, sources.images, sources.load, finder.read)

    alone = images(steps)
    if sources.open_repository is None or not document.part_with_scripts(in_repository=True):
        return alone
    with_scripts = steps_of(document.parsed, installers, sources.open_repository)
    if all(_key(step, document) for step in with_scripts if isinstance(step.item, SimpleCommand)):
        return alone
    keys = [_key(step, document) for step in with_scripts]
    found = {key: image for key, image in zip(keys, images(with_scripts), strict=True) if key}
    return [found.get(_key(step, document) or (-1, 0, ()), image) for step, image in zip(steps, alone, strict=True)]


def _key(step: Step, document: DockerfileDocument) -> Key | None:
    """What identifies a command of the Dockerfile itself."""
    item = step.item
    if not isinstance(item, SimpleCommand) or item.place.source is not document.source:
        return None
    return step.instruction_number, item.place.span.start, tuple(map(str, item.arguments))
