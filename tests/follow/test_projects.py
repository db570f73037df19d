"""Installing from a ``pyproject.toml`` or a lock file, and ranges in a file that is not a lock file."""

from __future__ import annotations

import pytest

from tests.follow.repositories import checked, found, reasons

COPY = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"
LOOSE = '[project]\ndependencies = ["flask>=2", "six", "x==1"]\n[dependency-groups]\ndev = ["pytest"]\nci = ["x==1"]\n'
PINNED = '[project]\ndependencies = ["flask==2.0"]\n'
NOT_REQUIREMENTS = "is the metadata of a project, and no requirements file"


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        ("uv pip install -r pyproject.toml", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv pip sync pyproject.toml", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv pip install -r pyproject.toml", {"pyproject.toml": PINNED}, []),
        ("uv pip install -r pyproject.toml flask==2 six==1", {"pyproject.toml": LOOSE}, []),
        ("uv pip install -r pyproject.toml -c c.txt", {"pyproject.toml": LOOSE, "c.txt": "flask==2\nsix==1\n"}, []),
        ("uv pip install -r pyproject.toml -c no.txt", {"pyproject.toml": LOOSE}, []),
        ("uv pip install -r a/pyproject.toml", {"a/pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv run --with-requirements pyproject.toml x", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("pip install -r pyproject.toml", {"pyproject.toml": LOOSE}, []),
        ("pip install .", {"pyproject.toml": LOOSE}, []),
        ("pip install --group dev", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("pip install --group=ci", {"pyproject.toml": LOOSE}, []),
        ("pip install --group a/pyproject.toml:dev", {"a/pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("PIP_GROUP=dev pip install", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv pip install --group dev --group ci", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv pip install --group dev -r pyproject.toml", {"pyproject.toml": LOOSE}, ["Dockerfile:4", "Dockerfile:4"]),
        ("cd a && pip install --group dev", {"a/pyproject.toml": LOOSE, "pyproject.toml": PINNED}, ["Dockerfile:4"]),
        ("pip install --group none", {"pyproject.toml": LOOSE}, []),
        ("pip install --group $G", {"pyproject.toml": LOOSE}, []),
        ("pip install --group dev", {}, []),
        ("pip install --group dev", {"pyproject.toml": "["}, []),
        ("sed -i s/a/b/ pyproject.toml && pip install --group dev", {"pyproject.toml": LOOSE}, []),
        ("echo x > pyproject.toml && pip install --group dev", {"pyproject.toml": LOOSE}, []),
        ("uv sync", {"pyproject.toml": LOOSE}, ["Dockerfile:4"]),
        ("uv sync --group dev", {"pyproject.toml": LOOSE, "uv.lock": ""}, []),
        ("uv sync --frozen", {"pyproject.toml": LOOSE}, []),
        ("uv sync --locked --group dev", {"pyproject.toml": LOOSE}, []),
        ("poetry install", {"pyproject.toml": LOOSE, "poetry.lock": ""}, []),
        ("uv pip sync pylock.toml", {"pylock.toml": "x"}, []),
        ("pip install -r pylock.dev.toml", {"pylock.dev.toml": "x"}, []),
        ("uv export --frozen > r.txt && uv pip install -r r.txt", {"r.txt": "flask"}, []),
    ],
)
def test_places_of_findings(command: str, files: dict[str, str], expected: list[str]) -> None:
    assert found({"Dockerfile": f"{COPY}RUN {command}\n", **files}) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uv pip install -r pyproject.toml", "pyproject.toml"),
        ("pip install -r pyproject.toml", NOT_REQUIREMENTS),
        ("uv pip install -r setup.py", NOT_REQUIREMENTS),
        ("uv pip install -r setup.cfg", NOT_REQUIREMENTS),
        ("pip install -r environment.yml", NOT_REQUIREMENTS),
        ("pip install --group dev", "pyproject.toml"),
        ("pip install --group none", "has no dependency group none"),
        ("pip install --group dev$X", "is a name that only the build knows"),
        ("pip install --group x.toml:dev", NOT_REQUIREMENTS),
        ("uv pip sync pylock.toml", "is a lock file"),
        ("echo x > pyproject.toml && pip install --group dev", "is written by the build"),
    ],
)
def test_what_became_of_each(command: str, expected: str) -> None:
    assert reasons({"Dockerfile": f"{COPY}RUN {command}\n", "pyproject.toml": LOOSE}) == [expected]


def test_a_finding_says_that_it_is_no_lock() -> None:
    report = checked(
        {"Dockerfile": f"{COPY}RUN uv pip install -r pyproject.toml --group dev\n", "pyproject.toml": LOOSE}
    )
    assert not report.included
    assert [finding.message for finding in report.findings] == [
        "pyproject.toml is not a lock file: flask>=2 and 1 more have no exact version; lock it with uv pip compile",
        "dev is not a lock file: pytest has no exact version; lock it with uv pip compile",
    ]
    [related] = report.findings[0].related
    assert (related.message, related.place.source.path) == ("this is a range", "pyproject.toml")
    assert related.place.source.text[slice(*related.place.span)] == "flask>=2"
