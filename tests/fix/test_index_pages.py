"""What an index says about the files of a project, in JSON and in HTML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pinhook.fix.index import File, files_of, has_final, objection

if TYPE_CHECKING:
    from pathlib import Path

FILES = [
    File("1.0", ">=3.8,<3.11", is_yanked=False),
    File("2.0", "", is_yanked=True),
    File("3.0rc1", "", is_yanked=False),
]
JSON = json.dumps({
    "files": [
        {"filename": "a-1.0.tar.gz", "requires-python": ">=3.8,<3.11"},
        {"filename": "a-2.0-py3-none-any.whl", "yanked": "broken"},
        {"filename": "a-3.0rc1-py3-none-any.whl", "requires-python": None, "yanked": False},
        {"filename": "a.exe"},
    ]
})  # fmt: skip
HTML = """<!DOCTYPE html><p>a</p><a name="top"></a>
<a href="a-1.0.tar.gz#sha256=0" data-requires-python="&gt;=3.8,&lt;3.11">a</a>
<a href="https://example.org/a-2.0-py3-none-any.whl" data-yanked>b</a>
<a href='../x/a-3.0rc1-py3-none-any.whl'>c</a><a href="a.exe">d</a>"""


@pytest.mark.parametrize("page", [JSON, HTML], ids=["JSON", "HTML"])
def test_pages(page: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(page)
    assert files_of(tmp_path.as_uri(), "a") == FILES
    assert files_of(tmp_path.as_uri() + "/", "b") is None


@pytest.mark.parametrize("index", ["https://me:secret@example.org/simple", "ftp://example.org", "/x", "https://[", ""])
def test_what_is_not_asked(index: str) -> None:
    assert files_of(index, "a") is None


def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('{"files": 1}')
    assert files_of(tmp_path.as_uri(), "a") is None


def test_guards() -> None:
    assert objection(FILES, "1.0", "3.10") is None
    assert objection(FILES, "1.0", "3.12") == "its version 1.0 wants Python >=3.8,<3.11"
    assert objection(FILES, "2.0", "3.12") is None
    assert objection([], "2.0", "3.12") is None
    assert has_final(FILES)
    assert not has_final(FILES[1:])
