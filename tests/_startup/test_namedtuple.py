"""Our named tuples behave like those of ``typing``."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from pinhook._startup import namedtuple


class Theirs(typing.NamedTuple):
    """A word."""

    text: str
    at: int = 0
    kind: str = "plain"

    @property
    def end(self) -> int:
        """After it."""
        return self.at + len(self.text)

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.at <= offset < self.end


class Ours(namedtuple.NamedTuple):
    """A word."""

    text: str
    at: int = 0
    kind: str = "plain"

    @property
    def end(self) -> int:
        """After it."""
        return self.at + len(self.text)

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.at <= offset < self.end


CASES: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("pip",), {}),
    (("pip", 4), {}),
    (("pip", 4, "quoted"), {}),
    ((), {"text": "pip"}),
    (("pip",), {"kind": "quoted"}),
    ((), {"kind": "quoted", "at": 1, "text": "pip"}),
]


@pytest.mark.parametrize(("values", "named"), CASES)
def test_a_tuple_is_made_of_values_in_order_and_by_name(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert tuple(ours) == tuple(theirs)
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.text, ours.at, ours.kind, ours.end, 4 in ours) == (
        *(theirs.text, theirs.at, theirs.kind),
        *(theirs.end, 4 in theirs),
    )
    assert ours._asdict() == theirs._asdict()
    assert tuple(ours._replace(at=9)) == tuple(theirs._replace(at=9))
    assert type(ours._replace(at=9)) is Ours


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("pip", 1, "quoted", 2), {}), (("pip",), {"text": "uv"}), (("pip",), {"end": 3})]
)
def test_other_values_are_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    for word in (Ours, Theirs):
        with pytest.raises(TypeError, match=rf"({word.__name__}\.|^)__new__\(\)"):
            word(*values, **named)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda word: pickle.loads(pickle.dumps(word))])
def test_a_copy_is_the_same(duplicate: Any) -> None:
    word = Ours("pip", 4)
    assert duplicate(word) == word
    assert type(duplicate(word)) is Ours


def test_it_matches_by_position_and_by_name() -> None:
    match Ours("pip", 4):
        case Ours(text, at, kind="plain"):
            assert (text, at) == ("pip", 4)
        case _:
            pytest.fail("it is a plain word")


def test_it_looks_the_same_from_outside() -> None:
    assert issubclass(Ours, tuple)
    assert (Ours.__doc__, Ours.__module__, Ours.__qualname__) == (Theirs.__doc__, __name__, "Ours")
    assert (Ours._fields, Ours.__match_args__) == (Theirs._fields, Theirs.__match_args__)
    with pytest.raises(AttributeError):
        Ours("pip").at = 1  # type: ignore[misc]  # that is the point
    with pytest.raises(AttributeError):
        Ours("pip").more = 1  # type: ignore[attr-defined]  # that is the point


def test_a_field_that_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(TypeError, match="Ours has no fields more"):
        Ours("pip")._replace(more=1)  # type: ignore[call-arg]  # that is the point
