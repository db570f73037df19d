"""What must not be printed: credentials in URLs."""

from __future__ import annotations

import re

_USER = re.compile(r"(?<=://)(?P<user>[^/\s]*)(?=@)")
_HARMLESS = re.compile(r"git|(?:\$\w+|\$\{\w+\}|:)+")
_QUERY = re.compile(r"(?<=[?&])(?P<key>[\w-]*(?:token|key|secret|password|sig(?:nature)?)=)[^&#\s]+", re.IGNORECASE)


def mask(text: str) -> str:
    """The text with the credentials of its URLs replaced by ``***``.

    The user ``git`` of an ssh URL and variables by their names, as in ``https://${TOKEN}@host``, give nothing away.
    """
    if "://" not in text:
        return text
    text = _USER.sub(lambda found: found[0] if _HARMLESS.fullmatch(found[0]) else "***", text)
    return _QUERY.sub(lambda found: f"{found['key']}***", text)
