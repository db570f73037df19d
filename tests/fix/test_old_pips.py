"""Files that an old pip can install, compared with ``pip download`` of these versions."""

from __future__ import annotations

import pytest

from pinhook.fix.image.python import Python
from pinhook.fix.index_options import IndexOptions
from pinhook.fix.old_pips import is_old, takes
from pinhook.fix.resolver import Resolver
from pinhook.fix.simple_api import File, versions_not_taken
from pinhook.fix.uv import Resolution, ResolveRequest
from tests.fix.test_pythons import concluded

CP36, ABI3 = "a-1.0-cp36-cp36m-", "a-1.0-cp34-abi3-"


@pytest.mark.parametrize(
    ("filename", "pip", "is_taken"),
    [
        ("a-1.0.tar.gz", "8.1.1", True),
        ("a-1.0.zip", "8.1.1", True),
        ("a-1.0-py3-none-any.whl", "8.1.1", True),
        ("a-1.0-py2.py3-none-any.whl", "8.1.1", True),
        ("a-1.0-py2-none-any.whl", "9.0.1", False),
        ("a-1.0-py36-none-any.whl", "9.0.1", True),
        ("a-1.0-py34-none-any.whl", "9.0.1", True),
        ("a-1.0-py37-none-any.whl", "9.0.1", False),
        (f"{CP36}manylinux1_x86_64.whl", "1.5.4", False),
        (f"{CP36}manylinux1_x86_64.whl", "8.1.1", True),
        (f"{CP36}manylinux2010_x86_64.whl", "18.1", False),
        (f"{CP36}manylinux2010_x86_64.whl", "19.0", True),
        (f"{CP36}manylinux2014_x86_64.whl", "19.2.3", False),
        (f"{CP36}manylinux2014_x86_64.whl", "19.3.1", True),
        (f"{CP36}manylinux_2_17_x86_64.whl", "20.2.4", False),
        (f"{CP36}manylinux_2_17_x86_64.whl", "20.3", True),
        (f"{CP36}manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "20.0.2", True),
        (f"{CP36}manylinux_2_5_x86_64.manylinux1_x86_64.whl", "9.0.1", True),
        (f"{CP36}manylinux1_i686.whl", "9.0.1", False),
        (f"{CP36}macosx_10_9_x86_64.whl", "9.0.1", False),
        (f"{CP36}win_amd64.whl", "9.0.1", False),
        ("a-1.0-cp35-cp35m-manylinux1_x86_64.whl", "9.0.1", False),
        (f"{ABI3}manylinux1_x86_64.whl", "9.0.1", True),
        (f"{ABI3}manylinux2014_x86_64.whl", "9.0.1", False),
        ("a-1.0-cp38-abi3-manylinux1_x86_64.whl", "9.0.1", False),
        ("a-1.0-cp²-abi3-manylinux1_x86_64.whl", "9.0.1", False),
    ],
)
def test_files(filename: str, pip: str, is_taken: bool) -> None:
    assert takes(filename, pip, "3.6.9", "x86_64") is is_taken


@pytest.mark.parametrize(
    ("pip", "expected"), [("", False), ("8.1.1", True), ("20.0.2", True), ("20.3.4", False), ("23.0.1", False)]
)
def test_pips_that_are_old(pip: str, expected: bool) -> None:
    assert is_old(pip) is expected


def test_a_version_is_taken_if_one_of_its_files_is() -> None:
    names = {
        "3.0": ["cp36-cp36m-manylinux2014_x86_64", "cp36-cp36m-win_amd64"],
        "2.0": ["cp36-cp36m-manylinux2010_x86_64", "cp36-cp36m-manylinux1_x86_64"],
        "1.0": ["py3-none-any"],
    }
    files = [File(each, "", False, f"a-{each}-{tag}.whl") for each, tags in names.items() for tag in tags]
    assert versions_not_taken(files, "18.1", "3.6.9", "x86_64-unknown-linux-gnu") == ["3.0"]
    source = File("3.0", "", False, "a-3.0.tar.gz")
    assert versions_not_taken([*files, source], "18.1", "3.6.9", "x86_64-unknown-linux-gnu") == []


def test_the_newest_version_that_an_old_pip_takes_is_written() -> None:
    """In two questions, however many versions it does not take."""
    files = [
        File(f"{number}.0", "", False, f"a-{number}.0-cp36-cp36m-manylinux2014_x86_64.whl") for number in range(2, 50)
    ]
    files.append(File("1.0", "", False, "a-1.0-cp36-cp36m-manylinux1_x86_64.whl"))

    def ask(request: ResolveRequest) -> Resolution:
        excluded = {each.partition("!=")[2] for each in request.requirements}
        version = next(
            each.version for each in sorted(files, key=_number, reverse=True) if each.version not in excluded
        )
        return Resolution({"a": version}, {"a": "https://example.org/simple"})

    for pip, version in (("", "49.0"), ("9.0.1", "1.0"), ("19.3", "49.0")):
        request = ResolveRequest(("a",), "3.6.9", "x86_64-unknown-linux-gnu", IndexOptions(), pip=pip)
        assert Resolver(ask, lambda _index, _name: files).resolve(request, {"a": "a"}).versions == {"a": version}


def _number(file: File) -> int:
    return int(file.version.partition(".")[0])


BIONIC = "FROM ubuntu:18.04\nRUN apt-get update && apt-get install -y python3-pip\n"


@pytest.mark.parametrize(
    ("text", "pip"),
    [
        (f"{BIONIC}RUN pip3 install a", "9.0.1"),
        (f"{BIONIC}RUN python3 -m pip install a", "9.0.1"),
        (f"{BIONIC}RUN python3.6 -m pip install a", "9.0.1"),
        (f"{BIONIC}RUN python3 -m venv /v && /v/bin/pip install a", "9.0.1"),
        (f"{BIONIC.replace('18.04', '20.04')}RUN pip install a", "20.0.2"),
        (f"{BIONIC.replace('18.04', '16.04')}RUN pip3 install a", "8.1.1"),
        (f"{BIONIC.replace('18.04', '22.04')}RUN pip3 install a", ""),
        (f"{BIONIC}RUN pip3 install -U pip\nRUN pip3 install a", ""),
        (f"{BIONIC}RUN pip3 install -U pip && python3 -m pip install a", ""),
        (f"{BIONIC}RUN curl https://example.org/get-pip.py | python3\nRUN pip install a", ""),
        (f"{BIONIC}RUN test -e x && pip3 install -U pip; python3 -m pip install a", ""),
        (f"{BIONIC}RUN pip3 install virtualenv && virtualenv -p python3 /v && /v/bin/pip install a", ""),
        (f"{BIONIC}RUN uv pip install --python python3 a", ""),
        ("FROM python:3.6\nRUN pip install a", ""),
    ],
)
def test_the_pip_of_a_command(text: str, pip: str) -> None:
    python = concluded(text).python
    assert isinstance(python, Python)
    assert python.pip == pip
