"""The form of the tables about images, and their consistency."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations, product

import pytest
from packaging.version import Version

from pinhook.fix.image import known_images, official_python, series, system_images, systems
from pinhook.fix.image.known_images import known_rows
from pinhook.fix.image.python import Python
from pinhook.fix.image.reference import parse_reference

MODULES = [known_images, official_python, series, system_images, systems]
VERSION = re.compile(r"[23]\.[0-9]{1,2}(\.[0-9]{1,2})?")

WITHOUT_SOURCE = {
    *(f"ubuntu:{release}" for release in ("15.10", "16.10", "17.04", "17.10", "18.10")),
    *("debian:7", "alpine:3.3", "alpine:3.4", "amazonlinux:1"),
    *(f"fedora:{release}" for release in range(20, 28)),
}
"""Releases whose Python is general knowledge only."""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_table_has_its_day(module: object) -> None:
    assert date.fromisoformat(module.AS_OF) <= date(2026, 12, 31)  # type: ignore[attr-defined]


def test_other_days_are_days() -> None:
    days = [image.as_of for image in known_images.KNOWN_IMAGES if image.as_of]
    assert all(map(date.fromisoformat, [*days, systems.FLOATING_AS_OF]))


def test_versions_parse() -> None:
    rows = [row.version for image in known_images.KNOWN_IMAGES for row in image.rows]
    pythons = [row.python3 for row in systems.SYSTEMS.values()]
    official = [*official_python.FROZEN.values(), official_python.NEWEST, *official_python.SERIES]
    assert all(map(VERSION.fullmatch, (*rows, *pythons, *official, *series.LEAST_PATCHES)))


def test_versions_of_pip_and_python_2_parse() -> None:
    for row in systems.SYSTEMS.values():
        assert not row.pip_version or Version(row.pip_version)
        assert not row.python2 or row.python2.startswith("2.7")
        assert row.pip_version == "" or row.manager == "apt"
        assert row.python2 or not row.has_pip2


def test_no_row_is_without_a_source() -> None:
    assert not WITHOUT_SOURCE & set(systems.SYSTEMS)


def test_names_of_releases_lead_to_systems() -> None:
    named = {*systems.CODENAMES.values(), *systems.FLOATING.values()}
    assert named <= set(systems.SYSTEMS)


def test_keys_of_systems_are_names_of_releases() -> None:
    assert all(re.fullmatch(r"[a-z]+(/leap)?:([0-9.]+|sid)", key) for key in systems.SYSTEMS)


@pytest.mark.parametrize("name", official_python.SERIES)
def test_a_variant_stopped_before_its_series(name: str) -> None:
    row = official_python.SERIES[name]
    assert all(patch <= row.patch for patch in row.variants.values())
    alpines = {Version(key.removeprefix("alpine")): patch for key, patch in row.variants.items() if "alpine" in key}
    patches = [alpines[release] for release in sorted(alpines)]
    assert patches == sorted(patches)


def test_series_that_have_ended_are_exact() -> None:
    ended = {name for name, row in official_python.SERIES.items() if not row.is_alive}
    assert ended == {"2.7", "3.5", "3.6", "3.7", "3.8", "3.9"}


def test_frozen_variants_are_those_of_their_series() -> None:
    for variant, version in official_python.FROZEN.items():
        name, _, patch = version.rpartition(".")
        row = official_python.SERIES[name]
        assert int(patch) <= row.variants.get(variant, row.patch)


def test_the_least_patch_is_one_of_the_tables() -> None:
    """It is no later than what any system has, but for a system with a first release of a series."""
    for row in systems.SYSTEMS.values():
        for version in filter(None, (row.python3, row.python2)):
            name, patch = version.rsplit(".", 1) if version.count(".") == 2 else (version, "")
            assert name in series.LEAST_PATCHES
            assert patch in {"", "0"} or series.LEAST_PATCHES[name] <= int(patch)


def test_every_series_of_a_table_has_a_patch_for_the_resolver() -> None:
    names = {row.version for image in known_images.KNOWN_IMAGES for row in image.rows} | set(official_python.SERIES)
    names |= {row.python3 for row in systems.SYSTEMS.values()} | {*known_images.MANYLINUX}
    for version in names:
        assert Python(version).for_resolver.count(".") == 2
        assert Python(version).for_resolver.startswith(version)


def test_rows_of_an_image_do_not_overlap() -> None:
    for image in known_images.KNOWN_IMAGES:
        for first, second in combinations(image.rows, 2):
            assert first.last
            assert second.first
            assert Version(first.last) < Version(second.first)
        for row in image.rows:
            assert not (row.first and row.last) or Version(row.first) <= Version(row.last)


RELEASES = (
    "20.05",
    "22.12",
    "24.05",
    "24.11",
    "25.04",
    "1.8.1",
    "1.9.0",
    "1.11.0",
    "1.12.1",
    "2.1.0",
    "2.5.1",
    "2.15.0",
)
ENDS = (
    "",
    "-py3",
    "-tf2-py3",
    "-trtllm-python-py3",
    "-cuda11.1",
    "-cuda11.3-x",
    "-gpu",
    "-pip-base",
    "-xpu",
    "-xpu-pip-base",
)


@pytest.mark.parametrize("tag", ["".join(parts) for parts in product(RELEASES, ENDS)])
def test_no_tag_has_two_rows_that_differ(tag: str) -> None:
    keys = ("nvcr.io/nvidia/pytorch", "nvcr.io/nvidia/tritonserver", "nvcr.io/nvidia/tensorflow", "pytorch/pytorch")
    for key in (*keys, "tensorflow/tensorflow", "intel/intel-extension-for-pytorch", "continuumio/miniconda3"):
        assert len({known.version for known in known_rows(parse_reference(f"{key}:{tag}"))}) <= 1


def test_no_row_is_there_twice() -> None:
    rows = [(image.repository.pattern, image.tag.pattern) for image in known_images.KNOWN_IMAGES]
    pythons = [(*row, image.rows) for row, image in zip(rows, known_images.KNOWN_IMAGES, strict=True)]
    assert len(set(pythons)) == len(pythons)
