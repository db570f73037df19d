"""A missing case of an exhaustive ``match`` fails at run time too."""

from __future__ import annotations

from typing import Any

import pytest

from pinhook._compat import assert_never


def test_a_forgotten_kind_is_named() -> None:
    forgotten: Any = "kind"
    with pytest.raises(AssertionError, match="not handled: 'kind'"):
        assert_never(forgotten)
