"""``--show-python``: the Python of each install command, with the evidence, or the reason why it is unknown."""

from __future__ import annotations

from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.documents import DockerfileDocument
from pinhook.fix.further_requirements import FurtherRequirementsFinder
from pinhook.fix.given_options import UndecidableOptionsError
from pinhook.fix.image.python import UnknownPython
from pinhook.fix.images import images_of
from pinhook.fix.index_options import index_options_of
from pinhook.fix.steps import steps_of
from pinhook.fix.version_chooser import choose_python, python_clause
from pinhook.redact import redact
from pinhook.reporters.display import escape_unprintable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pinhook.documents import Document
    from pinhook.fix.image.stages import StepImage
    from pinhook.fix.steps import Step
    from pinhook.fix.version_chooser import VersionSources
    from pinhook.source import Place


def show_python(document: Document, sources: VersionSources, installers: Collection[str] = ()) -> str:
    """The page for a file: each install command with its Python; empty if nothing is installed."""
    if not isinstance(document, DockerfileDocument):
        return f"{escape_unprintable(document.source.path)}: only a Dockerfile says which Python is used\n"
    steps = steps_of(document.parsed, installers)
    finder = FurtherRequirementsFinder(document.parsed, steps, sources.open_repository)
    images = images_of(document, steps, sources, finder, installers)
    found = [
        "\n".join(escape_unprintable(redact(line)) for line in _lines(step, step.installation.place, image, sources))
        for step, image in zip(steps, images, strict=True)
        if step.installation
    ]
    return "".join(f"{each}\n" for each in dict.fromkeys(found))


def _lines(step: Step, place: Place, image: StepImage, sources: VersionSources) -> Iterator[str]:
    """The command, its Python, and the evidence, one line each."""
    yield f"{_position(place)}: {_text(place)}"
    python = choose_python(_requested_python(step), image.python, sources)
    if isinstance(python, UnknownPython):
        yield f"  not known: {python.reason}"
        if python.place:
            yield f"    {_position(python.place)}: {_text(python.place)}"
        return
    yield f"  {python_clause(python)}"
    for each in python.evidence:
        yield f"    {_position(each.place)}: {each.clause}" if each.place else f"    {each.clause}"
    for caveat in dict.fromkeys((*python.caveats, *(image.caveats if python is image.python else ()))):
        yield f"  unsafe: {caveat}"


def _requested_python(step: Step) -> str:
    """The version of Python that the command itself requests; empty if none."""
    try:
        return index_options_of(step).python
    except UndecidableOptionsError:
        return ""


def _position(place: Place) -> str:
    return f"{place.source.path}:{place.source.position(place.span.start).line}"


def _text(place: Place) -> str:
    """The first line of the text at a place."""
    first, _, rest = place.source.text[slice(*place.span)].partition("\n")
    return first.rstrip("\\ \r") + (" …" if rest.strip() else "")
