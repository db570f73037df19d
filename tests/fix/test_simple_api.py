"""The files of a project in an index, in JSON and in HTML."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from pinhook.fix import simple_api
from pinhook.fix.simple_api import File, PageError, StalledError, files_of, has_final, objection

if TYPE_CHECKING:
    from pathlib import Path

FILES = [
    File("1.0", ">=3.8,<3.11", is_yanked=False, name="a-1.0.tar.gz"),
    File("2.0", "", is_yanked=True, name="a-2.0-py3-none-any.whl"),
    File("3.0rc1", "", is_yanked=False, name="a-3.0rc1-py3-none-any.whl"),
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


@pytest.mark.parametrize("url", ["https://me:secret@example.org/simple", "ftp://example.org", "/x", "https://[", ""])
def test_what_is_not_asked(url: str) -> None:
    assert files_of(url, "a") is None


@pytest.mark.parametrize(
    "page",
    [
        '{"files": 1}',
        '{"files": [1]}',
        '{"files": [{}]}',
        '{"files": [{"filename": 1}]}',
        '{"files": [{"filename": null}]}',
        '{"files": [{"filename": "a-1.0.tar.gz", "requires-python": 3.8}]}',
        '{"files": [{"filename": "a-1.0.tar.gz", "requires-python": [">=3"]}]}',
        '{"files": NaN}',
        '{"files": {"a": 1}}',
        '{"files": ' + "[" * 100_000,
        '{"a":' * 100_000,
        "{",
        "{}",
        '<a href="https://[a-1.0.tar.gz">a</a>',
    ],
)
def test_a_page_that_cannot_be_read(page: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(page)
    with pytest.raises(PageError, match="has a page of a that cannot be read"):
        files_of(tmp_path.as_uri(), "a")


@pytest.mark.parametrize("page", ["", "<a href", "<!--", "<![CDATA[", "<a href=x><a href='", "\0" * 9, "<!" * 1000])
def test_a_page_without_files(page: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(page)
    assert files_of(tmp_path.as_uri(), "a") == []


def test_a_page_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(" " * 101)
    monkeypatch.setattr(simple_api, "MAX_BYTES", 100)
    with pytest.raises(PageError):
        files_of(tmp_path.as_uri(), "a")


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"])
@pytest.mark.parametrize("drip", [b"", b"x"])
def test_an_index_that_does_not_come_to_an_end(sent: bytes, drip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is silent, and one that says a little from time to time, in the middle of a line or of the page."""
    monkeypatch.setattr(simple_api, "TIMEOUT", 0.2)
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(1000)
                connection.sendall(sent)
                while not is_over.wait(0.05):
                    connection.sendall(drip)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(StalledError, match="does not finish its answer"):
            files_of(f"http://127.0.0.1:{server.getsockname()[1]}/simple", "a")
        is_over.set()
        thread.join()


def test_guards() -> None:
    assert objection(FILES, "1.0", "3.10") is None
    assert objection(FILES, "1.0", "3.12") == "its version 1.0 needs Python >=3.8,<3.11"
    assert objection(FILES, "2.0", "3.12") is None
    assert objection([], "2.0", "3.12") is None
    assert has_final(FILES)
    assert not has_final(FILES[1:])
