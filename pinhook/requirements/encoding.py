"""The encoding of a requirements file. Unlike a Dockerfile it need not be UTF-8."""

from __future__ import annotations

import codecs
import re

from pinhook.source import Source, SourceError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # first, because it starts with the mark of UTF-16
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
)
_DECLARED = re.compile(rb"coding[:=]\s*([-\w.]+)")


def decode(path: str, data: bytes) -> Source:
    """The text of a requirements file.

    The encoding is that of the byte order mark, else the one declared by a comment in the first two lines (PEP 263),
    else UTF-8. In UTF-8, invalid bytes are kept as in ``Source``; pip would try the encoding of the locale, and uv
    refuses the file. Raises ``SourceError`` if the file cannot be decoded. Follows pip's ``auto_decode``.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Source(path, _decoded(data[len(mark) :], encoding), bom=True, encoding=encoding)
    encoding = _declared(data)
    if encoding in {"utf-8", "utf-8-sig", "ascii"}:
        return Source.decode(path, data)
    return Source(path, _decoded(data, encoding), encoding=encoding)


def _declared(data: bytes) -> str:
    for line in data.split(b"\n", 2)[:2]:
        if line.startswith(b"#") and (found := _DECLARED.search(line)):
            name = found[1].decode("ascii")
            try:
                return codecs.lookup(name).name
            except LookupError as error:
                raise SourceError(f"declares the encoding {name}, which Python does not know") from error
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:  # LookupError: ``rot13`` is a codec, but not for text
        raise SourceError(f"cannot be read as {encoding}") from error
    if "\0" in text:
        raise SourceError("is a binary file (it holds a NUL character)")
    return text
