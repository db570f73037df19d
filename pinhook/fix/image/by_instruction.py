"""The image that a command runs in, as far as ``FROM`` says it: its Python and its platform."""

from __future__ import annotations

from functools import partial

from pinhook import dockerfile
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple
from pinhook.dockerfile.expansion import expand
from pinhook.dockerfile.words import split_fields
from pinhook.fix.image.base import base_of
from pinhook.fix.image.python import Python

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pinhook.fix.image.base import ImageSettings
    from pinhook.source import SourceText


class Image(NamedTuple):
    """The base of a build stage.

    ``name`` is as ``FROM`` has it, variables replaced. ``python`` is a version with its minor number at least, or
    empty: nothing is made up for ``python:3`` or ``ubuntu``. ``platform`` is one of ``uv --python-platform``, empty
    where uv has none for it; ``machine`` is what the image is for, as Docker calls it.
    """

    name: str = ""
    python: str = ""
    platform: str = "x86_64-unknown-linux-gnu"
    machine: str = "linux/amd64"


def images_by_instruction(parsed: dockerfile.Dockerfile, settings: ImageSettings | None = None) -> list[Image]:
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
            expanded = partial(expand, variables=variables, escape=parsed.escape, budget=scope.budget)
            fields = [str(expanded(field)) for field in split_fields(instruction.arguments)]
            flags = [str(expanded(flag)) for flag in instruction.flags]
            base = fields[0] if fields else ""
            image = stages.get(base.lower()) or parse_image(base, flags, settings)
            if len(fields) == 3:
                stages[fields[2].lower()] = image
        found.append(image)
    return found


def parse_image(name: str, flags: Sequence[str], settings: ImageSettings | None = None) -> Image:
    """What the name of an image says: ``python:3.12-alpine``, ``tools:2.1-python3.10``."""
    base = base_of(name, flags, settings)
    is_certain = isinstance(base.own, Python) and not (base.own.caveats or base.packages or base.constraints)
    python = base.own.for_resolver if isinstance(base.own, Python) and is_certain else ""
    return Image(name, python, base.platform.target, base.platform.docker)
