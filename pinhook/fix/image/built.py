"""The images that the repository builds."""

from __future__ import annotations

from functools import cache

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.fix.image.base import ImageSettings
from pinhook.fix.image.reference import parse_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pinhook.repository.repository import Repository


def image_settings(pythons: Mapping[str, str], tree: Callable[[], Repository]) -> ImageSettings:
    """The settings about images, with the repository. Its files are read only if a name requires it.

    ``pythons`` are versions by patterns of names.
    """

    @cache
    def builds() -> Mapping[str, str]:
        from pinhook.follow.declared_builds import built_images

        repository = tree()
        found = built_images(repository) | {**repository.dockerfiles_by_image}
        return {parse_reference(name).without_registry: path for name, path in found.items()}

    return ImageSettings(pythons, builds)
