"""What must not be printed: credentials in URLs."""

from __future__ import annotations

import re
from bisect import bisect_left

from pinhook.light_re import regex

_USER = regex(r"://(?P<user>[^/\s]*)@")
_HARMLESS = regex(r"git|(?:\$\w+|\$\{\w+\}|:)+")
_SECRETS = ("token", "key", "secret", "password", "sig", "signature")
_QUERY = regex(rf"[?&][\w-]*(?:{'|'.join(_SECRETS)})=(?P<secret>[^&#\s]+)", re.IGNORECASE)


def mask(text: str) -> str:
    """The text with the credentials of its URLs replaced by ``***``."""
    for start, end in reversed(credentials(text)):
        text = f"{text[:start]}***{text[end:]}"
    return text


def credentials(text: str) -> list[tuple[int, int]]:
    """Where the credentials of the URLs in a text start and end.

    The user ``git`` of an ssh URL and variables by their names, as in ``https://${TOKEN}@host``, give nothing away.
    """
    if "://" not in text:
        return []
    users = [found.span("user") for found in _USER.finditer(text) if not _HARMLESS.fullmatch(found["user"])]
    small = text.casefold()
    if not any(name in small for name in _SECRETS):
        return users
    secrets = [found.span("secret") for found in _QUERY.finditer(text)]
    return sorted(users + [span for span in secrets if not _is_inside(users, span[0])])


def _is_inside(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies in one of some spans, which are in order."""
    at = bisect_left(spans, (offset + 1, 0)) - 1
    return at >= 0 and offset < spans[at][1]
