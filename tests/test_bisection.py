"""Which items are rejected does not depend on how they are found, and few trials are needed."""

from __future__ import annotations

from math import log2

from hypothesis import given
from hypothesis import strategies as st

from pinhook.bisection import TrialLimit, find_rejected

ITEMS = st.integers(min_value=0, max_value=200).flatmap(
    lambda count: st.tuples(st.just(list(range(count))), st.sets(st.integers(min_value=0, max_value=199), max_size=4))
)


@given(ITEMS)
def test_every_bad_item_is_found_with_few_trials(items: tuple[list[int], set[int]]) -> None:
    everything, bad = items
    trials: list[list[int]] = []

    def accepts(part: list[int]) -> bool:
        trials.append(part)
        return bad.isdisjoint(part)

    found = [each for each in everything if each in bad]
    assert find_rejected(everything, accepts) == found
    assert len(trials) <= 1 + 2 * len(found) * (1 + log2(max(len(everything), 1)))


@given(ITEMS, st.integers(min_value=0, max_value=10))
def test_beyond_the_limit_the_rest_is_rejected(items: tuple[list[int], set[int]], most: int) -> None:
    everything, bad = items
    accepted: list[int] = []
    trials = 0

    def accepts(part: list[int]) -> bool:
        nonlocal trials
        trials += 1
        is_good = bad.isdisjoint(part)
        accepted.extend(part if is_good else ())
        return is_good

    limit = TrialLimit(most, seconds=60)
    rejected = find_rejected(everything, limit.counted(accepts), lambda: limit.is_reached)
    assert trials <= most
    assert sorted([*accepted, *rejected]) == everything
    assert bad & set(everything) <= set(rejected)


def test_no_trial_after_the_last_second() -> None:
    limit = TrialLimit(10, seconds=-1)
    assert find_rejected([1, 2], lambda _: True, lambda: limit.is_reached) == [1, 2]
