"""What the name of an image says, before the Dockerfile does anything."""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.fix.image.platform import Platform, platform_of
from pinhook.fix.image.python import Evidence, Python, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VERSION = r"(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9.])"
_TAG = regex(rf"(?:[0-9]-)?{_VERSION}")  # 1-3.12 is a first edition of an image with Python 3.12
_NAMED = regex(rf"(?:^|[-_])(?:python|py)-?{_VERSION}")
_IMAGE = regex(r"(?:.*/)?(?P<name>[^/:@]+)(?::(?P<tag>[^/@]+))?(?:@.*)?")

USUAL = "/usr/local/bin"
"""The folder that an image's own Python is taken to be in where nothing says another one."""

_COMMANDS = ("python", "python3", "pip", "pip3")


class ImageSettings(NamedTuple):
    """What the user says about images.

    ``pythons`` has versions by pattern, ``builds`` the path of the Dockerfile, from the root of the repository, of each
    image that the repository builds.
    """

    pythons: Mapping[str, str] = {}
    builds: Mapping[str, str] = {}


class Base(NamedTuple):
    """What the name of an image says.

    ``system`` is a key of the table of systems (``debian:12``), empty if it is not known. ``pythons`` are the
    interpreters by the path of each command that belongs to one. ``path`` are the folders of ``PATH`` in order.
    ``dockerfile`` is the path of the Dockerfile in the repository that builds the image, if one does: what it does is
    in the image too. ``own`` is the Python of the commands without a path, or why it is not known.
    """

    name: str
    system: str
    own: Python | Unknown
    pythons: Mapping[str, Python | Unknown]
    path: tuple[str, ...]
    platform: Platform
    caveats: tuple[str, ...] = ()
    dockerfile: str = ""


def base_of(name: str, flags: Sequence[str], settings: ImageSettings | None = None) -> Base:
    """What the name of an image and the flags of ``FROM`` say, with the variables of both replaced."""
    settings = settings or ImageSettings()
    built = settings.builds.get(name, "")
    found = _IMAGE.fullmatch(name)
    tag = (found and found["tag"]) or ""
    version = _NAMED.search(tag)
    if found and found["name"] == "python":
        version = _TAG.match(tag) or version
    platform = platform_of(name, tag, flags)
    if version is None:
        unknown = Unknown(f"the Python of {name or 'the image'} is not known")
        return Base(name, "", unknown, {}, (USUAL, "/usr/bin"), platform, (), built)
    python = Python(version["version"], evidence=(Evidence(None, name),))
    pythons = {f"{USUAL}/{command}": python for command in _COMMANDS}
    return Base(name, "", python, pythons, (USUAL, "/usr/bin"), platform, (), built)
