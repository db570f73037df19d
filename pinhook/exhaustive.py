"""``assert_never``, which ``typing`` has only from Python 3.11 on."""

from __future__ import annotations

from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn


def assert_never(value: NoReturn) -> NoReturn:
    """Close a ``match`` over a union: a kind that is forgotten fails the type check."""
    raise AssertionError(f"not handled: {value!r}")
