"""Ctrl-C ends the process at once, except while it is delayed. ``test_process`` sends the signal."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from pinhook import signals

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDLERS = [
    (signal.default_int_handler, signal.SIG_DFL),
    (signal.SIG_DFL, signal.SIG_DFL),
    (signal.SIG_IGN, signal.SIG_IGN),  # as for what a shell starts in the background
]


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    """SIGINT raises an exception, as in any Python program, and does afterwards what it did before."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize(("before", "after"), HANDLERS)
def test_the_end(before: signal.Handlers, after: signal.Handlers) -> None:
    signal.signal(signal.SIGINT, before)
    signals.end_on_interrupt()
    assert signal.getsignal(signal.SIGINT) == after


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_held_off() -> None:
    reached: list[str] = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  it is about where the exception is raised
        with signals.interrupts_blocked():
            signal.raise_signal(signal.SIGINT)
            reached.append("the end of the block")
        reached.append("what follows")
    assert reached == ["the end of the block"]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_held_off_once_more() -> None:
    """What was held off before stays so until that ends."""
    reached: list[str] = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  the same
        with signals.interrupts_blocked():
            with signals.interrupts_blocked():
                signal.raise_signal(signal.SIGINT)
            reached.append("the end of the inner block")
        reached.append("what follows")
    assert reached == ["the end of the inner block"]


def _press() -> None:
    raise KeyboardInterrupt


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that is waited for is ended, and then the process, as if nothing had been between."""
    ends: list[object] = []
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with signals.interrupts_as_exceptions():
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
    monkeypatch.setattr(signal, "raise_signal", lambda number: ends.append((number, signal.getsignal(number))))
    signals.interrupts_as_exceptions()(_press)()
    assert ends == [(signal.SIGINT, signal.SIG_DFL)]
    assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_raised_where_ctrl_c_does_not_end_the_process(handler: signal.Handlers) -> None:
    signal.signal(signal.SIGINT, handler)
    with pytest.raises(KeyboardInterrupt):
        signals.interrupts_as_exceptions()(_press)()
    assert signal.getsignal(signal.SIGINT) == handler


def test_without_posix_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C raises an exception."""
    monkeypatch.setattr(os, "name", "nt")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signals.end_on_interrupt()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with signals.interrupts_blocked():
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
