"""The comments that ``--remove-unused-ignores`` removes, and those that it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given

from pinhook.ignore_comments.adding import add_ignores
from pinhook.ignore_comments.removing import RemovedIgnores, remove_unused_ignores
from pinhook.rules import CODES
from pinhook.source import Source
from tests.checks import check
from tests.fix.test_laws import FILES
from tests.ignore_comments.test_adding import check_with


def remove(text: str, name: str = "Dockerfile", *, require_reason: bool = False) -> RemovedIgnores:
    source = Source(name, text)
    checked = check_with(CODES, require_reason=require_reason)
    return remove_unused_ignores(source, checked, CODES, require_reason=require_reason)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("# pinhook: ignore[PIN001] why\nRUN true\n", "RUN true\n", id="a line"),
        pytest.param("RUN true\n  # pinhook: ignore\n", "RUN true\n", id="the last line"),
        pytest.param("RUN true # pinhook: ignore[PIN001]\n", "RUN true\n", id="the end of a line"),
        pytest.param("RUN true # why # pinhook: ignore[PIN001]\n", "RUN true # why\n", id="after another comment"),
        pytest.param(
            "RUN true \\\n  # pinhook: ignore[PIN001]\n  && true\n", "RUN true \\\n  && true\n", id="between lines"
        ),
        pytest.param(
            "RUN <<EOF\ntrue\n# pinhook: ignore\n# two\nfalse\nEOF\n",
            "RUN <<EOF\ntrue\n# two\nfalse\nEOF\n",
            id="script",
        ),
        pytest.param(
            "RUN <<EOF\ntrue # pinhook: ignore\nfalse\nEOF\n", "RUN <<EOF\ntrue\nfalse\nEOF\n", id="script, at the end"
        ),
        pytest.param(
            "# pinhook: ignore[PIN001: flask, six, PIN002] why\nRUN pip install flask==1 six\n",
            "# pinhook: ignore[PIN001: six] why\nRUN pip install flask==1 six\n",
            id="names and codes",
        ),
        pytest.param(
            "# pinhook: ignore[PIN002, PIN001] one # pinhook: ignore[PIN003] two\nRUN pip install six\n",
            "# pinhook: ignore[PIN001] one\nRUN pip install six\n",
            id="the second of two",
        ),
        pytest.param(
            "# pinhook: ignore[PIN003] one # pinhook: ignore[PIN001] two\nRUN pip install six\n",
            "# pinhook: ignore[PIN001] two\nRUN pip install six\n",
            id="the first of two",
        ),
        pytest.param("# pinhook: ignore-file[PIN001]\nRUN true\n", "RUN true\n", id="for the file"),
    ],
)
def test_what_is_removed(before: str, after: str, newline: str) -> None:
    assert remove(before.replace("\n", newline)).after.text == after.replace("\n", newline)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# pinhook: ignore[PIN001]\nRUN pip install flask\n", id="used"),
        pytest.param(
            "# pinhook: ignore\nRUN pip install flask==$V\n# pinhook: ignore\nRUN pip install $V\n", id="strict"
        ),
        pytest.param("# pinhook: ignore[PIN001, PIN010]\nRUN true\n", id="it names PIN010"),
        pytest.param("# hadolint ignore=DL3013\nRUN true\n", id="of another tool"),
        pytest.param("# pinhook: ignore[PIN01]\nRUN true\n", id="a mistake"),
        pytest.param("# pinhook: ignore PIN001\nRUN true\n", id="another mistake"),
        pytest.param("# pinhook: ignore\n# escape=`\nFROM a\nRUN true\n", id="the line below would be a directive"),
        pytest.param("RUN bash -c 'true # pinhook: ignore\n'\n", id="no instruction"),
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert remove(text).after.text == text


def test_what_lacks_the_required_reason_is_a_mistake() -> None:
    text = "# pinhook: ignore[PIN001]\nRUN pip install flask\n"
    assert remove(text, require_reason=True).after.text == text


def test_a_comment_that_must_stay_keeps_few_others() -> None:
    stuck, unused = "# pinhook: ignore\n# escape=`\n", "# pinhook: ignore[PIN001]\nRUN true\n"
    assert remove(stuck + unused * 200).after.text == stuck + "RUN true\n" * 200


def test_requirements_files() -> None:
    text = "flask==1.0  # pinhook: ignore[PIN001] why\nsix  # pinhook: ignore[PIN001]\n# pinhook: ignore\n\n"
    assert remove(text, "requirements.txt").after.text == "flask==1.0\nsix  # pinhook: ignore[PIN001]\n\n"


@given(FILES)
def test_what_was_added_is_in_use(text: str) -> None:
    added = add_ignores(Source("Dockerfile", text), check_with(CODES), CODES, "why").after
    assert remove(added.text).after.text == added.text
    assert not check(added, CODES).findings
