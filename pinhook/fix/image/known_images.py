"""Images with their own Python, by the exact name of the repository.

Sources: release notes and compatibility tables of NVIDIA; the histories of google/oss-fuzz, volcengine/verl,
intel/ai-containers, intel/intel-extension-for-tensorflow, HabanaAI/Setup_and_Install, tensorflow/build,
ContinuumIO/docker-images, conda-forge/docker-images, jupyter/docker-stacks, aws-lambda-base-images and pypa/manylinux;
release notes of Anaconda, Miniforge, Airflow and Ray; the page of tensorflow/tensorflow on Docker Hub; and issues of
pytorch/pytorch and tensorflow/tensorflow that quote the version. Releases without a source, and those with
contradicting sources, have no row, but for releases between two that have the same Python.
"""

from __future__ import annotations

from pinhook._startup.lazy_re import regex
from pinhook._startup.namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Pattern

    from pinhook.fix.image.reference import Reference

AS_OF = "2026-11-27"


class Row(NamedTuple):
    """The Python of the releases from ``first`` to ``last``; an empty bound is open.

    Only whole components are compared.
    """

    version: str
    first: str = ""
    last: str = ""


class KnownImage(NamedTuple):
    """Known images whose repository and tag match patterns completely.

    ``release``            the group of the tag that is compared with the rows
    ``folder``             the folder of the interpreter
    ``has_packages``       the image has further packages
    ``constraints_from``   the first release with a constraints file for these packages
    ``as_of``              the date of the row, for a tag that moves
    """

    repository: Pattern[str]
    tag: Pattern[str]
    rows: tuple[Row, ...]
    folder: str = "/usr/local/bin"
    has_packages: bool = True
    constraints_from: str = ""
    as_of: str = ""


_CONDA = "/opt/conda/bin"
_MONTH = r"(?P<release>[0-9]{2}\.[0-9]{2})"
_RELEASE = r"(?P<release>[0-9]{1,6}(?:\.[0-9]{1,6}){0,3})"
_NVIDIA = r"nvcr\.io/nvidia/"

KNOWN_IMAGES = (
    KnownImage(
        regex(rf"{_NVIDIA}pytorch"),
        regex(rf"{_MONTH}-py3(?:-igpu)?"),
        (
            Row("3.6", "", "20.10"),
            Row("3.8", "21.01", "23.04"),
            Row("3.10", "23.05", "24.10"),
            Row("3.12", "24.11", "26.07"),
        ),
        constraints_from="25.03",
    ),
    KnownImage(
        regex(rf"{_NVIDIA}tensorflow"),
        regex(rf"{_MONTH}-tf[12]-py3"),
        (Row("3.6", "20.03", "20.10"), Row("3.8", "21.04", "23.03")),
    ),
    KnownImage(
        regex(rf"{_NVIDIA}tensorflow"),
        regex(rf"{_MONTH}-py3"),
        (Row("3.5", "18.06", "19.06"), Row("3.6", "19.09", "20.01")),
    ),
    KnownImage(regex(rf"{_NVIDIA}tensorflow"), regex(rf"{_MONTH}-py2"), (Row("2.7", "18.06", "20.01"),)),
    KnownImage(
        regex(rf"{_NVIDIA}tritonserver"),
        regex(rf"{_MONTH}-(?:vllm-python-)?py3(?:-igpu)?"),
        (Row("3.10", "23.05", "24.10"), Row("3.12", "24.11", "26.07")),
    ),
    KnownImage(
        regex(rf"{_NVIDIA}tritonserver"),
        regex(rf"{_MONTH}-trtllm-python-py3"),
        (Row("3.10", "24.11", "24.11"), Row("3.12", "24.12", "26.07")),
    ),
    KnownImage(regex(rf"{_NVIDIA}nemo"), regex(_MONTH), (Row("3.12", "25.04", "25.04"),)),
    KnownImage(
        regex(r"gcr\.io/oss-fuzz-base/base-builder(?:-(?:python|rust|go|jvm|javascript|ruby|swift))?"),
        regex(r"(?:latest|ubuntu-20-04|ubuntu-24-04)?"),
        (Row("3.11.13"),),
        has_packages=False,
        as_of="2026-08-20",
    ),
    KnownImage(
        regex(r"gcr\.io/oss-fuzz-base/(?:base-runner|cifuzz-base)"),
        regex(r"(?:latest|ubuntu-20-04|ubuntu-24-04)?"),
        (Row("3.11.13"),),
        as_of="2026-08-20",
    ),
    KnownImage(
        regex(r"pytorch/pytorch"),
        regex(rf"{_RELEASE}-cuda[0-9.]+(?:-.*)?"),
        (
            Row("3.7", "1.6.0", "1.6.0"),
            Row("3.8", "1.7.1", "1.7.1"),
            Row("3.7", "1.9.0", "1.9.0"),
            Row("3.10", "1.13.1", "1.13.1"),
            Row("3.10", "2.0", "2.3"),
            Row("3.11", "2.4", "2.8"),
        ),
        _CONDA,
    ),
    KnownImage(
        regex(r"pytorch/pytorch"), regex(rf"{_RELEASE}-cuda10\.2(?:-.*)?"), (Row("3.7", "1.8.1", "1.8.1"),), _CONDA
    ),
    KnownImage(
        regex(r"pytorch/pytorch"), regex(rf"{_RELEASE}-cuda11\.1(?:-.*)?"), (Row("3.8", "1.8.1", "1.8.1"),), _CONDA
    ),
    KnownImage(
        regex(r"pytorch/pytorch"),
        regex(rf"{_RELEASE}-cuda11\.3(?:-.*)?"),
        (Row("3.8", "1.11.0", "1.11.0"), Row("3.7", "1.12", "1.12")),
        _CONDA,
    ),
    KnownImage(
        regex(r"tensorflow/tensorflow"),
        regex(rf"{_RELEASE}(?:-gpu)?(?:-jupyter)?"),
        (
            Row("2.7", "", "1.15.0"),
            Row("3.6", "1.15.2", "1.15.2"),
            Row("2.7", "2.0.0", "2.1.0"),
            Row("3.6", "2.1.1", "2.3"),
            Row("3.8", "2.10", "2.12"),
            Row("3.11", "2.14", "2.20"),
        ),
    ),
    KnownImage(
        regex(r"tensorflow/tensorflow"),
        regex(rf"{_RELEASE}(?:-gpu)?-py3(?:-jupyter)?"),
        (Row("3.5", "1.4", "1.13"), Row("3.6", "1.14", "2.1")),
    ),
    KnownImage(
        regex(r"tensorflow/tensorflow"),
        regex(r"(?:latest|nightly|devel)?(?:-gpu)?(?:-jupyter)?"),
        (Row("3.11"),),
        as_of="2026-02-18",
    ),
    KnownImage(
        regex(r"intel/intel-extension-for-pytorch"),
        regex(rf"{_RELEASE}(?:-.*)?-pip-base"),
        (Row("3.10", "2.0.0", "2.5.0"), Row("3.11", "2.6")),
    ),
    KnownImage(
        regex(r"intel/intel-extension-for-pytorch"),
        regex(rf"{_RELEASE}-xpu(?:-.*)?"),
        (Row("3.10", "", "2.3.110"), Row("3.11", "2.5.10")),
    ),
    KnownImage(
        regex(r"intel/intel-extension-for-tensorflow"), regex(rf"{_RELEASE}[0-9.]*-xpu"), (Row("3.10", "2.13", "2.15"),)
    ),
    KnownImage(
        regex(rf"vault\.habana\.ai/gaudi-docker/[0-9.]+/ubuntu{_RELEASE}/habanalabs/pytorch-installer-(?!.*-py3)[^/]+"),
        regex(r"(?!.*-py3).*"),
        (Row("3.8", "18.04", "18.04"), Row("3.8", "20.04", "20.04"), Row("3.10", "22.04", "22.04")),
    ),
    KnownImage(regex(r"verlai/verl"), regex(r"base-verl0\.(?:4|5-cu126)-.*"), (Row("3.10"),)),
    KnownImage(regex(r"verlai/verl"), regex(r"base-verl0\.(?:5-preview|6)-.*"), (Row("3.12"),)),
    KnownImage(regex(r"lmsysorg/sglang"), regex(r"v0\.5\.6(?!.*rocm).*"), (Row("3.12"),)),
    KnownImage(
        regex(r"continuumio/miniconda3"),
        regex(rf"{_RELEASE}(?:p[0-9]+|-[0-9]+)?(?:-alpine)?"),
        (
            Row("3.8", "4.9.2", "4.9.2"),
            Row("3.9", "4.10.3", "4.12"),
            Row("3.10", "22.11.1", "23.3.1"),
            Row("3.11", "23.5.2", "24.1.2"),
            Row("3.12", "24.3", "24.5"),
            Row("3.13", "26.3.2", "26.3.2"),
        ),
        _CONDA,
    ),
    KnownImage(regex(r"continuumio/miniconda3"), regex(r"(?:latest)?"), (Row("3.13"),), _CONDA, as_of="2026-04-28"),
    KnownImage(
        regex(r"condaforge/(?:miniforge3|mambaforge)"),
        regex(rf"{_RELEASE}-[0-9]+"),
        (Row("3.10", "4.14.0", "4.14.0"), Row("3.12", "24.7.1", "24.7.1")),
        _CONDA,
    ),
    KnownImage(
        regex(r"continuumio/anaconda3"),
        regex(rf"{_RELEASE}(?:-[0-9]+)?"),
        (Row("3.9", "2021.11", "2021.11"), Row("3.13", "2025.12", "2025.12")),
        _CONDA,
    ),
    KnownImage(regex(r"apache/airflow"), regex(_RELEASE), (Row("3.7", "2.2.2", "2.5.1"), Row("3.8", "2.8.0", "2.8.1"))),
    KnownImage(regex(r"rayproject/ray"), regex(r"nightly(?:-gpu|-cpu)?"), (Row("3.10"),), as_of="2025-11-19"),
    KnownImage(
        regex(r"quay\.io/jupyter/[a-z-]+-notebook"), regex(r"(?:latest)?"), (Row("3.13"),), _CONDA, as_of="2026-08-08"
    ),
    KnownImage(regex(r"jupyter/[a-z-]+-notebook"), regex(r"(?:latest)?"), (Row("3.11"),), _CONDA, as_of="2023-10-20"),
)

_MANYLINUX = regex(r"quay\.io/pypa/(?:many|musl)linux.*")

_WHY_NOT = (
    (_MANYLINUX, "has several Pythons under /opt/python"),
    (regex(r"gcr\.io/google_appengine/python"), "has several Pythons"),
    (regex(r"mcr\.microsoft\.com/devcontainers/universal"), "has several Pythons"),
    (regex(r"mambaorg/micromamba"), "has no Python before an environment is made"),
    (
        regex(r"continuumio/miniconda3|quay\.io/jupyter/.*|jupyter/.*"),
        "has a Python that changes, and the tag names none",
    ),
)
"""Repositories whose Python cannot be known, and a clause with the reason that follows the name."""

PYTHON_IMAGES = {
    "public.ecr.aws/lambda/python": "/var/lang/bin",
    "mcr.microsoft.com/devcontainers/python": "/usr/local/bin",
}
"""Repositories named ``python`` whose tag starts with its version, with the folder of the interpreter."""

_WITHOUT_PACKAGES = regex(
    r"ghcr\.io/astral-sh/uv|quay\.io/sclorg/python-3[0-9]+-c[0-9]+s"
    r"|registry\.access\.redhat\.com/ubi[0-9]+/python-3[0-9]+"
)
"""Repositories with a version in name or tag that contain only Python and its installers."""

_WITH_PACKAGES = regex(r"nvcr\.io/nvidia/l4t-(?:ml|pytorch|tensorflow)|ros")
"""Repositories with packages for the Python of the system."""

MANYLINUX = tuple(f"3.{minor}" for minor in range(9, 16))
"""The series of Python in the manylinux images, each in its own folder."""


class Known(NamedTuple):
    """The row of an image, and further data about its releases."""

    version: str
    image: KnownImage
    has_constraints: bool


def find_known(reference: Reference) -> Known | None:
    """The entry of the table for an image; ``None`` if there is none."""
    return next(known_rows(reference), None)


def known_rows(reference: Reference) -> Iterator[Known]:
    """All rows for an image. A digest may be of any release, so a row for a tag that moves does not apply."""
    for image in _images_of(reference):
        release = _release(image, reference)
        for row in image.rows:
            if release is not None and _is_between(release, row.first, row.last):
                constraints = image.constraints_from
                yield Known(row.version, image, bool(constraints) and _is_between(release, constraints, ""))


def _release(image: KnownImage, reference: Reference) -> str | None:
    """The release in the repository or tag; empty if there is none; ``None`` if the tag does not match."""
    repository, tag = image.repository.fullmatch(reference.key), image.tag.fullmatch(reference.tag)
    if repository is None or tag is None or (image.as_of and reference.digest):
        return None
    parts: dict[str, str | None] = {**repository.groupdict(), **tag.groupdict()}
    return parts.get("release") or ""


def has_packages(reference: Reference) -> bool:
    """Whether the images of a repository are known to have further packages in every release."""
    if _WITH_PACKAGES.fullmatch(reference.key):
        return True
    return any(image.has_packages for image in _images_of(reference))


def is_manylinux(reference: Reference) -> bool:
    """Whether an image has several Pythons in folders under ``/opt/python``."""
    return _MANYLINUX.fullmatch(reference.key) is not None


def why_unknown(reference: Reference) -> str:
    """Why the Python of a repository cannot be known; empty if it is not in the table."""
    return next((why for pattern, why in _WHY_NOT if pattern.fullmatch(reference.key)), "")


def is_without_packages(reference: Reference) -> bool:
    """Whether an image contains only Python and its installers."""
    return _WITHOUT_PACKAGES.fullmatch(reference.key) is not None


def _images_of(reference: Reference) -> Iterator[KnownImage]:
    return (image for image in KNOWN_IMAGES if image.repository.fullmatch(reference.key))


def _is_between(release: str, first: str, last: str) -> bool:
    """Whether a release is in a range of releases: 2.3.1 is in the range up to 2.3."""
    numbers, most = _numbers(release), _numbers(last)
    return (not first or numbers >= _numbers(first)) and (not last or numbers[: len(most)] <= most)


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split("."))) if release else ()
