"""The image that a command runs in, as far as ``FROM`` says it: its Python and its platform."""

from __future__ import annotations

import re
from functools import partial

from pinhook import dockerfile
from pinhook.dockerfile.expansion import expand
from pinhook.dockerfile.words import split_fields
from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pinhook.source import SourceText

_VERSION = r"(?P<version>[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9.])"
_TAG = regex(rf"(?:[0-9]-)?{_VERSION}")  # 1-3.12 is a first edition of an image with Python 3.12
_NAMED = regex(rf"(?:^|[-_])(?:python|py)-?{_VERSION}")
_IMAGE = regex(r"(?:.*/)?(?P<name>[^/:@]+)(?::(?P<tag>[^/@]+))?(?:@.*)?")
_ARCHITECTURES = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}


class Image(NamedTuple):
    """The base of a build stage.

    ``name`` is as ``FROM`` has it, variables replaced. ``python`` is a version with its minor number at least, or
    empty: nothing is made up for ``python:3`` or ``ubuntu``. ``platform`` is one of ``uv --python-platform``.
    """

    name: str = ""
    python: str = ""
    platform: str = "x86_64-unknown-linux-gnu"


def images(parsed: dockerfile.Dockerfile) -> list[Image]:
    """The image that each instruction runs in, by the number of the instruction.

    A stage that is built on an earlier one has the image of that one.
    """
    found: list[Image] = []
    stages: dict[str, Image] = {}
    image = Image()
    variables: Mapping[str, SourceText] | None = None
    scopes = dockerfile.walk(parsed)
    for instruction, (_, scope) in zip(parsed.instructions, scopes, strict=True):
        if instruction.keyword == "FROM":
            variables = scope.variables if variables is None else variables  # those from before the first FROM
            known = partial(expand, variables=variables, escape=parsed.escape, room=scope.room)
            fields = [str(known(field)) for field in split_fields(instruction.arguments)]
            flags = [str(known(flag)) for flag in instruction.flags]
            base = fields[0] if fields else ""
            image = stages.get(base.lower()) or read(base, flags)
            if len(fields) == 3:
                stages[fields[2].lower()] = image
        found.append(image)
    return found


def read(name: str, flags: list[str]) -> Image:
    """What the name of an image says: ``python:3.12-alpine``, ``lambda/python:3.11``, ``tools:2.1-python3.10``."""
    found = _IMAGE.fullmatch(name)
    tag = (found and found["tag"]) or ""
    version = _NAMED.search(tag)
    if found and found["name"] == "python":
        version = _TAG.match(tag) or version
    machine = next((flag.rpartition("/")[2] for flag in flags if flag.startswith("--platform=linux/")), "amd64")
    libc = "musl" if re.search(r"(^|[-_])alpine", f"{found['name']}-{tag}" if found else "") else "gnu"
    system = "pc-windows-msvc" if "windows" in tag or "nanoserver" in tag else f"unknown-linux-{libc}"
    return Image(name, version["version"] if version else "", f"{_ARCHITECTURES.get(machine, 'x86_64')}-{system}")
